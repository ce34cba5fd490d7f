"""Every name of the golden table stands where public facts put it, or is no place where it must be none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.spatial.great_circles import distance_km

TABLE = Path(__file__).resolve().parent.parent / "golden" / "places.csv"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_as_large_as_promised() -> None:
    assert sum(1 for row in rows() if row["latitude"]) >= 400
    assert sum(1 for row in rows() if not row["latitude"]) >= 60


@pytest.mark.parametrize("row", [row for row in rows() if row["latitude"]], ids=lambda row: row["name"])
def test_a_name_stands_where_it_is(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    found = gazetteer.resolve(row["name"])
    assert found.place is not None, found.reason
    off = distance_km((found.place.latitude, found.place.longitude), (float(row["latitude"]), float(row["longitude"])))
    assert off <= float(row["tolerance_km"]), (round(off), found.place, found.reason)
    assert found.place.kind == row["kind"], (found.place, found.reason)
    if row["country"]:  # blank where states dispute it or no one state has it
        assert found.place.country == row["country"], (found.place, found.reason)


@pytest.mark.parametrize("row", [row for row in rows() if not row["latitude"]], ids=lambda row: row["name"])
def test_what_is_no_place_is_not_placed(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    found = gazetteer.resolve(row["name"])
    assert found.place is None, (found.place, found.reason)
    assert found.reason
