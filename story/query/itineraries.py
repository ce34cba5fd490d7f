"""Who went where in what order: stops, legs and what about them cannot be so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from geo.place import Place
from geo.spatial.great_circles import distance_km
from story.model import Event, Flag, Itinerary, Leg, Stop
from story.wording import say_day, say_distance, say_span

NEAR_KM = 100.0
"""Two places no further apart than this can both be visited on a day without a word."""
FASTEST_KMH = 1000.0
"""An airliner with the wind behind it; nothing that carries people in the news is faster for long."""
LONGEST_DAY_KM = 20_000.0
"""Half way round the world, which is the farthest that anything is from anything, takes a day of flying."""


def itineraries(events: Iterable[Event], most: int | None = None) -> tuple[Itinerary, ...]:
    """One itinerary for each traveller, those with the most stops first; only the first `most` where that is given.

    Stops are in order of earliest, then latest day and place in the file, not dated ones last; where two neighbours
    both give a time, in the order of those. Cancelled events are no stops. A leg joins two stops that follow each other
    at different places; an unplaced stop is listed but has no legs, and the legs pass it by. `Leg.km` is the great
    circle; a leg is travelled once the event at its far end has happened.
    """
    seen: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.status != "cancelled":
            for name in event.who:
                seen[name].append(event)
    ordered = sorted(seen.items(), key=lambda item: -len(item[1]))[:most]
    return tuple(_itinerary(name, theirs) for name, theirs in ordered)


def _itinerary(traveller: str, events: list[Event]) -> Itinerary:
    events = _by_instant(sorted(events, key=_time_order))
    stops = tuple(Stop(event, number) for number, event in enumerate(events, 1))
    # Where a stop without a date comes in the order is a guess: no way leads to it.
    placed = [stop for stop in stops if stop.event.place and (stop.event.span.earliest or stop.event.span.latest)]
    legs = tuple(
        Leg(start, end, _apart(start.event, end.event), end.event.status == "happened")
        for start, end in pairwise(placed)
        if start.event.place and end.event.place and start.event.place.id != end.event.place.id
    )
    flags = _same_day(traveller, placed) + _too_fast(traveller, placed)
    return Itinerary(traveller, stops, legs, tuple(flags))


def _time_order(event: Event) -> tuple[date, date, float, int, int, str]:
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


def _apart(one: Event, other: Event) -> float:
    if one.place is None or other.place is None:
        return 0.0
    return _km((one.place.latitude, one.place.longitude), (other.place.latitude, other.place.longitude))


# The same few ways come up again at every turn of the page.
_km = lru_cache(maxsize=100_000)(distance_km)


def _same_day(traveller: str, stops: list[Stop]) -> list[Flag]:
    """Two places far from each other on one certain day, unless the times of day leave room for the way."""
    on_day: defaultdict[date, list[Event]] = defaultdict(list)
    for stop in stops:
        day = _certain_day(stop.event)
        if day:
            on_day[day].append(stop.event)
    flags = []
    for day, events in on_day.items():
        for one, other in pairwise(_each_place_once(events)):
            if not _far(one, other) or (one.span.at and other.span.at):
                continue
            message = (
                f"{traveller} is in {one.where} and in {other.where} on {say_day(day)}, "
                f"{say_distance(_apart(one, other))} apart."
            )
            flags.append(Flag(message, (one.id, other.id)))
    return flags


def _too_fast(traveller: str, stops: list[Stop]) -> list[Flag]:
    """Legs for which the time between their ends, as far as it is known, is too short."""
    flags = []
    for start, end in pairwise(stops):
        one, other = start.event, end.event
        if not _far(one, other):
            continue
        km = _apart(one, other)
        left, there = one.span.until or one.span.at, other.span.at
        if left and there and (left.tzinfo is None) == (there.tzinfo is None):
            hours = (there - left).total_seconds() / 3600
            if km > hours * FASTEST_KMH:
                message = (
                    f"{traveller} would have {_hours(hours)} to get from {one.where} to {other.where}, "
                    f"{say_distance(km)}: faster than an airliner."
                )
                flags.append(Flag(message, (one.id, other.id)))
            continue
        if _certain_day(one) and _certain_day(one) == _certain_day(other):
            continue
        leaves, arrives = _first_leave(one), other.span.latest
        if leaves is None or arrives is None or one.span.uncertain or other.span.uncertain:
            continue
        if one.span.approximate or other.span.approximate:
            continue
        days = (arrives - leaves).days
        # Both ends are days, so the first morning to the last evening is all the time there can be.
        if days < 0 or km > (days + 1) * LONGEST_DAY_KM:
            message = (
                f"{traveller} is in {one.where} ({say_span(one.span)}) and then in {other.where} "
                f"({say_span(other.span)}), {say_distance(km)} away, with no time to get there."
            )
            flags.append(Flag(message, (one.id, other.id)))
    return flags


def _first_leave(event: Event) -> date | None:
    """The first day on which the traveller can leave: the last day of something that lasts."""
    span = event.span
    return span.latest if span.lasts and span.latest else span.earliest


def _certain_day(event: Event) -> date | None:
    span = event.span
    return None if span.uncertain or span.approximate else span.day


def _each_place_once(events: list[Event]) -> list[Event]:
    return list({event.place.id: event for event in reversed(events) if event.place}.values())[::-1]


def _far(one: Event, other: Event) -> bool:
    """Whether the two are at different places more than NEAR_KM apart, neither of them inside the other."""
    if one.place is None or other.place is None or one.place.id == other.place.id:
        return False
    if _inside(one.place, other.place) or _inside(other.place, one.place):
        return False
    return _apart(one, other) > NEAR_KM


def _inside(place: Place, area: Place) -> bool:
    return area.box is not None and area.box.contains(place.latitude, place.longitude)


def _hours(hours: float) -> str:
    if hours <= 0:
        return "no time"
    return f"{hours:.0f} hours" if hours >= 1.5 else f"{hours * 60:.0f} minutes"
