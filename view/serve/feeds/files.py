"""Stories as files: what the page shows, in any format of an export.

/stories/japan-visit-2025.geojson?who=Pete+Hegseth&as_of=2025-10-23
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from story.export import EXPORTS, MIMES
from story.export.atom import export_atom
from view.serve.feeds.kept import Answers
from view.serve.feeds.stories import OPEN, AskedBadlyError, Kept, guarded, kept_at, left_of, query_of

MOST_KEPT = 64_000_000
"""Bytes of answers that are kept for the next who asks for the same."""
_ANSWERS = Answers(MOST_KEPT)
_ROOT = Path(__file__).resolve().parents[3]


async def story_file(request: Request) -> Response:
    """`/stories/NAME.FORMAT`: 304 for who has it already, 400 and 404 say why."""
    return await run_in_threadpool(guarded, _file, request)


def _file(request: Request) -> Response:
    name, dot, ending = request.path_params["file"].rpartition(".")
    if not dot or ending not in EXPORTS:
        raise AskedBadlyError(404, f"“{ending[:20]}” is no format. Use one of {', '.join(EXPORTS)}.")
    kept = kept_at(name)
    query = query_of(request)
    # A feed has links to the server as it was asked for.
    link = f"{str(request.base_url).rstrip('/')}/?story={kept.name}" if ending == "atom" else ""
    said = "\n".join((_release(), kept.state, ending, query, link))
    word = hashlib.sha256(said.encode()).hexdigest()[:32]
    headers = {
        "ETag": f'"{word}"',
        "Last-Modified": format_datetime(kept.when, usegmt=True),
        "Cache-Control": "public, max-age=60",
        **OPEN,
    }
    if _has_it(request, word, kept.when):
        return Response(status_code=304, headers=headers)
    raw = _ANSWERS.get(word, lambda: _write(kept, ending, query, link))
    kind = MIMES[ending] + ("; charset=utf-8" if ending not in ("xlsx", "png") else "")
    disposition = {"Content-Disposition": f'inline; filename="{kept.name[:60]}.{ending}"'}
    return Response(b"" if request.method == "HEAD" else raw, media_type=kind, headers=headers | disposition)


def _has_it(request: Request, word: str, when: datetime) -> bool:
    """Whether whoever asks has the very same already; a word for it counts more than a time."""
    if given := request.headers.get("if-none-match"):
        return any(one.strip().removeprefix("W/").strip('"') in (word, "*") for one in given.split(","))
    since = request.headers.get("if-modified-since", "")
    return bool(since) and since == format_datetime(when, usegmt=True)


@cache
def _release() -> str:
    """What tells this release of Dateline from any other, which may write the same story otherwise."""
    said = hashlib.sha256()
    for folder in ("geo", "story", "view"):
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".svg"):
                said.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes())
    return said.hexdigest()


def _write(kept: Kept, ending: str, query: str, link: str) -> bytes:
    story, events, asked = left_of(kept, query)
    made = export_atom(story, events, asked.as_of, link) if ending == "atom" else EXPORTS[ending](story, events, asked)
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")
