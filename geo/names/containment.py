"""What contains what: the places that a qualifier may mean, and whether another place lies in one of them."""

from __future__ import annotations

from collections.abc import Sequence

from geo import normalise, relation, weights
from geo.names.common_words import is_plain_word
from geo.names.readings import readings
from geo.place import Kind, Place
from geo.spatial.cells import near_km
from geo.store import Found, Store


def containers(gazetteer: Store, qualifier: str) -> list[Found]:
    """The countries, divisions, areas and cities that a qualifier may mean. Kept, as a text asks for few many times."""
    kept = gazetteer.kept_containers
    if qualifier not in kept:
        if len(kept) > 5000:
            kept.clear()
        kept[qualifier] = _containers(gazetteer, qualifier)
    return kept[qualifier]


def _containers(gazetteer: Store, qualifier: str) -> list[Found]:
    kinds: frozenset[Kind] = frozenset({"country", "admin1", "admin2", "area", "island", "city"})
    for reading in readings(normalise.tidy(qualifier)):
        if reading.qualifiers:
            continue
        rows = [f for f in gazetteer.named(reading.key, 100) if f.place.kind in kinds]
        if not reading.abbreviated:
            rows = [f for f in rows if not is_word_in_capitals(reading.key, f.place)]
        if reading.kinds is not None:
            rows = [f for f in rows if f.place.kind in reading.kinds]
        if rows:
            return [*rows, *_called_after_islands(gazetteer, rows)]
    return []


def _called_after_islands(gazetteer: Store, rows: Sequence[Found]) -> list[Found]:
    """The divisions called after an island in them: Labrador is in Newfoundland, as the province is called too."""
    found = []
    for row in rows:
        if row.place.kind == "island" and row.admin1 and row.place.admin1.startswith(f"{row.place.name} "):
            division = gazetteer.numbered(row.admin1)
            if division is not None:
                found.append(Found(division, relation.ALIAS, row.admin1, row.admin1, 0))
    return found


def inside_of(outer: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The places inside what a qualifier may mean: in a state under its own name rather than in its other parts."""
    own = [f for f in found if any(contains(o, f) for o in outer if o.how != relation.PART)]
    return own or [f for f in found if any(contains(o, f) for o in outer if o.how == relation.PART)]


def is_word_in_capitals(key: str, place: Place) -> bool:
    """Whether two letters, as OK or IN, are a word too: then capitals alone make them no place but a country."""
    return len(key) == 2 and place.kind != "country" and is_plain_word(key)


def contains(outer: Found, inner: Found) -> bool:
    """Whether one place lies in the other, by the tables where they know its divisions."""
    if outer.number == inner.number:
        return outer.how == relation.PART
    if outer.place.kind == "admin1":
        return inner.admin1 == outer.number
    if outer.place.kind == "admin2":
        return inner.admin2 == outer.number
    if outer.place.kind == "city" and (outer.how > relation.ALIAS or outer.place.importance < weights.CITY_AROUND_FROM):
        return False
    return contains_place(outer.place, inner.place)


def contains_place(outer: Place, inner: Place) -> bool:
    """Whether one place lies in the other, by what they say of themselves: countries, divisions, boxes, distance.

    A city has its quarters and what stands in it, not the towns beside it; a sea has what lies on its coast.
    """
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind == "admin1":
        return outer.country == inner.country and bool(outer.admin1) and outer.admin1 == inner.admin1
    if outer.kind == "city":
        return _is_quarter(outer, inner)
    if outer.box is None:
        return outer.kind in ("admin2", "area") and bool(outer.country) and outer.admin1 == inner.admin1 != ""
    margin = weights.BY_THE_SEA_DEGREES if is_sea(outer) else 0.0
    return outer.box.contains(inner.latitude, inner.longitude, margin)


def _is_quarter(city: Place, inner: Place) -> bool:
    """Whether a place is in or of a city: "Brooklyn, New York"."""
    if inner.kind not in ("city", "site") or city.country != inner.country or city.admin1 != inner.admin1:
        return False
    if near_km(city.latitude, city.longitude, inner.latitude, inner.longitude) > weights.QUARTER_KM:
        return False
    return inner.kind == "site" or inner.importance <= city.importance - weights.QUARTER_LESS


def is_sea(place: Place) -> bool:
    return place.kind == "sea"
