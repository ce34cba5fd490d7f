"""Who went where in what order: stops, legs and what about them cannot be so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate, groupby, pairwise

from geo.spatial.sea_lanes import length_km
from story.memo import memoized
from story.model import Event, Flag, Itinerary, Leg, Stop, Trip
from story.query.names import kind_of
from story.query.possible import apart_km, certain_day, far_apart
from story.query.presence import EVERYONE, Presence
from story.query.trips import joints
from story.query.ways import by_water
from story.wording import say_day, say_distance, say_span

FASTEST_KMH = 1000.0
"""An airliner with the wind behind it; nothing that carries people in the news is faster for long."""
FASTEST_SHIP_KMH = 75.0
"""Forty knots, which no ship of any size keeps up."""
LONGEST_DAY_KM = 20_000.0
"""Half way round the world, which is the farthest that anything is from anything, takes a day of flying."""


def itineraries(
    events: Iterable[Event],
    most: int | None = None,
    *,
    whole: tuple[Event, ...] | None = None,
    going: Presence = EVERYONE,
) -> tuple[Itinerary, ...]:
    """One itinerary for each of the `events` who travels, those with the most stops first; only the first `most` where
    that is given.

    Stops are in order of earliest, then latest day and place in the file, not dated ones last; where two neighbours
    both give a time, in the order of those. Cancelled events are no stops. `whole` are the events of which a filter
    left these, if one did: all of them tell which stops are one trip (story.query.trips).

    A leg joins two stops of one trip that follow each other at different places; an unplaced stop is listed but has no
    legs, and the legs pass it by. A vessel's legs follow the water, all others the great circle; a leg is travelled
    once the event at its far end has happened.
    """
    seen = _by_traveller(events)
    ordered = sorted((item for item in seen.items() if going.travels(item[0])), key=lambda item: -len(item[1]))[:most]
    journeys = _Journeys(seen) if whole is None else _journeys(whole)
    return tuple(
        itinerary_of(name, theirs, journeys.of(name, by_sea=going.by_sea(name)), by_sea=going.by_sea(name))
        for name, theirs in ordered
    )


def _by_traveller(events: Iterable[Event]) -> dict[str, list[Event]]:
    seen: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.status != "cancelled":
            for name in event.who:
                seen[name].append(event)
    return seen


def itinerary_of(traveller: str, events: Iterable[Event], journey: Journey, *, by_sea: bool) -> Itinerary:
    """The itinerary of one traveller through some events of a journey."""
    left = {event.id for event in events}
    shown = (event for event in journey.events if event.id in left)
    stops = tuple(Stop(event, number) for number, event in enumerate(shown, 1))
    # Where a stop without a date comes in the order is a guess: no way leads to it.
    placed = [stop for stop in stops if stop.event.place and (stop.event.span.earliest or stop.event.span.latest)]
    flags = _same_day(traveller, placed) + _too_fast(traveller, placed, by_sea=by_sea)
    flown = not by_sea and kind_of(traveller) != "surface"
    legs = tuple(_legs(placed, journey, by_sea=by_sea, flown=flown))
    return Itinerary(traveller, stops, legs, tuple(flags), journey.trips(stops), by_sea)


class Journey:
    """All events of a traveller in order, told apart into trips."""

    def __init__(self, traveller: str, given: Iterable[Event], *, by_sea: bool) -> None:
        self.events = events = _by_instant(sorted(given, key=time_order))
        self.joints = joints(traveller, events, by_sea=by_sea)
        self.at = {event.id: at for at, event in enumerate(events)}
        begins = accumulate((not joint.together for joint in self.joints), initial=1)
        self.number = {event.id: number for event, number in zip(events, begins, strict=True)}

    def why(self, one: Event, other: Event) -> str:
        """Why two stops of one trip are that; where a filter left some out between them, why all those are."""
        between = self.joints[self.at[one.id] : self.at[other.id]]
        return "; ".join(dict.fromkeys(joint.why for joint in between))

    def trips(self, stops: Iterable[Stop]) -> tuple[Trip, ...]:
        apart = {}
        for number, joint in zip(list(self.number.values())[1:], self.joints, strict=True):
            if not joint.together:
                apart[number] = joint.why
        found = []
        for number, some in groupby(stops, key=lambda stop: self.number[stop.event.id]):
            theirs = tuple(some)
            joins = tuple(self.why(one.event, other.event) for one, other in pairwise(theirs))
            found.append(Trip(number, theirs, apart.get(number, ""), joins))
        return tuple(found)


class _Journeys:
    """The journeys of those who travel, each worked out when it is first asked for."""

    def __init__(self, by_traveller: Mapping[str, list[Event]]) -> None:
        self.by_traveller = by_traveller
        self.known: dict[tuple[str, bool], Journey] = {}

    def of(self, traveller: str, *, by_sea: bool) -> Journey:
        key = traveller, by_sea
        if key not in self.known:
            self.known[key] = Journey(traveller, self.by_traveller[traveller], by_sea=by_sea)
        return self.known[key]


# The same for every filter of a story.
_journeys = memoized(lambda whole: _Journeys(_by_traveller(whole)))


def _legs(placed: list[Stop], journey: Journey, *, by_sea: bool, flown: bool) -> Iterator[Leg]:
    for start, end in pairwise(placed):
        one, other = start.event, end.event
        trip = journey.number[one.id]
        if (
            trip != journey.number[other.id]
            or one.place is None
            or other.place is None
            or one.place.id == other.place.id
        ):
            continue
        way = by_water(one.place, other.place) if by_sea else None
        yield Leg(
            start,
            end,
            length_km(way) if way else apart_km(one, other),
            other.status == "happened",
            "sea" if way else "direct",
            trip,
            journey.why(one, other),
            "no way by water is known, so the great circle is drawn" if by_sea and not way else "",
            flown,
        )


def time_order(event: Event) -> tuple[date, date, float, int, int, str]:
    """The key by which a traveller's events are in order, before times of day with a zone are looked at."""
    span = event.span
    first = span.earliest or span.latest or date.max
    # An aware time is told by its instant; a naive one has its place's clock, which is all that is known.
    time = span.at.timestamp() if span.at and span.at.tzinfo else 0.0
    report = event.reports[0]
    return first, span.latest or date.max, time, report.line or 0, report.row, event.id


def _by_instant(events: list[Event]) -> list[Event]:
    """The events with neighbours whose times are both known in the order of those: east over the date line, a later
    stop has an earlier day."""
    for end in range(1, len(events)):
        at = end
        while at and _is_before(events[at], events[at - 1]):
            events[at - 1], events[at] = events[at], events[at - 1]
            at -= 1
    return events


def _is_before(one: Event, other: Event) -> bool:
    left, right = one.span.at, other.span.at
    return bool(left and right and left.tzinfo and right.tzinfo and left < right)


def _same_day(traveller: str, stops: list[Stop]) -> list[Flag]:
    """Two places far from each other on one certain day, unless the times of day leave room for the way."""
    on_day: defaultdict[date, list[Event]] = defaultdict(list)
    for stop in stops:
        day = certain_day(stop.event)
        if day:
            on_day[day].append(stop.event)
    flags = []
    for day, events in on_day.items():
        for one, other in pairwise(_each_place_once(events)):
            if not far_apart(one, other) or (one.span.at and other.span.at):
                continue
            message = (
                f"{traveller} is in {one.where} and in {other.where} on {say_day(day)}, "
                f"{say_distance(apart_km(one, other))} apart."
            )
            flags.append(Flag(message, (one.id, other.id)))
    return flags


def _too_fast(traveller: str, stops: list[Stop], *, by_sea: bool) -> list[Flag]:
    """Legs for which the time between their ends, as far as it is known, is too short."""
    flags = []
    for start, end in pairwise(stops):
        one, other = start.event, end.event
        if not far_apart(one, other):
            continue
        km, fastest, vehicle = apart_km(one, other), FASTEST_KMH, "an airliner"
        if by_sea and (water := _km_by_water(one, other)):
            km, fastest, vehicle = water, FASTEST_SHIP_KMH, "a ship"
        left, there = one.span.until or one.span.at, other.span.at
        if left and there and (left.tzinfo is None) == (there.tzinfo is None):
            hours = (there - left).total_seconds() / 3600
            if km > hours * fastest:
                message = (
                    f"{traveller} would have {_hours(hours)} to get from {one.where} to {other.where}, "
                    f"{say_distance(km)}: faster than {vehicle}."
                )
                flags.append(Flag(message, (one.id, other.id)))
            continue
        if certain_day(one) and certain_day(one) == certain_day(other):
            continue
        leaves, arrives = _first_leave(one), other.span.latest
        if leaves is None or arrives is None or one.span.uncertain or other.span.uncertain:
            continue
        if one.span.approximate or other.span.approximate:
            continue
        days = (arrives - leaves).days
        # Both ends are days, so the first morning to the last evening is all the time there can be.
        if days < 0 or km > (days + 1) * min(LONGEST_DAY_KM, 24 * fastest):
            message = (
                f"{traveller} is in {one.where} ({say_span(one.span)}) and then in {other.where} "
                f"({say_span(other.span)}), {say_distance(km)} away, with no time to get there."
            )
            flags.append(Flag(message, (one.id, other.id)))
    return flags


def _km_by_water(one: Event, other: Event) -> float:
    """The kilometres by water; 0 where no such way is known."""
    way = by_water(one.place, other.place) if one.place and other.place else None
    return length_km(way) if way else 0.0


def _first_leave(event: Event) -> date | None:
    """The first day on which the traveller can leave: the last day of something that lasts."""
    span = event.span
    return span.latest if span.lasts and span.latest else span.earliest


def _each_place_once(events: list[Event]) -> list[Event]:
    return list({event.place.id: event for event in reversed(events) if event.place}.values())[::-1]


def _hours(hours: float) -> str:
    if hours <= 0:
        return "no time"
    return f"{hours:.0f} hours" if hours >= 1.5 else f"{hours * 60:.0f} minutes"
