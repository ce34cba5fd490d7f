"""What to show: the events known on an as-of day, and those of them that a filter leaves.

Pure functions. What they work out about one tuple of events (or one story) is kept for the last few of them, by
identity, so the same tuple asked again is quick: keep a story and its events between questions, do not copy them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.normalise import fold
from geo.place import Resolution
from story.memo import memoized
from story.model import STATUSES, Event, Report, Status, Story
from story.model.dates import core
from story.model.outlines import OUTLINE
from story.placing import placed_by_story
from story.query.fields import FieldFilter, passing
from story.query.sure import SURE, Sure, sure_of

_NEVER = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked for. None is no bound, an empty set is all; `last` is included.

    `as_of` is for `events_as_of`; `select` is given events that are already those of that day.
    """

    first: date | None = None
    last: date | None = None
    statuses: frozenset[Status] = field(default_factory=frozenset)
    who: frozenset[str] = field(default_factory=frozenset)
    q: str = ""
    as_of: date | None = None
    fields: tuple[FieldFilter, ...] = ()
    sure: frozenset[Sure] = field(default_factory=frozenset)


ALL = Filter()


@dataclass(frozen=True, slots=True)
class Selection:
    """What a filter leaves of `total` events: `certain` ones, `possible` ones, and both as `events` in story order."""

    certain: tuple[Event, ...]
    possible: tuple[Event, ...]
    total: int
    events: tuple[Event, ...] = ()


def events_as_of(story: Story, as_of: date | None) -> tuple[Event, ...]:
    """The events as known at the end of `as_of` (all that is known where None), in story order.

    Story order: by earliest day, time of day, latest day and place in the file; not dated ones last. Reports of a later
    day are not known yet, and an event without any known report does not exist yet; a report without a day has always
    been known.
    """
    events: tuple[Event, ...] = _events_as_of(story, as_of)
    return events


@memoized
def _events_as_of(story: Story, as_of: date | None) -> tuple[Event, ...]:
    known: defaultdict[str, list[Report]] = defaultdict(list)
    for report in story.reports:
        if as_of is None or report.reported is None or report.reported <= as_of:
            known[report.event].append(report)
    events = [event_of(story, name, reports) for name, reports in known.items()]
    events.sort(key=story_order)
    return tuple(events)


def event_of(story: Story, name: str, reports: Sequence[Report]) -> Event:
    """What reports of one event add up to; those of `story`, oldest first, at least one."""
    resolution = _resolution(story, reports[-1])
    where = {(report.place, report.latitude, report.longitude) for report in reports}
    placed = tuple(_resolution(story, report).place for report in reports) if len(where) > 1 else ()
    return Event(name, tuple(reports), resolution, resolution.place, placed)


def _resolution(story: Story, report: Report) -> Resolution:
    if report.latitude is not None and report.longitude is not None:
        point = (report.place, (report.latitude, report.longitude))
        resolution = story.points.get(point) or placed_by_story(report)
    else:
        resolution = story.resolutions.get(report.place)
    return resolution or Resolution(report.place, None, (), "no gazetteer was asked")


def story_order(event: Event) -> tuple[int, str, int, int, int, str]:
    """The key by which events are in story order."""
    span = event.span
    day = span.earliest or span.latest
    clock = f"{span.at:%H%M%S}" if span.at else ""
    latest = span.latest.toordinal() if span.latest else _NEVER
    # Several places of one line are several rows, in the order in which the line names them.
    first = event.reports[0]
    return day.toordinal() if day else _NEVER, clock, latest, first.line or 0, first.row, event.id


@dataclass(frozen=True)
class _Columns:
    """A tuple of events as columns: one array element an event, days as ordinals."""

    events: tuple[Event, ...]

    @cached_property
    def days(self) -> dict[str, npt.NDArray[np.int64]]:
        """`first`, `last`: the span; `begins`, `ends`: its core, empty where there is none; `firm`: 1 if not vague."""
        table = np.empty((5, len(self.events)), dtype=np.int64)
        for at, event in enumerate(self.events):
            span = event.span
            sure = core(span)
            dated = span.earliest is not None or span.latest is not None
            table[:, at] = (
                span.earliest.toordinal() if span.earliest else 0,
                span.latest.toordinal() if span.latest else _NEVER,
                sure[0].toordinal() if sure else _NEVER,
                sure[1].toordinal() if sure else 0,
                dated and not span.uncertain and not span.approximate,
            )
        return dict(zip(("first", "last", "begins", "ends", "firm"), table, strict=True))

    @cached_property
    def status(self) -> npt.NDArray[np.int8]:
        number = {status: at for at, status in enumerate(STATUSES)}
        return np.fromiter((number[event.status] for event in self.events), np.int8, len(self.events))

    @cached_property
    def sure(self) -> npt.NDArray[np.int8]:
        number = {sure: at for at, sure in enumerate(SURE)}
        return np.fromiter((number[sure_of(event)] for event in self.events), np.int8, len(self.events))

    @cached_property
    def who(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, event in enumerate(self.events):
            for name in event.who:
                found[name].append(at)
        return dict(found)

    @cached_property
    def text(self) -> list[str]:
        return [fold(_searched(event)) for event in self.events]


def _searched(event: Event) -> str:
    latest = event.reports[-1]
    place = event.place.name if event.place else ""
    own = (value for name, value in latest.fields if name != OUTLINE)
    words = (latest.title, latest.summary, *latest.who, latest.place, place, latest.status, *own)
    return "\n".join((*words, *(report.source for report in event.reports)))


_columns = memoized(_Columns)


def select(events: tuple[Event, ...], filter: Filter) -> Selection:
    """The events that pass the filter, told apart by whether they surely or possibly lie in its range of days.

    Search ignores case and accents; every word must occur in title, summary, who, place, status, a source or a
    field of the story's own.
    """
    columns = _columns(events)
    passed = np.ones(len(events), dtype=bool)
    if filter.statuses:
        passed &= np.isin(columns.status, [STATUSES.index(status) for status in filter.statuses])
    if filter.sure:
        passed &= np.isin(columns.sure, [SURE.index(sure) for sure in filter.sure])
    if filter.who:
        there = np.zeros(len(events), dtype=bool)
        for name in filter.who:
            there[columns.who.get(name, [])] = True
        passed &= there
    for wanted in filter.fields:
        passed &= passing(events, wanted)
    for word in fold(filter.q).split():
        text = columns.text
        passed[[at for at in np.flatnonzero(passed) if word not in text[at]]] = False
    certain = passed
    if filter.first is not None or filter.last is not None:
        days = columns.days
        low = filter.first.toordinal() if filter.first else 0
        high = filter.last.toordinal() if filter.last else _NEVER
        passed = passed & (days["first"] <= high) & (days["last"] >= low) & (low <= high)
        inside = (days["first"] >= low) & (days["last"] <= high)
        certain = passed & (days["firm"] == 1) & (inside | ((days["begins"] <= high) & (days["ends"] >= low)))
    if passed.all():
        everything = events
    else:
        everything = tuple(events[at] for at in np.flatnonzero(passed))
    sure = everything if certain is passed else tuple(events[at] for at in np.flatnonzero(certain))
    possible = tuple(events[at] for at in np.flatnonzero(passed & ~certain))
    return Selection(sure, possible, len(events), everything)


def travellers(events: tuple[Event, ...]) -> tuple[str, ...]:
    """Everyone who is present anywhere, those with the most events first, then as they appear."""
    return tuple(name for name, _ in Counter(name for event in events for name in event.who).most_common())


def by_place(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """Place id -> its events in their order; unplaced events are left out."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.place:
            found[event.place.id].append(event)
    return {place: tuple(there) for place, there in found.items()}


def days(events: Iterable[Event]) -> tuple[date | None, date | None]:
    """The first and last day that any event is known to touch; None, None where none is dated."""
    known = [day for event in events for day in (event.span.earliest, event.span.latest) if day]
    return (min(known), max(known)) if known else (None, None)


def report_days(story: Story) -> tuple[date, ...]:
    """The days on which something was reported, each once, in order: the choices of an as-of day."""
    return tuple(sorted({report.reported for report in story.reports if report.reported}))


def latest_day(story: Story, reported: Iterable[date]) -> date | None:
    """The last day on which anything of a story was known, by its days of reports and its own; None without any."""
    return max((*reported, *([story.published] if story.published else ())), default=None)
