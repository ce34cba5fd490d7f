"""Whether the points of a table lie in the countries of a column, by the boxes that the gazetteer's tables give."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import lru_cache

from geo.exc import GeoError
from geo.index.tables import folder, manifest, read
from geo.normalise import key
from geo.place import Box
from story.tables.table import Table
from story.tables.values.points import both_axes, one_axis

_LOOKED_AT = 2_000
_FEWEST = 8
_MOST_FAR = 0.15
_MARGIN = 5.0
"""Degrees: what happens off a coast, or on an island of its own, is the country's still."""


def far_from(table: Table, country: int, latitude: int, longitude: int) -> bool:
    """Whether too many points lie far from the country that their row names; False where too few can be judged.

    A table that says who fired a shot, and not where it fell, is told so.
    """
    judged = far = 0
    for row in table.rows[:: max(1, len(table.rows) // _LOOKED_AT)]:
        boxes = _boxes().get(key(row[country]))
        if not boxes or (found := _point(row[latitude], row[longitude], latitude == longitude)) is None:
            continue
        judged += 1
        far += not any(box.contains(*found, _MARGIN) for box in boxes)
    return judged >= _FEWEST and far > _MOST_FAR * judged


def _point(first: str, second: str, both: bool) -> tuple[float, float] | None:
    axes = both_axes(first) if both else (one_axis(first), one_axis(second))
    try:
        latitude, longitude = map(float, axes or ("", ""))
    except ValueError:
        return None
    # Tables that need a number write 0 for what they do not know.
    return (latitude, longitude) if (latitude or longitude) and math.isfinite(latitude + longitude) else None


@lru_cache(maxsize=1)
def _boxes() -> dict[str, list[Box]]:
    """Every name of a country -> its boxes, with and without what lies far off; empty where there are no tables."""
    names: dict[str, set[str]] = {}
    boxes: dict[str, list[Box]] = {}
    try:
        for place, others, box in (*_built(), *_written()):
            names.setdefault(place, set()).update(map(key, others))
            if len(box) == 4:
                boxes.setdefault(place, []).append(Box(*map(float, box)))
    except (GeoError, OSError, ValueError, KeyError):
        return {}
    return {name: boxes[place] for place, others in names.items() if place in boxes for name in others}


def _built() -> Iterator[tuple[str, list[str], list[str]]]:
    """The id, names and box of each country of the built table."""
    table = "countries.tsv.xz"
    for row in read(folder() / table, str(manifest(folder())[table]["sha256"])):
        yield row[0], [row[1]], row[10].split()


def _written() -> Iterator[tuple[str, list[str], list[str]]]:
    """The same of those written by hand."""
    with (folder() / "places" / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            corners = [row[side] for side in ("south", "west", "north", "east")]
            yield row["id"], [row["name"], *row["aliases"].split(";")], corners if all(corners) else []
