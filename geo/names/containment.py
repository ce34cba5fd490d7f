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
    """Whether the tables say that one place lies in the other."""
    a, b = outer.place, inner.place
    if outer.number == inner.number:
        return outer.how == relation.PART
    if a.kind == "country":
        return a.country == b.country
    if a.kind == "admin1":
        return inner.admin1 == outer.number
    if a.kind == "admin2":
        return inner.admin2 == outer.number
    if a.kind == "city":  # "Brooklyn, New York"
        return (
            outer.how <= relation.ALIAS
            and a.importance >= weights.CITY_AROUND_FROM
            and b.kind in {"city", "site"}
            and a.importance > b.importance
            and near_km(a.latitude, a.longitude, b.latitude, b.longitude) < weights.CITY_AROUND_KM
        )
    return a.box is not None and a.box.contains(b.latitude, b.longitude)
