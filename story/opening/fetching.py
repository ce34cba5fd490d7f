"""An article from an address that a reader gives: fetched once, and from nowhere but the public web.

The name is looked up here, every address that it has must be public, and the connection goes to the address that was
checked, so that a second look-up cannot lead elsewhere. The same holds for each redirect.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from typing import Literal
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from story.exc import ArticleFormatError

_SECONDS = 10.0
_MOST_BYTES = 5_000_000
_MOST_REDIRECTS = 5
_CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_HEADERS = {"User-Agent": "Dateline", "Accept": "text/html, application/pdf, text/plain;q=0.9, */*;q=0.1"}

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address: its bytes, a name for them as a file, and the address that it was in the end."""

    raw: bytes
    name: str
    url: str


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and of no private net, no host's own and no special use."""
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast


def fetch(url: str, *, allowed: Callable[[Address], bool] = is_public) -> Fetched:
    """What stands at an http or https address: at most 5 MB, within ten seconds. Raises ArticleFormatError."""
    until = monotonic() + _SECONDS
    given = url.strip()
    at = given
    for _ in range(_MOST_REDIRECTS + 1):
        answer, moved = _once(given, at, until, allowed)
        if not moved:
            path = urlsplit(at).path.rpartition("/")[2]
            return Fetched(answer, path or urlsplit(at).hostname or "page", at)
        at = urljoin(at, moved)
    raise ArticleFormatError(f"'{given}' leads from address to address without end. Paste the article's text instead.")


def _once(given: str, at: str, until: float, allowed: Callable[[Address], bool]) -> tuple[bytes, str]:
    """The bytes at an address, or the address that it has moved to."""
    scheme, host, port, path = _parts(given, at)
    address = _checked(given, host, port, allowed)
    left = until - monotonic()
    if left <= 0:
        raise _too_slow(given)
    timeout = urllib3.Timeout(connect=left, read=left)
    pool: urllib3.HTTPConnectionPool
    if scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    name = f"[{host}]" if ":" in host else host
    headers = {**_HEADERS, "Host": name if port == _PORTS[scheme] else f"{name}:{port}"}
    try:
        with (
            pool,
            pool.urlopen(
                "GET", path, headers=headers, redirect=False, retries=False, preload_content=False, decode_content=True
            ) as answer,
        ):
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                return b"", answer.headers["Location"]
            if answer.status != 200:
                raise ArticleFormatError(
                    f"'{given}' answers {answer.status} {answer.reason or ''}".rstrip()
                    + ". Open it in a browser and paste the article's text instead."
                )
            return _body(given, answer, until), ""
    except HTTPError as error:
        if isinstance(error, urllib3.exceptions.TimeoutError):
            raise _too_slow(given) from None
        raise ArticleFormatError(f"'{given}' cannot be reached. Check the address, or paste the text.") from None


def _body(given: str, answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
    raw = b""
    for chunk in answer.stream(_CHUNK):
        raw += chunk
        if len(raw) > _MOST_BYTES:
            most = _MOST_BYTES / 1e6
            raise ArticleFormatError(f"'{given}' has more than {most:,.0f} MB. Paste the article's text instead.")
        if monotonic() > until:
            raise _too_slow(given)
    return raw


def _parts(given: str, at: str) -> tuple[Literal["http", "https"], str, int, str]:
    try:
        parts = urlsplit(at)
        host, port, scheme = parts.hostname or "", parts.port, parts.scheme
    except ValueError:
        raise ArticleFormatError(f"'{given}' is no address. Give one such as https://example.org/news.") from None
    if scheme not in _PORTS or not host or parts.username or parts.password:
        raise ArticleFormatError(f"'{given}' is no web address. Give one such as https://example.org/news.")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return "https" if scheme == "https" else "http", host, port or _PORTS[scheme], path


def _checked(given: str, host: str, port: int, allowed: Callable[[Address], bool]) -> str:
    """An address of a host, all of whose addresses may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ArticleFormatError(f"'{given}': no server is called {host}. Check the address.") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(allowed(ip_address(address)) for address in addresses):
        raise ArticleFormatError(f"'{given}' is not on the public web, and is not asked for. Paste the text instead.")
    return addresses[0]


def _too_slow(given: str) -> ArticleFormatError:
    return ArticleFormatError(
        f"'{given}' did not answer within {_SECONDS:.0f} seconds. Paste the article's text instead."
    )
