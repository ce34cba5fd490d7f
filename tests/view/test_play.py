"""What the map is given to play: once, at an address of its own, and no more than the filter leaves."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from geo.place import Resolution
from story.drawing.play import play_json
from story.model import Event, Story
from story.query.itineraries import itineraries
from story.query.selection import Filter, events_as_of, select
from tests.view.make import FALLON, TOKYO, YOKOSUKA, event
from view.state import offers


def told(*events: Event) -> Story:
    """A story of the reports of events, all of whose names are known."""
    reports = tuple(report for one in events for report in one.reports)
    known = {place.name: Resolution(place.name, place, (), "known") for place in (TOKYO, YOKOSUKA, FALLON)}
    return Story("test", "Test", "", None, "", reports, known)


def played(story: Story, wanted: Filter | None = None) -> dict[str, Any]:
    wanted = wanted or Filter()
    selection = select(events_as_of(story, wanted.as_of), wanted)
    ways = itineraries(selection.events)
    data: dict[str, Any] = json.loads(play_json(story, selection, ways, wanted, 2025, {"Ada": 3}))
    return data


def test_events_come_in_order_of_time_with_the_ways_between_them() -> None:
    data = played(told(event("late", "2025-10-21", FALLON), event("early", "2025-10-18"), event("none", "XXXX-XX-XX")))
    assert [row[0] for row in data["events"][: data["timed"]]] == ["early", "late"]
    assert data["undated"] == 1
    assert data["legs"] == [[0, 0, 1, 1, None]]
    assert data["who"] == [["Ada", 3]]
    (state,) = data["events"][1][2]
    day = date(2025, 10, 21).toordinal()
    assert state == [0, 0, data["events"][1][2][0][2], day, day, "Late", "Tue, Oct 21", 1]
    assert data["places"][state[2]][1] == "Fallon"


def test_an_event_has_a_state_for_each_day_on_which_it_changed() -> None:
    first = event("meet", "2025-10-29", YOKOSUKA, status="possible").latest
    moved = event("meet", "2025-10-29", TOKYO, status="expected").latest
    story = told(event("meet"))
    reports = (replace(first, reported=date(2025, 10, 20)), replace(moved, reported=date(2025, 10, 24)))
    data = played(replace(story, reports=reports))
    rows = data["events"][0][2]
    assert [row[0] for row in rows] == [date(2025, 10, 20).toordinal(), date(2025, 10, 24).toordinal()]
    assert [data["places"][row[2]][1] for row in rows] == ["Yokosuka", "Tokyo"]
    assert [row[5] for row in rows] == ["Meet", ""], "a title is told once"
    assert [words for _, words in data["days"]] == ["Mon, Oct 20", "Fri, Oct 24"]


def test_what_the_filter_does_not_leave_is_not_played() -> None:
    story = told(event("a", "2025-10-02"), event("b", "2025-10-05", FALLON, who=("Bo",)))
    assert [row[0] for row in played(story, Filter(who=frozenset({"Bo"})))["events"]] == ["b"]
    assert [row[0] for row in played(story, Filter(last=date(2025, 10, 3)))["events"]] == ["a"]


# ---- the address ----------------------------------------------------------------------------------------------------


def asked(word: str) -> Response:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "path_params": {"word": word}}
    return asyncio.run(offers.answer(Request(scope)))


def test_an_offer_is_written_when_it_is_asked_for_and_ends_with_who_holds_it() -> None:
    written = []

    def write() -> bytes:
        written.append(1)
        return b'{"timed":0}'

    made = offers.offer("about", write, None)
    word = made.word
    assert not written
    answer = asked(word)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert gzip.decompress(bytes(answer.body)) == b'{"timed":0}'
    assert asked("another").status_code == 404
    del made
    gc.collect()
    assert asked(word).status_code == 404


def test_the_same_is_offered_once_and_something_else_by_another_word() -> None:
    first = offers.offer(("story", 1), bytes, None)
    assert offers.offer(("story", 1), bytes, first) is first
    assert offers.offer(("story", 2), bytes, first).word != first.word
