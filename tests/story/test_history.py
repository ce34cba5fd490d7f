"""How what is known grew: each event's states by day of report, and the ways as they were known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from story.model import Story
from story.query.history import at, histories, known_legs
from story.query.selection import events_as_of, report_days

Read = Callable[..., Story]
TABLE = (
    "event,title,place,when,status,reported,who,source\n"
    "arrive,Envoy arrives,Tokyo,2026-05-08,scheduled,2026-05-01,Envoy,Wire\n"
    "talks,Talks,Paris,2026-05-10,scheduled,2026-05-02,Envoy,Wire\n"
    "talks,Talks with the minister,Yokosuka,2026-05-12,,2026-05-06,,Wire\n"
    "talks,,,,cancelled,2026-05-09,,Ministry\n"
    "always,Feast,Paris,2026-05-14,scheduled,,,Calendar\n"
)


@pytest.fixture
def story(read: Read) -> Story:
    return read(TABLE)


def test_each_day_on_which_something_new_was_known_is_a_state(story: Story) -> None:
    talks = histories(story, None)["talks"]
    assert [(str(state.since), state.event.toponym, state.event.status) for state in talks] == [
        ("2026-05-02", "Paris", "scheduled"),
        ("2026-05-06", "Yokosuka", "scheduled"),
        ("2026-05-09", "Yokosuka", "cancelled"),
    ]
    assert [len(state.event.reports) for state in talks] == [1, 2, 3]


def test_what_has_no_day_of_report_was_always_known(story: Story) -> None:
    (state,) = histories(story, None)["always"]
    assert state.since is None
    assert at([state], date(1900, 1, 1)) is state.event


@pytest.mark.parametrize("as_of", [None, *(date(2026, 5, day) for day in (1, 2, 5, 6, 8, 9))])
def test_last_state_is_the_event_as_known_on_the_day(story: Story, as_of: date | None) -> None:
    known = {name: states[-1].event for name, states in histories(story, as_of).items()}
    assert known == {event.id: event for event in events_as_of(story, as_of)}


def test_a_report_that_another_already_overrules_makes_no_state(read: Read) -> None:
    story = read(
        "event,title,place,when,reported\na,First,Tokyo,2026-05-20,2026-05-04\na,Without a day,Paris,2026-05-20,\n"
        "b,Second,Tokyo,2026-05-20,2026-05-04\nb,First,Paris,2026-05-20,2026-05-02\n"
    )
    found = {name: [state.event.title for state in states] for name, states in histories(story, None).items()}
    for day in report_days(story):
        for event in events_as_of(story, day):
            assert found[event.id][-1 if day == date(2026, 5, 4) else 0] == event.title


def test_a_way_is_known_from_the_report_that_plans_it_to_the_one_that_moves_it(story: Story) -> None:
    states = histories(story, None).values()
    ways = known_legs(states, report_days(story), lambda event: True)
    said = [(way.leg.end.event.where, str(way.first), str(way.until)) for way in ways]
    assert said == [("Paris", "2026-05-02", "2026-05-06"), ("Yokosuka", "2026-05-06", "2026-05-09")]
    assert known_legs(states, report_days(story), lambda event: event.id != "talks") == ()
