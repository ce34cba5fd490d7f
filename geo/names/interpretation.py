"""What a written place comes to: one place or several, and what is said of each.

Every door that takes place names comes here: the gazetteer and texts with what their first look does not find, stories
and tables with every name. A name that is found as it stands costs no more than that look; its variants are tried
behind a miss only. Whether "London, Cornwall" is two places and "London, Ontario" one is for the gazetteer to say: a
part that lies in the next one is qualified by it, any other begins a new stop.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from geo import weights
from geo.names import forms
from geo.names.bearings import at_an_offset
from geo.names.compass import WAYS, compass
from geo.names.containers import known_outer, meant_by_code
from geo.names.containment import is_sea
from geo.names.forms import within
from geo.names.lists import Rank, cut, holds, in_a_list, is_list, on_island, rank
from geo.names.lookup import Lookup
from geo.names.readings import DIVISIONS
from geo.names.unmistakable import is_guessed, of_its_own
from geo.normalise import LONGEST, close_spaces, fold
from geo.place import Candidate, Resolution

_LOG = logging.getLogger(__name__)

Parts = tuple[str, ...]
"""A place as it is written, the smallest part first: ("London", "United Kingdom"), or all in one: ("London, U.K.",)."""

_MOST_PIECES = 40


class Written(NamedTuple):
    """A place as it is written; `division` is the word for what its smallest part is said to be: "state", "oblast"."""

    parts: Parts
    division: str = ""


def interpret(wanted: Iterable[Written], lookup: Lookup) -> dict[Written, tuple[Resolution, ...]]:
    """The stops of each place, most of them one; `overruled` and `unknown` of a resolution say what did not count."""
    split = {written: hard_pieces(written.parts) for written in dict.fromkeys(wanted) if written.parts}
    every = list(dict.fromkeys(piece for pieces in split.values() for piece in pieces))
    known = dict(zip(every, known_outer(every, lookup), strict=True))
    read_as = {(piece, written.division): known[piece] for written, pieces in split.items() for piece in pieces}
    read_as |= _as_divisions({key: piece for key, piece in read_as.items() if key[1]}, lookup)
    found = _settle(list(dict.fromkeys(read_as.values())), lookup)
    stops = {
        written: tuple(
            {stop.toponym: stop for piece in pieces for stop in found[read_as[piece, written.division]]}.values()
        )
        for written, pieces in split.items()
    }
    if _LOG.isEnabledFor(logging.DEBUG):
        for written, these in stops.items():
            for stop in these:
                where = stop.place.name if stop.place else "no place"
                _LOG.debug("%s: %s: %s", ", ".join(written.parts), where, stop.reason)
    return stops


def hard_pieces(parts: Parts) -> list[Parts]:
    """A place as several, where semicolons or lines part it; each with what contains all of them."""
    heads = forms.hard_pieces(parts[0])
    outer = tuple(close_spaces(part) for part in parts[1:])
    return [(close_spaces(head), *outer) for head in (heads if 1 < len(heads) <= _MOST_PIECES else parts[:1])]


def _as_divisions(pieces: dict[tuple[Parts, str], Parts], lookup: Lookup) -> dict[tuple[Parts, str], Parts]:
    """The pieces that mean a division only once the word for it is said: "Washington" of states, "Washington state"."""
    lookup.ask((", ".join(piece) for piece in pieces.values()), 0.4)
    doubtful = {key: piece for key, piece in pieces.items() if not _is_division(lookup(", ".join(piece)))}
    said = {key: (f"{piece[0]} {key[1]}", *piece[1:]) for key, piece in doubtful.items()}
    lookup.ask((", ".join(piece) for piece in said.values()), 0.5, alone=True)
    return {key: piece for key, piece in said.items() if _is_division(lookup(", ".join(piece)))}


def _is_division(found: Resolution | None) -> bool:
    return found is not None and found.place is not None and found.place.kind in DIVISIONS


def interpret_each(toponyms: Iterable[str], lookup: Lookup) -> dict[str, Resolution]:
    """What becomes of each name that must be one place: none where it names several, which are then the candidates."""
    wanted = {toponym: Written((toponym,)) for toponym in toponyms}
    stops = interpret(wanted.values(), lookup)
    return {toponym: _as_one(toponym, stops[written]) for toponym, written in wanted.items()}


def _as_one(toponym: str, stops: tuple[Resolution, ...]) -> Resolution:
    if len(stops) == 1:
        return replace(stops[0], toponym=toponym)
    said = "; ".join(stop.toponym for stop in stops)
    candidates = tuple(
        Candidate(stop.place, float(number), stop.reason) for number, stop in enumerate(stops, 1) if stop.place
    )
    return Resolution(toponym, None, candidates, f"this names {len(stops)} places: {said}")


def is_open(found: Resolution) -> bool:
    """Whether a name that was looked up as it stands may be read otherwise: it was not found, or may be several."""
    return (found.place is None or "," in found.toponym) and len(found.toponym) <= LONGEST


def _settle(pieces: list[Parts], lookup: Lookup) -> dict[Parts, tuple[Resolution, ...]]:
    """The stops of each piece; most are one place under the very name that they have."""
    lookup.ask((", ".join(piece) for piece in pieces), 0.7)
    lists = {piece: forms.soft_pieces(piece[0]) for piece in pieces if "," in piece[0]}
    open_pieces = [piece for piece in pieces if len(lists.get(piece, ())) > 1 or not lookup(", ".join(piece))]
    lookup.ask((name for piece in open_pieces for name in _needed(piece, lookup)), 0.95, alone=True)
    found: dict[Parts, tuple[Resolution, ...]] = {}
    for piece in pieces:
        name = ", ".join(piece)
        if piece in lists or not (whole := lookup(name)):
            stops = _one_or_several(piece, lookup)
        else:
            stops = (whole,)
        if len(stops) == 1 and (part := _part_of_a_land(piece[0], piece[1:], stops[0], lookup)):
            stops = (replace(part, toponym=name),)
        found[piece] = tuple(_overruling(stop, piece[1:], lookup) for stop in stops)
    return found


def _needed(piece: Parts, lookup: Lookup) -> list[str]:
    """The names that are most likely to tell what a piece is, to be asked for together."""
    head, outer = piece[0], piece[1:]
    if lookup(", ".join(piece)):  # only whether the next part is a city of its own is open
        return forms.soft_pieces(head)[1:]
    names = [within(form, outer) for form in forms.other_forms(head)]
    split = forms.soft_pieces(head)
    if len(split) > 1:
        names += split
        names += [within(part, outer) for part in split]
        names += [f"{a}, {b}" for a, b in pairwise(split)]
    return names + [within(part, outer[i + 1 :]) for i, part in enumerate(outer)]


def _one_or_several(piece: Parts, lookup: Lookup) -> tuple[Resolution, ...]:
    head, outer = piece[0], piece[1:]
    name = ", ".join(piece)
    if found := at_an_offset(head, outer, lookup):
        return (replace(found, toponym=name),)
    split = forms.soft_pieces(head)
    whole = lookup(name)
    if whole and not is_list(head, lookup):
        return (replace(whole, toponym=name),)
    if len(split) < 2 and (found := _known(head, outer, lookup)):
        return (replace(found, toponym=name),)
    for way in (_in_another_form, _turned, _by_a_sea, _quarter, _at_its_division):
        if found := way(head, split, outer, lookup):
            return (replace(found, toponym=name),)
    stops = cut(split, outer, lookup)
    if len(stops) > 1 and (several := _several(split, stops, outer, lookup)):
        return several
    if len(split) > 1 and len(stops) == 1 and (found := _stop(stops[0], outer, lookup)):
        return (replace(found, toponym=name),)
    if whole:
        return (replace(whole, toponym=name),)
    if len(split) > 1 and (
        found := of_its_own(split[0], (*split[1:], *outer), lookup) or of_its_own(head, outer, lookup)
    ):
        return (replace(found, toponym=name),)
    return (_coarse(piece, lookup),)


def _in_another_form(head: str, split: list[str], outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "Korea, South" as South Korea; not "Chile Andes" as Chile again, which contains the place."""
    last = lookup(split[-1])
    for form, found in _read_as_forms(head, outer, lookup):
        again = len(split) > 1 and last and found.place == last.place
        if not again and not is_list(form, lookup):
            return found
    return None


def _read_as_forms(head: str, outer: Parts, lookup: Lookup) -> Iterator[tuple[str, Resolution]]:
    """The other forms of a name that are known within its containers, each with what it means there."""
    for form in forms.other_forms(head):
        if found := lookup(within(form, outer)):
            yield form, replace(found, reason=f"read as {form}; {found.reason}")


def _at_its_division(head: str, split: list[str], outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "Vichy, Missouri": one place in Missouri, though the tables have none there: only parts of one rank are a list.

    None where the parts are such a list, or where the last one is no division that the others are smaller than.
    """
    if len(split) < 2 or split != [part.strip() for part in head.split(",")] or forms.is_namesake(split[0], split[-1]):
        return None
    container = meant_by_code(split[-1]) or split[-1]
    ranks = [rank(part, outer, lookup) for part in (*split[:-1], container)]
    if ranks[-1] not in (Rank.DIVISION, Rank.COUNTY) or any(a >= b for a, b in pairwise(ranks)):
        return None
    last = lookup(within(container, outer)) or lookup(container)
    if last is None or _is_town_beside_towns(split, last, lookup):
        return None
    if outer and _is_known_without(split[0], outer, last, lookup):
        return None
    name = within(head, outer)
    if found := _known(split[0], (*split[1:-1], container, *outer), lookup):
        return replace(found, toponym=name)
    for kept in range(1, len(split)):
        around = within(split[kept] if kept < len(split) - 1 else container, (*split[kept + 1 : -1], *outer))
        if shown := lookup(around):
            unknown = ", ".join(split[:kept])
            stands = _shown_at(shown, name, unknown, around, lookup.answer(split[0]).candidates)
            return replace(stands, reason=f"{unknown} is not known in {around}; shown at {around}")
    return None


def _shown_at(
    shown: Resolution, name: str, unknown: str, around: str, near: tuple[Candidate, ...] | None = None
) -> Resolution:
    """What contains a place, for the place: its `unknown` part is not known, and may be one of those `near`."""
    candidates = shown.candidates if near is None else near
    reason = f"{unknown} is not known; shown at {around}"
    return replace(shown, toponym=name, candidates=candidates, reason=reason, unknown=unknown)


def _is_known_without(first: str, outer: Parts, last: Resolution, lookup: Lookup) -> bool:
    """Whether a row's country has a well-known place of the first name elsewhere: London in "London, Cornwall"."""
    found = lookup(within(first, outer))
    if found is None or found.place is None:
        return False
    return found.place.importance >= weights.WELL_KNOWN and not holds(last, found.place)


def _is_town_beside_towns(split: list[str], last: Resolution, lookup: Lookup) -> bool:
    """Whether a division is as well known as the town that it is called after, beside another such town."""
    first = lookup(split[0])
    if first is None or first.place is None or first.place.kind != "city" or last.place is None:
        return False
    town = next((c.place for c in last.candidates if c.place.kind == "city" and c.place.name == last.place.name), None)
    return town is not None and min(town.importance, first.place.importance) >= weights.KNOWN_TOWN


def _coarse(piece: Parts, lookup: Lookup) -> Resolution:
    """A piece with a part that is not known: shown at what contains it where that is, else not at all."""
    head, outer = piece[0], piece[1:]
    name = ", ".join(piece)
    for rung, unknown in _ladder(piece):
        if found := lookup(rung):
            if not unknown:
                return replace(found, toponym=name, reason=f"read as {rung}; {found.reason}")
            return _shown_at(found, name, unknown, rung, _near(unknown, found, lookup))
    # What only a bare name says may be on another continent, unless nothing that should contain it is known.
    if outer and not any(lookup(part) for part in outer) and (found := lookup(head)):
        reason = f"{', '.join(outer)} is not known; {found.reason}"
        return replace(found, toponym=name, reason=reason)
    return _unknown(name, lookup)


def _ladder(piece: Parts) -> Iterator[tuple[str, str]]:
    """Less and less of the name, with what is then left out: first of its containers, then the name itself."""
    head, outer = piece[0], piece[1:]
    for skip in range(1, len(outer)):
        yield within(head, outer[skip:]), ""
    if len(outer) > 1:
        yield within(head, outer[:-1]), ""
    bare, inner = forms.in_brackets(head)
    split = forms.soft_pieces(head)
    thing, town = forms.thing_in(head)
    if town:
        yield within(town, outer), thing
    if len(split) > 1 and "," in head:
        for i, part in enumerate(split):
            if i:
                yield within(part, (*split[i + 1 :], *outer)), ", ".join(split[:i])
        if forms.is_detail(split[1]):  # "Mosul, Al-Zohur district"
            yield within(split[0], outer), ", ".join(split[1:])
    for text in inner:
        if bare:
            yield within(text, outer), bare
            yield text, bare
    for i, part in enumerate(outer):
        yield within(part, outer[i + 1 :]), within(head, outer[:i])


def _known(head: str, outer: Parts, lookup: Lookup) -> Resolution | None:
    """One name within its containers, under any of its forms; or where it is a place that needs none."""
    if found := lookup(within(head, outer)):
        return found
    for _, found in _read_as_forms(head, outer, lookup):
        return found
    return _direction(head, outer, lookup) or of_its_own(head, outer, lookup)


def _turned(head: str, split: list[str], outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "France, Nice", from large to small, where the large one contains the small one."""
    if len(split) != 2:
        return None
    large, turned = lookup(split[0]), lookup(within(split[1], (split[0], *outer)))
    if not (large and large.place and turned and turned.place) or large.place.kind in ("city", "site", "sea"):
        return None
    if turned.place.kind == "country" or not holds(large, turned.place):
        return None
    return replace(turned, reason=f"read from large to small; {turned.reason}")


def _by_a_sea(head: str, split: list[str], outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "Near Texel Island, North Sea": the island, as the sea only says which way from it."""
    if len(split) != 2:
        return None
    last = lookup(within(split[1], outer))
    if not (last and last.place and is_sea(last.place)):
        return None
    for form in (split[0], *forms.other_forms(split[0])):
        found = lookup(within(form, outer))
        if found and found.place and not is_sea(found.place) and holds(last, found.place):
            return replace(found, reason=f"read as {form}, by the {last.place.name}; {found.reason}")
    return None


def _direction(head: str, outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "Northwest" of Turkey is that part of it: no place of its own, and no town called North either."""
    way = WAYS.get(compass(head))
    if not outer or not way:
        return None
    if found := lookup(within(f"{way} part of {outer[0]}", outer[1:])):
        return found
    found = _known(outer[0], outer[1:], lookup)
    return replace(found, reason=f"{head} of {outer[0]}, shown at its middle") if found else None


def _part_of_a_land(head: str, outer: Parts, found: Resolution | None, lookup: Lookup) -> Resolution | None:
    """The south of Mexico for "S. MEXICO" and "southern Mexico", where no place is so named that is not Mexico."""
    way, land = forms.part_of_a_land(head)
    whole = lookup(within(land, outer)) if way else None
    if whole is None or whole.place is None or (found and found.place and found.place.id != whole.place.id):
        return None
    # "South Korea" is a land, though "Korea" alone may mean it too.
    if forms.part_of_a_land(whole.place.name)[0] == way:
        return found
    return lookup(within(f"{way} part of {land}", outer))


def _quarter(head: str, split: list[str], outer: Parts, lookup: Lookup) -> Resolution | None:
    """ "Yangon - Hlaingthaya", a town and its quarter; None for "Paris - Lyon", from one town to another."""
    town, quarter = forms.town_and_quarter(head)
    shown = _known(town, outer, lookup) if quarter else None
    if shown is None:
        return None
    name = within(head, outer)
    if compass(quarter):
        return _direction(quarter, (town, *outer), lookup)
    found = lookup(within(quarter, outer))
    if found is None or found.place is None:
        return _shown_at(shown, name, quarter, town)
    return replace(found, toponym=name) if holds(shown, found.place) else None


def _stop(stop: Parts, outer: Parts, lookup: Lookup) -> Resolution | None:
    """A stop with the parts of the cell that it lies in, be it that the tables do not say that it does."""
    head, rest = stop[0], stop[1:]
    if (found := _known(head, (*rest, *outer), lookup)) or not rest:
        return found
    if found := on_island(head, rest[0], outer, lookup):
        return found
    return _known(head, outer, lookup) if forms.is_namesake(head, rest[0]) else None


def _several(split: list[str], stops: list[Parts], outer: Parts, lookup: Lookup) -> tuple[Resolution, ...]:
    """The stops of a cell, each with the parts that it lies in; empty where it is rather one place.

    A part that is not known is a stop of its own, shown at its country, only after one that is known there.
    """
    if said := _said_of_all(split, lookup):
        stops[-1] = (forms.in_brackets(stops[-1][0])[0], *stops[-1][1:])
        outer = (*said, *outer)
    known = [_stop(stop, outer, lookup) for stop in stops]
    if any(found is None for found in known):
        first = known[0].place if known[0] else None
        rest = [stop for stop, found in zip(stops, known, strict=True) if found is None]
        if not outer or not first or first.kind not in ("city", "island", "site", "country"):
            return ()
        if any(forms.is_detail(", ".join(stop)) for stop in rest):
            return ()
    if not in_a_list(stops, outer, [found.place for found in known if found and found.place], lookup):
        return ()
    towns = any(found and found.place and found.place.kind == "city" for found in known)
    found_stops = []
    for stop, found in zip(stops, known, strict=True):
        name = within(stop[0], (*stop[1:], *outer))
        if found is None:
            found_stops.append(_coarse((stop[0], *stop[1:], *outer), lookup))
        else:
            found_stops.append(replace(_as_town(found) if towns else found, toponym=name))
    return tuple(found_stops)


def _said_of_all(split: list[str], lookup: Lookup) -> tuple[str, ...]:
    """What brackets after the last of several say of all of them: "St. Thomas, St. Croix (Virgin Islands)"."""
    inner = forms.in_brackets(split[-1])[1]
    alone = not any(forms.in_brackets(part)[1] for part in split[:-1])
    return inner[:1] if alone and inner and lookup(inner[0]) else ()


def _as_town(found: Resolution) -> Resolution:
    """Among towns, "Quebec" is the town rather than the province."""
    if found.place is None or found.place.kind != "admin1":
        return found
    called = (fold(found.place.name), f"{fold(found.place.name)} city")
    for one in found.candidates:
        town = one.place
        if town.kind != "city" or town.country != found.place.country or fold(town.name) not in called:
            continue
        if town.importance >= weights.KNOWN_TOWN:
            return replace(found, place=town, reason=f"the town, as others are named beside it; {one.reason}")
    return found


def _overruling(stop: Resolution, outer: Parts, lookup: Lookup) -> Resolution:
    """The stop, with a word on it where it is not in the country that its name says."""
    said = outer[-1] if outer else stop.toponym.rpartition(", ")[2]
    country = lookup(said) if said != stop.toponym else None
    if not (country and country.place and country.place.country and stop.place and stop.place.country):
        return stop
    if country.place.kind != "country" or country.place.country == stop.place.country:
        return stop
    is_overruled = not stop.unknown and is_guessed(stop.toponym, stop.place, lookup)
    return replace(stop, reason=f"{stop.reason}; though it says {said}", overruled=said if is_overruled else "")


def _near(unknown: str, shown: Resolution, lookup: Lookup) -> tuple[Candidate, ...]:
    """What an unknown name may be meant for, in the country that it is shown in."""
    country = shown.place.country if shown.place else ""
    found: list[Candidate] = []
    for name in (unknown, forms.without_nearby(unknown)):
        found += lookup.answer(name).candidates
    return tuple(one for one in found if not country or one.place.country == country)


def _unknown(name: str, lookup: Lookup) -> Resolution:
    """A name with no place: what the whole of it may be meant for, or else each of its parts."""
    whole = lookup.answer(name)
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if whole.candidates or len(parts) < 2:
        return whole
    hints, near = [], list[Candidate]()
    for part in reversed(parts):
        bare = forms.without_nearby(part) or part
        found = lookup.answer(bare)
        if found.place is None and found.candidates:
            near += found.candidates
            hints.append(f"{found.candidates[0].place.name} for {bare}")
    if not hints:
        return whole
    reason = f"no place is so named; did you mean {' and '.join(hints[:2])}?"
    return Resolution(name, None, tuple(near), reason, suggests=True)
