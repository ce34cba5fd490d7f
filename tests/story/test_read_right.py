"""Kinds of cells that were read wrong in silence, each with what a person would take it for."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.spatial.great_circles import distance_km
from story.draft import story_of
from story.exc import DateFormatError
from story.model import Event, Story
from story.model.denial import is_denial
from story.opening.stories import open_draft
from story.placing import Placing, place_with
from story.query.selection import events_as_of
from story.tables.columns.matching import guess
from story.tables.columns.vocabulary import division_word
from story.tables.load import parse_table
from story.tables.values.day_columns import habits_of
from story.tables.values.days import read_day
from story.tables.values.points import both_axes, is_longitude_first, one_axis

Open = Callable[..., Story]


@pytest.fixture(scope="module")
def placing(gazetteer: Gazetteer) -> Placing:
    return place_with(gazetteer)


@pytest.fixture
def opened(tmp_path: Path, placing: Placing) -> Open:
    def read(*rows: Sequence[str], name: str = "table.csv") -> Story:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return story_of(open_draft(path, placing))

    return read


def events(story: Story) -> list[Event]:
    return sorted(events_as_of(story, None), key=lambda event: event.title)


def at(event: Event) -> tuple[float, float]:
    assert event.place is not None
    return event.place.latitude, event.place.longitude


# A town and its state


@pytest.mark.parametrize(
    ("cell", "division", "country"),
    [
        ("Rome, Oregon", "Oregon", "US"),
        ("Sparta, NJ", "New Jersey", "US"),
        ("Zzyzxqqville, Ohio", "Ohio", "US"),
        ("Near Dresden, Maine", "Maine", "US"),
        ("Nagasaki, Queensland", "Queensland", "AU"),
    ],
)
def test_a_town_with_its_state_is_one_place_in_that_state(opened: Open, cell: str, division: str, country: str) -> None:
    (event,) = events(opened(["Date", "Location", "What"], ["2024-05-01", cell, "A"]))
    assert event.place is not None
    assert (event.place.admin1, event.place.country) == (division, country)


def test_what_a_state_does_not_hold_stands_at_the_state_and_is_told(opened: Open) -> None:
    story = opened(["Date", "Location", "What"], ["2024-05-01", "Zzyzxqqville, Ohio", "A"])
    (problem,) = story.problems
    assert problem.message.startswith("'Zzyzxqqville' is not known, so it is shown at Ohio.")


@pytest.mark.parametrize("cell", ["Paris, Lyon", "Ohio, Indiana", "Japan, Mongolia", "Oslo; Bergen"])
def test_parts_of_one_rank_are_a_list(opened: Open, cell: str) -> None:
    assert len(events(opened(["Date", "Location", "What"], ["2024-05-01", cell, "A"]))) == 2


# Columns of divisions


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("State", "state"),
        ("Bundesland", "state"),
        ("Estado", "state"),
        ("Oblast", "oblast"),
        ("Governorate", "governorate"),
        ("Prefecture", "prefecture"),
        ("Province", "province"),
        ("province_name", "province"),
        ("Województwo", "voivodeship"),
        ("County", "county"),
        ("City", ""),
        ("Country", ""),
        ("Status", ""),
        ("Statement", ""),
    ],
)
def test_a_header_says_which_divisions_a_column_holds(header: str, word: str) -> None:
    assert division_word(header) == word


@pytest.mark.parametrize(
    ("header", "name", "country"), [("State", "New York", "United States"), ("Province", "Zaragoza", "Spain")]
)
def test_a_name_in_a_column_of_divisions_is_the_division(opened: Open, header: str, name: str, country: str) -> None:
    (event,) = events(opened(["Date", header, "Country", "Cases"], ["2020-03-01", name, country, "3"]))
    assert event.place is not None
    assert event.place.kind in ("admin1", "admin2")


# Positions


@pytest.mark.parametrize(
    ("cell", "latitude", "longitude"),
    [
        ("12°30'15S 045°10'45E", -12.504167, 45.179167),
        ("12°30S 45°10E", -12.5, 45.166667),
        ("02:15N, 101:20E", 2.25, 101.333333),
        ("04:12.60S, 39:40.20E", -4.21, 39.67),
        ("0410.5N 00620.1E", 4.175, 6.335),
        ("4815N 01130E", 48.25, 11.5),
        ("N51.5 W0.12", 51.5, -0.12),
        ("12 30 15S 045 10 45E", -12.504167, 45.179167),
        ("12-30-15S 045-10-45E", -12.504167, 45.179167),
        ("12°30′15″ S, 45°10′45″ E", -12.504167, 45.179167),
        ("45°10'E 12°30'S", -12.5, 45.166667),
        ("51.5074, -0.1278, 35", 51.5074, -0.1278),
        ("51°30'N 0°7'W 35 m", 51.5, -0.116667),
    ],
)
def test_positions_of_sea_and_air(cell: str, latitude: float, longitude: float) -> None:
    found = both_axes(cell)
    assert found is not None
    assert (float(found[0]), float(found[1])) == pytest.approx((latitude, longitude), abs=1e-5)


@pytest.mark.parametrize("cell", ["95 70 N", "12 61 N", "915N", "N 12 S", "O 12°", "5/9/2016", "5 9 2016", "1;2;3;4"])
def test_what_is_no_position_is_left_as_it_is(cell: str) -> None:
    assert not one_axis(cell).lstrip("-").replace(".", "").isdecimal() or one_axis(cell) == "915"
    assert both_axes(cell) is None or cell == "5 9 2016"


def test_a_column_of_pairs_has_one_order() -> None:
    assert is_longitude_first(["139.7, 35.7", "13.4, 52.5"])
    assert not is_longitude_first(["35.7, 139.7", "52.5, 13.4"])
    assert both_axes("13.4, 52.5", longitude_first=True) == ("52.5", "13.4")


def test_a_ring_over_the_180th_meridian_has_its_middle_in_it(tmp_path: Path, placing: Placing) -> None:
    ring = [[178, -18], [-177, -18], [-177, -14], [178, -14], [178, -18]]
    feature = {
        "type": "Feature",
        "properties": {"title": "Islands", "date": "2024-01-01"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "shapes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    (event,) = events(story_of(open_draft(path, placing)))
    assert at(event) == pytest.approx((-16, -179.5))


@pytest.mark.parametrize(
    ("kind", "coordinates", "quoted"),
    [
        ("Point", [float("inf"), 3], "3.0, inf"),
        ("Point", [1e308, 3], "3.0, 1e+308"),
        ("Point", [30, 95], "95.0, 30.0"),
        ("LineString", [[30, 10], [1e308, 1e308]], "1e+308, 1e+308"),
        ("Polygon", [[[30, 10], [31, 10], [31, -1e9], [30, 10]]], "-1000000000.0, 31.0"),
    ],
)
def test_a_shape_with_numbers_that_are_no_degrees_is_told_and_its_row_is_kept(
    kind: str, coordinates: list[object], quoted: str, tmp_path: Path, placing: Placing
) -> None:
    story = story_of(open_draft(shapes(tmp_path, {"type": kind, "coordinates": coordinates}), placing))
    assert [event.place for event in events(story) if event.title == "Shape 0"] == [None]
    assert any(f"'{quoted}' is not used" in problem.message for problem in story.problems)


def test_a_shape_with_nan_for_a_degree_has_no_place_and_says_so(tmp_path: Path, placing: Placing) -> None:
    ring = {"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 3], [4, 5]]]}
    story = story_of(open_draft(shapes(tmp_path, ring), placing))
    assert [event.place for event in events(story) if event.title == "Shape 0"] == [None]
    assert any("Only one of latitude and longitude" in problem.message for problem in story.problems)


def shapes(folder: Path, *geometries: object) -> Path:
    """A file of these shapes, numbered from 0, and of three points on land."""
    features = [
        {"type": "Feature", "properties": {"title": f"Shape {n}", "date": "2024-01-01"}, "geometry": geometry}
        for n, geometry in enumerate(
            [*geometries, *({"type": "Point", "coordinates": [139, 35 + x]} for x in range(3))]
        )
    ]
    path = folder / "shapes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


# Days


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("between 3 and 8 June 2021", "[2021-06-03..2021-06-08]"),
        ("14 or 15 July 2020", "[2020-07-14..2020-07-15]"),
        ("3 May or 9 June 2022", "[2022-05-03,2022-06-09]"),
        ("end of 2019", "2019-12~"),
        ("beginning of 2019", "2019-01~"),
        ("7 July 2020 (approx.)", "2020-07-07~"),
        ("on or about 7 July 2020", "2020-07-07~"),
        ("on 7 July 2020", "2020-07-07"),
        ("week of 8 June 2022", "[2022-06-06..2022-06-12]"),
        ("week ending 12 June 2022", "[2022-06-06..2022-06-12]"),
        ("2022-W23", "[2022-06-06..2022-06-12]"),
        ("night of 3-4 May 2022", "2022-05-03/2022-05-04"),
        ("du 9 au 11 mars 2022", "2022-03-09/2022-03-11"),
        ("mi-mars 2022", "2022-03~"),
        ("Ende März 2022", "2022-03~"),
        ("a finales de mayo de 2022", "2022-05~"),
        ("seit 2014", "2014/.."),
        ("令和3年5月2日", "2021-05-02"),
        ("平成30年", "2018"),
        ("พ.ศ. 2565", "2022"),
        ("AD 476", "0476"),
        ("1600000000", "2020-09-13T12:26:40Z"),
        ("1600000000000", "2020-09-13T12:26:40Z"),
        ("1599955200", "2020-09-13"),
    ],
)
def test_days_told_in_phrases_and_by_other_counts(cell: str, edtf: str) -> None:
    assert read_day(cell) == edtf


@pytest.mark.parametrize(
    ("cell", "why"), [("-44", "before Christ"), ("44 BC", "before Christ"), ("1443 AH", "Islamic")]
)
def test_years_that_cannot_be_shown_are_refused_in_words(cell: str, why: str) -> None:
    with pytest.raises(DateFormatError, match=why):
        read_day(cell)


def test_two_years_in_a_column_are_told_from_months_by_the_others() -> None:
    assert habits_of(["2016-17", "2010-11"]).two_years
    assert not habits_of(["2016-07", "2010-11"]).two_years
    assert not habits_of(["2016-17", "2010-03"]).two_years


def test_spans_of_two_years_and_moments_are_read_by_their_column(opened: Open) -> None:
    story = opened(["Season", "City", "Title"], ["2016-17", "Paris", "A"], ["2010-11", "Paris", "B"])
    assert [event.span.edtf for event in events(story)] == ["2016/2017", "2010/2011"]
    moments = opened(["time", "place", "title"], ["1600000000000", "Tokyo", "A"], ["1599955200000", "Tokyo", "B"])
    assert [event.span.at is not None for event in events(moments)] == [True, True]


def test_a_whole_date_goes_before_the_year_and_month_beside_it(opened: Open) -> None:
    story = opened(
        ["Incident Date", "Incident Year", "Incident Month", "Location"],
        ["13-Jan-20", "2020", "Jan", "Paris"],
        ["28-Feb-20", "2020", "Feb", "Lyon"],
    )
    assert sorted(event.span.edtf for event in events(story)) == ["2020-01-13", "2020-02-28"]


# Words around names


@pytest.mark.parametrize(
    ("name", "point", "km"),
    [
        ("100 km north of Nairobi", (-0.38, 36.82), 20),
        ("60 NM south-east of Salalah", (16.3, 54.83), 25),
        ("5 miles SW of Tulsa, Oklahoma", (36.1, -96.05), 12),
        ("GERMANY: HAMBURG", (53.55, 10.0), 25),
        ("JAPAN: OSAKA: SAKAI", (34.57, 135.48), 25),
        ("Unspecified location in Chad", (15.4, 18.7), 300),
        ("a hospital in Mosul", (36.34, 43.13), 15),
        ("Rafah, Gaza vicinity", (31.29, 34.24), 30),
        ("between Goma and Bukavu", (-2.09, 29.03), 30),
    ],
)
def test_words_around_a_name_are_read(gazetteer: Gazetteer, name: str, point: tuple[float, float], km: float) -> None:
    found = gazetteer.resolve(name)
    assert found.place is not None, found.reason
    assert distance_km((found.place.latitude, found.place.longitude), point) <= km


# Headers


@pytest.mark.parametrize(
    "headers",
    [
        ["日期", "地点", "事件"],
        ["fecha", "ciudad", "evento"],
        ["дата", "город", "событие"],
        ["tarih", "şehir", "olay"],
        ["날짜", "장소", "사건"],
        ["תאריך", "מקום", "אירוע"],
        ["التاريخ", "المكان", "الحدث"],
        ["तारीख", "स्थान", "घटना"],
        ["päivämäärä", "paikka", "tapahtuma"],
        ["dátum", "helyszín", "esemény"],
        ["ngày", "địa điểm", "sự kiện"],
    ],
)
def test_headers_in_the_languages_of_the_web_are_known(headers: list[str]) -> None:
    raw = f"{','.join(headers)}\n2024-02-03,Paris,Talks begin\n2024-02-05,Rome,Talks end\n".encode()
    matching = guess(parse_table(raw, "table.csv"))
    assert (matching.named("when"), matching.named("place")) == ((headers[0],), (headers[1],))


# Statuses


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("planned", "scheduled"),
        ("Tentative", "possible"),
        ("to be confirmed", "possible"),
        ("done", "happened"),
        ("called off", "cancelled"),
        ("canceled", "cancelled"),
        ("abgesagt", "cancelled"),
        ("geplant", "scheduled"),
        ("отменено", "cancelled"),
        ("予定", "scheduled"),
        ("likely", "expected"),
    ],
)
def test_words_of_a_status_column_are_one_of_the_five(opened: Open, word: str, status: str) -> None:
    story = opened(["Date", "City", "Title", "Status"], ["2031-05-01", "Paris", "A", word])
    assert ([event.status for event in events(story)], story.problems) == ([status], ())


def test_what_is_confirmed_is_scheduled_while_it_lies_ahead(opened: Open) -> None:
    rows = ["2091-05-01", "Paris", "A", "confirmed"], ["2019-05-01", "Paris", "B", "confirmed"]
    story = opened(["Date", "City", "Title", "Status"], *rows)
    assert [event.status for event in events(story)] == ["scheduled", "happened"]


@pytest.mark.parametrize("word", ["postponed", "contested", "purple"])
def test_a_status_that_is_none_of_the_five_is_told_and_its_row_stays(opened: Open, word: str) -> None:
    story = opened(
        ["Date", "City", "Title", "Status"],
        ["2025-05-01", "Paris", "A", word],
        *[["2025-05-01", "Rome", "B", "done"]] * 5,
    )
    (problem,) = story.problems
    assert word in problem.message
    assert {event.title for event in events(story)} == {"A", "B"}


def test_words_that_are_no_status_do_not_take_the_column_from_those_that_are(opened: Open) -> None:
    rows = [["2031-05-01", "Paris", "A", "planned"], ["2031-05-02", "Rome", "B", "wobbly"]]
    story = opened(["Date", "City", "Title", "Status"], *rows)
    assert [event.status for event in events(story)] == ["scheduled", "expected"]
    (problem,) = story.problems
    assert (problem.field, "'wobbly'" in problem.message, "shown as expected" in problem.message) == (
        "Status",
        True,
        True,
    )


def test_denied_is_understood_and_no_problem(opened: Open) -> None:
    rows = [["2025-05-01", "Paris", "A", "denied"], ["2025-05-02", "Rome", "B", "done"]]
    story = opened(["Date", "City", "Title", "Status"], *rows)
    first, _ = events(story)
    assert (first.status, is_denial(first.latest), story.problems) == ("possible", True, ())


def test_tbc_in_a_status_column_is_a_status_not_a_blank(opened: Open) -> None:
    rows = [
        ["2031-05-01", "Paris", "A", "TBC"],
        ["2031-05-02", "Rome", "B", "planned"],
        ["2031-05-03", "Oslo", "C", "done"],
    ]
    story = opened(["Date", "City", "Title", "Status"], *rows)
    assert [event.status for event in events(story)] == ["possible", "scheduled", "happened"]
