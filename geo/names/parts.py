"""A part of a land, as "southern Mexico": what of the land's box it is, and the middle of the towns there."""

from __future__ import annotations

from dataclasses import replace

from geo.names.compass import CENTRE, WAYS
from geo.place import Box
from geo.store import Found, Store

_LANDS = frozenset({"country", "admin1", "area"})
_CORNER, _SIDE = 1 / 2, 1 / 3
"""How much of a land's height and width its northeast is, and how much of its height its north."""


def part(gazetteer: Store, found: Found, way: str) -> Found:
    """The part of a land that lies `way` ("n", "ne" ... "c" for its centre), as a place of its own.

    What has no towns there, or is no land, stays as it is.
    """
    land = found.place
    if land.kind not in _LANDS or land.box is None:
        return found
    box = _within(land.box, way)
    division = found.number if land.kind == "admin1" else 0
    middle = gazetteer.middle_of_cities(box, land.country, division)
    if middle is None:
        return found
    latitude, longitude = middle
    place = replace(
        land,
        id=f"{land.id}@{way}",
        name=f"{WAYS[way]} {land.name}",
        latitude=round(latitude, 3),
        longitude=round(longitude, 3),
        kind="area",
        box=box,
    )
    return found._replace(place=place)


def _within(box: Box, way: str) -> Box:
    """The part of a box that lies so: a corner, a side, or what is in the middle."""
    south, west, north, east = box
    height, width = north - south, (east - west) % 360
    share = _CORNER if len(way) == 2 else _SIDE
    if "n" in way:
        south = north - share * height
    if "s" in way:
        north = south + share * height
    if "e" in way:
        west = east - share * width
    if "w" in way:
        east = west + share * width
    if way == CENTRE:
        south, north = south + share * height, north - share * height
        west, east = west + share * width, east - share * width
    return Box(south, (west + 180) % 360 - 180, north, (east + 180) % 360 - 180)
