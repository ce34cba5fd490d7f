"""What a whole text says of its names: who was introduced in full, what is a firm, what is a place elsewhere in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo import normalise
from story.reading.toponyms.candidates import PLACE_LABELS, Candidate
from story.reading.toponyms.tokens import Entity, Tokens


@dataclass(frozen=True, slots=True)
class Memory:
    """Keys of names: those of persons named in full by their parts, `firms` by the first words of one."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    firms: frozenset[str]
    as_place: dict[str, float]
    """Of each candidate's key, the share of its mentions that spaCy takes for a place."""
    mentions: Counter[str]


def remember(tokens: Tokens, found: Sequence[Candidate]) -> Memory:
    """What the text says of its names."""
    given_names: set[str] = set()
    surnames: set[str] = set()
    firms: set[str] = set()
    for entity in tokens.entities:
        words = list(_words(tokens, entity))
        if entity.label == "PERSON" and len(words) > 1:
            given_names.add(normalise.key(words[0]))
            surnames.update(normalise.key(word) for word in words[1:])
        elif entity.label == "ORG" and len(words) > 1 and tokens.lower[entity.end - 1] in _OF_A_FIRM:
            firms.add(normalise.key(tokens.between(entity.first, entity.end - 1).rstrip(" ,")))
    labels: defaultdict[str, list[float]] = defaultdict(list)
    for one in found:
        entity_ = tokens.entity[one.first]
        whole = entity_ is not None and entity_.first >= one.first - 1 and entity_.end <= one.end + 1
        labels[one.key].append(float(bool(entity_ and whole and entity_.label in PLACE_LABELS)))
    as_place = {key: sum(values) / len(values) for key, values in labels.items()}
    mentions = Counter({key: len(values) for key, values in labels.items()})
    return Memory(frozenset(given_names), frozenset(surnames), frozenset(firms), as_place, mentions)


def _words(tokens: Tokens, entity: Entity) -> Iterator[str]:
    """The capitalised words of a name, without abbreviations, up to a stroke: "Ana Foo/U.S. Army" is Ana Foo."""
    for i in range(entity.first, entity.end):
        if tokens.words[i] == "/":
            return
        if tokens.capital[i] and not tokens.words[i].endswith("."):
            yield tokens.words[i]


_OF_A_FIRM = frozenset("inc inc. corp corp. co co. ltd ltd. llc plc company corporation group holdings".split())
