"""A calendar that is taken in again brings the events in it up to date; another program reads what was meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from story.export import EXPORTS
from story.model import Story
from story.query.selection import events_as_of
from tests.story.made_up import HOSTILE, made_up

Read = Callable[..., Story]
HEAD = "event,title,place,when,status,reported,source,url\n"
TALKS = "talks,Talks,Paris,2025-10-29,expected,2025-10-20,Kyodo,https://example.org/1\n"


def calendar(story: Story, as_of: date | None = None, revision: int = 0) -> dict[str, Event]:
    text = str(EXPORTS["ics"](story, events_as_of(story, as_of), revision=revision))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = Calendar.from_ical(text).walk("VEVENT")
    assert not [error for event in events for error in event.errors]
    return {str(event["UID"]): event for event in events}


def test_a_later_report_makes_a_later_version_of_the_same_event(read: Read) -> None:
    story = read(f"{HEAD}{TALKS}talks,,,2025-10-31,scheduled,2025-10-24,Reuters,\n")
    (before,), (after,) = calendar(story, date(2025, 10, 21)).values(), calendar(story).values()
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before["STATUS"], after["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert (
        before["LAST-MODIFIED"].dt
        < after["LAST-MODIFIED"].dt
        == after["DTSTAMP"].dt
        == datetime(2025, 10, 24, tzinfo=UTC)
    )
    assert (after["DTSTART"].dt, after["DTEND"].dt) == (date(2025, 10, 31), date(2025, 11, 1))


def test_a_revision_counts_for_more_than_the_reports_it_took_away(read: Read) -> None:
    many = read(f"{HEAD}{TALKS}talks,,,2025-10-31,scheduled,2025-10-24,Reuters,\n")
    (before,), (after,) = calendar(many, revision=3).values(), calendar(read(HEAD + TALKS), revision=4).values()
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_what_is_cancelled_is_cancelled_there(read: Read) -> None:
    story = read(f"{HEAD}{TALKS}talks,,,,cancelled,2025-10-24,Reuters,\n")
    (talks,) = calendar(story).values()
    assert talks["STATUS"] == "CANCELLED"
    (again,) = events_as_of(read(EXPORTS["ics"](story, events_as_of(story, None)), name="a.ics"), None)
    assert (again.id, again.status) == ("talks", "cancelled")


def test_events_of_two_stories_are_never_one(read: Read) -> None:
    story = read(HEAD + TALKS)
    assert not calendar(story).keys() & calendar(replace(story, id="another")).keys()


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2025-12-30/2025-12-31", date(2025, 12, 30), date(2026, 1, 1)),
        ("2025-10-29T10:00+01:00", datetime(2025, 10, 29, 9, tzinfo=UTC), None),
        (
            "2025-10-29T10:00+01:00/2025-10-29T11:30+01:00",
            datetime(2025, 10, 29, 9, tzinfo=UTC),
            datetime(2025, 10, 29, 10, 30, tzinfo=UTC),
        ),
        (
            "2025-10-29T10:00+01:00/2025-10-31",
            datetime(2025, 10, 29, 9, tzinfo=UTC),
            datetime(2025, 10, 31, 23, tzinfo=UTC),
        ),
        ("2025-10-29T10:00Z/2025-10-29T10:00Z", datetime(2025, 10, 29, 10, tzinfo=UTC), None),
        ("9999-12-31", date(9999, 12, 31), None),
    ],
)
def test_an_event_begins_and_ends_when_it_does(read: Read, when: str, start: date, end: date | None) -> None:
    (event,) = calendar(read(f"{HEAD}a,A,Paris,{when},happened,,,\n")).values()
    assert event["DTSTART"].dt == start
    assert (event["DTEND"].dt if "DTEND" in event else None) == end


def test_it_says_where_and_by_whose_word(read: Read) -> None:
    (talks,) = calendar(read(HEAD + TALKS)).values()
    assert (talks["LOCATION"], talks["URL"]) == ("Paris", "https://example.org/1")
    assert (talks["GEO"].latitude, talks["GEO"].longitude) == (48.85, 2.35)
    assert "Kyodo" in talks["DESCRIPTION"]
    assert "single source" in talks["DESCRIPTION"]


@pytest.mark.parametrize("status", ["happened", "scheduled", "expected", "possible", "cancelled"])
def test_each_status_opens_here_again_as_itself(read: Read, status: str) -> None:
    story = read(f"{HEAD}a,A,Paris,2025-10-29,{status},,,\n")
    (again,) = events_as_of(read(EXPORTS["ics"](story, events_as_of(story, None)), name="a.ics"), None)
    assert (again.id, again.status) == ("a", status)


def test_hostile_text_is_text_in_every_field(read: Read) -> None:
    cell = '"' + f"{HOSTILE}\\r\\nBEGIN:VALARM; :".replace('"', '""') + '"'
    story = read(
        f"event,title,place,when,who,summary,source,note\n{','.join([cell] * 3)},2025,{','.join([cell] * 4)}\n"
    )
    (event,) = calendar(story).values()
    assert not event.subcomponents
    assert event["SUMMARY"].startswith(events_as_of(story, None)[0].title)


def test_every_made_up_story_is_read_with_all_its_dated_events() -> None:
    for seed in range(60):
        story = made_up(seed)
        dated = [event for event in events_as_of(story, None) if event.span.earliest or event.span.latest]
        assert len(calendar(story)) == len(dated)
