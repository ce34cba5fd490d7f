"""How a name is written makes no difference to whether it is found."""

from __future__ import annotations

import pytest

from geo import normalise


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("TOKYO", "Tokyo"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
        ("St. Louis", "Saint Louis"),
        ("Mt. Fuji", "Mount Fuji"),
        ("Ft. Bragg", "Fort Bragg"),
        ("Port-au-Prince", "Port au Prince"),
        ("Xi’an", "Xi'an"),
        ("O'Leary", "OLeary"),
        ("U.S.", "US"),
        ("W.Va.", "WVa"),
        ("The Hague", "Hague"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("  New \t York ", "New York"),
        ("İstanbul", "Istanbul"),
        ("Straße", "Strasse"),
        ("ＴＯＫＹＯ", "Tokyo"),
        ("Be\u00adijing", "Beijing"),
    ],
)
def test_two_ways_of_writing_are_one_name(written: str, same: str) -> None:
    assert normalise.key(written) == normalise.key(same) != ""


@pytest.mark.parametrize(("written", "other"), [("Iran", "Iraq"), ("Niger", "Nigeria"), ("東京", "京都")])
def test_different_names_stay_apart(written: str, other: str) -> None:
    assert normalise.key(written) != normalise.key(other)


@pytest.mark.parametrize("written", ["", " ", "...", "-", "\u200b"])
def test_what_has_no_letters_has_no_key(written: str) -> None:
    assert normalise.key(written) == ""


@pytest.mark.parametrize(
    ("written", "bare"),
    [("Japan's", "Japan"), ("Philippines’", "Philippines"), ("Paris", "Paris"), ("Côte d’Ivoire", "Côte d’Ivoire")],
)
def test_a_possessive_is_taken_off(written: str, bare: str) -> None:
    assert normalise.strip_possessive(written) == bare


def test_the_short_cut_for_one_plain_word_gives_what_the_steps_give() -> None:
    for word in ("Tokyo", "ST", "Mt", "the", "Fort"):
        stepped = word
        for step in normalise.STEPS:
            stepped = step(stepped)
        assert normalise.key(word) == stepped
