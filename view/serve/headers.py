"""What every answer of the server tells the browser to refuse: the security headers."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARIABLE = "DATELINE_FRAME_ANCESTORS"
TILES_HOST = "https://tile.openstreetmap.org"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ANCESTOR = re.compile(r"(?:https?://)?(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?:\d{1,5}|\*))?", re.IGNORECASE)
PLAIN = {
    "X-Content-Type-Options": "nosniff",
    # An address may hold the id by which a story can be changed: it is for this server alone.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def frame_ancestors(named: str) -> str:
    """The sites whose pages may show this one in a frame, as CSP writes them: itself, and those that are named.

    Raises ValueError where DATELINE_FRAME_ANCESTORS holds something that is not a site.
    """
    sites = named.replace(",", " ").split()
    for site in sites:
        if not _ANCESTOR.fullmatch(site):
            raise ValueError(
                f"{VARIABLE} holds '{site[:80]}', which is not a site. Give sites with spaces between them: "
                "https://news.example.org https://*.example.com"
            )
    return " ".join(["'self'", *sites])


def page_policy(ancestors: str) -> str:
    """The Content-Security-Policy of the page: only its own scripts, no others, not even inline ones.

    Streamlit's styles are inline, and the scripts of components (the page's own one) come as blobs.
    """
    return _policy(ancestors, " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *_inline_hashes()]))


def frame_policy(ancestors: str) -> str:
    """The same for the documents of components: streamlit-folium runs the map's script as text."""
    return _policy(ancestors, "'self' 'unsafe-inline' 'unsafe-eval'")


def _policy(ancestors: str, scripts: str) -> str:
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            # The tiles of OpenStreetMap are asked for once a reader switches the online map on.
            f"img-src 'self' data: blob: {TILES_HOST}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        ]
    )


def _inline_hashes() -> list[str]:
    """The scripts that Streamlit's own page has inline, by their hashes."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class SecurityHeaders:
    """ASGI middleware that puts the headers on every answer; paths below `frames` are documents of components, and
    what answers at `media` brings a stricter policy of its own, as does an HTML file below `files`."""

    def __init__(self, app: ASGIApp, ancestors: str, frames: str, media: str, files: str) -> None:
        self.app = app
        self.frames, self.media, self.files, self.ancestors = frames, media, files, ancestors
        self.page, self.frame = page_policy(ancestors), frame_policy(ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in PLAIN.items():
                    headers[name] = value
                own = headers.get("Content-Security-Policy", "")
                if own and path.startswith(self.files):
                    headers["Content-Security-Policy"] = f"{own}; frame-ancestors {self.ancestors}"
                elif path != self.media or not own:
                    headers["Content-Security-Policy"] = self.frame if path.startswith(self.frames) else self.page
            await send(message)

        path = scope.get("path", "")
        await self.app(scope, receive, send_with_headers)
