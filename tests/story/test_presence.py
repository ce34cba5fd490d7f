"""Who travels, and who is only involved: by name, by what is possible, and as a person says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from story.model import Story
from story.query.itineraries import itineraries
from story.query.names import kind_of
from story.query.presence import presence, say_involved, say_who
from story.query.selection import events_as_of

Read = Callable[..., Story]

KINDS = [
    ("USS Oak Hill", "vessel"),
    ("aircraft carrier Shandong", "vessel"),
    ("The Ford carrier strike group", "vessel"),
    ("MV Sea Star", "vessel"),
    ("Fregatte Sachsen", "vessel"),
    ("Sewol ferry", "vessel"),
    ("Bryan Ferry", "person"),
    ("crew of the tanker Blue", "travels"),
    ("cruise ship company", "group"),
    ("U.N. inspectors", "travels"),
    ("Secretary of State Jane Roe", "travels"),
    ("army chief", "travels"),
    ("Western Army", "group"),
    ("Ministry of Health", "group"),
    ("Protesters", "group"),
    ("The Netherlands", "country"),
    ("Myanmar", "country"),
    ("Ana de la Cruz", "person"),
    ("Fan Bingbing", "person"),
    ("Hezbollah", ""),
    ("KIA", ""),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_name_says_what_bears_it(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def incidents(*names: str, days: int = 12) -> str:
    """A table in which each is at three far places on each of some days."""
    rows = [
        f"{name} at {place} {day},{place},2025-05-{day:02},{name}"
        for name in names
        for day in range(1, days + 1)
        for place in ("Tokyo", "Paris", "Fallon")
    ]
    return "title,place,when,who\n" + "\n".join(rows)


def test_names_at_far_places_on_the_same_days_are_involved_and_have_no_itinerary(read: Read) -> None:
    story = read(
        incidents("Zarqa", "KXA") + "\nTalks,Paris,2025-05-03,Jane Roe\nMore talks,Tokyo,2025-05-05,Jane Roe\n"
    )
    events = events_as_of(story, None)
    going = presence(story, events)
    assert going.involved == ("Zarqa", "KXA")
    assert [one.traveller for one in itineraries(events, going=going)] == ["Jane Roe"]
    assert "Zarqa and KXA are involved" in say_involved(going)
    assert "far apart on one day" in say_involved(going)
    assert say_who(going, ["Zarqa", "KXA", "Jane Roe"]) == "1 traveller, 2 others involved"
    assert say_who(going, ["Zarqa", "KXA"]) == "2 groups"


def test_a_person_with_two_places_on_a_few_days_travels(read: Read) -> None:
    rows = "A,Tokyo,2025-05-01,Jane Roe\nB,Paris,2025-05-01,Jane Roe\n"
    more = "\n".join(f"C{day},Tokyo,2025-06-{day:02},Jane Roe" for day in range(1, 9))
    story = read(f"title,place,when,who\n{rows}{more}\n")
    assert presence(story, events_as_of(story, None)).travels("Jane Roe")


def test_the_story_says_who_travels_for_all_or_for_one(read: Read) -> None:
    table = incidents("KXA", "Jane Roe")

    def roles(head: str) -> dict[str, str]:
        story = read(table, f'title = "A"\n{head}')
        assert [problem.field for problem in story.problems if problem.file == "story.toml"] == []
        return dict(presence(story, events_as_of(story, None)).roles)

    assert roles('travellers = "all"') == {"KXA": "travels", "Jane Roe": "travels"}
    assert roles('travellers = "none"') == {"KXA": "involved", "Jane Roe": "involved"}
    assert roles('travellers = "none"\n[travel]\n"Jane Roe" = "sea"') == {"KXA": "involved", "Jane Roe": "sea"}


@pytest.mark.parametrize(
    ("head", "field"),
    [('travellers = "some"', "travellers"), ('travel = "x"', "travel"), ('[travel]\nAnn = "flies"', "travel")],
)
def test_what_is_no_way_to_travel_is_told(read: Read, head: str, field: str) -> None:
    story = read("title,place,when,who\nA,Tokyo,2025-05-01,Ann\n", f'title = "A"\n{head}')
    (problem,) = [problem for problem in story.problems if problem.file == "story.toml"]
    assert problem.field == field
