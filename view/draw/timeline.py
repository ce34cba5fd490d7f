"""The timeline as HTML: a lane a traveller, each event a dot or a bar over its date span.

HTML and not a chart, since every mark is a link: in the keyboard order, named, and with its text at hand. Where labels
go is settled in the browser, which alone knows how wide they are (view/static/page/timeline.js).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median

from markupsafe import Markup

from story.model import DateSpan, Event
from story.wording import say_span
from view.draw.html import render
from view.draw.scene import Scene

# Beyond these a lane shows how much there is and when, not each event.
MOST_EVENTS = 300
MOST_LANES = 10
BINS = 120
SHORTEST_BREAK = 21
MOST_UNDATED = 20
BREAK_WIDTH = 7.0
NOBODY = "Others"


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to per cent of the width. Long empty stretches are drawn short: `breaks` are their first and last days."""

    knots: tuple[int, ...]
    positions: tuple[float, ...]
    breaks: tuple[tuple[int, int], ...]

    def at(self, day: float) -> float:
        """Per cent from the left of a day as a proleptic ordinal; a half is noon. Held inside the axis."""
        if day <= self.knots[0]:
            return 0.0
        if day >= self.knots[-1]:
            return 100.0
        i = bisect_right(self.knots, day) - 1
        share = (day - self.knots[i]) / (self.knots[i + 1] - self.knots[i])
        return self.positions[i] + share * (self.positions[i + 1] - self.positions[i])


@dataclass(frozen=True, slots=True)
class _Axis:
    """What stands behind the lanes, all in per cent from the left: days to write, breaks with the days that they leave
    out, and the end of the as-of day, from which on nothing has happened yet."""

    ticks: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, int], ...]
    ahead: float | None


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
    """A slice of a crowded lane: how many events it has, and its `share` of what the fullest one has."""

    at: float
    share: float
    count: int


@dataclass(frozen=True, slots=True)
class _Lane:
    """`former` are the marks of events that have changed, where they stood before."""

    name: str
    marks: tuple[_Mark, ...] = ()
    former: tuple[_Mark, ...] = ()
    bins: tuple[_Bin, ...] = ()


def make_scale(events: Sequence[Event], as_of: date | None, former: Iterable[DateSpan] = ()) -> Scale | None:
    """The axis over the known days of the events, their `former` ones and the as-of day; None where no day is known."""
    spans = [*(event.span for event in events), *former]
    ends = {span.earliest for span in spans} | {span.latest for span in spans}
    known = {day.toordinal() for day in ends if day is not None}
    if not known:
        return None
    days = sorted(known | ({as_of.toordinal()} if as_of else set()))
    gaps = [later - earlier for earlier, later in pairwise(days)]
    longest = max(SHORTEST_BREAK, 3 * median(gaps)) if gaps else SHORTEST_BREAK
    margin = 2
    knots, positions, breaks = [days[0] - margin, days[0]], [0.0, float(margin)], []
    for earlier, later in pairwise(days):
        gap = later - earlier
        if gap > longest:
            breaks.append((earlier, later))
        knots.append(later)
        positions.append(positions[-1] + (BREAK_WIDTH if gap > longest else gap))
    knots.append(days[-1] + 1 + margin)
    positions.append(positions[-1] + 1 + margin)
    return Scale(tuple(knots), tuple(100 * p / positions[-1] for p in positions), tuple(breaks))


def ticks(scale: Scale, most: int = 12) -> list[tuple[float, str]]:
    """Where to write which day: whole weeks, months or years, none inside a break, none too near another."""
    # The margins may lie outside the calendar.
    first, last = date.fromordinal(max(scale.knots[0], 1)), date.fromordinal(min(scale.knots[-1], date.max.toordinal()))
    drawn = (last - first).days - sum(later - earlier for earlier, later in scale.breaks)
    days: list[date] = [date.fromordinal(earlier) for edges in scale.breaks for earlier in edges]
    if drawn <= 100:
        sunday = first.toordinal() + (6 - first.weekday()) % 7
        days += [date.fromordinal(day) for day in range(sunday, last.toordinal() + 1, 7)]
    else:
        step = max(1, round(drawn / 30.4 / most))
        step = step if step <= 6 else 12 * max(1, round(step / 12))
        month = first.year * 12 + first.month
        months = range(-(-month // step) * step, last.year * 12 + last.month, step)
        days += [date(m // 12, m % 12 + 1, 1) for m in months]
    out: list[tuple[float, str]] = []
    for day in sorted(set(days)):
        inside = any(earlier < day.toordinal() < later for earlier, later in scale.breaks)
        position = scale.at(day.toordinal())
        if inside or not first <= day <= last or (out and position - out[-1][0] < 100 / most * 0.7):
            continue
        out.append((position, _tick_label(day, drawn)))
    return out


def _tick_label(day: date, drawn: int) -> str:
    if drawn > 1500:
        return str(day.year)
    if drawn > 100:
        return f"{day:%b} {day.year}" if day.month == 1 or drawn > 700 else f"{day:%b}"
    return f"{day:%b} {day.day}"


def timeline(events: Sequence[Event], lanes: Sequence[str], as_of: date | None, scene: Scene) -> Markup:
    """The whole timeline as HTML, "" without events. `lanes` are travellers in the order wanted."""
    if not events:
        return Markup("")
    days = scene.marks.days
    scale = make_scale(events, as_of, [days[event.id] for event in events if event.id in days] if days else ())
    drawn: list[_Lane] = []
    hidden: set[str] = set()
    if scale is not None:
        by_lane, hidden = _by_lane(events, lanes)
        crowded = len(events) > MOST_EVENTS
        for name, own in by_lane.items():
            dated = [event for event in own if not _is_undated(event)]
            if dated and crowded:
                drawn.append(_Lane(name, bins=_bins(dated, scale)))
            elif dated:
                drawn.append(
                    _Lane(name, tuple(_mark(event, scale, scene) for event in dated), _former(own, scale, scene))
                )
    return render(
        "timeline",
        axis=_axis(scale, as_of) if scale else None,
        lanes=drawn,
        hidden=len(hidden - {NOBODY}),
        undated=[event for event in events if _is_undated(event)],
        most_undated=MOST_UNDATED,
        as_of=as_of,
        scene=scene,
    )


def _by_lane(events: Sequence[Event], lanes: Sequence[str]) -> tuple[dict[str, list[Event]], set[str]]:
    """The events of each lane, and the names that there is no lane for."""
    by_lane: dict[str, list[Event]] = {name: [] for name in lanes[:MOST_LANES]}
    hidden: set[str] = set()
    for event in events:
        for name in event.who or (NOBODY,):
            if name in by_lane or len(by_lane) < MOST_LANES:
                by_lane.setdefault(name, []).append(event)
            else:
                hidden.add(name)
    return by_lane, hidden


def _is_undated(event: Event) -> bool:
    return event.span.earliest is None and event.span.latest is None


def _axis(scale: Scale, as_of: date | None) -> _Axis:
    breaks = tuple(((scale.at(first) + scale.at(last)) / 2, last - first) for first, last in scale.breaks)
    return _Axis(tuple(ticks(scale)), breaks, scale.at(as_of.toordinal() + 1) if as_of else None)


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


def _bins(events: Sequence[Event], scale: Scale) -> tuple[_Bin, ...]:
    """A lane too full for single marks: how many events fall in each slice of the axis."""
    counts = [0] * BINS
    for event in events:
        day = event.span.earliest or event.span.latest
        if day is not None:
            counts[min(BINS - 1, int(scale.at(day.toordinal() + 0.5) / 100 * BINS))] += 1
    most = max(counts) or 1
    return tuple(_Bin(100 * i / BINS, count / most, count) for i, count in enumerate(counts) if count)
