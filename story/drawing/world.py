"""The base map's shapes for pictures: land and borders out of TopoJSON, in Web Mercator."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BASEMAP = Path(__file__).parents[2] / "data" / "basemap"
Line = npt.NDArray[np.float64]
"""Points as rows of (x, y), the world a square from 0 to 1, y downwards."""
_FARTHEST = 85.06
"""Where the square of Web Mercator ends, in degrees north and south."""


@dataclass(frozen=True, slots=True)
class World:
    """Outer rings of land, borders that two countries share, and each country's rings by its ISO code."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]
    countries: dict[str, tuple[Line, ...]]


@cache
def world(file: str = "world.json") -> World:
    """The shapes of a file of the base map. Raises OSError or ValueError where it cannot be read."""
    try:
        topology = json.loads((BASEMAP / file).read_bytes())
        arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
        shapes = topology["objects"]["countries"]["geometries"]
    except (LookupError, TypeError) as error:
        raise ValueError(f"{BASEMAP / file} holds no shapes ({error}). Restore it from the repository.") from error
    uses: Counter[int] = Counter()
    countries: dict[str, tuple[Line, ...]] = {}
    land: list[Line] = []
    for shape in shapes:
        outer = []
        for rings in _polygons(shape):
            uses.update(number if number >= 0 else ~number for ring in rings for number in ring)
            # Holes are other countries, or lakes too small to matter at this scale.
            outer.append(project(_stitch(rings[0], arcs)))
        land += outer
        if code := shape.get("id"):
            countries[code] = tuple(outer)
    borders = tuple(project(arc) for at, arc in enumerate(arcs) if uses[at] > 1)
    return World(tuple(land), borders, countries)


def project(points: npt.ArrayLike) -> Line:
    """(longitude, latitude) in degrees -> (x, y) of the square; a longitude past 180 lies beyond its side."""
    degrees = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    sine = np.sin(np.radians(np.clip(degrees[:, 1], -_FARTHEST, _FARTHEST)))
    return np.column_stack((degrees[:, 0] / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)))


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Any]) -> Line:
    """TopoJSON's delta-coded whole numbers as degrees that run on over the 180th meridian."""
    degrees = np.cumsum(np.asarray(deltas, dtype=np.float64), axis=0) * transform["scale"] + transform["translate"]
    return _run_on(degrees)


def _run_on(degrees: Line, start: float | None = None) -> Line:
    """The same line with each longitude next to the one before it; at the pole it may run round the world."""
    turns = np.round(np.diff(degrees[:, 0], prepend=degrees[0, 0] if start is None else start) / 360)
    turns[degrees[:, 1] <= -85] = 0
    return np.column_stack((degrees[:, 0] - 360 * np.cumsum(turns), degrees[:, 1]))


def _stitch(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    parts: list[Line] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        arc = _run_on(arc, parts[-1][-1, 0] if parts else None)
        parts.append(arc[1:] if parts else arc)
    return np.concatenate(parts)


def _polygons(shape: dict[str, Any]) -> Iterator[list[list[int]]]:
    if shape["type"] == "Polygon":
        yield shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        yield from shape["arcs"]
