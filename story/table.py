"""CSV as people save it: any of three delimiters, a byte order mark, quoted line breaks, true line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from story.model import Problem
from story.text import clean

COLUMNS = (
    "event",
    "title",
    "summary",
    "who",
    "place",
    "latitude",
    "longitude",
    "when",
    "status",
    "reported",
    "source",
    "url",
    "note",
)
REQUIRED = ("title", "place", "when")
_OTHER_NAMES = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "event_id": "event"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the line it begins on, and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The usable rows, what could not be used, and how many rows there were in all."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    count: int


def decode(raw: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252, which is then said in a problem."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace"), ()
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "This file is not UTF-8; it was read as Windows-1252. Check its accents, or save it as UTF-8."
        return raw.decode("cp1252", "replace"), (Problem(file, line, "", "", message),)


def read_table(text: str, file: str) -> Table:
    """The rows of a CSV text. `file` is the name that problems give."""
    lines = list(io.StringIO(text, newline=""))
    delimiter, skipped = _delimiter(lines)
    records = [record for record in _records(lines, delimiter, skipped) if any(cell.strip() for cell in record[1])]
    if not records:
        message = f"The file is empty. Its first line must name the columns, at least {_listed(REQUIRED)}."
        return Table((), (Problem(file, 1, "", "", message),), 0)
    line, header, _ = records[0]
    names, problems = _columns(header, file, line)
    count = len(records) - 1
    if missing := [name for name in REQUIRED if name not in names]:
        found = _listed([cell.strip() for cell in header if cell.strip()])
        message = f"The column {_listed(missing)} is missing; found are {found}. Add it to the first line."
        return Table((), (*problems, Problem(file, line, missing[0], "", message)), count)
    rows = []
    for line, record, fault in records[1:]:
        if not fault and any(cell.strip() for cell in record[len(names) :]):
            fault = (
                f"This row has {len(record)} cells, the first line only {len(names)}. "
                f"Put double quotes around a text that contains '{delimiter}'."
            )
        if fault:
            problems.append(Problem(file, line, "", clean(delimiter.join(record))[:80], fault))
        else:
            rows.append(Row(line, {name: cell for name, cell in zip(names, record, strict=False) if name}))
    return Table(tuple(rows), tuple(problems), count)


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter of the header line, and how many lines stand before it."""
    skipped = 0
    if lines and (named := re.fullmatch(r"sep=([,;\t])\s*", lines[0], re.IGNORECASE)):
        return named[1], 1
    header = next((line for line in lines if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=unquoted.count), skipped


def _records(lines: list[str], delimiter: str, position: int) -> Iterator[tuple[int, list[str], str]]:
    """Each record with the line it begins on, and what is wrong with it ("" where nothing is).

    A quote that is never closed would swallow the rest of the file: then its line alone is set aside.
    """
    while position < len(lines):
        start = position
        reader = csv.reader(lines[start:], delimiter=delimiter)
        before = 0
        restart = len(lines)
        while True:
            try:
                record = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                fault = f"This row cannot be read: {error}. Check its double quotes."
                yield start + before + 1, [lines[start + before].strip()[:80]], fault
                restart = start + before + 1
                break
            if start + reader.line_num == len(lines) and _unclosed(lines[start + before :], delimiter):
                fault = "A double quote opens in this row and is never closed. Close it, or write it twice."
                yield start + before + 1, [lines[start + before].strip()[:80]], fault
                restart = start + before + 1
                break
            yield start + before + 1, record, ""
            before = reader.line_num
        position = restart


def _unclosed(lines: list[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _columns(header: list[str], file: str, line: int) -> tuple[list[str], list[Problem]]:
    """The header's cells as column names ("" for one that is not used), and a problem for each of those."""
    names: list[str] = []
    problems: list[Problem] = []
    for cell in header:
        shown = clean(cell)
        name = re.sub(r"[\s_-]+", "_", shown.lower())
        name = _OTHER_NAMES.get(name, name)
        if name in names:
            message = f"The column '{shown}' is there twice; the first one counts. Remove or rename the other."
            problems.append(Problem(file, line, name, shown, message))
            name = ""
        elif name and name not in COLUMNS:
            message = f"The column '{shown}' is not used. Known are {_listed(COLUMNS)}."
            problems.append(Problem(file, line, shown, shown, message))
            name = ""
        names.append(name)
    return names, problems


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names) or "none"
