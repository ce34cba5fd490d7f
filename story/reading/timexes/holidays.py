"""Holidays that a rule gives the day of: on a date, on the nth weekday of a month, so many days from Easter.

Those that fall on other days in other countries, as Independence Day does, are left out: a text seldom says where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

# Month and day.
_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "valentine's day": (2, 14),
    "saint patrick's day": (3, 17),
    "st. patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "earth day": (4, 22),
    "anzac day": (4, 25),
    "may day": (5, 1),
    "canada day": (7, 1),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "remembrance day": (11, 11),
    "veterans day": (11, 11),
    "australia day": (1, 26),
    "epiphany": (1, 6),
    "juneteenth": (6, 19),
}
# Month, weekday (Monday is 0) and which one of the month; -1 is the last, and days to add.
_NTH = {
    "martin luther king day": (1, 0, 3, 0),
    "martin luther king jr. day": (1, 0, 3, 0),
    "presidents day": (2, 0, 3, 0),
    "presidents' day": (2, 0, 3, 0),
    "memorial day": (5, 0, -1, 0),
    "father's day": (6, 6, 3, 0),
    "labor day": (9, 0, 1, 0),
    "columbus day": (10, 0, 2, 0),
    "thanksgiving": (11, 3, 4, 0),
    "thanksgiving day": (11, 3, 4, 0),
    "black friday": (11, 3, 4, 1),
    "cyber monday": (11, 3, 4, 4),
}
# Days after Easter Sunday.
_EASTER = {
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "good friday": -2,
    "holy thursday": -3,
    "maundy thursday": -3,
    "palm sunday": -7,
    "ash wednesday": -46,
    "shrove tuesday": -47,
    "mardi gras": -47,
    "ascension day": 39,
    "pentecost": 49,
}
# Days that a weekday's name stands in without being one.
_NAMES = (
    "super bowl sunday",
    "bloody sunday",
    "super tuesday",
    "black monday",
    "black thursday",
    "black tuesday",
    "casual friday",
)
HOLIDAYS: Mapping[str, object] = {**_FIXED, **_NTH, **_EASTER}


def _written(name: str) -> str:
    """A pattern for a name with its capitals, either apostrophe and any single space."""
    words = [word if word in ("of",) else word[0].upper() + word[1:] for word in name.split()]
    return r"[ ]".join(re.escape(word).replace("'", "['’]") for word in words)


PATTERN = "(?:" + "|".join(_written(name) for name in sorted([*HOLIDAYS, *_NAMES], key=len, reverse=True)) + r")\b"


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year; None for a name that no rule gives a day, and beyond the calendar."""
    name = name.replace("’", "'")
    try:
        if name in _FIXED:
            return date(year, *_FIXED[name])
        if name in _NTH:
            return _nth(year, *_NTH[name])
        if name in _EASTER:
            return easter(year) + timedelta(days=_EASTER[name])
    except (ValueError, OverflowError):
        return None
    return None


def _nth(year: int, month: int, weekday: int, which: int, more: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    else:
        last = date(year, month + 1, 1) - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    return day + timedelta(days=more)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, after Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
