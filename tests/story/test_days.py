"""Days as people write them in tables, with what they say of how sure they are."""

from __future__ import annotations

import pytest

from story.tables.values.days import read_day


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Reported 30-Apr-2018", "2018-04-30?"),
        ("Reported: in May 1996", "1996-05?"),
        ("reportedly on 5 Sep 2016", "2016-09-05?"),
        ("Probably 1932", "1932?"),
        ("Said to be 1920", "1920?"),
        ("Possibly about 1900", "1900%"),
        ("Reported early 1900", "1900%"),
        ("Reported 9/5/2016", "[2016-05-09,2016-09-05]"),
        ("Reported 5-7 September 2016", "2016-09-05?/2016-09-07?"),
    ],
)
def test_day_that_is_only_reported_is_uncertain(text: str, edtf: str) -> None:
    assert read_day(text) == edtf


@pytest.mark.parametrize("text", ["Reported", "Reported by Ann Lee", "Possibly"])
def test_word_of_doubt_alone_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as"):
        read_day(text)
