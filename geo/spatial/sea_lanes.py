"""Ways by water between two points (latitude, longitude) in degrees, along the lanes that ships use.

The network of lanes comes with the package searoute. It knows the canals of Suez and Panama, and leaves out the
Northwest Passage.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Lock

from geo.spatial.great_circles import Point, distance_km

FROM_PORT_KM = 120.0
"""A town further than this from every lane is no port: a way from there would begin across land."""
FROM_OPEN_SEA_KM = 1_500.0
"""Far out, lanes are far apart."""
_LOCK = Lock()
_LOG = logging.getLogger(__name__)


@lru_cache(maxsize=4_096)
def sea_lane(
    a: Point, b: Point, a_reach_km: float = FROM_PORT_KM, b_reach_km: float = FROM_PORT_KM
) -> tuple[Point, ...] | None:
    """The points of the shortest way by water from `a` to `b`, both included; None where none is known.

    `a_reach_km` and `b_reach_km` say how far each may be from the nearest lane. Longitudes are continuous from `a` on,
    as those of `geo.spatial.great_circles.great_circle` are: the last one may differ from `b`'s by 360.
    """
    lane = _between_lanes(a, b)
    if not lane or distance_km(a, lane[0]) > a_reach_km or distance_km(b, lane[-1]) > b_reach_km:
        return None
    if len(lane) == 1:
        return a, b
    # The lane nearest to a point in open sea may lie behind it.
    if a_reach_km > FROM_PORT_KM:
        lane = _ahead(a, lane)
    if b_reach_km > FROM_PORT_KM:
        lane = _ahead(b, lane[::-1])[::-1]
    turn = 360.0 * round((a[1] - lane[0][1]) / 360.0)
    way = [a, *((latitude, longitude + turn) for latitude, longitude in lane)]
    end = (b[0], b[1] + 360.0 * round((way[-1][1] - b[1]) / 360.0))
    return tuple(dict.fromkeys((*way, end)))


def length_km(way: Sequence[Point]) -> float:
    """The kilometres of a way, by great circle from point to point."""
    return sum(distance_km(one, other) for one, other in pairwise(way))


def _between_lanes(a: Point, b: Point) -> list[Point]:
    """The network from its point nearest to `a` to the one nearest to `b`; empty where nothing joins them."""
    # It takes a quarter of a second, which only stories with ships are to wait for.
    from searoute import searoute

    try:
        # The network is one for all threads, and is built when it is first asked.
        with _LOCK, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = searoute((_within(a[1]), a[0]), (_within(b[1]), b[0]))
    except Exception as error:
        # It raises whatever comes; a ship without a lane still has a great circle.
        _LOG.warning("no sea lane from %s to %s: %s: %s", a, b, type(error).__name__, error)
        return []
    return [(float(latitude), float(longitude)) for longitude, latitude in found["geometry"]["coordinates"]]


def _ahead(start: Point, lane: list[Point]) -> list[Point]:
    """The lane without its first points, as far as going there would be a way back."""
    while len(lane) > 1 and distance_km(start, lane[1]) < distance_km(lane[0], lane[1]):
        lane = lane[1:]
    return lane


def _within(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0
