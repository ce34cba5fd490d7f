"""Which columns of a table are which fields of a story: the guess, why, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from story.exc import ColumnNameError
from story.table import COLUMNS, REQUIRED
from story.tables.days import Order, order_of
from story.tables.evidence import Evidence, contains
from story.tables.grid import Table
from story.tables.vocabulary import fits, own_name, plain

FIELDS: tuple[str, ...] = (*COLUMNS, "until", "time", "kind")
"""The columns of reports.csv; `until` ends what `when` begins, `time` is its time of day, `kind` words the titles that
no column gives."""

_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Match:
    """Where one field comes from: columns by number, in order; why, in words; how surely, from 0 to 1."""

    columns: tuple[int, ...]
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """What the table does not settle: how many of its cells it concerns, and one of them."""

    field: str
    count: int
    example: str
    message: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Field -> where it comes from; a field that is not there comes from nowhere.

    `when` has one column, or year, month and day, or year and the rest; `place` has the smallest first; `latitude` and
    `longitude` may be the same one, which then holds both. `day_first` is None where the columns do not settle it: then
    `questions` asks it, unless no day is concerned. `own` says that the table is a reports.csv, whose blank cells mean
    "as in the report before".
    """

    headers: tuple[str, ...]
    fields: Mapping[str, Match]
    day_first: bool | None = None
    own: bool = False

    def columns(self, field: str) -> tuple[int, ...]:
        """The columns of a field, by number; empty where it has none."""
        match = self.fields.get(field)
        return match.columns if match else ()

    def named(self, field: str) -> tuple[str, ...]:
        """The headers that a field comes from."""
        return tuple(self.headers[number] for number in self.columns(field))

    def with_column(self, field: str, columns: Sequence[str | int]) -> Matching:
        """The matching with a field from other columns, by header or number; none takes the field away.

        Raises ColumnNameError for a field or column that is not there.
        """
        if field not in FIELDS:
            raise ColumnNameError(f"'{field}' is no field of a story. Name one of {', '.join(FIELDS)}.")
        numbers = tuple(self._number(column) for column in columns)
        fields = {name: match for name, match in self.fields.items() if name != field}
        if numbers:
            fields[field] = Match(numbers, "chosen", 1.0)
        return replace(self, fields=MappingProxyType(fields))

    def with_day_first(self, day_first: bool | None) -> Matching:
        """The matching with days read day first (True) or month first (False)."""
        return replace(self, day_first=day_first)

    def _number(self, column: str | int) -> int:
        if isinstance(column, int):
            if 0 <= column < len(self.headers):
                return column
        elif column in self.headers:
            return self.headers.index(column)
        else:
            alike = [number for number, header in enumerate(self.headers) if plain(header) == plain(column)]
            if len(alike) == 1:
                return alike[0]
        shown = ", ".join(f"'{header}'" for header in self.headers[:12])
        raise ColumnNameError(f"There is no column '{column}'. The table has {shown}.")


def day_order(table: Table, matching: Matching) -> Order:
    """What all columns of days together say of their order."""
    numbers = {number for field in ("when", "until", "reported") for number in matching.columns(field)}
    orders = [order_of(table.column(number)) for number in sorted(numbers)]
    return Order(
        sum(order.day_first for order in orders),
        sum(order.month_first for order in orders),
        sum(order.either for order in orders),
        next((order.example for order in orders if order.example), ""),
    )


def questions(table: Table, matching: Matching) -> tuple[Question, ...]:
    """What must be asked before the table is surely read right."""
    if matching.day_first is not None:
        return ()
    order = day_order(table, matching)
    if not order.either or order.settled is not None:
        return ()
    why = (
        f"{order.day_first:,} can only be day first and {order.month_first:,} only month first"
        if order.day_first
        else "no day of them is above 12"
    )
    message = (
        f"{order.either:,} dates such as '{order.example}' can be day/month or month/day, and {why}. "
        "Say which it is; until then each is one of two days."
    )
    return (Question("day_first", order.either, order.example, message),)


def guess(table: Table) -> Matching:
    """Every field's likeliest columns, by header first and by what is in them second."""
    if own := _own(table):
        matching = Matching(table.headers, MappingProxyType(own), own=True)
    else:
        matching = Matching(table.headers, MappingProxyType(_Guess(table).fields()))
    return replace(matching, day_first=day_order(table, matching).settled)


def _own(table: Table) -> dict[str, Match]:
    """The matching of a reports.csv; empty where the table is none."""
    found: dict[str, Match] = {}
    for number, header in enumerate(table.headers):
        if (name := own_name(header)) and name not in found:
            found[name] = Match((number,), "named so", 1.0)
    return found if all(name in found for name in REQUIRED) else {}


class _Guess:
    """One guess in the making: the columns not yet given away."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.evidence = [Evidence(table, number) for number in range(len(table.headers))]
        self.fits = [fits(header) for header in table.headers]
        self.taken: set[int] = set()
        self.apart: list[int] = []
        """Columns of countries that the places do not lie in."""

    def fields(self) -> dict[str, Match]:
        found: dict[str, Match] = {}
        for field, match in (*self._when(), *self._point(), *self._place(), *self._words()):
            if match:
                found[field] = match
        return found

    def _best(self, field: str, fit: str, *, least: float = _LEAST) -> tuple[int, float] | None:
        """The free column that a field's name and an evidence fit best together."""
        best: tuple[float, int] | None = None
        for number, names in enumerate(self.fits):
            if number in self.taken or field not in names:
                continue
            share = getattr(self.evidence[number], fit) if fit else 1.0
            worth = names[field] * (0.25 + 0.75 * share) * (0.3 + 0.7 * self.evidence[number].filled)
            if share >= least and self.evidence[number].filled and (best is None or worth > best[0]):
                best = worth, number
        return (best[1], best[0]) if best else None

    def _take(self, field: str, fit: str = "", *, least: float = _LEAST) -> Match | None:
        best = self._best(field, fit, least=least)
        if best is None:
            return None
        self.taken.add(best[0])
        return Match((best[0],), f"named '{self.table.headers[best[0]]}'", round(best[1], 2))

    def _when(self) -> list[tuple[str, Match | None]]:
        when = self._take("when", "dates", least=0.3)
        parts = [self._best(field, field) for field in ("year", "month", "day")]
        if parts[0] and parts[1] and (when is None or (parts[2] and when.score < 0.5)):
            numbers = tuple(part[0] for part in parts if part)
            self.taken.update(numbers)
            return [("when", Match(numbers, "its parts", 0.9)), ("time", self._take("time", "clocks", least=0.5))]
        if when is None:
            if parts[0] and (partial := self._best("when", "partial_dates")):
                self.taken.update({parts[0][0], partial[0]})
                return [("when", Match((parts[0][0], partial[0]), "a year and the rest", 0.7))]
            when = self._take("year", "year") or self._by_content("dates", 0.7, "its cells are dates")
            if when is None:
                return []
        elif self.evidence[when.columns[0]].partial_dates > 0.5 and parts[0]:
            self.taken.add(parts[0][0])
            when = Match((parts[0][0], *when.columns), "a year and the rest", 0.7)
        until = self._take("until", "dates")
        return [("when", when), ("until", until), ("time", self._take("time", "clocks", least=0.5))]

    def _by_content(self, fit: str, least: float, why: str) -> Match | None:
        """The first free column whose cells tell what it is."""
        for number, evidence in enumerate(self.evidence):
            if number not in self.taken and getattr(evidence, fit) >= least and evidence.filled > 0.3:
                self.taken.add(number)
                return Match((number,), why, 0.5)
        return None

    def _point(self) -> list[tuple[str, Match | None]]:
        latitude, longitude = (
            self._best("latitude", "latitudes", least=0.6),
            self._best("longitude", "longitudes", least=0.6),
        )
        if latitude and longitude:
            self.taken.update({latitude[0], longitude[0]})
            return [
                (field, Match((number,), f"named '{self.table.headers[number]}'", round(score, 2)))
                for field, (number, score) in (("latitude", latitude), ("longitude", longitude))
            ]
        both = self._take("point", "points", least=0.5) or self._by_content("points", 0.8, "its cells are coordinates")
        return [("latitude", both), ("longitude", both)] if both else []

    def _place(self) -> list[tuple[str, Match | None]]:
        """The smallest place and all that contain it."""
        found = [self._take("place", "names", least=0.4)]
        found += [self._take(field, "names", least=0.4) for field in ("place1", "place2", "place3")]
        # A county is not needed where a state is there, and is often what a gazetteer lacks.
        if found[0] and found[2] and found[1]:
            self.taken.discard(found[1].columns[0])
            found[1] = None
        if found[0]:
            small = found[0].columns[0]
            for at, match in enumerate(found[1:], 1):
                if match and not contains(self.table, small, match.columns[0]):
                    self.apart.append(match.columns[0])
                    found[at] = None
        matches = [match for match in found if match]
        if not matches:
            matches = [match for match in [self._by_content("places", 0.6, "its cells are names")] if match]
            if not matches:
                return []
        columns = tuple(number for match in matches for number in match.columns)
        why = matches[0].why if len(matches) == 1 else "combined from the smallest to the largest"
        return [("place", Match(columns, why, min(match.score for match in matches)))]

    def _words(self) -> list[tuple[str, Match | None]]:
        found: list[tuple[str, Match | None]] = []
        if event := self._best("event", "ids", least=0.99):
            self.taken.add(event[0])
            found.append(("event", Match((event[0],), "every row has another one", round(event[1], 2))))
        found.append(("status", self._take("status", "statuses", least=0.8)))
        found.append(("reported", self._take("reported", "dates", least=0.6)))
        found.append(
            ("url", self._take("url", "links", least=0.5) or self._by_content("links", 0.9, "its cells are links"))
        )
        found.append(("source", self._take("source", "words", least=0.3)))
        who = self._take("who", "names", least=0.5)
        title = self._take("title", "words", least=0.5)
        if title is not None and self.evidence[title.columns[0]].average > 200:
            self.taken.discard(title.columns[0])
            title = None
        name = self._free("name", "full_name", "names")
        if name is not None and who is None and (title or self.evidence[name].repeated or self._free("remarks")):
            who = Match((name,), "names of people", 0.6)
            self.taken.add(name)
        elif name is not None and title is None:
            title = Match((name,), f"named '{self.table.headers[name]}'", 0.6)
            self.taken.add(name)
        if who and (second := self._take("who2", "names", least=0.5)):
            who = Match((*who.columns, *second.columns), "all who are named", who.score)
        found += [("who", who), ("title", title), ("kind", self._take("kind", "words", least=0.5))]
        found.append(("summary", self._take("summary", "words", least=0.3)))
        if not any(match for field, match in found if field in ("title", "who", "kind", "summary")):
            found.append(("title", self._told()))
        notes = self.apart
        while len(notes) < 6 and (note := self._take("note")):
            notes.append(note.columns[0])
        if notes:
            found.append(("note", Match(tuple(sorted(notes)), "all that is left to say", 0.5)))
        return found

    def _told(self) -> Match | None:
        """The first column of short texts that are not the same over and over."""
        for number, evidence in enumerate(self.evidence):
            repeated = evidence.repeated and len(self.table.rows) > 2
            if number not in self.taken and evidence.words > 0.8 and 8 <= evidence.average <= 120 and not repeated:
                self.taken.add(number)
                return Match((number,), "its cells are short texts", 0.4)
        return None

    def _free(self, *names: str) -> int | None:
        for number, header in enumerate(self.table.headers):
            if number not in self.taken and plain(header) in names and self.evidence[number].filled:
                return number
        return None
