"""What is worked out once for all readers: a story's events, what never changes about them, what each filter leaves.

A module of its own, since Streamlit runs dashboard.py anew at every turn and with it forgets what is kept there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from story.itinerary import itineraries
from story.model import Event, Itinerary
from story.select import Filter, Selection, by_place, days, events_as_of, report_days, select, travellers
from view import opening

# Cards and legs are drawn for far fewer; working out thousands would take seconds at each turn of a filter.
MOST_ITINERARIES = 100


@dataclass(frozen=True, slots=True)
class Told:
    """What no filter changes: travellers, days of reports, and the first and the last day of any event."""

    travellers: tuple[str, ...]
    reported: tuple[date, ...]
    ends: tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Left:
    """What a filter leaves: events, the same by place, the itineraries that there is room for, and how many go."""

    selection: Selection
    places: Mapping[str, tuple[Event, ...]]
    ways: tuple[Itinerary, ...]
    going: int


@lru_cache(maxsize=32)
def known(path: str, stamp: float, as_of: date | None) -> tuple[Event, ...]:
    """The events of a story as known on a day; `path` and `stamp` name the story as `opening.story` does."""
    story = opening.story(path, stamp)
    with opening.for_good():
        return events_as_of(story, as_of)


@lru_cache(maxsize=8)
def told(path: str, stamp: float) -> Told:
    every = known(path, stamp, None)
    return Told(travellers(every), report_days(opening.story(path, stamp)), days(every))


@lru_cache(maxsize=32)
def left(path: str, stamp: float, wanted: Filter) -> Left:
    selection = select(known(path, stamp, wanted.as_of), wanted)
    going = {name for event in selection.events if event.status != "cancelled" for name in event.who}
    ways = itineraries(selection.events, MOST_ITINERARIES)
    return Left(selection, by_place(selection.events), ways, len(going))
