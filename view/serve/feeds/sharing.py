"""What others show of a link to a story: a preview, and a frame inside their own page (oEmbed)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from view.serve.feeds.kept import answer
from view.serve.feeds.stories import (
    OPEN,
    AskedBadlyError,
    Kept,
    guarded,
    kept_at,
    left_of,
    query_of,
    read_query,
    site_of,
)


async def story_link(request: Request) -> Response:
    """`/s/NAME`: leads to the page, with title, description and picture for those who show links."""
    return await run_in_threadpool(guarded, _link, request)


async def oembed(request: Request) -> Response:
    """`/oembed?url=...`: how to show a story inside another page (oEmbed 1.0)."""
    return await run_in_threadpool(guarded, _oembed, request)


def _link(request: Request) -> Response:
    kept, query = kept_at(request.path_params["name"]), query_of(request)
    base = site_of(request)
    # Nothing in it runs: it leads on by itself, and says what it is to those who only show it.
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    return answer(request, kept, ("link", query, base), lambda: _preview(kept, query, base), headers)


def _preview(kept: Kept, query: str, base: str) -> bytes:
    # Whatever draws the page declares components, which only a server that runs can take.
    from view.draw.html import render

    story, events, _ = left_of(kept, query)
    own = query.removeprefix("?")
    there, picture = _page(base, kept.name, own), _picture(base, kept.name, own)
    page = render("link", story=story, count=len(events), there=there, picture=picture, base=base, name=kept.name)
    return str(page).encode("utf-8", "replace")


def _page(base: str, name: str, own: str) -> str:
    """The address of the page of a story, `own` being the parameters of its filter."""
    return f"{base}/?story={name}" + (f"&{own}" if own else "")


def _picture(base: str, name: str, own: str) -> str:
    """The address of the map of the same."""
    return f"{base}/stories/{name}.png" + (f"?{own}" if own else "")


def _oembed(request: Request) -> Response:
    from view.draw.embed import HEIGHT, WIDTH, frame

    given = request.query_params.get("url", "")
    if request.query_params.get("format", "json") != "json":
        raise AskedBadlyError(501, "Only JSON is given: leave format out, or write format=json.")
    parts = urlsplit(given)
    asked = parse_qs(parts.query)
    name = parts.path.rpartition("/s/")[2] or next(iter(asked.get("story", [])), "")
    if not name:
        raise AskedBadlyError(404, f"“{given[:120]}” is no address of a story here. Give one such as /s/NAME.")
    kept = kept_at(name)
    own = read_query({key: values for key, values in asked.items() if key not in ("story", "embed")}).removeprefix("?")
    story, _, _ = left_of(kept, own)
    base = site_of(request)
    width = min(_number(request, "maxwidth", WIDTH), 1_600)
    height = min(_number(request, "maxheight", HEIGHT), 1_200)
    shown = frame(f"{_page(base, kept.name, own)}&embed=true", story.title, width, height)
    return JSONResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": story.title,
            "provider_name": "Dateline",
            "provider_url": f"{base}/",
            "thumbnail_url": _picture(base, kept.name, own),
            "thumbnail_width": 2400,
            "thumbnail_height": 1692,
            "html": str(shown),
            "width": width,
            "height": height,
        },
        headers=OPEN,
    )


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return otherwise
    if not text.isascii() or not text.isdecimal() or not 50 <= int(text[:9]) <= 100_000:
        raise AskedBadlyError(400, f"“{name}={text[:20]}” is no number of pixels.")
    return int(text[:9])
