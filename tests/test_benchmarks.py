"""The measurements run, on tiny sizes, and print what they promise; no test holds them to seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import exports, feeds, file, load, page, reading
from benchmarks import story as measured
from benchmarks.rows import Row
from benchmarks.synthetic import write_story
from geo.gazetteer import Gazetteer
from story.export import EXPORTS
from story.opening.stories import open_story
from story.query.selection import by_place, events_as_of, travellers

TINY = page.Sizes(clicks=1, openings=1, filters=1, events=1500, many_events=3000, places=80, first_start=False)


def test_made_up_story_has_the_size_that_was_asked_for_and_no_problem(tmp_path: Path) -> None:
    story = open_story(write_story(tmp_path / "made-up", 500, 90))
    events = events_as_of(story, None)
    assert story.problems == ()
    assert (len(events), len(by_place(events)), len(travellers(events))) == (500, 90, 10)


def test_made_up_story_is_the_same_every_time(tmp_path: Path) -> None:
    texts = [(write_story(tmp_path / name, 50, 9) / "reports.csv").read_bytes() for name in ("one", "two")]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("row", "held"),
    [
        (Row("a", 1.0, 2.0, most_ratio=0.5), True),
        (Row("a", 1.0, 1.9, most_ratio=0.5), False),
        (Row("a", 1.0, 20.0, most_seconds=0.9, most_ratio=0.5), False),
        (Row("a", 1.0, most_seconds=1.0), True),
        (Row("a", 1.0), None),
    ],
)
def test_a_budget_is_held_only_if_every_part_of_it_is(row: Row, held: bool | None) -> None:
    assert row.held is held
    assert ("MISSED" in str(row)) == (held is False)


def test_ratio_is_printed_beside_the_peer() -> None:
    assert "0.50 ×" in str(Row("click", 0.2, 0.4, most_ratio=1.25))
    assert "10.0 × faster" in str(Row("filter", 1.0, 10.0))


def test_story_measurements_run_and_print_every_row() -> None:
    rows = list(measured.measure(measured.Sizes(rows=200, names=50, office=90, events=300, times=1)))
    works = [row.work for row in rows]
    for work in (
        "50 names, opened",
        "office's table of 90 rows, opened",
        "one cell changed → events",
        "saved",
        "a revision read",
        "300 events, one cell changed",
    ):
        assert any(work in some for some in works)
    assert all(row.ours > 0 for row in rows)


def test_export_measurements_print_a_row_for_each_format() -> None:
    rows = list(exports.measure(exports.Sizes(events=40, places=9, times=1)))
    assert [row.work.rpartition(" ")[2] for row in rows] == list(EXPORTS)


def test_reading_measurements_run_and_print_a_row() -> None:
    (row,) = reading.measure(most=2, times=1)
    assert "read" in row.work
    assert row.ours > 0


def test_an_offices_table_opens_with_every_row(tmp_path: Path, gazetteer: Gazetteer) -> None:
    story = open_story(measured.write_office_table(tmp_path / "incidents.csv", gazetteer, 60))
    assert story.rows == 60
    assert len({report.line for report in story.reports}) == 60


@pytest.mark.browser
def test_page_measurements_run_and_print_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    page.report(TINY)
    printed = capsys.readouterr().out
    for work in ("click on a marker", "opening the page", "1,500 events at 80 places", "3,000 events at 80 places"):
        assert work in printed
    assert printed.count(" × ") >= 3


@pytest.mark.browser
def test_measurements_of_the_html_file_run_and_print_every_row() -> None:
    works = [row.work for row in file.measure(file.Sizes(stories=((60, 20, 0.05),), times=1))]
    for work in ("the shipped story", "opened", "60 events, a date filter"):
        assert any(work in some for some in works)
    assert all("MISSED" not in work for work in works)


def test_feed_measurements_run_and_print_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    feeds.report(feeds.Sizes(programs=2, requests=4))
    printed = capsys.readouterr().out
    for work in ("shipped story, written already", "saved story, not changed (304)", "link preview", "memory of the"):
        assert work in printed


@pytest.mark.browser
def test_load_measurements_run_and_print_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    load.report(load.Sizes(readers=((2, 60.0),), clicks=1, at_once=2, rows=50, names=10))
    printed = capsys.readouterr().out
    for work in ("processor time of a click", "2 readers, a click every 2 s each, p95", "click in the same moment"):
        assert work in printed
    for work in ("opened", "saved", "exported"):
        assert f"a second session's worst answer while 50 rows are {work}" in printed
