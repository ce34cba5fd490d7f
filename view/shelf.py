"""The stories that can be opened: those on this browser's desk, one asked for by path, and those that are shipped."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from story import library
from story.draft import Draft
from view import desk, opening

STATE = st.session_state


@dataclass(frozen=True, slots=True)
class Opened:
    """A story that is open, and what may be done with it."""

    id: str
    draft: Draft
    desk: desk.Desk | None = None


def paths() -> dict[str, Path]:
    """Story id -> where it lies on this machine: the one that was asked for by path, the shipped ones."""
    own = os.environ.get("DATELINE_STORY", "")
    given = {Path(own).stem: Path(own).resolve()} if own else {}
    return given | {name: path for name, path in library.shipped() if name not in given}


def labels() -> dict[str, str]:
    """Story id -> its short name, for choosing one; no two the same."""
    waiting = dict.fromkeys(jobs(), "A table being opened")
    own = {story: some.draft.head.title for story, some in desk.desks().items()}
    found: dict[str, str] = {}
    for story, name in (waiting | own | {story: label(path.stem) for story, path in paths().items()}).items():
        again = sum(1 for other in found.values() if other == name or other.startswith(f"{name} ("))
        found[story] = f"{name} ({again + 1})" if again else name
    return found


def label(name: str) -> str:
    """A short name from an id: "japan-visit-2025" -> "Japan visit 2025"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def jobs() -> dict[str, opening.Job]:
    """Story id -> a table of this session's that is being opened."""
    found: dict[str, opening.Job] = STATE.setdefault("_jobs", {})
    return found


def fetch(story: str) -> Opened:
    """The story with this id, one of `labels`. Raises StoryError or OSError where it cannot be opened."""
    if story in jobs():
        job = jobs()[story]
        try:
            draft = opening.await_draft(job, cancellable=True)
        except Exception:
            jobs().pop(story, None)
            raise
        desk.begin(story, draft)
        jobs().pop(story, None)
    if own := desk.desks().get(story):
        return Opened(story, own.draft, own)
    return Opened(story, opening.draft(paths()[story]))
