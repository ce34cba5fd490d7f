"""Reads strangers' files in a process of its own, with bounded memory and time: `python -m story.opening.worker`.

A file that is made to break its reader ends that process, and the server goes on and says so. One such process is kept
ready, since starting it takes half a second, and once somebody is about to have an article read another one, which has
loaded the language by then; each reads a single file. It ends with the server, since its input does.

A file is read once: what one process has read of an upload is looked at here and goes to the one that opens it.

Where Python has no `resource` (Windows) memory is not bounded, only time.
"""

from __future__ import annotations

import atexit
import base64
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import IO, Literal

import geo.exc
import story.exc
from geo.names.lookup import Progress
from story.draft import Draft, serialization
from story.draft.proposals import Review
from story.draft.serialization import matching_as_json, matching_of
from story.exc import OpeningCancelledError, StoryError, StoryFormatError, TableSizeError
from story.opening.messages import article_of, article_part, source_of
from story.opening.source import Source, Upload
from story.reading import articles
from story.reading.articles import Article, kind_of
from story.tables.columns.matched import Matching
from story.tables.table import AS_IT_SAYS, ReadAs

_LOG = logging.getLogger(__name__)
_ROOT = str(Path(__file__).resolve().parents[2])
_LOOK_AGAIN = 0.1
# What Python, the gazetteer and the day need of the environment. No address of a database and no key is among it.
_NEEDED = frozenset(
    "PATH PYTHONHOME LD_LIBRARY_PATH DYLD_LIBRARY_PATH SYSTEMROOT HOME USERPROFILE LOCALAPPDATA XDG_CACHE_HOME TMPDIR "
    "TEMP TMP TZ PYTHONTZPATH LANG LC_ALL LC_CTYPE DATELINE_CACHE DATELINE_GAZETTEER".split()
)
_IN_MEMORY = 1_000_000
"""Bytes of what was read that are held in memory until it is opened; what is longer lies in a file without a name."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: bytes of memory, seconds until it is read, seconds until its places are found as well,
    and bytes of the answer, which the server has to hold. `otherwise` is what to do about a file that takes more."""

    memory: int = 1_000_000_000
    seconds: float = 60.0
    whole: float = 1_800.0
    answer: int = 256_000_000
    otherwise: str = "Save only the rows and columns that are needed, as CSV, and open that."


BOUNDS = Bounds()
PICTURE_BOUNDS = Bounds(700_000_000, 30.0, 30.0, 2_000_000, "Give a smaller copy of the picture.")
REVIEW_BOUNDS = Bounds(1_500_000_000, 60.0, 60.0, 64_000_000, "Give a shorter part of the article.")
ARTICLE_BOUNDS = Bounds(600_000_000, 60.0, 60.0, 8_000_000, "Paste the article's text instead.")
_CORES = os.cpu_count() or 1
# A story that is opened may take minutes to find its places; who only looks at a table does not wait for that.
_READING, _OPENING = BoundedSemaphore(_CORES), BoundedSemaphore(_CORES)
Kind = Literal["files", "language"]
"""What a process has loaded by the time that it is asked: what reads files, or what reads English too."""
_spares: dict[Kind, subprocess.Popen[bytes]] = {}
_SPARES = Lock()


@dataclass(frozen=True, slots=True)
class _Request:
    """What a process is asked for: a line, and after it what `send` writes; the file is called `name`."""

    said: Mapping[str, object]
    send: Callable[[IO[bytes]], None] | None
    name: str
    bounds: Bounds
    cancelled: Callable[[], bool]
    kind: Kind = "files"


@dataclass
class _Run:
    """A process at work on a request; `ended` says what it was ended for, where it was."""

    process: subprocess.Popen[bytes]
    request: _Request
    begun: float = field(default_factory=monotonic)
    is_read: bool = False
    ended: Literal["", "cancelled", "out of time"] = ""

    @property
    def _seconds(self) -> float:
        return self.request.bounds.whole if self.is_read else self.request.bounds.seconds

    def watch(self) -> None:
        """Ends the process when its time is over or the reader cancels it."""
        while self.process.poll() is None:
            if self.request.cancelled():
                self.ended = "cancelled"
            elif monotonic() - self.begun > self._seconds:
                self.ended = "out of time"
            if self.ended:
                self.process.kill()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_LOOK_AGAIN)

    def error(self) -> StoryError:
        """What to tell the reader of a process that ended before it had answered."""
        code = self.process.wait()
        if self.ended == "cancelled":
            return OpeningCancelledError("Opening was cancelled. Open the file again.")
        if self.ended == "out of time":
            within = f"{self._seconds:,.0f} seconds"
            return TableSizeError(
                f"'{self.request.name}' could not be read within {within}. {self.request.bounds.otherwise}"
            )
        if code in (-signal.SIGABRT, -getattr(signal, "SIGKILL", 9)):
            return _too_much_memory(self.request.name, self.request.bounds)
        _LOG.error("the reader of %r ended with %s", self.request.name, code)
        return _broken(self.request)


class Spool:
    """What a process has read of the file `name`, as the lines that it sent: for the process that opens it, as often as
    it is asked to. They go once nobody holds them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines = 0
        # Closed, and so deleted, when the last who holds this lets go of it.
        self._kept: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._lock = Lock()

    def copied(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """The parts, each of them noted on its way."""
        for part in parts:
            self._kept.write(part)
            self.lines += 1
            yield part

    def send(self, stream: IO[bytes]) -> None:
        with self._lock:
            self._kept.seek(0)
            shutil.copyfileobj(self._kept, stream)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of an upload, and which of its columns is taken for which field."""

    source: Source
    matching: Matching
    spool: Spool


def read_upload(
    upload: Upload,
    read_as: ReadAs = AS_IT_SAYS,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> Parsed:
    """What is in the files of an upload, and the guess of its columns; `read_as` names a sheet or an encoding.

    `progress` is told when others are read first. Raises what `source.read_upload` raises, TableSizeError for what
    takes too much memory or time, OpeningCancelledError once `cancelled` says so.
    """
    head = upload.head
    request = {
        "work": "source",
        "name": upload.name,
        "folder": upload.folder,
        "bytes": len(upload.table),
        "head": None if head is None else len(head),
        "read_as": read_as,
    }

    def send(stream: IO[bytes]) -> None:
        stream.write(upload.table)
        stream.write(head or b"")

    spool = Spool(upload.name)
    with _answer(_READING, _Request(request, send, upload.name, bounds, cancelled), progress) as parts:
        matching = matching_of(json.loads(next(parts)))
        return Parsed(source_of(spool.copied(parts)), matching, spool)


def open_parsed(
    spool: Spool,
    matching: Matching,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> Draft:
    """What was read of an upload as a draft, its columns taken as `matching` says; else as `open_draft`."""
    request = {"work": "parsed", "lines": spool.lines, "matching": matching_as_json(matching)}
    with _answer(_OPENING, _Request(request, spool.send, spool.name, bounds, cancelled), progress) as parts:
        return serialization.load_parts(parts)


def open_draft(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = BOUNDS,
) -> Draft:
    """The story at `path` as `stories.open_draft` opens it, its places found by the gazetteer; its errors too.

    The index of the gazetteer must have been built. TableSizeError is also raised for what takes too much memory or
    time.
    """
    request = {"work": "draft", "path": str(path.resolve())}
    with _answer(_OPENING, _Request(request, None, path.name, bounds, cancelled), progress) as parts:
        return serialization.load_parts(parts)


def read_article(
    raw: bytes, name: str, *, cancelled: Callable[[], bool] = lambda: False, bounds: Bounds = ARTICLE_BOUNDS
) -> Article:
    """The article in the bytes of a file, as `story.reading.articles.read_article` gives it, with its errors.

    Plain text is read here: nothing in it can harm its reader. TableSizeError for what takes too much memory or time.
    """
    if kind_of(raw, name) == "txt":
        return articles.read_article(raw, name)
    request = {"work": "article", "name": name, "bytes": len(raw)}

    def send(stream: IO[bytes]) -> None:
        stream.write(raw)

    with _answer(_READING, _Request(request, send, name, bounds, cancelled), None) as parts:
        return article_of(next(parts))


def read_picture(raw: bytes, name: str, *, bounds: Bounds = PICTURE_BOUNDS) -> bytes:
    """The picture in the bytes of a file as `story.opening.pictures.rewritten` writes it, with its errors.

    TableSizeError for what takes too much memory or time.
    """
    request = {"work": "picture", "name": name, "bytes": len(raw)}

    def send(stream: IO[bytes]) -> None:
        stream.write(raw)

    with _answer(_READING, _Request(request, send, name, bounds, lambda: False), None) as parts:
        return base64.b64decode(next(parts))


def read_review(
    article: Article,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    bounds: Bounds = REVIEW_BOUNDS,
) -> Review:
    """What an article reports, as drafts to be checked. Within two seconds where `make_ready("language")` was in time.

    TableSizeError for what takes too much memory or time, OpeningCancelledError once `cancelled` says so.
    """

    def send(stream: IO[bytes]) -> None:
        stream.write(article_part(article) + b"\n")

    name = article.title or "the article"
    request = _Request({"work": "review"}, send, name, bounds, cancelled, "language")
    with _answer(_READING, request, progress) as parts:
        return serialization.review_of_json(json.loads(next(parts)))


@contextmanager
def _answer(slots: BoundedSemaphore, request: _Request, progress: Progress | None) -> Iterator[Iterator[bytes]]:
    """The lines that a process answers; it is ended with the block, and then another one is made ready."""
    while not slots.acquire(timeout=_LOOK_AGAIN):
        if request.cancelled():
            raise OpeningCancelledError("Opening was cancelled. Open the file again.")
        if progress:
            progress(0.0, "waiting for other files to be read")
    try:
        with _taken(request.kind) as process:
            run = _Run(process, request)
            watcher = Thread(target=run.watch, name="sandbox", daemon=True)
            watcher.start()
            try:
                yield _lines(run, progress)
            finally:
                process.kill()
                watcher.join()
    finally:
        slots.release()
        make_ready(request.kind)


def _lines(run: _Run, progress: Progress | None) -> Iterator[bytes]:
    """The parts of the answer. Each line of the process begins with what it is: see story.opening.worker."""
    request, stdin, stdout = run.request, run.process.stdin, run.process.stdout
    assert stdin is not None
    assert stdout is not None
    # Who has died already takes nothing; its end says why.
    with suppress(OSError):
        stdin.write(json.dumps({**request.said, "memory": run.request.bounds.memory}).encode() + b"\n")
        if request.send:
            request.send(stdin)
        stdin.flush()
    taken = 0
    for line in stdout:
        taken += len(line)
        if taken > run.request.bounds.answer:
            raise TableSizeError(f"'{run.request.name}' holds too much text to be shown. {request.bounds.otherwise}")
        kind, rest = line[:1], line[1:]
        if kind == b"d":
            yield rest
        elif kind == b"p":
            run.is_read = True
            if progress:
                progress(*json.loads(rest))
        elif kind == b"e":
            raise _raised(run, *json.loads(rest))
        elif kind == b".":
            return
    raise run.error()


def _raised(run: _Run, kind: str, message: str) -> Exception:
    """The error that the process met, as the same error here."""
    if kind == "MemoryError":
        return _too_much_memory(run.request.name, run.request.bounds)
    for module in (story.exc, geo.exc):
        found = getattr(module, kind, None)
        if isinstance(found, type) and issubclass(found, Exception):
            error: Exception = found(message)
            return error
    _LOG.error("the reader of %r failed: %s: %s", run.request.name, kind, message)
    return _broken(run.request)


def _too_much_memory(name: str, bounds: Bounds) -> TableSizeError:
    return TableSizeError(
        f"'{name}' needs more than {bounds.memory / 1e6:,.0f} MB of memory to read. {bounds.otherwise}"
    )


def _broken(request: _Request) -> StoryFormatError:
    return StoryFormatError(f"'{request.name}' is damaged and cannot be read. {request.bounds.otherwise}")


def make_ready(kind: Kind = "files") -> None:
    """Starts the process that reads the next file, or the next article, where none waits for it."""
    with _SPARES:
        waiting = _spares.get(kind)
        if waiting is None or waiting.poll() is not None:
            _spares[kind] = _start(kind)


@contextmanager
def _taken(kind: Kind) -> Iterator[subprocess.Popen[bytes]]:
    """The process that waits, or a new one. It is for one file."""
    with _SPARES:
        waiting = _spares.pop(kind, None)
    process = waiting if waiting is not None and waiting.poll() is None else _start(kind)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was not taken any more cannot be flushed either.
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _environment() -> dict[str, str]:
    """What of the server's environment the process gets."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in _NEEDED}
    paths = os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH", "")]))
    # One reader more or less must not take every core: what it computes is small.
    return {**kept, "PYTHONPATH": paths, "RUST_BACKTRACE": "0", "OPENBLAS_NUM_THREADS": "1"}


def _start(kind: Kind) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "story.opening.worker", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        bufsize=1 << 16,
    )


@atexit.register
def _end() -> None:
    for process in _spares.values():
        process.kill()
        process.wait()
