"""The rows of a matched table as rows of reports.csv: their cells, places to stops, titles where none are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.names.interpretation import Written
from geo.names.lookup import Progress
from geo.place import Resolution
from story.exc import OpeningCancelledError
from story.model import Problem
from story.model.columns import Row
from story.placing import PlaceNames
from story.tables.columns.matched import Matching, questions
from story.tables.columns.vocabulary import own_name
from story.tables.columns.where import maybe_places
from story.tables.rows.cells import Cells, OwnCells
from story.tables.rows.stops import find_stops, written
from story.tables.rows.titles import titled, told_apart
from story.tables.table import Table
from story.tables.values.day_columns import month_and_figure
from story.tables.values.days import order_of
from story.text import slug
from story.wording import say_count

NO_ROWS = "There are no rows below the names of the columns. Add them."
_ROWS_A_LOOK = 1_000
_SEVERAL = re.compile(r"[,;/|\n&•]|\sand\s", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What a table comes to: rows for `read_reports`, places already found by name, and what could not be used."""

    rows: list[Row] = field(default_factory=list)
    """All of them in order, each with its key; one with a cell that cannot be read has its fault."""
    placed: dict[str, Resolution] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_rows(
    table: Table,
    matching: Matching,
    place: PlaceNames | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Reads every row by the matching; `place` tells which places a cell with several of them names."""
    reading = Reading()
    reading.problems += _missing(table, matching)
    asked = " + ".join(_undecided(table, matching))
    reading.problems += [
        Problem(table.name, table.header_line, asked, question.example, question.message)
        for question in questions(table, matching)
    ]
    reading.problems += _figures(table, matching)
    cells_of = OwnCells(table, matching) if matching.own else Cells(table, matching)
    place_of = written(table, matching)
    stops_of = _stops_of(table, matching, place_of, cells_of, place, progress, cancelled)
    records: list[Sequence[str]] = []
    for number, (line, cells) in enumerate(zip(table.lines, table.rows, strict=True)):
        if number % _ROWS_A_LOOK == 0 and cancelled and cancelled():
            raise OpeningCancelledError("Opening was cancelled before all its rows were read. Open it again.")
        row, fault = cells_of.row(line, cells)
        stops = stops_of.get(place_of(cells), ())
        if row.get("latitude") or row.get("longitude") or not stops:
            reading.rows.append(Row(line, row, fault=fault))
            records.append(cells)
            continue
        for stop in stops:
            records.append(cells)
            several = {"event": f"{row['event']}-{slug(stop.toponym)}"} if len(stops) > 1 and row.get("event") else {}
            reading.rows.append(Row(line, {**row, "place": stop.toponym, **several}, fault=fault))
            if place is not None and not matching.own:
                reading.placed[stop.toponym] = stop
    if not matching.own:
        reading.rows = told_apart(titled(reading.rows, table, matching), table)
    reading.rows = [
        Row(
            row.line,
            _filled(row.cells, cells_of.fields, record),
            key,
            replace(row.fault, row=key) if row.fault else None,
        )
        for key, (row, record) in enumerate(zip(reading.rows, records, strict=True), 1)
    ]
    return reading


def _filled(cells: dict[str, str], fields: Mapping[str, int], row: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row, those of the story's own fields last."""
    filled = {name: cell for name, cell in cells.items() if cell}
    for name, number in fields.items():
        if cell := row[number]:
            filled[name] = cell
    return filled


def _missing(table: Table, matching: Matching) -> list[Problem]:
    """A problem for each field that no column gives, and for columns of a reports.csv that are there twice."""
    problems = []
    if matching.own:
        problems += _twice(table, matching)
    if table.headers and not table.count and not matching.own:
        return [*problems, Problem(table.name, table.header_line, "", "", NO_ROWS)]
    found = ", ".join(f"'{header}'" for header in table.headers[:20]) or "none"
    if not matching.columns("place") and not matching.columns("latitude") and table.headers:
        message = (
            f"No column says where, so that nothing is on the map; the columns are {found}. "
            "Name one of them 'place', or say which it is."
        )
        problems.append(Problem(table.name, table.header_line, "place", "", message))
    elif others := maybe_places(table, matching):
        (country,) = matching.named("place")
        message = (
            f"Only '{country}' says where, so each row stands at its country. "
            f"If {' or '.join(map(repr, others[:3]))} names a smaller place, say so."
        )
        problems.append(Problem(table.name, table.header_line, country, "", message))
    if not matching.columns("when") and table.headers:
        message = (
            f"No column says when, so that nothing is dated; the columns are {found}. Say which it is, or add one."
        )
        problems.append(Problem(table.name, table.header_line, "when", "", message))
    return problems


def _figures(table: Table, matching: Matching) -> list[Problem]:
    """A problem for each column with days such as "Mar-20"."""
    problems = []
    for number in (*matching.columns("when"), *matching.columns("until")):
        count, example = month_and_figure(table.column(number))
        if count:
            message = (
                f"{say_count(count, 'cell')} such as '{example}' may be a month and a year, or a day; "
                "read as a month and a year. If the figure is a day, write the whole date."
            )
            problems.append(Problem(table.name, table.header_line, table.headers[number], example, message))
    return problems


def _twice(table: Table, matching: Matching) -> list[Problem]:
    used = {number for match in matching.fields.values() for number in match.columns}
    there = {own_name(table.headers[number]) for number in used}
    problems = []
    for number, header in enumerate(table.headers):
        if number in used or header.startswith("Column "):
            continue
        bare = re.sub(r" \(\d+\)$", "", header)
        if own_name(bare) and own_name(bare) in there:
            message = f"The column '{bare}' is there twice; the first one counts. Remove or rename the other."
            problems.append(Problem(table.name, table.header_line, own_name(bare), bare, message))
    return problems


def _undecided(table: Table, matching: Matching) -> list[str]:
    """The headers of the columns whose days may be read in two ways."""
    numbers = {number for field in ("when", "until", "reported") for number in matching.columns(field)}
    return [table.headers[number] for number in sorted(numbers) if order_of(table.column(number)).either]


def _stops_of(
    table: Table,
    matching: Matching,
    place_of: Callable[[Sequence[str]], Written],
    cells_of: OwnCells | Cells,
    place: PlaceNames | None,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Mapping[Written, tuple[Resolution, ...]]:
    """The stops of every place that is to be found by its name."""
    wanted = dict.fromkeys(place_of(cells) for cells in table.rows if not cells_of.has_point(cells))
    if not matching.own:
        return find_stops(wanted, place, progress, cancelled)
    # The names of a told story are decided together, by its text; only those that are no place alone may be several.
    if place is None:
        return {}
    several = [one for one in wanted if one.parts and _SEVERAL.search(one.parts[0])]
    return {
        one: stops
        for one, stops in find_stops(several, place, None, cancelled).items()
        if len(stops) > 1 and sum(stop.place is not None for stop in stops) > 1
    }
