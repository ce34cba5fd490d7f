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
from view.state.job import Job
from view.state.page_state import page
from view.state.story_ref import Kind, StoryRef
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

    @property
    def id(self) -> str:
        return str(self.ref)


def paths() -> dict[str, Path]:
    """Story id -> where it lies on this machine: the one that was asked for by path, the shipped ones."""
    own = os.environ.get("DATELINE_STORY", "")
    given = {Path(own).stem: Path(own).resolve()} if own else {}
    return given | {name: path for name, path in shipped() if name not in given}


def labels() -> dict[str, str]:
    """Story id -> its short name, for choosing one; no two the same."""
    waiting = dict.fromkeys(jobs(), "A story being opened")
    own = workspace.titles()
    listed = library.listed(workspace.browser()) if workspace.is_known() else {}
    every = waiting | own | {link: title for link, title in listed.items() if link not in own}
    found: dict[str, str] = {}
    named = every | {story: label(path.stem) for story, path in paths().items()}
    for story, name in named.items():
        # Nor is one called by another's id: the browser gives a story by its name here.
        found[story] = apart(name, [*found.values(), *(other for other in named if other != story)])
    return found


def apart(name: str, others: Collection[str]) -> str:
    """A name that is none of the others."""
    again = sum(1 for other in others if other == name or other.startswith(f"{name} ("))
    return f"{name} ({again + 1})" if again else name


def label(name: str) -> str:
    """A short name from an id: "japan-visit-2025" -> "Japan visit 2025"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def jobs() -> dict[str, Job]:
    """Story id -> a table of this session's that is being opened."""
    return page().jobs


def linked(link: str) -> str | None:
    """The name of a story that only its link opens; None where it opens nothing."""
    found = library.find(link)
    if found is None:
        return None
    title = found.kept.latest.title
    return f"{title}, revision {found.number}" if StoryRef.parse(link).is_pinned else title


def _follow(own: Workspace, found: library.Found) -> None:
    """Somebody has saved a story that nothing was done to here since: that is what the reader sees from now on."""
    with suppress(StoryError, OSError):
        latest = library.revision(found.kept.id, found.number)
        own.do(f"took revision {found.number}", own.draft, latest, Basis(found.number, latest))


def fetch(story: str) -> Opened:
    """The story with this id or link. Raises StoryError or OSError where it cannot be opened."""
    ref = StoryRef.parse(story)
    if story in jobs():
        job = jobs()[story]
        try:
            draft = opening.await_draft(job, cancellable=True)
        except Exception:
            jobs().pop(story, None)
            raise
        workspace.begin(story, draft)
        jobs().pop(story, None)
    own = workspace.get(story)
    if own is not None:
        found = library.find(story) if own.base else None
        if found and not own.unsaved and found.number > own.base:
            _follow(own, found)
        return Opened(ref.as_kind("edit" if own.base else "unsaved"), own.draft, own, found)
    if story in paths():
        path = paths()[story]
        kind: Kind = "shipped" if path in dict(shipped()).values() else "path"
        return Opened(ref.as_kind(kind), opening.draft(path), path=path)
    found = library.find(story)
    if found is None and story in workspace.titles() and not library.trouble():
        raise StoryFormatError("Your changes to this story cannot be read: damaged, or written by a later Dateline.")
    if found is None:
        raise StoryNotFoundError(library.trouble() or "This story is not here any more. Choose another one above.")
    if not ref.is_pinned and story not in page().listed:
        # A library that may only be read can be read all the same; one that is busy is asked again.
        busy = False
        try:
            library.library().shelve(workspace.browser(), story)
        except (StoryError, OSError) as error:
            busy = isinstance(error, LibraryBusyError)
        if not busy:
            page().listed.add(story)
    return Opened(
        ref.as_kind("edit" if found.may_change else "read"), library.revision(found.kept.id, found.number), None, found
    )
