"""The words and numbers of a day: "5th of September", "Sep-16", and back to EDTF."""

from __future__ import annotations

import re

from geo.normalise import fold
from story.exc import DateFormatError
from story.model.dates import parse_when
from story.tables.values.months import LETTERS, MONTHS, WEEKDAYS, in_single_words

_TOKEN = re.compile(rf"{LETTERS}|\d+|'\d\d|[^\w\s]")
_BETWEEN = frozenset(
    fold(word)
    for word in (
        "st nd rd th of the de del do da di du er re o a e le el la il am den der d g г год года р року рік r roku rok"
        " ano an en ev nam ngay tanggal tgl วันที ที dia dne dana ika ng το του της η ης , . - /"
    ).split()
)
"""What stands between the words of a day and says nothing of it, folded."""
_BUDDHIST = 2400


def partial(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of words and numbers, 0 for what is not said; None where there is anything else."""
    year = month = day = 0
    if any(char.isdigit() and not char.isdecimal() for char in text):
        return None  # a circled 3 is no figure, though it folds to one
    tokens = _without_weekdays(_TOKEN.findall(in_single_words(fold(text))))
    for position, token in enumerate(tokens):
        if token.isdecimal():
            number = int(token)
            if len(token) == 4 and not year:
                year = number
            elif len(token) <= 2 and not day and 1 <= number <= 31 and not (month and position and _is_year(tokens)):
                day = number
            elif len(token) == 2 and month and not year:
                year = full_year(token)
            else:
                return None
        elif re.fullmatch(r"'\d\d", token) and not year:
            year = full_year(token[1:])
        elif token in MONTHS and not month:
            month = MONTHS[token]
        elif token not in _BETWEEN:
            return None
    if month and year > _BUDDHIST and re.search("[\u0e00-\u0e7f]", text):
        year -= 543
    return (year, month, day) if year or month or day else None


def _without_weekdays(tokens: list[str]) -> list[str]:
    """The words of a day without its day of the week; "mar" is Tuesday in French where another month is named."""
    months = sum(token in MONTHS for token in tokens)
    return [token for token in tokens if token not in WEEKDAYS or (token in MONTHS and months == 1)]


def _is_year(tokens: list[str]) -> bool:
    """ "Sep-16": a month and two digits between hyphens are a month and a year, as spreadsheets show them."""
    return len(tokens) == 3 and tokens[1] == "-" and len(tokens[2]) == 2 and not tokens[0].isdecimal()


def joined(year: int, month: int, day: int) -> str:
    """The EDTF of numbers, 0 for what is not known."""
    if not month:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def full_year(text: str) -> int:
    """A year of two digits as spreadsheets read it: 00 to 29 are 2000 to 2029."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 30 else 1900)


def from_to(start: str, stop: str) -> str:
    """From the first of one to the last of the other; of two possible days those that fit each other."""
    if not stop or stop == start:
        return start
    if not start:
        return stop if "/" in stop or stop.startswith("[") else f"../{stop}"
    starts, stops = _ends(start)[0], _ends(stop)[1]
    if len(starts) == 1 and len(stops) == 1:
        text = f"{starts[0]}/{stops[0]}"
        try:
            parse_when(text)
        except DateFormatError:
            message = f"'{start}' to '{stop}' ends before it begins. Put the earlier day first."
            raise DateFormatError(message, "ends first") from None
        return text
    pairs = [(a, b) for a in starts for b in stops if a <= b]
    if not pairs:
        raise DateFormatError(f"'{start}' to '{stop}' ends before it begins. Put the earlier day first.", "ends first")
    if len(pairs) == 1:
        return "/".join(pairs[0])
    return f"{min(a for a, _ in pairs)}?/{max(b for _, b in pairs)}?"


def _ends(edtf: str) -> tuple[list[str], list[str]]:
    """What a span may begin with and what it may end with."""
    if edtf.startswith("[") and ".." not in edtf:
        days = edtf.strip("[]").split(",")
        return days, days
    first, _, last = edtf.partition("/")
    return [first], [last or first]
