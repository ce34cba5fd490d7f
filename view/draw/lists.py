"""The lists under the map as HTML: itineraries, the table of events, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from story.model import Event, Itinerary, Leg, Story
from story.wording import say_count, say_day, say_distance, say_span
from view.draw.html import escape, glyph, join, link
from view.draw.scene import Scene

PAGE = 50
MOST_ITINERARIES = 12
MOST_STOPS = 40
MOST_FLAGS = 3


def itinerary_cards(itineraries: Sequence[Itinerary], scene: Scene, *, travellers: int) -> str:
    """A card for each of the first travellers of all `travellers`, each of whom can be shown alone."""
    cards = "".join(_card(itinerary, scene) for itinerary in itineraries[:MOST_ITINERARIES])
    rest = travellers - MOST_ITINERARIES
    more = f'<p class="fine">{say_count(rest, "more traveller")}: choose them under Who.</p>' if rest > 0 else ""
    if not cards:
        return '<p class="fine">Nobody travels in this selection.</p>'
    return f'<div class="itineraries">{cards}</div>{more}'


def _card(itinerary: Itinerary, scene: Scene) -> str:
    legs = {leg.start.number: leg for leg in itinerary.legs}
    places: list[str] = []
    for stop in itinerary.stops:
        name = stop.event.place.name if stop.event.place else stop.event.toponym
        if not places or places[-1] != name:
            places.append(name)
    route = " → ".join(places if len(places) <= 6 else [*places[:3], "…", *places[-2:]])
    stops = "".join(
        _stop(stop.event, stop.number, legs.get(stop.number), scene) for stop in itinerary.stops[:MOST_STOPS]
    )
    rest = len(itinerary.stops) - MOST_STOPS
    more = f'<p class="fine">{say_count(rest, "more stop")}</p>' if rest > 0 else ""
    flags = "".join(f'<p class="flag">{escape(flag.message)}</p>' for flag in itinerary.flags[:MOST_FLAGS])
    if len(itinerary.flags) > MOST_FLAGS:
        flags += f'<p class="flag">and {say_count(len(itinerary.flags) - MOST_FLAGS, "more doubt")}</p>'
    name, only = itinerary.traveller, ""
    if scene.address.who != (name,):
        only = link(scene.to_traveller(name), "show alone", cls="inline quiet", label=f"Show alone: {name}")
    return (
        f'<section class="card t{scene.colour(name)}"><h3>{escape(name)}</h3>'
        f'<p class="fine">{escape(route)} {only}</p>{flags}<ol class="stops">{stops}</ol>{more}</section>'
    )


def _stop(event: Event, number: int, leg: Leg | None, scene: Scene) -> str:
    name = event.place.name if event.place else event.toponym
    way = ""
    if leg is not None:
        kind = "travelled" if leg.travelled else "ahead"
        way = f'<p class="way {kind}">↓ {say_distance(leg.km)}</p>'
    inner = f"{glyph(event.status)}<span><b>{escape(name)}</b>, {escape(say_span(event.span, scene.year))}</span>"
    chosen = scene.is_chosen(event)
    return (
        f'<li{" class=chosen" if chosen else ""}><span class="number">{number}</span>'
        f"<div>{link(scene.to_event(event.id), inner, cls='event-title plain', current=chosen)}"
        f'<p class="fine">{escape(event.title)} · {event.status} · {escape(event.source)}</p>{way}</div></li>'
    )


def events_table(certain: Sequence[Event], possible: Sequence[Event], scene: Scene, *, page: int) -> str:
    """One page of the table (PAGE rows); events that are only possibly in the range stand apart, after the others."""
    start = (page - 1) * PAGE
    shown = [(event, False) for event in certain[start : start + PAGE]]
    after = max(0, start - len(certain))
    shown += [(event, True) for event in possible[after : after + PAGE - len(shown)]]
    if not shown:
        return ""
    body, last = "", None
    bounded = scene.address.first is not None or scene.address.last is not None
    for event, maybe in shown:
        if maybe != last and bounded and possible:
            heading = (
                f"Possibly in this range ({len(possible):,})"
                if maybe
                else f"Certainly in this range ({len(certain):,})"
            )
            body += f'<tr class="group"><th scope="colgroup" colspan="6">{heading}</th></tr>'
        last = maybe
        body += _row(event, maybe, scene)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Event", "When", "Status", "Where", "Who", "Source"))
    return f'<table class="events-table"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _row(event: Event, maybe: bool, scene: Scene) -> str:
    chosen = scene.is_chosen(event)
    where = escape(event.place.name if event.place else event.toponym)
    if event.place is None:
        where += ' <span class="flag">not on the map</span>'
    classes = join(["chosen" if chosen else "", "pale" if maybe else ""], " ")
    cells = [
        link(scene.to_event(event.id), escape(event.title), cls="event-title plain", current=chosen),
        escape(say_span(event.span, scene.year)),
        f'<span class="nowrap">{glyph(event.status)} {event.status}</span>',
        where,
        escape(", ".join(event.who)),
        escape(event.source),
    ]
    names = ("event", "when", "status", "where", "who", "source")
    tds = "".join(f'<td class="c-{name}">{cell}</td>' for name, cell in zip(names, cells, strict=True))
    return f'<tr class="{classes}">{tds}</tr>'


def sources_list(story: Story, events: Sequence[Event], scene: Scene) -> str:
    """Who says it: every source of the events shown, with what is known of it; then the story's own notes."""
    counts = Counter(report.source or "source not given" for event in events for report in event.reports)
    first: dict[str, date] = {}
    for event in events:
        for report in event.reports:
            if report.reported and (report.source not in first or report.reported < first[report.source]):
                first[report.source] = report.reported
    items = "".join(
        f"<li><b>{escape(source)}</b><p class='fine'>{say_count(count, 'report')}"
        f"{', first on ' + escape(say_day(first[source], scene.year)) if source in first else ''}"
        f"{' · ' + escape(story.sources[source]) if story.sources.get(source) else ''}</p></li>"
        for source, count in counts.most_common(PAGE)
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in story.notes)
    mentioned = "".join(
        f"<li>{escape(mention.toponym)} <span class='fine'>{escape(mention.resolution.reason)}</span></li>"
        for mention in story.mentions
    )
    return (
        f'<div class="sources"><section><h3>Sources</h3><ul class="plain">{items}</ul></section>'
        + (f'<section><h3>Only mentioned</h3><ul class="plain">{mentioned}</ul></section>' if mentioned else "")
        + (f'<section><h3>Notes</h3><ul class="plain">{notes}</ul></section>' if notes else "")
        + "</div>"
    )
