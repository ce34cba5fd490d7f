"""Events as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from story.model import Event, Report, Status, Story
from story.query.sure import SAID_SURE, sure_of
from story.text import clean
from story.wording import say_source, say_span

_STATUS: dict[Status, str] = {
    "happened": "CONFIRMED",
    "scheduled": "CONFIRMED",
    "expected": "TENTATIVE",
    "possible": "TENTATIVE",
    "cancelled": "CANCELLED",
}
_LINE_OCTETS = 75
_LONG_AGO = date(1970, 1, 1)
_MOST_REPORTS = 1_000
"""A revision counts for more than so many reports: one of them may be taken away by it."""


def export_ics(events: Iterable[Event], story: Story | None = None, revision: int = 0) -> str:
    """The dated events as a calendar, whole days unless a report gives a time; those that are not dated are left out.

    A calendar knows no "one day among these": such an event takes up all its days, is tentative and says so in its
    title. One with an open end has only its known day.

    An event keeps its UID, which is of its story alone, and its SEQUENCE grows with each report of it and with each
    `revision` of the story: a calendar that has it already is brought up to date.
    """
    title = [f"{name}:{_text(story.title)}" for name in ("NAME", "X-WR-CALNAME")] if story else []
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN", "CALSCALE:GREGORIAN", *title]
    parts = [_folded(head)]
    for event in events:
        if event.span.earliest or event.span.latest:
            parts.append(_folded(_lines(event, story, revision)))
    parts.append(_folded(["END:VCALENDAR"]))
    return "".join(parts)


def _folded(lines: Iterable[str]) -> str:
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _lines(event: Event, story: Story | None, revision: int) -> Iterator[str]:
    span, latest = event.span, event.latest
    vague = span.earliest != span.latest and not (span.lasts and span.earliest and span.latest)
    vague = vague or span.uncertain or span.approximate
    status = _STATUS[event.status]
    words = say_span(span)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.id)}@{f'{_text(story.id)}.' if story else ''}dateline"
    said = _compact(latest.reported or (story and story.published) or _LONG_AGO)
    yield f"DTSTAMP:{said}T000000Z"
    yield f"LAST-MODIFIED:{said}T000000Z"
    yield f"SEQUENCE:{revision * _MOST_REPORTS + min(len(event.reports), _MOST_REPORTS) - 1}"
    yield from _days(event)
    yield f"SUMMARY:{_text(f'{event.title} ({words})' if vague else event.title)}"
    yield f"STATUS:{'TENTATIVE' if vague and status == 'CONFIRMED' else status}"
    yield f"CATEGORIES:{event.status}"
    yield "TRANSP:TRANSPARENT"
    if event.toponym:
        yield f"LOCATION:{_text(event.toponym)}"
    if event.place:
        yield f"GEO:{event.place.latitude:.6f};{event.place.longitude:.6f}"
    sources = (_source(report) for report in reversed(event.reports))
    about = (event.summary, f"{words}, {event.status}, {SAID_SURE[sure_of(event)]}", "; ".join(event.who), *sources)
    yield f"DESCRIPTION:{_text(chr(10).join(filter(None, about)))}"
    if latest.url:
        yield f"URL:{clean(latest.url)}"
    yield "END:VEVENT"


def _source(report: Report) -> str:
    about = " ".join(filter(None, (report.note, report.url)))
    said = say_source(report.source, report.reported)
    return f"{said}: {report.status}, {say_span(report.span)}. {about}".strip()


def _days(event: Event) -> Iterator[str]:
    span = event.span
    if span.at:
        yield f"DTSTART:{_moment(span.at)}"
        until = span.until
        if until is None and span.lasts and span.latest and span.latest < date.max:
            # Its last day is over at midnight, where it is.
            until = datetime.combine(span.latest + timedelta(days=1), time(), span.at.tzinfo)
        if until and until > span.at:
            yield f"DTEND:{_moment(until)}"
        return
    first = span.earliest or span.latest
    last = span.latest or span.earliest
    assert first is not None
    assert last is not None
    yield f"DTSTART;VALUE=DATE:{_compact(first)}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_compact(last + timedelta(days=1))}"


def _moment(at: datetime) -> str:
    """The time in UTC, or a floating one where its zone is not known or the calendar ends before it is over in UTC."""
    with suppress(OverflowError):
        if at.tzinfo is not None:
            utc = at.astimezone(UTC)
            return f"{_compact(utc)}T{utc:%H%M%S}Z"
    return f"{_compact(at)}T{at:%H%M%S}"


def _compact(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def _text(text: str) -> str:
    text = clean(text, lines=True)
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
