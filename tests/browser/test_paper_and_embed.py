"""The page on paper, and inside another page."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

HEIGHTS = "addEventListener('message', (event) => { if (event.data?.type === 'dateline:height') heights.push(event.data.height); })"


def test_on_paper_there_is_the_story_and_nothing_to_press(open_page: Opener) -> None:
    page = open_page("place=Yokosuka", width=794, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for shown in (
        ".st-key-map iframe",
        ".st-key-itinerary .card",
        ".st-key-events table",
        ".sources",
        ".st-key-details",
    ):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (
        ".st-key-top",
        ".st-key-filters",
        ".st-key-steps",
        "[role=tablist]",
        ".st-key-timeline",
        ".copy-link",
    ):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    inked = page.evaluate("getComputedStyle(document.querySelector('.st-key-events td')).color")
    assert inked == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    link = page.locator(".st-key-details a[href^='http']").first
    if link.count():
        assert link.get_attribute("href") in page.evaluate(
            "(a) => getComputedStyle(a, '::after').content", link.element_handle()
        )
    whole = page.evaluate("document.documentElement.scrollHeight")
    assert whole > 2 * page.viewport_size["height"], "it is as long as what it holds, not a box that scrolls"
    assert page.evaluate("document.documentElement.scrollWidth") <= 794


@pytest.mark.parametrize("width", [390, 800])
def test_inside_another_page_it_tells_its_height_and_has_no_controls(open_page: Opener, width: int) -> None:
    page = open_page("", width=width + 40)
    page.evaluate(f"window.heights = []; {HEIGHTS}")
    page.evaluate(
        "(width) => { const frame = document.createElement('iframe'); frame.id = 'inside'; frame.width = width; frame.height = 500;"
        " frame.src = '/?who=Pete+Hegseth&embed=true'; document.body.replaceChildren(frame); }",
        width,
    )
    inside = page.frame_locator("#inside")
    expect(inside.locator(".st-key-headline h1")).to_be_visible(timeout=60_000)
    expect(inside.locator(".st-key-timeline .timeline")).to_be_visible(timeout=60_000)
    expect(inside.locator(".st-key-top")).to_be_hidden()
    expect(inside.locator(".st-key-filters")).to_be_hidden()
    page.wait_for_function("heights.length && heights.at(-1) > 600")
    sideways = inside.locator("body").evaluate("(body) => body.ownerDocument.documentElement.scrollWidth")
    assert sideways <= width
    # As high as it says: nothing is left to scroll, and it does not grow by that.
    page.evaluate("document.querySelector('#inside').height = heights.at(-1)")
    expect(inside.get_by_role("link", name="Open in Dateline")).to_have_attribute(
        "href", re.compile(r"\?who=Pete\+Hegseth$")
    )
    page.wait_for_function("heights.at(-1) < 6000")


def test_the_lines_to_embed_show_what_is_shown_now(open_page: Opener) -> None:
    page = open_page("q=carrier")
    page.get_by_role("button", name="Embed").click()
    dialog = page.get_by_role("dialog", name="Embed")
    lines = dialog.get_by_label("Lines to embed").input_value()
    frame = page.evaluate(
        "(text) => { const t = document.createElement('template'); t.innerHTML = text; const f = t.content.firstElementChild;"
        " return JSON.stringify(Object.fromEntries([...f.attributes].map((one) => [one.name, one.value]))); }",
        lines,
    )
    given = json.loads(frame)
    assert given["src"].endswith("q=carrier&embed=true")
    assert {name: given[name] for name in ("width", "height", "loading", "allow")} == {
        "width": "960", "height": "720", "loading": "lazy", "allow": "fullscreen",
    }  # fmt: skip
    assert given["title"] == page.locator(".st-key-headline h1").inner_text()
    dialog.get_by_role("button", name="Preview").click()
    expect(page.frame_locator("dialog.embed iframe").locator(".st-key-headline h1")).to_be_visible(timeout=60_000)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
