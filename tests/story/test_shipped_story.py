"""The story that comes with Dateline: complete, without problems, and with something to see on every as-of day."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from geo.gazetteer import Gazetteer
from story.exc import StoryNotFoundError
from story.library import shipped, story_path
from story.model import Story
from story.opening.stories import open_story
from story.placing import place_with
from story.query.itineraries import itineraries
from story.query.selection import by_place, events_as_of, report_days
from story.wording import say_span


@pytest.fixture(scope="module")
def story() -> Story:
    return open_story(story_path("japan-visit-2025"), place_with(Gazetteer.open()))


def test_every_shipped_story_opens_without_problems() -> None:
    place = place_with(Gazetteer.open())
    assert [id for id, _ in shipped()]
    for _, path in shipped():
        assert open_story(path, place).problems == ()


@pytest.mark.parametrize(
    "id", ["../japan-visit-2025", "japan-visit-2025/", "..", ".", "", "/etc", "JAPAN-VISIT-2025", "a\x00b", "x" * 5000]
)
def test_story_id_cannot_lead_out_of_the_library(id: str) -> None:
    with pytest.raises(StoryNotFoundError) as caught:
        story_path(id)
    assert "japan-visit-2025" in str(caught.value), "says which there are"


def test_story_has_its_events_with_status_and_day(story: Story) -> None:
    assert (story.dateline, story.published, story.timezone) == ("Tokyo", date(2025, 10, 24), "Asia/Tokyo")
    assert [(e.id, e.toponym, say_span(e.span, 2025), e.status) for e in events_as_of(story, None)] == [
        ("hegseth-first-visit", "Tokyo", "March 2025", "happened"),
        ("carrier-leaves", "Yokosuka", "Tue, Sep 30", "happened"),
        ("carrier-returns", "Yokosuka", "Sat, Oct 18", "happened"),
        ("hegseth-fallon", "Naval Air Station Fallon", "Sun, Oct 19", "happened"),
        ("motegi-press", "Tokyo", "Wed, Oct 22", "happened"),
        ("koizumi-honor-guard", "Camp Asaka", "Thu, Oct 23", "happened"),
        ("koizumi-confirms", "Tokyo", "Fri, Oct 24", "happened"),
        ("trump-asean", "Malaysia", "one day, Oct 24 – 28", "scheduled"),
        ("carrier-tour", "Yokosuka", "one day in the week of Oct 27", "expected"),
        ("trump-takaichi", "Tokyo", "Tue, Oct 28", "scheduled"),
        ("trump-apec", "South Korea", "from Oct 28 on", "scheduled"),
        ("defense-ministers", "Tokyo", "Wed, Oct 29", "expected"),
    ]


@pytest.mark.parametrize(
    ("toponym", "latitude", "longitude", "kind"),
    [
        ("Tokyo", 35.69, 139.69, "city"),
        ("Camp Asaka", 35.79, 139.59, "site"),
        ("Yokosuka", 35.28, 139.67, "city"),
        ("Naval Air Station Fallon", 39.42, -118.70, "site"),
        ("Malaysia", None, None, "country"),
        ("South Korea", None, None, "country"),
    ],
)
def test_places_stand_where_they_are(
    story: Story, toponym: str, latitude: float | None, longitude: float | None, kind: str
) -> None:
    place = story.resolutions[toponym].place
    assert place is not None
    assert place.kind == kind
    assert place.source != "story"
    if latitude is None:
        assert place.box is not None
    else:
        assert (place.latitude, place.longitude) == (
            pytest.approx(latitude, abs=0.1),
            pytest.approx(longitude, abs=0.1),
        )


def test_six_places_have_a_marker_and_six_are_mentioned(story: Story) -> None:
    assert len(by_place(events_as_of(story, None))) == 6
    assert [mention.toponym for mention in story.mentions if mention.resolution.place] == [
        "Japan",
        "Beijing",
        "Taiwan",
        "South China Sea",
        "East China Sea",
        "the Pentagon",
    ]
    assert any("Takichi" in note for note in story.notes)


def test_each_report_day_shows_something_new(story: Story) -> None:
    shown = [events_as_of(story, day) for day in report_days(story)]
    assert all(before != after for before, after in itertools.pairwise(shown))
    assert {date(2025, 10, day) for day in (11, 15, 22, 23, 24)} <= set(report_days(story))


@pytest.mark.parametrize(
    ("event", "day", "status", "words", "toponym"),
    [
        ("defense-ministers", 23, "possible", "Wed, Oct 29", "Tokyo"),
        ("defense-ministers", 24, "expected", "Wed, Oct 29", "Tokyo"),
        ("carrier-tour", 11, "expected", "not dated", "Yokosuka"),
        ("carrier-tour", 24, "expected", "one day in the week of Oct 27", "Yokosuka"),
        ("trump-takaichi", 15, "scheduled", "on or after Oct 15", "Japan"),
        ("trump-takaichi", 24, "scheduled", "Tue, Oct 28", "Tokyo"),
        ("trump-apec", 15, "scheduled", "on or after Oct 15", "South Korea"),
    ],
)
def test_event_as_it_was_known(story: Story, event: str, day: int, status: str, words: str, toponym: str) -> None:
    known = {found.id: found for found in events_as_of(story, date(2025, 10, day))}
    found = known[event]
    assert (found.status, say_span(found.span, 2025), found.toponym) == (status, words, toponym)


def test_event_is_not_known_before_its_first_report(story: Story) -> None:
    assert "defense-ministers" not in {event.id for event in events_as_of(story, date(2025, 10, 22))}
    assert "carrier-tour" not in {event.id for event in events_as_of(story, date(2025, 10, 10))}


def test_every_source_of_a_report_is_explained(story: Story) -> None:
    assert {report.source for report in story.reports} <= set(story.sources)


def test_itineraries_go_where_the_article_says(story: Story) -> None:
    found = {itinerary.traveller: itinerary for itinerary in itineraries(events_as_of(story, None))}
    stops = {name: [stop.event.toponym for stop in itinerary.stops] for name, itinerary in found.items()}
    assert stops["Donald Trump"] == ["Malaysia", "Tokyo", "South Korea"]
    assert stops["Pete Hegseth"] == ["Tokyo", "Naval Air Station Fallon", "Tokyo"]
    assert stops["Shinjiro Koizumi"] == ["Camp Asaka", "Tokyo", "Tokyo"]
    # Nothing tells how he got from Tokyo in March to Nevada in October: those are two trips.
    assert len(found["Pete Hegseth"].trips) == 2
    assert [leg.travelled for leg in found["Pete Hegseth"].legs] == [False]
    assert not any(leg.travelled for leg in found["Donald Trump"].legs)
    assert all(itinerary.flags == () for itinerary in found.values())


def test_stops_without_days_keep_the_order_in_which_bessent_named_them(story: Story) -> None:
    found = {itinerary.traveller: itinerary for itinerary in itineraries(events_as_of(story, date(2025, 10, 15)))}
    assert [stop.event.toponym for stop in found["Donald Trump"].stops] == ["Malaysia", "Japan", "South Korea"]
