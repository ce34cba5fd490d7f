"""Events as placemarks (KML 2.2) for globes and map programs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from xml.etree import ElementTree as ET

from markupsafe import Markup

from story.model import Event
from story.query.sure import sure_of
from story.wording import say_span

_NAMESPACE = "http://www.opengis.net/kml/2.2"


def export_kml(events: Iterable[Event], title: str = "Dateline") -> str:
    """The events as placemarks, longitude first, with their time spans; an unplaced one has no point."""
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}">\n  <Document>']
    name = ET.Element("name")
    name.text = title
    # Each is written for itself: one tree of 100,000 of them keeps all other threads waiting while it is written.
    for element in chain([name], map(_placemark, events)):
        ET.indent(element, level=2)
        parts.append(f"    {ET.tostring(element, encoding='unicode')}")
    parts.append("  </Document>\n</kml>\n")
    return "\n".join(parts)


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
        "sure": sure_of(event),
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
