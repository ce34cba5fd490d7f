"""An area as maps of other makers want it (RFC 7946): cut at the 180th meridian, outer rings counterclockwise, holes
clockwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from story.model.outlines import Outline, Ring

_DIGITS = 7
_BESIDE = 1e-9
"""In degrees."""
Polygon = tuple[Ring, ...]
_Points = list[tuple[float, float]]


@lru_cache(maxsize=500)
def pieces(polygons: tuple[Polygon, ...]) -> tuple[Polygon, ...]:
    """The polygons of an area, those across the 180th meridian as several: latitude and longitude, from -180 to 180.

    Rings are closed, each outer one first and counterclockwise. What runs all the way round a pole is not cut.
    """
    return tuple(piece for rings in polygons for piece in _cut([_open(ring) for ring in rings]))


def geometry_of(area: Outline) -> dict[str, Any]:
    """An area's pieces as a geometry of GeoJSON, longitudes first."""
    made = [
        [[[longitude, latitude] for latitude, longitude in ring] for ring in rings] for rings in pieces(area.polygons)
    ]
    if len(made) == 1:
        return {"type": "Polygon", "coordinates": made[0]}
    return {"type": "MultiPolygon", "coordinates": made}


def _open(ring: Ring) -> _Points:
    return list(ring[:-1] if ring[0] == ring[-1] else ring)


def _cut(rings: Sequence[_Points]) -> Sequence[Polygon]:
    outer = _turned(rings[0], clockwise=False)
    middle = _middle(outer)
    rings = [outer, *(_turned(_beside(hole, middle), clockwise=True) for hole in rings[1:])]
    west, east = min(x for _, x in outer), max(x for _, x in outer)
    line = next((line for line in (-180.0, 180.0) if west < line < east), None)
    cut = [] if line is None else [*_parts(rings, line, is_east=False), *_parts(rings, line, is_east=True)]
    # What runs along a parallel round a pole has no sides.
    return cut or [_polygon(rings, 0.0)]


def _parts(rings: Sequence[_Points], line: float, *, is_east: bool) -> Iterator[Polygon]:
    """The polygons on one side of a meridian."""
    turn = -360.0 if is_east and line > 0 else 360.0 if not is_east and line < 0 else 0.0
    side = _side(rings, line, is_east=is_east)
    outers = [ring for ring in side if _area(ring) > 0]
    holes = [ring for ring in side if _area(ring) < 0]
    for ring in outers:
        yield _polygon([ring, *(hole for hole in holes if len(outers) == 1 or _holds(ring, hole[0]))], turn)


def _side(rings: Iterable[_Points], line: float, *, is_east: bool) -> list[_Points]:
    """What of the rings is on one side of a meridian, closed along it."""
    whole: list[_Points] = []
    chains: dict[int, tuple[_Points, int]] = {}
    crossings: list[float] = []
    for ring in rings:
        # A corner on the meridian is taken for one just beyond it, so that no ring merely touches it.
        points = [(y, x + (-_BESIDE if is_east else _BESIDE) if x == line else x) for y, x in ring]
        crossed = [
            number for number, ((_, x), (_, to)) in enumerate(pairwise(_closed(points))) if (x > line) != (to > line)
        ]
        if not crossed and (points[0][1] > line) == is_east:
            whole.append(points)
        first = len(crossings)
        crossings += [_latitude_at(points[number], points[(number + 1) % len(points)], line) for number in crossed]
        for count, number in enumerate(crossed):
            until = crossed[(count + 1) % len(crossed)]
            between = [
                points[one % len(points)] for one in range(number + 1, until + 1 + len(points) * (until <= number))
            ]
            start, end = first + count, first + (count + 1) % len(crossed)
            if (between[0][1] > line) == is_east:
                chains[start] = ([(crossings[start], line), *between, (crossings[end], line)], end)
    return whole + _joined(chains, crossings)


def _joined(chains: dict[int, tuple[_Points, int]], crossings: Sequence[float]) -> list[_Points]:
    """Chains from one crossing of a meridian to another, by the crossing they begin at, closed to rings along it.

    Going up the meridian, the first crossing leads into the area, the second out of it, and so on.
    """
    order = sorted(range(len(crossings)), key=crossings.__getitem__)
    partner = {number: order[rank ^ 1] for rank, number in enumerate(order)}
    rings: list[_Points] = []
    while chains:
        start, (ring, end) = chains.popitem()
        # A ring that crosses itself may lead to none that is left: it is closed there.
        while partner[end] != start and partner[end] in chains:
            more, end = chains.pop(partner[end])
            ring = ring + more
        rings.append(ring)
    return rings


def _latitude_at(one: tuple[float, float], other: tuple[float, float], line: float) -> float:
    return one[0] + (other[0] - one[0]) * (line - one[1]) / (other[1] - one[1])


def _polygon(rings: Iterable[_Points], turn: float) -> Polygon:
    return tuple(tuple(_rounded(ring, turn)) for ring in rings)


def _rounded(ring: _Points, turn: float) -> _Points:
    fine = [(round(y, _DIGITS), _within(x + turn)) for y, x in ring]
    apart = [point for at, point in enumerate(fine) if point != fine[at - 1]]
    return _closed(apart if len(apart) > 2 else fine)


def _closed(ring: _Points) -> _Points:
    return [*ring, ring[0]]


def _within(longitude: float) -> float:
    inside = longitude if -180.0 <= longitude <= 180.0 else (longitude + 180.0) % 360.0 - 180.0
    return round(inside, _DIGITS)


def _area(ring: _Points) -> float:
    """In square degrees; positive where the ring goes counterclockwise."""
    return sum(x * to_y - to_x * y for (y, x), (to_y, to_x) in pairwise(_closed(ring))) / 2


def _turned(ring: _Points, *, clockwise: bool) -> _Points:
    # The first corner stays the first.
    return [ring[0], *ring[:0:-1]] if (_area(ring) < 0) != clockwise else ring


def _middle(ring: _Points) -> float:
    longitudes = [x for _, x in ring]
    return (min(longitudes) + max(longitudes)) / 2


def _beside(hole: _Points, longitude: float) -> _Points:
    turn = 360.0 * round((longitude - _middle(hole)) / 360.0)
    return [(y, x + turn) for y, x in hole]


def _holds(ring: _Points, point: tuple[float, float]) -> bool:
    """Whether a point is inside a ring."""
    (lat, lon), inside = point, False
    for (y, x), (to_y, to_x) in pairwise(_closed(ring)):
        if (y > lat) != (to_y > lat) and lon < x + (to_x - x) * (lat - y) / (to_y - y):
            inside = not inside
    return inside
