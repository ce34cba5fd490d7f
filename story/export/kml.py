"""Events as placemarks (KML 2.2) for globes and map programs."""

from __future__ import annotations

import html
import json
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup
from markupsafe import escape as escape_html

from geo.spatial.great_circles import Point
from story.drawing.shapes import COLOURS, LAST_COLOUR, colours_of
from story.export.legs import Travelled, legs_of, lines_of, properties_of, say_leg
from story.export.table import stated, told
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
    by_day: dict[str, list[Event]] = {}
    for event in events:
        by_day.setdefault(_day(event.span), []).append(event)
    days = [_folder(3, day, map(_placemark, there)) for day, there in by_day.items()]
    travellers = [folder for itinerary in going if (folder := _traveller(itinerary, numbers))]
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}">\n  <Document>',
        _element(2, "name", title),
        _element(2, "open", "1"),
        *_styles(numbers.values()),
        *([_folder(2, "Days", days)] if days else ()),
        *([_folder(2, "Travellers", travellers)] if travellers else ()),
        "  </Document>\n</kml>\n",
    ]
    return "\n".join(parts)


def _traveller(itinerary: Itinerary, numbers: Mapping[str, int]) -> str:
    """The folder of a traveller; "" where no trip has a leg."""
    trips = [
        _folder(4, f"Trip {trip}", [_line(leg, numbers) for leg in legs])
        for trip, legs in groupby(legs_of([itinerary]), key=lambda travelled: travelled.leg.trip)
    ]
    return _folder(3, itinerary.traveller, trips) if trips else ""


def _folder(level: int, name: str, inside: Iterable[str]) -> str:
    return _around(level, "Folder", [_element(level + 1, "name", name), *inside])


def _around(level: int, tag: str, inside: Iterable[str], attributes: str = "") -> str:
    indent = "  " * level
    return "\n".join((f"{indent}<{tag}{attributes}>", *inside, f"{indent}</{tag}>"))


def _element(level: int, tag: str, text: str, attributes: str = "") -> str:
    said = escape(clean(text, lines=True))
    return f"{'  ' * level}<{tag}{attributes}" + (f">{said}</{tag}>" if said else " />")


def _styles(numbers: Iterable[int]) -> Iterator[str]:
    # Without it the data would be listed below the description, with all reports once more.
    balloon = _around(3, "BalloonStyle", [_element(4, "text", "$[description]")])
    for status, colour in _STATUS.items():
        parts = (("IconStyle", "ff"), ("LineStyle", "ff"), ("PolyStyle", _FILLED))
        inside = [_around(3, part, [_element(4, "color", _colour(colour, opaque))]) for part, opaque in parts]
        yield _around(2, "Style", [*inside, balloon], f' id="{status}"')
    for number in sorted(set(numbers)):
        for way, opaque, width in (("travelled", "ff", "3"), ("planned", _PLANNED, "2")):
            inside = [_element(4, "color", _colour(COLOURS[number], opaque)), _element(4, "width", width)]
            yield _around(2, "Style", [_around(3, "LineStyle", inside), balloon], f' id="{way}-{number}"')


def _colour(rgb: str, opaque: str = "ff") -> str:
    """A colour as KML has it: how opaque, blue, green, red."""
    return f"{opaque}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}"


def _line(travelled: Travelled, numbers: Mapping[str, int]) -> str:
    leg = travelled.leg
    way = "travelled" if leg.travelled else "planned"
    said = properties_of(travelled).items()
    return _around(
        5,
        "Placemark",
        [
            _element(6, "name", f"{leg.start.event.where} – {leg.end.event.where}"),
            _element(6, "description", _html(say_leg(leg), leg.why, leg.told)),
            *_time(6, leg.end.event.span),
            _element(6, "styleUrl", f"#{way}-{numbers.get(travelled.traveller, LAST_COLOUR)}"),
            _data(6, {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in said}),
            *_shapes(6, [partial(_string, line=line) for line in lines_of(leg)]),
        ],
    )


def _placemark(event: Event) -> str:
    shapes: list[Callable[[int], str]] = []
    if place := event.place:
        shapes.append(partial(_point, at=(place.latitude, place.longitude)))
        area = outline_of(event.latest)
        shapes += [partial(_polygon, rings=rings) for rings in pieces(area.polygons)] if area else []
    return _around(
        4,
        "Placemark",
        [
            _element(5, "name", event.title),
            # Google Earth would show the beginning of the description there.
            _element(5, "Snippet", f"{say_span(event.span)}, {event.status}", ' maxLines="1"'),
            _element(5, "description", _about(event)),
            *_time(5, event.span),
            _element(5, "styleUrl", f"#{event.status}"),
            _data(5, _said(event)),
            *_shapes(5, shapes),
        ],
    )


def _shapes(level: int, shapes: Sequence[Callable[[int], str]]) -> list[str]:
    """The shape of a placemark; several stand in one of their own."""
    if len(shapes) > 1:
        return [_around(level, "MultiGeometry", [shape(level + 1) for shape in shapes])]
    return [shape(level) for shape in shapes]


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
    reports = json.dumps([stated(report) for report in told(event)], ensure_ascii=False, separators=(",", ":"))
    return values | own | {"reports": reports}


def _about(event: Event) -> str:
    """The event in words, as HTML."""
    facts = (f"{say_span(event.span)}, {event.status}", event.toponym, "; ".join(event.who))
    words = _html(*facts, *event.summary.split("\n"))
    return "<br>".join((Markup("<b>{}</b>").format(event.title), words, *map(_source, reversed(event.reports))))


def _source(report: Report) -> str:
    source = escape_html(report.source or "no source given")
    if report.url:
        source = Markup('<a href="{}">{}</a>').format(report.url, source)
    reported = f", {say_day(report.reported)}" if report.reported else ""
    return f"{source}{reported}: {_html(f'{report.status}, {say_span(report.span)}.', report.note, by=' ')}"


def _html(*texts: str, by: str = "<br>") -> str:
    """What is text, escaped once more than XML asks: programs show a description as HTML."""
    return by.join(html.escape(text) for text in texts if text)


def _day(span: DateSpan) -> str:
    """The folder of an event: the day on which it is or begins, or in words the days it may be on."""
    if span.earliest and (span.day or span.lasts):
        return say_day(span.earliest)
    words = say_span(span)
    return f"{words[:1].upper()}{words[1:]}"


def _time(level: int, span: DateSpan) -> Iterator[str]:
    """A moment, a day, a month or a year as such; else from the first day to the last one, either of which may lack."""
    first, last = span.earliest, span.latest
    if when := _stamp(span):
        yield _around(level, "TimeStamp", [_element(level + 1, "when", when)])
    elif first or last:
        begin = _moment(span.at) if span.at else first.isoformat() if first else ""
        end = _moment(span.until) if span.until else last.isoformat() if last else ""
        ends = [_element(level + 1, name, day) for name, day in (("begin", begin), ("end", end)) if day]
        yield _around(level, "TimeSpan", ends)


def _stamp(span: DateSpan) -> str:
    """The one moment, day, month or year that a span is; "" where it is none."""
    first, last = span.earliest, span.latest
    if first is None or last is None or span.until:
        return ""
    if first == last:
        return _moment(span.at) if span.at else first.isoformat()
    if span.lasts or first.day != 1 or first.year != last.year:
        return ""
    if (first.month, last.month, last.day) == (1, 12, 31):
        return f"{first.year:04}"
    whole = first.month == last.month and last.day == monthrange(last.year, last.month)[1]
    return f"{first.year:04}-{first:%m}" if whole else ""


def _moment(at: datetime) -> str:
    offset = at.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        # Of the times before there were zones: the schema knows no seconds in them.
        at = at.astimezone(UTC)
    return at.isoformat()


def _point(level: int, at: Point) -> str:
    return _around(level, "Point", [_coordinates(level + 1, [at])])


def _string(level: int, line: Sequence[Point]) -> str:
    return _around(level, "LineString", [_element(level + 1, "tessellate", "1"), _coordinates(level + 1, line)])


def _polygon(level: int, rings: Sequence[Ring]) -> str:
    """An outer ring and the holes in it, on the ground."""
    inside = [_element(level + 1, "tessellate", "1")]
    for number, ring in enumerate(rings):
        line = _around(level + 2, "LinearRing", [_coordinates(level + 3, ring)])
        inside.append(_around(level + 1, "innerBoundaryIs" if number else "outerBoundaryIs", [line]))
    return _around(level, "Polygon", inside)


def _coordinates(level: int, points: Iterable[Point]) -> str:
    said = " ".join([f"{_degrees(longitude)},{_degrees(latitude)}" for latitude, longitude in points])
    return f"{'  ' * level}<coordinates>{said}</coordinates>"


def _degrees(value: float) -> str:
    """To a centimetre, and never with an exponent."""
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _data(level: int, said: Mapping[str, str]) -> str:
    filled = ((name, escape(clean(value, lines=True))) for name, value in said.items() if value)
    indent = "  " * level
    data = [
        f"{indent}  <Data{_named(name)}>\n{indent}    <value>{value}</value>\n{indent}  </Data>"
        for name, value in filled
    ]
    return _around(level, "ExtendedData", data)


@lru_cache(maxsize=1_000)
def _named(name: str) -> str:
    return f" name={quoteattr(clean(name))}"
