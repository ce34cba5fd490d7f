"""The address is the view: it can be shared, gone back to and opened beside."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.acting import (
    address,
    event_link,
    events_in,
    expect_at_rest,
    expect_counts,
    expect_current,
    expect_events,
    heading,
    marker,
    markers,
    region,
)
from tests.browser.conftest import Opener
from tests.browser.driving import Server, wait_until_ready


def test_shared_address_shows_the_same_elsewhere(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Past week", exact=True).click()
    expect_counts(page, 6)
    region(page, "who").get_by_role("button", name="Pete Hegseth").click()
    expect_counts(page, 1)
    event_link(page, "timeline", "hegseth-fallon").click()
    page.wait_for_url("**event=hegseth-fallon*")
    assert address(page)["dates"] == ["2025-10-18..2025-10-24"]
    other = open_page(page.url.split("?")[1])
    expect(heading(other)).to_have_text("Hegseth speaks to sailors")
    expect_counts(other, 1)
    assert markers(other) == markers(page) == {"Naval Air Station Fallon": 1}
    assert address(other) == address(page)
    for where in ("timeline", "itinerary", "events", "details"):
        assert region(other, where).inner_text() == region(page, where).inner_text()
    expect_at_rest(other, "Naval Air Station Fallon")


def test_back_and_forward_go_through_the_choices(open_page: Opener) -> None:
    page = open_page()
    marker(page, "Yokosuka").click()
    expect(heading(page)).to_have_text("Yokosuka")
    page.wait_for_url("**place=Yokosuka*")
    event_link(page, "timeline", "hegseth-fallon").click()
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")
    page.wait_for_url("**event=hegseth-fallon*")
    page.go_back()
    expect(heading(page)).to_have_text("Yokosuka")
    expect_current(page, "timeline", ["carrier-leaves", "carrier-returns", "carrier-tour"])
    page.go_back()
    expect(region(page, "details")).to_contain_text("Where it stands")
    page.go_forward()
    expect(heading(page)).to_have_text("Yokosuka")
    page.go_forward()
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")


def test_reload_keeps_the_view(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Upcoming", exact=True).click()
    expect_counts(page, 5)
    event_link(page, "timeline", "trump-takaichi").click()
    page.wait_for_url("**event=trump-takaichi*")
    page.reload(wait_until="domcontentloaded")
    wait_until_ready(page)
    expect(heading(page)).to_have_text("Trump meets Prime Minister Takaichi")
    expect_counts(page, 5)


def test_two_tabs_do_not_touch_each_other(open_page: Opener, server: Server) -> None:
    first = open_page("event=hegseth-fallon")
    second = first.context.new_page()
    second.goto(f"{server.url}/?who=Donald+Trump", wait_until="domcontentloaded")
    wait_until_ready(second)
    expect_counts(second, 3)
    marker(second, "Malaysia").click()
    expect(heading(second)).to_have_text("Malaysia")
    first.get_by_role("button", name="next").click()
    expect(region(first, "details")).to_contain_text("of 12")
    expect(heading(second)).to_have_text("Malaysia")
    expect_counts(first, 12)
    expect_counts(second, 3)


def test_event_link_opens_in_a_tab_of_its_own(open_page: Opener) -> None:
    page = open_page("status=happened")
    with page.context.expect_page() as waiting:
        event_link(page, "timeline", "hegseth-fallon").click(modifiers=["Control"])
    other = waiting.value
    wait_until_ready(other)
    expect(heading(other)).to_have_text("Hegseth speaks to sailors")
    assert address(other)["status"] == ["happened"]
    expect_events(other, "events", events_in(page, "events"))
    expect(region(page, "details")).to_contain_text("Where it stands")


def test_copy_link_copies_the_address(open_page: Opener) -> None:
    page = open_page("event=hegseth-fallon", permissions=["clipboard-read", "clipboard-write"])
    expect(heading(page)).to_have_text("Hegseth speaks to sailors")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "event=hegseth-fallon" in page.url


def test_broken_address_still_opens_with_a_notice(open_page: Opener) -> None:
    page = open_page("dates=yesterday&event=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(region(page, "notices")).to_contain_text("dates=yesterday")
    expect(region(page, "notices")).to_contain_text("<img src=x onerror=alert(1)>")
    expect_counts(page, 12)
