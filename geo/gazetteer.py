"""The gazetteer: an offline geopy geocoder over the embedded tables, which says why and never guesses in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.index import cache, tables
from geo.names import ranking
from geo.names.interpretation import interpret_each, is_open
from geo.names.lookup import Lookup
from geo.place import Place, Resolution
from geo.store import Store


class Gazetteer(Store, Geocoder):  # type: ignore[misc]
    """Places by name and by point. Open one with `Gazetteer.open`; safe to share between threads."""

    def __init__(self, data: Path, path: Path) -> None:
        Geocoder.__init__(self, scheme="http", user_agent="dateline")
        Store.__init__(self, data, path)

    @classmethod
    def open(cls, path: Path | None = None, *, progress: Callable[[float, str], None] | None = None) -> Gazetteer:
        """Open the index of the tables in `path` (data/gazetteer by default), building it where missing or damaged.

        It is built again, once, where damage shows only later, in a query.

        `progress` is called with a share from 0 to 1 and a word of what is done. Raises TableMissing, TableDamaged or
        CacheUnwritable, which say what to do.
        """
        data = path or tables.folder()
        return cls(data, cache.ensure(data, progress))

    def resolve(self, toponym: str, *, country: str | None = None, near: Place | None = None) -> Resolution:
        """The place that one toponym means when nothing else is known, or near another place.

        `country` (ISO alpha-2) leaves out all places elsewhere. A misspelt name has candidates but no place.
        """
        found = ranking.climb(self, toponym, country=country, near=near)
        if not is_open(found):
            return found

        def ask(toponyms: Sequence[str], text: str) -> list[Resolution]:
            return [ranking.climb(self, name, country=country, near=near) for name in toponyms]

        return interpret_each([toponym], Lookup(ask, known={toponym: found}))[toponym]

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """geopy's way to ask. `raw` of a Location is the Place as a dict; None where nothing is chosen."""
        found = self.resolve(query)
        if exactly_one:
            return _location(found.place) if found.place else None
        return [_location(c.place) for c in found.candidates] or None

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The nearest place of a point: a geopy Point, a pair or a text of latitude and longitude."""
        point = Point(query)
        place = self.nearest(point.latitude, point.longitude)
        if place is None:
            return None
        return _location(place) if exactly_one else [_location(place)]


def _location(place: Place) -> Location:
    return Location(place.in_words(place.country), (place.latitude, place.longitude, 0.0), asdict(place))
