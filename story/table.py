"""The table of a story as it is kept: the columns of reports.csv, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the line it begins on, and its cells by column name."""

    line: int
    cells: dict[str, str]
