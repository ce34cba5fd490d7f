"""The scripts that place names and unwrap coasts, each alone in a blank page with a few numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from xstatic.pkg import leaflet

from story.wording import say_day
from tests.browser.driving import ROOT

SCRIPTS = ROOT / "story" / "drawing" / "static" / "page"
MAP = ROOT / "story" / "drawing" / "static" / "map"
WIDTH, HEIGHT = 800, 600


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


# ---- the chips of the map -------------------------------------------------------------------------------------------


def dot(x: float, y: float, width: float = 80, height: float = 24, *, optional: bool = False) -> dict[str, Any]:
    return {"x": x, "y": y, "width": width, "height": height, "optional": optional}


def lay_out_chips(
    page: Page,
    dots: list[dict[str, Any]],
    lines: list[dict[str, float]] | None = None,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
    covered: list[dict[str, float]] | None = None,
) -> list[tuple[float, float, float, float] | None]:
    """The left, top, right and bottom edge of each chip, None for one that is left out."""
    page.add_script_tag(path=MAP / "chips.js")
    laid = page.evaluate(
        "(given) => dateline.layoutChips(...given)",
        [dots, lines or [], width, height, covered or []],
    )
    return [
        at and (at["left"], at["top"], at["left"] + one["width"], at["top"] + one["height"])
        for one, at in zip(dots, laid, strict=True)
    ]


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_a_name_alone_stands_right_of_its_dot(blank: Page) -> None:
    (chip,) = lay_out_chips(blank, [dot(400, 300)])
    assert chip is not None
    assert 400 < chip[0] < 420
    assert (chip[1] + chip[3]) / 2 == 300


def test_names_of_near_places_lie_neither_on_each_other_nor_on_a_dot(blank: Page) -> None:
    dots = [dot(400 + 12 * i, 300 + 5 * (i % 3)) for i in range(6)]
    chips = [chip for chip in lay_out_chips(blank, dots) if chip]
    assert len(chips) == 6, "a name that is not optional is never left out"
    assert not any(overlap(a, b) for a, b in combinations(chips, 2))
    for chip in chips:
        assert not any(overlap(chip, (one["x"], one["y"], one["x"], one["y"])) for one in dots)


def leader(one: dict[str, Any], chip: tuple[float, float, float, float]) -> tuple[tuple[float, float], ...]:
    """From a dot to the nearest point of its chip."""
    return (one["x"], one["y"]), (max(chip[0], min(one["x"], chip[2])), max(chip[1], min(one["y"], chip[3])))


def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one: tuple[tuple[float, float], ...], other: tuple[tuple[float, float], ...]) -> bool:
    (p, q), (r, s) = one, other
    return side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0


# Four towns at one spot, a land beside them and two further off, as a telephone shows them: wide names, little room.
ON_A_TELEPHONE = [dot(127, 235, 114), dot(127, 236, 118), dot(127, 235, 118), dot(107, 233, 119), dot(63, 293, 99)]


def test_leaders_on_a_telephone_are_short_and_do_not_cross(blank: Page) -> None:
    dots = [*ON_A_TELEPHONE, dot(299, 227, 179)]
    chips = [chip for chip in lay_out_chips(blank, dots, width=362, height=506) if chip]
    leaders = [leader(one, chip) for one, chip in zip(dots, chips, strict=True)]
    assert not any(cross(a, b) for a, b in combinations(leaders, 2))
    assert not any(overlap(a, b) for a, b in combinations(chips, 2))
    lengths = [math.dist(*ends) for ends in leaders]
    assert max(lengths) < 75
    assert sum(lengths) / len(lengths) < 40


def test_names_leave_free_what_controls_cover(blank: Page) -> None:
    covered = {"left": 405, "top": 200, "right": 500, "bottom": 400}
    (chip,) = lay_out_chips(blank, [dot(400, 300)], covered=[covered])
    assert chip is not None
    assert not overlap(chip, (405, 200, 500, 400))


@pytest.mark.parametrize(("x", "y"), [(790, 300), (10, 300), (400, 5), (400, 595), (795, 595)])
def test_a_name_at_the_edge_stays_on_the_map(blank: Page, x: float, y: float) -> None:
    (chip,) = lay_out_chips(blank, [dot(x, y)])
    assert chip is not None
    assert chip[0] >= 0
    assert chip[1] >= 0
    assert chip[2] <= WIDTH
    assert chip[3] <= HEIGHT


def test_a_name_leaves_a_line_free(blank: Page) -> None:
    line = [{"x": 400 + 8 * i, "y": 300} for i in range(20)]
    (chip,) = lay_out_chips(blank, [dot(400, 300)], line)
    assert chip is not None
    assert not any(overlap(chip, (one["x"], one["y"], one["x"], one["y"])) for one in line)


def test_an_optional_name_without_room_is_left_out_and_one_with_room_is_not(blank: Page) -> None:
    # Dots so close all round that no name fits between them.
    crowd = [dot(410 + 20 * x, 310 + 20 * y, 1, 1) for x in range(-12, 12) for y in range(-9, 9)]
    assert lay_out_chips(blank, [*crowd, dot(400, 300, optional=True)])[-1] is None
    assert lay_out_chips(blank, [*crowd, dot(400, 300)])[-1] is not None
    assert lay_out_chips(blank, [dot(100, 100), dot(400, 300, optional=True)])[-1] is not None


# ---- the coasts of the base map -------------------------------------------------------------------------------------


def topology(arcs: list[list[tuple[int, int]]], countries: dict[str, list[list[int]]]) -> dict[str, Any]:
    """TopoJSON in whole degrees: arcs as first point and steps, each country a polygon of rings of arc numbers."""
    shapes = [{"type": "Polygon", "id": code, "arcs": rings} for code, rings in countries.items()]
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"countries": {"geometries": shapes}},
    }


def in_world(page: Page, world: dict[str, Any], ask: str) -> Any:
    """What `ask` gives of the world that the base map makes of a topology."""
    page.add_script_tag(path=Path(leaflet.BASE_DIR) / "leaflet.js")
    page.add_script_tag(path=MAP / "basemap.js")
    address = f"data:application/json,{quote(json.dumps(world))}"
    return page.evaluate(
        f"async (address) => {{ const world = await dateline.loadWorld(address); return {ask}; }}", address
    )


# A square of ten degrees over the 180th meridian, which its file cuts there: from 175 east to 175 west.
OVER_THE_DATE_LINE = topology([[(175, 0), (-350, 0), (0, 10), (350, 0), (0, -10)]], {"FJ": [[0]]})


@pytest.mark.parametrize(("near", "west", "east"), [(179, 175, 185), (-179, -185, -175)])
def test_a_country_over_the_date_line_is_whole_and_on_the_side_that_is_asked_for(
    blank: Page, near: int, west: int, east: int
) -> None:
    ((ring,),) = in_world(blank, OVER_THE_DATE_LINE, f"world.outline('FJ', {near})")
    longitudes = [longitude for _, longitude in ring]
    assert (min(longitudes), max(longitudes)) == (west, east)
    assert {latitude for latitude, _ in ring} == {0, 10}


def test_land_over_the_date_line_is_drawn_on_both_sides_of_the_map(blank: Page) -> None:
    boxes = in_world(blank, OVER_THE_DATE_LINE, "world.land.map(({ box }) => [box[0], box[2]])")
    assert sorted([round(x * 360 - 180) for x in box] for box in boxes) == [[-185, -175], [175, 185]]


def test_arcs_that_run_backwards_or_a_turn_away_join_into_one_ring(blank: Page) -> None:
    # The second arc is written against the ring, and a whole turn further west than the first one ends.
    world = topology([[(175, 0), (10, 0), (0, 10)], [(175, 0), (0, 10), (-350, 0)]], {"FJ": [[0, -2]]})
    ((ring,),) = in_world(blank, world, "world.outline('FJ', 180)")
    assert ring == [[0, 175], [0, 185], [10, 185], [10, 175], [0, 175]]


def test_arcs_may_be_written_one_number_after_the_other(blank: Page) -> None:
    flat = {**OVER_THE_DATE_LINE, "arcs": [list(chain.from_iterable(arc)) for arc in OVER_THE_DATE_LINE["arcs"]]}
    ask = "[world.outline('FJ', 179), Array.from(world.coasts[0].points)]"
    assert in_world(blank, flat, ask) == in_world(blank, OVER_THE_DATE_LINE, ask)


def test_a_line_along_the_pole_runs_round_the_world(blank: Page) -> None:
    world = topology([[(-180, -80), (180, 0), (180, 0), (0, -10), (-360, 0), (0, 10)]], {"AQ": [[0]]})
    ((ring,),) = in_world(blank, world, "world.outline('AQ', 0)")
    assert ring[3:5] == [[-90, 180], [-90, -180]]


def test_what_two_countries_share_is_a_border_and_the_rest_is_coast(blank: Page) -> None:
    arcs = [[(0, 0), (0, 10)], [(0, 10), (-10, 0), (0, -10), (10, 0)], [(0, 10), (10, 0), (0, -10), (-10, 0)]]
    shown = in_world(
        blank, topology(arcs, {"A": [[0, 1]], "B": [[0, 2]]}), "[world.borders.length, world.coasts.length]"
    )
    assert shown == [1, 2]


# ---- the labels of the timeline -------------------------------------------------------------------------------------


def lay_out_labels(
    page: Page, marks: Sequence[tuple[float, float]], width: float, *, wide: bool = False, walls: Sequence[float] = ()
) -> list[dict[str, Any]]:
    """What becomes of marks, each at its x with a label so wide; `walls` are lines that no label is to cross."""
    page.add_script_tag(path=SCRIPTS / "timeline.js")
    given = [{"x": x, "wanted": wanted, "wide": wide} for x, wanted in marks]
    laid: list[dict[str, Any]] = page.evaluate(
        "([marks, width, walls]) => layOutLabels(marks, width, walls)", [given, width, list(walls)]
    )
    return laid


def test_labels_with_room_stand_whole_at_their_marks(blank: Page) -> None:
    laid = lay_out_labels(blank, [(50, 100), (300, 120)], 800)
    assert [one["label"] for one in laid] == [
        {"left": 44, "width": 100, "row": 0},
        {"left": 294, "width": 120, "row": 0},
    ]
    assert [one["nudge"] for one in laid] == [0, 0]


def test_glyphs_of_the_same_day_stand_side_by_side(blank: Page) -> None:
    assert [one["nudge"] for one in lay_out_labels(blank, [(50, 90), (50, 90), (55, 90), (200, 90)], 800)] == [
        0,
        14,
        23,
        0,
    ]
    assert [one["nudge"] for one in lay_out_labels(blank, [(50, 90), (57, 90)], 800, wide=True)] == [0, 7]


def test_a_label_at_the_end_of_the_track_runs_left_of_its_mark(blank: Page) -> None:
    (laid,) = lay_out_labels(blank, [(780, 150)], 800)
    assert laid["label"] == {"left": 650, "width": 150, "row": 0}


def test_a_label_without_room_above_stands_whole_below(blank: Page) -> None:
    laid = [one["label"] for one in lay_out_labels(blank, [(50, 200), (190, 180), (390, 80)], 800)]
    assert [(one["width"], one["row"]) for one in laid] == [(200, 0), (180, 1), (80, 0)]


def test_labels_of_a_crowd_are_cut_to_their_room_and_left_out_where_hardly_any_is(blank: Page) -> None:
    laid = [one["label"] for one in lay_out_labels(blank, [(50 + 20 * i, 200) for i in range(8)], 800)]
    assert None in laid
    shown = [one for one in laid if one]
    assert {one["row"] for one in shown} == {0, 1}
    assert all(64 <= one["width"] <= 200 for one in shown)
    (longest,) = lay_out_labels(blank, [(50, 900)], 2000)
    assert longest["label"]["width"] == 420


def test_no_label_crosses_a_line_while_enough_of_it_has_room_beside(blank: Page) -> None:
    before, after = lay_out_labels(blank, [(350, 150), (420, 150)], 800, walls=[400])
    assert before["label"]["left"] + before["label"]["width"] <= 396
    assert after["label"]["left"] >= 404
    (crossing,) = lay_out_labels(blank, [(760, 150)], 800, walls=[720])
    assert crossing["label"] == {"left": 650, "width": 150, "row": 0, "over": True}


def test_a_label_between_a_line_and_the_end_of_the_track_takes_all_the_room(blank: Page) -> None:
    (laid,) = lay_out_labels(blank, [(700, 250)], 800, walls=[600])
    assert laid["label"] == {"left": 604, "width": 196, "row": 0}


def test_a_label_that_gives_way_stays_at_its_mark(blank: Page) -> None:
    marks = [(300, 300), (450, 400), (470, 400), (500, 330), (540, 330)]
    labels = [one["label"] for one in lay_out_labels(blank, marks, 560, walls=[480])]
    at = [(x, label) for (x, _), label in zip(marks, labels, strict=True) if label]
    assert all(label["left"] - 8 <= x <= label["left"] + label["width"] for x, label in at)


def test_labels_never_lie_on_each_other_or_outside_the_track(blank: Page) -> None:
    marks = [((37 * i * i) % 600, 40 + (53 * i) % 200) for i in range(40)]
    for some in (sorted(marks), sorted(marks[:12]), sorted(marks[:5])):
        for walls in ([], [300.5]):
            labels = [one["label"] for one in lay_out_labels(blank, some, 600, walls=walls) if one["label"]]
            assert labels
            for row in (0, 1):
                own = [label for label in labels if label["row"] == row]
                edges = [edge for label in own for edge in (label["left"], label["left"] + label["width"])]
                assert edges == sorted(edges)
                assert all(0 <= edge <= 600 for edge in edges)
            placed = zip(some, lay_out_labels(blank, some, 600, walls=walls), strict=True)
            at = [(x, one["label"]) for (x, _), one in placed if one["label"]]
            assert all(label["left"] - 8 <= x <= label["left"] + label["width"] for x, label in at)


# ---- the range of days on the timeline's axis -----------------------------------------------------------------------


def ask_brush(page: Page, ask: str, *given: object) -> Any:
    page.add_script_tag(path=SCRIPTS / "brush.js")
    return page.evaluate(f"(given) => {{ const call = {ask}; return call(...given); }}", list(given))


def test_days_and_places_on_an_axis_with_a_break_lead_to_each_other(blank: Page) -> None:
    knots = [[100, 0], [110, 40], [410, 60], [430, 100]]
    for day, place in ((100, 0), (105, 20), (110, 40), (260, 50), (420, 80), (430, 100)):
        assert ask_brush(blank, "placeOfDay", knots, day) == pytest.approx(place)
        assert ask_brush(blank, "dayAtPlace", knots, place) == pytest.approx(day)
    assert [ask_brush(blank, "placeOfDay", knots, day) for day in (0, 999)] == [0, 100]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(44, 3, 15), date(1066, 10, 14), date(2025, 10, 28), date.max])
def test_a_day_is_written_as_the_page_writes_it(blank: Page, day: date) -> None:
    for year in (day.year, 2000):
        assert ask_brush(blank, "sayDay", day.toordinal(), year) == say_day(day, year)
    assert ask_brush(blank, "isoDay", day.toordinal()) == day.isoformat()


def test_ends_of_a_range_never_pass_each_other_or_leave_the_axis(blank: Page) -> None:
    assert ask_brush(blank, "withEnd", [5, 9], [0, 20], "first", 12) == [9, 9]
    assert ask_brush(blank, "withEnd", [5, 9], [0, 20], "last", 2) == [5, 5]
    assert ask_brush(blank, "withEnd", [5, 9], [0, 20], "last", 99) == [5, 20]
    assert [ask_brush(blank, "shifted", [5, 9], [0, 20], by) for by in (-8, 3, 30)] == [[0, 4], [8, 12], [16, 20]]


def test_words_at_the_ends_of_a_range_never_lie_on_each_other(blank: Page) -> None:
    for ends in ([0, 600], [100, 104], [596, 600], [0, 4], [300, 300]):
        first, last = ask_brush(blank, "placeFlags", ends, [80, 80], 600, 190)
        assert first + 80 < last
        assert first >= -190
        assert last + 80 <= 600
