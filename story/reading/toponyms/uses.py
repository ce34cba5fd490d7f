"""How a place's name is used: as a name, as the adjective of its people, or within the name of a public body."""

from __future__ import annotations

from collections.abc import Collection

from story.reading.toponyms.candidates import Candidate
from story.reading.toponyms.evidence import VETOES, Text
from story.reading.values import Use

_WELL_KNOWN = 0.4
_OF_A_BODY = frozenset({"public behind", "public behind a known name", "body of it"})
_NO_PLACE = VETOES | {"other behind", "thing behind", "within ORG", "ends ORG", "part of PERSON", "is PERSON"}
_NEAR = 6
"""Words between a verb of speaking and the last of its languages."""
_SPOKEN = frozenset("speak speaks spoke speaking spoken fluent learn learns learned learning translated into".split())
_OF_A_LANGUAGE = frozenset("language languages translation translations dictionary speaking speaker speakers".split())


def use_of(one: Candidate, facts: Collection[str]) -> Use:
    """The use of a name that was chosen for the facts about it."""
    if one.is_demonym:
        return "demonym"
    return "name" if _OF_A_BODY.isdisjoint(facts) else "in-a-name"


def is_used(demonym: Candidate, facts: Collection[str], text: Text) -> bool:
    """Whether a demonym stands for its place: "American officials"; not a language, and nothing that only bears it."""
    if demonym.best.importance < _WELL_KNOWN or not _NO_PLACE.isdisjoint(facts):
        return False
    tokens = text.tokens
    before, after = tokens.word(demonym.first - 1), tokens.word(demonym.end)
    if after == "-":
        after = tokens.word(demonym.end + 1)
    adjective = tokens.tag(demonym.end).startswith(("NN", "JJ"))
    spoken = any(tokens.word(i) in _SPOKEN for i in range(demonym.first - _NEAR, demonym.first))
    if after in _OF_A_LANGUAGE or (spoken and not adjective):
        return False
    return adjective or before != "in"
