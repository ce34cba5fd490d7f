"""A town that a text puts in a division, "Stroud, Ontario", where the tables know it in others only."""

from __future__ import annotations

import re

from geo import weights
from geo.context import cues
from geo.context.cues import Occurrence
from geo.names.containment import containers
from geo.place import Place, Resolution
from geo.store import Store

_BEHIND_A_COMMA = re.compile(r",\s+")
_AND_MORE = re.compile(r"\.?,?\s+(?:and|or|&)\s")
_LESSER = frozenset({"city", "admin2", "site"})


def said_to_be_in(gazetteer: Store, toponym: str, found: Resolution, text: str, spot: Occurrence) -> str:
    """The toponym with the division that the text puts it in, where the place found is not there; else ""."""
    place = found.place
    if place is None or spot.start < 0 or place.kind not in _LESSER or place.importance >= weights.WELL_KNOWN:
        return ""
    if not (comma := _BEHIND_A_COMMA.match(text, spot.end)):
        return ""
    for part in next(cues.qualifiers_after(text, spot.end), ()):
        division = _division(gazetteer, part)
        if division is None:
            continue
        end = comma.end() + len(part)
        is_there = (place.country, place.admin1) == (division.country, division.admin1)
        return "" if is_there or _is_list(gazetteer, text, end, division) else f"{toponym}, {division.name}"
    return ""


def _division(gazetteer: Store, name: str) -> Place | None:
    """The well-known first-level division that a name means before all else."""
    first = next(iter(containers(gazetteer, name)), None)
    if first is None or first.place.kind != "admin1" or first.place.importance < weights.KNOWN_DIVISION_FROM:
        return None
    return first.place


def _is_list(gazetteer: Store, text: str, end: int, division: Place) -> bool:
    """Whether more of the division's rank follow it: "Berlin, Ohio and Indiana", not "Stroud, Ontario, Canada"."""
    if _AND_MORE.match(text, end):
        return True
    behind = next(cues.qualifiers_after(text, end), ()) if _BEHIND_A_COMMA.match(text, end) else ()
    return any(_division(gazetteer, part) for part in behind if part != division.name)
