"""Remembers what was worked out about a value, told apart by identity: hashing 100,000 events is slow."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def kept(work: Callable[..., _Result], most: int = 8) -> Callable[..., _Result]:
    """`work` with its `most` last results remembered: the first argument by identity, the others by value."""
    results: OrderedDict[tuple[Any, ...], tuple[Any, _Result]] = OrderedDict()
    lock = Lock()

    def remembered(subject: Any, *rest: Any) -> _Result:
        key = (id(subject), *rest)
        with lock:
            if key in results:
                results.move_to_end(key)
                return results[key][1]
        result = work(subject, *rest)
        with lock:
            # The subject is held too, so that its identity is not given to another object.
            results[key] = (subject, result)
            while len(results) > most:
                results.popitem(last=False)
        return result

    return remembered
