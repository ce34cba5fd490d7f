"""What a reader is working on: the drafts with what can be undone, seen by the browser that they belong to alone.

They outlive the session, so that loading the page anew loses nothing; a browser is known by a cookie that it gets with
its first draft.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import streamlit as st

from geo.place import Place
from story.draft import Draft, settle
from story.edits import editable
from story.placing import place_with
from story.undo import Edits
from view import opening

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
        STATE["_browser"] = given if len(given) == 32 and given.isalnum() else secrets.token_hex(16)
    return str(STATE["_browser"])


def is_known() -> bool:
    """Whether this browser has come back, or works on something."""
    return bool(st.context.cookies.get(COOKIE)) or bool(desks())


def desks() -> dict[str, Desk]:
    """Story id -> what this browser works on; the latest first."""
    browsers, lock = _browsers()
    with lock:
        return dict(reversed(browsers.get(browser(), {}).items()))


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


def clear(story: str) -> None:
    """Takes a story off the desk; what was not saved of it is gone."""
    browsers, lock = _browsers()
    with lock:
        browsers.get(browser(), {}).pop(story, None)


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
    desk = current()
    if desk is not None:
        desk.edits = desk.edits.do(done, settle(draft, place_with(opening.gazetteer())))


def undo() -> None:
    if desk := current():
        desk.edits = desk.edits.undo()


def redo() -> None:
    if desk := current():
        desk.edits = desk.edits.redo()


def around(latitude: float, longitude: float) -> Place | None:
    """The place whose country and time zone a point is in."""
    return opening.gazetteer().nearest(latitude, longitude)


def country(place: Place) -> str:
    """The country of a place, as newspapers write it; "" where it has none."""
    return opening.gazetteer().country_name(place.country) if place.country else ""
