"""The page on paper, and inside another page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

FOLLOW = """() => addEventListener("message", ({ data }) => {
  if (data?.type === "dateline:height") document.querySelector("#inside").height = data.height;
})"""
NOTHING_TO_SCROLL = """() => new Promise((done) => {
  const began = performance.now();
  const main = document.querySelector(".stMain");
  const look = () => {
    if (main.scrollHeight <= main.clientHeight) done(true);
    else if (performance.now() - began > 30000) done(false);
    else requestAnimationFrame(look);
  };
  look();
})"""
PUT_INSIDE = """(width) => {
  const frame = document.createElement("iframe");
  frame.style.border = "0";
  Object.assign(frame, { id: "inside", width, height: 500, src: "/?who=Pete+Hegseth&embed=true" });
  document.body.replaceChildren(frame);
}"""
ATTRIBUTES = """(text) => {
  const holder = document.createElement("template");
  holder.innerHTML = text;
  return Object.fromEntries([...holder.content.firstElementChild.attributes].map(({ name, value }) => [name, value]));
}"""
STORY = """event,title,place,when,who,status,source,url
a,Departure,Lisbon,2025-03-01,Ada Quist,happened,Agency,https://example.org/one
b,Arrival,Madrid,2025-03-04,Ada Quist,expected,Agency,
"""


@pytest.mark.parametrize("width", [390, 800])
def test_inside_another_page_it_tells_its_height_and_has_no_controls(open_page: Opener, width: int) -> None:
    page = open_page(width=1000)
    page.evaluate(FOLLOW)
    page.evaluate(PUT_INSIDE, width)
    inside = page.frame_locator("#inside")
    expect(inside.locator(".st-key-timeline .timeline")).to_be_visible(timeout=60_000)
    for hidden in (".st-key-top", ".st-key-filters"):
        expect(inside.locator(hidden)).to_be_hidden()
    body = inside.locator("body")
    assert body.evaluate("() => document.documentElement.scrollWidth") <= width
    whole = inside.get_by_role("link", name="Open in Dateline")
    expect(whole).to_have_attribute("href", re.compile(r"who=Pete\+Hegseth$"))
    assert body.evaluate(NOTHING_TO_SCROLL), "it is as high as it says"


def test_the_lines_to_embed_show_what_is_shown_now(open_page: Opener) -> None:
    page = open_page("q=carrier")
    page.get_by_role("button", name="Embed").click()
    dialog = page.get_by_role("dialog", name="Embed")
    given = page.evaluate(ATTRIBUTES, dialog.get_by_label("Lines to embed").input_value())
    assert given["src"].endswith("q=carrier&embed=true")
    assert (given["width"], given["height"], given["loading"], given["allow"]) == ("960", "720", "lazy", "fullscreen")
    assert given["title"] == page.locator(".st-key-headline h1").inner_text()
    dialog.get_by_role("button", name="Preview").click()
    shown = page.frame_locator("dialog.embed iframe").locator(".st-key-headline h1")
    expect(shown).to_be_visible(timeout=60_000)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_on_paper_there_is_the_story_and_nothing_to_press(open_page: Opener, serve: object, tmp_path: Path) -> None:
    (tmp_path / "trip.csv").write_text(STORY)
    page = open_page("event=a", width=794, scheme="dark", server=serve(tmp_path / "trip.csv"))  # type: ignore[operator]
    page.emulate_media(media="print", color_scheme="dark")
    for shown in (".st-key-map iframe", ".st-key-itinerary .card", ".on-paper", ".st-key-details"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".st-key-top", ".st-key-filters", ".st-key-steps", "[role=tablist]", ".st-key-timeline"):
        expect(page.locator(hidden).first).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('.st-key-itinerary .card li')).color")
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert (ink, ground) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    source = page.locator(".st-key-details a[href='https://example.org/one']").first
    assert "https://example.org/one" in source.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.evaluate("document.documentElement.scrollHeight") > 1120, "all of it, and no box that scrolls"
    # Chromium would keep it for the frames of the next page.
    page.emulate_media(media="screen")
