"""JSON and GeoJSON: a list of objects, wherever it lies in the file, as a table with a column for every name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from geo.spatial.great_circles import unwrap_longitudes
from story.encoding.decoding import decode
from story.exc import StoryFormatError
from story.model.outlines import OUTLINE
from story.tables.readers import exported
from story.tables.readers.areas import outline
from story.tables.readers.named import named_sheet
from story.tables.readers.storytelling import slides_of
from story.tables.readers.whereabouts import GOOGLE, stays_of
from story.tables.table import LIMITS, Sheet, TableLimits, check_size

LATITUDE, LONGITUDE = "geometry.latitude", "geometry.longitude"
_OURS, _THEIRS = ("latitude", "longitude"), (LATITUDE, LONGITUDE)
_DEEPEST = 4
_POLE, _TURN = 90, 360


def read_objects(raw: bytes, file: str, limits: TableLimits = LIMITS, encoding: str = "") -> Sheet:
    """The objects of a JSON file as rows, nested names joined by points ("geo.lat"), lists by semicolons.

    A row's line is the number of its object, from 1. Of a GeoJSON shape its middle is kept, and of an area its outline
    too; one of several points is as many rows. JSON lines are read too.
    """
    text, encoding, problems = decode(raw, file, encoding)
    value = _parsed(text, file)
    if told := of_a_tool(value):
        tool, cells = told
        if not cells:
            what = "stay of ten minutes or more" if tool == GOOGLE else "event"
            raise StoryFormatError(f"'{file}' was saved by {tool}, and there is no {what} in it. Save more of it.")
        return named_sheet(
            enumerate(cells, 1), file, f"{tool}, {encoding}", limits=limits, problems=problems, encoding=encoding
        )
    kind, rows = _rows(value)
    if rows is None:
        raise StoryFormatError(
            f'\'{file}\' has no list of objects. Save it as a list: [{{"title": ..., "date": ...}}].'
        )
    check_size(file, limits, rows=len(rows))
    flat = ((number, dict(_flat(row))) for number, row in _each_point(rows, kind))
    return named_sheet(flat, file, f"{kind}, {encoding}", limits=limits, problems=problems, encoding=encoding)


def of_a_tool(value: Any) -> tuple[str, list[dict[str, str]]] | None:
    """What one of the tools whose files are known has saved: its name and the rows; None for any other JSON."""
    if slides := slides_of(value):
        return slides
    stays = stays_of(value)
    return None if stays is None else (GOOGLE, stays)


def _parsed(text: str, file: str) -> Any:
    try:
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            lines = [line for line in text.splitlines() if line.strip()]
            if not _is_followed(text) or not all(line.lstrip().startswith("{") for line in lines):
                raise
            return [json.loads(line) for line in lines]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise StoryFormatError(f"'{file}' is no JSON: {error.msg} at {where}. Correct it there.") from None
    except (RecursionError, ValueError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else "a number in it has too many digits"
        raise StoryFormatError(f"'{file}' cannot be read as JSON: {why}. Save it as a plain list.") from None


def _is_followed(text: str) -> bool:
    """Whether a text that is no JSON begins with a whole value, as one with an object on each line does."""
    try:
        json.JSONDecoder().raw_decode(text.lstrip(" \t\r\n"))
    except json.JSONDecodeError:
        return False
    return True


def _rows(value: Any) -> tuple[str, list[dict[str, Any]] | None]:
    if isinstance(value, dict) and value.get("type") in ("FeatureCollection", "Feature"):
        features = value.get("features", []) if value["type"] == "FeatureCollection" else [value]
        if isinstance(features, list):
            return "GeoJSON", [feature for feature in features if isinstance(feature, dict)]
    return "JSON", _longest(value, 0)


def _longest(value: Any, depth: int) -> list[dict[str, Any]] | None:
    """The longest list of objects: the value itself, its columns, its values by id, or one lying deeper."""
    if isinstance(value, list):
        if value and all(isinstance(item, list) for item in value):
            names = [str(name) for name in value[0]]
            return [dict(zip(names, item, strict=False)) for item in value[1:]]
        if all(isinstance(item, dict) for item in value):
            return value
        return None
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    inner = list(value.values())
    if inner and all(isinstance(item, dict) for item in inner):
        kinds = {frozenset(item) for item in inner}
        if len(inner) > 1 and len(frozenset.intersection(*kinds)) * 2 >= max(map(len, kinds)):
            return [{"id": name, **item} for name, item in value.items()]
    if inner and all(isinstance(item, list) and item and not isinstance(item[0], (dict, list)) for item in inner):
        return [dict(zip(value, cells, strict=False)) for cells in zip(*inner, strict=False)]
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return _longest([value["columns"], *value["data"]], depth + 1)
    found = [rows for item in inner if (rows := _longest(item, depth + 1))]
    if found:
        return max(found, key=len)
    return [value] if depth == 0 and inner and not any(isinstance(item, list) for item in inner) else None


def _each_point(rows: list[dict[str, Any]], kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with the numbers of their objects, those of GeoJSON features once for each of their points."""
    are_features = kind == "GeoJSON" or all(row.get("type") == "Feature" for row in rows)
    # Among events that Dateline itself has exported all columns are ours.
    names = _OURS if are_features and any(exported.is_event(row.get("properties")) for row in rows) else _THEIRS
    for number, row in enumerate(rows, 1):
        if are_features:
            yield from ((number, made) for made in _feature(row, names))
        else:
            yield number, row


def _feature(feature: dict[str, Any], names: tuple[str, str]) -> Iterator[dict[str, Any]]:
    properties, shown = feature.get("properties"), feature.get("geometry")
    if exported.is_event(properties):
        yield from exported.rows_of(properties, shown, cells_of_shape(shown, *names))
        return
    if names == _OURS and exported.is_leg(properties):
        return
    row = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in row and row.get("event") != feature["id"]:
        row["id"] = feature["id"]
    points = _points(shown)
    for at, geometry in enumerate(points, 1):
        # Each is an event of its own, and no report of one event that moves from point to point.
        own = {"id": f"{row['id']}-{at}"} if len(points) > 1 and row.get("id") not in (None, "") else {}
        shape = cells_of_shape(geometry, *names)
        if OUTLINE in row:
            shape.pop(OUTLINE, None)
        yield {**row, **own, **shape}


def _points(geometry: Any) -> list[Any]:
    """The points of a shape of several; any other shape as it is."""
    if not isinstance(geometry, dict):
        return [geometry]
    inner: Any = None
    if geometry.get("type") == "MultiPoint" and isinstance(geometry.get("coordinates"), list):
        inner = [{"type": "Point", "coordinates": one} for one in geometry["coordinates"]]
    elif geometry.get("type") == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        inner = geometry["geometries"]
        if not all(isinstance(one, dict) and one.get("type") == "Point" for one in inner):
            inner = None
    return inner or [geometry]


def cells_of_shape(geometry: Any, latitude: str = LATITUDE, longitude: str = LONGITUDE) -> dict[str, str]:
    """The cells that a shape of GeoJSON comes to: its middle under these names, blank where it has none, and of an area
    its outline."""
    middle = dict(zip((latitude, longitude), middle_of(geometry) or ("", ""), strict=True))
    return middle | ({OUTLINE: text} if (text := outline(geometry)) else {})


def middle_of(geometry: Any) -> tuple[str, str] | None:
    """Latitude and longitude of a shape of GeoJSON as cells, None where it has none.

    Numbers that are no degrees stay as they are, for the row's check to tell.
    """
    try:
        middle = _middle(geometry)
    except _NoDegreesError as error:
        return str(error.latitude), str(error.longitude)
    return (f"{middle[1]:.10g}", f"{middle[0]:.10g}") if middle else None


class _NoDegreesError(Exception):
    """A point of a shape has numbers that are no degrees: nan, infinity, or beyond a pole or a full turn."""

    def __init__(self, longitude: float, latitude: float) -> None:
        super().__init__()
        self.longitude, self.latitude = longitude, latitude


def _middle(geometry: Any) -> tuple[float, float] | None:
    """Longitude and latitude of a point, or of the middle of the largest part of a shape."""
    if not isinstance(geometry, dict):
        return None
    if isinstance(geometry.get("geometries"), list):
        return next(filter(None, map(_middle, geometry["geometries"][:100])), None)
    try:
        parts = list(_parts(geometry.get("coordinates"), 0))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if not parts:
        return None
    points = max((_unwrapped(part) for part in parts), key=_area)
    area = _area(points)
    if len(points) < 3 or area == 0:
        longitude, latitude = points[len(points) // 2]
        return (longitude + 180) % 360 - 180, latitude
    turn = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        turn, x, y = turn + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * turn) + 180) % 360 - 180, y / (3 * turn)


def _unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring or line without the jump at the 180th meridian: Fiji spans five degrees, not 355."""
    longitudes = unwrap_longitudes([longitude for longitude, _ in points])
    return [(longitude, latitude) for longitude, (_, latitude) in zip(longitudes, points, strict=True)]


def _parts(value: Any, depth: int) -> Iterator[list[tuple[float, float]]]:
    """The rings, lines or points of nested coordinates."""
    if depth > 4 or not isinstance(value, list) or not value:
        return
    if isinstance(value[0], (int, float)):
        yield [_point(value)]
    elif isinstance(value[0], list) and value[0] and isinstance(value[0][0], (int, float)):
        yield [_point(point) for point in value]
    else:
        for part in value:
            yield from _parts(part, depth + 1)


def _point(value: list[Any]) -> tuple[float, float]:
    longitude, latitude = float(value[0]), float(value[1])
    if not (abs(longitude) <= _TURN and abs(latitude) <= _POLE):  # also false for nan
        raise _NoDegreesError(longitude, latitude)
    return longitude, latitude


def _area(points: list[tuple[float, float]]) -> float:
    turns = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2


def _flat(value: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterable[tuple[str, str]]:
    for name, item in value.items():
        if isinstance(item, dict) and depth < _DEEPEST:
            if item.get("type") == "Point" and (position := middle_of(item)):
                yield from zip((prefix + LATITUDE, prefix + LONGITUDE), position, strict=True)
            else:
                yield from _flat(item, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", _text(item)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        if all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in value):
            return "; ".join(item["name"] for item in value)
        if not any(isinstance(item, (dict, list)) for item in value):
            return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, (int, float)):
        return format(value, ".15g") if isinstance(value, float) else str(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        raise StoryFormatError("A value in the JSON is nested too deep. Save it as a plain list.") from None
