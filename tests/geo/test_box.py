"""What a bounding box contains."""

from __future__ import annotations

from geo.place import Box


def test_a_box_over_the_180th_meridian_contains_both_its_sides() -> None:
    fiji = Box(-20.0, 177.0, -16.0, -178.0)
    assert fiji.contains(-18.0, 179.0)
    assert fiji.contains(-18.0, -179.0)
    assert not fiji.contains(-18.0, 0.0)
    assert fiji.contains(-18.0, 176.5, margin=1.0)
    assert not fiji.contains(-22.0, 179.0, margin=1.0)


def test_a_box_around_the_world_contains_every_longitude() -> None:
    assert Box(-90.0, -180.0, 90.0, 180.0).contains(10.0, 45.0)
