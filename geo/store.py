"""The store: the index of the gazetteer as its only reader asks it, in SQL. What a name means is not decided here."""

from __future__ import annotations

import random
import sqlite3
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from geo.exc import BadPoint
from geo.index import cache, spelling
from geo.place import Box, Kind, Place
from geo.spatial.cells import cell, cells_around, near_km

MOST = 60
"""Rows looked at for one key of one toponym; the most important ones come first."""

_COLUMNS = (
    "p.n, p.id, p.name, p.latitude, p.longitude, p.kind, p.country, p.a1, p.a2, p.timezone,"
    " p.south, p.west, p.north, p.east, p.importance, p.source"
)
_NAMED = f"select {_COLUMNS}, n.how from name n join place p on p.n = n.place where n.key = ? order by n.place limit ?"


class Found(NamedTuple):
    """A place under one key: how the name stands for it (geo.index.load), and the numbers of the divisions it is in."""

    place: Place
    how: int
    number: int
    admin1: int
    admin2: int


class Known(NamedTuple):
    """What one key may be, in short: how the name stands for a place (geo.relation), and what place that is."""

    how: int
    kind: Kind
    importance: float
    country: str
    admin1: int


KNOWN_MOST = 24
"""Places told of for one key by `Store.known`, the most important ones."""
_KEYS_KEPT = 20_000
"""Keys remembered by `Store.known`: 100 MB at the very most, and the names of a day's news come again and again."""


class Store:
    """What the index holds, by name, number and point; safe to share between threads. Nothing is weighed here.

    `data` is the folder of the tables, `path` the index made from them.
    """

    def __init__(self, data: Path, path: Path) -> None:
        self._data, self._path = data, path
        self._local = threading.local()
        self._mending = threading.Lock()
        self._mended = 0
        self._words = [word for (word,) in self._ask("select word from word order by n")]
        self._divisions: dict[int, str] = dict(self._ask("select n, name from place where kind = 'admin1'"))
        self._countries = {
            # "+": sorted after they are found; by the order of the numbers every place would be looked at.
            place.country: place
            for place in self._places("where p.kind = 'country' order by +p.n desc", ())
        }
        self._containers: dict[str, tuple[str, object]] | None = None
        self._container_starts: frozenset[str] | None = None
        self.kept_containers: dict[str, list[Found]] = {}
        self.known = lru_cache(_KEYS_KEPT)(self._known)
        """The places that one key (geo.normalise.key) may mean, in short and most important first; () where none."""
        self.rows_read = 0
        """Rows looked at since opening, for tests and benchmarks that bound the work done."""

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """The city nearest to a point, within 500 km; else the sea, country or area around it, the smallest first.

        Raises BadPoint for what is no point on Earth.
        """
        if not (-90 <= latitude <= 90 and -540 <= longitude <= 540):
            raise BadPoint(f"({latitude}, {longitude}) is not a point: latitude -90 to 90, longitude -180 to 180")
        longitude = (longitude + 180) % 360 - 180
        for km in (30, 120, 500):
            found = self._nearest_city(latitude, longitude, km)
            if found:
                return found
        around = self._places(
            "where p.south <= ? and p.north >= ? and p.kind in ('sea', 'country', 'area')"
            " and ((p.west <= p.east and ? between p.west and p.east)"
            " or (p.west > p.east and (? >= p.west or ? <= p.east)))"
            " order by p.kind <> 'sea', (p.north - p.south) * (p.east - p.west + 360 * (p.west > p.east))"
            " limit 1",
            (latitude, latitude, longitude, longitude, longitude),
        )
        return next(iter(around), None)

    def _nearest_city(self, latitude: float, longitude: float, km: float) -> Place | None:
        cells = list(cells_around(latitude, longitude, km))
        best: tuple[float, int] | None = None
        for start in range(0, len(cells), 500):
            marks = ",".join("?" * len(cells[start : start + 500]))
            rows = self._ask(
                f"select n, latitude, longitude from place where cell in ({marks}) and kind = 'city'",
                tuple(cells[start : start + 500]),
            )
            for n, lat, lon in rows:
                d = near_km(latitude, longitude, lat, lon)
                if d <= km and (best is None or (d, n) < best):
                    best = d, n
        return self.numbered(best[1]) if best else None

    def middle_of_cities(self, box: Box, country: str, division: int = 0) -> tuple[float, float] | None:
        """The mean point of the cities in a box, of one country and one first-level division if given; None for none.

        `country` is "" for any, `division` the number of a division (see `Found`), 0 for any.
        """
        south, west, north, east = box
        turn = 360.0 if west > east else 0.0  # the box crosses the 180th meridian
        where, values = "", list[object]()
        for column, value in (("country", country), ("a1", division)):
            if value:
                where += f" and {column} = ?"
                values.append(value)
        rows = self._ask(
            "select avg(latitude), avg(x) from (select latitude, longitude + ? * (longitude < ?) as x from place"
            f" where cell between ? and ? and kind = 'city' and latitude between ? and ?{where})"
            " where x between ? and ?",
            (turn, west, cell(south, -180.0), cell(north, 179.9), south, north, *values, west, east + turn),
        )
        latitude, longitude = rows[0]
        return None if latitude is None else (latitude, (longitude + 180) % 360 - 180)

    def place(self, id: str) -> Place | None:
        """The place with this id, None where there is none."""
        known = id.encode("utf-8", "replace").decode()  # half a character, which SQLite refuses, is in no id
        return next(iter(self._places("where p.id = ?", (known,))), None)

    def country_name(self, code: str) -> str:
        """A country's name as newspapers write it: "JP" -> "Japan". An unknown code comes back as it is."""
        place = self._countries.get(code.upper())
        return place.name if place else code

    def named(self, key: str, most: int = MOST) -> list[Found]:
        """The places under one key (geo.normalise.key), most important first, at most `most` of them."""
        found = list(map(self._found, self._ask(_NAMED, (key, most))))
        self.rows_read += len(found)
        return found

    def _known(self, key: str) -> tuple[Known, ...]:
        rows = self._ask(
            "select n.how, p.kind, p.importance, p.country, p.a1 from name n join place p on p.n = n.place"
            " where n.key = ? order by n.place limit ?",
            (key, KNOWN_MOST),
        )
        return tuple(map(Known._make, rows))

    def container_keys(self) -> dict[str, tuple[str, object]]:
        """Keys that mean a country ("c", code) or a well-known first-level division ("1", number), demonyms too."""
        if self._containers is None:
            self._containers = {
                key: ("c", country) if kind == "country" else ("1", n)
                for key, kind, country, n in self._ask("select key, kind, country, place from container order by rowid")
            }
        return self._containers

    def container_starts(self) -> frozenset[str]:
        """The first words of `container_keys`."""
        if self._container_starts is None:
            self._container_starts = frozenset(key.partition(" ")[0] for key in self.container_keys())
        return self._container_starts

    def alike(self, key: str, most: int = 8) -> list[tuple[str, float]]:
        """Keys spelt like this one, nearest first, each with its likeness from 0 to 1."""
        keys = list(spelling.neighbours(self._ask, key))
        self.rows_read += len(keys)
        return spelling.rank(key, keys, most)

    def sample(self, count: int, *, seed: int) -> list[str]:
        """Names of different cities, the same ones for the same seed; for benchmarks."""
        last = self._ask("select max(n) from place")[0][0]
        chosen = random.Random(seed).sample(range(1, last + 1), min(last, 4 * count))
        found: dict[str, None] = {}
        for n in chosen:
            place = self.numbered(n)
            if place and place.kind == "city":
                found[place.name] = None
            if len(found) == count:
                break
        return list(found)

    def cities(self) -> list[tuple[int, float, float, int, str]]:
        """Number, latitude, longitude, grid cell and country of every city, in order of cells."""
        return self._ask("select n, latitude, longitude, cell, country from place where kind = 'city' order by cell, n")

    def numbered(self, n: int) -> Place | None:
        """The place with this number of the index (not stable across builds; see `Found`)."""
        return next(iter(self._places("where p.n = ?", (n,))), None)

    def _places(self, where: str, values: tuple[object, ...]) -> list[Place]:
        rows = self._ask(f"select {_COLUMNS}, 0 from place p {where}", values)
        return [self._found(row).place for row in rows]

    def _found(self, row: tuple[Any, ...]) -> Found:
        n, id_, name, lat, lon, kind, country, a1, a2, zone, south, west, north, east, importance, source, how = row
        box = None if south is None else Box(south, west, north, east)
        words = self._words
        admin1 = self._divisions.get(a1, "")
        place = Place(id_, name, lat, lon, kind, country, admin1, words[zone], box, importance, words[source])
        return Found(place, how, n, a1, a2)

    def _ask(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query finds; where the index turns out damaged, after it was looked at and opened again."""
        mended = self._mended
        try:
            return self._db().execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            with self._mending:
                if self._mended == mended:
                    self._path = cache.ensure(self._data)
                    self._mended += 1
            return self._db().execute(query, values).fetchall()

    def _db(self) -> sqlite3.Connection:
        """A connection for this thread: SQLite's own do not like to be shared."""
        opened, db = getattr(self._local, "db", (-1, None))
        if db is None or opened != self._mended:
            opened, db = self._mended, sqlite3.connect(f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True)
            db.execute("pragma mmap_size = 268435456")
            self._local.db = opened, db
        return cast(sqlite3.Connection, db)
