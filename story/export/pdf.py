"""A print sheet of some events (PDF): map, itineraries, events and sources, on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from story.drawing import picture
from story.drawing.paper import LEFT, RIGHT, UNKNOWN, Paper, Text
from story.drawing.picture import HEAD, MAP_HEIGHT, WIDTH
from story.export.legs import say_leg, travel_of
from story.export.pictures import drawn
from story.model import Event, Itinerary, Report, Story
from story.query.selection import Filter
from story.query.sure import SAID_SURE, sure_of
from story.wording import say_count, say_source, say_span, say_time

_SECOND = LEFT + 38
_SIDE, _MAIN = _SECOND - LEFT - 4, RIGHT - _SECOND
"""The column of days, and that of all the rest."""
_HEADING = 24.0
_PIXELS = 1.5
"""A unit of the map: 250 dots an inch."""


def export_pdf(story: Story, events: tuple[Event, ...], asked: Filter) -> bytes:
    """The sheet: title, what was asked for and as known when, the map with its legend, the itineraries trip by trip,
    each event with status, how sure it is and every report, and the sources.

    A letter that the fonts lack is shown as a box, and stays that letter where the text is searched or copied; the
    sheet says of which scripts they are, and gives places by the name in the atlas too.
    """
    travel = travel_of(story, events)
    data, caption = drawn(story, events, asked, travel)
    year = story.published.year if story.published else None
    sheet = Paper(story.title, f"{story.title} · {caption.facts}", asked.as_of or story.published)
    sheet.block([[Text(story.title, face="title", size=20)]], gap=1)
    sheet.block([[Text(caption.facts, grey=True, size=10)]], gap=3)
    _map(sheet, picture.png(data, caption, _PIXELS, headed=False), f"Map: {caption.facts}")
    going = [itinerary for itinerary in travel if len(itinerary.stops) > 1]
    if going:
        _heading(sheet, "Itineraries")
        for itinerary in going:
            _itinerary(sheet, itinerary, year)
    _heading(sheet, f"Events ({len(events):,})")
    for event in events:
        _event(sheet, event, year)
    if not events:
        sheet.block([[Text("No events to show.", grey=True)]])
    _heading(sheet, "Sources")
    for line in _sources(story, events):
        sheet.block([[line]], gap=0.5)
    if sheet.lacking:
        said = (
            f"{UNKNOWN} stands for a letter that the fonts of this sheet lack: {', '.join(sorted(sheet.lacking))}. "
            "Searched or copied, it is the letter itself. The one HTML file shows them all."
        )
        sheet.block([[Text(said, grey=True, size=8)]])
        sheet.set_subject(said)
    return bytes(sheet.output())


def not_printed(raw: bytes) -> str:
    """What a sheet says of the letters that it could not print; "" where it has printed them all."""
    from pypdf import PdfReader  # what only writes sheets does not need it

    about = PdfReader(BytesIO(raw)).metadata
    return (about and about.subject) or ""


def _map(sheet: Paper, png: bytes, words: str) -> None:
    top, wide = sheet.get_y(), RIGHT - LEFT
    high = wide * (picture.HEIGHT - HEAD) / WIDTH
    sheet.image(BytesIO(png), x=LEFT, y=top, w=wide, h=high, alt_text=words)
    sheet.set_draw_color(0xCB)
    sheet.set_line_width(0.2)
    sheet.rect(LEFT, top, wide, wide * MAP_HEIGHT / WIDTH)
    sheet.set_y(top + high + 1)


def _heading(sheet: Paper, words: str) -> None:
    sheet.block([[Text(" ", size=6), Text(words, face="title", size=13)]], gap=1.5, follow=_HEADING)


def _itinerary(sheet: Paper, itinerary: Itinerary, year: int | None) -> None:
    sheet.block([[Text(itinerary.traveller, face="strong", size=10)]], gap=0.8, follow=_HEADING / 2)
    for trip in itinerary.trips:
        if len(itinerary.trips) > 1:
            sheet.block([[Text(f"Trip {trip.number}", grey=True)]], gap=0.5, follow=_HEADING / 2)
        to = {leg.end.number: leg for leg in itinerary.legs if leg.trip == trip.number}
        for stop in trip.stops:
            event = stop.event
            leg = to.get(stop.number)
            way = [Text(say_leg(leg), _SECOND, _MAIN, size=8, grey=True)] if leg else []
            what = Text(f"{event.where}: {event.title}", _SECOND, _MAIN, mark=event.status)
            sheet.block([[Text(say_span(event.span, year), LEFT, _SIDE)], [what, *way]], gap=0.8)
    sheet.set_y(sheet.get_y() + 2)


def _event(sheet: Paper, event: Event, year: int | None) -> None:
    zone = event.place.timezone if event.place else ""
    when = [say_span(event.span, year), say_time(event.span, zone, "")]
    days = [Text(words, LEFT, _SIDE, face="strong") for words in when if words]
    facts = [event.status, _where(sheet, event), SAID_SURE[sure_of(event)]]
    main = [
        Text(event.title, _SECOND, _MAIN, face="strong", size=10),
        Text(" · ".join(facts), _SECOND, _MAIN, mark=event.status),
        *(Text(words, _SECOND, _MAIN) for words in (", ".join(event.who), event.summary) if words),
        *(line for report in reversed(event.reports) for line in _report(report, event, year)),
    ]
    sheet.block([days, main], gap=2.6)


def _where(sheet: Paper, event: Event) -> str:
    """The place as it is written; with its name in the atlas where that alone can be printed."""
    written = event.toponym or "place not given"
    if event.place is None:
        return f"{written} (not on the map)"
    return written if sheet.has(written) or not sheet.has(event.place.name) else f"{written} ({event.place.name})"


def _report(report: Report, event: Event, year: int | None) -> Iterator[Text]:
    as_it_stands = (report.status, report.span) == (event.status, event.span)
    said = "" if as_it_stands else f": {report.status}, {say_span(report.span, year)}"
    words = f"{say_source(report.source, report.reported, year)}{said}. {report.note}"
    yield Text(words.rstrip(), _SECOND, _MAIN, size=8, grey=True)
    if report.url:
        yield Text(report.url, _SECOND, _MAIN, size=7.5, grey=True, link=report.url)


def _sources(story: Story, events: Sequence[Event]) -> Iterator[Text]:
    counts = Counter(report.source or "no source given" for event in events for report in event.reports)
    for source, count in counts.most_common():
        about = f" · {story.sources[source]}" if story.sources.get(source) else ""
        yield Text(f"{source}, {say_count(count, 'report')}{about}", size=8.5)
