"""The fixtures see what they are there to see: a watch that never barks proves nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.driving import Violation, map_document

NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def test_requests_elsewhere_errors_and_barriers_are_noticed(
    open_page: Opener, axe: Callable[[Page], list[Violation]]
) -> None:
    # The page's own policy would not let such a request begin.
    page = open_page(outside_allowed=True, errors_allowed=True, bypass_csp=True)
    frame = map_document(page)
    frame.evaluate("fetch('http://example.invalid/tile.png').catch(() => 0)")
    frame.evaluate("console.error('from the map')")
    assert open_page.seen[page].outside == ["http://example.invalid/tile.png"]
    assert "console: from the map" in open_page.seen[page].errors
    frame.evaluate("src => document.body.append(Object.assign(new Image(), {src}))", NO_PICTURE)
    assert ("image-alt", ("iframe >> img",)) in [(found.id, found.targets) for found in axe(page)]
