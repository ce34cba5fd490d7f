"""Answers that are kept for the next who asks for the same, and not sent to who has them already."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from pathlib import Path
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from view.serve.feeds.stories import OPEN, Kept

MOST_KEPT = 64_000_000
"""Bytes of answers that are kept for the next who asks for the same."""
_ROOT = Path(__file__).resolve().parents[3]


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


ANSWERS = Answers(MOST_KEPT)


def answer(
    request: Request, kept: Kept, about: tuple[str, ...], write: Callable[[], bytes], headers: Mapping[str, str]
) -> Response:
    """What `write` gives of a story, `about` telling it from all else of it; 304 for who has the very same already.

    Every server of the same release names the same answer by the same ETag.
    """
    word = hashlib.sha256("\n".join((_release(), kept.state, *about)).encode()).hexdigest()[:32]
    said = {
        "ETag": f'"{word}"',
        "Last-Modified": format_datetime(kept.when, usegmt=True),
        "Cache-Control": "public, max-age=60",
        **OPEN,
    }
    if _has_it(request, word, kept.when):
        return Response(status_code=304, headers=said)
    # To HEAD as well: the server sends its length, and not the body.
    return Response(ANSWERS.get(word, write), headers={**said, **headers})


def _has_it(request: Request, word: str, when: datetime) -> bool:
    """Whether whoever asks has the very same already; a word for it counts more than a time."""
    if given := request.headers.get("if-none-match"):
        return any(one.strip().removeprefix("W/").strip('"') in (word, "*") for one in given.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        # None given, or none that can be read, which is as good as none.
        return False
    # Without a zone it is GMT, as all times of HTTP are.
    return (since if since.tzinfo else since.replace(tzinfo=UTC)) >= when


@cache
def _release() -> str:
    """What tells this release of Dateline from any other, which may write the same story otherwise."""
    said = hashlib.sha256()
    for folder in ("geo", "story", "view"):
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".svg", ".js", ".css"):
                said.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes())
    return said.hexdigest()
