"""Which reports are of one happening: the same place, days that meet, the same people, the same kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geo.place import Place
from geo.spatial.great_circles import distance_km
from story.model import DateSpan
from story.reading.events.draft import NO_DAY, DraftReport
from story.reading.events.lexicon import Kind
from story.reading.events.places import contains
from story.text import slug

_CLOSE_KM = 5
_LIKE: tuple[frozenset[Kind], ...] = (
    frozenset({"travel", "meet", "appear"}),
    frozenset({"meet", "appear", "council", "act"}),
    frozenset({"disaster", "harm", "attack"}),
    frozenset({"protest", "act"}),
    frozenset({"court", "appear"}),
)
_FUTURE = frozenset({"scheduled", "expected", "possible"})


def together(drafts: Sequence[DraftReport]) -> list[DraftReport]:
    """The reports with an `event` each, the same for those of one happening; what one leaves out another gives.

    A report without a place is one only where it can be of a happening that was told before: "the meeting".
    """
    groups: list[list[DraftReport]] = []
    for draft in drafts:
        group = next((group for group in reversed(groups) if is_same(draft, _sum(group))), None)
        if draft.is_moved and not draft.place:
            group = next((group for group in reversed(groups) if _is_put_off(draft, group)), group)
        if group is not None:
            group.append(draft)
        elif draft.place:
            groups.append([draft])
    taken: set[str] = set()
    return [report for group in groups for report in _named(_filled(group), taken)]


def _is_put_off(draft: DraftReport, group: Sequence[DraftReport]) -> bool:
    """Whether what is moved to a new day was just said not to be: "but the trip was postponed until May"."""
    last = group[-1]
    is_of_them = not draft.who or not last.who or bool({*draft.who} & {*last.who})
    return last.status == "cancelled" and alike(draft.kind, last.kind) and is_of_them


def is_same(draft: DraftReport, known: DraftReport) -> bool:
    """Whether a report may well be of a happening that is known; `known` sums up what is known of it."""
    if "say" in (draft.kind, known.kind) or not alike(draft.kind, known.kind) or not _may_meet(draft, known):
        return False
    if draft.at is None or known.at is None:
        return draft.is_definite and (not draft.who or not known.who or bool({*draft.who} & {*known.who}))
    if not is_there(draft.at, known.at):
        return False
    if not draft.who or not known.who:
        # "Councillors voted ...": the day follows in the next sentence, "at a meeting on Monday".
        is_told_anew = "when" not in known.spans and draft.status == known.status == "happened"
        return draft.kind == known.kind or draft.is_definite or is_told_anew
    return bool({*draft.who} & {*known.who})


def _sum(group: Sequence[DraftReport]) -> DraftReport:
    """What a happening's reports say together: its most exact place and day, everybody in it."""
    placed = _most_exact(group)
    dated = next((one for one in reversed(group) if "when" in one.spans), group[-1])
    who = tuple(dict.fromkeys(name for one in group for name in one.who))
    return replace(group[0], place=placed.place, at=placed.at, who=who, when=dated.when)


def _most_exact(group: Sequence[DraftReport]) -> DraftReport:
    best = next((one for one in group if one.at), group[0])
    for one in group:
        if one.at and best.at and contains(best.at, one.at):
            best = one
    return best


def alike(one: Kind, other: Kind) -> bool:
    """Whether two kinds may tell of one happening: a visit and a meeting do, a visit and an earthquake do not."""
    return one == other or any(one in kinds and other in kinds for kinds in _LIKE)


def is_there(one: Place, other: Place) -> bool:
    """Whether what is at one place may be at the other: the same, one within the other, or close by."""
    if one.id == other.id or contains(one, other) or contains(other, one):
        return True
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude)) < _CLOSE_KM


def _may_meet(one: DraftReport, other: DraftReport) -> bool:
    """Whether both may be on the same day; what is to come is not what has been."""
    are_apart = bool({one.status, other.status} & _FUTURE) and "happened" in (one.status, other.status)
    if are_apart and ("when" not in one.spans or "when" not in other.spans):
        return False
    return days_meet(one.span, other.span)


def days_meet(one: DateSpan, other: DateSpan) -> bool:
    """Whether two spans may be the same day."""
    return (one.earliest or date.min) <= (other.latest or date.max) and (other.earliest or date.min) <= (
        one.latest or date.max
    )


def _filled(group: Sequence[DraftReport]) -> list[DraftReport]:
    """Each report with what the others of its happening say of place, people and day where it says nothing."""
    placed = _most_exact(group)
    people = next((one.who for one in group if one.who), ())
    dated = next((one for one in reversed(group) if "when" in one.spans), None)
    filled = []
    for one in group:
        if one.is_definite:
            one = replace(one, title=group[0].title)
        if not one.place:
            doubt = f"it names no place; that of “{placed.title}” is taken"
            one = replace(one, place=placed.place, at=placed.at, doubts=(*one.doubts, doubt))
        if not one.who:
            one = replace(one, who=people)
        if "when" not in one.spans and dated is not None:
            spans = {**one.spans, "when": dated.spans["when"]}
            doubts = tuple(doubt for doubt in one.doubts if doubt != NO_DAY)
            one = replace(one, when=dated.when, spans=spans, doubts=doubts)
        filled.append(one)
    return filled


def _named(group: Sequence[DraftReport], taken: set[str]) -> list[DraftReport]:
    stem = slug(group[0].title) or "event"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return [replace(one, event=name) for one in group]
