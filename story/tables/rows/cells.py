"""The cells of one row as cells of reports.csv: days to EDTF, degrees to numbers, each field from all its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from story.exc import DateFormatError
from story.model import Problem
from story.model.columns import COLUMNS, UNPLACED
from story.model.dates import parse_when
from story.tables.columns.matched import FOR_TITLES, Matching
from story.tables.columns.vocabulary import fits, own_name
from story.tables.rows.stops import combine
from story.tables.table import Table
from story.tables.values.day_columns import Habits, as_two_years, habits_of, one_year
from story.tables.values.day_words import from_to
from story.tables.values.days import UNDATED, is_blank, read_clock, read_day
from story.tables.values.months import in_language
from story.tables.values.points import both_axes, in_range, is_longitude_first, one_axis
from story.tables.values.status import read_status
from story.text import armed, clean, plain_digits

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?(?=$|[/?~%])")
_LINK = re.compile(r"https?://[^\s;|]+", re.IGNORECASE)
_NEXT_LINK = re.compile(r"(?<=.)(?=https?://)", re.IGNORECASE)
_LONGEST = 4_000
LEFT_OUT = "Until then it is left out."
"""What becomes of a cell that cannot be read, at the end of its problem."""


def header_of(matching: Matching, field: str) -> str:
    """The headers of a field as one, for problems."""
    return " + ".join(matching.named(field)) or field


def own_fields(table: Table, used: Iterable[int]) -> dict[str, int]:
    """The name and the number of each column that is none of ours; a name that is one of ours gets words behind it."""
    found: dict[str, int] = {}
    taken = set(used)
    for number, header in enumerate(table.headers):
        name = armed(header)
        while own_name(name) or name in found:
            name += " (as given)"
        if number not in taken:
            found[name] = number
    return found


class OwnCells:
    """A reports.csv: its cells are as they should be, but for days that a spreadsheet has written in its own way."""

    def __init__(self, table: Table, matching: Matching) -> None:
        self.table = table
        self.first = {name: match.columns[0] for name, match in matching.fields.items() if name in COLUMNS}
        self.until = next(iter(matching.columns("until")), None)
        self.fields = own_fields(table, {*self.first.values(), *matching.columns("until")})
        self.day_first = matching.day_first

    def row(self, line: int, cells: Sequence[str]) -> tuple[dict[str, str], Problem | None]:
        """The cells of the row, and what is wrong with the end of its days where that is a column of its own."""
        row = {name: cells[number] for name, number in self.first.items()}
        for name in ("when", "reported"):
            row[name] = self._day(row.get(name, ""))
        # Only where a person says so: a reports.csv has both ends in its one column.
        if self.until is not None and cells[self.until].strip():
            try:
                row["when"] = from_to(row["when"], self._day(cells[self.until]))
            except DateFormatError as error:
                header = self.table.headers[self.until]
                return row, Problem(self.table.name, line, header, cells[self.until][:120], f"{error} {LEFT_OUT}")
        return row, None

    def has_point(self, cells: Sequence[str]) -> bool:
        """Whether the row says itself where it is on the map."""
        return any(cells[self.first[name]].strip() for name in ("latitude", "longitude") if name in self.first)

    def _day(self, cell: str) -> str:
        try:
            parse_when(clean(cell))
        except DateFormatError:
            try:
                return read_day(cell, self.day_first, serials=self.table.dated)
            except DateFormatError:
                return cell
        return cell


class Cells:
    """Anybody's table: cells that say nothing are blank, and each field is put together from its columns."""

    def __init__(self, table: Table, matching: Matching) -> None:
        self.table, self.matching = table, matching
        self.day_first = matching.day_first
        self.columns = {name: match.columns for name, match in matching.fields.items()}
        self.fields = own_fields(
            table, (number for name, numbers in self.columns.items() if name not in FOR_TITLES for number in numbers)
        )
        latitudes = self.columns.get("latitude", ())
        both = latitudes if latitudes == self.columns.get("longitude", ()) else ()
        self.longitude_first = bool(both) and is_longitude_first(table.column(both[0]))
        self.of_years = any("year" in fits(header) for header in matching.named("when"))
        self.habits = {
            field: habits_of(cell for number in self.columns.get(field, ()) for cell in table.column(number))
            for field in ("when", "until")
        }
        self.undated = "" if "when" in self.columns else UNDATED
        self.unplaced = "" if "place" in self.columns or "latitude" in self.columns else UNPLACED

    def row(self, line: int, cells: Sequence[str]) -> tuple[dict[str, str], Problem | None]:
        """The cells of reports.csv, and what is wrong with the days, which then hold what stands in the table."""
        when, fault = self._when(line, cells)
        row = {name: self._first(cells, name) for name in ("event", "title", "summary", "source", "url", "trip")}
        row["status"] = self._status(cells)
        row["url"], besides = _first_link(row["url"])
        row["when"] = when or self.undated
        row["who"] = ";".join(dict.fromkeys(re.sub(r"\s*\n\s*", ";", cell) for cell in self._filled(cells, "who")))
        row["reported"] = self._reported(cells)
        row["latitude"], row["longitude"] = self._point(cells)
        place = ", ".join(combine(tuple(cells[number] for number in self.columns.get("place", ()))))
        row["place"] = clean(place) or _point_as_place(row["latitude"], row["longitude"]) or self.unplaced
        row["note"] = self._note(cells, besides)
        return row, fault

    def _filled(self, cells: Sequence[str], name: str) -> list[str]:
        found = (clean(cells[number], lines=True) for number in self.columns.get(name, ()))
        return [cell for cell in found if not is_blank(cell)]

    def _first(self, cells: Sequence[str], name: str) -> str:
        return next(iter(self._filled(cells, name)), "")

    def _status(self, cells: Sequence[str]) -> str:
        """The first cell that says a status: "TBC" is one, though it is no date and no name."""
        found = (clean(cells[number], lines=True) for number in self.columns.get("status", ()))
        return next((cell for cell in found if not is_blank(cell) or read_status(cell)), "")

    def _read(self, cell: str) -> str:
        return _MIDNIGHT.sub("", read_day(cell, self.day_first, serials=self.table.dated))

    def _read_when(self, cell: str, habits: Habits) -> str:
        """A cell of a column of days, as the whole column is written."""
        cell = in_language(cell, habits.language) if habits.language else cell
        day = self._read(as_two_years(cell) if habits.two_years else cell)
        # Midnight is a moment where the others of its column are.
        return f"{day}T00:00:00Z" if habits.instants and _DAY.fullmatch(day) else day

    def _reported(self, cells: Sequence[str]) -> str:
        cell = self._first(cells, "reported")
        try:
            day = self._read(cell) if cell else ""
            return day if day.startswith("[") else day[:10]
        except DateFormatError:
            return cell

    def _when(self, line: int, cells: Sequence[str]) -> tuple[str, Problem | None]:
        """The EDTF of all columns that say when; what cannot be read of it is told, and the beginning alone counts."""
        start = stop = ""
        field = "when"
        try:
            start, field = self._start(cells), "until"
            stop, field = self._stop(cells), "when"
            return from_to(start, stop), None
        except DateFormatError as error:
            if field == "when" and error.code == "no year" and (read := self._in_its_year(line, cells)):
                return read
            fields = ("until",) if field == "until" else ("when", "until")
            said = " ".join(filter(None, (clean(cells[n]) for name in fields for n in self.columns.get(name, ()))))
            problem = Problem(self.table.name, line, field, said[:120], f"{error} {LEFT_OUT}")
            return start if field == "until" else said, problem

    def _in_its_year(self, line: int, cells: Sequence[str]) -> tuple[str, Problem] | None:
        """A day without a year in a table of one year, which is told; None where the table is none."""
        number = self.columns["when"][0]
        cell = clean(cells[number])
        if len(self.columns["when"]) > 1 or "until" in self.columns or not self.year:
            return None
        try:
            day = self._read_when(f"{cell} {self.year}", self.habits["when"])
        except DateFormatError:
            return None
        message = (
            f"'{cell[:80]}' gives no year and is read as of {self.year}, as the table. Write its year if it is another."
        )
        return day, Problem(self.table.name, line, "when", cell[:120], message)

    @cached_property
    def year(self) -> str:
        """The only year that the table's days are of, or that its titles name; "" where there is none."""
        days = []
        for cell in dict.fromkeys(self.table.column(self.columns["when"][0])):
            with suppress(DateFormatError):
                days.append(self._read_when(cell, self.habits["when"]))
        return one_year(days, (self.table.caption, Path(self.table.name).stem))

    def _start(self, cells: Sequence[str]) -> str:
        """The EDTF of the columns that say when something is or begins. Raises DateFormatError."""
        columns = self.columns.get("when", ())
        start = self._parts([clean(cells[number]) for number in columns]) if len(columns) > 1 else ""
        if len(columns) == 1:
            cell = cells[columns[0]]
            # Three digits are a year only under a header that says so.
            cell = f"{int(cell):04}" if self.of_years and re.fullmatch(r"\s*\d{1,3}\s*", cell, re.ASCII) else cell
            start = self._read_when(cell, self.habits["when"])
        if _DAY.fullmatch(start) and (clock := read_clock(self._first(cells, "time"), serials=self.table.dated)):
            start = f"{start}T{clock}"
        return start

    def _stop(self, cells: Sequence[str]) -> str:
        """The EDTF of the columns that say when it ends. Raises DateFormatError."""
        ends = self.columns.get("until", ())
        stop = self._parts([clean(cells[number]) for number in ends]) if len(ends) > 1 else ""
        if len(ends) == 1:
            stop = self._read_when(self._first(cells, "until"), self.habits["until"])
        return stop

    def _parts(self, parts: list[str]) -> str:
        year, *rest = (re.sub(r"\.0$", "", plain_digits(part)) for part in parts)
        if is_blank(year) or year == "0":
            return ""
        rest = [in_language(part, self.habits["when"].language) for part in rest]
        rest = ["" if is_blank(part) or re.fullmatch(r"0+|-\d+", part) else part for part in rest]
        if not rest[0]:
            return read_day(year)
        day = "".join(rest[1:2])
        if re.fullmatch(r"\d{1,2}", rest[0]) and (not day or day.isdecimal()):
            return read_day(f"{year}-{int(rest[0]):02}" + (f"-{int(day):02}" if day else ""))
        return self._read(" ".join([*reversed(rest[1:]), rest[0], year]).strip())

    def _point(self, cells: Sequence[str]) -> tuple[str, str]:
        latitudes, longitudes = self.columns.get("latitude", ()), self.columns.get("longitude", ())
        if not latitudes or not longitudes:
            return "", ""
        first, second = cells[latitudes[0]].strip(), cells[longitudes[0]].strip()
        if latitudes == longitudes:
            return both_axes(first, longitude_first=self.longitude_first) or ("", "")
        latitude, longitude = ("" if is_blank(cell) else one_axis(cell) for cell in (first, second))
        # Tables that need a number write 0 for what they do not know; nothing happens at 0, 0.
        return ("", "") if _is_zero(latitude) and _is_zero(longitude) else (latitude, longitude)

    def has_point(self, cells: Sequence[str]) -> bool:
        """Whether the row says itself where it is on the map: NULL, or 0 and 0, say nothing."""
        return self._point(cells) != ("", "")

    def _note(self, cells: Sequence[str], besides: str) -> str:
        notes = [f"{header_of(self.matching, 'url')}: {besides}"] if besides else []
        for number in self.columns.get("note", ()):
            text = clean(cells[number], lines=True)
            if not is_blank(text):
                bare = len(self.columns["note"]) == 1 and not re.fullmatch(r"[\d.,]+", text)
                notes.append(text if bare else f"{self.table.headers[number]}: {text}")
        return "; ".join(notes)


def _first_link(cell: str) -> tuple[str, str]:
    """The first of several links, and what else the cell says; a cell without any as it is."""
    found = _LINK.search(cell[:_LONGEST])
    if not found:
        return cell, ""
    first = _NEXT_LINK.split(found[0], maxsplit=1)[0].rstrip(",.)")
    return first, clean(cell.replace(first, "", 1)).strip(" ,;|")


def _point_as_place(latitude: str, longitude: str) -> str:
    """A point as the name of its place; "" for what is none, which its check tells."""
    return f"{latitude}, {longitude}" if in_range(latitude, 90) and in_range(longitude, 360) else ""


def _is_zero(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?0+(\.0+)?", text)) or not text
