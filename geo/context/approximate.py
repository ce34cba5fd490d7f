"""What no table knows, at the town that the text says it is in: "Lincoln High School", "the hamlet of Nether Foo".

Only where words say what it is, so that it must be in a town or beside one, and only where the text says in which. The
resolution is marked approximate, and its reason says what stands for what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo import normalise, weights
from geo.context import cues
from geo.context.cues import Occurrence
from geo.place import Place, Resolution
from geo.spatial.cells import near_km

_STREETS = (
    "street st avenue ave road rd boulevard blvd lane drive parkway pkwy terrace court square plaza alley turnpike"
)
_BUILDINGS = (
    "school elementary academy college campus university seminary kindergarten hospital hospice infirmary clinic"
    " medical-center medical-centre health-center health-centre church cathedral chapel temple mosque synagogue shrine"
    " monastery convent cemetery library museum theater theatre cinema gallery courthouse jail prison station barracks"
    " hotel motel inn restaurant cafe pub tavern bar diner bakery store shop mall supermarket market bazaar center"
    " centre hall arena stadium gymnasium gym pool rink ballpark field fairgrounds racetrack track playground factory"
    " plant mill farm ranch warehouse tower building apartments bank depot bridge tunnel pier dock marina"
)
_OUTSIDE = "park garden gardens zoo trail beach pond creek hill wood woods forest-preserve golf-course golf-club"
_QUARTERS = "neighborhood neighbourhood subdivision slum estate quarter ward refugee-camp camp trailer-park"
_SETTLEMENTS = "suburb hamlet village settlement township community"
_TOWN_WORDS = "town townland barrio farm"


def _one_of(*words: str) -> str:
    """A pattern for any of the words, the longest first, "-" for the space within one."""
    every = sorted((word.replace("-", " ") for some in words for word in some.split()), key=len, reverse=True)
    return f"(?:{'|'.join(every)})"


_THING = _one_of(_STREETS, _BUILDINGS, _OUTSIDE, _QUARTERS, _SETTLEMENTS)
_NAMED_AFTER_IT = re.compile(rf"\S\s+{_THING}\.?(?:\s+(?:no\.?|number)?\s*\d+)?$", re.IGNORECASE)
_NAMED_BEFORE_IT = re.compile(rf"{_THING}\s+(?:of|for|no\.?|number)\s+\S|\d+\s+\S+\s+{_THING}\b", re.IGNORECASE)
_QUARTER = re.compile(rf"\s+{_one_of(_QUARTERS)}s?\b")
_SAID_BEHIND = re.compile(
    rf"(?:\s+|(?:,|\s+is|\s+was)\s+an?\s+(?:[\w-]+\s+){{0,4}}?){_one_of(_QUARTERS, _SETTLEMENTS)}s?\b"
    rf"|,\s+an?\s+(?:[\w-]+\s+){{0,4}}?{_one_of(_TOWN_WORDS)}\b"
)
""" "Oak Ridge subdivision", "Mabvuku, a suburb", "Lujhu is a rural township"."""
_SAID_BEFORE = re.compile(
    rf"\b(?i:{_one_of(_QUARTERS, _SETTLEMENTS, _TOWN_WORDS)}s?)(?:\s+of|:)\s+"
    r"(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3},?\s+(?:and\s+)?){0,6}$"
)
""" "the hamlet of Foo", "four villages: Foo, Bar and Baz"."""
_PUT_IN = re.compile(
    r"(?:\s+(?:district|area|section|quarter|side|neighbou?rhood|suburb|slum|camp|refugee camp)s?)?"
    r"(?:,\s*|\s*\(|,?\s+(?:(?:located|situated)\s+)?(?:in|at|of|near|outside)\s+(?:the\s+)?)"
)
_AND_MORE = re.compile(r"(?:,\s+[A-Z][\w'’ -]*)?,?\s+(?:and|or|&)\s")
_LED = re.compile(r"\b(?:in|at|near|from|around|outside)\s+(?:the\s+)?$", re.IGNORECASE)
_DATELINE = re.compile(r"(?:,[^.\n]{1,20}\.?)?\s*(?:\([^)\n]{1,20}\)\s*)?(?:--?|–|—)\s")
_AROUND = frozenset({"city", "admin2"})


@dataclass(frozen=True, slots=True)
class _Town:
    """A mention of a placed town in the text."""

    spot: Occurrence
    place: Place


def at_its_town(toponyms: Sequence[str], found: Sequence[Resolution], text: str) -> list[Resolution]:
    """The resolutions, where those that found no place stand at the town that the text says they are in.

    What one mention of a name says holds for its others.
    """
    if not text or (all(one.place for one in found) and not _QUARTER.search(text)):
        return list(found)
    spots = cues.locate(text, list(toponyms))
    things = [_says_what_it_is(toponym, text, spot) for toponym, spot in zip(toponyms, spots, strict=True)]
    towns = [
        _Town(spot, one.place)
        for spot, one in zip(spots, found, strict=True)
        if spot.start >= 0 and one.place and one.place.kind in _AROUND and not one.unknown
        if not _QUARTER.match(text, spot.end)
    ]
    if not towns:
        return list(found)
    shown: dict[str, Resolution] = {}
    for toponym, one, spot, thing in zip(toponyms, found, spots, things, strict=True):
        if _is_open(one, text, spot, towns) and toponym not in shown:
            for town, why in _towns_for(towns, text, spot, thing):
                reason = f"no table knows {toponym}; shown at {town.place.name}, {why}"
                shown[toponym] = replace(one, place=town.place, reason=reason, unknown=toponym)
                break
    return [shown.get(toponym, one) for toponym, one in zip(toponyms, found, strict=True)]


def _is_open(found: Resolution, text: str, spot: Occurrence, towns: Sequence[_Town]) -> bool:
    """Whether a name has no place, or has that of a far town though the text says that it is a quarter of one."""
    place = found.place
    if place is None:
        return True
    if place.kind != "city" or spot.start < 0 or not _QUARTER.match(text, spot.end):
        return False
    return not any(_is_around(place, town.place) for town in towns)


def _says_what_it_is(toponym: str, text: str, spot: Occurrence) -> bool:
    """Whether the name, or the word beside it, says a thing that stands in a town: a street, a school, a hamlet."""
    name = normalise.tidy(toponym)
    if not name[:1].isupper() and not name[:1].isdigit():
        return False
    if _NAMED_AFTER_IT.search(name) or _NAMED_BEFORE_IT.match(name):
        return True
    if spot.start < 0:
        return False
    return bool(_SAID_BEHIND.match(text, spot.end) or _SAID_BEFORE.search(text[max(0, spot.start - 90) : spot.start]))


def _towns_for(towns: Sequence[_Town], text: str, spot: Occurrence, thing: bool) -> Iterator[tuple[_Town, str]]:
    """The towns that a name at this spot may be in, the surest first, each with what says so.

    What a name is must be said (`thing`), or that it is in a town, as in "in Greenlane, Auckland".
    """
    if spot.start >= 0 and (put := _PUT_IN.match(text, spot.end)):
        behind = next((town for town in towns if town.spot.start == put.end()), None)
        if behind and (thing or _is_led(text, spot, put, behind)):
            yield behind, "which the text puts it in"
    if not thing:
        return
    if spot.start >= 0:
        start, end = _sentence(text, spot)
        beside = [town for town in towns if start <= town.spot.start < end]
        if beside:
            yield min(beside, key=lambda town: abs(town.spot.start - spot.start)), "which its sentence names"
    if about := _about(towns, text):
        yield about, "which the text is about"


def _is_led(text: str, spot: Occurrence, put: re.Match[str], town: _Town) -> bool:
    """Whether a name and the town behind it are no list: "in Greenlane, Auckland", not "Foo, Bar and Baz"."""
    if put[0].strip() not in (",", "("):
        return put[0].strip().startswith(("district", "area", "section", "quarter", "side"))
    led = _LED.search(text[max(0, spot.start - 20) : spot.start])
    return bool(led) and not _AND_MORE.match(text, town.spot.end)


def _sentence(text: str, spot: Occurrence) -> tuple[int, int]:
    """Where the sentence around a spot starts and ends."""
    ends = cues.sentence_ends(text)
    start = max((end for end in ends if end <= spot.start), default=0)
    return start, min((end for end in ends if end >= spot.end), default=len(text))


def _about(towns: Sequence[_Town], text: str) -> _Town | None:
    """The town of the dateline; else the one named most, where that is more than half of all or the others are near."""
    towns = [town for town in towns if town.place.kind == "city"]
    if not towns:
        return None
    if towns[0].spot.start == 0 and _DATELINE.match(text, towns[0].spot.end):
        return towns[0]
    counted = Counter(town.place.id for town in towns)
    most, count = counted.most_common(1)[0]
    first = next(town for town in towns if town.place.id == most)
    around = sum(_is_around(first.place, town.place) for town in towns)
    return first if 2 * count > len(towns) or around >= weights.MOSTLY * len(towns) else None


def _is_around(one: Place, other: Place) -> bool:
    return near_km(one.latitude, one.longitude, other.latitude, other.longitude) <= weights.AROUND_TOWN_KM
