"""Whose country a point is in: many points at once."""

from __future__ import annotations

import random

import pytest

from geo.gazetteer import Gazetteer
from geo.spatial.cells import near_km
from geo.spatial.nearest import nearest_cities


def test_many_points_at_once_get_the_city_that_each_alone_would(gazetteer: Gazetteer) -> None:
    chance = random.Random(7)
    points = [(chance.uniform(36, 52), chance.uniform(-5, 25)) for _ in range(150)]
    for point, city in zip(points, nearest_cities(gazetteer, points), strict=True):
        alone = gazetteer.nearest(*point)
        if city is None or alone is None or alone.kind != "city":
            continue
        # Flat distances choose here: a city no farther by a hundredth will do.
        there, other = (near_km(*point, one.latitude, one.longitude) for one in (city, alone))
        assert there <= other * 1.01 + 0.1, point


@pytest.mark.parametrize("point", [(0.0, -140.0), (-80.0, 0.0), (90.0, 0.0), (-90.0, 180.0), (45.0, -40.0)])
def test_at_sea_and_at_the_poles_there_is_none(gazetteer: Gazetteer, point: tuple[float, float]) -> None:
    assert nearest_cities(gazetteer, [point]) == [None]


@pytest.mark.parametrize("longitude", [179.99, 180.0, -179.99])
def test_a_city_on_the_other_side_of_the_180th_meridian_is_found(gazetteer: Gazetteer, longitude: float) -> None:
    (city,) = nearest_cities(gazetteer, [(-16.8, longitude)])
    assert city is not None
    assert city.country == "FJ"


def test_beside_a_border_the_nearest_city_of_one_country_can_be_asked_for(gazetteer: Gazetteer) -> None:
    goma = (-1.6795, 29.24)
    found = [nearest_cities(gazetteer, [goma], country)[0] for country in ("RW", "CD", "JP")]
    assert [city.country if city else "" for city in found] == ["RW", "CD", ""]


def test_no_points_are_no_cities(gazetteer: Gazetteer) -> None:
    assert nearest_cities(gazetteer, []) == []
