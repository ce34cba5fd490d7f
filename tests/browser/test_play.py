"""Playing the story: by mouse and keyboard, event by event or by what was known, and the page as it was afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

from tests.browser.acting import SECONDS, expect_counts, heading, marker, markers, write_csv
from tests.browser.conftest import Opener
from tests.browser.driving import Server, map_document, map_frame

ALL = {"Tokyo": 5, "Yokosuka": 3, "Malaysia": 1, "South Korea": 1, "Naval Air Station Fallon": 1, "Camp Asaka": 1}
VIEW = """() => {
    const box = document.querySelector(".leaflet-map-pane").getBoundingClientRect();
    const proxy = document.querySelector(".leaflet-proxy").style.transform;
    const chips = [...document.querySelectorAll(".place")].map(one => [one.getAttribute("aria-label"), one.innerText,
        one.className, one.style.margin, one.style.transform].join()).sort();
    return JSON.stringify([Math.round(box.x), Math.round(box.y), proxy, chips]);
}"""


def bar(page: Page) -> Locator:
    return map_frame(page).get_by_role("group", name="Play the story")


def caption(page: Page) -> Locator:
    return bar(page).get_by_role("status")


def beside(page: Page) -> Locator:
    return map_frame(page).locator(".play-beside")


def start(page: Page) -> FrameLocator:
    """Presses Play, waits until it has begun, and pauses it."""
    frame = map_frame(page)
    frame.get_by_role("button", name="Play the story").click()
    expect(caption(page)).to_contain_text(re.compile(r"\d+ of \d+"))
    bar(page).get_by_role("button", name="Pause").click()
    return frame


def go_to(page: Page, key: str) -> None:
    bar(page).get_by_role("slider", name="Step").press(key)


def test_nothing_but_its_end_can_be_asked_for_before_the_story_is_there(open_page: Opener) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/play/*", lambda route: held.append(route))
    map_frame(page).get_by_role("button", name="Play the story").click()
    expect(caption(page)).to_have_text("Loading the story …")
    day = bar(page).get_by_label("Go to a day")
    expect(day).to_be_disabled()
    for key in ("End", "ArrowRight", " "):
        page.keyboard.press(key)
    (route,) = held
    route.continue_()
    expect(day).to_be_enabled()
    expect(caption(page)).to_contain_text(re.compile(r"\d+ of 12"))


def test_the_story_plays_event_by_event_and_says_where_it_is(open_page: Opener) -> None:
    page = open_page()
    expect(marker(page, "Naval Air Station Fallon")).to_be_visible()
    start(page)
    go_to(page, "Home")
    expect(caption(page)).to_contain_text("Hegseth visits Tokyo for the first time as secretary · Tokyo")
    expect(caption(page)).to_contain_text("1 of 12")
    expect(marker(page, "Tokyo")).to_have_accessible_name("Tokyo: 1 event")
    expect(marker(page, "Naval Air Station Fallon")).to_be_hidden()
    go_to(page, "ArrowRight")
    expect(caption(page)).to_contain_text("Tue, Sep 30")
    go_to(page, "End")
    expect(caption(page)).to_contain_text("12 of 12, the end")
    expect(bar(page).get_by_role("button", name="Play again")).to_be_visible()
    expect(beside(page)).to_contain_text("Pete Hegseth Tokyo, Wed, Oct 29, expected")


def test_it_runs_by_itself_to_the_end_and_stops_there(open_page: Opener) -> None:
    page = open_page("dates=2025-10-18..2025-10-22")
    expect_counts(page, 3)
    frame = map_frame(page)
    frame.get_by_role("button", name="Play the story").click()
    bar(page).get_by_role("combobox", name="Speed").select_option("4")
    expect(caption(page)).to_contain_text("3 of 3, the end")
    expect(bar(page).get_by_role("button", name="Play again")).to_be_visible()


def test_everything_can_be_done_by_keyboard(open_page: Opener) -> None:
    page = open_page()
    play = map_frame(page).get_by_role("button", name="Play the story")
    play.press("Enter")
    pause = bar(page).get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    expect(caption(page)).to_contain_text(re.compile(r"\d+ of 12"))
    page.keyboard.press("Space")
    expect(bar(page).get_by_role("button", name="Play", exact=True)).to_be_focused()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(caption(page)).to_contain_text("3 of 12")
    page.keyboard.press("End")
    expect(caption(page)).to_contain_text("12 of 12")
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)
    expect(play).to_be_focused()


def test_ending_it_leaves_the_page_exactly_as_it_was(open_page: Opener) -> None:
    page = open_page()
    expect(marker(page, "South Korea")).to_be_visible()
    document = map_document(page)
    proxy = map_frame(page).locator(".leaflet-proxy")
    zoomed_out = proxy.get_attribute("style") or ""
    map_frame(page).get_by_role("button", name="Zoom in").click()
    # The zoom begins a picture after the click, and the names are laid out by the one after its end.
    expect(proxy).not_to_have_attribute("style", zoomed_out)
    expect(map_frame(page).locator(".leaflet-zoom-anim")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    document.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    before, address = document.evaluate(VIEW), page.url
    start(page)
    go_to(page, "ArrowRight")
    assert document.evaluate(VIEW) != before
    bar(page).get_by_role("button", name="End the play").click()
    expect(bar(page)).to_have_count(0)
    document.wait_for_function(f"before => ({VIEW})() === before", arg=before, timeout=SECONDS * 1000)
    assert page.url == address


def test_choosing_a_place_pauses_and_works_as_ever(open_page: Opener) -> None:
    page = open_page()
    frame = map_frame(page)
    frame.get_by_role("button", name="Play the story").click()
    expect(caption(page)).to_contain_text("of 12")
    marker(page, "Tokyo").press("Enter")
    expect(heading(page)).to_have_text("Tokyo")
    expect(bar(page).get_by_role("button", name=re.compile("^Play"))).to_be_visible()
    expect(marker(page, "Tokyo")).to_have_attribute("aria-pressed", "true")


def test_another_filter_ends_it(open_page: Opener) -> None:
    page = open_page()
    start(page)
    page.get_by_role("button", name="Upcoming", exact=True).click()
    expect_counts(page, 5)
    expect(bar(page)).to_have_count(0)
    start(page)
    expect(caption(page)).to_contain_text("of 5")


def test_knowledge_runs_over_the_days_of_reports(open_page: Opener) -> None:
    page = open_page()
    start(page)
    bar(page).get_by_text("Knowledge").click()
    go_to(page, "Home")
    expect(caption(page)).to_contain_text(re.compile("As known on .* 1 of 9"))
    bar(page).get_by_label("Go to a day").fill("2025-10-15")
    expect(caption(page)).to_contain_text("As known on Wed, Oct 15")
    # Where he was to go was a country then, and is a city now.
    expect(map_frame(page).locator(".place", has_text="Japan")).to_be_visible()
    go_to(page, "End")
    expect(beside(page)).to_contain_text("Trump meets Prime Minister Takaichi")
    expect(map_frame(page).locator(".place", has_text="Japan")).to_be_hidden()
    assert markers(page) == ALL


def test_a_window_shows_the_last_days_alone(open_page: Opener) -> None:
    page = open_page()
    start(page)
    bar(page).get_by_role("combobox", name="Which events are shown").select_option("7")
    go_to(page, "End")
    expect(marker(page, "Malaysia")).to_be_visible()
    expect(marker(page, "Naval Air Station Fallon")).to_be_hidden()


def test_travellers_move_where_motion_is_welcome_and_jump_where_not(open_page: Opener) -> None:
    drawn = {}
    for motion in ("reduce", "no-preference"):
        page = open_page(reduced_motion=motion)
        start(page)
        # The last event has Hegseth come to Tokyo from Fallon.
        go_to(page, "End")
        go_to(page, "ArrowLeft")
        expect(caption(page)).to_contain_text("11 of 12")
        document = map_document(page)
        document.evaluate(
            """() => {
                window.drawn = 0;
                const drawing = document.querySelectorAll(".play-canvas")[1].getContext("2d");
                const clear = drawing.clearRect.bind(drawing);
                drawing.clearRect = (...box) => { window.drawn += 1; clear(...box); };
            }"""
        )
        go_to(page, "ArrowRight")
        expect(caption(page)).to_contain_text("12 of 12")
        document.wait_for_function(f"window.drawn > {drawn.get('reduce', 0)}", timeout=SECONDS * 1000)
        # Two more pictures of the browser: whatever would go on has been drawn.
        document.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        drawn[motion] = document.evaluate("window.drawn")
    assert drawn["reduce"] < drawn["no-preference"]


def test_clusters_give_way_to_dots_that_can_be_chosen(
    open_page: Opener, serve: Callable[..., Server], tmp_path: Path
) -> None:
    rows = [
        (f"e{i}", f"Call {i}", f"Spot {i}", f"2025-10-{1 + i // 4:02}", 10 + i // 10, 100 + i % 10) for i in range(100)
    ]
    # One far off, so that the others crowd together.
    rows.append(("far", "Call far off", "Far", "2025-10-30", 50, 170))
    story = write_csv(tmp_path / "many.csv", ("event", "title", "place", "when", "latitude", "longitude"), rows)
    page = open_page("", server=serve(story), markers=False)
    expect_counts(page, 101, 101)
    frame = map_frame(page)
    expect(frame.locator(".cluster").first).to_be_visible()
    start(page)
    go_to(page, "End")
    expect(frame.locator(".cluster:visible")).to_have_count(0)
    expect(caption(page)).to_contain_text("101 of 101")
    # The leftmost dot is one of the grid's western edge.
    at = map_document(page).evaluate(
        """() => {
            const box = document.querySelectorAll(".play-canvas")[0];
            const ink = box.getContext("2d").getImageData(0, 0, box.width, box.height).data;
            for (let x = 0; x < box.width; x++) for (let y = 0; y < box.height; y++)
                if (ink[4 * (y * box.width + x) + 3] === 255) return [x / devicePixelRatio + 3, y / devicePixelRatio];
        }"""
    )
    frame.locator("#map_div").click(position={"x": at[0], "y": at[1]})
    expect(heading(page)).to_have_text(re.compile(r"Spot \d*0"))


def test_a_story_without_days_says_that_there_is_nothing_to_play(
    open_page: Opener, serve: Callable[..., Server], tmp_path: Path
) -> None:
    story = write_csv(tmp_path / "no-days.csv", ("title", "place", "when"), [("Call", "Paris", "XXXX-XX-XX")])
    page = open_page("", server=serve(story))
    map_frame(page).get_by_role("button", name="Play the story").click()
    expect(caption(page)).to_contain_text("There is nothing to play")


def test_on_a_telephone_the_bar_has_room_and_can_be_touched(open_page: Opener) -> None:
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    start(page)
    for control in bar(page).locator("button:visible, select:visible, input[type=date]").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    slider = bar(page).get_by_role("slider").bounding_box()
    assert slider
    assert slider["width"] > 250, "a finger finds each step of it"
    expect(bar(page).get_by_text("Knowledge")).to_be_visible()


# ---- what readers ask, in two acts at most --------------------------------------------------------------------------


def test_where_was_the_carrier_on_october_10(open_page: Opener) -> None:
    page = open_page()
    map_frame(page).get_by_role("button", name="Play the story").click()
    bar(page).get_by_label("Go to a day").fill("2025-10-10")
    expect(beside(page)).to_contain_text("USS George Washington Yokosuka, Tue, Sep 30")
    expect(caption(page)).to_contain_text("Carrier leaves Yokosuka")


def test_where_was_hegseth_before_the_talks(open_page: Opener) -> None:
    page = open_page()
    map_frame(page).get_by_role("button", name="Play the story").click()
    bar(page).get_by_label("Go to a day").fill("2025-10-24")
    expect(beside(page)).to_contain_text("Pete Hegseth Naval Air Station Fallon, Sun, Oct 19")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-10-15", "Trump visits Japan Japan, on or after Oct 15, scheduled"),
        ("2025-10-24", "Defense ministers Hegseth and Koizumi meet Tokyo, Wed, Oct 29, expected before: possible"),
    ],
)
def test_what_became_known_on_a_day(open_page: Opener, day: str, said: str) -> None:
    page = open_page(f"as_of={day}")
    map_frame(page).get_by_role("button", name="Play the story").click()
    bar(page).get_by_text("Knowledge").click()
    go_to(page, "End")
    expect(beside(page)).to_contain_text(said)
