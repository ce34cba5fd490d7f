"""Reads damaged and hostile files for a while: `python -m tools.fuzz [--seconds 60] [--seed N]`.

Every input must come to a value or to an error in words, and this process must live and stay small. Most go through the
readers in one limited process after another; those that end it, and a few others, through `story.opening.sandbox` as a
file from the page does. A seed makes the same inputs everywhere. What fails is written to a file; the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory
from time import monotonic

from geo.gazetteer import Gazetteer
from story.exc import StoryError
from story.opening import sandbox
from story.opening.source import Upload
from tools.fuzz.inputs import made

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "test-results" / "fuzz"
MOST_GROWTH = 3 * sandbox.BOUNDS.answer
"""Bytes that this process may grow by: the longest answer, and what it is in memory until it is found too long."""
_SANDBOXED = 500
"""One input in so many goes through the sandbox too, whatever the readers made of it."""
_ENDLESS = sys.maxsize


@dataclass
class Found:
    """What a run came to: inputs by what became of them, and the failures with the files that show them."""

    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    sandboxed: int = 0
    grown: int = 0

    @property
    def tried(self) -> int:
        return self.counts.total()


def run(seed: int, *, seconds: float, first: int = 0, inputs: int = _ENDLESS, folder: Path = FOLDER) -> Found:
    """Reads the inputs of a seed from the `first` on, until the time is over or there were so many."""
    # The processes that read do not build the index of the gazetteer.
    Gazetteer.open()
    found = Found(seed)
    deadline, before = monotonic() + seconds, _peak()
    number, end = first, first + inputs
    while number < end and monotonic() < deadline:
        number = _batch(found, number, end, deadline, folder)
    found.grown = _peak() - before
    if found.grown > MOST_GROWTH:
        found.failures.append(f"this process grew by {found.grown / 1e6:,.0f} MB")
    return found


def _batch(found: Found, number: int, end: int, deadline: float, folder: Path) -> int:
    """Reads inputs in one process until it ends or enough were read, and returns the number of the next."""
    command = [sys.executable, "-m", "tools.fuzz.child", str(found.seed), str(number)]
    # What a panic of a reader prints says nothing that the answer does not say.
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                number, kind, message = json.loads(line)
                _note(found, number, kind, message, folder)
                number += 1
                if number >= end or monotonic() >= deadline:
                    return number
        finally:
            process.kill()
    if process.returncode > 0:
        raise RuntimeError(f"the process that reads ended with {process.returncode}: run {' '.join(command[1:])}")
    # By a signal: the input that was being read has ended the process.
    _note(found, number, "ended", f"{process.returncode}", folder)
    return number + 1


def _note(found: Found, number: int, kind: str, message: str, folder: Path) -> None:
    found.counts[kind] += 1
    if kind == "failed":
        _fail(found, number, message, folder)
    elif kind in ("ended", "memory") or number % _SANDBOXED == 0:
        _read_as_the_page_does(found, number, folder)


def _read_as_the_page_does(found: Found, number: int, folder: Path) -> None:
    """Reads an input in the sandbox: a process for it alone, which may end, and an answer here."""
    given = made(found.seed, number)
    found.sandboxed += 1
    try:
        if given.head is None:
            sandbox.read_upload(Upload(given.name, given.raw))
        if given.opened:
            with TemporaryDirectory(prefix="dateline-fuzz-") as name:
                sandbox.open_draft(given.write(Path(name) / "story"))
    except StoryError:
        pass
    except Exception:
        _fail(found, number, traceback.format_exc(), folder)


def _fail(found: Found, number: int, message: str, folder: Path) -> None:
    path = made(found.seed, number).write(folder / f"{found.seed}-{number}")
    again = f"python -m tools.fuzz --seed {found.seed} --first {number} --inputs 1"
    found.failures.append(f"{path}\n  again: {again}\n{message}")
    print(f"FAILED {found.failures[-1]}", flush=True)


def _peak() -> int:
    """The most bytes that this process has had in memory; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    # Linux counts in kilobytes, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024)


def report(found: Found) -> int:
    """Prints what a run came to, and returns the exit code."""
    counts = ", ".join(f"{count:,} {kind}" for kind, count in found.counts.most_common())
    print(f"{found.tried:,} inputs of seed {found.seed} tried ({counts}), {found.sandboxed:,} in the sandbox too")
    print(f"this process grew by {found.grown / 1e6:,.0f} MB")
    print(f"{len(found.failures):,} failures")
    return 1 if found.failures else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long; 60 by default")
    parser.add_argument("--seed", type=int, help="which inputs; another every time by default")
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="the first input of the seed to read")
    parser.add_argument("--inputs", type=int, default=_ENDLESS, metavar="COUNT", help="how many inputs at most")
    given = parser.parse_args(arguments)
    seed = randbelow(1_000_000) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    return report(run(seed, seconds=given.seconds, first=given.first, inputs=given.inputs))


if __name__ == "__main__":
    sys.exit(main())
