"""How well its reports carry an event: worked out from them alone, never typed in.

Each independent source counts by its last word, which agrees with how the event stands if it says the same of whether
it comes about, no less exactly when and where, and no other people. Two sources disagree where their last words cannot
both be right and both stand: see `_both_stand`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from geo.place import Place
from story.draft.known import same_name
from story.model import Event, Report
from story.model.denial import is_denial
from story.query.comparing import days_conflict, is_in, is_within, places_conflict
from story.query.origins import Origin, SourceKind, origins_of, same_origins

Sure = Literal["corroborated", "single-source", "contested", "denied", "unsourced"]
SURE: tuple[Sure, ...] = get_args(Sure)
SAID_SURE: Mapping[Sure, str] = {
    "corroborated": "corroborated",
    "single-source": "single source",
    "contested": "contested",
    "denied": "denied",
    "unsourced": "no source",
}
"""How sure an event is, as lists for readers say it."""
Disputed = Literal["when", "place", "status", "who"]
Stand = Literal["agrees", "less exact", "otherwise"]

METHOD = (
    "Counted from the reports, by the last word of each source. A source that only cites another is not independent "
    "of it; one paper under two names is one source; unnamed sources count as the paper that heard them. Corroborated: "
    "at least two independent sources agree on when, where, who and whether it comes about. Contested: they cannot "
    "both be right, and both stand: told on the same day, or both of what has happened, or kept to after the other had "
    "spoken. Otherwise a later report updates an earlier one."
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent source of an event: its name, its kind, those who pass it on, its last report with the place
    where that puts the event and its number among the reports, and how it lies to how the event stands."""

    name: str
    kind: SourceKind
    through: tuple[str, ...]
    report: Report
    place: Place | None
    at: int
    stand: Stand


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an event is, its independent sources in the order of their last words, and what they disagree on."""

    level: Sure
    voices: tuple[Voice, ...] = ()
    disputed: tuple[Disputed, ...] = ()

    @property
    def agreeing(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.stand == "agrees")


def sure_of(event: Event) -> Sure:
    """How sure an event is, by what is known of it."""
    latest = event.latest
    if len(event.reports) == 1 and ";" not in latest.source and "/" not in latest.source:
        # Most events of a large story: nothing has to be weighed.
        return "denied" if is_denial(latest) else "single-source" if latest.source else "unsourced"
    return sureness(event).level


def sureness(event: Event, about: Mapping[str, str] | None = None) -> Sureness:
    """How sure an event is, and why; `about` is what the story says of its sources, by their names."""
    voices = _voices(event, about or {})
    disputed = tuple(
        dict.fromkeys(field for one, other in combinations(voices, 2) for field in _standing_apart(event, one, other))
    )
    agreeing = sum(voice.stand == "agrees" for voice in voices)
    if is_denial(event.latest):
        level: Sure = "denied"
    elif disputed:
        level = "contested"
    elif agreeing > 1:
        level = "corroborated"
    else:
        level = "single-source" if agreeing else "unsourced"
    return Sureness(level, voices, disputed)


def _voices(event: Event, about: Mapping[str, str]) -> tuple[Voice, ...]:
    said = [
        (at, origin)
        for at, report in enumerate(event.reports)
        for origin in origins_of(report.source, report.note, about.get(report.source, ""))
    ]
    stands = same_origins([origin.name for _, origin in said])
    by_name: dict[str, list[tuple[int, Origin]]] = {}
    for at, origin in said:
        by_name.setdefault(stands[origin.name], []).append((at, origin))
    places = event.places
    now = event.latest, places[-1]
    voices = []
    for name, words in by_name.items():
        at = words[-1][0]
        report, place = event.reports[at], places[at]
        # Whoever speaks for themselves once is no hearsay of those who cite them.
        own = [origin.kind for _, origin in words if origin.kind != "citing"]
        through = dict.fromkeys(origin.through for _, origin in words if origin.through)
        stand = _stand((report, place), now)
        voices.append(Voice(name, own[-1] if own else "citing", tuple(through), report, place, at, stand))
    return tuple(sorted(voices, key=lambda voice: voice.at))


def _stand(one: tuple[Report, Place | None], now: tuple[Report, Place | None]) -> Stand:
    (report, place), (latest, there) = one, now
    if _side(report) != _side(latest) or any(_differences(one, now)):
        return "otherwise"
    exact = is_within(report.span, latest.span) and (there is None or place is None or is_in(place, there))
    return "agrees" if exact else "less exact"


def _side(report: Report) -> str:
    """Whether it comes about, as a report has it: it has, it is to, or it does not."""
    if report.status == "cancelled" or is_denial(report):
        return "off"
    return "past" if report.status == "happened" else "ahead"


def _differences(one: tuple[Report, Place | None], other: tuple[Report, Place | None]) -> Iterator[Disputed]:
    """What two reports cannot both be right about."""
    (this, here), (that, there) = one, other
    if ("off" in (_side(this), _side(that))) and _side(this) != _side(that):
        yield "status"
        # Whoever says that it is not so says nothing of its day and place.
        return
    if days_conflict(this.span, that.span):
        yield "when"
    if places_conflict(here, there):
        yield "place"
    if this.who and that.who and not any(same_name(a, b) for a in this.who for b in that.who):
        yield "who"


def _standing_apart(event: Event, one: Voice, other: Voice) -> Iterator[Disputed]:
    """What two sources disagree about by their last words, where both stand; `other` has spoken last."""
    for field in _differences((one.report, one.place), (other.report, other.place)):
        if _both_stand(event, one, other, field):
            yield field


def _both_stand(event: Event, one: Voice, other: Voice, field: Disputed) -> bool:
    """Whether the later of two reports that differ leaves the earlier one standing.

    Plans change, and whoever speaks later tells so; unless both spoke on the same day, or the later one keeps to what
    it had said before the other spoke. What has happened does not change: whoever tells it otherwise disagrees.
    """
    earlier, later = one.report, other.report
    if one.at == other.at or earlier.reported == later.reported or None in (earlier.reported, later.reported):
        return one.at != other.at
    if _side(earlier) == "past" or (is_denial(earlier) and _side(later) == "past"):
        return _side(later) != "ahead"
    said_before = ((event.reports[at], event.places[at]) for at in range(one.at) if _is_of(event.reports[at], other))
    return any(
        field in _differences(before, (earlier, one.place)) and field not in _differences(before, (later, other.place))
        for before in said_before
    )


def _is_of(report: Report, voice: Voice) -> bool:
    names = [origin.name for origin in origins_of(report.source, report.note)]
    stands = same_origins([voice.name, *names])
    return any(stands[name] == voice.name for name in names)
