"""Who else is there: whom one meets or plays, and who comes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from story.reading.events.cast import Actor, Cast
from story.reading.events.clauses import Clause

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEETING_SOMEBODY = frozenset("meet greet welcome receive host beat defeat face play take".split())
_OPPONENTS = frozenset({"against", "between"})
_OPPOSING = frozenset({"sport", "act", "appear", "travel"})


def company_of(clause: Clause, tokens: Iterable[Token], cast: Cast, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those who are there beside the `actors`, by the words of a clause."""
    known = {actor.name for actor in actors}
    found = {actor.name: actor for token in tokens for actor in _named(token, clause, cast)}
    return tuple(actor for name, actor in found.items() if name not in known)


def _named(token: Token, clause: Clause, cast: Cast) -> Iterator[Actor]:
    kind = clause.word.kind
    if token.dep_ == "dobj":
        if token.head == clause.head and (clause.word.lemma in _MEETING_SOMEBODY or kind == "court"):
            yield from cast.actors(token)
        elif (ship := cast.ship(token)) is not None:
            yield ship
        return
    if token.dep_ != "pobj":
        return
    preposition, word = token.head, token.head.lower_
    is_joined = kind in ("meet", "sport") or (clause.is_noun and kind == "travel")
    is_near = preposition.head == clause.head
    if word in _OPPONENTS:
        is_joined = kind in _OPPOSING or (kind == "meet" and word == "between")
    elif word == "to":
        is_joined = clause.word.lemma == "lose"
    elif word != "with":
        is_joined = False
    if is_joined:
        yield from cast.actors(token)
    elif is_near and (word == "with" or (preposition.dep_ == "agent" and kind in ("meet", "court"))):
        # "Went with the minister", "was met by the mayor": persons, not what one goes with or by.
        yield from (actor for actor in cast.actors(token) if not actor.is_group)
