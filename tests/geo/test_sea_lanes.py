"""Ways by water: round the land, through the canals, and on across the Pacific."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geo.spatial.great_circles import Point, distance_km
from geo.spatial.sea_lanes import FROM_OPEN_SEA_KM, length_km, sea_lane

COLOMBO, SUEZ, YOKOSUKA, SAN_DIEGO = (6.94, 79.84), (29.97, 32.55), (35.28, 139.67), (32.70, -117.16)
NORFOLK, MOSCOW, FAR_OUT, VALPARAISO = (36.85, -76.29), (55.75, 37.62), (-42.0, -110.0), (-33.03, -71.63)


def way(a: Point, b: Point, *reach: float) -> tuple[Point, ...]:
    found = sea_lane(a, b, *reach)
    assert found is not None
    assert (found[0], found[-1][0]) == (a, b[0])
    assert (found[-1][1] - b[1]) % 360 == pytest.approx(0)
    return found


def test_a_ship_from_colombo_to_suez_goes_round_arabia() -> None:
    found = way(COLOMBO, SUEZ)
    # Through Bab el-Mandeb; nowhere inland, which the great circle crosses for 2,000 km.
    assert any(distance_km(point, (12.6, 43.4)) < 100 for point in found)
    assert not any(16 < latitude < 28 and 44 < longitude < 55 for latitude, longitude in found)
    assert 6_000 < length_km(found) < 7_000


def test_a_ship_between_the_coasts_of_america_goes_through_panama() -> None:
    found = way(NORFOLK, SAN_DIEGO)
    assert any(distance_km(point, (9.1, -79.7)) < 80 for point in found)


@pytest.mark.parametrize(("a", "b", "end"), [(YOKOSUKA, SAN_DIEGO, 242.84), (SAN_DIEGO, YOKOSUKA, -220.33)])
def test_longitudes_go_on_across_the_pacific(a: Point, b: Point, end: float) -> None:
    found = way(a, b)
    assert found[-1][1] == pytest.approx(end)
    assert max(abs(one[1] - other[1]) for one, other in pairwise(found)) < 60


def test_a_town_far_from_every_lane_has_no_way_by_water() -> None:
    assert sea_lane(MOSCOW, NORFOLK) is None
    assert sea_lane(NORFOLK, MOSCOW) is None


def test_a_point_in_open_sea_is_reached_from_afar_without_going_back() -> None:
    assert sea_lane(FAR_OUT, VALPARAISO) is None
    found = way(FAR_OUT, VALPARAISO, FROM_OPEN_SEA_KM)
    assert length_km(found) < 1.3 * distance_km(FAR_OUT, VALPARAISO)


def test_two_berths_of_one_port_are_joined_directly() -> None:
    assert sea_lane(YOKOSUKA, (35.29, 139.66)) == (YOKOSUKA, (35.29, 139.66))
