"""Patterns over kinds of words, and which of their finds to keep where several claim the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from story.reading.timexes.moments import Moment
from story.reading.timexes.tokens import Token, Tokens
from story.reading.timexes.words import Kind
from story.reading.values import TimexType

# Several kinds under one name. Names in patterns stand for kinds; spaces between them mean nothing.
_GROUPS: Mapping[str, tuple[Kind, ...]] = {
    "NUMBER": (Kind.DAY, Kind.COUNT),
    "NTH": (Kind.ORDINAL, Kind.SECOND),
    "MONTHDAY": (Kind.DAY, Kind.ORDINAL),
    "UNIT": (Kind.UNIT, Kind.YEARWORD),
    "ANYUNIT": (Kind.UNIT, Kind.YEARWORD, Kind.UNITS, Kind.AGE, Kind.QUARTER, Kind.QUARTERS),
}
# Runs of words that stand in many patterns.
_RUNS = {
    "APPROX": "(?: (?:AT|MORE) THAN | ABOUT (?:MORE THAN)? )",
    "BOUND": "(?: THE? WHOLE? EDGE OF | THE CLOSING OF | THE? EARLY PORTION OF | THE? (?:EARLY|MID) HYPHEN?"
    " | (?:EARLY|EARLIER) IN | EARLIER )",
}
# No expression begins with these, and most words are among them: so most places are passed over at once.
_NEVER_FIRST = (Kind.OTHER, Kind.STOP, Kind.BREAK, Kind.COMMA, Kind.IN, Kind.OF, Kind.POSSESSIVE)
_BEGINS = f"(?![{re.escape(''.join(_NEVER_FIRST))}])"
_NAMES = re.compile(r"\[(?P<negated>\^?)(?P<set>[A-Z ]+)\]|(?<![<\w])(?P<name>[A-Z]{2,})(?![>\w])")


def pattern(text: str, *, beginning: bool = False) -> re.Pattern[str]:
    """A pattern in the names of kinds, such as `(?P<month>MONTH) (?P<day>MONTHDAY)`, over a string of kinds; with
    `beginning` it fits only where an expression can begin."""
    for name, run in _RUNS.items():
        text = text.replace(name, run)
    text = _NAMES.sub(lambda found: _set((found["set"] or found["name"]).split(), found["negated"] or ""), text)
    return re.compile((_BEGINS if beginning else "") + f"(?:{text})", re.VERBOSE)


def _set(names: Sequence[str], negated: str = "") -> str:
    # A set even for one letter: in a verbose pattern a bare `#` would begin a comment.
    return f"[{negated}{''.join(re.escape(kind.value) for kind in _kinds(names))}]"


_GROUP = re.compile(r"\((?P<opening>\?P<\w+>|\?:|\?<?[=!])?(?P<inside>[^()]*)\)\s*(?P<optional>[?{])?")
_ALTERNATIVES = re.compile(r"\s*[A-Z]+(?:\s*\|\s*[A-Z]+)*\s*")
_MAY = re.compile(r"(?:\[[A-Z ]+\]|\b[A-Z]{2,})\s*[?{]")
# They stand in every text, so to look for them spares nothing.
_COMMON = frozenset(
    {Kind.THE, Kind.ARTICLE, Kind.IN, Kind.OF, Kind.ON, Kind.AT, Kind.TO, Kind.AND, Kind.COMMA, Kind.HYPHEN}
    | {Kind.OTHER, Kind.DAY, Kind.COUNT, Kind.POSSESSIVE, Kind.OPEN, Kind.CLOSE}
)


def required(text: str) -> frozenset[str]:
    """Kinds of which a text must have one for a pattern to fit anywhere in it; none where that cannot be told.

    Most texts lack the kinds that most rules are about, and a set costs less to look at than a text.
    """
    for name, run in _RUNS.items():
        text = text.replace(name, run)
    while group := _GROUP.search(text):
        inside = group["inside"]
        if "|" in inside:
            inside = f"[{inside.replace('|', ' ')}]" if _ALTERNATIVES.fullmatch(inside) else ""
        if group["optional"] or (group["opening"] or "")[1:2] in ("=", "!", "<"):
            inside = ""
        text = f"{text[: group.start()]} {inside} {text[group.end() :]}"
    musts = [_kinds((found["set"] or found["name"]).split()) for found in _NAMES.finditer(_MAY.sub(" ", text))]
    rare = [frozenset(kinds) for kinds in musts if _COMMON.isdisjoint(kinds)]
    return min(rare, key=len, default=frozenset())


def _kinds(names: Sequence[str]) -> list[Kind]:
    return [kind for name in names for kind in _GROUPS.get(name) or (Kind[name],)]


class Find(NamedTuple):
    """Words that a pattern fits: which parts of it stand at which word."""

    tokens: Tokens
    match: re.Match[str]
    rule: Rule

    @property
    def first(self) -> int:
        """The number of the first word."""
        return self.match.start()

    @property
    def last(self) -> int:
        """The number of the last word."""
        return self.match.end() - 1

    def has(self, part: str) -> bool:
        """Whether a part of the pattern stands in the text."""
        return part in self.match.re.groupindex and self.match.start(part) >= 0

    def token(self, part: str) -> Token:
        """The first word of a part that is there."""
        return self.tokens.items[self.match.start(part)]

    def low(self, part: str) -> str:
        """The first word of a part in lower case; blank where it is not there."""
        return self.token(part).low if self.has(part) else ""

    def number(self, part: str) -> int:
        """The number of a part; 0 where it is not there."""
        return int(self.token(part).number) if self.has(part) else 0

    def before(self, place: int | None = None) -> str:
        """The word before it, or before another word, in lower case; blank at the beginning of the text."""
        place = self.first if place is None else place
        return self.tokens.items[place - 1].low if place else ""

    def means(self, type: TimexType, value: str, moment: Moment | None = None, edtf: str = "") -> list[Reading]:
        """All its words as one reading."""
        return [Reading(self.first, self.last, type, value, moment, edtf)]

    def words(self) -> list[str]:
        """All its words in lower case."""
        return [token.low for token in self.tokens.items[self.first : self.last + 1]]


class Reading(NamedTuple):
    """What a run of words means: TIMEX3 type and value, the moment that later words may refer to, and its EDTF where
    that cannot be told from the value."""

    first: int
    last: int
    type: TimexType
    value: str
    moment: Moment | None = None
    edtf: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known where an expression stands: the text's day, and the moment told of last, whose words end `at`."""

    tokens: Tokens
    published: Moment | None
    told: Moment | None = None
    at: int = -1
    told_day: Moment | None = None

    @property
    def here(self) -> Moment | None:
        """What "last year" and "tomorrow" count from: the day of publication, else the moment told of last."""
        return self.published or self.told

    @property
    def there(self) -> Moment | None:
        """What "the next day" and "a year later" count from: the moment told of last, else the day of publication."""
        return self.told or self.published

    def told_in_sentence(self, first: int) -> bool:
        """Whether the moment told of last stands in the same sentence as a word."""
        between = self.tokens.kinds[self.at : first]
        return self.at >= 0 and len(between) <= _SENTENCE and not set(between) & {Kind.STOP, Kind.BREAK}

    @property
    def day(self) -> Moment | None:
        """What "the next day" counts from: the day told of last; in a history only what was told last of all."""
        return (self.told_day or self.published) if self.published else self.told


# Words; a longer one is a list or no sentence at all.
_SENTENCE = 80

Read = Callable[[Find, Scene], Sequence[Reading]]


class Rule(NamedTuple):
    """A pattern and what its finds mean; no reading at all means that the words were no time after all.

    `required` are kinds of which a text must have one for the pattern to fit anywhere; blank where that is not known.
    """

    pattern: re.Pattern[str]
    read: Read
    required: frozenset[str]


def rule(text: str, read: Read) -> Rule:
    """A rule by the text of its pattern."""
    return Rule(pattern(text, beginning=True), read, required(text))


class Finds:
    """What rules find in a text, and which of it is still to be told what it means.

    Of finds that share words the longest goes first, of equals the earlier rule's. One that turns out to mean no time
    leaves its words to the others.
    """

    def __init__(self, tokens: Tokens, rules: Iterable[Rule]) -> None:
        self._starts: dict[int, list[Find]] = {}
        there = frozenset(tokens.kinds)
        tried = [each for each in rules if not each.required or not each.required.isdisjoint(there)]
        found = [Find(tokens, match, each) for each in tried for match in each.pattern.finditer(tokens.kinds)]
        found.sort(key=lambda find: find.first - find.last)
        for find in found:
            self._starts.setdefault(find.first, []).append(find)
        self._taken = bytearray(len(tokens.items))
        self.kept = sorted(self._choose(found), key=lambda find: find.first)

    def instead_of(self, find: Find) -> list[Find]:
        """What its words are found to be by other rules, now that it is none; in order."""
        places = range(find.first, find.last + 1)
        self._taken[find.first : find.last + 1] = bytes(len(places))
        others = [other for place in places for other in self._starts.get(place, ()) if other is not find]
        others = [
            other
            for other in others
            if other.last - other.first < find.last - find.first or other.rule is not find.rule
        ]
        self._starts[find.first].remove(find)
        others.sort(key=lambda other: other.first - other.last)
        return sorted(self._choose(others), key=lambda other: other.first)

    def _choose(self, found: Iterable[Find]) -> list[Find]:
        chosen = []
        for find in found:
            if not any(self._taken[find.first : find.last + 1]):
                self._taken[find.first : find.last + 1] = b"\1" * (find.last + 1 - find.first)
                chosen.append(find)
        return chosen
