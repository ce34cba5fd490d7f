"""Choosing a place or an event, wherever it is shown: all parts of the page follow."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.acting import (
    address,
    event_link,
    events_in,
    expect_at_rest,
    expect_current,
    heading,
    marker,
    open_events,
    region,
)
from tests.browser.conftest import Opener
from tests.browser.driving import map_document, map_frame

LISTS = ("timeline", "itinerary", "events")


def expect_nothing_chosen(page: Page) -> None:
    expect(region(page, "details")).to_contain_text("Where it stands")
    expect(page.locator("a[aria-current=true]")).to_have_count(0)
    expect(map_frame(page).locator(".place.chosen")).to_have_count(0)
    page.wait_for_url(lambda url: "place=" not in url and "event=" not in url)


def test_marker_shows_the_events_of_its_place(open_page: Opener) -> None:
    page = open_page()
    for way, place in (("mouse", "Yokosuka"), ("Enter", "Camp Asaka"), ("Space", "Tokyo")):
        if way == "mouse":
            marker(page, place).click()
        else:
            marker(page, place).press(way)
        expect(heading(page)).to_have_text(place)
        expect(marker(page, place)).to_have_attribute("aria-pressed", "true")
        expect(region(page, "details").locator("a.pick")).to_have_count(
            {"Yokosuka": 3, "Camp Asaka": 1, "Tokyo": 5}[place]
        )
        for where in LISTS:
            expect_current(page, where, events_in(page, "details"))
        page.wait_for_url(f"**place={place.replace(' ', '+')}*")


def test_the_same_marker_can_be_clicked_again_and_again(open_page: Opener) -> None:
    page = open_page()
    for _ in range(3):
        marker(page, "Yokosuka").click()
        expect(heading(page)).to_have_text("Yokosuka")
        page.get_by_role("button", name="show all").click()
        expect_nothing_chosen(page)
    marker(page, "Yokosuka").click()
    expect(heading(page)).to_have_text("Yokosuka")
    marker(page, "Tokyo").click()
    expect(heading(page)).to_have_text("Tokyo")
    expect(region(page, "details").locator("a.pick")).to_have_count(5)


def test_click_on_a_marker_leaves_the_map_where_it_is(open_page: Opener) -> None:
    page = open_page()
    before = marker(page, "Tokyo").locator(".dot").bounding_box()
    marker(page, "Yokosuka").click()
    expect(heading(page)).to_have_text("Yokosuka")
    assert marker(page, "Tokyo").locator(".dot").bounding_box() == before


def test_event_moves_the_map_and_is_marked_everywhere(open_page: Opener) -> None:
    page = open_page()
    for where, event, place, title in (
        ("timeline", "hegseth-fallon", "Naval Air Station Fallon", "Hegseth speaks to sailors"),
        ("itinerary", "trump-asean", "Malaysia", "Trump attends the ASEAN summit"),
        ("events", "koizumi-honor-guard", "Camp Asaka", "Koizumi inspects the honor guard"),
    ):
        if where == "events":
            open_events(page)
        event_link(page, where, event).click()
        expect(heading(page)).to_have_text(title)
        expect(region(page, "details")).to_contain_text("report")
        for other in LISTS:
            expect_current(page, other, [event])
        expect(marker(page, place)).to_have_attribute("aria-pressed", "true")
        expect(map_frame(page).locator(".place.chosen")).to_have_count(1)
        # Malaysia comes into view whole, and its point is none of its middle.
        expect_at_rest(page, place, far="Naval Air Station Fallon" if place == "Malaysia" else "")
        page.wait_for_url(f"**event={event}*")


def test_escape_clears_the_choice_from_page_and_map(open_page: Opener) -> None:
    page = open_page("event=hegseth-fallon")
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")
    page.keyboard.press("Escape")
    expect_nothing_chosen(page)
    marker(page, "Yokosuka").press("Enter")
    expect(heading(page)).to_have_text("Yokosuka")
    assert map_document(page).evaluate("document.activeElement.getAttribute('aria-label')") == "Yokosuka: 3 events"
    page.keyboard.press("Escape")
    expect_nothing_chosen(page)


def test_escape_leaves_the_choice_while_something_is_typed_or_open(open_page: Opener) -> None:
    page = open_page("event=hegseth-fallon")
    page.get_by_label("Search").focus()
    page.keyboard.press("Escape")
    region(page, "status").get_by_role("combobox").click()
    expect(page.get_by_role("option", name="happened")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option", name="happened")).to_be_hidden()
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")
    assert address(page)["event"] == ["hegseth-fallon"]


def test_previous_and_next_lead_through_the_story(open_page: Opener) -> None:
    page = open_page()
    following, previous = (page.get_by_role("button", name=name) for name in ("next", "previous"))
    expect(previous).to_be_disabled()
    following.click()
    expect(heading(page)).to_have_text("Hegseth visits Tokyo for the first time as secretary")
    expect(region(page, "details")).to_contain_text("event 1 of 12")
    expect_at_rest(page, "Tokyo")
    following.press("Enter")
    expect(heading(page)).to_have_text("Carrier leaves Yokosuka to resume its patrol")
    expect(region(page, "details")).to_contain_text("event 2 of 12")
    expect_current(page, "timeline", ["carrier-leaves"])
    previous.click()
    expect(region(page, "details")).to_contain_text("event 1 of 12")


def test_links_work_from_the_keyboard_and_keep_the_focus(open_page: Opener) -> None:
    page = open_page()
    link = event_link(page, "timeline", "carrier-returns")
    link.focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Carrier returns to Yokosuka unexpectedly")
    expect(link).to_be_focused()


def test_choosing_does_not_load_the_page_anew(open_page: Opener) -> None:
    page = open_page()
    page.evaluate("window.still = 1")
    map_document(page).evaluate("window.still = 1")
    event_link(page, "timeline", "hegseth-fallon").click()
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")
    assert page.evaluate("window.still") == 1
    assert map_document(page).evaluate("window.still") == 1
