"""Areas of GeoJSON files: they keep their outlines, on the map, through CSV, and in what is exported."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from story.export import export_csv, export_geojson
from story.export.kml import export_kml
from story.model import Story
from story.model.outlines import outline_of, read_outline
from story.opening.stories import open_story
from story.query.selection import events_as_of
from story.tables.readers.areas import outline

SQUARE = [[[10.0, 50.0], [12.0, 50.0], [12.0, 51.0], [10.0, 51.0], [10.0, 50.0]]]
ACROSS = [[[179.0, 0.0], [-179.0, 0.0], [-179.0, 2.0], [179.0, 2.0], [179.0, 0.0]]]
KML = "{http://www.opengis.net/kml/2.2}"
Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Opens the text of a file of that name, without a gazetteer."""

    def opened(text: str, name: str = "areas.geojson") -> Story:
        (tmp_path / name).write_text(text, "utf-8")
        return open_story(tmp_path / name)

    return opened


def collection(kind: str, coordinates: object, **properties: str) -> str:
    geometry = {"type": kind, "coordinates": coordinates}
    properties = {"name": "Closed sea area", "date": "2024-03-01", **properties}
    features = [{"type": "Feature", "id": "a", "geometry": geometry, "properties": properties}]
    return json.dumps({"type": "FeatureCollection", "features": features})


def exported(story: Story) -> dict[str, Any]:
    (feature,) = json.loads(export_geojson(events_as_of(story, None)))["features"]
    return dict(feature)


def test_an_area_keeps_its_outline_and_its_middle(read: Read) -> None:
    feature = exported(read(collection("Polygon", SQUARE)))
    assert feature["geometry"] == {"type": "Polygon", "coordinates": SQUARE}
    assert (feature["properties"]["latitude"], feature["properties"]["longitude"]) == (50.5, 11.0)
    assert feature["properties"]["kind"] == "area"


def test_its_outline_goes_through_a_table_and_back(read: Read) -> None:
    story = read(collection("MultiPolygon", [SQUARE, ACROSS]))
    again = read(export_csv(events_as_of(story, None)), "reports.csv")
    assert again.problems == ()
    assert exported(again)["geometry"] == exported(story)["geometry"]


def test_a_globe_gets_the_outline_beside_the_point(read: Read) -> None:
    hole = [[10.5, 50.2], [11.0, 50.2], [11.0, 50.5], [10.5, 50.2]]
    story = read(collection("MultiPolygon", [[*SQUARE, hole], ACROSS]))
    root = ET.fromstring(export_kml(events_as_of(story, None)))
    (shape,) = root.iter(f"{KML}MultiGeometry")
    assert shape.find(f"{KML}Point/{KML}coordinates") is not None
    first, west, east = shape.findall(f"{KML}Polygon")
    line = f"{KML}LinearRing/{KML}coordinates"
    outer, inner = (first.findtext(f"{KML}{side}/{line}") for side in ("outerBoundaryIs", "innerBoundaryIs"))
    assert outer == "10,50 12,50 12,51 10,51 10,50"
    assert inner == "10.5,50.2 11,50.5 11,50.2 10.5,50.2", "a hole goes the other way round"
    sides = [side.findtext(f"{KML}outerBoundaryIs/{line}") for side in (west, east)]
    assert sides == ["180,2 179,2 179,0 180,0 180,2", "-180,0 -179,0 -179,2 -180,2 -180,0"]


def test_an_area_across_the_180th_meridian_is_narrow(read: Read) -> None:
    (report,) = read(collection("Polygon", ACROSS)).reports
    area = outline_of(report)
    assert area is not None
    assert area.box == (0, 179, 2, -179)
    (ring,) = area.polygons[0]
    longitudes = [longitude for _, longitude in ring]
    assert max(longitudes) - min(longitudes) == 2


def test_an_outline_has_no_more_points_than_a_map_shows() -> None:
    circle = [[math.cos(turn / 5_000 * math.tau), math.sin(turn / 5_000 * math.tau)] for turn in range(5_000)]
    area = read_outline(outline({"type": "Polygon", "coordinates": [[*circle, circle[0]]]}))
    assert area is not None
    (ring,) = area.polygons[0]
    assert 20 < len(ring) < 200
    assert all(abs(math.hypot(*point) - 1) < 0.001 for point in ring)
    assert ring[0] == ring[-1]


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 400], [5, 6], [1, 2]]]},
        {"type": "Polygon", "coordinates": [[["a", 2], [3, 4], [5, 6], [1, 2]]]},
        {"type": "MultiPolygon", "coordinates": 5},
        {"type": "Polygon"},
    ],
)
def test_what_is_no_area_has_no_outline(geometry: object) -> None:
    assert outline(geometry) == ""
    assert read_outline(json.dumps(geometry)) is None


def test_a_field_of_that_name_that_is_no_shape_is_a_field_like_others(read: Read) -> None:
    story = read("title,place,when,outline\nTalks,Oslo,2024-03-01,In three parts\n", "reports.csv")
    assert exported(story)["properties"]["fields"] == {"outline": "In three parts"}
