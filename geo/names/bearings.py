"""Places that are told from others: "75 km southwest of Mogadishu", "120 NM south-east of Salalah", "between A and B".

The point is worked out; it is as exact as such words are, and the reason says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.names.compass import bearing_of
from geo.names.forms import within
from geo.names.lookup import Lookup
from geo.place import Place, Resolution
from geo.spatial.great_circles import great_circle, point_at

_KM: dict[str, float] = {"km": 1.0, "mi": 1.609344, "nm": 1.852, "m": 0.001}
_UNITS = {
    **dict.fromkeys(("km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"), "km"),
    **dict.fromkeys(("mi", "mile", "miles"), "mi"),
    **dict.fromkeys(("nm", "n.m.", "nmi", "nautical mile", "nautical miles"), "nm"),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), "m"),
}
_WAY = r"(?:(?:north|south|east|west)(?:[\s-]?(?:north|south|east|west))*|[NSEW]{1,3})(?:ern|erly|wards?)?"
_OFFSET = re.compile(
    r"(?:(?:about|some|around|roughly|nearly|approximately|approx\.?|circa|ca\.?|~)\s*)?(?P<number>\d[\d.,]*)\s*-?"
    rf"(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})\.?\s+(?:to\s+the\s+)?(?P<way>{_WAY})"
    r"\s+(?:of|from)\s+(?:the\s+)?(?P<rest>\S.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:(?:mid-?way|half-?way|somewhere)\s+|(?:on|along)\s+(?:the\s+)?(?:road|highway|route|border)\s+)?between\s+(?:the\s+)?"
    r"(?P<one>\S.*?)\s+and\s+(?:the\s+)?(?P<other>\S.*)",
    re.IGNORECASE,
)
_FARTHEST_KM = 3_000.0
_SAME_COUNTRY_KM = 100.0


def at_an_offset(head: str, outer: tuple[str, ...], lookup: Lookup) -> Resolution | None:
    """The point at a distance and a bearing from a known place, or half way between two; None for any other name."""
    if found := _OFFSET.fullmatch(head):
        return _from_one(found, outer, lookup)
    if found := _BETWEEN.fullmatch(head):
        return _between(found["one"], found["other"], outer, lookup)
    return None


def _from_one(found: re.Match[str], outer: tuple[str, ...], lookup: Lookup) -> Resolution | None:
    base = lookup(within(found["rest"], outer)) or lookup(found["rest"])
    km = float(found["number"].rstrip(".,").replace(",", "")) * _KM[_UNITS[found["unit"].lower()]]
    if base is None or base.place is None or km > _FARTHEST_KM:
        return None
    bearing = bearing_of(found["way"])
    if bearing is None:
        return None
    latitude, longitude = point_at((base.place.latitude, base.place.longitude), bearing, km)
    said = found.string[: found.start("rest")].strip()
    place = _beside(base.place, f"{said} {base.place.name}", latitude, longitude, km)
    return replace(base, place=place, candidates=(), reason=f"worked out from {base.place.name}; {base.reason}")


def _between(one: str, other: str, outer: tuple[str, ...], lookup: Lookup) -> Resolution | None:
    ends = [lookup(within(name, outer)) for name in (one, other)]
    first, last = (end.place if end else None for end in ends)
    if ends[0] is None or first is None or last is None:
        return None
    middle = great_circle((first.latitude, first.longitude), (last.latitude, last.longitude), 3)[1]
    name = f"between {first.name} and {last.name}"
    country = first.country if first.country == last.country else ""
    place = replace(_beside(first, name, *middle, 0.0), country=country)
    return replace(ends[0], place=place, candidates=(), reason=f"half way between {first.name} and {last.name}")


def _beside(base: Place, name: str, latitude: float, longitude: float, km: float) -> Place:
    longitude = (longitude + 180) % 360 - 180
    near = km <= _SAME_COUNTRY_KM
    return Place(
        id=f"{base.id}@{latitude:.3f},{longitude:.3f}",
        name=name,
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        kind="site",
        country=base.country if near else "",
        admin1=base.admin1 if near and base.kind == "city" and km <= _SAME_COUNTRY_KM / 4 else "",
        timezone=base.timezone if near else "",
        importance=base.importance,
        source=base.source,
    )
