"""Weeks, months and years told from where one stands: last week, the following year, two years ago, a month later."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment, later, quarter, week
from story.reading.timexes.words import DEICTIC, PLURALS, UNITS, Kind

_BACK = frozenset("last latest past previous preceding prior before earlier".split())
_ON = frozenset("next coming upcoming following subsequent ensuing after".split())
_NEAR = frozenset("last latest past next coming this current upcoming".split())


def _at(find: Find, start: Moment | None, count: int, unit: str) -> Sequence[Reading]:
    """The day, week, month or year so many units from a moment, as a reading."""
    if start is None or not start.year:
        return [
            Reading(
                find.first, find.last, "DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")
            )
        ]
    found = later(start, count, unit)
    if found is None:
        return _coarser(find, start, count, unit)
    if unit == "W" and found.date:
        return [Reading(find.first, find.last, "DATE", week(found.date), found)]
    if unit in ("DE", "CE"):
        value = f"{'BC' if found.year < 0 else ''}{abs(found.year) // (10 if unit == 'DE' else 100):0{3 if unit == 'DE' else 2}}"
        return [Reading(find.first, find.last, "DATE", value)]
    return [Reading(find.first, find.last, "DATE", found.value, found)]


def _coarser(find: Find, start: Moment, count: int, unit: str) -> Sequence[Reading]:
    """A day told from a month or year: no more can be said than the year, or month, that it lies in."""
    value = Moment(start.year, start.month).value
    unknown = {"D": "-XX" if start.month else "-XX-XX", "W": "-WXX", "M": "-XX"}.get(unit, "")
    if unit == "W":
        value = Moment(start.year).value
    return [Reading(find.first, find.last, "DATE", value + unknown)]


def _unit(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "last week", "early next year", "the following month", "the same day", "the current year"."""
    which, unit = find.low("which"), UNITS[find.low("unit")]
    article = find.tokens.items[find.match.start("which") - 1].kind is Kind.THE
    if unit.startswith("T"):
        return [Reading(find.first, find.last, "DURATION", "PT1H")] if unit == "TH" and which in _BACK | _ON else []
    if article and which in ("past", "last") and not find.has("bound") and (which == "past" or unit != "Y"):
        return [
            Reading(
                find.first, find.last, "DURATION", "P10Y" if unit == "DE" else "P100Y" if unit == "CE" else f"P1{unit}"
            )
        ]
    if article and which == "next" and unit != "D" and _for(find):
        return [Reading(find.first, find.last, "DURATION", f"P1{unit}")]
    if unit == "D" and which in ("last", "past", "current"):
        return []
    near = which in _NEAR and not (article and which == "next")
    start = scene.here if near and unit != "D" else scene.day if unit == "D" else scene.there
    return _at(find, start, -1 if which in _BACK else 1 if which in _ON else 0, unit)


def _for(find: Find) -> bool:
    """Whether words stand after one that makes a stretch of time of them: "over the next year"."""
    return bool(find.first) and find.tokens.items[find.first - 1].low in (
        "over",
        "for",
        "within",
        "during",
        "throughout",
    )


def _the_unit(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the end of the year", "late in the month", "for the year": the one that the text is in."""
    unit = UNITS[find.low("unit")]
    if unit.startswith("T"):
        return []
    told_here = scene.at >= 0 and not set(find.tokens.kinds[scene.at : find.first]) & {Kind.STOP, Kind.BREAK}
    start = scene.day if unit == "D" else scene.there if told_here or scene.published is None else scene.published
    return _at(find, start, 0, unit)


def _edge(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "year-end", "the month's end"."""
    if find.low("end") not in ("end", "start"):
        return []
    return _at(find, scene.here, 0, UNITS[find.low("unit")])


def _beside(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the day before", "the year after", "the month previous"."""
    words = find.words()
    return _at(find, scene.there, -1 if words[-1] in _BACK | {"previously"} else 1, UNITS[find.low("unit")])


def _ago(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "two years ago", "a month later", "five years previously", "three weeks from now", "days earlier"."""
    unit = UNITS.get(find.low("unit")) or PLURALS[find.low("unit")]
    words = find.words()
    ahead = find.has("later") and find.low("later") in (
        "later",
        "hence",
        "afterwards",
        "afterward",
        "thereafter",
        "from",
        "after",
    )
    if find.has("few") or not (find.has("number") or find.has("article") or find.has("half")):
        if find.has("few") and "few" not in words and "couple" not in words and "several" not in words and unit == "Y":
            return [Reading(find.first, find.last, "DATE", "PAST_REF" if not ahead else "FUTURE_REF")]
        return [Reading(find.first, find.last, "DATE", "FUTURE_REF" if ahead else "PAST_REF")]
    count = find.token("number").number if find.has("number") else 1
    if find.has("half"):
        count = 0.5
    start = scene.here if find.low("later") in ("ago", "from", "hence") else scene.there
    if start is None:
        return _at(find, None, 0, unit)
    if unit.startswith("T"):
        return _hours(find, start)
    return _counted(find, start, count if ahead else -count, unit)


def _from(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "a week from Tuesday", "three weeks from today"."""
    if find.low("from") != "from" or scene.here is None or scene.here.date is None:
        return []
    unit = UNITS.get(find.low("unit")) or PLURALS[find.low("unit")]
    if unit not in ("D", "W"):
        return []
    step = DEICTIC[find.low("today")] if find.has("today") else (find.number("weekday") - scene.here.date.weekday()) % 7
    count = int(find.token("number").number) if find.has("number") else 1
    found = later(scene.here, step + count * (7 if unit == "W" else 1), "D") if count < 1000 else None
    return [Reading(find.first, find.last, "DATE", found.value, found)] if found else []


def _hours(find: Find, start: Moment) -> Sequence[Reading]:
    if not start.day:
        return [Reading(find.first, find.last, "TIME", "XXXX-XX-XXTXX")]
    return [Reading(find.first, find.last, "TIME", f"{start.value}TXX", start)]


def _counted(find: Find, start: Moment, count: float, unit: str) -> Sequence[Reading]:
    if count % 1:
        smaller = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "M": ("W", 4), "W": ("D", 7)}.get(unit)
        if smaller is None:
            return []
        unit, count = smaller[0], count * smaller[1]
    steps = int(count)
    if abs(steps) > 9999:
        return []
    if unit == "W" and abs(steps) == 1 and start.day:
        return _at(find, start, steps * 7, "D")
    return _at(find, start, steps, unit)


def _quarter(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the year-earlier quarter", "the same period last year", "the same month a year ago"."""
    start = scene.there or scene.here
    if start is None:
        return []
    back = -1
    if find.low("what") == "quarter" and start.month:
        return [Reading(find.first, find.last, "DATE", f"{Moment(start.year + back).value}-Q{quarter(start.month)}")]
    month = start.month if find.low("what") == "month" or (find.low("what") == "period" and scene.told) else 0
    found = Moment(start.year + back, month)
    return [Reading(find.first, find.last, "DATE", found.value, found)]


def _nth(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the last week of March", "the first day of 2009"."""
    from story.reading.timexes.anchoring import completed

    unit = UNITS[find.low("unit")]
    month = find.number("month")
    found = completed(find, scene, month) if month else Moment(find.number("year"))
    if find.has("year") and month:
        found = Moment(find.number("year"), month)
    last = find.low("nth") in ("last", "final")
    number = find.number("nth") or 1
    start = Moment(found.year, found.month or 1, 1)
    if unit not in ("D", "W") or not start.date:
        return []
    if last:
        following = later(start, 1, "M") if month else Moment(found.year + 1, 1)
        start_next = Moment(following.year, following.month or 1, 1) if following else None
        day = later(start_next, -1 if unit == "D" else -4, "D") if start_next else None
    else:
        day = later(start, (number - 1) * (7 if unit == "W" else 1) + (3 if unit == "W" else 0), "D")
    if day is None or not day.date:
        return []
    value = week(day.date) if unit == "W" else day.value
    return [Reading(find.first, find.last, "DATE", value, day)]


_WHICH = "[LAST NEXT THIS CURRENT PREVIOUS FOLLOWING SAME THAT]"
_BEHIND = "(?P<later>AGO | EARLIER | THEREAFTER | BEFORE (?=[COMMA STOP BREAK AND CLOSE]) | IN REFERENCE)"

RULES: tuple[Rule, ...] = (
    rule(f"(?P<bound>BOUND)? THE? (?P<which>{_WHICH}) FISCAL? (?P<unit>UNIT|AGE)", _unit),
    rule("(?P<bound>BOUND) THE WHOLE? FISCAL? (?P<unit>UNIT|AGE)", _the_unit),
    rule(
        "(?<![HYPHEN]) THE (?:WHOLE|FISCAL)? (?P<unit>UNIT) (?=[COMMA STOP BREAK POSSESSIVE AT ON IN AND CLOSE AGO])",
        _the_unit,
    ),
    rule("(?<=EDGE) THE (?P<unit>UNIT)", _the_unit),
    rule("(?<=IN) THE WHOLE? (?P<unit>YEARWORD) (?![OF HYPHEN UNIT YEAR EDGE IN])", _the_unit),
    rule("(?:(?P<number>NUMBER) | (?P<article>ARTICLE)) (?P<unit>UNIT|UNITS) (?P<from>IN) (?P<weekday>WEEKDAY)", _from),
    rule("(?:(?P<number>NUMBER) | (?P<article>ARTICLE)) (?P<unit>UNIT|UNITS) (?P<from>IN) (?P<today>TODAY)", _from),
    rule("THE? (?P<unit>UNIT) POSSESSIVE? HYPHEN? (?P<end>EDGE) (?!OF)", _edge),
    rule(
        "THE (?P<unit>UNIT) (?:EARLIER|PREVIOUS|THEREAFTER|(?:BEFORE|AFTER) (?=[COMMA STOP BREAK AND CLOSE]))", _beside
    ),
    rule(
        f"APPROX? (?:(?P<number>NUMBER) | ARTICLE? (?P<few>FEW) OF? | (?P<half>HALF) ARTICLE | (?P<article>ARTICLE))"
        f" WHOLE? HYPHEN? (?P<unit>UNIT|UNITS|AGE) HYPHEN? {_BEHIND}",
        _ago,
    ),
    rule(f"(?P<unit>UNITS) {_BEHIND}", _ago),
    rule("THE? (?P<unit>UNIT) HYPHEN [AGO EARLIER] (?P<what>PERIOD|QUARTER|UNIT)?", _quarter),
    rule(
        "THE SAME (?P<what>PERIOD|UNIT|QUARTER|TIME)"
        " (?:(?:OF|IN)? THE? LAST UNIT | ARTICLE UNIT (?:AGO|EARLIER) | THE UNIT (?:BEFORE|EARLIER) | THE? PREVIOUS UNIT)",
        _quarter,
    ),
    rule("THE (?P<nth>NTH|LAST|WHOLE) (?P<unit>UNIT) OF (?P<month>MONTH) (?:COMMA? OF? (?P<year>YEAR))?", _nth),
    rule("THE (?P<nth>NTH|LAST) (?P<unit>UNIT) OF (?P<year>YEAR)", _nth),
)
