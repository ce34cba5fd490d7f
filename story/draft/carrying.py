"""The reports of an event when one of them goes or changes: the others go on saying what they said.

In a later report a blank cell means "as before". What a report took over so, it is given for its own before the one it
took it from is no longer there, or no longer comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from story.draft import Draft, reports_of
from story.model import Report
from story.model.columns import COLUMNS, UNPLACED, Row

Said = Mapping[str, str]


def cells_of(report: Report) -> dict[str, str]:
    """What a report says, cell by cell, with what it takes over from the one before; the story's own fields last."""
    values = {
        "event": report.event,
        "title": report.title,
        "summary": report.summary,
        "who": ";".join(report.who),
        "place": report.place or UNPLACED,
        "latitude": "" if report.latitude is None else repr(float(report.latitude)),
        "longitude": "" if report.longitude is None else repr(float(report.longitude)),
        "when": report.span.edtf,
        "status": report.status,
        "reported": report.reported.isoformat() if report.reported else "",
        "source": report.source,
        "url": report.url,
        "note": report.note,
        "trip": report.trip,
    }
    return {name: values[name] for name in COLUMNS} | dict(report.fields)


def keep_said(before: Draft, after: Draft, events: Collection[str], edited: Mapping[int, Collection[str]]) -> Draft:
    """`after` with every report of these events saying what it said before, but for the columns `edited` by row key."""
    said = _said(before, events)
    # Each turn gives one report its own words; those behind it then take them over as before.
    for _ in range(len(said)):
        now = _said(after, events)
        fills = _first_fill(after, said, now, edited)
        if fills is None:
            return after
        key, cells = fills
        rows = (Row(row.line, {**cells, **row.cells}, row.key) if row.key == key else row for row in after.rows)
        after = replace(after, rows=tuple(rows))
    return after


def _said(draft: Draft, events: Collection[str]) -> dict[int, Said]:
    return {report.row: cells_of(report) for report in reports_of(draft)[0] if report.event in events}


def _first_fill(
    draft: Draft, said: Mapping[int, Said], now: Mapping[int, Said], edited: Mapping[int, Collection[str]]
) -> tuple[int, dict[str, str]] | None:
    """The first report in the order of the events that says something else now, and the cells that it has to get."""
    rows = {row.key: row for row in draft.rows if row.key in said}
    # Those that are no reports any more come first: what follows them may only lack what they lack.
    for key in sorted(rows, key=lambda key: (key in now, list(said).index(key))):
        missing = {
            name: value
            for name, value in said[key].items()
            if value and not rows[key].cells.get(name) and name not in edited.get(key, ())
            and now.get(key, {}).get(name) != value
        }  # fmt: skip
        if missing:
            return key, missing
    return None
