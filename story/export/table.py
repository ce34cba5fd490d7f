"""All reports of some events as the rows of a reports.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from story.draft.carrying import cells_of
from story.model import Event, Report
from story.model.columns import COLUMNS, PLAIN
from story.text import defused

_AREAS = ("country", "admin1", "admin2", "sea", "area")


def rows_of(events: Iterable[Event]) -> Iterator[list[str]]:
    """The headers, then a row a report, by day reported; opened again they give the same reports.

    The story's own fields are columns behind ours. A text that a spreadsheet would run as a formula gets an apostrophe
    before it, which opening takes away.
    """
    reports = [report for event in events for report in told(event)]
    reports.sort(key=lambda report: (report.reported or date.min, report.line or 0))
    names = dict.fromkeys((*COLUMNS, *(name for report in reports for name, _ in report.fields)))
    yield list(map(defused, names))
    for report in reports:
        cells = cells_of(report)
        said = ((name, cells.get(name, "")) for name in names)
        yield [value if name in PLAIN else defused(value) for name, value in said]


def export_csv(events: Iterable[Event]) -> str:
    """The rows as CSV (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows_of(events))
    return text.getvalue()


def told(event: Event) -> tuple[Report, ...]:
    """The reports of an event as a file tells them: with the point of a place that was chosen by hand, which whoever
    looks its name up again would not find. An area has no point that could stand for it."""
    found, place = event.resolution, event.place
    if not found.by_hand or place is None or place.kind in _AREAS:
        return event.reports
    return tuple(
        replace(report, latitude=place.latitude, longitude=place.longitude)
        if report.place == found.toponym and report.latitude is None
        else report
        for report in event.reports
    )


def stated(report: Report) -> dict[str, Any]:
    """What a report says as an object of JSON: its filled cells, `who` as a list, its point where it gives one itself,
    and the story's own fields, as they stand, in `fields`."""
    cells = cells_of(report)
    said: dict[str, Any] = {name: cells[name] for name in COLUMNS if cells[name]}
    if not report.place:
        del said["place"]
    if report.latitude is not None and report.longitude is not None:
        said |= {"latitude": report.latitude, "longitude": report.longitude}
    return {**said, "who": list(report.who), **({"fields": dict(report.fields)} if report.fields else {})}
