"""Events as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from story.model import Event, Status
from story.wording import say_span

_STATUS: dict[Status, str] = {
    "happened": "CONFIRMED",
    "scheduled": "CONFIRMED",
    "expected": "TENTATIVE",
    "possible": "TENTATIVE",
    "cancelled": "CANCELLED",
}
_LINE_OCTETS = 75


def export_ics(events: Iterable[Event]) -> str:
    """The dated events as a calendar, whole days unless a report gives a time; those that are not dated are left out.

    A calendar knows no "one day among these": such an event takes up all its days, is tentative and says so in its
    title. One with an open end has only its known day.
    """
    parts = [_folded(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN", "CALSCALE:GREGORIAN"])]
    parts += [_folded(_lines(event)) for event in events if event.span.earliest or event.span.latest]
    parts.append(_folded(["END:VCALENDAR"]))
    return "".join(parts)


def _folded(lines: Iterable[str]) -> str:
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _lines(event: Event) -> Iterator[str]:
    span, latest = event.span, event.latest
    vague = span.earliest != span.latest and not (span.lasts and span.earliest and span.latest)
    vague = vague or span.uncertain or span.approximate
    status = _STATUS[event.status]
    words = say_span(span)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.id)}@dateline"
    yield f"DTSTAMP:{latest.reported or date(1970, 1, 1):%Y%m%d}T000000Z"
    yield from _days(event)
    yield f"SUMMARY:{_text(f'{event.title} ({words})' if vague else event.title)}"
    yield f"STATUS:{'TENTATIVE' if vague and status == 'CONFIRMED' else status}"
    yield "TRANSP:TRANSPARENT"
    if event.toponym:
        yield f"LOCATION:{_text(event.toponym)}"
    if event.place:
        yield f"GEO:{event.place.latitude:.6f};{event.place.longitude:.6f}"
    about = (event.summary, f"{words}, {event.status}", "; ".join(event.who), latest.source, latest.note)
    yield f"DESCRIPTION:{_text(chr(10).join(filter(None, about)))}"
    if latest.url:
        yield f"URL:{latest.url}"
    yield "END:VEVENT"


def _days(event: Event) -> Iterator[str]:
    span = event.span
    if span.at:
        yield f"DTSTART:{_moment(span.at)}"
        if span.until:
            yield f"DTEND:{_moment(span.until)}"
        return
    first = span.earliest or span.latest
    last = span.latest or span.earliest
    assert first is not None
    assert last is not None
    yield f"DTSTART;VALUE=DATE:{_compact(first)}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_compact(last + timedelta(days=1))}"


def _moment(at: datetime) -> str:
    """The time in UTC, or a floating one where its zone is not known."""
    if at.tzinfo is None:
        return f"{_compact(at)}T{at:%H%M%S}"
    utc = at.astimezone(UTC)
    return f"{_compact(utc)}T{utc:%H%M%S}Z"


def _compact(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def _text(text: str) -> str:
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, escaped)
    return text


def _fold(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which splits a character."""
    if len(line.encode("utf-8")) <= _LINE_OCTETS:
        return line
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > _LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += octets
    return "\r\n".join([*pieces, piece])
