"""The hand-written tables of places and names, held to their own rules and to public-domain figures."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from geo.place import Kind

ROOT = Path(__file__).resolve().parents[2]
GAZETTEER = ROOT / "data" / "gazetteer"
PLACES = sorted((GAZETTEER / "places").glob("*.csv"))
NAMES = sorted((GAZETTEER / "names").glob("*.csv"))
GOLDEN = ROOT / "tests" / "golden" / "places.csv"
REFERENCE = ROOT.parent / "shared" / "reference" / "natural_earth_labels.csv"

COLUMNS = ["id", "name", "kind", "latitude", "longitude", "south", "west", "north", "east"]
COLUMNS += ["country", "admin1", "importance", "aliases"]
SIDES = ("south", "west", "north", "east")

# Where the reference labels another feature of the name, or only one corner of this one.
ELSEWHERE = {
    "dateline:area/amazon-river": "the reference holds the mouth only",
    "dateline:area/columbia-river": "the reference holds the mouth only",
    "dateline:area/yangtze-river": "the reference holds the mouth only",
    "dateline:area/cape-ann": "the reference has the one in Antarctica",
    "dateline:sea/scotia-sea": "the reference holds a strip at the South Shetland Islands",
    "dateline:sea/luzon-strait": "the reference box is 4 km wide",
    "dateline:sea/korea-strait": "the reference box is 6 km wide and north of Tsushima",
    "dateline:island/rodrigues-island": "the reference has it 3 degrees too far east",
    "dateline:island/rockall": "the reference has it a degree too far east",
}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def all_places() -> list[dict[str, str]]:
    return [row for file in PLACES for row in rows(file)]


def point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def box(row: dict[str, str]) -> tuple[float, float, float, float] | None:
    if not any(row[side] for side in SIDES):
        return None
    south, west, north, east = (float(row[side]) for side in SIDES)
    return south, west, north, east


def inside(lat: float, lon: float, area: tuple[float, float, float, float], margin: float = 0.0) -> bool:
    south, west, north, east = area
    if not south - margin <= lat <= north + margin:
        return False
    if west <= east:
        return west - margin <= lon <= east + margin
    return lon >= west - margin or lon <= east + margin


def plain(name: str) -> str:
    """The name without accents, case, articles and short forms, as the reference and the tables differ in them."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().strip()
    text = re.sub(r"\bi\.?$", "island", text)
    text = re.sub(r"\bis\.$", "islands", text)
    text = re.sub(r"^(the|st\.) ", lambda m: "saint " if m[1] == "st." else "", text)
    return " ".join(re.findall(r"[a-z0-9]+", text))


def test_every_table_is_there() -> None:
    assert {file.stem for file in PLACES} >= {
        "countries",
        "admin1",
        "seas",
        "nature",
        "areas",
        "bases",
        "landmarks",
    }
    assert {file.stem for file in NAMES} == {"demonyms", "abbreviations", "old_names", "parts", "codes"}


@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.stem)
def test_place_tables_have_one_form(file: Path) -> None:
    raw = file.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    table = rows(file)
    assert list(table[0]) == COLUMNS
    ids = [row["id"] for row in table]
    assert ids == sorted(ids)


def test_no_two_places_share_an_id() -> None:
    counted = Counter(row["id"] for row in all_places())
    assert [id_ for id_, n in counted.items() if n > 1] == []


def test_every_id_says_where_it_comes_from() -> None:
    form = re.compile(r"geonames:\d+|dateline:[a-z0-9]+/[a-z0-9]+(-[a-z0-9]+)*")
    assert [row["id"] for row in all_places() if not form.fullmatch(row["id"])] == []


def test_every_kind_is_known() -> None:
    assert {row["kind"] for row in all_places()} <= set(get_args(Kind))


def test_every_point_is_on_earth_and_every_importance_between_0_and_1() -> None:
    for row in all_places():
        lat, lon = point(row)
        assert -90 <= lat <= 90, row["id"]
        assert -180 <= lon <= 180, row["id"]
        assert 0 < float(row["importance"]) <= 1, row["id"]


def test_every_point_lies_inside_its_own_box() -> None:
    for row in all_places():
        area = box(row)
        assert area is None or (area[0] < area[2] and inside(*point(row), area)), row["id"]


def test_every_country_is_in_the_table_of_countries() -> None:
    known = {row["country"] for row in rows(GAZETTEER / "places" / "countries.csv")}
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in known)
    assert {row["country"] for row in all_places()} - {""} <= known
    for file in NAMES:
        assert {row["country"] for row in rows(file)} - {""} <= known, file.name


def test_a_base_or_landmark_lies_in_the_box_of_its_country() -> None:
    """A wrong sign or swapped figures put a place in another country; sites at sea and far territories are left out."""
    boxes = {
        row["country"]: box(row) for row in rows(GAZETTEER / "places" / "countries.csv") if row["kind"] == "country"
    }
    far = {"US": {"Alaska", "Hawaii"}, "PT": {"Azores", "Madeira"}, "ES": {"Canary Islands"}}
    for table in ("bases", "landmarks", "admin1"):
        for row in rows(GAZETTEER / "places" / f"{table}.csv"):
            area = boxes.get(row["country"])
            if area is None or {row["admin1"], row["name"]} & far.get(row["country"], set()):
                continue
            assert inside(*point(row), area, 1.5), row["id"]


def test_no_place_is_called_the_same_twice() -> None:
    for row in all_places():
        names = [row["name"], *filter(None, row["aliases"].split(";"))]
        assert all(name == name.strip() and name for name in names), row["id"]
        assert len({name.casefold() for name in names}) == len(names), row["id"]


@pytest.mark.parametrize("file", NAMES, ids=lambda file: file.stem)
def test_name_tables_have_one_form(file: Path) -> None:
    raw = file.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    names = [row["name"] for row in rows(file)]
    assert names == sorted(names)
    assert len({tuple(row.values()) for row in rows(file)}) == len(names)


def test_a_demonym_stands_for_one_country_or_one_place() -> None:
    known = {row["id"] for row in all_places()}
    for row in rows(GAZETTEER / "names" / "demonyms.csv"):
        assert bool(row["country"]) != bool(row["place"]), row["name"]
        assert not row["place"].startswith("dateline:") or row["place"] in known, row["name"]


def test_every_country_with_people_has_a_demonym() -> None:
    served = {row["country"] for row in rows(GAZETTEER / "names" / "demonyms.csv")}
    few_or_none = set("AI AQ AS AX BL BQ BV CC CG CK CX DM GF GG GS HM IO JE MF MP MS NF PM PN RE SH SJ SX".split())
    few_or_none |= set("TC TF TK UM VA VG WF".split())
    known = {row["country"] for row in rows(GAZETTEER / "places" / "countries.csv")}
    assert known - served - few_or_none == set()


def test_the_golden_table_is_whole() -> None:
    table = rows(GOLDEN)
    assert list(table[0]) == ["name", "latitude", "longitude", "kind", "tolerance_km", "country"]
    placed = [row for row in table if row["latitude"]]
    assert len(placed) >= 400
    assert len(table) - len(placed) >= 60
    assert len({row["name"] for row in table}) == len(table)
    for row in placed:
        assert row["kind"] in get_args(Kind), row["name"]
        assert float(row["tolerance_km"]) > 0, row["name"]
        assert -90 <= float(row["latitude"]) <= 90, row["name"]
        assert -180 <= float(row["longitude"]) <= 180, row["name"]
    for row in table:
        if not row["latitude"]:
            assert not any((row["longitude"], row["kind"], row["tolerance_km"], row["country"])), row["name"]


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference figures are not beside this checkout")
def test_points_lie_where_the_reference_has_them() -> None:
    """Inside the reference box; within 0.6 degrees of it where the box is only a point, as for islands and capes."""
    reference: dict[str, list[dict[str, str]]] = {}
    for row in rows(REFERENCE):
        reference.setdefault(plain(row["name"]), []).append(row)
    checked = 0
    for row in all_places():
        if row["kind"] not in {"sea", "island", "admin1", "area"} or row["id"] in ELSEWHERE:
            continue
        for name in {plain(n) for n in (row["name"], *row["aliases"].split(";"))}:
            for twin in reference.get(name, []):
                division = twin["kind"] == "admin1"
                if division != (row["kind"] == "admin1") or (division and twin["iso_3166_2"][:2] != row["country"]):
                    continue
                area = box(twin)
                assert area is not None
                flat = area[0] == area[2] or twin["kind"] in {"island", "cape"}
                assert inside(*point(row), area, 0.6 if flat else 0.011), (row["id"], name)
                checked += 1
    assert checked > 250
