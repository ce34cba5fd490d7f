"""The process that reads a stranger's file, started by the sandbox: a request on its input, lines on its output.

The request is a line of JSON and what it announces: the bytes of an upload ("source"), of an article's file
("article") or of a picture ("picture"), an article to draft reports from ("review"), nothing but a path ("draft"), or
the lines of what another such process has read already ("parsed").
Each line of the answer begins with what it is:
"d" for data, "p" for how far it is (share, words), "e" for an error (its class, its message); "." alone is the end.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from geo.gazetteer import Gazetteer
from geo.names.lookup import Progress
from story.draft import serialization
from story.draft.drafted import review_of
from story.draft.serialization import matching_as_json, matching_of
from story.opening.messages import article_of, article_part, source_of, source_parts
from story.opening.source import Source, Upload, read_upload
from story.opening.stories import draft_of, open_draft
from story.placing import place_with
from story.reading.articles import Article, read_article
from story.reading.read import read
from story.tables.columns.matching import guess
from story.tables.table import ReadAs

_LESS_URGENT = 5
_IDLE_SECONDS = 900
_MOST_PROCESSOR_SECONDS = 3_600


def main() -> None:
    # What a library prints must not come between the lines of the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # It lives for one file: nothing is worth collecting.
    gc.disable()
    if sys.argv[1:] == ["language"]:
        _make_ready()
    first = sys.stdin.buffer.readline()
    _end_when_idle(0)
    if not first:
        return
    request = json.loads(first)

    def tell(share: float, words: str) -> None:
        _say(answers, b"p", json.dumps([share, words]).encode())

    try:
        bound(request["memory"])
        given = _given(request, sys.stdin.buffer)
        Thread(target=_end_with_the_server, daemon=True).start()
        for part in _parts(request, given, tell):
            _say(answers, b"d", part)
        _say(answers, b".")
    except BaseException as error:
        # Also what is no Exception: a reader in Rust panics so.
        said = json.dumps([type(error).__name__, str(error)]).encode()
        gc.collect()
        _say(answers, b"e", said)


def _given(request: Mapping[str, Any], stream: BinaryIO) -> Upload | Source | Path | Article | bytes:
    """What the request is about, all that belongs to it read from the stream."""
    if request["work"] == "review":
        return article_of(stream.readline())
    if request["work"] in ("article", "picture"):
        return stream.read(int(request["bytes"]))
    if request["work"] == "source":
        table, head = stream.read(request["bytes"]), request["head"]
        return Upload(request["name"], table, None if head is None else stream.read(head), request["folder"])
    if request["work"] == "parsed":
        return source_of(islice(stream, request["lines"]))
    return Path(request["path"])


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _make_ready() -> None:
    """Reads a sentence, so that all that reading needs is loaded before somebody waits for it: that takes seconds."""
    _yield_to_others()
    read(Article("PARIS (Wire) — Ada Berg met Ben Holm in Oslo on Friday.", published=date(2025, 10, 24)), _gazetteer())
    _end_when_idle(_IDLE_SECONDS)


def _end_when_idle(seconds: int) -> None:
    """Ends the process after so many seconds, 0 for never: the language takes 400 MB, which others may need."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _parts(
    request: Mapping[str, Any], given: Upload | Source | Path | Article | bytes, tell: Progress
) -> Iterator[bytes]:
    """The parts of the answer."""
    if isinstance(given, bytes) and request["work"] == "picture":
        # Pillow is loaded for pictures alone.
        from story.opening.pictures import rewritten

        return iter([base64.b64encode(rewritten(given, request["name"]))])
    if isinstance(given, bytes):
        return iter([article_part(read_article(given, request["name"]))])
    if isinstance(given, Upload):
        return source_lines(given, ReadAs(*request["read_as"]))
    if isinstance(given, Article):
        tell(0.5, "finding what it reports")
        return iter([json.dumps(serialization.review_as_json(review_of(read(given, _gazetteer())))).encode("ascii")])
    place = place_with(_gazetteer())
    if isinstance(given, Path):
        return serialization.dump_parts(open_draft(given, place, progress=tell))
    return serialization.dump_parts(draft_of(given, matching_of(request["matching"]), place, tell))


def source_lines(upload: Upload, read_as: ReadAs) -> Iterator[bytes]:
    """The matching that is guessed for an upload, then what was read of it."""
    source = read_upload(upload, read_as=read_as)
    yield json.dumps(matching_as_json(guess(source.table))).encode("ascii")
    yield from source_parts(source)


def _say(answers: BinaryIO, kind: bytes, line: bytes = b"") -> None:
    answers.write(kind + line + b"\n")
    answers.flush()


def bound(memory: int) -> None:
    """No more memory than this, no more time of the processor than any file needs, and less of it than the server."""
    _yield_to_others()
    try:
        import resource
    except ImportError:
        return
    # The data alone: the gazetteer's index lies in memory of its own, which all processes share.
    for what, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, _MOST_PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _yield_to_others() -> None:
    """The server's own work comes first."""
    with suppress(OSError, AttributeError):
        if os.nice(0) < _LESS_URGENT:
            os.nice(_LESS_URGENT)


def _end_with_the_server() -> None:
    """The server never writes again: once the input ends, so has the server."""
    sys.stdin.buffer.read(1)
    os._exit(1)


if __name__ == "__main__":
    main()
