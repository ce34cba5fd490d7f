"""Dates: what each EDTF text means, what is refused and how it says so, and what a range of days finds."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from story.exc import DateFormatError, StoryError
from story.model import dates
from story.model.dates import core, localized, parse_when, relation

GOLDEN = Path(__file__).parent.parent / "golden" / "dates.csv"
CASES = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))
GOOD = [case for case in CASES if not case["error"]]
BAD = [case for case in CASES if case["error"]]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["text"] or "blank")
def test_date_means_these_days(case: dict[str, str]) -> None:
    span = parse_when(case["text"])
    assert (span.earliest, span.latest) == (day(case["earliest"]), day(case["latest"]))
    assert span.precision == case["precision"]
    marks = {name for name in ("lasts", "uncertain", "approximate") if getattr(span, name)}
    assert marks == set(case["marks"].split())


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["text"] or "blank")
def test_bad_date_is_refused_and_says_why(case: dict[str, str]) -> None:
    with pytest.raises(DateFormatError) as caught:
        parse_when(case["text"])
    message = str(caught.value)
    assert case["error"] in message
    assert f"'{case['text']}'" in message
    assert "2025-10-27/2025-10-31" in message, "says what is understood"


def test_golden_table_is_long_enough() -> None:
    assert len(CASES) >= 60


def test_date_error_is_a_story_error_and_a_value_error() -> None:
    assert issubclass(DateFormatError, StoryError)
    assert issubclass(DateFormatError, ValueError)


@given(st.text(max_size=300))
def test_any_text_is_a_date_or_a_short_date_error(text: str) -> None:
    try:
        span = parse_when(text)
    except DateFormatError as error:
        message = str(error)
    else:
        message = ""
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest
    assert len(message) < 1000


@given(st.text(alphabet="0123456789-/.[]{}?~%XTZ:+, ", max_size=40))
def test_date_like_garbage_is_a_date_or_a_date_error(text: str) -> None:
    try:
        span = parse_when(text)
    except DateFormatError:
        return
    assert parse_when(span.edtf) == span


def test_many_different_dates_ask_the_slow_reader_hardly_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = dates.parse_edtf

    def counted(text: str) -> object:
        asked.append(text)
        return real(text)

    monkeypatch.setattr(dates, "parse_edtf", counted)
    for year in range(1000, 1300):
        for form in ("{}-22", "{}?-10-29", "{}-10-29/{}-11", "[{}-10-2X..]", "{}-10-29%", "{}-XX"):
            parse_when(form.format(year, year))
        with pytest.raises(DateFormatError):
            parse_when(f"{year}-9X?~")
    assert len(asked) <= 1


AGREED = [
    "2025-10-29",
    "2024-02",
    "2025",
    "201X",
    "20XX",
    "2025-10-XX",
    "2025-XX",
    "2025-22",
    "2025-33",
    "2025-10-27/2025-10-31",
    "2025-10-27/2025-11",
    "[2025-10-27..2025-10-31]",
    "[2025-10..2025-12]",
    "2025-10~",
    "?2025-10",
    "2025-~10-?29",
]


@pytest.mark.parametrize("text", AGREED)
def test_days_are_those_that_the_edtf_package_finds(text: str) -> None:
    span, parsed = parse_when(text), parse_edtf(text)
    assert span.earliest is not None
    assert span.latest is not None
    assert tuple(parsed.lower_strict())[:3] == tuple(span.earliest.timetuple())[:3]
    assert tuple(parsed.upper_strict())[:3] == tuple(span.latest.timetuple())[:3]


def test_time_keeps_its_zone_and_gives_its_own_day() -> None:
    span = parse_when("2025-10-29T01:00+09:00")
    assert span.at is not None
    assert span.at.isoformat() == "2025-10-29T01:00:00+09:00"
    assert span.earliest == date(2025, 10, 29)


def test_time_in_another_zone_is_on_the_day_of_the_place() -> None:
    span = localized(parse_when("2025-10-28T23:00Z"), "Asia/Tokyo")
    assert (span.earliest, span.latest) == (date(2025, 10, 29), date(2025, 10, 29))
    assert span.at is not None
    assert span.at.hour == 8


def test_time_without_zone_is_the_places_own() -> None:
    span = localized(parse_when("2025-10-29T10:00"), "Asia/Tokyo")
    assert span.at is not None
    assert span.at.utcoffset() == timedelta(hours=9)


def test_interval_of_times_moves_both_ends_to_the_place() -> None:
    span = localized(parse_when("2025-10-28T14:00Z/2025-10-28T16:00Z"), "Asia/Tokyo")
    assert (span.earliest, span.latest) == (date(2025, 10, 28), date(2025, 10, 29))


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd"])
def test_unknown_zone_changes_nothing(zone: str) -> None:
    span = parse_when("2025-10-28T23:00Z")
    assert localized(span, zone) == span


def test_day_without_time_is_the_same_day_in_every_zone() -> None:
    span = parse_when("2025-10-29")
    assert localized(span, "Pacific/Kiritimati") == span


RELATIONS = [
    # when, first, last, relation
    ("2025-10-29", "2025-10-29", "2025-10-29", "certain"),
    ("2025-10-29", "2025-10-29", "", "certain"),
    ("2025-10-29", "", "2025-10-29", "certain"),
    ("2025-10-29", "2025-10-30", "", "outside"),
    ("2025-10-29", "", "2025-10-28", "outside"),
    ("2025-10-29", "2025-10-30", "2025-10-28", "outside"),
    ("2025-03", "2025-03-01", "2025-03-31", "certain"),
    ("2025-03", "2025-03-31", "2025-04-30", "possible"),
    ("2025-03", "2025-04-01", "", "outside"),
    ("[2025-10-27..2025-10-31]", "2025-10-27", "2025-10-31", "certain"),
    ("[2025-10-27..2025-10-31]", "2025-10-28", "2025-10-31", "possible"),
    ("[2025-10-27..2025-10-31]", "2025-11-01", "", "outside"),
    ("2025-10-27/2025-10-31", "2025-10-29", "2025-10-29", "certain"),
    ("2025-10-27/2025-10-31", "2025-10-31", "", "certain"),
    ("2025-10-27/2025-10-31", "2025-11-01", "", "outside"),
    ("2025-10/2025-12", "2025-11-10", "2025-11-12", "certain"),
    ("2025-10/2025-12", "2025-10-10", "2025-10-12", "possible"),
    ("2025-10/2025-12", "2025-12-31", "", "possible"),
    ("2025-10/2025-12", "2025-10-31", "2025-10-31", "certain"),
    ("2025-10-28/..", "2025-10-28", "2025-10-28", "certain"),
    ("2025-10-28/..", "2025-10-01", "2025-10-28", "certain"),
    ("2025-10-28/..", "2025-10-29", "2025-10-30", "possible"),
    ("2025-10-28/..", "2025-10-29", "", "possible"),
    ("2025-10-28/..", "2025-10-01", "", "certain"),
    ("2025-10-28/..", "", "2025-10-27", "outside"),
    ("../2025-10-28", "", "2025-10-27", "possible"),
    ("../2025-10-28", "2025-10-28", "", "certain"),
    ("[2025-10-11..]", "2025-10-11", "", "certain"),
    ("[2025-10-11..]", "2025-10-11", "2025-12-31", "possible"),
    ("[..2025-10-28]", "", "2025-10-28", "certain"),
    ("[..2025-10-28]", "2025-10-01", "2025-10-28", "possible"),
    ("2025-10-29?", "2025-10-29", "2025-10-29", "possible"),
    ("2025-10-29?", "2025-01-01", "", "possible"),
    ("2025-10-29?", "", "", "certain"),
    ("2025-10-29?", "2025-10-30", "", "outside"),
    ("2025-10~", "2025-01-01", "2025-12-31", "possible"),
    ("2025-10-27/2025-10-31~", "2025-10-29", "2025-10-29", "possible"),
    ("XXXX-XX-XX", "2025-10-29", "2025-10-29", "possible"),
    ("XXXX-XX-XX", "2025-10-29", "", "possible"),
    ("XXXX-XX-XX", "", "", "certain"),
    ("2025-10-29T10:00+09:00", "2025-10-29", "2025-10-29", "certain"),
]


@pytest.mark.parametrize(("when", "first", "last", "expected"), RELATIONS)
def test_range_of_days_finds_dates_certainly_or_possibly(when: str, first: str, last: str, expected: str) -> None:
    assert relation(parse_when(when), day(first), day(last)) == expected


@given(
    st.sampled_from([case["text"] for case in GOOD]),
    st.dates(date(2025, 9, 1), date(2025, 12, 31)),
    st.integers(0, 90),
    st.integers(0, 30),
)
def test_wider_range_never_loses_what_a_narrower_one_found(text: str, first: date, length: int, more: int) -> None:
    span, last = parse_when(text), first + timedelta(length)
    narrow = relation(span, first, last)
    wide = relation(span, first - timedelta(more), last + timedelta(more))
    order = ["outside", "possible", "certain"]
    assert order.index(wide) >= order.index(narrow)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2025-10-29", ("2025-10-29", "2025-10-29")),
        ("2025-10-27/2025-10-31", ("2025-10-27", "2025-10-31")),
        ("2025-10-28/..", ("2025-10-28", "2025-10-28")),
        ("{2025-10..2025-12}", ("2025-10-31", "2025-12-01")),
        ("2025-10-27/2025-11", ("2025-10-27", "2025-11-01")),
    ],
)
def test_core_is_the_days_that_are_sure(when: str, days: tuple[str, str]) -> None:
    assert core(parse_when(when)) == (day(days[0]), day(days[1]))


@pytest.mark.parametrize("when", ["2025-10", "2025/2025", "[2025-10-27..2025-10-31]", "2025-10-29?", "", "[..2025-10]"])
def test_no_day_is_sure_of_a_vague_date(when: str) -> None:
    assert core(parse_when(when)) is None
