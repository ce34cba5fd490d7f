"""What readers have not saved, written to the library behind their backs: a page that ends takes no work along."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import streamlit as st

from story.draft import Draft
from story.exc import StoryError
from view import library

State = tuple[int, Draft] | None
"""The revision that a draft began from and the draft; None where nothing of the story is unsaved any more."""


class _Writer:
    """Writes the last state of every story that is worked on, one after another, so that no reader waits for it."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[str, str], State] = OrderedDict()
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="unsaved")

    def put(self, browser: str, story: str, state: State) -> None:
        with self._lock:
            self._waiting[browser, story] = state
        self._threads.submit(self._write)

    def _write(self) -> None:
        """Writes all that is waiting: several edits may have come while one was written, and the last alone counts."""
        while self._waiting:
            with self._lock:
                if not self._waiting:
                    return
                (browser, story), state = self._waiting.popitem(last=False)
            try:
                kept = library.library()
                if state is None:
                    kept.drop_unsaved(browser, story)
                else:
                    kept.keep_unsaved(browser, story, *state)
            except (StoryError, OSError):
                # Saving says why; until then the work stays on the desk, and is tried again with the next edit.
                with self._lock:
                    self._waiting.setdefault((browser, story), state)
                return

    def wait(self) -> None:
        self._threads.submit(lambda: None).result()


@st.cache_resource(show_spinner=False)
def _writer() -> _Writer:
    return _Writer()


def put(browser: str, story: str, state: State) -> None:
    """Sees to it that the state of a story outlives the page; returns at once."""
    _writer().put(browser, story, state)


def wait() -> None:
    """Until all that was put is written."""
    _writer().wait()


def left(browser: str) -> dict[str, tuple[int, Draft]] | None:
    """Story -> what the browser had not saved of it when the page ended; None where the library does not answer."""
    nothing: dict[str, tuple[int, Draft]] = {}
    found = library.ask(lambda kept: kept.unsaved(browser), nothing)
    return None if library.trouble() else found
