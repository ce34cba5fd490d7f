"""Whether the parts of a cell stand beside one another, as in a list of towns, or each lies in the next."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from itertools import pairwise

from geo import weights
from geo.names.containment import contains_place, is_sea
from geo.names.forms import is_namesake, within
from geo.names.lookup import Lookup
from geo.place import Kind, Place, Resolution
from geo.spatial.great_circles import distance_km


class Rank(IntEnum):
    """How large what a name means is: the parts of a list are of one rank, and a place goes before what contains it."""

    PLACE = 1
    COUNTY = 2
    DIVISION = 3
    COUNTRY = 4
    OTHER = 9
    """What is neither in nor around another by its kind: a sea, an area."""


_RANKS: dict[Kind, Rank] = {
    "city": Rank.PLACE,
    "site": Rank.PLACE,
    "admin2": Rank.COUNTY,
    "island": Rank.COUNTY,
    "admin1": Rank.DIVISION,
    "country": Rank.COUNTRY,
}


def rank(name: str, outer: tuple[str, ...], lookup: Lookup) -> Rank:
    """The rank of what a name means; a name that is not known is taken for a place."""
    found = lookup(within(name, outer)) or lookup(name)
    return _RANKS.get(found.place.kind, Rank.OTHER) if found and found.place else Rank.PLACE


def cut(split: list[str], outer: tuple[str, ...], lookup: Lookup) -> list[tuple[str, ...]]:
    """The parts of a cell put together as stops, each with the parts that it lies in."""
    stops: list[tuple[str, ...]] = []
    for part in split:
        if stops and lies_in(stops[-1][0], part, outer, lookup):
            stops[-1] = (*stops[-1], part)
        else:
            stops.append((part,))
    return stops


def is_list(head: str, lookup: Lookup) -> bool:
    """Whether a name with commas only looks like one place: "Mainz, Wiesbaden" are neighbours, each a city."""
    split = [part.strip() for part in head.split(",") if part.strip()]
    for one, other in pairwise(split):
        last = lookup(other)
        if last and last.place and last.place.kind == "city" and lookup(one) and not lies_in(one, other, (), lookup):
            return True
    return False


def lies_in(head: str, part: str, outer: tuple[str, ...], lookup: Lookup) -> bool:
    """Whether a name is qualified by the next one: a division that contains it, or the city that it is a part of."""
    if is_namesake(head, part):
        return True
    found, larger = lookup(f"{head}, {part}"), lookup(part)
    if found is None or found.place is None:
        return on_island(head, part, outer, lookup) is not None
    if larger is None or larger.place is None or larger.place.kind != "city":
        return not (larger and larger.place and is_sea(larger.place))
    return holds(larger, found.place)


def on_island(head: str, part: str, outer: tuple[str, ...], lookup: Lookup) -> Resolution | None:
    """The town of that name that is on an island, which the tables know of divisions only."""
    inner, larger = lookup(within(head, outer)), lookup(within(part, outer))
    island = larger.place if larger else None
    if inner is None or island is None or island.kind != "island":
        return None
    for one in inner.candidates:
        near = contains_place(island, one.place) if island.box else _km(island, one.place) <= weights.ON_ISLAND_KM
        if near and one.place.kind in ("city", "site"):
            return replace(inner, place=one.place, reason=f"the one on {island.name}; {one.reason}")
    return None


def holds(outer: Resolution, inner: Place) -> bool:
    """Whether some sense of a name contains a place. A city holds its quarters, not the cities beside it."""
    senses = [outer.place] if outer.place else []
    senses += [one.place for one in outer.candidates]
    if outer.place and outer.place.kind == "city":  # a county called after it holds the cities beside it too
        senses = [sense for sense in senses if sense.kind != "admin2"]
    return any(contains_place(sense, inner) for sense in senses if sense.id != inner.id)


def meet(one: Place, other: Place) -> bool:
    """Whether the boxes of two places overlap; a place without one is its point."""
    if one.box is None:
        return other.box is not None and contains_place(other, one)
    if other.box is None:
        return one.box.contains(other.latitude, other.longitude)
    (south, west, north, east), (low, left, high, right) = one.box, other.box
    if high < south or low > north:
        return False
    return (left - west) % 360 <= (east - west) % 360 or (west - left) % 360 <= (right - left) % 360


def is_open_sea(place: Place) -> bool:
    """Whether a place is a sea of no one country: Subic Bay is as good a stop as Manila."""
    return is_sea(place) and not place.country


def in_a_list(stops: list[tuple[str, ...]], outer: tuple[str, ...], places: list[Place], lookup: Lookup) -> bool:
    """Whether places would be named in one cell: in what contains them all, in one country, near or well known.

    "Springfield, Japan" is a town that is not known rather than a town and a country, as is "Hurst, Kent", but Rome and
    the Vatican are two in a table that says Italy. Nothing is split off a sea.
    """
    if len({is_open_sea(place) for place in places}) > 1:
        return False
    countries = {place.country for place in places}
    last = places[-1]
    if last.kind == "country" and len(countries) > 1 and any(place.kind != "country" for place in places):
        said = lookup(outer[-1]) if outer else None
        home = said.place.country if said and said.place else ""
        return bool(home) and all(place.country == home for place in places[:-1])
    if outer:
        return True
    if len(countries) == 1:
        towns = [place for place in places if place.kind == "city"]
        divided = places[-1].kind in ("admin1", "admin2") and len(towns) == len(places) - 1
        return not divided or all(place.importance >= weights.WELL_KNOWN for place in towns)
    if any(len(stop) > 1 for stop in stops):
        return False
    return all(place.importance >= weights.WELL_KNOWN or _km(place, places[0]) <= weights.BESIDE_KM for place in places)


def _km(one: Place, other: Place) -> float:
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
