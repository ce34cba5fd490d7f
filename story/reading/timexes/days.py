"""Days and their parts told from where one stands: weekdays, today, weekends, this morning, the following night."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.anchoring import completed, weekday
from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment, days_in, later, week
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import DEICTIC, PARTS, Kind

_BACK = ("last", "past", "previous", "preceding", "prior", "before")
_ON = ("next", "coming", "upcoming", "following", "subsequent")


def _on(find: Find, day: Moment | None, part: str = "") -> Sequence[Reading]:
    """A day, or a part of it, as a reading; none without a day."""
    if day is None:
        return []
    if part:
        return find.means("TIME", f"{day.value}T{part}", day)
    return find.means("DATE", day.value, day)


def _weekday(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "Friday", "late Monday", "Thursday night", "the previous Tuesday", "Wednesday of next week"."""
    which = find.low("which")
    number = find.number("weekday")
    part = PARTS.get(find.low("part"), "")
    if find.has("hours"):
        if find.words()[2] != "hours":
            return []
        part = "MO" if find.low("hours") == "early" else "NI"
    if which in ("following", "previous", "next") and "the" in find.words()[:2] and scene.there and scene.there.date:
        scene = Scene(scene.tokens, scene.there)
    found = weekday(find, scene, number, which)
    if find.has("week") and scene.here and scene.here.date:
        monday = later(scene.here, -scene.here.date.weekday(), "D")
        step = {"last": -7, "next": 7}.get(find.low("week"), 0)
        found = later(monday, step + number, "D") if monday else None
    if found is None:
        value = f"XXXX-WXX-{number + 1}" + (f"T{part}" if part else "")
        return find.means("TIME" if part else "DATE", value)
    return _on(find, found, part)


def _nth_weekday(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the first Tuesday in November", "the last Friday of May 2026", "the first Monday of every month"."""
    if find.has("every"):
        return find.means("SET", f"XXXX-WXX-{find.number('weekday') + 1}")
    month = completed(find, scene, find.number("month"))
    if find.has("year"):
        month = month._replace(year=find.number("year"))
    first = month._replace(day=1).date
    if first is None or find.number("nth") > 5:
        return []
    day = 1 + (find.number("weekday") - first.weekday()) % 7
    last = days_in(month.year, month.month)
    day = day + (last - day) // 7 * 7 if find.low("nth") == "last" else day + 7 * (find.number("nth") - 1)
    return _on(find, month._replace(day=day)) if day <= last else []


def _deictic(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "today", "late yesterday", "tomorrow night", "the day before yesterday"."""
    here = scene.here
    if here is None or not here.day:
        value = "PRESENT_REF" if find.words() == ["today"] else "XXXX-XX-XX"
        return find.means("DATE", value)
    words = find.words()
    step = DEICTIC[find.low("day")]
    if find.has("twice"):
        step *= 2
    if words == ["today"] and find.tokens.kinds[find.last + 1 : find.last + 2] == Kind.POSSESSIVE.value:
        after = find.tokens.items[find.last + 2 : find.last + 3]
        # "today's world" is no day, "today's meeting" is one.
        if after and after[0].low in ("world", "society", "youth", "generation", "standards", "economy", "technology"):
            return find.means("DATE", "PRESENT_REF")
    return _on(find, later(here, step, "D"), PARTS.get(find.low("part"), ""))


def _tonight(find: Find, scene: Scene) -> Sequence[Reading]:
    here = scene.here
    if here is None or not here.day:
        return find.means("TIME", "XXXX-XX-XXTNI")
    return _on(find, here, "NI")


def _weekend(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "this weekend", "over the weekend", "last weekend"."""
    here = scene.here
    day = here.date if here else None
    if here is None or day is None:
        return []
    which = find.low("which")
    step = 0
    if (
        which in _BACK
        or (which in ("", "the") and day.weekday() < 5 and tense_of(find.tokens, find.first, find.last) != "future")
        or (which in ("this",) and day.weekday() < 3 and tense_of(find.tokens, find.first, find.last) == "past")
    ):
        step = -7
    elif which in _ON:
        step = 7 if day.weekday() > 3 else 0
    saturday = later(here, step + 5 - day.weekday(), "D")
    if saturday is None or saturday.date is None:
        return []
    return find.means("DATE", f"{week(saturday.date)}-WE", saturday)


def _part(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "this morning", "last night", "the next morning", "that afternoon", "in the evening"."""
    which = find.low("which")
    part = PARTS[find.low("part")]
    near = which in ("this", "last", "past") or (which in ("next", "coming") and "the" not in find.words())
    start = scene.here if near else scene.day
    if start is None or not start.day:
        return find.means("TIME", f"XXXX-XX-XXT{part}")
    step = -1 if which in _BACK else 1 if which in _ON else 0
    return _on(find, later(start, step, "D"), part)


RULES: tuple[Rule, ...] = (
    rule(
        "(?: THE? THIS? (?P<which>[LAST NEXT THIS PREVIOUS FOLLOWING SAME THAT]) )? (?:EARLY|EARLIER)?"
        " (?P<weekday>WEEKDAY) (?P<part>PART)? (?: OF? (?P<week>[LAST NEXT THIS]) UNIT )?",
        _weekday,
    ),
    rule(
        "THE (?P<nth>NTH|LAST) (?P<weekday>WEEKDAY) [IN OF] (?P<month>MONTH) (?: COMMA? (?P<year>YEAR) )?", _nth_weekday
    ),
    rule("THE [NTH LAST] (?P<weekday>WEEKDAY) [IN OF] (?P<every>EVERY) UNIT", _nth_weekday),
    rule("(?:EARLY ON | EARLY|EARLIER) (?P<weekday>WEEKDAY) (?P<part>PART)?", _weekday),
    rule("THE? EARLY? (?P<part>PART) UNITS? OF (?P<weekday>WEEKDAY)", _weekday),
    rule("THE (?P<hours>EARLY UNITS) OF (?P<weekday>WEEKDAY) PART?", _weekday),
    rule("THE (?P<part>PART) (?P<which>BEFORE) (?=[COMMA STOP BREAK AND CLOSE])", _part),
    rule("(?:EARLY|EARLIER)? (?P<day>TODAY) (?P<part>PART)?", _deictic),
    rule("THE? (?P<twice>UNIT [BEFORE AFTER]) (?P<day>TODAY)", _deictic),
    rule("(?:EARLY|EARLIER)? TONIGHT", _tonight),
    rule(
        "(?:EARLY|EARLIER)? THIS? (?P<which>THE|THIS|LAST|NEXT|THE (?:LAST|NEXT|FOLLOWING|PREVIOUS))  WEEKEND", _weekend
    ),
    rule(
        "(?:EARLY|EARLIER)? (?:THE? (?P<which>[LAST NEXT THIS THAT SAME PREVIOUS FOLLOWING])) UNIT? (?P<part>PART)",
        _part,
    ),
    rule("(?<=IN) THE EARLY? (?P<part>PART) (?!OF)", _part),
    rule("(?<=IN) EARLY? (?P<part>PART) (?=WHOLE)", _part),
)
