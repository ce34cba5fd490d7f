"""Days, months and years of the calendar, in the forms that the press writes them in, and several of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from story.reading.timexes.anchoring import completed, full_year
from story.reading.timexes.edtf import edtf_of
from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment
from story.reading.timexes.words import CLAUSE_WORDS, PARTS, Kind

_YEAR = """(?: COMMA? OF? (?: (?P<year>YEAR|SHORTYEAR) (?P<era>ERA)? | (?P<bc>COUNT) ERA )
    | [OF COMMA]? (?P<which>[THAT THIS LAST NEXT] | THE [SAME PREVIOUS FOLLOWING]) YEARWORD
    | OF (?P<that>THAT) UNIT )?"""
_PART = "(?: THE? EARLY? (?P<part>PART) UNITS? OF )?"
_NAMED = "(?: (?P<weekday>WEEKDAY) COMMA? )?"


def _year(find: Find, scene: Scene) -> int:
    """The year that is written, below zero before Christ; 0 where none is."""
    if find.has("which"):
        return _year_told(find, scene)
    if find.has("bc"):
        return -find.number("bc")
    if not find.has("year"):
        return 0
    year = find.number("year")
    if find.token("year").kind is Kind.SHORTYEAR:
        return full_year(year, scene)
    return -year if find.has("era") else year


def _year_told(find: Find, scene: Scene) -> int:
    """The year of "last year", "that year", "the following year"."""
    the = find.low("which") == "the"
    word = find.tokens.items[find.match.start("which") + the].low
    start = scene.here if word in ("last", "past", "next", "this") else scene.there
    if start is None:
        return 0
    return start.year + {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)


def _whole(find: Find, scene: Scene, month: int, day: int = 0) -> Moment:
    if find.has("that") or not (year := _year(find, scene)):
        return completed(find, scene, month, day)
    return Moment(year, month, day)


# What "about" may stand before a date for; "over 2010" and "under May" are no dates.
_ROUGHLY = frozenset("about around circa ca ca. c approximately approx".split())


def _rough(find: Find) -> tuple[int, str]:
    """The first word, without what is no "about" of a date, and the mark of EDTF for one."""
    if not find.has("about"):
        return find.first, ""
    return (find.first, "~") if find.low("about") in _ROUGHLY else (find.first + 1, "")


def _dated(find: Find, found: Moment) -> Reading:
    part = find.low("part") or find.low("parted")
    if part:
        return Reading(find.first, find.last, "TIME", f"{found.value}T{PARTS[part]}", found)
    return Reading(find.first, find.last, "DATE", found.value, found)


def _day(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "Oct. 29, 2025", "Wednesday 29th October", "the night of 13 February"."""
    found = _whole(find, scene, find.number("month"), find.number("day"))
    if (found.month, found.day) == _ATTACKED[1:] and find.tokens.items[find.last].kind in _MONTHDAY and _attacks(find):
        found = _ATTACKED
    return [_dated(find, found)] if found.valid else []


# "The Sept. 11 attacks" are named after a day of a year that everybody knows.
_ATTACKED = Moment(2001, 9, 11)


def _attacks(find: Find) -> bool:
    return any(
        token.low in ("attack", "attacks", "terrorist", "hijackers")
        for token in find.tokens.items[find.last + 1 : find.last + 4]
    )


def _days(find: Find, scene: Scene) -> Sequence[Reading]:
    """Several days of one month, each by itself: "Oct. 27-29", "27 and 29 October"."""
    places = [place for place in range(find.first, find.last + 1) if find.tokens.items[place].kind in _MONTHDAY]
    whole = [_whole(find, scene, find.number("month"), int(find.tokens.items[place].number)) for place in places]
    if not all(found.valid for found in whole) or _counts(find):
        return []
    lasts = [place if place != places[-1] else find.last for place in places]
    firsts = list(places)
    firsts[0] = find.first
    ranged = not any(find.tokens.items[place].kind in (Kind.AND, Kind.COMMA) for place in range(places[0], places[1]))
    together = f"{whole[0].value}/{whole[-1].value}" if ranged and len(whole) == 2 and whole[0] < whole[1] else ""
    return [
        Reading(first, last, "DATE", found.value, found, edtf=together)
        for first, last, found in zip(firsts, lasts, whole, strict=True)
    ]


_MONTHDAY = (Kind.DAY, Kind.ORDINAL)


def _counts(find: Find) -> bool:
    """Whether the last number counts what stands behind it: "on May 10 and 12 soldiers"."""
    items = find.tokens.items
    if items[find.last].kind is not Kind.DAY or Kind.HYPHEN in find.tokens.kinds[find.first : find.last]:
        return False
    return any(
        token.kind is Kind.OTHER and token.low.isalpha() and token.low not in CLAUSE_WORDS
        for token in items[find.last + 1 : find.last + 2]
    )


def _month(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "in March", "early January 1942", "August of that year", "last June"."""
    which = find.low("this") or find.low("told")
    if which in ("", "this") or find.has("year"):
        found = _whole(find, scene, find.number("month"))
    else:
        start = scene.here if which in ("last", "next", "past", "coming") else scene.there
        if start is None:
            return []
        found = Moment(start.year, find.number("month"))
        back = which in ("last", "past", "previous", "preceding")
        if back and found.month >= (start.month or 1):
            found = found._replace(year=start.year - 1)
        elif not back and which != "same" and start.month and found.month <= start.month:
            found = found._replace(year=start.year + 1)
    first, mark = _rough(find)
    if find.tokens.items[first].kind is Kind.THE and find.tokens.items[first + 1].kind in (Kind.EARLY, Kind.MID):
        first += 1  # "the [early October] storm"
    return [Reading(first, find.last, "DATE", found.value, found, edtf_of(found.value, mark))]


def _year_alone(find: Find, scene: Scene) -> Sequence[Reading]:
    year = _year(find, scene)
    first, mark = _rough(find)
    found = Moment(year)
    told = None if _aside(find, scene, year) else found
    return [Reading(first, find.last, "DATE", found.value, told, edtf_of(found.value, mark))]


_GENERATION = 30  # years


def _aside(find: Find, scene: Scene, year: int) -> bool:
    """Whether a year only describes something ("the 1911 encyclopedia"), or lies far from what is told, so that what
    follows is not of that year."""
    if scene.published is not None:
        return False
    described = find.tokens.kinds[find.first - 1 : find.first] in (Kind.THE, Kind.ARTICLE, Kind.POSSESSIVE)
    return described or (scene.told is not None and abs(scene.told.year - year) > _GENERATION)


def _years(find: Find, scene: Scene) -> Sequence[Reading]:
    """A pair of years, each by itself: "1914-1918", "2009-10"."""
    start, stop = find.number("year"), find.number("until")
    if stop < 100:
        stop += start - start % 100
    if find.has("era"):
        start, stop = -start, -stop
    if not start < stop < start + 1000:
        return []
    first, last = find.match.start("year"), find.match.start("until")
    together = f"{start}/{stop}" if start > 0 else ""
    return [
        Reading(find.first, first, "DATE", Moment(start).value, Moment(start), edtf=together),
        Reading(last, find.last, "DATE", Moment(stop).value, edtf=together),
    ]


_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ](\d\d:\d\d)(?::\d\d)?(z|[+-]\d\d:?\d\d)?)?")
_PARTED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})")


def _numeric(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "2025-10-24", "10/24/2025"; of "7/8/07" the month comes first, as in America, unless it cannot."""
    written = find.token("numeric").low
    if written == "9/11":
        return find.means("DATE", _ATTACKED.value, _ATTACKED)
    if iso := _ISO.fullmatch(written):
        found = Moment(int(iso[1]), int(iso[2]), int(iso[3]))
        if not found.valid or not found.month or not found.day:
            return []
        if iso[4]:
            value = f"{found.value}T{iso[4]}{(iso[5] or '').upper()}"
            return find.means("TIME", value, found)
        return find.means("DATE", found.value, found)
    if not (parted := _PARTED.fullmatch(written)):
        return []
    month, day, year = (int(part) for part in parted.groups())
    if "." in written or month > 12:
        month, day = day, month
    year = full_year(year, scene) if len(parted[3]) == 2 else year
    found = Moment(year, month, day)
    if not found.valid or not month or not day or ("." in written and len(parted[3]) == 2):
        return []
    return find.means("DATE", found.value, found)


def _day_alone(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the 28th of that month", "on the 5th": a day of the month told of last."""
    there = scene.there
    if there is None or not there.month:
        return []
    found = Moment(there.year, there.month, find.number("day"))
    return find.means("DATE", found.value, found) if found.valid else []


RULES: tuple[Rule, ...] = (
    rule(f"{_PART} {_NAMED} BOUND? (?P<month>MONTH) THE? (?P<day>MONTHDAY) {_YEAR} (?P<parted>PART)?", _day),
    rule(f"{_PART} {_NAMED} THE? (?P<day>MONTHDAY) OF? (?P<month>MONTH) {_YEAR} (?P<parted>PART)?", _day),
    rule(f"{_NAMED} (?P<month>MONTH) MONTHDAY [HYPHEN TO SIGN] MONTHDAY  {_YEAR}", _days),
    rule(
        f"{_NAMED} (?P<month>MONTH) MONTHDAY (?:COMMA MONTHDAY){{0,6}} COMMA? AND MONTHDAY (?![UNITS WHOLE]) {_YEAR}",
        _days,
    ),
    rule(
        f"THE? MONTHDAY (?: [HYPHEN TO SIGN COMMA] | (?:COMMA MONTHDAY){{0,6}} AND ) MONTHDAY OF?"
        f" (?P<month>MONTH) {_YEAR}",
        _days,
    ),
    rule(
        f"(?P<about>ABOUT)? (?:BOUND? | THIS? (?P<this>[LAST NEXT THIS]) | THE (?P<told>[PREVIOUS FOLLOWING SAME]))"
        f" (?P<month>MONTH) {_YEAR}",
        _month,
    ),
    rule("(?P<about>ABOUT)? (?:BOUND? | THE? (?:UNIT|UNITS)) (?P<year>YEAR) (?P<era>ERA)?", _year_alone),
    rule("(?P<about>ABOUT)? BOUND? (?P<year>[DAY COUNT FOUR]) (?P<era>ERA)", _year_alone),
    rule("(?<![OTHER ARTICLE]) (?P<year>SHORTYEAR)", _year_alone),
    rule("(?<=OPEN) (?P<year>SHORTYEAR)", _year_alone),
    rule("(?P<year>YEAR) [HYPHEN SIGN] (?P<until>[YEAR DAY COUNT]) (?![HYPHEN])", _years),
    rule("(?P<year>[YEAR COUNT]) [HYPHEN TO AND] (?P<until>[YEAR COUNT]) (?P<era>ERA)", _years),
    rule("(?P<numeric>NUMERIC)", _numeric),
    rule("THE (?P<day>ORDINAL) (?:OF THAT UNIT)? (?=[COMMA STOP BREAK])", _day_alone),
)
