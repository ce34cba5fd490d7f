"""The library of stories as the page uses it: opened when it is first needed, its revisions read once.

A library that does not answer takes nothing from a reader but the stories that are kept in it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from story.draft import Draft
from story.exc import LibraryBusyError, LibraryError, StoryError
from view.draw.html import without_folders
from view.state.story_ref import StoryRef

if TYPE_CHECKING:
    from story.library.revisions import Kept, Library

_PATIENCE_SECONDS, _BUSY_SECONDS = 15.0, 3.0
"""A library that did not answer, or was busy, is left alone for so long: every turn would wait for a try's seconds."""
WAIT_SECONDS = 1.5
"""A reader is told within two seconds that the library is busy; what has to be kept is tried again."""
_SILENT = "The library does not answer. Whoever runs this page can find the reason in its log."
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Found:
    """A story of the library behind a link: the revision that is meant, and whether the link may change the story."""

    kept: Kept
    number: int
    may_change: bool


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """The library; its packages are loaded only here, since a page that keeps nothing does without them.

    Raises LibraryUnreachableError, LibraryUnwritableError, LibraryTooNewError.
    """
    _load()
    from story.library.revisions import Library

    return Library.open(wait=WAIT_SECONDS)


def _load() -> None:
    """Loads the library's packages by one door: threads that came in by two would each see the other's half of them."""
    import story.library.revisions  # noqa: F401


@st.cache_resource(show_spinner=False)
def _troubles() -> dict[str, tuple[float, str]]:
    """Address -> until when that library is left alone, and what it said."""
    return {}


def trouble() -> str:
    """Why the library cannot be asked at the moment; "" where it can, as far as is known."""
    until, said = _troubles().get(address(), (0.0, ""))
    return said if monotonic() < until else ""


def address() -> str:
    """Where the library was said to be; "" for the usual place."""
    return os.environ.get("DATELINE_DATABASE_URL", "")


def ask(question: Callable[[Library], _Answer], otherwise: _Answer) -> _Answer:
    """What the library answers; `otherwise` where nothing was ever kept, or it does not answer: see `trouble`."""
    if trouble():
        return otherwise
    _load()
    from story.library import database

    try:
        return question(library()) if database.exists() else otherwise
    except LibraryError as error:
        patience = _BUSY_SECONDS if isinstance(error, LibraryBusyError) else _PATIENCE_SECONDS
        _troubles()[address()] = (monotonic() + patience, say(error))
    except (StoryError, OSError) as error:
        # One question that had no answer says nothing of the next one.
        logging.getLogger(__name__).warning("%s", error)
    return otherwise


def say(error: Exception) -> str:
    """What went wrong, in words for a reader: where things lie on this machine is for its owner alone to read."""
    _load()
    from story.library import database

    said = str(error)
    with suppress(LibraryError):
        if isinstance(error, LibraryError) and not database.is_file():
            busy = isinstance(error, LibraryBusyError)
            said = "The library is busy. Try again." if busy else _SILENT
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        said = f"{error.strerror}: “{Path(os.fsdecode(error.filename)).name}”."
    said = without_folders(said)
    if said != str(error):
        logging.getLogger(__name__).warning("%s", error)
    return said


def listed(browser: str) -> dict[StoryRef, str]:
    """The titles of the stories that a browser has saved or opened."""
    nothing: dict[str, str] = {}
    return {StoryRef.parse(link): title for link, title in ask(lambda kept: kept.listed(browser), nothing).items()}


def find(ref: StoryRef) -> Found | None:
    """What a story's id opens, or that of one revision of it; None where it opens nothing."""
    found = ask(lambda kept: kept.find(ref.id), None) if ref.is_link else None
    if found is None:
        return None
    story, may_change = found
    number = story.latest.number if ref.revision is None else ref.revision
    return Found(story, number, may_change) if 1 <= number <= story.latest.number else None


@st.cache_resource(max_entries=16, show_spinner=False)
def revision(story: str, number: int) -> Draft:
    """One revision of a story, which never changes. Raises what Library.draft raises."""
    return library().draft(story, number)
