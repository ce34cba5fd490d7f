"""A draft as bytes that are kept, and back: JSON with a version of its own."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from geo.place import Box, Candidate, Place, Resolution
from story.chunks import BETWEEN_ITEMS, portions, read_object, write_object
from story.draft import Draft
from story.draft.origin import Origin
from story.draft.proposals import Proposal, Review
from story.draft.review import doubt_of
from story.exc import StoryFormatError, StoryTooNewError
from story.model import Problem
from story.model.columns import Row
from story.model.metadata import Metadata
from story.tables.columns.matched import Match, Matching
from story.tables.table import ReadAs

FORMAT = 3
"""Goes up by one with every change that an older Dateline could not read.

Format 1 kept what did not count of a name, and which names a person put, in lists of their own beside the names.
Format 2 had no reviews of articles.
"""
WITH_PICTURES = FORMAT + 1
"""The format of a draft that has pictures of its own, which the one before knows nothing of."""
WITH_ORIGIN = LATEST = WITH_PICTURES + 1
"""The format of a draft that follows an address: who knows nothing of that would save it without."""
_SAID = ("file", "line", "field", "value", "message")
"""What is kept of a problem; the row that it is of is the one that it stands in."""
_LONG = {
    "rows": BETWEEN_ITEMS,
    # A place ends so too, before the reason for it.
    "names": re.compile(r'(?<=\}),(?="(?!reason":))'),
    "around": BETWEEN_ITEMS,
    "problems": BETWEEN_ITEMS,
}
"""What a draft may have 100,000 of, and where its items are apart."""
_OPTIONAL = ("unknown", "overruled", "by_hand")
"""What is kept of a resolution only where it says something."""
_OF_ORIGIN = ("digest", "etag", "modified")
_OF_REVIEW = ("key", "title", "text", "source", "url", "keep_text")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(draft: Draft) -> bytes:
    """The draft as UTF-8 JSON; candidates are kept only for the names that are in question.

    It is written in portions: other threads wait for as long as the encoder is about one value.
    """
    return b"".join(text.encode("utf-8", "replace") for text in write_object(_document(draft), _ENCODER))


def loads(raw: bytes) -> Draft:
    """The draft in these bytes. Raises StoryTooNewError for a later format, StoryFormatError for what is no draft."""
    try:
        document = read_object(raw.decode(), _LONG)
        version = int(document["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoryFormatError(f"This is not a saved story: {error}. Restore another revision.") from None
    if version > LATEST:
        raise StoryTooNewError(
            f"This story was saved by a later version of Dateline (format {version}; this one reads up to {LATEST}). "
            "Update Dateline."
        )
    return _draft(document)


def dump_parts(draft: Draft) -> Iterator[bytes]:
    """The whole draft, every candidate too, each part a small JSON object: for another process, not to keep.

    The first has all that is short, the others are portions of what is long, and the last one says that it is whole.
    """
    document = _document(draft, whole=True)
    long = {name: document.pop(name) for name in _LONG}
    yield _part(document)
    for name, given in long.items():
        for portion in given:
            yield _part({name: portion})
    yield _part({"whole": True})


def _part(members: Mapping[str, Any]) -> bytes:
    return _ENCODER.encode(members).encode("utf-8", "surrogatepass")


def load_parts(parts: Iterable[bytes]) -> Draft:
    """The draft that `dump_parts` gave in these parts. Raises StoryFormatError for anything else, or if some lack."""
    document: dict[str, Any] = {"rows": [], "names": {}, "around": [], "problems": []}
    try:
        for part in parts:
            for name, value in json.loads(part).items():
                if name == "names":
                    document[name].update(value)
                elif name in _LONG:
                    document[name].extend(value)
                else:
                    document[name] = value
        if not document.get("whole"):
            raise ValueError("its end is missing")
        return _draft(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoryFormatError(f"The story arrived incomplete: {error}. Open it again.") from None


def _document(draft: Draft, *, whole: bool = False) -> dict[str, Any]:
    """What is kept of a draft, by name; that of the _LONG ones comes in portions. `whole` leaves out nothing."""
    pictures = {name: base64.b64encode(picture).decode() for name, picture in draft.pictures.items()}
    return {
        "format": FORMAT,
        "id": draft.id,
        "head": head_as_json(draft.head),
        "file": draft.file,
        "rows": portions(map(_row, draft.rows)),
        "names": map(
            dict, portions((name, _resolution(name, found, whole=whole)) for name, found in draft.names.items())
        ),
        "around": portions([*point, _place(place)] for point, place in draft.around.items()),
        "headers": dict(draft.headers),
        "problems": portions(_problem(problem) for problem in draft.problems),
        "lost": draft.lost,
        "opened": draft.opened.isoformat() if draft.opened else None,
        "reviews": [review_as_json(review) for review in draft.reviews],
        # An older Dateline would lose them without a word.
        **({"format": WITH_PICTURES, "pictures": pictures} if pictures else {}),
        **({"format": WITH_ORIGIN, "origin": _origin(draft.origin, draft.rows)} if draft.origin else {}),
    }


def _draft(document: Mapping[str, Any]) -> Draft:
    rows = tuple(map(_read_row, document["rows"]))
    return Draft(
        id=document["id"],
        head=head_of(document["head"]),
        file=document["file"],
        rows=rows,
        names={name: _read_resolution(name, found) for name, found in _names(document)},
        around={
            (latitude, longitude): place
            for latitude, longitude, given in document["around"]
            if (place := _read_place(given))
        },
        headers=document["headers"],
        problems=tuple(map(_read_problem, document["problems"])),
        lost=document["lost"],
        # Drafts that were kept before this was noted have none.
        opened=_day(document.get("opened")),
        reviews=tuple(map(review_of_json, document.get("reviews", ()))),
        pictures={name: base64.b64decode(picture) for name, picture in document.get("pictures", {}).items()},
        origin=_read_origin(document.get("origin"), rows),
    )


def _row(row: Row) -> list[Any]:
    return [row.line, row.key, row.cells, *([_problem(row.fault)] if row.fault else [])]


def _read_row(given: Sequence[Any]) -> Row:
    line, key, cells, *fault = given
    return Row(line, cells, key, _read_problem(fault[0], key) if fault else None)


def _origin(origin: Origin, rows: Iterable[Row]) -> dict[str, Any]:
    """What is kept of an origin. A row that nobody has edited since is kept once: here stands its key, with the id of
    its event where that was made later."""
    now = {row.key: row for row in rows}
    return {
        "address": origin.address,
        "read": origin.read.isoformat(),
        **{name: getattr(origin, name) for name in _OF_ORIGIN},
        "matching": matching_as_json(origin.matching),
        "read_as": origin.read_as,
        "head": head_as_json(origin.head),
        "rows": [_row_of_origin(row, now.get(row.key)) for row in origin.rows],
    }


def _read_origin(given: Mapping[str, Any] | None, rows: Iterable[Row]) -> Origin | None:
    if given is None:
        return None
    now = {row.key: row for row in rows}
    return Origin(
        address=given["address"],
        read=datetime.fromisoformat(given["read"]),
        **{name: given[name] for name in _OF_ORIGIN},
        matching=matching_of(given["matching"]),
        read_as=ReadAs(*given["read_as"]),
        rows=tuple(_read_row_of_origin(row, now) for row in given["rows"]),
        head=head_of(given["head"]),
    )


def _row_of_origin(row: Row, now: Row | None) -> Any:
    if now == row:
        return row.key
    if now and now == replace(row, cells={**row.cells, "event": now.cells.get("event", "")}):
        return [row.key, row.cells.get("event", "")]
    return _row(row)


def _read_row_of_origin(given: Any, now: Mapping[int, Row]) -> Row:
    if isinstance(given, int):
        return now[given]
    if len(given) > 2:
        return _read_row(given)
    key, event = given
    others = {name: cell for name, cell in now[key].cells.items() if name != "event"}
    return replace(now[key], cells={"event": event, **others} if event else others)


def matching_as_json(matching: Matching) -> dict[str, Any]:
    """The matching as values that JSON has."""
    return {
        "headers": matching.headers,
        "fields": {field: [match.columns, match.why, match.score] for field, match in matching.fields.items()},
        "day_first": matching.day_first,
        "own": matching.own,
    }


def matching_of(given: Mapping[str, Any]) -> Matching:
    """The matching that `matching_as_json` made this of."""
    fields = {field: Match(tuple(columns), why, score) for field, (columns, why, score) in given["fields"].items()}
    return Matching(tuple(given["headers"]), MappingProxyType(fields), given["day_first"], given["own"])


def head_as_json(head: Metadata) -> dict[str, Any]:
    """What a story says of itself, as values that JSON has."""
    return {**asdict(head), "published": head.published.isoformat() if head.published else None}


def head_of(given: Mapping[str, Any]) -> Metadata:
    """The head that `head_as_json` made this of."""
    return Metadata(
        title=given["title"],
        dateline=given["dateline"],
        published=_day(given["published"]),
        timezone=given["timezone"],
        sources=given["sources"],
        mentioned=tuple(given["mentioned"]),
        notes=tuple(given["notes"]),
        # Heads that were kept before fields had types have none.
        fields=given.get("fields", {}),
        # Stories that were kept before it was asked who travels say nothing of it.
        travellers=given.get("travellers", ""),
        travel=given.get("travel", {}),
    )


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _problem(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in _SAID}


def _read_problem(given: Mapping[str, Any], row: int = 0) -> Problem:
    return Problem(**{name: given[name] for name in _SAID}, row=row)


def _names(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each name with what became of it, as this format keeps it; what format 1 kept beside the names is put into it."""
    if document["format"] > 1:
        yield from document["names"].items()
        return
    by_hand = set(document["by_hand"])
    unknown, overruled = document["unknown"], document.get("overruled", {})
    for name, found in document["names"].items():
        said = {"unknown": unknown.get(name, ""), "overruled": overruled.get(name, "")}
        yield name, {**found, **({"by_hand": True} if name in by_hand else said)}


def _resolution(name: str, found: Resolution, *, whole: bool) -> dict[str, Any]:
    asked = whole or doubt_of(found)
    return {
        **({"toponym": found.toponym} if whole and found.toponym != name else {}),
        "place": _place(found.place),
        "reason": found.reason,
        **{said: value for said in _OPTIONAL if (value := getattr(found, said))},
        **({"candidates": [[_place(c.place), c.penalty, c.reason] for c in found.candidates]} if asked else {}),
        **({"suggests": found.suggests} if found.place is None else {}),
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
    return Resolution(
        found.get("toponym", name),
        _read_place(found["place"]),
        candidates,
        found["reason"],
        suggests=found["suggests"] if "suggests" in found else _asks(found["reason"]),
        **{said: found[said] for said in _OPTIONAL if found.get(said)},
    )


def _asks(reason: str) -> bool:
    """Whether the reason of a story kept before `suggests` was asks if another place is meant."""
    return "did you mean" in reason


def _read_place(given: Mapping[str, Any] | None) -> Place | None:
    if given is None:
        return None
    return Place(**{**given, "box": Box(*given["box"]) if "box" in given else None})


def review_as_json(review: Review) -> dict[str, Any]:
    """A review as values that JSON has."""
    return {
        **{name: getattr(review, name) for name in _OF_REVIEW},
        "published": review.published.isoformat() if review.published else None,
        "proposals": [_proposal(one) for one in review.proposals],
    }


def review_of_json(given: Mapping[str, Any]) -> Review:
    """The review that `review_as_json` made this of."""
    return Review(
        **{name: given[name] for name in _OF_REVIEW},
        published=_day(given["published"]),
        proposals=tuple(map(_read_proposal, given["proposals"])),
    )


def _proposal(one: Proposal) -> dict[str, Any]:
    """A proposal without what it has not."""
    said = {name: getattr(one, name) for name in Proposal.__dataclass_fields__}
    said |= {"at": _place(one.at), "candidates": [_place(place) for place in one.candidates]}
    return {name: value for name, value in said.items() if value not in ("", None, (), {}, [])}


def _read_proposal(given: Mapping[str, Any]) -> Proposal:
    return Proposal(
        **{
            **given,
            "cells": given.get("cells", {}),
            "happening": given.get("happening", ""),
            "spans": {name: (start, end) for name, (start, end) in given.get("spans", {}).items()},
            "doubts": tuple(given.get("doubts", ())),
            "changes": tuple(given.get("changes", ())),
            "at": _read_place(given.get("at")),
            "candidates": tuple(place for one in given.get("candidates", ()) if (place := _read_place(one))),
        }
    )
