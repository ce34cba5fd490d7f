"""Events as placemarks (KML 2.2) for globes and map programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from markupsafe import Markup

from story.drawing.shapes import COLOURS, colours_of
from story.export.legs import Travelled, legs_of, lines_of, properties_of, say_leg
from story.export.table import stated
from story.model import DateSpan, Event, Itinerary, Report, Status
from story.model.columns import COLUMNS
from story.model.cutting import pieces
from story.model.outlines import OUTLINE, Ring, outline_of
from story.query.sure import sure_of
from story.text import clean
from story.wording import say_day, say_span

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# Google Earth multiplies its own yellow pin by these: what tells them apart is in their red and green alone.
_STATUS: dict[Status, str] = {
    "happened": "#00a03c",
    "scheduled": "#ffd700",
    "expected": "#ff9000",
    "possible": "#a08c32",
    "cancelled": "#d03020",
}
_PLANNED, _FILLED = "99", "40"
"""How opaque the line of a way that is only planned is, since KML has no dashes, and the ground of an area."""
_BALLOON = "$[description]"


def export_kml(
    events: Iterable[Event],
    title: str = "Dateline",
    travel: Iterable[Itinerary] = (),
    colours: Mapping[str, int] | None = None,
) -> str:
    """The events as placemarks, longitude first, in a folder for each day, each in the style of its status and with its
    time; an unplaced one has no point, and an area has its outline beside its point. Behind them a folder for each who
    travels, with a folder for each trip that has a leg; `colours` are the numbers of the travellers' colours.

    An event's data hold all its reports, by which it opens here again as it is.
    """
    going = list(travel)
    numbers = colours_of([itinerary.traveller for itinerary in going]) if colours is None else colours
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}">\n  <Document>']
    # Each is written for itself: one tree of 100,000 of them keeps all other threads waiting while it is written.
    parts += _written([_text("name", title), _text("open", "1"), *_styles(numbers.values())], 2)
    by_day: dict[str, list[Event]] = {}
    for event in events:
        by_day.setdefault(_day(event.span), []).append(event)
    if by_day:
        parts += _folder("Days", _days(by_day), 2)
    travellers = [line for itinerary in going for line in _traveller(itinerary, numbers)]
    if travellers:
        parts += _folder("Travellers", travellers, 2)
    parts.append("  </Document>\n</kml>\n")
    return "\n".join(parts)


def _days(by_day: Mapping[str, Sequence[Event]]) -> Iterator[str]:
    for day, events in by_day.items():
        yield from _folder(day, _written(map(_placemark, events), 4), 3)


def _traveller(itinerary: Itinerary, numbers: Mapping[str, int]) -> Iterator[str]:
    trips = [
        line
        for trip, legs in groupby(legs_of([itinerary]), key=lambda travelled: travelled.leg.trip)
        for line in _folder(f"Trip {trip}", _written((_line(leg, numbers) for leg in legs), 5), 4)
    ]
    if trips:
        yield from _folder(itinerary.traveller, trips, 3)


def _folder(name: str, inside: Iterable[str], level: int) -> Iterator[str]:
    yield f"{'  ' * level}<Folder>"
    yield from _written([_text("name", name)], level + 1)
    yield from inside
    yield f"{'  ' * level}</Folder>"


def _written(elements: Iterable[ET.Element], level: int) -> Iterator[str]:
    for element in elements:
        ET.indent(element, level=level)
        yield f"{'  ' * level}{ET.tostring(element, encoding='unicode')}"


def _styles(numbers: Iterable[int]) -> Iterator[ET.Element]:
    for status, colour in _STATUS.items():
        style = ET.Element("Style", id=status)
        _add(ET.SubElement(style, "IconStyle"), "color", _colour(colour))
        _add(ET.SubElement(style, "LineStyle"), "color", _colour(colour))
        _add(ET.SubElement(style, "PolyStyle"), "color", _colour(colour, _FILLED))
        # Without it the data would be listed below, with all reports once more.
        _add(ET.SubElement(style, "BalloonStyle"), "text", _BALLOON)
        yield style
    for number in sorted(set(numbers)):
        for way, opaque in (("travelled", "ff"), ("planned", _PLANNED)):
            style = ET.Element("Style", id=f"{way}-{number}")
            line = ET.SubElement(style, "LineStyle")
            _add(line, "color", _colour(COLOURS[number], opaque))
            _add(line, "width", "3" if way == "travelled" else "2")
            _add(ET.SubElement(style, "BalloonStyle"), "text", _BALLOON)
            yield style


def _colour(rgb: str, opaque: str = "ff") -> str:
    """A colour as KML has it: how opaque, blue, green, red."""
    return f"{opaque}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}"


def _line(travelled: Travelled, numbers: Mapping[str, int]) -> ET.Element:
    leg = travelled.leg
    placemark = ET.Element("Placemark")
    _add(placemark, "name", f"{leg.start.event.where} – {leg.end.event.where}")
    _add(placemark, "description", Markup("<br>").join(filter(None, (say_leg(leg), leg.why, leg.told))))
    if until := _time(leg.end.event.span):
        placemark.append(until)
    way = "travelled" if leg.travelled else "planned"
    _add(placemark, "styleUrl", f"#{way}-{numbers.get(travelled.traveller, len(COLOURS) - 1)}")
    data = ET.SubElement(placemark, "ExtendedData")
    for name, value in properties_of(travelled).items():
        _data(data, name, str(value).lower() if isinstance(value, bool) else str(value))
    lines = lines_of(leg)
    parent = ET.SubElement(placemark, "MultiGeometry") if len(lines) > 1 else placemark
    for line in lines:
        string = ET.SubElement(parent, "LineString")
        _add(string, "tessellate", "1")
        _add(string, "coordinates", _coordinates(line))
    return placemark


def _placemark(event: Event) -> ET.Element:
    placemark = ET.Element("Placemark")
    _add(placemark, "name", event.title)
    # Google Earth would show the beginning of the description there.
    ET.SubElement(placemark, "Snippet", maxLines="1").text = f"{say_span(event.span)}, {event.status}"
    _add(placemark, "description", _about(event))
    if time := _time(event.span):
        placemark.append(time)
    _add(placemark, "styleUrl", f"#{event.status}")
    data = ET.SubElement(placemark, "ExtendedData")
    for name, value in _said(event).items():
        if value:
            _data(data, name, value)
    if event.place:
        area = outline_of(event.latest)
        parent = ET.SubElement(placemark, "MultiGeometry") if area else placemark
        point = event.place.latitude, event.place.longitude
        _add(ET.SubElement(parent, "Point"), "coordinates", _coordinates([point]))
        for rings in pieces(area.polygons) if area else ():
            _polygon(parent, rings)
    return placemark


def _said(event: Event) -> dict[str, str]:
    """What the latest report says, cell by cell, with the event's own point, and all reports as JSON."""
    latest, place = event.latest, event.place
    said = stated(latest)
    values = {name: str(said[name]) for name in COLUMNS if name in said} | {"who": ";".join(event.who)}
    values |= {"sure": sure_of(event)}
    values |= {"latitude": repr(place.latitude), "longitude": repr(place.longitude)} if place else {}
    # Those of the story's own may be called as ours are.
    ours = {*COLUMNS, "sure", "reports"}
    own = {f"field: {name}" if name in ours else name: value for name, value in latest.fields if name != OUTLINE}
    reports = json.dumps([stated(report) for report in event.reports], ensure_ascii=False, separators=(",", ":"))
    return values | own | {"reports": reports}


def _about(event: Event) -> Markup:
    """The event in words. Programs show a description as HTML, so what is text is escaped once more than XML asks."""
    facts = (f"{say_span(event.span)}, {event.status}", event.toponym, "; ".join(event.who))
    lines = [Markup("<b>{}</b>").format(event.title), *facts, *event.summary.split("\n")]
    lines = [*filter(None, lines), *map(_source, reversed(event.reports))]
    return Markup("<br>").join(lines)


def _source(report: Report) -> Markup:
    source = Markup("{}").format(report.source or "no source given")
    if report.url:
        source = Markup('<a href="{}">{}</a>').format(report.url, source)
    reported = f", {say_day(report.reported)}" if report.reported else ""
    note = f" {report.note}" if report.note else ""
    return Markup("{}{}: {}, {}.{}").format(source, reported, report.status, say_span(report.span), note)


def _day(span: DateSpan) -> str:
    """The folder of an event: the day on which it is or begins, or in words the days it may be on."""
    if span.earliest and (span.day or span.lasts):
        return say_day(span.earliest)
    words = say_span(span)
    return f"{words[:1].upper()}{words[1:]}"


def _time(span: DateSpan) -> ET.Element | None:
    """A moment, a day, a month or a year as such; else from the first day to the last one, either of which may lack."""
    first, last = span.earliest, span.latest
    if span.at and not span.until and first == last:
        return _stamp(_moment(span.at))
    if first and first == last and not span.until:
        return _stamp(first.isoformat())
    if first and last and not span.lasts and first.day == 1 and first.year == last.year:
        if (first.month, last.month, last.day) == (1, 12, 31):
            return _stamp(f"{first.year:04}")
        if first.month == last.month and _is_last_of_month(last):
            return _stamp(f"{first.year:04}-{first:%m}")
    begin = _moment(span.at) if span.at else first.isoformat() if first else ""
    end = _moment(span.until) if span.until else last.isoformat() if last else ""
    if not begin and not end:
        return None
    time = ET.Element("TimeSpan")
    for name, value in (("begin", begin), ("end", end)):
        if value:
            _add(time, name, value)
    return time


def _is_last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _stamp(when: str) -> ET.Element:
    stamp = ET.Element("TimeStamp")
    _add(stamp, "when", when)
    return stamp


def _moment(at: datetime) -> str:
    offset = at.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        # Of the times before there were zones: the schema knows no seconds in them.
        at = at.astimezone(UTC)
    return at.isoformat()


def _polygon(parent: ET.Element, rings: Sequence[Ring]) -> None:
    """An outer ring and the holes in it, on the ground."""
    polygon = ET.SubElement(parent, "Polygon")
    _add(polygon, "tessellate", "1")
    for number, ring in enumerate(rings):
        boundary = ET.SubElement(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
        _add(ET.SubElement(boundary, "LinearRing"), "coordinates", _coordinates(ring))


def _coordinates(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_degrees(longitude)},{_degrees(latitude)}" for latitude, longitude in points)


def _degrees(value: float) -> str:
    """To a centimetre, and never with an exponent."""
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _data(parent: ET.Element, name: str, value: str) -> None:
    _add(ET.SubElement(parent, "Data", name=clean(name)), "value", value)


def _text(tag: str, text: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = clean(text, lines=True)
    return element


def _add(parent: ET.Element, tag: str, text: str) -> None:
    parent.append(_text(tag, text))
