"""The outlines of areas in GeoJSON files, with no more points than a map of the world can show."""

from __future__ import annotations

import json
from typing import Any

_FINE = 500
"""An area has corners that stand out by at least this part of its size."""
_MOST = 1_000
_FEWEST = 4
_DIGITS = 5


def outline(geometry: Any) -> str:
    """The outline of a Polygon or MultiPolygon as the text of its GeoJSON; "" for any other shape, or a broken one."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return ""
    alone = geometry["type"] == "Polygon"
    try:
        polygons = [geometry["coordinates"]] if alone else list(geometry["coordinates"])
        rings = [[[(float(point[0]), float(point[1])) for point in ring] for ring in rings] for rings in polygons]
        points = [point for polygon in rings for ring in polygon for point in ring]
        if not points or not all(abs(x) <= 360 and abs(y) <= 90 for x, y in points):
            return ""
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        return ""
    size = max(max(y for _, y in points) - min(y for _, y in points), 0.0)
    thin = [[thinned(ring, size / _FINE) for ring in polygon if len(ring) >= _FEWEST] for polygon in rings]
    thin = [polygon for polygon in thin if polygon]
    if not thin:
        return ""
    return json.dumps({"type": geometry["type"], "coordinates": thin[0] if alone else thin})


def thinned(ring: list[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """A ring without the points that are less than `least` degrees off the line past them (Douglas-Peucker)."""
    ring = ring[:: -(-len(ring) // _MOST)] + ring[-1:] if len(ring) > _MOST else ring
    # The two ends of a ring are one point: it is cut in two at the point farthest from them.
    far = max(range(len(ring)), key=lambda at: abs(ring[at][0] - ring[0][0]) + abs(ring[at][1] - ring[0][1]))
    kept = {0, far, len(ring) - 1}
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        at = max(range(start + 1, end), key=lambda number: _off(ring[number], ring[start], ring[end]))
        if _off(ring[at], ring[start], ring[end]) >= least:
            kept.add(at)
            spans += [(start, at), (at, end)]
    if len(kept) < _FEWEST:
        kept = set(range(len(ring)))
    return [(round(ring[at][0], _DIGITS), round(ring[at][1], _DIGITS)) for at in sorted(kept)]


def _off(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point is from the line between two others, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)
