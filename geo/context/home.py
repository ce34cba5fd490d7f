"""Where a paper or site is at home, learnt from its own texts: which country and division most of its places lie in.

A county paper writes "Jackson" and "the airport" of its own state. No list of papers is kept: the texts of one source
are resolved once without a home, what they name is counted, and they are resolved again with it, twice over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.context.resolve import resolve_together
from geo.place import Place, Resolution
from geo.store import Store
from geo.weights import Home

_ROUNDS = 2
_LOCAL = frozenset({"city", "site", "admin2"})
_ENOUGH_TEXTS = 5
"""So many texts of a source are taken at their word; fewer count for less."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its toponyms in order; `source` is who published it, "" where that is not known."""

    text: str
    toponyms: tuple[str, ...]
    source: str = ""


def resolve_documents(gazetteer: Store, documents: Sequence[Document]) -> list[list[Resolution]]:
    """The resolutions of each document, those of one source with its home as evidence; others are untouched by it."""
    found = [resolve_together(gazetteer, one.toponyms, one.text) for one in documents]
    of_source: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(documents):
        if one.source:
            of_source[one.source].append(number)
    for numbers in of_source.values():
        for _ in range(_ROUNDS):
            home = learn(found[number] for number in numbers)
            for number in numbers:
                one = documents[number]
                found[number] = resolve_together(gazetteer, one.toponyms, one.text, home=home)
    return found


def learn(texts: Iterable[Sequence[Resolution]]) -> Home:
    """The home of a source by what its texts' names were found to be."""
    return home_of([one.place for one in text if one.place] for text in texts)


def home_of(texts: Iterable[Sequence[Place]]) -> Home:
    """What share of the towns, sites and counties that a source's texts name lies in each country and division."""
    counted: Counter[tuple[str, str]] = Counter()
    total = number = 0
    for named in texts:
        number += 1
        for place in {place.id: place for place in named if place.kind in _LOCAL}.values():
            counted[place.country, ""] += 1
            counted[place.country, place.admin1] += bool(place.admin1)
            total += 1
    trust = min(1.0, number / _ENOUGH_TEXTS) / max(1, total)
    return {region: count * trust for region, count in counted.items()}
