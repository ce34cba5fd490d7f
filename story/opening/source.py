"""What a story is opened from, read once: a folder with story.toml and reports.csv, a ZIP file of one, a table alone.

Where it lies on disk its files are taken in first (`upload_at`); what a reader uploads is the same by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from story.exc import StoryFormatError, StoryNotFoundError
from story.model import Problem
from story.model.metadata import Metadata, read_metadata, title_from
from story.opening.archive import ENDING, HEAD, REPORTS, read_bundle
from story.tables.load import KINDS, parse_table, read_bytes
from story.tables.table import AS_IT_SAYS, LIMITS, ReadAs, Table, TableLimits


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a story's files: those of its table or ZIP file, which is called `name`, and of its story.toml."""

    name: str
    table: bytes
    head: bytes | None = None
    folder: str = ""
    """The name of the story folder; "" where it is a table or a ZIP file alone."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the table, what the story says of itself, and what is wrong with that.

    `name` is that of its folder, or of its file without the ending.
    """

    table: Table
    head: Metadata
    name: str
    problems: tuple[Problem, ...] = ()


def file_name(given: str) -> str:
    """As much of a file's name as its story can go by: what no name of a file has in it, and no more than one line."""
    path = Path(given)
    stem = "".join(char for char in path.stem if char.isprintable() and char not in '/\\:*?"<>|')[:60].strip(". ")
    return f"{stem or 'table'}{path.suffix.lower()}"


def upload_at(path: Path, limits: TableLimits = LIMITS) -> Upload:
    """The files of the story at `path`.

    Raises StoryNotFoundError where there is nothing, StoryFormatError for a folder without reports.csv, TableSizeError
    for a table that is too large to be read.
    """
    if path.is_dir():
        file, head = path / REPORTS, path / HEAD
        if not file.is_file():
            raise StoryFormatError(f"The folder '{path.name}' has no reports.csv. Put the story's reports there.")
        return Upload(REPORTS, read_bytes(file, limits), head.read_bytes() if head.is_file() else None, path.name)
    if not path.is_file():
        raise StoryNotFoundError(f"There is no story at '{path}'. Give a folder with reports.csv, or a {KINDS} file.")
    # What counts of a ZIP file is what it unfolds to.
    is_zip = path.suffix.lower() == ENDING
    return Upload(path.name, path.read_bytes() if is_zip else read_bytes(path, limits))


def read_upload(upload: Upload, limits: TableLimits = LIMITS, read_as: ReadAs = AS_IT_SAYS) -> Source:
    """The table and the head in these files; `read_as` names a sheet or an encoding.

    Raises StoryFormatError for what is no story, TableSizeError for what is too large.
    """
    problems: list[Problem] = []
    name = Path(upload.name)
    if name.suffix.lower() == ENDING:
        bundle = read_bundle(upload.table, upload.name, limits)
        head = read_metadata(bundle.head, name.stem, problems)
        return Source(parse_table(bundle.reports, REPORTS, limits, read_as), head, name.stem, tuple(problems))
    table = parse_table(upload.table, upload.name, limits, read_as)
    if upload.folder:
        head = read_metadata(upload.head, upload.folder, problems)
        return Source(table, head, upload.folder, tuple(problems))
    return Source(table, Metadata(table.caption[:120] or title_from(name.stem)), name.stem)


def read_source(path: Path, limits: TableLimits = LIMITS, read_as: ReadAs = AS_IT_SAYS) -> Source:
    """The same of the story at `path`. Raises what `upload_at` and `read_upload` raise."""
    return read_upload(upload_at(path, limits), limits, read_as)
