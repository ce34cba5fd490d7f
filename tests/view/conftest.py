"""The page without a browser, for the tests that ask for `open_at`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.view.page_driver import FakeMap, Open, Shown, open_page
from view import desk, identity, library, unsaved


@pytest.fixture
def open_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """`open_at(query, story=path, zone=…, browser=…)`: the page at an address, as a reader in a time zone sees it.

    `browser` is the name that a browser was given, which comes back with it.
    """
    library.library.clear()
    fake = FakeMap()
    monkeypatch.setattr("streamlit_folium.st_folium", fake)

    def opened(
        query: str = "", *, story: Path | None = None, zone: str = "America/New_York", browser: str = ""
    ) -> Shown:
        cookies = (
            {desk.COOKIE: identity.token(browser) if len(browser) == identity.LENGTH else browser} if browser else {}
        )
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: cookies))
        monkeypatch.setenv("DATELINE_STORY", str(story or ""))
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.timezone", property(lambda _: zone))
        fake.answer = {}
        return open_page(query, fake)

    yield opened
    # What could not be written here must not be tried again in the next test's library.
    unsaved.writer().close()
    unsaved.writer.clear()
    unsaved.desks.clear()
