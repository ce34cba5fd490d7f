"""The legs of those who travel among some events, for files: trip by trip, with how they go and by what reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from geo.spatial.great_circles import Point
from story.model import Event, Itinerary, Leg, Story
from story.query.itineraries import itineraries
from story.query.presence import presence
from story.query.selection import events_as_of
from story.query.travel import flight_hours, sea_hours
from story.query.ways import FINEST, way_of
from story.wording import say_air, say_distance, say_sea

KM_A_POINT = 300.0
"""A straight line of this length is nowhere 2 km off the great circle."""
MODES = {"sea": "sea", "direct": "great circle"}


@dataclass(frozen=True, slots=True)
class Travelled:
    """One leg of one who travels."""

    traveller: str
    leg: Leg


def travel_of(story: Story, events: tuple[Event, ...]) -> tuple[Itinerary, ...]:
    """The itineraries of these events, which are some of a story's. What a filter left out tells of trips as well."""
    every = events_as_of(story, None)
    by_id = {event.id: event for event in events}
    # As known on the day that the events are of, where that is another one.
    whole = tuple(by_id.get(event.id, event) for event in every) if _are_latest(every, by_id) else events
    return itineraries(events, whole=whole, going=presence(story, every))


def _are_latest(every: Iterable[Event], by_id: dict[str, Event]) -> bool:
    return all(len(by_id[event.id].reports) == len(event.reports) for event in every if event.id in by_id)


def legs_of(travel: Iterable[Itinerary]) -> Iterator[Travelled]:
    for itinerary in travel:
        for leg in itinerary.legs:
            yield Travelled(itinerary.traveller, leg)


def properties_of(travelled: Travelled) -> dict[str, Any]:
    """What a file says of a leg: who, from and to which event, how far and how, in which trip and why."""
    leg = travelled.leg
    start, end = leg.start.event, leg.end.event
    said = {
        "traveller": travelled.traveller,
        "trip": leg.trip,
        "mode": MODES[leg.mode],
        "from": start.id,
        "to": end.id,
        "from_place": start.where,
        "to_place": end.where,
        "km": round(leg.km, 1),
        "travelled": leg.travelled,
        "reason": leg.why,
    }
    return said | ({"note": leg.told} if leg.told else {})


def say_leg(leg: Leg) -> str:
    """A leg in a line: "Fallon → Tokyo: 8,440 km (5,240 mi), about 11 h by air"."""
    hours = flight_hours(leg)
    lasts = say_sea(sea_hours(leg.km)) if leg.mode == "sea" else say_air(hours) if hours and not leg.told else ""
    by = "by sea" if leg.mode == "sea" else ""
    way = ", ".join(filter(None, (say_distance(leg.km), by, lasts)))
    return f"{leg.start.event.where} → {leg.end.event.where}: {way}"


def lines_of(leg: Leg) -> list[list[Point]]:
    """The way of a leg, cut where it crosses the 180th meridian, as maps of other makers want it: (latitude,
    longitude), each longitude from -180 to 180."""
    way = way_of(leg, min(FINEST, 2 + round(leg.km / KM_A_POINT)))
    if not any(abs(longitude) > 180.0 for _, longitude in way):
        return [[(round(latitude, 5), round(longitude, 5)) for latitude, longitude in way]]
    lines: list[list[Point]] = []
    for turn, points in groupby(_cut(way), key=lambda point: point[2]):
        lines.append([(round(latitude, 5), round(longitude - 360.0 * turn, 5)) for latitude, longitude, _ in points])
    return [line for line in lines if len(line) > 1]


def _cut(way: Iterable[Point]) -> Iterator[tuple[float, float, int]]:
    """The points of a way, each with the turn round the world that it is on, and two more at each crossing."""
    points = list(way)
    yield (*points[0], _turn(points[0][1]))
    for (lat, lon), (to_lat, to_lon) in pairwise(points):
        turn, to_turn = _turn(lon), _turn(to_lon)
        if turn != to_turn and to_lon != lon:
            edge = 360.0 * max(turn, to_turn) - 180.0
            at = lat + (to_lat - lat) * (edge - lon) / (to_lon - lon)
            yield at, edge, turn
            yield at, edge, to_turn
        yield to_lat, to_lon, to_turn


def _turn(longitude: float) -> int:
    return int((longitude + 180.0) // 360.0)
