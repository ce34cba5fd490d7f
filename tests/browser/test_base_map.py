"""A base map that cannot be loaded, and the online map under the page's own security policy."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.acting import expect_markers, marker
from tests.browser.conftest import Opener
from tests.browser.driving import map_frame
from tests.browser.test_opening import PLACES


def test_places_are_drawn_where_the_base_map_cannot_be_loaded(open_page: Opener) -> None:
    page = open_page(errors_allowed=True)
    page.route("**/dateline/basemap/world.json", lambda route: route.abort())
    page.reload()
    expect(map_frame(page).get_by_role("alert")).to_contain_text("Land and borders could not be loaded")
    expect_markers(page, PLACES)


def test_the_online_map_can_be_switched_on_under_the_pages_own_policy(open_page: Opener) -> None:
    page = open_page(outside_allowed=True, errors_allowed=True)
    map_frame(page).locator(".leaflet-control-layers").hover()
    with page.expect_event("requestfailed", lambda request: "tile.openstreetmap.org" in request.url):
        map_frame(page).get_by_label("Online map").check()
    expect(marker(page, "Tokyo")).to_be_visible()
    assert not any("Content Security Policy" in error for error in open_page.seen[page].errors)
