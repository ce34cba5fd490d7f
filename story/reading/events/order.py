"""Stops that a sentence names in order bound one another: Malaysia comes before Japan, whose day is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from story.reading.events.draft import DraftReport


def ordered(reports: Sequence[DraftReport]) -> list[DraftReport]:
    """The reports, those without a day bounded by the stops that the same sentence names before and after them."""
    dated = {one.event: one for one in reports if _is_dated(one)}
    journeys: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(reports):
        journeys[one.sentence].append(index)
    found = list(reports)
    for indices in journeys.values():
        stops = sorted(indices, key=lambda index: reports[index].spans.get("place", (0, 0)))
        for number, index in enumerate(stops):
            one = reports[index]
            if _is_dated(dated.get(one.event, one)) or one.span.earliest is None:
                continue
            before = [dated[reports[i].event] for i in stops[:number] if _leads(reports[i], one, dated)]
            after = [dated[reports[i].event] for i in stops[number + 1 :] if _leads(reports[i], one, dated)]
            found[index] = _bounded(one, before, after)
    return found


def _is_dated(one: DraftReport) -> bool:
    return "when" in one.spans


def _leads(other: DraftReport, one: DraftReport, dated: dict[str, DraftReport]) -> bool:
    return other.event != one.event and other.event in dated and bool({*other.who} & {*one.who})


def _bounded(one: DraftReport, before: Sequence[DraftReport], after: Sequence[DraftReport]) -> DraftReport:
    first = max([one.span.earliest or date.min, *(stop.span.earliest or date.min for stop in before)])
    last = min((stop.span.latest or date.max for stop in after), default=date.max)
    if first > last or not (before or after):
        return one
    when = f"[{first}..{last}]" if last < date.max else f"[{first}..]"
    return replace(one, when=when, doubts=(*one.doubts, "its day follows from the order of the stops"))
