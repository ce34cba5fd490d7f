"""The words that times are told in, each with its kind and, where it has one, its number. Lower case throughout."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a word can be in an expression of time: one letter each, so that a sentence becomes a string of kinds."""

    OTHER = "."
    BREAK = "|"
    STOP = "!"
    MONTH = "M"
    WEEKDAY = "W"
    WEEKDAYS = "w"
    DAY = "d"
    YEAR = "Y"
    SHORTYEAR = "y"
    COUNT = "n"
    ORDINAL = "o"
    SECOND = "s"
    DECADE = "D"
    AGE = "C"
    NUMERIC = "N"
    CLOCK = "c"
    MERIDIEM = "m"
    NOON = "0"
    ZONE = "Z"
    UNIT = "U"
    YEARWORD = "K"
    UNITS = "u"
    QUARTER = "Q"
    CODE = "*"
    QUARTERS = "q"
    HALF = "H"
    SEASON = "S"
    FALL = "F"
    PART = "P"
    WEEKEND = "E"
    TODAY = "T"
    TONIGHT = "t"
    HOLIDAY = "X"
    CLOCKWORD = "V"
    ERA = "B"
    ARTICLE = "a"
    THE = "1"
    THIS = "2"
    THAT = "3"
    LAST = "4"
    NEXT = "5"
    SAME = "6"
    PREVIOUS = "7"
    FOLLOWING = "8"
    CURRENT = "9"
    EVERY = "e"
    PER = "p"
    EARLY = "A"
    EARLIER = "I"
    MID = "i"
    EDGE = "G"
    CLOSING = "j"
    AGO = "g"
    AFTER = "L"
    THEREAFTER = "x"
    BEFORE = "l"
    FEW = "f"
    ABOUT = "b"
    THAN = "@"
    MORE = "%"
    JUST = "J"
    LONG = "="
    LASTING = "`"
    OLD = "O"
    WHOLE = "#"
    FISCAL = "$"
    PERIOD = "R"
    PORTION = "v"
    DAILY = "r"
    OF = "("
    IN = ")"
    ON = "+"
    AT = "~"
    AND = "&"
    TO = ">"
    COMMA = ","
    HYPHEN = "-"
    POSSESSIVE = "'"
    REFERENCE = "?"
    TIME = "k"
    OPEN = "{"
    CLOSE = "}"
    SIGN = "^"
    POINT = ";"
    FOUR = "_"
    ZONENAME = "z"


MONTHS = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "january jan",
                "february feb",
                "march mar",
                "april apr",
                "may",
                "june jun",
                "july jul",
                "august aug",
                "september sept sep",
                "october oct",
                "november nov",
                "december dec",
            ),
            1,
        )
        for word in words.split()
    }
)
WEEKDAYS = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "monday mon",
                "tuesday tue tues",
                "wednesday wed",
                "thursday thu thur thurs",
                "friday fri",
                "saturday sat",
                "sunday sun",
            )
        )
        for word in words.split()
    }
)
# Those that a full stop belongs to.
ABBREVIATED = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
# What is a word or a name of its own as well, and so has to be written like a date to be one.
DOUBTFUL_MONTHS = frozenset("march mar may april june august jun dec jan".split())
DOUBTFUL_WEEKDAYS = frozenset("sun sat wed mon fri thu".split())

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
COUNTS = MappingProxyType(
    {word: float(number) for number, word in enumerate((_ONES + " eighteen nineteen").split(), 1)}
    | {
        word: 10.0 * number
        for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    }
    | {"hundred": 100.0, "thousand": 1000.0, "single": 1.0}
)
ORDINALS = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            1,
        )
    }
    | {"twenty-first": 21, "thirtieth": 30}
)
# The letter of a unit in a TIMEX value; those of the clock are written after a T.
UNITS = MappingProxyType(
    {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE", "fortnight": "W"}
    | {"hour": "TH", "minute": "TM", "hr": "TH", "min": "TM", "yr": "Y", "millennium": "ML", "weekday": "D"}
)
PLURALS = MappingProxyType(
    {f"{unit}s": letter for unit, letter in UNITS.items() if unit not in ("century", "millennium")}
    | {
        "centuries": "CE",
        "millennia": "ML",
        "seconds": "TS",
        "sec": "TS",
        "secs": "TS",
        "weekends": "WE",
        "nights": "D",
    }
)
LASTING = MappingProxyType(
    {
        "hourlong": "PT1H",
        "daylong": "P1D",
        "weeklong": "P1W",
        "monthlong": "P1M",
        "yearlong": "P1Y",
        "decadelong": "P10Y",
    }
)
SEASONS = MappingProxyType({"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI", "fall": "FA"})
PARTS = MappingProxyType(
    {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "midday": "MI", "daytime": "DT"}
    | {"nighttime": "NI", "dusk": "EV", "lunchtime": "MI", "mornings": "MO", "afternoons": "AF", "evenings": "EV"}
)
DECADES = MappingProxyType(
    dict(
        zip("twenties thirties forties fifties sixties seventies eighties nineties".split(), range(2, 10), strict=True)
    )
)
# Hours that a zone is ahead of Greenwich; None where the word does not tell by how many.
ZONES: MappingProxyType[str, float | None] = MappingProxyType(
    {"gmt": 0, "utc": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
    | {"et": None, "pt": None, "ct": None, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "ist": None, "jst": 9}
    | {"kst": 9, "hkt": 8, "sgt": 8, "msk": 3, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "hst": -10, "akst": -9}
)
ZONE_NAMES = frozenset(
    "eastern central pacific mountain local greenwich beijing moscow tokyo london standard daylight".split()
)
SETS = MappingProxyType(
    {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y"}
    | {"yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D", "biweekly": "P2W", "biannual": "P6M", "bimonthly": "P2M"}
    | {"biennial": "P2Y", "fortnightly": "P2W", "everyday": "P1D"}
)
REFERENCES = MappingProxyType(
    {"now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF"}
    | {"recently": "PAST_REF", "lately": "PAST_REF", "recent": "PAST_REF"}
    | {"future": "FUTURE_REF", "past": "PAST_REF", "present": "PRESENT_REF", "soon": "FUTURE_REF"}
)
DEICTIC = MappingProxyType({"today": 0, "yesterday": -1, "tomorrow": 1})

_KINDS = {
    Kind.ARTICLE: "a an",
    Kind.THE: "the",
    Kind.THIS: "this these",
    Kind.THAT: "that those",
    Kind.LAST: "last past latest",
    Kind.NEXT: "next coming upcoming",
    Kind.SAME: "same",
    Kind.PREVIOUS: "previous preceding prior",
    Kind.FOLLOWING: "following subsequent ensuing succeeding",
    Kind.CURRENT: "current",
    Kind.EVERY: "every each",
    Kind.PER: "per",
    Kind.EARLY: "early late",
    Kind.EARLIER: "earlier later latter",
    Kind.MID: "mid",
    Kind.EDGE: "end beginning start middle outset onset ending",
    Kind.CLOSING: "close turn rest remainder eve",
    Kind.AGO: "ago hence",
    Kind.AFTER: "after",
    Kind.THEREAFTER: "afterwards afterward thereafter",
    Kind.BEFORE: "before previously beforehand",
    Kind.FEW: "several few many some couple dozen dozens numerous countless",
    Kind.ABOUT: "about around approximately nearly almost roughly over under approx circa ca",
    Kind.JUST: "just only mere barely",
    Kind.MORE: "more less fewer longer",
    Kind.THAN: "than least most",
    Kind.LONG: "long lengthy",
    Kind.OLD: "old",
    Kind.WHOLE: "whole entire full straight consecutive additional trading working successive further solid other "
    "business calendar very school extra bloody brutal successive unbroken continuous final",
    Kind.FISCAL: "fiscal financial",
    Kind.PERIOD: "period",
    Kind.PORTION: "part",
    Kind.OF: "of",
    Kind.IN: "in during since by until till for within through throughout into from between",
    Kind.ON: "on",
    Kind.AT: "at",
    Kind.AND: "and or",
    Kind.TO: "to",
    Kind.HALF: "half",
    Kind.QUARTER: "quarter",
    Kind.QUARTERS: "quarters",
    Kind.WEEKEND: "weekend",
    Kind.NOON: "noon midnight",
    Kind.TONIGHT: "tonight overnight",
    Kind.TIME: "time",
    Kind.CLOCKWORD: "o'clock hrs",
}
_KIND_OF = (
    {word: kind for kind, words in _KINDS.items() for word in words.split()}
    | dict.fromkeys(SETS, Kind.DAILY)
    | dict.fromkeys(REFERENCES, Kind.REFERENCE)
    | {"past": Kind.LAST}
    | dict.fromkeys(DEICTIC, Kind.TODAY)
    | dict.fromkeys(PARTS, Kind.PART)
    | dict.fromkeys(UNITS, Kind.UNIT)
    | {"year": Kind.YEARWORD}
    | dict.fromkeys(LASTING, Kind.LASTING)
    | dict.fromkeys(("decade", "century", "millennium"), Kind.AGE)
    | dict.fromkeys(PLURALS, Kind.UNITS)
    | dict.fromkeys(SEASONS, Kind.SEASON)
    | {"fall": Kind.FALL, "spring": Kind.FALL}
    | dict.fromkeys(ORDINALS, Kind.ORDINAL)
    | {"second": Kind.SECOND}
    | dict.fromkeys(DECADES, Kind.DECADE)
    | dict.fromkeys(COUNTS, Kind.COUNT)
    | dict.fromkeys(ZONE_NAMES, Kind.ZONENAME)
)
# Every word of time that may be written small: what it can be, and its number.
WORDS: dict[str, tuple[Kind, float]] = {
    word: (kind, float(COUNTS.get(word) or ORDINALS.get(word) or DECADES.get(word) or 0))
    for word, kind in _KIND_OF.items()
}
DOTTED = frozenset(("ca", "approx"))
# Nouns before "a day" or "a year" that make of it how often, not how long.
RATED = frozenset(
    "percent cent cents dollar dollars euro euros pound pounds yen barrel barrels ton tons tonnes people million "
    "billion trillion thousand hundred times time once twice thrice passengers units copies cars aircraft visitors "
    "jobs cases deaths hours hour days day flights planes gallons miles bottles vehicles tests bushels ounces users "
    "shares tourists kilometers kilometres watts megawatts rupees rubles yuan pesos francs marks lire".split()
)
# Nouns after a number that make it a count and no year, and words before it that make it a number's name.
COUNTED = frozenset(
    "people troops soldiers men women feet meters metres miles km kilometers kilometres tons tonnes dollars percent "
    "million points jobs civilians prisoners tanks workers employees members families homes houses students victims "
    "refugees dead wounded casualties pounds euros yen barrels acres hectares votes seats square years days "
    "hours".split()
)
NUMBERED = frozenset(
    "flight room highway route page section article channel resolution boeing no number nos suite russell fortune "
    "windows psalm".split()
)
# Words before a number that make it a count.
COUNTING = frozenset("than nearly over under roughly approximately almost some only another all least most".split())
# What begins a new clause or phrase behind a time ("in the past there was", "May 3 and 4 it rained"), and is no noun
# that the words before it describe.
CLAUSE_WORDS = frozenset(
    "there he she it they we i you was were is are has have had but when that this who which as because while if with "
    "by many some most such what how also not will would may might can could should did do does his her their its "
    "our".split()
)
