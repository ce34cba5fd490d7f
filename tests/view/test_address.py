"""The address holds the whole view and gives it back; what is broken is left out and said."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.model import STATUSES
from story.query.sure import SURE
from view.state.address import Address, read

WORDS = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)


@given(
    st.builds(
        Address,
        story=WORDS,
        first=st.dates() | st.none(),
        last=st.none(),
        statuses=st.sets(st.sampled_from(STATUSES)).map(lambda some: tuple(s for s in STATUSES if s in some)),
        who=st.lists(WORDS, unique=True).map(tuple),
        as_of=st.dates() | st.none(),
        q=WORDS | st.just(""),
        place=WORDS | st.just(""),
        event=WORDS | st.just(""),
        fields=st.lists(WORDS, unique=True).map(tuple),
        colour=WORDS | st.just(""),
        size=WORDS | st.just(""),
        since=st.dates() | st.none(),
        sure=st.sets(st.sampled_from(SURE)).map(lambda some: tuple(s for s in SURE if s in some)),
    )
)
def test_an_address_comes_back_from_its_url(address: Address) -> None:
    parameters = parse_qs(address.query().removeprefix("?"))
    assert read(parameters) == (address, ())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-10-18..2025-10-24", date(2025, 10, 18), date(2025, 10, 24)),
        ("2025-10-18/2025-10-24", date(2025, 10, 18), date(2025, 10, 24)),
        ("2025-10-18,2025-10-24", date(2025, 10, 18), date(2025, 10, 24)),
        ("2025-10-18..", date(2025, 10, 18), None),
        ("..2025-10-24", None, date(2025, 10, 24)),
        ("2025-10-18", date(2025, 10, 18), date(2025, 10, 18)),
    ],
)
def test_a_range_is_read_however_it_is_written(text: str, first: date | None, last: date | None) -> None:
    address, notices = read({"dates": [text]})
    assert (address.first, address.last, notices) == (first, last, ())


def test_a_range_given_as_two_parameters_is_one_range() -> None:
    address, _ = read({"dates": ["2025-10-18", "2025-10-24"]})
    assert (address.first, address.last) == (date(2025, 10, 18), date(2025, 10, 24))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dates", "yesterday"),
        ("dates", "2025-10-24..2025-10-18"),
        ("dates", "2025-02-30..2025-03-01"),
        ("dates", "1..2..3"),
        ("as_of", "tomorrow"),
        ("status", "certain"),
        ("hue", "blue"),
    ],
)
def test_a_broken_part_is_ignored_with_a_notice_that_quotes_it(name: str, value: str) -> None:
    address, notices = read({name: [value], "q": ["tokyo"]})
    assert address == Address(q="tokyo")
    assert len(notices) == 1
    assert (value if name != "hue" else name) in notices[0]


def test_a_huge_part_is_cut_and_not_repeated_in_full() -> None:
    address, notices = read({"q": ["x" * 100_000], "as_of": ["y" * 100_000]})
    assert len(address.q) <= 200
    assert len(notices[0]) < 200
