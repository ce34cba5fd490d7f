"""The process that reads a stranger's file, started by the sandbox: a request on its input, lines on its output.

The request is a line of JSON and the bytes of the file. Each line of the answer begins with what it is: "d" for data,
"p" for how far it is (share, words), "e" for an error (its class, its message); "." alone is the end.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from geo.gazetteer import Gazetteer
from geo.names.lookup import Progress
from story.draft import serialization
from story.opening.archive import ENDING, REPORTS, read_bundle
from story.opening.messages import matching_as_json, matching_of, table_parts
from story.opening.stories import open_draft
from story.placing import PlaceNames, place_with
from story.tables.columns.matching import guess
from story.tables.load import parse_table
from story.tables.table import ReadAs

_LESS_URGENT = 5
_MOST_PROCESSOR_SECONDS = 3_600


def main() -> None:
    # What a library prints must not come between the lines of the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # It lives for one file: nothing is worth collecting.
    gc.disable()
    first = sys.stdin.buffer.readline()
    if not first:
        return
    request = json.loads(first)
    raw = sys.stdin.buffer.read(request["bytes"])
    bound(request["memory"])
    Thread(target=_end_with_the_server, daemon=True).start()

    def tell(share: float, words: str) -> None:
        _say(answers, b"p", json.dumps([share, words]).encode())

    try:
        if request["work"] == "table":
            parts = table_lines(request, raw)
        else:
            parts = draft_lines(request, place_with(Gazetteer.open()), tell)
        for part in parts:
            _say(answers, b"d", part)
        _say(answers, b".")
    except BaseException as error:
        # Also what is no Exception: a reader in Rust panics so.
        said = json.dumps([type(error).__name__, str(error)]).encode()
        gc.collect()
        _say(answers, b"e", said)


def table_lines(request: Mapping[str, Any], raw: bytes) -> Iterator[bytes]:
    """The matching and then the table in the bytes of a file: a request has its `name` and `read_as`."""
    name = request["name"]
    if Path(name).suffix.lower() == ENDING:
        table = parse_table(read_bundle(raw, name).reports, REPORTS)
    else:
        table = parse_table(raw, name, read_as=ReadAs(*request["read_as"]))
    yield json.dumps(matching_as_json(guess(table))).encode("ascii")
    yield from table_parts(table)


def draft_lines(request: Mapping[str, Any], place: PlaceNames, tell: Progress) -> Iterator[bytes]:
    """The draft of the story at a path: a request has its `path`, `read_as` and `matching`, None for the guess."""
    matching = request["matching"]
    draft = open_draft(
        Path(request["path"]),
        place,
        matching=matching and matching_of(matching),
        read_as=ReadAs(*request["read_as"]),
        progress=tell,
    )
    yield from serialization.dump_parts(draft)


def _say(answers: BinaryIO, kind: bytes, line: bytes = b"") -> None:
    answers.write(kind + line + b"\n")
    answers.flush()


def bound(memory: int) -> None:
    """No more memory than this, no more time of the processor than any file needs, and less of it than the server."""
    with suppress(OSError, AttributeError):
        os.nice(_LESS_URGENT)
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


def _end_with_the_server() -> None:
    """The server never writes again: once the input ends, so has the server."""
    sys.stdin.buffer.read(1)
    os._exit(1)


if __name__ == "__main__":
    main()
