"""How the page looks: light and dark in both documents, and on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import (
    event_link,
    expect_at_rest,
    expect_counts,
    heading,
    marker,
    open_events,
    overlaps,
    region,
)
from tests.browser.conftest import Opener
from tests.browser.driving import map_document, map_frame

SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
    .filter(one => one.scrollWidth > one.clientWidth).length"""
# Names and controls: the box of each by what it is called.
ON_THE_MAP = """() => Object.fromEntries([...document.querySelectorAll(".place .chip, .tools")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [one.closest("[aria-label]").getAttribute("aria-label"), { x, y, width, height }];
}))"""
# The page's own parts that a reader would have to push sideways to read, the timeline with its own bar left out.
CUT_OFF = """() => [...document.querySelectorAll("[class*='st-key-'], .stHtml, h1, button")]
    .filter(one => !one.closest(".timeline-scroll") && one.getClientRects().length)
    .filter(one => {
        const around = one.parentElement.closest(".st-key-filters, .st-key-top, .st-key-facts") || document.body;
        return one.getBoundingClientRect().right > Math.min(innerWidth, around.getBoundingClientRect().right) + 1;
    })
    .map(one => one.className + " " + one.textContent.slice(0, 40))"""


def brightness(page: Page, selector: str, *, name: str = "backgroundColor") -> float:
    """0 for black, 1 for white."""
    return _brightness(str(page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)))


def _brightness(colour: str) -> float:
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]
    return sum(channels) / 3 / (1 if "srgb" in colour else 255)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_and_map_follow_the_readers_colour_scheme(open_page: Opener, scheme: str) -> None:
    page = open_page(scheme=scheme)
    expect(map_frame(page).locator("html")).to_have_attribute("data-theme", scheme)
    grounds = [brightness(page, ".stApp"), brightness(page, ".st-key-details"), brightness(page, ".st-key-filters")]
    for selector in ("body", ".place .chip", ".tools"):
        colour = map_frame(page).locator(selector).first.evaluate("one => getComputedStyle(one).backgroundColor")
        grounds.append(_brightness(colour))
    inks = [brightness(page, ".st-key-headline h1", name="color")]
    inks.append(
        _brightness(map_frame(page).locator(".place .chip").first.evaluate("one => getComputedStyle(one).color"))
    )
    if scheme == "dark":
        assert max(grounds) < 0.25 < 0.8 < min(inks)
    else:
        assert max(inks) < 0.25 < 0.8 < min(grounds)


def test_scheme_changed_while_reading_is_followed_by_page_and_map(open_page: Opener) -> None:
    page = open_page()
    page.emulate_media(color_scheme="dark")
    expect(map_frame(page).locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(15, 21, 27)")


def test_telephone_shows_everything_without_scrolling_sideways(open_page: Opener) -> None:
    page = open_page(width=390, height=844)
    assert page.evaluate(SIDEWAYS) == 0
    filters = page.get_by_role("button", name="Filters")
    expect(filters).to_have_attribute("aria-expanded", "false")
    expect(region(page, "filters")).to_be_hidden()
    filters.click()
    expect(region(page, "filters")).to_be_visible()
    expect(filters).to_have_attribute("aria-expanded", "true")
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="Upcoming", exact=True).click()
    expect_counts(page, 5)
    expect(region(page, "filters")).to_be_visible()
    assert page.evaluate(CUT_OFF) == []
    filters.click()
    expect(region(page, "filters")).to_be_hidden()
    marker(page, "Malaysia").click()
    expect(heading(page)).to_have_text("Malaysia")
    open_events(page)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("width", [1440, 1024, 820, 390])
def test_no_width_scrolls_sideways_or_cuts_a_control_or_a_name_on_the_map(open_page: Opener, width: int) -> None:
    for story in ("japan-visit-2025", "campaign-2020"):
        page = open_page(f"story={story}", width=width, height=900)
        assert page.evaluate(SIDEWAYS) == 0
        assert page.evaluate(CUT_OFF) == []
        frame = map_document(page)
        frame.wait_for_function("() => document.fonts.status === 'loaded' && document.querySelector('.place .chip')")
        boxes = frame.evaluate(ON_THE_MAP)
        assert overlaps(boxes) == []
        across, down = frame.evaluate("() => [innerWidth, innerHeight]")
        for name, box in boxes.items():
            assert box["x"] >= 0 <= box["y"], f"{name} is cut by the edge of the map"
            assert box["x"] + box["width"] <= across, f"{name} is cut by the right edge of the map"
            assert box["y"] + box["height"] <= down, f"{name} is cut by the lower edge of the map"


def test_map_jumps_where_the_reader_wants_no_motion_and_glides_where_not(open_page: Opener) -> None:
    ways = {}
    for motion in ("reduce", "no-preference"):
        page = open_page(reduced_motion=motion)
        frame = map_document(page)
        frame.evaluate(
            """() => {
                window.seen = new Set();
                new MutationObserver(() => document.querySelector(".leaflet-zoom-anim, .leaflet-pan-anim")
                    && window.seen.add("moving")).observe(document.body, {subtree: true, attributes: true});
            }"""
        )
        event_link(page, "timeline", "hegseth-fallon").click()
        expect_at_rest(page, "Naval Air Station Fallon")
        ways[motion] = frame.evaluate("[...window.seen]")
    assert ways == {"reduce": [], "no-preference": ["moving"]}
