"""The lists under the map as HTML: the table of events, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from story.drawing import own_fields
from story.memo import memoized
from story.model import Event, Story
from story.model.fields import Field
from view.draw.html import render
from view.draw.scene import Scene

PAGE = 50


def events_table(
    certain: Sequence[Event], possible: Sequence[Event], scene: Scene, *, page: int, fields: Sequence[Field] = ()
) -> Markup:
    """One page of the table (PAGE rows), "" where it has none; events that are only possibly in the range stand apart,
    after the others. `fields` are those of the story's own, a few of which are columns."""
    start = (page - 1) * PAGE
    shown = certain[start : start + PAGE]
    after = max(0, start - len(certain))
    maybe = possible[after : after + PAGE - len(shown)]
    if not shown and not maybe:
        return Markup("")
    headed = bool(possible) and (scene.address.first is not None or scene.address.last is not None)
    groups = [
        (f"{words} in this range ({len(every):,})" if headed else "", pale, some)
        for words, pale, some, every in (("Certainly", False, shown, certain), ("Possibly", True, maybe, possible))
        if some
    ]
    columns = own_fields.in_table(fields, scene.painting)
    return render("events", groups=groups, scene=scene, columns=columns, cells=own_fields.cells)


def sources_list(story: Story, events: Sequence[Event], scene: Scene, kind: str = "sources") -> Markup:
    """Who says it: every source of the events shown, with what is known of it; then the story's own notes. `kind` is
    the class of the list."""
    counts, first = _sources(events)
    return render("sources", counts=counts.most_common(PAGE), first=first, story=story, year=scene.year, kind=kind)


@memoized
def _sources(events: Sequence[Event]) -> tuple[Counter[str], dict[str, date]]:
    """How many reports each source has, and the day of its first one; asked for twice, for the page and for paper."""
    counts = Counter(report.source or "source not given" for event in events for report in event.reports)
    first: dict[str, date] = {}
    for event in events:
        for report in event.reports:
            if report.reported and (report.source not in first or report.reported < first[report.source]):
                first[report.source] = report.reported
    return counts, first
