"""Events as files for other tools: GeoJSON, and the table of all formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Protocol

from story.chunks import portions, write_object
from story.drawing.shapes import colours_of
from story.export.atom import export_atom
from story.export.gpx import export_gpx
from story.export.ics import export_ics
from story.export.kml import export_kml
from story.export.legs import Travelled, legs_of, lines_of, properties_of, travel_of
from story.export.table import export_csv, stated, told
from story.export.xlsx import export_xlsx
from story.model import Event, Itinerary, Story
from story.model.cutting import geometry_of
from story.model.fields import Field, read_number, read_yes_no
from story.model.outlines import OUTLINE, outline_of
from story.query.selection import ALL, Filter, events_as_of, travellers
from story.query.sure import sure_of


def export_geojson(events: Iterable[Event], travel: Iterable[Itinerary] = (), fields: Sequence[Field] = ()) -> str:
    """The events as a GeoJSON FeatureCollection, longitude first: a point each, null where an event is unplaced; then
    the legs of those who travel, a line each, cut where it crosses the 180th meridian.

    An area is its outline, outer rings counterclockwise and cut at the 180th meridian too. The event's own point is in
    the properties `latitude` and `longitude`. A leg says who goes, in which of the traveller's trips, from which event
    to which, and how: `mode` is "sea" or "great circle".

    A feature's properties are those of the event's latest report, `reports` are all known ones, oldest first, with
    their cells as they stand; `sure` is worked out from them. The story's own `fields` are in `fields`: numbers as
    numbers, yes and no as true and false.
    """
    of = {field.name: field for field in fields}
    features = portions(chain((_feature(event, of) for event in events), map(_leg, legs_of(travel))))
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
    return "".join(write_object({"type": "FeatureCollection", "features": features}, encoder))


def _feature(event: Event, of: Mapping[str, Field]) -> dict[str, Any]:
    place = event.place
    properties = {
        **_latest(event, of),
        "earliest": _iso(event.span.earliest),
        "latest": _iso(event.span.latest),
        "kind": place.kind if place else None,
        "country": place.country if place else None,
        "sure": sure_of(event),
        "reports": [stated(report) for report in told(event)],
    }
    geometry: dict[str, Any] | None = None
    if place and (area := outline_of(event.latest)):
        geometry = geometry_of(area)
    elif place:
        geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def _leg(travelled: Travelled) -> dict[str, Any]:
    lines = [[[longitude, latitude] for latitude, longitude in line] for line in lines_of(travelled.leg)]
    geometry: dict[str, Any] = {"type": "MultiLineString", "coordinates": lines}
    if len(lines) == 1:
        geometry = {"type": "LineString", "coordinates": lines[0]}
    return {"type": "Feature", "geometry": geometry, "properties": properties_of(travelled)}


def _latest(event: Event, of: Mapping[str, Field]) -> dict[str, Any]:
    said = stated(event.latest)
    own = {
        name: _typed(value, of.get(name))
        for name, value in said.pop("fields", {}).items()
        if name != OUTLINE or outline_of(event.latest) is None
    }
    point = {"latitude": event.place.latitude, "longitude": event.place.longitude} if event.place else {}
    # Apart from ours: a field of the story's own may be called "latest" or "kind".
    return said | point | ({"fields": own} if own else {})


def _typed(value: str, field: Field | None) -> Any:
    """A plain number as a number, yes and no as booleans; the text where that would lose something of it."""
    if field and field.type == "number":
        number = read_number(value, field.decimal)
        if number and not number.before and not number.after:
            return int(number.value) if number.value.is_integer() else number.value
    if field and field.type == "yes/no" and (said := read_yes_no(value)) is not None:
        return said
    return value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Writer(Protocol):
    """Writes some events of a story, which are what was `asked` for, in one format: a text, or bytes. `revision` is the
    number of the story's revision, 0 where it is not kept in a library."""

    def __call__(
        self, story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0
    ) -> str | bytes: ...


def _csv(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    return export_csv(events)


def _xlsx(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> bytes:
    return export_xlsx(events)


def _geojson(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    return export_geojson(events, travel_of(story, events), story.fields)


def _kml(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    colours = colours_of(travellers(events_as_of(story, None)))
    return export_kml(events, story.title, travel_of(story, events), colours)


def _gpx(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    travel = travel_of(story, events)
    # Others who are at the same events go their own ways.
    return export_gpx([one for one in travel if not asked.who or one.traveller in asked.who], story.title)


def _ics(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    return export_ics(events, story, revision)


def _html(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    # What draws is loaded where something is drawn.
    from story.export.dashboard import export_dashboard

    return export_dashboard(story, events, asked)


def _svg(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    from story.export.pictures import export_svg

    return export_svg(story, events, asked)


def _png(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> bytes:
    from story.export.pictures import export_png

    return export_png(story, events, asked)


def _pdf(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> bytes:
    from story.export.pdf import export_pdf

    return export_pdf(story, events, asked)


def _atom(story: Story, events: tuple[Event, ...], asked: Filter = ALL, revision: int = 0) -> str:
    return export_atom(story, events, asked.as_of)


EXPORTS: dict[str, Writer] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "geojson": _geojson,
    "kml": _kml,
    "gpx": _gpx,
    "ics": _ics,
    "html": _html,
    "svg": _svg,
    "png": _png,
    "pdf": _pdf,
    "atom": _atom,
}
"""Format -> what writes some events of a story in it; the format is the file's ending too."""

MIMES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
    "ics": "text/calendar",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "atom": "application/atom+xml",
}
"""Format -> what it is called on the web."""
