"""The nearest of many points, through a grid of one-degree cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


def cell(latitude: float, longitude: float) -> int:
    """The number of the one-degree cell that holds a point: 0 to 64799, rows from the south, columns from 180° west."""
    row = min(179, max(0, math.floor(latitude) + 90))
    return row * 360 + (math.floor(longitude) + 180) % 360


def cells_around(latitude: float, longitude: float, km: float) -> Iterator[int]:
    """The cells that a circle of `km` around a point may touch."""
    up = km / 110.5
    for row in range(max(-90, math.floor(latitude - up)), min(89, math.floor(latitude + up)) + 1):
        narrow = math.cos(math.radians(min(89.0, max(abs(row), abs(row + 1)))))
        across = min(180.0, up / narrow)
        first, last = math.floor(longitude - across), math.floor(longitude + across)
        for column in range(first, min(last, first + 359) + 1):
            yield (row + 90) * 360 + (column + 180) % 360


def near_km(a_latitude: float, a_longitude: float, b_latitude: float, b_longitude: float) -> float:
    """Kilometres between two points on a sphere, in plain arithmetic: `routes.distance_km` for the innermost loops."""
    lat1, lat2 = math.radians(a_latitude), math.radians(b_latitude)
    across = math.radians(b_longitude - a_longitude)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))


class Grid(Generic[T]):
    """Points with something attached, looked up by nearness. Held in memory: meant for builds."""

    def __init__(self, points: Iterable[tuple[float, float, T]]) -> None:
        self._cells: dict[int, list[tuple[float, float, T]]] = {}
        for latitude, longitude, item in points:
            self._cells.setdefault(cell(latitude, longitude), []).append((latitude, longitude, item))

    def nearest(self, latitude: float, longitude: float, km: float) -> T | None:
        """What is attached to the point nearest to this one, None where none lies within `km`."""
        best: tuple[float, float, float, T] | None = None
        narrow = math.cos(math.radians(latitude))
        for number in cells_around(latitude, longitude, km):
            for lat, lon, item in self._cells.get(number, ()):
                across = ((lon - longitude + 180) % 360 - 180) * narrow
                d = (lat - latitude) ** 2 + across * across  # flat is near enough to choose by
                if best is None or d < best[0]:
                    best = d, lat, lon, item
        if best is None or near_km(latitude, longitude, best[1], best[2]) > km:
            return None
        return best[3]
