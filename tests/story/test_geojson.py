"""GeoJSON by its standard (RFC 7946), as other programs read it; and what those change in it counts."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import geojson
import pytest
from shapely.geometry import MultiPolygon, Polygon, shape

from story.export import EXPORTS
from story.model import Story
from story.model.cutting import geometry_of
from story.model.outlines import read_outline
from story.query.selection import events_as_of
from tests.story.made_up import HOSTILE, made_up

Read = Callable[..., Story]
STAR = [
    [
        179.0 + (8 if turn % 2 else 3) * math.cos(turn * math.pi / 8),
        (8 if turn % 2 else 3) * math.sin(turn * math.pi / 8),
    ]
    for turn in range(16)
]


def written(story: Story) -> dict[str, Any]:
    text = EXPORTS["geojson"](story, events_as_of(story, None))
    assert not list(geojson.loads(text).errors())
    return dict(json.loads(text))


def again(read: Read, collection: dict[str, Any]) -> Story:
    return read(json.dumps(collection), name="again.geojson")


def area_of(rings: list[list[list[float]]]) -> Any:
    """The area as another program reads it; each longitude from -180 to 180."""
    inside = [[[(x + 180) % 360 - 180 if abs(x) > 180 else x, y] for x, y in [*ring, ring[0]]] for ring in rings]
    area = read_outline(json.dumps({"type": "Polygon", "coordinates": inside}))
    assert area is not None
    return shape(geometry_of(area))


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("east", [-60.0, -3.0, 0.0, 1.0, 5.0])
def test_an_area_has_its_size_and_keeps_to_the_right_hand_rule(east: float, backwards: bool) -> None:
    hole = [[176.0 + east, -1.0], [177.0 + east, 0.0], [176.0 + east, 1.0]]
    rings = [[[x + east, y] for x, y in STAR], hole]
    found = area_of([ring[::-1] for ring in rings] if backwards else rings)
    parts = list(found.geoms) if isinstance(found, MultiPolygon) else [found]
    assert found.is_valid
    assert found.area == pytest.approx(Polygon(rings[0], [hole]).area, abs=1e-4)
    assert all(part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors) for part in parts)
    assert all(part.bounds[2] - part.bounds[0] < 20 for part in parts)
    assert len(parts) > 1 or east == -60


def test_what_runs_round_a_pole_is_left_as_it_is() -> None:
    found = area_of([[[0.0, -80.0], [90.0, -80.0], [180.0, -80.0], [-90.0, -80.0]]])
    assert len(found.exterior.coords) == 5


def test_every_made_up_story_is_valid() -> None:
    for seed in range(60):
        story = made_up(seed)
        for feature in written(story)["features"]:
            assert feature["geometry"] is None or shape(feature["geometry"]).is_valid


def test_ways_are_cut_and_every_property_is_there(read: Read) -> None:
    story = read(
        "event,title,place,when,status,who,Killed,Sea\n"
        "a,A,Tokyo,2025-10-20,happened,Ann Roe,12,no\nb,B,Fallon,2025-10-22,expected,Ann Roe,7,yes\n"
    )
    *events, leg = written(story)["features"]
    assert shape(leg["geometry"]).is_valid
    assert all(-180 <= x <= 180 for line in leg["geometry"]["coordinates"] for x, _ in line)
    assert [event["properties"]["fields"] for event in events] == [
        {"Killed": 12, "Sea": False},
        {"Killed": 7, "Sea": True},
    ]


def test_what_another_program_changes_counts(read: Read) -> None:
    story = read(
        'event,title,place,when,status,reported,Killed\na,A,Tokyo,2025-10-20,expected,2025-10-01,"1,240"\n'
        "a,,,,happened,2025-10-21,\nb,B,Paris,2025-10-22,expected,,\n"
    )
    collection = written(story)
    first, second = collection["features"]
    assert again(read, collection).reports == again(read, json.loads(json.dumps(collection))).reports
    first["properties"] |= {"title": "Another", "fields": {"Killed": 1300}}
    second["geometry"]["coordinates"] = [10.5, 59.5]
    found = {event.id: event for event in events_as_of(again(read, collection), None)}
    assert [report.title for report in found["a"].reports] == ["A", "Another"]
    assert [dict(report.fields) for report in found["a"].reports] == [{"Killed": "1,240"}, {"Killed": "1300"}]
    assert found["b"].place is not None
    assert (found["b"].place.latitude, found["b"].place.longitude) == (59.5, 10.5)


def test_a_feature_that_another_program_adds_is_an_event_too(read: Read) -> None:
    collection = written(read("event,title,place,when\na,A,Tokyo,2025-10-20\n"))
    point = {"type": "Point", "coordinates": [10.5, 59.5]}
    new = {"title": "New", "place": "Somewhere", "when": "2025-10-21"}
    collection["features"].append({"type": "Feature", "geometry": point, "properties": new})
    found = {event.title: event for event in events_as_of(again(read, collection), None)}
    assert found["New"].place is not None
    assert found["New"].place.latitude == 59.5
    assert found.keys() == {"A", "New"}


def test_a_country_is_one_again_when_it_comes_back(read: Read) -> None:
    story = again(read, written(read("event,title,place,when\na,A,Japan,2025-10-20\n")))
    (event,) = events_as_of(story, None)
    assert event.place is not None
    assert event.place.kind == "country"


def test_hostile_text_is_text_in_every_field(read: Read) -> None:
    cell = '"' + HOSTILE.replace('"', '""') + '"'
    row = ",".join([*[cell] * 3, "2025", *[cell] * 5])
    story = read(f"event,title,place,when,who,summary,source,note,Own\n{row}\n")
    (report,) = again(read, written(story)).reports
    (before,) = story.reports
    assert (report.title, report.summary, report.fields) == (before.title, before.summary, before.fields)
