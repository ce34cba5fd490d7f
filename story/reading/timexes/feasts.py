"""Holidays by their names: Christmas 1963, last Thanksgiving, on Good Friday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.holidays import holiday
from story.reading.timexes.moments import moment
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import PARTS


def _chosen(days: Sequence[date], find: Find, scene: Scene) -> date | None:
    """The day that is meant of the holiday's days in the years about; None where the calendar holds no such day."""
    start = scene.published.date if scene.published else None
    if len(days) < 2 or start is None:
        return days[len(days) // 2] if days else None
    tense = tense_of(find.tokens, find.first, find.last)
    which = find.low("which")
    if which == "last" or (tense == "past" and which not in ("next", "this")):
        return max((day for day in days if day <= start), default=None)
    if which == "next" or tense == "future":
        return min((day for day in days if day >= start), default=None)
    if which == "this":
        return next((day for day in days if day.year == start.year), None)
    return min(days, key=lambda day: abs((day - start).days))


def _holiday(find: Find, scene: Scene) -> Sequence[Reading]:
    name = find.low("name")
    here = scene.published or scene.there
    if here is None and not find.has("year"):
        return []
    years = [find.number("year")] if find.has("year") else [here.year - 1, here.year, here.year + 1] if here else []
    days = [day for day in (holiday(name, year) for year in years) if day is not None]
    chosen = _chosen(days, find, scene)
    if chosen is None:
        return []
    found = moment(chosen)
    if find.has("part"):
        return find.means("TIME", f"{found.value}T{PARTS[find.low('part')]}", found)
    return find.means("DATE", found.value, found)


RULES: tuple[Rule, ...] = (
    rule("(?P<which>[LAST NEXT THIS])? (?P<name>HOLIDAY) (?: COMMA? (?P<year>YEAR) | (?P<part>PART) )?", _holiday),
)
