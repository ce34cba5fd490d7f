"""The description of the feeds for programs (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from story.export import MIMES
from story.model import STATUSES
from story.query.sure import SURE
from view.serve.feeds.stories import OPEN
from view.state.address import LONGEST

_DATES = r"^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$"
_WHY = {
    400: "What cannot be read, each with its reason",
    404: "No such story, event, place or format",
    503: "The library does not answer at the moment",
}


async def description(request: Request) -> Response:
    """`/openapi.json`"""
    return JSONResponse(openapi(str(request.base_url).rstrip("/")), headers=OPEN)


def openapi(base: str) -> dict[str, Any]:
    """The feeds of the server at an address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": "1", "description": "Stories as files, filtered as on the page."},
        "servers": [{"url": base}],
        "paths": {f"/stories/{{name}}.{ending}": {"get": _feed(ending, mime)} for ending, mime in MIMES.items()},
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


def _feed(ending: str, mime: str) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    text = {"type": "string", "maxLength": LONGEST}
    day = {"type": "string", "format": "date"}
    return {
        "summary": f"What the filter leaves of a story, as {ending}",
        "operationId": f"story_{ending}",
        "parameters": [
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
        ],
        "responses": {
            "200": {"description": "What the filter leaves", "content": {mime: {}}},
            "304": {"description": "It has not changed"},
            **{str(code): {"description": why, "content": error} for code, why in _WHY.items()},
        },
    }


def _parameter(name: str, schema: Mapping[str, Any], words: str, *, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema, "description": words}
