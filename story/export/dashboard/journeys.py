"""What the file knows of travel: which stops are one trip, how far it is from one to the next, and what cannot be so.

It is told by pairs of states that follow one another in somebody's journey, since that is what changes least from one
as-of day to another; the file's own script puts the journeys together (static/journeys.js).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from story.drawing.ways import say_way
from story.export.dashboard.states import Known
from story.export.dashboard.tables import Tables
from story.model import Event, Itinerary
from story.query.itineraries import Journey, itinerary_of
from story.query.presence import Presence
from story.query.ways import way_of

MOST_STOPS = 30_000
"""Journeys are worked out anew at each day that changes them, some 50 to 100 microseconds a stop: beyond this they are
told as known at last alone."""
FIRST = -1
"""The state before the first stop of a journey."""


class Travel:
    """The pairs and the warnings, as they are found.

    - `joints`: "one other" -> versions [day, how many trips later, why]: 0 later is the same trip
    - `ways`: "one other" or "one other sea" -> [words, number of the way by sea or -1, what is to be known of it]
    - `flags`: [traveller, first day, day from which on it is not so (0: still), words, events]
    """

    def __init__(self, numbers: Mapping[int, int], left: Collection[str], tables: Tables) -> None:
        self.numbers, self.tables = numbers, tables
        self.joints: dict[str, list[list[Any]]] = {}
        self.ways: dict[str, list[Any]] = {}
        self.flags: dict[tuple[Any, ...], list[Any]] = {}
        self.over: list[list[Any]] = []
        self._at = {name: at for at, name in enumerate(left)}

    def add(self, itinerary: Itinerary, day: int) -> None:
        """What is known of a journey from a day on."""
        before, number = FIRST, 0
        for trip in itinerary.trips:
            for at, stop in enumerate(trip.stops):
                this = self.numbers[id(stop.event)]
                why = trip.joins[at - 1] if at else trip.why
                self._join(f"{before} {this}", [day, trip.number - number, self.tables.text(why)])
                before, number = this, trip.number
        for leg in itinerary.legs:
            key = " ".join(str(self.numbers[id(stop.event)]) for stop in (leg.start, leg.end))
            if itinerary.by_sea:
                key += " sea"
            if key not in self.ways:
                self.ways[key] = [self.tables.text(say_way(leg)), self._by_sea(leg), self.tables.text(leg.told)]
        self._warn(itinerary, day)

    def _join(self, pair: str, version: list[Any]) -> None:
        versions = self.joints.setdefault(pair, [])
        if not versions or versions[-1][1:] != version[1:]:
            versions.append(version)

    def _by_sea(self, leg: Any) -> int:
        if leg.mode != "sea":
            return -1
        return self.tables.plain("ways", [[round(y, 2), round(x, 2)] for y, x in way_of(leg)])

    def _warn(self, itinerary: Itinerary, day: int) -> None:
        who = itinerary.traveller
        now = {(who, flag.message, flag.events) for flag in itinerary.flags}
        for key in [key for key in self.flags if key[0] == who and key not in now]:
            flag = self.flags.pop(key)
            flag[2] = day
            self.over.append(flag)
        for key in sorted(now - self.flags.keys()):
            events = [self._at[event] for event in key[2]]
            self.flags[key] = [self.tables.person(who), day, 0, self.tables.text(key[1]), events]

    def rows(self) -> dict[str, Any]:
        return {"joints": self.joints, "pairs": self.ways, "flags": [*self.over, *self.flags.values()]}


def travel_of(
    states: Mapping[str, Sequence[Known]],
    numbers: Mapping[int, int],
    left: Collection[str],
    shown: Collection[int],
    going: Presence,
    tables: Tables,
) -> tuple[Travel, bool]:
    """What is known of the journeys of those who travel, of the events `left` in the states `shown` (the identities of
    their events); and whether that is for every day on which something was reported, or for the last one alone."""
    found = Travel(numbers, left, tables)
    days: defaultdict[int, list[tuple[str, Known]]] = defaultdict(list)
    for name, some in states.items():
        for one in some:
            days[one.since].append((name, one))
    whole = _work(states, going) <= MOST_STOPS
    now: defaultdict[str, dict[str, Event]] = defaultdict(dict)
    last: dict[str, Event] = {}
    for at, day in enumerate(sorted(days), 1):
        changed: dict[str, None] = {}
        for name, one in days[day]:
            before = last.get(name)
            for who in _going(before, going):
                now[who].pop(name, None)
                changed[who] = None
            for who in _going(one.event, going):
                now[who][name] = one.event
                changed[who] = None
            last[name] = one.event
        if whole or at == len(days):
            for who in changed if whole else now:
                _add(found, who, now[who], day if whole else 0, shown, going)
    return found, whole


def _add(
    found: Travel, who: str, there: Mapping[str, Event], day: int, shown: Collection[int], going: Presence
) -> None:
    if not there:
        found.add(Itinerary(who, (), ()), day)
        return
    by_sea = going.by_sea(who)
    journey = Journey(who, there.values(), by_sea=by_sea)
    mine = [event for event in there.values() if id(event) in shown]
    found.add(itinerary_of(who, mine, journey, by_sea=by_sea), day)


def _going(event: Event | None, going: Presence) -> Iterator[str]:
    if event is not None and event.status != "cancelled":
        yield from filter(going.travels, event.who)


def _work(states: Mapping[str, Sequence[Known]], going: Presence) -> int:
    """How many stops would be looked at on all days together, at most."""
    stops: defaultdict[str, int] = defaultdict(int)
    turns: defaultdict[str, int] = defaultdict(int)
    for some in states.values():
        for who in {who for one in some for who in _going(one.event, going)}:
            stops[who] += 1
            turns[who] += len(some)
    return sum(stops[who] * turns[who] for who in stops)
