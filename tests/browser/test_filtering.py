"""Filters: map, timeline, itineraries, table, counts and downloads obey the same ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests.browser.acting import events_in, expect_counts, expect_current, expect_markers, open_events, region
from tests.browser.conftest import Opener
from tests.browser.driving import map_frame

LISTS = ("timeline", "itinerary", "events")
UPCOMING = ["carrier-tour", "defense-ministers", "trump-apec", "trump-asean", "trump-takaichi"]


def expect_shown(page: Page, events: list[str], places: dict[str, int]) -> None:
    expect_counts(page, len(events))
    expect_markers(page, places)
    for where in LISTS:
        assert events_in(page, where) == sorted(events), where


def test_presets_filter_every_part_of_the_page(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Upcoming", exact=True).click()
    expect_shown(page, UPCOMING, {"Tokyo": 2, "Yokosuka": 1, "Malaysia": 1, "South Korea": 1})
    page.wait_for_url("**dates=2025-10-25..")
    page.get_by_role("button", name="All", exact=True).first.click()
    expect_counts(page, 12)
    page.wait_for_url(lambda url: "dates" not in url)


def test_dates_can_be_set_from_the_keyboard(open_page: Opener) -> None:
    page = open_page("dates=2025-10-18..2025-10-21")
    expect_shown(page, ["carrier-returns", "hegseth-fallon"], {"Yokosuka": 1, "Naval Air Station Fallon": 1})
    start, end = region(page, "dates").get_by_role("slider").all()
    start.focus()
    page.keyboard.press("ArrowRight")
    expect_shown(page, ["hegseth-fallon"], {"Naval Air Station Fallon": 1})
    page.wait_for_url("**dates=2025-10-19..2025-10-21*")
    end.focus()
    page.keyboard.press("ArrowRight")
    expect_shown(page, ["hegseth-fallon", "motegi-press"], {"Naval Air Station Fallon": 1, "Tokyo": 1})
    expect(region(page, "filters")).to_contain_text("Oct 19 – Oct 22")


def test_dates_can_be_dragged(open_page: Opener) -> None:
    page = open_page()
    track = region(page, "dates").get_by_role("group").bounding_box()
    thumb = region(page, "dates").get_by_role("slider").nth(0).locator("xpath=../..").bounding_box()
    assert track
    assert thumb
    page.mouse.move(thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.9, thumb["y"] + 3, steps=8)
    page.mouse.up()
    expect(region(page, "counts")).to_contain_text("of 12 events")
    page.wait_for_url("**dates=*")
    assert "carrier-leaves" not in events_in(page, "timeline")
    assert "defense-ministers" in events_in(page, "timeline")


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
    assert "koizumi-confirms" not in events_in(page, "events")
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
