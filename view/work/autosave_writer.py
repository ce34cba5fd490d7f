"""What readers have not saved, written to the library behind their backs: a page that ends takes no work along."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

import streamlit as st

from story.exc import LibraryBusyError, LibraryError, LibraryUnwritableError
from view.work import autosave, library
from view.work.workspaces import Workspace, Workspaces

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
_SWEEP_SECONDS = 60.0
_LAST_SECONDS = 7.0
"""How long the end of the server may wait for what is not written yet."""


class Writer:
    """Writes the last state of every story that is worked on, one after another, so that no reader waits for it.

    What cannot be written is tried again, each time after a longer pause, until it is.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._waiting: OrderedDict[int, tuple[str, Workspace]] = OrderedDict()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._writing = self._closing = self._busy = False
        self._deadline = 0.0
        self._failures, self._not_before = 0, 0.0
        self._why = ""

    def put(self, browser: str, workspace: Workspace) -> None:
        with self._changed:
            self._waiting[id(workspace)] = (browser, workspace)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="autosave", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def why(self) -> str:
        """Why the last try failed; "" where it did not."""
        return self._why

    def wait(self) -> None:
        """Until all that was put is written, or has been tried in vain."""
        with self._changed:
            self._changed.wait_for(lambda: not self._writing and (not self._waiting or self._failures > 0))

    def wait_for(self, seconds: float, done: Callable[[], bool]) -> bool:
        """Whether something is done within some seconds, looked at whenever something was written."""
        with self._changed:
            return self._changed.wait_for(done, seconds)

    def close(self) -> None:
        """Tries all that is waiting once more, for some seconds where the library is busy, and ends."""
        with self._changed:
            self._closing = True
            self._deadline = monotonic() + _LAST_SECONDS - 2
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_LAST_SECONDS)
        if self._waiting or self._writing:
            count = len(self._waiting) + self._writing
            logging.getLogger(__name__).error("Not kept when the server ended: %s stories. %s", count, self._why)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closing and (pause := self._pause()) > 0:
                    if not self._changed.wait(pause) and not self._waiting:
                        break
                batch = list(self._waiting.values())
                self._waiting.clear()
                self._writing = bool(batch)
                last = self._closing
            failed = self._write(batch)
            self._workspaces.make_room()
            with self._changed:
                self._writing = False
                for browser, workspace in failed:
                    self._waiting.setdefault(id(workspace), (browser, workspace))
                self._failures = self._failures + 1 if failed else 0
                self._not_before = monotonic() + min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10))
                self._why = self._why if failed else ""
                self._changed.notify_all()
            if last and not (failed and self._busy and monotonic() < self._deadline):
                return

    def _pause(self) -> float:
        """Seconds to wait for something to do."""
        if not self._waiting:
            return _SWEEP_SECONDS
        return self._not_before - monotonic() if self._failures else 0.0

    def _write(self, batch: list[tuple[str, Workspace]]) -> list[tuple[str, Workspace]]:
        """Writes them; gives what could not be."""
        failed: list[tuple[str, Workspace]] = []
        for at, (browser, workspace) in enumerate(batch):
            try:
                autosave.store(library.library(), self._workspaces, browser, workspace)
            except LibraryError as error:
                logging.getLogger(__name__).warning("%s", error)
                self._why, self._busy = _words(error), isinstance(error, LibraryBusyError)
                # The others would fail too, each after as long a wait.
                return [*failed, *batch[at:]]
            except Exception:
                # Whatever is wrong with one story must not keep the others from being written.
                logging.getLogger(__name__).exception("A story was not kept")
                self._why, self._busy = "The server's log says why.", False
                failed.append((browser, workspace))
        return failed


def _words(error: LibraryError) -> str:
    """What a reader is told beside *Save*."""
    if isinstance(error, LibraryBusyError):
        return "The library is busy."
    if isinstance(error, LibraryUnwritableError):
        return "The library cannot be written to."
    return "The library does not answer."


@st.cache_resource(show_spinner=False)
def workspaces() -> Workspaces:
    return Workspaces()


@st.cache_resource(show_spinner=False)
def writer() -> Writer:
    return Writer(workspaces())


def close() -> None:
    """Writes what is waiting, as the server ends."""
    writer().close()


def put(browser: str, workspace: Workspace) -> None:
    """Sees to it that what is unsaved of a story outlives the page; returns at once."""
    writer().put(browser, workspace)


def wait() -> None:
    """Until all that was put is written, or has been tried in vain."""
    writer().wait()


def is_kept_within(seconds: float, kept: Callable[[], bool]) -> bool:
    """Whether something is written within some seconds."""
    return kept() or writer().wait_for(seconds, kept)


def why() -> str:
    """Why the last try to write failed; "" where it did not."""
    return writer().why()
