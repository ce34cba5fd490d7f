"""All names of one text, decided together.

Each name starts from what the ladder gives it: every place so named, with its cost. Then the names vote: a candidate
gets cheaper the more of the other names, by their own present odds, lie in its second-level division, its
neighbourhood, its first-level division and its country, and the odds are worked out anew, a few rounds. Words around a
name weigh most: in "Paris, Texas" only Texas will do. One name has one sense in a text, unless qualified otherwise.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geo import clues, ladder, names
from geo.clues import Occurrence
from geo.grid import cell
from geo.place import Candidate, Resolution
from geo.readings import Reading, readings

if TYPE_CHECKING:
    from geo.gazetteer import Found, Gazetteer

Region = tuple[str, object]
_JOINTS = frozenset({",", "and", ", and", "or", ", or", "&", ";", "/", "to", "and the", ", the", ", and the"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What the clues are worth, in units of penalty (1 = the distance from a hamlet to a great capital)."""

    division2: float = 0.30
    nearby: float = 0.50
    division1: float = 0.75
    country: float = 0.55
    qualified: float = 1.2
    hinted: float = 0.25
    text_country: float = 0.5
    odds: float = 0.10
    """How many units of penalty make one candidate e times less likely than another."""
    series: float = 0.12
    rounds: int = 5
    smooth: float = 0.8
    most: int = 400


WEIGHTS = Weights()


@dataclass(slots=True)
class Sense:
    """One candidate of a name: its cost alone, and its odds among the others as the text has it so far."""

    found: Found
    base: float
    reason: str
    regions: tuple[tuple[str, Region], ...]
    cost: float = 0.0
    odds: float = 0.0
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Name:
    """A name of the text with all its candidates; several mentions may share it."""

    toponym: str
    reading: Reading
    senses: list[Sense]
    weight: float
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the text as a whole says of each region: how often it names it, how many of its names lie there."""

    said: Counter[Region]
    names_in: Counter[Region]


def resolve_together(
    gazetteer: Gazetteer, toponyms: Sequence[str], text: str = "", *, weights: Weights = WEIGHTS
) -> list[Resolution]:
    """One resolution for each toponym, in their order. `text` is where they stand; without it they only vote."""
    spots = clues.locate(text, list(toponyms))
    alone: list[Resolution | None] = [None] * len(toponyms)
    name_of: list[Name | None] = [None] * len(toponyms)
    groups: dict[tuple[str, str], Name] = {}
    by_key: dict[str, list[int]] = defaultdict(list)
    qualifier_of: list[str] = []
    for i, toponym in enumerate(toponyms):
        by_key[names.key(names.strip_possessive(names.tidy(toponym[: names.LONGEST])))].append(i)
        qualifier_of.append("")
    for key, members in by_key.items():
        made = _candidates(gazetteer, toponyms[members[0]], weights)
        if made is None:
            for i in members:
                alone[i] = ladder.climb(gazetteer, toponyms[i])
            continue
        for i in members:
            qualifier_of[i] = _qualifier(gazetteer, made, text, spots[i])
        given = Counter(qualifier_of[i] for i in members if qualifier_of[i])
        usual = given.most_common(1)[0][0] if given else ""
        for i in members:
            qualifier = qualifier_of[i] or usual
            group = groups.get((key, qualifier))
            if group is None:
                group = groups[key, qualifier] = replace(made, senses=[replace(s) for s in made.senses])
                group.qualifier, group.weight = qualifier, 0.0
                _apply_qualifier(gazetteer, group, weights)
                _apply_hints(gazetteer, group, text, [spots[j] for j in members], weights)
            group.weight += 1.0
            name_of[i] = group
    for group in groups.values():
        group.weight = 1.0 + 0.3 * math.log(group.weight)
    said = _text_countries(gazetteer, text)
    series = _series(text, spots, name_of)
    _vote(list(groups.values()), said, series, weights)
    whole = Whole(said, Counter(r for g in groups.values() for _, r in min(g.senses, key=_by_cost).regions))
    out = []
    for toponym, name, resolution in zip(toponyms, name_of, alone, strict=True):
        out.append(_decide(gazetteer, toponym, name, whole) if name else resolution)
    return [r for r in out if r is not None]


def _candidates(gazetteer: Gazetteer, toponym: str, weights: Weights) -> Name | None:
    tidy = names.tidy(toponym[: names.LONGEST + 1])
    if len(toponym) > names.LONGEST or not any(c.isalnum() for c in tidy):
        return None
    for reading in readings(tidy):
        found = ladder.look_up(gazetteer, reading, weights.most)
        if found:
            senses = []
            rivals = ladder.field_of(found)
            for f in found:
                word = ladder.HOW[f.how][1]
                base = reading.penalty + ladder.name_cost(f, tidy, rivals)
                senses.append(Sense(f, base, f"{word} {f.place.name}" if word else "", _regions(f)))
            return Name(toponym, reading, senses, 1.0)
    return None


def _regions(f: Found) -> tuple[tuple[str, Region], ...]:
    """The regions that a candidate lies in, by scale; a country lies in no division, a sea nowhere."""
    regions: list[tuple[str, Region]] = []
    place = f.place
    if place.country:
        regions.append(("country", ("c", place.country)))
    if f.admin1:
        regions.append(("division1", ("1", f.admin1)))
    if f.admin2:
        regions.append(("division2", ("2", f.admin2)))
    if place.kind in {"city", "site", "admin2", "island"}:
        regions.append(("nearby", ("g", cell(place.latitude, place.longitude))))
    return tuple(regions)


def _qualifier(gazetteer: Gazetteer, name: Name, text: str, spot: Occurrence) -> str:
    """The container that the words right after this occurrence name, "" where they name none of its candidates'."""
    if spot.start < 0:
        return ""
    for parts in clues.qualifiers_after(text, spot.end):
        for part in parts:
            if _inside(gazetteer, name, part):
                return part
    return ""


def _inside(gazetteer: Gazetteer, name: Name, qualifier: str) -> set[int]:
    """The numbers of the name's candidates that lie in what a qualifier may mean."""
    outer = ladder.containers(gazetteer, qualifier)
    return {s.found.number for s in name.senses if any(ladder.contains(o, s.found) for o in outer)}


def _apply_qualifier(gazetteer: Gazetteer, name: Name, weights: Weights) -> None:
    if not name.qualifier:
        return
    inside = _inside(gazetteer, name, name.qualifier)
    for sense in name.senses:
        if sense.found.number in inside:
            sense.notes.append(f"the text says {name.toponym}, {name.qualifier}")
        else:
            sense.base += weights.qualified


def _apply_hints(gazetteer: Gazetteer, name: Name, text: str, spots: list[Occurrence], weights: Weights) -> None:
    """What stands before the name: "Nigeria's", "the Turkish city of"."""
    if name.qualifier or len(name.senses) < 2:
        return
    for spot in spots[:4]:
        if spot.start < 0:
            continue
        for parts in clues.qualifiers_before(text, spot.start):
            for part in parts:
                inside = _inside(gazetteer, name, part)
                if inside and len(inside) < len(name.senses):
                    for sense in name.senses:
                        if sense.found.number in inside:
                            sense.base -= weights.hinted
                            sense.notes.append(f"“{part}” stands before it")
                    return


def _text_countries(gazetteer: Gazetteer, text: str) -> Counter[Region]:
    """How often the text names each country and first-level division, by name or demonym."""
    found: Counter[Region] = Counter()
    seen_to = -1
    known = gazetteer.container_keys()
    for start, key in clues.capitalised_runs(text):
        region = known.get(key)
        if region is not None and start >= seen_to:
            found[region] += 1
    return found


def _series(text: str, spots: list[Occurrence], name_of: list[Name | None]) -> list[tuple[Name, Name]]:
    """Names that stand beside each other in a series: "Ohio, Indiana and Kentucky"."""
    placed = sorted((s.start, s.end, i) for i, s in enumerate(spots) if s.start >= 0)
    pairs = []
    for (_, end, i), (start, _, j) in pairwise(placed):
        a, b = name_of[i], name_of[j]
        between = text[end:start].strip()
        if a is not None and b is not None and a is not b and between in _JOINTS and not _qualifies(a, b):
            pairs.append((a, b))
    return pairs


def _qualifies(inner: Name, outer: Name) -> bool:
    return bool(inner.qualifier) and names.key(inner.qualifier) == names.key(outer.toponym)


def _by_cost(sense: Sense) -> tuple[float, str]:
    return sense.cost, sense.found.place.id


def _vote(all_names: list[Name], said: Counter[Region], series: list[tuple[Name, Name]], weights: Weights) -> None:
    by_scale = {
        "country": weights.country,
        "division1": weights.division1,
        "division2": weights.division2,
        "nearby": weights.nearby,
    }
    for name in all_names:
        for sense in name.senses:
            sense.cost = sense.base
        _set_odds(name, weights)
    said_total = sum(math.log1p(n) for n in said.values())
    for _ in range(weights.rounds):
        mass: dict[Region, float] = defaultdict(float)
        own: list[dict[Region, float]] = []
        total = sum(n.weight for n in all_names)
        for name in all_names:
            mine: dict[Region, float] = defaultdict(float)
            for sense in name.senses:
                for scale, region in sense.regions:
                    for r in _around(region) if scale == "nearby" else (region,):
                        mine[r] += name.weight * sense.odds
            for r in mine:
                mine[r] = min(mine[r], name.weight)
                mass[r] += mine[r]
            own.append(mine)
        for name, mine in zip(all_names, own, strict=True):
            others = total - name.weight + weights.smooth
            for sense in name.senses:
                cost = sense.base
                for scale, region in sense.regions:
                    support = (mass[region] - mine[region]) / others
                    if scale in {"country", "division1"}:
                        here = math.log1p(said[region]) / (said_total + 1.0)
                        support = (support + weights.text_country * here) / (1 + weights.text_country)
                    cost -= by_scale[scale] * _breadth(sense.found.place.kind, scale) * support
                sense.cost = cost
        for a, b in series:
            for name, other in ((a, b), (b, a)):
                kinds: dict[str, float] = defaultdict(float)
                for sense in other.senses:
                    kinds[sense.found.place.kind] += sense.odds
                for sense in name.senses:
                    sense.cost -= weights.series * kinds[sense.found.place.kind]
        for name in all_names:
            _set_odds(name, weights)


def _breadth(kind: str, scale: str) -> float:
    """A country that holds the other names is worth as much as a town beside them: it cannot lie in a division."""
    if (kind, scale) in {("country", "country"), ("admin1", "division1")}:
        return 1.6
    return 1.0


def _around(region: Region) -> list[Region]:
    number = int(str(region[1]))
    return [("g", number + i + j) for i in (-360, 0, 360) for j in (-1, 0, 1)]


def _set_odds(name: Name, weights: Weights) -> None:
    best = min(s.cost for s in name.senses)
    total = 0.0
    for sense in name.senses:
        sense.odds = math.exp((best - sense.cost) / weights.odds)
        total += sense.odds
    for sense in name.senses:
        sense.odds /= total


def _decide(gazetteer: Gazetteer, toponym: str, name: Name, whole: Whole) -> Resolution:
    ordered = sorted(name.senses, key=lambda s: (s.cost, s.found.place.id))
    shown = tuple(
        Candidate(s.found.place, round(s.cost, 4), "; ".join(filter(None, [*s.notes, s.reason])) or "named so")
        for s in ordered[: ladder.SHOWN]
    )
    return Resolution(toponym, shown[0].place, shown, _why(gazetteer, name, ordered, whole))


def _why(gazetteer: Gazetteer, name: Name, ordered: list[Sense], whole: Whole) -> str:
    """One line: what the text says of it, or what it shares with the other names, or that it is the best known."""
    best = ordered[0]
    done = "; ".join(filter(None, [name.reading.done, best.reason, *best.notes]))
    if len(ordered) == 1:
        return "; ".join(filter(None, ["the only place so named", done]))
    for scale in ("division2", "division1", "country"):
        region = next((r for s, r in best.regions if s == scale), None)
        if region is None or best.found.place.kind == "country":
            continue
        others = whole.names_in[region] - 1
        said = whole.said[region]
        if others < 1 and not said:
            continue
        rivals = sum(1 for s in ordered if (scale, region) in s.regions)
        where = _region_name(gazetteer, region)
        rank = f"the only {name.toponym} in {where}" if rivals == 1 else f"the best known of {rivals} in {where}"
        if said:
            clue = f"which the text names {said} times" if said > 1 else "which the text names"
        else:
            clue = (
                f"where {others} other names of the text lie" if others > 1 else "where another name of the text lies"
            )
        return "; ".join(filter(None, [f"{rank}, {clue}", done]))
    return "; ".join(filter(None, [f"the most prominent of {len(ordered)} places so named", done]))


def _region_name(gazetteer: Gazetteer, region: Region) -> str:
    scale, value = region
    if scale == "c":
        return gazetteer.country_name(str(value))
    place = gazetteer.numbered(int(str(value)))
    return place.name if place else ""
