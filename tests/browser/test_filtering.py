"""Filters: map, timeline, itineraries, table, counts and downloads obey the same ones."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.acting import (
    event_link,
    expect_counts,
    expect_current,
    expect_events,
    expect_markers,
    open_events,
    region,
)
from tests.browser.conftest import Opener
from tests.browser.driving import map_frame, wait_until_ready

LISTS = ("timeline", "itinerary", "events")
UPCOMING = ["carrier-tour", "defense-ministers", "trump-apec", "trump-asean", "trump-takaichi"]


def expect_shown(page: Page, events: list[str], places: dict[str, int]) -> None:
    expect_counts(page, len(events))
    expect_markers(page, places)
    for where in LISTS:
        expect_events(page, where, events)


def test_presets_filter_every_part_of_the_page(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Upcoming", exact=True).click()
    expect_shown(page, UPCOMING, {"Tokyo": 2, "Yokosuka": 1, "Malaysia": 1, "South Korea": 1})
    page.wait_for_url("**dates=2025-10-25..")
    page.get_by_role("button", name="All", exact=True).first.click()
    expect_counts(page, 12)
    page.wait_for_url(lambda url: "dates" not in url)


def dates_of(url: str) -> str:
    return parse_qs(urlsplit(url).query).get("dates", [""])[0]


def touch_drag(page: Page, start: tuple[float, float], by: float) -> None:
    """Drags with a finger, of which Playwright knows taps only."""
    session = page.context.new_cdp_session(page)
    for kind, moves in (("touchStart", [0.0]), ("touchMove", [by * n / 8 for n in range(1, 9)]), ("touchEnd", [0.0])):
        for move in moves:
            points = [] if kind == "touchEnd" else [{"x": start[0] + move, "y": start[1]}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def handle(page: Page, end: str) -> Locator:
    return region(page, "timeline").get_by_role("slider", name=f"{end} day")


def drag(page: Page, start: tuple[float, float], by: float) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by, start[1] + 3, steps=8)
    page.mouse.up()


def middle(target: Locator) -> tuple[float, float]:
    # What a page is still drawing may be another element in a moment.
    wait_until_ready(target.page, markers=False)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_dates_can_be_set_from_the_keyboard(open_page: Opener) -> None:
    page = open_page("dates=2025-10-18..2025-10-21")
    expect_shown(page, ["carrier-returns", "hegseth-fallon"], {"Yokosuka": 1, "Naval Air Station Fallon": 1})
    start, end = handle(page, "First"), handle(page, "Last")
    expect(start).to_have_attribute("aria-valuetext", "Sat, Oct 18")
    start.focus()
    page.keyboard.press("ArrowRight")
    expect_shown(page, ["hegseth-fallon"], {"Naval Air Station Fallon": 1})
    page.wait_for_url("**dates=2025-10-19..2025-10-21*")
    expect(start).to_be_focused()
    end.focus()
    page.keyboard.press("ArrowRight")
    expect_shown(page, ["hegseth-fallon", "motegi-press"], {"Naval Air Station Fallon": 1, "Tokyo": 1})
    expect(region(page, "filters")).to_contain_text("Oct 19 – Oct 22")
    for key, last in (("PageDown", "2025-10-19"), ("PageUp", "2025-10-26"), ("End", "")):
        end.focus()
        page.keyboard.press(key)
        page.wait_for_url(re.compile(rf"dates=2025-10-19\.\.{last}($|&)"))
    start.focus()
    page.keyboard.press("Home")
    page.wait_for_url(lambda url: "dates" not in url)
    expect_counts(page, 12)


def test_steps_in_quick_succession_all_count(open_page: Opener) -> None:
    page = open_page("dates=2025-10-18..2025-10-30")
    handle(page, "First").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**dates=2025-10-23..2025-10-30*")
    expect(handle(page, "First")).to_have_attribute("aria-valuetext", "Thu, Oct 23")


@pytest.mark.parametrize("touch", [False, True])
def test_dates_are_dragged_on_the_timelines_own_axis(open_page: Opener, *, touch: bool) -> None:
    page = open_page(has_touch=touch)
    width = (region(page, "timeline").locator(".strip").bounding_box() or {})["width"]
    if touch:
        touch_drag(page, middle(handle(page, "First")), width * 0.6)
    else:
        drag(page, middle(handle(page, "First")), width * 0.6)
    expect(region(page, "counts")).to_contain_text("of 12 events")
    page.wait_for_url("**dates=*")
    expect(event_link(page, "timeline", "carrier-leaves")).to_have_count(0)
    expect(event_link(page, "timeline", "defense-ministers")).to_be_visible()
    # What lies outside stands there still, and the handle goes back over it.
    expect(region(page, "timeline").locator(".mark.outside")).not_to_have_count(0)
    drag(page, middle(handle(page, "First")), -width)
    expect_counts(page, 12)
    page.wait_for_url(lambda url: "dates" not in url)


def test_a_range_is_moved_whole_and_drawn_anew(open_page: Opener) -> None:
    page = open_page("dates=2025-10-18..2025-10-21")
    strip = region(page, "timeline").locator(".strip")
    drag(page, middle(strip.locator(".range")), 120)
    page.wait_for_url(lambda url: dates_of(url) != "2025-10-18..2025-10-21")
    first, last = (date.fromisoformat(day) for day in dates_of(page.url).split(".."))
    assert (last - first).days == 3
    assert first > date(2025, 10, 18)
    x, y = middle(strip)
    drag(page, (x - 300, y), 200)
    page.wait_for_url(lambda url: dates_of(url) < "2025-10-10")


def test_days_are_typed(open_page: Opener) -> None:
    page = open_page()
    region(page, "dates").get_by_role("spinbutton").first.click()
    page.keyboard.type("20251021")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect_counts(page, 8)
    expect(handle(page, "First")).to_have_attribute("aria-valuetext", "Tue, Oct 21")


def test_a_range_of_no_events_leaves_the_axis_to_be_brushed(open_page: Opener) -> None:
    page = open_page("dates=2025-10-02..2025-10-03", markers=False)
    expect_counts(page, 0)
    handle(page, "Last").focus()
    page.keyboard.press("End")
    page.wait_for_url(re.compile(r"dates=2025-10-02\.\.$"))
    expect(event_link(page, "timeline", "carrier-returns")).to_be_visible()


def test_status_who_and_search_narrow_the_story(open_page: Opener) -> None:
    page = open_page()
    region(page, "status").get_by_role("combobox").click()
    page.get_by_role("option", name="scheduled").click()
    expect_counts(page, 3)
    page.keyboard.press("Escape")
    expect_markers(page, {"Tokyo": 1, "Malaysia": 1, "South Korea": 1})
    region(page, "who").get_by_role("button", name="Sanae Takaichi").click()
    expect_shown(page, ["trump-takaichi"], {"Tokyo": 1})
    page.wait_for_url("**status=scheduled&who=Sanae+Takaichi*")
    search = page.get_by_label("Search")
    search.fill("no such thing")
    search.press("Enter")
    expect_counts(page, 0)
    expect_markers(page, {})
    expect(map_frame(page).locator("path.leg")).to_have_count(0)
    page.get_by_role("button", name="Show everything").click()
    expect_counts(page, 12)


def test_one_traveller_can_be_shown_alone(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("link", name="Show alone: USS George Washington").click()
    expect_shown(page, ["carrier-leaves", "carrier-returns", "carrier-tour"], {"Yokosuka": 3})


def test_as_of_day_changes_what_was_known(open_page: Opener) -> None:
    page = open_page("event=defense-ministers")
    expect(region(page, "details")).to_contain_text("2 reports")
    page.get_by_label("As known on").click()
    page.get_by_role("option", name="Thu, Oct 23").click()
    expect(region(page, "details")).to_contain_text("1 report")
    expect(region(page, "details").locator(".status")).to_have_text("possible")
    expect(event_link(page, "events", "koizumi-confirms")).to_have_count(0)
    expect_current(page, "timeline", ["defense-ministers"])
    page.wait_for_url("**as_of=2025-10-23*")


def test_events_that_may_lie_in_the_range_stand_apart(open_page: Opener) -> None:
    page = open_page("dates=2025-10-20..2025-10-27")
    open_events(page)
    expect(region(page, "events")).to_contain_text("Certainly in this range (3)")
    expect(region(page, "events")).to_contain_text("Possibly in this range (2)")
    expect(map_frame(page).locator(".place.pale")).to_have_count(2)


def test_downloads_hold_what_the_filter_leaves(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("who=USS+George+Washington&status=happened")
    expect_counts(page, 2)

    def fetch(label: str) -> Path:
        if not page.get_by_role("button", name=label).is_visible():
            page.get_by_test_id("stPopoverButton").filter(has_text="Export").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        download: Download = waiting.value
        path = tmp_path / download.suggested_filename
        download.save_as(path)
        return path

    with fetch("CSV").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["event"] for row in rows] == ["carrier-leaves", "carrier-returns"]
    shapes = json.loads(fetch("GeoJSON").read_text("utf-8"))
    points = [shape["geometry"]["coordinates"] for shape in shapes["features"] if shape["geometry"]["type"] == "Point"]
    assert points
    for longitude, latitude in points:
        assert abs(longitude - 139.67) < 0.2
        assert abs(latitude - 35.28) < 0.2


def test_a_file_is_there_for_a_slow_browser_though_others_use_the_page(open_page: Opener) -> None:
    page, other = open_page(), open_page()
    page.get_by_test_id("stPopoverButton").filter(has_text="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV, all reports").click()
    for event in ("event 1 of 12", "event 2 of 12", "event 3 of 12"):
        other.get_by_role("button", name="next ▶").click()
        expect(region(other, "steps")).to_contain_text(event)
    fetched = page.request.get(waiting.value.url)
    assert fetched.ok
    assert fetched.text().count("carrier-returns") == 1


def test_no_preset_moves_from_under_the_pointer_when_one_is_pressed(open_page: Opener) -> None:
    page = open_page()
    preset = page.get_by_role("button", name="Upcoming", exact=True)
    before = preset.bounding_box()
    preset.click()
    expect_counts(page, 5)
    assert preset.bounding_box() == before
