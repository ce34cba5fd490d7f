"""Stories as files: what the page shows, in any format of an export.

/stories/japan-visit-2025.geojson?who=Pete+Hegseth&as_of=2025-10-23
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from story.export import EXPORTS, MIMES
from story.export.atom import export_atom
from view.serve.feeds.stories import OPEN, AskedBadlyError, Kept, guarded, kept_at, left_of, query_of

LARGEST_KEPT = 4_000_000
"""Bytes of one answer that is kept for the next who asks for the same."""


async def story_file(request: Request) -> Response:
    """`/stories/NAME.FORMAT`: 304 for who has it already, 400 and 404 say why."""
    return await run_in_threadpool(guarded, _file, request)


def _file(request: Request) -> Response:
    name, dot, ending = request.path_params["file"].rpartition(".")
    if not dot or ending not in EXPORTS:
        raise AskedBadlyError(404, f"“{ending[:20]}” is no format. Use one of {', '.join(EXPORTS)}.")
    kept = kept_at(name)
    query = query_of(request)
    word = hashlib.sha256(f"{kept.state}\n{ending}\n{query}".encode()).hexdigest()[:32]
    headers = {
        "ETag": f'"{word}"',
        "Last-Modified": format_datetime(kept.when, usegmt=True),
        "Cache-Control": "public, max-age=60",
        **OPEN,
    }
    if _has_it(request, word, kept.when):
        return Response(status_code=304, headers=headers)
    raw = _written(kept, ending, query, f"{str(request.base_url).rstrip('/')}/?story={kept.name}")
    kind = MIMES[ending] + ("; charset=utf-8" if ending not in ("xlsx", "png", "pdf") else "")
    disposition = {"Content-Disposition": f'inline; filename="{kept.name[:60]}.{ending}"'}
    return Response(b"" if request.method == "HEAD" else raw, media_type=kind, headers=headers | disposition)


def _has_it(request: Request, word: str, when: datetime) -> bool:
    """Whether whoever asks has the very same already; a word for it counts more than a time."""
    if given := request.headers.get("if-none-match"):
        return any(one.strip().removeprefix("W/").strip('"') in (word, "*") for one in given.split(","))
    since = request.headers.get("if-modified-since", "")
    return bool(since) and since == format_datetime(when, usegmt=True)


def _written(kept: Kept, ending: str, query: str, link: str) -> bytes:
    found = _remembered(kept.state, ending, query, link if ending == "atom" else "")
    if not found:
        found.append(_write(kept, ending, query, link))
        if len(found[0]) > LARGEST_KEPT:
            return found.pop()
    return found[0]


@lru_cache(maxsize=64)
def _remembered(_state: str, _ending: str, _query: str, _link: str) -> list[bytes]:
    """The answers of late: one list each, empty until it is written. A feed has links to the server as it was asked."""
    return []


def _write(kept: Kept, ending: str, query: str, link: str) -> bytes:
    story, events, asked = left_of(kept, query)
    if ending == "atom":
        return export_atom(story, events, asked.as_of, link).encode("utf-8", "replace")
    made = EXPORTS[ending](story, events, asked, kept.revision)
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")
