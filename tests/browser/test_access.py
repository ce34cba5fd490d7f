"""The page for everybody: no rule of WCAG 2.1 A or AA is broken, whatever is open or chosen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import expect_counts, heading, open_events, region
from tests.browser.conftest import Opener
from tests.browser.driving import Violation, map_frame

# Broken by Streamlit itself, out of the page's reach: rule and the end of its selector. This list may only shrink.
STREAMLITS_OWN: set[tuple[str, str]] = set()

Axe = Callable[[Page], list[Violation]]


def broken(violations: list[Violation]) -> list[str]:
    return [
        f"{found.id} ({found.help}): {target}"
        for found in violations
        for target in found.targets
        if not any(found.id == rule and target.endswith(end) for rule, end in STREAMLITS_OWN)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_on_the_page_and_in_its_events(open_page: Opener, axe: Axe, scheme: str) -> None:
    page = open_page(scheme=scheme)
    assert broken(axe(page)) == []
    open_events(page)
    assert broken(axe(page)) == []
    page.get_by_role("tab", name="Sources").click()
    assert broken(axe(page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_with_a_choice_and_a_filter(open_page: Opener, axe: Axe, scheme: str) -> None:
    page = open_page("place=Yokosuka&dates=2025-10-20..2025-10-27&colour=blue", scheme=scheme)
    expect(heading(page)).to_have_text("Yokosuka")
    assert broken(axe(page)) == []
    page.get_by_role("button", name="next").click()
    expect(region(page, "details")).to_contain_text(re.compile(r"event \d of \d"))
    region(page, "status").get_by_role("combobox").click()
    expect(page.get_by_role("option", name="happened")).to_be_visible()
    assert broken(axe(page)) == []


def test_no_barrier_with_lists_open_and_nothing_left(open_page: Opener, axe: Axe) -> None:
    page = open_page("q=nothing+like+it", markers=False)
    expect_counts(page, 0)
    assert broken(axe(page)) == []
    page.get_by_test_id("stPopoverButton").filter(has_text="Export").click()
    expect(page.get_by_role("button", name="CSV")).to_be_visible()
    assert broken(axe(page)) == []
    page.keyboard.press("Escape")
    page.get_by_label("As known on").click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert broken(axe(page)) == []


def test_no_barrier_on_a_telephone(open_page: Opener, axe: Axe) -> None:
    page = open_page(width=390, height=844)
    page.get_by_role("button", name="Filters").click()
    expect(region(page, "filters")).to_be_visible()
    assert broken(axe(page)) == []


def test_no_barrier_in_the_layer_control(open_page: Opener, axe: Axe) -> None:
    page = open_page()
    map_frame(page).get_by_role("button", name="Layers").press("Enter")
    map_frame(page).get_by_role("checkbox", name="Mentioned places").press("Space")
    assert broken(axe(page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_while_the_story_plays(open_page: Opener, axe: Axe, scheme: str) -> None:
    page = open_page(scheme=scheme)
    frame = map_frame(page)
    frame.get_by_role("button", name="Play the story").click()
    bar = frame.get_by_role("group", name="Play the story")
    bar.get_by_role("button", name="Pause").click()
    expect(bar.get_by_role("status")).to_contain_text("of 12")
    assert broken(axe(page)) == []
    bar.get_by_text("Knowledge").click()
    bar.get_by_role("slider", name="Step").press("End")
    expect(bar.get_by_role("status")).to_contain_text("the end")
    assert broken(axe(page)) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_barrier_in_the_list_of_keys_and_with_the_map_over_all(
    open_page: Opener, axe: Axe, scheme: str, width: int
) -> None:
    page = open_page(scheme=scheme, width=width)
    map_frame(page).get_by_role("button", name="Full screen").click()
    expect(map_frame(page).get_by_role("button", name="Leave full screen")).to_be_visible()
    assert broken(axe(page)) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert broken(axe(page)) == []


def test_every_control_has_a_name(open_page: Opener) -> None:
    page = open_page()
    # The calendar keeps an input that nobody can come to.
    for control in page.locator(
        "button:visible, input:visible:not([tabindex='-1']), a:visible, [role=slider]:visible"
    ).all():
        assert control.evaluate(
            """one => one.textContent.trim() || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")
                || (one.labels && one.labels.length && one.labels[0].textContent)"""
        ), control.evaluate("one => one.outerHTML")
