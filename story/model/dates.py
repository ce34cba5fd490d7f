"""Dates as reports give them: EDTF (ISO 8601-2) text to a `DateSpan`, and how a span lies to a range of days.

Years, months and days are read here, since the `edtf` package takes 6 to 24 ms a value; that package says what seasons
and decades are, and is remembered. What it lets through or refuses against the standard is put right here: February 29
in common years, intervals that end before they begin, winters (it stops them at New Year), times without seconds.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from story.exc import DateFault, DateFormatError
from story.model import DateSpan, Precision

Relation = Literal["certain", "possible", "outside"]

FORMS = (
    "2025-10-29, 2025-10 or 2025; 2025-10-27/2025-10-31 (from, to), 2025-10-28/.. (open); "
    "[2025-10-27..2025-10-31] (one day among these), [2025-10-27..], [..2025-10-31]; 2025-10-29? (uncertain), "
    "2025-10~ (about); 2025-10-29T10:00+09:00; 2025-22 (summer); XXXX-XX-XX (not dated)"
)

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)([?~%]?)", re.ASCII)
_UNKNOWN = {"", "..", "../..", "/", "../", "/..", "[..]", "XXXX", "XXXX-XX", "XXXX-XX-XX"}
_COARSENESS: tuple[Precision, ...] = ("time", "day", "month", "season", "year", "unknown")
_MARKED = re.compile(r"[?~%]?[\dX]{4}[?~%]?(-[?~%]?[\dX]{2}[?~%]?){0,2}", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-9]|3\d|4[01])", re.ASCII)
_WINTERS = ("24", "28")
_LONGEST = 100


class _End(NamedTuple):
    """One end of a span: the first and last day it can be, None for an open or unknown end."""

    first: date | None
    last: date | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False
    at: datetime | None = None


_OPEN = _End(None, None, "unknown")


def parse_when(text: str) -> DateSpan:
    """The span that an EDTF text names; blank, `..` and `XXXX-XX-XX` are not dated (precision "unknown").

    Raises DateFormatError, which quotes the text and says what is understood. Years run from 1 to 9999. A time's day is
    the day it gives, in the zone it gives (`localized` moves it to a place's own zone). An end left blank (`2025/`) is
    read as open. Summer is `2025-22` (June to August), winter `2025-24` is December 2025 to February 2026.
    """
    return _parse(text.strip())


@lru_cache(maxsize=100_000)
def _parse(text: str) -> DateSpan:
    if len(text) > _LONGEST:
        raise _refusal(text, "is too long for a date", "too long")
    if text in _UNKNOWN:
        return DateSpan("XXXX-XX-XX", None, None, "unknown")
    if text[0] == "[":
        return _one_of(text)
    if text[0] == "{":
        start, dots, stop = text[1:].removesuffix("}").partition("..")
        if not dots or text[-1] != "}" or "," in text:
            raise _refusal(
                text, "names several days at once: give each a row of its own, or write from/to", "several days"
            )
        return _between(text, _end(start, text), _end(stop, text), lasts=True)
    if "/" in text:
        ends = text.split("/")
        if len(ends) != 2:
            raise _refusal(text, "has more than one '/': days are written 2025-10-29")
        return _between(text, _end(ends[0], text), _end(ends[1], text), lasts=True)
    end = _end(text, text)
    return DateSpan(text, end.first, end.last, end.precision, False, end.uncertain, end.approximate, end.at)


def _one_of(text: str) -> DateSpan:
    """`[A..B]`, `[A..]`, `[..B]`, `[A,B,C]`: one day among these."""
    if text[-1] != "]":
        raise _refusal(text, "lacks its closing ']'")
    parts = [part.strip() for part in text[1:-1].split(",")]
    pairs = [part.partition("..") for part in parts]
    starts = [_end(start, text) if start or dots else _bad_part(text) for start, dots, _ in pairs]
    stops = [_end(stop, text) if dots else _end(start, text) for start, dots, stop in pairs]
    for start, stop in zip(starts, stops, strict=True):
        _check_order(text, start, stop)
    first = _OPEN if _OPEN in starts else min(starts, key=lambda end: end.first or date.min)
    last = _OPEN if _OPEN in stops else max(stops, key=lambda end: end.last or date.max)
    return _between(text, first, last, lasts=False)


def _bad_part(text: str) -> _End:
    raise _refusal(text, "has an empty part between its commas")


def _between(text: str, start: _End, stop: _End, *, lasts: bool) -> DateSpan:
    _check_order(text, start, stop)
    known = [end.precision for end in (start, stop) if end is not _OPEN]
    precision: Precision = max(known, key=_COARSENESS.index, default="unknown")
    if start.at or stop.at:
        precision = "time"
    return DateSpan(
        text,
        start.first,
        stop.last,
        precision,
        lasts=lasts,
        uncertain=start.uncertain or stop.uncertain,
        approximate=start.approximate or stop.approximate,
        at=start.at,
        until=stop.at,
    )


def _check_order(text: str, start: _End, stop: _End) -> None:
    ends_first = bool(start.first and stop.last and stop.last < start.first)
    if start.at and stop.at:
        if (start.at.tzinfo is None) != (stop.at.tzinfo is None):
            raise _refusal(text, "gives a zone for one of its two times only")
        ends_first = stop.at < start.at
    if ends_first:
        raise _refusal(text, "ends before it begins: put the earlier day first", "ends first")


def _end(part: str, text: str) -> _End:
    part = part.strip()
    if part in ("", ".."):
        return _OPEN
    if plain := _PLAIN.fullmatch(part):
        year, month, day, mark = plain.groups()
        if month is None or int(month) <= 12:
            return _plain_end(text, int(year), month and int(month), day and int(day), mark)
    if timed := _TIME.fullmatch(part):
        try:
            at = datetime.fromisoformat(timed[1])
        except ValueError as error:
            raise _refusal(text, f"has no such day or time: {error}") from None
        return _End(at.date(), at.date(), "time", timed[2] in ("?", "%"), timed[2] in ("~", "%"), at)
    try:
        return _marked_end(part, text)
    except (EDTFParseException, ValueError) as error:
        if isinstance(error, DateFormatError):
            raise
        raise _refusal(text, _hint(part)) from None


def _plain_end(text: str, year: int, month: int | str | None, day: int | str | None, mark: str) -> _End:
    flags = (mark in ("?", "%"), mark in ("~", "%"))
    if year < 1:
        raise _refusal(text, "lies outside the years 0001 to 9999")
    if not isinstance(month, int):
        return _End(date(year, 1, 1), date(year, 12, 31), "year", *flags)
    if month < 1:
        raise _refusal(text, "has no month 00: write XX for a month that is not known", "not in the calendar")
    length = calendar.monthrange(year, month)[1]
    if not isinstance(day, int):
        return _End(date(year, month, 1), date(year, month, length), "month", *flags)
    if not 1 <= day <= length:
        raise _refusal(text, f"is not in the calendar: that month has {length} days", "not in the calendar")
    return _End(date(year, month, day), date(year, month, day), "day", *flags)


def _marked_end(part: str, text: str) -> _End:
    """One end of a span with marks within it, unspecified digits or a season."""
    if not _MARKED.fullmatch(part):
        raise ValueError(part)
    bare = re.sub(r"[?~%]", "", part)
    mark = "%" if "%" in part or ("?" in part and "~" in part) else part.strip("0123456789X-")[:1]
    flags = (mark in ("?", "%"), mark in ("~", "%"))
    if (plain := _PLAIN.fullmatch(bare)) and int(plain[2] or 0) <= 12:
        return _plain_end(text, int(plain[1]), plain[2] and int(plain[2]), plain[3] and int(plain[3]), mark)
    if season := _SEASON.fullmatch(bare):
        return _End(*_season(int(season[1]), season[2]), "season", *flags)
    if re.fullmatch(r"\d{4}-[\dX]{2}(-[\dX]{2})?", bare):
        return _End(*_masked(bare), "month" if bare[5:7].isdigit() else "year", *flags)
    if not re.fullmatch(r"\d\d[\dX]X", bare):
        raise ValueError(part)
    low, high = _through_edtf(bare)
    return _End(date(low[0], 1, 1), date(high[0], 12, 31), "year", *flags)


@cache
def _through_edtf(text: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The first and last (year, month, day) that the `edtf` package finds; asked for seasons and spans of years only,
    of which there are few, since a file of many different values would keep a reader waiting."""
    parsed = parse_edtf(text)
    low, high = parsed.lower_strict(), parsed.upper_strict()
    return (low[0], low[1], low[2]), (high[0], high[1], high[2])


def _season(year: int, code: str) -> tuple[date, date]:
    """The first and last day of a season, quarter or other part of a year (21 to 41)."""
    first, last = (month for _, month, _ in _through_edtf(f"2001-{code}"))
    begins = date(year, first, 1)
    if code in _WINTERS:
        year, last = year + 1, 2
    return begins, date(year, last, calendar.monthrange(year, last)[1])


def _masked(bare: str) -> tuple[date, date]:
    """The first and last day of its year that a date with some digits given as X can be."""
    mask = re.compile(bare.replace("X", r"\d"))
    january = date(int(bare[:4]), 1, 1).toordinal()
    year = map(date.fromordinal, range(january, min(january + 366, date.max.toordinal() + 1)))
    days = [day for day in year if mask.match(day.isoformat())]
    if not days:
        raise ValueError(bare)
    return days[0], days[-1]


def _hint(part: str) -> str:
    if re.fullmatch(r"\d{2}(-\d\d)*[?~%]?", part, re.ASCII):
        return "has a two-digit year: write all four digits"
    if re.fullmatch(r"\d{8}", part, re.ASCII):
        return f"lacks its hyphens: write {part[:4]}-{part[4:6]}-{part[6:]}"
    if re.match(r"\d{4}-\d\d-\d\d \d\d:", part, re.ASCII):
        return "has a space where EDTF wants a T between day and time"
    return "is not an EDTF date"


def _refusal(text: str, why: str, code: DateFault = "not a date") -> DateFormatError:
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return DateFormatError(f"'{shown}' {why}. Accepted forms: {FORMS}.", code)


def localized(span: DateSpan, zone: str) -> DateSpan:
    """The span with its times in `zone` (an IANA name), and its days those of that zone; without times, as it is.

    A time without a zone is the place's own. An unknown zone changes nothing.
    """
    if not (span.at or span.until) or not zone:
        return span
    try:
        own = ZoneInfo(zone)
        at, until = _in_zone(span.at, own), _in_zone(span.until, own)
    except (KeyError, ValueError, OSError, OverflowError):
        return span
    earliest = at.date() if at else span.earliest
    latest = until.date() if until else (at.date() if at and not span.lasts else span.latest)
    return replace(span, earliest=earliest, latest=latest, at=at, until=until)


def _in_zone(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    if at is None:
        return None
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def core(span: DateSpan) -> tuple[date, date] | None:
    """The first and last day on which the event surely is going on; None where no day is sure.

    A day is its own core, `A/B` runs from A to B, an open end has only its known one. One day among several has none,
    nor has anything uncertain or approximate.
    """
    if span.uncertain or span.approximate or (span.earliest is None and span.latest is None):
        return None
    if not span.lasts:
        return (span.day, span.day) if span.day else None
    start, stop = span.earliest, span.latest
    if span.precision not in ("day", "time"):
        # An end known only to its month has begun for sure when the month is over.
        left, right = span.edtf.strip("{}").replace("..", "/" if "{" in span.edtf else "..").split("/")
        start, stop = _end(left, span.edtf).last, _end(right, span.edtf).first
    start, stop = start or stop, stop or start
    if start is None or stop is None or start > stop:
        return None
    return start, stop


def relation(span: DateSpan, first: date | None, last: date | None) -> Relation:
    """How a span lies to the days from `first` to `last`, both included; None is no bound on that side.

    "certain": it is inside, or goes on for sure on a day inside. "possible": it can be. An uncertain, approximate or
    unknown span is at best possible, unless there is no bound at all.
    """
    if first is None and last is None:
        return "certain"
    low, high = first or date.min, last or date.max
    if low > high or (span.earliest or date.min) > high or (span.latest or date.max) < low:
        return "outside"
    if span.uncertain or span.approximate or (span.earliest is None and span.latest is None):
        return "possible"
    if (span.earliest or date.min) >= low and (span.latest or date.max) <= high:
        return "certain"
    sure = core(span)
    return "certain" if sure and sure[0] <= high and sure[1] >= low else "possible"
