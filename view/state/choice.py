"""What is chosen: an event, a place with events, or a point of the reader's own on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from geo.place import Place
from story.model import Event
from view.state import clicks, session

STATE = st.session_state


@dataclass(frozen=True, slots=True)
class Choice:
    """At most one of event and point; `place` is where the event is, or what was chosen itself."""

    event: Event | None = None
    place: Place | None = None
    point: tuple[float, float] | None = None

    def name(self) -> str:
        """The place as the address names it, "" where the event says it all."""
        if self.event is not None:
            return ""
        return self.place.name if self.place is not None else str(STATE["place"])


def read(known: Sequence[Event], every: Sequence[Event]) -> Choice:
    """The session's choice among the events known on the as-of day and those known at all; what is none is undone."""
    event = find(known, STATE["event"])
    if STATE["event"] and event is None:
        session.notice(f"This story has no event “{STATE['event']}” that was known by this as-of day.")
        STATE["event"] = ""
    if event is not None:
        return Choice(event, event.place)
    wanted = STATE["place"]
    if not wanted:
        return Choice()
    place = find_place(every, wanted)
    point = clicks.point_of(wanted) if place is None else None
    if place is None and point is None:
        session.notice(f"This story has no event at “{wanted}”.")
        STATE["place"] = ""
    return Choice(None, place, point)


def events(choice: Choice, places: Mapping[str, Sequence[Event]]) -> list[str]:
    """The ids of the events that are chosen, themselves or by their place."""
    if choice.event is not None:
        return [choice.event.id]
    return [event.id for event in places.get(choice.place.id, ())] if choice.place is not None else []


def find(events: Sequence[Event], wanted: str) -> Event | None:
    return next((event for event in events if event.id == wanted), None) if wanted else None


def find_place(events: Sequence[Event], wanted: str) -> Place | None:
    """The place that the address calls by id or by name; None if no event is there."""
    name = wanted.casefold()
    for event in events:
        place = event.place
        if place is not None and name in (place.id.casefold(), place.name.casefold(), event.toponym.casefold()):
            return place
    return None
