"""Rows with a bad or a missing cell: each is shown without it and told; only one that says nothing is set aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from story.model import Story
from story.opening.stories import open_story
from story.placing import place_with
from story.query.selection import events_as_of

Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path, gazetteer: Gazetteer) -> Read:
    """Opens the text of a file of that name."""

    def opened(text: str, name: str = "diary.csv") -> Story:
        (tmp_path / name).write_text(text, "utf-8")
        return open_story(tmp_path / name, place_with(gazetteer))

    return opened


def shown(story: Story) -> list[tuple[str, str, str]]:
    return [(report.title, report.place, report.span.edtf) for report in story.reports]


def told(story: Story) -> list[tuple[int | None, str, str]]:
    return [(problem.line, problem.field, problem.value) for problem in story.problems]


def feature(position: object, kind: str = "Point", **properties: str) -> str:
    geometry = {"type": kind, "coordinates": position}
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": geometry, "properties": properties}],
        }
    )


def test_a_row_with_a_bad_day_is_listed_without_and_told(read: Read) -> None:
    story = read("Date,Town,Event\n2024-03-01,Oslo,Talks\nthe other day,Rome,Dinner\n")
    assert shown(story) == [("Talks", "Oslo", "2024-03-01"), ("Dinner", "Rome", "XXXX-XX-XX")]
    assert told(story) == [(3, "Date", "the other day")]
    assert story.problems[0].message.endswith("Until then it is left out.")


def test_an_end_that_is_no_day_leaves_the_beginning(read: Read) -> None:
    story = read("Start,End,Town,Event\n2024-03-01,2024-03-03,Oslo,Talks\n2024-03-05,later,Rome,Dinner\n")
    assert [when for *_, when in shown(story)] == ["2024-03-01/2024-03-03", "2024-03-05"]
    assert told(story) == [(3, "End", "later")]


def test_an_end_before_its_beginning_leaves_neither(read: Read) -> None:
    story = read("Start,End,Town,Event\n2024-03-01,2024-03-03,Oslo,Talks\n2024-03-05,2024-03-04,Rome,Dinner\n")
    assert [when for *_, when in shown(story)] == ["2024-03-01/2024-03-03", "XXXX-XX-XX"]
    assert told(story) == [(3, "Start", "2024-03-05 2024-03-04")]


def test_a_row_without_a_place_is_listed_without_and_told(read: Read) -> None:
    story = read("Date,Town,Event\n2024-03-01,Oslo,Talks\n2024-03-02,n/a,Dinner\n")
    assert shown(story)[1] == ("Dinner", "", "2024-03-02")
    assert told(story) == [(3, "Town", "")]
    unplaced = [event for event in events_as_of(story, None) if event.place is None]
    assert [event.resolution.reason for event in unplaced] == ["no place is given"]


def test_a_file_without_a_place_opens_and_is_told_once(read: Read) -> None:
    story = read("Date,Event\n2024-03-01,Talks\n2024-03-02,Dinner\n")
    assert shown(story) == [("Talks", "", "2024-03-01"), ("Dinner", "", "2024-03-02")]
    assert told(story) == [(1, "place", "")]


def test_only_a_row_that_says_neither_what_nor_where_nor_when_is_set_aside(read: Read) -> None:
    story = read("Date,Town,Event,Source\n2024-03-01,Oslo,Talks,Wire\n,,,Wire\n,,Dinner,\n,Rome,,\n2024-03-02,,,\n")
    assert [title for title, *_ in shown(story)] == ["Talks", "Dinner", "Rome", "2024-03-02"]
    assert [line for line, field, _ in told(story) if field == "Event"] == [3]
    assert story.rows == 5


@pytest.mark.parametrize("position", [[1e308, 3], [3, 1e308], [200, 100], [3, 95]])
@pytest.mark.parametrize("name", ["Dinner", ""])
def test_a_shape_whose_only_point_is_nonsense_is_one_event_off_the_map(
    read: Read, position: list[float], name: str
) -> None:
    story = read(feature(position, **({"name": name} if name else {})), "one.geojson")
    (event,) = events_as_of(story, None)
    assert (event.place, event.toponym) == (None, "")
    assert event.title == name or not name
    assert "latitude" in " ".join(field for _, field, _ in told(story))


def test_a_bad_point_beside_a_name_leaves_the_name(read: Read) -> None:
    story = read("Date,Town,Latitude,Longitude,Event\n2024-03-01,Oslo,59.9,10.7,Talks\n2024-03-02,Rome,41,x,Dinner\n")
    assert shown(story)[1] == ("Dinner", "Rome", "2024-03-02")
    place = next(event.place for event in events_as_of(story, None) if event.title == "Dinner")
    assert place is not None
    assert place.country == "IT"


@pytest.mark.parametrize("properties", [{"name": "Patrol"}, {"name": "Patrol", "id": "p1", "date": "2024-03-01"}])
def test_every_point_of_a_shape_of_several_is_an_event_of_its_own(read: Read, properties: dict[str, str]) -> None:
    story = read(feature([[10, 50], [11, 51], [12, 52]], "MultiPoint", **properties), "one.geojson")
    events = events_as_of(story, None)
    assert sorted((event.place.latitude, event.place.longitude) for event in events if event.place) == [
        (50, 10),
        (51, 11),
        (52, 12),
    ]
    assert [len(event.reports) for event in events] == [1, 1, 1]
    assert {event.title for event in events} == {"Patrol"}
    assert story.rows == 1


def test_a_shape_of_one_point_keeps_its_id(read: Read) -> None:
    story = read(feature([[10, 50]], "MultiPoint", name="Patrol", id="p1"), "one.geojson")
    assert [event.id for event in events_as_of(story, None)] == ["p1"]


def test_a_point_that_is_none_among_several_is_off_the_map_and_told(read: Read) -> None:
    story = read(feature([[10, 50], [11, 151]], "MultiPoint", name="Patrol"), "one.geojson")
    assert [event.place is None for event in events_as_of(story, None)].count(True) == 1
    assert any("latitude runs from" in problem.message for problem in story.problems)


def test_points_that_share_the_name_of_a_place_are_no_history_of_one_event(read: Read) -> None:
    text = feature([[10, 50], [11, 51]], "MultiPoint", title="Patrol", place="Border", date="2024-03-01")
    events = events_as_of(read(text, "one.geojson"), None)
    assert [(event.toponym, len(event.reports)) for event in events] == [("Border", 1), ("Border", 1)]


def test_each_point_keeps_the_fields_of_its_own(read: Read) -> None:
    text = feature([[10, 50], [11, 51]], "MultiPoint", title="Patrol", ref="A")
    rows = json.loads(text)["features"] * 2
    story = read(
        json.dumps({"type": "FeatureCollection", "features": [{**row, "id": "p"} for row in rows]}), "two.json"
    )
    assert [dict(report.fields)["id"] for report in story.reports] == ["p-1", "p-2", "p-1", "p-2"]
    assert {len(event.reports) for event in events_as_of(story, None)} == {1}


# ---- titles that the table does not give ----------------------------------------------------------------------------


def titles(story: Story) -> list[str]:
    return [report.title for report in sorted(story.reports, key=lambda report: report.line or 0)]


def test_a_title_says_what_happened_and_not_who_and_where_beside_it(read: Read) -> None:
    rows = "2024-01-20,Forum,Ann Lee; Ben Day,Davos\n2024-01-28,Talks,Ann Lee,Rome\n2024-02-02,Talks,Ann Lee,Oslo\n"
    rows += "2024-02-03,Talks,Ben Day,Oslo\n2024-02-04,Talks,Ann Lee,Bern\n2024-02-05,Talks,Cy Poe,Lyon\n"
    assert titles(read("Date,Event type,Participants,City\n" + rows)) == [
        "Forum",
        "Talks, Rome",
        "Talks: Ann Lee, Oslo",
        "Talks: Ben Day",
        "Talks, Bern",
        "Talks, Lyon",
    ]


def test_titles_of_a_table_that_does_not_say_what_happened_are_who_or_where(read: Read) -> None:
    said = ["Ann Lee,Bern", "Ann Lee,Rome", "Ben Day,Rome", "Cy Poe,Oslo", "Ann Lee,Oslo", "Ben Day,Bern"] * 2
    story = read("Date,Minister,City\n" + "".join(f"2024-01-{n:02},{row}\n" for n, row in enumerate(said, 1)))
    assert titles(story)[:4] == ["Ann Lee, Bern", "Ann Lee, Rome", "Ben Day, Rome", "Cy Poe"]
    assert len({report.event for report in story.reports}) == 12


def test_short_titles_that_come_again_leave_every_event_its_own_id(read: Read) -> None:
    rows = "".join(f"2024-03-{n:02},Strike,{('Oslo', 'Rome')[n % 2]}\n" for n in range(1, 11))
    story = read("Date,Event type,City\n" + rows)
    assert set(titles(story)) == {"Strike, Oslo", "Strike, Rome"}
    assert len({report.event for report in story.reports}) == 10
