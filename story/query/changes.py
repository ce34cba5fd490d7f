"""What changed between two as-of days of a story, or between two versions of it, and by whose word.

Each report is held against the one before it of the same event: what it says otherwise is a change. Several reports
between two days may make several changes of one event, and a report may make several at once; each is told, in order of
being reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from geo.place import Place
from story.exc import DayOrderError
from story.memo import memoized
from story.model import Event, Report, Story
from story.model.denial import is_denial
from story.query.comparing import Turn, day_turn, is_exact, place_turn
from story.query.selection import events_as_of
from story.wording import say_range, say_timing

ChangeKind = Literal["added", "became certain", "became uncertain", "moved", "cancelled", "denied", "happened"]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
_RISING = ("cancelled", "possible", "expected", "scheduled", "happened")
_OF_TURN: Mapping[Turn, ChangeKind] = {
    "certain": "became certain",
    "uncertain": "became uncertain",
    "moved": "moved",
}
_SAID: Mapping[ChangeKind, str] = {
    "added": "was added",
    "became certain": "became certain",
    "became uncertain": "became less certain",
    "moved": "moved",
    "cancelled": "was cancelled",
    "denied": "was denied",
    "happened": "happened",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one event that a report says otherwise than the report before it.

    `field` is `status`, `when` or `place`; `before` and `after` are its cells of reports.csv, `before` "" for what was
    added. `old` and `new` are the two reports, with the places where they put the event; `old` is None for what was
    added.
    """

    event: str
    title: str
    kind: ChangeKind
    field: str
    before: str
    after: str
    old: Report | None
    new: Report
    was_at: Place | None = None
    is_at: Place | None = None

    @property
    def reported(self) -> date | None:
        return self.new.reported

    @property
    def source(self) -> str:
        return self.new.source

    def record(self) -> dict[str, str | None]:
        """The change as plain values, days in ISO form."""
        reported = self.reported.isoformat() if self.reported else None
        return {
            "event": self.event,
            "kind": self.kind,
            "field": self.field,
            "before": self.before,
            "after": self.after,
            "reported": reported,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """The changes of one kind that one report makes, as one sentence: `event` is its id, `words` what became of it."""

    event: str
    title: str
    kind: ChangeKind
    words: str
    reported: date | None
    source: str


def changes(story: Story, since: date, until: date | None = None) -> tuple[Change, ...]:
    """What was reported after `since` and no later than `until` (or at all, where that is None), in that order.

    Raises DayOrderError where `since` comes after `until`.
    """
    if until is not None and since > until:
        raise DayOrderError(f"'{since}' comes after '{until}'. Give the earlier day first.")
    return _changes(story, since, until)


@memoized
def _changes(story: Story, since: date, until: date | None) -> tuple[Change, ...]:
    found = [
        change
        for event in events_as_of(story, until)
        for at, report in enumerate(event.reports)
        if report.reported is not None and report.reported > since
        for change in _made(event, at, event)
    ]
    return _in_order(found)


def changes_of_versions(old: Story, new: Story) -> tuple[Change, ...]:
    """What a later version of a story says otherwise than an earlier one, in the same words.

    An event whose earlier reports all stand as they stood is told report by report; one of which they were edited is
    told by what it comes to now. What a version no longer has is no change of an event: `story.draft.difference` tells
    it row by row.
    """
    former = {event.id: event for event in events_as_of(old, None)}
    rows = {report.row: event for event in former.values() for report in event.reports if report.row}
    found: list[Change] = []
    for event in events_as_of(new, None):
        before = former.get(event.id) or next((rows[one.row] for one in event.reports if one.row in rows), None)
        known = len(before.reports) if before else 0
        if before is None or event.reports[:known] == before.reports:
            for at in range(known, len(event.reports)):
                found += _made(event, at, event)
        else:
            found += _between(before, known - 1, event, len(event.reports) - 1, event.title)
    return _in_order(found)


def _in_order(found: list[Change]) -> tuple[Change, ...]:
    found.sort(key=lambda change: (change.reported or date.min, change.new.line or 0, change.new.row))
    return tuple(found)


def _made(event: Event, at: int, named: Event) -> Iterator[Change]:
    """What the report number `at` of an event changes."""
    if at:
        yield from _between(event, at - 1, event, at, named.title)
        return
    new = event.reports[0]
    yield Change(event.id, named.title, "added", "status", "", new.status, None, new, None, event.places[0])


def _between(before: Event, then: int, event: Event, now: int, title: str) -> Iterator[Change]:
    old, new = before.reports[then], event.reports[now]
    was_at, is_at = before.places[then], event.places[now]

    def change(kind: ChangeKind, field: str, said: str, says: str) -> Change:
        return Change(event.id, title, kind, field, said, says, old, new, was_at, is_at)

    of_status = _status_kind(old, new)
    if of_status:
        yield change(of_status, "status", old.status, new.status)
    turned = (
        ("when", day_turn(old.span, new.span), old.span.edtf, new.span.edtf),
        ("place", place_turn((old.place, was_at), (new.place, is_at)), old.place, new.place),
    )
    for field, turn, said, says in turned:
        # What happened did so on some day, and what is off is not dated more closely: neither is news of its own.
        ended = of_status in ("happened", "cancelled", "denied") and turn != "moved"
        if turn and not ended:
            yield change(_OF_TURN[turn], field, said, says)


def _status_kind(old: Report, new: Report) -> ChangeKind | None:
    if is_denial(new):
        return None if is_denial(old) and old.status == new.status else "denied"
    if old.status == new.status:
        return None
    if new.status in ("cancelled", "happened"):
        return new.status
    rises = _RISING.index(new.status) > _RISING.index(old.status)
    return "became certain" if rises else "became uncertain"


def tell(found: Iterable[Change], year: int | None = None) -> tuple[Told, ...]:
    """The changes as sentences, for a story of `year`: those of one kind that one report makes are one sentence."""
    told = []
    for some in sentences(found):
        first = some[0]
        words = _words(first.kind, some, year)
        told.append(Told(first.event, first.title, first.kind, words, first.reported, first.source))
    return tuple(told)


def sentences(found: Iterable[Change]) -> list[list[Change]]:
    """The changes that are told as one sentence each, those of one kind that one report makes, in the order of the
    first of each."""
    grouped: dict[tuple[str, ChangeKind, int], list[Change]] = {}
    for change in found:
        grouped.setdefault((change.event, change.kind, id(change.new)), []).append(change)
    return list(grouped.values())


def say_kind(some: Sequence[Change]) -> str:
    """What the changes of one sentence come to in a word or two: a day that is closer but not yet one day is no
    certain one."""
    kind = some[0].kind
    only_closer = [change.field for change in some] == ["when"] and not is_exact(some[0].new.span)
    return "became more certain" if kind == "became certain" and only_closer else kind


def say_change(told: Told, year: int | None = None) -> str:
    """A sentence with its day and source: "Oct 24: “The visit” became certain — expected, was possible (Kyodo)."."""
    day = f"{say_range(told.reported, told.reported, year)}: " if told.reported else ""
    return f"{day}“{told.title}” {told.words} ({told.source or 'source not given'})."


def _words(kind: ChangeKind, some: list[Change], year: int | None) -> str:
    """What became of an event, as what stands behind its title: "became certain — expected, was possible"."""
    new, old = some[0].new, some[0].old
    fields = [change.field for change in some]
    stands, became = _standing(new, year), _SAID[kind]
    if old is None:
        return f"{became} — {stands}{_at(new, some[0].is_at)}"
    if kind == "became certain":
        became = say_kind(some)
    parts = {
        "status": old.status if kind in ("became certain", "became uncertain", "happened") else _standing(old, year),
        "when": say_timing(old.span, year),
        "place": _at(old, some[0].was_at).strip(),
    }
    had = "had" if "status" in fields and old.status == "happened" else "was"
    was = f"{had} {' '.join(parts[field] for field in fields)}"
    if kind in ("cancelled", "denied"):
        return f"{became} — {was}"
    place = _at(new, some[0].is_at) if "place" in fields else ""
    if kind == "happened":
        return f"{became} {say_timing(new.span, year)}{place} — {was}"
    if fields == ["place"]:
        return f"{became} — now {place.strip()}, {was}"
    return f"{became} — {stands}{place}, {was}"


def _standing(report: Report, year: int | None) -> str:
    """A status with its day: "scheduled for Tue, Oct 28", "possible in the week of Oct 27"."""
    when = say_timing(report.span, year)
    if report.status == "scheduled" and when.startswith("on ") and not when.startswith("on or "):
        when = f"for {when.removeprefix('on ')}"
    return f"{report.status} {when}"


def _at(report: Report, place: Place | None) -> str:
    """ " in Tokyo", " at Camp Asaka"; "" where no place is given."""
    name = place.name if place else report.place
    if not name:
        return " at a place not given"
    return f" {'at' if place is None or place.kind == 'site' else 'in'} {name}"
