"""The committed tables: rows of text in xz, and the manifest that holds their checksums.

A table is tab-separated, sorted, without header; a `\\t` or line end never occurs inside a field.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from geo.exc import TableDamaged, TableMissing
from geo.normalise import key

FOLDER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"
MANIFEST = "manifest.json"


class Row(NamedTuple):
    """One place of a built table. `admin1` and `admin2` are ids of rows in divisions.tsv.xz, "" where unknown."""

    id: str
    name: str
    latitude: str
    longitude: str
    kind: str
    country: str
    admin1: str
    admin2: str
    timezone: str
    importance: str
    box: str
    """"south west north east", "" where there is none."""
    aliases: str
    """The keys of its other names, `|` between them: making a million keys would slow a first start."""


def alias_keys(name: str, others: Iterable[str]) -> str:
    """The field `aliases` of a row with this name."""
    return "|".join(sorted({key(other) for other in others} - {key(name), ""}))


def folder() -> Path:
    """Where the tables are: data/gazetteer of the checkout, or DATELINE_GAZETTEER."""
    return Path(os.environ.get("DATELINE_GAZETTEER") or FOLDER)


def write(path: Path, rows: Iterable[tuple[str, ...]]) -> dict[str, object]:
    """Write rows as a table, the same bytes for the same rows; returns its line of the manifest."""
    lines = sorted("\t".join(row) for row in rows)
    data = ("\n".join(lines) + "\n").encode()
    packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(packed)
    return {"sha256": hashlib.sha256(packed).hexdigest(), "bytes": len(packed), "rows": len(lines)}


def read(path: Path, sha256: str) -> Iterator[list[str]]:
    """The fields of each row of a table.

    Raises TableMissing or TableDamaged, which name the file and say what to do.
    """
    return _rows(_unpacked(path, sha256))


def read_ahead(folder: Path, listed: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Each table's name and rows (see `read`) in turn; while one is worked on, the next is unpacked on another core.

    `listed` are names and checksums of tables in `folder`.
    """
    with ThreadPoolExecutor(1) as thread:
        waiting = [(name, thread.submit(_unpacked, folder / name, sha256)) for name, sha256 in listed]
        waiting.reverse()
        while waiting:  # let go of one by one: they are large
            name, unpacked = waiting.pop()
            yield name, _rows(unpacked.result())


def _rows(lines: str) -> Iterator[list[str]]:
    for line in lines.splitlines():
        yield line.split("\t")


def _unpacked(path: Path, sha256: str) -> str:
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from None
    if hashlib.sha256(packed).hexdigest() != sha256:
        raise TableDamaged(f"{path} is not the file of {MANIFEST}: restore it or run python -m geo.build")
    return lzma.decompress(packed).decode()


def _unread(path: Path, error: OSError) -> TableMissing:
    why = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
    return TableMissing(f"{path} {why}: restore it from the repository or run python -m geo.build")


def manifest(tables: Path) -> dict[str, dict[str, str | int]]:
    """Table file name -> sha256, bytes, rows. Raises TableMissing or TableDamaged."""
    path = tables / MANIFEST
    try:
        return dict(json.loads(path.read_text("utf-8"))["tables"])
    except OSError as error:
        raise _unread(path, error) from None
    except (ValueError, KeyError, TypeError) as error:
        raise TableDamaged(f"{path} does not read as JSON ({error}): restore it or run python -m geo.build") from None
