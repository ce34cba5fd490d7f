"""What every part of the page needs to know to draw an event: the choice, the colours, and where links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from story.drawing.shapes import LAST_COLOUR
from story.model import Event
from story.query.fields import NONE, UNPAINTED, Painting
from view.draw.marks import UNMARKED, Marks
from view.state.address import Address


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the page, the same for all its parts.

    `address` is the page's address with nothing chosen, `year` the one that dates go without; `colours` are numbers of
    the traveller colours in look.css; `possible` holds the ids of events that only possibly lie in the chosen range;
    `event` and `place` are the ids of what is chosen, "" for nothing; `painting` is what colour and size stand for;
    `marks` say what has changed since the day that the reader compares with.
    """

    address: Address
    year: int
    colours: Mapping[str, int]
    possible: frozenset[str] = frozenset()
    event: str = ""
    place: str = ""
    painting: Painting = UNPAINTED
    marks: Marks = UNMARKED

    def hue(self, event: Event) -> str:
        """The class of the colour that an event has by one of its story's own fields; "" where colour says nothing."""
        colours = self.painting.colours
        return f"k{colours.of.get(event.id, NONE)}" if colours else ""

    def colour(self, traveller: str) -> int:
        return self.colours.get(traveller, LAST_COLOUR)

    def to_event(self, event: str) -> str:
        """The address that chooses an event."""
        return _start(self.address) + urlencode({"event": event}, errors="replace")

    def to_place(self, name: str) -> str:
        return _start(self.address) + urlencode({"place": name}, errors="replace")

    def to_traveller(self, name: str) -> str:
        """The address that shows one traveller alone."""
        return replace(self.address, who=(name,)).query()

    def is_chosen(self, event: Event) -> bool:
        """Whether the event is chosen, itself or by its place."""
        if self.event:
            return event.id == self.event
        return bool(self.place) and event.place is not None and event.place.id == self.place


@lru_cache(maxsize=64)
def _start(address: Address) -> str:
    """An address with room for one more parameter at its end, in which alone a page's many links differ."""
    query = address.query()
    return query if query == "?" else f"{query}&"
