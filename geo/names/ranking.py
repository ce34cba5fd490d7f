"""One toponym, rung by rung: as written, without a possessive, within a qualifier, less "northern", then spelt alike.

The first rung that finds a place is used. Every candidate carries its penalty, and the cheapest wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import normalise, relation
from geo.names.common_words import is_plain_word
from geo.names.containment import containers, inside_of, is_word_in_capitals
from geo.names.readings import Reading, readings
from geo.place import Candidate, Kind, Place, Resolution
from geo.spatial.cells import near_km
from geo.store import Found, Store

HOW: dict[int, tuple[float, str]] = {
    relation.NAME: (0.0, ""),
    relation.ALIAS: (0.02, ""),
    relation.ALTERNATE: (0.15, "another name of"),
    relation.ABBREVIATION: (0.02, "short for"),
    relation.DEMONYM: (0.05, "the people or adjective of"),
    relation.OLD: (0.05, "an older name of"),
    relation.STRAY: (0.50, "a rarer name of"),
}
"""What it costs when a name stands for a place in this way, and the words for it."""

SHOWN = 20
_STRAY_LEAST = 0.5
_SAME_SITE_KM = 8.0
_SITE = 0.08
_NEAR_KM = 300.0


def climb(gazetteer: Store, toponym: str, *, country: str | None = None, near: Place | None = None) -> Resolution:
    """Resolve one toponym on its own (see Gazetteer.resolve)."""
    if len(toponym) > normalise.LONGEST:
        return Resolution(toponym, None, (), f"{len(toponym)} characters are too many for a place name")
    tidy = normalise.tidy(toponym)
    if not any(c.isalpha() for c in tidy):
        return Resolution(toponym, None, (), "no letters to look up")
    if is_plain_word(tidy) and not country and near is None:
        return Resolution(toponym, None, (), f"“{tidy}” is an ordinary word: say “{tidy}, Country” if it is a place")
    for reading in readings(tidy):
        found = look_up(gazetteer, reading)
        if country:
            found = [f for f in found if f.place.country == country.upper()]
        if found:
            candidates = rank(found, reading, tidy, near)
            best = candidates[0]
            if only_strays(found):
                few = f"only {best.place.name} and its like are sometimes so named"
                return Resolution(toponym, None, tuple(candidates[:SHOWN]), few)
            reason = explain(reading, candidates)
            return Resolution(toponym, best.place, tuple(candidates[:SHOWN]), reason)
    return suggest(gazetteer, toponym, tidy, country)


def only_strays(found: Sequence[Found]) -> bool:
    """Whether none but a name that tables hold beside a lesser place's own leads here."""
    return all(f.how == relation.STRAY and f.place.importance < _STRAY_LEAST for f in found)


def look_up(gazetteer: Store, reading: Reading, most: int = 60) -> list[Found]:
    """The places that a reading may mean: under its key, of its kinds, inside its qualifiers."""
    found = gazetteer.named(reading.key, most if not reading.qualifiers else 400)
    found = [f for f in found if fits(f, reading)]
    for qualifier in reading.qualifiers:
        if not found:
            break
        inside = inside_of(containers(gazetteer, qualifier), found)
        if not inside and reading.qualifiers.index(qualifier) > 0:
            continue  # "Springfield, Illinois, on Monday": what follows the first may be no place at all
        found = inside
    return found


def fits(found: Found, reading: Reading) -> bool:
    """Whether a place is of the kinds and the fame that the reading asks for, and written as such names are."""
    if found.how == relation.PART:
        return False
    if (
        found.how == relation.ABBREVIATION
        and not reading.abbreviated
        and not (reading.qualifiers and len(reading.key) > 3)
    ):
        return False  # "Berks, England" needs no point
    if reading.abbreviated and not reading.qualifiers and is_word_in_capitals(reading.key, found.place):
        return False  # "IN" is Indiana only where the United States contain it
    if reading.abbreviated and len(reading.key) <= 2 and found.how not in {relation.ABBREVIATION, relation.ALIAS}:
        return False  # "U.N." is not the village of Un
    if reading.kinds is None and not reading.least:
        return True
    return found.place.importance >= reading.least and (reading.kinds is None or found.place.kind in reading.kinds)


_GREAT_LACK, _GREAT_BONUS = 0.2, 0.2
_KNOWN_DIVISION = 0.10
_CAPITALS = 0.05
_NAMESAKE, _OWN_CITY, _LESSER, _RESPELT = 0.25, 0.35, 0.20, 0.08


@dataclass(frozen=True, slots=True)
class Field:
    """What a name's candidates are up against: who else has the name."""

    great: bool
    """A country, continent or ocean has it; a namesake needs good reasons."""
    countries: frozenset[str]
    """Codes of the countries that have it: a city inside one (Mexico, Luxembourg) is hardly ever meant."""
    division: bool
    """A large first-level division has it: Oklahoma is not the town in Pennsylvania."""
    best_named: float
    """The importance of the most important place that has it as its first name."""
    named_in: frozenset[str]
    """Codes of the countries with a place that has it as its first name."""


_ALONE = Field(False, frozenset(), False, 0.0, frozenset())


def field_of(found: Sequence[Found]) -> Field:
    if len(found) == 1:
        return _ALONE
    great = division = False
    best_named = 0.0
    countries, named_in = set(), set()
    for f in found:
        place, how = f.place, f.how
        great = great or is_great(f)
        if how == relation.NAME:
            best_named = max(best_named, place.importance)
            named_in.add(place.country)
        if place.kind == "country" and how != relation.DEMONYM:
            countries.add(place.country)
        elif place.kind == "admin1" and place.importance >= 0.6 and how <= relation.ALIAS:
            division = True
    return Field(great, frozenset(countries), division, best_named, frozenset(named_in))


_GREAT_FROM: dict[Kind, float] = {"country": 0.5, "area": 0.65, "sea": 0.65}
_NOT_GREAT = frozenset({relation.DEMONYM, relation.STRAY, relation.ALTERNATE, relation.PART})


def is_great(found: Found) -> bool:
    """A country, continent or ocean under its own name."""
    least = _GREAT_FROM.get(found.place.kind)
    return least is not None and found.place.importance >= least and found.how not in _NOT_GREAT


def name_cost(found: Found, written: str, field: Field) -> float:
    """What a place's own standing, its way of being so named and its namesakes cost it."""
    place = found.place
    lack = 1.0 - place.importance
    if is_great(found):
        return HOW[found.how][0] + min(_GREAT_LACK, lack) - _GREAT_BONUS
    cost = HOW[found.how][0] + lack
    if place.kind == "admin1" and place.importance >= 0.55:
        # "LA" and "L.A." are rather the city; "La." is the state
        cost += _CAPITALS if found.how == relation.ABBREVIATION and written.isupper() else -_KNOWN_DIVISION
    elif field.great:
        cost += _NAMESAKE
    if place.kind == "city":
        cost += _OWN_CITY if place.country in field.countries else 0.0
        cost += _LESSER if field.division and place.importance < 0.7 else 0.0
    if found.how == relation.ALTERNATE and (field.best_named > place.importance or place.country in field.named_in):
        cost += _LESSER
    if found.how == relation.NAME and written.isascii() and not place.name.isascii():
        cost += _RESPELT  # "Canada" is not Cañada
    return cost


def _km(a: Place, b: Place) -> float:
    return near_km(a.latitude, a.longitude, b.latitude, b.longitude)


def rank(found: Sequence[Found], reading: Reading, written: str, near: Place | None = None) -> list[Candidate]:
    """Candidates of a toponym as `written`, cheapest first: each with what was held against it."""
    candidates = []
    field = field_of(found)
    for f in found:
        word = HOW[f.how][1]
        notes = [n for n in (reading.done, f"{word} {f.place.name}" if word else "") if n]
        penalty = reading.penalty + name_cost(f, written, field)
        if near is not None and near.id != f.place.id:
            km = _km(near, f.place)
            penalty += 0.8 * min(1.0, km / (km + _NEAR_KM)) if km > 1 else 0.0
            notes.append(f"{km:,.0f} km from {near.name}")
        candidates.append(Candidate(f.place, round(penalty, 4), "; ".join(notes) or "named so", not notes))
    if len(candidates) == 1:
        return candidates
    return _one_of_each_site(sorted(candidates, key=lambda c: (c.penalty, c.place.id)))


def _one_of_each_site(candidates: list[Candidate]) -> list[Candidate]:
    """Without the sites beside a better one: two tables may both hold a base, under one name, a runway apart."""
    kept: list[Candidate] = []
    for c in candidates:
        beside = c.place.kind == "site" and any(
            k.place.kind == "site" and _km(k.place, c.place) < _SAME_SITE_KM for k in kept
        )
        if not beside:
            kept.append(c)
    return kept


def explain(reading: Reading, candidates: Sequence[Candidate]) -> str:
    """One line on why the first candidate was chosen."""
    best = candidates[0]
    within = f" in {', '.join(reading.qualifiers)}" if reading.qualifiers else ""
    said = "" if best.is_plain else best.reason
    if len(candidates) == 1:
        chosen = f"the only place so named{within}"
    else:
        chosen = f"the most prominent of {len(candidates)} places so named{within}"
    return f"{chosen}; {said}" if said else chosen


def suggest(gazetteer: Store, toponym: str, tidy: str, country: str | None) -> Resolution:
    """Candidates spelt like the toponym, none of them chosen."""
    candidates: list[Candidate] = []
    for key, likeness in gazetteer.alike(normalise.key(normalise.strip_possessive(tidy))):
        for f in gazetteer.named(key, 3):
            if f.how not in (relation.STRAY, relation.PART) and (not country or f.place.country == country.upper()):
                penalty = 3.0 * (1.0 - likeness) + (1.0 - f.place.importance)
                candidates.append(Candidate(f.place, round(1.0 + penalty, 4), f"spelt like {f.place.name}"))
    candidates.sort(key=lambda c: (c.penalty, c.place.id))
    unique = list({c.place.id: c for c in reversed(candidates)}.values())[::-1]
    if not unique:
        return Resolution(toponym, None, (), "no place is so named")
    shown = list(dict.fromkeys(c.place.name for c in unique))[:3]
    reason = f"no place is so named; did you mean {' or '.join(shown)}?"
    return Resolution(toponym, None, tuple(unique[:SHOWN]), reason, suggests=True)
