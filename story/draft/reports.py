"""Rows of a table to reports: what each cell must be, what a blank one means, and which rows are one event."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from urllib.parse import urlsplit

from geo.normalise import fold
from story.exc import DateFormatError
from story.model import STATUSES, DateSpan, Problem, Report, Status
from story.model.columns import COLUMNS, UNPLACED, Row
from story.model.dates import parse_when
from story.model.denial import DENIED, says_denied
from story.tables.rows.cells import LEFT_OUT
from story.tables.rows.titles import title_of
from story.tables.values.status import Said, read_status
from story.text import armed, clean, fingerprint, plain_digits, slug

UNDATED = parse_when("")
_OURS = frozenset(COLUMNS)


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row read cell by cell; None or "" where a cell is blank.

    `name` is the title, or one made of the other cells; "" for a row that says neither what nor where nor when.
    `unplaced` says that nobody is meant to know where, `told` names the cells of which a problem is told already.
    """

    line: int
    row: int
    event: str
    title: str
    name: str
    summary: str
    who: tuple[str, ...]
    place: str
    unplaced: bool
    point: tuple[float, float] | None
    span: DateSpan | None
    status: Status | None
    unknown_status: str
    """What the status column says where that is no status; "" otherwise."""
    firm: bool
    reported: date | None
    source: str
    url: str
    note: str
    trip: str
    fields: dict[str, str]
    told: frozenset[str]


class _UnusableRowError(Exception):
    """The row cannot be used; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_reports(rows: Iterable[Row], file: str, published: date | None) -> tuple[list[Report], list[Problem]]:
    """The usable reports of the rows, in order of (day reported, line), and a problem for whatever is unusable.

    Rows with the same `event` are one event's history; in it a blank cell means that the report before has not been
    changed. Rows without `event` are one event only where title, place and when are all the same; each such event is
    named after its title, and after its place and day too where several events share the title. A cell that cannot be
    read is as good as blank, and told. A first report without a place or a day is listed without, one without a title
    is called by what else it says; only one that has none of the three is set aside.
    An event whose status is never given is expected where it begins after the day it was reported (or after
    `published`, the day of publication or of opening), and has happened otherwise.
    """
    problems: list[Problem] = []
    drafts: list[_Cells] = []
    for row in rows:
        cells, told = _read(row, file)
        problems += told
        drafts.append(cells)
    drafts.sort(key=lambda draft: (draft.reported or date.min, draft.line))
    ids = _ids(drafts)
    latest: dict[str, Report] = {}
    reports = []
    for draft, event in zip(drafts, ids, strict=True):
        try:
            report = _filled(draft, event, latest.get(event), published, file, problems)
        except _UnusableRowError as unusable:
            problems.append(unusable.problem)
            continue
        if draft.unknown_status:
            problems.append(_unknown_status(draft, report, file))
        latest[event] = report
        reports.append(report)
    problems.sort(key=lambda problem: problem.line or 0)
    return reports, problems


def _read(row: Row, file: str) -> tuple[_Cells, tuple[Problem, ...]]:
    """What a row comes to by itself, and what is wrong with it; read once a row."""
    known = cast("tuple[str, _Cells, tuple[Problem, ...]] | None", row.read)
    if known is None or known[0] != file:
        problems: list[Problem] = []
        cells = _draft(row, file, problems)
        known = file, cells, tuple(problems)
        object.__setattr__(row, "read", known)
    return known[1], known[2]


def _draft(row: Row, file: str, problems: list[Problem]) -> _Cells:
    cells = row.cells

    def cell(name: str, lines: bool = False) -> str:
        return armed(clean(cells.get(name, ""), lines=lines))

    def drop(name: str, message: str) -> None:
        problems.append(Problem(file, row.line, name, cell(name), message, row.key))

    if row.fault:
        problems.append(row.fault)
    span = None
    if when := cell("when"):
        try:
            span = parse_when(when)
        except DateFormatError as error:
            # What its file's reader has said of it is not said again.
            if row.fault is None or row.fault.field != "when":
                drop("when", f"{error} {LEFT_OUT}")
    status = cell("status")
    said = read_status(status) if status else Said(None)
    unknown = said is None
    said = said or Said(None)
    if said.told:
        drop("status", f"'{status[:80]}' is read as {said.status}: {said.told}.")
    reported = None
    if cell("reported"):
        try:
            reported = _day(cell("reported"))
        except DateFormatError:
            drop(
                "reported",
                f"'{cell('reported')}' is not a date, so this report counts as always known. Write 2025-10-24.",
            )
    url = cell("url")
    if url and not _is_web_address(url):
        drop("url", f"'{url[:80]}' is no web address and is left out. It must begin with http:// or https://.")
        url = ""
    point, fault = _point(cell("latitude"), cell("longitude"))
    if fault:
        drop("latitude", fault)
    who = dict.fromkeys(filter(None, (name.strip() for name in cell("who").split(";"))))
    return _Cells(
        line=row.line,
        row=row.key,
        event=cell("event"),
        title=cell("title"),
        name=cell("title") or title_of({name: cell(name) for name in COLUMNS}),
        summary=cell("summary", lines=True),
        who=tuple(who),
        place="" if cell("place") == UNPLACED else cell("place"),
        unplaced=cell("place") == UNPLACED,
        point=point,
        span=span,
        status=said.status,
        unknown_status=status if unknown else "",
        firm=said.firm,
        reported=reported,
        source=cell("source"),
        url=url,
        note=_note(cell("note", lines=True), status if said.status == "possible" else ""),
        trip=cell("trip"),
        fields={
            name: value
            for name, text in cells.items()
            if name not in _OURS and (value := armed(clean(text, lines=True)))
        },
        told=frozenset(problem.field for problem in problems),
    )


def _note(note: str, status: str) -> str:
    """The note of a row; with the denial that its status column tells, for which there is no status."""
    return f"{DENIED} {note}".strip() if says_denied(status) and not says_denied(note) else note


def _filled(
    draft: _Cells, event: str, before: Report | None, published: date | None, file: str, problems: list[Problem]
) -> Report:
    """The draft as a report, its blanks filled from the report before."""
    point: tuple[float | None, float | None] = draft.point or (None, None)
    if before:
        if point == (None, None) and draft.place in ("", before.place) and not draft.unplaced:
            point = (before.latitude, before.longitude)
        return replace(
            before,
            title=draft.title or before.title,
            place="" if draft.unplaced else draft.place or before.place,
            span=draft.span or before.span,
            status=draft.status or (_if_firm(draft, draft.span or before.span, published) or before.status),
            who=draft.who or before.who,
            summary=draft.summary or before.summary,
            latitude=point[0],
            longitude=point[1],
            reported=draft.reported,
            source=draft.source or before.source,
            url=draft.url or (before.url if draft.source in ("", before.source) else ""),
            note=draft.note or before.note,
            trip=draft.trip or before.trip,
            fields=tuple({**dict(before.fields), **draft.fields}.items()),
            line=draft.line,
            row=draft.row,
        )
    problems += _lacking(draft, file)
    span = draft.span or UNDATED
    return Report(
        event=event,
        title=draft.name,
        place=draft.place or (f"{point[0]}, {point[1]}" if draft.point else ""),
        span=span,
        status=draft.status or _if_firm(draft, span, published) or _by_its_day(draft, span, published),
        who=draft.who,
        summary=draft.summary,
        latitude=point[0],
        longitude=point[1],
        reported=draft.reported,
        source=draft.source,
        url=draft.url,
        note=draft.note,
        trip=draft.trip,
        fields=tuple(draft.fields.items()),
        line=draft.line,
        row=draft.row,
    )


def _lacking(draft: _Cells, file: str) -> Iterable[Problem]:
    """A problem for each thing that the first report of an event should say, and does not."""
    if not draft.name:
        message = "This row has neither a title nor a place nor a date. Fill one of them in."
        raise _UnusableRowError(Problem(file, draft.line, "title", "", message, draft.row))
    if not draft.title:
        message = f"This row has no title and is listed as '{draft.name[:80]}'. Write one."
        yield Problem(file, draft.line, "title", "", message, draft.row)
    if not draft.place and not draft.point and not draft.unplaced and "latitude" not in draft.told:
        message = (
            f"'{draft.name[:80]}' says no place and is listed without one. Fill in a place, or latitude and longitude; "
            f"if nobody knows where, write {UNPLACED}."
        )
        yield Problem(file, draft.line, "place", "", message, draft.row)
    if draft.span is None and "when" not in draft.told:
        message = f"'{draft.name[:80]}' says no when and is listed as not dated. If that is meant, write XXXX-XX-XX."
        yield Problem(file, draft.line, "when", "", message, draft.row)


def _unknown_status(draft: _Cells, report: Report, file: str) -> Problem:
    """What a status column says that is no status, with the one that stands in for it."""
    word = draft.unknown_status
    message = (
        f"'{word[:80]}' is not a known status, so this is shown as {report.status}. Write one of {', '.join(STATUSES)}."
    )
    return Problem(file, draft.line, "status", word, message, draft.row)


def _by_its_day(draft: _Cells, span: DateSpan, published: date | None) -> Status:
    """The status of what says none: what lies ahead of the day it was known is expected."""
    known = draft.reported or published
    ahead = known is not None and span.earliest is not None and span.earliest > known
    return "expected" if ahead else "happened"


def _if_firm(draft: _Cells, span: DateSpan, published: date | None) -> Status | None:
    """The status of what is "confirmed": scheduled while it lies ahead, else happened; None where nothing says so."""
    if not draft.firm:
        return None
    return "scheduled" if _by_its_day(draft, span, published) == "expected" else "happened"


def _ids(drafts: list[_Cells]) -> list[str]:
    """The event id of each draft: the row's own, or one made from its title; the order of the rows does not matter."""
    ids = [draft.event for draft in drafts]
    taken = set(ids)
    unnamed: dict[str, dict[tuple[str, str, str], list[int]]] = defaultdict(dict)
    for number, draft in enumerate(drafts):
        if not draft.event:
            where = draft.place or ",".join(map(str, draft.point or ()))
            same = (fold(draft.name), fold(where), (draft.span or UNDATED).edtf)
            unnamed[slug(draft.name)].setdefault(same, []).append(number)
    for name, events in unnamed.items():
        for same, numbers in events.items():
            event = name
            if not name or name in taken or len(events) > 1:
                event = "-".join(filter(None, (name or "event", slug(same[1]), slug(same[2]))))
                if not name or event in taken:
                    event = f"{event}-{fingerprint(*same)}"
            taken.add(event)
            for number in numbers:
                ids[number] = event
    return ids


def _day(text: str) -> date:
    day = parse_when(text).day
    if day is None:
        raise DateFormatError(text)
    return day


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"'`\\]", url)


def _point(latitude: str, longitude: str) -> tuple[tuple[float, float] | None, str]:
    """Latitude and longitude in degrees, and what is wrong with them ("" where nothing is)."""
    if not latitude and not longitude:
        return None, ""
    if not latitude or not longitude:
        return None, "Only one of latitude and longitude is given, so neither is used. Fill in the other."
    try:
        point = _degrees(latitude), _degrees(longitude)
    except ValueError:
        return None, f"'{latitude}, {longitude}' is not used: write degrees as numbers, such as 35.68 and 139.69."
    if not (abs(point[0]) <= 90 and -180 <= point[1] <= 360):
        swapped = " Are the two swapped?" if abs(point[1]) <= 90 and abs(point[0]) <= 180 else ""
        return None, (
            f"'{latitude}, {longitude}' is not used: latitude runs from -90 to 90, longitude from -180 to 180 "
            f"(or eastward to 360).{swapped}"
        )
    return (point[0], point[1] - 360 if point[1] > 180 else point[1]), ""


def _degrees(text: str) -> float:
    text = plain_digits(text)
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        text = text.replace(",", ".")
    value = float(text)
    if not math.isfinite(value) or not re.fullmatch(r"[\d.+eE-]+", text, re.ASCII):
        raise ValueError(text)
    return value
