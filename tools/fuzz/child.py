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
from story.draft.serialization import matching_of
from story.exc import StoryError
from story.opening.messages import source_of
from story.opening.sandbox import BOUNDS
from story.opening.source import Upload
from story.opening.stories import open_draft
from story.opening.worker import bound, source_lines
from story.placing import PlaceNames, place_with
from story.tables.table import AS_IT_SAYS
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
            parts = source_lines(Upload(given.name, given.raw), AS_IT_SAYS)
            matching_of(json.loads(next(parts)))
            source_of(parts)
        if given.opened:
            serialization.load_parts(serialization.dump_parts(open_draft(given.write(folder), place)))
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
