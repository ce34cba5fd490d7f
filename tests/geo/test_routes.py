"""Distances, great circles and longitudes that go on across the Pacific."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.spatial.great_circles import distance_km, great_circle, unwrap_longitudes

TOKYO, FALLON, LONDON, SYDNEY = (35.69, 139.69), (39.42, -118.70), (51.51, -0.13), (-33.87, 151.21)
points = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


def test_tokyo_is_8400_km_from_fallon() -> None:
    assert distance_km(TOKYO, FALLON) == pytest.approx(8436, abs=1)
    assert distance_km(TOKYO, TOKYO) == 0


def test_tokyo_to_nevada_goes_east_across_the_pacific() -> None:
    line = great_circle(TOKYO, FALLON)
    longitudes = [lon for _, lon in line]
    assert line[0] == TOKYO
    assert line[-1] == pytest.approx((39.42, -118.70 + 360))
    assert longitudes == sorted(longitudes)


def test_nevada_to_tokyo_goes_west() -> None:
    assert great_circle(FALLON, TOKYO)[-1][1] == pytest.approx(139.69 - 360)


def test_a_line_to_the_same_place_stays_there() -> None:
    assert set(great_circle(TOKYO, TOKYO, points=4)) == {TOKYO}


def test_opposite_points_are_joined_over_the_pole() -> None:
    line = great_circle((10.0, 20.0), (-10.0, -160.0))
    assert line[0] == (10.0, 20.0)
    assert line[-1][0] == -10.0
    assert max(lat for lat, _ in line) == pytest.approx(90, abs=4)


@given(points, points)
def test_no_step_of_a_line_is_longer_than_its_share(a: tuple[float, float], b: tuple[float, float]) -> None:
    line = great_circle(a, b, points=17)
    assert len(line) >= 2
    if distance_km(a, b) > 19_900:
        return  # two lines over the pole
    steps = [distance_km(p, ((q[0]), (q[1] + 180) % 360 - 180)) for p, q in pairwise(line)]
    assert max(steps) <= distance_km(a, b) / 16 * 1.01 + 0.01
    assert (line[-1][1] - b[1]) % 360 == pytest.approx(0, abs=1e-6) or (line[-1][1] - b[1]) % 360 == pytest.approx(360)


def test_a_story_around_the_pacific_comes_out_in_one_piece() -> None:
    assert unwrap_longitudes([139.69, -118.70]) == pytest.approx([-220.31, -118.70]) or unwrap_longitudes(
        [139.69, -118.70]
    ) == pytest.approx([139.69, 241.30])
    west, east = unwrap_longitudes([139.69, -118.70])
    assert east - west == pytest.approx(101.61)


def test_london_and_sydney_stay_where_they_are() -> None:
    assert unwrap_longitudes([-0.13, 151.21, 77.2]) == pytest.approx([-0.13, 151.21, 77.2])
    assert unwrap_longitudes([]) == []
    assert unwrap_longitudes([-118.7]) == pytest.approx([-118.7])


@given(st.lists(st.floats(-540, 540), min_size=1, max_size=12))
def test_longitudes_only_shift_by_full_turns_and_leave_the_widest_gap_out(longitudes: list[float]) -> None:
    out = unwrap_longitudes(longitudes)
    around = sorted(x % 360 for x in longitudes)
    gaps = [b - a for a, b in pairwise(around)] + [around[0] + 360 - around[-1]]
    assert max(out) - min(out) == pytest.approx(360 - max(gaps), abs=1e-6)
    for before, after in zip(longitudes, out, strict=True):
        turns = (after - before) / 360
        assert turns == pytest.approx(round(turns), abs=1e-6)
