"""A draft as bytes that are kept, and back: JSON with a version of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.place import Box, Candidate, Place, Resolution
from story.doubts import doubt_of, is_coarse
from story.draft import Draft
from story.exc import StoryFormatError, StoryTooNewError
from story.head import Head
from story.model import Problem
from story.table import Row

FORMAT = 1
"""Goes up by one with every change that an older Dateline could not read."""
_SAID = ("file", "line", "field", "value", "message")
"""What is kept of a problem; the row that it is of is the one that it stands in."""


def dumps(draft: Draft) -> bytes:
    """The draft as UTF-8 JSON; candidates are kept only for the names that are in question."""
    head = draft.head
    document = {
        "format": FORMAT,
        "id": draft.id,
        "head": {**asdict(head), "published": head.published.isoformat() if head.published else None},
        "file": draft.file,
        "rows": [[row.line, row.key, row.cells, *([_problem(row.fault)] if row.fault else [])] for row in draft.rows],
        "names": {name: _resolution(draft, name, found) for name, found in draft.names.items()},
        "by_hand": sorted(draft.by_hand),
        "unknown": dict(draft.unknown),
        "overruled": dict(draft.overruled),
        "around": [[*point, _place(place)] for point, place in draft.around.items()],
        "headers": dict(draft.headers),
        "problems": [_problem(problem) for problem in draft.problems],
        "lost": draft.lost,
        "opened": draft.opened.isoformat() if draft.opened else None,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def loads(raw: bytes) -> Draft:
    """The draft in these bytes. Raises StoryTooNewError for a later format, StoryFormatError for what is no draft."""
    try:
        document: dict[str, Any] = json.loads(raw)
        version = int(document["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoryFormatError(f"This is no story that was kept here: {error}. Restore another revision.") from None
    if version > FORMAT:
        raise StoryTooNewError(
            f"This story was kept by a later Dateline (format {version}, read here are those up to {FORMAT}). "
            "Update Dateline."
        )
    head = document["head"]
    published = head["published"]
    return Draft(
        id=document["id"],
        head=Head(
            title=head["title"],
            dateline=head["dateline"],
            published=date.fromisoformat(published) if published else None,
            timezone=head["timezone"],
            sources=head["sources"],
            mentioned=tuple(head["mentioned"]),
            notes=tuple(head["notes"]),
        ),
        file=document["file"],
        rows=tuple(
            Row(line, cells, key, _read_problem(fault[0], key) if fault else None)
            for line, key, cells, *fault in document["rows"]
        ),
        names={name: _read_resolution(name, found) for name, found in document["names"].items()},
        by_hand=frozenset(document["by_hand"]),
        unknown=document["unknown"],
        overruled=document.get("overruled", {}),
        around={
            (latitude, longitude): place
            for latitude, longitude, given in document["around"]
            if (place := _read_place(given))
        },
        headers=document["headers"],
        problems=tuple(map(_read_problem, document["problems"])),
        lost=document["lost"],
        # Drafts that were kept before this was noted have none.
        opened=date.fromisoformat(document["opened"]) if document.get("opened") else None,
    )


def _problem(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in _SAID}


def _read_problem(given: Mapping[str, Any], row: int = 0) -> Problem:
    return Problem(**{name: given[name] for name in _SAID}, row=row)


def _resolution(draft: Draft, name: str, found: Resolution) -> dict[str, Any]:
    asked = name not in draft.by_hand and doubt_of(found, coarse=is_coarse(draft, name))
    return {
        "place": _place(found.place),
        "reason": found.reason,
        **({"candidates": [[_place(c.place), c.penalty, c.reason] for c in found.candidates]} if asked else {}),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    """A place without what it has not."""
    return None if place is None else {name: value for name, value in asdict(place).items() if value not in ("", None)}


def _read_resolution(name: str, found: Mapping[str, Any]) -> Resolution:
    candidates = tuple(
        Candidate(place, penalty, reason)
        for given, penalty, reason in found.get("candidates", ())
        if (place := _read_place(given))
    )
    return Resolution(name, _read_place(found["place"]), candidates, found["reason"])


def _read_place(given: Mapping[str, Any] | None) -> Place | None:
    if given is None:
        return None
    return Place(**{**given, "box": Box(*given["box"]) if "box" in given else None})
