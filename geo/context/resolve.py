"""All names of one text, decided together.

Each name starts from what the ladder gives it: every place so named, with its cost. Then the names vote: a candidate
gets cheaper the more of the other names, by their own present odds, lie in its second-level division, its
neighbourhood, its first-level division and its country, and the odds are worked out anew, a few rounds. Words around a
name weigh most: in "Paris, Texas" only Texas will do. One name has one sense in a text, unless qualified otherwise.
"""

from __future__ import annotations

import logging
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from geo import normalise
from geo.context import cues
from geo.context.approximate import at_its_town
from geo.context.elsewhere import said_to_be_in
from geo.context.mentions import (
    Name,
    Region,
    Sense,
    apply_hints,
    apply_qualifier,
    candidates,
    qualifier_after,
)
from geo.context.voting import company, series, vote
from geo.names import ranking
from geo.names.common_words import is_plain_word
from geo.names.interpretation import interpret_each, is_open
from geo.names.lookup import Lookup
from geo.place import Candidate, Resolution
from geo.store import Store
from geo.weights import LOOSE, WEIGHTS, Home, Weights

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the text as a whole says of each region: how often it names it, how many of its names lie there."""

    said: Counter[Region]
    names_in: Counter[Region]


def resolve_together(
    gazetteer: Store, toponyms: Sequence[str], text: str = "", *, home: Home | None = None
) -> list[Resolution]:
    """One resolution for each toponym, in their order. `text` is where they stand; without it they only vote.

    `home` is where the source of the text is at home (geo.context.home); what the text itself says counts for more.

    What is not found so, and what may be several places, is read in all the ways that `geo.names` knows. A street or
    school that no table knows stands, marked approximate, at the town that the text says it is in.
    """
    found = decide_together(gazetteer, toponyms, text, home=home)
    open_ = {name: one for name, one in zip(toponyms, found, strict=True) if is_open(one)}
    elsewhere = _said_elsewhere(gazetteer, toponyms, found, text)
    if open_ or elsewhere:
        lookup = Lookup(partial(decide_together, gazetteer, home=home), known=open_)
        read = interpret_each([*open_, *elsewhere.values()], lookup)
        found = [read[name] if is_open(one) else one for name, one in zip(toponyms, found, strict=True)]
        for i, name in elsewhere.items():
            found[i] = replace(read[name], toponym=toponyms[i]) if read[name].place else found[i]
    return at_its_town(toponyms, found, text)


def _said_elsewhere(
    gazetteer: Store, toponyms: Sequence[str], found: Sequence[Resolution], text: str
) -> dict[int, str]:
    """By number, the toponyms that the text puts in a division where they were not found, each with that behind it."""
    if not text:
        return {}
    spots = cues.locate(text, list(toponyms))
    said = {
        i: said_to_be_in(gazetteer, toponym, one, text, spot)
        for i, (toponym, one, spot) in enumerate(zip(toponyms, found, spots, strict=True))
    }
    return {i: name for i, name in said.items() if name}


def decide_together(
    gazetteer: Store,
    toponyms: Sequence[str],
    text: str = "",
    *,
    home: Home | None = None,
    weights: Weights = WEIGHTS,
) -> list[Resolution]:
    """The toponyms as they are written, and less loosely written parts of them, by one another and the text."""
    if len(set(toponyms)) == 1 and not text and not home:
        return [ranking.climb(gazetteer, toponyms[0])] * len(toponyms)
    spots = cues.locate(text, list(toponyms))
    by_key: dict[str, list[int]] = defaultdict(list)
    for i, toponym in enumerate(toponyms):
        by_key[normalise.key(normalise.strip_possessive(normalise.tidy(toponym[: normalise.LONGEST])))].append(i)
    # One name that the text does not have, alone: nothing says that an ordinary word is a place here.
    if len(by_key) == 1 and spots[0].start < 0 and is_plain_word(normalise.tidy(toponyms[0])):
        return [ranking.climb(gazetteer, toponym) for toponym in toponyms]
    name_of: dict[int, Name] = {}
    for members in by_key.values():
        name_of |= _mentions(gazetteer, toponyms, text, spots, members, weights)
    groups = list({id(name): name for name in name_of.values()}.values())
    said: Counter[Region] = Counter()
    unmarked: Counter[Region] = Counter()
    for key, region in cues.named_in(text, gazetteer.container_keys(), gazetteer.container_starts()):
        said[region] += 1
        unmarked[region] += key not in by_key  # the others vote for themselves
    if home:
        _at_home(groups, home, weights)
    vote(groups, unmarked, series(text, spots, name_of), company(text, spots, name_of), weights)
    if _LOG.isEnabledFor(logging.DEBUG):
        _trace(groups)
    whole = Whole(said, Counter(r for g in groups for _, r in min(g.senses, key=_by_cost).regions))
    return [
        _decide(gazetteer, toponym, name_of[i], whole) if i in name_of else ranking.climb(gazetteer, toponym)
        for i, toponym in enumerate(toponyms)
    ]


def _mentions(
    gazetteer: Store,
    toponyms: Sequence[str],
    text: str,
    spots: Sequence[cues.Occurrence],
    members: Sequence[int],
    weights: Weights,
) -> dict[int, Name]:
    """The name that each of the mentions `members` of one toponym is of: one, or one for each qualifier behind it.

    Empty where the toponym means no place as it is written.
    """
    first = spots[members[0]]
    word = cues.division_word_after(text, first.end) if first.start >= 0 else ""
    whole = cues.shared_land(toponyms[members[0]], text, first.end) if first.start >= 0 else ""
    made = ((whole or word) and candidates(gazetteer, whole or f"{toponyms[members[0]]} {word}")) or None
    if made is None or made.reading.penalty >= LOOSE:  # "US state of Texas", "U.S. District Judge" are no divisions
        made = candidates(gazetteer, toponyms[members[0]])
    if made is None:
        return {}
    qualifier_of = {i: qualifier_after(gazetteer, made, text, spots[i]) for i in members}
    given = Counter(filter(None, qualifier_of.values()))
    usual = given.most_common(1)[0][0] if given else ""
    of_qualifier = Counter(qualifier or usual for qualifier in qualifier_of.values())
    names: dict[str, Name] = {}
    for qualifier, count in of_qualifier.items():
        weight = 1.0 + weights.repeated * math.log(count)
        name = replace(made, senses=[replace(sense) for sense in made.senses], qualifier=qualifier, weight=weight)
        apply_qualifier(gazetteer, name, weights)
        apply_hints(gazetteer, name, text, [spots[i] for i in members], weights)
        names[qualifier] = name
    return {i: names[qualifier_of[i] or usual] for i in members}


def _at_home(names: Iterable[Name], home: Home, weights: Weights) -> None:
    """Makes the senses cheaper that lie where the source of the text is at home; a country is what it is anywhere."""
    for name in names:
        for sense in name.senses:
            place = sense.found.place
            if place.kind == "country":
                continue
            sense.base -= weights.home_country * home.get((place.country, ""), 0.0)
            if place.admin1:
                sense.base -= weights.home_division * home.get((place.country, place.admin1), 0.0)


def _trace(names: Iterable[Name]) -> None:
    """Tells the log what the names of a text did for one another: the cost of each candidate alone, and among them."""
    for name in names:
        _LOG.debug("%s: %s; weight %.2f among the names of its text", name.toponym, name.reading, name.weight)
        for sense in sorted(name.senses, key=_by_cost)[: ranking.SHOWN]:
            words = ranking.in_words(sense.found.place)
            notes = "".join(f"; {note}" for note in sense.notes)
            _LOG.debug("    %6.3f  %s: %+.3f alone%s", sense.cost, words, sense.base, notes)


def _by_cost(sense: Sense) -> tuple[float, str]:
    return sense.cost, sense.found.place.id


def _decide(gazetteer: Store, toponym: str, name: Name, whole: Whole) -> Resolution:
    ordered = ranking.one_of_each_site(sorted(name.senses, key=_by_cost), lambda sense: sense.found.place)
    shown = tuple(
        Candidate(s.found.place, round(s.cost, 4), "; ".join(filter(None, [*s.notes, s.reason])) or ranking.NAMED_SO)
        for s in ordered[: ranking.SHOWN]
    )
    if name.reading.penalty >= LOOSE and not name.qualifier and _is_stranger(ordered[0], whole):
        return Resolution(toponym, None, shown, f"{name.reading.done}, but no other name of the text lies near")
    return Resolution(toponym, shown[0].place, shown, _why(gazetteer, name, ordered, whole))


def _is_stranger(sense: Sense, whole: Whole) -> bool:
    """Whether a lesser place has no company in the text: too little to take a name for it that was read loosely."""
    if sense.found.place.kind != "city" or sense.found.place.importance >= 0.5:
        return False
    return all(whole.names_in[region] <= 1 for scale, region in sense.regions if scale != "country")


def _why(gazetteer: Store, name: Name, ordered: list[Sense], whole: Whole) -> str:
    """One line: what the text says of it, or what it shares with the other names, or that it is the best known."""
    best = ordered[0]
    done = "; ".join(filter(None, [name.reading.done, best.reason, *best.notes]))
    if len(ordered) == 1:
        return "; ".join(filter(None, [ranking.how_found(1, name.reading.qualifiers), done]))
    for scale in ("division2", "division1", "country"):
        region = next((r for s, r in best.regions if s == scale), None)
        if region is None or best.found.place.kind == "country":
            continue
        others = whole.names_in[region] - 1
        said = whole.said[region]
        if others < 1 and not said:
            continue
        rivals = sum(1 for s in ordered if (scale, region) in s.regions)
        where = _region_name(gazetteer, region)
        if where in (best.found.place.name, name.toponym):
            # "Vienna in Vienna, which the text names" would give a name as the reason for itself.
            continue
        rank = f"the only {name.toponym} in {where}" if rivals == 1 else f"the best known of {rivals} in {where}"
        if said:
            clue = f"which the text names {said} times" if said > 1 else "which the text names"
        else:
            clue = (
                f"where {others} other names of the text lie" if others > 1 else "where another name of the text lies"
            )
        return "; ".join(filter(None, [f"{rank}, {clue}", done]))
    return "; ".join(filter(None, [ranking.how_found(len(ordered), name.reading.qualifiers), done]))


def _region_name(gazetteer: Store, region: Region) -> str:
    scale, value = region
    if scale == "c":
        return gazetteer.country_name(str(value))
    place = gazetteer.numbered(int(str(value)))
    return place.name if place else ""
