"""Remembers what was worked out about a value, told apart by identity: hashing 100,000 events is slow."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def memoized(work: Callable[..., _Result], most: int = 6, each: int = 8) -> Callable[..., _Result]:
    """`work` with what it came to for its `most` last subjects remembered, `each` results of every one.

    The first argument is the subject, told by identity; the others are told by value.
    """
    subjects: OrderedDict[int, tuple[Any, OrderedDict[tuple[Any, ...], _Result]]] = OrderedDict()
    lock = Lock()

    def remembered(subject: Any, *rest: Any) -> _Result:
        with lock:
            if (known := subjects.get(id(subject))) and rest in known[1]:
                subjects.move_to_end(id(subject))
                known[1].move_to_end(rest)
                return known[1][rest]
        result = work(subject, *rest)
        with lock:
            # The subject is held too, so that its identity is not given to another object.
            results = subjects.setdefault(id(subject), (subject, OrderedDict()))[1]
            subjects.move_to_end(id(subject))
            results[rest] = result
            while len(results) > each:
                results.popitem(last=False)
            while len(subjects) > most:
                subjects.popitem(last=False)
        return result

    return remembered
