"""The page without a browser: what it shows, what a choice or a filter changes, what it says when not all is well."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.view.page_driver import Elements, Open, Shown, walk, write_story

TOKYO = {"hegseth-first-visit", "motegi-press", "koizumi-confirms", "trump-takaichi", "defense-ministers"}
LISTS = ("timeline", "itinerary", "events")


def events_shown(shown: Shown) -> set[str]:
    """The events that every part of the page agrees upon."""
    ids = shown.events("events")
    for region in LISTS:
        assert shown.events(region) == ids, region
    assert ("12 events" if len(ids) == 12 else f"{len(ids)} of 12 events") in shown.text("counts")
    assert sum(shown.markers().values()) == len(ids)
    assert f"{len(shown.markers())} place" in shown.text("counts")
    return ids


# ---- the shipped story ----------------------------------------------------------------------------------------------


def test_opening_shows_the_whole_story(open_at: Open) -> None:
    shown = open_at()
    assert "Hegseth may return to Tokyo" in shown.html("headline")
    assert len(events_shown(shown)) == 12
    assert "Friday, Oct 24, 2025" in shown.text("counts")
    assert shown.markers() == {
        "Tokyo": 5, "Yokosuka": 3, "Camp Asaka": 1, "Naval Air Station Fallon": 1, "Malaysia": 1, "South Korea": 1,
    }  # fmt: skip
    assert not shown.text("notices")


def test_countries_are_outlined(open_at: Open) -> None:
    assert {area["country"] for area in open_at().map.data["areas"]} == {"MY", "KR"}


def test_places_only_mentioned_are_told_and_can_be_drawn(open_at: Open) -> None:
    shown = open_at()
    assert {"Beijing", "Taiwan", "South China Sea"} <= {mention["name"] for mention in shown.map.data["mentions"]}
    assert "Also mentioned: Japan, Beijing, Taiwan" in shown.text("details")


def test_days_on_which_nobody_met_are_shown_like_others(open_at: Open) -> None:
    assert "Hegseth speaks to sailors" in open_at("dates=2025-10-18..2025-10-22").text("itinerary")


def test_legs_are_told_in_kilometres_and_miles(open_at: Open) -> None:
    said = open_at("who=Pete+Hegseth").text("itinerary")
    assert re.search(r"2 Naval Air Station Fallon, Sun, Oct 19 .* ↓ 8,\d\d\d km \(5,\d\d\d mi\) .* 3 Tokyo", said), said


# ---- choosing -------------------------------------------------------------------------------------------------------


def test_marker_click_shows_the_events_of_its_place(open_at: Open) -> None:
    shown = open_at().click("Tokyo")
    assert shown.events("details") == TOKYO
    assert "Tokyo" in shown.text("details")
    assert shown.address()["place"] == ["Tokyo"]
    assert shown.map.data["selected"]
    for region in LISTS:
        assert shown.current(region) == TOKYO


def test_the_map_stays_where_it_is_when_the_choice_was_made_on_it(open_at: Open) -> None:
    shown = open_at()
    assert shown.map.data["view"]["key"].startswith("all")
    assert shown.click("Yokosuka").map.data["view"] is None


def test_the_same_marker_answers_again_after_show_all(open_at: Open) -> None:
    shown = open_at().click("Yokosuka").press("show_all")
    assert "place" not in shown.address()
    shown.run()
    assert "place" not in shown.address(), "an old click was taken for a new one"
    assert shown.click("Yokosuka").address()["place"] == ["Yokosuka"]


def test_click_on_the_empty_map_says_what_is_there_and_how_far_the_story_is(open_at: Open) -> None:
    page = open_at("")
    page.click_beside(35.25, 139.15 + 360)
    assert "Near Odawara" in page.text("details")
    assert "Yokosuka" in page.text("details")
    assert page.address()["place"] == ["35.250,139.150"]
    assert page.map.data["point"] == [35.25, 139.15]
    page.press("show_all")
    assert "place" not in page.address()
    assert page.map.data["point"] is None


def test_marker_clicked_after_the_empty_map_wins(open_at: Open) -> None:
    page = open_at("").click_beside(35.25, 139.15).click("Yokosuka")
    assert page.run().address()["place"] == ["Yokosuka"]


def test_another_place_can_be_chosen_while_one_is(open_at: Open) -> None:
    shown = open_at("place=Tokyo").click("Camp Asaka")
    assert shown.events("details") == {"koizumi-honor-guard"}
    assert shown.current("timeline") == {"koizumi-honor-guard"}


def test_event_shows_every_report_with_source_day_and_status(open_at: Open) -> None:
    shown = open_at("event=defense-ministers")
    said = shown.text("details")
    assert "2 reports" in said
    newest, oldest = said.index("Fri, Oct 24 · Shinjiro Koizumi"), said.index("Thu, Oct 23 · Kyodo News")
    assert newest < oldest
    assert "expected" in said[newest:oldest]
    assert "possible" in said[oldest:]
    assert "From anonymous sources" in said[oldest:]
    assert "Pete Hegseth, Shinjiro Koizumi" in said


def test_event_is_marked_everywhere_and_the_map_asked_to_move(open_at: Open) -> None:
    shown = open_at("event=hegseth-fallon")
    for region in LISTS:
        assert shown.current(region) == {"hegseth-fallon"}
    view = shown.map.data["view"]
    assert view["key"] == "event hegseth-fallon"
    (fallon,) = (place for place in shown.map.data["places"] if place["name"] == "Naval Air Station Fallon")
    assert view["bounds"][0] == [fallon["latitude"], fallon["longitude"]]
    assert shown.map.data["selected"] == fallon["id"]


def test_previous_and_next_go_through_the_story_in_order(open_at: Open) -> None:
    shown = open_at()
    assert shown.app.button(key="previous").disabled
    seen = [event for shown in [shown.press("next")] for event in shown.address()["event"]]
    while not shown.app.button(key="next").disabled:
        seen += shown.press("next").address()["event"]
        assert f"event {len(seen)} of 12" in shown.text("details")
    assert len(set(seen)) == 12
    assert seen[:3] == ["hegseth-first-visit", "carrier-leaves", "carrier-returns"]
    assert seen.index("trump-takaichi") < seen.index("defense-ministers")
    assert shown.press("previous").address()["event"] == [seen[-2]]


def test_next_keeps_to_the_filter(open_at: Open) -> None:
    shown = open_at("who=USS+George+Washington").press("next").press("next")
    assert shown.address()["event"] == ["carrier-returns"]
    assert "event 2 of 3" in shown.text("details")


def test_next_from_a_place_goes_to_its_first_event(open_at: Open) -> None:
    assert open_at("place=Camp+Asaka").press("next").address()["event"] == ["koizumi-honor-guard"]


def test_show_all_clears_the_choice_and_keeps_the_filter(open_at: Open) -> None:
    shown = open_at("status=happened&event=hegseth-fallon").press("show_all")
    assert shown.address() == {"story": ["japan-visit-2025"], "status": ["happened"]}
    assert not any(shown.current(region) for region in LISTS)
    assert shown.map.data["selected"] == ""
    assert shown.map.data["view"]["key"].startswith("all")


def test_event_outside_the_filter_is_shown_and_says_so(open_at: Open) -> None:
    shown = open_at("status=expected&event=hegseth-fallon")
    assert "Hegseth speaks to sailors" in shown.text("details")
    assert "Outside the current filters" in shown.text("details")


# ---- filters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "in_it", "not_in_it"),
    [
        (
            "Past week",
            {"carrier-returns", "hegseth-fallon", "koizumi-confirms"},
            {"carrier-leaves", "defense-ministers"},
        ),
        ("Past", {"hegseth-first-visit", "koizumi-confirms"}, {"trump-takaichi", "defense-ministers", "trump-apec"}),
        ("Upcoming", {"trump-takaichi", "defense-ministers", "trump-apec", "carrier-tour"}, {"koizumi-confirms"}),
    ],
)
def test_presets_filter_by_date_everywhere(open_at: Open, preset: str, in_it: set[str], not_in_it: set[str]) -> None:
    shown = open_at().press(f"preset {preset}")
    ids = events_shown(shown)
    assert in_it <= ids
    assert not ids & not_in_it
    assert "dates" in shown.address()
    assert len(events_shown(shown.press("preset All"))) == 12
    assert "dates" not in shown.address()


def test_days_that_are_picked_filter_every_part_of_the_page(open_at: Open) -> None:
    shown = open_at()
    shown.app.date_input(key="dates").set_value((date(2025, 10, 18), date(2025, 10, 19)))
    assert events_shown(shown.run()) == {"carrier-returns", "hegseth-fallon"}
    assert shown.address()["dates"] == ["2025-10-18..2025-10-19"]
    assert "Oct 18 – Oct 19" in shown.text("filters")


def test_half_a_range_picked_in_the_calendar_leaves_the_range_before(open_at: Open) -> None:
    shown = open_at("dates=2025-10-18..2025-10-19")
    shown.app.date_input(key="dates").set_value((date(2025, 10, 20),))
    assert shown.run().address()["dates"] == ["2025-10-18..2025-10-19"]
    assert shown.app.date_input(key="dates").value == (date(2025, 10, 20),)
    shown.app.date_input(key="dates").set_value((date(2025, 10, 20), date(2025, 10, 22)))
    assert shown.run().address()["dates"] == ["2025-10-20..2025-10-22"]
    shown.app.date_input(key="dates").set_value((date(2025, 10, 20),))
    assert "dates" not in shown.run().press("preset All").address()


def test_what_lies_outside_the_range_stands_faintly_on_the_timeline_and_is_no_link(open_at: Open) -> None:
    whole, narrow = (open_at(query).html("timeline") for query in ("", "dates=2025-10-18..2025-10-19"))
    assert "outside" not in whole
    assert narrow.count("outside") == whole.count('class="mark') - narrow.count('class="pick"') > 5
    knots = re.compile(r'data-knots="[^"]*"')
    assert knots.findall(narrow) == knots.findall(whole), "the axis stays as it is"


def test_address_with_dates_sets_the_days(open_at: Open) -> None:
    shown = open_at("dates=2025-10-18..2025-10-19")
    assert shown.app.date_input(key="dates").value == (date(2025, 10, 18), date(2025, 10, 19))
    assert events_shown(shown) == {"carrier-returns", "hegseth-fallon"}


def test_events_possibly_in_range_stand_apart(open_at: Open) -> None:
    shown = open_at("dates=2025-10-25..2025-10-27")
    said = shown.text("events")
    apart = said.index("Possibly in this range")
    assert said.index("Trump attends the ASEAN summit") > apart
    assert shown.html("timeline").count("pale")
    assert {place["name"] for place in shown.map.data["places"] if place["pale"]} == {"Malaysia", "Yokosuka"}


def test_certain_and_possible_are_counted(open_at: Open) -> None:
    shown = open_at("dates=2025-10-20..2025-10-27")
    assert "Certainly in this range (3)" in shown.text("events")
    assert "Possibly in this range (2)" in shown.text("events")
    assert len(events_shown(shown)) == 5


def test_status_filter(open_at: Open) -> None:
    shown = open_at()
    shown.app.multiselect(key="status").set_value(["scheduled"])
    assert events_shown(shown.run()) == {"trump-asean", "trump-takaichi", "trump-apec"}
    assert shown.address()["status"] == ["scheduled"]


def test_who_filter_shows_one_itinerary(open_at: Open) -> None:
    shown = open_at("who=USS+George+Washington")
    assert events_shown(shown) == {"carrier-leaves", "carrier-returns", "carrier-tour"}
    assert "show alone" not in shown.text("itinerary").split("U.S. and Japanese officials")[0]
    shown.app.button_group(key="who").set_value([])
    assert len(events_shown(shown.run())) == 12


def test_search_finds_places_people_and_titles(open_at: Open) -> None:
    shown = open_at()
    shown.app.text_input(key="q").set_value("honor guard")
    assert events_shown(shown.run()) == {"koizumi-honor-guard"}
    assert shown.address()["q"] == ["honor guard"]
    assert events_shown(open_at("q=FALLON")) == {"hegseth-fallon"}


def test_as_of_day_shows_what_was_known_then(open_at: Open) -> None:
    shown = open_at("event=defense-ministers")
    shown.app.selectbox(key="as_of").set_value(date(2025, 10, 23))
    shown.run()
    assert "possible" in shown.text("details")
    assert "1 report " in shown.text("details")
    assert "koizumi-confirms" not in shown.events("events")
    assert "carrier-tour" in shown.events("events")
    assert shown.address()["as_of"] == ["2025-10-23"]
    assert "as of Thu, Oct 23" in shown.text("timeline")


def test_address_with_an_as_of_day_before_everything_says_so(open_at: Open) -> None:
    shown = open_at("as_of=2024-01-01")
    assert "No events were known by this day" in shown.text("notices")
    assert len(events_shown(shown.press("reset_day"))) == 12


@pytest.mark.parametrize("query", ["who=pete+hegseth", "who=Pete+Hegseth,pete+hegseth"])
def test_names_in_an_address_need_no_capitals(open_at: Open, query: str) -> None:
    shown = open_at(query)
    assert shown.address()["who"] == ["Pete Hegseth"]
    assert shown.text("notices") == ""


def test_story_without_a_row_says_so(open_at: Open, tmp_path: Path) -> None:
    shown = open_at(story=write_story(tmp_path / "bare", "event,title,place,when\n"))
    assert "No events in this story could be read" in shown.text("notices")


def test_event_without_a_day_is_listed_as_such(open_at: Open) -> None:
    shown = open_at("as_of=2025-10-11")
    assert "Not dated" in shown.text("timeline")
    assert "carrier-tour" in shown.events("timeline")


# ---- addresses ------------------------------------------------------------------------------------------------------


def test_the_whole_view_comes_back_from_its_address(open_at: Open) -> None:
    query = "dates=2025-10-18..2025-10-29&status=happened&status=expected&who=Pete+Hegseth&event=hegseth-fallon"
    first = open_at(query + "&as_of=2025-10-23&q=sailors")
    address = first.address()
    assert {"story", "dates", "status", "who", "event", "as_of", "q"} == set(address)
    again = open_at("&".join(f"{name}={value}" for name, values in address.items() for value in values))
    assert again.address() == address
    assert again.html() == first.html()
    assert again.map.data == first.map.data


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dates=yesterday", "dates=yesterday"),
        ("dates=2025-10-29..2025-10-18", "comes after"),
        ("dates=2025-13-45..", "dates=2025-13-45"),
        ("status=maybe", "status=maybe"),
        ("who=Nobody+Known", "Nobody Known"),
        ("as_of=once", "as_of=once"),
        ("place=Atlantis", "Atlantis"),
        ("event=no-such-thing", "no-such-thing"),
        ("story=no-such-story", "no-such-story"),
        ("colour=blue", "colour"),
        ("event=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
    ],
)
def test_broken_part_of_an_address_is_ignored_with_a_notice(open_at: Open, query: str, said: str) -> None:
    shown = open_at(query)
    assert said in Elements(shown.html("notices")).said
    assert len(events_shown(shown)) == 12
    assert shown.address() == {"story": ["japan-visit-2025"]}


def test_a_control_used_before_the_browser_shows_the_last_address_is_not_undone(open_at: Open) -> None:
    page = open_at("")
    page.press("preset Past")
    late = {"story": ["japan-visit-2025"]}
    page.app.query_params.clear()
    page.app.query_params.update(late)
    page.press("preset Upcoming")
    assert page.address()["dates"] == ["2025-10-25.."]


def test_back_in_the_browser_goes_back(open_at: Open) -> None:
    page = open_at("")
    page.press("preset Past")
    page.app.query_params.clear()
    page.app.query_params.update({"story": ["japan-visit-2025"]})
    page.run()
    assert "dates" not in page.address()


def test_notice_of_a_broken_address_goes_with_the_next_choice(open_at: Open) -> None:
    assert not open_at("place=Atlantis").press("next").text("notices")


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        ("2031-01-01..2031-12-31", {"trump-apec"}),
        ("..2024-12-31", set()),
        ("0001-01-01..0001-01-02", set()),
        ("9999-12-31..", {"trump-apec"}),
    ],
)
def test_dates_wholly_outside_the_story_leave_what_has_no_end(open_at: Open, dates: str, left: set[str]) -> None:
    shown = open_at(f"dates={dates}")
    assert events_shown(shown) == left
    assert ("None of the 12 events" in shown.text("notices")) == (not left)
    assert len(events_shown(shown.press("preset All"))) == 12


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_as_of_day_at_the_end_of_the_calendar(open_at: Open, day: str) -> None:
    assert open_at(f"as_of={day}").press("preset Past week").press("preset Upcoming").address()["as_of"] == [day]


def test_empty_filter_says_so_and_offers_a_way_out(open_at: Open) -> None:
    shown = open_at("q=nothing+like+it&status=happened&who=Pete+Hegseth&dates=2025-10-18..2025-10-20")
    assert "None of the 12 events match these filters" in shown.text("notices")
    assert "0 of 12 events" in shown.text("counts")
    assert shown.markers() == {}
    assert "None of the 12 events" in shown.text("timeline")
    assert "None of the 12 events" in shown.text("events")
    assert len(events_shown(shown.press("reset"))) == 12
    assert shown.address() == {"story": ["japan-visit-2025"]}


# ---- stories of one's own -------------------------------------------------------------------------------------------


def test_own_story_is_opened_first_and_the_shipped_one_stays_at_hand(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "ferry", "title,place,when\nFerry calls,Yokosuka,2025-10-20")
    shown = open_at(story=story)
    assert "Ferry calls" in shown.text("events")
    shown.app.selectbox(key="story").set_value("japan-visit-2025")
    assert len(events_shown(shown.run())) == 12


def test_own_story_wins_over_a_shipped_one_of_the_same_name(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "japan-visit-2025", "title,place,when\nFerry calls,Yokosuka,2025-10-20")
    assert "Ferry calls" in open_at(story=story).text("events")


def test_changed_story_file_is_read_again(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "ferry", "title,place,when\nFerry calls,Yokosuka,2025-10-20")
    shown = open_at(story=story)
    write_story(story, "title,place,when\nFerry sinks,Yokosuka,2025-10-20")
    assert "Ferry sinks" in shown.run().text("events")


def test_nothing_is_upcoming_once_all_has_happened(open_at: Open, tmp_path: Path) -> None:
    story = write_story(
        tmp_path / "over",
        """title,place,when,reported
        They meet,Tokyo,2025-10-20,2025-10-20
        They part,Tokyo,2025-10-21,2025-10-22""",
    )
    shown = open_at(story=story).press("preset Upcoming")
    assert not shown.events("events")
    assert len(shown.press("preset Past").events("events")) == 2


@pytest.mark.parametrize("when", ["2025-10-20", "0001", "9999-12-31", "2025-10-20/..", "XXXX-XX-XX"])
def test_story_of_one_event_opens(open_at: Open, tmp_path: Path, when: str) -> None:
    story = write_story(tmp_path / "one", f"event,title,place,when\nmeet,They meet,Tokyo,{when}")
    assert open_at("event=meet", story=story).current("timeline") == {"meet"}


def test_choosing_another_story_forgets_the_filters_of_the_former(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "ferry", "title,place,when\nFerry calls,Yokosuka,2019-10-20")
    shown = open_at("story=japan-visit-2025&status=expected&q=koizumi&event=defense-ministers", story=story)
    shown.app.selectbox(key="story").set_value("ferry")
    shown.run()
    assert shown.address() == {"story": ["ferry"]}
    assert "Ferry calls" in shown.text("events")


def test_unplaced_name_stays_listed_with_what_to_do(open_at: Open, tmp_path: Path) -> None:
    story = write_story(
        tmp_path / "lost",
        """event,title,who,place,when
        known,They meet,Ada,Tokyo,2025-10-20
        lost,They part,Ada,Xqzvyplk,2025-10-21""",
    )
    shown = open_at("event=lost", story=story)
    assert "Xqzvyplk" in shown.text("events")
    assert "not on the map" in shown.text("events")
    assert shown.markers() == {"Tokyo": 1}
    assert "not on the map" in shown.text("details")
    said = shown.text("notices")
    assert "Xqzvyplk" in said
    assert "latitude" in said, "the reader is told how to place it"


def test_bad_cells_are_told_with_their_lines_and_all_rows_show(open_at: Open, tmp_path: Path) -> None:
    story = write_story(
        tmp_path / "half",
        """title,place,when,latitude,longitude
        They meet,Tokyo,2025-10-20,,
        They part,Tokyo,next Tuesday,,
        They write,Tokyo,2025-10-22,95,0""",
        'title = "Half"',
    )
    shown = open_at(story=story)
    assert "They meet" in shown.text("events")
    said = shown.text("notices")
    assert "2 problems in the story’s file. 3 rows read, all shown." in said
    assert "Line Column Value What to do" in said
    assert "3 when next Tuesday" in said
    assert "4 latitude 95 '95, 0' is not used" in said


def test_problems_that_are_too_many_for_the_page_come_as_a_file(open_at: Open, tmp_path: Path) -> None:
    rows = "\n".join(f"They meet {n},Tokyo,day {n}" for n in range(150))
    reports = f"title,place,when\n{rows}\n=They,Tokyo,2025-10-20"
    shown = open_at(story=write_story(tmp_path / "many", reports, 'title = "Many"'))
    assert "150 problems" in shown.text("notices")
    assert "and 50 more" in shown.text("notices")
    assert "day 149" not in shown.text("notices")
    (download,) = (node for node in walk(shown.app.main) if getattr(node, "key", None) == "all problems")
    assert download.label == "All 150 problems"


def test_a_table_opened_by_its_path_says_how_it_was_read_and_can_be_read_otherwise(
    open_at: Open, tmp_path: Path
) -> None:
    path = tmp_path / "trips.csv"
    path.write_text("Visitor,Date,Town,Country\nAda,9/5/2016,Paris,France\nAda,9/7/2016,Rome,Italy\n", "utf-8")
    shown = open_at(story=path)
    assert "Opened from trips.csv. When: Date. Where: Town + Country." in shown.text("notices")
    assert "2 dates such as '9/5/2016' can be day/month or month/day" in shown.text("notices")
    shown.press("change columns")
    shown.app.radio[0].set_value(False)
    assert "Paris" in shown.run().dialog()
    assert "Mon, Sep 5, 2016" in shown.dialog()
    shown.press("open table")
    assert "Sep 5" in shown.text("timeline") + shown.text("itinerary")
    assert shown.app.button(key="save").label == "Save"


def test_time_of_day_stands_in_the_places_zone_and_the_readers(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "hour", "event,title,place,when\nmeet,They meet,Tokyo,2025-10-29T10:00+09:00")
    said = open_at("event=meet", story=story, zone="America/New_York").text("details")
    assert "Wed, Oct 29" in said
    assert "10:00 am Tokyo time" in said
    assert "9:00 pm (Oct 28) your time" in said


@pytest.mark.parametrize("query", ["event=trump-takaichi", "place=Tokyo", "dates=2025-10-28..2025-10-28", ""])
def test_day_without_a_time_is_the_same_for_every_reader(open_at: Open, query: str) -> None:
    honolulu, auckland = (open_at(query, zone=zone) for zone in ("Pacific/Honolulu", "Pacific/Auckland"))
    assert honolulu.html() == auckland.html()
    assert honolulu.map.data == auckland.map.data
    assert "Tue, Oct 28" in honolulu.text()


def test_reader_whose_time_zone_is_unknown_sees_the_place_s_time(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "hour", "event,title,place,when\nmeet,They meet,Tokyo,2025-10-29T10:00+09:00")
    for zone in ("", "Nowhere/Atall"):
        assert "10:00 am Tokyo time" in open_at("event=meet", story=story, zone=zone).text("details")


HOSTILE = "<img src=x onerror=alert(1)>${alert(1)}`\"'</script><script>alert(1)</script>\u202e\u2066"


def test_text_of_a_story_never_becomes_markup(open_at: Open, tmp_path: Path) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    cells = f"{quoted},{quoted},{quoted},{quoted}"
    story = write_story(
        tmp_path / "hostile",
        f"""event,title,summary,who,place,when,latitude,longitude,source,url,note
        a,{cells},2025-10-20,35,139,{quoted},javascript:alert(1),{quoted}
        b,{cells},2025-10-21,,,{quoted},https://example.org/"onload=alert(1),{quoted}""",
        f"title = '''{HOSTILE}'''\nnotes = ['''{HOSTILE}''']\nmentioned = ['''{HOSTILE}''']\n",
    )
    for query in ("", "event=a", "event=b", "q=%3Cscript%3E", "who=" + "%3Cscript%3E"):
        shown = open_at(query, story=story)
        page = Elements(shown.html())
        assert not page.tags & {"script", "img", "iframe", "object", "svg"}, query
        assert page.handlers == [], query
        assert not [href for href in page.hrefs if href.lower().startswith("javascript")], query
    assert "<img src=x onerror=alert(1)>" in Elements(open_at("event=a", story=story).html("details")).said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.csv", None, "no story at"),
        ("gone", None, "no story at"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(300), "no text"),
        ("empty.csv", b"", "empty.csv"),
        ("other.csv", b"a,b,c\n1,2,3\n", "No column says where"),
    ],
)
def test_story_that_cannot_be_opened_says_why(
    open_at: Open, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    shown = open_at(story=path)
    page = Elements(shown.html()).said
    assert said in page
    assert "Errno" not in page
    shown.app.selectbox(key="story").set_value("japan-visit-2025")
    assert len(events_shown(shown.run())) == 12


def test_folder_without_reports_says_what_is_missing(open_at: Open, tmp_path: Path) -> None:
    assert "reports.csv" in open_at(story=tmp_path).text()
