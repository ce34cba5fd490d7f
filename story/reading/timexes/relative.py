"""Weeks, months and years told from where one stands: last week, the following year, two years ago, a month later."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.anchoring import completed
from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment, later, quarter, week
from story.reading.timexes.words import DEICTIC, PLURALS, UNITS

_BACK = frozenset("last latest past previous preceding prior before earlier".split())
_ON = frozenset("next coming upcoming following subsequent ensuing after".split())
_NEAR = frozenset("last latest past next coming this current upcoming".split())


_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}
_SPANS = {"DE": "10Y", "CE": "100Y"}


def _at(find: Find, start: Moment | None, count: int, unit: str) -> Sequence[Reading]:
    """The day, week, month, year, decade or century so many units from a moment, as a reading."""
    if start is None or not start.year:
        return find.means("DATE", _UNKNOWN.get(unit, "XXXX"))
    found = later(start, count, unit)
    if found is None:
        return _coarser(find, start, unit)
    if unit == "W" and found.date:
        return find.means("DATE", week(found.date), found)
    if unit in _SPANS:
        digits = 3 if unit == "DE" else 2
        value = f"{abs(found.year) // 10 ** (4 - digits):0{digits}}"
        return find.means("DATE", f"{'BC' if found.year < 0 else ''}{value}")
    return find.means("DATE", found.value, found)


def _coarser(find: Find, start: Moment, unit: str) -> Sequence[Reading]:
    """A day told from a month or year: no more can be said than the year, or month, that it lies in."""
    if unit == "W":
        return find.means("DATE", f"{Moment(start.year).value}-WXX")
    unknown = {"D": "-XX" if start.month else "-XX-XX", "M": "-XX"}.get(unit, "")
    return find.means("DATE", Moment(start.year, start.month).value + unknown)


def _unit(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "last week", "early next year", "the following month", "the same day", "the past year"."""
    which, unit = find.low("which"), UNITS[find.low("unit")]
    the = find.match.start("which") > find.first and find.before(find.match.start("which")) == "the"
    if unit.startswith("T"):
        return find.means("DURATION", "PT1H") if unit == "TH" and which in _BACK | _ON else []
    past = which == "past" or (which == "last" and unit != "Y")
    ahead = which == "next" and unit != "D" and find.before() in _DURING
    if the and not find.has("bound") and (past or ahead):
        return find.means("DURATION", f"P{_SPANS.get(unit, '1' + unit)}")
    if unit == "D":
        return [] if which in ("last", "past", "current") else _at(find, scene.day, _step(which), "D")
    near = which in _NEAR and not (the and which == "next")
    return _at(find, scene.here if near else scene.there, _step(which), unit)


# What makes a stretch of time of the words after it: "over the next year".
_DURING = frozenset("over for within during throughout".split())


def _step(which: str) -> int:
    return -1 if which in _BACK else 1 if which in _ON else 0


def _the_unit(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the end of the year", "late in the month", "for the year": the one that the text is in."""
    unit = UNITS[find.low("unit")]
    if unit.startswith("T"):
        return []
    told = scene.published is None or scene.told_in_sentence(find.first)
    start = scene.day if unit == "D" else scene.there if told else scene.published
    return _at(find, start, 0, unit)


def _edge(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "year-end", "the month's end"."""
    if find.low("end") not in ("end", "start"):
        return []
    return _at(find, scene.here, 0, UNITS[find.low("unit")])


def _beside(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the day before", "the year after", "the month previous"."""
    words = find.words()
    return _at(find, scene.there, -1 if words[-1] in _BACK | {"previously"} else 1, UNITS[find.low("unit")])


_AHEAD = frozenset("later hence afterwards afterward thereafter from after".split())


def _ago(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "two years ago", "a month later", "five years previously", "three weeks from now", "days earlier"."""
    unit = UNITS.get(find.low("unit")) or PLURALS[find.low("unit")]
    later_word = find.low("later")
    ahead = later_word in _AHEAD
    if not (find.has("number") or find.has("article") or find.has("half")):
        return find.means("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    count = find.token("number").number if find.has("number") else 0.5 if find.has("half") else 1
    start = scene.here if later_word in ("ago", "from", "hence") else scene.there
    if start is None:
        return _at(find, None, 0, unit)
    if unit.startswith("T"):
        return find.means("TIME", f"{start.value}TXX" if start.day else "XXXX-XX-XXTXX", start)
    return _counted(find, start, count if ahead else -count, unit)


def _from(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "a week from Tuesday", "three weeks from today"."""
    if find.low("from") != "from" or scene.here is None or scene.here.date is None:
        return []
    unit = UNITS.get(find.low("unit")) or PLURALS[find.low("unit")]
    if unit not in ("D", "W"):
        return []
    step = DEICTIC[find.low("today")] if find.has("today") else (find.number("weekday") - scene.here.date.weekday()) % 7
    count = int(find.token("number").number) if find.has("number") else 1
    found = later(scene.here, step + count * (7 if unit == "W" else 1), "D") if count < 1000 else None
    return find.means("DATE", found.value, found) if found else []


_SMALLER = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "M": ("W", 4), "W": ("D", 7)}


def _counted(find: Find, start: Moment, count: float, unit: str) -> Sequence[Reading]:
    if count % 1:
        if unit not in _SMALLER:
            return []
        unit, times = _SMALLER[unit]
        count *= times
    if abs(count) > 9999:
        return []
    if unit == "W" and abs(count) == 1 and start.day:
        return _at(find, start, int(count) * 7, "D")  # a week ago is a day, two weeks ago a week
    return _at(find, start, int(count), unit)


def _quarter(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the year-earlier quarter", "the same period last year", "the same month a year ago"."""
    start = scene.there
    if start is None:
        return []
    if find.low("what") == "quarter" and start.month:
        return find.means("DATE", f"{Moment(start.year - 1).value}-Q{quarter(start.month)}")
    month = start.month if find.low("what") == "month" or (find.low("what") == "period" and scene.told) else 0
    found = Moment(start.year - 1, month)
    # Without a noun of time the article belongs to what is compared: "the [year-earlier] figure".
    first = find.first + (find.words()[0] == "the" and not find.has("what"))
    return [Reading(first, find.last, "DATE", found.value, found)]


def _nth(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the last week of March", "the first day of 2009"."""
    month = find.number("month")
    found = Moment(find.number("year"), month) if find.has("year") else completed(find, scene, month)
    unit = UNITS[find.low("unit")]
    if unit not in ("D", "W") or not found.year:
        return []
    if find.low("nth") in ("last", "final"):
        following = later(found, 1, "M" if month else "Y")
        day = following and later(Moment(following.year, following.month or 1, 1), -1 if unit == "D" else -4, "D")
    else:
        steps = (find.number("nth") or 1) - 1
        day = later(Moment(found.year, month or 1, 1), steps if unit == "D" else steps * 7 + 3, "D")
    if day is None or day.date is None:
        return []
    return find.means("DATE", day.value if unit == "D" else week(day.date), day)


_WHICH = "[LAST NEXT THIS CURRENT PREVIOUS FOLLOWING SAME THAT]"
_BEHIND = "(?P<later>AGO | EARLIER | THEREAFTER | BEFORE (?=[COMMA STOP BREAK AND CLOSE]) | IN REFERENCE)"

RULES: tuple[Rule, ...] = (
    rule(f"(?P<bound>BOUND)? [THE THIS THAT]? (?P<which>{_WHICH}) FISCAL? (?P<unit>UNIT|AGE)", _unit),
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
        "APPROX? (?:(?P<number>NUMBER) | ARTICLE? (?P<few>FEW) OF? | (?P<half>HALF) ARTICLE | (?P<article>ARTICLE))"
        " WHOLE? HYPHEN? (?P<unit>UNIT|UNITS|AGE) HYPHEN? " + _BEHIND,
        _ago,
    ),
    rule("(?P<unit>UNITS) " + _BEHIND, _ago),
    rule("THE? (?P<unit>UNIT) HYPHEN [AGO EARLIER] (?P<what>PERIOD|QUARTER|UNIT)?", _quarter),
    rule(
        "THE SAME (?P<what>PERIOD|UNIT|QUARTER|TIME)"
        " (?: [OF IN]? THE? [LAST PREVIOUS] UNIT | ARTICLE UNIT [AGO EARLIER] | THE UNIT [BEFORE EARLIER] )",
        _quarter,
    ),
    rule("THE (?P<nth>NTH|LAST|WHOLE) (?P<unit>UNIT) OF (?P<month>MONTH) (?:COMMA? OF? (?P<year>YEAR))?", _nth),
    rule("THE (?P<nth>NTH|LAST) (?P<unit>UNIT) OF (?P<year>YEAR)", _nth),
)
