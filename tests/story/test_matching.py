"""The columns of anybody's table: which field each is taken for, and what is none, without a hand's work."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from story.opening.stories import open_story
from story.placing import PlaceNames, place_with
from story.tables.columns import evidence
from story.tables.columns.matching import Matching, guess
from story.tables.columns.vocabulary import fits
from story.tables.load import load_table, parse_table
from story.tables.table import Table

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
MATCHINGS: defaultdict[str, dict[str, str]] = defaultdict(dict)
with (GOLDEN / "matchings.csv").open(encoding="utf-8", newline="") as opened:
    for line in csv.DictReader(opened):
        MATCHINGS[line["file"]][line["field"]] = line["headers"]


@pytest.fixture(scope="module")
def place() -> PlaceNames:
    return place_with(Gazetteer.open())


def matched(text: str) -> Matching:
    return guess(parse_table(text.encode(), "trip.csv"))


def places(text: str) -> tuple[str, ...]:
    return matched(text).named("place")


@pytest.mark.parametrize("name", MATCHINGS)
def test_columns_of_a_table_are_what_a_reader_takes_them_for(name: str) -> None:
    matching = guess(load_table(GOLDEN / "tables" / name))
    assert {field: " + ".join(matching.named(field)) for field in matching.fields} == MATCHINGS[name]


def test_every_table_has_its_columns_in_the_golden_matchings() -> None:
    tables = {path.name for path in (GOLDEN / "tables").iterdir()} - {"expected.csv", "empty.csv", "header-only.csv"}
    assert set(MATCHINGS) == tables


# When


def test_a_column_called_day_holds_days_of_the_month_or_whole_ones() -> None:
    assert matched("Visitor,Day,Town\nAda,9/25/2016,Paris\nBen,9/27/2016,Rome\nCy,soon,Rome\n").named("when") == (
        "Day",
    )
    parts = matched("Year,Month,Day,Town\n2016,9,25,Paris\n2016,9,27,Rome\n").named("when")
    assert parts == ("Year", "Month", "Day")


# What


def test_a_title_is_one_though_a_single_cell_of_it_is_long() -> None:
    rows = "".join(f"Visit {n},2016-09-{n:02},Paris\n" for n in range(10, 13))
    assert matched(f"Title,Date,Location\n{rows}{'Long words ' * 300},2016-09-13,Rome\n").named("title") == ("Title",)


# Where


def test_column_that_names_another_field_is_no_place() -> None:
    assert places("date,event type,fatalities\n2016-09-05,Battles,1\n2016-09-06,Battles,2\n") == ()
    assert places("date,name,points\n2016-09-05,Ada,1\n2016-09-06,Ada,2\n") == ()


def test_no_place_is_guessed_from_cells_where_points_are_given() -> None:
    assert places("date,lat,lng,spot\n2016-09-05,48.8,2.3,Alpha\n2016-09-06,48.8,2.3,Alpha\n") == ()


def test_where_visitors_come_from_is_where_only_if_nothing_else_says_so() -> None:
    rows = "\n2016-09-05,Ann Lee,Japan,Tokyo\n2016-09-06,Ben Day,Israel,Haifa\n"
    assert places("date,visitor,from,city" + rows) == ("city",)
    assert places("date,visitor,from,remark" + rows) == ("from",)
    assert "nothing else says where" in matched("date,visitor,from,remark" + rows).fields["place"].why
    assert places("from,to,visitor\n2016-09-05,2016-09-06,Ann Lee\nsoon,2016-09-08,Ben Day\n") == ()


def test_header_with_a_place_among_other_words_gives_way_to_one_that_is_a_place() -> None:
    text = "date,place of birth,state\n2016-09-05,Paris,Ohio\n2016-09-06,Rome,Iowa\n"
    assert places(text) == ("state",)
    assert places(text.replace("state", "hometown")) == ("place of birth",)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Name of the visitor", "who"),
        ("location_description", "place"),
        ("Nearest country", "place3"),
        ("DATE OF INCIDENT", "when"),
        ("Incident details", "summary"),
        ("Town/City", "place"),
        ("City or County", "place"),
        ("Host city", "place"),
        ("Offense State", "place2"),
        ("Primary Purpose", "kind"),
        ("Type of Breach", "kind"),
        ("Date de début", "when"),
    ],
)
def test_header_is_known_with_words_that_say_nothing(header: str, field: str) -> None:
    assert fits(header)[field] >= 0.5


@pytest.mark.parametrize(
    "header",
    ["Location of breached information", "Country of citizenship", "Birth city", "Flag state", "weapon_details"],
)
def test_header_with_words_that_say_something_else_is_not_known_as_a_whole(header: str) -> None:
    assert max(fits(header).values()) < 0.5


def test_regions_stand_between_town_and_country_or_hold_both() -> None:
    rows = "\n2016-09-05,Kangra,Punjab,India\n2016-09-06,Herat,West,Iran\n"
    assert places("date,town,area,country" + rows) == ("town", "area", "country")
    assert places("date,area,state,region" + rows) == ("area", "region", "state")
    assert places("date,town,remark,region" + rows) == ("town", "region")


def test_region_that_holds_several_states_or_countries_is_not_said_within_one() -> None:
    rows = "\n2016-09-05,Northeast,New York\n2016-09-06,Northeast,Maine\n2016-09-07,South,Texas\n"
    assert places("date,region,state" + rows) == ("state",)
    assert places("date,region,country" + rows) == ("country",)


@pytest.mark.parametrize("region", ["South Asia", "Middle East", "Europe", "Black Sea"])
def test_continent_or_sea_is_not_said_beside_a_town(region: str) -> None:
    rows = f"\n2016-09-05,Kabul,{region},Afghanistan\n2016-09-06,Herat,{region},Afghanistan\n"
    assert places("date,town,region,country" + rows) == ("town", "country")


def test_country_that_the_points_are_far_from_is_a_note() -> None:
    blasts = [("Hiroshima", 34.4, 132.5), ("Bikini", 11.4, 165.2), ("Nevada", 37, -116), ("Alamogordo", 32.5, -105.6)]
    text = "date,country,region,lat,lng,title\n" + "".join(
        f"1946-01-{day:02},USA,{name},{latitude},{longitude},Blast {day}\n"
        for day, (name, latitude, longitude) in enumerate(blasts * 3, 1)
    )
    matching = matched(text)
    assert (matching.named("place"), matching.named("note")) == (("region",), ("country",))
    near = text.replace("132.5", "-132.5").replace("165.2", "-65.2").replace("11.4", "41.4")
    assert matched(near).named("place") == ("region", "country")


# Who, what, by whose word


def test_names_of_people_again_and_again_are_who_was_there() -> None:
    rows = "".join(f"2016-09-0{day},{'Ann Lee' if day % 2 else 'Ben Day'},Paris\n" for day in range(1, 9))
    assert matched("date,executive name,city\n" + rows).named("who") == ("executive name",)
    assert matched("date,file name,city\n" + rows.replace(" ", "-")).named("who") == ()


def test_title_that_comes_again_and_again_is_a_kind() -> None:
    rows = "".join(f"2016-09-0{day},{'Rally' if day % 2 else 'Speech'},Paris\n" for day in range(1, 9))
    matching = matched("date,event,city\n" + rows)
    assert (matching.named("title"), matching.named("kind")) == ((), ("event",))


def test_summary_is_the_longest_text_among_headers_that_only_hint_at_one() -> None:
    text = (
        "date,city,weapon details,police remarks here\n2016-09-05,Paris,A gun of some make,A long tale of it all here\n"
    )
    assert matched(text).named("summary") == ("police remarks here",)


def test_first_of_several_links_is_the_link_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_text(
        "date,city,title,sources\n2016-09-05,Paris,One,https://a.example/1; https://b.example/2\n"
        '2016-09-06,Rome,Two,"https://a.example/3,https://b.example/4 (in Italian)"\n',
        encoding="utf-8",
    )
    story = open_story(path)
    assert [report.url for report in story.reports] == ["https://a.example/1", "https://a.example/3"]
    assert "https://b.example/2" in story.reports[0].note
    assert "https://b.example/4 (in Italian)" in story.reports[1].note
    assert not [problem for problem in story.problems if problem.field != "place"]


def test_word_that_stands_for_a_name_does_not_pass_for_a_title(place: PlaceNames) -> None:
    story = open_story(GOLDEN / "tables" / "sharks.csv", place)
    assert [report.title for report in story.reports] == [
        "Ann Wolfe",
        "Unprovoked: male",
        "Unprovoked: female",
    ]


def test_marks_of_footnotes_are_left_out_and_that_is_said(place: PlaceNames) -> None:
    story = open_story(GOLDEN / "tables" / "trips.csv", place)
    assert [report.place for report in story.reports][:2] == ["Tokyo, Japan", "Seoul, South Korea"]
    assert [report.summary for report in story.reports][2:4] == ["Talks.", "Speech [sic] at the assembly."]
    assert any("footnotes" in note for note in story.notes)


def test_however_long_a_table_is_some_hundred_cells_of_a_column_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real, read = evidence.read_day, []
    monkeypatch.setattr(evidence, "read_day", lambda *given, **named: read.append(given) or real(*given, **named))
    table = Table("a.csv", ("date", "city"), (("2016-09-05", "Paris"),) * 20_000, tuple(range(2, 20_002)))
    assert guess(table).named("when") == ("date",)
    assert 0 < len(read) < 2_000
