"""A web site on this machine for the tests of what is fetched from an address: its pages can change while it runs."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from story.opening.fetching import Address


@dataclass
class Site:
    """`pages` is what stands where; `asked` notes each path with the status that it was answered with."""

    url: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Path -> what is said of it beside its ETag."""
    refused: dict[str, int] = field(default_factory=dict)
    """Path -> the status that it is refused with, for now."""
    held: dict[str, threading.Event] = field(default_factory=dict)
    """Path -> what an answer waits for."""
    etags: bool = True
    asked: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def site() -> Iterator[Site]:
    """A site of one's own until the block is left."""
    own = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            if path in own.held:
                own.held[path].wait(60)
            raw = own.pages.get(path)
            etag = f'"{hashlib.sha256(raw or b"").hexdigest()[:16]}"'
            status = own.refused.get(path, 200 if raw is not None else 404)
            if status == 200 and own.etags and self.headers["If-None-Match"] == etag:
                status = 304
            own.asked.append((path, status))
            self.send_response(status)
            if own.etags:
                self.send_header("ETag", etag)
            for name, value in own.headers.get(path, {}).items():
                self.send_header(name, value)
            body = raw if status == 200 and raw is not None else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    own.url = f"http://localhost:{server.server_port}"
    try:
        yield own
    finally:
        server.shutdown()
        thread.join()


def is_here(address: Address) -> bool:
    """For `fetch(allowed=)`: this machine alone, which no reader may have asked."""
    return address.is_loopback
