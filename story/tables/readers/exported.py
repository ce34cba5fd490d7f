"""What Dateline itself has exported, as rows of a reports.csv: every report with its own words, in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from story.model.columns import COLUMNS, PLAIN, UNPLACED
from story.model.cutting import geometry_of
from story.model.fields import read_number, read_yes_no
from story.model.outlines import OUTLINE, read_outline
from story.text import defused

LEG = frozenset({"traveller", "trip", "mode", "from", "to", "km", "reason"})
"""What an export says of the way between two events, which follows from these."""
_POINT = ("latitude", "longitude")
_NEAR = 1e-5
"""Other programs round degrees when they save: so far off, a point has not been moved."""


def is_event(said: object) -> TypeGuard[dict[str, Any]]:
    """Whether properties are those of an event as an export has them, with all its reports."""
    if not isinstance(said, dict) or "event" not in said:
        return False
    reports = said.get("reports")
    return isinstance(reports, list) and bool(reports) and all(map(_is_report, reports))


def _is_report(report: object) -> bool:
    return isinstance(report, dict) and "event" in report and isinstance(report.get("fields", {}), dict)


def is_leg(said: object) -> bool:
    """Whether properties are those of a leg, which is worked out anew from the events."""
    return isinstance(said, dict) and "event" not in said and said.keys() >= LEG


def rows_of(said: Mapping[str, Any], geometry: object, shape: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A row for each report of an event. What another program has changed since in `said` or on the map counts for the
    last one; `shape` holds the cells that the `geometry` comes to."""
    *earlier, last = map(_cells, said["reports"])
    yield from map(_row, earlier)
    for name in COLUMNS:
        if name in said and name not in _POINT and (text := _text(said[name])) != last[name]:
            last[name] = text
    given = said.get("fields")
    for name, value in given.items() if isinstance(given, dict) else ():
        if not _says(last.get(own := _own(name), ""), value):
            last[own] = _text(value)
    if _moved(said, last.get(OUTLINE, ""), geometry):
        last |= dict.fromkeys((*_POINT, OUTLINE), "") | dict(shape)
    yield _row(last)


def _row(cells: Mapping[str, str]) -> dict[str, str]:
    row = {name: value if name in PLAIN else defused(value) for name, value in cells.items()}
    return {**row, "place": row["place"] or UNPLACED}


def _cells(report: Mapping[str, Any]) -> dict[str, str]:
    cells = {name: _text(report.get(name)) for name in COLUMNS}
    return cells | {_own(name): _text(value) for name, value in report.get("fields", {}).items()}


def _own(name: str) -> str:
    """The header of a field of the story's own."""
    return defused(f"{name} (as given)" if name in COLUMNS else name)


def _moved(said: Mapping[str, Any], outline: str, geometry: object) -> bool:
    """Whether the geometry is another one than that of the export."""
    if not isinstance(geometry, dict):
        return False
    if (area := read_outline(outline)) and geometry.get("type") != "Point":
        return geometry != geometry_of(area)
    try:
        longitude, latitude = (float(degrees) for degrees in geometry["coordinates"][:2])
        return abs(float(said["latitude"]) - latitude) > _NEAR or abs(float(said["longitude"]) - longitude) > _NEAR
    except (LookupError, TypeError, ValueError):
        return True


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(int(value) if value.is_integer() else value)
    return "" if value is None else str(value)


def _says(text: str, value: object) -> bool:
    """Whether a cell says what it has as a value of JSON."""
    if isinstance(value, bool):
        return read_yes_no(text) is value
    if isinstance(value, (int, float)):
        read = (read_number(text, decimal) for decimal in (".", ","))
        return any(number is not None and number.value == value for number in read)
    return text == _text(value)
