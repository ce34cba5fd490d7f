"""A story folder in one ZIP file: its reports.csv and story.toml are read where they lie, and nothing is unpacked."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from story.exc import StoryFormatError, TableSizeError
from story.tables.table import LIMITS, TableLimits

REPORTS, HEAD = "reports.csv", "story.toml"
ENDING = ".zip"
_MOST_HEAD = 1_000_000
_MOST_PARTS = 10_000
_ENCRYPTED = 1
"""The bit in the flags of a part that says so, by the ZIP format."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of a folder's reports.csv, and of its story.toml where there is one."""

    reports: bytes
    head: bytes | None


def read_bundle(raw: bytes, name: str, limits: TableLimits = LIMITS) -> Bundle:
    """The story folder in a ZIP file that is called `name`; of several the one that lies least deep.

    Raises StoryFormatError for what is no such file, TableSizeError for what unfolds to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {PurePosixPath(part.filename): part for part in archive.infolist()[:_MOST_PARTS]}
            found = [path for path in parts if path.name.lower() == REPORTS and "__MACOSX" not in path.parts]
            if not found:
                raise StoryFormatError(
                    f"'{name}' has no {REPORTS} in it. Pack a story folder, or unpack it and open the table alone."
                )
            if any(part.flag_bits & _ENCRYPTED for part in parts.values()):
                raise StoryFormatError(f"'{name}' is protected with a password. Save it without one, and open that.")
            at = min(found, key=lambda path: len(path.parts))
            head = next((path for path in parts if path.parent == at.parent and path.name.lower() == HEAD), None)
            return Bundle(
                _unfolded(archive, parts[at], name, limits.bytes),
                _unfolded(archive, parts[head], name, _MOST_HEAD) if head else None,
            )
    except StoryFormatError:
        raise
    except Exception as error:
        # A broken file breaks the reading of it in more ways than zipfile names.
        said = str(error).rstrip(".")[:120]
        raise StoryFormatError(f"'{name}' cannot be unpacked: {said}. Pack the folder again.") from None


def _unfolded(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, most: int) -> bytes:
    """The bytes of a part; what it says of its own size may not be true, so no more than `most` are ever read."""
    with archive.open(part) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise TableSizeError(
            f"'{name}' holds a {PurePosixPath(part.filename).name} of more than {most / 1e6:,.0f} MB, which is not "
            "opened. Save only the columns that are needed, or split it into several stories."
        )
    return raw
