"""How long and how often: three days, a two-week visit, the past ten years, every Monday, 15 a year."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.words import LASTING, PARTS, PLURALS, RATED, SEASONS, SETS, UNITS, Kind

# A unit to how its length is written, and of how many of that it consists.
_LENGTHS = {"DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000), "WE": ("WE", 1)}


def _length(count: float | None, unit: str) -> str:
    """A TIMEX3 duration; None is an unknown number."""
    letter, times = _LENGTHS.get(unit, (unit, 1))
    number = "X" if count is None else f"{count * times:g}" if count < 1e6 else f"{int(count * times)}"
    return f"P{letter.removesuffix(letter.lstrip('T'))}{number}{letter.lstrip('T')}"


def _unit(find: Find) -> str:
    low = find.low("unit")
    if low.startswith("quarter"):
        return "Q"
    if low == "second":
        return "TS"
    return UNITS.get(low) or PLURALS[low]


def _duration(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "three days", "two-week", "a few months", "more than two and a half years", "57 years old"."""
    unit = _unit(find)
    if unit == "Q" and not _quarters(find):
        return []
    if find.has("article"):
        return _article(find, unit)
    if find.has("few"):
        counted = find.low("few") == "many" and find.before() == "as"  # "the third in as many days"
        return [] if counted else find.means("DURATION", _length(None, unit))
    count = (find.token("number").number if find.has("number") else 0) + (find.has("half") or find.has("plus")) / 2
    return find.means("DURATION", _length(count, unit)) if 0 < count < _ENDLESS else []


_ENDLESS = 1e9


def _the_duration(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "for the nine months"; but of "the Seven Years War" the article belongs to the war."""
    named = find.tokens.text[find.token("unit").start].isupper()
    return [] if named else _duration(find, scene)


def _quarters(find: Find) -> bool:
    """Whether quarters are parts of a year ("two straight quarters") rather than of anything ("three quarters of")."""
    return find.has("number") and (find.number("number") not in (1, 3) or bool(find.match["whole"]))


def _article(find: Find, unit: str) -> Sequence[Reading]:
    """As in "a year": how long, or after an amount how often."""
    if find.has("plus"):
        return find.means("DURATION", _length(1.5, unit))
    if find.tokens.items[find.last].kind is Kind.LONG:
        return []  # of "a year-long trial" the article belongs to the trial
    if find.first and not find.has("about"):
        before, after = find.tokens.items[find.first - 1], find.tokens.kinds[find.last + 1 : find.last + 2]
        if before.low in RATED or before.low == "%" or before.kind in (Kind.DAY, Kind.COUNT, Kind.YEAR):
            return find.means("SET", _length(1, unit))
        if before.kind is Kind.OTHER and not _AMOUNT.isdisjoint(
            find.tokens.kinds[max(0, find.first - 3) : find.first - 1]
        ):
            return find.means("SET", _length(1, unit))  # "300 boats a year"
        # "It was a day to remember" tells of no length.
        if unit == "D" and before.kind not in _LENGTH_BEFORE and after not in (Kind.AFTER, Kind.BEFORE, ""):
            return []
    return find.means("DURATION", _length(1, unit))


_AMOUNT = frozenset((Kind.DAY, Kind.COUNT))
_LENGTH_BEFORE = (Kind.IN, Kind.ABOUT, Kind.AFTER, Kind.BEFORE, Kind.THAN)


def _several(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the past ten years", "the first nine months of 1989", "the next few weeks", "the coming days"."""
    unit = _unit(find)
    which = find.low("which")
    if not find.has("number") and not find.has("few"):
        if which in ("coming", "upcoming", "next"):
            return find.means("DATE", "FUTURE_REF")
        if which in ("this", "these"):
            return find.means("DATE", "PRESENT_REF") if which == "these" and unit == "D" else []
        if which in ("that", "those", "same"):
            return []
    count = find.token("number").number if find.has("number") else None
    first = find.first
    if find.tokens.items[first].low == "last" and find.before() in _VERB_BEFORE:
        first = find.match.start("number") if find.has("number") else find.match.start("few")
    if unit == "Q" and which not in ("last", "past", "next", "first", "previous", "following"):
        return []
    return [Reading(first, find.last, "DURATION", _length(count, unit))]


# After these "last" is a verb: "expected to last three months".
_VERB_BEFORE = frozenset(
    "to will would can could may might must should not usually typically normally often ll".split()
)


def _two(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "60 to 90 days", "five or six years": each number by itself."""
    unit = _unit(find)
    low, high = find.token("low").number, find.token("number").number
    if not 0 < low < high < _ENDLESS:
        return []
    first, last = find.match.start("low"), find.match.start("number")
    return [
        Reading(first, first, "DURATION", _length(low, unit)),
        Reading(last, find.last, "DURATION", _length(high, unit)),
    ]


def _bare(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "for years", "within hours", "decades-long"."""
    if find.low("unit") == "weekends":
        return []
    return find.means("DURATION", _length(None if find.low("unit") in PLURALS else 1, _unit(find)))


def _lasting(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "yearlong", "daylong"."""
    return find.means("DURATION", LASTING[find.low("word")])


def _recent(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "recent years", "recent weeks"."""
    if find.low("word") != "recent":
        return []
    return find.means("DATE", "PAST_REF")


def _every(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "every Monday", "each year", "every two weeks", "per day"."""
    if find.has("weekday"):
        value = f"XXXX-WXX-{find.number('weekday') + 1}"
    elif find.has("month"):
        value = f"XXXX-{find.number('month'):02}"
    elif find.has("season"):
        value = f"XXXX-{SEASONS[find.low('season')]}"
    elif find.has("part"):
        value = f"XXXX-XX-XXT{PARTS[find.low('part')]}"
    elif find.has("weekend"):
        if find.low("weekend") not in ("weekend", "weekends"):
            return []
        value = "XXXX-WXX-WE"
    else:
        count = find.token("number").number if find.has("number") else 2.0 if "other" in find.words() else 1.0
        if find.has("nth"):
            count = float(find.number("nth"))
        value = _length(count, _unit(find))
    return find.means("SET", value)


def _daily(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "daily", "annual"; in a name ("the Daily Mail") it is none."""
    token = find.token("word")
    first = not find.first or find.tokens.items[find.first - 1].kind in (Kind.STOP, Kind.BREAK)
    if scene.tokens.text[token.start].isupper() and not first:
        return []
    return find.means("SET", SETS[token.low])


_COUNT = """(?: [FEW MORE]? (?P<number>NUMBER) HYPHEN? | ARTICLE? (?P<few>FEW) OF?
    | (?P<half>ARTICLE? HALF HYPHEN? ARTICLE?) | (?P<article>ARTICLE) )"""
_TAIL = "(?: HYPHEN? LONG | HYPHEN? OLD)?"
_UNIT = "(?P<unit>ANYUNIT)"

RULES: tuple[Rule, ...] = (
    rule(
        f"(?P<about>APPROX)? {_COUNT} (?P<whole>WHOLE? WHOLE?) {_UNIT} (?P<plus>AND ARTICLE HALF)? {_TAIL}", _duration
    ),
    rule("(?P<low>NUMBER) [AND TO HYPHEN] (?P<number>NUMBER) HYPHEN? (?P<unit>UNITS|UNIT) (?: HYPHEN? OLD)?", _two),
    rule("(?P<number>NUMBER) HYPHEN (?P<unit>SECOND)", _duration),
    rule(
        f"THE? (?P<which>LAST|NEXT|PREVIOUS|FOLLOWING|NTH|WHOLE|THIS|SAME|EARLY) APPROX?"
        f" (?:(?P<number>NUMBER) | ARTICLE? (?P<few>FEW)) WHOLE? HYPHEN? {_UNIT} (?:OF (?:YEAR | THE? THIS? UNIT))?",
        _several,
    ),
    rule("THE (?P<number>NUMBER) (?P<whole>WHOLE?) (?P<unit>UNITS) (?!OLD)", _the_duration),
    rule(f"THE (?P<number>NUMBER) [LAST PREVIOUS NEXT FOLLOWING] {_UNIT}", _several),
    rule("THE (?P<which>[NEXT FOLLOWING PREVIOUS LAST]) (?P<unit>UNITS)", _several),
    rule("(?P<which>[THIS]) (?P<unit>UNITS)", _several),
    rule("(?<=[IN AFTER OF ABOUT JUST]) (?P<unit>UNITS) (?! AGO | EARLIER | THEREAFTER)", _bare),
    rule("(?P<unit>UNITS|UNIT|AGE) HYPHEN LONG", _bare),
    rule("(?P<word>REFERENCE) (?P<unit>UNITS)", _recent),
    rule("EVERY (?:(?P<number>NUMBER)|(?P<nth>NTH)|WHOLE|FEW)? (?P<unit>UNIT|UNITS|AGE|QUARTER)", _every),
    rule(
        "EVERY WHOLE? (?: (?P<weekday>WEEKDAY) PART? | (?P<month>MONTH) | (?P<season>[SEASON FALL]) | (?P<part>PART)"
        " | (?P<weekend>WEEKEND) )",
        _every,
    ),
    rule("PER (?P<unit>UNIT|QUARTER)", _every),
    rule("(?P<weekday>WEEKDAYS)", _every),
    rule("(?<=ON) (?P<weekend>UNITS)", _every),
    rule("(?P<word>DAILY)", _daily),
    rule("(?P<word>LASTING)", _lasting),
)
