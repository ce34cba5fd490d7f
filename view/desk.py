"""What a reader is working on: the drafts with what can be undone, seen by the browser that they belong to alone.

They outlive the session, so that loading the page anew loses nothing, and are kept in the library too, so that a page
that ends takes no work along. A browser is known by a cookie that it gets with its first draft.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

import streamlit as st

from geo.place import Place, Resolution
from story.draft import Draft, settle
from story.edits import editable
from story.exc import StoryError
from story.placing import place_with
from story.undo import Edits
from view import library, opening, unsaved

STATE = st.session_state
COOKIE = "dateline"
MOST_BROWSERS = 64


@dataclass(slots=True)
class Desk:
    """One story that is worked on: `base` is the revision that it began from (0: never saved), `saved` its draft."""

    id: str
    edits: Edits
    base: int = 0
    saved: Draft | None = None

    @property
    def draft(self) -> Draft:
        return self.edits.now

    @property
    def unsaved(self) -> bool:
        return self.edits.now is not self.saved


@st.cache_resource(show_spinner=False)
def _browsers() -> tuple[OrderedDict[str, dict[str, Desk]], Lock]:
    return OrderedDict(), Lock()


def browser() -> str:
    """What this browser is known by: hard to guess, the same in all its tabs."""
    if "_browser" not in STATE:
        given = st.context.cookies.get(COOKIE, "")
        STATE["_came_back"] = _is_name(given)
        STATE["_browser"] = given if _is_name(given) else secrets.token_hex(16)
    return str(STATE["_browser"])


def _is_name(text: str) -> bool:
    return len(text) == 32 and text.isascii() and text.isalnum()


def is_known() -> bool:
    """Whether this browser has come back, or works on something."""
    return bool(desks()) or bool(STATE.get("_came_back"))


def desks() -> dict[str, Desk]:
    """Story id -> what this browser works on; the latest first."""
    browsers, lock = _browsers()
    name = browser()
    if STATE["_came_back"]:
        _take_up(name)
    with lock:
        return dict(reversed(browsers.get(name, {}).items()))


def current() -> Desk | None:
    """What this browser works on of the story that is open."""
    return desks().get(STATE["story"])


def lay(desk: Desk) -> None:
    """Puts a story on the desk of this browser."""
    browsers, lock = _browsers()
    with lock:
        browsers.setdefault(browser(), {})[desk.id] = desk
        browsers.move_to_end(browser())
        while len(browsers) > MOST_BROWSERS:
            browsers.popitem(last=False)
    keep(desk)


def clear(story: str) -> None:
    """Takes a story off the desk; what was not saved of it is gone."""
    browsers, lock = _browsers()
    with lock:
        gone = browsers.get(browser(), {}).pop(story, None)
    if gone is not None:
        unsaved.put(browser(), story, None)


def adopt(name: str) -> None:
    """This browser already had a name, got in another tab while this one was open: all its work goes under that."""
    if not _is_name(name) or name == browser():
        return
    browsers, lock = _browsers()
    with lock:
        mine = browsers.pop(browser(), {})
    for story in mine:
        unsaved.put(browser(), story, None)
    STATE["_browser"], STATE["_came_back"] = name, True
    _take_up(name)
    for desk in mine.values():
        lay(desk)


def new_id() -> str:
    """An id for a story that is not kept yet, which cannot be guessed."""
    return f"own-{secrets.token_hex(12)}"


def begin(story: str, draft: Draft, *, base: int = 0) -> Desk:
    """Starts to work on a draft that is kept as revision `base`, or nowhere yet."""
    ready = editable(draft)
    desk = Desk(story, Edits(ready), base, ready if base else None)
    lay(desk)
    return desk


def do(done: str, draft: Draft) -> None:
    """The next step of the story that is open, its new names looked up. `done` says in words what was done."""
    if desk := current():
        desk.edits = desk.edits.do(done, settle(draft, place_with(opening.gazetteer())))
        keep(desk)


def undo() -> None:
    if desk := current():
        desk.edits = desk.edits.undo()
        keep(desk)


def redo() -> None:
    if desk := current():
        desk.edits = desk.edits.redo()
        keep(desk)


def look_up(name: str) -> Resolution:
    """What a name alone may mean."""
    return opening.gazetteer().resolve(name.strip())


def around(latitude: float, longitude: float) -> Place | None:
    """The place whose country and time zone a point is in."""
    return opening.gazetteer().nearest(latitude, longitude)


def country(place: Place) -> str:
    """The country of a place, as newspapers write it; "" where it has none."""
    return opening.gazetteer().country_name(place.country) if place.country else ""


def keep(desk: Desk) -> None:
    """Sees to it that what is not saved of a desk outlives the page."""
    unsaved.put(browser(), desk.id, (desk.base, desk.draft) if desk.unsaved else None)


def _take_up(name: str) -> None:
    """Lays out anew what a browser worked on when the page ended, once a page."""
    browsers, lock = _browsers()
    if name in browsers:
        return
    found: dict[str, Desk] = {}
    left = unsaved.left(name)
    if left is None:
        return
    for story, (base, draft) in reversed(left.items()):
        saved = None
        if base:
            with suppress(StoryError):
                saved = library.revision(story, base)
        found[story] = Desk(story, Edits(draft), base, saved)
    with lock:
        browsers.setdefault(name, found)
