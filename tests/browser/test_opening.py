"""Opening the page: the map stands by itself, everything on it is named, and nobody else is asked for anything."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.browser.acting import SECONDS, address, expect_counts, expect_markers, marker, overlaps
from tests.browser.conftest import Opener
from tests.browser.driving import MARKER, Server, map_document, map_frame

PLACES = {
    "Tokyo": 5, "Yokosuka": 3, "Camp Asaka": 1, "Naval Air Station Fallon": 1, "Malaysia": 1, "South Korea": 1,
}  # fmt: skip


def test_opening_asks_nobody_else_and_shows_every_place(open_page: Opener, server: Server) -> None:
    page = open_page()
    expect_counts(page, 12)
    expect_markers(page, PLACES)
    assert open_page.seen[page].outside == []
    assert open_page.seen[page].errors == []
    assert server.reached_outside == []
    assert address(page) == {"story": ["japan-visit-2025"]}


def test_the_page_comes_to_rest(open_page: Opener) -> None:
    page = open_page("event=hegseth-fallon")
    # Pictures in a row in which nothing on the page has changed, the map's frame apart.
    page.evaluate("""() => {
        window.still = 0;
        const app = document.querySelector(".stApp");
        new MutationObserver(() => { window.still = 0; })
            .observe(app, { attributes: true, childList: true, characterData: true, subtree: true });
        const next = () => { window.still += 1; requestAnimationFrame(next); };
        next();
    }""")
    page.wait_for_function("() => window.still > 60", timeout=SECONDS * 1000)


def test_map_is_drawn_with_land_outlined_countries_and_legs(open_page: Opener) -> None:
    page = open_page()
    frame = map_frame(page)
    expect(frame.locator("path.area")).to_have_count(2)
    for area in frame.locator("path.area").all():
        box = area.bounding_box()
        assert box
        assert box["width"] > 5
        assert box["height"] > 5
    assert frame.locator("path.leg.planned").count() >= 2
    assert frame.locator("path.leg:not(.planned)").count() >= 1
    assert frame.locator(".arrow").count() == frame.locator("path.leg").count()
    # The base map is painted, not merely there: its canvases hold more than one colour.
    painted = """() => [...document.querySelectorAll("canvas")].some(canvas => {
        const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4096) seen.add(data[i] + "," + data[i + 1] + "," + data[i + 2]);
        return seen.size > 1;
    })"""
    map_document(page).wait_for_function(painted)


def test_markers_are_named_buttons_in_the_keyboard_order(open_page: Opener) -> None:
    page = open_page()
    expect_markers(page, PLACES)
    icons = map_frame(page).locator(".leaflet-marker-icon.place")
    buttons = map_frame(page).locator(MARKER)
    assert buttons.count() == icons.count() == 6
    for button in buttons.all():
        assert button.get_attribute("tabindex") == "0"
    expect(marker(page, "Malaysia")).to_have_accessible_name("Malaysia: 1 event")
    expect(marker(page, "Tokyo")).to_have_accessible_name("Tokyo: 5 events")
    buttons.first.focus()
    reached = set()
    for _ in range(6):
        reached.add(map_document(page).evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert len(reached) == 6


def test_names_near_tokyo_stand_apart(open_page: Opener) -> None:
    for width, height in ((1440, 1120), (390, 844)):
        page = open_page(width=width, height=height)
        expect_markers(page, PLACES)
        boxes = {name: marker(page, name).locator(".chip").bounding_box() for name in PLACES}
        assert all(boxes.values()), f"a place has no name at {width} px: {json.dumps(boxes)}"
        assert overlaps(boxes) == [], width  # type: ignore[arg-type]
        frame = page.locator(".st-key-map iframe").bounding_box()
        assert frame
        for name, box in boxes.items():
            assert box
            assert frame["x"] <= box["x"], name
            assert box["x"] + box["width"] <= frame["x"] + frame["width"], name


def test_layers_can_be_switched_and_online_tiles_come_only_when_asked_for(open_page: Opener) -> None:
    page = open_page(outside_allowed=True, errors_allowed=True)
    frame = map_frame(page)
    frame.get_by_role("button", name="Layers").press("Enter")
    expect(frame.get_by_role("checkbox", name="Online map")).not_to_be_checked()
    expect(frame.locator(".mention")).to_have_count(0)
    frame.get_by_role("checkbox", name="Mentioned places").press("Space")
    expect(frame.locator(".mention span", has_text="Beijing")).to_be_visible()
    expect(frame.locator(".mention span", has_text="South China Sea")).to_be_visible()
    frame.get_by_role("checkbox", name="Itineraries").press("Space")
    expect(frame.locator("path.leg")).to_have_count(0)
    assert open_page.seen[page].outside == []
    with page.expect_request(lambda request: "openstreetmap" in request.url):
        frame.get_by_role("checkbox", name="Online map").press("Space")
    # Without internet the tiles fail; land and places stay.
    expect_markers(page, PLACES)
