"""Opening a story of one's own on the page: what a reader can give, and what the dialog asks and shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.story.test_bundle import packed
from tests.story.workbooks import sheet, workbook
from tests.view.page_driver import Open, Shown
from view.state.page_state import KEY

VISITS = b"Visitor,Date,Town,Country\nAda,9/25/2016,Paris,France\nAda,9/27/2016,Rome,Italy\nBen,soon,Rome,Italy\n"
REPORTS = b"event,title,place,when\nmeet,They meet,Tokyo,2025-10-20\n"
HEAD = b'title = "Two days in Tokyo"\npublished = 2025-10-21\n'


def give(shown: Shown, files: Mapping[str, bytes], *, press: str = "") -> Shown:
    """Opens the dialog with these files in it, and presses a button of it."""
    shown.press("open")
    shown.app.file_uploader[0].set_value([(name, raw, "") for name, raw in files.items()])
    shown.run()
    return shown.press(press) if press else shown


def chosen(shown: Shown) -> dict[str, list[str]]:
    """Field in words -> the columns that the dialog has for it."""
    boxes = [box for box in shown.app.multiselect if (box.key or "").startswith("match ")]
    return {box.label: [box.options[n] for n in map(int, box.indices)] for box in boxes if box.value}


def test_a_table_shows_what_its_columns_are_taken_for_and_how_its_rows_read(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": VISITS})
    assert "3 rows, UTF-8, columns between commas" in shown.dialog()
    assert chosen(shown) == {
        "Who was there": ["Visitor"],
        "Where, smallest area first": ["Town", "Country"],
        "When, or the first day": ["Date"],
    }
    assert "Paris Sun, Sep 25, 2016 Paris, Île-de-France, France Ada" in shown.dialog()
    assert "Line 4: 'soon' is not a date" in shown.dialog()


def test_it_opens_for_editing_and_its_rows_add_up(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": VISITS}, press="open table")
    assert "Visits" in shown.html("headline")
    assert "3 rows read, all shown." in shown.text("details")
    assert shown.markers() == {"Paris": 1, "Rome": 2}


@pytest.mark.parametrize(
    ("files", "tables"),
    [
        ({"visits.csv": VISITS}, ["visits.csv"]),
        ({"reports.csv": REPORTS, "story.toml": HEAD}, ["reports.csv"]),
        ({"tokyo.zip": packed({"reports.csv": REPORTS, "story.toml": HEAD})}, ["reports.csv"]),
    ],
)
def test_an_upload_is_parsed_once_from_the_dialog_to_the_story(
    open_at: Open, parses: Callable[[], list[str]], files: Mapping[str, bytes], tables: list[str]
) -> None:
    shown = give(open_at(), files)
    assert parses() == tables
    shown.press("open table")
    assert shown.markers()
    assert parses() == tables


@pytest.mark.parametrize(
    "files",
    [
        {"reports.csv": REPORTS, "story.toml": HEAD},
        {"tokyo.zip": packed({"tokyo/reports.csv": REPORTS, "tokyo/story.toml": HEAD, "tokyo/notes.txt": b"x"})},
    ],
    ids=["its files", "a ZIP of it"],
)
def test_a_story_folder_opens_with_what_it_says_of_itself(open_at: Open, files: Mapping[str, bytes]) -> None:
    shown = give(open_at(), files, press="open table")
    assert "Two days in Tokyo" in shown.html("headline")
    assert "Tuesday, Oct 21, 2025" in shown.text("counts")
    assert shown.events("timeline") == {"meet"}


def test_what_a_story_folder_lacks_is_said(open_at: Open) -> None:
    assert "Add its reports.csv too" in give(open_at(), {"story.toml": HEAD}).dialog()
    assert "'x.zip' has no reports.csv in it" in give(open_at(), {"x.zip": packed({"a.csv": VISITS})}).dialog()
    assert "'x.zip' cannot be unpacked" in give(open_at(), {"x.zip": b"PK\x03\x04 nothing"}).dialog()


def test_one_of_several_tables_is_opened_and_the_others_are_named(open_at: Open) -> None:
    said = give(open_at(), {"others.csv": VISITS, "visits.csv": VISITS}).dialog()
    assert "A story is made from one table: visits.csv will be opened, others.csv will not." in said


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"Visitor,Date,Town\n"])
def test_a_file_without_rows_says_so_and_what_to_do(open_at: Open, raw: bytes) -> None:
    shown = give(open_at(), {"visits.csv": raw})
    assert "Add them." in shown.dialog() or "The file is empty. Its first line must name the columns" in shown.dialog()
    assert all(button.key != "open table" for button in shown.app.button)


def test_the_preview_reads_as_opening_does(open_at: Open) -> None:
    rows = b'Visitor,Date,Town,Country\nAda,2016-09-05,"London, Cornwall",United Kingdom\n'
    said = give(open_at(), {"visits.csv": rows}).dialog()
    assert "London, England, United Kingdom" in said
    assert "Cornwall, England, United Kingdom" in said


def test_a_file_given_to_a_dialog_that_was_dismissed_is_forgotten(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": VISITS})
    shown.app.session_state[KEY].dialog = ("", None)
    shown.run()
    said = give(shown, {"others.csv": VISITS}).dialog()
    assert "A story is made from one table" not in said


def test_a_column_that_was_guessed_wrong_is_changed_before_opening(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": b"A,B,C\nRome,Talks in the city hall,2016-09-05\n"})
    where = next(box for box in shown.app.multiselect if box.label.startswith("Where"))
    where.set_value([0])
    assert "Rome, Lazio, Italy" in shown.run().dialog()


def test_without_a_day_or_a_place_it_says_what_is_missing_and_opens_all_the_same(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": b"Visitor,Town\nAda,Paris\nAda,Rome\nBen,Rome\n"})
    assert "Missing: date." in shown.dialog()
    assert not shown.app.button(key="open table").disabled


def test_another_sheet_of_a_workbook_is_chosen(open_at: Open) -> None:
    rows = [["Visitor", "Day", "Town"], ["Ada", "2016-09-05", "Paris"], ["Ada", "2016-09-06", "Paris"]]
    other = [["Visitor", "Day", "Town"], ["Ben", "2017-01-02", "Rome"]]
    shown = give(open_at(), {"trips.xlsx": workbook(sheet(rows), sheet(other))})
    assert "2 rows, XLSX, sheet 'Sheet1', the fullest of 2" in shown.dialog()
    next(box for box in shown.app.selectbox if box.label == "Sheet").set_value("Sheet2")
    assert "1 row, XLSX, sheet 'Sheet2'" in shown.run().dialog()
    assert "Rome" in shown.dialog()
