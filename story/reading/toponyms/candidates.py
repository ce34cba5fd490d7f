"""What may be the name of a place: runs of capitalised words that the gazetteer knows, and what spaCy holds for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo import normalise
from geo.context.cues import division_word_after
from geo.relation import ABBREVIATION, DEMONYM, PART, STRAY
from geo.store import Known, Store
from geo.weights import HOW
from story.reading.toponyms.tokens import Entity, Tokens
from story.reading.toponyms.words import (
    AFTER_A_NAME,
    ARTICLES,
    DIVISIONS,
    KINDS_IN_FRONT,
    LANDFORMS,
    PARTICLES,
    PREPOSITIONS_OF_PLACE,
    WITH_ARTICLE,
)

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 8
"""Tokens of the longest name looked up; hyphens and points count."""
_WELL_KNOWN = 0.5
_JOINTS = frozenset("-–/.'’&")
_SAINTS = frozenset({"st.", "st", "saint"})
_NONE = Known(STRAY, "city", 0.0, "", 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens from `first` up to `end` that may name a place; `best` is the most important place that they may name."""

    first: int
    end: int
    text: str
    key: str
    known: tuple[Known, ...]
    best: Known
    has_point: bool = False
    """Whether its last token is only the point of an abbreviation."""

    @property
    def words_end(self) -> int:
        """The token behind its last word: `end`, but for the point of an abbreviation that is a token of its own."""
        return self.end - self.has_point

    @property
    def is_known(self) -> bool:
        return bool(self.known)

    @property
    def is_demonym(self) -> bool:
        return self.is_known and self.best.how == DEMONYM


def candidates(tokens: Tokens, store: Store) -> list[Candidate]:
    """Every candidate, in the order of the text; they overlap."""
    proposed = {span for entity in tokens.entities if (span := _proposed(tokens, entity))}
    proposed.update(_by_form(tokens))
    several_kinds = not DIVISIONS.isdisjoint(tokens.lower)
    found: list[Candidate] = []
    for first, end in sorted(proposed.union(_from_gazetteer(tokens))):
        one = _candidate(tokens, first, end, store, several_kinds)
        if one and (one.known or ((first, end) in proposed and not _is_joined(tokens, first, end, store))):
            found.append(one)
    return found


def _is_joined(tokens: Tokens, first: int, end: int, store: Store) -> bool:
    """Whether a name that no table knows is two with a hyphen between: "the Foo-Bar border"."""
    for i in range(first + 1, end - 1):
        if tokens.words[i] in {"-", "–", "/"}:
            sides = (tokens.between(first, i), tokens.between(i + 1, end))
            if all(_is_well_known(store.known(normalise.key(side))) for side in sides):
                return True
    return False


def _is_well_known(known: tuple[Known, ...]) -> bool:
    return bool(known) and known[0].importance >= _WELL_KNOWN


def _by_form(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Whole runs of capitals that look like a place wherever it is: "Foo River", "Lake Foo", and what is "near Foo"."""
    i = 0
    while i < len(tokens):
        if not tokens.capital[i] or tokens.headline[i]:
            i += 1
            continue
        first = i
        while i < len(tokens) and (i == first or not tokens.opens[i]) and _in_a_name(tokens, i):
            i += 1
        first += tokens.lower[first] == "the"
        landform = tokens.lower[i - 1] in LANDFORMS or tokens.word(first) in KINDS_IN_FRONT
        located = tokens.word(first - 1) in PREPOSITIONS_OF_PLACE | {"from", "to", "at", "of", "and", ","}
        if first < i <= first + _LONGEST and (located or (landform and i - first > 1)):
            yield first, i


def _in_a_name(tokens: Tokens, i: int) -> bool:
    """Whether a token goes on with a name: a capital, or a particle or hyphen before one."""
    if tokens.capital[i]:
        return True
    joint = tokens.lower[i] in {"de", "la", "el", "al", "kwa", "du", "des", "do", "da", "del", "-"}
    return joint and tokens.is_capital(i + 1)


def _from_gazetteer(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Runs of tokens that begin and end like a name: capitals, with particles and joints between them."""
    for first in range(len(tokens)):
        if not (tokens.capital[first] or _numbers_a_name(tokens, first)):
            continue
        for end in range(first + 1, min(first + _LONGEST, len(tokens)) + 1):
            last = end - 1
            if last > first and tokens.opens[last]:
                break
            if end == first + 1 and tokens.lower[first] == "the":
                if tokens.word(end) not in WITH_ARTICLE:
                    break  # "The Foo" has a capital only where it opens a sentence or a title
            elif tokens.capital[last] or (last > first and _ends_a_name(tokens, last)):
                yield first, end
            elif tokens.is_possessive(last):
                if tokens.lower[first] in _SAINTS and last - first > 1:
                    yield first, end  # "St. John's"
                if not tokens.is_capital(end):
                    break  # "Bishop's Castle" goes on
            elif tokens.lower[last] not in PARTICLES and tokens.words[last] not in _JOINTS and last > first:
                break


def _numbers_a_name(tokens: Tokens, i: int) -> bool:
    """ "10 Downing Street", "38th Parallel"."""
    return tokens.words[i][0].isdigit() and tokens.is_capital(i + 1) and len(tokens.words[i]) < 6


def _ends_a_name(tokens: Tokens, i: int) -> bool:
    """A small or numbered last part that hangs on a hyphen, as in "Bab-el" or "Area-51"."""
    return tokens.words[i - 1] == "-" and tokens.words[i].isalnum() and tokens.starts[i] == tokens.ends[i - 1]


def _proposed(tokens: Tokens, entity: Entity) -> tuple[int, int] | None:
    """A place of spaCy's without "the", "'s" and the word for its kind: "the Pingliang city" is Pingliang."""
    if entity.label not in PLACE_LABELS:
        return None
    first, end = entity.first, entity.end
    while first < end and (tokens.lower[first] in ARTICLES or not tokens.words[first][0].isalnum()):
        first += 1
    while first < end and (
        tokens.is_possessive(end - 1)
        or (tokens.lower[end - 1] in AFTER_A_NAME and not tokens.capital[end - 1])
        or not any(c.isalnum() for c in tokens.words[end - 1])
    ):
        end -= 1
    while first < end and not tokens.capital[first] and any(tokens.capital[first:end]):
        first += 1
    if first >= end or end - first > _LONGEST or "\n" in tokens.between(first, end):
        return None
    return (first, end) if any(tokens.capital[first:end]) else None


def _candidate(tokens: Tokens, first: int, end: int, store: Store, several_kinds: bool) -> Candidate | None:
    text = tokens.between(first, end)
    if len(text) > normalise.LONGEST or "\n" in text:
        return None
    key = normalise.key(text)
    known = tuple(one for one in store.known(key) if one.how != PART) if key else ()
    kind = division_word_after(tokens.text, tokens.ends[end - 1]) if several_kinds else ""
    if kind:  # "Foo, Bar and Baz counties"
        known += store.known(f"{key} {kind}")
    best = max(known, key=_worth, default=_NONE)
    point = end < len(tokens) and tokens.words[end] == "." and tokens.starts[end] == tokens.ends[end - 1]
    if point and best.how == ABBREVIATION and ("." in text or not text.isupper()):
        return Candidate(first, end + 1, text + ".", key, known, best, has_point=True)  # "W.Va." ends the sentence
    return Candidate(first, end, text, key, known, best)


def _worth(one: Known) -> float:
    """A name that a place only bears beside its own counts for less."""
    return one.importance - HOW[one.how][0]
