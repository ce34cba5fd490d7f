"""What is worked out once for all readers: a draft's story, its events, what each filter leaves.

A module of its own, since Streamlit runs dashboard.py anew at every turn and with it forgets what is kept there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from story.draft import Draft, story_of
from story.memo import memoized
from story.model import Event, Itinerary, Story
from story.model.fields import Field
from story.query.changes import Told, changes, tell
from story.query.fields import Painting, colours, ranking, sizes
from story.query.itineraries import itineraries
from story.query.presence import Presence, presence
from story.query.selection import Filter, Selection, by_place, days, events_as_of, report_days, select, travellers
from story.wording import say_stretch
from view.draw.marks import Marks, marks_of
from view.work import opening

# Cards and legs are drawn for far fewer; working out thousands would take seconds at each turn of a filter.
MOST_ITINERARIES = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """What no filter changes: who is named and who of them travels, days of reports, the first and the last day of any
    event, and the same in words."""

    travellers: tuple[str, ...]
    going: Presence
    reported: tuple[date, ...]
    ends: tuple[date | None, date | None]
    days: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a filter leaves: events, the same by place, the itineraries that there is room for, who is named, and how
    many of them go."""

    selection: Selection
    places: Mapping[str, tuple[Event, ...]]
    ways: tuple[Itinerary, ...]
    who: tuple[str, ...]
    going: int


def _story(draft: Draft) -> Story:
    with opening.for_good():
        return story_of(draft)


def _known(story: Story, as_of: date | None) -> tuple[Event, ...]:
    with opening.for_good():
        return events_as_of(story, as_of)


def _changed(story: Story, since: date, until: date | None, year: int) -> tuple[tuple[Told, ...], Marks]:
    with opening.for_good():
        found = changes(story, since, until)
        return tell(found, year), marks_of(found)


def _facts(story: Story) -> Facts:
    every = known(story, None)
    return Facts(
        travellers(every), presence(story, every), report_days(story), days(every), say_stretch(e.span for e in every)
    )


def _left(story: Story, wanted: Filter) -> Left:
    every = known(story, wanted.as_of)
    selection = select(every, wanted)
    who = tuple(dict.fromkeys(name for event in selection.events if event.status != "cancelled" for name in event.who))
    going = facts(story).going
    ways = itineraries(selection.events, MOST_ITINERARIES, whole=every, going=going)
    return Left(selection, by_place(selection.events), ways, who, sum(map(going.travels, who)))


def painting(story: Story, as_of: date | None, colour: Field | None, size: Field | None) -> Painting:
    """What colour and size stand for, worked out for all events that are known on a day."""
    every, there = known(story, None), known(story, as_of)
    return Painting(
        colours(there, ranking(every, colour), colour) if colour else None,
        sizes(there, size) if size else None,
    )


def _without_dates(story: Story, wanted: Filter) -> tuple[Event, ...]:
    return select(known(story, wanted.as_of), replace(wanted, first=None, last=None)).events


story = memoized(_story)
"""The story that a draft comes to, the same one for the same draft."""
known = memoized(_known, each=32)
"""The events of a story as known on a day, all that are known where it is None."""
changed = memoized(_changed)
"""What changed between two days, as sentences of a story of that year, and its marks."""
facts = memoized(_facts)
without_dates = memoized(_without_dates, each=32)
"""The events that a filter would leave without its range of days."""
left = memoized(_left, each=32)
