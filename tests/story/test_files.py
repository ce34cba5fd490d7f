"""Opening stories: messy tables still show their good rows, and every bad one says where it is and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.draft.reports import read_reports
from story.exc import StoryError, StoryFormatError, StoryNotFoundError
from story.export import export_csv
from story.model import Problem, Story
from story.opening.stories import open_story
from story.query.selection import events_as_of
from story.tables.columns.matching import guess
from story.tables.load import parse_table
from story.tables.rows.reading import read_rows

Read = Callable[..., Story]
HEAD = "event,title,place,when,status,reported,source,url,note,who,summary,latitude,longitude\n"


def only(story: Story) -> Problem:
    assert len(story.problems) == 1, story.problems
    return story.problems[0]


def test_smallest_table_is_a_story(read: Read) -> None:
    story = read("title,place,when\nA talk,Tokyo,2025-10-29\n")
    assert story.problems == ()
    assert (story.id, story.title, story.rows) == ("trip", "Trip", 1)
    report = story.reports[0]
    assert (report.event, report.title, report.place, report.status) == ("a-talk", "A talk", "Tokyo", "happened")
    assert story.resolutions["Tokyo"].place is not None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_and_byte_order_mark(read: Read, delimiter: str) -> None:
    table = "title,place,when,who\nA talk,Tokyo,2025-10-29,Ann\n".replace(",", delimiter)
    for raw in (table.encode("utf-8-sig"), table.encode("utf-16"), table.replace("\n", "\r\n").encode()):
        story = read(raw)
        assert story.problems == ()
        assert story.reports[0].who == ("Ann",)


def test_excel_delimiter_line_is_understood(read: Read) -> None:
    story = read("sep=;\ntitle;place;when\nA talk, at last;Tokyo;2025-13\n")
    assert only(story).line == 3


@pytest.mark.parametrize("header", ["Title,PLACE,When", " title , place,when ", "title,place,when,Event ID"])
def test_header_case_spaces_and_hyphens_do_not_matter(read: Read, header: str) -> None:
    story = read(f"{header}\nA talk,Tokyo,2025-10-29\n")
    assert story.problems == ()
    assert len(story.reports) == 1


def test_column_not_known_is_a_field_of_the_story(read: Read) -> None:
    story = read(
        "event,title,place,when,mood,seats\nt,A talk,Tokyo,2025-10-29,good,40\nt,,,,better,\nu,Other,Tokyo,2025,,\n"
    )
    assert story.problems == ()
    assert [dict(report.fields) for report in story.reports] == [
        {"mood": "good", "seats": "40"},
        {"mood": "better", "seats": "40"},
        {},
    ]
    again = read(export_csv(events_as_of(story, None)))
    assert [report.fields for report in again.reports] == [report.fields for report in story.reports]


def test_column_twice_counts_once(read: Read) -> None:
    story = read("title,place,when,Title\nA talk,Tokyo,2025-10-29,Other\n")
    assert "twice" in only(story).message
    assert story.reports[0].title == "A talk"


def test_table_that_says_nowhere_where_is_told_so_with_its_columns(read: Read) -> None:
    story = read("title,date\nA talk,2025-10-29\n")
    message = only(story).message
    assert "No column says where" in message
    assert "'title', 'date'" in message
    assert [(report.title, report.place, report.span.edtf) for report in story.reports] == [
        ("A talk", "", "2025-10-29")
    ]
    (event,) = events_as_of(story, None)
    assert (event.place, event.resolution.reason) == (None, "no place is given")


@pytest.mark.parametrize("table", ["", "\n\n", "\ufeff"])
def test_empty_file_says_what_to_write(read: Read, table: str) -> None:
    assert "'title', 'place', 'when'" in only(read(table)).message


def test_line_numbers_are_those_of_a_text_editor(read: Read) -> None:
    table = (
        'title,place,when,summary\n\nGood,Tokyo,2025-10-29,"two\nlines"\n\nBad,Tokyo,2025-02-30,\nWorse,Tokyo,nope,\n'
    )
    story = read(table)
    assert [(problem.line, problem.value) for problem in story.problems] == [(6, "2025-02-30"), (7, "nope")]
    assert [(report.title, report.line) for report in story.reports] == [("Good", 3), ("Bad", 6), ("Worse", 7)]
    assert story.reports[0].summary == "two\nlines"


def test_rows_are_the_usable_and_the_set_aside(read: Read) -> None:
    story = read(
        HEAD + ",Good,Tokyo,2025-10-29\n,Bad,Tokyo,never\n,,Tokyo,2025-10-29\n,Worse,,2025-10-29\n,,,,possible\n"
    )
    assert (story.rows, len(story.reports), len(story.problems)) == (5, 4, 4)
    assert [(report.title, report.place, report.span.edtf) for report in story.reports] == [
        ("Good", "Tokyo", "2025-10-29"),
        ("Bad", "Tokyo", "XXXX-XX-XX"),
        ("Tokyo", "Tokyo", "2025-10-29"),
        ("Worse", "", "2025-10-29"),
    ]
    assert [(problem.line, problem.field) for problem in story.problems] == [
        (3, "when"),
        (4, "title"),
        (5, "place"),
        (6, "title"),
    ]


def test_a_row_without_a_title_is_called_by_what_else_it_says(read: Read) -> None:
    story = read(
        "title,who,summary,place,latitude,longitude,when\n,Ada Stone;Ben Ray;Cy,,Oslo,,,2025-10-29\n"
        ",,They met. They parted.,Oslo,,,2025-10-30\n,,,,1.5,2.5,2025-10-31\n,,,,95,2,\n,,,,,,2025-11-01\n"
    )
    titles = ["Ada Stone and Ben Ray, Oslo", "They met.", "1.5, 2.5", "95, 2", "2025-11-01"]
    assert [report.title for report in story.reports] == titles
    assert [report.place for report in story.reports] == ["Oslo", "Oslo", "1.5, 2.5", "", ""]


def test_a_place_that_nobody_knows_is_no_problem(read: Read) -> None:
    story = read("title,place,when\nA talk,?,2025-10-29\n")
    assert story.problems == ()
    assert [report.place for report in story.reports] == [""]
    again = read(export_csv(events_as_of(story, None)))
    assert (again.problems, [report.place for report in again.reports]) == ((), [""])


def test_a_later_report_may_take_the_place_back(read: Read) -> None:
    story = read(HEAD + "talk,A talk,Tokyo,2025-10-29,,2025-10-23\ntalk,,?,,,2025-10-24\ntalk,,,soon,,2025-10-25\n")
    assert [report.place for report in story.reports] == ["Tokyo", "", ""]
    assert [report.span.edtf for report in story.reports] == ["2025-10-29"] * 3
    assert only(story).field == "when"


def test_huge_cell_costs_its_own_row_only(read: Read) -> None:
    story = read(f"title,place,when\n{'x' * 200_000},Tokyo,2025-10-29\nGood,Tokyo,2025-10-29\n")
    assert only(story).line == 2
    assert [report.title for report in story.reports] == ["Good"]


def test_old_windows_file_is_read_and_said(read: Read) -> None:
    story = read("title,place,when\nCafé,Tokyo,2025-10-29\n".encode("cp1252"))
    assert story.reports[0].title == "Café"
    assert only(story).line == 2
    assert "UTF-8" in only(story).message


BAD_CELLS = [
    # column, value, words of the message
    ("when", "soon", "is not an EDTF date"),
    ("reported", "soon", "counts as always known"),
    ("reported", "2025-10", "is not a date"),
    ("url", "javascript:alert(1)", "http:// or https://"),
    ("url", "data:text/html,x", "http:// or https://"),
    ("url", "javascript://a.example/%0aalert(1)", "http:// or https://"),
    ("url", "ftp://a.example/x", "http:// or https://"),
    ("url", "https:///nowhere", "no web address"),
    ("url", "https://a.example/<b>", "no web address"),
    ("url", "http://[bad", "no web address"),
    ("latitude", "35.6", "Only one of latitude and longitude"),
]


@pytest.mark.parametrize(("column", "value", "words"), BAD_CELLS)
def test_bad_cell_is_a_problem_that_quotes_it(read: Read, column: str, value: str, words: str) -> None:
    cells = {"title": "A talk", "place": "Tokyo", "when": "2025-10-29", column: f'"{value}"'}
    story = read(f"{','.join(cells)}\n{','.join(cells.values())}\n")
    problem = only(story)
    assert (problem.line, problem.field, problem.value) == (2, column, value)
    assert words in problem.message
    (report,) = story.reports
    assert report.span.edtf == "XXXX-XX-XX" if column == "when" else getattr(report, column) in (None, "")


def test_a_status_that_is_none_is_told_and_its_row_stays(read: Read) -> None:
    story = read("title,place,when,status\nA talk,Tokyo,2025-10-29,purple\n")
    problem = only(story)
    assert (problem.line, problem.field, problem.value) == (2, "status", "purple")
    assert "happened, scheduled, expected, possible, cancelled" in problem.message
    assert [report.status for report in story.reports] == ["happened"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        ("139.69", "35.68", "swapped"),
        ("35.68", "361", "-180 to 180"),
        ("north", "east", "as numbers"),
        ("nan", "0", "as numbers"),
        ("inf", "0", "as numbers"),
        ("3_5", "0", "as numbers"),
    ],
)
def test_bad_coordinates_fall_back_on_the_name(read: Read, latitude: str, longitude: str, words: str) -> None:
    story = read(f"title,place,when,latitude,longitude\nA talk,Tokyo,2025-10-29,{latitude},{longitude}\n")
    assert words in only(story).message
    assert events_as_of(story, None)[0].place == story.resolutions["Tokyo"].place


def test_a_longitude_that_runs_eastward_beyond_180_is_the_same_place_in_the_west(read: Read) -> None:
    (event,) = events_as_of(read("title,place,when,lat,lon\nA talk,Atoll,2025-10-29,-15,221.5\n"), None)
    assert event.place is not None
    assert (event.place.latitude, event.place.longitude) == (-15, -138.5)


def test_coordinates_in_the_story_overrule_the_gazetteer(read: Read) -> None:
    story = read("title,place,when,lat,lon\nA talk,Tokyo,2025-10-29,35.5,139.5\nB talk,Tokyo,2025-10-30,,\n")
    here, there = events_as_of(story, None)
    assert here.place is not None
    assert (here.place.latitude, here.place.longitude, here.place.source) == (35.5, 139.5, "story")
    assert there.place is not None
    assert there.place.id == "t:tokyo"
    assert "the story gives" in here.resolution.reason


def test_decimal_commas_are_read(read: Read) -> None:
    story = read("title;place;when;latitude;longitude\nA talk;Home;2025-10-29;35,5;-139,5\n")
    assert story.problems == ()
    assert (story.reports[0].latitude, story.reports[0].longitude) == (35.5, -139.5)


def test_place_not_found_stays_listed_and_says_what_to_do(read: Read) -> None:
    story = read("title,place,when\nA talk,Tokio,2025-10-29\nB talk,Tokio,2025-10-30\n")
    problem = only(story)
    assert (problem.line, problem.field, problem.value) == (2, "place", "Tokio")
    assert "Did you mean Tokyo?" in problem.message
    assert "latitude and longitude" in problem.message
    events = events_as_of(story, None)
    assert [(event.place, event.resolution.reason) for event in events] == [(None, "unknown")] * 2


def test_without_a_gazetteer_nothing_is_placed_and_nothing_blamed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,place,when\nA talk,Tokyo,2025-10-29\n", encoding="utf-8")
    story = open_story(tmp_path / "a.csv")
    assert story.problems == ()
    assert story.resolutions["Tokyo"].place is None


# Histories


def test_blank_cell_in_a_later_report_means_unchanged(read: Read) -> None:
    rows = (
        "talk,A talk,Tokyo,2025-10-29,possible,2025-10-23,Kyodo,,,Ann;Ben,Words,,\ntalk,,,,expected,2025-10-24,,,,,,,\n"
    )
    first, second = read(HEAD + rows).reports
    assert (second.title, second.place, second.span, second.who) == ("A talk", "Tokyo", first.span, ("Ann", "Ben"))
    assert (second.summary, second.source) == ("Words", "Kyodo")
    assert (first.status, second.status) == ("possible", "expected")


def test_history_goes_by_day_reported_not_by_row(read: Read) -> None:
    rows = "talk,,,,expected,2025-10-24\ntalk,A talk,Tokyo,2025-10-29,possible,2025-10-23\n"
    story = read(HEAD + rows)
    assert story.problems == ()
    assert [(report.status, report.line) for report in story.reports] == [("possible", 3), ("expected", 2)]


def test_report_that_moves_an_event_leaves_its_coordinates_behind(read: Read) -> None:
    first, second = "talk,A talk,Home,2025-10-29,,2025-10-23,,,,,,1,2\n", "talk,,,,,2025-10-24,,,,,,,\n"
    rows = first + second + "talk,,Paris,,,2025-10-25,,,,,,,\n"
    story = read(HEAD + rows)
    assert [report.latitude for report in story.reports] == [1.0, 1.0, None]
    place = events_as_of(story, None)[0].place
    assert place is not None
    assert place.id == "t:paris"


def test_link_of_one_source_is_not_given_to_another(read: Read) -> None:
    rows = (
        "talk,A talk,Tokyo,2025-10-29,,2025-10-23,Kyodo,https://k.example/1\ntalk,,,,,2025-10-24,,\n"
        "talk,,,,,2025-10-25,Reuters,\n"
    )
    assert [report.url for report in read(HEAD + rows).reports] == ["https://k.example/1"] * 2 + [""]


def test_first_report_without_a_title_is_called_by_its_place_until_the_next_gives_one(read: Read) -> None:
    rows = "talk,,Tokyo,2025-10-29,,2025-10-23\ntalk,A talk,Tokyo,2025-10-29,,2025-10-24\n"
    story = read(HEAD + rows)
    assert only(story).field == "title"
    assert [report.title for report in story.reports] == ["Tokyo", "A talk"]


def test_blank_when_is_listed_as_not_dated_and_said(read: Read) -> None:
    story = read("title,place,when\nA talk,Tokyo,\nB talk,Tokyo,XXXX-XX-XX\n")
    assert (only(story).line, only(story).field) == (2, "when")
    assert [report.span.precision for report in story.reports] == ["unknown", "unknown"]


def test_american_spelling_of_cancelled(read: Read) -> None:
    story = read(HEAD + "talk,A talk,Tokyo,2025-10-29,Canceled\n")
    assert story.reports[0].status == "cancelled"


@pytest.mark.parametrize(
    ("when", "reported", "status"),
    [
        ("2025-10-29", "2025-10-24", "expected"),
        ("2025-10-24", "2025-10-24", "happened"),
        ("2025-03", "2025-10-24", "happened"),
        ("2025-10-29", "", "happened"),
    ],
)
def test_status_never_given_goes_by_the_day_reported(read: Read, when: str, reported: str, status: str) -> None:
    story = read(HEAD + f"talk,A talk,Tokyo,{when},,{reported}\n")
    assert story.reports[0].status == status


def test_event_without_id_is_named_after_its_title(read: Read) -> None:
    story = read(
        "title,place,when\nMinister's visit: day 1,Tokyo,2025-10-29\n東京の日,Tokyo,2025-10-29\n!!!,Tokyo,2025\n"
    )
    names = [report.event for report in story.reports]
    assert names[:2] == ["minister-s-visit-day-1", "東京の日"]
    assert names[2].startswith("event-tokyo-2025-")


def test_same_title_elsewhere_or_on_another_day_is_another_event(read: Read) -> None:
    rows = ["Protest,Tokyo,2025-10-29", "Protest,Paris,2025-10-29", "Protest,Tokyo,2025-10-30"]
    ids = []
    for order in (rows, rows[::-1]):
        story = read("title,place,when\n" + "\n".join(order))
        ids.append({(report.place, report.span.edtf): report.event for report in story.reports})
    assert len(set(ids[0].values())) == 3
    assert ids[0] == ids[1], "ids do not depend on the order of the rows"
    assert ids[0]["Paris", "2025-10-29"] == "protest-paris-2025-10-29"


def test_same_title_place_and_day_is_one_event(read: Read) -> None:
    story = read(
        HEAD + ",Talk,Tokyo,2025-10-29,possible,2025-10-23\n,Talk,Tokyo,2025-10-29,expected,2025-10-24\n",
    )
    (event,) = events_as_of(story, None)
    assert [report.status for report in event.reports] == ["possible", "expected"]


def test_title_does_not_fall_into_an_event_with_that_id(read: Read) -> None:
    story = read(HEAD + "talk,The one,Tokyo,2025-10-29\n,Talk,Paris,2025-10-30\n")
    assert [report.event for report in story.reports] == ["talk", "talk-paris-2025-10-30"]


# story.toml

HEADED = """
title = "A trip"
dateline = "Tokyo"
published = 2025-10-24
timezone = "Asia/Tokyo"
mentioned = ["Japan", "Nowhere"]
notes = ["A note."]
[sources]
"Kyodo" = "An agency"
"""


def test_folder_has_title_day_zone_sources_and_mentions(read: Read) -> None:
    story = read("title,place,when\nA talk,Tokyo,2025-10-29\n", HEADED)
    assert (story.title, story.dateline, story.published) == ("A trip", "Tokyo", date(2025, 10, 24))
    assert (story.timezone, story.sources, story.notes) == ("Asia/Tokyo", {"Kyodo": "An agency"}, ("A note.",))
    assert [(mention.toponym, mention.resolution.place is None) for mention in story.mentions] == [
        ("Japan", False),
        ("Nowhere", True),
    ]
    assert (only(story).file, only(story).field, only(story).value) == ("story.toml", "mentioned", "Nowhere")
    assert story.reports[0].status == "expected", "the day after publication is ahead"


@pytest.mark.parametrize(
    ("head", "field", "words"),
    [
        ('title = "A"\ntitle = "B"\n', "", "line 2"),
        ("published = 'soon'", "published", "'soon' is not a date"),
        ("timezone = 'Mars/Base'", "timezone", "'Mars/Base' is not a time zone"),
        ("timezone = 3", "timezone", "not a time zone"),
        ("mentioned = 'Japan'", "mentioned", "list of texts"),
        ("sources = ['Kyodo']", "sources", "table of texts"),
        ("title = 3", "title", "is not text"),
        ("author = 'me'", "author", "not used"),
    ],
)
def test_bad_story_toml_is_a_problem_and_the_rows_still_show(read: Read, head: str, field: str, words: str) -> None:
    story = read("title,place,when\nA talk,Tokyo,2025-10-29\n", head)
    assert only(story).field == field
    assert words in only(story).message
    assert len(story.reports) == 1


def test_folder_without_story_toml_says_so(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text("title,place,when\nA talk,Tokyo,2025-10-29\n", encoding="utf-8")
    assert "no story.toml" in only(open_story(tmp_path)).message


def test_nothing_there_and_no_story_are_errors(tmp_path: Path) -> None:
    with pytest.raises(StoryNotFoundError, match="nowhere"):
        open_story(tmp_path / "nowhere")
    with pytest.raises(StoryFormatError, match=r"reports\.csv"):
        open_story(tmp_path)
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(StoryFormatError, match="no text"):
        open_story(picture)
    assert issubclass(StoryNotFoundError, StoryError)
    assert issubclass(StoryNotFoundError, LookupError)


# Text from strangers


def test_time_in_another_zone_falls_on_the_day_of_the_place(read: Read) -> None:
    story = read("title,place,when\nA talk,Tokyo,2025-10-28T23:00Z\n")
    assert story.reports[0].span.earliest == date(2025, 10, 29)
    assert story.reports[0].span.edtf == "2025-10-28T23:00Z"


HOSTILE = [
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "`${1}`",
    "a'b\"c",
    "</script>",
    "{{7*7}}",
    "مرحبا \u200f",
    "%s",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_the_text_it_is(read: Read, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    story = read(f"title,place,when,who,source\n{quoted},Tokyo,2025-10-29,{quoted},{quoted}\n")
    report = story.reports[0]
    assert (report.title, report.who, report.source) == (text.strip(), (text.strip(),), text.strip())


def test_control_characters_and_reordering_marks_are_removed(read: Read) -> None:
    story = read('title,place,when,summary\n"A\x00 \x1b[31mtalk\u202e\r\nnow",Tokyo,2025-10-29,"one\r\ntwo\x07"\n')
    assert story.reports[0].title == "A [31mtalk now"
    assert story.reports[0].summary == "one\ntwo"


@given(st.text(alphabet=st.sampled_from('",;\n\rab:/-2025[].XTokyo\x00é東'), max_size=200))
def test_any_table_opens_and_every_row_is_accounted_for(text: str) -> None:
    table = parse_table(("title,place,when\n" + text).encode("utf-8", "replace"), "a.csv")
    reading = read_rows(table, guess(table))
    reports, problems = read_reports(reading.rows, "a.csv", None)
    refused = {problem.line for problem in (*table.problems, *reading.problems, *problems)}
    assert len(table.rows) <= table.count
    assert all(line in refused or any(line == report.line for report in reports) for line in table.lines)
    assert all(problem.message and problem.line for problem in problems)


@given(st.binary(max_size=300))
def test_any_bytes_open_or_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(raw)
    try:
        story = open_story(path)
    except StoryFormatError:
        return
    assert story.problems or story.rows == len(story.reports)
