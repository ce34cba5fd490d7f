"""The scripts of the HTML file tell a story as Python does: random stories, on each as-of day, with random filters."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from story.drawing import assets
from story.drawing.play import play_json
from story.drawing.scale import make_scale, ticks
from story.drawing.shapes import colours_of
from story.drawing.ways import say_way
from story.export.dashboard.data import dashboard_data
from story.export.dashboard.file import SCRIPTS, STATIC
from story.model import STATUSES, Event, Itinerary, Story
from story.opening.stories import open_story
from story.query.itineraries import itineraries
from story.query.presence import presence
from story.query.selection import ALL, Filter, by_place, events_as_of, report_days, select, travellers
from story.query.sure import SURE, sure_of
from story.query.travel import meetings, nights, silences
from tests.story.conftest import small_gazetteer

FIRST = date(2025, 3, 1)
PEOPLE = ("Ada Lovell", "Ben Okri", "USS Example", "Chess Club")
PLACES = ("Tokyo", "Yokosuka", "Fallon", "Paris", "Japan", "Nowhere")
SOURCES = ("", "Herald", "Courier", "Courier, citing the Herald", "Ministry")
COLUMNS = ("event", "title", "who", "place", "when", "status", "reported", "source", "summary", "trip")


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content="window.dateline = {};")
    for path in (assets.STATIC / "map" / "moments.js", assets.STATIC / "page" / "brush.js"):
        page.add_script_tag(path=path)
    page.add_script_tag(content="\n".join((STATIC / name).read_text("utf-8") for name in SCRIPTS if name != "start.js"))
    page.add_script_tag(path=Path(__file__).with_name("html_fold.js"))
    yield page
    page.close()


def random_story(seed: int, folder: Path) -> Story:
    chance = random.Random(seed)

    def day(most: int) -> date:
        return FIRST + timedelta(days=chance.randrange(most))

    def when() -> str:
        one = day(chance.choice((20, 90, 400)))
        other = one + timedelta(days=chance.randrange(1, 9))
        forms = (
            f"{one}",
            f"{one}",
            f"{one}/{other}",
            f"[{one}..{other}]",
            f"{one}/..",
            f"{one}?",
            f"{one}T09:30+09:00",
        )
        return chance.choice((*forms, f"{one:%Y-%m}", "XXXX-XX-XX"))

    rows = []
    for number in range(chance.randrange(1, 14)):
        base = day(30)
        for turn in range(chance.choice((1, 1, 2, 3))):
            reported = chance.choice(("", str(base + timedelta(days=turn)), str(day(40))))
            who = "; ".join(chance.sample(PEOPLE, chance.choice((0, 1, 1, 2))))
            title = chance.choice(("Ada meets Ben", "He flies on to Paris", "A visit", "The home port is Yokosuka"))
            row = (f"e{number}", f"{title} {number}", who, chance.choice(PLACES), when(), chance.choice(STATUSES))
            rows.append(
                (*row, reported, chance.choice(SOURCES), chance.choice(("", "Denied.")), chance.choice(("", "", "one")))
            )
    folder.mkdir()
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    published = f"published = {day(60)}\n" if chance.random() < 0.7 else ""
    (folder / "story.toml").write_text(f'title = "A story"\n{published}', encoding="utf-8")
    return open_story(folder, small_gazetteer)


def random_filter(chance: random.Random, as_of: date | None) -> Filter:
    first = FIRST + timedelta(days=chance.randrange(40)) if chance.random() < 0.5 else None
    last = (first or FIRST) + timedelta(days=chance.randrange(40)) if chance.random() < 0.5 else None
    statuses = frozenset(chance.sample(STATUSES, chance.choice((0, 0, 2))))
    sure = frozenset(chance.sample(SURE, chance.choice((0, 0, 3))))
    who = frozenset(chance.sample(PEOPLE, chance.choice((0, 0, 1))))
    return Filter(first, last, statuses, who, chance.choice(("", "", "visit", "herald")), as_of, sure=sure)


# ---- what Python says ----------------------------------------------------------------------------------------------


def said_of(itinerary: Itinerary, *, filtered: bool) -> dict[str, Any]:
    stays = {stop: count for trip in itinerary.trips for stop, count in nights(trip).items()}
    silent = {stop: some for trip in itinerary.trips for stop, some in silences(trip).items()}
    return {
        "who": itinerary.traveller,
        "trips": [
            [trip.number, trip.why, [stop.event.id for stop in trip.stops], list(trip.joins)]
            for trip in itinerary.trips
        ],
        # The ways past what a filter left out are told more shortly.
        "legs": [
            [leg.start.event.id, leg.end.event.id, leg.travelled, "" if filtered else say_way(leg), leg.why]
            for leg in itinerary.legs
        ],
        "flags": [] if filtered else sorted(flag.message for flag in itinerary.flags),
        "nights": {str(stop): count for stop, count in stays.items()},
        "silent": {str(stop): [day.toordinal() for day in some] for stop, some in silent.items()},
    }


def in_python(story: Story, wanted: Filter) -> dict[str, Any]:
    every = events_as_of(story, None)
    known = events_as_of(story, wanted.as_of)
    left = select(known, wanted)
    going = presence(story, every)
    filtered = left.events != known
    return {
        "known": [event.id for event in known],
        "events": [event.id for event in left.events],
        "possible": [event.id for event in left.possible],
        "sure": [sure_of(event) for event in left.events],
        "places": {place: len(there) for place, there in by_place(left.events).items()},
        "travel": sorted(
            (said_of(one, filtered=filtered) for one in itineraries(left.events, whole=known, going=going)),
            key=lambda one: one["who"],
        ),
        "meetings": [
            [sorted(one.who), one.place.id, one.first.toordinal(), one.last.toordinal(), one.status, one.met]
            for one in meetings(left.events, going)
        ],
        "axis": axis_of(story, known, wanted),
    }


def axis_of(story: Story, known: tuple[Event, ...], wanted: Filter) -> Any:
    scale = make_scale(known, wanted.as_of)
    if scale is None:
        return None
    knots = [[day, round(at, 6)] for day, at in zip(scale.knots, scale.positions, strict=True)]
    return {"knots": knots, "ticks": [[round(at, 6), words] for at, words in ticks(scale)]}


def asked_of(wanted: Filter, day: int) -> dict[str, Any]:
    return {
        "first": wanted.first.toordinal() if wanted.first else 0,
        "last": wanted.last.toordinal() if wanted.last else 0,
        "status": sorted(wanted.statuses),
        "who": sorted(wanted.who),
        "sure": sorted(wanted.sure),
        "q": wanted.q,
        "day": day,
    }


@pytest.mark.parametrize("seed", range(12))
def test_each_as_of_day_and_filter_shows_in_the_file_what_the_page_shows(
    seed: int, scripts: Page, tmp_path: Path
) -> None:
    story = random_story(seed, tmp_path / "story")
    chance = random.Random(seed)
    data = dashboard_data(story, events_as_of(story, None), ALL)
    for day in report_days(story):
        for wanted in (Filter(as_of=day), random_filter(chance, day), random_filter(chance, day)):
            expected = in_python(story, wanted)
            filtered = expected["events"] != expected["known"]
            found = scripts.evaluate("inTheFile", [data, asked_of(wanted, day.toordinal()), filtered])
            assert found == json.loads(json.dumps(expected)), (day, wanted)


@pytest.mark.parametrize("seed", range(4))
def test_a_filtered_export_shows_what_the_filter_left_on_each_day(seed: int, scripts: Page, tmp_path: Path) -> None:
    story = random_story(100 + seed, tmp_path / "story")
    chance = random.Random(seed)
    every = events_as_of(story, None)
    for _ in range(4):
        asked = random_filter(chance, None)
        left = {event.id for event in select(every, asked).events}
        data = dashboard_data(story, select(every, asked).events, asked)
        for day in report_days(story):
            known = events_as_of(story, day)
            expected = [event for event in select(known, asked).events if event.id in left]
            found = scripts.evaluate("inTheFile", [data, asked_of(ALL, day.toordinal()), True])
            assert found["events"] == [event.id for event in expected], (day, asked)


@pytest.mark.parametrize("seed", range(6))
def test_the_file_plays_what_the_page_plays(seed: int, scripts: Page, tmp_path: Path) -> None:
    story = random_story(200 + seed, tmp_path / "story")
    chance = random.Random(seed)
    every = events_as_of(story, None)
    data = dashboard_data(story, every, ALL)
    colours = colours_of(travellers(every))
    last = max((*report_days(story), story.published or FIRST))
    for wanted in (ALL, random_filter(chance, None)):
        left = select(every, wanted)
        travel = itineraries(left.events, 100, whole=every, going=presence(story, every))
        expected = json.loads(play_json(story, left, travel, wanted, data["year"], colours))
        found = scripts.evaluate("played", [data, asked_of(wanted, last.toordinal())])
        assert told(found) == told(expected), wanted


def told(play: dict[str, Any]) -> dict[str, Any]:
    """What is played, with names instead of numbers. A way between two events may be drawn by another point."""
    places = [place[0] for place in play["places"]]
    who = [tuple(one) for one in play["who"]]
    place = lambda number: places[number] if number >= 0 else None  # noqa: E731
    return {
        "events": [
            [name, sorted(who[one] for one in people), [[*row[:2], place(row[2]), *row[3:]] for row in rows]]
            for name, people, rows in play["events"]
        ],
        "legs": sorted([who[row[0]], *row[1:4]] for row in play["legs"]),
        "known": sorted(
            [who[row[0]], row[1], row[2], place(row[3]), place(row[4]), row[5], row[7], row[8]] for row in play["known"]
        ),
        "rest": [play["timed"], play["undated"], play["days"]],
    }
