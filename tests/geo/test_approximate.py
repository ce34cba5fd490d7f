"""What no table knows stands, marked approximate, at the town that its text says it is in; only where words say so."""

from __future__ import annotations

import io
import json

import pytest

from geo.cli import main
from geo.context.resolve import resolve_together
from geo.gazetteer import Gazetteer
from geo.place import Resolution


def read(gazetteer: Gazetteer, text: str, *toponyms: str) -> list[Resolution]:
    assert all(toponym in text for toponym in toponyms)
    return resolve_together(gazetteer, toponyms, text)


@pytest.mark.parametrize(
    "thing",
    ["Quennell Street", "Ottoline Boulevard", "Zebulon Marsh Elementary School", "St. Ulric's Church", "Hosmer Clinic"],
)
def test_a_thing_of_a_town_stands_at_the_town_of_the_dateline(gazetteer: Gazetteer, thing: str) -> None:
    text = f"DUBUQUE, Iowa - A pipe burst near {thing} on Tuesday night, the fire chief said."
    *_, found = read(gazetteer, text, "DUBUQUE", "Iowa", thing)
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Dubuque", "Iowa")
    assert found.approximate
    assert found.unknown == thing
    assert thing in found.reason
    assert "Dubuque" in found.reason


def test_the_town_that_its_sentence_names_goes_before_others(gazetteer: Gazetteer) -> None:
    text = "Buses left Lyon and Lyon only. Children of the Brumaire School sang in Grenoble. Lyon won."
    *_, found = read(gazetteer, text, "Lyon", "Brumaire School", "Grenoble")[:2]
    assert found.place is not None
    assert found.place.name == "Grenoble"


@pytest.mark.parametrize(
    "sentence",
    [
        "The well dried up in the hamlet of Quorrabee, not far from Dubbo.",
        "Shots were heard in the Quorrabee neighbourhood of Dubbo.",
        "She was born in Quorrabee, a suburb west of Dubbo.",
        "Quorrabee is a small township near Dubbo.",
        "He runs a bakery in Quorrabee, Dubbo, these days.",
    ],
)
def test_words_beside_a_name_say_what_it_is(gazetteer: Gazetteer, sentence: str) -> None:
    found, _ = read(gazetteer, sentence, "Quorrabee", "Dubbo")
    assert found.place is not None, found.reason
    assert found.place.name == "Dubbo"
    assert found.approximate


@pytest.mark.parametrize(
    ("sentence", "towns"),
    [
        ("Quorrabee was seen in Dubbo with friends.", ["Dubbo"]),  # nothing says that it is a place of a town
        ("Trains run to Quorrabee, Dubbo and Bathurst.", ["Dubbo", "Bathurst"]),  # a list
        ("The Quorrabee School won in Dubbo, in Perth, in Cairns and again in Hobart.", []),  # no town is known at all
    ],
)
def test_nothing_is_guessed_where_words_do_not_say_it(gazetteer: Gazetteer, sentence: str, towns: list[str]) -> None:
    name = "Quorrabee School" if "School" in sentence else "Quorrabee"
    found, *_ = read(gazetteer, sentence, name, *towns)
    assert found.place is None


def test_what_one_mention_says_holds_for_the_others(gazetteer: Gazetteer) -> None:
    text = "Fire broke out in the village of Quorrabee, near Dubbo. Everyone left Quorrabee by noon."
    first, _, second = resolve_together(gazetteer, ["Quorrabee", "Dubbo", "Quorrabee"], text)
    assert first.place == second.place is not None
    assert second.approximate


def test_a_quarter_is_no_far_town_of_its_name(gazetteer: Gazetteer) -> None:
    text = "SAVANNAH, Ga. - Crews fought a blaze in the Oak Ridge subdivision of Savannah."
    *_, quarter = read(gazetteer, text, "SAVANNAH", "Ga.", "Oak Ridge")
    assert quarter.place is not None
    assert quarter.place.name == "Savannah"
    assert quarter.approximate


def test_a_town_stands_at_the_division_that_the_text_puts_it_in(gazetteer: Gazetteer) -> None:
    text = "He was stopped on the highway in Stroud, Ontario, Canada, police said."
    stroud, *_ = read(gazetteer, text, "Stroud", "Ontario", "Canada")
    assert stroud.place is not None
    assert (stroud.place.name, stroud.place.country) == ("Ontario", "CA")
    assert stroud.approximate
    assert stroud.unknown == "Stroud"


def test_two_of_a_list_are_not_put_in_one_another(gazetteer: Gazetteer) -> None:
    stroud, *_ = read(gazetteer, "They toured Stroud, Ontario and Quebec.", "Stroud", "Ontario", "Quebec")
    assert stroud.place is not None
    assert stroud.place.country == "GB"


def test_json_marks_what_is_approximate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = "DUBUQUE, Iowa - Quennell Street is closed."
    line = {"id": 1, "text": text, "mentions": [{"text": "DUBUQUE"}, {"text": "Quennell Street"}]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(line) + "\n"))
    assert main(["resolve"]) == 0
    town, street = json.loads(capsys.readouterr().out)["resolutions"]
    assert "approximate" not in town
    assert street["approximate"] is True
    assert street["unknown"] == "Quennell Street"
    assert (street["latitude"], street["longitude"]) == (town["latitude"], town["longitude"])
