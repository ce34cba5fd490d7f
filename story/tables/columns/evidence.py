"""What the cells of a column look like, whatever its header says: the share that are dates, degrees, links, names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from statistics import median

from geo.normalise import fold
from story.exc import DateFormatError
from story.tables.table import Table
from story.tables.values.days import is_blank, read_clock, read_day
from story.tables.values.months import MONTHS, either_month, in_single_words
from story.tables.values.points import both_axes, in_range
from story.tables.values.status import read_status
from story.text import clean

_SAMPLE = 300
_FEWEST = 8
_CONTINENT = re.compile(
    r"\b(?:(?<!south )africa|asia|europe|america|americas|caribbean|oceania|australasia|antarctica|middle east"
    r"|near east|far east|balkans|caucasus|afrika|asien|europa|amerika|afrique|asie|amerique)\b|\bworld|pacific$"
    r"|^(?:emea|apac|mena)$"
)
_SEA = re.compile(r"\b(?:sea|ocean|strait|straits|gulf|channel|waters|meer|mer)\b")
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}(?:(?:de|van|von|der|al|bin|da|dos)\s+)*[^\W\d_a-z][\w.'’-]*")


class Evidence:
    """Shares from 0 to 1 of a column's filled cells, worked out when first asked for: most columns are asked little.

    Up to a few hundred cells are looked at, taken evenly; whether cells repeat is asked of all. `filled` is the share
    of the rows that have a cell, `average` a cell's length and `usual` the median of it, `distinct` how many different
    cells there are; they are `few` where the same come again and again.
    """

    def __init__(self, table: Table, number: int) -> None:
        cells = [cell for cell in map(clean, table.column(number)) if not is_blank(cell)]
        self._sample = cells[:: max(1, len(cells) // _SAMPLE)]
        self._serials = table.dated
        self._all_filled = len(cells) == len(table.rows)
        self.distinct = distinct = len(set(cells))
        self.filled = len(cells) / len(table.rows) if table.rows else 0.0
        self.average = sum(map(len, self._sample)) / max(1, len(self._sample))
        self.usual = median(map(len, self._sample)) if self._sample else 0
        self.unique = distinct == len(cells)
        self.repeated = distinct < 0.6 * len(cells) or len(cells) < 3
        self.few = distinct <= 0.3 * len(cells) and len(cells) >= _FEWEST

    def _share(self, test: Callable[[str], object]) -> float:
        return sum(1 for cell in self._sample if test(cell)) / max(1, len(self._sample))

    @cached_property
    def dates(self) -> float:
        return self._share(lambda cell: _is_day(cell, self._serials))

    @cached_property
    def partial_dates(self) -> float:
        return self._share(_lacks_year)

    @cached_property
    def year(self) -> float:
        return self._share(re.compile(r"(?:1[5-9]|20)\d\d(?:\.0)?").fullmatch)

    @cached_property
    def month(self) -> float:
        return self._share(lambda cell: _whole(cell, 12) or _is_month(cell))

    @cached_property
    def day(self) -> float:
        return self._share(lambda cell: _whole(cell, 31))

    @cached_property
    def clocks(self) -> float:
        return self._share(lambda cell: _is_clock(cell, self._serials))

    @cached_property
    def latitudes(self) -> float:
        return self._share(lambda cell: in_range(cell, 90))

    @cached_property
    def longitudes(self) -> float:
        return self._share(lambda cell: in_range(cell, 360))

    @cached_property
    def points(self) -> float:
        return self._share(both_axes)

    @cached_property
    def links(self) -> float:
        return self._share(re.compile(r"https?://\S+").match)

    @cached_property
    def statuses(self) -> float:
        return self._share(lambda cell: read_status(cell) is not None)

    @cached_property
    def names(self) -> float:
        return self._share(_is_name)

    @cached_property
    def places(self) -> float:
        """Names that come again, as places do and titles do not; each begins with a capital, where there are such."""
        again = not self.unique and not self.dated and self.average >= 3
        return self._share(lambda cell: _is_name(cell) and not cell[0].islower()) if again else 0.0

    @cached_property
    def places_said(self) -> float:
        """Names under a header that says where; days are words too, but no names."""
        return self.names if not self.dated else 0.0

    @cached_property
    def dated(self) -> bool:
        return self.dates >= 0.3 or self.partial_dates >= 0.3

    @cached_property
    def continents(self) -> float:
        """Parts of the world that hold many countries."""
        return self._share(lambda cell: _CONTINENT.search(fold(cell)))

    @cached_property
    def seas(self) -> float:
        return self._share(lambda cell: _SEA.search(fold(cell)))

    @cached_property
    def people(self) -> float:
        """Names of two words and more, each with a capital."""
        return self._share(_PERSON.fullmatch)

    @cached_property
    def labels(self) -> float:
        """Words, and few enough of them to begin a title."""
        return self.words if self.average <= 60 else 0.0

    @cached_property
    def travellers(self) -> float:
        """Names, and no words joined by hyphens that stand for one in an address: "stone-ada-m"."""
        return self._share(lambda cell: _is_name(cell) and not _SLUG.fullmatch(cell))

    @cached_property
    def outlets(self) -> float:
        """Words that are neither links nor ids of somebody's own."""
        return self._share(lambda cell: _LETTER.search(cell) and not _LINK.match(cell) and not _is_code(cell))

    @cached_property
    def words(self) -> float:
        """Words that are no links."""
        return self._share(lambda cell: _LETTER.search(cell) and not _LINK.match(cell))

    @cached_property
    def ids(self) -> float:
        """Of cells that look like numbers or codes; 0 unless every row has another one."""
        return self._share(_is_code) if self.unique and self._all_filled else 0.0


def contains(table: Table, small: int, large: int) -> bool:
    """Whether the places of one column can lie in those of another: a town is in one country, row after row.

    Where one "Washington" has visitors from a hundred countries, those are not where it is.
    """
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in table.rows:
        if row[small] and row[large]:
            pairs[fold(row[small])][fold(row[large])] += 1
    often = [among for among in pairs.values() if among.total() >= 3]
    rows = sum(among.total() for among in often)
    usual = sum(max(among.values()) for among in often)
    return rows < _FEWEST or usual >= 0.5 * rows


def _is_day(cell: str, serials: int) -> bool:
    if not re.search(r"\d", cell) or (re.fullmatch(r"[-\d.]+", cell) and len(cell) < 4):
        return False
    try:
        return bool(read_day(cell, serials=serials))
    except DateFormatError as error:
        # A day that the calendar lacks is one still; that it is wrong is said of its row.
        return error.code in ("not in the calendar", "ends first", "several days")


def _lacks_year(cell: str) -> bool:
    try:
        return not read_day(cell)
    except DateFormatError as error:
        return error.code == "no year" and bool(re.search(r"[^\W\d_]", cell))


def _is_month(cell: str) -> bool:
    name = in_single_words(fold(cell)).strip(" .")
    return name in MONTHS or bool(either_month(cell))


def _whole(cell: str, most: int) -> bool:
    found = re.fullmatch(r"(\d{1,2})(?:\.0)?", cell)
    return found is not None and int(found[1]) <= most


def _is_clock(cell: str, serials: int) -> bool:
    return bool(read_clock(cell, serials=serials)) or bool(re.match(r"(?:0?0|12|24):00", cell))


def _is_code(cell: str) -> bool:
    return len(cell) <= 60 and " " not in cell and bool(re.search(r"\d", cell))


def _is_name(cell: str) -> bool:
    """A name: letters mostly, not long, and no number, day or link."""
    letters = sum(char.isalpha() for char in cell)
    return 0 < len(cell) <= 120 and letters >= 0.5 * len(cell) and not cell.startswith(("http://", "https://"))
