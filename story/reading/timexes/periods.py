"""Parts of years and runs of years: quarters, halves, seasons, fiscal years, decades, centuries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from story.reading.timexes.anchoring import full_year
from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment, quarter
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import SEASONS, UNITS, Kind

# The year that a part of it belongs to, where it is told.
_OF_YEAR = """(?: (?:OF|COMMA) THE? (?:FISCAL UNIT?)? (?P<year>YEAR) (?P<era>ERA)?
    | OF? (?P<bc>COUNT) (?P<era3>ERA)
    | OF? FISCAL (?P<fiscal>YEAR)
    | OF? (?P<bare>YEAR) (?P<era2>ERA)?
    | OF? THE? (?P<which>[LAST NEXT THIS THAT SAME PREVIOUS FOLLOWING CURRENT]) FISCAL? (?P<unit>UNIT)
    | OF THE FISCAL? (?P<the>UNIT)
    )"""
_BACK = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1}
_ON = {"next": 1, "coming": 1, "following": 1, "subsequent": 1}


def _told_year(find: Find, scene: Scene) -> int:
    """The year that the words give, below zero before Christ; 0 where they give none."""
    for part, era in (("year", "era"), ("fiscal", ""), ("bare", "era2"), ("bc", "era3")):
        if find.has(part):
            return -find.number(part) if find.has(era) else find.number(part)
    which = find.low("which")
    if which:
        start = scene.here if which in ("last", "next", "this", "current") else scene.there
        return start.year + _BACK.get(which, 0) + _ON.get(which, 0) if start else 0
    if find.has("the") and scene.here:
        return scene.here.year
    return 0


def _nearest(find: Find, scene: Scene, month: int, length: int) -> int:
    """The year of a part of a year that begins in a month and has so many: the last one that had begun, the next one if
    the clause looks ahead; in a history the year told of last."""
    here = scene.published
    if here is None:
        return scene.told.year if scene.told else 0
    tense = tense_of(find.tokens, find.first, find.last)
    if tense == "future":
        return here.year if month + length > here.month else here.year + 1
    return here.year if month <= here.month else here.year - 1


def _quarter(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the third quarter", "the fourth quarter of 2009", "third-quarter results"."""
    number = find.number("nth")
    word = find.low("nth")
    here = scene.published or scene.there
    year = _told_year(find, scene)
    if word in ("last", "latest", "next", "this", "current", "previous", "past", "same", "that") and not year:
        return _quarter_from(find, word, here)
    if word in ("final", "last", "closing"):
        number = 4
    if not 1 <= number <= 4:
        return []
    if not year and here:
        year = here.year
        tense = tense_of(find.tokens, find.first, find.last)
        # The results of a quarter are told of when it is over.
        if scene.published and tense != "future" and number > quarter(here.month) + 1:
            year -= 1
    value = f"{Moment(year).value}-Q{number}" if year else f"XXXX-Q{number}"
    return [Reading(find.first, find.last, "DATE", value, Moment(year, number * 3 - 2) if year else None)]


def _quarter_from(find: Find, word: str, here: Moment | None) -> Sequence[Reading]:
    if here is None or not here.month:
        return []
    step = {"last": -1, "previous": -1, "latest": -1, "past": -1, "next": 1}.get(word, 0)
    months = here.year * 4 + quarter(here.month) - 1 + step
    year, number = divmod(months, 4)
    return [Reading(find.first, find.last, "DATE", f"{year:04}-Q{number + 1}", Moment(year, number * 3 + 1))]


def _half(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the first half of 2008", "the second half"."""
    year = _told_year(find, scene)
    number = {"first": 1, "early": 1}.get(find.low("nth"), 2)
    year = year or _nearest(find, scene, 1 if number == 1 else 7, 6)
    if not year:
        return []
    return [Reading(find.first, find.last, "DATE", f"{Moment(year).value}-H{number}", Moment(year, number * 6 - 5))]


_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _season(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "summer 2025", "the winter of 1916", "last spring", "this fall"."""
    season = SEASONS[find.low("season")]
    year = _told_year(find, scene) or (full_year(find.number("short"), scene) if find.has("short") else 0)
    word = find.low("this")
    if not year and word in ("last", "next", "past", "previous", "following", "coming"):
        start = scene.here if word in ("last", "next", "past", "coming") else scene.there
        if start is None:
            return []
        back = word in _BACK
        begun = _FIRST_MONTH[season] + 2 < (start.month or 1) if season != "WI" else (start.month or 1) > 2
        year = (
            start.year - (0 if begun else 1)
            if back
            else start.year + (1 if (start.month or 1) >= _FIRST_MONTH[season] else 0)
        )
        if season == "WI" and back:
            year = start.year - 1
    elif not year and word == "this" and scene.here:
        year = scene.here.year
    year = year or _nearest(find, scene, _FIRST_MONTH[season], 3)
    if not year:
        return [Reading(find.first, find.last, "DATE", f"XXXX-{season}")]
    return [
        Reading(find.first, find.last, "DATE", f"{Moment(year).value}-{season}", Moment(year, _FIRST_MONTH[season]))
    ]


def _fiscal(find: Find, scene: Scene) -> Sequence[Reading]:
    year = find.number("fiscal")
    return [Reading(find.first, find.last, "DATE", f"FY{year}", Moment(year))]


def _decade(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the 1990s", "the late '60s", "the nineties"."""
    token = find.token("decade")
    number = int(token.number)
    if token.low.isalpha():
        number *= 10
        if find.tokens.items[find.first].kind is not Kind.THE:
            return []  # "in her thirties"
    if number < 100:
        here = scene.here.year if scene.here else 2000
        number += here - here % 100
        if number > here:
            number -= 100
    if find.has("era"):
        return [Reading(find.first, find.last, "DATE", f"BC{number // 10:03}", Moment(-number))]
    return [Reading(find.first, find.last, "DATE", f"{number // 10:03}", Moment(number))]


def _century(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the 19th century", "eighteenth-century"."""
    number = find.number("nth")
    if not 1 <= number <= 22 or find.low("unit") != "century":
        return []
    value = f"BC{number - 1:02}" if find.has("era") else f"{number - 1:02}"
    return [Reading(find.first, find.last, "DATE", value)]


def _this_decade(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "the previous century", "this decade", "the following decade"."""
    word, unit = find.low("which"), UNITS[find.low("unit")]
    start = scene.here if word in ("this", "last", "next") else scene.there
    if start is None or start.year == 0:
        return []
    length = 10 if unit == "DE" else 100
    if word in ("past", "last") or (word == "next" and "the" in find.words()[:2]):
        return [Reading(find.first, find.last, "DURATION", f"P{length}Y")]
    number = abs(start.year) // length
    step = _BACK.get(word, 0) + _ON.get(word, 0)
    number += step if start.year > 0 else -step
    digits = 3 if unit == "DE" else 2
    value = f"{'BC' if start.year < 0 else ''}{number:0{digits}}"
    return [Reading(find.first, find.last, "DATE", value)]


_WHICH = "[LAST NEXT THIS CURRENT PREVIOUS FOLLOWING SAME THAT]"

_CODE = re.compile(r"(fy|[qh][1-4]|[1-4][q])\s?['’]?(\d{4}|\d\d)?")


def _code(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "Q3 2010", "FY2011", "3Q"."""
    parts = _CODE.fullmatch(find.low("code"))
    if parts is None:
        return []
    what, written = parts.groups()
    year = find.number("bare") or int(written or 0)
    if written and len(written) == 2 and not find.has("bare"):
        year = full_year(year, scene)
    if what == "fy":
        return [Reading(find.first, find.last, "DATE", f"FY{year}", Moment(year))] if year else []
    letter = "H" if "h" in what else "Q"
    number = int(what.strip("qh"))
    year = year or _nearest(find, scene, number * 3 - 2 if letter == "Q" else number * 6 - 5, 3)
    if not year:
        return []
    return [Reading(find.first, find.last, "DATE", f"{year:04}-{letter}{number}", Moment(year, number * 3 - 2))]


def _the_quarter(find: Find, scene: Scene) -> Sequence[Reading]:
    """ "for the quarter": the one told of, else the last one that is over."""
    told = scene.told
    return _quarter_from(
        find, "same" if told and told.month else "last", told if told and told.month else scene.published
    )


RULES: tuple[Rule, ...] = (
    rule(
        f"BOUND? THE? (?P<nth>NTH|WHOLE|LAST|NEXT|CURRENT|SAME|THIS|PREVIOUS|THAT) FISCAL? HYPHEN? QUARTER {_OF_YEAR}?",
        _quarter,
    ),
    rule("(?P<code>CODE) (?: OF? (?P<bare>YEAR) )?", _code),
    rule("BOUND? THE QUARTER (?! [OF HYPHEN])", _the_quarter),
    rule(f"THE? (?P<nth>NTH|EARLY|EARLIER) HALF {_OF_YEAR}", _half),
    rule("THE (?P<nth>NTH) HALF (?=[COMMA STOP BREAK])", _half),
    rule(f"BOUND? THE? (?P<season>SEASON|FALL) COMMA? {_OF_YEAR}", _season),
    rule("(?P<bare>YEAR) (?P<season>SEASON)", _season),
    rule("BOUND? (?P<this>LAST|NEXT|THIS|THE (?:NEXT|PREVIOUS|FOLLOWING)) (?P<season>SEASON|FALL) (?!OF)", _season),
    rule("BOUND? THE? (?P<season>SEASON) (?![OF OTHER])", _season),
    rule("BOUND? (?P<season>SEASON)", _season),
    rule("THE? EARLY (?P<season>FALL) (?! OF | TO | IN)", _season),
    rule("(?<=[IN OF BEFORE AFTER EARLY EARLIER MID]) THE? (?P<season>FALL) (?! OF | TO | IN)", _season),
    rule("BOUND? FISCAL UNIT? (?P<fiscal>YEAR)", _fiscal),
    rule("BOUND? THE? (?P<decade>DECADE) (?P<era>ERA)?", _decade),
    rule("BOUND? THE? (?P<nth>NTH) HYPHEN? (?P<unit>AGE) (?P<era>ERA)?", _century),
    rule(f"BOUND? THE? (?P<which>{_WHICH}) (?P<unit>AGE)", _this_decade),
)
