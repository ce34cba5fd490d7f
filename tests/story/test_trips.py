"""Which stops are one journey, by what reason, and what a person says of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from story.draft import story_of
from story.draft.edits import put_in_trips
from story.draft.serialization import dumps, loads
from story.export import export_csv
from story.model import Event, Itinerary, Story
from story.model.trips import trip_of, with_trip
from story.opening.stories import draft_of
from story.query.itineraries import itineraries
from story.query.presence import presence
from story.query.selection import events_as_of
from tests.story.conftest import small_gazetteer

Read = Callable[..., Story]
COLUMNS = "event,title,summary,place,when,status,who,reported,source,trip"


def travel(read: Read, *rows: str, who: str = "Ann") -> Itinerary:
    """The itinerary of one traveller from rows "title|summary|place|when|status|reported|source|trip"."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS.split(","))
    for at, row in enumerate(rows):
        cells = [*row.split("|"), *[""] * 8][:8]
        title, summary, place, when, status, reported, source, trip = cells
        writer.writerow([f"e{at}", title, summary, place, when, status or "happened", who, reported, source, trip])
    story = read(text.getvalue(), 'title = "A"')
    events = events_as_of(story, None)
    return itineraries(events, going=presence(story, events))[0]


def numbers(itinerary: Itinerary) -> list[list[int]]:
    return [[stop.number for stop in trip.stops] for trip in itinerary.trips]


def test_half_a_year_without_word_makes_two_trips_and_no_leg(read: Read) -> None:
    found = travel(read, "Visit||Tokyo|2025-03", "Speech||Fallon|2025-10-19")
    assert numbers(found) == [[1], [2]]
    assert found.legs == ()
    assert "7 months without word" in found.trips[1].why


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("Paris|2025-10-10", "Tokyo|2025-10-12", True),
        # Who goes far stays for longer.
        ("Fallon|2025-10-10", "Tokyo|2025-10-20", True),
        ("Yokosuka|2025-10-10", "Tokyo|2025-10-20", False),
        ("Paris|2025-10-01/2025-10-20", "Tokyo|2025-10-22", True),
        ("Paris|2025-10-20/..", "Tokyo|2025-10-22", True),
        # Some day of a month is close to nothing.
        ("Paris|2025-10", "Tokyo|2025-11-01", False),
        ("Paris|2025-10-10", "Tokyo|XXXX-XX-XX", False),
    ],
)
def test_stops_close_in_days_are_one_trip(read: Read, first: str, second: str, together: bool) -> None:
    found = travel(read, f"A||{first}", f"B||{second}")
    assert len(found.trips) == (1 if together else 2)


def test_a_tour_announced_by_one_source_on_one_day_is_one_trip(read: Read) -> None:
    ahead = "expected|2025-09-01"
    found = travel(read, f"A||Paris|2025-10-01|{ahead}|Wire", f"B||Tokyo|2025-10-20|{ahead}|Wire")
    assert "Wire told of both" in found.legs[0].why
    assert travel(read, f"A||Paris|2025-10-01|{ahead}|Wire", f"B||Tokyo|2025-10-20|{ahead}|Post").legs == ()
    past = "happened|2025-11-01"
    assert travel(read, f"A||Paris|2025-10-01|{past}|Wire", f"B||Tokyo|2025-10-20|{past}|Wire").legs == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Talks in Paris|", "Talks in Tokyo|She flies there from Paris for a week."),
        ("Talks in Paris|From there she travels on to Tokyo.", "Talks in Tokyo|"),
        ("Talks in Paris|She leaves for Japan later this month.", "Talks in Tokyo|"),
        ("Talks in Paris|", "Ann returns to Tokyo|"),
    ],
)
def test_the_words_of_a_report_join_two_stops(read: Read, before: str, after: str) -> None:
    found = travel(read, f"{before}|Paris|2025-10-01", f"{after}|Tokyo|2025-10-25")
    assert "a report says “" in found.legs[0].why


@pytest.mark.parametrize("words", ["She had met a man from Paris.", "Paris is told of in her talk.", "She goes home."])
def test_words_that_tell_of_no_way_join_nothing(read: Read, words: str) -> None:
    assert travel(read, "A||Paris|2025-10-01", f"B|{words}|Tokyo|2025-10-25").legs == ()


def test_a_ship_that_comes_back_to_its_home_port_was_on_one_trip(read: Read) -> None:
    back = "Back in port|The ship is in its homeport again.|Yokosuka|2025-09-18"
    assert len(travel(read, "Leaves||Yokosuka|2025-05-20", back, who="USS Oak").trips) == 1
    elsewhere = "Back in port|The ship is in port again.|Yokosuka|2025-09-18"
    assert len(travel(read, "Leaves||Yokosuka|2025-05-20", elsewhere, who="USS Oak").trips) == 2


def test_a_person_joins_and_splits_by_the_column_trip(read: Read) -> None:
    joined = travel(read, "A||Tokyo|2025-03-01||||x", "B||Paris|2025-07-01", "C||Fallon|2025-10-19||||x")
    assert numbers(joined) == [[1, 2, 3]]
    assert {leg.why for leg in joined.legs} == {"as the story says"}
    parted = travel(read, "A||Tokyo|2025-03-01||||1", "B||Paris|2025-03-02||||2")
    assert (numbers(parted), parted.legs) == ([[1], [2]], ())


def test_what_a_filter_leaves_out_still_tells_which_stops_are_one_trip(read: Read) -> None:
    story = read(
        "event,title,place,when,who\na,A,Tokyo,2025-10-01,Ann\nb,B,Paris,2025-10-08,Ann\nc,C,Fallon,2025-10-15,Ann\n"
        "d,D,Tokyo,2026-02-01,Ann\n"
    )
    every = events_as_of(story, None)
    (found,) = itineraries([every[0], every[2], every[3]], whole=every)
    assert [(trip.number, len(trip.stops)) for trip in found.trips] == [(1, 2), (2, 1)]
    assert [(leg.start.event.id, leg.end.event.id, leg.trip) for leg in found.legs] == [("a", "c", 1)]


CELLS = [
    # cell, who is there, traveller, trip
    ("Asia tour", ("Ann", "Ben"), "Ann", "Asia tour"),
    ("Ann: 2; Ben: 1", ("Ann", "Ben"), "Ben", "1"),
    ("Tour; Ann: 2", ("Ann", "Ben"), "Ben", "Tour"),
    ("Part 1: Asia", ("Ann",), "Ann", "Part 1: Asia"),
    ("Agent: X: 3", ("Agent: X", "Agent"), "Agent: X", "3"),
    ("", ("Ann",), "Ann", ""),
]


@pytest.mark.parametrize(("cell", "who", "traveller", "trip"), CELLS)
def test_the_cell_of_a_trip_is_for_all_or_for_one(cell: str, who: tuple[str, ...], traveller: str, trip: str) -> None:
    assert trip_of(cell, who, traveller) == trip
    changed = with_trip(cell, who, traveller, "9")
    assert trip_of(changed, who, traveller) == "9"
    others = [name for name in who if name != traveller]
    assert [trip_of(changed, who, name) for name in others] == [trip_of(cell, who, name) for name in others]


TOUR = """event,title,who,place,when,reported,trip
a,Talks,Ann;Ben,Tokyo,2025-03-01,2025-03-01,
a,,,,,2025-03-02,
b,Speech,Ann,Fallon,2025-10-19,2025-10-19,
"""


def test_trips_put_by_hand_are_kept_saved_and_exported(tmp_path: object, read: Read) -> None:
    from pathlib import Path

    from story.opening import sandbox
    from story.opening.source import upload_at

    path = Path(str(tmp_path)) / "tour.csv"
    path.write_text(TOUR, "utf-8")
    parsed = sandbox.read_upload(upload_at(path))
    draft = put_in_trips(draft_of(parsed.source, parsed.matching, small_gazetteer), "Ann", {"a": "1", "b": "1"})
    for kept in (draft, loads(dumps(draft))):
        by_name = {one.traveller: one for one in itineraries(events_as_of(story_of(kept), None))}
        assert [len(trip.stops) for trip in by_name["Ann"].trips] == [2]
        assert [row.cells.get("trip", "") for row in kept.rows] == ["Ann: 1", "", "1"]
    events: tuple[Event, ...] = events_as_of(story_of(draft), None)
    again = events_as_of(read(export_csv(events), 'title = "Tour"'), None)
    assert [event.latest.trip for event in again] == ["Ann: 1", "1"]
