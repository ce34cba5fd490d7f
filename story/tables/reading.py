"""The rows of a matched table as rows of reports.csv: days to EDTF, places to stops, titles where none are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from geo.place import Resolution
from story.dates import parse_when
from story.exc import DateFormatError
from story.model import Problem
from story.placing import PlaceNames
from story.table import COLUMNS, Row
from story.tables.days import UNDATED, is_blank, read_clock, read_day
from story.tables.daywords import from_to
from story.tables.grid import Table
from story.tables.matching import Matching, questions
from story.tables.points import both_axes, one_axis
from story.tables.stops import Parts, Progress, Spot, combine, find_stops
from story.tables.titles import titled, told_apart
from story.tables.vocabulary import own_name
from story.text import clean, slug

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?(?=$|[/?~%])")
_SEVERAL = re.compile(r"[,;/|\n&•]|\sand\s", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What a table comes to: rows for `read_reports`, places already found by name, and what could not be used."""

    rows: list[Row] = field(default_factory=list)
    """All of them in order, each with its key; one that cannot be used has its fault."""
    placed: dict[str, Resolution] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    """Toponym -> the part of it that is not known, where it is shown at what contains it."""
    problems: list[Problem] = field(default_factory=list)
    place: str = "place"
    """The headers that say where, for problems."""


def read_rows(
    table: Table,
    matching: Matching,
    place: PlaceNames | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Reads every row by the matching; `place` tells which places a cell with several of them names."""
    reading = Reading(place="place" if matching.own else _header(matching, "place"))
    reading.problems += _missing(table, matching)
    if not matching.columns("place") and not matching.columns("latitude"):
        return reading
    reading.problems += [
        Problem(table.name, table.header_line, _header(matching, "when"), question.example, question.message)
        for question in questions(table, matching)
    ]
    spots = _spots(table, matching, place, progress, cancelled)
    places = matching.columns("place")
    cells_of = _OwnCells(table, matching) if matching.own else _Cells(table, matching)
    for line, cells in zip(table.lines, table.rows, strict=True):
        row, fault = cells_of.row(line, cells)
        stops = spots.get(combine(tuple(cells[number] for number in places)), ())
        if fault or row.get("latitude") or row.get("longitude") or not stops:
            reading.rows.append(Row(line, row, fault=fault))
            continue
        for spot in stops:
            several = {"event": f"{row['event']}-{slug(spot.toponym)}"} if len(stops) > 1 and row.get("event") else {}
            reading.rows.append(Row(line, {**row, "place": spot.toponym, **several}))
            if spot.resolution and not matching.own:
                reading.placed[spot.toponym] = spot.resolution
                if spot.unknown:
                    reading.unknown[spot.toponym] = spot.unknown
    if not matching.own:
        reading.rows = told_apart(titled(reading.rows, table, matching), table)
    reading.rows = [
        Row(row.line, {name: cell for name, cell in row.cells.items() if cell}, key, row.fault)
        for key, row in enumerate(reading.rows, 1)
    ]
    return reading


def _missing(table: Table, matching: Matching) -> list[Problem]:
    """A problem for each field without which there is no story, and for columns of a reports.csv that are not used."""
    problems = []
    if matching.own:
        problems += _unused(table, matching)
    if table.headers and not table.count and not matching.own:
        message = "There are no rows below the names of the columns. Add them."
        return [*problems, Problem(table.name, table.header_line, "", "", message)]
    found = ", ".join(f"'{header}'" for header in table.headers[:20]) or "none"
    if not matching.columns("place") and not matching.columns("latitude") and table.headers:
        message = f"No column says where; the columns are {found}. Name one of them 'place', or say which it is."
        problems.append(Problem(table.name, table.header_line, "place", "", message))
    elif not matching.columns("when") and table.headers:
        message = (
            f"No column says when, so that nothing is dated; the columns are {found}. Say which it is, or add one."
        )
        problems.append(Problem(table.name, table.header_line, "when", "", message))
    return problems


def _unused(table: Table, matching: Matching) -> list[Problem]:
    used = {number for match in matching.fields.values() for number in match.columns}
    problems = []
    for number, header in enumerate(table.headers):
        if number in used or header.startswith("Column "):
            continue
        bare = re.sub(r" \(\d+\)$", "", header)
        if own_name(bare):
            message = f"The column '{bare}' is there twice; the first one counts. Remove or rename the other."
            problems.append(Problem(table.name, table.header_line, own_name(bare), bare, message))
        else:
            known = ", ".join(f"'{name}'" for name in COLUMNS)
            message = f"The column '{header}' is not used. Known are {known}."
            problems.append(Problem(table.name, table.header_line, header, header, message))
    return problems


def _header(matching: Matching, field: str) -> str:
    return " + ".join(matching.named(field)) or field


def _spots(
    table: Table,
    matching: Matching,
    place: PlaceNames | None,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Mapping[Parts, tuple[Spot, ...]]:
    """The stops of every place that is to be found by its name."""
    columns, axes = matching.columns("place"), matching.columns("latitude")
    wanted = dict.fromkeys(
        combine(tuple(cells[number] for number in columns))
        for cells in table.rows
        if not any(cells[number].strip() for number in axes)
    )
    if not matching.own:
        return find_stops(wanted, place, progress, cancelled)
    # The names of a told story are decided together, by its text; only those that are no place alone may be several.
    if place is None:
        return {}
    several = [parts for parts in wanted if parts and _SEVERAL.search(parts[0])]
    return {
        parts: stops
        for parts, stops in find_stops(several, place, None, cancelled).items()
        if len(stops) > 1 and all(stop.resolution and stop.resolution.place for stop in stops)
    }


class _OwnCells:
    """A reports.csv: its cells are as they should be, but for days that a spreadsheet has written in its own way."""

    def __init__(self, table: Table, matching: Matching) -> None:
        self.table = table
        self.first = {name: match.columns[0] for name, match in matching.fields.items()}
        self.day_first = matching.day_first

    def row(self, line: int, cells: Sequence[str]) -> tuple[dict[str, str], None]:
        row = {name: cells[number] for name, number in self.first.items()}
        for name in ("when", "reported"):
            row[name] = self._day(row.get(name, ""))
        return row, None

    def _day(self, cell: str) -> str:
        try:
            parse_when(clean(cell))
        except DateFormatError:
            try:
                return read_day(cell, self.day_first, serials=self.table.dated)
            except DateFormatError:
                return cell
        return cell


class _Cells:
    """Anybody's table: cells that say nothing are blank, and each field is put together from its columns."""

    def __init__(self, table: Table, matching: Matching) -> None:
        self.table, self.matching = table, matching
        self.day_first = matching.day_first
        self.columns = {name: match.columns for name, match in matching.fields.items()}
        self.undated = "" if "when" in self.columns else UNDATED

    def row(self, line: int, cells: Sequence[str]) -> tuple[dict[str, str], Problem | None]:
        """The cells of reports.csv, and why they are no report where they are none."""
        fault = None
        try:
            when = self._when(cells)
        except DateFormatError as error:
            when = " ".join(filter(None, (clean(cells[n]) for f in ("when", "until") for n in self.columns.get(f, ()))))
            header = _header(self.matching, "when")
            fault = Problem(self.table.name, line, header, when[:120], str(error))
        row = {name: self._first(cells, name) for name in ("event", "title", "summary", "status", "source", "url")}
        row["when"] = when or self.undated
        row["who"] = ";".join(dict.fromkeys(re.sub(r"\s*\n\s*", ";", cell) for cell in self._filled(cells, "who")))
        row["reported"] = self._reported(cells)
        row["latitude"], row["longitude"] = self._point(cells)
        place = ", ".join(combine(tuple(cells[number] for number in self.columns.get("place", ()))))
        row["place"] = clean(place) or ", ".join(filter(None, (row["latitude"], row["longitude"])))
        row["note"] = self._note(cells)
        if not row["place"] and fault is None:
            header = _header(self.matching, "place" if "place" in self.columns else "latitude")
            message = "This row says nowhere where it is. Fill in a place, or latitude and longitude."
            fault = Problem(self.table.name, line, header, "", message)
        return row, fault

    def _filled(self, cells: Sequence[str], name: str) -> list[str]:
        found = (clean(cells[number], lines=True) for number in self.columns.get(name, ()))
        return [cell for cell in found if not is_blank(cell)]

    def _first(self, cells: Sequence[str], name: str) -> str:
        return next(iter(self._filled(cells, name)), "")

    def _read(self, cell: str) -> str:
        return _MIDNIGHT.sub("", read_day(cell, self.day_first, serials=self.table.dated))

    def _reported(self, cells: Sequence[str]) -> str:
        cell = self._first(cells, "reported")
        try:
            return self._read(cell)[:10] if cell else ""
        except DateFormatError:
            return cell

    def _when(self, cells: Sequence[str]) -> str:
        """The EDTF of all columns that say when. Raises DateFormatError."""
        columns = self.columns.get("when", ())
        start = self._parts([clean(cells[number]) for number in columns]) if len(columns) > 1 else ""
        if len(columns) == 1:
            start = self._read(cells[columns[0]])
        if _DAY.fullmatch(start) and (clock := read_clock(self._first(cells, "time"))):
            start = f"{start}T{clock}"
        stop = self._read(self._first(cells, "until"))
        return from_to(start, stop)

    def _parts(self, parts: list[str]) -> str:
        year, rest = re.sub(r"\.0$", "", parts[0]), [re.sub(r"\.0$", "", part) for part in parts[1:]]
        if is_blank(year) or year == "0":
            return ""
        rest = ["" if is_blank(part) or re.fullmatch(r"0+|-\d+", part) else part for part in rest]
        if not rest[0]:
            return read_day(year)
        if re.fullmatch(r"\d{1,2}", rest[0]):
            day = f"-{int(rest[1]):02}" if len(rest) > 1 and rest[1].isdigit() else ""
            return read_day(f"{year}-{int(rest[0]):02}{day}")
        return self._read(" ".join([*reversed(rest[1:]), rest[0], year]).strip())

    def _point(self, cells: Sequence[str]) -> tuple[str, str]:
        latitudes, longitudes = self.columns.get("latitude", ()), self.columns.get("longitude", ())
        if not latitudes or not longitudes:
            return "", ""
        first, second = cells[latitudes[0]].strip(), cells[longitudes[0]].strip()
        if latitudes == longitudes:
            return both_axes(first) or ("", "")
        latitude, longitude = ("" if is_blank(cell) else one_axis(cell) for cell in (first, second))
        # Tables that need a number write 0 for what they do not know; nothing happens at 0, 0.
        return ("", "") if _is_zero(latitude) and _is_zero(longitude) else (latitude, longitude)

    def _note(self, cells: Sequence[str]) -> str:
        notes = []
        for number in self.columns.get("note", ()):
            text = clean(cells[number], lines=True)
            if not is_blank(text):
                bare = len(self.columns["note"]) == 1 and not re.fullmatch(r"[\d.,]+", text)
                notes.append(text if bare else f"{self.table.headers[number]}: {text}")
        return "; ".join(notes)


def _is_zero(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?0+(\.0+)?", text)) or not text
