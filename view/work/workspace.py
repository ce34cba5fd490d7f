"""What a reader is working on: the drafts with what can be undone, seen by the browser that they belong to alone.

They outlive the session, so that loading the page anew loses nothing, and are kept in the library too, so that a page
that ends takes no work along. A browser is known by a signed cookie that it gets with its first draft (identity).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from geo.place import Place, Resolution
from story.draft import Draft, settle
from story.draft.edits import editable
from story.draft.undo import Basis, Edits
from story.exc import StoryError
from story.placing import place_with
from view.state import session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import autosave, autosave_writer, identity, library, opening
from view.work.workspaces import Workspace

COOKIE = "dateline"


def browser() -> str:
    """What this browser is known by: hard to guess, the same in all its tabs."""
    if not page().browser:
        given = st.context.cookies.get(COOKIE, "")
        page().claim, page().came_back = given, bool(given)
        page().browser = identity.new_name()
    if page().claim and not library.trouble():
        name = identity.of_cookie(page().claim)
        if name is not None or not library.trouble():
            if name is not None:
                _go_by(name)
            else:
                page().refused_cookie = page().claim
            page().claim = ""
    return autosave_writer.workspaces().name_of(page().browser)


def token() -> str:
    """What the browser is to keep as its cookie; "" where there is nothing to know it by."""
    return identity.token(browser()) if titles() and not page().claim else ""


def refused() -> str:
    """A cookie of this browser that counts for nothing, and is to be replaced."""
    return page().refused_cookie


def is_known() -> bool:
    """Whether this browser has come back, or works on something."""
    return bool(titles()) or page().came_back


def titles() -> dict[StoryRef, str]:
    """The titles of all that this browser works on; the latest first."""
    return autosave_writer.workspaces().titles(_looked_up())


def workspaces() -> dict[StoryRef, Workspace]:
    """What this browser works on and has been looked at lately; the latest first."""
    return autosave_writer.workspaces().of(_looked_up())


def get(story: StoryRef) -> Workspace | None:
    """What this browser works on of a story, loaded from the library where it was unloaded."""
    name = _looked_up()
    all_of_them = autosave_writer.workspaces()
    found = all_of_them.get(name, story)
    if found is None and story in all_of_them.unloaded(name):
        found = _load_for(name, story)
        if found is not None:
            # Not to be written, but to be weighed, and unloaded again after an hour.
            autosave_writer.put(name, found)
    return found


def current() -> Workspace | None:
    """What this browser works on of the story that is open."""
    story = ref_of(session.story())
    found = get(story)
    if found is None and page().editing:
        _resume(story)
        found = get(story)
    return found


def at_hand() -> Workspace | None:
    """The same as far as it is in memory: nothing is looked up, begun or ended."""
    return workspaces().get(ref_of(session.story()))


def _resume(story: StoryRef) -> None:
    """Goes on with a story all of which was saved, and that was unloaded since."""
    there = library.find(story)
    if there and there.may_change and not story.is_pinned:
        with suppress(StoryError, OSError):
            begin(story, library.revision(story.id, there.number), base=there.number)
    elif not library.trouble():
        page().editing = False


def at_work() -> Workspace | None:
    """The same, for a change to be made to it; says so where it is not there to be changed."""
    workspace = current()
    if workspace is None:
        session.notice("This change was not made: the story is no longer being edited here. Choose Edit again.")
    return workspace


def add(workspace: Workspace) -> None:
    """Puts a story into the workspaces of this browser."""
    name = browser()
    # From now on it has something to come back for, should others need its room here.
    page().came_back = True
    autosave_writer.put(name, autosave_writer.workspaces().add(name, workspace))


def clear(story: StoryRef) -> None:
    """Takes a story out of its workspace; what was not saved of it is gone."""
    name, workspace = browser(), get(story)
    if workspace is not None:
        workspace.discarded = True
        autosave_writer.workspaces().drop(name, story, workspace)
        autosave_writer.put(name, workspace)


def saved(name: str, workspace: Workspace, story: StoryRef, number: int, draft: Draft) -> None:
    """What is in a workspace of the browser `name` is revision `number` of `story` now, unless it was changed since."""
    autosave_writer.workspaces().save(name, workspace, story, number, draft)
    autosave_writer.put(name, workspace)


def ref_of(story: StoryRef) -> StoryRef:
    """What a story goes by since it was first saved."""
    return autosave_writer.workspaces().ref_of(story)


def adopt(given: str) -> None:
    """This browser already had a name, got in another tab while this one was open: all its work goes under that."""
    former, name = browser(), identity.signed(given)
    if name is None:
        page().refused_cookie = given
    elif name != former:
        _go_by(name)


def _go_by(name: str) -> None:
    all_of_them = autosave_writer.workspaces()
    former = all_of_them.name_of(page().browser)
    if former == name:
        return
    for story in all_of_them.unloaded(former):
        _load_for(former, story)
    for workspace in all_of_them.adopt(former, name):
        autosave_writer.put(name, workspace)
    page().browser, page().came_back = name, True


def _load_for(name: str, story: StoryRef) -> Workspace | None:
    return library.ask(lambda kept: autosave.load(kept, autosave_writer.workspaces(), name, story), None)


def _looked_up() -> str:
    """The name of this browser, the library asked what it works on: once a session, and when that was forgotten."""
    name, all_of_them = browser(), autosave_writer.workspaces()
    if page().came_back and not (page().looked == name and all_of_them.is_known(name)):
        library.ask(lambda kept: autosave.look(kept, all_of_them, name), None)
        if not library.trouble():
            if not all_of_them.is_known(name):
                all_of_them.learn(name, {})
            page().looked = name
    return name


def begin(story: StoryRef, draft: Draft, *, base: int = 0, whole: bool = True) -> Workspace:
    """Starts to work on a draft that is kept as revision `base`, or nowhere yet; that one is damaged if not `whole`."""
    ready = editable(draft)
    workspace = Workspace(story, Edits(ready, basis=Basis(base, ready if base and whole else None)))
    add(workspace)
    return get(story) or workspace


def do(done: str, before: Draft, after: Draft, basis: Basis | None = None) -> None:
    """The next step of the story that is open, its new names looked up. `done` says in words what was done."""
    name, workspace = browser(), at_work()
    if workspace is not None:
        take_step(name, workspace, done, before, settle(after, place_with(opening.gazetteer())), basis)


def take_step(
    name: str, workspace: Workspace, done: str, before: Draft, after: Draft, basis: Basis | None = None
) -> None:
    """The next step of what the browser `name` works on, all of whose names are looked up; any thread may take it."""
    workspace.do(done, before, after, basis)
    there = autosave_writer.workspaces().add(name, workspace)
    if there is not workspace:
        # It was unloaded meanwhile, and loaded again by another tab.
        there.do(done, before, after, basis)
    autosave_writer.put(name, there)


def undo() -> None:
    _step(Edits.undo)


def redo() -> None:
    _step(Edits.redo)


def _step(step: Callable[[Edits], Edits]) -> None:
    name, workspace = browser(), at_work()
    if workspace is not None:
        workspace.step(step)
        _keep(name, workspace)


def restore(workspace: Workspace, number: int, draft: Draft) -> None:
    """Makes an earlier revision the next step."""
    name = browser()
    workspace.do(f"restored revision {number}", workspace.draft, draft)
    _keep(name, workspace)


def basis(workspace: Workspace) -> Draft | None:
    """The revision that a workspace began from; None where it was never kept. Raises what Library.draft raises."""
    if not workspace.base:
        return None
    return workspace.edits.basis.draft or library.revision(workspace.ref.id, workspace.base)


def look_up(name: str) -> Resolution:
    """What a name alone may mean."""
    return opening.gazetteer().resolve(name.strip())


def around(latitude: float, longitude: float) -> Place | None:
    """The place whose country and time zone a point is in."""
    return opening.gazetteer().nearest(latitude, longitude)


def country(place: Place) -> str:
    """The country of a place, as newspapers write it; "" where it has none."""
    return opening.gazetteer().country_name(place.country) if place.country else ""


def keep(workspace: Workspace) -> None:
    """Sees to it that what is not saved of a workspace outlives the page."""
    _keep(browser(), workspace)


def _keep(name: str, workspace: Workspace) -> None:
    autosave_writer.put(name, autosave_writer.workspaces().add(name, workspace))


def is_kept(workspace: Workspace) -> bool:
    """Whether what is not saved of a workspace would outlive the page."""
    return workspace.is_stored(browser())
