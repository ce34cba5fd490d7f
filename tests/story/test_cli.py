"""The commands: `check` counts and complains, `export` writes what a filter leaves, `library` lists what is kept."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from story import cli
from story.draft import Draft
from story.library.revisions import Library
from story.model.metadata import Metadata
from tests.story.conftest import small_gazetteer
from tests.story.test_bundle import packed
from tests.story.test_sandbox import far
from tests.story.workbooks import sheet, workbook

TABLE = (
    "event,title,place,when,status,reported,who\n"
    "visit,First visit,Tokyo,2025-03,happened,,Ann\n"
    "meet,A meeting,Tokyo,2025-10-29,possible,2025-10-23,Ann;Ben\n"
    "meet,,,,expected,2025-10-24,\n"
)


@pytest.fixture(autouse=True)
def _small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "places", lambda: small_gazetteer)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "trip.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_check_of_a_good_story_counts_and_is_content(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(table)]) == 0
    assert "2 events, 3 reports, 1 place, 2 travellers, 0 problems" in capsys.readouterr().out


def test_check_names_file_line_and_field_and_fails(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text(TABLE + "bad,Bad,Tokyo,soon,,,\n", encoding="utf-8")
    assert cli.main(["check", str(table), str(table.parent / "nowhere")]) == 1
    out = capsys.readouterr().out
    assert "trip.csv line 5, when: 'soon' is not an EDTF date" in out
    assert "There is no story at" in out


def test_a_packed_story_is_checked_like_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trip.zip"
    path.write_bytes(packed({"trip/reports.csv": TABLE.encode(), "trip/story.toml": b'title = "Trip"'}))
    assert cli.main(["check", str(path)]) == 0
    assert "2 events, 3 reports" in capsys.readouterr().out


def test_a_strangers_table_is_exported_as_it_is_told_to_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trips.xlsx"
    other = [["What", "Day", "Spot"], ["Talks", "9/5/2016", "Tokyo"]]
    path.write_bytes(workbook(sheet([["Read me"], ["This"], ["first"], ["please"], ["do"], ["so"]]), sheet(other)))
    options = ["--sheet", "Sheet2", "--column", "place=Spot", "--column", "when=Day", "--month-first"]
    assert cli.main(["export", str(path), *options]) == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["place"], row["when"], row["title"]) == ("Tokyo", "2016-09-05", "Talks")
    assert cli.main(["check", str(path), "--sheet", "Sheet9"]) == 1
    assert "has no sheet 'Sheet9'. Name one of 'Sheet1', 'Sheet2'." in capsys.readouterr().out


def test_a_command_parses_a_table_once(table: Path, parses: Callable[[], list[str]]) -> None:
    assert cli.main(["check", str(table), "--columns"]) == 0
    assert cli.main(["export", str(table)]) == 0
    assert parses() == ["trip.csv", "trip.csv"]


def test_a_workbook_made_to_fill_the_memory_is_an_error_in_words_and_the_next_file_is_read(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(far("<c r='XFD1048576'><v>1</v></c>"))
    assert cli.main(["check", str(path), str(table)]) == 1
    out = capsys.readouterr().out
    assert "far.xlsx: 'far.xlsx' needs more than" in out
    assert "2 events, 3 reports" in out
    assert cli.main(["export", str(path)]) == 1
    assert "story: 'far.xlsx' needs more than" in capsys.readouterr().err


def rows(text: str) -> list[tuple[str, str]]:
    return [(row["event"], row["status"]) for row in csv.DictReader(text.splitlines())]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [("visit", "happened"), ("meet", "possible"), ("meet", "expected")]),
        (["--dates", "2025-10-01..2025-10-31"], [("meet", "possible"), ("meet", "expected")]),
        (["--dates", "..2025-03-31"], [("visit", "happened")]),
        (["--dates", "2025-03-15"], [("visit", "happened")]),
        (["--who", "Ben"], [("meet", "possible"), ("meet", "expected")]),
        (["--status", "happened"], [("visit", "happened")]),
        (["--as-of", "2025-10-23"], [("visit", "happened"), ("meet", "possible")]),
        (["--as-of", "2025-10-01", "--who", "Ben"], []),
    ],
)
def test_export_writes_what_the_filter_leaves(
    table: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: list[tuple[str, str]]
) -> None:
    assert cli.main(["export", str(table), *options]) == 0
    assert rows(capsys.readouterr().out) == expected


def test_export_of_several_formats_goes_to_a_folder(table: Path, tmp_path: Path) -> None:
    assert cli.main(["export", str(table), "--format", "csv,geojson,kml,ics,html", "--to", str(tmp_path / "out")]) == 0
    assert len(rows((tmp_path / "out" / "trip.csv").read_text(encoding="utf-8"))) == 3
    assert len(json.loads((tmp_path / "out" / "trip.geojson").read_text(encoding="utf-8"))["features"]) == 2
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".geojson", ".kml", ".ics", ".html"}


def test_export_tells_what_a_print_sheet_cannot_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "trip.csv"
    for title, told in (("会談", "lack: Chinese"), ("Talks", "")):
        table.write_text(f"title,place,when\n{title},Tokyo,2025-10-28\n", encoding="utf-8")
        assert cli.main(["export", str(table), "--format", "pdf", "--to", str(tmp_path / "trip.pdf")]) == 0
        said = capsys.readouterr().err
        assert told in said
        assert ("print sheet" in said) == bool(told)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "docx"], "'docx' is not an export format"),
        (["--format", ""], "is not an export format"),
        (["--format", "csv,geojson"], "Add --to FOLDER"),
        (["--who", "Zoe"], "'Zoe' is nobody in this story. It has "),
        (["--field", "cost:high"], "'cost:high' does not name a field"),
    ],
)
def test_export_says_what_is_wrong(
    table: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    assert cli.main(["export", str(table), *options]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("dates", ["soon", "2025-10-31..2025-10-01", "2025-10"])
def test_export_refuses_bad_dates(table: Path, capsys: pytest.CaptureFixture[str], dates: str) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["export", str(table), "--dates", dates])
    assert caught.value.code == 2
    assert dates in capsys.readouterr().err


def test_kept_stories_are_listed_with_their_links_and_can_be_removed_and_put_back(
    library_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Library.open(library_url).create(Draft("visits", Metadata("Visits")), "Ada")
    assert cli.main(["library"]) == 0
    said = capsys.readouterr().out
    assert "Visits: 1 revision, saved " in said
    assert f"?story={kept.id}" in said
    assert f"?story={kept.reader_id}" in said
    assert cli.main(["library", "--remove", kept.id]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["library", "--put-back", kept.id]) == 0
    assert kept.id in capsys.readouterr().out
    assert cli.main(["library", "--remove", "nothing"]) == 1
    assert "'nothing': There is no such story" in capsys.readouterr().err


def test_the_owner_forgets_unsaved_work_that_nobody_has_touched_for_long(
    library_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Library.open(library_url).autosaves.write("b" * 32, "own-1", 0, Draft("visits", Metadata("Visits")), None)
    assert cli.main(["library", "--forget-unsaved-older-than", "90"]) == 0
    assert capsys.readouterr().out == "0 unsaved stories forgotten\n"
    assert cli.main(["library", "--forget-unsaved-older-than", "0"]) == 1
    assert "'0' is not a number of days" in capsys.readouterr().err
