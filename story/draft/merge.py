"""Two people's changes to one story put together: whatever they did not both change differently is kept of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from story.draft import Draft
from story.draft.difference import METADATA_FIELDS
from story.draft.edits import ADDED, free_id
from story.draft.proposals import Review
from story.model.columns import COLUMNS, Row

Side = Literal["mine", "theirs"]
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Collision:
    """What both changed differently: of which event (or toponym, or part of the head), and what it was and is."""

    what: str
    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The draft with the changes of both, and what of them could only be taken from one."""

    draft: Draft
    collisions: tuple[Collision, ...]


def merge(base: Draft, mine: Draft, theirs: Draft, prefer: Side = "mine") -> Merge:
    """`theirs` with all that `mine` has changed since `base`; where both changed the same, that of `prefer` counts.

    Rows are told by their keys and merged column by column. A row that one deleted and the other changed stays. Two new
    events that both were given the same id stay two: mine gets another one.
    """
    mine = _with_own_ids(base, mine, theirs)
    collisions: list[Collision] = []
    before = {row.key: row for row in base.rows}
    ours = {row.key: row for row in mine.rows}
    others = {row.key: row for row in theirs.rows}
    rows: list[Row] = []
    for key in [*others, *(key for key in ours if key not in others)]:
        row = _row(before.get(key), ours.get(key), others.get(key), prefer, collisions)
        if row is not None:
            rows.append(row)
    names = dict(theirs.names)
    for name, found in mine.names.items():
        if found == base.names.get(name):
            continue
        there, former = theirs.names.get(name), base.names.get(name)
        moved = there is not None and (former is None or there.place != former.place)
        if there is not None and moved and there.place != found.place:
            collisions.append(Collision(name, "place", _place(found), _place(there)))
            if prefer == "theirs":
                continue
        names[name] = found
    head: dict[str, Any] = {}
    for name in METADATA_FIELDS:
        own, other = getattr(mine.head, name), getattr(theirs.head, name)
        head[name], collides = _pick(getattr(base.head, name), own, other, prefer)
        if collides:
            collisions.append(Collision("the story", name, str(own), str(other)))
    merged = replace(
        theirs,
        head=replace(theirs.head, **head),
        rows=tuple(_with_own_lines(rows)),
        names=names,
        around={**theirs.around, **mine.around},
        pictures={**theirs.pictures, **mine.pictures},
        reviews=_reviews(base, mine, theirs, prefer),
        # The later reading of an address is what comes next to be held against it.
        origin=mine.origin if theirs.origin == base.origin else theirs.origin,
    )
    return Merge(merged, tuple(collisions))


def _pick(base: _Value, mine: _Value, theirs: _Value, prefer: Side) -> tuple[_Value, bool]:
    """What a three-way comparison leaves, and whether both changed it differently."""
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    return (mine if prefer == "mine" else theirs), True


def _row(
    base: Row | None, mine: Row | None, theirs: Row | None, prefer: Side, collisions: list[Collision]
) -> Row | None:
    if mine is None or theirs is None:
        there = mine or theirs
        if there is None or base is None:
            return there
        if there.cells == base.cells:
            return None
        collisions.append(_deleted(there, by_me=mine is None))
        return there
    if mine.cells in (theirs.cells, base.cells if base else theirs.cells):
        # Whole, with what is to be told of it.
        return theirs
    cells: dict[str, str] = {}
    old: Mapping[str, str] = base.cells if base else {}
    for name in dict.fromkeys((*COLUMNS, *theirs.cells, *mine.cells)):
        own, other = mine.cells.get(name, ""), theirs.cells.get(name, "")
        cells[name], collides = _pick(old.get(name, ""), own, other, prefer)
        if collides:
            collisions.append(Collision(_title(theirs), name, own, other))
    return Row(theirs.line, {name: cell for name, cell in cells.items() if cell}, theirs.key)


def _reviews(base: Draft, mine: Draft, theirs: Draft, prefer: Side) -> tuple[Review, ...]:
    """The articles of both, each with what both did with its proposals; one that either dropped is gone."""
    before, ours, others = ({one.key: one for one in draft.reviews} for draft in (base, mine, theirs))
    found = []
    for key in [*others, *(key for key in ours if key not in others)]:
        if key in ours and key in others:
            found.append(_review(before.get(key), ours[key], others[key], prefer))
        elif key not in before:
            found.append(ours.get(key) or others[key])
    return tuple(found)


def _review(base: Review | None, mine: Review, theirs: Review, prefer: Side) -> Review:
    if mine == theirs:
        return theirs
    before, ours, others = (
        {one.key: one for one in review.proposals} if review else {} for review in (base, mine, theirs)
    )
    proposals = tuple(
        _pick(before.get(key, other), ours.get(key, other), other, prefer)[0] for key, other in others.items()
    ) + tuple(one for key, one in ours.items() if key not in others and key not in before)
    was, own, other = (replace(review or theirs, proposals=()) for review in (base, mine, theirs))
    return replace(_pick(was, own, other, prefer)[0], proposals=proposals)


def _deleted(row: Row, *, by_me: bool) -> Collision:
    changed, gone = "changed; kept", "deleted"
    return Collision(_title(row), "the row", gone if by_me else changed, changed if by_me else gone)


def _title(row: Row) -> str:
    return row.cells.get("title") or row.cells.get("event") or f"line {row.line}"


def _place(found: Any) -> str:
    return found.place.name if found.place else "not on the map"


def _with_own_ids(base: Draft, mine: Draft, theirs: Draft) -> Draft:
    """My draft with other ids for my new events whose ids they gave to new events of their own, in other rows."""
    old = _rows_of(base)
    ours, others = _rows_of(mine), _rows_of(theirs)
    same = [event for event, keys in ours.items() if event not in old and not keys & others.get(event, keys)]
    if not same:
        return mine
    taken = {*old, *ours, *others}
    ids: dict[str, str] = {}
    for event in same:
        ids[event] = free_id(event, taken)
        taken.add(ids[event])
    rows = tuple(
        replace(row, cells={**row.cells, "event": ids[event]}) if (event := row.cells.get("event", "")) in ids else row
        for row in mine.rows
    )
    return replace(mine, rows=rows)


def _rows_of(draft: Draft) -> dict[str, set[int]]:
    """Event id -> the keys of the rows that name it."""
    found: dict[str, set[int]] = {}
    for row in draft.rows:
        if event := row.cells.get("event"):
            found.setdefault(event, set()).add(row.key)
    return found


def _with_own_lines(rows: list[Row]) -> list[Row]:
    """Both may have added a row to the same line: the later one gets the next that is free."""
    used: set[int] = set()
    last = max((row.line for row in rows), default=1)
    result = []
    for row in rows:
        # Several rows of a file may share a line; what a person added has one of its own.
        if row.line in used and row.key >= ADDED:
            last += 1
            row = replace(row, line=last)
        used.add(row.line)
        result.append(row)
    return result
