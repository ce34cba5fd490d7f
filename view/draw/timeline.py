"""The timeline as HTML: a lane a traveller, or a category, each event a dot or a bar over its date span.

HTML and not a chart, since every mark is a link: in the keyboard order, named, and with its text at hand. Where labels
go is settled in the browser, which alone knows how wide they are (timeline.js in story/drawing/static/page). The range
of days is chosen on the axis itself (brush.js there): it runs over the whole story, and what lies outside the range
stands there faintly.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from story.drawing.scale import Scale, make_scale, ticks
from story.memo import memoized
from story.model import Event
from story.model.fields import Field
from story.query.fields import NONE, OTHER, Colours, category_of, value_of
from story.wording import say_span
from view.draw.html import render
from view.draw.scene import Scene

# Beyond these a lane shows how much there is and when, not each event.
MOST_EVENTS = 300
MOST_LANES = 10
BINS = 120
MOST_UNDATED = 20
NOBODY = "Others"
NOBODY_ANYWHERE = "Events"
"""What the one lane is called where nobody is named."""
OTHERS, BLANK = "other", "not said"
_COLOURS_BY_NAME = {OTHERS: OTHER, BLANK: NONE}


@dataclass(frozen=True, slots=True)
class Brush:
    """The days that can be chosen, `first` to `last`, and those that are, `low` to `high`; all included."""

    first: date
    last: date
    low: date
    high: date


@dataclass(frozen=True, slots=True)
class _Axis:
    """What stands behind the lanes, all in per cent from the left: days to write, breaks with the days that they leave
    out, the end of the as-of day, from which on nothing has happened yet, and both ends of the chosen range."""

    ticks: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, int], ...]
    ahead: float | None
    left: float
    right: float
    knots: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """One event in a lane, `at` per cent from the left; `bar` is the kind of its bar, "" for a single day, and `width`
    the bar's in per cent of the lane."""

    event: Event
    label: str
    classes: str
    at: float
    bar: str
    width: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Bin:
    """A slice of a crowded lane: how many events it has, and its `share` of what the fullest one of the lane has."""

    at: float
    share: float
    count: int


@dataclass(frozen=True, slots=True)
class _Lane:
    """One lane: what the filter leaves as `marks` or `bins`, what lies outside the range of days as the other two.

    `former` are the marks of events that have changed, where they stood before.
    """

    name: str
    hue: str
    marks: tuple[_Mark, ...] = ()
    bins: tuple[_Bin, ...] = ()
    marks_outside: tuple[_Mark, ...] = ()
    bins_outside: tuple[_Bin, ...] = ()
    former: tuple[_Mark, ...] = ()


_scale = memoized(make_scale, each=32)


def timeline(
    events: Sequence[Event],
    lanes: Sequence[str],
    as_of: date | None,
    scene: Scene,
    *,
    story: Sequence[Event] | None = None,
    every: Sequence[Event] | None = None,
    brush: Brush | None = None,
    by: Colours | None = None,
) -> Markup:
    """The whole timeline as HTML, "" where there is nothing to draw. `lanes` are travellers in the order wanted; the
    lanes are those of the categories instead that colours stand for `by`.

    `events` are what the filter leaves, `every` what it would leave without a range of days, and `story` all events as
    known on the as-of day, over which the axis runs; both are `events` where they are not given.
    """
    every = events if every is None else every
    if not every:
        return Markup("")
    days = (brush.first, brush.last, brush.low, brush.high) if brush else ()
    former = [scene.marks.days[event.id] for event in events if event.id in scene.marks.days]
    were = [day for span in former for day in (span.earliest, span.latest)]
    scale: Scale | None = _scale(every if story is None else story, as_of, *days, *were)
    drawn: list[_Lane] = []
    names, field = tuple(lanes), None
    if by is not None:
        names, field = (*by.names, OTHERS, BLANK), by.field
    if scale is not None:
        drawn = _lanes(events, every, names, field, scale, scene)
        if by is None and not names:
            drawn = [replace(lane, name=NOBODY_ANYWHERE) for lane in drawn]
    undated = [event for event in events if _is_undated(event)]
    return render(
        "timeline",
        axis=_axis(scale, as_of, brush) if scale else None,
        lanes=drawn,
        hidden=len(_by_lane(events, names, field)[1] - {NOBODY}) if scale else 0,
        undated=undated,
        most_undated=MOST_UNDATED,
        as_of=as_of,
        brush=brush,
        scene=scene,
    )


def _lanes(
    events: Sequence[Event],
    every: Sequence[Event],
    names: tuple[str, ...],
    by: Field | None,
    scale: Scale,
    scene: Scene,
) -> list[_Lane]:
    """The lanes that have something to show; those of a filter without a range of days, so that they stay in place."""
    whole = _dated(every, names, by)
    inside = whole if events is every else _dated(events, tuple(whole), by)
    there = frozenset[str]()
    outside: Mapping[str, Sequence[Event]] = {}
    faint: Mapping[str, tuple[_Bin, ...]] = {}
    if events is not every and len(every) - len(events) <= MOST_EVENTS:
        there = frozenset(event.id for event in events)
        outside = {name: [event for event in own if event.id not in there] for name, own in whole.items()}
    elif events is not every:
        faint = _all_bins(every, names, by, scale)
    drawn = []
    for name, all_of_it in whole.items():
        own = inside.get(name, ())
        crowded = len(events) > MOST_EVENTS
        fullest = max((one.count for one in faint.get(name, ())), default=0)
        lane = _Lane(
            name,
            f"t{scene.colour(name)}" if by is None else f"k{_COLOURS_BY_NAME.get(name, names.index(name))}",
            () if crowded else tuple(_mark(event, scale, scene) for event in own),
            _bins(own, scale, fullest) if crowded else (),
            tuple(_mark(event, scale, scene) for event in outside.get(name, ())),
            faint.get(name, ()),
            () if crowded else _former(own, scale, scene),
        )
        if all_of_it:
            drawn.append(lane)
    return drawn


def _dated(events: Sequence[Event], names: Sequence[str], by: Field | None) -> dict[str, list[Event]]:
    by_lane, _ = _by_lane(events, names, by)
    return {name: [event for event in own if not _is_undated(event)] for name, own in by_lane.items()}


@memoized
def _all_bins(
    every: Sequence[Event], names: tuple[str, ...], by: Field | None, scale: Scale
) -> dict[str, tuple[_Bin, ...]]:
    """The bins of all lanes, which no step of the range changes."""
    return {name: _bins(own, scale) for name, own in _dated(every, names, by).items()}


def _by_lane(
    events: Sequence[Event], lanes: Sequence[str], by: Field | None
) -> tuple[dict[str, list[Event]], set[str]]:
    """The events of each lane, and the names that there is no lane for."""
    by_lane: dict[str, list[Event]] = {name: [] for name in lanes[:MOST_LANES]}
    hidden: set[str] = set()
    for event in events:
        for name in (event.who or (NOBODY,)) if by is None else (_category(event, by, by_lane),):
            if name in by_lane or len(by_lane) < MOST_LANES:
                by_lane.setdefault(name, []).append(event)
            else:
                hidden.add(name)
    return by_lane, hidden


def _category(event: Event, by: Field, lanes: Collection[str]) -> str:
    category = category_of(value_of(event, by.name), by)
    return category if category in lanes else OTHERS if category else BLANK


def _is_undated(event: Event) -> bool:
    return event.span.earliest is None and event.span.latest is None


def _axis(scale: Scale, as_of: date | None, brush: Brush | None) -> _Axis:
    breaks = tuple(((scale.at(first) + scale.at(last)) / 2, last - first) for first, last in scale.breaks)
    left = scale.at(brush.low.toordinal()) if brush else 0.0
    right = scale.at(brush.high.toordinal() + 1) if brush else 100.0
    knots = [[day, round(at, 4)] for day, at in zip(scale.knots, scale.positions, strict=True)]
    ahead = scale.at(as_of.toordinal() + 1) if as_of else None
    return _Axis(tuple(ticks(scale)), breaks, ahead, left, right, json.dumps(knots))


def _former(events: Sequence[Event], scale: Scale, scene: Scene) -> tuple[_Mark, ...]:
    """Where the events that have another day now stood before."""
    days = scene.marks.days
    moved = [(event, days[event.id]) for event in events if event.id in days]
    return tuple(
        _mark(replace(event, reports=(replace(event.latest, span=span),)), scale, scene)
        for event, span in moved
        if span.earliest or span.latest
    )


def _mark(event: Event, scale: Scale, scene: Scene) -> _Mark:
    span, chosen = event.span, scene.is_chosen(event)
    left = scale.at(span.earliest.toordinal()) if span.earliest else 0.0
    right = scale.at(span.latest.toordinal() + 1) if span.latest else 100.0
    classes = ["mark", event.status]
    bar = ""
    if span.earliest != span.latest:
        kind = "lasts" if span.lasts and span.latest and span.earliest else "among"
        bar = kind + ("" if span.earliest else " open-left") + ("" if span.latest else " open-right")
        classes.append("wide")
        at = left if span.earliest else right
    else:
        at = (left + right) / 2
    if event.id in scene.possible:
        classes.append("pale")
    if hue := scene.hue(event):
        classes.append(hue)
    if chosen:
        classes.append("chosen")
    if event.id in scene.marks.words:
        classes.append("is-changed")
    said = (say_span(span, scene.year), event.status, event.where, event.source, scene.marks.words.get(event.id, ""))
    label = ", ".join(filter(None, said))
    return _Mark(event, label, " ".join(classes), at, bar, right - left, chosen)


def _bins(events: Sequence[Event], scale: Scale, fullest: int = 0) -> tuple[_Bin, ...]:
    """A lane too full for single marks: how many events fall in each slice of the axis. `fullest` is the most that a
    slice of the lane has anyway."""
    counts = [0] * BINS
    for event in events:
        day = event.span.earliest or event.span.latest
        if day is not None:
            counts[min(BINS - 1, int(scale.at(day.toordinal() + 0.5) / 100 * BINS))] += 1
    most = max(*counts, fullest) or 1
    return tuple(_Bin(100 * i / BINS, count / most, count) for i, count in enumerate(counts) if count)
