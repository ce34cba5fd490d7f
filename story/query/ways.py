"""The points of a leg on the map: by water for a vessel, else the great circle."""

from __future__ import annotations

from functools import lru_cache

from geo.place import Place
from geo.spatial.great_circles import Point, great_circle
from geo.spatial.sea_lanes import FROM_OPEN_SEA_KM, FROM_PORT_KM, sea_lane
from story.model import Leg

_LAND = ("city", "site", "admin1", "admin2", "country")


def by_water(one: Place, other: Place) -> tuple[Point, ...] | None:
    """The way from one place to another by water; None where none is known, as from a town far from the sea."""
    return sea_lane(_point(one), _point(other), _reach_km(one), _reach_km(other))


FINEST = 64
"""Points of a great circle that is as fine as a map can show it."""


def way_of(leg: Leg, points: int = FINEST) -> tuple[Point, ...]:
    """The points of a leg (latitude, longitude), both ends included; longitudes go on past 180 or -180. A great circle
    has so many `points`, a way by water those that it takes."""
    one, other = leg.start.event.place, leg.end.event.place
    if one is None or other is None:
        return ()
    way = by_water(one, other) if leg.mode == "sea" else None
    return way or direct(_point(one), _point(other), points)


@lru_cache(maxsize=4_096)
def direct(a: Point, b: Point, points: int = FINEST) -> tuple[Point, ...]:
    """The great circle from one point to another."""
    return tuple(great_circle(a, b, points))


def _point(place: Place) -> Point:
    return place.latitude, place.longitude


def _reach_km(place: Place) -> float:
    """How far the nearest lane may be: what is in no country, or no town, may be anywhere on the water."""
    return FROM_PORT_KM if place.country and place.kind in _LAND else FROM_OPEN_SEA_KM
