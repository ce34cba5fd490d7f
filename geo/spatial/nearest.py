"""The city nearest to each of many points at once, for the country and time zone that a point is in."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geo.place import Place
from geo.spatial.cells import cells_around

REACHES_KM = (40.0, 150.0)
"""A point with no city so near is taken to be at sea, or so far from anybody that no country is guessed."""
_KM_PER_DEGREE = 111.2


class Cities(Hashable, Protocol):
    """Whoever lists the cities: the gazetteer."""

    def cities(self) -> list[tuple[int, float, float, int, str]]:
        """Number, latitude, longitude, cell and country of every city, in order of cells."""

    def numbered(self, n: int) -> Place | None:
        """The place with this number."""


def nearest_cities(gazetteer: Cities, points: Iterable[tuple[float, float]], country: str = "") -> list[Place | None]:
    """For each (latitude, longitude) in degrees the nearest city within 150 km, None where there is none.

    `country` (ISO alpha-2) leaves out the cities of all others. Some 40 microseconds a point, where `Gazetteer.nearest`
    takes milliseconds to look at seas and countries too.
    """
    numbers, latitudes, longitudes, cells, countries = _cities(gazetteer)
    if country:
        own = countries == country
        numbers, latitudes, longitudes, cells = numbers[own], latitudes[own], longitudes[own], cells[own]
    found: list[Place | None] = []
    known: dict[int, Place | None] = {}
    for latitude, longitude in points:
        best = -1
        for km in REACHES_KM:
            best = _nearest(latitude, longitude, km, latitudes, longitudes, cells)
            if best >= 0:
                break
        if best >= 0 and best not in known:
            known[best] = gazetteer.numbered(int(numbers[best]))
        found.append(known[best] if best >= 0 else None)
    return found


_Floats = npt.NDArray[np.float64]
_Integers = npt.NDArray[np.int64]
_Texts = npt.NDArray[np.str_]


@lru_cache(maxsize=2)
def _cities(gazetteer: Cities) -> tuple[_Integers, _Floats, _Floats, _Integers, _Texts]:
    """All cities in order of their cells: numbers, latitudes, longitudes, cells, countries."""
    rows = gazetteer.cities()
    table = np.array([row[:4] for row in rows], dtype=np.float64).reshape(-1, 4)
    countries = np.array([row[4] for row in rows], dtype="U2")
    return table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3].astype(np.int64), countries


def _nearest(
    latitude: float, longitude: float, km: float, latitudes: _Floats, longitudes: _Floats, cells: _Integers
) -> int:
    """Where in the arrays the nearest city within `km` is, -1 for none."""
    wanted = sorted(set(cells_around(latitude, (longitude + 180) % 360 - 180, km)))
    best, best_square = -1, (km / _KM_PER_DEGREE) ** 2
    narrow = math.cos(math.radians(latitude))
    start = 0
    while start < len(wanted):
        # Cells that follow one another hold cities that do: one stretch of the arrays.
        end = start
        while end + 1 < len(wanted) and wanted[end + 1] == wanted[end] + 1:
            end += 1
        low, high = np.searchsorted(cells, [wanted[start], wanted[end] + 1])
        start = end + 1
        if low == high:
            continue
        across = ((longitudes[low:high] - longitude + 180) % 360 - 180) * narrow
        squares = (latitudes[low:high] - latitude) ** 2 + across**2
        at = int(squares.argmin())
        if squares[at] <= best_square:
            best, best_square = int(low) + at, float(squares[at])
    return best
