"""The column `trip` of reports.csv: which trip a report belongs to, where a person says so.

A cell holds a name for all who are there ("Asia tour"), or one for each of them: "Ann: Asia tour; Ben: 2".
"""

from __future__ import annotations

from collections.abc import Collection


def trip_of(cell: str, who: Collection[str], traveller: str) -> str:
    """The trip that a cell puts one of those who are there in; "" where it says none."""
    own, for_all = _parts(cell, who)
    return own.get(traveller, for_all)


def with_trip(cell: str, who: Collection[str], traveller: str, trip: str) -> str:
    """The cell with another trip for one of those who are there, the others' untouched."""
    if set(who) == {traveller}:
        return trip
    own, for_all = _parts(cell, who)
    own[traveller] = trip
    return "; ".join([*filter(None, [for_all]), *(f"{name}: {said}" for name, said in own.items() if said)])


def _parts(cell: str, who: Collection[str]) -> tuple[dict[str, str], str]:
    """The trip of each who has one alone, and that of all others."""
    own, for_all = {}, ""
    for part in filter(None, map(str.strip, cell.split(";"))):
        name = max((name for name in who if part.startswith(f"{name}:")), key=len, default="")
        if name:
            own[name] = part[len(name) + 1 :].strip()
        else:
            for_all = part
    return own, for_all
