"""Distances and great circles between points (latitude, longitude) in degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geopy.distance import great_circle as _great_circle

Point = tuple[float, float]


def distance_km(a: Point, b: Point) -> float:
    """Great-circle kilometres between two points (geopy's mean earth radius, 6371.009 km)."""
    return float(_great_circle(a, b).km)


def great_circle(a: Point, b: Point, points: int = 64) -> list[Point]:
    """`points` points from `a` to `b` the short way round, both included.

    Longitudes are continuous from `a` on: they may pass 180 or -180, and the last one may differ from `b`'s by 360.
    Opposite points have no one short way; the one over the north pole is taken.
    """
    count = max(2, points)
    start, end = _vector(a), _vector(b)
    angle = math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(start, end, strict=True)))))
    if angle < 1e-7:
        return [a] * (count - 1) + [(b[0], _beside(b[1], a[1]))]
    if math.pi - angle < 1e-6:
        half = great_circle(a, (90.0, a[1]), count // 2 + 1)
        rest = great_circle((90.0, b[1]), b, count - len(half) + 1)
        return [*half, *((lat, _beside(lon, a[1])) for lat, lon in rest[1:])]
    line: list[Point] = []
    (x1, y1, z1), (x2, y2, z2), whole = start, end, math.sin(angle)
    for i in range(count):
        share = i / (count - 1)
        p, q = math.sin((1 - share) * angle) / whole, math.sin(share * angle) / whole
        x, y, z = p * x1 + q * x2, p * y1 + q * y2, p * z1 + q * z2
        longitude = math.degrees(math.atan2(y, x))
        latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
        if abs(latitude) > 90 - 1e-9 and line:
            longitude = line[-1][1]  # a pole has every longitude
        line.append((latitude, _beside(longitude, line[-1][1] if line else a[1])))
    line[0] = a
    line[-1] = (b[0], _beside(b[1], line[-2][1]))
    return line


def point_at(start: Point, bearing: float, km: float) -> Point:
    """The point `km` kilometres from another on the great circle that leaves it at `bearing` degrees from north."""
    found = _great_circle(kilometers=km).destination(start, bearing)
    return float(found.latitude), float(found.longitude)


def unwrap_longitudes(longitudes: Sequence[float]) -> list[float]:
    """The same longitudes shifted by multiples of 360 so that the widest empty gap of the circle is left outside.

    A story in Japan and Nevada comes out as 139.7 and 241.3, side by side across the Pacific; one in London and Tokyo
    stays as it is. The middle of the span lies within -180..180 or as near as can be.
    """
    if not longitudes:
        return []
    turned = [x % 360.0 % 360.0 for x in longitudes]  # the first gives 360.0 for the smallest negatives
    around = sorted(set(turned))
    gaps = [(around[(i + 1) % len(around)] - x) % 360.0 or 360.0 for i, x in enumerate(around)]
    widest = max(range(len(gaps)), key=lambda i: (gaps[i], -i))
    west = around[(widest + 1) % len(around)]
    shifted = [x if x >= west else x + 360.0 for x in turned]
    middle = (min(shifted) + max(shifted)) / 2
    turn = 360.0 * math.floor((middle + 180.0) / 360.0)
    return [x - turn for x in shifted]


def _vector(p: Point) -> tuple[float, float, float]:
    latitude, longitude = math.radians(p[0]), math.radians(p[1])
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def _beside(longitude: float, other: float) -> float:
    """The longitude moved by full turns to within 180 degrees of another."""
    return longitude - 360.0 * round((longitude - other) / 360.0)
