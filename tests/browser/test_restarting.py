"""A server that ends while a tab is open, and another in its place: work, place and first act are there."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import marker, region
from tests.browser.conftest import Opener
from tests.browser.driving import free_port, serving, wait_until_ready
from tests.browser.test_editing import fill, press, wait_for_unsaved
from tests.story import postgres

CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
LOST = "[data-testid=stApp]:not([data-test-connection-state=CONNECTED])"


def title(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_the_first_act_in_an_open_tab_counts_after_the_server_was_killed(open_page: Opener, tmp_path: Path) -> None:
    ours = {"DATELINE_DATABASE_URL": f"sqlite:///{tmp_path / 'library.sqlite'}"}
    port = free_port()
    with serving(tmp_path / "first.log", env=ours, port=port) as first:
        page = open_page(server=first, errors_allowed=True)
        press(page, "Edit a copy")
        fill(page, "Title", "Journeys")
        title(page, "Journeys")
        wait_for_unsaved(tmp_path / "library.sqlite", "Journeys")
        os.kill(first.process_id, signal.SIGKILL)
        page.locator(LOST).wait_for(state="attached")
    with serving(tmp_path / "second.log", env=ours, port=port):
        page.locator(CONNECTED).wait_for(state="attached")
        expect(region(page, "notices")).to_contain_text("The connection was lost")
        fill(page, "Title", "Journeys on")
        title(page, "Journeys on")
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
        wait_for_unsaved(tmp_path / "library.sqlite", "Journeys on")


def test_a_reader_goes_on_with_a_click_after_the_server_was_killed(open_page: Opener, tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "first.log", port=port) as first:
        page = open_page(server=first, errors_allowed=True)
        os.kill(first.process_id, signal.SIGKILL)
        page.locator(LOST).wait_for(state="attached")
    with serving(tmp_path / "second.log", port=port):
        page.locator(CONNECTED).wait_for(state="attached")
        expect(region(page, "notices")).to_contain_text("The connection was lost")
        marker(page, "Yokosuka").click()
        expect(region(page, "details").get_by_role("heading", level=2)).to_contain_text("Yokosuka")


def test_what_waits_is_told_and_written_when_the_server_is_stopped(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with serving(tmp_path / "first.log", env={"DATELINE_DATABASE_URL": f"sqlite:///{path}"}) as first:
        page = open_page(server=first, errors_allowed=True)
        press(page, "Edit a copy")
        fill(page, "Title", "Journeys")
        wait_for_unsaved(path, "Journeys")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            fill(page, "Title", "Journeys on")
            title(page, "Journeys on")
            expect(region(page, "edit")).to_contain_text("Not autosaved yet. The library is busy.")
            other.execute("rollback")
        expect(region(page, "edit")).not_to_contain_text("Not autosaved yet")
        wait_for_unsaved(path, "Journeys on")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            fill(page, "Title", "Journeys to the end")
            expect(region(page, "edit")).to_contain_text("Not autosaved yet. The library is busy.")
            os.kill(first.process_id, signal.SIGTERM)
            page.locator(LOST).wait_for(state="attached")
            other.execute("rollback")
    wait_for_unsaved(path, "Journeys to the end")


@pytest.fixture
def server_of_both() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip(postgres.HOW)
    with postgres.running() as url:
        yield url


def test_a_browser_goes_on_at_another_server_of_the_library_when_one_is_killed(
    open_page: Opener, tmp_path: Path, server_of_both: str
) -> None:
    ours = {"DATELINE_DATABASE_URL": server_of_both}
    with (
        serving(tmp_path / "first.log", env=ours) as first,
        serving(tmp_path / "second.log", env=ours) as second,
    ):
        page = open_page(server=first, errors_allowed=True)
        press(page, "Edit a copy")
        fill(page, "Title", "One")
        title(page, "One")
        query = page.url.partition("?")[2]
        for server, said in ((second, "Two"), (first, "Three"), (second, "Four")):
            before = {"Two": "One", "Three": "Two", "Four": "Three"}[said]
            page.goto(f"{server.url}/?{query}", wait_until="domcontentloaded")
            wait_until_ready(page)
            title(page, before)
            press(page, "Edit")
            fill(page, "Title", said)
            title(page, said)
            expect(region(page, "edit")).not_to_contain_text("Not autosaved yet")
        os.kill(second.process_id, signal.SIGKILL)
        page.goto(f"{first.url}/?{query}", wait_until="domcontentloaded")
        wait_until_ready(page)
        title(page, "Four")
