"""What the storytelling tools StoryMapJS and TimelineJS save, as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from story.tables.readers.markup import plain

_SHEET = frozenset({"year", "headline", "display date", "media"})
"""Headers by which the sheet that TimelineJS hands out is known."""

_KNOWN = _SHEET | {
    *(f"{end}{name}" for end in ("", "end ") for name in ("year", "month", "day", "time")),
    *("text", "location", "group", "type", "background"),
    *("media credit", "media caption", "media thumbnail"),
}
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?::\d\d(?:\.\d+)?)?\s*(?:(?P<half>[ap])\.?m\.?)?", re.I)


def slides_of(value: Any) -> tuple[str, list[dict[str, str]]] | None:
    """The name of the tool and the rows of its JSON; None where it is another's."""
    if not isinstance(value, dict):
        return None
    storymap = value.get("storymap")
    if isinstance(storymap, dict) and isinstance(storymap.get("slides"), list):
        return "StoryMapJS", list(_slides(storymap["slides"]))
    events = value.get("events")
    if isinstance(events, list) and any(isinstance(one, dict) and "start_date" in one for one in events):
        return "TimelineJS", [_event(one) for one in events if isinstance(one, dict)]
    return None


def _slides(slides: Sequence[Any]) -> Iterator[dict[str, str]]:
    for slide in slides:
        # The overview is the story's own title and stands nowhere.
        if not isinstance(slide, dict) or slide.get("type") == "overview":
            continue
        where = _part(slide, "location")
        yield {
            **_told(slide),
            "place": _text(where.get("name")) or plain(_text(_part(slide, "text").get("headline"))),
            "latitude": _text(where.get("lat")),
            "longitude": _text(where.get("lon")),
            "when": _text(slide.get("date")),
        }


def _event(event: Mapping[str, Any]) -> dict[str, str]:
    first, last = _day(event.get("start_date")), _day(event.get("end_date"))
    place, begins = _part(event, "location"), _part(event, "start_date")
    return {
        "event": _text(event.get("unique_id")),
        **_told(event),
        "place": _text(place.get("name")),
        "latitude": _text(place.get("lat")),
        "longitude": _text(place.get("lon")),
        "when": _lasting(first, last),
        "group": _text(event.get("group")),
        "display date": plain(_text(event.get("display_date") or begins.get("display_date"))),
    }


def _told(of: Mapping[str, Any]) -> dict[str, str]:
    text, media = _part(of, "text"), _part(of, "media")
    return {
        "title": plain(_text(text.get("headline"))),
        "summary": plain(_text(text.get("text"))),
        "media": _text(media.get("url")),
        "caption": plain(_text(media.get("caption"))),
        "credit": plain(_text(media.get("credit"))),
        "alt": _text(media.get("alt")),
    }


def _part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def _day(parts: Any) -> str:
    """A day of TimelineJS ({"year", "month", "day", "hour", "minute"}) as EDTF; what is no number stays to be told."""
    if not isinstance(parts, dict):
        return ""
    return day_of(
        [_text(parts.get(name)) for name in ("year", "month", "day")],
        _text(parts.get("hour")),
        _text(parts.get("minute")),
    )


def day_of(day: Sequence[str], hour: str = "", minute: str = "") -> str:
    """Year, month and day as EDTF, as many as are given: ("2025", "3", "") is 2025-03."""
    year, month, number = day
    said = year.zfill(4) if year.isdecimal() else year
    for part in (month, number):
        if not part:
            return said
        said += f"-{part.zfill(2)}"
    return f"{said}T{hour.zfill(2)}:{(minute or '0').zfill(2)}" if hour else said


def _lasting(first: str, last: str) -> str:
    """From one day to another as EDTF; the first alone where no other is given."""
    return f"{first}/{last}" if last and last != first else first


def from_timeline_sheet(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, dict[str, str]] | None:
    """The rows of the sheet that TimelineJS hands out, by where they stand in it, their days put together and the
    sheet's own columns kept; None where it is another sheet. The row of the story's title is not an event."""
    names = [header.strip().casefold() for header in headers]
    if not set(names) >= _SHEET:
        return None
    own = [(at, header.strip()) for at, header in enumerate(headers) if header.strip().casefold() not in _KNOWN]
    found = {}
    for at, row in enumerate(rows):
        cell = dict(zip(names, row, strict=False))
        if cell.get("type", "").strip().casefold() != "title":
            found[at] = _of_sheet(cell) | {name: row[column] for column, name in own if name}
    return found


def _of_sheet(cell: Mapping[str, str]) -> dict[str, str]:
    first, last = (
        day_of([cell.get(f"{end}{name}", "").strip() for name in ("year", "month", "day")], *_clock(cell, f"{end}time"))
        for end in ("", "end ")
    )
    place = {"place": cell["location"]} if "location" in cell else {}
    return {
        "title": plain(cell.get("headline", "")),
        "summary": plain(cell.get("text", "")),
        **place,
        "when": _lasting(first, last),
        "media": cell.get("media", ""),
        "credit": plain(cell.get("media credit", "")),
        "caption": plain(cell.get("media caption", "")),
        "group": cell.get("group", ""),
        "display date": plain(cell.get("display date", "")),
    }


def _clock(cell: Mapping[str, str], name: str) -> tuple[str, str]:
    """Hour and minute of "14:30", "2:30 PM" or "9 a.m."; two blanks for what is no time."""
    found = _TIME.fullmatch(cell.get(name, "").strip())
    if found is None:
        return "", ""
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return str(hour), found["minute"] or "0"
