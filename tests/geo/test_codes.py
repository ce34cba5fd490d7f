"""The codes of countries and divisions: each stands for a place that the gazetteer has under that name."""

from __future__ import annotations

import pytest

from geo.gazetteer import Gazetteer
from geo.index.codes import KINDS, codes


def test_every_kind_has_its_codes() -> None:
    known = codes()
    assert tuple(known) == KINDS
    assert len(known["postal"]) >= 51 + 13
    assert len(known["alpha-2"]) >= len(known["alpha-3"]) >= 240
    assert all(code.isupper() for kind in known.values() for code in kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_means_a_place_that_is_known(gazetteer: Gazetteer, kind: str) -> None:
    for code, names in codes()[kind].items():
        place = gazetteer.resolve(", ".join(names)).place
        assert place is not None, code
        if kind == "alpha-2" and code != "UK":
            assert place.country == code
        if len(names) == 2 and names[0] not in ("New York", "Washington"):  # cities by themselves
            assert place.kind == "admin1", code


def test_one_code_may_mean_several_places() -> None:
    assert codes()["postal"]["IN"] == ("Indiana", "United States")
    assert codes()["alpha-2"]["IN"] == ("India",)
    assert codes()["alpha-3"]["IND"] == ("India",)
    assert codes()["postal"]["WA"][0] == "Washington"
    assert codes()["australian"]["WA"] == ("Western Australia", "Australia")


def test_tables_without_codes_have_none(andorra: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEER", str(andorra))
    codes.cache_clear()
    try:
        assert codes() == {}
    finally:
        codes.cache_clear()
