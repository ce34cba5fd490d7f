"""The stories that are here, as cards in a real browser: seen, reached by the keyboard, opened by a click."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.acting import address, expect_counts
from tests.browser.conftest import Opener
from tests.browser.driving import Violation

Axe = Callable[[Page], list[Violation]]
DRAWN = "all => all.length === 6 && all.every(one => one.complete && one.naturalWidth > 0)"


def open_cards(page: Page) -> Locator:
    """Opens the dialog, and waits until each story in it has its map."""
    page.get_by_role("button", name="Open a story").click()
    maps = page.get_by_role("dialog").locator(".story-card img")
    expect(maps).to_have_count(6)
    assert maps.evaluate_all(DRAWN)
    return page.get_by_role("dialog").get_by_role("link")


def test_a_story_is_opened_by_its_card_without_loading_the_page_anew(open_page: Opener, axe: Axe) -> None:
    page = open_page()
    page.evaluate("window.sameDocument = true")
    cards = open_cards(page)
    assert axe(page) == []
    expect(cards.filter(has_text="Hegseth may return")).to_have_attribute("aria-current", "true")
    cards.filter(has_text="Sandy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Sandy"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_counts(page, 25, 25)
    assert address(page) == {"story": ["sandy-2012"]}
    assert page.evaluate("window.sameDocument")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Hegseth"))


def test_on_a_telephone_the_cards_are_a_row_that_the_keyboard_goes_along(open_page: Opener) -> None:
    page = open_page(width=390, height=844, scheme="dark")
    cards = open_cards(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cards.first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    last = cards.nth(3)
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    title = last.locator("b").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
