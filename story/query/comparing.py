"""How what one report says of an event's day and place lies to what another one says."""

from __future__ import annotations

from datetime import date
from typing import Literal

from geo.normalise import fold
from geo.place import Place
from story.model import DateSpan
from story.reading.events.places import contains

Turn = Literal["", "certain", "uncertain", "moved"]
"""What became of a day or a place: nothing, more exact, less exact, or another one."""


def day_turn(old: DateSpan, new: DateSpan) -> Turn:
    """What a new span makes of an old one.

    A narrower one, or one no longer marked as uncertain, is more exact; a part of what was to last from one known day
    to another is another span altogether.
    """
    if _ends(old) == _ends(new):
        return _same_days(old, new)
    if is_within(new, old) and not is_exact(old):
        return "certain"
    if is_within(old, new) and not is_exact(new):
        return "uncertain"
    return "moved"


def _same_days(old: DateSpan, new: DateSpan) -> Turn:
    if _doubt(old) != _doubt(new):
        return "certain" if _doubt(new) < _doubt(old) else "uncertain"
    if old.lasts != new.lasts and old.day is None and _ends(old) != (None, None):
        return "certain" if new.lasts else "uncertain"
    if old.at is None or new.at is None:
        # A later report that gives no time of day takes nothing back.
        return "certain" if new.at else ""
    return "" if (old.at, old.until) == (new.at, new.until) else "moved"


def _doubt(span: DateSpan) -> int:
    return span.uncertain + span.approximate


def is_exact(span: DateSpan) -> bool:
    """Whether a span is known for sure: a day, or a stretch of days that it lasts."""
    if span.day is not None or not span.lasts:
        return span.day is not None and not _doubt(span)
    ends = span.earliest is not None and span.latest is not None
    return ends and span.precision in ("day", "time") and not _doubt(span)


def _ends(span: DateSpan) -> tuple[date | None, date | None]:
    return span.earliest, span.latest


def is_within(inner: DateSpan, outer: DateSpan) -> bool:
    """Whether all the days of one span are days of another."""
    return (inner.earliest or date.min) >= (outer.earliest or date.min) and (inner.latest or date.max) <= (
        outer.latest or date.max
    )


def days_conflict(one: DateSpan, other: DateSpan) -> bool:
    """Whether both cannot be right: no day is in the one and in the other, and neither is marked as uncertain."""
    if _doubt(one) or _doubt(other):
        return False
    return max(one.earliest or date.min, other.earliest or date.min) > min(
        one.latest or date.max, other.latest or date.max
    )


def place_turn(old: tuple[str, Place | None], new: tuple[str, Place | None]) -> Turn:
    """What a new place makes of an old one; each as it is written, "" for none, and where that was found."""
    (former, there), (now, here) = old, new
    if fold(former) == fold(now) and there == here:
        return ""
    if not former or not now:
        return "certain" if now else "uncertain"
    if there is None or here is None:
        return "" if fold(former) == fold(now) else "moved"
    if there.id == here.id:
        return ""
    if contains(there, here):
        return "certain"
    return "uncertain" if contains(here, there) else "moved"


def is_in(inner: Place, outer: Place) -> bool:
    """Whether a place is another one, or lies in it."""
    return inner.id == outer.id or contains(outer, inner)


def places_conflict(one: Place | None, other: Place | None) -> bool:
    """Whether two places cannot be the same one; what was not found may be anywhere."""
    return one is not None and other is not None and not is_in(one, other) and not is_in(other, one)
