"""The map of some events as a picture: SVG, and PNG from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from story.drawing import picture
from story.drawing.picture import Caption
from story.drawing.shapes import LAST_COLOUR, colours_of, map_shapes
from story.export.legs import travel_of
from story.model import Event, Itinerary, Story
from story.query.fields import FieldFilter
from story.query.selection import Filter, by_place, events_as_of, latest_day, report_days, select, travellers
from story.wording import say_count, say_day, say_range


def export_svg(story: Story, events: tuple[Event, ...], asked: Filter) -> str:
    """The map with title, legend, as-of day, what was asked for, and credit, as SVG."""
    return picture.svg(*drawn(story, events, asked, travel_of(story, events)))


def export_png(story: Story, events: tuple[Event, ...], asked: Filter) -> bytes:
    """The same as PNG, 2,400 pixels wide."""
    return picture.png(*drawn(story, events, asked, travel_of(story, events)))


def drawn(
    story: Story, events: tuple[Event, ...], asked: Filter, travel: Sequence[Itinerary]
) -> tuple[dict[str, Any], Caption]:
    """What the map shows, and what stands around it."""
    everyone = travellers(events_as_of(story, None))
    colours = colours_of(everyone)
    possible = frozenset(event.id for event in select(events, asked).possible)
    data = map_shapes(by_place(events), travel, (), lambda name: colours.get(name, LAST_COLOUR), possible)
    there = {name for event in events for name in event.who}
    shown = tuple((name, colour) for name, colour in colours.items() if name in there)
    return data, Caption(story.title, _facts(story, events, asked), shown)


def _facts(story: Story, events: tuple[Event, ...], asked: Filter) -> str:
    """What the picture shows, in one line: how much, which days, who, which status, as known when."""
    year = story.published.year if story.published else None
    as_of = asked.as_of or latest_day(story, report_days(story))
    return " · ".join(
        filter(
            None,
            (
                say_count(len(events), "event"),
                _days(asked, year),
                ", ".join(sorted(asked.who)),
                ", ".join(sorted(asked.statuses)),
                ", ".join(sorted(asked.sure)),
                f"“{asked.q}”" if asked.q else "",
                *map(_field, asked.fields),
                f"as known on {say_day(as_of)}" if as_of else "",
            ),
        )
    )


def _field(wanted: FieldFilter) -> str:
    """What is asked of a field, in words: "kind: landfall, storm", "deaths: 10 to 50"."""
    name = wanted.field.name
    if wanted.field.type != "number":
        return f"{name}: {', '.join(sorted(value or 'none' for value in wanted.values))}"
    low, high = (None if end is None else f"{end:,.12g}" for end in (wanted.low, wanted.high))
    if low and high:
        return f"{name}: {low} to {high}"
    return f"{name}: from {low}" if low else f"{name}: up to {high}"


def _days(asked: Filter, year: int | None) -> str:
    if asked.first and asked.last:
        return say_range(asked.first, asked.last, year)
    if asked.first:
        return f"from {_day(asked.first, year)}"
    return f"until {_day(asked.last, year)}" if asked.last else ""


def _day(day: date, year: int | None) -> str:
    return say_range(day, day, year)
