"""A large story exported in each format: `python -m benchmarks.exports`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.rows import Row, print_table
from benchmarks.synthetic import write_story
from story.export import EXPORTS
from story.model import Story
from story.opening.stories import open_story
from story.query.selection import events_as_of


@dataclass(frozen=True, slots=True)
class Sizes:
    """Events and places of the story, and how often each format is written."""

    events: int = 10_000
    places: int = 2_000
    times: int = 3


SHORT = Sizes(times=1)


def measure(sizes: Sizes) -> Iterator[Row]:
    """A row for each format, as soon as it is known."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name:
        folder = write_story(Path(name) / "large", sizes.events, sizes.places)
        for format in EXPORTS:
            # Opened anew each time: what is worked out about a story is kept, and the first export would pay for all.
            seconds = median(_seconds(open_story(folder), format) for _ in range(sizes.times))
            yield Row(f"{sizes.events:,} events as {format}", seconds, most_seconds=5)


def _seconds(story: Story, format: str) -> float:
    events = events_as_of(story, None)
    begun = perf_counter()
    EXPORTS[format](story, events)
    return perf_counter() - begun


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--short", action="store_true", help="once each")
    given = parser.parse_args(arguments)
    print_table(measure(SHORT if given.short else Sizes()))


if __name__ == "__main__":
    main()
