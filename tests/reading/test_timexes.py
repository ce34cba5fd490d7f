"""The times that news tells: found, typed, anchored by tense and by what was told before, and as EDTF."""

from __future__ import annotations

import csv
import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from story.model.dates import parse_when
from story.reading.articles import Article
from story.reading.read import read as read_article
from story.reading.timexes import find_timexes, is_history, published_in
from story.reading.timexes.edtf import edtf_of
from story.reading.timexes.holidays import easter, holiday
from story.reading.timexes.reading import RULES
from story.reading.timexes.tokens import tokenise
from story.reading.values import Timex

FRIDAY = date(2025, 10, 24)
TABLE = Path(__file__).resolve().parent.parent / "golden" / "timexes.csv"
_TIME = re.compile(r"(?P<words>.+): (?P<type>[A-Z]+) (?P<value>\S+)(?: = (?P<edtf>\S+))?")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wanted(told: str) -> list[tuple[str, str, str, str]]:
    found = [_TIME.fullmatch(part) for part in told.split("; ") if part]
    return [(each["words"], each["type"], each["value"], each["edtf"] or "") for each in found if each]


def read(text: str, published: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(timex.text, timex.value) for timex in find_timexes(text, published)]


def values(text: str, published: date | None = FRIDAY) -> list[str]:
    return [value for _, value in read(text, published)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:50])
def test_times_of_a_sentence_are_those_of_the_golden_table(row: dict[str, str]) -> None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    found = [(each.text, each.type, each.value, each.edtf) for each in find_timexes(row["text"], published)]
    assert found == wanted(row["times"])


def test_golden_table_is_large_and_has_traps() -> None:
    table = rows()
    assert len(table) > 110
    assert sum(1 for row in table if not row["times"]) > 10


def test_places_of_times_count_the_characters_of_the_text_as_it_is() -> None:
    text = "Ärger,\r\n\r\nsaid Friday — “on Oct. 29”.\r\n\r\n\tTomorrow 🚢 night"
    assert [text[each.start : each.end] for each in find_timexes(text, FRIDAY)] == ["Friday", "Oct. 29", "Tomorrow"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She said Monday it was over.", "2025-10-20"),
        ("They will sail Monday.", "2025-10-27"),
        ("They won't sail Monday.", "2025-10-27"),
        ("They'll sail Monday.", "2025-10-27"),
        ("They won on Monday.", "2025-10-20"),
        ("The match, set for Monday, was moved.", "2025-10-27"),
        ("He was to fly Monday.", "2025-10-27"),
        ("He is to be freed Monday.", "2025-10-27"),
        ("He was freed Monday.", "2025-10-20"),
        ("The vote is Monday.", "2025-10-27"),
        ("The fair opens Monday.", "2025-10-27"),
        ("The fair was forced to close Monday.", "2025-10-20"),
        ("The bill must pass by Monday.", "2025-10-27"),
        ("The talks on Monday will be short.", "2025-10-27"),
        ("On Monday, the court ruled that he may leave.", "2025-10-20"),
        ("Monday", "2025-10-20"),
        ("They are meeting Monday.", "2025-10-27"),
        ("Voters go to the polls Monday.", "2025-10-27"),
        ("The court ordered him to report Monday.", "2025-10-27"),
        ("They spoke ahead of Monday's vote.", "2025-10-27"),
        ("The line canceled its trains through Monday.", "2025-10-27"),
        ("He has been missing since Monday.", "2025-10-20"),
        ("They seek a man who escaped Monday.", "2025-10-20"),
        ("A deal that took effect Monday is holding.", "2025-10-20"),
        ("Hundreds gathered Monday to mourn.", "2025-10-20"),
        ("She said Friday it was over.", "2025-10-24"),
        ("It will open Friday.", "2025-10-24"),
    ],
)
def test_weekday_is_the_last_or_the_next_one_by_the_nearest_verb(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It closed in November.", "2024-11"),
        ("It will close in November.", "2025-11"),
        ("It closed in October.", "2025-10"),
        ("It will close in September.", "2026-09"),
        ("An April 3 hearing has been scheduled.", "2026-04-03"),
        ("It closed on Oct. 30.", "2025-10-30"),  # nobody would leave out the year of a day a year ago
    ],
)
def test_month_without_a_year_is_of_the_year_that_tense_and_nearness_tell(text: str, value: str) -> None:
    assert values(text) == [value]


def test_history_without_a_day_of_its_own_goes_by_the_date_told_before() -> None:
    text = (
        "On May 10, 1940, the army crossed the river. Two days later it took the bridge, and in June the city. "
        "The following year, as the 1911 encyclopedia had foretold, the harbor froze. On 3 February it was lost."
    )
    assert values(text, None) == ["1940-05-10", "1940-05-12", "1940-06", "1941", "1911", "1941-02-03"]


def test_next_day_counts_from_the_day_told_and_tomorrow_from_the_day_of_the_text() -> None:
    assert values("On Oct. 3 he fell. The next day he rose, and tomorrow he will fly.") == [
        "2025-10-03",
        "2025-10-04",
        "2025-10-25",
    ]


def test_time_of_day_takes_the_day_beside_it() -> None:
    assert values("It opens at 9 a.m. on Tuesday.") == ["2025-10-28T09:00", "2025-10-28"]
    assert values("On Tuesday, the gates opened at 9 a.m. and closed at 5:30 p.m.") == [
        "2025-10-21",
        "2025-10-21T09:00",
        "2025-10-21T17:30",
    ]
    assert read("It opens at 9 a.m. Tuesday.") == [("9 a.m. Tuesday", "2025-10-28T09:00")]


def test_lines_broken_by_a_program_are_read_on_and_headlines_are_not() -> None:
    told = (
        "The old lighthouse keeper, who had been on the island since the late spring of 1967, left his post for good "
        "on Friday, October 24, 2025, and went home to the village that he had last seen in December 1969. Nobody was "
        "there to meet him at the station but a dog, which followed him up the hill and waited at the gate of what had "
        "once been his house."
    )
    for width in range(45, 90):
        for indent in ("", "    "):
            wrapped = textwrap.fill(told, width, initial_indent=indent)
            assert values(wrapped) == ["1967-SP", "2025-10-24", "1969-12"], width
    assert read("Markets closed until Friday\nSeptember 18, 2026\nThe exchange said so.") == [
        ("Friday", "2025-10-24"),
        ("September 18, 2026", "2026-09-18"),
    ]


def test_what_lasts_from_one_day_to_another_has_both_in_its_edtf() -> None:
    for text in ("Oct. 27-29", "from Oct. 27 to Oct. 29", "27–29 October", "Oct. 27 through Oct. 29"):
        found = find_timexes(f"It will be held {text}.", FRIDAY)
        assert [each.edtf for each in found] == ["2025-10-27/2025-10-29"] * 2, text
    assert [each.edtf for each in find_timexes("on Oct. 3 and Oct. 5", FRIDAY)] == ["2025-10-03", "2025-10-05"]


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2025-W44", "[2025-10-27..2025-11-02]"),
        ("2025-W43-WE", "[2025-10-25..2025-10-26]"),
        ("2025-Q2", "2025-34"),
        ("2025-H2", "2025-41"),
        ("2025-WI", "2025-24"),
        ("2025-10-24TNI", "2025-10-24"),
        ("2025-10-24T09:30-04", "2025-10-24T09:30-04:00"),
        ("2025-10-XX", "2025-10"),
        ("199", "199X"),
        ("19", "19XX"),
        ("FY2026", "2026~"),
        ("P3D", ""),
        ("XXXX-WXX-1", ""),
        ("PRESENT_REF", ""),
        ("BC0480", ""),
        ("2025-W60", ""),
    ],
)
def test_value_of_the_calendar_is_edtf_too(value: str, edtf: str) -> None:
    assert edtf_of(value) == edtf
    if edtf:
        parse_when(edtf)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("thanksgiving", 2025, date(2025, 11, 27)),
        ("labor day", 2025, date(2025, 9, 1)),
        ("memorial day", 2025, date(2025, 5, 26)),
        ("good friday", 2025, date(2025, 4, 18)),
        ("new year’s eve", 2025, date(2025, 12, 31)),
        ("bloody sunday", 2025, None),
        ("christmas", 0, None),
        ("easter", 10_000, None),
    ],
)
def test_holiday_falls_on_the_day_that_its_rule_gives(name: str, year: int, day: date | None) -> None:
    assert holiday(name, year) == day


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        ("AAED Christmas", date(1, 1, 1), []),
        ("last Christmas", date(1, 1, 1), []),
        ("this Christmas", date(1, 1, 1), ["0001-12-25"]),
        ("next Easter", date(9999, 12, 31), []),
        ("this Easter", date(9999, 12, 31), ["9999-03-28"]),
    ],
)
def test_holiday_beyond_the_calendar_is_no_day(text: str, published: date, values: list[str]) -> None:
    assert [each.value for each in find_timexes(text, published)] == values


def test_easter_is_where_the_almanac_has_it() -> None:
    assert [easter(year).isoformat()[5:] for year in (1818, 1943, 2000, 2024, 2038)] == [
        "03-22",
        "04-25",
        "04-23",
        "03-31",
        "04-25",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A storm passes\nMarch 01, 2008\nThe storm, which", "2008-03-01"),
        ("A storm passes\n\nFriday, 24 October 2025\n\nThe storm", "2025-10-24"),
        ("TOKYO, Oct. 24, 2025 (Reuters) - The minister", "2025-10-24"),
        ("PARIS (AP) — March 3, 2004 — The minister", "2004-03-03"),
        ("SEOUL, South Korea, Oct. 24, 2025 /Wire/ -- The minister", "2025-10-24"),
        ("A storm passes\nBy Ann Lee | Oct 24, 2025\nThe storm", "2025-10-24"),
        ("By Ann Lee, October 24, 2025\nThe storm", "2025-10-24"),
        ("A storm\nUpdated 26 October 2025\nPublished: 25 October 2025 10:12 GMT\nThe storm", "2025-10-25"),
        ("A storm\nLast updated: 2025-10-24 09:30\nThe storm", "2025-10-24"),
        ("A storm\n10/24/2025\nThe storm", "2025-10-24"),
    ],
)
def test_day_of_publication_stands_on_a_line_of_its_own_or_in_the_dateline(text: str, day: str) -> None:
    found = published_in(text)
    assert found is not None
    assert found[0].isoformat() == day
    assert text[found[1].start : found[1].end] == found[1].text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TOKYO, Oct. 24 (Reuters) - In 2024 the minister",
        "A storm\n7/8/2007\nThe storm",
        "The battle of the ford, September 17, 1862\nThe army came",
        "It began on June 3, 1999.",
        "A storm\nThe storm, which hit on March 1, 2008, passed.",
        "A storm\n" + "Another line of it\n" * 20 + "March 1, 2008\n",
    ],
)
def test_day_of_publication_is_not_guessed(text: str) -> None:
    assert published_in(text) is None


HOSTILE = [
    "7" * 100_000,
    "7 " * 10_000,
    "1," * 10_000,
    "12:" * 8_000,
    "May 5, " * 3_000,
    "5, " * 6_000 + "5 May",
    "the last " * 4_000,
    "twenty " * 5_000,
    "twenty-" * 5_000,
    "hundred " * 5_000 + "years",
    "two and a " * 4_000,
    "the early late mid end of " * 1_500,
    "'" * 20_000,
    "\n" * 100_000,
    " \t" * 50_000,
    "a.m. " * 5_000,
    "In 2008 it began. " + "the day, " * 2_000,
    "Monday " * 2_000,
    "will " * 10_000 + "Monday",
    "2025-10-24" * 2_000,
    "ﷺ" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    for published in (FRIDAY, None):
        check(text, find_timexes(text, published))
    published_in(text)


def test_no_rule_repeats_without_bound() -> None:
    """So a rule costs at most so much at each word, and a text costs in proportion to its length."""
    unbounded = [rule.pattern.pattern for rule in RULES if re.search(r"[\])][*+]|\{\d+,\}", rule.pattern.pattern)]
    assert unbounded == []


def test_rule_that_is_passed_over_would_have_found_nothing() -> None:
    for row in rows():
        kinds = tokenise(row["text"]).kinds
        for rule in RULES:
            if rule.required and rule.required.isdisjoint(kinds):
                assert not rule.pattern.search(kinds), (row["text"], rule.pattern.pattern)
    assert sum(1 for rule in RULES if rule.required) > len(RULES) / 2


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        ("in the winter", date(9999, 12, 31), [""]),
        ("this decade", date(1, 1, 1), [""]),
        ("Friday - summer", FRIDAY, ["2025-10-24", "2025-22"]),
    ],
)
def test_what_the_calendar_does_not_hold_is_no_date(text: str, published: date, told: list[str]) -> None:
    assert [each.edtf for each in find_timexes(text, published)] == told


@given(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            "the last next two 5 31 29 February Feb. 2025 1900 '60s day weeks ago later Monday morning 9:30 a.m. of "
            "in - , and every quarter third 0 0000 9999 99999 year decade BC 480 Christmas 13/13/2013 Q3 half a GMT "
            "+9 ( )".split()
        ),
        max_size=14,
    ),
    st.sampled_from([None, FRIDAY, date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)]),
)
def test_any_text_is_read_without_failing(noise: str, words: list[str], published: date | None) -> None:
    text = noise + " " + " ".join(words)
    check(text, find_timexes(text, published))
    published_in(text)


def check(text: str, found: tuple[Timex, ...]) -> None:
    """What holds for every text: in order, apart, of the text, and EDTF that Dateline can read."""
    end = 0
    for each in found:
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        if each.edtf:
            parse_when(each.edtf)
        end = each.end


HISTORY = " ".join(f"In {year} the town was taken. In March it was given back." for year in range(1810, 1822))


def test_a_text_of_long_ago_is_a_history_and_news_that_tells_of_long_ago_is_none() -> None:
    assert is_history(HISTORY, date(2025, 10, 24))
    assert not is_history(f"The mayor said Tuesday that the town was old. {HISTORY}", date(2025, 10, 24))
    assert not is_history("The minister will visit Oslo in March. He was there in 2019.", date(2025, 10, 24))
    assert is_history("In 480 BC he left. " * 6, date(2025, 10, 24))


def test_a_month_of_a_history_is_of_the_year_told_before(gazetteer: Gazetteer) -> None:
    reading = read_article(Article(HISTORY, published=date(2025, 10, 24)), gazetteer)
    assert [one.value for one in reading.timexes[:4]] == ["1810", "1810-03", "1811", "1811-03"]
