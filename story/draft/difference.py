"""What two versions of a story differ in: rows by their keys, where names were put, what the story says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo.place import Place
from story.draft import Draft
from story.exc import DateFormatError
from story.model.columns import COLUMNS, Row
from story.model.dates import parse_when
from story.model.metadata import Metadata
from story.wording import say_count, say_span

METADATA_FIELDS = tuple(Metadata.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column of a row, or a part of the head, before and after; "" where it is blank. Days are in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of one row: of which event by its title, and which columns. A row added or deleted has them all."""

    kind: Literal["added", "changed", "deleted"]
    title: str
    key: int
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs; `names` are toponyms with the places before and after."""

    rows: tuple[RowChange, ...] = ()
    names: tuple[FieldChange, ...] = ()
    head: tuple[FieldChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.names or self.head)


def compare(old: Draft, new: Draft) -> Changes:
    """What `new` has that `old` has not, and the other way round; rows that are the same object cost nothing."""
    before = {row.key: row for row in old.rows}
    after = {row.key: row for row in new.rows}
    titles = _Titles(old, new)
    rows = []
    for key, row in after.items():
        former = before.get(key)
        if former is row or former == row:
            continue
        fields = _fields(former.cells if former else {}, row.cells)
        if fields:
            rows.append(RowChange("changed" if former else "added", titles.of(row), key, fields))
    for key, row in before.items():
        if key not in after:
            rows.append(RowChange("deleted", titles.of(row), key, _fields(row.cells, {})))
    return Changes(tuple(rows), _names(old, new), _head(old.head, new.head))


def say_changes(changes: Changes) -> str:
    """The changes in one line: "2 rows added, 1 changed (when); Springfield moved"."""
    parts = []
    for kind in ("added", "changed", "deleted"):
        some = [row for row in changes.rows if row.kind == kind]
        if some:
            columns = dict.fromkeys(field.name for row in some for field in row.fields)
            what = f" ({', '.join(columns)})" if kind == "changed" and len(columns) <= 3 else ""
            parts.append(f"{say_count(len(some), 'row')} {kind}{what}")
    if changes.names:
        moved = [name.name for name in changes.names]
        parts.append(f"{' and '.join(moved)} moved" if len(moved) <= 2 else f"{len(moved)} names moved")
    parts += [f"{field.name} changed" for field in changes.head]
    return ", ".join(parts) or "nothing changed"


class _Titles:
    """The titles of events, looked up only once a row differs: a later report often leaves its title blank."""

    def __init__(self, old: Draft, new: Draft) -> None:
        self._drafts = (new, old)
        self._found: dict[str, str] | None = None

    def of(self, row: Row) -> str:
        if title := row.cells.get("title"):
            return title
        if self._found is None:
            self._found = {}
            for draft in self._drafts:
                for one in draft.rows:
                    if one.cells.get("title"):
                        self._found.setdefault(one.cells.get("event", ""), one.cells["title"])
        event = row.cells.get("event", "")
        return self._found.get(event, event or f"line {row.line}")


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, _words(name, before.get(name, "")), _words(name, after.get(name, "")))
        for name in dict.fromkeys((*COLUMNS, *before, *after))
        if before.get(name, "") != after.get(name, "")
    )


def _words(name: str, value: str) -> str:
    if name not in ("when", "reported") or not value:
        return value
    try:
        return say_span(parse_when(value))
    except DateFormatError:
        return value


def _names(old: Draft, new: Draft) -> tuple[FieldChange, ...]:
    if old.names is new.names:
        return ()
    moved = []
    for name, found in new.names.items():
        former = old.names.get(name)
        if former is None or former is found or former.place == found.place:
            continue
        moved.append(FieldChange(name, _place(former), _place(found)))
    return tuple(moved)


def _place(found: object) -> str:
    place: Place | None = getattr(found, "place", None)
    if place is None:
        return "not on the map"
    return f"{place.in_words(place.country)} ({place.latitude:.3f}, {place.longitude:.3f})"


def _head(old: Metadata, new: Metadata) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, _text(getattr(old, name)), _text(getattr(new, name)))
        for name in METADATA_FIELDS
        if getattr(old, name) != getattr(new, name)
    )


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said}" for name, said in value.items())
    return "" if value is None else str(value)
