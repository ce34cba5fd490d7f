"""The axis of the timeline: which days it runs over, days to per cent of its width, and where to write which day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from story.model import Event

SHORTEST_BREAK = 21
BREAK_WIDTH = 7.0
RIGHT_MARGIN = 0.07
LAST_TICK = 97.0
"""Per cent of the width; what is written further right would be cut by the edge."""


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


def make_scale(events: Sequence[Event], *others: date | None) -> Scale | None:
    """The axis over the known days of the events and whatever `others` are to lie on it; None where no day is known."""
    spans = [event.span for event in events]
    ends = {span.earliest for span in spans} | {span.latest for span in spans}
    known = {day.toordinal() for day in ends if day is not None}
    if not known:
        return None
    days = sorted(known | {day.toordinal() for day in others if day is not None})
    gaps = [later - earlier for earlier, later in pairwise(days)]
    longest = max(SHORTEST_BREAK, 3 * median(gaps)) if gaps else SHORTEST_BREAK
    margin = 2
    knots, positions, breaks = [days[0] - margin], [0.0], []
    for earlier, later in pairwise(days):
        if later - earlier > longest:
            at = positions[-1] + earlier - knots[-1]
            knots += [earlier, later]
            positions += [at, at + BREAK_WIDTH]
            breaks.append((earlier, later))
    # The last marks have their labels on the right.
    end = days[-1] + 1 + max(margin, round(RIGHT_MARGIN * (positions[-1] + days[-1] - knots[-1])))
    positions.append(positions[-1] + end - knots[-1])
    knots.append(end)
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
    before = None
    for day in sorted(set(days)):
        inside = any(earlier < day.toordinal() < later for earlier, later in scale.breaks)
        position = scale.at(day.toordinal())
        near = out and position - out[-1][0] < 100 / most * 0.7
        if inside or near or not first <= day <= last or position > LAST_TICK:
            continue
        out.append((position, _tick_label(day, drawn, another_year=before is not None and before.year != day.year)))
        before = day
    return out


def _tick_label(day: date, drawn: int, *, another_year: bool) -> str:
    """The year stands with every month where there are many, else with the first tick in it."""
    if drawn > 1500:
        return str(day.year)
    if drawn > 100:
        return f"{day:%b} {day.year}" if another_year or day.month == 1 or drawn > 700 else f"{day:%b}"
    return f"{day:%b} {day.day}" + (f", {day.year}" if another_year else "")


def axis(
    first: date | None, last: date | None, reported: Sequence[date], latest: date | None
) -> tuple[date | None, date | None]:
    """The days that a range can be chosen from: those of the events, every as-of day, and the day after the latest one.

    So there is a day to call upcoming, and a story of one day has an axis too; None, None where it has no day at all.
    """
    if first is None or last is None:
        return None, None
    low = min(first, *reported, latest or last)
    high = max(last, later(latest or last, 1))
    return (low, high) if low < high else (None, None)


def later(day: date, days: int) -> date:
    """The calendar has a first and a last day, and an address may ask for either."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
