"""What the sources of an event say otherwise than one another, in words."""

from __future__ import annotations

from story.model.denial import is_denial
from story.query.sure import Disputed, Sureness, Voice
from story.wording import say_span

_FIELDS: dict[Disputed, str] = {"when": "When", "place": "Where", "status": "Status", "who": "Who"}


def disputed(sure: Sureness, year: int) -> list[tuple[str, list[str]]]:
    """A row a field that sources disagree on: its name, and what each of them says of it."""
    return [(_FIELDS[field], [_said(voice, field, year) for voice in sure.voices]) for field in sure.disputed]


def _said(voice: Voice, field: Disputed, year: int) -> str:
    report = voice.report
    if field == "when":
        return say_span(report.span, year)
    if field == "place":
        return voice.place.name if voice.place else report.place
    if field == "who":
        return ", ".join(report.who)
    return "denied" if is_denial(report) else report.status
