"""What travel comes to: hours, clocks, nights, days without word, and who was where together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from geo.place import Place
from story.memo import memoized
from story.model import Event, Leg, Status, Stop, Trip
from story.query.presence import EVERYONE, Presence
from story.wording import zone_of

AIR_KMH = 850.0
AIR_MORE_HOURS = 0.75
"""A rough flight: the cruise of an airliner, and the time to climb, land and taxi."""
SHORTEST_FLIGHT_KM = 400.0
FIRST_AIRLINES = 1919
"""The year in which people began to be flown."""
SHIP_KMH = 15 * 1.852
LEAST_SILENT_DAYS = 2
MOST_DAYS_TOGETHER = 31
_AREAS = ("country", "admin1", "admin2", "sea", "area", "island")


def air_hours(km: float) -> float | None:
    """About how long one flies; None for what nobody flies."""
    return km / AIR_KMH + AIR_MORE_HOURS if km >= SHORTEST_FLIGHT_KM else None


def flight_hours(leg: Leg) -> float | None:
    """About how long one flies a leg; None where nobody does, or did before there were airlines."""
    if not leg.flown:
        return None
    day = leg.end.event.span.latest or leg.end.event.span.earliest
    return None if day and day.year < FIRST_AIRLINES else air_hours(leg.km)


def sea_hours(km: float) -> float:
    """About how long a ship sails, at 15 knots."""
    return km / SHIP_KMH


def clock_change(leg: Leg) -> float | None:
    """By how many hours the clocks are ahead at the end of a leg, on the day of its arrival; None where unknown."""
    one, other = leg.start.event, leg.end.event
    here, there = (zone_of(event.place.timezone) if event.place else None for event in (one, other))
    day = other.span.earliest or other.span.latest
    if here is None or there is None or day is None:
        return None
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=there)
    try:
        before, after = noon.astimezone(here).utcoffset(), noon.utcoffset()
    except OverflowError:
        return None
    return (after - before).total_seconds() / 3600 if before is not None and after is not None else None


def silence(one: Event, other: Event) -> tuple[date, date] | None:
    """The first and the last day between two stops of which nothing is told, if there are a few."""
    span, then = one.span, other.span
    left = span.latest or (None if span.lasts else span.earliest)
    there = then.earliest or then.latest
    if left is None or there is None or (there - left).days - 1 < LEAST_SILENT_DAYS:
        return None
    return left + timedelta(1), there - timedelta(1)


def nights(trip: Trip) -> dict[int, int]:
    """Number of a stop -> the nights from it on at its place, as far as they are known for certain; none is left out.

    A stay may be several stops: it goes on where the next one is at the same place on the same day or the day after.
    """
    known: dict[int, int] = {}
    begun: Stop | None = None
    last: date | None = None
    for stop in trip.stops:
        days = _certain_days(stop.event)
        goes_on = begun and days and last and _is_at(begun, stop) and (days[0] - last).days <= 1
        if not goes_on:
            begun, last = (stop, days[1]) if days else (None, None)
        elif days and last:
            last = max(last, days[1])
        first = _certain_days(begun.event) if begun else None
        if begun and first and last and last > first[0]:
            known[begun.number] = (last - first[0]).days
    return known


def _is_at(one: Stop, other: Stop) -> bool:
    here, there = one.event.place, other.event.place
    return here is not None and there is not None and here.id == there.id


def _certain_days(event: Event) -> tuple[date, date] | None:
    """The first and the last day on which the traveller is certainly there."""
    span = event.span
    if span.uncertain or span.approximate or span.earliest is None or span.latest is None:
        return None
    return (span.earliest, span.latest) if span.lasts or span.day else None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Some who were, or are to be, at one place on the same certain days; `events` say so, in order.

    `status` is that of the least certain of them; `met` is True where a title says that they met.
    """

    who: tuple[str, ...]
    place: Place
    first: date
    last: date
    events: tuple[Event, ...]
    status: Status
    met: bool


def meetings(events: tuple[Event, ...], going: Presence = EVERYONE) -> tuple[Meeting, ...]:
    """Who of those that travel was where together, in order of days.

    Two who are somewhere in one country or sea are not together, unless one event has them both.
    """
    found: tuple[Meeting, ...] = _meetings(events, going)
    return found


def _find_meetings(events: tuple[Event, ...], going: Presence) -> tuple[Meeting, ...]:
    there: defaultdict[tuple[str, str], defaultdict[date, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        days = _certain_days(event)
        if event.place is None or event.status == "cancelled" or not days or not any(map(going.travels, event.who)):
            continue
        where = event.place.id, event.id if event.place.kind in _AREAS else ""
        for number in range(min((days[1] - days[0]).days, MOST_DAYS_TOGETHER) + 1):
            there[where][days[0] + timedelta(number)].append(event)
    met = [meeting for on_day in there.values() for meeting in _at_one_place(on_day, going)]
    return tuple(sorted(met, key=lambda meeting: (meeting.first, meeting.last, meeting.place.name)))


_meetings = memoized(_find_meetings)


def _at_one_place(on_day: dict[date, list[Event]], going: Presence) -> Iterator[Meeting]:
    """The meetings at one place: the same ones on days in a row are one."""
    days = []
    for day in sorted(on_day):
        who = tuple(dict.fromkeys(name for event in on_day[day] for name in event.who if going.travels(name)))
        if len(who) > 1:
            days.append((day, who))
    in_a_row = groupby(enumerate(days), key=lambda item: (item[1][0].toordinal() - item[0], frozenset(item[1][1])))
    for _, some in in_a_row:
        run = [day for _, day in some]
        (first, who), last = run[0], run[-1][0]
        events = tuple({event.id: event for day, _ in run for event in on_day[day]}.values())
        place = events[0].place
        assert place is not None
        yield Meeting(who, place, first, last, events, _least_certain(events), any(_says_met(e, who) for e in events))


def _least_certain(events: Iterable[Event]) -> Status:
    order: tuple[Status, ...] = ("happened", "scheduled", "expected", "possible", "cancelled")
    return max((event.status for event in events), key=order.index)


_MET = re.compile(r"\b(?:meet|meets|met|meeting)\b", re.IGNORECASE)
_NOT_MET = re.compile(
    r"\b(?:not|never|no|without|refus\w*|declin\w*|cancel\w*|skip\w*|avoid\w*|call\w* off)\b", re.IGNORECASE
)


def _says_met(event: Event, who: Sequence[str]) -> bool:
    return set(who) <= set(event.who) and bool(_MET.search(event.title)) and not _NOT_MET.search(event.title)


def silences(trip: Trip) -> dict[int, tuple[date, date]]:
    """Number of a stop -> the days after it of which nothing is told, until the next stop of the trip."""
    between = {one.number: silence(one.event, other.event) for one, other in pairwise(trip.stops)}
    return {number: days for number, days in between.items() if days}
