"""The lists under the map as HTML: itineraries, the table of events, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from story.model import Event, Itinerary, Leg, Story
from story.words import say_count, say_day, say_distance, say_span
from view.html import escape, glyph, join, link

Href = Callable[[str], str]
PAGE = 50
MOST_ITINERARIES = 12
MOST_STOPS = 40


def itinerary_cards(
    itineraries: Sequence[Itinerary], *, colours: Mapping[str, int], year: int, href: Href, alone: Href, chosen: str, shown_alone: bool
) -> str:
    """A card a traveller. `alone` gives the address that shows only that traveller."""
    cards = "".join(
        _card(itinerary, colours.get(itinerary.traveller, 7), year, href, alone, chosen, shown_alone)
        for itinerary in itineraries[:MOST_ITINERARIES]
    )
    rest = len(itineraries) - MOST_ITINERARIES
    more = f'<p class="fine">{say_count(rest, "more traveller")}: choose them under Who.</p>' if rest > 0 else ""
    return f'<div class="itineraries">{cards}</div>{more}' if cards else '<p class="fine">Nobody travels in this selection.</p>'


def _card(itinerary: Itinerary, colour: int, year: int, href: Href, alone: Href, chosen: str, shown_alone: bool) -> str:
    legs = {leg.start.number: leg for leg in itinerary.legs}
    places: list[str] = []
    for stop in itinerary.stops:
        name = stop.event.place.name if stop.event.place else stop.event.toponym
        if not places or places[-1] != name:
            places.append(name)
    route = " → ".join(places if len(places) <= 6 else [*places[:3], "…", *places[-2:]])
    stops = "".join(
        _stop(stop.event, stop.number, legs.get(stop.number), year, href, chosen) for stop in itinerary.stops[:MOST_STOPS]
    )
    rest = len(itinerary.stops) - MOST_STOPS
    more = f'<p class="fine">{say_count(rest, "more stop")}</p>' if rest > 0 else ""
    flags = "".join(f'<p class="flag">{escape(flag.message)}</p>' for flag in itinerary.flags)
    only = "" if shown_alone else link(alone(itinerary.traveller), "show alone", cls="inline quiet", label=f"Show {itinerary.traveller} alone")
    return (
        f'<section class="card t{colour}"><h3>{escape(itinerary.traveller)}</h3>'
        f'<p class="fine">{escape(route)} {only}</p>{flags}<ol class="stops">{stops}</ol>{more}</section>'
    )


def _stop(event: Event, number: int, leg: Leg | None, year: int, href: Href, chosen: str) -> str:
    name = event.place.name if event.place else event.toponym
    way = ""
    if leg is not None:
        kind = "travelled" if leg.travelled else "ahead"
        way = f'<p class="way {kind}">↓ {say_distance(leg.km)}</p>'
    inner = f"{glyph(event.status)}<span><b>{escape(name)}</b>, {escape(say_span(event.span, year))}</span>"
    return (
        f'<li{" class=chosen" if event.id == chosen else ""}><span class="number">{number}</span>'
        f"<div>{link(href(event.id), inner, cls='event-title plain', current=event.id == chosen)}"
        f'<p class="fine">{escape(event.title)} · {event.status} · {escape(event.source)}</p>{way}</div></li>'
    )


def events_table(
    certain: Sequence[Event], possible: Sequence[Event], *, page: int, year: int, href: Href, chosen: str, chosen_place: str, bounded: bool
) -> str:
    """The events of one page of the table (PAGE rows); those only possibly in the range stand apart, after the others."""
    rows = [(event, False) for event in certain] + [(event, True) for event in possible]
    shown = rows[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return ""
    body, last = "", None
    for event, maybe in shown:
        if maybe != last and bounded and possible:
            heading = f"Possibly in this range ({len(possible):,})" if maybe else f"Certainly in this range ({len(certain):,})"
            body += f'<tr class="group"><th scope="colgroup" colspan="6">{heading}</th></tr>'
        last = maybe
        body += _row(event, maybe, year, href, event.id == chosen or (not chosen and _at(event, chosen_place)))
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Event", "When", "Status", "Where", "Who", "Source"))
    return f'<table class="events-table"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _at(event: Event, place: str) -> bool:
    return bool(place) and event.place is not None and event.place.id == place


def _row(event: Event, maybe: bool, year: int, href: Href, chosen: bool) -> str:
    where = escape(event.place.name) if event.place else f'{escape(event.toponym)} <span class="flag">not on the map</span>'
    classes = join(["chosen" if chosen else "", "pale" if maybe else ""], " ")
    cells = [
        link(href(event.id), escape(event.title), cls="event-title plain", current=chosen),
        escape(say_span(event.span, year)),
        f'<span class="nowrap">{glyph(event.status)} {event.status}</span>',
        where,
        escape(", ".join(event.who)),
        escape(event.source),
    ]
    names = ("event", "when", "status", "where", "who", "source")
    tds = "".join(f'<td class="c-{name}">{cell}</td>' for name, cell in zip(names, cells, strict=True))
    return f'<tr class="{classes}">{tds}</tr>'


def sources_list(story: Story, events: Sequence[Event], *, year: int) -> str:
    """Who says it: every source of the events shown, with what is known of it; then the story's own notes."""
    counts = Counter(report.source or "source not given" for event in events for report in event.reports)
    first = {}
    for event in events:
        for report in event.reports:
            if report.reported and (report.source not in first or report.reported < first[report.source]):
                first[report.source] = report.reported
    items = "".join(
        f"<li><b>{escape(source)}</b><p class='fine'>{say_count(count, 'report')}"
        f"{', first on ' + escape(say_day(first[source], year)) if source in first else ''}"
        f"{' · ' + escape(story.sources[source]) if story.sources.get(source) else ''}</p></li>"
        for source, count in counts.most_common(PAGE)
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in story.notes)
    mentioned = "".join(
        f"<li>{escape(mention.toponym)} <span class='fine'>{escape(mention.resolution.reason)}</span></li>" for mention in story.mentions
    )
    return (
        f'<div class="sources"><section><h3>Sources</h3><ul class="plain">{items}</ul></section>'
        + (f'<section><h3>Only mentioned</h3><ul class="plain">{mentioned}</ul></section>' if mentioned else "")
        + (f'<section><h3>Notes</h3><ul class="plain">{notes}</ul></section>' if notes else "")
        + "</div>"
    )
