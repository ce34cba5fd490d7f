"""What the HTML file holds of a story: the events that a filter leaves, with all that its scripts show of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.spatial.great_circles import unwrap_longitudes
from story.drawing.scale import axis
from story.drawing.shapes import colours_of, turned_to
from story.export.dashboard.journeys import travel_of
from story.export.dashboard.states import event_rows, known_states
from story.export.dashboard.tables import Tables
from story.model import STATUSES, Event, Story
from story.query.presence import presence, say_involved
from story.query.selection import Filter, days, events_as_of, latest_day, report_days, travellers
from story.query.sure import METHOD, SURE


def dashboard_data(story: Story, events: tuple[Event, ...], asked: Filter) -> dict[str, Any]:
    """The story as the file's scripts read it (static/read.js): `events` are what `asked` leaves.

    Lists instead of objects, and numbers for what occurs again and again, since there may be 10,000 events. Days are
    ordinals, 0 for none.
    """
    year = _year(story)
    every = events_as_of(story, None)
    names = travellers(every)
    going = presence(story, every)
    tables = Tables(year, colours_of(names), going)
    left = {event.id: None for event in events}
    states = known_states(story, asked.as_of)
    found = event_rows(story, left, states, asked, tables)
    there = {name for event in events for name in event.who}
    # In the order of the page's controls.
    everyone = [tables.person(name) for name in names if name in there]
    longitudes = unwrap_longitudes([place.longitude for place in tables.places])
    mentions = _mentions(story, tables)
    longitudes += [turned_to(place.longitude, longitudes) for place in tables.places[len(longitudes) :]]
    travel, whole = travel_of(states, found.numbers, left, found.shown, going, tables)
    reported = [date.fromordinal(day) for day in sorted({report[0] for row in found.events for report in row[1]} - {0})]
    latest = asked.as_of or latest_day(story, report_days(story))
    low, high = axis(*days(events), reported, latest)
    return {
        "title": story.title,
        "dateline": story.dateline,
        "published": _day(story.published),
        "year": year,
        "latest": _day(latest),
        "days": [day.toordinal() for day in reported],
        # What lies outside the days that were asked for is not in the file.
        "asked": [_day(asked.first), _day(asked.last)],
        "axis": [_day(asked.first or low), _day(asked.last or high)] if low and high else [],
        "statuses": list(STATUSES),
        "levels": list(SURE),
        "method": METHOD,
        "involved": say_involved(going, there) if there else "",
        "everyone": everyone,
        "events": found.events,
        "outlines": found.outlines,
        "journeys": travel.rows(),
        "journeysWhole": int(whole),
        "sources": [[name, about] for name, about in story.sources.items() if tables.has(name)],
        "mentions": mentions,
        "notes": list(story.notes),
        **tables.lists,
        "longitudes": [round(x, 4) for x in longitudes],
    }


def _year(story: Story) -> int:
    """The year that dates go without."""
    latest = story.published or latest_day(story, report_days(story))
    known = [event.span.latest or event.span.earliest for event in events_as_of(story, None)]
    return (latest or max(filter(None, known), default=None) or date.today()).year


def _mentions(story: Story, tables: Tables) -> list[Any]:
    """[as written, place, why]"""
    return [
        [mention.toponym, tables.place(mention.resolution.place), mention.resolution.reason]
        for mention in story.mentions
    ]


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0
