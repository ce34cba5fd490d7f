"""A reader's own story from the file to the link: opened, put right, changed, saved, opened again, restored."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from story.library.shipped_stories import shipped
from tests.browser.acting import SECONDS, marker, markers, region
from tests.browser.conftest import Opener
from tests.browser.driving import Violation, map_frame, serving, wait_until_ready

VISITS = """Date,Location,Country,Visitor,Remarks,Source
9/5/2016,London,United Kingdom,Jane Doe,Talks,Wire
9/7/2016,Springfield,,Jane Doe,Talks,Wire
9/12/2016,Yokosukka,Japan,John Roe,Talks,Wire
9/13/2016,Ottawa,Canada,John Roe,Talks,Wire
,,,,,Wire
"""


@pytest.fixture
def opened(open_page: Opener, tmp_path: Path) -> Page:
    """The page with a table just dropped on it."""
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, "utf-8")
    page = open_page()
    page.get_by_role("button", name="Open a story").click()
    page.locator("[role=dialog] input[type=file]").set_input_files(path)
    page.get_by_role("dialog").get_by_role("button", name="Open 5 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")
    wait_until_ready(page)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page, label: str, text: str) -> None:
    field = region(page, "details").get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Enter")


def save(page: Page, who: str) -> None:
    press(page, "Save")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your name").fill(who)
    dialog.get_by_role("button", name="Save").click()
    expect(region(page, "edit")).to_contain_text("Saved as revision")


def wait_for_unsaved(library: Path, title: str) -> None:
    """Waits until the title is in what the library keeps of unsaved work."""
    deadline = monotonic() + SECONDS
    while monotonic() < deadline:
        with closing(sqlite3.connect(library)) as connection:
            rows = connection.execute("select document from unsaved").fetchall()
        if any(title in zlib.decompress(row[0]).decode() for row in rows):
            return
        Event().wait(0.05)
    pytest.fail(f"“{title}” is not in the library")


def test_from_a_file_to_a_link_within_a_minute(opened: Page, open_page: Opener) -> None:
    page = opened
    expect(region(page, "details")).to_contain_text("5 rows read: 4 shown, 1 set aside.")
    press(page, "2 names to place")
    press(page, "Yokosuka, Kanagawa, Japan")
    expect(marker(page, "Yokosuka")).to_be_attached()
    press(page, "Springfield, Missouri, United States")
    expect(region(page, "details")).to_contain_text("All names are placed")
    press(page, "Story")
    press(page, "Fix")
    fill(page, "When", "Sept. 14, 2016")
    expect(region(page, "details")).to_contain_text("Wed, Sep 14")
    expect(region(page, "counts")).to_contain_text("5 events")
    fill(page, "Place", "Ottawa, Canada")
    expect(region(page, "details")).to_contain_text("Ottawa, Ontario, Canada")
    fill(page, "Title", "Roe stays in Ottawa")
    expect(region(page, "timeline")).to_contain_text("Roe stays in Ottawa")
    save(page, "Ada")
    expect(page).to_have_url(re.compile(r"story=visits-[\w-]{22}"))
    link = re.search(r"story=visits-[\w-]{22}", page.url)
    assert link is not None

    other = open_page(link[0])
    expect(region(other, "counts")).to_contain_text("5 events")
    assert markers(other) == {"London": 1, "Springfield": 1, "Yokosuka": 1, "Ottawa": 2}
    page.reload()
    wait_until_ready(page)
    expect(region(page, "timeline")).to_contain_text("Roe stays in Ottawa")


def test_work_that_is_not_saved_outlives_a_reload_and_is_seen_by_nobody_else(opened: Page, open_page: Opener) -> None:
    page = opened
    fill(page, "Title", "Journeys")
    expect(page.get_by_role("heading", level=1)).to_have_text("Journeys")
    page.reload()
    wait_until_ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Journeys")
    press(page, "Edit")
    press(page, "Undo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")
    stranger = open_page(page.url.split("?")[1])
    expect(region(stranger, "notices")).to_contain_text("the first one is shown instead")


def test_work_that_is_not_saved_outlives_a_page_that_is_killed(open_page: Opener, tmp_path: Path) -> None:
    ours = {"DATELINE_DATABASE_URL": f"sqlite:///{tmp_path / 'library.sqlite'}"}
    with serving(tmp_path / "first.log", env=ours) as first:
        page = open_page(server=first, errors_allowed=True)
        press(page, "Edit a copy")
        fill(page, "Title", "Journeys")
        expect(page.get_by_role("heading", level=1)).to_have_text("Journeys")
        query = page.url.partition("?")[2]
        wait_for_unsaved(tmp_path / "library.sqlite", "Journeys")
        os.kill(first.process_id, signal.SIGKILL)
    with serving(tmp_path / "second.log", env=ours) as second:
        page.goto(f"{second.url}/?{query}", wait_until="domcontentloaded")
        wait_until_ready(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Journeys")


def test_a_tab_that_was_open_before_keeps_its_work_under_the_browsers_one_name(open_page: Opener) -> None:
    first = open_page()
    second = first.context.new_page()
    second.goto(first.url)
    wait_until_ready(second)
    for page, title in ((first, "One"), (second, "Two")):
        press(page, "Edit a copy")
        fill(page, "Title", title)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for page, title in ((first, "One"), (second, "Two")):
        page.reload()
        wait_until_ready(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_buttons_that_are_pressed_twice_do_their_work_once(open_page: Opener, tmp_path: Path) -> None:
    ours = {"DATELINE_DATABASE_URL": f"sqlite:///{tmp_path / 'library.sqlite'}"}
    with serving(tmp_path / "page.log", env=ours) as server:
        page = open_page(server=server)
        page.get_by_role("button", name="Edit a copy").dblclick()
        expect(region(page, "edit")).to_be_visible()
        press(page, "Save")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Your name").fill("Ada")
        dialog.get_by_role("button", name="Save").dblclick()
        expect(region(page, "edit")).to_contain_text("Saved as revision 1")
        fill(page, "Title", "Journeys")
        expect(page.get_by_role("heading", level=1)).to_have_text("Journeys")
        page.get_by_role("button", name="Save", exact=True).dblclick()
        expect(region(page, "edit")).to_contain_text("Saved as revision 2")
        wait_until_ready(page)
        with closing(sqlite3.connect(tmp_path / "library.sqlite")) as connection:
            saved = connection.execute("select number, title from revision order by number").fetchall()
        assert [number for number, _ in saved] == [1, 2]
        assert saved[1][1] == "Journeys"
        titles = page.get_by_role("combobox", name="Story")
        titles.click()
        expect(page.get_by_role("option")).to_have_count(len(shipped()) + 1)


def test_an_earlier_revision_is_restored(opened: Page) -> None:
    page = opened
    save(page, "Ada")
    fill(page, "Title", "Spoilt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spoilt")
    press(page, "Save")
    expect(region(page, "edit")).to_contain_text("Saved as revision 2")
    press(page, "Versions")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("From revision 1 to what you see now: title changed")
    dialog.get_by_role("button", name="Restore revision 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")
    press(page, "Save")
    expect(region(page, "edit")).to_contain_text("Saved as revision 3")


def test_two_tabs_of_one_browser_work_on_the_same_story(opened: Page) -> None:
    tab = opened.context.new_page()
    tab.goto(opened.url)
    wait_until_ready(tab)
    press(tab, "Edit")
    fill(tab, "Dateline", "Ottawa")
    expect(region(tab, "counts")).to_contain_text("OTTAWA")
    press(opened, "Story")
    expect(region(opened, "counts")).to_contain_text("OTTAWA")


def test_a_name_is_dragged_to_where_it_is(opened: Page) -> None:
    page = opened
    dot = marker(page, "Ottawa").locator(".dot")
    before, handle = dot.bounding_box(), marker(page, "Ottawa").bounding_box()
    assert before is not None
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 60, steps=6)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()
    wait_until_ready(page)
    after = dot.bounding_box()
    assert after is not None
    assert abs(after["x"] - before["x"] - 30) < 3
    assert abs(after["y"] - before["y"] + 60) < 3
    marker(page, "Ottawa").click()
    expect(region(page, "details")).to_contain_text("City, ")


def test_nothing_can_be_dragged_while_reading(open_page: Opener) -> None:
    page = open_page()
    expect(map_frame(page).locator(".leaflet-marker-draggable")).to_have_count(0)


def test_a_click_on_the_map_places_a_name(opened: Page) -> None:
    page = opened
    press(page, "2 names to place")
    box = page.locator(".st-key-map iframe").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.75)
    expect(region(page, "details")).to_contain_text("Springfield")
    expect(marker(page, "Yokosukka, Japan")).to_be_attached()


def test_all_of_it_by_keyboard(opened: Page) -> None:
    page = opened

    def go(name: str) -> None:
        """Tabs to a button and presses it."""
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement?.innerText?.trim()") == name:
                page.keyboard.press("Enter")
                return
        pytest.fail(f"{name} was not reached by the Tab key")

    def into(label: str, text: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement?.getAttribute('aria-label')") == label:
                page.keyboard.press("Control+a")
                page.keyboard.type(text)
                page.keyboard.press("Enter")
                return
        pytest.fail(f"{label} was not reached by the Tab key")

    go("2 names to place")
    expect(region(page, "details")).to_contain_text("Name 1 of 2")
    go("Yokosuka, Kanagawa, Japan")
    expect(region(page, "details")).to_contain_text("Name 1 of 1")
    into("Another name, or latitude, longitude", "37.2, -93.3")
    expect(region(page, "details")).to_contain_text("All names are placed")
    go("Story")
    expect(region(page, "details")).to_contain_text("1 set aside")
    go("Fix")
    expect(region(page, "details")).to_contain_text("Row set aside")
    into("When", "2016-09-14")
    expect(region(page, "counts")).to_contain_text("5 events")
    go("Save")
    expect(page.get_by_role("dialog")).to_be_visible()
    into("Your name", "Ada")
    expect(region(page, "edit")).to_contain_text("Saved as revision 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editing_breaks_no_rule_of_access(
    open_page: Opener, axe: Callable[[Page], list[Violation]], scheme: str
) -> None:
    page = open_page(scheme=scheme)
    press(page, "Edit a copy")
    expect(region(page, "edit")).to_be_visible()
    wait_until_ready(page)
    assert axe(page) == []
    region(page, "timeline").locator("a.pick").first.click()
    expect(region(page, "details").get_by_role("textbox", name="When", exact=True)).to_be_visible()
    wait_until_ready(page)
    assert axe(page) == []


def test_editing_fits_a_phone(open_page: Opener) -> None:
    page = open_page(width=390, height=844)
    press(page, "Edit a copy")
    expect(region(page, "edit")).to_be_visible()
    wait_until_ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def edited_table(page: Page) -> Locator:
    """The table of events of a copy that is being edited, once it is drawn."""
    press(page, "Edit a copy")
    expect(region(page, "edit")).to_be_visible()
    page.get_by_role("tab", name="Events").click()
    grid = region(page, "events").locator("[data-testid=stDataFrame]")
    expect(grid.locator("canvas").first).to_be_visible()
    wait_until_ready(page)
    return grid


def test_a_cell_of_the_table_is_changed_in_place(open_page: Opener) -> None:
    page = open_page()
    grid = edited_table(page)
    cell = page.locator("#portal textarea")
    for _ in range(5):
        # The table is drawn on a canvas, anew with each turn of the page: a click may come too early for it.
        grid.dblclick(position={"x": 250, "y": 50})
        with suppress(TimeoutError):
            cell.wait_for(timeout=4_000)
            break
    cell.fill("A new name for it")
    cell.press("Enter")
    expect(region(page, "timeline")).to_contain_text("A new name for it")


def test_the_map_stays_when_editing_begins_and_ends(open_page: Opener) -> None:
    page = open_page()
    mark = "document.querySelector('.st-key-map iframe').dataset.mine"
    page.evaluate(f"{mark} = 'yes'")
    press(page, "Edit a copy")
    expect(region(page, "edit")).to_be_visible()
    wait_until_ready(page)
    assert page.evaluate(mark) == "yes"
    press(page, "Stop editing")
    expect(region(page, "edit")).to_have_count(0)
    wait_until_ready(page)
    assert page.evaluate(mark) == "yes"


def test_the_table_offers_no_download_of_its_own(open_page: Opener) -> None:
    """It would write a cell that begins with = as a formula that runs in a spreadsheet."""
    page = open_page()
    grid = edited_table(page)
    grid.hover()
    toolbar = region(page, "events").locator("[data-testid=stElementToolbar]")
    expect(toolbar.get_by_role("button", name="Search")).to_be_visible()
    expect(toolbar.get_by_role("button", name=re.compile("download", re.IGNORECASE))).to_have_count(0)
