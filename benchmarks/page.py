"""The page measured beside plain streamlit-folium pages: `python -m benchmarks.page [--short]`."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import monotonic

from playwright.sync_api import Browser, Locator, Page, TimeoutError

from benchmarks.browsing import (
    FRAME,
    LONGEST_SECONDS,
    MAP,
    MARKER,
    browsing,
    cdn,
    reader,
    settle,
    time_act,
    time_opening,
)
from benchmarks.rows import Row, print_load, print_table
from benchmarks.synthetic import PUBLISHED, write_story
from tests.browser.driving import serving

BARE = Path(__file__).with_name("bare_page.py")
NOTES = """The peer is a plain streamlit-folium page. What folium asks four CDNs for comes from this machine, jQuery,
Bootstrap and the icons as empty files, and no tile is fetched: all of which favours the peer. Ours and the peer's times
are taken in turns; each is the median of its times, from the reader's act to the picture that answers it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: clicks, openings and filters timed, and events and places in the large stories."""

    clicks: int = 9
    openings: int = 7
    filters: int = 7
    events: int = 10_000
    many_events: int = 100_000
    places: int = 2_000
    first_start: bool = True


SHORT = Sizes(clicks=3, openings=2, filters=2, events=1_000, many_events=10_000)


def clicks_and_openings(browser: Browser, folder: Path, cdn_url: str, sizes: Sizes) -> Iterator[Row]:
    """The shipped story beside a page with six markers. The first of each is not counted: it fills the caches."""
    bare = serving(folder / "bare.log", script=BARE, env={"BARE_CDN": cdn_url})
    with serving(folder / "page.log") as our_server, bare as bare_server:
        readers = [(reader(browser), our_server.url), (reader(browser), bare_server.url)]
        openings: list[list[float]] = [[], []]
        for _ in range(sizes.openings + 1):
            for times, (context, url) in zip(openings, readers, strict=True):
                page = context.new_page()
                times.append(time_opening(page, url))
                settle(page)
                page.close()
        clicks: list[list[float]] = [[], []]
        ours, peer = (context.new_page() for context, _ in readers)
        time_opening(ours, our_server.url)
        time_opening(peer, bare_server.url)
        for number in range(sizes.clicks + 1):
            clicks[0].append(_click(ours, number, ".st-key-details h2"))
            clicks[1].append(_click(peer, number, ".st-key-clicked p"))
        for context, _ in readers:
            context.close()
    click, opening = ([median(times[1:]) for times in both] for both in (clicks, openings))
    yield Row("click on a marker → details", click[0], click[1], most_ratio=0.5)
    yield Row("opening the page, warm → first marker", opening[0], opening[1], most_ratio=1.3)


def _click(page: Page, number: int, answer: str) -> float:
    """Clicks the next of the map's markers and waits until what `answer` selects says something else than before."""
    settle(page)
    markers = page.frame_locator(FRAME).locator(MARKER)
    said = f"(document.querySelector({json.dumps(answer)})?.textContent ?? '')"
    before = page.evaluate(said)
    return time_act(page, markers.nth(number % markers.count()), f"![{json.dumps(before)}, ''].includes({said})")


def filters(browser: Browser, folder: Path, events: int, sizes: Sizes, *, most: float, cdn_url: str) -> Iterator[Row]:
    """Date filters on a large story; with a `cdn_url` beside a page that has a marker for each event."""
    story = write_story(folder / f"story-{events}", events, sizes.places)
    context = reader(browser)
    week, everything, steps = [], [], []
    with serving(folder / f"{events}.log", story=story) as server:
        page = context.new_page()
        began = monotonic()
        time_opening(page, server.url)
        first_opening = monotonic() - began
        thumb = page.get_by_role("slider").last
        presets = page.locator(".st-key-presets")
        for _ in range(sizes.filters):
            week.append(_filter(page, presets.get_by_role("button", name="Past week", exact=True)))
            everything.append(_filter(page, presets.get_by_role("button", name="All", exact=True)))
        _filter(page, presets.get_by_role("button", name="Past", exact=True))
        for _ in range(sizes.filters):
            steps.append(_filter(page, thumb, key="ArrowLeft"))
    context.close()
    peer, given_up = _marker_an_event(browser, folder, story, cdn_url) if cdn_url else (None, False)
    work = f"{events:,} events at {sizes.places:,} places"
    # The peer's time grows with every marker, ours does not: the budget is for a story of this size and no smaller one.
    full = cdn_url and events >= 10_000
    ratio = 1 / 30 if full else None
    for name, times in (("a week", week), ("a range not asked before", steps)):
        yield Row(f"{work}, {name} → map", median(times), most_seconds=most)
    yield Row(f"{work}, back to all → map", median(everything), peer, most, ratio, peer_is_least=given_up)
    yield Row(f"{work}, opened for the first time", first_opening, most_seconds=4 if full else None)


def _filter(page: Page, control: Locator, *, key: str = "") -> float:
    settle(page)
    before = page.evaluate(f"{MAP}.documentElement.dataset.story")
    return time_act(page, control, f"map()?.documentElement.dataset.story !== {json.dumps(before)}", key=key)


def _marker_an_event(browser: Browser, folder: Path, story: Path, cdn_url: str) -> tuple[float, bool]:
    """Seconds from "All" to all markers, once; LONGEST_SECONDS and True where it takes longer."""
    week = f"{PUBLISHED - timedelta(days=6)}..{PUBLISHED}"
    env = {"BARE_CDN": cdn_url, "BARE_STORY": str(story / "reports.csv"), "BARE_DAYS": week}
    context = reader(browser)
    with serving(folder / "bare-story.log", script=BARE, env=env) as server:
        page = context.new_page()
        try:
            time_opening(page, server.url)
            settle(page)
            before = page.evaluate(f"{MAP}.querySelectorAll('.leaflet-marker-icon').length")
            shown = f"(map()?.querySelectorAll('.leaflet-marker-icon').length ?? 0) > {before}"
            return time_act(page, page.get_by_role("button", name="All", exact=True), shown), False
        except TimeoutError:
            return LONGEST_SECONDS, True
        finally:
            context.close()


def first_start(browser: Browser, folder: Path) -> Iterator[Row]:
    """The very first start: the gazetteer's index is built while the page shows how far it is."""
    began = monotonic()
    with serving(folder / "first.log", env={"DATELINE_CACHE": str(folder / "empty")}) as server:
        context = reader(browser)
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        page.locator("[data-testid=stProgress]").first.wait_for()
        shown = monotonic() - began
        page.frame_locator(FRAME).locator(MARKER).first.wait_for()
        seconds = monotonic() - began
        context.close()
    yield Row("first start ever → progress shown", shown)
    yield Row("first start ever → first marker", seconds, most_seconds=15)


def measure(sizes: Sizes) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name, browsing() as browser, cdn() as cdn_url:
        folder = Path(name)
        (folder / "empty").mkdir()
        yield from clicks_and_openings(browser, folder, cdn_url, sizes)
        yield from filters(browser, folder, sizes.events, sizes, most=0.5, cdn_url=cdn_url)
        yield from filters(browser, folder, sizes.many_events, sizes, most=1.0, cdn_url="")
        if sizes.first_start:
            yield from first_start(browser, folder)


def report(sizes: Sizes) -> None:
    """Prints the table, each row as soon as it is known."""
    print_table(measure(sizes), NOTES)
    print_load()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer times, and stories a tenth as large")
    given = parser.parse_args(arguments)
    if given.short:
        print("Short: a few times each, and stories a tenth as large as the budgets are for, the peer's too.")
    report(SHORT if given.short else Sizes())


if __name__ == "__main__":
    main()
