"""Who travels, and who is only involved: armed forces, parties and countries are in many places on one day.

Told by a person, else guessed from the name and from whether one traveller could have been at all those places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from story.memo import memoized
from story.model import Event, Role, Story
from story.query.names import kind_of
from story.query.possible import certain_day, far_apart
from story.wording import say_count, say_names

FEW_CLASHES = 3
"""Days in two places far apart that are more likely a mistake or a busy day than a name that does not travel."""
MOST_CLASHING = 0.15
"""The share of such days that a traveller may have."""
LONGEST_DAY_KM = 4_000.0
MOST_PLACES_A_DAY = 6
"""How much of a day a candidate or a minister may do."""


# Told by identity, so that what follows from it can be remembered with it.
@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """How each who is named in a story goes about, and why: "travels", "sea" or "involved"."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    def travels(self, name: str) -> bool:
        """Whether this one has an itinerary."""
        return self.roles.get(name, "travels") != "involved"

    def by_sea(self, name: str) -> bool:
        return self.roles.get(name) == "sea"

    @property
    def involved(self) -> tuple[str, ...]:
        """Those who have none, those with the most events first."""
        return tuple(name for name, role in self.roles.items() if role == "involved")


EVERYONE = Presence()
"""Where nothing is known of who travels, all do."""


def presence(story: Story, events: tuple[Event, ...]) -> Presence:
    """Who of those at the `events` travels: as the story says, else by name and by what is possible."""
    found: Presence = _presence(events, story.travellers, tuple(story.travel.items()))
    return found


def _guess(events: tuple[Event, ...], all_or_none: str, said: tuple[tuple[str, Role], ...]) -> Presence:
    by_name: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        for name in event.who:
            by_name[name].append(event)
    told = dict(said)
    roles: dict[str, Role] = {}
    why: dict[str, str] = {}
    clashes = {} if all_or_none else {name: _clashes(theirs) for name, theirs in by_name.items()}
    among_groups = _mostly_groups(by_name, clashes)
    for name in sorted(by_name, key=lambda name: -len(by_name[name])):
        if name in told:
            roles[name], why[name] = told[name], "as the story says"
        elif all_or_none:
            sea = all_or_none == "all" and kind_of(name) == "vessel"
            roles[name] = "involved" if all_or_none == "none" else "sea" if sea else "travels"
            why[name] = "as the story says"
        else:
            roles[name], why[name] = _role(name, clashes[name], among_groups=among_groups)
    return Presence(roles, why)


_presence = memoized(_guess)


@dataclass(frozen=True, slots=True)
class _Clashes:
    """On how many days one name is anywhere, at places far from each other, and further than anyone gets in a day."""

    days: int
    apart: int
    beyond: int

    def too_many(self, number: int) -> bool:
        return number >= FEW_CLASHES and number > MOST_CLASHING * self.days


def _clashes(events: Iterable[Event]) -> _Clashes:
    on_day: defaultdict[date, dict[str, Event]] = defaultdict(dict)
    for event in events:
        day = certain_day(event)
        if day and event.place and event.status != "cancelled":
            on_day[day].setdefault(event.place.id, event)
    apart = beyond = 0
    for there in on_day.values():
        ways = _far_ways(list(there.values()))
        apart += bool(ways)
        beyond += sum(ways) > LONGEST_DAY_KM or len(ways) >= MOST_PLACES_A_DAY
    return _Clashes(len(on_day), apart, beyond)


def _far_ways(events: Sequence[Event]) -> list[float]:
    """The distances from each place of a day to the nearest of those before it, where all of these are far."""
    ways = []
    for number, event in enumerate(events[: 4 * MOST_PLACES_A_DAY]):
        apart = [far_apart(event, other) for other in events[:number]]
        if apart and all(apart):
            ways.append(min(apart))
    return ways


def _mostly_groups(by_name: Mapping[str, list[Event]], clashes: Mapping[str, _Clashes]) -> bool:
    """Whether most who are named in a story are no travellers: those whose names say nothing are then none either."""
    groups = others = 0
    for name, there in clashes.items():
        if kind_of(name) in ("group", "country") or (kind_of(name) == "" and there.too_many(there.apart)):
            groups += len(by_name[name])
        else:
            others += len(by_name[name])
    return groups > others


def _role(name: str, clashes: _Clashes, *, among_groups: bool) -> tuple[Role, str]:
    kind = kind_of(name)
    if kind == "vessel":
        return "sea", "a vessel by its name"
    if kind == "country":
        return "involved", "a country"
    if kind == "group":
        return "involved", "a group by its name"
    if kind in ("travels", "surface"):
        return "travels", "by its name"
    # A person with a full day is one all the same, but not among armies and parties.
    number = clashes.beyond if kind == "person" and not among_groups else clashes.apart
    if clashes.too_many(number):
        return "involved", f"far apart on one day, {number:,} times"
    return "travels", "could have been at all its places"


def say_involved(presence: Presence, shown: Iterable[str] = ()) -> str:
    """In a line who does not travel, and why; "" where all do. `shown` are the names that it is to speak of."""
    wanted = frozenset(shown)
    names = [name for name in presence.involved if not wanted or name in wanted]
    if not names:
        return ""
    reasons = Counter(presence.why[name].partition(",")[0] for name in names)
    because = "; ".join(_BECAUSE.get(reason, reason) for reason, _ in reasons.most_common())
    verb = "is" if len(names) == 1 else "are"
    return f"{say_names(names)} {verb} involved, and drawn without an itinerary: {because}."


_BECAUSE = {
    "a group by its name": "a group by name",
    "a country": "a country by name",
    "far apart on one day": "at places far apart on one day, again and again",
    "as the story says": "as this story says",
}


def say_who(presence: Presence, names: Iterable[str]) -> str:
    """Those named in figures: "5 travellers" · "5 travellers, 2 others involved" · "4 groups" · …; "" for
    nobody."""
    there = list(dict.fromkeys(names))
    going = sum(map(presence.travels, there))
    still = len(there) - going
    if going and still:
        return f"{say_count(going, 'traveller')}, {still:,} {'other' if still == 1 else 'others'} involved"
    if not there:
        return ""
    if going:
        return say_count(going, "traveller")
    kinds = {kind_of(name) for name in there}
    if kinds <= {"group", "country", ""}:
        return say_count(still, "group")
    if kinds <= {"person", "travels"}:
        return "1 person" if still == 1 else f"{still:,} people"
    return f"{still:,} people and groups" if still > 1 else "1 group"
