"""Rows that give their own latitude and longitude: their country and time zone are known all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from story.draft import story_of
from story.draft.serialization import dumps, loads
from story.model import Event
from story.opening.stories import open_draft
from story.placing import place_with
from story.query.selection import events_as_of

ROWS = """title,place,when,latitude,longitude
Talks,Main Street 5,2025-10-01T10:00,35.6895,139.6917
Crossing,Goma,2025-10-02,-1.6795,29.2400
At sea,Somewhere,2025-10-03,0,-140
Twice,Main Street 5,2025-10-04,48.8566,2.3522
Clash,"Zzyzxqq, Democratic Republic of the Congo",2025-10-05,-1.6950,29.2550
Mistake,"Zzyzxqq, Japan",2025-10-06,-1.6951,29.2551
"""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def events(tmp_path: Path, gazetteer: Gazetteer) -> dict[str, Event]:
    path = tmp_path / "points.csv"
    path.write_text(ROWS, "utf-8")
    draft = open_draft(path, place_with(gazetteer))
    again = story_of(loads(dumps(draft)))
    assert again.points == story_of(draft).points
    return {event.title: event for event in events_as_of(again, None)}


def test_a_point_is_in_the_country_and_zone_of_the_city_near_it(events: dict[str, Event]) -> None:
    place = events["Talks"].place
    assert place is not None
    assert (place.name, place.country, place.timezone) == ("Main Street 5", "JP", "Asia/Tokyo")
    assert (place.latitude, place.longitude) == (35.6895, 139.6917)


def test_its_time_of_day_is_that_of_its_zone(events: dict[str, Event]) -> None:
    at = events["Talks"].span.at
    assert at is not None
    assert f"{at:%H:%M %z}" == "10:00 +0900"


def test_near_a_border_the_name_says_which_side(events: dict[str, Event]) -> None:
    place = events["Crossing"].place
    assert place is not None
    assert place.country == "CD"


def test_near_a_border_the_country_of_the_row_counts_where_it_may_be(events: dict[str, Event]) -> None:
    clash, mistake = events["Clash"].place, events["Mistake"].place
    assert clash is not None
    assert (clash.country, clash.timezone) == ("CD", "Africa/Lubumbashi")
    assert mistake is not None
    assert mistake.country == "RW"


def test_at_sea_there_is_no_country(events: dict[str, Event]) -> None:
    place = events["At sea"].place
    assert place is not None
    assert (place.country, place.timezone) == ("", "")


def test_one_name_at_two_points_is_two_places(events: dict[str, Event]) -> None:
    here, there = events["Talks"].place, events["Twice"].place
    assert here is not None
    assert there is not None
    assert (here.country, there.country) == ("JP", "FR")
    assert here.id != there.id
