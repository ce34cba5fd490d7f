"""The stories that come with Dateline."""

from __future__ import annotations

import re
from pathlib import Path

from story.exc import StoryNotFoundError

FIRST = "japan-visit-2025"
"""The story that opens where none is asked for."""
STORIES = Path(__file__).resolve().parent.parent.parent / "data" / "stories"


def shipped() -> tuple[tuple[str, Path], ...]:
    """The id and folder of every shipped story: the one that opens by itself, then the others in order of id."""
    if not STORIES.is_dir():
        return ()
    folders = (path for path in STORIES.iterdir() if (path / "reports.csv").is_file() and _is_plain(path.name))
    return tuple(sorted(((path.name, path) for path in folders), key=lambda found: (found[0] != FIRST, found[0])))


def story_path(id: str) -> Path:
    """The folder of a shipped story. Raises StoryNotFoundError for anything that is not the plain id of one."""
    path = dict(shipped()).get(id)
    if path is None:
        known = ", ".join(name for name, _ in shipped()) or "none"
        raise StoryNotFoundError(f"There is no story '{id[:80]}'. Those that come with Dateline: {known}.")
    return path


def _is_plain(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None
