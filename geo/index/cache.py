"""The index: one SQLite file made from the committed tables, built on first start into the cache.

Places are numbered by falling importance, so that the rows of one name come out most important first. A build writes
into a temporary file beside the index under a file lock and renames it when whole: killed half way it leaves only the
temporary file, which the next build removes. A checksum ends the file; one that does not fit has it built again.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from geo.exc import CacheUnwritable, GeoError
from geo.index import tables

if TYPE_CHECKING:
    from geo.index.load import Gathered

Progress = Callable[[float, str], None]

_MARK = b"DATELINE"
_SEAL = struct.Struct("<8sI")
_SCHEMA = """
create table place (
    n integer primary key, id text, name text, latitude real, longitude real, kind text, country text,
    a1 integer, a2 integer, timezone integer, south real, west real, north real, east real,
    importance real, source integer, cell integer
);
create table word (n integer primary key, word text);
create table name (key text, place integer, how integer, primary key (key, place)) without rowid;
create table container (key text, kind text, country text, place integer);
create table spelling (key text primary key) without rowid;
create table backward (key text primary key) without rowid;
"""
# Of the kinds that are asked for as a whole; what is asked must say the kind in these very words.
_INDEXES = """
create index place_id on place (id);
create index place_cell on place (cell) where kind = 'city';
create index place_country on place (country) where kind = 'country';
create index place_division on place (name) where kind = 'admin1';
"""


# What the index's own code leans on for what it stores: the keys of names, how a name stands for a place, cells.
_LEANT_ON = ("normalise.py", "relation.py", "spatial/cells.py")


def path(data: Path) -> Path:
    """Where the index of these tables is or will be. A checksum of tables and code is in its name: it is never stale.

    Raises CacheUnwritable where neither the checkout, DATELINE_CACHE nor the user's cache can be written.
    """
    return cache_folder(data) / f"gazetteer-{fingerprint(data)}.sqlite"


def fingerprint(data: Path) -> str:
    """A checksum of all that the index is made from: the tables' manifest, the hand-written files, the code."""
    total, written = hashlib.sha256(), list[Path]()
    with suppress(OSError):  # building says which table cannot be read
        total.update((data / tables.MANIFEST).read_bytes())
        written = sorted(data.glob("*/*.csv"))
    here = Path(__file__).parent
    code = [
        *(here / name for name in ("cache.py", "load.py", "tables.py")),
        *(here.parent / name for name in _LEANT_ON),
    ]
    files = [*written, *code]
    for file in files:
        total.update(file.name.encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def cache_folder(data: Path) -> Path:
    """DATELINE_CACHE, or .cache of the checkout, or the user's cache folder: the first that can be written."""
    asked = os.environ.get("DATELINE_CACHE")
    own = [data.parent.parent / ".cache", Path(platformdirs.user_cache_dir("dateline"))]
    tried = [folder.absolute() for folder in ([Path(asked)] if asked else own)]
    for folder in tried:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
    raise CacheUnwritable(f"cannot write to {' or '.join(map(str, tried))}: set DATELINE_CACHE to a folder that can be")


def ensure(data: Path, progress: Progress | None = None) -> Path:
    """The index's path, after building it where it is missing or damaged. Safe to call from several processes at once.

    Raises TableMissing, TableDamaged, or CacheUnwritable where there is no room for it.
    """
    index = path(data)
    if is_whole(index):
        return index
    import filelock  # only where there is something to build: it brings asyncio with it

    try:
        with filelock.FileLock(index.with_suffix(".lock")):
            if not is_whole(index):
                _build_in_place(data, index, progress or (lambda share, word: None))
                _remove_older(index)
    except GeoError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise CacheUnwritable(
            f"cannot write the gazetteer's index to {index.parent} ({error}): make 200 MB of room there, "
            "or set DATELINE_CACHE to a folder that has it"
        ) from error
    return index


def is_whole(index: Path) -> bool:
    """Whether the file is there and ends in the checksum of all before it, which is written last."""
    try:
        with index.open("rb") as file:
            file.seek(-_SEAL.size, os.SEEK_END)
            mark, checksum = _SEAL.unpack(file.read())
            return bool(mark == _MARK and checksum == _checksum(file, file.tell() - _SEAL.size))
    except OSError:
        return False


def _build_in_place(data: Path, index: Path, progress: Progress) -> None:
    """Build beside the index, and put it there when all of it is on the disk: a power cut leaves the old or the new."""
    temporary = index.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    try:
        build(data, temporary, progress)
        with temporary.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            # SQLite knows its own length, and never looks at what stands behind it.
            seal = _SEAL.pack(_MARK, _checksum(file, size))
            file.seek(size)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(index)
    except (OSError, sqlite3.Error):
        temporary.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # some systems do not open folders
        folder = os.open(index.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _checksum(file: BufferedIOBase, size: int) -> int:
    file.seek(0)
    checksum = 0
    part = memoryview(bytearray(1 << 18))  # one that stays in the processor's own memory
    while size > 0 and (count := file.readinto(part[: min(size, len(part))])):
        checksum = zlib.crc32(part[:count], checksum)
        size -= count
    return checksum


def _remove_older(index: Path) -> None:
    for old in index.parent.glob("gazetteer-*.*"):
        if not old.name.startswith(index.stem) and not _in_use(old):
            with suppress(OSError):
                old.unlink()


def _in_use(file: Path) -> bool:
    """Whether another build may still be writing the file: its lock is held."""
    import filelock

    lock = filelock.FileLock(file.with_suffix(".lock"), timeout=0)
    try:
        with lock:
            return False
    except filelock.Timeout:
        return True


def build(data: Path, index: Path, progress: Progress) -> None:
    """Write the index of the tables in `data` to `index`."""
    from geo.index import load  # opening an index that is there needs none of what builds it

    collecting = gc.isenabled()
    gc.disable()  # a million small values, none in a circle: collecting would only look at them again and again
    try:
        _write(load.gather(data, lambda share, word: progress(0.6 * share, word)), index, progress)
    finally:
        if collecting:
            gc.enable()


def _write(gathered: Gathered, index: Path, progress: Progress) -> None:
    progress(0.6, "writing the index")
    db = sqlite3.connect(index, isolation_level=None)
    try:
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        db.execute("pragma temp_store = memory")
        db.executescript(_SCHEMA)
        db.execute("begin")
        db.executemany(f"insert into place values ({','.join('?' * 17)})", gathered.places)
        db.executemany("insert into word values (?, ?)", enumerate(gathered.words))
        progress(0.75, "writing names")
        db.executemany("insert into name values (?, ?, ?)", gathered.names)
        db.executemany("insert into container values (?, ?, ?, ?)", gathered.containers)
        progress(0.9, "writing spellings")
        db.executemany("insert into spelling values (?)", zip(gathered.spellings))
        db.executemany("insert into backward values (?)", zip(sorted(key[::-1] for key in gathered.spellings)))
        progress(0.95, "indexing")
        db.execute("commit")
        db.executescript(_INDEXES)
    finally:
        db.close()
    progress(1.0, "ready")
