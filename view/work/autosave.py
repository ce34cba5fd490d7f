"""Brings a story that is worked on and what the library has of it together: written, or put together where both moved.

Another server of the same library may have written since. Nothing of it is overwritten unread, and nothing is taken for
new that was only loaded.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from story.draft import Draft
from story.draft.memory import weight
from story.draft.merge import merge
from story.draft.undo import Basis, Edits
from story.exc import LibraryBusyError, StoryError, StoryFormatError
from view.state.story_ref import StoryRef
from view.work.workspaces import Stored, Workspace, Workspaces

if TYPE_CHECKING:
    from story.library.autosave import Unsaved
    from story.library.revisions import Library

_TRIES = 8


def store(kept: Library, workspaces: Workspaces, browser: str, workspace: Workspace) -> None:
    """Sees to it that the library has all of a workspace that is unsaved, and no more. Raises what Autosaves raise."""
    with workspace.storing:
        for _ in range(_TRIES):
            if workspace.is_stored(browser):
                workspace.weight = weight(workspace.edits)
                return
            _store_once(kept, workspaces, browser, workspace)
    raise LibraryBusyError("Another server keeps writing the same story. Try again.")


def _store_once(kept: Library, workspaces: Workspaces, browser: str, workspace: Workspace) -> None:
    edits, story, former = workspace.edits, workspace.ref, workspace.stored
    here = former if former and (former.browser, former.story) == (browser, story) else None
    base, draft = edits.basis.number, edits.now
    wanted = not workspace.discarded and draft is not edits.basis.draft
    if wanted:
        version = kept.autosaves.write(browser, str(story), base, draft, here.version if here else None)
        if version is None:
            _take_in(kept, workspaces, browser, workspace, story)
            return
    # Only when it stands in its new place is it taken away from the former one.
    if former and not (wanted and here) and not kept.autosaves.drop(former.browser, str(former.story), former.version):
        _take_in(kept, workspaces, former.browser, workspace, former.story)
        if wanted:
            kept.autosaves.drop(browser, str(story), version or "")
        return
    workspace.stored = Stored(browser, story, version, base, draft) if wanted and version else None


def look(kept: Library, workspaces: Workspaces, browser: str) -> None:
    """Learns what a browser works on, and takes into what is in memory what another server has made of it since."""
    former = workspaces.unloaded(browser)
    listed = {StoryRef.parse(story): there for story, there in kept.autosaves.listed(browser).items()}
    for story, workspace in workspaces.of(browser).items():
        known, there = workspace.stored, listed.get(story)
        if known and (known.browser, known.story) != (browser, story):
            # It is on its way here from another name, under which it still stands: the library does not have it yet.
            continue
        if (known.version if known else None) == (there.version if there else None):
            continue
        # Whoever holds it writes it at this moment, and will find the other's version himself.
        if workspace.storing.acquire(blocking=False):
            try:
                _take_in(kept, workspaces, browser, workspace, story)
                if workspace.stored is None and known is not None and workspace.edits.now is known.draft:
                    # Saved or given up elsewhere: nothing was done to it here since.
                    workspaces.drop(browser, story, workspace)
            finally:
                workspace.storing.release()
    workspaces.learn(browser, {story: there.title for story, there in listed.items()}, former)


def load(kept: Library, workspaces: Workspaces, browser: str, story: StoryRef) -> Workspace | None:
    """A story of the library in its browser's workspace again; None where it is no longer there."""
    found = kept.autosaves.read(browser, str(story))
    if found is None:
        workspaces.drop(browser, story)
        return None
    workspace = Workspace(story, Edits(found.draft, basis=Basis(found.base)), _stored(browser, story, found))
    workspace.weight = weight(workspace.edits)
    return workspaces.add(browser, workspace)


def _take_in(kept: Library, workspaces: Workspaces, browser: str, workspace: Workspace, story: StoryRef) -> None:
    """Puts what the library has of a workspace's story together with what was done here since both were the same."""
    try:
        found = kept.autosaves.read(browser, str(story))
    except StoryFormatError:
        # A later Dateline wrote it, or it is damaged: it stays there untouched.
        workspace.stored = None
        workspaces.fork(browser, workspace)
        return
    if found is None:
        workspace.stored = None
        return
    if workspace.stored and workspace.stored.version == found.version:
        return
    if workspace.discarded:
        workspace.stored = _stored(browser, story, found)
        return
    common = workspace.stored.draft if workspace.stored else _common(kept, workspace, found)
    if common is None:
        workspaces.fork(browser, workspace)
        return

    def both(edits: Edits) -> Edits:
        merged = found.draft if edits.now is common else merge(common, edits.now, found.draft).draft
        # Where both come to the same it is that of the library, and need not be written.
        merged = found.draft if merged == found.draft else merged
        basis = edits.basis if edits.basis.number >= found.base else Basis(found.base)
        return edits.do("merged changes made in another window", merged, basis)

    workspace.step(both)
    workspace.stored = _stored(browser, story, found)


def _common(kept: Library, workspace: Workspace, found: Unsaved) -> Draft | None:
    """What two states began from that never met: the earlier of the revisions; None where there is none."""
    basis, number = workspace.edits.basis, min(workspace.base, found.base)
    if found.draft == workspace.draft:
        return workspace.draft
    if number and number == basis.number and basis.draft is not None:
        return basis.draft
    with suppress(StoryError):
        return kept.draft(workspace.ref.id, number) if number else None
    return None


def _stored(browser: str, story: StoryRef, found: Unsaved) -> Stored:
    return Stored(browser, story, found.version, found.base, found.draft)
