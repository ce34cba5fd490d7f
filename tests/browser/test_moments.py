"""What is to be seen at each step of a story that is played, worked out in a blank page from a few events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.driving import ROOT

HAPPENED, SCHEDULED, CANCELLED = 0, 1, 4
DAY = 739000
PLACES = [["a", "Aden", 12.8, 45.0], ["b", "Basra", 30.5, 47.8], ["c", "Cairo", 30.0, 31.2]]
AT = """(there) => [...there.places].map(([place, { count, statuses, ahead, now }]) =>
    `${story.places[place][1]} ${count} ${[...statuses].join("+")}${ahead ? " ahead" : ""}${now ? " now" : ""}`)"""


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "story" / "drawing" / "static" / "map" / "moments.js")
    yield page
    page.close()


def state(since: int, status: int, place: int, day: int, title: str = "", *, shown: int = 1) -> list[Any]:
    return [DAY + since if since else 0, status, place, DAY + day, DAY + day, title, f"day {day}", shown]


# Ada is in Aden, and plans to go to Basra, then to Cairo instead; what was to be in Basra is called off.
EVENTS = [
    ["aden", [0], [state(0, HAPPENED, 0, 1, "Aden")]],
    ["cairo", [0], [state(1, SCHEDULED, 1, 9, "Basra"), state(4, HAPPENED, 2, 5, "Cairo")]],
    ["feast", [], [state(1, SCHEDULED, 1, 7, "Feast"), state(6, CANCELLED, 1, 7)]],
    ["last", [], [state(0, HAPPENED, 0, 30, "Last")]],
]
STORY = {
    "timed": 4,
    "undated": 0,
    "places": PLACES,
    "who": [["Ada", 0]],
    "events": EVENTS,
    "legs": [[0, 0, 1, 1, None]],
    "days": [[DAY + 1, "day 1"], [DAY + 4, "day 4"], [DAY + 6, "day 6"]],
    "known": [[0, 0, 1, 0, 1, 0, None, DAY + 1, DAY + 4], [0, 0, 1, 0, 2, 1, None, DAY + 4, 0]],
}


def ask(page: Page, script: str) -> Any:
    return page.evaluate(
        f"(data) => {{ const story = dateline.readPlay(data); const at = {AT}; return {script}; }}", STORY
    )


def test_a_plan_stands_ahead_and_turns_into_what_happened(blank: Page) -> None:
    assert ask(blank, "at(dateline.timeAt(story, 0))") == ["Aden 1 happened now", "Basra 2 scheduled ahead"]
    after = ["Aden 1 happened", "Cairo 1 happened now", "Basra 1 scheduled ahead"]
    assert ask(blank, "at(dateline.timeAt(story, 1))") == after


def test_what_was_cancelled_goes_after_its_turn(blank: Page) -> None:
    assert "Basra 1 cancelled ahead now" in ask(blank, "at(dateline.timeAt(story, 2))")
    assert ask(blank, "at(dateline.timeAt(story, 3))") == ["Aden 2 happened now", "Cairo 1 happened"]


def test_what_no_report_announced_is_not_there_before_its_turn(blank: Page) -> None:
    assert ask(blank, "dateline.timeAt(story, 1).places.get(0).count") == 1
    assert ask(blank, "dateline.timeAt(story, 3).places.get(0).count") == 2


def test_a_window_leaves_what_had_its_turn_within_it(blank: Page) -> None:
    assert ask(blank, "at(dateline.timeAt(story, 3, 7))") == ["Aden 1 happened now"]
    assert ask(blank, "dateline.timeAt(story, 3, 7).legs") == []


def test_ways_are_planned_first_travelled_next_and_done_then(blank: Page) -> None:
    kinds = "[0, 1, 2].map(step => dateline.timeAt(story, step).legs.map(leg => `${leg.kind} ${story.places[leg.to][1]}${leg.moving ? ' moving' : ''}`).join())"  # noqa: E501
    assert ask(blank, kinds) == ["ahead Basra", "done Cairo moving", "done Cairo"]
    assert ask(blank, "[...dateline.timeAt(story, 2).at]") == [[0, 1]]


def test_knowledge_shows_what_was_known_on_each_day(blank: Page) -> None:
    steps = "[0, 1, 2].map(step => at(dateline.knownAt(story, step)).sort().join(', '))"
    assert ask(blank, steps) == [
        "Aden 2 happened, Basra 2 scheduled ahead now",
        "Aden 2 happened, Basra 1 scheduled ahead, Cairo 1 happened now",
        "Aden 2 happened, Basra 1 cancelled ahead now, Cairo 1 happened",
    ]
    assert ask(blank, "[0, 1, 2].map(step => dateline.knownAt(story, step).now.join())") == ["1,2", "1", "2"]
    kinds = "[0, 1].map(step => dateline.knownAt(story, step).legs.map(leg => leg.kind).join())"
    assert ask(blank, kinds) == ["plan", "done"]


def test_a_day_leads_to_the_last_step_before_its_end(blank: Page) -> None:
    assert ask(blank, f"[0, 5, 6, 99].map(day => dateline.stepOn(story, 'time', {DAY} + day))") == [0, 1, 1, 3]
    assert ask(blank, f"[0, 4, 5].map(day => dateline.stepOn(story, 'known', {DAY} + day))") == [0, 1, 1]
    assert ask(blank, "[dateline.ordinal('2025-10-10'), dateline.isoDay(739534)]") == [739534, "2025-10-10"]


def test_the_way_round_the_world_runs_on_over_the_date_line(blank: Page) -> None:
    line = ask(blank, "dateline.greatCircle([35.7, 139.7], [39.4, -118.7])")
    assert line[0] == [35.7, 139.7]
    assert abs(line[-1][1] - 241.3) < 0.01
    assert all(0 < b[1] - a[1] < 20 for a, b in pairwise(line))
    assert max(latitude for latitude, _ in line) > 45
    assert ask(blank, "dateline.greatCircle([10, 20], [-10, -160])") == [[10, 20], [-10, 200]]
