"""All reports of some events as the rows of a reports.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from story.draft.carrying import cells_of
from story.model import Event
from story.model.columns import COLUMNS
from story.text import defused

_PLAIN = {"latitude", "longitude", "when", "status", "reported"}


def rows_of(events: Iterable[Event]) -> Iterator[list[str]]:
    """The headers, then a row a report, by day reported; opened again they give the same reports.

    The story's own fields are columns behind ours. A text that a spreadsheet would run as a formula gets an apostrophe
    before it, which opening takes away.
    """
    reports = [report for event in events for report in event.reports]
    reports.sort(key=lambda report: (report.reported or date.min, report.line or 0))
    names = dict.fromkeys((*COLUMNS, *(name for report in reports for name, _ in report.fields)))
    yield list(map(defused, names))
    for report in reports:
        cells = cells_of(report)
        said = ((name, cells.get(name, "")) for name in names)
        yield [value if name in _PLAIN else defused(value) for name, value in said]


def export_csv(events: Iterable[Event]) -> str:
    """The rows as CSV (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows_of(events))
    return text.getvalue()
