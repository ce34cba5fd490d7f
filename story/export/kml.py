"""Events as placemarks (KML 2.2) for globes and map programs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from xml.etree import ElementTree as ET

from markupsafe import Markup

from story.export.legs import Travelled, legs_of, lines_of, properties_of, say_leg
from story.model import Event, Itinerary
from story.wording import say_span

_NAMESPACE = "http://www.opengis.net/kml/2.2"


def export_kml(events: Iterable[Event], title: str = "Dateline", travel: Iterable[Itinerary] = ()) -> str:
    """The events as placemarks, longitude first, with their time spans; an unplaced one has no point. Behind them a
    folder for each who travels, with a folder for each trip that has a leg."""
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}">\n  <Document>']
    name = ET.Element("name")
    name.text = title
    # Each is written for itself: one tree of 100,000 of them keeps all other threads waiting while it is written.
    for element in chain([name], map(_placemark, events), filter(None, map(_folder, travel))):
        ET.indent(element, level=2)
        parts.append(f"    {ET.tostring(element, encoding='unicode')}")
    parts.append("  </Document>\n</kml>\n")
    return "\n".join(parts)


def _folder(itinerary: Itinerary) -> ET.Element | None:
    folder = ET.Element("Folder")
    _add(folder, "name", itinerary.traveller)
    for trip, legs in groupby(legs_of([itinerary]), key=lambda travelled: travelled.leg.trip):
        inside = ET.SubElement(folder, "Folder")
        _add(inside, "name", f"Trip {trip}")
        for travelled in legs:
            inside.append(_line(travelled))
    return folder if len(folder) > 1 else None


def _line(travelled: Travelled) -> ET.Element:
    leg = travelled.leg
    placemark = ET.Element("Placemark")
    _add(placemark, "name", f"{leg.start.event.where} – {leg.end.event.where}")
    _add(placemark, "description", Markup("<br>").join(filter(None, (say_leg(leg), leg.why, leg.told))))
    data = ET.SubElement(placemark, "ExtendedData")
    for name, value in properties_of(travelled).items():
        said = str(value).lower() if isinstance(value, bool) else str(value)
        _add(ET.SubElement(data, "Data", name=name), "value", said)
    lines = lines_of(leg)
    parent = ET.SubElement(placemark, "MultiGeometry") if len(lines) > 1 else placemark
    for line in lines:
        string = ET.SubElement(parent, "LineString")
        _add(string, "tessellate", "1")
        _add(string, "coordinates", " ".join(f"{longitude},{latitude}" for latitude, longitude in line))
    return placemark


def _placemark(event: Event) -> ET.Element:
    placemark = ET.Element("Placemark")
    _add(placemark, "name", event.title)
    span = event.span
    about = (event.summary, f"{say_span(span)}, {event.status}", event.toponym, "; ".join(event.who), event.source)
    # Programs show a description as HTML, so what is text must be escaped once more than XML asks.
    _add(placemark, "description", Markup("<br>").join(filter(None, about)))
    if span.earliest or span.latest:
        time = ET.SubElement(placemark, "TimeSpan")
        if span.earliest:
            _add(time, "begin", span.earliest.isoformat())
        if span.latest:
            _add(time, "end", span.latest.isoformat())
    data = ET.SubElement(placemark, "ExtendedData")
    values = {
        "event": event.id,
        "when": span.edtf,
        "status": event.status,
        "place": event.toponym,
        "who": ";".join(event.who),
        "source": event.source,
        "url": event.latest.url,
    }
    for name, value in values.items():
        _add(ET.SubElement(data, "Data", name=name), "value", value)
    if event.place:
        point = ET.SubElement(placemark, "Point")
        _add(point, "coordinates", f"{event.place.longitude},{event.place.latitude}")
    return placemark


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
