"""A story of 2,000 places: clusters where there are many, a marker each where there are few."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.acting import SECONDS, expect_counts, heading, markers, region, write_csv
from tests.browser.conftest import Opener
from tests.browser.driving import MARKER, Server, map_document, map_frame


def test_clusters_open_into_a_marker_a_place(open_page: Opener, serve: Callable[..., Server], tmp_path: Path) -> None:
    # A grid of one degree and a half over the Pacific's west, far enough apart to be told at any zoom near it.
    spots = [(-30 + 1.5 * (i // 50), 90 + 1.5 * (i % 50)) for i in range(2000)]
    rows = [
        (f"e{i}", f"Call {i}", f"Spot {i}", "2025-10-20", latitude, longitude)
        for i, (latitude, longitude) in enumerate(spots)
    ]
    story = write_csv(tmp_path / "many.csv", ("event", "title", "place", "when", "latitude", "longitude"), rows)
    page = open_page("", server=serve(story), markers=False)
    expect_counts(page, 2000, 2000)
    expect(region(page, "counts")).to_contain_text("2,000 places")
    frame = map_frame(page)
    expect(frame.locator(".cluster").first).to_be_visible()
    numbers = frame.locator(".cluster b").evaluate_all("all => all.map(one => parseInt(one.textContent))")
    assert max(numbers) > 20
    frame.get_by_role("button", name="Zoom in").focus()
    for _ in range(14):
        if frame.locator(".cluster").count() == 0 and len(markers(page)) < 60:
            break
        before = map_document(page).evaluate("document.querySelector('.leaflet-proxy').style.transform")
        page.keyboard.press("Enter")
        map_document(page).wait_for_function(
            "before => document.querySelector('.leaflet-proxy').style.transform !== before"
            " && !document.querySelector('.leaflet-zoom-anim')",
            arg=before,
            timeout=SECONDS * 1000,
        )
    expect(frame.locator(".cluster")).to_have_count(0)
    shown = markers(page)
    assert 1 < len(shown) < 60
    # Each has its name or its dot in view, and can be chosen.
    frame.locator(MARKER).nth(len(shown) // 2).press("Enter")
    expect(heading(page)).to_contain_text("Spot")
    assert heading(page).inner_text() in shown
