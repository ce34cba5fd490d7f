"""The itineraries under the map as HTML: a card a traveller, trip by trip, and who was where together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from story.drawing.ways import say_way
from story.model import Itinerary, Leg, Stop, Trip
from story.query.travel import Meeting, nights, silences
from story.wording import say_count, say_names, say_range, say_span
from view.draw.html import render
from view.draw.scene import Scene

MOST_ITINERARIES = 12
MOST_STOPS = 40
MOST_FLAGS = 3
MOST_MEETINGS = 12
MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class _Stop:
    """A stop with what is known of the way on within its trip; `next` is the event that it can be split from."""

    stop: Stop
    nights: int
    leg: Leg | None
    way: str
    silence: str
    next: str


@dataclass(frozen=True, slots=True)
class _Trip:
    """One trip: its heading, why it begins here, its stops, and the event before it that it can be joined to."""

    trip: Trip
    heading: str
    stops: tuple[_Stop, ...]
    before: str


@dataclass(frozen=True, slots=True)
class _Card:
    """One traveller's itinerary as far as there is room for it."""

    itinerary: Itinerary
    route: str
    trips: tuple[_Trip, ...]
    reasons: tuple[str, ...]
    more_stops: int
    more_flags: int


def itinerary_cards(
    itineraries: Sequence[Itinerary], scene: Scene, *, travellers: int, editing: bool = False
) -> Markup:
    """A card for each of the first travellers of all `travellers`, each of whom can be shown alone; while `editing`
    stops can be joined and trips split."""
    cards = [_card(itinerary, scene.year) for itinerary in itineraries[:MOST_ITINERARIES]]
    more = travellers - MOST_ITINERARIES
    return render("itineraries", cards=cards, more=more, most_flags=MOST_FLAGS, scene=scene, editing=editing)


def _card(itinerary: Itinerary, year: int) -> _Card:
    legs = {leg.start.number: leg for leg in itinerary.legs}
    trips: list[_Trip] = []
    left, before = MOST_STOPS, ""
    for trip in itinerary.trips:
        if left > 0:
            trips.append(_trip(trip, legs, year, before, left))
        left -= len(trip.stops)
        before = trip.stops[-1].event.id
    return _Card(
        itinerary,
        " | ".join(_route(itinerary)),
        tuple(trips),
        tuple(_reasons(itinerary)),
        len(itinerary.stops) - MOST_STOPS,
        len(itinerary.flags) - MOST_FLAGS,
    )


def _route(itinerary: Itinerary) -> list[str]:
    """The places of each trip, the way that a headline would give them; of trips to the same ones in a row, once."""
    routes: list[str] = []
    shown = itinerary.trips if len(itinerary.trips) <= 3 else itinerary.trips[:2]
    for trip in shown:
        places: list[str] = []
        for stop in trip.stops:
            if not places or places[-1] != stop.event.where:
                places.append(stop.event.where)
        route = " → ".join(places if len(places) <= 6 else [*places[:3], "…", *places[-2:]])
        if route not in routes[-1:]:
            routes.append(route)
    return routes if shown is itinerary.trips else [*routes, "…"]


def _trip(trip: Trip, legs: Mapping[int, Leg], year: int, before: str, most: int) -> _Trip:
    stays, silent = nights(trip), silences(trip)
    stops = []
    for at, stop in enumerate(trip.stops[:most]):
        leg = legs.get(stop.number)
        after = trip.stops[at + 1].event.id if at + 1 < len(trip.stops) else ""
        stops.append(
            _Stop(
                stop,
                stays.get(stop.number, 0),
                leg,
                say_way(leg) if leg else "",
                say_range(*silent[stop.number], year) if stop.number in silent else "",
                after,
            )
        )
    return _Trip(trip, " · ".join(filter(None, (f"Trip {trip.number}", _days(trip, year)))), tuple(stops), before)


def _days(trip: Trip, year: int) -> str:
    if len(trip.stops) == 1:
        return say_span(trip.stops[0].event.span, year)
    days = [day for stop in trip.stops for day in (stop.event.span.earliest, stop.event.span.latest) if day]
    return say_range(min(days), max(days), year) if days else ""


def _reasons(itinerary: Itinerary) -> list[str]:
    """Why the trips are what they are: sentences, as far as there is room."""
    said = []
    for trip in itinerary.trips:
        if trip.why:
            said.append(f"Trip {trip.number} begins with {trip.stops[0].number}: {trip.why}.")
        for (one, other), why in zip(pairwise(trip.stops), trip.joins, strict=True):
            said.append(f"{one.number} and {other.number} are one trip: {why}.")
    said += [f"{leg.start.event.where} → {leg.end.event.where}: {leg.told}." for leg in itinerary.legs if leg.told]
    more = len(said) - MOST_REASONS
    return said if more <= 0 else [*said[:MOST_REASONS], f"And {say_count(more, 'more reason')}."]


def meetings_list(meetings: Sequence[Meeting], scene: Scene) -> Markup:
    """Who was, or is to be, at one place at one time, each with the events that say so; "" where nobody was."""
    said = [(_said(meeting, scene.year), meeting) for meeting in meetings[:MOST_MEETINGS]]
    return render("meetings", meetings=said, more=len(meetings) - MOST_MEETINGS, scene=scene) if said else Markup("")


def _said(meeting: Meeting, year: int) -> str:
    """ "Ann and Ben were both in Tokyo on Oct 28": that they met only where a title says so."""
    both = "both" if len(meeting.who) == 2 else "all"
    past = meeting.status == "happened"
    if meeting.met:
        acts = "met" if past else "are to meet"
    else:
        acts = f"were {both}" if past else f"are {both} to be"
    at = "at" if meeting.place.kind == "site" else "in"
    when = f"on {_day(meeting.first, year)}"
    if meeting.last != meeting.first:
        when = say_range(meeting.first, meeting.last, year)
    status = "" if past else f" ({meeting.status})"
    return f"{say_names(meeting.who)} {acts} {at} {meeting.place.name} {when}{status}"


def _day(day: date, year: int) -> str:
    return say_range(day, day, year)
