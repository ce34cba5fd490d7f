"""What changed and how sure it is, on the page: the region, the marks on map, timeline and lists, the filter."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from story.model import Report
from story.model.dates import parse_when
from story.query.changes import Change, tell
from tests.view.make import MALAYSIA, TOKYO, event
from tests.view.page_driver import Open, Shown, write_story
from view.draw.marks import marks_of
from view.draw.scene import Scene
from view.draw.timeline import timeline
from view.state.address import Address, read

REPORTS = """
    event,title,who,place,when,status,reported,source
    visit,The visit,Ann Lee,Tokyo,2025-10-28,possible,2025-10-20,Wire
    visit,,,,,scheduled,2025-10-22,Gazette
    visit,,,Osaka,2025-10-30,,2025-10-23,Gazette
    fire,The fire,Ben Roy,Yokosuka,2025-10-21,happened,2025-10-21,Wire
    fire,,,Kobe,2025-10-20,,2025-10-23,Courier
    launch,The launch,Ann Lee,Nagoya,2025-11-02,expected,2025-10-23,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_story(tmp_path / "trip", REPORTS, 'title = "A trip"\npublished = 2025-10-23\n')


def changed_places(shown: Shown) -> set[str]:
    return {place["name"] for place in shown.map.data["places"] if place["changed"]}


def test_changes_are_told_only_where_they_are_asked_for(open_at: Open) -> None:
    shown = open_at()
    assert shown.text("changes") == ""
    assert changed_places(shown) == set()
    assert "since" not in shown.address()


def test_changes_since_a_day_are_told_with_who_said_so(open_at: Open) -> None:
    shown = open_at("since=2025-10-23")
    said = shown.text("changes")
    assert said.startswith("6 changes since Thu, Oct 23")
    assert (
        "Defense ministers Hegseth and Koizumi meet became certain — expected on Wed, Oct 29, was possible "
        "(Shinjiro Koizumi)" in said
    )
    assert shown.events("changes") >= {"defense-ministers", "koizumi-confirms"}
    assert shown.address()["since"] == ["2025-10-23"]


def test_map_timeline_and_lists_mark_what_changed(open_at: Open, folder: Path) -> None:
    shown = open_at("since=2025-10-22", story=folder)
    assert changed_places(shown) == {"Osaka", "Kobe", "Nagoya"}
    assert {move["name"] for move in shown.map.data["moves"]} == {"Tokyo", "Yokosuka"}
    assert "was Tue, Oct 28" in html.unescape(shown.html("timeline"))
    for region in ("details", "itinerary", "events"):
        marked = re.findall(r'class="changed">([^<]*)<', shown.html(region))
        assert {"moved", "added"} <= set(marked), region


def test_the_day_is_chosen_on_the_page_and_stays_in_every_link(open_at: Open, folder: Path) -> None:
    shown = open_at(story=folder)
    choice = shown.app.selectbox(key="since")
    assert choice.options == [
        "no changes marked",
        *(f"changes since {day}" for day in ("Wed, Oct 22", "Tue, Oct 21", "Mon, Oct 20")),
    ]
    choice.set_value(date(2025, 10, 21))
    shown.run()
    assert shown.address()["since"] == ["2025-10-21"]
    assert "since=2025-10-21" in html.unescape(shown.html("timeline"))
    assert shown.press("next").address()["since"] == ["2025-10-21"]


def test_changes_obey_the_filters(open_at: Open, folder: Path) -> None:
    said = open_at("since=2025-10-22&who=Ben+Roy", story=folder).text("changes")
    assert said.startswith("1 change since Wed, Oct 22 · 2 more in what the filters leave out")
    assert "The visit" not in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=soon", "“since=soon” in the address was ignored: write a day as 2025-10-24."),
        ("since=2025-12-01", "Changes since Mon, Dec 1 are not shown: that is not before the as-of day."),
        ("since=2025-10-23&as_of=2025-10-22", "Changes since Thu, Oct 23 are not shown"),
        ("sure=rumour", "“sure=rumour” in the address was ignored: use corroborated, single-source, contested"),
    ],
)
def test_what_cannot_be_meant_is_told(open_at: Open, query: str, said: str) -> None:
    shown = open_at(query)
    assert said in shown.text("notices")
    assert not {"since", "sure"} & set(shown.address())


def test_sure_filters_every_part_of_the_page(open_at: Open, folder: Path) -> None:
    shown = open_at("sure=contested", story=folder)
    for region in ("timeline", "itinerary", "events"):
        assert shown.events(region) == {"fire"}, region
    assert shown.markers() == {"Kobe": 1}
    assert shown.address()["sure"] == ["contested"]
    shown.app.multiselect(key="sure").set_value(["unsourced"])
    assert shown.run().events("events") == {"launch"}


def test_details_put_what_sources_disagree_on_side_by_side(open_at: Open, folder: Path) -> None:
    said = open_at("event=fire", story=folder).text("details")
    assert "contested : independent sources disagree Courier Wire says otherwise" in said
    assert "Wire Courier When Tue, Oct 21 Mon, Oct 20 Where Yokosuka Kobe" in said
    assert "How sure: how it is counted" in said


def test_lists_say_how_sure_each_event_is(open_at: Open, folder: Path) -> None:
    said = open_at(story=folder).text("events")
    for words in ("Courier contested", "Gazette single source", "no source"):
        assert words in said


def test_broken_days_in_an_address_leave_the_rest() -> None:
    address, notices = read({"since": ["soon"], "sure": ["denied,contested"]})
    assert (address.since, address.sure) == (None, ("contested", "denied"))
    assert len(notices) == 1


# ---- marks ----------------------------------------------------------------------------------------------------------


def a_change(kind: str, field: str, when: str, *, added: bool = False) -> Change:
    old = Report("a", "A", "Tokyo", parse_when(when), "possible")
    new = Report("a", "A", "Malaysia", parse_when("2025-10-30"), "scheduled")
    return Change("a", "A", kind, field, "", "", None if added else old, new, TOKYO, MALAYSIA)  # type: ignore[arg-type]


def test_the_first_of_several_changes_tells_what_was_before() -> None:
    found = marks_of([a_change("moved", "when", "2025-10-28"), a_change("moved", "when", "2025-10-29")])
    assert found.days["a"].edtf == "2025-10-28"


def test_what_is_new_has_no_former_day() -> None:
    found = marks_of([a_change("added", "status", "", added=True), a_change("moved", "when", "2025-10-28")])
    assert (dict(found.words), dict(found.days)) == ({"a": "added"}, {})


def test_a_day_that_is_closer_but_not_certain_is_marked_as_the_sentence_says_it() -> None:
    old = Report("a", "A", "Tokyo", parse_when(""), "expected")
    closer = replace(old, span=parse_when("[2025-10-27..2025-10-31]"))
    certain = replace(old, span=parse_when("2025-10-28"))
    for new, words in ((closer, "became more certain"), (certain, "became certain")):
        found = (Change("a", "A", "became certain", "when", "", "", old, new, TOKYO, TOKYO),)
        assert dict(marks_of(found).words) == {"a": words}
        assert tell(found)[0].words.startswith(words)


def test_timeline_reaches_back_to_where_an_event_stood() -> None:
    marks = marks_of([a_change("moved", "when", "2025-10-12")])
    scene = Scene(Address(), 2025, {"Ada": 0}, marks=marks)
    drawn = timeline([event("a", "2025-10-30"), event("b", "2025-10-28")], ["Ada"], date(2025, 10, 24), scene)
    (former,) = re.findall(r'class="former" style="left:([\d.]+)%', drawn)
    assert float(former) < 20
    assert "A was Sun, Oct 12" in drawn
