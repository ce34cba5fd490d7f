"""The frame in which a picture or a video of another server is shown, once a reader has asked for it.

The page itself may load nothing from elsewhere. The frame may, from the one server that its address names, and no
script runs in it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from story.model.fields import read_link
from view.draw.html import render

KINDS = ("picture", "video")
_LONGEST_ALT = 1_000


def policy(link: str) -> str:
    """The Content-Security-Policy of the frame for a link: its server alone, and nothing that runs."""
    parts = urlsplit(link)
    server = f"{parts.scheme}://{parts.netloc}"
    return "; ".join(
        [
            "default-src 'none'",
            f"img-src {server}",
            f"media-src {server}",
            "style-src 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "sandbox",
        ]
    )


async def frame(request: Request) -> Response:
    """Answers with the frame for a link; refuses what is no web address, and whoever opens it as a page of its own."""
    given = request.query_params
    link, kind = read_link(given.get("link", "")), given.get("kind", "picture")
    if not link or kind not in KINDS:
        return PlainTextResponse("This is no picture or video that can be shown.\n", 400)
    if request.headers.get("sec-fetch-dest", "iframe") != "iframe":
        return PlainTextResponse("This is shown inside a story only.\n", 403)
    page = render("medium", kind=kind, link=link, alt=given.get("alt", "")[:_LONGEST_ALT])
    return HTMLResponse(page, headers={"Content-Security-Policy": policy(link), "Cache-Control": "no-store"})
