"""The base map of the file: fine where the story is, and elsewhere only as fine as is seen of all the world."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.place import Place
from story.drawing.world import BASEMAP

NEAR = 2
"""Degrees around a place within which the coast is as fine as it is known."""
COARSE = 0.08
"""Degrees that are about a pixel where a continent is seen: as fine as all the world is."""
UNSEEN = 1.0
"""Of the fine coast, where the rough one is drawn instead: its rings must only close. No step of it comes nearer to
what is seen than the cell around that."""
MOST_CELLS = 800
"""Cells of a degree with a fine coast: of a story that is in more of the world the places with the most events."""
STEP = (0.0036, 0.0018)
"""Degrees of longitude and latitude that the numbers of the file stand for: some 200 metres, as the coast is."""
_FEWEST = 2 * 4
"""Numbers of the smallest ring that is an area: what has fewer, once it is thinned, would be a line."""
Cells = frozenset[tuple[int, int]]
"""Whole degrees of longitude from 0 to 359, of latitude from 0 to 179: the south-western corners of squares."""


@dataclass(frozen=True, slots=True)
class _Shapes:
    """A file of the base map: all points of its arcs in degrees, in one, where each arc begins and the last ends, and
    its shapes."""

    degrees: npt.NDArray[np.float64]
    begins: npt.NDArray[np.int64]
    shapes: Sequence[dict[str, Any]]


def ground(places: Iterable[Place]) -> dict[str, Any]:
    """`world` and `coast`, as TopoJSON with flat arcs that basemap.js draws; None for one that cannot be read.

    The coast is drawn `within` some boxes [west, south, east, north] alone.
    """
    cells = _cells(places)
    coast = _coast(cells) if cells else None
    if coast is not None:
        coast = {**coast, "within": [[x - 180, y - 90, x - 179, y - 89] for x, y in sorted(cells)]}
    return {"world": _world(), "coast": coast}


def _cells(places: Iterable[Place]) -> Cells:
    found: set[tuple[int, int]] = set()
    for place in places:
        x, y = int(place.longitude // 1) + 180, int(place.latitude // 1) + 90
        around = {
            ((x + east) % 360, y + north)
            for east in range(-NEAR, NEAR + 1)
            for north in range(-NEAR, NEAR + 1)
            if 0 <= y + north < 180
        }
        if len(found | around) <= MOST_CELLS:
            found |= around
    return frozenset(found)


@cache
def _world() -> dict[str, Any] | None:
    shapes = _read("world.json")
    return _topology(shapes, np.full((360, 180), COARSE), keep_all=True) if shapes else None


@lru_cache(maxsize=8)
def _coast(cells: Cells) -> dict[str, Any] | None:
    shapes = _read("coast.json")
    if shapes is None:
        return None
    apart = np.full((360, 180), UNSEEN)
    for x, y in cells:
        for east in (-1, 0, 1):
            apart[(x + east) % 360, max(0, y - 1) : y + 2] = STEP[0] / 2
    return _topology(shapes, apart, keep_all=False)


@cache
def _read(file: str) -> _Shapes | None:
    try:
        topology = json.loads((BASEMAP / file).read_bytes())
        arcs, transform = topology["arcs"], topology["transform"]
        shapes = topology["objects"]["countries"]["geometries"]
        begins = np.cumsum([0, *map(len, arcs)])
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(arcs)), np.int64, 2 * int(begins[-1])).reshape(-1, 2)
        scale, translate = np.array(transform["scale"]), np.array(transform["translate"])
    except (OSError, ValueError, LookupError, TypeError):
        # A file without its ground still has all else; the page says what is the matter (view.draw.assets).
        return None
    summed = np.cumsum(flat, axis=0)
    before = np.vstack((np.zeros((1, 2), dtype=np.int64), summed))[begins[:-1]]
    whole = summed - np.repeat(before, np.diff(begins), axis=0)
    return _Shapes(whole * scale + translate, begins, shapes)


def _topology(given: _Shapes, apart: npt.NDArray[np.float64], *, keep_all: bool) -> dict[str, Any]:
    """The shapes without the points that nobody could see: `apart` is how far apart points may lie, by cells. Where not
    all is to be kept, areas that are too small for that go."""
    arcs = _thinned(given, apart)
    shapes = []
    for shape in given.shapes:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        # Holes are other countries, or lakes too small to matter at this scale: outer rings are all that is drawn.
        rings = [rings[0] for rings in polygons]
        large = [ring for ring in rings if sum(len(arcs[max(at, ~at)]) for at in ring) > _FEWEST]
        if not large and rings and keep_all:
            large = [max(rings, key=lambda ring: sum(len(arcs[max(at, ~at)]) for at in ring))]
        if large:
            shapes.append({"type": "MultiPolygon", "arcs": large, "id": shape.get("id", "")})
    used = sorted({max(at, ~at) for shape in shapes for ring in shape["arcs"] for at in ring})
    number = {at: new for new, at in enumerate(used)}
    for shape in shapes:
        shape["arcs"] = [[[number[at] if at >= 0 else ~number[~at] for at in ring]] for ring in shape["arcs"]]
    return {
        "transform": {"scale": STEP, "translate": (-180, -90)},
        "arcs": [arcs[at] for at in used],
        "objects": {"countries": {"geometries": shapes}},
    }


def _thinned(given: _Shapes, apart: npt.NDArray[np.float64]) -> list[list[int]]:
    """The arcs, delta-coded in steps of the file, longitude and latitude in turns: a browser reads one list of numbers
    much faster than as many pairs. Both ends of each stay."""
    degrees, begins = given.degrees, given.begins
    cells = np.clip(np.floor(degrees - (-180, -90)).astype(np.int64), 0, (359, 179))
    length = np.hypot(*(np.diff(degrees, axis=0, prepend=degrees[:1]) * (0.7, 1.0)).T)
    steps = np.cumsum(length / apart[cells[:, 0], cells[:, 1]]).astype(np.int64)
    kept = np.append(np.diff(steps) > 0, True)
    kept[begins[:-1]] = kept[begins[1:] - 1] = True
    few = np.round((degrees[kept] - (-180, -90)) / STEP).astype(np.int64)
    first = np.cumsum(kept)[begins[:-1]] - 1
    deltas = np.diff(few, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    deltas[first] = few[first]
    steps = deltas.ravel().tolist()
    return [steps[2 * start : 2 * end] for start, end in pairwise([*first.tolist(), len(deltas)])]
