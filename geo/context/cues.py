"""What the words around a name say of where it is: "Paris, Texas", "Nigeria's Kano", "the Turkish city of Van"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from geo import normalise
from geo.names.compass import compass

T = TypeVar("T")

_WORD = r"[^\W\d_][\w.'’-]*"
_SETTLEMENT = (
    r"(?:city|town|village|hamlet|municipality|commune|settlement|suburb|township|community|capital|district|county"
    r"|province|region|parish|island|port|locality|neighbou?rhood)"
)
_AFTER = re.compile(
    r"^(?:\s*,\s*|\s*\(|,?\s+(?:(?:which\s+)?(?:is\s+)?(?:located|situated|lying|lies)\s+)?in\s+(?:the\s+)?|\s+of\s+"
    rf"|(?:,|,?\s+(?:is|was))\s+an?\s+(?:[\w-]+\s+){{0,4}}?{_SETTLEMENT}\s+(?:located\s+|situated\s+)?(?:in|of|on)\s+"
    r"(?:the\s+)?(?:(?:[a-z-]+\s+){0,4}(?:of|in)\s+(?:the\s+)?)?)"
    rf"((?:{_WORD})(?:\s+(?:{_WORD}|&)){{0,4}})"
)
_SECOND = re.compile(rf"^\s*,\s*((?:{_WORD})(?:\s+(?:{_WORD}|&)){{0,4}})")
_POSSESSOR = re.compile(rf"((?:{_WORD}\s+){{0,3}}{_WORD})(?:['’]s?)\s+(?:[a-z]+\s+){{0,3}}$")
_BEFORE = re.compile(rf"((?:{_WORD}\s+){{1,7}})$")
_KIND_AFTER = re.compile(r"^\s+(county|parish|province|prefecture|state|region|district|governorate|oblast)\b", re.I)
_SINGULAR = {
    "counties": "county",
    "parishes": "parish",
    "provinces": "province",
    "prefectures": "prefecture",
    "states": "state",
    "regions": "region",
    "districts": "district",
    "governorates": "governorate",
    "oblasts": "oblast",
}
_KINDS_AFTER_ALL = re.compile(
    rf"^(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)?){{0,6}}\s+({'|'.join(_SINGULAR)})\b"
)
""" "Clarke, Oconee and Barrow counties": the word behind the last of a list is said of each."""
_SHARED = re.compile(
    r"^(?:\s*,\s*|,?\s+(?:and|or)\s+|\s*/\s*)(?:[A-Z][a-z]+,?\s+and\s+)?"
    rf"(?P<other>{_WORD})\s+(?P<land>[A-Z]\w+)"
)
_SENTENCE = re.compile(r"[.!?]\s+|\n")


_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:St|Mr|Dr|Mt|Ft|Co))(?<!\b(?:Mrs|Rev|Gov|Gen|Sen|Rep|Ave))[.!?][\"”’)]*\s+|\n")


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, in characters, the white space behind them included."""
    return [match.end() for match in _END.finditer(text)]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a name stands in a text, in characters; `start` is -1 where the text does not have it."""

    start: int
    end: int


def locate(text: str, toponyms: list[str]) -> list[Occurrence]:
    """Each toponym's place in the text, taken in order: the next one after the last, else the first."""
    found, last = [], 0
    for toponym in toponyms:
        start = text.find(toponym, last) if toponym else -1
        if start < 0 and toponym:
            start = text.find(toponym)
        if start >= 0:
            last = start + len(toponym)
        found.append(Occurrence(start, start + len(toponym) if start >= 0 else -1))
    return found


def qualifiers_after(text: str, end: int) -> Iterator[list[str]]:
    """What may name the container of a name that ends here: lists of readings, longest first."""
    after = text[end : end + 80]
    match = _AFTER.match(after)
    if match is None:
        return
    words = match[1].split()
    yield [_trim(" ".join(words[:n])) for n in range(len(words), 0, -1)]
    for size in range(min(3, len(words)), 0, -1):  # "Paris, Lamar County, Texas"
        first = " ".join(words[:size])
        at = after.find(first) + len(first)
        second = _SECOND.match(after[at:])
        if second:
            rest = second[1].split()
            yield [_trim(" ".join(rest[:n])) for n in range(len(rest), 0, -1)]
            return


def qualifiers_before(text: str, start: int) -> Iterator[str]:
    """What may name the container of a name that starts here: "Nigeria's", "the Turkish city of"."""
    before = text[max(0, start - 90) : start]
    before = _SENTENCE.split(before)[-1]
    match = _POSSESSOR.search(before)
    if match:
        words = match[1].split()
        yield from (" ".join(words[n:]) for n in range(len(words)))
    near = _BEFORE.search(before)
    if near:
        words = near[1].split()[-5:]
        for size in (2, 1):
            for n in range(len(words) - size, -1, -1):
                part = " ".join(words[n : n + size])
                if part[:1].isupper():
                    yield part


def division_word_after(text: str, end: int) -> str:
    """ "county", "province" ... where that word follows a name or the list that it is in, "" where not."""
    match = _KIND_AFTER.match(text[end : end + 20])
    if match:
        return match[1].lower()
    several = _KINDS_AFTER_ALL.match(text[end : end + 120])
    return _SINGULAR[several[1].lower()] if several else ""


def shared_land(toponym: str, text: str, end: int) -> str:
    """ "Central America" for the "Central" of "Central and South America"; "" for what shares no other's last word."""
    found = _SHARED.match(text[end : end + 60]) if compass(toponym) else None
    return f"{toponym} {found['land']}" if found and compass(found["other"]) else ""


def named_in(text: str, known: Mapping[str, T], starts: Collection[str]) -> Iterator[tuple[str, T]]:
    """Runs of up to four words that start with a capital and have a known key, the longest first: (key, what).

    `starts` are the first words of all known keys.
    """
    words = [(m.start(), m.end(), m[0]) for m in re.finditer(_WORD, text)]
    at = 0
    while at < len(words):
        step = 1
        if words[at][2][0].isupper() and _may_start(words[at][2], starts):
            for size in range(min(4, len(words) - at), 0, -1):
                run = text[words[at][0] : words[at + size - 1][1]].rstrip("'’")
                key = normalise.key(normalise.strip_possessive(run))
                if key in known and "\n" not in run and ". " not in run:
                    yield key, known[key]
                    step = size
                    break
        at += step


def _may_start(word: str, starts: Collection[str]) -> bool:
    """Whether a word may be the first of a run with a known key; most of a text's capitals are not."""
    return word == "The" or normalise.key(normalise.strip_possessive(word.rstrip("'’"))).partition(" ")[0] in starts


def _trim(words: str) -> str:
    return normalise.strip_possessive(words.rstrip("'’-"))
