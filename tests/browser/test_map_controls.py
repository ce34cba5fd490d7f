"""The map's own controls: zoom, fit, full screen, the list of keys; and what moves the map when a filter changes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.acting import SECONDS, expect_at_rest, expect_counts, heading, marker, region
from tests.browser.conftest import Opener
from tests.browser.driving import map_document, map_frame

PLACE = """(label) => {
    const dot = [...document.querySelectorAll(".place")].find(one => one.getAttribute("aria-label").startsWith(label));
    const box = dot?.querySelector(".dot").getBoundingClientRect();
    return box ? [Math.round(box.x), Math.round(box.y)] : null;
}"""


def press(page: Page, name: str) -> None:
    map_frame(page).get_by_role("button", name=name).click()


def test_a_filter_fits_the_map_to_what_is_left(open_page: Opener) -> None:
    page = open_page()
    expect(marker(page, "Naval Air Station Fallon")).to_be_visible()
    page.get_by_role("button", name="Donald Trump").click()
    expect_counts(page, 3)
    # Asia alone is left, and fills the map: Malaysia lies in its south-west, Tokyo in its north-east.
    map_document(page).wait_for_function(
        f"() => {{ const at = ({PLACE})('Malaysia'), to = ({PLACE})('Tokyo');"
        " return at && to && to[0] - at[0] > innerWidth * 0.3 && at[1] - to[1] > innerHeight * 0.5; }",
        timeout=SECONDS * 1000,
    )


def test_a_filter_leaves_a_map_where_the_reader_has_moved_it_until_it_is_to_fit_again(open_page: Opener) -> None:
    page = open_page()
    expect(marker(page, "Tokyo")).to_be_visible()
    page.mouse.move(500, 700)
    page.mouse.down()
    page.mouse.move(560, 640, steps=5)
    page.mouse.up()
    map_document(page).wait_for_function("!document.querySelector('.leaflet-pan-anim')")
    before = map_document(page).evaluate(PLACE, "Malaysia")
    page.get_by_role("button", name="Donald Trump").click()
    expect_counts(page, 3)
    expect(marker(page, "Naval Air Station Fallon")).to_have_count(0)
    assert map_document(page).evaluate(PLACE, "Malaysia") == before
    press(page, "Fit the map to the story")
    map_document(page).wait_for_function(
        f"(before) => String(({PLACE})('Malaysia')) !== String(before)", arg=before, timeout=SECONDS * 1000
    )


def test_choosing_a_place_by_hand_is_not_moving_the_map(open_page: Opener) -> None:
    page = open_page()
    marker(page, "Malaysia").click()
    expect(heading(page)).to_have_text("Malaysia")
    region(page, "steps").get_by_role("button", name="show all").click()
    page.get_by_role("button", name="Pete Hegseth").click()
    expect(marker(page, "Malaysia")).to_have_count(0)
    expect_at_rest(page, "Tokyo", far="Malaysia")


def test_a_press_on_a_control_chooses_no_point_of_the_map(open_page: Opener) -> None:
    page = open_page()
    for name in ("Zoom in", "Full screen", "Leave full screen", "Fit the map to the story", "Zoom out"):
        press(page, name)
    page.wait_for_load_state("networkidle")
    expect(heading(page)).to_have_count(0)
    assert "place" not in page.url


def test_full_screen_shows_map_and_details_and_is_left_again(open_page: Opener) -> None:
    page = open_page()
    press(page, "Full screen")
    expect(page.locator("html")).to_have_attribute("data-map-full", "")
    box = page.locator(".st-key-map iframe").bounding_box()
    assert box
    assert box["height"] > 1000
    marker(page, "Tokyo").press("Enter")
    expect(heading(page)).to_have_text("Tokyo")
    expect(heading(page)).to_be_in_viewport()
    press(page, "Leave full screen")
    expect(page.locator("html")).not_to_have_attribute("data-map-full", "")


def test_a_list_of_keys_opens_on_page_and_map_and_escape_closes_it_alone(open_page: Opener) -> None:
    page = open_page("place=Tokyo")
    expect(heading(page)).to_have_text("Tokyo")
    dialog = page.get_by_role("dialog", name="Keys")
    for focus in (page.get_by_role("button", name="Copy link"), marker(page, "Tokyo")):
        focus.focus()
        page.keyboard.press("?")
        expect(dialog).to_be_visible()
        expect(dialog).to_contain_text("plays and pauses")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(heading(page)).to_have_text("Tokyo")
    page.get_by_label("Search").press("?")
    expect(dialog).to_have_count(0)


def test_the_frame_has_the_pages_font_and_a_scale(open_page: Opener) -> None:
    page = open_page()
    document = map_document(page)
    document.wait_for_function("document.fonts.check('600 13px \"Source Sans\"')", timeout=SECONDS * 1000)
    assert document.evaluate("getComputedStyle(document.querySelector('.chip')).fontFamily").startswith('"Source Sans"')
    assert document.evaluate("[...document.fonts].some(one => one.family.includes('Source Sans'))")
    expect(map_frame(page).locator(".leaflet-control-scale")).to_contain_text("mi")
    abroad = open_page(locale="de-DE")
    expect(map_frame(abroad).locator(".leaflet-control-scale")).to_contain_text("km")
