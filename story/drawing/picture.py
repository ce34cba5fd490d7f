"""The map as a picture, drawn without a browser: SVG, and PNG from it; and as a small one for a list of stories.

Takes what static/map/map.js takes (`places`, `legs`, `areas`) and draws it by the same rules, with the title, the
legend, the as-of day and the credit that a picture must carry on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, degrees, pi
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py

from story.drawing.chips import Chip, lay_out
from story.drawing.fonts import SANS, SERIF, font_file, width
from story.drawing.shapes import COLOURS, FARTHEST_NORTH
from story.drawing.world import Line, World, project, world
from story.model import STATUSES
from story.templates import environment

WIDTH, MAP_HEIGHT, HEAD, FOOT = 1200, 700, 84, 62
HEIGHT = HEAD + MAP_HEIGHT + FOOT
COARSE_TO = 256 * 2**6
"""Wider than this, in pixels for the whole world, the coarse coast looks like a mistake."""
MOST_NAMES = 60
"""With more places than these a name stands only where there is room."""
_DARK_COLOURS = ("#56b4e9", "#f59e5b", "#35c79c", "#db9bc8", "#e3c341", "#a79bff", "#ff8fa3", "#a9bcc8")
"""The traveller colours of look.css on dark ground; those on light ground are COLOURS."""
_BEYOND = 40
"""Pixels outside the picture as far as which land is drawn as it lies."""
_TEMPLATES = environment(Path(__file__).parent / "templates")


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around the map: title, a line of facts (as-of day and filter), and who has which colour."""

    title: str
    facts: str
    travellers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a map is, in pixels, and how fine: `closest` are the pixels for the whole world at most; points are
    `step` pixels or more apart, and rounded to so many `digits`."""

    width: int
    height: int
    padding: int
    closest: float
    step: float
    digits: int


_LARGE = _Size(WIDTH, MAP_HEIGHT, padding=80, closest=256 * 2**9, step=0.6, digits=1)
_SMALL = _Size(480, 270, padding=36, closest=256 * 2**6, step=4.0, digits=0)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the map looks: pixels for the whole world, and the corner of the square that is at its left upper end."""

    scale: float
    left: float
    top: float
    size: _Size

    def pixels(self, line: Line) -> Line:
        return (line - (self.left, self.top)) * self.scale

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        x, y = self.pixels(project([(longitude, latitude)]))[0]
        return float(x), float(y)


@dataclass(frozen=True, slots=True)
class _Name:
    """A place on the picture: its dot, its chip (None where there is no room), and where its leader ends."""

    place: Mapping[str, Any]
    x: float
    y: float
    width: float
    chip: tuple[float, float] | None
    leader: tuple[float, float]


def svg(data: Mapping[str, Any], caption: Caption, *, headed: bool = True) -> str:
    """The picture as SVG of 1,200 by 846 units; `data` is the map's data with unwrapped longitudes. Where it stands
    below a head of its own it is not `headed`, and by that much less high."""
    frame = _frame(data, _LARGE)
    legs = [_leg(leg, frame) for leg in data["legs"]]
    return _TEMPLATES.get_template("map.svg").render(
        width=WIDTH,
        height=HEIGHT,
        top=0 if headed else HEAD,
        map_height=MAP_HEIGHT,
        head=HEAD,
        sans=SANS,
        serif=SERIF,
        colours=COLOURS,
        caption=caption,
        statuses=STATUSES,
        land=_paths(_coast(frame).land, frame, closed=True),
        borders="" if _coast(frame) is world() else _paths(world().borders, frame),
        areas=[(_area(area, frame), area) for area in data["areas"]],
        legs=legs,
        names=_names(data["places"], legs, frame),
        key=list(_key(caption)),
    )


def png(data: Mapping[str, Any], caption: Caption, scale: float = 2.0, *, headed: bool = True) -> bytes:
    """The picture as PNG, `scale` pixels a unit: 2,400 by 1,692."""
    fonts = [str(font_file(family, weight)) for family in (SANS, SERIF) for weight in ("Regular", "Semibold")]
    return bytes(
        resvg_py.svg_to_bytes(svg(data, caption, headed=headed), font_files=fonts, zoom=scale, font_family=SANS)
    )


def small(data: Mapping[str, Any]) -> str:
    """A small map of 480 by 270 units as SVG: land, areas, ways and dots alone, light or dark as its page is."""
    frame = _frame(data, _SMALL)
    return _TEMPLATES.get_template("small.svg").render(
        width=_SMALL.width,
        height=_SMALL.height,
        colours=COLOURS,
        dark_colours=_DARK_COLOURS,
        land=_paths(world().land, frame, closed=True),
        areas=[(_area(area, frame), area) for area in data["areas"]],
        legs=[(_leg(leg, frame).path, leg) for leg in data["legs"]],
        dots=sorted(
            {tuple(map(round, frame.point(place["latitude"], place["longitude"]))) for place in data["places"]}
        ),
    )


def _coast(frame: _Frame) -> World:
    return world() if frame.scale < COARSE_TO else world("coast.json")


def _frame(data: Mapping[str, Any], size: _Size) -> _Frame:
    """Takes in every place and way; the whole world where there is none."""
    corners = [(place["longitude"], place["latitude"]) for place in data["places"]]
    corners += [
        (longitude, latitude)
        for leg in data["legs"]
        for latitude, longitude in leg["points"]
        if abs(latitude) < FARTHEST_NORTH
    ]
    corners += [
        (longitude, latitude)
        for area in data["areas"]
        for polygon in area.get("polygons", ())
        for latitude, longitude in polygon[0]
    ]
    points = project(corners or [(-170, -55), (190, 75)])
    low, high = points.min(axis=0), points.max(axis=0)
    spread = np.maximum(high - low, 1e-9)
    room = np.array((size.width, size.height))
    scale = max(float(min(*((room - 2 * size.padding) / spread), size.closest)), size.height)
    left, top = (low + high) / 2 - room / scale / 2
    return _Frame(scale, float(left), min(max(float(top), 0.0), 1 - size.height / scale), size)


def _paths(lines: Sequence[Line], frame: _Frame, *, closed: bool = False) -> str:
    """The lines that are in view, each as often as the world repeats in it, as one SVG path."""
    east, south = frame.left + frame.size.width / frame.scale, frame.top + frame.size.height / frame.scale
    parts: list[str] = []
    for line in lines:
        (west, north), (end, low) = line.min(axis=0), line.max(axis=0)
        if low < frame.top or north > south:
            continue
        for turn in range(int(np.ceil(frame.left - end)), int(np.floor(east - west)) + 1):
            # What is far outside is drawn along the edge, where it takes a few points.
            there = np.clip(
                frame.pixels(line + np.array((turn, 0))),
                -_BEYOND,
                (frame.size.width + _BEYOND, frame.size.height + _BEYOND),
            )
            parts.append(_path(there, frame, closed=closed))
    return "".join(parts)


def _path(pixels: Line, frame: _Frame, *, closed: bool = False) -> str:
    """A line as SVG, without the points that nobody could see."""
    fine = np.round(pixels, frame.size.digits)
    # Short steps are gathered until they make one.
    steps = np.cumsum(np.hypot(*np.diff(fine, axis=0, prepend=fine[:1]).T)) // frame.size.step
    kept = np.append(np.diff(steps) > 0, True)
    kept[0] = True
    few = fine[kept]
    if len(few) < 2 + closed or (closed and np.ptp(few, axis=0).max() < frame.size.step):
        return ""
    # Each point by how far it is from the one before: fewer digits.
    first, *rest = (
        f"{x:g} {y:g}" for x, y in np.round(np.vstack((few[:1], np.diff(few, axis=0))), frame.size.digits).tolist()
    )
    return f"M{first}l{' '.join(rest)}{'Z' if closed else ''}"


@dataclass(frozen=True, slots=True)
class _Leg:
    """A way as SVG, where its arrow stands and how it is turned (degrees), and some of its points."""

    path: str
    arrow: tuple[float, float, float]
    points: tuple[tuple[float, float], ...]
    leg: Mapping[str, Any]


def _leg(leg: Mapping[str, Any], frame: _Frame) -> _Leg:
    points = frame.pixels(project([(longitude, latitude) for latitude, longitude in leg["points"]]))
    if leg["bow"]:
        # A way gone twice is bent to the side, so that both its lines can be seen.
        along = points[-1] - points[0]
        aside = np.array((-along[1], along[0])) * 0.05 * leg["bow"]
        points = points + np.sin(np.linspace(0, pi, len(points)))[:, None] * aside
    middle = len(points) // 2
    before, after = points[max(0, middle - 1)], points[min(len(points) - 1, middle + 1)]
    turn = degrees(atan2(after[1] - before[1], after[0] - before[0]))
    x, y = points[middle]
    return _Leg(
        _path(points, frame),
        (round(float(x), 1), round(float(y), 1), round(turn, 1)),
        tuple(map(tuple, points.tolist())),
        leg,
    )


def _area(area: Mapping[str, Any], frame: _Frame) -> str:
    if "polygons" in area:
        rings = [ring for polygon in area["polygons"] for ring in polygon]
        lines = [project([(longitude, latitude) for latitude, longitude in ring]) for ring in rings]
        return "".join(_path(frame.pixels(line), frame, closed=True) for line in lines)
    rings_of = world().countries.get(area["country"], ())
    return _paths(rings_of, frame, closed=True)


def _names(places: Sequence[Mapping[str, Any]], legs: Sequence[_Leg], frame: _Frame) -> list[_Name]:
    """The places with their chips, those with the most events first."""
    ordered = sorted(places, key=lambda place: (-place["count"], place["name"]))
    dots = [frame.point(place["latitude"], place["longitude"]) for place in ordered]
    many = len(places) > MOST_NAMES
    named = ordered[: 4 * MOST_NAMES]
    chips = [
        Chip(x, y, _chip_width(place), 22, optional=many)
        for place, (x, y) in zip(named, dots[: len(named)], strict=True)
    ]
    lines = [point for leg in legs for point in leg.points][:2000]
    spots = lay_out(chips, [*lines, *dots[len(named) : 2000]], (WIDTH, MAP_HEIGHT))
    found = []
    for at, (place, (x, y)) in enumerate(zip(ordered, dots, strict=True)):
        spot = spots[at] if at < len(spots) else None
        wide = chips[at].width if at < len(chips) else 0.0
        end = (min(max(x, spot[0]), spot[0] + wide), min(max(y, spot[1]), spot[1] + 22)) if spot else (x, y)
        found.append(_Name(place, round(x, 1), round(y, 1), round(wide, 1), spot, end))
    return found


def _chip_width(place: Mapping[str, Any]) -> float:
    return count_width(place["count"]) + width(shortened(place["name"]), 13) + 15 * len(place["statuses"]) + 20


@lru_cache(maxsize=1_000)
def count_width(count: int) -> float:
    """The width of the badge that counts a place's events."""
    return max(18.0, width(str(count), 11) + 8)


def shortened(text: str, longest: int = 32) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _key(caption: Caption) -> Iterator[tuple[str, int, float]]:
    """The travellers of the legend with their colours and where each begins, as many as there is room for."""
    at = 24 + sum(width(status, 13) + 34 for status in STATUSES) + 20
    for name, colour in caption.travellers:
        said = shortened(name, 28)
        if at + width(said, 13) + 40 > WIDTH:
            return
        yield said, colour, at
        at += width(said, 13) + 40


_TEMPLATES.globals |= {
    "count_width": count_width,
    "text_width": width,
    "shortened": shortened,
}
