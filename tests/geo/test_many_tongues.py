"""Places under their names in other languages and scripts, and districts of all countries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from geo.context.resolve import decide_together
from geo.gazetteer import Gazetteer
from geo.names.interpretation import interpret_each
from geo.names.lookup import Lookup
from geo.place import Resolution


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("日本", "JP"),
        ("中国", "CN"),
        ("Россия", "RU"),
        ("Польша", "PL"),
        ("مصر", "EG"),
        ("대한민국", "KR"),
        ("Ελλάδα", "GR"),
        ("भारत", "IN"),
        ("ไทย", "TH"),
        ("საქართველო", "GE"),
        ("Allemagne", "DE"),
        ("Marruecos", "MA"),
        ("Svájc", "CH"),
        ("Verenigd Koninkrijk", "GB"),
        ("Hiszpania", "ES"),
    ],
)
def test_a_country_is_found_under_its_name_in_other_languages(gazetteer: Gazetteer, name: str, code: str) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert (found.kind, found.country) == ("country", code)


@pytest.mark.parametrize(
    ("name", "english", "kind"),
    [
        ("東京", "Tokyo", "city"),
        ("Москва", "Moscow", "city"),
        ("القاهرة", "Cairo", "city"),
        ("서울", "Seoul", "city"),
        ("Αθήνα", "Athens", "city"),
        ("דמשק", "Damascus", "city"),
        ("大阪府", "Osaka Prefecture", "admin1"),
        ("Краснодарский край", "Krasnodar", "admin1"),
        ("경기도", "Gyeonggi", "admin1"),
    ],
)
def test_towns_and_divisions_are_found_in_their_own_scripts(
    gazetteer: Gazetteer, name: str, english: str, kind: str
) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert (found.name, found.kind) == (english, kind)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Karo, Indonesia", "ID"), ("Kitaakita", "JP"), ("Nyagatare District", "RW"), ("Powiat żywiecki", "PL")],
)
def test_districts_of_all_countries_are_found(gazetteer: Gazetteer, name: str, country: str) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize("name", ["Yokosuka", "Kherson", "Zapopan"])
def test_a_town_goes_before_the_district_called_after_it(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert found.kind == "city"


@pytest.mark.parametrize(
    ("name", "division"),
    [("Tampere", "Pirkanmaa"), ("Gdańsk", "Pomerania"), ("Nakuru", "Nakuru"), ("Callao", "Callao")],
)
def test_a_town_is_in_the_division_that_it_is_in_today(gazetteer: Gazetteer, name: str, division: str) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert found.admin1 == division


def test_a_province_is_a_first_level_division_where_there_is_one(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Salamanca province, Spain").place
    assert found is not None
    assert found.kind == "admin1"


def test_a_small_place_with_a_post_office_is_known(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Skellytown, Texas").place
    assert found is not None
    assert (found.kind, found.admin1, found.timezone) == ("city", "Texas", "America/Chicago")


def test_an_old_name_goes_before_what_foreigners_call_another_town(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Kunsan").place
    assert found is not None
    assert (found.name, found.country) == ("Gunsan", "KR")


@pytest.mark.parametrize(
    ("name", "latitudes", "longitudes", "said"),
    [
        ("S. PERU", (-18.4, -12.5), (-78, -68), "southern Peru"),
        ("NE. CHINA", (36, 54), (104, 135), "northeastern China"),
        ("C. ITALY", (40, 44), (10, 16), "central Italy"),
        ("N.W. IRAN", (34, 40), (44, 54), "northwestern Iran"),
        ("E. KANSAS", (36, 41), (-97, -94), "eastern Kansas"),
    ],
)
def test_a_part_of_a_land_stands_in_it(
    gazetteer: Gazetteer,
    name: str,
    latitudes: tuple[float, float],
    longitudes: tuple[float, float],
    said: str,
) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert (found.name, found.kind) == (said, "area")
    assert latitudes[0] < found.latitude < latitudes[1]
    assert longitudes[0] < found.longitude < longitudes[1]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("S. Korea", "South Korea"),
        ("N. Carolina", "North Carolina"),
        ("C. Africa", "Central Africa"),
        ("SE. Asia", "Southeast Asia"),
    ],
)
def test_a_place_of_the_name_goes_before_a_part_of_a_land(gazetteer: Gazetteer, name: str, meant: str) -> None:
    found = gazetteer.resolve(name).place
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("name", ["South Korea", "North Korea", "North Macedonia", "South Sudan", "East Timor"])
def test_a_land_with_a_direction_in_its_name_is_no_part_of_one(gazetteer: Gazetteer, name: str) -> None:
    found = interpret_each((name,), Lookup(place_all(gazetteer)))[name].place
    assert found is not None
    assert (found.name, found.kind) == (name, "country")


def place_all(gazetteer: Gazetteer) -> Callable[[Sequence[str], str], list[Resolution]]:
    return lambda names, text: decide_together(gazetteer, names, text)
