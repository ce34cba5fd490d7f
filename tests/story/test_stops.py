"""Place cells as real tables write them: where each lands, what is several places, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.names.forms import other_forms
from geo.names.interpretation import Written
from geo.place import Resolution
from story.draft import edits, story_of
from story.draft.merge import merge
from story.draft.review import open_names
from story.draft.serialization import dumps, loads
from story.opening.stories import open_draft, open_story
from story.placing import PlaceNames, place_with
from story.query.itineraries import itineraries
from story.query.selection import events_as_of
from story.tables.rows.stops import find_stops


@pytest.fixture(scope="module")
def place() -> PlaceNames:
    return place_with(Gazetteer.open())


def stops(place: PlaceNames, *parts: str) -> tuple[Resolution, ...]:
    return find_stops([Written(parts)], place)[Written(parts)]


def find_rows(rows: Sequence[tuple[str, ...]], place: PlaceNames) -> dict[tuple[str, ...], tuple[Resolution, ...]]:
    return {written.parts: found for written, found in find_stops(map(Written, rows), place).items()}


def where(place: PlaceNames, *parts: str) -> list[tuple[str, str]]:
    """The name and country of each stop, ("", "") for one that has no place."""
    found = [stop.place for stop in stops(place, *parts)]
    return [(one.name, one.country) if one else ("", "") for one in found]


# What the table's country does not contain


@pytest.mark.parametrize(
    ("locale", "country", "code"),
    [
        ("Bermuda", "United Kingdom", "BM"),
        ("The Bahamas", "United Kingdom", "BS"),
        ("Trinidad", "United Kingdom", "TT"),
        ("Jamaica", "United Kingdom", "JM"),
        ("St. Lucia", "United Kingdom", "LC"),
        ("Antigua", "United Kingdom", "AG"),
        ("Martinique", "France", "MQ"),
        ("Hong Kong", "United Kingdom", "HK"),
        ("Gibraltar", "United Kingdom", "GI"),
        ("Malta", "United Kingdom", "MT"),
        ("Singapore", "United Kingdom", "SG"),
        ("Guam", "United States", "GU"),
        ("Puerto Rico", "United States", "PR"),
        ("Greenland", "Denmark", "GL"),
        ("Curacao", "Netherlands", "CW"),
        ("Macau", "Portugal", "MO"),
        ("Dakar", "France", "SN"),
        ("Algiers", "France", "DZ"),
        ("Dacca", "Pakistan", "BD"),
        ("Asmara", "Ethiopia", "ER"),
        ("Kiev", "U.S.S.R.", "UA"),
        ("Yalta", "U.S.S.R.", "UA"),
        ("Yalta", "Russia", "UA"),
        ("Tashkent", "Soviet Union", "UZ"),
        ("Oran (Algeria)", "France", "DZ"),
        ("Havana (Cuba)", "Spain", "CU"),
        ("Bathurst (The Gambia)", "United Kingdom", "GM"),
        ("Argentia (Newfoundland)", "United Kingdom", "CA"),
        ("Port of Spain (Trinidad)", "United Kingdom", "TT"),
        ("Kingston (Jamaica)", "United Kingdom", "JM"),
    ],
)
def test_a_place_that_is_now_another_country_is_shown_there_and_says_so(
    place: PlaceNames, locale: str, country: str, code: str
) -> None:
    (stop,) = stops(place, locale, country)
    assert stop.place is not None
    assert (stop.place.country, stop.unknown) == (code, "")
    assert stop.reason.endswith(f"though it says {country}")


@pytest.mark.parametrize(
    ("parts", "overruled"),
    [
        (("Paris", "Japan"), ["Japan"]),
        (("Paris, Japan",), ["Japan"]),
        (("near Paris", "Japan"), ["Japan"]),
        (("London, Berlin", "Germany"), ["Germany", ""]),
        (("Dakar", "France"), ["France"]),
        (("Kingston (Jamaica)", "United Kingdom"), [""]),
        (("Bermuda", "United Kingdom"), [""]),
        (("Hong Kong", "China"), [""]),
        (("San Juan", "Puerto Rico", "United States"), [""]),
        (("Rome, Vatican City", "Italy"), ["", ""]),
        (("Zzyzxqq", "Japan"), [""]),
    ],
)
def test_a_city_that_only_its_fame_puts_in_another_country_is_told(
    place: PlaceNames, parts: tuple[str, ...], overruled: list[str]
) -> None:
    assert [stop.overruled for stop in stops(place, *parts)] == overruled


def test_a_city_in_another_country_than_its_row_says_is_shown_and_asked_about(
    place: PlaceNames, tmp_path: Path
) -> None:
    path = tmp_path / "trip.csv"
    path.write_text("date,city,country,title\n2016-09-25,Paris,Japan,One\n2016-09-26,Rome,Italy,Two\n", "utf-8")
    draft = open_draft(path, place)
    story = story_of(draft)
    assert (story.rows, len(story.reports), edits.rejected(draft)) == (2, 2, ())
    (problem,) = story.problems
    assert (problem.line, problem.field, problem.value) == (2, "city + country", "Paris, Japan")
    assert problem.message == (
        "'Paris, Japan' is shown at Paris, France, since no place of that name is known in Japan. "
        "Confirm it, correct it, or give latitude and longitude."
    )
    for one in (draft, loads(dumps(draft)), merge(draft, draft, draft).draft):
        (name,) = open_names(one)
        assert (name.toponym, name.doubt, name.events) == ("Paris, Japan", "coarse", 1)
        assert name.resolution.place is not None
        assert name.resolution.place.country == "FR"
        confirmed = edits.put(one, name.toponym, name.resolution.place)
        assert open_names(confirmed) == ()
        assert story_of(confirmed).problems == ()
        assert story_of(loads(dumps(confirmed))).problems == ()


def test_a_namesake_in_the_table_s_country_goes_before_the_land(place: PlaceNames) -> None:
    assert where(place, "Trinidad", "Bolivia") == [("Trinidad", "BO")]
    assert where(place, "Moscow", "Idaho", "United States") == [("Moscow", "US")]
    assert where(place, "Hamilton", "United Kingdom") == [("Hamilton", "GB")]


def test_a_name_that_many_places_have_is_not_looked_for_abroad(place: PlaceNames) -> None:
    (stop,) = stops(place, "Toledo", "Uganda")
    assert stop.unknown == "Toledo"
    assert where(place, "Toledo", "Uganda") == [("Uganda", "UG")]


def test_what_several_countries_share_is_in_the_one_that_the_table_says(place: PlaceNames) -> None:
    assert where(place, "Dead Sea", "Jordan") == [("Dead Sea", "JO")]
    assert where(place, "Dead Sea", "Israel") == [("Dead Sea", "IL")]
    assert where(place, "Dead Sea", "Norway") == [("Norway", "NO")]


def test_a_direction_in_a_country_is_no_town_of_that_name(place: PlaceNames) -> None:
    (stop,) = stops(place, "Northwest", "Turkey")
    assert where(place, "Northwest", "Turkey") == [("northwestern Turkey", "TR")]
    assert stop.unknown == ""


def test_brackets_that_are_not_known_are_left_out(place: PlaceNames) -> None:
    assert where(place, "Geneva (first summit)", "Switzerland") == [("Geneva", "CH")]
    (stop,) = stops(place, "Zzyzxqq (Scotland)", "United Kingdom")
    assert stop.unknown == "Zzyzxqq"
    assert where(place, "Zzyzxqq (Scotland)", "United Kingdom") == [("Scotland", "GB")]


# Several in one cell


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (("London, Cornwall", "United Kingdom"), ["London", "Cornwall"]),
        (("Mainz,Wiesbaden", "Germany"), ["Mainz", "Wiesbaden"]),
        (("Hong Kong, Shenzhen", "China"), ["Hong Kong", "Shenzhen"]),
        (("Callao, Lima", "Peru"), ["Callao", "Lima"]),
        (("Fredensborg, Copenhagen", "Denmark"), ["Fredensborg", "Copenhagen"]),
        (("Manila,Subic Bay", "Philippines"), ["Manila", "Subic Bay"]),
        (
            ("Bay of Islands (Newfoundland), Bonne Bay (Newfoundland)", "United Kingdom"),
            ["Bay of Islands", "Bonne Bay"],
        ),
        (("Quebec, Ottawa", "Canada"), ["Quebec City", "Ottawa"]),
        (("Rome, Vatican City", "Italy"), ["Rome", "Vatican City"]),
        (("Gaza, Bethlehem", "Gaza Strip and West Bank"), ["Gaza Strip", "Bethlehem"]),
        (
            ("St. Thomas,St. Croix,Frederikstadt,Christianstadt (Virgin Islands)", "Denmark"),
            ["St. Thomas", "Saint Croix", "Frederiksted", "Christiansted"],
        ),
        (("Paris, London, Rome",), ["Paris", "London", "Rome"]),
        (("Paris - Lyon", "France"), ["Paris", "Lyon"]),
    ],
)
def test_places_beside_one_another_are_several_stops(
    place: PlaceNames, parts: tuple[str, ...], names: list[str]
) -> None:
    assert [name for name, _ in where(place, *parts)] == names
    assert len({stop.toponym for stop in stops(place, *parts)}) == len(names)


@pytest.mark.parametrize(
    ("parts", "name", "country"),
    [
        (("London, Ontario", "Canada"), "London", "CA"),
        (("Brooklyn, New York", "United States"), "Brooklyn", "US"),
        (("Albany, New York",), "Albany", "US"),
        (("Harrow, London",), "Harrow", "GB"),
        (("Houston, Texas, USA",), "Houston", "US"),
        (("Kyiv, Kyiv Oblast",), "Kyiv", "UA"),
        (("Kyiv, Kyiv Oblast", "Ukraine"), "Kyiv", "UA"),
        (("Lajes, Terceira Island, Azores", "Portugal"), "Lajes", "PT"),
        (("Trinidad and Tobago",), "Trinidad and Tobago", "TT"),
        (("Near Texel Island, North Sea",), "Texel", "NL"),
        (("Off Vlieland Island, North Sea",), "Vlieland", "NL"),
        (("Hong Kong SAR, China",), "Hong Kong", "HK"),
        (("Macao SAR, China",), "Macau", "MO"),
        (("Washington, D.C.", "United States"), "Washington", "US"),
        (("Fort-de-France", "Martinique (France)"), "Fort-de-France", "MQ"),
        (("Pristina", "Serbia-Montenegro (Kosovo)"), "Pristina", "XK"),
        (("Sharm al-Sheikh", "Egypt"), "Sharm el-Sheikh", "EG"),
        (("Al Mokha", "Yemen"), "Mocha", "YE"),
        (("Andes Mountains, Chile",), "Andes", "CL"),
        (("Bermuda, United Kingdom",), "Bermuda", "BM"),
    ],
)
def test_a_name_with_what_contains_it_is_one_stop(
    place: PlaceNames, parts: tuple[str, ...], name: str, country: str
) -> None:
    assert where(place, *parts) == [(name, country)]


@pytest.mark.parametrize(
    ("cell", "country", "known", "unknown"),
    [
        ("New Delhi, Daulatpur-Nasirabad", "India", "New Delhi", "Daulatpur-Nasirabad"),
        ("Colon, Baihos", "Panama", "Colón", "Baihos"),
        ("Shannon,Zzyzxqq Castle", "Ireland", "Shannon", "Zzyzxqq Castle"),
    ],
)
def test_an_unknown_stop_does_not_lose_the_known_one(
    place: PlaceNames, cell: str, country: str, known: str, unknown: str
) -> None:
    first, second = stops(place, cell, country)
    assert where(place, cell, country) == [(known, where(place, country)[0][1]), where(place, country)[0]]
    assert (first.unknown, second.unknown) == ("", unknown)


@pytest.mark.parametrize(
    ("parts", "name", "unknown"),
    [
        (("Hurst, Kent, England",), "Kent", "Hurst"),
        (("Springfield, Japan",), "Japan", "Springfield"),
        (("Zzyzxqq Street 5, Chicago", "United States"), "Chicago", "Zzyzxqq Street 5"),
        (("Mosul, Al-Zzyzxqq neighborhood", "Iraq"), "Mosul", "Al-Zzyzxqq neighborhood"),
        (("Near Tiflies, Georgia, USSR",), "Georgia", "Near Tiflies"),
        (("Kabul - Police District 5", "Kabul", "Afghanistan"), "Kabul", "Police District 5"),
        (("Sao Paulo - Zona Norte", "Brazil"), "São Paulo", "Zona Norte"),
        (("Delhi - Central", "India"), "Delhi", ""),
        (("London - Harrow", "United Kingdom"), "Harrow", ""),
    ],
)
def test_a_part_of_an_address_is_no_stop(place: PlaceNames, parts: tuple[str, ...], name: str, unknown: str) -> None:
    (stop,) = stops(place, *parts)
    assert [found for found, _ in where(place, *parts)] == [name]
    assert stop.unknown == unknown


def test_a_misspelt_part_is_asked_after_by_itself(place: PlaceNames) -> None:
    (stop,) = stops(place, "Near Jambol, Bulgeria")
    assert stop.place is None
    assert stop.reason == "no place is so named; did you mean Bulgaria for Bulgeria?"


def test_a_namesake_is_offered_with_its_state(place: PlaceNames, tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_text("date,city,state,title\n2016-09-25,Brusssels,Belgium,One\n2016-09-25,AtlantiCity,New Jersey,Two\n")
    first, second = (problem.message for problem in open_story(path, place).problems)
    assert "Did you mean Brussels" in first
    assert "Did you mean Atlantic City, New Jersey" in second


# Codes


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Tulsa, OK", "Oklahoma"),
        ("Portland, OR", "Oregon"),
        ("Portland, ME", "Maine"),
        ("Hilo, HI", "Hawaii"),
        ("Indianapolis, IN", "Indiana"),
        ("Evans, CO", "Colorado"),
        ("London, ON", "Ontario"),
    ],
)
def test_postal_codes_that_are_words_are_states_after_a_comma(place: PlaceNames, cell: str, state: str) -> None:
    (stop,) = stops(place, cell)
    assert stop.place is not None
    assert stop.place.admin1 == state


def admin1(found: tuple[Resolution, ...]) -> list[str]:
    return [stop.place.admin1 for stop in found if stop.place]


def test_a_column_of_postal_codes_is_read_as_one(place: PlaceNames) -> None:
    rows = [("Indianapolis", "IN"), ("Zzyzxqq", "ME"), ("Tulsa", "OK"), ("GA",), ("Toronto", "ON"), ("DE",), ("IN",)]
    found = find_rows(rows, place)
    assert [admin1(found[row]) for row in rows] == [
        ["Indiana"], ["Maine"], ["Oklahoma"], ["Georgia"], ["Ontario"], ["Delaware"], ["Indiana"]
    ]  # fmt: skip


def test_a_column_of_country_codes_is_read_as_one(place: PlaceNames) -> None:
    for rows in (
        [("Salem", "IND"), ("Wuhan", "CHN"), ("Goma", "COD"), ("Kabul", "AFG")],
        [("Salem", "IN"), ("Wuhan", "CN"), ("Goma", "CD"), ("Kabul", "AF")],
    ):
        found = find_rows(rows, place)
        codes = [stop.place.country for row in rows for stop in found[row] if stop.place]
        assert codes == ["IN", "CN", "CD", "AF"]


def test_australian_states_are_not_those_of_america(place: PlaceNames) -> None:
    rows = [("Perth", "WA"), ("Newcastle", "NSW"), ("Cairns", "QLD"), ("Geelong", "VIC")]
    found = find_rows(rows, place)
    assert [admin1(found[row])[0] for row in rows] == ["Western Australia", "New South Wales", "Queensland", "Victoria"]


def test_few_codes_among_names_are_left_alone(place: PlaceNames) -> None:
    rows = [("IN",), ("Paris",), ("Rome",)]
    found = find_rows(rows, place)
    assert [bool(stop.place) for row in rows for stop in found[row]] == [
        False,
        True,
        True,
    ]


# Names in short


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Congo, Dem. Rep. (of)", "CD"),
        ("Congo, Rep. (of)", "CG"),
        ("People's Republic of the Congo", "CG"),
        ("Central African Rep.", "CF"),
        ("Dominican Rep.", "DO"),
        ("Lao People's Dem. Rep.", "LA"),
        ("Iran, I.R. of", "IR"),
        ("Iran, Islamic Rep.", "IR"),
        ("Egypt, Arab Rep.", "EG"),
        ("Korea, Rep.", "KR"),
        ("Korea, Dem. People's Rep.", "KP"),
        ("Korea", "KR"),
        ("Yemen, Rep.", "YE"),
        ("Yemen P Dem Rep", "YE"),
        ("Venezuela, RB", "VE"),
        ("Micronesia, Fed. Sts.", "FM"),
        ("Bosnia and Herz.", "BA"),
        ("S. Sudan", "SS"),
        ("Eq. Guinea", "GQ"),
        ("W. Sahara", "EH"),
        ("Solomon Is.", "SB"),
        ("Canary Is", "ES"),
        ("Germany Fed Rep", "DE"),
        ("St Vincent", "VC"),
        ("Virgin Islands (U.S.)", "VI"),
        ("Serbia-Montenegro (Kosovo)", "XK"),
        ("Bahamas, The", "BS"),
        ("and Oman", "OM"),
    ],
)
def test_names_that_reports_shorten_are_read(place: PlaceNames, cell: str, code: str) -> None:
    assert [country for _, country in where(place, cell)] == [code]
    assert [country for _, country in where(place, "Zzyzxqq", cell)] == [code]


def test_forms_of_a_name_are_few_however_much_is_shortened() -> None:
    assert len(other_forms("Rep. Fed. Dem. Is. Fed. N. S. E. W. Rep., Fed. Is. (Fed. Is.)")) <= 12
    assert other_forms("x" * 500) == []


def test_stops_of_one_cell_are_travelled_in_the_order_in_which_it_names_them(place: PlaceNames, tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_text('visitor,date,city,country\nAda,2016-09-05,"Rome; Milan; Bari",Italy\n', "utf-8")
    events = events_as_of(open_story(path, place), None)
    assert [event.place.name for event in events if event.place] == ["Rome", "Milan", "Bari"]
    (way,) = itineraries(events)
    assert [stop.event.place.name for stop in way.stops if stop.event.place] == ["Rome", "Milan", "Bari"]
