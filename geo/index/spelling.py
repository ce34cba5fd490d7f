"""Names spelt alike, through the halves of a name: a name with one or two slips mostly keeps its first or second half.

The index holds every spelling forwards and backwards, so each half is one range of it; what lies there is ranked by
edit distance (rapidfuzz), in which two swapped letters are one slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_ROWS = 1500
"""Spellings looked at in each half."""


def neighbours(ask: Callable[[str, tuple[object, ...]], list[tuple[Any, ...]]], key: str) -> Iterator[str]:
    """Spellings that share a half with the key and are about as long; `ask` gives the rows of a query."""
    half = max(2, (len(key) + 1) // 2)
    slack = slips(key)
    for table, text, turn in (("spelling", key, 1), ("backward", key[::-1], -1)):
        start = text[:half]
        rows = ask(
            f"select key from {table} where key >= ? and key < ? and length(key) between ? and ? limit ?",
            (start, start + "\U0010ffff", len(key) - slack, len(key) + slack, MOST_ROWS),
        )
        for (found,) in rows:
            yield found[::turn]


def slips(key: str) -> int:
    """How many wrong letters are still taken for a misspelling of a name of this length."""
    return 0 if len(key) < 4 else 1 if len(key) < 6 else 2 if len(key) < 13 else 3


def rank(key: str, keys: Iterable[str], most: int) -> list[tuple[str, float]]:
    """The keys within `slips`, fewest slips first, with their likeness (1 - slips / length)."""
    distinct = sorted(set(keys))
    near = process.extract(key, distinct, scorer=OSA.distance, score_cutoff=slips(key), limit=most)
    return [(found, 1.0 - distance / max(len(key), len(found))) for found, distance, _ in near]
