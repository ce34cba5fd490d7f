"""Stories from disk: a folder with story.toml and reports.csv (or a ZIP file of one), or a table alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geo.names.lookup import BEGUN, Progress
from story.draft import Draft, settle, story_of
from story.exc import StoryFormatError, StoryNotFoundError
from story.model import Problem, Story
from story.model.metadata import Metadata, read_metadata, title_from
from story.opening.archive import ENDING, HEAD, REPORTS, read_bundle
from story.placing import PlaceNames
from story.tables.columns.matching import FIELDS, Matching, guess
from story.tables.load import KINDS, Parse, load_table, parse_table
from story.tables.rows.reading import read_rows
from story.tables.table import AS_IT_SAYS, LIMITS, ReadAs, Table, TableLimits
from story.text import slug


@dataclass(frozen=True, slots=True)
class Source:
    """What lies at a path: its table, what the story says of itself, and what is wrong with that."""

    table: Table
    head: Metadata
    problems: tuple[Problem, ...] = ()


def read_source(
    path: Path, limits: TableLimits = LIMITS, read_as: ReadAs = AS_IT_SAYS, parse: Parse = parse_table
) -> Source:
    """The table and the head of a story folder, a folder in a ZIP file, or a table alone.

    `read_as` names a sheet or an encoding. `parse` reads the bytes of the table. Raises
    what `open_story` raises.
    """
    problems: list[Problem] = []
    if path.is_dir():
        file, head = path / REPORTS, path / HEAD
        if not file.is_file():
            raise StoryFormatError(f"The folder '{path.name}' has no reports.csv. Put the story's reports there.")
        told = read_metadata(head.read_bytes() if head.is_file() else None, path.name, problems)
        return Source(load_table(file, limits, read_as, parse), told, tuple(problems))
    if not path.is_file():
        raise StoryNotFoundError(f"There is no story at '{path}'. Give a folder with reports.csv, or a {KINDS} file.")
    if path.suffix.lower() == ENDING:
        bundle = read_bundle(path.read_bytes(), path.name, limits)
        told = read_metadata(bundle.head, path.stem, problems)
        return Source(parse(bundle.reports, REPORTS, limits, read_as), told, tuple(problems))
    table = load_table(path, limits, read_as, parse)
    return Source(table, Metadata(table.caption[:120] or title_from(path.stem)))


def open_story(
    path: Path,
    place: PlaceNames | None = None,
    *,
    matching: Matching | None = None,
    day_first: bool | None = None,
    read_as: ReadAs = AS_IT_SAYS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: TableLimits = LIMITS,
    source: Source | None = None,
) -> Story:
    """The story in a folder or a table, its places found by `place` (left unplaced where that is None).

    The table may be anybody's: CSV, TSV, XLSX, JSON or GeoJSON. Its columns are matched by `matching`, or guessed, and
    `day_first` says how numeric days are to be read where the columns leave that open. Whatever cannot be used is a
    problem, with its line; the good rows are there, and rows read are rows shown and rows set aside. `progress` is told
    a share from 0 to 1 and what is done, and once `cancelled` says so OpeningCancelledError is raised. `source` is what
    lies at the path, where that was read before.

    Raises StoryNotFoundError where there is nothing at `path`, StoryFormatError where it is no story at all (a picture,
    a folder without reports.csv), TableSizeError where it is too large.
    """
    return story_of(
        open_draft(
            path, place, matching=matching, day_first=day_first, read_as=read_as, progress=progress,
            cancelled=cancelled,
            limits=limits, source=source,
        )
    )  # fmt: skip


def open_draft(
    path: Path,
    place: PlaceNames | None = None,
    *,
    matching: Matching | None = None,
    day_first: bool | None = None,
    read_as: ReadAs = AS_IT_SAYS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: TableLimits = LIMITS,
    source: Source | None = None,
) -> Draft:
    """The same as something to work on, with the rows that `open_story` sets aside; its parameters and errors."""
    source = source or read_source(path, limits, read_as)
    matching = matching or guess(source.table)
    if day_first is not None:
        matching = matching.with_day_first(day_first)
    draft = draft_of(source.table, matching, source.head, place, progress, cancelled)
    draft = replace(
        draft,
        id=slug(path.name if path.is_dir() else path.stem) or "story",
        problems=(*source.problems, *draft.problems),
        opened=date.today(),
    )
    draft = settle(draft, place)
    if progress:
        progress(1.0, "opened")
    return draft


def draft_of(
    table: Table,
    matching: Matching,
    head: Metadata,
    place: PlaceNames | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draft:
    """A table as a draft, with the names that reading it had to look up; `settle` looks up the others."""
    if progress:
        progress(BEGUN, f"{table.count:,} rows read")
    reading = read_rows(table, matching, place, progress, cancelled)
    headers = {} if matching.own else {field: " + ".join(matching.named(field)) or field for field in FIELDS}
    return Draft(
        id=slug(Path(table.name).stem) or "story",
        head=replace(head, notes=(*head.notes, *table.notes)),
        file=table.name,
        rows=tuple(reading.rows),
        names=reading.placed,
        headers=headers,
        problems=(*table.problems, *reading.problems),
        lost=table.count - len({row.line for row in reading.rows}),
    )
