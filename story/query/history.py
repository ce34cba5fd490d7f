"""How what is known grew: what each event was taken for from which day on, and who was expected to go where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from story.model import Event, Leg, Report, Story
from story.query.itineraries import itineraries
from story.query.selection import event_of, story_order


@dataclass(frozen=True, slots=True)
class State:
    """What an event was taken for from a day on, until its next state. `since` is None where it has always been so: of
    reports without a day."""

    since: date | None
    event: Event


@dataclass(frozen=True, slots=True)
class KnownLeg:
    """A traveller's way between two events as it was known from one day of `report_days` on until another, which is
    not included; None for a way that is known still."""

    traveller: str
    leg: Leg
    first: date
    until: date | None


def histories(story: Story, as_of: date | None) -> dict[str, tuple[State, ...]]:
    """Event id -> its states up to the end of `as_of` (all where None), oldest first, each of another day.

    The last one of an event is the same as in `events_as_of(story, as_of)`. A report that changes nothing, since the
    file has a later one that was known before, makes no state.
    """
    known: defaultdict[str, list[tuple[int, Report]]] = defaultdict(list)
    for at, report in enumerate(story.reports):
        if as_of is None or report.reported is None or report.reported <= as_of:
            known[report.event].append((at, report))
    return {name: tuple(_states(story, name, reports)) for name, reports in known.items()}


def _states(story: Story, name: str, reports: list[tuple[int, Report]]) -> Iterator[State]:
    days = sorted({report.reported or date.min for _, report in reports})
    latest = -1
    for day in days:
        so_far = [(at, report) for at, report in reports if (report.reported or date.min) <= day]
        if so_far[-1][0] > latest:
            latest = so_far[-1][0]
            yield State(None if day == date.min else day, event_of(story, name, [report for _, report in so_far]))


def known_legs(
    states: Iterable[Sequence[State]],
    days: Sequence[date],
    shown: Callable[[Event], bool],
    most: int | None = None,
) -> tuple[KnownLeg, ...]:
    """The legs of the itineraries as they were known on each of `days`, which are in order, of the events that are
    `shown`; those of the `most` travellers with the most stops."""
    each = list(states)
    going: dict[tuple[object, ...], KnownLeg] = {}
    over: list[KnownLeg] = []
    for day in days:
        there = sorted((event for one in each if (event := at(one, day)) and shown(event)), key=story_order)
        now = dict(_legs(there, most))
        for key in going.keys() - now.keys():
            gone = going.pop(key)
            over.append(KnownLeg(gone.traveller, gone.leg, gone.first, day))
        for key, (traveller, leg) in now.items():
            going.setdefault(key, KnownLeg(traveller, leg, day, None))
    return tuple(sorted((*over, *going.values()), key=lambda known: known.first))


def at(states: Sequence[State], day: date) -> Event | None:
    """What was known on a day; None where nothing was."""
    found = None
    for state in states:
        if state.since is None or state.since <= day:
            found = state.event
    return found


def _legs(events: Sequence[Event], most: int | None) -> Iterator[tuple[tuple[object, ...], tuple[str, Leg]]]:
    for itinerary in itineraries(events, most):
        for leg in itinerary.legs:
            start, end = leg.start.event, leg.end.event
            places = start.place and start.place.id, end.place and end.place.id
            yield (itinerary.traveller, start.id, end.id, *places, leg.travelled), (itinerary.traveller, leg)
