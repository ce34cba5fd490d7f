"""A click on a marker chooses its place, on the empty map a point; a click that is reported again chooses nothing."""

from __future__ import annotations

import pytest

from tests.view.page_driver import Open
from view.state.clicks import point_of


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("35.281,139.672", (35.281, 139.672)),
        (" -90 , -180 ", (-90.0, -180.0)),
        ("91,0", None),
        ("0,181", None),
        ("Yokosuka", None),
        ("35.281", None),
        ("1,2,3", None),
        ("nan,inf", None),
        ("٣٥,139", None),
        ("", None),
    ],
)
def test_an_address_may_name_a_point(text: str, point: tuple[float, float] | None) -> None:
    assert point_of(text) == point


def test_the_answer_says_which_act_on_the_map_it_has_seen(open_at: Open) -> None:
    shown = open_at()
    assert shown.map.data["act"] == 0
    tokyo = next(place["id"] for place in shown.map.data["places"] if place["name"] == "Tokyo")
    shown.act("choose", {"act": 7, "place": tokyo, "point": None})
    assert (shown.map.data["act"], shown.map.data["selected"]) == (7, tokyo)
    assert shown.press("next").map.data["act"] == 7


@pytest.mark.parametrize("act", [{"act": 1, "place": "gone"}, {"act": 1}, {}, None, "Tokyo"])
def test_a_click_on_what_is_no_longer_there_chooses_nothing(open_at: Open, act: object) -> None:
    assert "place" not in open_at().act("choose", act).address()


def test_a_click_that_streamlit_folium_reports_itself_is_taken_once(open_at: Open) -> None:
    shown = open_at().answer("Yokosuka")
    assert shown.address()["place"] == ["Yokosuka"]
    shown.press("show_all").run()
    assert "place" not in shown.address(), "an old click was taken for a new one"
    assert shown.answer("Yokosuka", count=2).address()["place"] == ["Yokosuka"]


@pytest.mark.parametrize("turns", [-720, -360, 360])
def test_such_a_click_on_a_map_wound_round_the_world_finds_its_place(open_at: Open, turns: int) -> None:
    assert open_at().answer("Naval Air Station Fallon", east=turns).events("details") == {"hegseth-fallon"}


def test_such_a_click_beside_every_marker_chooses_nothing(open_at: Open) -> None:
    assert "place" not in open_at().answer("Tokyo", east=5).address()


def test_such_a_click_on_the_empty_map_gives_way_to_a_marker_clicked_later(open_at: Open) -> None:
    shown = open_at()
    empty = {"last_clicked": {"lat": 35.25, "lng": 139.15}, "last_object_clicked": None}
    shown.map.answer = empty
    assert shown.run().address()["place"] == ["35.250,139.150"]
    shown.answer("Yokosuka")
    shown.map.answer |= empty | {"last_object_clicked": shown.map.answer["last_object_clicked"]}
    assert shown.run().address()["place"] == ["Yokosuka"]
