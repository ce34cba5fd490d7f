"""What a column of days says as a whole: which of two readings its cells have, where one cell alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from story.text import clean, plain_digits

_TWO_YEARS = re.compile(r"(\d{4})\s?[-/–]\s?(\d{2})")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.0)?")
_SEASONS_END = 12


@dataclass(frozen=True, slots=True)
class Habits:
    """How the days of a column are written."""

    two_years: bool = False
    """ "2021-22" is the years 2021 and 2022: every such cell names two that follow, and some are no month."""
    instants: bool = False
    """Its seconds since 1970 are moments: not all of them are midnight."""


def habits_of(cells: Iterable[str]) -> Habits:
    """The habits of a column's cells, each looked at once."""
    pairs: set[tuple[int, int]] = set()
    instants = False
    for cell in dict.fromkeys(cells):
        text = plain_digits(clean(cell[:120]))
        if found := _TWO_YEARS.fullmatch(text):
            pairs.add((int(found[1]), int(found[2])))
        elif found := _EPOCH.fullmatch(text):
            number = int(found[1])
            instants = instants or (number // 1000 if number > 10**11 else number) % 86_400 != 0
    follow = all((first + 1) % 100 == second for first, second in pairs)
    two_years = bool(pairs) and follow and any(second > _SEASONS_END for _, second in pairs)
    return Habits(two_years, instants)


def as_two_years(text: str) -> str:
    """ "2021-22" as 2021/2022; anything else as it is."""
    found = _TWO_YEARS.fullmatch(plain_digits(clean(text)))
    return f"{found[1]}/{int(found[1]) + 1}" if found else text
