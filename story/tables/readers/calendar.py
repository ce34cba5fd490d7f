"""Calendars (iCalendar, RFC 5545) as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from story.encoding.decoding import decode
from story.exc import StoryFormatError
from story.model import STATUSES, Problem
from story.tables.readers.markup import plain
from story.tables.readers.named import named_sheet
from story.tables.table import LIMITS, Sheet, TableLimits

_OURS = re.compile(r"@([^@]*\.)?dateline$")
"""The end of the UID of an event that this project has exported."""
_STATUS = {"CONFIRMED": "scheduled", "TENTATIVE": "possible", "CANCELLED": "cancelled"}


def is_calendar(raw: bytes) -> bool:
    """Whether the bytes begin as a calendar does."""
    return raw[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR")


def read_calendar(raw: bytes, file: str, limits: TableLimits = LIMITS, encoding: str = "") -> Sheet:
    """A row for each event; of one that repeats the first time, and a problem that says so."""
    text, encoding, problems = decode(raw, file, encoding)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise StoryFormatError(f"'{file}' is no calendar: {error}. Export it again, and open that.") from None
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events:
        raise StoryFormatError(f"'{file}' is a calendar without any whole event. Export it again, and open that.")
    told = [*problems, *_told(events, file)]
    rows = ((number, _row(event)) for number, event in enumerate(events, 1))
    return named_sheet(rows, file, f"calendar, {encoding}", limits=limits, problems=tuple(told), encoding=encoding)


def _told(events: list[Component], file: str) -> Iterator[Problem]:
    """What is not taken over of the events: days on which they repeat, values that cannot be read."""
    for number, event in enumerate(events, 1):
        title = _text(event, "SUMMARY")
        if "RRULE" in event or "RDATE" in event:
            rule = str(event.get("RRULE") or "RDATE")
            message = f"“{title}” repeats; only its first day is shown. Add the other days."
            yield Problem(file, number, "when", rule[:80], message)
        for name, why in event.errors:
            what = f"“{title}” has a {name or 'line'} that cannot be read ({str(why)[:120]})."
            message = f"{what} Correct it, or fill it in here."
            yield Problem(file, number, str(name or "").lower(), "", message)


def _row(event: Component) -> dict[str, str]:
    latitude, longitude = _position(event)
    return {
        "event": _id(event),
        "title": _text(event, "SUMMARY"),
        "summary": plain(_text(event, "DESCRIPTION")),
        "who": ";".join(_present(event)),
        "place": _text(event, "LOCATION"),
        "latitude": latitude,
        "longitude": longitude,
        "when": _when(event),
        "status": _status(event),
        "url": _text(event, "URL"),
    }


def _id(event: Component) -> str:
    """The id of an event. One day of a series that is told apart has the id of the series, but is no report of it."""
    uid = _OURS.sub("", _text(event, "UID"))
    day = _moment(event, "RECURRENCE-ID")
    clock = "T%H%M" if isinstance(day, datetime) else ""
    return f"{uid}-{day:%Y-%m-%d{clock}}" if uid and day else uid


def _present(event: Component) -> Iterator[str]:
    """The names of those who are to be there: neither rooms nor those who have declined."""
    given = event.get("ATTENDEE", [])
    for attendee in given if isinstance(given, list) else [given]:
        about = getattr(attendee, "params", {})
        is_person = str(about.get("CUTYPE", "INDIVIDUAL")).upper() not in ("ROOM", "RESOURCE")
        name = str(about.get("CN", "")).strip().replace(";", ",")
        if name and "@" not in name and is_person and str(about.get("PARTSTAT", "")).upper() != "DECLINED":
            yield name


def _status(event: Component) -> str:
    """The status; a calendar has only three words for it, and an export of this project says the very one besides."""
    categories = event.get("CATEGORIES")
    named = [str(name) for name in getattr(categories, "cats", ())]
    own = next((name for name in named if name in STATUSES), "") if _OURS.search(_text(event, "UID")) else ""
    status = _STATUS.get(_text(event, "STATUS").upper(), "")
    return status if status == "cancelled" else own or status


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    # A property that is given twice is a list; the first one counts.
    value = value[0] if isinstance(value, list) and value else value
    return str(value).strip() if value is not None else ""


def _position(event: Component) -> tuple[str, str]:
    geo: Any = event.get("GEO")
    if geo is None or not hasattr(geo, "latitude"):
        return "", ""
    return str(geo.latitude), str(geo.longitude)


def _when(event: Component) -> str:
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if start is None:
        return ""
    if end is None and isinstance(duration := _value(event, "DURATION"), timedelta):
        end = start + duration
    if not isinstance(start, datetime):
        # The end of whole days is the day after the last one.
        last = end - timedelta(days=1) if end is not None and not isinstance(end, datetime) and end > start else start
        return start.isoformat() if last == start else f"{start.isoformat()}/{last.isoformat()}"
    if isinstance(end, datetime) and end > start:
        return f"{_clock(start)}/{_clock(end)}"
    return _clock(start)


def _moment(event: Component, name: str) -> date | datetime | None:
    value = _value(event, name)
    return value if isinstance(value, date) else None


def _value(event: Component, name: str) -> Any:
    """What a property stands for; None where it is missing, or was told as one that cannot be read."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _clock(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
