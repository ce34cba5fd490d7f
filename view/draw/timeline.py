"""The timeline as HTML: a lane a traveller, each event a dot or a bar over its date span.

HTML and not a chart, since every mark is a link: in the keyboard order, named, and with its text at hand. Where labels
go is settled in the browser, which alone knows how wide they are (view/page/timeline.js).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from story.model import Event
from story.wording import say_count, say_day, say_span
from view.draw.html import escape, glyph, link
from view.draw.scene import Scene

# Beyond these a lane shows how much there is and when, not each event.
MOST_EVENTS = 300
MOST_LANES = 10
BINS = 120
SHORTEST_BREAK = 21
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


def make_scale(events: Sequence[Event], as_of: date | None) -> Scale | None:
    """The axis over the known days of the events and the as-of day; None where no day is known."""
    spans = [event.span for event in events]
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


def timeline(
    events: Sequence[Event],
    lanes: Sequence[str],
    as_of: date | None,
    scene: Scene,
) -> str:
    """The whole timeline as HTML, "" without events. `lanes` are travellers in the order wanted."""
    scale = make_scale(events, as_of)
    if scale is None:
        return f'<div class="timeline">{_undated(events, scene)}</div>' if events else ""
    by_lane: dict[str, list[Event]] = {name: [] for name in lanes[:MOST_LANES]}
    hidden: set[str] = set()
    for event in events:
        for name in event.who or (NOBODY,):
            if name in by_lane or len(by_lane) < MOST_LANES:
                by_lane.setdefault(name, []).append(event)
            else:
                hidden.add(name)
    crowded = len(events) > MOST_EVENTS
    rows = []
    for name, own in by_lane.items():
        if not any(event.span.earliest or event.span.latest for event in own):
            continue
        if crowded:
            inner = _density(own, scale)
        else:
            inner = "".join(_mark(event, scale, scene) for event in own)
        rows.append(
            f'<div class="lane t{scene.colour(name)}"><div class="lane-name" title="{escape(name)}">'
            f'<i class="swatch"></i><span>{escape(name)}</span></div><ul class="lane-track">{inner}</ul></div>'
        )
    notes = _hidden_lanes(hidden) + _undated(events, scene)
    return (
        '<div class="timeline-scroll" tabindex="0" role="group" aria-label="Timeline">'
        f'<div class="timeline{" noted" if notes else ""}">'
        f'<div class="axis-area">{_ground(scale, as_of, scene.year)}</div>{"".join(rows)}'
        f'<div class="lane axis"><div></div><div class="lane-track">{_axis(scale)}</div></div>'
        f"{notes}</div></div>"
    )


def _ground(scale: Scale, as_of: date | None, year: int) -> str:
    lines = "".join(f'<i class="grid" style="left:{x:.2f}%"></i>' for x, _ in ticks(scale))
    for earlier, later in scale.breaks:
        middle = (scale.at(earlier) + scale.at(later)) / 2
        lines += (
            f'<i class="break" style="left:{middle:.2f}%" title="{say_count(later - earlier, "day")} left out"></i>'
        )
    if as_of is None:
        return lines
    x = scale.at(as_of.toordinal() + 1)
    after = f'<i class="ahead" style="left:{x:.2f}%"><span>not yet happened</span></i>' if x < 97 else ""
    side = " left" if x > 50 else ""
    said = f"<span>as of {escape(say_day(as_of, year))}</span>"
    return f'{after}{lines}<i class="rule{side}" style="left:{x:.2f}%">{said}</i>'


def _axis(scale: Scale) -> str:
    return "".join(f'<span class="tick" style="left:{x:.2f}%">{label}</span>' for x, label in ticks(scale))


def _mark(event: Event, scale: Scale, scene: Scene) -> str:
    span, chosen = event.span, scene.is_chosen(event)
    if span.earliest is None and span.latest is None:
        return ""
    left = scale.at(span.earliest.toordinal()) if span.earliest else 0.0
    right = scale.at(span.latest.toordinal() + 1) if span.latest else 100.0
    classes = ["mark", event.status]
    bar = ""
    if span.earliest != span.latest:
        kind = "lasts" if span.lasts and span.latest and span.earliest else "among"
        ends = ("" if span.earliest else " open-left") + ("" if span.latest else " open-right")
        bar = f'<i class="bar {kind}{ends}" style="width:{right - left:.2f}cqw"></i>'
        classes.append("wide")
        at = left if span.earliest else right
    else:
        at = (left + right) / 2
    if event.id in scene.possible:
        classes.append("pale")
    if chosen:
        classes.append("chosen")
    when, where = say_span(span, scene.year), event.place.name if event.place else event.toponym
    told = f"{when}, {event.status}, {where}, {event.source}"
    inner = (
        f'{bar}{glyph(event.status)}<span class="label">{escape(event.title)}</span>'
        f'<span class="sr">, {escape(told)}</span>'
    )
    return (
        f'<li class="{" ".join(classes)}" style="left:{at:.2f}%" title="{escape(f"{event.title}: {told}")}">'
        f"{link(scene.to_event(event.id), inner, current=chosen)}</li>"
    )


def _density(events: Sequence[Event], scale: Scale) -> str:
    """A lane too full for single marks: how many events fall in each slice of the axis."""
    counts = [0] * BINS
    for event in events:
        day = event.span.earliest or event.span.latest
        if day is not None:
            counts[min(BINS - 1, int(scale.at(day.toordinal() + 0.5) / 100 * BINS))] += 1
    most = max(counts) or 1
    return "".join(
        f'<li class="bin" style="left:{100 * i / BINS:.2f}%;--share:{count / most:.3f}"'
        f' title="{say_count(count, "event")}"></li>'
        for i, count in enumerate(counts)
        if count
    )


def _hidden_lanes(hidden: set[str]) -> str:
    count = len(hidden - {NOBODY})
    if not count:
        return ""
    return f'<p class="fine">{say_count(count, "more traveller")} not drawn: choose them under Who.</p>'


def _undated(events: Sequence[Event], scene: Scene) -> str:
    undated = [event for event in events if (span := event.span).earliest is None and span.latest is None]
    if not undated:
        return ""
    links = ", ".join(
        link(
            scene.to_event(event.id),
            f"{glyph(event.status)} {escape(event.title)}",
            cls="inline",
            current=scene.is_chosen(event),
        )
        for event in undated[:20]
    )
    more = f" and {len(undated) - 20:,} more" if len(undated) > 20 else ""
    return f'<p class="fine">Not dated: {links}{more}</p>'
