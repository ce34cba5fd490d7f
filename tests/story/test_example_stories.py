"""The other stories that come with Dateline: whole, at their right places, and each with what it is there to show."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.spatial.great_circles import distance_km
from story.library import shipped
from story.model import Event, Story
from story.opening.stories import open_story
from story.placing import place_with
from story.query.changes import changes
from story.query.itineraries import itineraries
from story.query.presence import presence
from story.query.selection import events_as_of, report_days
from story.query.sure import sure_of, sureness

GOLDEN = Path(__file__).parent.parent / "golden" / "story_places.csv"
EXAMPLES = [id for id, _ in shipped()[1:]]


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    place = place_with(Gazetteer.open())
    return {id: open_story(path, place) for id, path in shipped()}


def known(story: Story, day: date | None = None) -> dict[str, Event]:
    return {event.id: event for event in events_as_of(story, day)}


def test_the_first_of_the_shipped_stories_stays_the_first() -> None:
    assert shipped()[0][0] == "japan-visit-2025"
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("id", EXAMPLES)
def test_a_story_is_whole(stories: dict[str, Story], id: str) -> None:
    story = stories[id]
    assert story.problems == ()
    assert 15 <= len(known(story)) <= 30
    assert story.title
    assert story.dateline
    assert story.published
    assert story.timezone
    assert all(report.source and report.reported for report in story.reports)
    assert {report.source for report in story.reports} == set(story.sources), "each source is used and explained"
    assert all(mention.resolution.place for mention in story.mentions)


def rows() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['story']}: {row['name']}")
def test_a_place_stands_where_it_is(stories: dict[str, Story], row: dict[str, str]) -> None:
    places = [
        place
        for event in known(stories[row["story"]]).values()
        for report, place in zip(event.reports, event.places, strict=True)
        if report.place == row["name"] and place is not None
    ]
    assert places, "on the map"
    for place in places:
        there = float(row["latitude"]), float(row["longitude"])
        assert distance_km(there, (place.latitude, place.longitude)) <= float(row["tolerance_km"]), place
        assert place.country == row["country"]


def test_no_place_is_left_out_of_the_golden_table(stories: dict[str, Story]) -> None:
    told = {(id, report.place) for id in EXAMPLES for report in stories[id].reports}
    assert told == {(row["story"], row["name"]) for row in rows()}


@pytest.mark.parametrize("id", EXAMPLES)
def test_each_day_of_reports_shows_something_new(stories: dict[str, Story], id: str) -> None:
    story = stories[id]
    days = report_days(story)
    shown = [events_as_of(story, day) for day in days]
    assert all(before != after for before, after in itertools.pairwise(shown))
    assert len(days) > 5
    told = [change.kind for before, after in itertools.pairwise(days) for change in changes(story, before, after)]
    assert {"added", "happened"} <= set(told)


@pytest.mark.parametrize("id", EXAMPLES)
def test_nobody_is_in_two_places_at_once(stories: dict[str, Story], id: str) -> None:
    events = events_as_of(stories[id], None)
    found = itineraries(events, going=presence(stories[id], events))
    assert [flag.message for itinerary in found for flag in itinerary.flags] == []


# ---- what each is there to show -------------------------------------------------------------------------------------


def test_the_summit_was_possible_then_expected_then_set_for_a_day_in_geneva(stories: dict[str, Story]) -> None:
    steps = [
        (event.status, event.toponym)
        for day in (date(2021, 4, 15), date(2021, 5, 4), date(2021, 5, 25), date(2021, 6, 16))
        if (event := known(stories["europe-tour-2021"], day).get("putin-meeting"))
    ]
    assert steps == [
        ("possible", "Europe"),
        ("expected", "Europe"),
        ("scheduled", "Geneva, Switzerland"),
        ("happened", "Geneva, Switzerland"),
    ]
    assert sure_of(known(stories["europe-tour-2021"])["putin-meeting"]) == "corroborated"


def test_the_fleet_goes_round_the_world_by_sea(stories: dict[str, Story]) -> None:
    events = events_as_of(stories["great-white-fleet-1907"], None)
    found = {
        one.traveller: one for one in itineraries(events, going=presence(stories["great-white-fleet-1907"], events))
    }
    ship = found["USS Connecticut"]
    assert len(ship.trips) == 1
    assert {leg.mode for leg in ship.legs} == {"sea"}
    assert (ship.stops[0].event.toponym, ship.stops[-1].event.toponym) == ("Hampton Roads, Virginia",) * 2
    assert "Amoy, China" in [stop.event.toponym for stop in found["USS Louisiana"].stops]


def test_the_campaign_has_kinds_and_numbers_of_viewers(stories: dict[str, Story]) -> None:
    story = stories["campaign-2020"]
    assert [(field.name, field.type) for field in story.fields] == [("kind", "category"), ("TV viewers", "number")]
    assert known(story)["second-debate"].status == "cancelled"
    assert known(story, date(2020, 6, 30))["second-debate"].toponym == "Miami, Florida"


def test_the_storm_has_kinds_winds_and_deaths(stories: dict[str, Story]) -> None:
    story = stories["sandy-2012"]
    assert [(field.name, field.type) for field in story.fields] == [
        ("kind", "category"),
        ("wind km/h", "number"),
        ("deaths", "number"),
    ]
    winds = [dict(known(story, day)["cuba"].latest.fields)["wind km/h"] for day in (date(2012, 10, 25), None)]
    assert winds == ["175", "185"], "what was found afterwards comes with a later report"


def test_two_sources_disagree_on_where_the_endurance_sank_and_on_a_landing(stories: dict[str, Story]) -> None:
    events = known(stories["endurance-1914"])
    wreck = sureness(events["sinks"])
    assert (wreck.level, wreck.disputed) == ("contested", ("place",))
    landing = sureness(events["elephant-island"])
    assert (landing.level, landing.disputed) == ("contested", ("when",))
    assert sure_of(events["rescue"]) == "corroborated"


def test_days_of_the_last_century_are_as_uncertain_as_the_books_have_them(stories: dict[str, Story]) -> None:
    events = known(stories["endurance-1914"]).values()
    assert sum(event.span.approximate for event in events) >= 6
    assert known(stories["endurance-1914"], date(1915, 1, 1)).keys() == {"landing"}
