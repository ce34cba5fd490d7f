"""The value that every kind of file becomes: headers and rows of text, each row with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from story.exc import TableSizeError
from story.model import Problem


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much is read. `unpacked` bounds the bytes that a workbook unfolds to, `cells` also counts the blank ones."""

    bytes: int = 64_000_000
    unpacked: int = 400_000_000
    rows: int = 200_000
    columns: int = 2_000
    cells: int = 5_000_000


LIMITS = TableLimits()


class ReadAs(NamedTuple):
    """How a reader wants a file read: one sheet of a workbook, the encoding of a text; "" leaves it to the file."""

    sheet: str = ""
    encoding: str = ""


AS_IT_SAYS = ReadAs()


class Record(NamedTuple):
    """One row as it stands in the file: the line it begins on, and what is wrong with it ("" where nothing is)."""

    line: int
    cells: list[str]
    fault: str = ""
    """Why the row cannot be read and is set aside."""
    doubt: str = ""
    """What is wrong with a row that is read all the same."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file, above any question of headers. `how` says how it was read."""

    records: list[Record]
    how: str
    problems: tuple[Problem, ...] = ()
    delimiter: str = ""
    dated: int = 0
    """The year from which a workbook counts its days, 1900 or 1904; 0 for anything else."""
    named: bool = False
    """The first record surely names the columns, as with JSON objects."""
    sheets: tuple[str, ...] = ()
    """The sheets of the workbook that could be read instead, this one among them."""
    encoding: str = ""
    """What the bytes of a text were read as; "" for a workbook."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: `rows[i]` has one cell for each header and stands on line `lines[i]`.

    Lines count from 1: those of a text editor, the rows of a worksheet, the objects of a JSON list. `count` is how many
    rows there are with those set aside, which `problems` name; `how` says how the file was read ("CSV with ';',
    Windows-1252"), `notes` what was left out around the table, `caption` the title that stood above it.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_line: int = 1
    count: int = 0
    how: str = ""
    caption: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    dated: int = 0
    """The year from which a workbook counts its days, 1900 or 1904; 0 for anything else."""
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook that can be read, in its order."""
    encoding: str = ""
    """What the bytes of a text were read as; "" for a workbook."""

    def column(self, number: int) -> list[str]:
        """The filled cells of a column, in order."""
        return [row[number] for row in self.rows if row[number]]


def check_size(name: str, limits: TableLimits, *, rows: int = 0, columns: int = 0, cells: int = 0) -> None:
    """Raises TableSizeError, which says what to do, where a table has too many of anything."""
    found = (("rows", rows, limits.rows), ("columns", columns, limits.columns), ("cells", cells, limits.cells))
    for what, number, most in found:
        if number > most:
            raise TableSizeError(
                f"'{name}' has {number:,} {what}; at most {most:,} are read. Delete what is not needed (blank rows and "
                "columns at the end count too), or split it into several files."
            )
