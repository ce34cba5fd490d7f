"""Opening anybody's table: it shows what can be shown, says what cannot, and every row is accounted for."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.place import Resolution
from story import cli
from story.draft import story_of
from story.draft.serialization import dumps, loads
from story.exc import ColumnNameError, OpeningCancelledError, StoryError, StoryFormatError, TableSizeError
from story.model import Story
from story.opening.stories import open_draft, open_story
from story.placing import PlaceNames, place_with
from story.query.selection import events_as_of
from story.tables.columns.matching import guess, questions
from story.tables.load import load_table, parse_table
from story.tables.table import TableLimits
from tests.story.workbooks import Formula, sheet, workbook

TABLES = Path(__file__).resolve().parent.parent / "golden" / "tables"
HEAD = ["Date", "City", "Country", "Headline"]
Read = Callable[..., Story]


@pytest.fixture(scope="module")
def place() -> PlaceNames:
    return place_with(Gazetteer.open())


@pytest.fixture
def read(tmp_path: Path, place: PlaceNames) -> Read:
    """Opens the bytes of a file of that name."""

    def opened(raw: bytes, name: str = "trip.csv", **named: object) -> Story:
        (tmp_path / name).write_bytes(raw)
        return open_story(tmp_path / name, place, **named)  # type: ignore[arg-type]

    return opened


def rejected(story: Story) -> int:
    return story.rows - len({report.line for report in story.reports})


def whens(story: Story) -> list[str]:
    return [report.span.edtf for report in story.reports]


def points(story: Story) -> list[tuple[float, float] | None]:
    places = [event.place for event in sorted(events_as_of(story, None), key=lambda event: event.latest.line or 0)]
    return [(place.latitude, place.longitude) if place else None for place in places]


with (TABLES / "expected.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))


@pytest.mark.parametrize("expected", EXPECTED, ids=[row["file"] for row in EXPECTED])
def test_messy_table_opens_as_a_person_would_read_it(expected: dict[str, str], place: PlaceNames) -> None:
    story = open_story(TABLES / expected["file"], place)
    problems = [f"{problem.line}:{problem.field}".replace(" ", "") for problem in story.problems]
    assert problems == expected["problems"].split()
    assert whens(story) == expected["when"].split()
    assert [story.rows, len(story.reports), rejected(story)] == [
        int(expected[name]) for name in ("rows", "reports", "aside")
    ]
    assert (story.reports[0].title if story.reports else "") == expected["title"]
    wanted = [point for point in expected["points"].split("; ") if point]
    for report, point in zip(story.reports, wanted, strict=True):
        found = story.resolutions[report.place].place
        if point == "none":
            assert found is None
            continue
        assert found is not None, report.place
        assert (found.latitude, found.longitude) == pytest.approx(tuple(map(float, point.split())), abs=0.5)
    assert all(problem.message and problem.line for problem in story.problems)


def test_every_messy_table_is_expected_to_be_something() -> None:
    assert {row["file"] for row in EXPECTED} == {path.name for path in TABLES.iterdir()} - {"expected.csv"}
    assert len(EXPECTED) >= 40


# Encodings

TEXT = "Date;Ort;Überschrift\r\n2016-09-25;Köln;Größe\r\n2016-09-26;Zürich;Café\r\n"
JAPANESE = "日付,場所,件名\r\n2016年9月25日,東京,首脳会談について\r\n2016年9月26日,大阪,記者会見について\r\n"


@pytest.mark.parametrize(
    ("raw", "name", "guessed"),
    [
        (TEXT.encode("utf-8"), "UTF-8", False),
        (TEXT.encode("utf-8-sig"), "UTF-8", False),
        (TEXT.encode("utf-16"), "UTF-16", False),
        (TEXT.encode("utf-16-le"), "UTF-16", False),
        (TEXT.encode("utf-16-be"), "UTF-16", False),
        (TEXT.encode("utf-32"), "UTF-32", False),
        (TEXT.encode("cp1252"), "Windows-1252", True),
    ],
)
def test_encoding_of_a_spreadsheet_is_told_and_a_guess_is_said(
    read: Read, raw: bytes, name: str, guessed: bool
) -> None:
    story = read(raw)
    assert [report.place for report in story.reports] == ["Köln", "Zürich"]
    assert [report.title for report in story.reports] == ["Größe", "Café"]
    assert [name in problem.message for problem in story.problems] == [True] * guessed
    assert parse_table(raw, "a.csv").how.startswith(name)


@pytest.mark.parametrize("codec", ["shift_jis", "utf-8", "utf-16"])
def test_japanese_table_opens_in_its_encodings(read: Read, codec: str) -> None:
    story = read(JAPANESE.encode(codec))
    assert [report.place for report in story.reports] == ["東京", "大阪"]
    assert whens(story) == ["2016-09-25", "2016-09-26"]
    assert points(story)[0] == pytest.approx((35.69, 139.69), abs=0.3)


def test_accents_in_windows_files_are_not_taken_for_japanese(read: Read) -> None:
    text = "date,city,title\n2016-09-25,Genève,Réunion générale à Évian\n2016-09-26,Malmö,Förhör på måndag\n"
    story = read(text.encode("cp1252"))
    assert [report.title for report in story.reports] == ["Réunion générale à Évian", "Förhör på måndag"]


def test_few_broken_bytes_do_not_turn_a_utf8_file_into_another(read: Read) -> None:
    raw = ("date,city,title\n" + "2016-09-25,Köln,Größe über ällem çà\n" * 20).encode() + b"2016-09-26,Paris,\xff\n"
    story = read(raw)
    assert story.reports[0].place == "Köln"
    assert "broken" in story.problems[0].message


def test_table_with_200_columns_opens_without_a_word_on_the_unused_ones(read: Read) -> None:
    names = ["date", "city", "title", *(f"field {n}" for n in range(197))]
    story = read((",".join(names) + "\n2016-09-25,Paris,One" + ",x" * 197 + "\n").encode())
    assert (story.problems, story.rows, len(story.reports)) == ((), 1, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(read: Read, delimiter: str) -> None:
    rows = ["date", "city", "title"], ["2016-09-25", "Paris", "One"], ["2016-09-26", "Rome", "Two"]
    story = read("\n".join(delimiter.join(row) for row in rows).encode())
    assert [report.place for report in story.reports] == ["Paris", "Rome"]


# Days


@pytest.mark.parametrize(("day_first", "day"), [(True, "2016-05-09"), (False, "2016-09-05")])
def test_order_of_days_is_asked_and_the_answer_serves_all(read: Read, day_first: bool, day: str) -> None:
    raw = b"date,city,title\n9/5/2016,Paris,One\n3/4/2016,Rome,Two\n"
    table = parse_table(raw, "a.csv")
    (question,) = questions(table, guess(table))
    assert (question.field, question.count, question.example) == ("day_first", 2, "9/5/2016")
    assert whens(read(raw, day_first=day_first))[0] == day
    assert read(raw, day_first=day_first).problems == ()


def test_day_against_the_order_of_its_column_is_no_day_and_told(read: Read) -> None:
    story = read(b"date,city,title\n9/5/2016,Paris,One\n9/25/2016,Rome,Two\n", day_first=True)
    (problem,) = story.problems
    assert (problem.line, problem.field, problem.value) == (3, "date", "9/25/2016")
    assert "day/month/year" in problem.message
    assert (whens(story), rejected(story)) == (["2016-05-09", "XXXX-XX-XX"], 0)


def test_end_settles_which_of_two_days_a_beginning_is(read: Read) -> None:
    story = read(b"start date,end date,city,title\n1/2/2016,2016-01-20,Paris,One\n")
    assert whens(story) == ["2016-01-02/2016-01-20"]


# Columns


def test_guess_can_be_changed_by_header(tmp_path: Path, place: PlaceNames) -> None:
    path = tmp_path / "trip.csv"
    path.write_text("date,city,hometown,what\n2016-09-25,Paris,Rome,One\n", encoding="utf-8")
    matching = guess(load_table(path))
    assert matching.named("place") == ("city",)
    changed = matching.with_column("place", ["hometown"])
    assert matching.named("place") == ("city",), "a matching does not change"
    assert open_story(path, place, matching=changed).reports[0].place == "Rome"
    assert open_story(path, place, matching=changed.with_column("title", [])).reports[0].title == "Rome"
    with pytest.raises(ColumnNameError, match="no column 'town'"):
        matching.with_column("place", ["town"])
    with pytest.raises(ColumnNameError, match="'where' is no field"):
        matching.with_column("where", ["city"])


def test_every_match_says_why_and_how_surely() -> None:
    matching = guess(load_table(TABLES / "visits-abroad.csv"))
    assert matching.named("place") == ("locale", "country")
    assert all(match.why and 0 < match.score <= 1 for match in matching.fields.values())


def test_country_is_not_said_twice(read: Read) -> None:
    story = read(b'date,city,country,title\n2016-09-25,"Paris, France",France,One\n2016-09-26,Rome,Italy,Two\n')
    assert [report.place for report in story.reports] == ["Paris, France", "Rome, Italy"]


def test_each_name_is_looked_for_in_its_own_country(read: Read) -> None:
    cities = [("London", "Canada", "CA"), ("London", "United Kingdom", "GB"), ("Paris", "United States", "US")]
    rows = [f"2016-09-{day},{city},{country},Talk {day}" for day, (city, country, _) in enumerate(cities, 10)]
    story = read(("date,city,country,title\n" + "\n".join(rows)).encode())
    found = [story.resolutions[report.place].place for report in story.reports]
    assert [place and place.country for place in found] == [code for *_, code in cities]


def test_stops_of_one_cell_have_ids_of_their_own(read: Read) -> None:
    story = read(b"id,date,city,title\nA1,2016-09-25,Paris; Nice,One\nA2,2016-09-26,Rome,Two\n")
    assert [report.event for report in story.reports] == ["A1-paris", "A1-nice", "A2"]
    assert [report.line for report in story.reports] == [2, 2, 3]


def test_without_a_gazetteer_commas_do_not_split(tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_text(
        'date,city,title\n2016-09-25,"London, Cornwall",One\n2016-09-25,Paris; Nice,Two\n', encoding="utf-8"
    )
    assert [report.place for report in open_story(path).reports] == ["London, Cornwall", "Paris", "Nice"]


def test_ids_do_not_depend_on_the_order_of_rows(read: Read) -> None:
    rows = ["2016-09-05,Paris,Fire,a", "2016-09-05,Paris,Fire,b", "2016-09-05,Rome,Fire,a"]
    first, second = (
        {report.event for report in read(("date,city,incident,note\n" + "\n".join(order)).encode()).reports}
        for order in (rows, rows[::-1])
    )
    assert first == second
    assert len(first) == 3


# Workbooks


def test_workbook_opens_with_its_dates_times_and_numbers(read: Read) -> None:
    rows = [
        [*HEAD, "Fatalities"],
        [date(2016, 9, 5), "Paris", "France", "One", 3],
        [datetime(2016, 9, 6, 14, 30), "Rome", "Italy", "Two", 0.5],
        [42620, "Oslo", "Norway", "Three", Formula("SUM(E2:E3)")],
        ["8 Sep 2016", "Bern", "Switzerland", "Four", None],
    ]
    story = read(workbook(sheet(rows)), "trip.xlsx")
    assert story.problems == ()
    assert whens(story) == ["2016-09-05", "2016-09-06T14:30", "2016-09-07", "2016-09-08"]
    assert [report.note for report in story.reports] == ["Fatalities: 3", "Fatalities: 0.5", "Fatalities: 7", ""]


def test_serial_numbers_are_days_in_workbooks_only(read: Read) -> None:
    story = read(b"date,city,title\n2016-09-05,Paris,One\n42620,Rome,Two\n")
    assert (whens(story), rejected(story)) == (["2016-09-05", "XXXX-XX-XX"], 0)


def test_title_and_blank_rows_of_a_sheet_are_passed_over_and_rows_are_those_of_the_sheet(read: Read) -> None:
    rows = [["Visits, 2016"], [], HEAD, ["2016-09-05", "Paris", "France", "One"], [], ["soon", "Rome", "Italy", "Two"]]
    story = read(workbook(sheet(rows, merged=["A1:D1"])), "trip.xlsx")
    assert story.title == "Visits, 2016"
    assert [(problem.line, problem.field, problem.value) for problem in story.problems] == [(6, "Date", "soon")]
    assert story.reports[0].line == 4


def test_cells_merged_down_count_for_all_their_rows(read: Read) -> None:
    rows = [HEAD, ["2016-09-05", "Paris", "France", "One"], ["2016-09-06", "Nice", None, "Two"]]
    story = read(workbook(sheet(rows, merged=["C2:C3"])), "trip.xlsx")
    assert [report.place for report in story.reports] == ["Paris, France", "Nice, France"]


def test_fullest_sheet_that_is_shown_is_read(read: Read) -> None:
    table = [HEAD, ["2016-09-05", "Paris", "France", "One"]]
    hidden = [HEAD, *[["2016-09-05", "Rome", "Italy", "Two"]] * 9]
    story = read(workbook(sheet([["Read me"]]), sheet(table), sheet(hidden), hidden=[2]), "trip.xlsx")
    assert [report.place for report in story.reports] == ["Paris, France"]


def test_formula_text_in_a_workbook_stays_text(read: Read) -> None:
    rows = [HEAD, ["2016-09-05", "Paris", "France", "=cmd|' /C calc'!A0"], ["2016-09-06", "Rome", "Italy", "Two"]]
    assert read(workbook(sheet(rows)), "trip.xlsx").reports[0].title == "=cmd|' /C calc'!A0"


# Hostile files


def test_zip_bomb_is_refused_by_what_it_unfolds_to(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(workbook(sheet([HEAD]), extra={"xl/media/zero.bin": b"\0" * 30_000_000}))
    assert path.stat().st_size < 100_000
    with pytest.raises(TableSizeError, match="unfolds to more than 10 MB"):
        open_story(path, limits=TableLimits(unpacked=10_000_000))


def test_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    raw = workbook(sheet([HEAD, ["2016-09-05", "Paris", "France", "x" * 5_000_000]]))
    size = next(part.file_size for part in zipfile.ZipFile(BytesIO(raw)).infolist() if "sheet1" in part.filename)
    lying = raw.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != raw
    path = tmp_path / "lie.xlsx"
    path.write_bytes(lying)
    with pytest.raises(StoryFormatError, match=r"lie\.xlsx"):
        open_story(path)


def test_cell_at_the_end_of_the_world_does_not_fill_the_memory(tmp_path: Path) -> None:
    far = sheet([HEAD]).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    path = tmp_path / "far.xlsx"
    path.write_bytes(workbook(far))
    with pytest.raises(TableSizeError, match="row 1,048,576 and column 16,384"):
        open_story(path)


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"PK\x03\x04 nothing", "a.xlsx", "no workbook that can be read"),
        (workbook(sheet([HEAD]))[:-400], "a.xlsx", "no workbook that can be read"),
        (workbook(sheet([HEAD]), hidden=[0]), "a.xlsx", "no sheet that is shown"),
        (b"date,city\n", "a.xlsx", "no XLSX workbook inside"),
        (b"%PDF-1.7", "a.csv", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "old or locked Office file"),
        (b"whatever", "a.docx", "no table that can be opened"),
        (b"{", "a.json", "no JSON"),
        (b"[" * 100_000, "a.json", "nested too deep"),
        (b'"just text"', "a.json", "no list of objects"),
        (b"9" * 10_000, "a.json", "cannot be read as JSON"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(read: Read, raw: bytes, name: str, words: str) -> None:
    with pytest.raises(StoryFormatError, match=words) as caught:
        read(raw, name)
    assert re.search(r"Save|Correct|Unhide", str(caught.value))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (TableLimits(bytes=100), "MB are read"),
        (TableLimits(rows=10), "rows; at most 10"),
        (TableLimits(columns=2), "columns; at most 2"),
        (TableLimits(cells=20), "cells; at most 20"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_too_large_a_table_is_refused_and_says_the_limit(
    tmp_path: Path, limits: TableLimits, words: str, kind: str
) -> None:
    rows = [["2016-09-05", "Paris", "One"]] * 20
    path = tmp_path / f"large.{kind}"
    if kind == "xlsx":
        path.write_bytes(workbook(sheet([["date", "city", "title"], *rows])))
    elif kind == "json":
        path.write_text(str([dict(zip(("date", "city", "title"), row, strict=True)) for row in rows]).replace("'", '"'))
    else:
        path.write_text("\n".join(",".join(row) for row in [["date", "city", "title"], *rows]))
    with pytest.raises(TableSizeError, match=words):
        open_story(path, limits=limits)


def test_cell_of_ten_megabytes_costs_its_own_row_only(read: Read) -> None:
    story = read(b"date,city,title\n2016-09-05,Paris," + b"x" * 10_000_000 + b"\n2016-09-06,Rome,Two\n")
    assert [report.title for report in story.reports] == ["Two"]
    assert [problem.line for problem in story.problems] == [2]
    assert rejected(story) == 1


def test_nul_bytes_are_taken_out(read: Read) -> None:
    story = read(b"date,city,title\n2016-09-05,Pa\x00ris,O\x00ne\n2016-09-06,Rome,Two\n")
    assert [(report.place, report.title) for report in story.reports] == [("Paris", "One"), ("Rome", "Two")]


# Large tables


def test_progress_rises_and_every_name_is_asked_once(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"2016-09-05,City {n % 900},Nowhere,Talk {n}" for n in range(2_000)]
    path.write_text("date,city,country,title\n" + "\n".join(rows), encoding="utf-8")
    asked: list[str] = []
    shares: list[float] = []

    def place(names: Sequence[str], text: str) -> Sequence[Resolution]:
        asked.extend(names)
        return [Resolution(name, None, (), "unknown") for name in names]

    story = open_story(path, place, progress=lambda share, word: shares.append(share))
    assert story.rows == len(story.reports) == 2_000
    assert len(asked) == len(set(asked))
    assert shares == sorted(shares)
    assert 0 < shares[0] <= shares[-1] <= 1


def test_opening_can_be_called_off(tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_text("date,city,title\n2016-09-05,Paris,One\n", encoding="utf-8")

    def place(names: Sequence[str], text: str) -> Sequence[Resolution]:
        raise AssertionError("asked after it was called off")

    with pytest.raises(OpeningCancelledError, match="cancelled"):
        open_story(path, place, cancelled=lambda: True)
    assert issubclass(OpeningCancelledError, StoryError)


# Anything at all

NAMES = ["any.csv", "any.xlsx", "any.json", "any.geojson", "any.txt"]
CELLS = st.sampled_from(
    [
        "Paris",
        "Paris; Nice",
        "London, Cornwall",
        "9/5/2016",
        "soon",
        "",
        "n/a",
        "=1+1",
        "2016",
        "Sep 5-7, 2016",
        "🙂",
        "0",
    ]
)


@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_any_bytes_open_or_are_refused(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    try:
        story = open_story(tmp_path / name)
    except StoryFormatError:
        return
    assert rejected(story) >= 0


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_rows_read_are_rows_shown_and_rows_set_aside_with_a_problem_each(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("date", "end date", "location", "remarks"), *rows])
    story = open_story(path)
    shown = {report.line for report in story.reports}
    refused = {problem.line for problem in story.problems} - shown
    whole = any(problem.line == 1 and problem.field == "place" for problem in story.problems)
    assert whole or story.rows == len(shown) + len(refused - {1})
    assert len({report.event for report in story.reports}) == len(story.reports)


@pytest.mark.parametrize(
    "cell",
    ["(" * 5_000, "1, " * 5_000, "and " * 5_000, "1" * 5_000, "'" * 5_000, "N" * 5_000, "[1" * 5_000, "- " * 5_000],
)
def test_no_cell_keeps_a_reader_waiting(read: Read, cell: str) -> None:
    began = process_time()
    text = f'date,city,coordinates,title\n2016-09-05,Paris,"1, 2",One\n"{cell}","{cell}","{cell}","{cell}"\n'
    assert read(text.encode()).rows == 2
    assert process_time() - began < 2


# The command


def test_check_opens_any_table_and_takes_answers(
    tmp_path: Path, place: PlaceNames, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "places", lambda: place)
    path = str(TABLES / "undecided.csv")
    assert cli.main(["check", path]) == 1
    assert "day/month or month/day" in capsys.readouterr().out
    assert cli.main(["check", "--month-first", "--columns", path]) == 0
    out = capsys.readouterr().out
    assert "3 rows read, 0 set aside" in out
    assert "place: City (named 'City')" in out
    assert cli.main(["check", "--column", "place=City", "--column", "title=Subject", "--day-first", path]) == 0
    assert cli.main(["check", "--column", "place=Town", path]) == 1


def test_what_a_table_puts_into_the_future_has_not_happened(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("title,date,city\nTalks,2016-09-05,Paris\nSummit,2299-01-02,Paris\n", "utf-8")
    draft = open_draft(path)
    assert [report.status for report in story_of(draft).reports] == ["happened", "expected"]
    assert [report.status for report in story_of(loads(dumps(draft))).reports] == ["happened", "expected"]


@pytest.mark.parametrize("blank", ["NULL", "n/a", "-", "0", "0.0"])
def test_places_are_read_by_name_where_degrees_say_nothing(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "visits.csv"
    rows = f'2016-09-05,"London; Paris",,{blank},{blank}\n2016-09-06,Qwertyville,France,{blank},{blank}\n'
    path.write_text(f"date,city,country,lat,lng\n{rows}", "utf-8")
    story = open_story(path, place_with(Gazetteer.open()))
    assert [report.place for report in story.reports] == ["London", "Paris", "Qwertyville, France"]
    assert story.resolutions["Qwertyville, France"].place is not None


def test_a_cell_of_blanks_or_of_marks_without_end_is_read_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "blanks.csv"
    link = "http://" + ")" * 60_000 + "x"
    gap = " " * 120_000
    path.write_text(f'date,city,who,url\n2016-09-05,"a{gap}b","c{gap}d",{link}\n', "utf-8")
    story = open_story(path)
    assert [(report.place, report.who) for report in story.reports] == [("a b", ("c d",))]


def test_a_day_of_report_that_can_be_two_is_said_whole_and_asked_by_its_column(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("title,date,city,Date reported\nTalks,2016-09-05,Paris,5/9/2016\n", "utf-8")
    problems = {(problem.field, problem.value) for problem in open_story(path).problems}
    assert ("Date reported", "5/9/2016") in problems
    assert any(value == "[2016-05-09,2016-09-05]" for _, value in problems)


def test_a_reports_table_whose_columns_were_changed_says_what_is_not_used_and_reads_the_end(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("title,place,when,back\nTalks,Paris,2016-09-05,2016-09-07\n", "utf-8")
    matching = guess(load_table(path))
    story = open_story(path, matching=matching.with_column("until", ["back"]))
    assert [report.span.edtf for report in story.reports] == ["2016-09-05/2016-09-07"]
    assert story.problems == ()
    problems = open_story(path, matching=matching.with_column("title", []).with_column("summary", ["title"])).problems
    assert not any("there twice" in problem.message for problem in problems)


def test_a_long_table_can_be_called_off_while_its_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("date,city\n" + "2016-09-05,Paris\n" * 5_000, "utf-8")
    asked = []
    with pytest.raises(OpeningCancelledError):
        open_draft(path, cancelled=lambda: asked.append(None) or len(asked) > 3)
