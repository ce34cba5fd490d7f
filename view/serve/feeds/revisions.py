"""What the latest revisions of a saved story have edited, each held against the one before it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from story.exc import RevisionDamagedError
from story.export.atom import Edited
from story.query.changes import Told, changes_of_versions, tell

if TYPE_CHECKING:
    from view.work.library import Found

MOST = 10
"""So many of the latest are told: each is read from the library the first time."""
_MOST_ROWS = 2_000
"""A larger story is told in the words of its revisions alone, as two of it would take seconds to hold together."""


def edited(found: Found) -> tuple[Edited, ...]:
    """The revisions of a story up to the one that is meant, the latest first. Raises LibraryError."""
    from view.work import library

    kept = library.library().revisions(found.kept.id)
    latest = [one for one in kept if one.number <= found.number][:MOST]
    return tuple(
        Edited(one.number, one.when, one.changed or one.title, _told(found.kept.id, one.number)) for one in latest
    )


@lru_cache(maxsize=256)
def _told(story: str, number: int) -> tuple[Told, ...]:
    """What a revision changed, event by event: it never changes itself. A damaged one tells nothing."""
    from view.work import derived, library

    if number < 2:
        return ()
    try:
        now, before = library.revision(story, number), library.revision(story, number - 1)
    except RevisionDamagedError:
        return ()
    if len(now.rows) > _MOST_ROWS:
        return ()
    later = derived.story(now)
    year = later.published.year if later.published else None
    return tell(changes_of_versions(derived.story(before), later), year)
