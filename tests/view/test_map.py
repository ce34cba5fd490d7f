"""What the map is told to draw: one marker a place, ways the short way round, areas outlined, all as plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

from story.model import Event
from story.query.itineraries import itineraries
from tests.view.make import FALLON, MALAYSIA, TOKYO, YOKOSUKA, event
from view.draw.map import base_map, map_data, map_look, story_layer
from view.draw.scene import Scene
from view.state.address import Address


def draw(*events: Event, selected: str = ""):  # type: ignore[no-untyped-def]
    by_place: dict[str, tuple[Event, ...]] = {}
    for one in events:
        if one.place:
            by_place[one.place.id] = (*by_place.get(one.place.id, ()), one)
    return map_data(by_place, itineraries(events), (), Scene(Address(), 2025, {"Ada": 0}, place=selected))


def test_each_place_has_one_marker_with_its_count_and_name() -> None:
    data = draw(event("a", at=YOKOSUKA), event("b", at=YOKOSUKA, status="expected"), event("c", at=TOKYO))
    assert {place["label"] for place in data["places"]} == {"Yokosuka: 2 events", "Tokyo: 1 event"}
    assert next(p for p in data["places"] if p["name"] == "Yokosuka")["statuses"] == ["happened", "expected"]


def test_a_story_around_the_pacific_hangs_together() -> None:
    data = draw(event("a", "2025-10-19", FALLON), event("b", "2025-10-29", TOKYO, status="expected"))
    longitudes = {place["name"]: place["longitude"] for place in data["places"]}
    assert abs(longitudes["Tokyo"] - longitudes["Fallon"]) < 180
    (leg,) = data["legs"]
    assert all(abs(a[1] - b[1]) < 90 for a, b in pairwise(leg["points"]))
    assert abs(leg["points"][-1][1] - longitudes["Tokyo"]) < 0.01
    assert not leg["travelled"]


def test_a_way_gone_twice_is_two_lines() -> None:
    data = draw(event("a", "2025-10-16", TOKYO), event("b", "2025-10-19", FALLON), event("c", "2025-10-23", TOKYO))
    assert sorted(abs(leg["bow"]) for leg in data["legs"]) == [0, 1]


def test_too_many_ways_are_a_tangle_and_not_drawn_unless_for_one_traveller() -> None:
    back_and_forth = [event(f"{who}{i}", f"2025-{i // 28 + 1:02}-{i % 28 + 1:02}", (TOKYO, FALLON)[i % 2], who=(who,))
                      for who in ("Ada", "Bob") for i in range(40)]  # fmt: skip
    assert draw(*back_and_forth)["legs"] == []
    assert len(draw(*back_and_forth[:40])["legs"]) == 39


def test_a_country_is_outlined() -> None:
    (area,) = draw(event("a", at=MALAYSIA, status="scheduled"))["areas"]
    assert (area["country"], area["happened"]) == ("MY", False)


def test_an_area_that_the_story_gives_is_outlined_beside_its_point() -> None:
    across = '{"type": "Polygon", "coordinates": [[[179, 0], [-179, 0], [-179, 2], [179, 2], [179, 0]]]}'
    there = event("a", at=FALLON)
    there = replace(there, reports=(replace(there.latest, fields=(("outline", across),)),))
    data = draw(there, event("b", at=TOKYO))
    (area,) = data["areas"]
    (ring,) = area["polygons"][0]
    west, east = sorted({longitude for _, longitude in ring})
    assert east - west == 2
    near = next(place["longitude"] for place in data["places"] if place["name"] == "Fallon")
    assert abs(near - west) < 180
    assert area["happened"]


def test_choosing_does_not_redraw_the_story() -> None:
    before, after = draw(event("a")), draw(event("a"), selected=TOKYO.id)
    assert before == after
    assert map_look(after, selected=TOKYO.id, view=("place", [TOKYO]))["key"] == before["key"]
    assert draw(event("a"), event("b"))["key"] != before["key"]


def test_the_view_of_one_area_is_its_box() -> None:
    look = map_look(draw(event("a", at=MALAYSIA), event("b")), view=("event a", [MALAYSIA]))
    (south, west), (north, east) = look["view"]["bounds"]
    assert (south, north) == (0.8, 7.4)
    assert abs((east - west) - 19.7) < 0.01


def test_nothing_to_show_is_an_empty_map() -> None:
    data = draw(event("a", at=None))
    assert data["places"] == data["legs"] == data["areas"] == []
    assert map_look(data, view=("all", []))["view"] is None


def test_a_place_that_no_marker_stands_for_is_looked_at_on_the_storys_side_of_the_world() -> None:
    data = draw(event("a", "2025-10-19", FALLON), event("b", "2025-10-20", TOKYO))
    across = sum(place["longitude"] for place in data["places"]) / 2
    (_, longitude), _ = map_look(data, view=("event c", [YOKOSUKA]))["view"]["bounds"]
    assert abs(longitude - across) < 180


def test_the_base_map_never_changes_and_asks_no_cdn() -> None:
    first, second = base_map(), base_map()
    assert [type(first).default_js, type(first).default_css] == [type(second).default_js, type(second).default_css]
    assert not [address for _, address in [*first.default_js, *first.default_css] if "//" in address]


def test_hostile_names_travel_as_data() -> None:
    text = "${alert(1)}`</script><img src=x onerror=alert(1)>\u2028"
    data = draw(event("a", at=TOKYO))
    data["places"][0]["name"] = text
    group = story_layer(data)
    group.add_to(base_map())
    (show,) = group._children.values()
    script = show._template.module.script(show, {})
    assert "</script>" not in script
    assert "<img" not in script
    payload = script[script.index("{") : script.rindex("}") + 1]
    assert json.loads(payload)["places"][0]["name"] == text
