"""What the cells of a column look like, whatever its header says: the share that are dates, degrees, links, names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from story.exc import DateFormatError
from story.model import STATUSES
from story.tables.days import is_blank, read_clock, read_day
from story.tables.grid import Table
from story.tables.months import MONTHS
from story.tables.points import both_axes, in_range
from story.text import clean, fold

_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares from 0 to 1 of a column's filled cells; `filled` is the share of its rows, `average` a cell's length."""

    filled: float
    average: float = 0.0
    dates: float = 0.0
    partial_dates: float = 0.0
    year: float = 0.0
    month: float = 0.0
    day: float = 0.0
    clocks: float = 0.0
    latitudes: float = 0.0
    longitudes: float = 0.0
    points: float = 0.0
    links: float = 0.0
    statuses: float = 0.0
    names: float = 0.0
    places: float = 0.0
    words: float = 0.0
    ids: float = 0.0
    """1 where no two rows have the same cell and all look like numbers or codes."""
    repeated: bool = False


def evidence_of(table: Table, number: int) -> Evidence:
    """Looks at up to a few hundred cells, taken evenly; whether cells repeat is asked of all."""
    cells = [cell for cell in map(clean, table.column(number)) if not is_blank(cell)]
    if not cells or not table.rows:
        return Evidence(0.0)
    sample = cells[:: max(1, len(cells) // _SAMPLE)]
    distinct = len(set(cells))
    codes = _share(sample, _is_code)

    def days(cell: str) -> bool:
        return _is_day(cell, table.dated)

    names = _share(sample, _is_name)
    return Evidence(
        filled=len(cells) / len(table.rows),
        average=sum(map(len, sample)) / len(sample),
        dates=_share(sample, days),
        partial_dates=_share(sample, _lacks_year),
        year=_share(sample, re.compile(r"(?:1[5-9]|20)\d\d(?:\.0)?").fullmatch),
        month=_share(sample, lambda cell: _whole(cell, 12) or _is_month(cell)),
        day=_share(sample, lambda cell: _whole(cell, 31)),
        clocks=_share(sample, read_clock_or_midnight),
        latitudes=_share(sample, lambda cell: in_range(cell, 90)),
        longitudes=_share(sample, lambda cell: in_range(cell, 180)),
        points=_share(sample, both_axes),
        links=_share(sample, re.compile(r"https?://\S+").match),
        statuses=_share(sample, lambda cell: fold(cell).replace("canceled", "cancelled") in STATUSES),
        names=names,
        places=names if _share(sample, days) < 0.3 and distinct < len(cells) else 0.0,
        words=_share(sample, lambda cell: bool(re.search(r"[^\W\d_]", cell))),
        ids=codes if distinct == len(cells) == len(table.rows) else 0.0,
        repeated=distinct < 0.6 * len(cells) or len(cells) < 3,
    )


def _share(cells: list[str], test: object) -> float:
    assert callable(test)
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _is_day(cell: str, serials: bool) -> bool:
    if not re.search(r"\d", cell) or (re.fullmatch(r"[-\d.]+", cell) and len(cell) < 4):
        return False
    try:
        return bool(read_day(cell, serials=serials))
    except DateFormatError as error:
        # A day that the calendar lacks is one still; that it is wrong is said of its row.
        return "calendar" in str(error) or "before it begins" in str(error) or "several days" in str(error)


def _lacks_year(cell: str) -> bool:
    try:
        return not read_day(cell)
    except DateFormatError as error:
        return "gives no year" in str(error) and bool(re.search(r"[^\W\d_]", cell))


def _is_month(cell: str) -> bool:
    return fold(cell).rstrip(".") in MONTHS


def _whole(cell: str, most: int) -> bool:
    found = re.fullmatch(r"(\d{1,2})(?:\.0)?", cell)
    return found is not None and int(found[1]) <= most


def read_clock_or_midnight(cell: str) -> bool:
    return bool(read_clock(cell)) or bool(re.match(r"(?:0?0|12|24):00", cell))


def _is_code(cell: str) -> bool:
    return len(cell) <= 60 and " " not in cell and bool(re.search(r"\d", cell))


def _is_name(cell: str) -> bool:
    """A name: letters mostly, not long, and no number, day or link."""
    letters = sum(char.isalpha() for char in cell)
    return 0 < len(cell) <= 120 and letters >= 0.5 * len(cell) and not cell.startswith(("http://", "https://"))
