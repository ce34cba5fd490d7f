"""Strangers' files are read in a process of its own: what ends it is told, and this process goes on."""

from __future__ import annotations

import pytest

from story import sandbox
from story.exc import OpeningCancelledError, TableSizeError
from tests.story.workbooks import sheet, workbook

ROWS = [["date", "city", "title"], ["2016-09-05", "Paris", "One"]]
FAR = [
    "<c r='XFD1048576'><v>1</v></c>",
    '<c r="xfd1048576"><v>1</v></c>',
    '<c t="n" x=">" r="XFD1048576"><v>1</v></c>',
    f'<c x="{"y" * 900}" r="XFD1048576"><v>1</v></c>',
    f'<c {" " * 900} r="XFD1048576"><v>1</v></c>',
]


def far(cell: str) -> bytes:
    return workbook(sheet(ROWS).replace("</sheetData>", f"<row r='1048576'>{cell}</row></sheetData>"))


@pytest.mark.parametrize("cell", FAR, ids=["single quotes", "lower case", "a > before it", "long", "blanks"])
def test_a_workbook_made_to_fill_the_memory_is_an_error_that_names_it(cell: str) -> None:
    with pytest.raises(TableSizeError, match=r"'far\.xlsx' .*Save only"):
        sandbox.read_table(far(cell), "far.xlsx")


def test_what_is_read_there_is_what_is_read_here() -> None:
    table, matching = sandbox.read_table(workbook(sheet(ROWS)), "trip.xlsx")
    assert table.rows == (("2016-09-05", "Paris", "One"),)
    assert matching.named("place") == ("city",)


def test_it_is_ended_when_its_time_is_over_or_it_is_called_off() -> None:
    with pytest.raises(TableSizeError, match=r"'a\.csv' was not read within 0 seconds"):
        sandbox.read_table(b"date,city\n" * 1_000_000, "a.csv", bounds=sandbox.Bounds(seconds=0))
    with pytest.raises(OpeningCancelledError):
        sandbox.read_table(b"date,city\n" * 1_000_000, "a.csv", cancelled=lambda: True)
