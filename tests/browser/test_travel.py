"""Trips in a real browser: why two stops are one trip, joining and splitting them, what is not known between them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.acting import region
from tests.browser.conftest import Opener
from tests.browser.driving import Violation, map_frame


def test_trips_are_joined_split_and_undone_on_the_card(
    open_page: Opener, axe: Callable[[Page], list[Violation]]
) -> None:
    page = open_page()
    legs = map_frame(page).locator("path.leg:not(.unknown)")
    expect(legs).to_have_count(4)
    page.get_by_role("button", name="Edit a copy").click()
    card = region(page, "itinerary").locator(".card", has_text="Pete Hegseth").first
    expect(card.get_by_role("button", name="Join with the trip before")).to_be_visible()
    card.get_by_text("2 trips").click()
    expect(card.get_by_text("7 months without word")).to_be_visible()
    assert axe(page) == []
    card.get_by_role("button", name="Join with the trip before").click()
    expect(legs).to_have_count(5)
    expect(card.get_by_text("1 trip", exact=True)).to_be_visible()
    card.get_by_role("button", name="Split here").first.click()
    expect(legs).to_have_count(4)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(legs).to_have_count(5)


def test_what_is_not_known_between_trips_is_drawn_only_when_asked_for(open_page: Opener) -> None:
    frame = map_frame(open_page("who=Pete+Hegseth"))
    unknown = frame.locator("path.leg.unknown")
    expect(unknown).to_have_count(0)
    frame.get_by_role("button", name="Layers").press("Enter")
    frame.get_by_role("checkbox", name="Between trips, not known how").press("Space")
    expect(unknown).to_have_count(1)
