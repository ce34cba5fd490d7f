"""Many readers at once, and one reader beside another's heavy work: `python -m benchmarks.load [--short]`.

The readers are sessions of the shipped story that click its markers, each answer timed until all of it has come.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page

from benchmarks.browsing import browsing, settle
from benchmarks.browsing import reader as browser_profile
from benchmarks.reader import Reader
from benchmarks.rows import Row, print_table
from benchmarks.story import write_table
from benchmarks.synthetic import SEED
from geo.gazetteer import Gazetteer
from geo.place import Place
from story.library.shipped_stories import shipped
from story.opening.stories import open_story
from story.placing import place_with
from story.query.selection import by_place, events_as_of
from tests.browser.driving import Server, serving

EVERY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Readers at once with what their p95 may be, clicks of each, and rows of the table that one of them opens."""

    readers: tuple[tuple[int, float], ...] = ((20, 0.6), (50, 2.0))
    clicks: int = 12
    at_once: int = 30
    rows: int = 100_000
    names: int = 2_000


SHORT = Sizes(readers=((20, 0.6),), clicks=4, rows=10_000)


def places_of_shipped_story() -> list[Place]:
    story = open_story(shipped()[0][1], place_with(Gazetteer.open()))
    return [events[0].place for events in by_place(events_as_of(story, None)).values() if events[0].place]


def processor_seconds(process_id: int) -> float:
    """The processor time that a process has had so far; Linux alone tells it of another process so cheaply."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process_id: int) -> int:
    """Bytes of memory that a process holds of its own; Linux alone tells it so."""
    lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("RssAnon")))


async def one_reader(url: str, places: Sequence[Place], process_id: int, clicks: int) -> tuple[float, float]:
    """Processor seconds and seconds of a click while nobody else is there."""
    reader = await Reader.open(url)
    for place in places:
        await reader.click(place)
    before = processor_seconds(process_id)
    times = [await reader.click(places[number % len(places)]) for number in range(clicks)]
    spent = processor_seconds(process_id) - before
    await reader.close()
    return spent / clicks, sorted(times)[len(times) // 2]


async def one_filter(url: str, words: Sequence[str], process_id: int, filters: int) -> float:
    """Processor seconds of a filter while nobody else is there; `words` are searched for in turns."""
    reader = await Reader.open(url)
    for text in words:
        await reader.filter(text)
    before = processor_seconds(process_id)
    for number in range(filters):
        await reader.filter(words[number % len(words)])
    spent = processor_seconds(process_id) - before
    await reader.close()
    return spent / filters


async def many_readers(url: str, places: Sequence[Place], count: int, clicks: int) -> list[float]:
    """The seconds of every click, in order: each reader clicks every EVERY_SECONDS, and begins when it pleases."""
    readers = [await Reader.open(url) for _ in range(count)]
    chance = random.Random(SEED)

    async def read(reader: Reader, begin: float) -> list[float]:
        await asyncio.sleep(begin)
        times = []
        for _ in range(clicks):
            due = perf_counter() + EVERY_SECONDS
            times.append(await reader.click(chance.choice(places)))
            await asyncio.sleep(max(0.0, due - perf_counter()))
        return times

    every = await asyncio.gather(*(read(one, chance.random() * EVERY_SECONDS) for one in readers))
    for reader in readers:
        await reader.close()
    return sorted(time for times in every for time in times)


async def all_at_once(url: str, places: Sequence[Place], count: int) -> float:
    """Seconds until `count` readers that click in the same moment all have their answers."""
    readers = [await Reader.open(url) for _ in range(count)]
    times = await asyncio.gather(*(one.click(places[number % len(places)]) for number, one in enumerate(readers)))
    for reader in readers:
        await reader.close()
    return max(times)


@dataclass
class Bystander:
    """A second session that clicks without a pause while the first does something heavy: `worst` of its answers."""

    url: str
    places: Sequence[Place]
    worst: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Bystander:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._click()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        assert self._thread is not None
        self._thread.join()

    async def _click(self) -> None:
        reader = await Reader.open(self.url)
        number = 0
        while not self._done.is_set():
            self.worst = max(self.worst, await reader.click(self.places[number % len(self.places)]))
            number += 1
        await reader.close()


def pauses(page: Page, server: Server, table: Path, places: Sequence[Place], rows: int) -> Iterator[Row]:
    """The worst answer of a second session while the first opens, saves and exports a large table."""
    work = f"a second session's worst answer while {rows:,} rows are"
    page.goto(server.url)
    settle(page)
    with Bystander(server.url, places) as bystander:
        page.get_by_role("button", name="Open a story").click()
        page.locator("[role=dialog] input[type=file]").set_input_files(table)
        page.get_by_role("dialog").get_by_role("button", name=f"Open {rows:,} rows").click()
        page.locator(".st-key-edit").wait_for()
        settle(page)
    yield Row(f"{work} opened", bystander.worst, most_seconds=1.0)
    with Bystander(server.url, places) as bystander:
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("dialog").get_by_label("Your name").fill("Ada")
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        page.get_by_text("Saved as revision 1").first.wait_for()
        settle(page)
    yield Row(f"{work} saved", bystander.worst, most_seconds=1.0)
    with Bystander(server.url, places) as bystander:
        page.get_by_role("button", name="Export").click()
        labels = ("CSV, all reports", "GeoJSON, for maps", "KML, for virtual globes", "Calendar")
        for label in (*labels, "Interactive page, one file"):
            with page.expect_download() as download:
                page.get_by_role("button", name=label).click()
            download.value.path()
    yield Row(f"{work} exported", bystander.worst, most_seconds=1.0)


def measure(sizes: Sizes) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    places = places_of_shipped_story()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name:
        folder = Path(name)
        table = write_table(folder / "visits.csv", Gazetteer.open().sample(sizes.names, seed=SEED), sizes.rows)
        with serving(folder / "load.log") as server:
            spent, middle = asyncio.run(one_reader(server.url, places, server.process_id, 10 * sizes.clicks))
            yield Row("processor time of a click, shipped story", spent, most_seconds=0.03)
            yield Row("a click, one reader alone, median", middle)
            words = [*(place.name for place in places), ""]
            spent = asyncio.run(one_filter(server.url, words, server.process_id, 5 * sizes.clicks))
            yield Row("processor time of a filter, shipped story", spent)
            for count, most in sizes.readers:
                times = asyncio.run(many_readers(server.url, places, count, sizes.clicks))
                work = f"{count} readers, a click every {EVERY_SECONDS:g} s each"
                yield Row(f"{work}, median", times[len(times) // 2])
                yield Row(f"{work}, p95", times[int(0.95 * len(times))], most_seconds=most)
                print(f"memory of the process with {count} readers: {memory(server.process_id) / 1e6:,.0f} MB")
            work = f"{sizes.at_once} readers click in the same moment → last answer"
            yield Row(work, asyncio.run(all_at_once(server.url, places, sizes.at_once)), most_seconds=1.2)
            with browsing() as browser:
                context = browser_profile(browser)
                yield from pauses(context.new_page(), server, table, places, sizes.rows)
                context.close()


def report(sizes: Sizes) -> None:
    """Prints the table, each row as soon as it is known."""
    print_table(measure(sizes))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer readers and clicks, and a table a tenth as large")
    report(SHORT if parser.parse_args(arguments).short else Sizes())


if __name__ == "__main__":
    main()
