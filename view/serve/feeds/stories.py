"""Which story an address means, and what the page's own parameters leave of it; every fault with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from story.draft import Draft
from story.exc import ExportFormatError, StoryError
from story.model import Event, Story
from story.query.fields import read_filters
from story.query.selection import Filter
from view.state import address as addresses
from view.state import choice as choosing
from view.state.address import Address

if TYPE_CHECKING:
    from view.work.library import Found

OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Last-Modified"}
"""Any page may read what this server hands to anybody."""
METHODS = ("GET", "HEAD", "OPTIONS")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
_NOT_THERE = (
    "There is no story of this name. A saved story is there by its reading link (Copy link), not by the one that may "
    "change it."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A story that is served: `state` is the same on every server for as long as it is, `when` it changed last.

    `read` gives the story itself, which who has an answer already need not have read.
    """

    name: str
    read: Callable[[], Draft]
    state: str
    when: datetime
    found: Found | None = None
    """What the library has of it; None for one that lies on this machine."""


class AskedBadlyError(Exception):
    """A request that cannot be answered: the status, and why, a sentence a fault."""

    def __init__(self, status: int, *why: str) -> None:
        super().__init__(*why)
        self.status, self.why = status, why


def guarded(answer: Callable[[Request], Response], request: Request) -> Response:
    """What `answer` gives; what it refuses, as JSON with the reasons. Browsers ask first (OPTIONS) whether a page of
    another site may say what it has already."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=OPEN | _PREFLIGHT)
    try:
        return answer(request)
    except AskedBadlyError as error:
        return JSONResponse({"error": list(error.why)}, error.status, headers=OPEN)
    except ExportFormatError as error:
        # It would be the same at any other time.
        return JSONResponse({"error": [str(error)]}, 400, headers=OPEN)
    except (StoryError, OSError) as error:
        from view.work import library

        return JSONResponse({"error": [library.say(error)]}, 503, headers=OPEN | {"Retry-After": "5"})


def base_path() -> str:
    """Where the server's own addresses begin, without a "/" at the end: "" but for a server in a folder of a site."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def site_of(request: Request) -> str:
    """The address of the server as it was asked for, without a "/" at the end."""
    return str(request.base_url).rstrip("/") + base_path()


def query_of(request: Request) -> str:
    """The page's parameters of a request in their one form; what cannot be read is refused, each with its reason."""
    return read_query({name: request.query_params.getlist(name) for name in request.query_params})


def read_query(given: Mapping[str, list[str]]) -> str:
    """The same of parameters that are given in any other way."""
    asked, notices = addresses.read(given)
    if notices:
        raise AskedBadlyError(400, *(notice.replace(" was ignored", " cannot be read") for notice in notices))
    return asked.query()


def left_of(kept: Kept, query: str) -> tuple[Story, tuple[Event, ...], Filter]:
    """The story, what the page's parameters leave of its events, and the filter that they are."""
    from view.work import derived

    asked, _ = addresses.read(parse_qs(query.removeprefix("?")))
    story = derived.story(kept.read())
    known = derived.known(story, asked.as_of)
    unknown = [name for name in asked.who if name not in derived.facts(story).travellers]
    fields, ignored = read_filters(asked.fields, story.fields)
    faults = [f"“{name}” is nobody in this story." for name in unknown]
    faults += [f"“field={text[:60]}” cannot be read: write FIELD:VALUE with a field of this story." for text in ignored]
    if faults:
        raise AskedBadlyError(400, *faults)
    wanted = Filter(
        asked.first, asked.last, frozenset(asked.statuses), frozenset(asked.who), asked.q, asked.as_of, fields,
        frozenset(asked.sure),
    )  # fmt: skip
    events = derived.left(story, wanted).selection.events
    return story, _chosen(events, known, asked), wanted


def _chosen(events: tuple[Event, ...], known: tuple[Event, ...], asked: Address) -> tuple[Event, ...]:
    """The one event, or those at the one place, that the parameters choose; all of them where they choose nothing."""
    if asked.event:
        if choosing.find(known, asked.event) is None:
            raise AskedBadlyError(404, f"This story has no event “{asked.event[:80]}” that was known by then.")
        return tuple(event for event in events if event.id == asked.event)
    if asked.place:
        place = choosing.find_place(known, asked.place)
        if place is None:
            raise AskedBadlyError(404, f"This story has no event at “{asked.place[:80]}”.")
        return tuple(event for event in events if event.place is not None and event.place.id == place.id)
    return events


def kept_at(name: str) -> Kept:
    """The story of this name: a shipped one, that of DATELINE_STORY, or one of the library by its reading link."""
    from view.state.story_ref import StoryRef
    from view.work import catalogue, library, live, opening

    ref = StoryRef.parse(name)
    for known, path in catalogue.paths().items():
        if known == ref:
            stamp = opening.stamp_of(path)
            when = datetime.fromtimestamp(int(stamp), UTC)
            return Kept(name, partial(opening.draft_at, path), f"{name} {opening.digest_of(path, stamp)}", when)
    found = library.find(ref) if ref.is_link else None
    if library.trouble():
        raise AskedBadlyError(503, library.trouble())
    if found is None or found.may_change:
        raise AskedBadlyError(404, _NOT_THERE)
    when = found.kept.latest.when.astimezone(UTC).replace(microsecond=0)
    live.keep_up(found.kept.id, found.kept.latest.number)
    read = partial(library.revision, found.kept.id, found.number)
    return Kept(name, read, f"{name} {found.number}", when, found)
