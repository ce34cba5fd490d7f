"""The HTML file of a story in a browser without a server or a network: `python -m benchmarks.file [--short]`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page

from benchmarks.browsing import browsing
from benchmarks.rows import Row, print_load, print_table
from benchmarks.synthetic import write_story
from geo.gazetteer import Gazetteer
from story.export import EXPORTS
from story.model import Story
from story.opening.stories import open_story
from story.placing import place_with
from story.query.selection import events_as_of

SHIPPED = Path(__file__).parent.parent / "data" / "stories" / "japan-visit-2025"
MEGABYTES, MANY_MEGABYTES = 1.5, 6.0
NOTES = """Opening is from the navigation's start to the end of its load, when all is drawn; a filter from the change of
a date, layout included: performance.now() in the page, the median of its times."""
FILTER = """async (day) => {
  const input = document.querySelector(".dates input"), picture = () => new Promise(requestAnimationFrame);
  const start = performance.now();
  input.value = day;
  input.dispatchEvent(new Event("change"));
  document.body.getBoundingClientRect();
  const answered = performance.now();
  await picture();
  await picture();
  document.body.getBoundingClientRect();
  return [answered - start, performance.now() - start];
}"""
OPENED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
DAYS = ("2025-03-01", "2025-06-01", "2025-04-01", "2025-02-01", "2025-05-01", "2025-07-01", "2025-01-20")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many events and places the stories have, and how often each is opened and filtered."""

    stories: tuple[tuple[int, int, float], ...] = ((1_000, 300, 0.05), (10_000, 2_000, 0.2))
    """Events, places, and the seconds that a filter may take."""
    times: int = 7


SHORT = Sizes(stories=((1_000, 300, 0.05),), times=3)


def measure(sizes: Sizes) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    place = place_with(Gazetteer.open())
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name, browsing() as browser:
        folder = Path(name)
        path, seconds = _write(open_story(SHIPPED, place), folder / "shipped.html")
        yield from _opened(browser, path, f"the shipped story, {_size(path, MEGABYTES)}", seconds, sizes.times)
        for events, places, most in sizes.stories:
            made = open_story(write_story(folder / str(events), events, places), place)
            path, seconds = _write(made, folder / f"{events}.html")
            work = f"{events:,} events, {_size(path, MANY_MEGABYTES)}"
            yield from _opened(browser, path, work, seconds, sizes.times)
            answered, whole = _filtered(browser, path, sizes.times)
            yield Row(f"{events:,} events, a date filter → counts, timeline, details", answered, most_seconds=most)
            yield Row(f"{events:,} events, a date filter → map and list as well, two pictures on", whole)


def _write(story: Story, path: Path) -> tuple[Path, float]:
    start = perf_counter()
    made = EXPORTS["html"](story, events_as_of(story, None))
    seconds = perf_counter() - start
    path.write_text(str(made), encoding="utf-8")
    return path, seconds


def _size(path: Path, most: float) -> str:
    megabytes = path.stat().st_size / 1e6
    return f"{megabytes:.2f} MB (≤ {most:g}: {'held' if megabytes <= most else 'MISSED'})"


def _opened(browser: Browser, path: Path, work: str, seconds: float, times: int) -> Iterator[Row]:
    yield Row(f"{work}, written", seconds, most_seconds=5)
    yield Row(f"{work}, opened", median(_open(browser, path) for _ in range(times)), most_seconds=0.5)


def _open(browser: Browser, path: Path) -> float:
    page = browser.new_page(viewport={"width": 1440, "height": 1120})
    seconds = _load(page, path)
    page.close()
    return seconds


def _load(page: Page, path: Path) -> float:
    page.goto(path.as_uri())
    return float(page.evaluate(OPENED)) / 1000


def _filtered(browser: Browser, path: Path, times: int) -> tuple[float, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 1120})
    _load(page, path)
    took = [page.evaluate(FILTER, DAYS[turn % len(DAYS)]) for turn in range(times)]
    page.close()
    answered, whole = (median(float(one) / 1000 for one in some) for some in zip(*took, strict=True))
    return answered, whole


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer times, and no story of 10,000 events")
    given = parser.parse_args(arguments)
    print_table(measure(SHORT if given.short else Sizes()), NOTES)
    print_load()


if __name__ == "__main__":
    main()
