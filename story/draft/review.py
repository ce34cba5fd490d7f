"""The names of a story that a person should look at: those with no place, half a place, or several likely ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from geo.place import Candidate, Place, Resolution
from geo.spatial.great_circles import distance_km
from story.draft import Draft, reports_of

Doubt = Literal["unplaced", "coarse", "several"]

CLOSE = 0.12
"""Two places whose penalties differ by no more are equally likely: Springfield in Illinois and in Massachusetts."""
_APART_KM = 100.0


@dataclass(frozen=True, slots=True)
class OpenName:
    """A toponym in question: why, what became of it so far, and how many events are there."""

    toponym: str
    doubt: Doubt
    resolution: Resolution
    events: int


def open_names(draft: Draft) -> tuple[OpenName, ...]:
    """The names in question that no person has put anywhere yet: unplaced ones first, then by number of events."""
    there: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports_of(draft)[0]:
        if report.latitude is None and report.place:
            there[report.place].add(report.event)
    found = []
    for toponym, events in there.items():
        resolution = draft.names.get(toponym)
        if resolution is None:
            continue
        doubt = doubt_of(resolution)
        if doubt:
            found.append(OpenName(toponym, doubt, resolution, len(events)))
    order: tuple[Doubt, ...] = ("unplaced", "coarse", "several")
    found.sort(key=lambda name: (order.index(name.doubt), -name.events, name.toponym))
    return tuple(found)


def doubt_of(resolution: Resolution) -> Doubt | None:
    """What is doubtful about where a name was put; None where nothing is, or where a person put it.

    It is coarse where a part of the name did not count: that part is not known, or says another country.
    """
    if resolution.by_hand:
        return None
    if resolution.place is None:
        return "unplaced"
    if resolution.unknown or resolution.overruled:
        return "coarse"
    return "several" if rivals(resolution) else None


def rivals(resolution: Resolution) -> tuple[Candidate, ...]:
    """The candidates that are as likely as the chosen place and lie elsewhere."""
    chosen = resolution.place
    if chosen is None or len(resolution.candidates) < 2:
        return ()
    best = next((one.penalty for one in resolution.candidates if one.place.id == chosen.id), None)
    if best is None:
        return ()
    return tuple(
        one for one in resolution.candidates if one.penalty - best <= CLOSE and _is_elsewhere(one.place, chosen)
    )


def _is_elsewhere(one: Place, other: Place) -> bool:
    if one.id == other.id or (one.country == other.country and one.admin1 and one.admin1 == other.admin1):
        return False
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude)) > _APART_KM
