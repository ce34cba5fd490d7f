"""The process that reads many inputs, with the limits of the one that reads a single file: see story.opening.worker.

It is started with a seed and a number, and prints a line of JSON for each input from that number on: the number,
what became of it, and words. An input that takes too long ends it, as one that takes too much memory may.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.gazetteer import Gazetteer
from story.draft import serialization
from story.exc import StoryError
from story.opening.messages import matching_of, table_of
from story.opening.sandbox import BOUNDS
from story.opening.worker import bound, draft_lines, table_lines
from story.placing import PlaceNames, place_with
from tools.fuzz.inputs import Input, made


def main(seed: int, number: int) -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Opened once: what it first looks up takes seconds.
    place = place_with(Gazetteer.open())
    place(["Paris"], "")
    bound(BOUNDS.memory)
    with TemporaryDirectory(prefix="dateline-fuzz-") as name, suppress(BrokenPipeError):
        while True:
            _hurry(BOUNDS.seconds)
            kind, message = read(made(seed, number), Path(name) / str(number), place)
            answers.write(json.dumps([number, kind, message]) + "\n")
            answers.flush()
            number += 1


def _hurry(seconds: float) -> None:
    """An input that is not read by then ends this process, whatever code it is in."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def read(given: Input, folder: Path, place: PlaceNames) -> tuple[str, str]:
    """What becomes of an input: "value", "refused" with the words, "memory", or "failed" with the trace."""
    try:
        if given.head is None:
            parts = table_lines({"name": given.name, "read_as": ["", ""]}, given.raw)
            matching_of(json.loads(next(parts)))
            table_of(parts)
        if given.opened:
            request = {"path": str(given.write(folder)), "read_as": ["", ""], "matching": None}
            serialization.load_parts(draft_lines(request, place, lambda share, words: None))
    except StoryError as error:
        return "refused", str(error)
    except MemoryError:
        gc.collect()
        return "memory", ""
    except BaseException:
        # Also what is no Exception: a reader in Rust panics so.
        return "failed", traceback.format_exc()
    return "value", ""


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
