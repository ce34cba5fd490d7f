"""What the map needs once to play a story: all its events in order, with what was known of each from which day on.

story/drawing/static/map/play.js plays it and asks the server nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from geo.place import Place
from story.drawing.shapes import LAST_COLOUR
from story.model import STATUSES, Event, Itinerary, Leg, Story
from story.query.history import KnownLeg, State, histories, known_legs
from story.query.presence import presence
from story.query.selection import Filter, Selection, events_as_of, report_days, select
from story.query.ways import way_of
from story.wording import say_day, say_span

# The ways as they were known are worked out for each day of reports: events times days, a second or two.
MOST_WORK = 60_000


def play_json(
    story: Story,
    selection: Selection,
    itineraries: Sequence[Itinerary],
    wanted: Filter,
    year: int,
    colours: Mapping[str, int],
) -> bytes:
    """What play.js plays, as JSON. `selection` is what `wanted` leaves of the story, `itineraries` are of its events;
    days go without `year`.

    Lists instead of objects, and numbers for what occurs again and again, since there may be 10,000 events. Days are
    ordinals, 0 for none; places, people and events are their numbers in these lists, -1 for none.

    - `places`: [id, name, latitude, longitude]
    - `who`: [name, number of its colour]
    - `events`: [id, who, states], a state being [since, status, place, first day, last day, title, when, shown]; the
      title is "" where it is that of the state before, `shown` 1 where the filter leaves the event in that state. The
      first `timed` ones are what time runs over, in order, as their last states have them
    - `legs`: [who, start, end, travelled, points], start and end being events; `points` are the latitudes and
      longitudes of a way by sea, null for a great circle
    - `days`: [day, words], the days of reports
    - `known`: [who, start, end, start's place, end's place, travelled, points, first day, day from which on it was not
      known]; null where there were too many to work out
    - `undated`: how many events without a day were left out
    """
    return json.dumps(
        _data(story, selection, itineraries, wanted, _Lists(year, colours)), ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8", errors="replace")


class _Lists:
    """The lists that numbers point into, which grow as they are asked for a number."""

    def __init__(self, year: int, colours: Mapping[str, int]) -> None:
        self.year, self.colours = year, colours
        self.places: list[list[Any]] = []
        self.who: list[list[Any]] = []
        self.events: dict[str, int] = {}
        self._numbers: dict[object, int] = {}

    def place(self, place: Place | None) -> int:
        if place is None:
            return -1
        row = [place.id, place.name, round(place.latitude, 4), round(place.longitude, 4)]
        return self._number(("place", place.id), self.places, row)

    def person(self, name: str) -> int:
        return self._number(("who", name), self.who, [name, self.colours.get(name, LAST_COLOUR)])

    def _number(self, key: object, rows: list[list[Any]], row: list[Any]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(rows)
            rows.append(row)
        return self._numbers[key]


def _data(
    story: Story, selection: Selection, itineraries: Sequence[Itinerary], wanted: Filter, lists: _Lists
) -> dict[str, Any]:
    states = histories(story, wanted.as_of)
    every = tuple(state.event for each in states.values() for state in each)
    shown = {id(event) for event in select(every, wanted).events}
    timed = [event.id for event in selection.events if event.span.earliest or event.span.latest]
    others = [name for name, each in states.items() if any(id(state.event) in shown for state in each)]
    lists.events = {name: at for at, name in enumerate(dict.fromkeys((*timed, *others)))}
    days = [day for day in report_days(story) if wanted.as_of is None or day <= wanted.as_of]
    known = None
    every_known = events_as_of(story, None)
    if len(every_known) * len(days) <= MOST_WORK:
        most = len(itineraries) or None
        ways = known_legs(states.values(), days, lambda event: id(event) in shown, most, presence(story, every_known))
        known = [_known(leg, lists) for leg in ways]
    return {
        "timed": len(timed),
        "undated": len(selection.events) - len(timed),
        "events": [_event(name, states[name], shown, lists) for name in lists.events],
        "legs": [
            [lists.person(itinerary.traveller), *_ends(leg, lists), int(leg.travelled), _by_sea(leg)]
            for itinerary in itineraries
            for leg in itinerary.legs
        ],
        "days": [[day.toordinal(), say_day(day, lists.year)] for day in days],
        "known": known,
        "places": lists.places,
        "who": lists.who,
    }


def _event(name: str, states: Sequence[State], shown: set[int], lists: _Lists) -> list[Any]:
    rows = []
    title = ""
    for state in states:
        event = state.event
        span = event.span
        rows.append(
            [
                state.since.toordinal() if state.since else 0,
                STATUSES.index(event.status),
                lists.place(event.place),
                span.earliest.toordinal() if span.earliest else 0,
                span.latest.toordinal() if span.latest else 0,
                event.title if event.title != title else "",
                say_span(span, lists.year),
                int(id(event) in shown),
            ]
        )
        title = event.title
    return [name, [lists.person(who) for who in states[-1].event.who], rows]


def _ends(leg: Leg, lists: _Lists) -> tuple[int, int]:
    return lists.events[leg.start.event.id], lists.events[leg.end.event.id]


def _by_sea(leg: Leg) -> list[tuple[float, float]] | None:
    if leg.mode != "sea":
        return None
    return [(round(latitude, 2), round(longitude, 2)) for latitude, longitude in way_of(leg)]


def _known(known: KnownLeg, lists: _Lists) -> list[Any]:
    def place(event: Event) -> int:
        return lists.place(event.place)

    leg = known.leg
    return [
        lists.person(known.traveller),
        *_ends(leg, lists),
        place(leg.start.event),
        place(leg.end.event),
        int(leg.travelled),
        _by_sea(leg),
        known.first.toordinal(),
        known.until.toordinal() if known.until else 0,
    ]
