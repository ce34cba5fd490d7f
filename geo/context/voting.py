"""The names of a text vote on one another: a few rounds of odds, each from the others' odds of the round before."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from geo import normalise
from geo.context.cues import Occurrence, sentence_ends
from geo.context.mentions import Name, Region
from geo.weights import Weights

_JOINTS = frozenset({",", "and", ", and", "or", ", or", "&", ";", "/", "to", "and the", ", the", ", and the"})


def series(text: str, spots: Sequence[Occurrence], name_of: Mapping[int, Name]) -> list[tuple[Name, Name]]:
    """Names that stand beside each other in a series: "Ohio, Indiana and Kentucky"."""
    placed = sorted((s.start, s.end, i) for i, s in enumerate(spots) if s.start >= 0)
    pairs = []
    for (_, end, i), (start, _, j) in pairwise(placed):
        a, b = name_of.get(i), name_of.get(j)
        between = text[end:start].strip()
        if a is not None and b is not None and a is not b and between in _JOINTS and not _qualifies(a, b):
            pairs.append((a, b))
    return pairs


def company(text: str, spots: Sequence[Occurrence], name_of: Mapping[int, Name]) -> list[list[Name]]:
    """The names of each sentence that has two or more: what stands near weighs more."""
    sentences: dict[int, dict[int, Name]] = defaultdict(dict)
    ends = sentence_ends(text)
    for i, name in name_of.items():
        if spots[i].start >= 0:
            sentences[bisect_right(ends, spots[i].start)][id(name)] = name
    return [list(names.values()) for names in sentences.values() if len(names) > 1]


def _qualifies(inner: Name, outer: Name) -> bool:
    return (
        bool(inner.qualifier) and not inner.in_a_list and normalise.key(inner.qualifier) == normalise.key(outer.toponym)
    )


def vote(
    all_names: Sequence[Name],
    said: Counter[Region],
    beside: Sequence[tuple[Name, Name]],
    near: Sequence[Sequence[Name]],
    weights: Weights,
) -> None:
    """Work out the cost of every sense from what the other names of the text make likely; sets `cost` and `odds`.

    Each name casts `weight` votes, spread over its senses by their odds, for the regions that those lie in. In a round
    a sense's cost is its `base` less, for every scale of region (neighbourhood, divisions, country), its weight
    times the share of the *other* names' votes that its own region of that scale has; what the text itself says of a
    country or division (`said`) and the names of its own sentences (`near`) count beside it. Names that stand in one
    list (`beside`) draw one another to one kind. Then the odds are set anew: `weights.odds` of cost makes a sense e
    times less likely. After `weights.rounds` they have settled: "Paris" and "Dallas" have found Texas in each other,
    where neither was sure of it alone.
    """
    by_scale = {
        "country": weights.country,
        "division1": weights.division1,
        "division2": weights.division2,
        "nearby": weights.nearby,
    }
    for name in all_names:
        for sense in name.senses:
            sense.cost = sense.base
        _set_odds(name, weights)
    said_total = sum(math.log1p(n) for n in said.values())
    total = sum(name.weight for name in all_names)
    sentences_of: dict[int, list[int]] = defaultdict(list)
    for number, names in enumerate(near):
        for name in names:
            sentences_of[id(name)].append(number)
    for _ in range(weights.rounds):
        own = [_votes(name) for name in all_names]
        votes_of = {id(name): votes for name, votes in zip(all_names, own, strict=True)}
        local_votes = [_together(names, votes_of) for names in near]
        mass: dict[Region, float] = defaultdict(float)
        for mine in own:
            for region, votes in mine.items():
                mass[region] += votes
        for name, mine in zip(all_names, own, strict=True):
            others = total - name.weight + weights.smooth
            here = sentences_of.get(id(name), ())
            here_total = sum(len(near[n]) - 1 for n in here) + weights.smooth
            for sense in name.senses:
                sense.cost = sense.base
                for scale, region in sense.regions:
                    support = (mass[region] - mine[region]) / others
                    if scale in {"country", "division1"}:
                        told = math.log1p(said[region]) / (said_total + 1.0)
                        support = (support + weights.text_country * told) / (1 + weights.text_country)
                    if here:
                        local = (
                            sum(local_votes[n].get(region, 0.0) for n in here) - len(here) * mine[region] / name.weight
                        )
                        support = (support + weights.sentence * local / here_total) / (1 + weights.sentence)
                    sense.cost -= by_scale[scale] * _breadth(sense.found.place.kind, scale, weights) * support
        _draw_together(beside, weights)
        for name in all_names:
            _set_odds(name, weights)


def _together(names: Sequence[Name], votes_of: Mapping[int, Mapping[Region, float]]) -> dict[Region, float]:
    """The votes of the names of one sentence for each region, one a name, however often the text has it."""
    found: dict[Region, float] = defaultdict(float)
    for name in names:
        for region, votes in votes_of[id(name)].items():
            found[region] += votes / name.weight
    return found


def _votes(name: Name) -> dict[Region, float]:
    """The votes that one name casts for regions: no more for one than it has."""
    mine: dict[Region, float] = defaultdict(float)
    for sense in name.senses:
        for scale, region in sense.regions:
            for r in _around(region) if scale == "nearby" else (region,):
                mine[r] += name.weight * sense.odds
    for region, votes in mine.items():
        mine[region] = min(votes, name.weight)
    return mine


def _draw_together(beside: Sequence[tuple[Name, Name]], weights: Weights) -> None:
    """Makes the senses of a name cheaper that are of the kind of its neighbour in a list."""
    for a, b in beside:
        for name, other in ((a, b), (b, a)):
            kinds: dict[str, float] = defaultdict(float)
            for sense in other.senses:
                kinds[sense.found.place.kind] += sense.odds
            for sense in name.senses:
                sense.cost -= weights.series * kinds[sense.found.place.kind]


def _breadth(kind: str, scale: str, weights: Weights) -> float:
    """A country that holds the other names is worth as much as a town beside them: it cannot lie in a division."""
    if (kind, scale) in {("country", "country"), ("admin1", "division1")}:
        return weights.itself_around
    return 1.0


def _around(region: Region) -> list[Region]:
    number = int(str(region[1]))
    return [("g", number + i + j) for i in (-360, 0, 360) for j in (-1, 0, 1)]


def _set_odds(name: Name, weights: Weights) -> None:
    best = min(s.cost for s in name.senses)
    total = 0.0
    for sense in name.senses:
        sense.odds = math.exp((best - sense.cost) / weights.odds)
        total += sense.odds
    for sense in name.senses:
        sense.odds /= total
