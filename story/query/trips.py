"""Which stops of one traveller are one journey.

Two stops that follow one another are taken for one only where the story gives reason to:

1. a person says so, by the column `trip` (or says that they are not);
2. both are at the traveller's home base, which a report names as such: the way out and back is one;
3. they are close in days: at most DAYS_WITHOUT_WORD between the end of one and the beginning of the next, and more the
   further apart they are, since whoever goes far stays for longer;
4. one source told of both on one day while both lay ahead: a tour that was announced;
5. the words of a report lead from one to the other: "then flies to", "returns to", "from X to Y".

All others are two trips: how the traveller got from one to the other is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from geo.index.codes import codes
from geo.place import Place
from story.model import Event, Report
from story.model.trips import trip_of
from story.query.possible import apart_km
from story.wording import say_count, say_day

DAYS_WITHOUT_WORD = 5
KM_A_DAY_MORE = 1_500.0
MOST_DAYS_WITHOUT_WORD = 14
"""Of people: five days, one more for every 1,500 km, and never more than two weeks."""
AT_SEA_DAYS_WITHOUT_WORD = 21
AT_SEA_KM_A_DAY = 650.0
"""Of ships: three weeks, and the days that the way takes at 15 knots. Nobody flies them home between."""
VAGUE_DAYS = 14
"""What is on one day among more than these has no day that others could be close to."""
ANNOUNCED_DAYS = 31
SAID_DAYS = 60
"""Days between two stops that an announcement, and the words of a report, still join."""
BY_HAND = "as the story says"
_AHEAD = ("scheduled", "expected", "possible")
_LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two stops that follow one another: whether they are one journey, and why (or why not)."""

    together: bool
    why: str


def joints(traveller: str, events: Sequence[Event], *, by_sea: bool = False) -> tuple[Joint, ...]:
    """One joint for each two neighbours of the traveller's events, which are in the order of their time."""
    homes = _homes(events)
    said = pairwise(_told_by_hand(traveller, events))
    return tuple(
        Joint(before == after, BY_HAND) if before and after else _joint(one, other, homes, by_sea=by_sea)
        for (one, other), (before, after) in zip(pairwise(events), said, strict=True)
    )


def _joint(one: Event, other: Event, homes: frozenset[str], *, by_sea: bool) -> Joint:
    if any(event.span.earliest is None and event.span.latest is None for event in (one, other)):
        return Joint(together=False, why="its day is not known")
    if _same_place(one, other) and one.place is not None and one.place.id in homes:
        return Joint(together=True, why=f"{one.where} is the home base")
    days = days_between(one, other)
    close = days is not None and days <= _most_days(one, other, by_sea=by_sea)
    why = _close(days) if close else _announced(one, other) or _told(one, other)
    if why:
        return Joint(together=True, why=why)
    return Joint(together=False, why=_apart(one, other, days))


def _told_by_hand(traveller: str, events: Sequence[Event]) -> list[str]:
    """The trip that a person put each event in, "" for none; what stands between two of one trip is in it as well."""
    said = [trip_of(event.latest.trip, event.who, traveller) for event in events]
    for name in filter(None, dict.fromkeys(said)):
        first, last = said.index(name), len(said) - 1 - said[::-1].index(name)
        said[first:last] = [one or name for one in said[first:last]]
    return said


def days_between(one: Event, other: Event) -> int | None:
    """The days without word from the end of one event to the beginning of the next, none of the two counted.

    Of what is on one day among several the middle one stands for it. None where either has no day to count from.
    """
    left, there = _end(one), _start(other)
    return max(0, (there - left).days - 1) if left and there else None


def _end(event: Event) -> date | None:
    span = event.span
    if span.lasts:
        return span.latest or span.earliest
    return _middle(event)


def _start(event: Event) -> date | None:
    span = event.span
    return span.earliest if span.lasts else _middle(event)


def _middle(event: Event) -> date | None:
    first, last = event.span.earliest, event.span.latest
    if first is None or last is None or (last - first).days > VAGUE_DAYS:
        return None
    return first + (last - first) // 2


def _most_days(one: Event, other: Event, *, by_sea: bool) -> float:
    km = apart_km(one, other)
    if by_sea:
        return AT_SEA_DAYS_WITHOUT_WORD + km / AT_SEA_KM_A_DAY
    return min(MOST_DAYS_WITHOUT_WORD, DAYS_WITHOUT_WORD + km / KM_A_DAY_MORE)


def _close(days: int | None) -> str:
    return f"only {say_count(days, 'day')} between them" if days else "one follows the other"


def _apart(one: Event, other: Event, days: int | None) -> str:
    """Why two stops are no one journey: how much time lies between, as far as it is known."""
    known = days if days is not None else _least_days(one, other)
    words = "no report tells of a way between them"
    if not known:
        return words
    time = say_count(round(known / 30.4), "month") if known > 60 else say_count(known, "day")
    return f"{time} without word, and {words}"


def _least_days(one: Event, other: Event) -> int:
    left = one.span.latest or one.span.earliest
    there = other.span.earliest or other.span.latest
    return max(0, (there - left).days - 1) if left and there else 0


def _same_place(one: Event, other: Event) -> bool:
    return one.place is not None and other.place is not None and one.place.id == other.place.id


_HOME = re.compile(
    r"\b(?:home ?-?ports?|home (?:base|station|town|city)|hometown|(?:returns?|returned|back|comes?|came) home)\b"
    r"|\bHeimathafen\b|\bport d['’]attache\b|\bpuerto base\b",
    re.IGNORECASE,
)


def _homes(events: Iterable[Event]) -> frozenset[str]:
    """The places that a report calls the traveller's home."""
    return frozenset(
        event.place.id
        for event in events
        if event.place
        and any(_HOME.search(text) for report in event.reports for text in (report.title, report.summary))
    )


def _announced(one: Event, other: Event) -> str:
    """In words who told of both on one day while both lay ahead; "" where nobody did."""
    if _least_days(one, other) > ANNOUNCED_DAYS:
        return ""
    told = {(report.source, report.reported) for report in one.reports if _was_ahead(report)}
    for report in other.reports:
        if (report.source, report.reported) in told and _was_ahead(report):
            assert report.reported is not None
            return f"{report.source} told of both on {say_day(report.reported)}"
    return ""


def _was_ahead(report: Report) -> bool:
    return bool(report.source and report.reported and report.status in _AHEAD)


_MOVING = re.compile(
    r"\b(?:travel\w*|journey\w*|fl(?:y|ies|ying|ew|own|ights?)|go(?:es|ing)?|went|sail\w*|head(?:s|ed|ing)?"
    r"|mov(?:e|es|ed|ing)|arriv\w*|return\w*|com(?:e|es|ing)|came|continu\w*|depart(?:s|ed|ing|ures?)?"
    r"|leav(?:e|es|ing)|left|proceed\w*|cross(?:es|ed|ing)?|driv\w*|drove|rid(?:e|es|ing)|rode|walk\w*"
    r"|march(?:es|ed|ing)|ship(?:s|ped)|transit\w*|deploy\w*|transfer\w*|next stop|stop|stopover|tour\w*|en route"
    r"|on (?:his|her|its|their|the) way|bound|steam(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:travels?|flies|fly|goes|go|sails?|moves?|heads?|continues?|journeys?|proceeds?|drives?|steams?|crosses)"
    r" (?:on(?:ward)?|then|back)\b"
    r"|\b(?:travelled|traveled|went|flew|drove|sailed|moved|headed|going) (?:on(?:ward)?|back)\b"
    r"|\bthen (?:travels?|fl(?:y|ies)|goes|sails?|heads?|drives?|moves?|on to)\b"
    r"|\breturn(?:s|ed|ing)?\b[^.;!?]{0,30}\bto\b|\bnext stop\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_BEFORE = r"\b(?:from|after|leaving|left|following|via)\s+(?:[\w’'-]+\s+){0,4}?"
_THEN = r"\b(?:to|for|towards?|before|reach(?:es|ing)?|then|in)\s+(?:[\w’'-]+\s+){0,4}?"


def _told(one: Event, other: Event) -> str:
    """The words of a report that lead from one stop to the next, quoted; "" where none do."""
    if _least_days(one, other) > SAID_DAYS or _same_place(one, other):
        return ""
    came_from = _naming(_BEFORE, _names(one, other))
    goes_to = _naming(_THEN, _names(other, one))
    for sentence in _sentences(other):
        if came_from and came_from.search(sentence) and _MOVING.search(sentence):
            return _quoted(sentence)
        if goes_to and _ON.search(sentence) and goes_to.search(sentence):
            return _quoted(sentence)
    for sentence in _sentences(one):
        if goes_to and goes_to.search(sentence) and _MOVING.search(sentence):
            return _quoted(sentence)
    return ""


def _sentences(event: Event) -> Iterator[str]:
    texts = dict.fromkeys(text for report in event.reports for text in (report.title, report.summary, report.note))
    for text in texts:
        yield from filter(None, map(str.strip, _SENTENCE.split(text)))


def _quoted(sentence: str) -> str:
    short = sentence if len(sentence) <= _LONGEST_QUOTE else sentence[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"a report says “{short.rstrip('.')}”"


def _names(event: Event, beside: Event) -> tuple[str, ...]:
    """What the words of a report may call where an event is: not by a country in which the other one is as well."""
    names = [event.toponym, event.toponym.partition(",")[0]]
    place, there = event.place, beside.place
    if place is not None:
        names.append(place.name)
        if there is not None and place.country != there.country:
            names += _country(place)
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def _country(place: Place) -> Iterable[str]:
    return codes().get("alpha-2", {}).get(place.country, ())


@lru_cache(maxsize=20_000)
def _naming(before: str, names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(f"(?i:{before})(?:{'|'.join(map(re.escape, names))})\\b")
