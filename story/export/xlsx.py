"""All reports of some events as a workbook that opens here again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime

import xlsxwriter

from story.exc import ExportFormatError
from story.export.table import rows_of
from story.model import Event

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""Excel's own limits. What is longer would be cut without a word."""
_LONG_AGO = date(1980, 1, 1)
_WIDTHS = {"title": 40, "summary": 50, "place": 24, "who": 28, "when": 24, "source": 24, "url": 30, "note": 30}


def export_xlsx(events: Iterable[Event]) -> bytes:
    """The rows of a reports.csv as a sheet called reports; every cell is text, and none is run as a formula.

    Raises ExportFormatError where a workbook cannot hold them.
    """
    told = list(events)
    rows = list(rows_of(told))
    if len(rows) > MOST_ROWS:
        raise ExportFormatError(f"A workbook has {MOST_ROWS:,} rows, and these are {len(rows):,}. Export CSV instead.")
    written = io.BytesIO()
    # Each sheet goes through a file in a temporary folder otherwise.
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    # Of the day that it is of, not of the moment: the same events make the same file at any time.
    day = max((report.reported for event in told for report in event.reports if report.reported), default=_LONG_AGO)
    created = datetime(max(day.year, _LONG_AGO.year), day.month, day.day, tzinfo=UTC)
    book.set_properties({"comments": "Made with Dateline", "created": created})
    sheet = book.add_worksheet("reports")
    head, body = book.add_format({"bold": True}), book.add_format({"text_wrap": False})
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if len(cell) > LONGEST_CELL:
                raise ExportFormatError(
                    f"A cell of a workbook has {LONGEST_CELL:,} letters, and “{cell[:40]}…” has {len(cell):,}. "
                    "Export CSV instead."
                )
            if cell:
                sheet.write_string(number, at, cell, head if number == 0 else body)
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(rows[0]):
        sheet.set_column(at, at, _WIDTHS.get(name, 14))
    book.close()
    return written.getvalue()
