"""Which host names the page answers to, decided before Streamlit sees a request.

A browser lets a page read whatever its own host name answers, so a stranger can point a name at this machine and read
along (DNS rebinding), or open the page's WebSocket from elsewhere. And Streamlit, asked from an origin that it does not
know, looks up its own address outside, and answers nobody meanwhile.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "DATELINE_HOSTS"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_HOST = re.compile(
    r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)\.?)(?::(?P<port>[0-9]{1,5}))?"
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Host:
    """A host name in lower case, or an IP address without brackets; a port of None is any port, or none named."""

    name: str
    port: int | None = None

    def covers(self, other: Host) -> bool:
        return self.name == other.name and self.port in (None, other.port)


def read_host(text: str) -> Host | None:
    """News.example:8501 -> its name and port; None where it is no host at all."""
    found = _HOST.fullmatch(text.strip().lower())
    if found is None:
        return None
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 65536:
        return None
    return Host(found["six"] or found["name"], port)


@dataclass(frozen=True, slots=True)
class Hosts:
    """What the page answers to: `own` are names of this machine, `named` those of DATELINE_HOSTS."""

    own: tuple[Host, ...]
    named: tuple[Host, ...] = ()

    def cover(self, host: Host) -> bool:
        return any(some.covers(host) for some in (*self.own, *self.named))


def allowed_hosts(named: str, address: str | None) -> Hosts:
    """The names of DATELINE_HOSTS, those of this machine for itself, and the address that the server is bound to.

    Raises ValueError where DATELINE_HOSTS holds something that is not a host name.
    """
    own, hosts = [Host(name) for name in LOOPBACK], []
    for text in filter(None, (part.strip() for part in named.split(","))):
        host = read_host(text) or read_host(f"[{text}]")
        if host is None:
            raise ValueError(
                f"{VARIABLE} holds '{text[:80]}', which is not a host name. Give names with commas between them, "
                "each with a port if it matters: news.example.org,10.0.0.5:8501"
            )
        hosts.append(host)
    bound = (read_host(address) or read_host(f"[{address}]")) if address else None
    if bound is not None and not _is_every_address(bound.name):
        own.append(Host(bound.name))
    elif not hosts:
        _LOG.warning(
            "The server listens on every address of this machine but answers only to localhost. "
            "Set %s to the host names that readers use, for example %s=news.example.org",
            VARIABLE, VARIABLE,
        )  # fmt: skip
    return Hosts(tuple(own), tuple(hosts))


def _is_every_address(name: str) -> bool:
    try:
        return ip_address(name).is_unspecified
    except ValueError:
        return False


class HostGuard:
    """ASGI middleware that refuses a foreign Host with 421 and a foreign Origin with 403.

    Paths in `open_paths` answer to any Host, so that a monitor may ask by IP address. What is at `shared` paths (those
    that end with "/" with all below) is for the pages of any site to read, without a WebSocket.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts, open_paths: Sequence[str] = (), shared: Sequence[str] = ()) -> None:
        self.app = app
        self.hosts = hosts
        self.open_paths = frozenset(open_paths)
        self.shared = frozenset(shared)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None:
            await self.app(scope, receive, send)
            return
        status, why = refused
        _LOG.warning("refused %r: %s", scope["path"], why)
        if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})
            return
        # Vary keeps a cache from handing this answer to a reader who came by the right name.
        await PlainTextResponse(why + "\n", status, {"Cache-Control": "no-store"})(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        given, origins = headers.getlist("host"), headers.getlist("origin")
        host = read_host(given[0]) if len(given) == 1 else None
        named = host is not None and self.hosts.cover(host)
        if not named and scope["path"] not in self.open_paths:
            said = ascii(given[0][:120])[1:-1] if given else ""
            return 421, (
                f"This page does not answer to the host name '{said}'. "
                f"If it should, whoever runs it can add the name to the environment variable {VARIABLE} and restart it."
            )
        if not origins or (scope["type"] == "http" and self._is_shared(scope["path"])):
            return None
        origin = _origin(origins[0]) if len(origins) == 1 else None
        if origin is None or not self._is_own(origin, host if named else None):
            said = ascii(origins[0][:120])[1:-1]
            return 403, (
                f"This page does not take requests from pages of '{said}'. If readers reach it by that address, "
                f"whoever runs it can add its host name to the environment variable {VARIABLE} and restart it."
            )
        if scope["type"] == "websocket":
            # A proxy may have put its own name for this server into Host. With the reader's there, Streamlit sees
            # one origin and has nobody to ask.
            MutableHeaders(scope=scope)["host"] = urlsplit(origins[0]).netloc
        return None

    def _is_shared(self, path: str) -> bool:
        return path in self.shared or f"{path.rpartition('/')[0]}/" in self.shared

    def _is_own(self, origin: Host, host: Host | None) -> bool:
        """Whether an origin is the page's own: the host and port asked for, or one that DATELINE_HOSTS names.

        Another port of this machine is another program's.
        """
        ports = () if host is None else (host.port,) if host.port else tuple(DEFAULT_PORTS.values())
        same = host is not None and host.name == origin.name and origin.port in ports
        return same or any(some.covers(origin) for some in self.hosts.named)


def _origin(text: str) -> Host | None:
    """An Origin header's host, always with its port; None for "null" and for what is no origin."""
    scheme, sign, rest = text.strip().lower().partition("://")
    host = read_host(rest) if sign and scheme in DEFAULT_PORTS else None
    return host and Host(host.name, host.port or DEFAULT_PORTS[scheme])
