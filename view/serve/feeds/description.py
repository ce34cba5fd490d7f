"""The description of the feeds for programs (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from story.export import MIMES
from story.model import STATUSES
from story.query.sure import SURE
from view.serve.feeds.stories import OPEN, site_of
from view.state.address import LONGEST

_DATES = r"^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$"
_WHY = {
    400: "What cannot be read, or not be written in this format, each with its reason",
    404: "No such story, event, place or format",
    501: "Another form than JSON",
    503: "The library does not answer at the moment",
}


async def description(request: Request) -> Response:
    """`/openapi.json`"""
    return JSONResponse(openapi(site_of(request)), headers=OPEN)


def openapi(base: str) -> dict[str, Any]:
    """The feeds of the server at an address."""
    feeds = {
        f"/stories/{{name}}.{ending}": _operation(
            f"story_{ending}", f"What the filter leaves of a story, as {ending}", mime, _of_story()
        )
        for ending, mime in MIMES.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": "1", "description": "Stories as files, filtered as on the page."},
        "servers": [{"url": base}],
        "paths": {
            **feeds,
            "/s/{name}": _operation(
                "story_link", "Leads to the page, with what is shown of a link to it", "text/html", _of_story()
            ),
            "/oembed": _operation(
                "oembed", "How to put a story into another page (oEmbed)", "application/json", _of_embedding(), 501
            ),
        },
        "components": {
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "array", "items": {"type": "string"}}},
                }
            }
        },
    }


def _operation(name: str, summary: str, mime: str, parameters: list[dict[str, Any]], *more: int) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refused = {str(code): {"description": _WHY[code], "content": error} for code in (400, 404, 503, *more)}
    # Nothing of oEmbed is kept by the word for it.
    same = {} if more else {"304": {"description": "It has not changed"}}
    answers = {"200": {"description": "What was asked for", "content": {mime: {}}}, **same, **refused}
    return {
        "get": {"summary": summary, "operationId": name, "parameters": parameters, "responses": answers},
    }


def _of_story() -> list[dict[str, Any]]:
    text = {"type": "string", "maxLength": LONGEST}
    day = {"type": "string", "format": "date"}
    return [
        _parameter("name", text, "the id of a shipped story, or a reading link", where="path"),
        _parameter("dates", {"type": "string", "pattern": _DATES}, "A..B, either side open"),
        _parameter("status", {"type": "string", "enum": list(STATUSES)}, "one of the five"),
        _parameter("sure", {"type": "string", "enum": list(SURE)}, "how well its reports carry an event"),
        _parameter("who", text, "somebody in the story"),
        _parameter("as_of", day, "only what was known on that day"),
        _parameter("q", text, "words to search for"),
        _parameter("field", text, "FIELD:VALUE of the story's own fields"),
        _parameter("place", text, "only what is at this place"),
        _parameter("event", text, "only this event"),
    ]


def _of_embedding() -> list[dict[str, Any]]:
    pixels = {"type": "integer", "minimum": 50, "maximum": 100_000}
    return [
        {**_parameter("url", {"type": "string"}, "of a story: /s/NAME, with the page's parameters"), "required": True},
        _parameter("maxwidth", pixels, "in pixels"),
        _parameter("maxheight", pixels, "in pixels"),
        _parameter("format", {"type": "string", "enum": ["json"]}, "JSON is what is given"),
    ]


def _parameter(name: str, schema: Mapping[str, Any], words: str, *, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema, "description": words}
