"""What a reader is working on: the drafts with what can be undone, seen by the browser that they belong to alone.

They outlive the session, so that loading the page anew loses nothing, and are kept in the library too, so that a page
that ends takes no work along. A browser is known by a cookie that it gets with its first draft.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

import streamlit as st

from geo.place import Place, Resolution
from story.draft import Draft, settle
from story.edits import editable
from story.placing import place_with
from story.undo import Basis, Edits
from view import library, opening, session, unsaved
from view.desks import Desk, Desks

STATE = st.session_state
COOKIE = "dateline"


@st.cache_resource(show_spinner=False)
def _desks() -> Desks:
    return Desks()


def browser() -> str:
    """What this browser is known by: hard to guess, the same in all its tabs."""
    if "_browser" not in STATE:
        given = st.context.cookies.get(COOKIE, "")
        STATE["_came_back"] = _is_name(given)
        STATE["_browser"] = given if _is_name(given) else secrets.token_hex(16)
    return _desks().name_of(str(STATE["_browser"]))


def _is_name(text: str) -> bool:
    return len(text) == 32 and text.isascii() and text.isalnum()


def is_known() -> bool:
    """Whether this browser has come back, or works on something."""
    return bool(desks()) or bool(STATE.get("_came_back"))


def desks() -> dict[str, Desk]:
    """Story id -> what this browser works on; the latest first."""
    name = browser()
    if STATE["_came_back"]:
        _take_up(name)
    return _desks().of(name)


def current() -> Desk | None:
    """What this browser works on of the story that is open."""
    return desks().get(id_of(STATE["story"]))


def at_work() -> Desk | None:
    """The same, for a change to be made to it; says so where it is not there to be changed."""
    desk = current()
    if desk is None:
        session.notice("This change was not made: the story is no longer worked on here. Choose Edit once more.")
    return desk


def lay(desk: Desk) -> None:
    """Puts a story on the desk of this browser."""
    name = browser()
    # From now on it has something to come back for, should others need its room here.
    STATE["_came_back"] = True
    _desks().lay(name, desk)
    _keep(name, desk)


def clear(story: str) -> None:
    """Takes a story off the desk; what was not saved of it is gone."""
    name = browser()
    if _desks().drop(name, story) is not None:
        unsaved.put(name, story, None)


def saved(name: str, desk: Desk, story: str, number: int, draft: Draft) -> None:
    """What lies on a desk of the browser `name` is revision `number` of `story` now, unless it was changed since."""
    former = desk.id
    _desks().save(name, desk, story, number, draft)
    if former != story:
        unsaved.put(name, former, None)
    _keep(name, desk)


def id_of(story: str) -> str:
    """The id by which a story goes since it was first saved."""
    return _desks().id_of(story)


def adopt(name: str) -> None:
    """This browser already had a name, got in another tab while this one was open: all its work goes under that."""
    former = browser()
    if not _is_name(name) or name == former:
        return
    _take_up(name)
    for story, desk in _desks().adopt(former, name).items():
        unsaved.put(former, story, None)
        _keep(name, desk)


def begin(story: str, draft: Draft, *, base: int = 0, whole: bool = True) -> Desk:
    """Starts to work on a draft that is kept as revision `base`, or nowhere yet; that one is damaged if not `whole`."""
    ready = editable(draft)
    desk = Desk(story, Edits(ready, basis=Basis(base, ready if base and whole else None)))
    lay(desk)
    return desk


def do(done: str, before: Draft, after: Draft, basis: Basis | None = None) -> None:
    """The next step of the story that is open, its new names looked up. `done` says in words what was done."""
    name, desk = browser(), at_work()
    if desk is not None:
        desk.do(done, before, settle(after, place_with(opening.gazetteer())), basis)
        _keep(name, desk)


def undo() -> None:
    _step(Edits.undo)


def redo() -> None:
    _step(Edits.redo)


def _step(step: Callable[[Edits], Edits]) -> None:
    name, desk = browser(), at_work()
    if desk is not None:
        desk.step(step)
        _keep(name, desk)


def basis(desk: Desk) -> Draft | None:
    """The revision that a desk began from; None where it was never kept. Raises what Library.draft raises."""
    if not desk.base:
        return None
    return desk.edits.basis.draft or library.revision(desk.id, desk.base)


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
    _keep(browser(), desk)


def _keep(name: str, desk: Desk) -> None:
    unsaved.put(name, desk.id, (desk.base, desk.draft) if desk.unsaved else None)


def _take_up(name: str) -> None:
    """Lays out anew what a browser worked on when the page ended, once a page."""
    if _desks().is_known(name):
        return
    left = unsaved.left(name)
    if left is not None:
        found = {story: Desk(story, Edits(draft, basis=Basis(base))) for story, (base, draft) in reversed(left.items())}
        _desks().take_up(name, found)
