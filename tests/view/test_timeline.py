"""The timeline: marks stand in order of time, long silences are drawn short, every mark is a link that says it all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from story.drawing.scale import make_scale, ticks
from story.model.fields import Field
from story.query.fields import colours, ranking
from tests.view.make import event
from view.draw.scene import Scene
from view.draw.timeline import MOST_EVENTS, timeline
from view.state.address import Address

DAY = date(2025, 10, 24)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def draw(*events, **options):  # type: ignore[no-untyped-def]
    lanes = options.pop("lanes", ["Ada"])
    return timeline(events, lanes, DAY, Scene(Address(), 2025, {"Ada": 0}, **options))


@given(st.lists(DAYS, min_size=1, max_size=40), DAYS)
def test_later_is_never_further_left(days: list[date], as_of: date) -> None:
    scale = make_scale([event(f"e{i}", day.isoformat()) for i, day in enumerate(days)], as_of)
    assert scale is not None
    positions = [scale.at(day.toordinal()) for day in sorted([*days, as_of])]
    assert positions == sorted(positions)
    assert positions[0] >= 0
    assert positions[-1] <= 100


def test_a_long_silence_is_drawn_short() -> None:
    events = [event("a", "2025-03-05"), event("b", "2025-10-18"), event("c", "2025-10-22"), event("d", "2025-10-23")]
    scale = make_scale(events, DAY)
    assert scale is not None
    silence = scale.at(date(2025, 10, 18).toordinal()) - scale.at(date(2025, 3, 5).toordinal())
    assert silence < 50
    assert scale.breaks == ((date(2025, 3, 5).toordinal(), date(2025, 10, 18).toordinal()),)


def test_ticks_do_not_crowd() -> None:
    for last in ("2025-01-20", "2025-06-01", "2035-06-01", "2400-01-01"):
        scale = make_scale([event("a", "2025-01-01"), event("b", last)], None)
        assert scale is not None
        marks = [x for x, _ in ticks(scale)]
        assert 1 <= len(marks) <= 20
        assert all(later - earlier > 4 for earlier, later in pairwise(marks))


def test_no_tick_is_written_over_the_right_edge() -> None:
    for last in ("2025-01-12", "2025-06-01", "2026-06-30", "2035-12-01"):
        scale = make_scale([event("a", "2025-01-01"), event("b", last)], None)
        assert scale is not None
        assert all(x <= 97 for x, _ in ticks(scale))


def test_the_first_tick_of_another_year_says_which() -> None:
    for days, word in (
        (("1914-08-08", "1914-12-21", "1916-04-15", "1916-07-05"), "May 1916"),
        (("2012-10-22", "2012-10-30", "2012-11-10", "2013-02-12", "2013-02-20"), "Feb 12, 2013"),
    ):
        scale = make_scale([event(day, day) for day in days], None)
        assert scale is not None
        assert [label for _, label in ticks(scale) if label[-4:].isdigit()] == [word]


def test_a_mark_says_title_when_status_place_and_source() -> None:
    text = re.sub(r"<[^>]+>", "", draw(event("carrier returns", "2025-10-18", status="happened", source="Stars")))
    for word in ("Carrier returns", "Sat, Oct 18", "happened", "Tokyo", "Stars"):
        assert word in text


def test_a_range_looks_like_a_range_and_an_open_end_like_an_open_end() -> None:
    assert 'class="bar among"' in draw(event("a", "[2025-10-24..2025-10-28]"))
    assert 'class="bar lasts"' in draw(event("a", "2025-10-24/2025-10-28"))
    assert 'class="bar among open-right"' in draw(event("a", "2025-10-28/.."))
    assert 'class="bar among open-left"' in draw(event("a", "[..2025-10-28]"))
    assert 'class="bar' not in draw(event("a", "2025-10-28"))


def test_what_has_no_date_is_listed_beside_the_axis() -> None:
    html = draw(event("dated"), event("tour", "XXXX-XX-XX"))
    assert "Not dated:" in html
    assert html.count("<li") == 1


def test_the_chosen_event_is_marked_in_every_lane() -> None:
    html = draw(event("talks", who=("Ada", "Bob")), lanes=["Ada", "Bob"], event="talks")
    assert html.count('aria-current="true"') == 2


def test_a_crowded_timeline_shows_how_much_and_when() -> None:
    events = [event(f"e{i}", f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}") for i in range(MOST_EVENTS + 1)]
    html = draw(*events)
    assert "<a " not in html
    assert sum(int(n) for n in re.findall(r'title="(\d+) events?"', html)) == MOST_EVENTS + 1


def test_nothing_to_draw_is_no_axis() -> None:
    assert draw() == ""


def test_names_and_titles_stay_text() -> None:
    html = draw(event("<b>x</b>", who=("<i onclick=x>",)), lanes=["<i onclick=x>"])
    assert "<b>X" not in html
    assert "<i onclick" not in html


def test_where_nobody_travels_the_lanes_are_what_the_colours_stand_for() -> None:
    kinds = {"raid": "attack", "strike": "attack", "talks": "meeting", "storm": ""}
    events = tuple(
        replace(one, reports=(replace(one.latest, fields=(("kind", kinds[one.id]),)),))
        for one in (event(name, f"2025-10-{20 + at}") for at, name in enumerate(kinds))
    )
    kind = Field("kind", "category")
    by = colours(events, ranking(events, kind), kind)
    text = timeline(events, ["Ada"], DAY, Scene(Address(), 2025, {"Ada": 0}), by=by)
    lanes = re.findall(r'class="lane (k\d)"><div class="lane-name" title="([^"]*)"', text)
    assert lanes == [("k0", "attack"), ("k1", "meeting"), ("k9", "not said")]
    first = text.split('class="lane k')[1]
    assert "Raid" in first
    assert "Strike" in first
    assert "Talks" not in first
