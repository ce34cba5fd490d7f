"""The stories that can be opened: in this browser's workspaces, in the library, by path, and those that are shipped."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from story.draft import Draft
from story.draft.undo import Basis
from story.exc import LibraryBusyError, StoryError, StoryFormatError, StoryNotFoundError
from story.library import shipped
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import library, opening, workspace
from view.work.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """A story that is open: in a workspace if it is being worked on, what the library has of it, or where it lies."""

    ref: StoryRef
    draft: Draft
    workspace: Workspace | None = None
    found: library.Found | None = None
    path: Path | None = None


def paths() -> dict[StoryRef, Path]:
    """The stories that lie on this machine: the one that was asked for by path, the shipped ones."""
    own = os.environ.get("DATELINE_STORY", "")
    given = {StoryRef.parse(Path(own).stem).as_kind("path"): Path(own).resolve()} if own else {}
    ours = {StoryRef.parse(name).as_kind("shipped"): path for name, path in shipped()}
    return given | {ref: path for ref, path in ours.items() if ref not in given}


def labels() -> dict[StoryRef, str]:
    """The stories with their short names, for choosing one; no two the same."""
    waiting = dict.fromkeys(page().jobs, "A story being opened")
    own = workspace.titles()
    listed = library.listed(workspace.browser()) if workspace.is_known() else {}
    every = waiting | own | {ref: title for ref, title in listed.items() if ref not in own}
    found: dict[StoryRef, str] = {}
    named = every | {ref: label(path.stem) for ref, path in paths().items()}
    for ref, name in named.items():
        # Nor is one called by another's id: the browser gives a story by its name here.
        found[ref] = apart(name, [*found.values(), *(str(other) for other in named if other != ref)])
    return found


def apart(name: str, others: Collection[str]) -> str:
    """A name that is none of the others."""
    again = sum(1 for other in others if other == name or other.startswith(f"{name} ("))
    return f"{name} ({again + 1})" if again else name


def label(name: str) -> str:
    """A short name from an id: "japan-visit-2025" -> "Japan visit 2025"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def linked(ref: StoryRef) -> str | None:
    """The name of a story that only its link opens; None where it opens nothing."""
    found = library.find(ref)
    if found is None:
        return None
    title = found.kept.latest.title
    return f"{title}, revision {found.number}" if ref.is_pinned else title


def _follow(own: Workspace, found: library.Found) -> None:
    """Somebody has saved a story that nothing was done to here since: that is what the reader sees from now on."""
    with suppress(StoryError, OSError):
        latest = library.revision(found.kept.id, found.number)
        own.do(f"switched to revision {found.number}", own.draft, latest, Basis(found.number, latest))


def fetch(ref: StoryRef) -> Opened:
    """The story that is called so. Raises StoryError or OSError where it cannot be opened."""
    jobs = page().jobs
    if ref in jobs:
        try:
            draft = opening.await_draft(jobs[ref], cancellable=True)
        except Exception:
            jobs.pop(ref, None)
            raise
        workspace.begin(ref.as_kind("unsaved"), draft)
        jobs.pop(ref, None)
    own = workspace.get(ref)
    if own is not None:
        found = library.find(ref) if own.base else None
        if found and not own.unsaved and found.number > own.base:
            _follow(own, found)
        return Opened(ref.as_kind("edit" if own.base else "unsaved"), own.draft, own, found)
    for known, path in paths().items():
        if known == ref:
            return Opened(known, opening.draft(path), path=path)
    found = library.find(ref)
    if found is None and ref in workspace.titles() and not library.trouble():
        raise StoryFormatError(
            "Your changes to this story cannot be read: they are damaged or were written by a later Dateline."
        )
    if found is None:
        raise StoryNotFoundError(library.trouble() or "This story is no longer here. Choose another one above.")
    if not ref.is_pinned and ref not in page().listed:
        # A library that may only be read can be read all the same; one that is busy is asked again.
        busy = False
        try:
            library.library().list_in(workspace.browser(), ref.id)
        except (StoryError, OSError) as error:
            busy = isinstance(error, LibraryBusyError)
        if not busy:
            page().listed.add(ref)
    return Opened(
        ref.as_kind("edit" if found.may_change else "read"), library.revision(found.kept.id, found.number), None, found
    )
