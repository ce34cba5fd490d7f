"""Small stories for the tests of the view, made in a line each."""

from __future__ import annotations

from geo.place import Box, Kind, Place, Resolution
from story.model import Event, Report, Status
from story.model.dates import parse_when


def place(
    name: str, latitude: float, longitude: float, *, kind: Kind = "city", country: str = "JP", box: Box | None = None
) -> Place:
    return Place(f"test:{name}", name, latitude, longitude, kind, country, timezone="Asia/Tokyo", box=box)


TOKYO = place("Tokyo", 35.69, 139.69)
YOKOSUKA = place("Yokosuka", 35.28, 139.67)
FALLON = place("Fallon", 39.42, -118.70, kind="site", country="US")
MALAYSIA = place("Malaysia", 3.8, 102.2, kind="country", country="MY", box=Box(0.8, 99.6, 7.4, 119.3))


def event(
    name: str,
    when: str = "2025-10-20",
    at: Place | None = TOKYO,
    *,
    status: Status = "happened",
    who: tuple[str, ...] = ("Ada",),
    source: str = "Wire",
    toponym: str = "",
) -> Event:
    toponym = toponym or (at.name if at else "Nowhere")
    report = Report(name, name.capitalize(), toponym, parse_when(when), status, who, source=source)
    return Event(name, (report,), Resolution(toponym, at, (), "known" if at else "no place of that name"), at)
