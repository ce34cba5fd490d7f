"""What a reader does on the page and sees there, for the browser tests. Everything waits for what it is about."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import MARKER, map_document, map_frame

SECONDS = 20
expect.set_options(timeout=SECONDS * 1000)

IDS = """links => [...new Set(links.map(a => new URL(a.href).searchParams.get("event")).filter(Boolean))].sort()"""


def region(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-{name}")


def marker(page: Page, place: str) -> Locator:
    return map_frame(page).get_by_role("button", name=re.compile(rf"^{re.escape(place)}: \d"))


def markers(page: Page) -> dict[str, int]:
    """Place name -> the number in the accessible name of its marker, for all that are drawn."""
    labels = map_frame(page).locator(MARKER).evaluate_all("all => all.map(one => one.getAttribute('aria-label') || '')")
    split = [re.fullmatch(r"(.*): ([\d,]+) events?", label) for label in labels]
    return {found[1]: int(found[2].replace(",", "")) for found in split if found}


def event_link(page: Page, where: str, event: str) -> Locator:
    return region(page, where).locator(f"a[href*='event={event}']").first


def heading(page: Page) -> Locator:
    """The name of what the details show: a place or an event."""
    return region(page, "details").get_by_role("heading", level=2)


def events_in(page: Page, where: str) -> list[str]:
    """The ids of the events that a region links to, in order of id."""
    found: list[str] = region(page, where).locator("a.pick").evaluate_all(IDS)
    return found


def expect_events(page: Page, where: str, events: Sequence[str]) -> None:
    """Waits until a region links to exactly these events: one region of a page is drawn after another."""
    _expect_ids(page, f".st-key-{where} a.pick", events)


def expect_current(page: Page, where: str, events: Sequence[str]) -> None:
    """Waits until a region marks the links of exactly these events."""
    _expect_ids(page, f".st-key-{where} a[aria-current=true]", events)


def _expect_ids(page: Page, links: str, events: Sequence[str]) -> None:
    wanted = json.dumps(sorted(events), separators=(",", ":"))
    read = f"([links, wanted]) => JSON.stringify(({IDS})([...document.querySelectorAll(links)])) === wanted"
    page.wait_for_function(read, arg=[links, wanted], timeout=SECONDS * 1000)


def open_events(page: Page) -> None:
    page.get_by_role("tab", name=re.compile("^Events")).click()
    expect(region(page, "events")).to_be_visible()


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def expect_counts(page: Page, shown: int, total: int = 12) -> None:
    said = f"{total:,} events" if shown == total else f"{shown:,} of {total:,} events"
    expect(region(page, "counts")).to_contain_text(re.compile(rf"(?<!\d){said}"))


def expect_markers(page: Page, places: Mapping[str, int]) -> None:
    """Waits until exactly these markers stand on the map, each with its number of events."""
    wanted = sorted(f"{name}: {count} event{'s' if count > 1 else ''}" for name, count in places.items())
    map_document(page).wait_for_function(
        """([wanted, marker]) => JSON.stringify(
            [...document.querySelectorAll(marker)].map(one => one.getAttribute("aria-label")).sort()) === wanted""",
        arg=['["' + '","'.join(wanted) + '"]' if wanted else "[]", MARKER],
        timeout=SECONDS * 1000,
    )


def expect_at_rest(page: Page, place: str, far: str = "") -> None:
    """Waits until the map has come to a place: its dot stands near the middle, or `far` away is out of view."""
    if far:
        expect(marker(page, far)).to_have_count(0)
    marker(page, place).wait_for(state="attached")
    map_document(page).wait_for_function(
        """([label, most]) => {
            const dot = [...document.querySelectorAll("[role=button].place")]
                .find(one => one.getAttribute("aria-label").startsWith(label))?.querySelector(".dot");
            const box = dot?.getBoundingClientRect();
            if (!box) return false;
            const middle = [innerWidth / 2, innerHeight / 2];
            return Math.abs(box.x - middle[0]) < most * innerWidth && Math.abs(box.y - middle[1]) < most * innerHeight;
        }""",
        arg=[f"{place}: ", 0.5 if far else 0.2],
        timeout=SECONDS * 1000,
    )


def overlaps(boxes: Mapping[str, Mapping[str, float]]) -> list[tuple[str, str]]:
    """The pairs of names whose boxes share more than a pixel."""
    names = sorted(boxes)
    return [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if _shared(boxes[a], boxes[b], "x", "width") > 1 and _shared(boxes[a], boxes[b], "y", "height") > 1
    ]


def _shared(a: Mapping[str, float], b: Mapping[str, float], start: str, size: str) -> float:
    return min(a[start] + a[size], b[start] + b[size]) - max(a[start], b[start])


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    return path
