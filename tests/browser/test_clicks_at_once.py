"""What is clicked on the map is marked before the server has heard of it, and no late answer takes that back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.acting import heading, marker, region
from tests.browser.conftest import Opener
from tests.browser.driving import map_document

CLICK = """place => {
    const of = name => [...document.querySelectorAll("[role=button].place")]
        .find(one => one.getAttribute("aria-label").startsWith(name));
    const pressed = () =>
        [...document.querySelectorAll("[aria-pressed=true]")].map(one => one.getAttribute("aria-label"));
    of(place).click();
    const atOnce = pressed();
    // What the page has answered last knows nothing of this click.
    window.dateline.look(window.parent.datelineLook);
    return [atOnce, pressed()];
}"""


def test_a_marker_is_marked_in_the_frame_in_which_it_is_clicked(open_page: Opener) -> None:
    page = open_page()
    for place in ("Yokosuka: 3 events", "Tokyo: 5 events"):
        at_once, after_a_late_answer = map_document(page).evaluate(CLICK, place)
        assert at_once == [place]
        assert after_a_late_answer == [place]
    expect(heading(page)).to_have_text("Tokyo")
    expect(marker(page, "Tokyo")).to_have_attribute("aria-pressed", "true")
    # The answer to a later act rules again, wherever that was done.
    page.get_by_role("button", name="show all").click()
    expect(marker(page, "Tokyo")).to_have_attribute("aria-pressed", "false")


def test_streamlit_folium_is_kept_from_reporting_what_the_page_reports_itself(open_page: Opener) -> None:
    page = open_page()
    reports = """() => {
        const sent = [];
        window.parent.addEventListener("message", ({ data }) => {
            if (data?.type === "streamlit:setComponentValue") sent.push(data);
        });
        window.map.setZoom(4, { animate: false });
        return new Promise((done) => setTimeout(() => done(sent.length), 500));
    }"""
    # Its own wait is 250 ms; what it has not sent by then it never sends.
    assert map_document(page).evaluate(reports) == 0
    marker(page, "Tokyo").press("Enter")
    expect(heading(page)).to_have_text("Tokyo")
    expect(region(page, "timeline").locator(".chosen")).not_to_have_count(0)
