"""Holidays by their names: Christmas 1963, last Thanksgiving, on Good Friday."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.holidays import holiday
from story.reading.timexes.moments import moment
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import PARTS


def _holiday(find: Find, scene: Scene) -> Sequence[Reading]:
    name = find.low("name")
    here = scene.published or scene.there
    if here is None and not find.has("year"):
        return []
    years = [find.number("year")] if find.has("year") else [here.year - 1, here.year, here.year + 1] if here else []
    days = [day for day in (holiday(name, year) for year in years) if day is not None]
    if not days:
        return []
    chosen = days[len(days) // 2]
    if len(days) > 1 and scene.published and scene.published.date:
        start = scene.published.date
        tense = tense_of(find.tokens, find.first, find.last)
        which = find.low("which")
        if which == "last" or (tense == "past" and which not in ("next", "this")):
            chosen = max(day for day in days if day <= start)
        elif which == "next" or tense == "future":
            chosen = min(day for day in days if day >= start)
        elif which == "this":
            chosen = days[1]
        else:
            chosen = min(days, key=lambda day: abs((day - start).days))
    found = moment(chosen)
    if find.has("part"):
        return find.means("TIME", f"{found.value}T{PARTS[find.low('part')]}", found)
    return find.means("DATE", found.value, found)


RULES: tuple[Rule, ...] = (
    rule("(?P<which>[LAST NEXT THIS])? (?P<name>HOLIDAY) (?: COMMA? (?P<year>YEAR) | (?P<part>PART) )?", _holiday),
)
