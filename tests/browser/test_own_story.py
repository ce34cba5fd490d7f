"""A reader opens a table of their own: columns guessed and shown, the order of days asked, nobody else sees it."""

from __future__ import annotations

import os
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import heading, marker, markers, region
from tests.browser.conftest import Opener
from tests.browser.driving import ROOT, Server, Violation, wait_until_ready
from tests.story.test_sandbox import far

VISITS = """Date,Location,Country,Visitor,Remarks
9/5/2016,London,United Kingdom,Jane Doe,Talks
9/7/2016,Paris,France,Jane Doe,Talks
9/12/2016,Ottawa,Canada,John Roe,"<img src=x onerror=alert(1)>"
soon,Ottawa,Canada,John Roe,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, "utf-8")
    return path


def choose_file(page: Page, path: Path) -> None:
    page.get_by_role("button", name="Open a story").click()
    page.locator("[role=dialog] input[type=file]").set_input_files(path)


def test_a_table_is_opened_after_its_columns_were_shown_and_the_order_of_days_asked(
    open_page: Opener, table: Path
) -> None:
    page = open_page()
    choose_file(page, table)
    dialog = page.get_by_role("dialog")
    opening = dialog.get_by_role("button", name="Open 4 rows")
    expect(opening).to_be_disabled()
    expect(dialog).to_contain_text("Location")
    expect(dialog).to_contain_text("Visitor")
    dialog.get_by_text("(month first)").click()
    expect(opening).to_be_enabled()
    opening.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")
    expect(marker(page, "Ottawa")).to_be_attached()
    wait_until_ready(page)
    assert markers(page) == {"London": 1, "Paris": 1, "Ottawa": 2}
    expect(region(page, "counts")).to_contain_text("4 events")
    expect(region(page, "edit")).to_contain_text("1 problem")
    marker(page, "Paris").click()
    expect(heading(page)).to_have_text("Paris")


DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/csv" }));
    for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
        document.querySelector(".st-key-headline").dispatchEvent(event);
    }
}"""


def test_a_file_is_dropped_anywhere_on_the_page(open_page: Opener) -> None:
    page = open_page()
    page.evaluate(DROP, ["visits.csv", VISITS])
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("4 rows, UTF-8, columns between commas")
    dialog.get_by_text("Sep 5, 2016 (month first)").click()
    expect(dialog.locator("table.preview")).to_contain_text("London, England, United Kingdom")
    dialog.get_by_role("button", name="Open 4 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")


def test_a_wrong_guess_is_put_right_before_opening(open_page: Opener, table: Path) -> None:
    page = open_page()
    choose_file(page, table)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("(month first)").click()
    details = dialog.locator("[data-testid=stMultiSelect]").filter(has_text="Details")
    details.get_by_role("button", name=re.compile("Remove Remarks|Clear")).first.click()
    what = dialog.get_by_role("combobox", name=re.compile("What happened"))
    what.click()
    page.get_by_role("option", name="Remarks").click()
    page.keyboard.press("Escape")
    expect(dialog.locator("table.preview tbody td").first).to_have_text("Talks")


def test_the_files_of_a_story_folder_open_together(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Open a story").click()
    folder = ROOT / "data" / "stories" / "japan-visit-2025"
    page.locator("[role=dialog] input[type=file]").set_input_files([folder / "reports.csv", folder / "story.toml"])
    page.get_by_role("dialog").get_by_role("button", name=re.compile(r"Open \d+ rows")).click()
    expect(page).to_have_url(re.compile("story=own-"))
    expect(region(page, "counts")).to_contain_text("Friday, Oct 24, 2025")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opening_breaks_no_rule_of_access(
    open_page: Opener, axe: Callable[[Page], list[Violation]], table: Path, scheme: str
) -> None:
    page = open_page(scheme=scheme)
    choose_file(page, table)
    page.get_by_text("(month first)").click()
    expect(page.get_by_role("dialog").locator("table.preview")).to_be_visible()
    assert axe(page) == []


def test_nobody_else_can_open_it_by_its_address(open_page: Opener, table: Path) -> None:
    page = open_page()
    choose_file(page, table)
    page.get_by_text("(month first)").click()
    page.get_by_role("button", name="Open 4 rows").click()
    expect(page).to_have_url(re.compile("story=own-"))
    other = open_page(page.url.partition("?")[2])
    expect(other.get_by_role("heading", level=1)).not_to_have_text("Visits")
    expect(region(other, "notices")).to_contain_text("the first one is shown instead")


def test_a_file_that_is_no_table_says_why(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
    page = open_page()
    choose_file(page, path)
    expect(page.get_by_role("dialog").locator(".notice")).to_contain_text("picture.csv")


def test_a_workbook_made_to_fill_the_memory_is_told_while_another_reader_is_served(
    open_page: Opener, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(far("<c r='XFD1048576'><v>1</v></c>"))
    page, other = open_page(), open_page()
    choose_file(page, path)
    marker(other, "Yokosuka").click()
    expect(heading(other)).to_have_text("Yokosuka")
    expect(page.get_by_role("dialog").locator(".notice")).to_contain_text("'far.xlsx' needs more than")
    other.get_by_role("button", name="show all").click()
    wait_until_ready(other)
    # A signal of 0 is none: it fails where the process is no more.
    os.kill(server.process_id, 0)
    good = tmp_path / "visits.csv"
    good.write_text(VISITS, "utf-8")
    page.locator("[role=dialog] input[type=file]").set_input_files(good)
    expect(page.get_by_role("dialog")).to_contain_text("4 rows, UTF-8")


def await_uploads(server: Server, held: bool) -> None:
    """Waits until a running page holds bytes of uploaded files, or none any more, by its own count."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = monotonic() + 30
    while monotonic() < deadline:
        with opener.open(f"{server.url}/_stcore/metrics") as answer:
            if (b"UploadedFileManager" in answer.read()) == held:
                return
        Event().wait(0.05)
    raise AssertionError(f"the page {'does not hold' if held else 'still holds'} what was uploaded")


def test_the_page_lets_go_of_a_file_that_was_opened_or_whose_dialog_was_closed(
    open_page: Opener, serve: Callable[..., Server], table: Path
) -> None:
    server = serve(env={"DATELINE_FRAME_ANCESTORS": "https://news.example.org"})
    page = open_page(server=server)
    choose_file(page, table)
    page.get_by_text("(month first)").click()
    await_uploads(server, True)
    page.get_by_role("button", name="Open 4 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits")
    wait_until_ready(page)
    await_uploads(server, False)
    choose_file(page, table)
    expect(page.get_by_role("dialog")).to_contain_text("4 rows")
    await_uploads(server, True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_ready(page)
    await_uploads(server, False)


def test_a_table_that_takes_long_shows_how_far_it_is_and_can_be_called_off(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"2025-10-{n % 28 + 1:02},Qx{n}zvile,Ada\n" for n in range(60_000))
    path.write_text(f"Date,Location,Visitor\n{rows}", "utf-8")
    page = open_page()
    choose_file(page, path)
    page.get_by_role("button", name="Open 60,000 rows").click()
    expect(page.get_by_text("Opening the story")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(region(page, "notices")).to_contain_text("cancelled")
    wait_until_ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hegseth")
