"""The panel beside the map as HTML: one event with its reports, one place with its events, or where it all stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from heapq import nlargest
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geo.place import Place
from geo.spatial.great_circles import distance_km
from story.model import Event, Report, Story
from story.wording import say_count, say_day, say_distance, say_span, say_time
from view.draw.html import escape, glyph, join, link
from view.draw.scene import Scene

KIND_WORDS = {
    "country": "Country",
    "admin1": "State or province",
    "admin2": "County or district",
    "city": "City",
    "site": "Site",
    "island": "Island",
    "sea": "Sea",
    "area": "Region",
}


def event_item(event: Event, scene: Scene, *, place: bool = True) -> str:
    """One event in a list: title, when, status in words, place and source."""
    where = (event.place.name if event.place else event.toponym) if place else ""
    possible, chosen = event.id in scene.possible, event.id == scene.event
    when = f"{escape(say_span(event.span, scene.year))} · <b>{event.status}</b>"
    title = f"{glyph(event.status)}<span>{escape(event.title)}</span>"
    unplaced = "" if event.place else ' <span class="flag">not on the map</span>'
    return (
        f'<li class="event{" chosen" if chosen else ""}{" pale" if possible else ""}">'
        f"{link(scene.to_event(event.id), title, cls='event-title', current=chosen)}"
        f"<p>{when}{' · possibly in this range' if possible else ''}</p>"
        f"<p>{join([escape(where) + unplaced if where or unplaced else '', escape(event.source)], ' · ')}</p></li>"
    )


def event_details(event: Event, scene: Scene, *, reader_zone: str, in_range: bool) -> str:
    """One event: what, when, where, who, and every report known, the latest first."""
    latest = event.latest
    facts = [
        ("When", f"{escape(say_span(event.span, scene.year))}{_time_of_day(event, reader_zone)}"),
        ("Where", _where(event, scene)),
        ("Who", escape(", ".join(event.who))),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    out = "" if in_range else '<p class="flag">Outside the present filter.</p>'
    reports = list(reversed(event.reports))
    history = "".join(
        _report(report, scene.year, earlier=report is not latest, before=before)
        for report, before in zip(reports, [*reports[1:], None], strict=True)
    )
    return (
        f'<article class="panel"><p class="over">Event</p><h2>{escape(event.title)}</h2>'
        f'<p class="status">{glyph(event.status)} <b>{event.status}</b></p>{out}'
        f"{f'<p>{escape(event.summary)}</p>' if event.summary else ''}<dl>{rows}</dl>"
        f'<h3>{say_count(len(event.reports), "report")}</h3><ol class="reports">{history}</ol></article>'
    )


def place_details(place: Place, events: Sequence[Event], scene: Scene, *, country: str, now: datetime) -> str:
    """One place: what and where it is, and the events there that the filter leaves."""
    around = [name for name in (place.admin1, country) if name != place.name]
    where = join([KIND_WORDS[place.kind], *around], ", ")
    facts = join([escape(where), f"{place.latitude:.2f}, {place.longitude:.2f}", _clock(place, now)], " · ")
    items = "".join(event_item(event, scene, place=False) for event in events)
    body = f'<ol class="events">{items}</ol>' if items else "<p>No event here in the present filter.</p>"
    head = f'<p class="over">Place</p><h2>{escape(place.name)}</h2><p class="fine">{facts}</p>'
    return f'<article class="panel">{head}{body}</article>'


def point_details(
    latitude: float, longitude: float, nearest: Place | None, scene: Scene, *, country: str, around: Sequence[Place]
) -> str:
    """A point of the reader's own: what lies nearest to it, and how far the story's places are from it."""
    here = (
        f"{abs(latitude):.2f}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):.2f}° {'E' if longitude >= 0 else 'W'}"
    )
    name = "Open sea"
    far = ""
    if nearest is not None:
        name = nearest.name if nearest.kind in ("sea", "country", "area") else f"Near {nearest.name}"
        if nearest.kind == "city":
            way = distance_km((latitude, longitude), (nearest.latitude, nearest.longitude))
            far = f"{nearest.name} is {say_distance(way)} away"
    parts = [nearest.admin1 if nearest else "", country]
    facts = join([escape(", ".join(part for part in parts if part and part != name)), escape(here), escape(far)], " · ")
    ways = sorted(
        (distance_km((latitude, longitude), (place.latitude, place.longitude)), place.name)
        for place in around
        if place.kind not in ("country", "area", "sea")
    )
    items = "".join(
        f'<li class="event">{link(scene.to_place(place), escape(place), cls="event-title")}'
        f"<p>{say_distance(km)}</p></li>"
        for km, place in ways[:5]
    )
    rest = f'<h3>The story’s nearest places</h3><ol class="events">{items}</ol>' if items else ""
    head = f'<p class="over">Point</p><h2>{escape(name)}</h2><p class="fine">{facts}</p>'
    return f'<article class="panel">{head}{rest}</article>'


def overview(story: Story, events: Sequence[Event], scene: Scene, *, as_of: date | None, most: int = 3) -> str:
    """Nothing chosen: what happened last and what comes next as of the as-of day, and what is only mentioned."""
    past = nlargest(
        most,
        (event for event in events if event.status == "happened"),
        key=lambda event: event.span.latest or date.min,
    )
    ahead = list(islice((event for event in events if event.status not in ("happened", "cancelled")), most))
    parts = []
    for heading, some in (("Next", ahead), ("Latest", past)):
        if some:
            items = "".join(event_item(event, scene) for event in some)
            parts.append(f'<h3>{heading}</h3><ol class="events">{items}</ol>')
    if story.mentions:
        names = ", ".join(escape(mention.toponym) for mention in story.mentions)
        parts.append(f'<p class="fine">Also mentioned: {names}.</p>')
    when = f" as of {escape(say_day(as_of, scene.year))}" if as_of else ""
    return f'<article class="panel"><p class="over">Where it stands{when}</p>{"".join(parts)}</article>'


def _where(event: Event, scene: Scene) -> str:
    if event.place is None:
        return f'{escape(event.toponym)} <span class="flag">not on the map: {escape(event.resolution.reason)}</span>'
    other = f" ({escape(event.toponym)})" if event.toponym.casefold() != event.place.name.casefold() else ""
    return f"{link(scene.to_place(event.place.name), escape(event.place.name), cls='inline')}{other}"


def _report(report: Report, year: int, *, earlier: bool, before: Report | None) -> str:
    source = escape(report.source or "source not given")
    if report.url:
        source = f'<a href="{escape(report.url)}" target="_blank" rel="noopener noreferrer">{source}</a>'
    day = f"{escape(say_day(report.reported, year))} · " if report.reported else ""
    repeated = before is not None and report.note == before.note
    note = f'<p class="fine">{escape(report.note)}</p>' if report.note and not repeated else ""
    return (
        f'<li class="report{" earlier" if earlier else ""}"><p>{day}{source}</p>'
        f"<p>{glyph(report.status)} <b>{report.status}</b>, "
        f"{escape(say_span(report.span, year))}, {escape(report.place)}</p>"
        f"{note}</li>"
    )


def _time_of_day(event: Event, reader_zone: str) -> str:
    zone = event.place.timezone if event.place else ""
    words = say_time(event.span, zone, reader_zone)
    return f'<br><span class="fine">{escape(words)}</span>' if words else ""


def _clock(place: Place, now: datetime) -> str:
    if not place.timezone or place.kind in ("country", "area", "sea"):
        return ""
    try:
        offset = now.astimezone(ZoneInfo(place.timezone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    hours = (offset.total_seconds() if offset else 0) / 3600
    return f"UTC{hours:+.4g}".replace("-", "−")
