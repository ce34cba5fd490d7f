"""Questions that readers come with about what changed and how sure it is, each answered in at most two acts.

An act is what a reader does once: a choice in a list, a click, a key. Opening the list is part of choosing in it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import event_link, heading, marker, open_events, region
from tests.browser.conftest import Opener
from tests.browser.driving import MARKER, Server, map_frame

REPORTS = """event,title,who,place,when,status,reported,source,note
talks,The ministers' talks,Ann Lee;Ben Roy,Tokyo,[2025-10-27..2025-10-31],possible,2025-10-20,Wire,
talks,,,,2025-10-28,scheduled,2025-10-22,Foreign Ministry,
talks,,,Osaka,2025-10-30,,2025-10-24,Foreign Ministry,
tour,The port tour,Ann Lee,Yokohama,2025-10-29,expected,2025-10-20,Gazette,
tour,,,,,cancelled,2025-10-23,Port Authority,
fire,Fire on the quay,,Kobe,2025-10-19,happened,2025-10-20,Wire,
fire,,,,2025-10-18,,2025-10-23,Courier,
raid,A raid on the depot,,Nagoya,2025-10-19,happened,2025-10-20,Courier,
raid,,,,,denied,2025-10-24,Defense Ministry,
carrier,The carrier is in port,USS Example,Yokosuka,2025-10-05/2025-10-12,happened,2025-10-06,Wire,
carrier,,,,,,2025-10-07,Gazette,
launch,The satellite is launched,,Tanegashima,2025-10-24,happened,2025-10-24,Agency,
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions") / "ministers"
    folder.mkdir()
    (folder / "reports.csv").write_text(REPORTS, "utf-8")
    (folder / "story.toml").write_text('title = "Ministers meet"\npublished = 2025-10-24\n', "utf-8")
    return folder


@pytest.fixture
def page(story: Path, serve, open_page: Opener) -> Page:  # type: ignore[no-untyped-def]
    server: Server = serve(story)
    return open_page("story=ministers", server=server)


def choose(page: Page, control: str, option: str) -> None:
    region(page, control).get_by_role("combobox").click()
    page.get_by_role("option", name=option).click()


def test_when_did_the_meeting_become_certain(page: Page) -> None:
    choose(page, "since", "changes since Mon, Oct 20")
    region(page, "changes").get_by_text("more", exact=False).first.click()
    became = region(page, "changes").get_by_role("listitem").filter(has_text="became certain")
    expect(became).to_contain_text("Oct 22")
    expect(became).to_contain_text("scheduled for Tue, Oct 28, was possible in the week of Oct 27 (Foreign Ministry)")


def test_who_said_it_first(page: Page) -> None:
    event_link(page, "timeline", "talks").click()
    expect(heading(page)).to_have_text("The ministers' talks")
    expect(region(page, "details").locator(".report").last).to_contain_text("Mon, Oct 20 · Wire")


def test_where_was_the_carrier_on_a_day(page: Page) -> None:
    event_link(page, "timeline", "carrier").click()
    expect(region(page, "details")).to_contain_text("Oct 5 – 12")
    expect(region(page, "details")).to_contain_text("Yokosuka")


def test_what_is_new_since_yesterday(page: Page) -> None:
    choose(page, "since", "changes since Thu, Oct 23")
    expect(region(page, "changes")).to_contain_text("3 changes since Thu, Oct 23")
    expect(map_frame(page).locator(f"{MARKER}.changed")).to_have_count(3)


def test_where_was_it_to_be_before(page: Page) -> None:
    choose(page, "since", "changes since Thu, Oct 23")
    expect(region(page, "changes")).to_contain_text("scheduled for Thu, Oct 30 in Osaka, was on Tue, Oct 28 in Tokyo")
    expect(map_frame(page).locator(".former")).to_have_text("was Tokyo")
    expect(region(page, "timeline").locator(".former")).to_have_count(2)


def test_was_anything_called_off(page: Page) -> None:
    choose(page, "since", "changes since Wed, Oct 22")
    region(page, "changes").get_by_text("more", exact=False).first.click()
    expect(region(page, "changes")).to_contain_text(
        "The port tour was cancelled — was expected on Wed, Oct 29 (Port Authority)"
    )


def test_what_do_sources_disagree_on(page: Page) -> None:
    choose(page, "sure", "contested")
    expect(region(page, "counts")).to_contain_text("1 of 6 events")
    page.keyboard.press("Escape")
    event_link(page, "timeline", "fire").click()
    expect(region(page, "details").locator(".disputed")).to_contain_text("Sun, Oct 19")
    expect(region(page, "details").locator(".disputed")).to_contain_text("Sat, Oct 18")


def test_who_denies_it(page: Page) -> None:
    choose(page, "sure", "denied")
    expect(region(page, "counts")).to_contain_text("1 of 6 events")
    page.keyboard.press("Escape")
    event_link(page, "timeline", "raid").click()
    expect(region(page, "details").locator(".report").first).to_contain_text("Defense Ministry")


def test_what_rests_on_one_source_alone(page: Page) -> None:
    choose(page, "sure", "single-source")
    expect(region(page, "counts")).to_contain_text("3 of 6 events")


def test_how_is_it_known_how_sure_an_event_is(page: Page) -> None:
    event_link(page, "timeline", "carrier").click()
    expect(region(page, "details")).to_contain_text("corroborated: 2 independent sources agree")
    region(page, "details").get_by_text("how it is counted").click()
    expect(region(page, "details")).to_contain_text("A source that only cites another is not independent of it")


# ---- beside the questions -------------------------------------------------------------------------------------------


def test_a_change_leads_to_its_event(page: Page) -> None:
    choose(page, "since", "changes since Thu, Oct 23")
    region(page, "changes").get_by_role("link", name="The satellite is launched").click()
    expect(heading(page)).to_have_text("The satellite is launched")
    page.wait_for_url("**event=launch*")
    assert "since=2025-10-23" in page.url
    choose(page, "since", "no changes marked")
    expect(region(page, "changes").locator(".changes")).to_have_count(0)
    expect(heading(page)).to_have_text("The satellite is launched")
    expect(map_frame(page).locator(".place.changed")).to_have_count(0)


def test_a_browser_that_comes_back_is_offered_what_is_new(story: Path, serve, open_page: Opener) -> None:  # type: ignore[no-untyped-def]
    page = open_page("story=ministers", server=serve(story))
    line = page.locator("p.visit")
    expect(line).to_be_hidden()
    # As if it had been here two days ago, in a tab that is closed by now.
    page.evaluate(
        """() => {
            const seen = JSON.parse(localStorage.getItem("dateline.seen"));
            for (const story of Object.keys(seen)) seen[story] = "2025-10-22";
            localStorage.setItem("dateline.seen", JSON.stringify(seen));
            sessionStorage.clear();
        }"""
    )
    page.reload()
    link = page.get_by_role("link", name="New since you were here")
    expect(link).to_be_visible()
    link.click()
    expect(region(page, "changes")).to_contain_text("since Wed, Oct 22")
    page.wait_for_url("**since=2025-10-22*")
    page.goto(page.url.partition("?")[0] + "?story=ministers")
    marker(page, "Kobe").wait_for()
    expect(page.locator("p.visit")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_changes_and_sources_that_disagree_are_accessible(  # type: ignore[no-untyped-def]
    story: Path, serve, open_page: Opener, axe, width: int, scheme: str
) -> None:
    query = "story=ministers&since=2025-10-20&event=fire"
    page = open_page(query, server=serve(story), width=width, scheme=scheme)
    expect(region(page, "details").locator(".disputed")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_marks_stand_in_the_table_too(page: Page) -> None:
    choose(page, "since", "changes since Thu, Oct 23")
    open_events(page)
    row = region(page, "events").get_by_role("row").filter(has_text="talks")
    expect(row.locator(".changed")).to_have_text("moved")
    expect(row.locator(".c-source")).to_have_text(re.compile("Foreign Ministry *single source"))
