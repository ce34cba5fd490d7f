"""The library of stories as the page uses it: opened when it is first needed, its revisions read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from story.draft import Draft
from view import desk

if TYPE_CHECKING:
    from story.library.keeping import Kept, Library

_REVISION = re.compile(r"(.+)@(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Found:
    """A story of the library behind a link: the revision that is meant, and whether the link may change the story."""

    kept: Kept
    number: int
    may_change: bool


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """The library; its packages are loaded only here, since a page that keeps nothing does without them."""
    from story.library.keeping import Library

    return Library.open()


def existing() -> Library | None:
    """The library, None where nothing has been kept yet."""
    from story.library import database

    return library() if database.exists() else None


def listed() -> dict[str, str]:
    """Link -> title of the stories that this browser has saved or opened."""
    if not desk.is_known():
        return {}
    kept = existing()
    return kept.shelf(desk.browser()) if kept else {}


def find(link: str) -> Found | None:
    """What a link opens: a story's id, or `id@3` for its third revision; None where it opens nothing."""
    kept = existing()
    if kept is None:
        return None
    pinned = _REVISION.fullmatch(link)
    found = kept.find(pinned[1] if pinned else link)
    if found is None:
        return None
    story, may_change = found
    number = int(pinned[2]) if pinned else story.latest.number
    return Found(story, number, may_change) if 1 <= number <= story.latest.number else None


@st.cache_resource(max_entries=16, show_spinner=False)
def revision(story: str, number: int) -> Draft:
    """One revision of a story, which never changes. Raises what Library.draft raises."""
    return library().draft(story, number)
