"""What travel comes to: hours, clocks, nights, silences, and who was where together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from story.model import Itinerary, Story
from story.query.itineraries import itineraries
from story.query.presence import presence
from story.query.selection import events_as_of
from story.query.travel import air_hours, clock_change, flight_hours, meetings, nights, sea_hours, silences
from story.wording import say_air, say_clock, say_names, say_sea

Read = Callable[..., Story]


def travel(read: Read, rows: str) -> tuple[Itinerary, ...]:
    story = read(f"title,place,when,status,who\n{rows}")
    events = events_as_of(story, None)
    return itineraries(events, going=presence(story, events))


def test_a_flight_is_told_roughly_and_none_where_nobody_flies() -> None:
    assert say_air(air_hours(10_700) or 0) == "about 13 h by air"
    assert air_hours(60) is None
    assert say_sea(sea_hours(6_400)) == "about 10 days at 15 knots"
    assert say_sea(sea_hours(500)) == "about 18 h at 15 knots"


@pytest.mark.parametrize(("year", "flown"), [(1914, False), (1918, False), (1919, True), (2025, True)])
def test_nobody_flew_before_there_were_airlines(read: Read, year: int, flown: bool) -> None:
    (found,) = travel(read, f"A,Fallon,{year}-07-01,happened,Ann\nB,Tokyo,{year}-07-03,happened,Ann\n")
    assert (flight_hours(found.legs[0]) is not None) is flown


@pytest.mark.parametrize("who", ["Hurricane Ida", "Typhoon Rai", "the Orient Express train", "aid convoy"])
def test_no_flight_is_told_of_what_takes_none(read: Read, who: str) -> None:
    (found,) = travel(read, f"A,Fallon,2021-07-01,happened,{who}\nB,Tokyo,2021-07-03,happened,{who}\n")
    assert [flight_hours(leg) for leg in found.legs] == [None]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (16.0, "clocks 16 h ahead"),
        (-5.5, "clocks 5.5 h back"),
        (5.75, "clocks 5.75 h ahead"),
        (-1.604722, "clocks 1 h 36 min back"),
        (0.430833, "clocks 26 min ahead"),
        (0.993333, "clocks 1 h ahead"),
        (0.005, ""),
        (0.0, ""),
    ],
)
def test_the_change_of_clocks_is_told(hours: float, words: str) -> None:
    assert say_clock(hours) == words


def test_clocks_change_by_the_zones_of_the_day(read: Read) -> None:
    (summer,) = travel(read, "A,Fallon,2025-07-01,happened,Ann\nB,Tokyo,2025-07-03,happened,Ann\n")
    (winter,) = travel(read, "A,Fallon,2025-12-01,happened,Ann\nB,Tokyo,2025-12-03,happened,Ann\n")
    assert (clock_change(summer.legs[0]), clock_change(winter.legs[0])) == (16.0, 17.0)


def test_nights_and_days_without_word_are_told_where_they_are_certain(read: Read) -> None:
    (found,) = travel(
        read,
        "A,Tokyo,2025-10-01/2025-10-03,happened,Ann\nB,Tokyo,2025-10-04,happened,Ann\n"
        "C,Paris,2025-10-09,happened,Ann\nD,Paris,[2025-10-12..2025-10-14],expected,Ann\n",
    )
    (trip,) = found.trips
    assert nights(trip) == {1: 3}
    assert silences(trip) == {
        2: (date(2025, 10, 5), date(2025, 10, 8)),
        3: (date(2025, 10, 10), date(2025, 10, 11)),
    }


def said(read: Read, rows: str) -> list[tuple[str, str, str, bool]]:
    story = read(f"title,place,when,status,who\n{rows}")
    events = events_as_of(story, None)
    found = meetings(events, presence(story, events))
    return [(say_names(one.who), one.place.name, f"{one.first}..{one.last}", one.met) for one in found]


def test_people_at_one_place_on_one_certain_day_are_listed_with_their_days(read: Read) -> None:
    rows = (
        "A,Tokyo,2025-10-01/2025-10-03,happened,Ann\nB,Tokyo,2025-10-02/2025-10-05,happened,Ben\n"
        "C,Tokyo,[2025-10-02..2025-10-03],expected,Cy\nD,Tokyo,2025-10-02,cancelled,Dan\nE,Paris,2025-10-02,happened,Eve\n"
    )
    assert said(read, rows) == [("Ann and Ben", "Tokyo", "2025-10-02..2025-10-03", False)]


def test_they_met_only_where_a_title_says_so(read: Read) -> None:
    assert said(read, "Ann meets Ben,Tokyo,2025-10-01,happened,Ann;Ben\n")[0][3]
    assert not said(read, "Ann and Ben at a dinner,Tokyo,2025-10-01,happened,Ann;Ben\n")[0][3]
    assert not said(read, "Ann refuses to meet Ben,Tokyo,2025-10-01,happened,Ann;Ben\n")[0][3]


def test_two_in_one_country_are_not_together_unless_one_event_has_both(read: Read) -> None:
    assert said(read, "A,Japan,2025-10-01,happened,Ann\nB,Japan,2025-10-01,happened,Ben\n") == []
    assert len(said(read, "A,Japan,2025-10-01,happened,Ann;Ben\n")) == 1


def test_those_who_are_only_involved_are_not_listed(read: Read) -> None:
    assert said(read, "A,Tokyo,2025-10-01,happened,Ann;Western Army\n") == []


SHIP = """title,place,latitude,longitude,when,who
A,Port of Colombo,6.94,79.84,2025-10-01,{0}
B,Port of Suez,29.97,32.55,2025-10-{1:02},{0}
"""


@pytest.mark.parametrize(
    ("who", "day", "mode", "doubts"),
    [("USS Oak", 12, "sea", 0), ("USS Oak", 3, "sea", 1), ("Ann Roe", 3, "direct", 0)],
)
def test_a_ship_goes_by_water_and_is_in_doubt_where_it_had_to_fly(
    read: Read, who: str, day: int, mode: str, doubts: int
) -> None:
    story = read(SHIP.format(who, day))
    events = events_as_of(story, None)
    (found,) = itineraries(events, going=presence(story, events))
    (leg,) = found.legs
    assert (leg.mode, len(found.flags)) == (mode, doubts)
    assert leg.km == pytest.approx(6_430 if mode == "sea" else 5_550, abs=60)


def test_a_vessel_far_from_the_sea_has_a_great_circle_and_that_is_told(read: Read) -> None:
    (ship,) = travel(read, "A,Yokosuka,2025-10-01,happened,USS Oak\nB,Fallon,2025-10-04,happened,USS Oak\n")
    assert ship.legs[0].mode == "direct"
    assert "no way by water" in ship.legs[0].told
