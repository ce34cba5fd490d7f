"""A live story and a later reading of its address: what the table says now, with what people have changed here.

A row of the later reading is the row of the last one that it most likely is, and keeps its key: so a title or a day
that was corrected at the source is a change of an event, and no new one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from story.draft import Draft
from story.draft.difference import Changes, compare
from story.draft.edits import editable
from story.draft.merge import Collision, merge
from story.draft.origin import Origin
from story.exc import StoryFormatError
from story.model.columns import Row

_TELLING = ("title", "place", "when", "summary", "url", "latitude", "longitude")
"""By these columns a row that was changed is known again."""
_COMMON = 50
"""What so many rows say tells none of them from another."""


@dataclass(frozen=True, slots=True)
class Reread:
    """The story after a later reading, what that changed, and where people had changed the same: theirs stands."""

    draft: Draft
    changes: Changes
    kept: tuple[Collision, ...]


def bound(draft: Draft, origin: Origin) -> Draft:
    """A draft that was just read from an address, which it follows from now on."""
    return replace(draft, origin=replace(origin, rows=draft.rows, head=draft.head))


def reread(now: Draft, later: Draft) -> Reread:
    """The story `now`, which follows an address, with what was read there `later` (a `bound` draft of its own).

    Names that were placed stay where they are. Raises StoryFormatError for a reading without rows, which is no better
    than none.
    """
    assert now.origin is not None
    assert later.origin is not None
    if not later.rows:
        raise StoryFormatError("Its table has no rows any more. The last reading that had some is kept.")
    named = bool(later.origin.matching.columns("event"))
    rows = _known_again(now.origin.rows, later.rows, {row.key for row in now.rows}, named=named)
    ids = {} if named else {row.key: row.cells.get("event", "") for row in now.rows}
    before = replace(now, rows=_with_ids(now.origin.rows, ids), head=now.origin.head)
    theirs = replace(
        now, rows=_with_ids(rows, ids), head=later.head,
        names={**later.names, **now.names}, around={**later.around, **now.around},
        file=later.file, headers=later.headers, problems=later.problems, lost=later.lost, opened=later.opened,
        origin=replace(later.origin, rows=rows, head=later.head),
    )  # fmt: skip
    both = merge(before, now, theirs)
    draft = editable(both.draft)
    return Reread(draft, compare(now, draft), both.collisions)


def _with_ids(rows: Sequence[Row], ids: Mapping[int, str]) -> tuple[Row, ...]:
    """The rows with the ids of their events as they are here: those of a table that gives none are made of its words,
    which may change."""
    return tuple(replace(row, cells={**row.cells, "event": ids[row.key]}) if ids.get(row.key) else row for row in rows)


def _known_again(last: Sequence[Row], later: Sequence[Row], used: set[int], *, named: bool) -> tuple[Row, ...]:
    """The later rows, each with the key of the row that it was; new ones with keys that nobody has `used`.

    Where the table says itself which event a row is of (`named`), a row of another event is another row.
    """
    keys: dict[int, int] = {}
    left = {row.key: row for row in last}
    for pairs in (_same(_whole), _same(_report), _same(_event), *([] if named else [_alike(last)])):
        for at, key in pairs([*left.values()], {at: row for at, row in enumerate(later) if at not in keys}):
            keys[at] = key
            del left[key]
    if not named:
        keys |= _in_place(last, later, keys)
    taken = {*used, *(row.key for row in last)}
    rows = []
    for at, row in enumerate(later):
        key = keys.get(at) or _new_key(row, taken)
        taken.add(key)
        rows.append(Row(row.line, row.cells, key, replace(row.fault, row=key) if row.fault else None))
    return tuple(rows)


def _new_key(row: Row, taken: Collection[int]) -> int:
    """A key for a row that was not there before: made of what it says, so that no other row ever had it, and that two
    who read the same give it the same one."""
    said = json.dumps(sorted(row.cells.items())).encode()
    for again in count():
        key = int.from_bytes(hashlib.sha256(said + str(again).encode()).digest()[:6], "big")
        if key and key not in taken:
            return key
    raise AssertionError("numbers do not end")


Pairs = Callable[[Sequence[Row], Mapping[int, Row]], Iterator[tuple[int, int]]]
"""Rows of the last reading, and of the later one by their number: the number and the key of those that are the same."""


def _whole(row: Row) -> Hashable:
    return frozenset(row.cells.items())


def _report(row: Row) -> Hashable:
    named = tuple(row.cells.get(name, "") for name in ("event", "reported", "source"))
    return named if named[0] else None


def _event(row: Row) -> Hashable:
    return row.cells.get("event") or None


def _same(told: Callable[[Row], Hashable]) -> Pairs:
    """Pairs rows of which the same is told, in their order."""

    def pairs(last: Sequence[Row], later: Mapping[int, Row]) -> Iterator[tuple[int, int]]:
        known: dict[Hashable, list[int]] = defaultdict(list)
        for row in reversed(last):
            if (word := told(row)) is not None:
                known[word].append(row.key)
        for at, row in later.items():
            if some := known.get(told(row)):
                yield at, some.pop()

    return pairs


def _alike(every: Sequence[Row]) -> Pairs:
    """Pairs rows that say at least half the same, of what tells a row from `every` other; those most alike first."""
    times = Counter(cell for row in every for cell in _tells(row))

    def pairs(last: Sequence[Row], later: Mapping[int, Row]) -> Iterator[tuple[int, int]]:
        telling: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in last:
            for cell in _tells(row):
                if times[cell] <= _COMMON:
                    telling[cell].append(row.key)
        found = []
        for at, row in later.items():
            cells = _tells(row)
            shared = Counter(key for cell in cells for key in telling.get(cell, ()))
            found += [(-count, at, key) for key, count in shared.items() if 2 * count >= len(cells)]
        there: set[int] = set()
        taken: set[int] = set()
        for _, at, key in sorted(found):
            if at not in there and key not in taken:
                there.add(at)
                taken.add(key)
                yield at, key

    return pairs


def _in_place(last: Sequence[Row], later: Sequence[Row], keys: Mapping[int, int]) -> dict[int, int]:
    """Pairs rows that stand behind the same row as before, and say at least half the same: what tells a row from others
    may be what was changed. The numbers of the later ones, with the keys of the last ones."""
    at_key = {row.key: at for at, row in enumerate(last)}
    known = set(keys.values())
    found: dict[int, int] = {}
    before: int | None = -1
    for at, row in enumerate(later):
        key = keys.get(at)
        if key is None and before is not None and before + 1 < len(last):
            there, cells = last[before + 1], _tells(row)
            if there.key not in known and 2 * len({*cells} & {*_tells(there)}) >= len(cells) > 0:
                key = found[at] = there.key
        before = at_key[key] if key is not None else None
    return found


def _tells(row: Row) -> list[tuple[str, str]]:
    return [(name, row.cells[name]) for name in _TELLING if row.cells.get(name)]
