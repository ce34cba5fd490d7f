"""What was read of an article as one JSON object, for other programs."""

from __future__ import annotations

from typing import Any

from story.reading.events.draft import DraftReport
from story.reading.read import Reading
from story.reading.values import Timex, Toponym


def as_json(reading: Reading, id_: str) -> dict[str, Any]:
    """`toponyms`, `timexes` and `reports` as docs/reading.md has them; offsets are those of `text[start:end]`.

    The text itself is there only where it is not the file's own: the offsets would count into nothing else.
    """
    article = reading.article
    found: dict[str, Any] = {
        "id": id_,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "source": article.source,
        "toponyms": [_toponym(one) for one in reading.toponyms],
        "timexes": [_timex(one) for one in reading.timexes],
        "reports": [_report(one) for one in reading.reports],
    }
    if reading.problems:
        found["problems"] = list(reading.problems)
    return found


def _toponym(one: Toponym) -> dict[str, Any]:
    place = one.resolution.place if one.resolution else None
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "use": one.use,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "name": place and place.name,
        "kind": place and place.kind,
        "country": place and place.country,
        "approximate": bool(one.resolution and one.resolution.approximate),
    }


def _timex(one: Timex) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "type": one.type,
        "value": one.value,
        "edtf": one.edtf,
    }


def _report(one: DraftReport) -> dict[str, Any]:
    return {
        "event": one.event,
        "title": one.title,
        "who": "; ".join(one.who),
        "place": one.place,
        "latitude": one.at and one.at.latitude,
        "longitude": one.at and one.at.longitude,
        "when": one.when,
        "status": one.status,
        "reported": one.reported and one.reported.isoformat(),
        "source": one.source,
        "note": one.note,
        "doubts": list(one.doubts),
        "spans": {field: list(span) for field, span in one.spans.items()},
    }
