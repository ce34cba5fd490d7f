"""What has changed, as far as the map, the timeline and the lists mark it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geo.place import Place
from story.model import DateSpan
from story.query.changes import Change, say_kind, sentences


@dataclass(frozen=True, slots=True)
class Marks:
    """By the ids of events: `words` say what became of each, `days` are the former ones of those that have others now,
    `places` those that they have moved from."""

    words: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, DateSpan] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


UNMARKED = Marks()
_ENDS = ("cancelled", "denied", "happened")
"""What is worth a word even of an event that is new."""


def marks_of(found: Iterable[Change]) -> Marks:
    """The marks of some changes in their order: of several of one event the first tells what was before."""
    words: dict[str, dict[str, None]] = {}
    days: dict[str, DateSpan] = {}
    places: dict[str, Place] = {}
    added: set[str] = set()
    changes = list(found)
    for some in sentences(changes):
        first = some[0]
        if first.old is None:
            added.add(first.event)
        if first.old is None or first.event not in added or first.kind in _ENDS:
            words.setdefault(first.event, {})[say_kind(some)] = None
    for change in changes:
        if change.event in added:
            # What stood nowhere on the first of the two days has no former place or day.
            continue
        if change.field == "when" and change.old is not None:
            days.setdefault(change.event, change.old.span)
        if change.field == "place" and change.kind == "moved" and change.was_at is not None:
            places.setdefault(change.event, change.was_at)
    return Marks({event: ", ".join(kinds) for event, kinds in words.items()}, days, places)
