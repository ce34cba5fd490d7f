"""Features of a GeoPackage (OGC 12-128), which is an SQLite database, as rows."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from math import atan, degrees, exp, pi
from typing import Any

from story.exc import StoryFormatError
from story.model import Problem
from story.tables.readers.named import named_sheet
from story.tables.readers.objects import cells_of_shape
from story.tables.table import LIMITS, Sheet, TableLimits

_DEGREES = frozenset({4326, 4979, 4258, 4269, 4283, 4167, 4617, 6318, 7844, 9057})
"""Reference systems of the EPSG in degrees that are WGS 84 to within 2 m: those of Europe, North America, Australia."""
_WEB_MERCATOR = frozenset({3857, 900913, 102100})
_EARTH_RADIUS = 6_378_137.0
_ENVELOPES = (0, 32, 48, 48, 64)
_NAMES = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


def read_geopackage(raw: bytes, file: str, limits: TableLimits = LIMITS) -> Sheet:
    """The rows of the layer with the most features. Raises StoryFormatError for a database that is no GeoPackage."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(raw)
            # What the file itself defines is not run.
            database.execute("PRAGMA trusted_schema = OFF")
            layer = _layer(database, file)
            return named_sheet(
                enumerate(_rows(database, layer), 1),
                file,
                f"GeoPackage, {layer.table}",
                limits=limits,
                problems=layer.told,
            )
        except (sqlite3.Error, OverflowError) as error:
            raise StoryFormatError(f"'{file}' cannot be read: {error}. Save it again as a GeoPackage.") from None


@dataclass(frozen=True, slots=True)
class _Layer:
    """The table that is read, its column of shapes, and whether these are in metres of the web's maps."""

    table: str
    column: str
    in_metres: bool
    told: tuple[Problem, ...]


def _layer(database: sqlite3.Connection, file: str) -> _Layer:
    try:
        layers = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
    except sqlite3.Error:
        layers = []
    if not layers:
        raise StoryFormatError(
            f"'{file}' is a database but no GeoPackage with places. Save the table as CSV or GeoJSON."
        )
    counted = [
        (database.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0], table, column, reference)
        for table, column, reference in layers[:100]
    ]
    _, table, column, reference = max(counted, key=lambda layer: layer[0])
    code, words = _reference(database, reference)
    # 0 and -1 are "not said", which the values decide.
    if code not in (*_DEGREES, *_WEB_MERCATOR, 0, -1):
        raise StoryFormatError(
            f"The layer '{table}' of '{file}' is in the reference system {words}, not in degrees. "
            "Save it as EPSG:4326 (WGS 84)."
        )
    others = [f"{name} ({count:,})" for count, name, _, _ in counted if count and name != table]
    message = f"Of '{file}' the layer '{table}' is read. It has others: {', '.join(others)[:200]}. Save each by itself."
    told = (Problem(file, None, "", "", message),) if others else ()
    return _Layer(str(table), str(column), code in _WEB_MERCATOR, told)


def _reference(database: sqlite3.Connection, reference: int) -> tuple[int, str]:
    """The number that the EPSG has given a reference system, which a file may number otherwise; and its name."""
    try:
        found = database.execute(
            "SELECT upper(organization), organization_coordsys_id, srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
            (reference,),
        ).fetchone()
    except sqlite3.Error:
        found = None
    if not found or found[0] not in ("EPSG", "ESRI") or not isinstance(found[1], int):
        return reference, str(reference)
    return found[1], f"{found[0]}:{found[1]} ({found[2]})"


def _rows(database: sqlite3.Connection, layer: _Layer) -> Iterator[dict[str, str]]:
    found = database.execute(f"SELECT * FROM {_quoted(layer.table)}")
    names = [str(described[0]) for described in found.description]
    for values in found:
        cells = dict(zip(names, values, strict=True))
        shape = _shape(cells.pop(layer.column, None))
        if shape and layer.in_metres:
            shape = {**shape, "coordinates": _in_degrees(shape["coordinates"])}
        yield {name: _text(value) for name, value in cells.items()} | cells_of_shape(shape)


def _in_degrees(coordinates: list[Any]) -> list[Any]:
    """Points in metres of the web's maps (EPSG:3857), however deep they lie, as longitude and latitude."""
    if coordinates and isinstance(coordinates[0], float):
        x, y = coordinates
        north = 2 * atan(exp(min(y / _EARTH_RADIUS, 700.0))) - pi / 2
        return [degrees(x / _EARTH_RADIUS), degrees(north)]
    return [_in_degrees(inner) for inner in coordinates]


def _quoted(name: object) -> str:
    doubled = str(name).replace('"', '""')
    return f'"{doubled}"'


def _text(value: Any) -> str:
    if value is None or isinstance(value, bytes):
        return ""
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _shape(blob: Any) -> dict[str, Any] | None:
    """A GeoPackage geometry (a header, then well-known binary) as GeoJSON; None where it is empty or broken."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return None
    flags = blob[3]
    kind = (flags >> 1) & 7
    if kind >= len(_ENVELOPES) or flags & 0x30:
        return None
    try:
        shape, _ = _binary(blob, 8 + _ENVELOPES[kind], 0)
    except (struct.error, IndexError, ValueError):
        return None
    return shape


def _binary(blob: bytes, at: int, depth: int) -> tuple[dict[str, Any] | None, int]:
    """One geometry of well-known binary, and where the next one begins."""
    order = "<" if blob[at] else ">"
    code, count = struct.unpack_from(f"{order}I", blob, at + 1)[0], 0
    at += 5
    # ISO has heights as thousands, others as the highest bits.
    numbers = (
        2 + (code // 1000 % 4 in (1, 3)) + (code // 1000 % 4 in (2, 3)) + bool(code & 1 << 31) + bool(code & 1 << 30)
    )
    kind = code % 1000 if code < 1 << 16 else code & 0xFF
    if kind == 1:
        point, at = _points(blob, at, order, numbers, 1)
        return {"type": "Point", "coordinates": point[0]}, at
    count = struct.unpack_from(f"{order}I", blob, at)[0]
    at += 4
    if kind == 2:
        line, at = _points(blob, at, order, numbers, count)
        return {"type": "LineString", "coordinates": line}, at
    if kind == 3:
        rings = []
        for _ in range(count):
            length = struct.unpack_from(f"{order}I", blob, at)[0]
            ring, at = _points(blob, at + 4, order, numbers, length)
            rings.append(ring)
        return {"type": "Polygon", "coordinates": rings}, at
    if kind not in _NAMES or depth:
        return None, at
    parts = []
    for _ in range(count):
        part, at = _binary(blob, at, depth + 1)
        if part is None:
            return None, at
        parts.append(part["coordinates"])
    return {"type": _NAMES[kind], "coordinates": parts}, at


def _points(blob: bytes, at: int, order: str, numbers: int, count: int) -> tuple[list[list[float]], int]:
    end = at + 8 * numbers * count
    if end > len(blob):
        raise ValueError("the shape ends too early")
    values = struct.unpack_from(f"{order}{numbers * count}d", blob, at)
    return [[values[i], values[i + 1]] for i in range(0, len(values), numbers)], end
