"""A story's own fields in the browser: colours, circles, filters, and pictures that are loaded on asking only."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.acting import expect_counts, open_events, region, write_csv
from tests.browser.conftest import Opener
from tests.browser.driving import MARKER, Server, map_frame, scan, wait_until_ready, watch

COLUMNS = ("event", "title", "place", "when", "Side", "Killed", "picture", "caption", "alt", "graphic")
TEXT = "<img src=x onerror=alert(1)>${alert(1)}"


def picture() -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(raw, "PNG")
    return raw.getvalue()


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another server, which has a picture at /a.png."""
    content = picture()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ports(tmp_path: Path, elsewhere: str) -> Path:
    story = tmp_path / "ports"
    story.mkdir()
    rows = [
        ("a", "Strike", "Odesa", "2025-10-01", "North", "12,400", f"{elsewhere}/a.png", "Smoke", "A burning crane", ""),
        ("b", "Talks", "Vienna", "2025-10-03", "South", "120", "", "", "", ""),
        ("c", "Second strike", "Odesa", "2025-10-05", "South", "3,000", f"{elsewhere}/c.png", "", "", "yes"),
        ("d", "Convoy", "Warsaw", "2025-10-07", "North", "", "", "", "", ""),
        ("e", TEXT, "Budapest", "2025-10-08", TEXT, "7", "javascript:alert(1)", TEXT, "", ""),
        ("f", "Six", "Budapest", "2025-10-09", TEXT, "8", "", "", "", ""),
    ]
    write_csv(story / "reports.csv", COLUMNS, rows)
    (story / "story.toml").write_text('title = "Ports"\n', "utf-8")
    return story


def choose(page: Page, control: str, value: str) -> None:
    box = region(page, "paint").get_by_role("combobox", name=control)
    box.click()
    page.get_by_role("option", name=value, exact=True).click()


def test_colour_and_size_are_chosen_above_the_map_and_kept_in_the_address(
    open_page: Opener, serve: Callable[..., Server], ports: Path
) -> None:
    page = open_page("", server=serve(ports))
    dots = map_frame(page).locator(".dot.painted")
    expect(dots).to_have_count(0)
    choose(page, "Colour by", "Side")
    expect(dots).to_have_count(4)
    expect(map_frame(page).locator(".dot.mixed")).to_have_count(1)
    expect(region(page, "legend")).to_contain_text("North")
    choose(page, "Size by", "Killed")
    expect(map_frame(page).locator("path.size")).to_have_count(3)
    expect(map_frame(page).get_by_role("button", name="Odesa: 2 events")).to_have_attribute(
        "aria-description", "Side: North 1, South 1; Killed: 15\u202f400"
    )
    expect(region(page, "timeline").locator(".mark.k0, .mark.k1, .mark.k2")).to_have_count(6)
    assert "colour=Side" in page.url
    assert "size=Killed" in page.url
    page.reload()
    wait_until_ready(page)
    expect(map_frame(page).locator("path.size")).to_have_count(3)
    assert page.evaluate("window.ran") is None
    assert scan(page) == []
    choose(page, "Size by", "nothing")
    expect(map_frame(page).locator("path.size")).to_have_count(0)


def test_a_field_is_filtered_under_more(open_page: Opener, serve: Callable[..., Server], ports: Path) -> None:
    page = open_page("", server=serve(ports))
    expect_counts(page, 6, 6)
    page.get_by_role("button", name="More", exact=True).click()
    lowest = page.get_by_role("spinbutton", name="Killed, from")
    lowest.fill("1000")
    lowest.press("Enter")
    expect(map_frame(page).locator(MARKER)).to_have_count(1)
    expect(page.get_by_role("button", name="More · 1")).to_be_visible()
    assert scan(page) == []
    assert "field=Killed%3A1000.." in page.url
    open_events(page)
    expect(region(page, "events")).to_contain_text("12\u202f400")


def test_a_picture_is_loaded_on_asking_only_and_a_graphic_one_asks_twice(
    open_page: Opener, serve: Callable[..., Server], ports: Path, elsewhere: str
) -> None:
    page = open_page("?event=a", server=serve(ports))
    seen = watch(page)
    details = region(page, "details")
    button = details.get_by_role("button", name="Load picture from 127.0.0.1")
    expect(button).to_be_visible()
    assert not [url for url in seen.requests if url.startswith(elsewhere)]
    button.click()
    shown = details.frame_locator("iframe.loaded-medium").get_by_role("img", name="A burning crane")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 40)
    assert [url for url in seen.requests if url.startswith(elsewhere)] == [f"{elsewhere}/a.png"]
    page.get_by_role("button", name="next").click()
    page.get_by_role("button", name="next").click()
    expect(details).to_contain_text("Second strike")
    details.get_by_role("button", name="Load picture from 127.0.0.1").click()
    again = details.get_by_role("button", name="It may be distressing. Load it from 127.0.0.1 all the same?")
    expect(again).to_be_visible()
    assert f"{elsewhere}/c.png" not in seen.requests
    again.click()
    expect(details.frame_locator("iframe.loaded-medium").get_by_role("img")).to_be_visible()
    assert seen.errors == []


def test_what_is_no_web_address_is_never_a_picture(
    open_page: Opener, serve: Callable[..., Server], ports: Path
) -> None:
    page = open_page("?event=e", server=serve(ports))
    expect(region(page, "details")).to_contain_text(TEXT)
    expect(region(page, "details").locator(".load-medium, a[href^=javascript], img")).to_have_count(0)
    answer = page.request.get(f"{page.url.split('?')[0]}dateline/medium?link=javascript:alert(1)")
    assert answer.status == 400


def test_the_map_with_its_choices_is_as_tall_as_its_details_while_editing_and_over_all_of_the_window(
    open_page: Opener, serve: Callable[..., Server], ports: Path
) -> None:
    page = open_page("", server=serve(ports))
    level = """() => {
        const [map, details] = ["map", "details"].map((name) => document.querySelector(`.st-key-${name}`));
        return Math.abs(map.getBoundingClientRect().bottom - details.getBoundingClientRect().bottom) < 8;
    }"""
    map_frame(page).get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.documentElement.hasAttribute('data-map-full')")
    page.wait_for_function(level)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit a copy").click()
    page.wait_for_function("() => document.documentElement.hasAttribute('data-editing')")
    page.wait_for_function(level)
