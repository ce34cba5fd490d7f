"""Legs in files for other tools: trip by trip, cut at the 180th meridian, with how they go and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

from story.export import EXPORTS
from story.model import Story
from story.query.selection import events_as_of

ROWS = """title,place,when,status,who
Spring visit,Tokyo,2025-03-01,happened,Ann Roe
Speech,Fallon,2025-10-19,happened,Ann Roe
Talks,Tokyo,2025-10-22,expected,Ann Roe
"""


def test_geojson_has_a_feature_for_each_leg_behind_the_events(read: Callable[..., Story]) -> None:
    story = read(ROWS)
    features = json.loads(EXPORTS["geojson"](story, events_as_of(story, None)))["features"]
    legs = [one for one in features if "event" not in one["properties"]]
    assert features[-1:] == legs
    said = legs[0]["properties"]
    assert (said["traveller"], said["trip"], said["mode"], said["travelled"]) == ("Ann Roe", 2, "great circle", False)
    assert (said["from"], said["to"], said["reason"]) == ("speech", "talks", "only 2 days between them")
    lines = legs[0]["geometry"]["coordinates"]
    assert legs[0]["geometry"]["type"] == "MultiLineString"
    assert (lines[0][-1][0], lines[1][0][0]) == (-180, 180)
    assert all(-180 <= longitude <= 180 for line in lines for longitude, _ in line)


def test_kml_has_a_folder_for_each_day_and_for_each_traveller_and_trip(read: Callable[..., Story]) -> None:
    story = read(ROWS)
    root = ET.fromstring(EXPORTS["kml"](story, events_as_of(story, None)))
    names = [node.text for node in root.iterfind(".//{*}Folder/{*}name")]
    days = ["Sat, Mar 1, 2025", "Sun, Oct 19, 2025", "Wed, Oct 22, 2025"]
    assert names == ["Days", *days, "Travellers", "Ann Roe", "Trip 2"]
    assert len(root.findall(".//{*}LineString")) == 2


def test_the_html_file_holds_the_ways(read: Callable[..., Story]) -> None:
    story = read(ROWS)
    page = EXPORTS["html"](story, events_as_of(story, None))
    assert "about 11 h by air" in page
