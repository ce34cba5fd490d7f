"""What the columns of a table were taken for: field by field, why, how surely, and what must still be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from story.exc import ColumnNameError
from story.model.columns import COLUMNS
from story.tables.columns.vocabulary import plain
from story.tables.table import Table
from story.tables.values.days import Order, order_of

FOR_TITLES = ("kind", "actors")
FIELDS: tuple[str, ...] = (*COLUMNS, "until", "time", *FOR_TITLES)
"""The columns of reports.csv; `until` ends what `when` begins, `time` is its time of day. `kind`, and the `actors` who
need not be there themselves (sides, victims, operators), word the titles that no column gives."""


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

    `when` has one column, or year, month and day, or year and the rest; `until` has one, or year, month and day;
    `place` has the smallest first; `latitude` and `longitude` may be the same one, which then holds both. `day_first`
    is None where the columns do not settle it: then `questions` asks it, unless no day is concerned. `own` says that
    the table is a reports.csv, whose blank cells mean "as in the report before".
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
