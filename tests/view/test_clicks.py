"""A click on a marker chooses its place, on the empty map a point; a click that is reported again chooses nothing."""

from __future__ import annotations

import pytest

from view.state.clicks import point_of


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("35.281,139.672", (35.281, 139.672)),
        (" -90 , -180 ", (-90.0, -180.0)),
        ("91,0", None),
        ("0,181", None),
        ("Yokosuka", None),
        ("35.281", None),
        ("1,2,3", None),
        ("nan,inf", None),
        ("٣٥,139", None),
        ("", None),
    ],
)
def test_an_address_may_name_a_point(text: str, point: tuple[float, float] | None) -> None:
    assert point_of(text) == point
