"""Which event that a story knows a new report is of, and what the report says otherwise: in words, for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.normalise import fold
from geo.place import Place
from story.draft import Draft, reports_of
from story.draft.proposals import Proposal
from story.exc import DateFormatError
from story.model import DateSpan, Report
from story.model.dates import parse_when
from story.placing import placed_by_story
from story.reading.events.lexicon import VERBS, Kind, lemma_of, noun_of
from story.reading.events.places import contains
from story.reading.events.same import alike, days_meet, is_there
from story.wording import say_span

_AHEAD = frozenset({"scheduled", "expected", "possible"})
_MOST_DAYS_MOVED = 45
_ENOUGH = 4
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORT = 3
"""Words of no more letters tell little: "the", "for"."""


@dataclass(frozen=True, slots=True)
class Known:
    """An event as the story's reports leave it, and where it is."""

    id: str
    latest: Report
    place: Place | None


def known_events(draft: Draft, but: frozenset[int] = frozenset()) -> tuple[Known, ...]:
    """The events of a draft's rows as they stand after the latest report; rows with the keys `but` do not count."""
    latest = {one.event: one for one in reports_of(draft)[0] if one.row not in but}
    return tuple(Known(event, report, _place_of(draft, report)) for event, report in latest.items())


def _place_of(draft: Draft, report: Report) -> Place | None:
    own = placed_by_story(report)
    found = own or draft.names.get(report.place)
    return found.place if found else None


def match(proposals: Iterable[Proposal], known: Iterable[Known]) -> str:
    """The id of the event that these proposals of one happening are of; "" for one that the story does not know."""
    scores = {event.id: max((_score(one, event) for one in proposals), default=0) for event in known}
    best = max(scores, key=lambda event: scores[event], default="")
    return best if best and scores[best] >= _ENOUGH else ""


def _score(one: Proposal, event: Known) -> int:
    """How much speaks for it that a proposal is of an event; 0 where something speaks against it."""
    place = _closeness(one, event)
    days = _days(one, event)
    who = _company(_names(one.cells.get("who", "")), event.latest.who)
    words = _likeness(one.title, event.latest.title)
    if not (place and days and words) or who is None:
        return 0
    # Somewhere the same, about the same time and the like happens every day: people or the very words must say it too.
    return place + days + who + words if who or words > 1 else 0


def _closeness(one: Proposal, event: Known) -> int:
    if one.at is None or event.place is None:
        return int(fold(one.cells.get("place", "")) == fold(event.latest.place)) * 2
    if one.at.id == event.place.id:
        return 2
    return int(is_there(one.at, event.place))


def _days(one: Proposal, event: Known) -> int:
    """2 where the days meet, 1 where what was still to come may have been moved."""
    new, old = _span(one.cells.get("when", "")), event.latest.span
    if new is None:
        return 0
    if days_meet(new, old):
        return 2
    if event.latest.status not in _AHEAD:
        return 0
    first, last = sorted((new, old), key=lambda span: span.earliest or span.latest or date.min)
    if last.earliest is None or first.latest is None:
        return 0
    return int((last.earliest - first.latest).days <= _MOST_DAYS_MOVED)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def _company(some: tuple[str, ...], others: tuple[str, ...]) -> int | None:
    """2 for somebody in common, 0 where one of them names nobody, None for others altogether."""
    if not some or not others:
        return 0
    return 2 if any(same_name(one, other) for one in some for other in others) else None


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: all parts of the shorter one end the longer one."""
    parts, longer = sorted((fold(one).split(), fold(other).split()), key=len)
    return bool(parts) and longer[-len(parts) :] == parts


def _likeness(one: str, other: str) -> int:
    """2 where two titles share a word beside names, or tell the same kind of thing; 1 for kinds that go together."""
    some, others = _kinds(one), _kinds(other)
    if some & others:
        return 2
    if any(alike(kind, another) for kind in some for another in others):
        return 1
    shared = _plain_words(one) & _plain_words(other)
    return 1 if shared and not (some and others) else 0


def _kinds(title: str) -> set[Kind]:
    found: set[Kind] = set()
    for word in _WORD.findall(title):
        found |= {one.kind for one in (*VERBS.get(lemma_of(word), ()), *noun_of(word)) if not one.particle}
    return found - {"say"}


def _plain_words(title: str) -> set[str]:
    """The words that are no names, as far as capitals tell."""
    return {lemma_of(word) for word in _WORD.findall(title) if word.islower() and len(word) > _SHORT}


def _span(when: str) -> DateSpan | None:
    try:
        return parse_when(when) if when else None
    except DateFormatError:
        return None


def changes(one: Proposal, event: Known) -> tuple[str, ...]:
    """What a proposal says otherwise than the event's latest report: each in a few words."""
    said: list[str] = []
    if one.denied_by:
        said.append(f"denied by {one.denied_by}")
    said += _status_changes(one.cells, event)
    said += _day_changes(one, event)
    said += _place_changes(one, event)
    return tuple(said)


def _status_changes(cells: Mapping[str, str], event: Known) -> list[str]:
    new, old = cells.get("status", ""), event.latest.status
    return [f"{old} → {new}"] if new and new != old else []


def _day_changes(one: Proposal, event: Known) -> list[str]:
    new, old = _span(one.cells.get("when", "")), event.latest.span
    if one.is_undated or new is None or (new.earliest, new.latest) == (old.earliest, old.latest):
        return []
    day = new.earliest or new.latest
    # The new day's year stands beside it wherever it is shown.
    year = day.year if day else None
    words = f"{say_span(old, year)} → {say_span(new, year)}"
    if _is_within(new, old):
        return [f"day made exact: {words}"]
    if _is_within(old, new):
        # It only says less: what was known stays so.
        return []
    return [f"day moved: {words}"]


def _is_within(inner: DateSpan, outer: DateSpan) -> bool:
    return (inner.earliest or date.min) >= (outer.earliest or date.min) and (inner.latest or date.max) <= (
        outer.latest or date.max
    )


def _place_changes(one: Proposal, event: Known) -> list[str]:
    new, old = one.cells.get("place", ""), event.latest.place
    if not new or fold(new) == fold(old) or (one.at and event.place and one.at.id == event.place.id):
        return []
    words = f"{old} → {new}"
    if one.at and event.place and contains(event.place, one.at):
        return [f"place made exact: {words}"]
    if one.at and event.place and contains(one.at, event.place):
        return []
    return [f"place changed: {words}"]
