"""Choosing: as-of days, ranges, status, who and search, and that certain and possible are told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.place import Resolution
from story.model import STATUSES, Event, Report, Story
from story.model.dates import parse_when, relation
from story.query.selection import Filter, by_place, days, events_as_of, report_days, select, travellers

Read = Callable[..., Story]
HEAD = "event,title,place,when,status,reported,who,source,summary\n"
TABLE = (
    HEAD
    + "march,First visit,Tokyo,2025-03,happened,,Ann,Times,\n"
    + "week,A tour,Yokosuka,[2025-10-27..2025-10-31],expected,2025-10-11,Officials,Times,\n"
    + "meet,A meeting,Tokyo,2025-10-29,possible,2025-10-23,Ann;Ben,Kyodo,\n"
    + "meet,,,,expected,2025-10-24,,Café Post,About défense\n"
    + "open,A summit,Paris,2025-10-28/..,scheduled,2025-10-15,Cy,Times,\n"
    + "none,A plan,Nowhere,XXXX-XX-XX,cancelled,2025-10-22,Cy,Times,\n"
)


def ids(events: tuple[Event, ...]) -> list[str]:
    return [event.id for event in events]


@pytest.fixture
def events(read: Read) -> tuple[Event, ...]:
    return events_as_of(read(TABLE), None)


def test_story_order_is_by_day_with_not_dated_last(events: tuple[Event, ...]) -> None:
    assert ids(events) == ["march", "week", "open", "meet", "none"]


def test_order_within_a_day_goes_by_the_clock_then_by_the_end(read: Read) -> None:
    story = read(
        "event,title,place,when\nb,B,Tokyo,2025-10-29T18:00\na,A,Tokyo,2025-10-29T09:00\n"
        "c,C,Tokyo,2025-10-29/..\nd,D,Tokyo,2025-10-29\ne,E,Tokyo,[..2025-10-28]\n"
    )
    assert ids(events_as_of(story, None)) == ["e", "d", "c", "a", "b"]


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        ("2025-10-10", ["march"]),
        ("2025-10-11", ["march", "week"]),
        ("2025-10-22", ["march", "week", "open", "none"]),
        ("2025-10-23", ["march", "week", "open", "meet", "none"]),
    ],
)
def test_event_does_not_exist_before_it_is_reported(read: Read, as_of: str, known: list[str]) -> None:
    assert ids(events_as_of(read(TABLE), date.fromisoformat(as_of))) == known


def test_event_is_what_was_known_on_the_as_of_day(read: Read) -> None:
    story = read(TABLE)
    before = next(event for event in events_as_of(story, date(2025, 10, 23)) if event.id == "meet")
    after = next(event for event in events_as_of(story, date(2025, 10, 24)) if event.id == "meet")
    assert (before.status, before.source, len(before.reports)) == ("possible", "Kyodo", 1)
    assert (after.status, after.source, len(after.reports)) == ("expected", "Café Post", 2)


def test_range_tells_certain_from_possible(events: tuple[Event, ...]) -> None:
    chosen = select(events, Filter(date(2025, 10, 29), date(2025, 10, 29)))
    assert ids(chosen.certain) == ["meet"]
    assert ids(chosen.possible) == ["week", "open", "none"]
    assert ids(chosen.events) == ["week", "open", "meet", "none"]
    assert chosen.total == 5


def test_range_includes_both_its_ends(events: tuple[Event, ...]) -> None:
    assert "march" in ids(select(events, Filter(date(2025, 3, 1), date(2025, 3, 31))).certain)
    assert "march" in ids(select(events, Filter(last=date(2025, 3, 1))).possible)
    assert "march" not in ids(select(events, Filter(last=date(2025, 2, 28))).events)


def test_no_filter_leaves_everything_certain(events: tuple[Event, ...]) -> None:
    chosen = select(events, Filter())
    assert chosen.certain == chosen.events == events
    assert chosen.possible == ()


def test_range_that_ends_before_it_begins_finds_nothing(events: tuple[Event, ...]) -> None:
    assert select(events, Filter(date(2025, 11, 1), date(2025, 10, 1))).events == ()


def test_status_and_who_narrow(events: tuple[Event, ...]) -> None:
    assert ids(select(events, Filter(statuses=frozenset({"expected", "cancelled"}))).events) == ["week", "meet", "none"]
    assert ids(select(events, Filter(who=frozenset({"Ann", "Cy"}))).events) == ["march", "open", "meet", "none"]
    both = Filter(statuses=frozenset({"expected"}), who=frozenset({"Ann", "Nobody"}))
    assert ids(select(events, both).events) == ["meet"]
    assert select(events, Filter(who=frozenset({"Nobody"}))).events == ()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", ["march", "week", "open", "meet", "none"]),
        ("   ", ["march", "week", "open", "meet", "none"]),
        ("TOKYO", ["march", "meet"]),
        ("defense", ["meet"]),
        ("défense", ["meet"]),
        ("cafe", ["meet"]),
        ("kyodo", ["meet"]),
        ("ann visit", ["march"]),
        ("visit ann", ["march"]),
        ("cancelled", ["none"]),
        ("nowhere", ["none"]),
        ("officials tokyo", []),
        (".*", []),
    ],
)
def test_search_finds_every_word_whatever_case_or_accent(events: tuple[Event, ...], q: str, found: list[str]) -> None:
    assert ids(select(events, Filter(q=q)).events) == found


def test_travellers_come_by_number_of_events(events: tuple[Event, ...]) -> None:
    assert travellers(events) == ("Ann", "Cy", "Officials", "Ben")


def test_events_by_place_leave_out_the_unplaced(events: tuple[Event, ...]) -> None:
    assert {place: ids(there) for place, there in by_place(events).items()} == {
        "t:tokyo": ["march", "meet"],
        "t:yokosuka": ["week"],
        "t:paris": ["open"],
    }


def test_first_and_last_day_of_a_story(events: tuple[Event, ...]) -> None:
    assert days(events) == (date(2025, 3, 1), date(2025, 10, 31))
    assert days(()) == (None, None)


def test_days_on_which_something_was_reported(read: Read) -> None:
    assert report_days(read(TABLE)) == tuple(date(2025, 10, day) for day in (11, 15, 22, 23, 24))


WHENS = [
    "2025-10-29",
    "2025-10",
    "2025",
    "2025-10-27/2025-10-31",
    "[2025-10-27..2025-10-31]",
    "2025-10-28/..",
    "../2025-10-28",
    "[2025-10-28..]",
    "[..2025-10-28]",
    "2025-10-29?",
    "2025-10~",
    "2025-10/2025-12",
    "",
]
NEAR = st.none() | st.dates(date(2025, 9, 20), date(2025, 11, 10))


@given(st.lists(st.sampled_from(WHENS), max_size=8), NEAR, NEAR)
def test_many_events_are_chosen_as_each_alone_would_be(whens: list[str], first: date | None, last: date | None) -> None:
    unplaced = Resolution("X", None, (), "unknown")
    events = tuple(
        Event(str(at), (Report(str(at), "T", "X", parse_when(when), STATUSES[at % 5]),), unplaced, None)
        for at, when in enumerate(whens)
    )
    chosen = select(events, Filter(first, last))
    relations = {event.id: relation(event.span, first, last) for event in events}
    assert ids(chosen.certain) == [id for id, found in relations.items() if found == "certain"]
    assert ids(chosen.possible) == [id for id, found in relations.items() if found == "possible"]
    assert ids(chosen.events) == [id for id, found in relations.items() if found != "outside"]


def test_same_question_again_does_no_new_work(monkeypatch: pytest.MonkeyPatch) -> None:
    import story.query.selection as module

    unplaced = Resolution("X", None, (), "unknown")
    events = tuple(
        Event(str(at), (Report(str(at), "T", "X", parse_when("2025-10-29"), "happened"),), unplaced, None)
        for at in range(50)
    )
    calls = 0
    real = module.core

    def counted(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "core", counted)
    for shift in range(5):
        select(events, Filter(date(2025, 10, 1), date(2025, 10, 20) + timedelta(shift)))
    assert calls == 50
