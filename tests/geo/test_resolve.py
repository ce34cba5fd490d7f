"""The names of one text are decided together: what a reader of that text would take them for, with the reason."""

from __future__ import annotations

import pytest

from geo.context.resolve import resolve_together
from geo.gazetteer import Gazetteer
from geo.place import Place, Resolution


def read(gazetteer: Gazetteer, text: str, *toponyms: str) -> list[Place]:
    """The places of toponyms that stand in a text, all of them found."""
    assert all(toponym in text for toponym in toponyms)
    places = [r.place for r in resolve_together(gazetteer, toponyms, text)]
    assert None not in places, toponyms
    return [p for p in places if p is not None]


def test_a_local_paper_means_the_town_next_door(gazetteer: Gazetteer) -> None:
    text = "The board in Paris met people from Reno, Blossom and Lamar County. Roads by Bonham and Clarksville flooded."
    places = read(gazetteer, text, "Paris", "Reno", "Blossom", "Lamar County", "Bonham", "Clarksville")
    assert {p.admin1 for p in places} == {"Texas"}


def test_the_same_name_alone_keeps_its_famous_sense(gazetteer: Gazetteer) -> None:
    (paris,) = read(gazetteer, "The talks in Paris ended late.", "Paris")
    assert paris.country == "FR"


def test_a_far_capital_stays_itself_in_a_local_paper(gazetteer: Gazetteer) -> None:
    text = "Soldiers from Lancaster, Lebanon and Ephrata left for Iraq. Harrisburg families watched news from London."
    places = read(gazetteer, text, "Lancaster", "Ephrata", "Iraq", "Harrisburg", "London")
    assert [p.country for p in places] == ["US", "US", "IQ", "US", "GB"]
    assert places[0].admin1 == "Pennsylvania"


def test_the_state_right_after_a_name_decides(gazetteer: Gazetteer) -> None:
    text = "She flew from London, Ontario, to Paris, Texas, and drove to Athens (Georgia)."
    places = read(gazetteer, text, "London", "Ontario", "Paris", "Texas", "Athens", "Georgia")
    assert [(p.country, p.admin1) for p in places] == [
        ("CA", "Ontario"), ("CA", "Ontario"), ("US", "Texas"), ("US", "Texas"), ("US", "Georgia"), ("US", "Georgia"),
    ]  # fmt: skip


def test_an_abbreviated_state_decides_too(gazetteer: Gazetteer) -> None:
    (springfield,) = read(gazetteer, "A fire in Springfield, Mass., hurt nobody.", "Springfield")
    assert springfield.admin1 == "Massachusetts"


def test_two_towns_of_one_name_are_told_apart_by_their_states(gazetteer: Gazetteer) -> None:
    text = "Storms hit Springfield, Illinois, on Monday and Springfield, Missouri, on Tuesday."
    first, second = read(gazetteer, text, "Springfield", "Springfield")
    assert (first.admin1, second.admin1) == ("Illinois", "Missouri")


def test_one_name_has_one_sense_in_a_text(gazetteer: Gazetteer) -> None:
    text = "Cambridge, Massachusetts, voted. Later Cambridge counted again, and Cambridge was done."
    places = read(gazetteer, text, "Cambridge", "Massachusetts", "Cambridge", "Cambridge")
    assert {p.admin1 for p in places} == {"Massachusetts"}


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        ("Georgia and Russia signed a truce in Tbilisi.", "country", "GE"),
        ("Storms crossed Alabama, Georgia and Tennessee; Atlanta and Savannah lost power.", "admin1", "US"),
    ],
)
def test_georgia_is_told_by_its_company(gazetteer: Gazetteer, text: str, kind: str, country: str) -> None:
    toponyms = [n for n in ("Georgia", "Russia", "Tbilisi", "Alabama", "Tennessee", "Atlanta", "Savannah") if n in text]
    georgia = read(gazetteer, text, *sorted(toponyms, key=text.index))[
        sorted(toponyms, key=text.index).index("Georgia")
    ]
    assert (georgia.kind, georgia.country) == (kind, country)


def test_a_country_named_only_by_its_people_helps(gazetteer: Gazetteer) -> None:
    (san_jose,) = read(gazetteer, "Costa Rican police closed the airport. Costa Ricans in San Jose queued.", "San Jose")
    assert san_jose.country == "CR"


def test_what_stands_before_a_name_helps(gazetteer: Gazetteer) -> None:
    (van,) = read(gazetteer, "An earthquake struck the Turkish city of Van.", "Van")
    assert van.country == "TR"


def test_a_county_is_read_with_the_word_after_it(gazetteer: Gazetteer) -> None:
    places = read(gazetteer, "Deputies in Scott County and Davenport, Iowa, searched the river.", "Scott", "Davenport")
    assert [(p.kind, p.admin1) for p in places] == [("admin2", "Iowa"), ("city", "Iowa")]


def test_a_township_is_not_taken_for_a_far_village(gazetteer: Gazetteer) -> None:
    text = "A Canton woman died in Plain Township. The Stark County coroner and people in Akron and Massillon said so."
    found = resolve_together(gazetteer, ["Canton", "Plain Township", "Stark County", "Akron", "Massillon"], text)
    assert [r.place.admin1 if r.place else None for r in found] == ["Ohio"] * 5
    assert [r.approximate for r in found] == [False, True, False, False, False]
    assert found[1].candidates


def test_a_series_of_states_is_no_village_in_another_state(gazetteer: Gazetteer) -> None:
    places = read(gazetteer, "Cases rose in Ohio, Illinois and Indiana.", "Ohio", "Illinois", "Indiana")
    assert {p.kind for p in places} == {"admin1"}


def test_reasons_say_what_the_text_says(gazetteer: Gazetteer) -> None:
    text = "Japan said so. In Japan, ships left Yokosuka. Japan, Japan, Japan."
    (yokosuka,) = resolve_together(gazetteer, ["Yokosuka"], text)
    assert yokosuka.reason == "the only place so named"
    (paris, _) = resolve_together(gazetteer, ["Paris", "Texas"], "In Paris, Texas, rain fell.")
    assert "Texas" in paris.reason
    assert "\n" not in paris.reason


def test_a_misspelt_name_is_never_guessed(gazetteer: Gazetteer) -> None:
    text = "Kyoto and Osaka are near Yokosukka in Japan."
    found = resolve_together(gazetteer, ["Kyoto", "Osaka", "Yokosukka"], text)
    assert found[2].place is None
    assert "Yokosuka" in [c.place.name for c in found[2].candidates]


def test_sailors_at_fallon_still_give_the_candidates(gazetteer: Gazetteer) -> None:
    (found,) = resolve_together(gazetteer, ["Fallon"], "He spoke to sailors at Fallon.")
    assert found.place is not None
    assert len(found.candidates) >= 1


def test_the_same_text_gives_the_same_answer(gazetteer: Gazetteer) -> None:
    toponyms = ["Springfield", "Franklin", "Clinton", "Salem", "Georgetown"]
    text = "From Springfield to Franklin, Clinton, Salem and Georgetown."
    runs: list[list[Resolution]] = [resolve_together(gazetteer, toponyms, text) for _ in range(2)]
    assert runs[0] == runs[1]


def test_every_toponym_gets_an_answer_in_its_place(gazetteer: Gazetteer) -> None:
    odd = ["", "Tokyo", "x" * 5000, "\ud800", "Tokyo", "12", "No such place at all"]
    found = resolve_together(gazetteer, odd, "Tokyo")
    assert [r.toponym for r in found] == odd
    assert [bool(r.place) for r in found] == [False, True, False, False, True, False, False]
    assert resolve_together(gazetteer, [], "") == []


def test_the_work_for_a_long_text_is_bounded(gazetteer: Gazetteer) -> None:
    toponyms = ["San Antonio", "Springfield", "Paris", "Georgetown", "Victoria"] * 40
    before = gazetteer.rows_read
    resolve_together(gazetteer, toponyms, " and ".join(toponyms))
    assert gazetteer.rows_read - before < 5000


def test_a_name_is_no_reason_for_itself(gazetteer: Gazetteer) -> None:
    text = "Vienna will rebuild its marina."
    (vienna,) = resolve_together(gazetteer, ["Vienna"], text)
    assert vienna.place is not None
    assert "in Vienna" not in vienna.reason


def places(gazetteer: Gazetteer, text: str, *names: str) -> list[str]:
    return [
        f"{found.place.name}, {found.place.country}" if found.place else ""
        for found in resolve_together(gazetteer, names, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He flew to the US state of Nevada on Monday.",
        "A US District Judge ruled on Monday.",
        "The US State Department said so.",
        "The US Province House was closed.",
    ],
)
def test_a_word_behind_a_country_makes_it_no_division(gazetteer: Gazetteer, text: str) -> None:
    assert places(gazetteer, text, "US") == ["United States, US"]


def test_a_word_behind_a_list_is_said_of_each(gazetteer: Gazetteer) -> None:
    text = "Storms hit Franklin, Hall and Banks counties in Georgia."
    found = resolve_together(gazetteer, ["Franklin", "Hall", "Banks", "Georgia"], text)
    assert [one.place and (one.place.name, one.place.admin1) for one in found[:3]] == [
        ("Franklin County", "Georgia"),
        ("Hall County", "Georgia"),
        ("Banks County", "Georgia"),
    ]


def test_the_state_named_beside_a_county_goes_before_one_named_elsewhere(gazetteer: Gazetteer) -> None:
    text = (
        "Dead fish washed up in Ohio, near the docks of Wayne County. Tests were made at a laboratory in Scranton,"
        " Pennsylvania. A second sample came from Ohio."
    )
    county = read(gazetteer, text, "Ohio", "Wayne County", "Scranton", "Pennsylvania")[1]
    assert county.admin1 == "Ohio"


def test_a_list_of_states_is_no_town_in_a_state(gazetteer: Gazetteer) -> None:
    text = "Officials look into cases in Washington, Pennsylvania and California; Oregon, Idaho and Utah reported none."
    names = ("Washington", "Pennsylvania", "California", "Oregon", "Idaho", "Utah")
    assert {place.kind for place in read(gazetteer, text, *names)} == {"admin1"}


def test_the_first_of_two_regions_shares_the_last_word(gazetteer: Gazetteer) -> None:
    central, south = read(gazetteer, "Frogs of Central and South America are dying.", "Central", "South America")
    assert (central.name, south.name) == ("Central America", "South America")


@pytest.mark.parametrize(
    "said", ["which is located in Illinois", "located in Illinois", "a county in the state of Illinois"]
)
def test_what_is_said_of_a_place_says_where_it_is(gazetteer: Gazetteer, said: str) -> None:
    text = f"Ducks were found in Fulton County, {said}."
    county, _ = read(gazetteer, text, "Fulton County", "Illinois")
    assert county.admin1 == "Illinois"


def test_an_article_on_a_village_is_read_by_its_own_words(gazetteer: Gazetteer) -> None:
    text = "Athens is a small village in Menard County, Illinois. The village of Athens lies north of Springfield."
    athens, *_ = read(gazetteer, text, "Athens", "Menard County", "Illinois", "Springfield")
    assert athens.admin1 == "Illinois"
