"""The names of a text vote on one another: a few rounds of odds, each from the others' odds of the round before."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
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
    for name in all_names:
        for sense in name.senses:
            sense.cost = sense.base
        _set_odds(name, weights)
    roll = _Roll(all_names, said, weights)
    place_of = {id(name): i for i, name in enumerate(all_names)}
    members = [[place_of[id(name)] for name in names] for names in near]
    sentences_of: dict[int, list[int]] = defaultdict(list)
    for number, these in enumerate(members):
        for i in these:
            sentences_of[i].append(number)
    total = sum(name.weight for name in all_names)
    here_totals = [sum(len(near[n]) - 1 for n in sentences_of.get(i, ())) for i in range(len(all_names))]
    for turn in range(weights.rounds):
        own = [_votes(name, targets) for name, targets in zip(all_names, roll.targets, strict=True)]
        mass = [0.0] * roll.regions
        for mine in own:
            for region, votes in mine.items():
                mass[region] += votes
        local_votes = [_together(these, own, all_names) for these in members]
        for i, (name, mine) in enumerate(zip(all_names, own, strict=True)):
            if len(name.senses) == 1 and turn < weights.rounds - 1:
                continue  # its odds are 1 whatever it costs
            others = total - name.weight + weights.smooth
            here = [local_votes[n] for n in sentences_of.get(i, ())]
            support_of = partial(_support, mass, mine, others, here, here_totals[i] + weights.smooth, name, weights)
            for sense, claims in zip(name.senses, roll.claims[i], strict=True):
                cost = sense.base
                for region, worth, told in claims:
                    cost -= worth * support_of(region, told)
                sense.cost = cost
        _draw_together(beside, weights)
        for name in all_names:
            _set_odds(name, weights)


class _Roll:
    """What does not change from round to round: regions as numbers, and by name and sense where its votes go and what
    support is worth to it there."""

    def __init__(self, names: Sequence[Name], said: Counter[Region], weights: Weights) -> None:
        by_scale = {
            "country": weights.country,
            "division1": weights.division1,
            "division2": weights.division2,
            "nearby": weights.nearby,
        }
        said_total = sum(math.log1p(n) for n in said.values())
        number: dict[Region, int] = {}

        def numbered(region: Region) -> int:
            return number.setdefault(region, len(number))

        self.targets: list[list[list[int]]] = []
        """The regions that each sense of each name votes for."""
        self.claims: list[list[list[tuple[int, float, float]]]] = []
        """Of each sense of each name: a region, what support there is worth, and what the text says of it, -1 for a
        region that no text names."""
        for name in names:
            targets, claims = [], []
            for sense in name.senses:
                goes, claimed = list[int](), list[tuple[int, float, float]]()
                for scale, region in sense.regions:
                    goes += map(numbered, _around(region)) if scale == "nearby" else (numbered(region),)
                    told = math.log1p(said[region]) / (said_total + 1.0) if scale in _TOLD else -1.0
                    worth = by_scale[scale] * _breadth(sense.found.place.kind, scale, weights)
                    claimed.append((numbered(region), worth, told))
                targets.append(goes)
                claims.append(claimed)
            self.targets.append(targets)
            self.claims.append(claims)
        self.regions = len(number)


_TOLD = frozenset({"country", "division1"})


def _support(
    mass: Sequence[float],
    mine: Mapping[int, float],
    others: float,
    here: Sequence[Mapping[int, float]],
    here_total: float,
    name: Name,
    weights: Weights,
    region: int,
    told: float,
) -> float:
    """The share of the other names' votes that a region has, with what the text and the name's own sentences add."""
    support = (mass[region] - mine[region]) / others
    if told >= 0:
        support = (support + weights.text_country * told) / (1 + weights.text_country)
    if here:
        local = sum([votes.get(region, 0.0) for votes in here]) - len(here) * mine[region] / name.weight
        support = (support + weights.sentence * local / here_total) / (1 + weights.sentence)
    return support


def _together(members: Sequence[int], own: Sequence[Mapping[int, float]], names: Sequence[Name]) -> dict[int, float]:
    """The votes of the names of one sentence for each region, one a name, however often the text has it."""
    found: dict[int, float] = defaultdict(float)
    for i in members:
        weight = names[i].weight
        for region, votes in own[i].items():
            found[region] += votes / weight
    return found


def _votes(name: Name, targets: Sequence[Sequence[int]]) -> dict[int, float]:
    """The votes that one name casts for regions: no more for one than it has."""
    mine: dict[int, float] = defaultdict(float)
    weight = name.weight
    for sense, regions in zip(name.senses, targets, strict=True):
        votes = weight * sense.odds
        for region in regions:
            mine[region] += votes
    for region, votes in mine.items():
        if votes > weight:
            mine[region] = weight
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
