"""geopy's own way of fetching, with limits: how much and how long an answer may be, and where it may send us."""

from __future__ import annotations

import time
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener, getproxies

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

MOST_BYTES = 2_000_000


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only within the host that was asked: the question is nobody else's business."""

    max_redirections = 4

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if old.hostname != new.hostname or (old.scheme == "https" and new.scheme != "https"):
            raise HTTPError(req.full_url, code, f"redirected to another host, {new.hostname}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class LimitedAdapter(URLLibAdapter):  # type: ignore[misc]
    """Reads at most MOST_BYTES of an answer, within the timeout as a whole; follows redirects within one host.

    For one request at a time.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        handlers = [
            HTTPSHandler(context=ssl_context),
            ProxyHandler(getproxies() if proxies is None else proxies),
            _SameHost(),
        ]
        self.urlopen = build_opener(*handlers).open
        self._until = 0.0

    def get_text(self, url: str, *, timeout: float, headers: Any) -> str:
        self._until = time.monotonic() + timeout  # a socket's own timeout starts anew with every byte
        return str(super().get_text(url, timeout=timeout, headers=headers))

    def _decode_page(self, page: Any) -> str:
        body = b""
        try:
            while chunk := page.read1(65536):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise GeocoderParseError(f"the answer is longer than {MOST_BYTES} bytes")
                if time.monotonic() > self._until:
                    raise TimeoutError
        except TimeoutError:
            raise GeocoderTimedOut("the answer did not end in time") from None
        except (OSError, HTTPException) as error:
            raise GeocoderServiceError("the answer broke off") from error
        try:
            return str(body, encoding=page.headers.get_content_charset() or "utf-8")
        except (ValueError, LookupError) as error:
            raise GeocoderParseError("the answer is in an unreadable encoding") from error
