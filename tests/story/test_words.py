"""Words: dates, times, distances and counts as people write them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.exc import DateFormatError
from story.model.dates import localized, parse_when
from story.wording import say_count, say_day, say_distance, say_month, say_span, say_status, say_stretch, say_time

GOLDEN = Path(__file__).parent.parent / "golden" / "words.csv"
CASES = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['when'] or 'blank'} {case['year']}")
def test_date_reads_as_people_write_it(case: dict[str, str]) -> None:
    year = int(case["year"]) if case["year"] else None
    assert say_span(parse_when(case["when"]), year) == case["words"]


@given(st.text(alphabet="0123456789-/.[]?~X,", max_size=30))
def test_no_date_shows_raw_edtf(text: str) -> None:
    try:
        span = parse_when(text)
    except DateFormatError:
        return
    words = say_span(span, 2025)
    assert words
    assert not set(words) & set("[]/?~X")


def test_day_and_month_stand_alone() -> None:
    assert say_day(date(2025, 10, 24), 2025) == "Fri, Oct 24"
    assert say_day(date(2025, 10, 24)) == "Fri, Oct 24, 2025"
    assert say_month(date(2025, 10, 24)) == "October 2025"


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        (("2025-03", "2025-10-31"), "March 2025 – Oct 31, 2025"),
        (("2025-03", "2025-03-01", "2025-10-31"), "Mar 1 – Oct 31, 2025"),
        (("2024-12-05", "2025-02"), "Dec 5, 2024 – February 2025"),
        (("2025-03", "2025-03-12"), "March 2025"),
        (("1914", "1916-08"), "1914 – August 1916"),
        (("2025-10-28/..", "2025-10-20"), "Oct 20 – 28, 2025"),
        (("", "2025-10-20"), "Oct 20, 2025"),
        (("", ""), ""),
    ],
)
def test_a_stretch_of_days_says_no_day_that_is_not_known(spans: tuple[str, ...], words: str) -> None:
    assert say_stretch(map(parse_when, spans)) == words


TIMES = [
    # when, zone, reader's zone, words
    (
        "2025-10-29T10:00+09:00",
        "Asia/Tokyo",
        "America/New_York",
        "10:00 am Tokyo time, 9:00 pm (Oct 28) your time",
    ),
    ("2025-10-29T01:00Z", "Asia/Tokyo", "Europe/London", "10:00 am Tokyo time, 1:00 am your time"),
    ("2025-10-29T10:00", "Asia/Tokyo", "Asia/Tokyo", "10:00 am Tokyo time"),
    ("2025-10-29T10:00", "Asia/Tokyo", "Asia/Seoul", "10:00 am Tokyo time"),
    ("2025-10-29T10:00", "Asia/Tokyo", "", "10:00 am Tokyo time"),
    ("2025-10-29T10:00", "Asia/Tokyo", "No/Where", "10:00 am Tokyo time"),
    ("2025-10-29T10:00", "", "Europe/Paris", "10:00 am local time"),
    ("2025-10-29T10:00+09:00", "", "Europe/Paris", "10:00 am UTC+9, 2:00 am your time"),
    ("2025-10-29T10:00+05:30", "", "", "10:00 am UTC+5:30"),
    ("2025-10-29T10:00Z", "", "", "10:00 am UTC"),
    ("2025-10-29T12:00", "America/Los_Angeles", "", "noon Los Angeles time"),
    ("2025-10-29T00:00", "America/Los_Angeles", "", "midnight Los Angeles time"),
    ("2025-10-29T12:05", "Asia/Tokyo", "", "12:05 pm Tokyo time"),
    ("2025-10-29T10:00/2025-10-29T11:30", "Asia/Tokyo", "", "10:00 – 11:30 am Tokyo time"),
    ("2025-10-29T10:00/2025-10-29T13:30", "Asia/Tokyo", "", "10:00 am – 1:30 pm Tokyo time"),
    ("2025-10-29T22:00/2025-10-30T02:00", "Asia/Tokyo", "", "10:00 pm – 2:00 am (Oct 30) Tokyo time"),
    ("2025-10-29", "Asia/Tokyo", "America/New_York", ""),
    ("2025-10-27/2025-10-31", "Asia/Tokyo", "America/New_York", ""),
]


@pytest.mark.parametrize(("when", "zone", "reader", "words"), TIMES)
def test_time_is_the_places_own_with_the_readers_beside_it(when: str, zone: str, reader: str, words: str) -> None:
    assert say_time(localized(parse_when(when), zone), zone, reader) == words
    assert say_time(parse_when(when), zone, reader) == words


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (8190, "8,190 km (5,090 mi)"),
        (5330, "5,330 km (3,310 mi)"),
        (1160.4, "1,160 km (721 mi)"),
        (999.6, "1,000 km (621 mi)"),
        (48.3, "48 km (30 mi)"),
        (5, "5 km (3.1 mi)"),
        (9.97, "10 km (6.2 mi)"),
        (0, "0 km (0 mi)"),
    ],
)
def test_distance_is_in_km_and_miles(km: float, words: str) -> None:
    assert say_distance(km) == words


@pytest.mark.parametrize(
    ("n", "noun", "words"),
    [
        (1, "event", "1 event"),
        (0, "event", "0 events"),
        (12345, "place", "12,345 places"),
        (2, "itinerary", "2 itineraries"),
        (2, "day", "2 days"),
        (2, "match", "2 matches"),
    ],
)
def test_count_agrees_with_its_noun(n: int, noun: str, words: str) -> None:
    assert say_count(n, noun) == words


def test_status_is_said_in_words() -> None:
    assert say_status("scheduled") == "scheduled"
