"""From what was read of a story to a draft of it, its places found: a story folder, a ZIP file of one, any table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from geo.names.lookup import BEGUN, Progress
from story.draft import Draft, settle, story_of
from story.model import Story
from story.opening.source import Source, read_source
from story.placing import PlaceNames
from story.tables.columns.matching import FIELDS, Matching, guess
from story.tables.rows.reading import read_rows
from story.tables.table import AS_IT_SAYS, LIMITS, ReadAs, TableLimits
from story.text import slug


class Options(TypedDict, total=False):
    """How a story is opened, where the usual way will not do."""

    matching: Matching | None
    """Which column is which field; guessed where it is not given."""
    day_first: bool | None
    """How numeric days are to be read where the columns leave that open."""
    read_as: ReadAs
    """The sheet or the encoding to read."""
    progress: Progress | None
    """Gets a share from 0 to 1 and what is done."""
    cancelled: Callable[[], bool] | None
    """Once it says so OpeningCancelledError is raised."""
    limits: TableLimits


def open_story(path: Path, place: PlaceNames | None = None, **options: Unpack[Options]) -> Story:
    """The story in a folder or a table, its places found by `place` (left unplaced where that is None).

    The table may be anybody's: CSV, TSV, XLSX, JSON or GeoJSON. Whatever cannot be used is a problem, with its line;
    the good rows are there, and rows read are rows shown and rows set aside.

    Raises StoryNotFoundError where there is nothing at `path`, StoryFormatError where it is no story at all (a picture,
    a folder without reports.csv), TableSizeError where it is too large.
    """
    return story_of(open_draft(path, place, **options))


def open_draft(path: Path, place: PlaceNames | None = None, **options: Unpack[Options]) -> Draft:
    """The same as something to work on, with the rows that `open_story` sets aside; its options and errors."""
    source = read_source(path, options.get("limits", LIMITS), options.get("read_as", AS_IT_SAYS))
    matching = options.get("matching") or guess(source.table)
    day_first = options.get("day_first")
    if day_first is not None:
        matching = matching.with_day_first(day_first)
    return draft_of(source, matching, place, options.get("progress"), options.get("cancelled"))


def draft_of(
    source: Source,
    matching: Matching,
    place: PlaceNames | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draft:
    """What was read of a story as something to work on, its columns taken as `matching` says: see `Options`."""
    table, head = source.table, source.head
    if progress:
        progress(BEGUN, f"{table.count:,} rows read")
    reading = read_rows(table, matching, place, progress, cancelled)
    headers = {} if matching.own else {field: " + ".join(matching.named(field)) or field for field in FIELDS}
    draft = Draft(
        id=slug(source.name) or "story",
        head=replace(head, notes=(*head.notes, *table.notes)),
        file=table.name,
        rows=tuple(reading.rows),
        names=reading.placed,
        headers=headers,
        problems=(*source.problems, *table.problems, *reading.problems),
        lost=table.count - len({row.line for row in reading.rows}),
        opened=date.today(),
    )
    # Reading the rows has looked up some of the names; the others follow here.
    draft = settle(draft, place)
    if progress:
        progress(1.0, "opened")
    return draft
