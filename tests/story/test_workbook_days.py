"""Days of workbooks: serial numbers of both kinds, times beside them, and cells that show a part of their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from story.model import Story
from story.opening.stories import open_story
from story.tables.readers.shown import left_out
from tests.story.workbooks import DAY_AND_MONTH, Shown, sheet, workbook

HEAD = ["Date", "Time", "City", "Event"]
Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Opens the bytes of a file of that name, without a gazetteer."""

    def opened(raw: bytes, name: str = "diary.xlsx") -> Story:
        (tmp_path / name).write_bytes(raw)
        return open_story(tmp_path / name)

    return opened


def whens(story: Story) -> list[str]:
    return [report.span.edtf for report in story.reports]


@pytest.mark.parametrize(
    ("since_1904", "days"), [(False, ["2022-03-08", "2022-03-09"]), (True, ["2026-03-09", "2026-03-10"])]
)
def test_serial_numbers_count_from_the_year_of_their_workbook(read: Read, since_1904: bool, days: list[str]) -> None:
    rows = [HEAD, [44628, None, "Oslo", "Talks"], [44629.5625, None, "Rome", "Dinner"]]
    story = read(workbook(sheet(rows), since_1904=since_1904))
    assert whens(story) == [days[0], f"{days[1]}T13:30"]


@pytest.mark.parametrize("clock", [0.5625, "13:30", "1:30 pm"])
def test_a_time_in_a_column_of_its_own_is_joined_to_its_day(read: Read, clock: object) -> None:
    rows = [HEAD, [date(2022, 3, 8), clock, "Oslo", "Talks"], ["2022-03-09", clock, "Rome", "Dinner"]]
    assert whens(read(workbook(sheet(rows)))) == ["2022-03-08T13:30", "2022-03-09T13:30"]


def test_cells_that_show_a_month_and_a_year_are_that_month_and_told(read: Read) -> None:
    rows = [["Date", "City", "Event"], [Shown(2022, 3, 1), "Oslo", "Talks"], [Shown(2022, 3, 8), "Rome", "Dinner"]]
    story = read(workbook(sheet(rows)))
    assert whens(story) == ["2022-03", "2022-03-08"]
    (problem,) = story.problems
    assert (problem.line, problem.value) == (2, "2022-03")
    assert problem.message.startswith("2 cells show only a month and a year")


def test_cells_that_show_a_day_and_a_month_are_read_by_their_value_and_told(read: Read) -> None:
    day = Shown(2022, 3, 8)
    day.style = DAY_AND_MONTH
    story = read(workbook(sheet([["Date", "City", "Event"], [day, "Oslo", "Talks"]])))
    assert whens(story) == ["2022-03-08"]
    assert story.problems[0].message.startswith("A cell shows only a day and a month")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("mmm-yy", "month"),
        ("[$-409]mmmm\\ yyyy;@", "month"),
        ("d-mmm", "day"),
        ("yyyy-mm-dd", None),
        ("d mmm yyyy", None),
        ("h:mm:ss", None),
        ("0.00", None),
        ('"Emmy" 0', None),
    ],
)
def test_a_format_tells_what_it_leaves_out(code: str, shown: str | None) -> None:
    assert left_out(code) == shown


def test_a_month_and_a_figure_in_a_text_is_asked_about(read: Read) -> None:
    story = read(b"Date,City,Event\nMar-20,Oslo,Talks\nApr-21,Rome,Dinner\n", "diary.csv")
    assert whens(story) == ["2020-03", "2021-04"]
    (problem,) = story.problems
    assert (problem.line, problem.field, problem.value) == (1, "Date", "Mar-20")
    assert problem.message.startswith("2 cells such as 'Mar-20' may be a month and a year, or a day")


def test_a_figure_that_is_no_day_settles_that_it_is_a_year(read: Read) -> None:
    story = read(b"Date,City,Event\nMar-20,Oslo,Talks\nApr-98,Rome,Dinner\n", "diary.csv")
    assert (whens(story), story.problems) == (["2020-03", "1998-04"], ())


def test_a_clock_is_no_serial_number(read: Read) -> None:
    rows = [HEAD, [date(2022, 3, 8), time(13, 30).isoformat(), "Oslo", "Talks"]]
    assert whens(read(workbook(sheet(rows)))) == ["2022-03-08T13:30"]
