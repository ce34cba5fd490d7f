"""Trips in a real browser: ships by sea on the map, why two stops are one trip, and joining and splitting them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acting import region
from tests.browser.conftest import Opener
from tests.browser.driving import Violation, map_frame, wait_until_ready

ROWS = """event,title,place,when,status,reported,source,who
spring,Spring visit,Tokyo,2025-03-01,happened,2025-03-02,Wire,Ann Roe
autumn,Autumn talks,Paris,2025-10-10,happened,2025-10-10,Wire,Ann Roe
sails,Frigate sails,Colombo,2025-10-01,happened,2025-10-14,Wire,HMS Oak
there,Frigate arrives,Suez,2025-10-13,happened,2025-10-14,Wire,HMS Oak
"""


def opened(open_page: Opener, tmp_path: Path) -> Page:
    path = tmp_path / "tour.csv"
    path.write_text(ROWS, "utf-8")
    page = open_page()
    page.get_by_role("button", name="Open a story").click()
    page.locator("[role=dialog] input[type=file]").set_input_files(path)
    page.get_by_role("dialog").get_by_role("button", name="Open 4 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tour")
    wait_until_ready(page)
    return page


def test_trips_are_joined_split_and_undone_on_the_card(
    open_page: Opener, tmp_path: Path, axe: Callable[[Page], list[Violation]]
) -> None:
    page = opened(open_page, tmp_path)
    legs = map_frame(page).locator("path.leg:not(.unknown)")
    expect(legs).to_have_count(1)
    card = region(page, "itinerary").locator(".card", has_text="Ann Roe")
    card.get_by_text("2 trips").click()
    expect(card.get_by_text("7 months without word")).to_be_visible()
    assert axe(page) == []
    card.get_by_role("button", name="Join with the trip before").click()
    expect(legs).to_have_count(2)
    expect(card.get_by_text("1 trip", exact=True)).to_be_visible()
    card.get_by_role("button", name="Split here").click()
    expect(legs).to_have_count(1)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(legs).to_have_count(2)


def test_what_is_not_known_between_trips_is_drawn_only_when_asked_for(open_page: Opener, tmp_path: Path) -> None:
    page = opened(open_page, tmp_path)
    frame = map_frame(page)
    unknown = frame.locator("path.leg.unknown")
    expect(unknown).to_have_count(0)
    frame.get_by_role("button", name="Layers").focus()
    frame.get_by_label("Between trips, not known how").check()
    expect(unknown).to_have_count(1)
