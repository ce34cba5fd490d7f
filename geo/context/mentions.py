"""The names of one text with all that each may mean, and what the words around them say for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geo import normalise, relation
from geo.context import cues
from geo.context.cues import Occurrence
from geo.names import ranking
from geo.names.common_words import is_plain_word
from geo.names.containment import containers, contains
from geo.names.readings import Reading, readings
from geo.spatial.cells import cell
from geo.store import Found, Store
from geo.weights import HOW, LARGE_DIVISION_FROM, Weights

Region = tuple[str, object]
_NOT_STRAY = frozenset(range(7)) - {relation.STRAY}


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
    in_a_list: bool = False
    """Whether its qualifier may rather be the next of a list: "Ohio, Illinois"."""


def candidates(gazetteer: Store, toponym: str, most: int = 400) -> Name | None:
    """A name with every place it may mean on the first rung that finds any; None where none does."""
    tidy = normalise.tidy(toponym[: normalise.LONGEST + 1])
    if len(toponym) > normalise.LONGEST or not any(c.isalpha() for c in tidy):
        return None
    if tidy.islower() and is_plain_word(tidy):
        return None
    for reading in readings(tidy):
        found = ranking.look_up(gazetteer, reading, most)
        if found and not ranking.only_strays(found):
            senses = []
            rivals = ranking.field_of(found)
            for f in found:
                word = HOW[f.how][1]
                base = ranking.cost(f, reading, tidy, rivals)
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


def qualifier_after(gazetteer: Store, name: Name, text: str, spot: Occurrence) -> str:
    """The container that the words right after this occurrence name, "" where they name none of its candidates'."""
    if spot.start < 0:
        return ""
    for parts in cues.qualifiers_after(text, spot.end):
        for part in parts:
            if _inside(gazetteer, name, part):
                return part
    return ""


def _inside(gazetteer: Store, name: Name, qualifier: str) -> set[int]:
    """The numbers of the name's candidates that lie in what a qualifier may mean."""
    outer = containers(gazetteer, qualifier)
    sure = {relation.NAME, relation.ALIAS} if any(ranking.is_great(s.found) for s in name.senses) else _NOT_STRAY
    senses = [s for s in name.senses if s.found.how in sure]
    return {s.found.number for s in senses if any(contains(o, s.found) for o in outer)}


def apply_qualifier(gazetteer: Store, name: Name, weights: Weights) -> None:
    if not name.qualifier:
        return
    inside = _inside(gazetteer, name, name.qualifier)
    name.in_a_list = _is_list(gazetteer, name)
    weight = weights.hinted if name.in_a_list else weights.qualified
    for sense in name.senses:
        if sense.found.number in inside:
            sense.notes.append(f"the text says {name.toponym}, {name.qualifier}")
        else:
            sense.base += weight


def _is_list(gazetteer: Store, name: Name) -> bool:
    """ "Ohio, Illinois" and "US, France" are rather two of a list than a village; "Lebanon, Tennessee" is not."""
    outer = {o.place.kind for o in containers(gazetteer, name.qualifier) if ranking.is_great(o)}
    if "country" in outer:
        return any(ranking.is_great(s.found) for s in name.senses)
    return any(s.found.place.kind == "admin1" and s.found.place.importance >= LARGE_DIVISION_FROM for s in name.senses)


def apply_hints(gazetteer: Store, name: Name, text: str, spots: Sequence[Occurrence], weights: Weights) -> None:
    """What stands before the name: "Nigeria's", "the Turkish city of"."""
    if name.qualifier or len(name.senses) < 2:
        return
    known = gazetteer.container_keys()
    for spot in spots[:4]:
        if spot.start < 0:
            continue
        for part in cues.qualifiers_before(text, spot.start):
            region = known.get(normalise.key(part))
            inside = [sense for sense in name.senses if any(r == region for _, r in sense.regions)]
            if region is not None and inside and len(inside) < len(name.senses):
                for sense in inside:
                    sense.base -= weights.hinted
                    sense.notes.append(f"“{part}” stands before it")
                return
