"""What someone who asks for a place gets: the right one, why, or suggestions; and never a silent guess."""

from __future__ import annotations

import threading

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from geo.exc import BadPoint, GeoError
from geo.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "kind", "country", "admin1"),
    [
        ("Tokyo", "city", "JP", None),
        ("Camp Asaka", "site", "JP", "Saitama"),
        ("Yokosuka", "city", "JP", "Kanagawa"),
        ("Yokosuka Naval Base", "site", "JP", "Kanagawa"),
        ("Naval Air Station Fallon", "site", "US", "Nevada"),
        ("NAS Fallon", "site", "US", "Nevada"),
        ("Fallon, Nevada", "city", "US", "Nevada"),
        ("Paris, Texas", "city", "US", "Texas"),
        ("Malaysia", "country", "MY", ""),
        ("South Korea", "country", "KR", ""),
        ("U.S.", "country", "US", ""),
        ("Taiwan", "country", "TW", ""),
        ("Beijing", "city", "CN", None),
        ("South China Sea", "sea", "", ""),
        ("the Pentagon", "site", "US", "Virginia"),
        ("Scott County, Iowa", "admin2", "US", "Iowa"),
        ("southern Chad", "country", "TD", ""),
        ("the city of Kobe", "city", "JP", None),
        ("東京", "city", "JP", None),
        ("Mexico", "country", "MX", ""),
        ("Luxembourg", "country", "LU", ""),
        ("the US", "country", "US", ""),
        ("Singapore's Changi International Airport", "site", "SG", None),
        ("Frankfurt", "city", "DE", "Hesse"),
        ("Cologne", "city", "DE", None),
    ],
)
def test_a_name_of_the_news_is_found(
    gazetteer: Gazetteer, name: str, kind: str, country: str, admin1: str | None
) -> None:
    place = gazetteer.resolve(name).place
    assert place is not None
    assert (place.kind, place.country) == (kind, country)
    if admin1 is not None:
        assert place.admin1 == admin1
    if kind in {"city", "site"}:
        assert "/" in place.timezone


@pytest.mark.parametrize(
    ("misspelt", "meant"), [("Tokoy", "Tokyo"), ("Yokosukka", "Yokosuka"), ("Pyongyan", "Pyongyang")]
)
def test_misspelt_name_gives_did_you_mean_and_no_place(gazetteer: Gazetteer, misspelt: str, meant: str) -> None:
    found = gazetteer.resolve(misspelt)
    assert found.place is None
    assert meant in [c.place.name for c in found.candidates]
    assert "did you mean" in found.reason


@pytest.mark.parametrize("word", ["March", "Police", "May", "Reading", "monday", "us", "U.N.", "the minister"])
def test_an_ordinary_word_is_no_place_until_it_is_qualified(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.resolve(word).place is None


@pytest.mark.parametrize("word", ["IN", "OK", "OR", "ME", "HI", "ON"])
def test_a_postal_code_that_is_a_word_is_no_place_alone(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.resolve(word).place is None


@pytest.mark.parametrize(
    ("name", "admin1"),
    [
        ("Indianapolis, IN", "Indiana"),
        ("Tulsa, OK", "Oklahoma"),
        ("Portland, OR", "Oregon"),
        ("Portland, ME", "Maine"),
        ("Hilo, HI", "Hawaii"),
        ("London, ON", "Ontario"),
        ("Evans, CO", "Colorado"),
        ("Berks, England", "England"),
    ],
)
def test_a_short_form_after_a_comma_is_what_contains_the_place(gazetteer: Gazetteer, name: str, admin1: str) -> None:
    place = gazetteer.resolve(name).place
    assert place is not None
    assert place.admin1 == admin1


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kiev, U.S.S.R.", "UA"),
        ("Moscow, USSR", "RU"),
        ("Georgia, Soviet Union", "GE"),
        ("Yalta, Russia", "UA"),
        ("Yalta, Ukraine", "UA"),
        ("Guam, United States", "GU"),
        ("Papeete, France", "PF"),
        ("Nuuk, Denmark", "GL"),
        ("Hamilton, United Kingdom", "GB"),
        ("USSR", "RU"),
    ],
)
def test_a_state_contains_what_belongs_or_belonged_to_it(gazetteer: Gazetteer, name: str, country: str) -> None:
    place = gazetteer.resolve(name).place
    assert place is not None
    assert place.country == country


def test_reading_in_pennsylvania_is_a_place(gazetteer: Gazetteer) -> None:
    place = gazetteer.resolve("Reading, Pennsylvania").place
    assert place is not None
    assert place.admin1 == "Pennsylvania"


def test_every_answer_has_a_reason_in_one_line(gazetteer: Gazetteer) -> None:
    for name in ("San Jose", "Yokosuka", "Nowhere at all", "", "U.S.", "Japan's", "Fallon, Nevada"):
        reason = gazetteer.resolve(name).reason
        assert reason
        assert "\n" not in reason


def test_the_chosen_place_is_the_cheapest_candidate(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("San Jose")
    penalties = [c.penalty for c in found.candidates]
    assert len(penalties) > 5
    assert penalties == sorted(penalties)
    assert found.place == found.candidates[0].place


def test_a_base_that_two_tables_hold_is_one_place(gazetteer: Gazetteer) -> None:
    for name in ("Camp Asaka", "Naval Air Station Fallon", "NAS Fallon"):
        found = gazetteer.resolve(name)
        assert len(found.candidates) == 1
        assert found.reason.startswith("the only place so named")


def test_a_country_leaves_out_all_others(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("San Jose", country="CR")
    assert found.place is not None
    assert {c.place.country for c in found.candidates} == {"CR"}


def test_the_nearer_namesake_is_taken_when_asked(gazetteer: Gazetteer) -> None:
    boston = gazetteer.resolve("Boston, Massachusetts").place
    near = gazetteer.resolve("Cambridge", near=boston)
    assert near.place is not None
    assert near.place.admin1 == "Massachusetts"
    assert "km from Boston" in near.reason


def test_it_is_a_geopy_geocoder(gazetteer: Gazetteer) -> None:
    assert isinstance(gazetteer, Geocoder)
    one = gazetteer.geocode("Yokosuka")
    assert isinstance(one, Location)
    assert one.raw["country"] == "JP"
    assert one.latitude == pytest.approx(35.28, abs=0.05)
    several = gazetteer.geocode("San Jose", exactly_one=False)
    assert isinstance(several, list)
    assert len(several) > 5
    assert gazetteer.geocode("Nowhere at all") is None
    assert gazetteer.geocode("Zzxxyy", exactly_one=False) is None


def test_a_point_has_a_nearest_place(gazetteer: Gazetteer) -> None:
    near = gazetteer.nearest(35.28, 139.67)
    assert near is not None
    assert (near.country, near.admin1) == ("JP", "Kanagawa")
    assert gazetteer.nearest(35.28, 139.67 + 360) == near
    location = gazetteer.reverse((48.8566, 2.3522))
    assert isinstance(location, Location)
    assert location.raw["country"] == "FR"


def test_far_out_at_sea_the_sea_is_named(gazetteer: Gazetteer) -> None:
    place = gazetteer.nearest(-48.0, -123.4)
    assert place is not None
    assert place.kind == "sea"
    assert "Pacific" in place.name


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 999.0), (float("nan"), 0.0), (0.0, float("inf"))])
def test_what_is_no_point_is_refused_in_words(gazetteer: Gazetteer, point: tuple[float, float]) -> None:
    with pytest.raises(BadPoint, match="is not a point") as raised:
        gazetteer.nearest(*point)
    assert isinstance(raised.value, GeoError)


def test_countries_have_the_names_newspapers_use(gazetteer: Gazetteer) -> None:
    assert gazetteer.country_name("KR") == "South Korea"
    assert gazetteer.country_name("us") == "United States"
    assert gazetteer.country_name("XX") == "XX"


def test_a_place_is_found_again_by_its_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.resolve("Yokosuka").place
    assert place is not None
    assert gazetteer.place(place.id) == place
    assert gazetteer.place("nobody:0") is None


def test_many_threads_share_one_gazetteer(gazetteer: Gazetteer) -> None:
    answers: list[object] = []

    def ask() -> None:
        answers.extend(gazetteer.resolve(name).place for name in ("Tokyo", "Fallon, Nevada", "Yokosukka"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 24
    assert len({getattr(a, "id", None) for a in answers}) == 3


def test_the_work_for_one_name_is_bounded(gazetteer: Gazetteer) -> None:
    for name in ("San Antonio", "Washington, Pennsylvania", "Sna Antonoi", "a" * 199, "San " * 40, "Springfield"):
        before = gazetteer.rows_read
        gazetteer.resolve(name)
        assert gazetteer.rows_read - before < 6000, name


nasty = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=40),
    st.sampled_from(
        ["", " ", "\x00", "'; drop table place; --", "%_%", ".*(", "[a-", "\ud800", "🗾", "A" * 10_000, "St. " * 3000,
         ", , ,", "()", "(a", "of of of of", "north " * 60, "\u202eoykoT", "a,b,c,d,e,f,g", "' OR 1=1", "\\", "NULL"]
    ),
)  # fmt: skip


@given(nasty)
def test_bad_input_is_no_place_with_a_reason_and_no_crash(gazetteer: Gazetteer, text: str) -> None:
    before = gazetteer.rows_read
    found = gazetteer.resolve(text)
    assert found.reason
    assert found.toponym == text
    assert gazetteer.rows_read - before < 8000
    if len(text) > 1000:
        assert found.place is None
