"""Parts of years and runs of years: quarters, halves, seasons, fiscal years, decades, centuries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from story.reading.timexes.anchoring import full_year
from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.moments import Moment, quarter
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import SEASONS, Kind

# The year that a part of it belongs to, where it is told.
_OF_YEAR = """(?: (?:OF|COMMA) THE? (?:FISCAL UNIT?)? (?P<year>YEAR) (?P<era>ERA)?
    | OF? (?P<bc>COUNT) (?P<era3>ERA)
    | OF? FISCAL (?P<fiscal>YEAR)
    | OF? (?P<bare>YEAR) (?P<era2>ERA)?
    | OF? (?P<short>SHORTYEAR)
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
    if find.has("short"):
        return full_year(find.number("short"), scene)
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
    """As in "the third quarter", "the fourth quarter of 2009", "third-quarter results"."""
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
    return find.means("DATE", value, Moment(year, number * 3 - 2) if year else None)


def _quarter_from(find: Find, word: str, here: Moment | None) -> Sequence[Reading]:
    if here is None or not here.month:
        return []
    step = {"last": -1, "previous": -1, "latest": -1, "past": -1, "next": 1}.get(word, 0)
    months = here.year * 4 + quarter(here.month) - 1 + step
    year, number = divmod(months, 4)
    return find.means("DATE", f"{year:04}-Q{number + 1}", Moment(year, number * 3 + 1))


def _half(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the first half of 2008", "the second half"."""
    year = _told_year(find, scene)
    number = {"first": 1, "earlier": 1}.get(find.low("nth"), 2)
    year = year or _nearest(find, scene, 1 if number == 1 else 7, 6)
    if not year:
        return []
    return find.means("DATE", f"{Moment(year).value}-H{number}", Moment(year, number * 6 - 5))


# What is told by the half: halves are parts of matches too.
_ACCOUNTS = frozenset(
    "profit profits sales earnings revenue revenues income results loss losses net growth exports imports output "
    "orders forecast budget economy economic gdp inflation interim dividend".split()
)


def _half_alone(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "first-half profit"."""
    near = find.tokens.items[max(0, find.first - 12) : find.last + 12]
    return _half(find, scene) if any(token.low in _ACCOUNTS for token in near) else []


_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _season(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "summer 2025", "the winter of 1916", "last spring", "this fall"."""
    season = SEASONS[find.low("season")]
    first = _FIRST_MONTH[season]
    which = find.low("this") or find.low("told")
    year = _told_year(find, scene)
    if not year and which and which != "this":
        start = scene.here if find.has("this") else scene.there
        year = _season_beside(start, first, back=which in _BACK) if start else 0
    elif not year and which and scene.here:
        year = scene.here.year
    year = year or _nearest(find, scene, first, 3)
    if not year:
        return find.means("DATE", f"XXXX-{season}")
    return find.means("DATE", f"{Moment(year).value}-{season}", Moment(year, first))


def _season_beside(start: Moment, first: int, *, back: bool) -> int:
    """The year of the last season before a moment, or of the next one, by the month that it begins in."""
    month = start.month or 1
    if back:
        return start.year if first + 2 < month else start.year - 1
    return start.year + (month >= first)


def _fiscal(find: Find, scene: Scene) -> Sequence[Reading]:
    year = find.number("fiscal")
    return find.means("DATE", f"FY{year}", Moment(year))


def _decade(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the 1990s", "the late '60s", "the nineties"."""
    token = find.token("decade")
    number = int(token.number)
    if token.low.isalpha():
        number *= 10
    if number < 100:
        if not _of_years(find):
            return []
        here = scene.here.year if scene.here else 2000
        number += here - here % 100
        if number > here:
            number -= 100
    if find.has("era"):
        return find.means("DATE", f"BC{number // 10:03}", Moment(-number))
    return find.means("DATE", f"{number // 10:03}", Moment(number))


_DEGREES = frozenset("temperature temperatures highs lows degrees scored shot".split())


def _of_years(find: Find) -> bool:
    """Whether tens are years: "the 80s", "the '70s and '80s"; not "in her thirties", nor "temperatures in the 90s"."""
    items = find.tokens.items
    if find.token("decade").low[0] in "'’‘":
        return True
    opened = items[find.first].kind in (Kind.THE, Kind.EARLY, Kind.MID)
    joined = (
        find.first > 1
        and items[find.first - 1].kind in (Kind.AND, Kind.TO)
        and items[find.first - 2].kind is Kind.DECADE
    )
    near = items[max(0, find.first - 8) : find.last + 3]
    return (opened or joined) and not any(token.low in _DEGREES for token in near)


def _century(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the 19th century", "eighteenth-century"."""
    number = find.number("nth")
    if not 1 <= number <= 22 or find.low("unit") != "century":
        return []
    value = f"BC{number - 1:02}" if find.has("era") else f"{number - 1:02}"
    return find.means("DATE", value)


_CODE = re.compile(r"(fy|q[1-4]|[1-4]q|h[12])\s?['’]?(\d{4}|\d\d)?")


def _code(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "Q3 2010", "FY2011", "3Q"."""
    parts = _CODE.fullmatch(find.low("code"))
    if parts is None:
        return []
    what, written = parts.groups()
    year = find.number("bare") or int(written or 0)
    if written and len(written) == 2 and not find.has("bare"):
        year = full_year(year, scene)
    if what == "fy":
        return find.means("DATE", f"FY{year}", Moment(year)) if year else []
    letter, length = ("H", 6) if "h" in what else ("Q", 3)
    number = int(what.strip("qh"))
    first = (number - 1) * length + 1
    year = year or _nearest(find, scene, first, length)
    if not year:
        return []
    return find.means("DATE", f"{year:04}-{letter}{number}", Moment(year, first))


def _the_quarter(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "for the quarter": the one told of, else the last one that is over."""
    told = scene.told
    return _quarter_from(
        find, "same" if told and told.month else "last", told if told and told.month else scene.published
    )


RULES: tuple[Rule, ...] = (
    rule(
        f"BOUND? THE? (?P<nth>NTH|WHOLE|LAST|NEXT|CURRENT|SAME|THIS|PREVIOUS|THAT) FISCAL? HYPHEN? QUARTER {_OF_YEAR}?",
        _quarter,
    ),
    rule("THE? FISCAL? (?P<bare>YEAR) POSSESSIVE? FISCAL? (?P<nth>NTH) HYPHEN? QUARTER", _quarter),
    rule("BOUND? THE? FISCAL (?P<nth>NTH) HYPHEN? QUARTER", _quarter),
    rule("(?P<code>CODE) (?: OF? (?P<bare>YEAR) )?", _code),
    rule("BOUND? THE QUARTER (?! [OF HYPHEN])", _the_quarter),
    rule(f"THE? (?P<nth>NTH|EARLIER) HALF {_OF_YEAR}", _half),
    rule("THE? (?P<nth>NTH) HYPHEN? HALF (?!OF)", _half_alone),
    rule(f"BOUND? THE? (?P<season>SEASON|FALL) COMMA? {_OF_YEAR}", _season),
    rule("(?P<bare>YEAR) (?P<season>SEASON)", _season),
    rule(
        "BOUND? (?: (?P<this>[LAST NEXT THIS]) | THE (?P<told>[NEXT PREVIOUS FOLLOWING]) )"
        " (?P<season>[SEASON FALL]) (?!OF)",
        _season,
    ),
    rule("BOUND? THE? (?P<season>SEASON) (?![OF OTHER])", _season),
    rule("BOUND? (?P<season>SEASON)", _season),
    rule("THE? EARLY (?P<season>FALL) (?! [OF TO IN])", _season),
    rule("(?<=[IN OF BEFORE AFTER EARLY EARLIER MID]) THE? (?P<season>FALL) (?! [OF TO IN])", _season),
    rule("BOUND? FISCAL UNIT? (?P<fiscal>YEAR)", _fiscal),
    rule("BOUND? THE? (?P<decade>DECADE) (?P<era>ERA)?", _decade),
    rule("BOUND? THE? (?P<nth>NTH) HYPHEN? (?P<unit>AGE) (?P<era>ERA)?", _century),
)
