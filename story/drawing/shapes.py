"""What a map shows, as plain data that needs no page: places, ways, areas and names, each in its own turn of the world.

Longitudes are shifted so that a story hangs together: around the Pacific they run past 180.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from geo.place import Place
from geo.spatial.great_circles import unwrap_longitudes
from story.model import STATUSES, Event, Itinerary, Leg, Mention
from story.model.outlines import Ring, outline_of
from story.query.ways import direct, way_of
from story.wording import say_count

Colour = Callable[[str], int]
"""A traveller's name -> the number of its colour."""
COLOURS = ("#0072b2", "#c2410c", "#00785a", "#9b4f86", "#8a6d00", "#5a4fcf", "#a3243b", "#47606e")
"""The traveller colours of look.css on light ground."""
LAST_COLOUR = 7
"""That of all who come after the first seven, and of whoever is none of the story's."""
# A view that takes in a way over the pole would show little else.
FARTHEST_NORTH = 75
# More ways than this are a tangle: none is drawn, unless one traveller is looked at alone.
MOST_LEGS = 60
MOST_LEGS_ALONE = 200
# More outlines of a story's own than these would keep a browser busy at every turn.
MOST_OUTLINES = 200
# Kinds that are areas: outlined where the base map has the shape, never pinned as if they were a point.
OUTLINED = ("country",)


def colours_of(travellers: Sequence[str]) -> dict[str, int]:
    """The number of each traveller's colour, those who come first in the story first."""
    return {name: min(at, LAST_COLOUR) for at, name in enumerate(travellers)}


def map_shapes(
    by_place: Mapping[str, Sequence[Event]],
    itineraries: Sequence[Itinerary],
    mentions: Sequence[Mention],
    colour: Colour,
    possible: Collection[str] = (),
) -> dict[str, Any]:
    """`places`, `legs`, `unknown` (from one trip to the next), `areas` and `mentions`, as map.js takes them.

    `possible` holds the ids of events that only possibly lie in the days asked for.
    """
    places = [events[0].place for events in by_place.values() if events[0].place is not None]
    mentioned = [mention.resolution.place for mention in mentions if mention.resolution.place is not None]
    shifted = unwrap_longitudes([place.longitude for place in places])
    longitude = {place.id: x for place, x in zip(places, shifted, strict=True)}
    return {
        "places": [_place(place, by_place[place.id], longitude[place.id], possible) for place in places],
        "legs": _legs(itineraries, longitude, colour),
        "unknown": _unknown(itineraries, longitude, colour),
        "areas": _areas(places, by_place, longitude, colour),
        "mentions": [
            {"name": place.name, "latitude": place.latitude, "longitude": turned_to(place.longitude, shifted)}
            for place in mentioned
            if place.id not in by_place
        ],
    }


def _place(place: Place, events: Sequence[Event], longitude: float, possible: Collection[str]) -> dict[str, Any]:
    present = {event.status for event in events}
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "latitude": place.latitude,
        "longitude": longitude,
        "count": len(events),
        "label": f"{place.name}: {say_count(len(events), 'event')}",
        "statuses": [status for status in STATUSES if status in present],
        "pale": all(event.id in possible for event in events),
    }


def _legs(itineraries: Sequence[Itinerary], longitude: Mapping[str, float], colour: Colour) -> list[dict[str, Any]]:
    legs: list[dict[str, Any]] = []
    if _is_tangle(itineraries, sum(len(itinerary.legs) for itinerary in itineraries)):
        return legs
    between: Counter[tuple[str, str]] = Counter()
    for itinerary in itineraries:
        for leg in itinerary.legs:
            if len(legs) >= MOST_LEGS_ALONE:
                return legs
            start, end = leg.start.event.place, leg.end.event.place
            if start is None or end is None or not {start.id, end.id} <= longitude.keys():
                continue
            pair = (min(start.id, end.id), max(start.id, end.id))
            # A way gone twice is drawn as two curves side by side.
            bow = between[pair] * (1 if pair[0] == start.id else -1)
            between[pair] += 1
            legs.append(
                {
                    "points": _way(leg, longitude[start.id]),
                    "colour": colour(itinerary.traveller),
                    "travelled": leg.travelled,
                    "bow": bow,
                }
            )
    return legs


def _is_tangle(itineraries: Sequence[Itinerary], ways: int) -> bool:
    return len(itineraries) != 1 and ways > MOST_LEGS


def _way(leg: Leg, from_longitude: float) -> tuple[tuple[float, float], ...]:
    """The points of a leg, as fine as the map can show them, beginning at a longitude."""
    points = way_of(leg)
    return _turned(points, 360 * round((from_longitude - points[0][1]) / 360))


@lru_cache(maxsize=4_096)
def _turned(points: tuple[tuple[float, float], ...], turn: float) -> tuple[tuple[float, float], ...]:
    return tuple((round(latitude, 3), round(longitude + turn, 3)) for latitude, longitude in points)


def _unknown(itineraries: Sequence[Itinerary], longitude: Mapping[str, float], colour: Colour) -> list[dict[str, Any]]:
    """From the last place of each trip to the first one of the next: how the traveller got there is not known."""
    lines: list[dict[str, Any]] = []
    if _is_tangle(itineraries, sum(len(itinerary.trips) - 1 for itinerary in itineraries)):
        return lines
    for itinerary in itineraries:
        placed = [[place for stop in trip.stops if (place := stop.event.place)] for trip in itinerary.trips]
        for before, after in pairwise(filter(None, placed)):
            start, end = before[-1], after[0]
            if start.id == end.id or len(lines) >= MOST_LEGS_ALONE or not {start.id, end.id} <= longitude.keys():
                continue
            points = direct((start.latitude, longitude[start.id]), (end.latitude, end.longitude))
            lines.append({"points": _turned(points, 0.0), "colour": colour(itinerary.traveller)})
    return lines


def _areas(
    places: Sequence[Place], by_place: Mapping[str, Sequence[Event]], longitude: Mapping[str, float], colour: Colour
) -> list[dict[str, Any]]:
    areas: list[dict[str, Any]] = []
    for place in places:
        if len(areas) < MOST_OUTLINES:
            areas += _outlined(place, by_place[place.id], longitude[place.id], colour)
        if place.kind not in OUTLINED or not place.country:
            continue
        events = by_place[place.id]
        who = next((name for event in events for name in event.who), "")
        areas.append(
            {
                "place": place.id,
                "country": place.country,
                "longitude": longitude[place.id],
                "colour": colour(who),
                "happened": any(event.status == "happened" for event in events),
            }
        )
    return areas


def _outlined(place: Place, events: Sequence[Event], near: float, colour: Colour) -> Iterator[dict[str, Any]]:
    """The areas whose outlines the events at a place give themselves, each outline once."""
    given = {area.polygons: event for event in events if (area := outline_of(event.latest))}
    for polygons, event in given.items():
        yield {
            "place": place.id,
            "polygons": [[_beside(ring, near) for ring in rings] for rings in polygons],
            "colour": colour(next(iter(event.who), "")),
            "happened": event.status == "happened",
        }


def _beside(ring: Ring, near: float) -> list[tuple[float, float]]:
    """A ring moved whole, next to a longitude."""
    longitudes = [longitude for _, longitude in ring]
    shift = 360 * round((near - (min(longitudes) + max(longitudes)) / 2) / 360)
    return [(latitude, longitude + shift) for latitude, longitude in ring]


def turned_to(longitude: float, others: Sequence[float]) -> float:
    """A longitude moved by whole turns next to the middle of others."""
    middle = (min(others) + max(others)) / 2 if others else 0.0
    return longitude + 360 * round((middle - longitude) / 360)
