"""An address is fetched from the public web alone, within limits, whatever it leads to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, ClassVar

import pytest

from story.exc import ArticleFormatError
from story.opening import fetching
from story.opening.fetching import ARTICLE, fetch, is_public

PAGES = {"/news": (200, {}, b"<p>Hello</p>"), "/big": (200, {}, b"x" * 5_100_000), "/gone": (404, {}, b"")}
MOVED = {"/moved": "/news", "/loop": "/loop", "/inside": "http://inner.example/", "/file": "file:///etc/passwd"}


class Server(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers["Host"])
        if self.path in MOVED:
            self.send_response(302)
            self.send_header("Location", MOVED[self.path])
            self.end_headers()
            return
        status, _, body = PAGES.get(self.path, (404, {}, b""))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


def is_here(address: fetching.Address) -> bool:
    return str(address) in ("127.0.0.1", "::1")


def test_an_address_is_fetched_by_its_name_and_its_redirects_are_followed(site: str) -> None:
    found = fetch(f" {site}/moved ", allowed=is_here)
    assert found.raw == b"<p>Hello</p>"
    assert (found.name, found.url) == ("news", f"{site}/news")
    assert Server.asked[-1].startswith("localhost:")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/big", "more than 5 MB"),
        ("/gone", "answers 404"),
        ("/loop", "without end"),
        ("/inside", "not on the public web"),
        ("/file", "no web address"),
    ],
)
def test_what_is_too_big_gone_endless_or_leads_inside_is_refused(
    site: str, path: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def named(host: str, *how: Any, **more: Any) -> Any:
        return [(2, 1, 6, "", ("10.0.0.1", 80))] if host == "inner.example" else look_up(host, *how, **more)

    monkeypatch.setattr(socket, "getaddrinfo", named)
    with pytest.raises(ArticleFormatError, match=said):
        fetch(site + path, allowed=is_here)


@pytest.mark.parametrize("address", ["/news", "ftp://example.org", "http://", "http://u:p@example.org/", "http://[::1"])
def test_what_is_no_web_address_is_quoted_and_refused(address: str) -> None:
    with pytest.raises(ArticleFormatError, match="address"):
        fetch(address)


def test_an_address_that_is_this_machine_is_not_asked_for(site: str) -> None:
    before = len(Server.asked)
    for host in ("localhost", "127.0.0.1", "0x7f.1", "[::1]", "2130706433"):
        with pytest.raises(ArticleFormatError):
            fetch(f"http://{host}:{site.rpartition(':')[2]}/news")
    assert len(Server.asked) == before


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 0.0.0.0 224.0.0.1 100.64.0.1 ::1 fe80::1 fc00::1"
    " ::ffff:10.0.0.1 ::ffff:127.0.0.1".split(),
)
def test_no_address_of_an_inner_net_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


def test_an_address_of_the_internet_is_public() -> None:
    assert is_public(ip_address("93.184.215.14"))
    assert is_public(ip_address("2606:4700::1111"))


def test_a_server_that_does_not_answer_is_given_up() -> None:
    with pytest.raises(ArticleFormatError, match="did not answer"):
        fetch("http://127.0.0.1:9/", replace(ARTICLE, seconds=0.0), allowed=is_here)
