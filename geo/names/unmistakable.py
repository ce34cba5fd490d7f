"""Names that say where they are by themselves, though the country in the name does not contain them."""

from __future__ import annotations

from dataclasses import replace

from geo import weights
from geo.names.forms import in_brackets, other_forms
from geo.names.lists import meet
from geo.names.lookup import Lookup
from geo.place import Place, Resolution


def of_its_own(head: str, outer: tuple[str, ...], lookup: Lookup) -> Resolution | None:
    """A land or a great city that no one mistakes, or what several countries share, where its name says another.

    Tables of former times and those that keep to today's sovereigns put Bermuda in the United Kingdom and Dakar in
    France; the Dead Sea and the Hindu Kush are in no one country.
    """
    country = lookup(outer[0]) if len(outer) == 1 else None
    if country is None or country.place is None or country.place.kind not in ("country", "area"):
        return None
    for form in (head, *other_forms(head)):
        found = lookup(form)
        if found is None or found.place is None:
            continue
        read = found if form == head else replace(found, reason=f"read as {form}; {found.reason}")
        if _is_unmistakable(found):
            return read
        if _is_shared(found.place, country.place):
            place = replace(found.place, country=country.place.country)
            return replace(
                read, place=place, reason=f"{read.reason}; of those who share it, the one that it says: {outer[0]}"
            )
    return None


def _is_unmistakable(found: Resolution) -> bool:
    place = found.place
    if place is None or not place.country:
        return False
    if place.kind in ("country", "island"):
        return place.importance >= weights.LAND
    rivals = [one.penalty for one in found.candidates if one.place.country != place.country]
    best = found.candidates[0].penalty if found.candidates else 0.0
    return (
        place.kind == "city"
        and place.importance >= weights.GREAT_CITY
        and min(rivals, default=9.0) - best >= weights.GREAT_CITY_AHEAD
    )


def is_guessed(name: str, place: Place, lookup: Lookup) -> bool:
    """Whether only the fame of a city puts it where its name does not, as "Kingston (Jamaica), United Kingdom" does."""
    if place.kind != "city" or lookup(name):
        return False
    own, *between = name.split(", ")[:-1]
    larger = [lookup(part) for part in (*in_brackets(own)[1], *between)]
    return not any(one and one.place and one.place.country == place.country for one in larger)


def _is_shared(place: Place, country: Place) -> bool:
    if place.country or place.kind not in ("sea", "area", "island") or place.importance >= weights.CONTINENT:
        return False
    return meet(country, place)
