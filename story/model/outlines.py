"""The outline of an area that a report is about: a field of the story's own called "outline", in GeoJSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.place import Box
from geo.spatial.great_circles import unwrap_longitudes
from story.model import Report

OUTLINE = "outline"
Ring = tuple[tuple[float, float], ...]
"""Latitudes and longitudes, all the way round."""
_MOST = 1_000_000
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """An area: `polygons` with the outer ring first and holes behind it, and the `geometry` as it is given.

    Longitudes of a ring that lies across the 180th meridian run past it.
    """

    polygons: tuple[tuple[Ring, ...], ...]
    geometry: dict[str, Any]

    @property
    def box(self) -> Box:
        """The box around the area."""
        points = [point for rings in self.polygons for point in rings[0]]
        around = unwrap_longitudes([longitude for _, longitude in points])
        latitudes = [latitude for latitude, _ in points]
        west, east = ((side + 180) % 360 - 180 for side in (min(around), max(around)))
        return Box(min(latitudes), west, max(latitudes), east)


def outline_of(report: Report) -> Outline | None:
    """The outline that a report gives; None where it gives none that can be drawn."""
    text = next((value for name, value in report.fields if name == OUTLINE), "")
    return read_outline(text) if text.startswith("{") else None


@lru_cache(maxsize=2_000)
def read_outline(text: str) -> Outline | None:
    """The outline in the text of a GeoJSON Polygon or MultiPolygon; None where it is none."""
    if len(text) > _MOST:
        return None
    try:
        geometry = json.loads(text)
        kind, coordinates = geometry["type"], geometry["coordinates"]
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
        read = tuple(tuple(map(_ring, rings)) for rings in polygons)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None
    if not read or not all(read):
        return None
    return Outline(read, {"type": kind, "coordinates": coordinates})


def _ring(points: Any) -> Ring:
    """A ring of [longitude, latitude] pairs. Raises ValueError for what is none."""
    latitudes = [float(point[1]) for point in points]
    longitudes = [float(point[0]) for point in points]
    if len(points) < _FEWEST or not all(abs(y) <= 90 for y in latitudes) or not all(abs(x) <= 360 for x in longitudes):
        raise ValueError("no ring")
    return tuple(zip(latitudes, unwrap_longitudes(longitudes), strict=True))
