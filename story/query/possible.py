"""What one traveller can and cannot do: two places that are far apart, and the days that are certain."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from geo.place import Place
from geo.spatial.great_circles import distance_km
from story.model import Event

NEAR_KM = 100.0
"""Two places no further apart than this can both be visited on a day without a word."""


def apart_km(one: Event, other: Event) -> float:
    """The great circle between the places of two events; 0 where either has none."""
    if one.place is None or other.place is None:
        return 0.0
    return _km((one.place.latitude, one.place.longitude), (other.place.latitude, other.place.longitude))


# The same few ways come up again at every turn of the page.
_km = lru_cache(maxsize=100_000)(distance_km)


def far_apart(one: Event, other: Event) -> float:
    """The distance of two events at different places more than NEAR_KM apart, neither of them inside the other; else
    0."""
    if one.place is None or other.place is None or one.place.id == other.place.id:
        return 0.0
    km = apart_km(one, other)
    if km <= NEAR_KM or inside(one.place, other.place) or inside(other.place, one.place):
        return 0.0
    return km


def inside(place: Place, area: Place) -> bool:
    return area.box is not None and area.box.contains(place.latitude, place.longitude)


def certain_day(event: Event) -> date | None:
    """The one day that the event is certainly on; None where there is none."""
    span = event.span
    return None if span.uncertain or span.approximate else span.day
