"""Stories as files: what the page shows, in any format of an export.

/stories/japan-visit-2025.geojson?who=Pete+Hegseth&as_of=2025-10-23
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from story.export import EXPORTS, MIMES
from story.export.atom import export_atom
from story.export.dashboard import policy
from view.serve.feeds.kept import answer
from view.serve.feeds.revisions import edited
from view.serve.feeds.stories import AskedBadlyError, Kept, guarded, kept_at, left_of, query_of, site_of


async def story_file(request: Request) -> Response:
    """`/stories/NAME.FORMAT`: 304 for who has it already, 400 and 404 say why."""
    return await run_in_threadpool(guarded, _file, request)


def _file(request: Request) -> Response:
    name, dot, ending = request.path_params["file"].rpartition(".")
    if not dot or ending not in EXPORTS:
        raise AskedBadlyError(404, f"“{ending[:20]}” is no format. Use one of {', '.join(EXPORTS)}.")
    kept, query = kept_at(name), query_of(request)
    # A feed has links to the server as it was asked for.
    link = f"{site_of(request)}/?story={kept.name}" if ending == "atom" else ""
    kind = MIMES[ending] + ("; charset=utf-8" if ending not in ("xlsx", "png", "pdf") else "")
    headers = {"Content-Type": kind, "Content-Disposition": f'inline; filename="{kept.name[:60]}.{ending}"'}
    if ending == "html":
        # Its own scripts and styles alone, by their hashes: the page's policy knows none of them.
        headers["Content-Security-Policy"] = policy()
    return answer(request, kept, (ending, query, link), lambda: _write(kept, ending, query, link), headers)


def _write(kept: Kept, ending: str, query: str, link: str) -> bytes:
    story, events, asked = left_of(kept, query)
    if ending == "atom":
        revisions = edited(kept.found) if kept.found else ()
        feed = export_atom(story, events, asked.as_of, link, name=kept.name, revisions=revisions)
        return feed.encode("utf-8", "replace")
    made = EXPORTS[ending](story, events, asked, kept.found.number if kept.found else 0)
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")
