"""The names of places in a text: of all candidates those for which enough speaks, the longest of what overlaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from geo.store import Store
from story.reading.toponyms.candidates import Candidate, candidates
from story.reading.toponyms.evidence import VETOES, Text, evidence
from story.reading.toponyms.memory import remember
from story.reading.toponyms.shared import shared_names
from story.reading.toponyms.tokens import read
from story.reading.toponyms.uses import is_used, use_of
from story.reading.toponyms.weights import AT_FIRST, WORTH
from story.reading.values import Toponym

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SURE, _AGAIN = 2.0, -1.5
_ELSE = frozenset(
    {"is PERSON", "part of PERSON", "within ORG", "ends ORG", "begins ORG", "part of thing", "part of a longer place"}
    | {"other behind", "landform behind", "hyphen behind", "capital before", "a surname here", "name of a firm"}
)
"""What speaks of something else that only bears the name, also where the place itself is named in the text."""

Judged = tuple[Candidate, list[str]]


def find_toponyms(doc: Doc, gazetteer: Store) -> tuple[Toponym, ...]:
    """The toponyms of a document parsed by `story.reading.language`, in its order; none overlaps another.

    They are not looked up yet: see `story.reading.toponyms.resolving`. An empty text has none.
    """
    text, judged = judge(doc, gazetteer)
    starts, ends = text.tokens.starts, text.tokens.ends
    found = [
        Toponym(part.start, part.end, doc.text[part.start : part.end], "name")
        for part in shared_names(doc.text, gazetteer)
    ]
    taken = [(one.start, one.end) for one in found]
    sure = {one.key for one, facts in judged if _is_sure(one, facts)}
    for one, facts in select([one for one in judged if _is_a_place(one, text, sure)]):
        start, end = starts[one.first], ends[one.end - 1]
        if all(end <= first or last <= start for first, last in taken):
            found.append(Toponym(start, end, one.text, use_of(one, facts)))
    return tuple(sorted(found, key=lambda one: one.start))


def judge(doc: Doc, store: Store) -> tuple[Text, list[Judged]]:
    """Every candidate of a text with the facts about it."""
    tokens = read(doc)
    found = candidates(tokens, store)
    starting: dict[int, Candidate] = {}
    ending: dict[int, Candidate] = {}
    for one in found:  # in the order of the text, the shorter first: the longest that the gazetteer knows stays
        if one.is_known or one.first not in starting:
            starting[one.first] = one
        if one.end not in ending or not ending[one.end].is_known:
            ending[one.end] = one
    text = Text(tokens, remember(tokens, found), starting, ending)
    return text, [(one, evidence(one, text)) for one in found]


def score(facts: Sequence[str]) -> float:
    """How much more likely than not a name is one of a place, in natural logarithms of the odds."""
    return AT_FIRST + sum(WORTH.get(fact, 0.0) for fact in facts)


def select(judged: Sequence[Judged]) -> list[Judged]:
    """Of candidates that overlap the longest, in the order of the text."""
    taken: set[int] = set()
    chosen: list[Judged] = []
    for one, facts in sorted(judged, key=lambda each: (each[0].first - each[0].end, each[0].first)):
        if taken.isdisjoint(range(one.first, one.end)):
            taken.update(range(one.first, one.end))
            chosen.append((one, facts))
    return sorted(chosen, key=lambda each: each[0].first)


def _is_a_place(judged: Judged, text: Text, sure: Collection[str]) -> bool:
    """Whether enough speaks for a place: less where the text surely names it as one elsewhere."""
    one, facts = judged
    if one.is_demonym:
        return is_used(one, facts, text)
    known_here = one.key in sure and _ELSE.isdisjoint(facts)
    return VETOES.isdisjoint(facts) and score(facts) > (_AGAIN if known_here else 0)


def _is_sure(one: Candidate, facts: Collection[str]) -> bool:
    return one.is_known and not one.is_demonym and VETOES.isdisjoint(facts) and score(list(facts)) > _SURE
