"""A text to its words, each with what it can be in an expression of time, and to the string of their kinds.

Patterns run over the string of kinds, one letter a word, so that spacing and spelling are dealt with here alone and a
match in the string is a run of words. Every pattern of this module is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from story.reading.timexes.holidays import PATTERN
from story.reading.timexes.words import (
    ABBREVIATED,
    CLAUSE_WORDS,
    COUNTED,
    COUNTING,
    COUNTS,
    DOTTED,
    DOUBTFUL_MONTHS,
    DOUBTFUL_WEEKDAYS,
    MONTHS,
    NUMBERED,
    WEEKDAYS,
    WORDS,
    ZONES,
    Kind,
)

_TOKEN = re.compile(
    r"""
    (?P<small>(?![ap]\.?[ ]?m\b|o['’])[a-zà-öø-ÿ]+)
  | (?P<gap>\n[ \t\r\n]*)
  | (?P<numeric>(?<![0-9/.-])
        (?: 9/11
          | [0-9]{4}/[0-9]{1,2}/[0-9]{1,2}
          | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
            (?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?
          | [0-9]{1,2}(?P<sign>[/.-])[0-9]{1,2}(?P=sign)(?:[0-9]{4}|[0-9]{2}) )(?![0-9/-]))
  | (?P<clock>(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])
        | (?<![0-9:.,$€£])[01]?[0-9](?:\.[0-5][0-9])?(?=[ ]?[AaPp](?:\.[Mm]\.|[Mm]\b)))
  | (?P<ordinal>(?<![0-9,.])[0-9]{1,3}(?:st|nd|rd|th)\b)
  | (?P<decade>(?<![0-9,.$])(?:[12][0-9]{2}0|['’‘]?[1-9]0)['’]?s\b)
  | (?P<shortyear>(?<!\w)['’‘][0-9]{2}(?![\w'’]))
  | (?P<holiday>HOLIDAY)
  | (?P<code>(?:Q[1-4]|[1-4]Q|H[12]|FY)(?:[ ]?['’]?(?:(?:19|20)[0-9]{2}|[0-9]{2}))?\b)
  | (?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?P<half>[ -]1/2(?![0-9/]))?)
  | (?P<meridiem>[AaPp]\.[ ]?[Mm]\.|[AaPp][Mm]\b)
  | (?P<era>B\.C\.(?:E\.)?|B\.C\b|BCE?\b)
  | (?P<word>[oO]['’]clock\b|[^\W\d_]+)
  | (?P<possessive>['’](?:s\b|(?!\w)))
  | (?P<other>\S)
    """.replace("HOLIDAY", PATTERN),
    re.VERBOSE,
)
# Where a number of several words can begin.
_SEVERAL = re.compile(f"{Kind.COUNT}[{Kind.HYPHEN}{Kind.AND}{Kind.COUNT}]|{Kind.DAY}[{Kind.HYPHEN}{Kind.AND}]")
_MANY = 1e9
_CURRENCY = frozenset("$£€¥#")
_LEADS = frozenset(
    {Kind.IN, Kind.OF, Kind.ON, Kind.TO, Kind.THE, Kind.LAST, Kind.NEXT, Kind.THIS, Kind.EARLY, Kind.MID, Kind.AND}
    | {Kind.BEFORE, Kind.AFTER, Kind.ABOUT, Kind.THAN, Kind.PREVIOUS, Kind.FOLLOWING, Kind.SAME, Kind.EVERY, Kind.DAY}
    | {Kind.ORDINAL, Kind.ARTICLE, Kind.POSSESSIVE, Kind.EDGE, Kind.HYPHEN, Kind.WEEKDAY, Kind.THAT}
)
_LINE = range(40, 100)  # characters; no program breaks lines sooner or later than that
_WORD = re.compile(r"\S{1,40}")


class Token(NamedTuple):
    """One word or sign: its place in the text, what it can be, and the number that it stands for."""

    start: int
    end: int
    kind: Kind
    low: str
    number: float = 0.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in order, and the string of their kinds."""

    text: str
    items: tuple[Token, ...]
    kinds: str


def tokenise(text: str) -> Tokens:
    """The words of a text. Offsets are those of the text as it is."""
    items = _settled(text, _counted(_read(text)))
    return Tokens(text, tuple(items), _kinds(items))


def _read(text: str) -> list[Token]:
    found: list[Token] = []
    line, width = 0, _width(text)
    small, nothing = WORDS, (Kind.OTHER, 0.0)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        sort = match.lastgroup
        if sort == "small":
            low = match.group()
            kind, number = small.get(low, nothing)
            if low in DOTTED and text[end : end + 1] == ".":
                end += 1
            found.append(Token(start, end, kind, low, number))
        elif sort == "word":
            found.append(_word(match.group(), start, end, text))
        elif sort == "gap":
            if _parts(text, match, line, width):
                found.append(Token(start, end, Kind.BREAK, "\n"))
            line = start + match.group().rindex("\n") + 1
        elif sort == "other" or sort == "possessive":
            if found and start < found[-1].end:
                continue  # the full stop of an abbreviation
            found.append(_sign(match.group(), start, end, text))
        else:
            found.append(_figure(sort or "", match.group(), start, end))
    return found


def _width(text: str) -> int:
    """The characters of a line where a program has broken the text into lines, so that a line's end can mean nothing; 0
    where most lines end for a reason."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest not in _LINE:
        return 0
    pairs = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = sum(len(line) + 1 + _first_word(after.lstrip(), 0) > longest for line, after in pairs)
    return longest if full >= 2 * (len(pairs) - full) else 0


def _first_word(text: str, start: int) -> int:
    """The length of the first word from a place on."""
    word = _WORD.match(text, start)
    return len(word.group()) if word else 0


def _parts(text: str, gap: re.Match[str], line: int, width: int) -> bool:
    """Whether the end of a line that begins at `line` ends a sentence: the next word would have had room in it, or the
    next line is indented."""
    if not width or gap.group().count("\n") > 1 or gap.group().endswith(("  ", "\t")):
        return True
    return gap.start() - line + 1 + _first_word(text, gap.end()) <= width


def _word(written: str, start: int, end: int, text: str) -> Token:
    """A word with a capital, which months and weekdays have."""
    low = written.lower().replace("’", "'")
    dotted = text[end : end + 1] == "."
    if low in MONTHS:
        return Token(start, end + (dotted and low in ABBREVIATED), Kind.MONTH, low, MONTHS[low])
    if low in WEEKDAYS:
        return Token(start, end + (dotted and low in ABBREVIATED), Kind.WEEKDAY, low, WEEKDAYS[low])
    if low[-1] == "s" and len(low) > 6 and low[:-1] in WEEKDAYS:
        return Token(start, end, Kind.WEEKDAYS, low, WEEKDAYS[low[:-1]])
    if low in ZONES and (written.isupper() or low == "gmt"):
        return Token(start, end, Kind.ZONE, low)
    kind, number = WORDS.get(low, (Kind.OTHER, 0.0))
    return Token(start, end + (dotted and low in DOTTED), kind, low, number)


def _sign(written: str, start: int, end: int, text: str) -> Token:
    kind = Kind.OTHER
    if written == ",":
        kind = Kind.COMMA
    elif written in "-–‑":
        # With spaces around it, it parts clauses, unless numbers stand on both sides: "Oct. 27 - 29".
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        spaced = before[-1:].isspace() or after[:1].isspace()
        kind = Kind.HYPHEN if not spaced or (before[:1].isdigit() and after[-1:].isdigit()) else Kind.OTHER
    elif written in ".!?;":
        kind = Kind.POINT if written == "." else Kind.STOP
    elif written in "()":
        kind = Kind.OPEN if written == "(" else Kind.CLOSE
    elif written[0] in "'’":
        kind = Kind.POSSESSIVE
    elif written in "+/":
        kind = Kind.SIGN
    return Token(start, end, kind, written.lower())


def _figure(sort: str, written: str, start: int, end: int) -> Token:
    kind, number = Kind.OTHER, 0.0
    if sort == "number":
        whole = written.removesuffix("1/2").rstrip(" -")
        if len(whole) < 16:
            number = float(whole.replace(",", "")) + (0.5 if whole != written else 0)
        kind = Kind.COUNT
        if len(written) <= 2 and 1 <= number <= 31:
            kind = Kind.DAY
        elif len(written) == 4 and written.isdigit():
            kind = Kind.YEAR if 1000 <= number <= 2100 else Kind.FOUR
    elif sort == "clock":
        kind = Kind.CLOCK
    elif sort == "ordinal":
        kind, number = Kind.ORDINAL, float(written[:-2])
    elif sort == "decade":
        kind, number = Kind.DECADE, float("".join(letter for letter in written if letter.isdigit()))
    elif sort == "shortyear":
        kind, number = Kind.SHORTYEAR, float(written[1:])
    elif sort == "holiday":
        kind = Kind.HOLIDAY
    elif sort == "code":
        kind = Kind.CODE
    else:
        kind = {"numeric": Kind.NUMERIC, "meridiem": Kind.MERIDIEM, "era": Kind.ERA}[sort]
    return Token(start, end, kind, written.lower(), number)


def _counted(items: Sequence[Token]) -> list[Token]:
    """Numbers of several words made one: "twenty-five", "a hundred and twenty", "two and a half"."""
    found: list[Token] = []
    done = 0
    for match in _SEVERAL.finditer(_kinds(items)):
        place = match.start()
        if place < done:
            continue
        token = items[place]
        after, number = _in_words(items, place) if token.low in COUNTS else (place + 1, token.number)
        half = _and_a_half(items, after)
        if half > place + 1:
            found.extend(items[done:place])
            number += 0.5 if half > after else 0
            found.append(Token(token.start, items[half - 1].end, Kind.COUNT, token.low, number))
            done = half
    found.extend(items[done:])
    return found


def _in_words(items: Sequence[Token], place: int) -> tuple[int, float]:
    """Where a number in words ends, and what it is."""
    total, part = 0.0, items[place].number
    after = place + 1
    while after < len(items):
        step = after
        while step < len(items) and step < after + 2 and (items[step].kind is Kind.HYPHEN or items[step].low == "and"):
            step += 1
        if step >= len(items) or items[step].low not in COUNTS:
            break
        number = items[step].number
        if number >= 100 and part * number <= _MANY:
            part *= number
        elif part % 100 == 0 or (part % 100 >= 20 and part % 10 == 0 and number < 10 and items[after].low != "and"):
            part += number
        else:
            break
        if number == 1000:
            total, part = total + part, 0.0
        after = step + 1
    return after, total + part


def _and_a_half(items: Sequence[Token], place: int) -> int:
    said = [item for item in items[place : place + 6] if item.kind is not Kind.HYPHEN][:3]
    if [item.low for item in said] != ["and", "a", "half"]:
        return place
    return items.index(said[2], place) + 1


def _settled(text: str, items: list[Token]) -> list[Token]:
    """Each word that can be two things made one of them by its neighbours."""
    for match in _DOUBTFUL.finditer(_kinds(items)):
        place = match.start()
        kind = _SETTLE[items[place].kind](text, items, place)
        if kind is not items[place].kind:
            items[place] = items[place]._replace(kind=kind)
    return items


def _kinds(items: Sequence[Token]) -> str:
    return "".join([item.kind for item in items])


def _near(items: Sequence[Token], place: int) -> Token:
    return items[place] if 0 <= place < len(items) else Token(0, 0, Kind.BREAK, "\n")


def _dated(token: Token) -> bool:
    """Whether a word before this one is a month for sure: "May 5", "March 2008", "April '99"."""
    return token.kind in (Kind.DAY, Kind.YEAR, Kind.SHORTYEAR) or (
        token.kind is Kind.ORDINAL and token.low[0].isdigit()
    )


def _month(text: str, items: Sequence[Token], place: int) -> Kind:
    token, before, after = items[place], _near(items, place - 1), _near(items, place + 1)
    if _dated(after) or before.kind in (Kind.DAY, Kind.ORDINAL) or token.low not in DOUBTFUL_MONTHS:
        return Kind.MONTH
    if after.kind in (Kind.COMMA, Kind.COUNT) and _near(items, place + 2).kind in (Kind.YEAR, Kind.ERA):
        return Kind.MONTH
    if before.kind not in _LEADS and before.low != "as":
        return Kind.OTHER
    named = after.kind is Kind.OTHER and text[after.start].isupper() and token.low in ("april", "june", "august", "may")
    return Kind.OTHER if named and before.kind is not Kind.IN else Kind.MONTH


def _weekday(text: str, items: Sequence[Token], place: int) -> Kind:
    token, after = items[place], _near(items, place + 1)
    if token.low not in DOUBTFUL_WEEKDAYS or text[token.end - 1] == ".":
        return Kind.WEEKDAY
    dated = after.kind in (Kind.COMMA, Kind.MONTH, Kind.DAY) and any(
        _near(items, place + step).kind is Kind.MONTH for step in (1, 2, 3)
    )
    return Kind.WEEKDAY if dated else Kind.OTHER


def _year(text: str, items: Sequence[Token], place: int) -> Kind:
    token, before, after = items[place], _near(items, place - 1), _near(items, place + 1)
    touching = before.end == token.start
    if (touching and (before.low in _CURRENCY or before.kind is Kind.OTHER)) or after.low in COUNTED | {"%"}:
        return Kind.COUNT
    if before.low in NUMBERED or before.low in COUNTING or before.low in _CURRENCY:
        return Kind.COUNT
    counting = before.kind is Kind.ABOUT or (before.kind is Kind.OTHER and before.low not in CLAUSE_WORDS)
    if counting and text[before.start].islower() and _plural(text, after):
        return Kind.COUNT  # "arrested 2000 rebels"
    zoned = after.kind is Kind.ZONENAME and _near(items, place + 2).kind is Kind.TIME
    if zoned or after.kind is Kind.ZONE or after.low in ("hrs", "hours", "hr"):
        return Kind.FOUR
    if after.end - after.start == 1 and after.start == token.end and after.low.isalpha():
        return Kind.COUNT
    if token.number < 1800 and after.kind is not Kind.ERA and not _led(items, place):
        return Kind.COUNT
    return Kind.YEAR


def _plural(text: str, token: Token) -> bool:
    """Whether a word looks like several things that can be counted."""
    return token.kind is Kind.OTHER and text[token.start].islower() and token.low[-1] == "s" and len(token.low) > 4


def _led(items: Sequence[Token], place: int) -> bool:
    """Whether what stands before a number of four digits makes a year of it."""
    before = _near(items, place - 1)
    if before.kind is Kind.COMMA:
        before = _near(items, place - 2)
        return before.kind in (Kind.MONTH, Kind.DAY, Kind.ORDINAL, Kind.YEAR)
    return before.kind in _LEADS or before.kind in (Kind.MONTH, Kind.OPEN) or before.low == "as"


def _number(text: str, items: Sequence[Token], place: int) -> Kind:
    before, after = _near(items, place - 1), _near(items, place + 1)
    if before.low in _CURRENCY or (after.low == "%" and after.start == items[place].end):
        return Kind.COUNT
    return Kind.DAY


def _point(text: str, items: Sequence[Token], place: int) -> Kind:
    """A full stop ends a sentence unless it stands after one letter ("U.S.") or before a small one."""
    token, before, after = items[place], _near(items, place - 1), _near(items, place + 1)
    if after.kind is Kind.BREAK or (
        after.start > token.end
        and not text[after.start].islower()
        and (
            before.end - before.start > 1
            and before.low not in ("mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "lt", "col")
        )
    ):
        return Kind.STOP
    return Kind.OTHER


_SETTLE: Mapping[Kind, Callable[[str, Sequence[Token], int], Kind]] = {
    Kind.MONTH: _month,
    Kind.WEEKDAY: _weekday,
    Kind.YEAR: _year,
    Kind.POINT: _point,
    Kind.DAY: _number,
}
_DOUBTFUL = re.compile(f"[{''.join(_SETTLE)}]")
