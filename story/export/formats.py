"""Events as files for other tools: CSV that opens here again, GeoJSON, and the table of all formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from typing import Any

from story.chunks import portions, write_object
from story.draft.carrying import cells_of
from story.export.ics import export_ics
from story.export.kml import export_kml
from story.export.legs import Travelled, legs_of, lines_of, properties_of, travel_of
from story.export.printable import export_html
from story.model import Event, Itinerary, Report, Story
from story.model.columns import COLUMNS
from story.model.outlines import OUTLINE, outline_of
from story.text import defused

_PLAIN = {"latitude", "longitude", "when", "status", "reported"}


def export_csv(events: Iterable[Event]) -> str:
    """All reports of the events as a reports.csv, by day reported; opened again it gives the same reports.

    The story's own fields are columns behind ours.
    A text that a spreadsheet would run as a formula gets an apostrophe before it, which opening takes away.
    """
    reports = [report for event in events for report in event.reports]
    reports.sort(key=lambda report: (report.reported or date.min, report.line or 0))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    names = dict.fromkeys((*COLUMNS, *(name for report in reports for name, _ in report.fields)))
    writer.writerow(map(defused, names))
    for report in reports:
        cells = cells_of(report)
        said = ((name, cells.get(name, "")) for name in names)
        writer.writerow([value if name in _PLAIN else defused(value) for name, value in said])
    return text.getvalue()


def export_geojson(events: Iterable[Event], travel: Iterable[Itinerary] = ()) -> str:
    """The events as a GeoJSON FeatureCollection, longitude first: a point each, null where an event is unplaced; then
    the legs of those who travel, a line each, cut where it crosses the 180th meridian.

    An area is its outline, and its own point is in the properties `latitude` and `longitude`. A leg says who goes, in
    which of the traveller's trips, from which event to which, and how: `mode` is "sea" or "great circle".

    A feature's properties are those of the event's latest report, `reports` are all known ones, oldest first.
    """
    features = portions(chain(map(_feature, events), map(_leg, legs_of(travel))))
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
    return "".join(write_object({"type": "FeatureCollection", "features": features}, encoder))


def _feature(event: Event) -> dict[str, Any]:
    place = event.place
    properties = {
        **_stated(event.latest),
        "earliest": _iso(event.span.earliest),
        "latest": _iso(event.span.latest),
        "kind": place.kind if place else None,
        "country": place.country if place else None,
        "reports": [_stated(report) for report in event.reports],
    }
    geometry: dict[str, Any] | None = None
    if place and (area := outline_of(event.latest)):
        geometry = area.geometry
        properties |= {"latitude": place.latitude, "longitude": place.longitude}
    elif place:
        geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def _leg(travelled: Travelled) -> dict[str, Any]:
    lines = [[[longitude, latitude] for latitude, longitude in line] for line in lines_of(travelled.leg)]
    geometry: dict[str, Any] = {"type": "MultiLineString", "coordinates": lines}
    if len(lines) == 1:
        geometry = {"type": "LineString", "coordinates": lines[0]}
    return {"type": "Feature", "geometry": geometry, "properties": properties_of(travelled)}


def _stated(report: Report) -> dict[str, Any]:
    said = cells_of(report)
    cells: dict[str, Any] = {name: said[name] for name in COLUMNS if said[name]}
    if not report.place:
        del cells["place"]
    cells.pop("latitude", None)
    cells.pop("longitude", None)
    # Apart from ours: a field of the story's own may be called "latest" or "kind".
    fields = {name: value for name, value in report.fields if name != OUTLINE or outline_of(report) is None}
    return {**cells, "who": list(report.who), **({"fields": fields} if fields else {})}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _html(story: Story, events: tuple[Event, ...]) -> str:
    year = story.published.year if story.published else None
    return export_html(events, story.title, year, travel_of(story, events))


EXPORTS: dict[str, Callable[[Story, tuple[Event, ...]], str]] = {
    "csv": lambda _, events: export_csv(events),
    "geojson": lambda story, events: export_geojson(events, travel_of(story, events)),
    "kml": lambda story, events: export_kml(events, story.title, travel_of(story, events)),
    "ics": lambda _, events: export_ics(events),
    "html": _html,
}
"""Format -> what writes some events of a story in it; the format is the file's ending too."""
