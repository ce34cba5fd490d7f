"""How much memory a story that is worked on takes, with all that can be undone: an estimate, made in a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from sys import getsizeof
from typing import Any

from story.draft import Draft
from story.draft.undo import Edits
from story.model.columns import Row

_SAMPLE = 100
_POINTER = 8
_PLACE = 700
"""Bytes of a place with its strings, and of each candidate of a name."""
_PROPOSAL = 3_000
"""Bytes of a draft of a report, with the words that it rests on."""


def weight(edits: Edits) -> int:
    """Bytes, to about a third: every draft of the history shares with the one before it all that is the same."""
    past = [step.draft for step in edits.past]
    drafts = [*past, edits.now, *(step.draft for step in reversed(edits.future))]
    return _whole(drafts[0]) + sum(_apart(one, other) for one, other in pairwise(drafts))


def _whole(draft: Draft) -> int:
    names = _per(list(islice(draft.names.values(), _SAMPLE)), lambda found: _PLACE * (1 + len(found.candidates)))
    return (
        _rows(draft.rows)
        + int(names * len(draft.names))
        + _PLACE * len(draft.around)
        + sum(getsizeof(review.text) + _PROPOSAL * len(review.proposals) for review in draft.reviews)
        + sum(getsizeof(part) for part in (draft.names, draft.around))
    )


def _apart(one: Draft, other: Draft) -> int:
    """What `other` takes beside `one`."""
    size = 1_000
    if other.rows is not one.rows:
        spots = _spots(min(len(one.rows), len(other.rows)))
        changed = sum(one.rows[at] is not other.rows[at] for at in spots) / (len(spots) or 1)
        size += _POINTER * len(other.rows) + int(changed * _rows(other.rows))
    mappings: tuple[tuple[Mapping[Any, Any], Mapping[Any, Any]], ...] = (
        (one.names, other.names),
        (one.around, other.around),
    )
    return size + sum(getsizeof(new) + _PLACE * abs(len(new) - len(old)) for old, new in mappings if new is not old)


def _rows(rows: Sequence[Row]) -> int:
    return int(_per([rows[at] for at in _spots(len(rows))], _row) * len(rows)) + _POINTER * len(rows)


def _row(row: Row) -> int:
    fault = 600 if row.fault else 0
    return getsizeof(row) + 32 + getsizeof(row.cells) + sum(map(getsizeof, row.cells.values())) + fault


def _spots(count: int) -> list[int]:
    """Up to _SAMPLE positions, spread over all of them."""
    return list(range(0, count, max(1, count // _SAMPLE)))


def _per(some: Sequence[Any], size: Callable[[Any], int]) -> float:
    return float(sum(map(size, some))) / (len(some) or 1)
