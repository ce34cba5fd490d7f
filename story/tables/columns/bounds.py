"""Whether the points of a table lie in the countries of a column, by the boxes that the gazetteer's tables give."""

from __future__ import annotations

import math

from geo.index.countries import country_boxes
from geo.normalise import key
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
        boxes = country_boxes().get(key(row[country]))
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
