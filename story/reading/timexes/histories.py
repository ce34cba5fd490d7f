"""Whether a text tells of long ago: then "in March" counts from the date told before, not from the day it came out."""

from __future__ import annotations

import re
from datetime import date

_YEAR = re.compile(r"(?<![\d,.$€£])(?:1[0-9]{3}|20[0-9]{2})(?![\d%])", re.ASCII)
_BEFORE_CHRIST = re.compile(r"\b\d{1,4} ?(?:BC|BCE|B\.C\.)(?!\w)", re.ASCII)
_NEWS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|tonight"
    r"|(?:last|next|this) (?:week|month))\b",
    re.IGNORECASE,
)
_LEAD = 1_000  # characters in which a piece of news says when it is
_LEAST_YEARS, _LEAST_BEFORE_CHRIST = 8, 5
_SHARE, _LONG_AGO = 0.6, 2


def is_history(text: str, published: date) -> bool:
    """Many years told, most of them long before the day of publication, and no such day as "Tuesday" at the start."""
    if _NEWS.search(text[:_LEAD]):
        return False
    years = [int(year) for year in _YEAR.findall(text)]
    past = sum(year <= published.year - _LONG_AGO for year in years)
    if len(years) >= _LEAST_YEARS and past >= _SHARE * len(years):
        return True
    return len(_BEFORE_CHRIST.findall(text)) >= _LEAST_BEFORE_CHRIST
