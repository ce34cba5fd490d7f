"""What a person can do to a story: each edit takes a draft and gives another one, the former untouched.

Rows are named by their keys. A row keeps the event it belongs to when its words change, so that addresses still lead
there and its history stays its own.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from geo.place import Place, Resolution
from story.draft import Draft, reports_of
from story.draft.carrying import keep_said
from story.exc import ColumnNameError, DateFormatError, PictureFormatError, RowNotFoundError
from story.model import DateSpan, Problem
from story.model.columns import COLUMNS, REQUIRED, Row
from story.model.dates import parse_when
from story.model.fields import UPLOADED, FieldType
from story.model.trips import with_trip
from story.placing import placed_at, placed_by_story
from story.tables.rows.titles import title_of
from story.tables.values.days import read_day
from story.text import clean, slug

_LONG = frozenset({"summary", "note"})
ADDED = 1 << 52
"""Keys from here on are of rows that a person added, not of a file."""
_POINTS = ("city", "site", "island")
_BY_HAND = "placed by hand"
_LONGEST = 40
MOST_PICTURES = 8_000_000
"""Bytes of all the pictures of a story: each save and each unsaved step is written with them."""
_DAYS = (
    "Write 2025-10-29 or Oct. 29, 2025; 2025-10-27/2025-10-31 from, to; [2025-10-27..2025-10-31] one day in this range."
)


def editable(draft: Draft) -> Draft:
    """The draft with the id of its event in every usable row, so that a new title makes no new event of it."""
    events = {report.row: report.event for report in reports_of(draft)[0]}
    rows = tuple(
        replace(row, cells={**row.cells, "event": events[row.key]})
        if not row.cells.get("event") and row.key in events
        else row
        for row in draft.rows
    )
    return replace(draft, rows=rows)


def understood(text: str) -> DateSpan:
    """The span that a person means: EDTF, or days as newspapers write them. Raises DateFormatError."""
    text = clean(text)
    try:
        return parse_when(text)
    except DateFormatError:
        try:
            return parse_when(read_day(text, None))
        except DateFormatError:
            shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
            raise DateFormatError(f"'{shown}' is not a date. {_DAYS}") from None


def change(draft: Draft, key: int, cells: Mapping[str, str]) -> Draft:
    """The draft with other cells in one row; "" empties one. Raises RowNotFoundError, ColumnNameError."""
    row = row_of(draft, key)
    own = () if cells.keys() <= {*COLUMNS, *row.cells} else own_columns(draft)
    changed = with_cells(row.cells, cells, own)
    if not changed.get("event") and any(map(changed.get, REQUIRED)):
        changed["event"] = _new_event(draft, changed)
    at = draft.rows.index(row)
    new = Row(row.line, changed, row.key)
    if new == row:
        return draft
    after = replace(draft, rows=(*draft.rows[:at], new, *draft.rows[at + 1 :]))
    if _takes_over(new, cells):
        return keep_said(draft, after, {changed.get("event", "")}, {key: list(cells)})
    return after


def change_all(draft: Draft, changes: Mapping[int, Mapping[str, str]]) -> Draft:
    """The draft with other cells in several rows, by row key, as one edit; rows that are gone are passed over.

    Raises ColumnNameError.
    """
    left = dict(changes)
    for row in draft.rows:
        if row.key in left and not row.cells.get("event"):
            # It becomes an event of its own, with an id that the next one must not take.
            draft = change(draft, row.key, left.pop(row.key))
    new = {
        row.key: Row(row.line, with_cells(row.cells, left[row.key]), row.key) for row in draft.rows if row.key in left
    }
    after = replace(draft, rows=tuple(new.get(row.key, row) for row in draft.rows))
    edited = {key: list(left[key]) for key, row in new.items() if _takes_over(row, left[key])}
    return keep_said(draft, after, {new[key].cells.get("event", "") for key in edited}, edited) if edited else after


def _takes_over(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether a row with these new cells may come before another report of its event now, or leave to it what that took
    over from it."""
    return "reported" in cells or not all(row.cells.get(name) for name in cells)


def add(draft: Draft, cells: Mapping[str, str], *, key: int | None = None) -> Draft:
    """The draft with a row more, at its end: a new event, or a new report where `cells` names an event that is there.

    In a new report a blank cell means "as in the report before".
    """
    new = with_cells({}, cells)
    if not new.get("event"):
        new["event"] = _new_event(draft, new)
    line = max((row.line for row in draft.rows), default=1) + 1
    return replace(draft, rows=(*draft.rows, Row(line, new, key or new_key())))


def delete(draft: Draft, keys: Collection[int]) -> Draft:
    """The draft without these rows."""
    gone = frozenset(keys)
    after = replace(draft, rows=tuple(row for row in draft.rows if row.key not in gone))
    left = {row.cells.get("event") for row in after.rows}
    events = {report.event for report in reports_of(draft)[0] if report.row in gone and report.event in left}
    return keep_said(draft, after, events, {}) if events else after


def put(draft: Draft, toponym: str, place: Place, why: str = _BY_HAND) -> Draft:
    """The draft with a name at this place, for all rows that use the name."""
    return replace(draft, names={**draft.names, toponym: Resolution(toponym, place, (), why, by_hand=True)})


def put_alone(draft: Draft, toponym: str, event: str, place: Place, name: str) -> Draft:
    """The draft with the rows of one event that use a name at this place; all other rows so named stay where they are.

    They get the fuller `name` that tells the place from its namesakes, put by hand; a point without a name of its own
    becomes their latitude and longitude.
    """
    keys = {report.row for report in reports_of(draft)[0] if report.event == event and report.place == toponym}
    of_its_own = place.source == "story" or name == toponym
    point = {"latitude": f"{place.latitude:.5f}", "longitude": f"{place.longitude:.5f}"}
    new = point if of_its_own else {"place": name}
    rows = tuple(Row(row.line, with_cells(row.cells, new), row.key) if row.key in keys else row for row in draft.rows)
    changed = replace(draft, rows=rows)
    return changed if of_its_own else put(changed, name, place)


def move(draft: Draft, place: Place, latitude: float, longitude: float, around: Place | None = None) -> Draft:
    """The draft with all that is at `place` put at a point; `around` says which country and time zone that is in.

    Rows with coordinates of their own get the new ones; names that are there are put by hand.
    """
    rows = {
        report.row
        for report in reports_of(draft)[0]
        if (own := placed_by_story(report)) and own.place and own.place.id == place.id
    }
    point = {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
    moved = replace(
        draft,
        rows=tuple(
            replace(row, cells={**row.cells, **point}) if row.key in rows and "latitude" in row.cells else row
            for row in draft.rows
        ),
    )
    # What the place is called and what it is stay; only where it is changes.
    kind = place.kind if place.kind in _POINTS else "site"
    there = replace(placed_at(place.name, latitude, longitude, around), kind=kind)
    for name in names_at(draft, place):
        moved = put(moved, name, there)
    return moved


def names_at(draft: Draft, place: Place) -> tuple[str, ...]:
    """The names that were looked up and stand at this place."""
    return tuple(name for name, found in draft.names.items() if found.place is not None and found.place.id == place.id)


def with_head(draft: Draft, **fields: Any) -> Draft:
    """The draft with another title, dateline, day of publication, …: fields of story.model.metadata.Metadata."""
    return replace(draft, head=replace(draft.head, **fields))


def put_in_trips(draft: Draft, traveller: str, trips: Mapping[str, str]) -> Draft:
    """The draft with events put in trips of one traveller: event -> the trip's name, "" for none said."""
    cells: dict[int, str] = {}
    first: set[str] = set()
    for report in reports_of(draft)[0]:
        # A later report that says nothing of it takes over what the first one says.
        if report.event in trips and (report.event not in first or row_of(draft, report.row).cells.get("trip")):
            cells[report.row] = with_trip(report.trip, report.who, traveller, trips[report.event])
            first.add(report.event)
    rows = (
        replace(row, cells=with_cells(row.cells, {"trip": cells[row.key]})) if row.key in cells else row
        for row in draft.rows
    )
    return replace(draft, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is no report, and why."""

    row: Row
    problem: Problem


def rejected(draft: Draft) -> tuple[Rejected, ...]:
    """The rows that cannot be used, in order."""
    reports, problems = reports_of(draft)
    used = {report.row for report in reports}
    # What sets a row aside is found last; before it may stand a cell that was only left out.
    of_row = {problem.row: problem for problem in problems}
    unknown = "It cannot be used."
    return tuple(
        Rejected(row, row.fault or of_row.get(row.key) or Problem(draft.file, row.line, "", "", unknown, row.key))
        for row in draft.rows
        if row.key not in used
    )


def complaint(draft: Draft, key: int, column: str = "") -> Problem | None:
    """Why a row cannot be used, or one column of it does not count; None where all is well."""
    reports, problems = reports_of(draft)
    row_of(draft, key)
    if all(report.row != key for report in reports):
        return next((one.problem for one in rejected(draft) if one.row.key == key), None)
    return next((one for one in problems if one.row == key and column and one.field == column), None)


def row_of(draft: Draft, key: int) -> Row:
    """The row with this key. Raises RowNotFoundError where it is gone."""
    for row in draft.rows:
        if row.key == key:
            return row
    raise RowNotFoundError(f"Row {key} is no longer in “{draft.head.title}”. Look at its history.")


def new_key() -> int:
    """A key that nobody else has, whoever works on the same story at the same time; larger than any of a file."""
    return secrets.randbits(52) | ADDED


def own_columns(draft: Draft) -> tuple[str, ...]:
    """The names of the columns of the story's own, in their order."""
    return tuple(
        name for name in dict.fromkeys(name for row in draft.rows for name in row.cells) if name not in COLUMNS
    )


def with_cells(old: Mapping[str, str], new: Mapping[str, str], own: Collection[str] = ()) -> dict[str, str]:
    """The cells as a file would hold them: no blank ones, no unknown ones, days as EDTF where they can be read.

    `own` are columns of the story's own that the row may have besides those that it has.
    """
    cells = dict(old)
    for name, text in new.items():
        if name not in COLUMNS and name not in old and name not in own:
            raise ColumnNameError(f"'{name}' is not a column of a story. Use one of {', '.join(COLUMNS)}.")
        value = clean(text, lines=name in _LONG or name not in COLUMNS)
        if name in ("when", "reported") and value:
            # What is no day is kept as it is: the row is then without one, with what is wrong with it.
            with suppress(DateFormatError):
                value = understood(value).edtf
        cells[name] = value
    return {name: cells[name] for name in (*COLUMNS, *cells) if cells.get(name)}


def _new_event(draft: Draft, cells: Mapping[str, str]) -> str:
    taken = {row.cells.get("event") for row in draft.rows}
    name = slug(cells.get("title") or title_of(cells)) or "event"
    for event in (name, f"{name}-{slug(cells.get('when', ''))}".strip("-")):
        if event not in taken:
            return event
    return free_id(name, taken)


def free_id(name: str, taken: Collection[str | None]) -> str:
    """The name with the first number from 2 that makes it an id of its own."""
    return next(event for n in range(2, len(taken) + 3) if (event := f"{name}-{n}") not in taken)


def with_type(draft: Draft, name: str, kind: FieldType | None) -> Draft:
    """The draft with another type for a column of the story's own; None for the one that its values tell."""
    types = {other: known for other, known in draft.head.fields.items() if other != name}
    return with_head(draft, fields={**types, name: kind} if kind else types)


def with_picture(draft: Draft, key: int, picture: bytes, about: Mapping[str, str]) -> Draft:
    """The draft with a picture in one row, and its caption, credit, alt and graphic as `about` gives them.

    Raises RowNotFoundError, and PictureFormatError once the pictures of a story come to more than is kept.
    """
    cells = row_of(draft, key).cells
    # The first picture has no number; a further one needs columns that nothing of the row stands in.
    number = next(n for n in count(1) if not cells.get(_numbered("picture", n)))
    name = f"{UPLOADED}{hashlib.sha256(picture).hexdigest()}.webp"
    said = {_numbered(column, number): text for column, text in about.items() if text}
    own = [*own_columns(draft), _numbered("picture", number), *said]
    changed = with_cells(cells, {_numbered("picture", number): name, **said}, own)
    row = row_of(draft, key)
    rows = tuple(Row(row.line, changed, row.key) if one is row else one for one in draft.rows)
    used = {cell for one in rows for cell in one.cells.values() if cell.startswith(UPLOADED)}
    pictures = {one: content for one, content in {**draft.pictures, name: picture}.items() if one in used}
    if sum(map(len, pictures.values())) > MOST_PICTURES:
        raise PictureFormatError(
            f"The pictures of a story may have {MOST_PICTURES / 1e6:,.0f} MB together. Remove one, or give a link."
        )
    return replace(draft, rows=rows, pictures=pictures)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} {number}"
