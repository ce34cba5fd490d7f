"""Itineraries: stops in order, legs with their length, and what cannot be so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from story.model import Itinerary, Story
from story.query.itineraries import itineraries
from story.query.selection import events_as_of

Trip = Callable[..., Itinerary]


@pytest.fixture
def trip(read: Callable[..., Story]) -> Trip:
    """The itinerary of Ann, whose stops are given as "place when status"."""

    def made(*stops: str) -> Itinerary:
        rows = [f"e{at},Stop {at},{','.join(stop.split())},Ann" for at, stop in enumerate(stops)]
        story = read("event,title,place,when,status,who\n" + "\n".join(rows))
        return itineraries(events_as_of(story, None))[0]

    return made


def places(itinerary: Itinerary) -> list[str]:
    return [stop.event.toponym for stop in itinerary.stops]


def test_stops_are_in_order_of_time_with_not_dated_last(trip: Trip) -> None:
    itinerary = trip(
        "Paris 2025-10-29 expected",
        "Yokosuka XXXX-XX-XX expected",
        "Tokyo 2025-03 happened",
        "Fallon [2025-10-24..2025-10-29] expected",
    )
    assert places(itinerary) == ["Tokyo", "Fallon", "Paris", "Yokosuka"]
    assert [stop.number for stop in itinerary.stops] == [1, 2, 3, 4]


def test_stops_on_one_day_go_by_the_instant_not_the_clock(trip: Trip) -> None:
    itinerary = trip("Fallon 2025-10-29T08:00 expected", "Tokyo 2025-10-29T21:00 expected")
    assert places(itinerary) == ["Tokyo", "Fallon"]


def test_stop_on_the_day_before_across_the_date_line_comes_after(trip: Trip) -> None:
    itinerary = trip("Fallon 2025-10-28T18:30 expected", "Tokyo 2025-10-29T00:30 expected")
    assert places(itinerary) == ["Tokyo", "Fallon"]
    assert itinerary.flags == ()


def test_legs_join_different_places_and_know_their_length(trip: Trip) -> None:
    itinerary = trip(
        "Tokyo 2025-03 happened", "Tokyo 2025-04 happened", "Fallon 2025-10-19 happened", "Tokyo 2025-10-29 expected"
    )
    assert [(leg.start.number, leg.end.number, leg.travelled) for leg in itinerary.legs] == [(3, 4, False)]
    assert itinerary.legs[0].km == pytest.approx(8440, abs=15)
    assert itinerary.flags == ()


def test_cancelled_event_is_no_stop(trip: Trip) -> None:
    assert places(trip("Tokyo 2025-10-28 expected", "Paris 2025-10-29 cancelled")) == ["Tokyo"]


def test_unplaced_stop_is_listed_and_the_leg_passes_it_by(trip: Trip) -> None:
    itinerary = trip("Tokyo 2025-10-20 happened", "Atlantis 2025-10-21 happened", "Paris 2025-10-25 happened")
    assert places(itinerary) == ["Tokyo", "Atlantis", "Paris"]
    assert [(leg.start.number, leg.end.number) for leg in itinerary.legs] == [(1, 3)]


def test_one_itinerary_a_traveller_those_with_most_stops_first(read: Callable[..., Story]) -> None:
    story = read("title,place,when,who\nA,Tokyo,2025-10-20,Ann;Ben\nB,Paris,2025-10-22,Ben\nC,Paris,2025-10-23,\n")
    assert [(found.traveller, len(found.stops)) for found in itineraries(events_as_of(story, None))] == [
        ("Ben", 2),
        ("Ann", 1),
    ]


FLAGGED = [
    # stops, words of the flag
    (["Tokyo 2025-10-29 happened", "Paris 2025-10-29 happened"], "Ann is in Tokyo and in Paris on Wed, Oct 29, 2025"),
    (["Tokyo 2025-10-29T10:00 happened", "Paris 2025-10-29T10:00 happened"], "8 hours to get from Tokyo to Paris"),
    (["Tokyo 2025-10-29T10:00 happened", "Paris 2025-10-29T02:00 happened"], "no time to get from"),
    (["Tokyo 2025-10-01/2025-10-31 happened", "Paris 2025-10-10 happened"], "with no time to get there"),
]


@pytest.mark.parametrize(("stops", "words"), FLAGGED)
def test_impossible_travel_is_flagged_in_words(trip: Trip, stops: list[str], words: str) -> None:
    (flag,) = trip(*stops).flags
    assert words in flag.message
    assert "km (" in flag.message
    assert flag.events == ("e0", "e1")


POSSIBLE = [
    ["Tokyo 2025-10-29 happened", "Paris 2025-10-30 happened"],
    ["Tokyo 2025-10-29 happened", "Yokosuka 2025-10-29 happened"],
    ["Tokyo 2025-10-29 happened", "Tokyo 2025-10-29 happened"],
    ["Tokyo 2025-10-29 happened", "Paris 2025-10-29? possible"],
    ["Tokyo 2025-10-29 happened", "Paris [2025-10-27..2025-10-31] expected"],
    ["Tokyo 2025-10-29 happened", "Paris XXXX-XX-XX expected"],
    ["Tokyo 2025-10-29 happened", "Paris 2025-10-29/.. expected"],
    ["Tokyo 2025-10-29T10:00 happened", "Paris 2025-10-29T20:00 happened"],
    ["Tokyo 2025-10-29 happened", "Japan 2025-10-29 happened"],
    ["Tokyo 2025-10-29 happened", "Paris 2025-10-29 cancelled"],
]


@pytest.mark.parametrize("stops", POSSIBLE)
def test_possible_travel_is_not_flagged(trip: Trip, stops: list[str]) -> None:
    assert trip(*stops).flags == ()
