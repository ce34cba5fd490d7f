"""What has changed since a day, as HTML: a sentence a change, each linked to its event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from story.query.changes import Told
from view.draw.html import render
from view.draw.scene import Scene

FIRST = 3
"""So many stand there at once; the others unfold."""
MOST = 200


def changes_list(told: Sequence[Told], shown: Collection[str], scene: Scene, *, since: date) -> Markup:
    """The changes of the events `shown`, which are those that the filter leaves, the latest first."""
    # Sorting keeps what one report says in its order.
    left = sorted((one for one in told if one.event in shown), key=lambda one: one.reported or date.min, reverse=True)
    return render(
        "changes",
        first=left[:FIRST],
        rest=left[FIRST:MOST],
        count=len(left),
        total=len(told),
        most=MOST,
        since=since,
        scene=scene,
    )


def version_changes(told: Sequence[Told], year: int | None) -> Markup:
    """The changes between two versions of a story, without links: the one that is open may be neither."""
    return render("edit/version_changes", told=told[:MOST], more=len(told) - MOST, year=year)
