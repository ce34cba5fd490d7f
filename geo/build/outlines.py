"""Polygons out of TopoJSON: rings of (longitude, latitude), their box, their middle."""

from __future__ import annotations

from typing import Any

Ring = list[tuple[float, float]]


def rings(topology: dict[str, Any], geometry: dict[str, Any]) -> list[Ring]:
    """The outer ring of each polygon of a geometry, longitude first as the file has it."""
    if geometry["type"] == "Polygon":
        polygons = [geometry["arcs"]]
    elif geometry["type"] == "MultiPolygon":
        polygons = geometry["arcs"]
    else:
        return []
    return [_ring(topology, polygon[0]) for polygon in polygons]


def _ring(topology: dict[str, Any], arcs: list[int]) -> Ring:
    ring: Ring = []
    for number in arcs:
        points = _arc(topology, number if number >= 0 else ~number)
        points = points if number >= 0 else points[::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def _arc(topology: dict[str, Any], number: int) -> Ring:
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points: Ring = []
    for dx, dy in topology["arcs"][number]:
        x, y = x + dx, y + dy
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points


def area_and_middle(ring: Ring) -> tuple[float, float, float]:
    """(area in square degrees, latitude, longitude of the centroid)."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(twice) < 1e-12:
        return 0.0, ring[0][1], ring[0][0]
    return abs(twice) / 2, y / (3 * twice), x / (3 * twice)


def box(parts: list[Ring]) -> tuple[float, float, float, float]:
    """(south, west, north, east) of the parts that matter: those of at least a tenth of the largest one's area.

    West is greater than east where the parts lie on both sides of the 180th meridian.
    """
    sizes = [area_and_middle(part)[0] for part in parts]
    large = [part for part, size in zip(parts, sizes, strict=True) if size >= 0.1 * max(sizes)]
    latitudes = [y for part in large for _, y in part]
    longitudes = [x for part in large for x, _ in part]
    west, east = min(longitudes), max(longitudes)
    if east - west > 300:
        west, east = min(x for x in longitudes if x > 0), max(x for x in longitudes if x < 0)
    return min(latitudes), west, max(latitudes), east
