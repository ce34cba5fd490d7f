"""A phone's own record of where it was, as Google's Timeline exports it, as rows: one for each place stayed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

WHO = "The phone’s owner"
_PAIR = re.compile(r"(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?")


def stays_of(value: Any) -> list[dict[str, str]] | None:
    """The stays of an export from the phone (Timeline.json) or from Takeout; None for any other JSON."""
    if isinstance(value, dict) and isinstance(value.get("semanticSegments"), list):
        return list(_visits(value["semanticSegments"]))
    if isinstance(value, dict) and isinstance(value.get("timelineObjects"), list):
        return list(_place_visits(value["timelineObjects"]))
    if isinstance(value, list) and any(
        isinstance(one, dict) and "startTime" in one and "visit" in one for one in value
    ):
        return list(_visits(value))
    return None


def _visits(segments: list[Any]) -> Iterator[dict[str, str]]:
    for segment in segments:
        best = _at(segment, "visit", "topCandidate")
        if not best:
            continue
        where = best.get("placeLocation")
        found = _PAIR.match(str(where.get("latLng", "") if isinstance(where, dict) else where or ""))
        if found:
            kind = str(best.get("semanticType", "")).replace("_", " ").strip().lower()
            name = "" if kind in ("", "unknown", "searched address") else kind.removeprefix("inferred ").capitalize()
            yield _row(name, found[1], found[2], str(segment.get("startTime", "")), str(segment.get("endTime", "")))


def _place_visits(objects: list[Any]) -> Iterator[dict[str, str]]:
    for one in objects:
        where, duration = _at(one, "placeVisit", "location"), _at(one, "placeVisit", "duration")
        latitude, longitude = where.get("latitudeE7"), where.get("longitudeE7")
        if not isinstance(latitude, int) or not isinstance(longitude, int):
            continue
        start, end = (_moment(duration, name) for name in ("start", "end"))
        name = str(where.get("name") or where.get("address") or "").split("\n")[0]
        yield _row(name, f"{latitude / 1e7:.7f}", f"{longitude / 1e7:.7f}", start, end)


def _moment(duration: Mapping[str, Any], end: str) -> str:
    if said := duration.get(f"{end}Timestamp"):
        return str(said)
    return str(duration.get(f"{end}TimestampMs", ""))


def _at(value: Any, *path: str) -> Mapping[str, Any]:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _row(name: str, latitude: str, longitude: str, start: str, end: str) -> dict[str, str]:
    return {
        "title": name or "Stay",
        "who": WHO,
        "place": name,
        "latitude": latitude,
        "longitude": longitude,
        "when": f"{_seconds(start)}/{_seconds(end)}" if end and end != start else _seconds(start),
        "status": "happened",
        "source": "Google Timeline",
    }


def _seconds(moment: str) -> str:
    """ "2025-03-29T09:00:00.000+09:00" without what is finer than a second."""
    return re.sub(r"\.\d+", "", moment)
