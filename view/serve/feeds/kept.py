"""Answers that are kept for the next who asks for the same: the latest, up to so many bytes of them together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Answers:
    """What was written, by what it is of; safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._writing: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, about: Hashable, write: Callable[[], bytes]) -> bytes:
        """What is kept of this, or else what `write` gives; who asks meanwhile waits for that rather than write it too.

        What is larger than a quarter of all the room is not kept.
        """
        with self._lock:
            if about in self._kept:
                self._kept.move_to_end(about)
                return self._kept[about]
            writing = self._writing.setdefault(about, Lock())
        with writing:
            with self._lock:
                if about in self._kept:
                    return self._kept[about]
            try:
                raw = write()
                self._keep(about, raw)
            finally:
                with self._lock:
                    self._writing.pop(about, None)
        return raw

    def _keep(self, about: Hashable, raw: bytes) -> None:
        if 4 * len(raw) > self._most:
            return
        with self._lock:
            self._held += len(raw) - len(self._kept.pop(about, b""))
            self._kept[about] = raw
            while self._held > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._held -= len(oldest)
