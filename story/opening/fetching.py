"""What stands at an address that a reader gives: fetched once, and from nowhere but the public web.

The name is looked up here, every address that it has must be public, and the connection goes to the address that was
checked, so that a second look-up cannot lead elsewhere. The same holds for each redirect.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from typing import Literal, NoReturn
from urllib.parse import unquote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from story.exc import ArticleFormatError, StoryError

_MOST_REDIRECTS = 5
_CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_PLAIN_NAME = re.compile(r'\bfilename\s*=\s*(?:"[^"]*"|[^;]*);?', re.IGNORECASE)
"""The name of a file in plain letters, for those who cannot read the whole one (RFC 6266)."""
_PORTS = {"http": 80, "https": 443}

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address is fetched for: what it may be (as HTTP's Accept says it), at most so many bytes and seconds; the
    error where it cannot be had, and what its reader can do instead."""

    accept: str
    bytes: int
    seconds: float
    error: type[StoryError]
    otherwise: str


ARTICLE = Wanted(
    "text/html, application/pdf, text/plain;q=0.9, */*;q=0.1", 5_000_000, 10.0, ArticleFormatError,
    "Open it in a browser and paste the article's text instead.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """By which words a server tells whether something has changed: its ETag and its Last-Modified; "" for none."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address: its bytes, a name for them as a file, and the address that it was in the end.

    `kind` is the media type that its server gives, in lower case; "" for none.
    """

    raw: bytes
    name: str
    url: str
    kind: str = ""
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class _Asking:
    """One fetch on its way: `given` is what messages call its address, `until` is when it is given up."""

    given: str
    wanted: Wanted
    seen: Seen
    until: float
    allowed: Callable[[Address], bool]

    def refuse(self, why: str, otherwise: str = "") -> NoReturn:
        raise self.wanted.error(f"'{self.given}' {why}. {otherwise or self.wanted.otherwise}".rstrip())

    def too_slow(self) -> NoReturn:
        self.refuse(f"did not answer within {self.wanted.seconds:.0f} seconds")

    def headers(self, host: str) -> dict[str, str]:
        known = {"If-None-Match": self.seen.etag, "If-Modified-Since": self.seen.modified}
        asked = {"User-Agent": "Dateline", "Accept": self.wanted.accept, "Host": host}
        return asked | {name: said for name, said in known.items() if said}


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and of no private net, no host's own and no special use."""
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast


def fetch(url: str, wanted: Wanted = ARTICLE, *, allowed: Callable[[Address], bool] = is_public) -> Fetched:
    """What stands at an http or https address. Raises the error of `wanted` for what cannot be had."""
    found = fetch_changed(url, Seen(), wanted, allowed=allowed)
    # Nobody was told what is known already.
    assert found is not None
    return found


def fetch_changed(
    url: str, seen: Seen, wanted: Wanted, *, called: str = "", allowed: Callable[[Address], bool] = is_public
) -> Fetched | None:
    """The same; None where its server says that it is still what was `seen`. Messages say `called` for the address."""
    asking = _Asking(called or url.strip(), wanted, seen, monotonic() + wanted.seconds, allowed)
    at = url.strip()
    for _ in range(_MOST_REDIRECTS + 1):
        found = _once(asking, at)
        if not isinstance(found, str):
            return found
        at = urljoin(at, found)
    return asking.refuse("leads from address to address without end")


def _once(asking: _Asking, at: str) -> Fetched | str | None:
    """What stands at an address, or the address that it has moved to; None where it has not changed."""
    scheme, host, port, path = _parts(asking, at)
    address = _checked(asking, host, port)
    left = asking.until - monotonic()
    if left <= 0:
        asking.too_slow()
    timeout = urllib3.Timeout(connect=left, read=left)
    pool: urllib3.HTTPConnectionPool
    if scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    name = f"[{host}]" if ":" in host else host
    headers = asking.headers(name if port == _PORTS[scheme] else f"{name}:{port}")
    try:
        with (
            pool,
            pool.urlopen(
                "GET", path, headers=headers, redirect=False, retries=False, preload_content=False, decode_content=True
            ) as answer,
        ):
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                return answer.headers["Location"]
            if answer.status == _NOT_MODIFIED and asking.seen != Seen():
                return None
            if answer.status != 200:
                asking.refuse(f"answers {answer.status} {answer.reason or ''}".rstrip())
            return _fetched(_body(asking, answer), at, answer)
    except HTTPError as error:
        if isinstance(error, urllib3.exceptions.TimeoutError):
            asking.too_slow()
        asking.refuse("cannot be reached", f"Check the address. {asking.wanted.otherwise}")


def _body(asking: _Asking, answer: urllib3.BaseHTTPResponse) -> bytes:
    raw = bytearray()
    for chunk in answer.stream(_CHUNK):
        raw += chunk
        if len(raw) > asking.wanted.bytes:
            asking.refuse(f"has more than {asking.wanted.bytes / 1e6:,.0f} MB")
        if monotonic() > asking.until:
            asking.too_slow()
    return bytes(raw)


def _fetched(raw: bytes, at: str, answer: urllib3.BaseHTTPResponse) -> Fetched:
    """The bytes with what their server says of them."""
    said = Message()
    for name in ("Content-Type", "Content-Disposition"):
        if value := answer.headers.get(name):
            said[name] = _PLAIN_NAME.sub("", value) if "filename*" in value.lower() else value
    parts = urlsplit(at)
    # Without folders: it names a file, and no place for one.
    given = re.split(r"[/\\]", said.get_filename("") or "")[-1]
    name = given or unquote(parts.path).rpartition("/")[2] or parts.hostname or "page"
    kind = said.get_content_type() if "Content-Type" in said else ""
    return Fetched(raw, name, at, kind, Seen(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")))


def _parts(asking: _Asking, at: str) -> tuple[Literal["http", "https"], str, int, str]:
    example = "Give one such as https://example.org/news."
    try:
        parts = urlsplit(at)
        host, port, scheme = parts.hostname or "", parts.port, parts.scheme
    except ValueError:
        asking.refuse("is no address", example)
    if scheme not in _PORTS or not host or parts.username or parts.password:
        asking.refuse("is no web address", example)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return "https" if scheme == "https" else "http", host, port or _PORTS[scheme], path


def _checked(asking: _Asking, host: str, port: int) -> str:
    """An address of a host, all of whose addresses may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        asking.refuse(f"cannot be reached: no server is called {host}", "Check the address.")
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(asking.allowed(ip_address(address)) for address in addresses):
        asking.refuse("is not on the public web, and is not asked for")
    return addresses[0]
