"""Itineraries on the page: trips and why, who was together, who travels, and what a person says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from tests.view.page_driver import Open, Shown, write_story
from view.edit import travel

ROWS = """event,title,place,when,status,reported,source,who
    spring,Spring visit,Tokyo,2025-03-01,happened,2025-03-02,Wire,Ann Roe
    autumn,Autumn talks,Paris,2025-10-10,happened,2025-10-10,Wire,Ann Roe;Ben Poe
    after,Talks go on,London,2025-10-14,happened,2025-10-14,Wire,Ann Roe
    sails,Frigate sails,Colombo,2025-10-01,happened,2025-10-14,Wire,HMS Oak
    there,Frigate arrives,Suez,2025-10-13,happened,2025-10-14,Wire,HMS Oak
    shelled,Town shelled,Khartoum,2025-10-05,happened,2025-10-14,Wire,Northern Army"""


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """What the page's script hands over next, when its stand-in is pressed."""
    waiting: list[Mapping[str, Any]] = []

    def script(**_: object) -> None:
        st.button("trip", key="trip act", on_click=lambda: travel.act(waiting.pop()))

    monkeypatch.setattr(travel, "_acts", script)
    return waiting


@pytest.fixture
def shown(open_at: Open, tmp_path: Path, pressed: object) -> Shown:
    return open_at(story=write_story(tmp_path / "tour", ROWS, 'title = "Tour"'))


def legs(shown: Shown) -> int:
    return len(shown.map.data["legs"])


def test_the_shipped_story_has_hegseth_on_two_trips_and_no_leg_between(open_at: Open) -> None:
    shown = open_at("who=Pete+Hegseth")
    said = shown.text("itinerary")
    assert "2 trips" in said
    assert "no word Oct 20 – 28" in said
    assert "about 11 h by air" in said
    assert "are to meet in Tokyo on Oct 29 (expected)" in said
    assert legs(open_at()) == 4


def test_trips_are_told_with_their_reason_and_only_asked_for_between_them(shown: Shown) -> None:
    said = shown.text("itinerary")
    assert "Trip 2 begins with 2: 7 months without word" in said
    assert "2 and 3 are one trip: only 3 days between them" in said
    assert legs(shown) == 2
    assert [round(line["points"][0][0]) for line in shown.map.data["unknown"]] == [36]


def test_a_ship_goes_by_sea_with_that_distance(shown: Shown) -> None:
    assert "6,430 km (4,000 mi) · by sea · about 10 days at 15 knots" in shown.text("itinerary")
    (ship,) = (leg["points"] for leg in shown.map.data["legs"] if round(leg["points"][0][1]) == 80)
    assert any(abs(latitude - 12.6) < 1 and abs(longitude - 43.4) < 1 for latitude, longitude in ship)


def test_those_who_are_only_involved_have_no_card_and_are_told(shown: Shown) -> None:
    assert "3 travellers, 1 other involved" in shown.text("counts")
    assert "Northern Army is involved, and drawn without an itinerary: a group by name." in shown.text("itinerary")
    assert "<h3>Northern Army" not in shown.html("itinerary")
    assert "Northern Army" in shown.text("timeline")


def test_trips_are_joined_and_split_by_a_press_and_undone(shown: Shown, pressed: list[Mapping[str, Any]]) -> None:
    shown.press("edit story")
    assert "Join with the trip before" in shown.html("itinerary")
    pressed.append({"act": "join", "who": "Ann Roe", "one": "spring", "other": "autumn"})
    assert legs(shown.press("trip act")) == 3
    assert "as the story says" in shown.text("itinerary")
    pressed.append({"act": "split", "who": "Ann Roe", "one": "autumn", "other": "after"})
    assert legs(shown.press("trip act")) == 2
    assert legs(shown.press("undo")) == 3
    assert legs(shown.press("undo")) == 2


def test_a_press_that_means_nothing_changes_nothing(shown: Shown, pressed: list[Mapping[str, Any]]) -> None:
    shown.press("edit story")
    for said in ({"act": "join", "who": "Nobody", "one": "a", "other": "b"}, {"act": "split"}, {}):
        pressed.append(said)
        assert legs(shown.press("trip act")) == 2
    assert shown.app.button(key="undo").disabled


def test_who_travels_is_changed_for_one_name_and_for_the_story(shown: Shown) -> None:
    shown.press("edit story")
    shown.app.selectbox(key="going name").select("Northern Army")
    shown.run().app.selectbox(key="going role").select("travels")
    assert "<h3>Northern Army" in shown.run().html("itinerary")
    shown.app.selectbox(key="going all").select("Nobody")
    assert "1 traveller, 3 others involved" in shown.run().text("counts")
    assert legs(shown) == 0
    shown.press("undo").press("undo")
    assert "3 travellers, 1 other involved" in shown.text("counts")


def test_without_travellers_there_is_no_itinerary_tab_and_a_line_says_why(open_at: Open, tmp_path: Path) -> None:
    head = 'title = "Tour"\ntravellers = "none"'
    shown = open_at(story=write_story(tmp_path / "tour", ROWS, head))
    assert [tab.label.partition(" ")[0] for tab in shown.app.tabs] == ["Events", "Sources"]
    assert "are involved, and drawn without an itinerary: as this story says" in shown.text()
    assert (legs(shown), shown.map.data["unknown"]) == (0, [])
    assert "Ann Roe" in shown.text("timeline")


def test_trips_to_one_place_in_a_row_are_told_once_in_the_line_of_the_route(open_at: Open, tmp_path: Path) -> None:
    rows = ROWS.split("\n")[0] + "".join(
        f"\n    v{month},Visit {month},{place},2025-0{month}-01,happened,2025-0{month}-01,Wire,Ann Roe"
        for month, place in ((1, "Tokyo"), (4, "Tokyo"), (8, "Paris"))
    )
    said = open_at(story=write_story(tmp_path / "visits", rows, 'title = "Visits"')).text("itinerary")
    assert "Tokyo | Paris" in said
    assert "Tokyo | Tokyo" not in said
