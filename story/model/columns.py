"""The table of a story as it is kept: the columns of reports.csv, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from story.model import Problem

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
    "trip",
)
PLAIN = frozenset({"latitude", "longitude", "when", "status", "reported"})
"""Columns whose cells are never text that a spreadsheet could run, though one may begin with a minus sign."""
REQUIRED = ("title", "place", "when")
UNPLACED = "?"
"""What stands for a place in a row of which it is meant that nobody says where."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the line it begins on, and its cells by column name.

    A name that is none of COLUMNS is a field of the story's own.

    `key` tells it from every other row of its story, for good: a line of a file with several places is several rows.
    `fault` is what is to be told of one of its cells as it came from its file, until the row is edited; a cell that
    could not be read holds what stood there. `read` is for `story.draft.reports`, which remembers there what the cells
    come to: an edit of one row then reads one row.
    """

    line: int
    cells: dict[str, str]
    key: int = 0
    fault: Problem | None = None
    read: object = field(default=None, init=False, repr=False, compare=False)
