"""A story as a card: what a list of stories says and shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from story.drawing.picture import small
from story.drawing.shapes import LAST_COLOUR, MOST_LEGS_ALONE, colours_of, map_shapes
from story.model import Story
from story.query.itineraries import itineraries
from story.query.presence import presence, say_who
from story.query.selection import by_place, events_as_of, travellers
from story.wording import say_count, say_stretch

MOST_EVENTS = 10_000
"""The map of a story with more takes longer than a list can wait for."""


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a few words: its title, where it was written, its days, and its counts ("5 events"), each "" or empty
    where not known; `picture` is its small map as SVG, "" where it has none."""

    title: str
    dateline: str = ""
    days: str = ""
    counts: tuple[str, ...] = ()
    picture: str = ""


def card_of(story: Story) -> Card:
    """The card of a story, with all that is known of it."""
    events = events_as_of(story, None)
    places, named, going = by_place(events), travellers(events), presence(story, events)
    who = say_who(going, (name for event in events if event.status != "cancelled" for name in event.who))
    picture = ""
    if len(events) <= MOST_EVENTS:
        colours = colours_of(named)
        ways = itineraries(events, MOST_LEGS_ALONE, going=going)
        picture = small(map_shapes(places, ways, (), lambda name: colours.get(name, LAST_COLOUR)))
    return Card(
        story.title,
        story.dateline,
        say_stretch(event.span for event in events),
        tuple(filter(None, (say_count(len(events), "event"), say_count(len(places), "place"), who))),
        picture,
    )
