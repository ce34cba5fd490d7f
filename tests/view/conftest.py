"""The page without a browser, for the tests that ask for `open_at`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner

from tests.view.page_driver import FakeMap, Open, Shown, open_page
from view.serve import app
from view.work import autosave_writer, identity, library, workspace


@pytest.fixture
def open_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """`open_at(query, story=path, zone=…, browser=…)`: the page at an address, as a reader in a time zone sees it.

    `browser` is the name that a browser was given, which comes back with it.
    """
    library.library.clear()
    fake = FakeMap()
    # The server tells Streamlit who handles what a callback raises; without a server Streamlit has to be told here.
    handled = partialmethod(ScriptRunner.__init__, on_script_error=app.on_script_error)
    monkeypatch.setattr(ScriptRunner, "__init__", handled)
    monkeypatch.setattr("streamlit_folium.st_folium", fake)

    def opened(
        query: str = "", *, story: Path | None = None, zone: str = "America/New_York", browser: str = ""
    ) -> Shown:
        cookies = (
            {workspace.COOKIE: identity.token(browser) if len(browser) == identity.LENGTH else browser}
            if browser
            else {}
        )
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: cookies))
        monkeypatch.setenv("DATELINE_STORY", str(story or ""))
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.timezone", property(lambda _: zone))
        fake.answer = {}
        return open_page(query, fake)

    yield opened
    # What could not be written here must not be tried again in the next test's library.
    autosave_writer.writer().close()
    autosave_writer.writer.clear()
    autosave_writer.workspaces.clear()


@pytest.fixture(autouse=True)
def _loggers_speak() -> None:
    """The import checker, run by another test, turns off every logger that is there before it."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("view.") and isinstance(logger, logging.Logger):
            logger.disabled = False
