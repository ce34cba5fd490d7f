"""What the map's frame may ask the server for by an address of its own: written when it is asked for, and only while
the session that was given the address shows what it is of.
"""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Offer:
    """`write` gives JSON. Who knows the word may have it: it cannot be guessed, and dies with what holds the offer."""

    about: Hashable
    """What it is of, by which a session knows whether it has offered that already."""
    write: Callable[[], bytes]
    word: str = field(default_factory=lambda: secrets.token_urlsafe(18))


_offers: WeakValueDictionary[str, Offer] = WeakValueDictionary()


def offer(about: Hashable, write: Callable[[], bytes], former: Offer | None) -> Offer:
    """The `former` offer where it is of the same, or a new one; there for as long as it is held."""
    if former is not None and former.about == about:
        return former
    made = Offer(about, write)
    _offers[made.word] = made
    return made


async def answer(request: Request) -> Response:
    """What the address of an offer gives; 404 for one that is no more."""
    found = _offers.get(request.path_params["word"])
    if found is None:
        return Response("There is no such offer, or no longer.", 404, media_type="text/plain")
    written = await run_in_threadpool(lambda: gzip.compress(found.write(), 5))
    # It is one reader's own, who asks once: the frame keeps it.
    headers = {"Cache-Control": "no-store", "Content-Encoding": "gzip"}
    return Response(written, media_type="application/json", headers=headers)
