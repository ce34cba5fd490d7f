"""A phone's own record of where it was, as Google's Timeline exports it, as rows: one for each place stayed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from geo.spatial.cells import near_km

GOOGLE = "Google Timeline"
WHO = "The phone’s owner"
_PAIR = re.compile(r"(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?")
_E7 = 1e7
_NEAR_KM, _LEAST, _SILENT = 0.25, timedelta(minutes=10), timedelta(hours=12)
"""Points are of one stay within this distance of its first, a stay lasts at least so long, and who is not heard of for
so long may have been anywhere."""
_VAGUE_METRES = 1_000
"""A position that is less exact than this is that of a mast far off."""
_Fix = tuple[datetime, float, float]
"""When, and at which latitude and longitude."""


def stays_of(value: Any) -> list[dict[str, str]] | None:
    """The stays of an export from the phone (Timeline.json) or from Takeout, where the months have stays already and
    Records.json has positions alone; None for any other JSON."""
    if isinstance(value, dict) and isinstance(value.get("semanticSegments"), list):
        return list(_visits(value["semanticSegments"]))
    if isinstance(value, dict) and isinstance(value.get("timelineObjects"), list):
        return list(_place_visits(value["timelineObjects"]))
    if isinstance(value, dict) and isinstance(records := value.get("locations"), list):
        return list(_stays(_fixes(records))) if any("latitudeE7" in one for one in _objects(records)) else None
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
        visit = _at(one, "placeVisit")
        latitude = _degrees(where.get("latitudeE7", visit.get("centerLatE7")))
        longitude = _degrees(where.get("longitudeE7", visit.get("centerLngE7")))
        if latitude is None or longitude is None:
            continue
        start, end = (_iso(_moment(duration, name)) for name in ("start", "end"))
        name = str(where.get("name") or where.get("address") or "").split("\n")[0]
        yield _row(name, f"{latitude:.7f}", f"{longitude:.7f}", start, end)


def _fixes(records: list[Any]) -> list[_Fix]:
    """The positions of a record that are exact enough, in the order of time."""
    found = []
    for one in _objects(records):
        when = _moment(one, "")
        latitude, longitude = _degrees(one.get("latitudeE7")), _degrees(one.get("longitudeE7"))
        accuracy = one.get("accuracy")
        vague = isinstance(accuracy, (int, float)) and accuracy > _VAGUE_METRES
        if when and latitude is not None and longitude is not None and not vague:
            found.append((when, latitude, longitude))
    return sorted(found, key=itemgetter(0))


def _stays(fixes: Iterable[_Fix]) -> Iterator[dict[str, str]]:
    together: list[_Fix] = []
    for fix in fixes:
        if together and (near_km(*together[0][1:], *fix[1:]) > _NEAR_KM or fix[0] - together[-1][0] > _SILENT):
            yield from _stay(together)
            together = []
        together.append(fix)
    yield from _stay(together)


def _stay(together: list[_Fix]) -> Iterator[dict[str, str]]:
    if together and together[-1][0] - together[0][0] >= _LEAST:
        latitude = sum(latitude for _, latitude, _ in together) / len(together)
        longitude = sum(longitude for _, _, longitude in together) / len(together)
        yield _row("", f"{latitude:.7f}", f"{longitude:.7f}", _iso(together[0][0]), _iso(together[-1][0]))


def _objects(values: list[Any]) -> Iterator[Mapping[str, Any]]:
    return (one for one in values if isinstance(one, dict))


def _degrees(value: Any) -> float | None:
    """Degrees from ten-millionths of them, which some exports have let run over."""
    if not isinstance(value, int):
        return None
    turned = value - 2**32 if 1_800_000_000 < value < 2**32 else value
    return turned / _E7 if abs(turned) <= 1_800_000_000 else None


def _moment(of: Mapping[str, Any], end: str) -> datetime | None:
    """A moment that is given in words or in thousandths of a second; `end` is "start", "end" or "" for the only one."""
    name = f"{end}Timestamp" if end else "timestamp"
    said, thousandths = of.get(name), of.get(f"{name}Ms")
    try:
        if said:
            return datetime.fromisoformat(str(said))
        return datetime.fromtimestamp(int(str(thousandths)) / 1000, UTC) if thousandths else None
    except (ValueError, OverflowError, OSError):
        return None


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


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
        "source": GOOGLE,
    }


def _seconds(moment: str) -> str:
    """ "2025-03-29T09:00:00.000+09:00" without what is finer than a second."""
    return re.sub(r"\.\d+", "", moment)
