"""One toponym, rung by rung: as written, without a possessive, within a qualifier, less "northern", then spelt alike.

The first rung that finds a place is used. Every candidate carries its penalty, and the cheapest wins.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo import normalise, relation, weights
from geo.names.common_words import is_plain_word
from geo.names.containment import containers, inside_of, is_word_in_capitals
from geo.names.parts import part
from geo.names.readings import Reading, readings
from geo.place import Candidate, Place, Resolution
from geo.spatial.cells import near_km
from geo.store import Found, Store

SHOWN = 20
"""Candidates that are kept of a name that may mean many places."""
NAMED_SO = "named so"
"""The reason of a candidate that has the name as its own, read as it is written."""
_LOG = logging.getLogger(__name__)
_Item = TypeVar("_Item")


def climb(gazetteer: Store, toponym: str, *, country: str | None = None, near: Place | None = None) -> Resolution:
    """Resolve one toponym on its own (see Gazetteer.resolve)."""
    if len(toponym) > normalise.LONGEST:
        return Resolution(toponym, None, (), f"{len(toponym)} characters are too many for a place name")
    tidy = normalise.tidy(toponym)
    if not any(c.isalpha() for c in tidy):
        return Resolution(toponym, None, (), "no letters to look up")
    if is_plain_word(tidy) and not country and near is None:
        return Resolution(toponym, None, (), f"“{tidy}” is an ordinary word: say “{tidy}, Country” if it is a place")
    tracing = _LOG.isEnabledFor(logging.DEBUG)
    strays: Resolution | None = None
    for reading in readings(tidy):
        found = look_up(gazetteer, reading)
        if country:
            found = [f for f in found if f.place.country == country.upper()]
        if tracing:
            _LOG.debug("%s: looked up %s: %d found", toponym, reading, len(found))
        if found:
            candidates = rank(found, reading, tidy, near)
            best = candidates[0]
            if only_strays(found):
                few = f"only {best.place.name} and its like are sometimes so named"
                strays = strays or Resolution(toponym, None, tuple(candidates[:SHOWN]), few)
                continue
            reason = explain(reading, candidates)
            return Resolution(toponym, best.place, tuple(candidates[:SHOWN]), reason)
    return strays or suggest(gazetteer, toponym, tidy, country)


def only_strays(found: Sequence[Found]) -> bool:
    """Whether none but a name that tables hold beside a lesser place's own leads here."""
    return all(f.how == relation.STRAY and f.place.importance < weights.STRAY_LEAST for f in found)


def look_up(gazetteer: Store, reading: Reading, most: int = 60) -> list[Found]:
    """The places that a reading may mean: under its key, of its kinds, inside its qualifiers."""
    found = gazetteer.named(reading.key, most if not reading.qualifiers else 400)
    found = [f for f in found if fits(f, reading)]
    if len(found) > 1:
        found = _without_doubles(found)
    for qualifier in reading.qualifiers:
        if not found:
            break
        inside = inside_of(containers(gazetteer, qualifier), found)
        if not inside and reading.qualifiers.index(qualifier) > 0:
            continue  # "Springfield, Illinois, on Monday": what follows the first may be no place at all
        found = inside
    return [part(gazetteer, f, reading.part) for f in found] if reading.part else found


def _without_doubles(found: list[Found]) -> list[Found]:
    """Without the municipalities that are no more than the town of their name, which stands beside them."""
    if not any(f.place.kind == "admin2" for f in found):
        return found
    towns = [f for f in found if f.place.kind == "city" and f.how <= relation.ALIAS]
    return [
        f
        for f in found
        if f.place.kind != "admin2"
        or not any(t.admin1 == f.admin1 and _km(t.place, f.place) < weights.SAME_TOWN_KM for t in towns)
    ]


def fits(found: Found, reading: Reading) -> bool:
    """Whether a place is of the kinds and the fame that the reading asks for, and written as such names are."""
    how = found.how
    if how == relation.PART:
        return False
    if reading.abbreviated:
        if not reading.qualifiers and is_word_in_capitals(reading.key, found.place):
            return False  # "IN" is Indiana only where the United States contain it
        if len(reading.key) <= 2 and how not in {relation.ABBREVIATION, relation.ALIAS}:
            return False  # "U.N." is not the village of Un
    elif how == relation.ABBREVIATION and not (reading.qualifiers and len(reading.key) > 3):
        return False  # "Berks, England" needs no point
    if reading.kinds is None and not reading.least:
        return True
    return found.place.importance >= reading.least and (reading.kinds is None or found.place.kind in reading.kinds)


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
    towns_in: frozenset[int]
    """Numbers of the first-level divisions with a town of the name: the district there is called after it."""
    old: bool
    """Whether one was called so: Kunsan is Gunsan rather than, to foreigners, Kunshan."""


_ALONE = Field(False, frozenset(), False, 0.0, frozenset(), frozenset(), False)


def field_of(found: Sequence[Found]) -> Field:
    if len(found) == 1:
        return _ALONE
    great = division = old = False
    best_named = 0.0
    countries, named_in, towns_in = set(), set(), set()
    for f in found:
        place, how = f.place, f.how
        kind = place.kind
        if kind == "city":
            if how <= relation.ALIAS:
                towns_in.add(f.admin1)
        elif kind == "country":
            if how != relation.DEMONYM:
                countries.add(place.country)
        elif kind == "admin1" and place.importance >= weights.LARGE_DIVISION_FROM and how <= relation.ALIAS:
            division = True
        if kind in weights.GREAT_FROM:
            great = great or is_great(f)
        if how == relation.NAME:
            best_named = max(best_named, place.importance)
            named_in.add(place.country)
        elif how == relation.OLD:
            old = True
    return Field(great, frozenset(countries), division, best_named, frozenset(named_in), frozenset(towns_in), old)


_NOT_GREAT = frozenset({relation.DEMONYM, relation.STRAY, relation.ALTERNATE, relation.PART})


def is_great(found: Found) -> bool:
    """A country, continent or ocean under its own name."""
    least = weights.GREAT_FROM.get(found.place.kind)
    return least is not None and found.place.importance >= least and found.how not in _NOT_GREAT


def reading_costs(found: Found, reading: Reading) -> list[tuple[str, float]]:
    """What it costs to read the name so, and to be a county where the name says a state."""
    costs = [(reading.done or "read as written", reading.penalty)]
    if reading.first_level and found.place.kind == "admin2":
        costs.append(("only a second-level division", weights.READ_LOWER_DIVISION))
    return costs


def cost(found: Found, reading: Reading, written: str, field: Field) -> float:
    """All that is held against a place for a name as `written`, read so, among those that have it."""
    return sum([part for _, part in (*reading_costs(found, reading), *name_costs(found, written, field))])


def name_costs(found: Found, written: str, field: Field) -> list[tuple[str, float]]:
    """What a place's own standing, its way of being so named and its namesakes cost it, each with what it is for.

    What is below 0 speaks for the place.
    """
    place, how = found.place, found.how
    kind, importance = place.kind, place.importance
    lack = 1.0 - importance
    if kind in weights.GREAT_FROM and is_great(found):
        return [
            _NAMED_SO_AS[how],
            ("not the most important of all", min(weights.GREAT_LACK, lack)),
            ("great: its name alone means it", -weights.GREAT_BONUS),
        ]
    costs = [_NAMED_SO_AS[how], ("not the most important of all", lack)]
    if kind == "admin1" and importance >= weights.KNOWN_DIVISION_FROM:
        if how == relation.ABBREVIATION and written.isupper():
            costs.append(("written in capitals, so rather a city", weights.DIVISION_IN_CAPITALS))
        else:
            costs.append(("a large division", -weights.KNOWN_DIVISION))
    elif field.great:
        costs.append(("a great place has the name", weights.NAMESAKE_OF_GREAT))
    if kind == "city":
        if place.country in field.countries:
            costs.append(("its country has the name", weights.CITY_OF_ITS_COUNTRY))
        if field.division and importance < weights.LESSER_BELOW:
            costs.append(("a large division has the name", weights.LESSER_NAMESAKE))
    elif kind == "admin2" and found.admin1 in field.towns_in:
        costs.append(("a town in its division has the name", weights.CALLED_AFTER_A_TOWN))
    if how == relation.ALTERNATE:
        if field.old or field.best_named > importance or place.country in field.named_in:
            costs.append(("others have the name as their own", weights.LESSER_NAMESAKE))
    elif how == relation.NAME and written.isascii() and not place.name.isascii():
        costs.append(("written without its own letters", weights.RESPELT))
    return costs


_NAMED_SO_AS = {how: (f"named so as {relation.WORDS[how]}", cost) for how, (cost, _) in weights.HOW.items()}


def _km(a: Place, b: Place) -> float:
    return near_km(a.latitude, a.longitude, b.latitude, b.longitude)


def rank(found: Sequence[Found], reading: Reading, written: str, near: Place | None = None) -> list[Candidate]:
    """Candidates of a toponym as `written`, cheapest first: each with what was held against it."""
    candidates = []
    field = field_of(found)
    tracing = _LOG.isEnabledFor(logging.DEBUG)
    for f in found:
        costs = reading_costs(f, reading)
        costs += name_costs(f, written, field)
        notes = [reading.done] if reading.done else []
        if word := weights.HOW[f.how][1]:
            notes.append(f"{word} {f.place.name}")
        if near is not None and near.id != f.place.id:
            km = _km(near, f.place)
            away = f"{km:,.0f} km from {near.name}"
            costs.append((away, weights.NEAR_WEIGHT * km / (km + weights.NEAR_HALF_KM) if km > 1 else 0.0))
            notes.append(away)
        penalty = sum([cost for _, cost in costs])
        if tracing:
            _LOG.debug("    %6.3f  %s: %s", penalty, in_words(f.place), say_costs(costs))
        candidates.append(Candidate(f.place, round(penalty, 4), "; ".join(notes) if notes else NAMED_SO, not notes))
    if len(candidates) == 1:
        return candidates
    candidates.sort(key=_by_penalty)
    return one_of_each_site(candidates, _place_of)


def _by_penalty(candidate: Candidate) -> tuple[float, str]:
    return candidate.penalty, candidate.place.id


def _place_of(candidate: Candidate) -> Place:
    return candidate.place


def in_words(place: Place) -> str:
    """A place for the log: "Paris, Texas, US (city)"."""
    parts = dict.fromkeys(filter(None, (place.name, place.admin1, place.country)))
    return f"{', '.join(parts)} ({place.kind})"


def say_costs(costs: Sequence[tuple[str, float]]) -> str:
    """The parts of a penalty for the log: "+0.120 not the most important of all, -0.100 a large division"."""
    return ", ".join(f"{cost:+.3f} {why}" for why, cost in costs if cost)


def one_of_each_site(ordered: Iterable[_Item], place_of: Callable[[_Item], Place]) -> list[_Item]:
    """Without the sites beside a better one: two tables may both hold a base, under one name, a runway apart."""
    kept: list[_Item] = []
    sites: list[Place] = []
    for item in ordered:
        place = place_of(item)
        if place.kind == "site":
            if any(_km(other, place) < weights.SAME_SITE_KM for other in sites):
                continue
            sites.append(place)
        kept.append(item)
    return kept


def how_found(count: int, qualifiers: Sequence[str]) -> str:
    """What a place is among those so named: "the most prominent of 3 places so named in Illinois"."""
    within = f" in {', '.join(qualifiers)}" if qualifiers else ""
    return (
        f"the only place so named{within}" if count == 1 else f"the most prominent of {count} places so named{within}"
    )


def explain(reading: Reading, candidates: Sequence[Candidate]) -> str:
    """One line on why the first candidate was chosen."""
    said = "" if candidates[0].is_plain else candidates[0].reason
    return "; ".join(filter(None, (how_found(len(candidates), reading.qualifiers), said)))


def suggest(gazetteer: Store, toponym: str, tidy: str, country: str | None) -> Resolution:
    """Candidates spelt like the toponym, none of them chosen."""
    candidates: list[Candidate] = []
    for key, likeness in gazetteer.alike(normalise.key(normalise.strip_possessive(tidy))):
        for f in gazetteer.named(key, 3):
            if f.how not in (relation.STRAY, relation.PART) and (not country or f.place.country == country.upper()):
                penalty = weights.MISSPELT * (1.0 - likeness) + (1.0 - f.place.importance)
                candidates.append(Candidate(f.place, round(1.0 + penalty, 4), f"spelt like {f.place.name}"))
    candidates.sort(key=lambda c: (c.penalty, c.place.id))
    unique = list({c.place.id: c for c in reversed(candidates)}.values())[::-1]
    if not unique:
        return Resolution(toponym, None, (), "no place is so named")
    shown = list(dict.fromkeys(c.place.name for c in unique))[:3]
    reason = f"no place is so named; did you mean {' or '.join(shown)}?"
    return Resolution(toponym, None, tuple(unique[:SHOWN]), reason, suggests=True)
