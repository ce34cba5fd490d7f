"""What a column of days says as a whole: which of two readings its cells have, where one cell alone does not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from story.tables.values.day_words import partial
from story.tables.values.months import LETTERS, language_of
from story.text import clean, plain_digits

_TWO_YEARS = re.compile(r"(\d{4})\s?[-/–]\s?(\d{2})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.0)?")
_FIGURE = re.compile(rf"{LETTERS}\.?-[0-9]{{2}}")
_SEASONS_END, _LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class Habits:
    """How the days of a column are written."""

    two_years: bool = False
    """ "2021-22" is the years 2021 and 2022: every such cell names two that follow, and some are no month."""
    instants: bool = False
    """Its seconds since 1970 are moments: not all of them are midnight."""
    language: str = ""
    """The language that its months are in, where one of them is another month elsewhere."""


def habits_of(cells: Iterable[str]) -> Habits:
    """The habits of a column's cells, each looked at once."""
    pairs: set[tuple[int, int]] = set()
    instants = False
    cells = list(dict.fromkeys(cells))
    for cell in cells:
        text = plain_digits(clean(cell[:120]))
        if found := _TWO_YEARS.fullmatch(text):
            pairs.add((int(found[1]), int(found[2])))
        elif found := _EPOCH.fullmatch(text):
            number = int(found[1])
            instants = instants or (number // 1000 if number > 10**11 else number) % 86_400 != 0
    follow = all((first + 1) % 100 == second for first, second in pairs)
    two_years = bool(pairs) and follow and any(second > _SEASONS_END for _, second in pairs)
    words = (clean(cell[:120]) for cell in cells if not cell.isascii() or any(map(str.isalpha, cell)))
    return Habits(two_years, instants, language_of(words))


def month_and_figure(cells: Iterable[str]) -> tuple[int, str]:
    """How many cells such as "Mar-20" may be a day as well as a year, and one of them; none where one is no day."""
    found = [text for cell in cells if _FIGURE.fullmatch(text := clean(cell[:40])) and partial(text)]
    if not found or not all(1 <= int(text[-2:]) <= _LAST_DAY for text in found):
        return 0, ""
    return len(found), found[0]


def one_year(days: Iterable[str], titles: Iterable[str]) -> str:
    """The year that all days of a table are of, or else the only one that its titles name; "" where none is."""
    years = Counter(day[:4] for day in days if re.match(r"\d{4}", day))
    if not years:
        years = Counter(_YEAR.findall(" ".join(titles)))
    return next(iter(years)) if len(years) == 1 else ""


def as_two_years(text: str) -> str:
    """ "2021-22" as 2021/2022; anything else as it is."""
    found = _TWO_YEARS.fullmatch(plain_digits(clean(text)))
    return f"{found[1]}/{int(found[1]) + 1}" if found else text
