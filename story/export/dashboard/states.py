"""The events of the file: their reports, and what each was taken for from which day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.place import Place
from story.drawing import own_fields
from story.drawing.disputes import disputed
from story.export.dashboard.tables import Tables
from story.model import STATUSES, Event, Report, Story
from story.model.outlines import outline_of
from story.query.itineraries import time_order
from story.query.selection import Filter, event_of, select, story_order
from story.query.sure import SURE, sure_of, sureness
from story.wording import say_time

ALWAYS = 0
"""The day since which a report without a day has been known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an event was taken for from a day on (an ordinal) until its next state."""

    since: int
    event: Event


@dataclass(frozen=True, slots=True)
class Rows:
    """The `events` as `event_rows` tells, the numbers of their states by the identity of their events, those of which
    the filter leaves something, and the `outlines` of areas."""

    events: list[list[Any]]
    numbers: Mapping[int, int]
    shown: frozenset[int]
    outlines: list[Any]


def known_states(story: Story, as_of: date | None) -> dict[str, tuple[Known, ...]]:
    """Event id -> its states up to a day, oldest first: one for each day on which something was reported of it.

    The last one with a day that is not later than another is the same as in `events_as_of` of that day.
    """
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    for report in story.reports:
        if as_of is None or report.reported is None or report.reported <= as_of:
            reports[report.event].append(report)
    return {name: tuple(_states(story, name, some)) for name, some in reports.items()}


def _states(story: Story, name: str, reports: list[Report]) -> Iterator[Known]:
    for day in sorted({_day(report) for report in reports}):
        yield Known(day, event_of(story, name, [report for report in reports if _day(report) <= day]))


def _day(report: Report) -> int:
    return report.reported.toordinal() if report.reported else ALWAYS


def event_rows(
    story: Story, left: Collection[str], states: Mapping[str, tuple[Known, ...]], wanted: Filter, tables: Tables
) -> Rows:
    """The events `left`, as lists.

    - an event: [id, reports, states]
    - a report: [day, title, summary, who, place as written, span, status, source, address, note, place, more]; `more`,
      where there is any: own fields [name, words, address], the archived copy, media [kind, address,
      caption, credit, whether it may be distressing]
    - a state: [day since which it stands, place in the order of the story, number of its last report, how sure, what
      of it is known of how sure, time in words, place in the order of journeys, instant, shown, why unplaced, outline]

    Texts, people, spans and places are numbers in the tables; a state of which the filter leaves nothing is not shown.
    """
    mine = [(name, some) for name, some in states.items() if name in left]
    every = [one.event for _, some in mine for one in some]
    story_places = _ranks(every, story_order)
    journey_places = _ranks(every, time_order)
    shown = {id(event) for event in select(tuple(every), wanted).events}
    numbers: dict[int, int] = {}
    outlines: list[Any] = []
    rows = []
    for name, some in mine:
        last = some[-1].event
        known: dict[int, int] = {report.row: at for at, report in enumerate(last.reports)}
        places = last.places
        reports = [_report(report, place, story, tables) for report, place in zip(last.reports, places, strict=True)]
        own = []
        for one in some:
            event = one.event
            numbers[id(event)] = len(numbers)
            own.append(
                [
                    one.since,
                    story_places[id(event)],
                    _at(event, last, known),
                    SURE.index(sure_of(event)),
                    _sure(event, story, tables),
                    tables.text(say_time(event.span, event.place.timezone if event.place else "", "")),
                    journey_places[id(event)],
                    _instant(event),
                    int(id(event) in shown),
                    tables.text("" if event.place else event.resolution.reason),
                    _outline(event, outlines),
                ]
            )
        rows.append([name, reports, own])
    return Rows(rows, numbers, frozenset(shown), outlines)


def _at(event: Event, last: Event, known: Mapping[int, int]) -> int:
    """The number of an event's latest report among all that are known of it."""
    latest = event.latest
    at = known.get(latest.row, 0)
    return at if last.reports[at] is latest else next(i for i, one in enumerate(last.reports) if one is latest)


def _ranks(events: list[Event], key: Any) -> dict[int, int]:
    return {id(event): at for at, event in enumerate(sorted(events, key=key))}


def _instant(event: Event) -> int:
    """Seconds since 1970 of a time of day with its zone; 0 without one."""
    at = event.span.at
    return round(at.timestamp()) if at and at.tzinfo else 0


def _report(report: Report, place: Place | None, story: Story, tables: Tables) -> list[Any]:
    row = [
        _day(report),
        tables.text(report.title),
        tables.text(report.summary),
        [tables.person(name) for name in report.who],
        tables.text(report.place),
        tables.span(report.span),
        STATUSES.index(report.status),
        tables.text(report.source),
        tables.text(report.url),
        tables.text(report.note),
        tables.place(place),
    ]
    return [*row, more] if (more := _more(report, story, tables)) else row


def _more(report: Report, story: Story, tables: Tables) -> list[Any]:
    if not report.fields:
        return []
    text = tables.text
    shown = own_fields.shown(report, story.fields)
    kept = own_fields.kept(report, story.pictures)
    own = [
        [text(one.name), text(one.words), text(one.href)]
        for one in own_fields.values(report, story.fields, tables.year)
        if one.name != "outline" or not outline_of(report)
    ]
    media = [
        [
            one.kind,
            text(kept.get(one.kept, "") if one.kept else one.link),
            text(one.alt or one.caption),
            text(one.credit),
            int(one.graphic),
        ]
        for one in shown.media
    ]
    return [own, text(shown.archive), media] if own or media or shown.archive else []


def _sure(event: Event, story: Story, tables: Tables) -> int:
    """[level, sources [name, kind, how it stands, through whom], what they disagree on [field, what each says]]"""
    sure = sureness(event, story.sources)
    return tables.plain(
        "sures",
        [
            SURE.index(sure.level),
            [[voice.name, voice.kind, voice.stand, list(voice.through)] for voice in sure.voices],
            [[words, said] for words, said in disputed(sure, tables.year)],
        ],
    )


def _outline(event: Event, outlines: list[Any]) -> int:
    """The number of the outline that an event gives itself; -1 for none. Metres are of no use on this map."""
    if not event.place or not event.latest.fields or not (area := outline_of(event.latest)):
        return -1
    polygons = [[[[round(y, 4), round(x, 4)] for y, x in ring] for ring in rings] for rings in area.polygons]
    if polygons not in outlines:
        outlines.append(polygons)
    return outlines.index(polygons)
