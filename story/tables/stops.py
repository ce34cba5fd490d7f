"""Place cells to stops: columns that combine, several places in a cell, and names that the gazetteer knows otherwise.

Whether "London, Cornwall" is two places and "London, Ontario" one is for the gazetteer to say: a part that lies in the
next one is qualified by it, any other begins a new stop. Nothing is split unless every part is a known place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geo.place import Candidate, Resolution
from story.exc import OpeningCancelledError
from story.placing import PlaceNames
from story.tables.days import is_blank
from story.text import clean, fold

Parts = tuple[str, ...]
"""A place as its columns give it, the smallest first: ("London", "United Kingdom")."""
Progress = Callable[[float, str], None]

BEGUN = 0.05
"""The share of the work that is done when a table is read and no name looked up yet."""
_CHUNK = 400
_MOST_PIECES = 8
_LONGEST = 200
_HARD = re.compile(r"\s*(?:;|\||•|\n|\s//\s)\s*")
_SOFT = re.compile(r"\s*(?:,\s*and\s|,|\s/\s|/|\s&\s|\sand\s|\s\+\s|\s[-–—]\s)\s*", re.IGNORECASE)
_NEARBY = re.compile(
    r"(?:(?:over|above|near|off|outside|along|aboard|in|at)\s+|(?:just\s+)?(?:off|on|along)?\s*(?:the\s+)?"
    r"(?:coast|border|shores?|waters|outskirts|vicinity)\s+of\s+|[\d.,]+\s*(?:km|mi|miles|kilomet(?:er|re)s)\s+"
    r"(?:[NESW]{1,3}|(?:north|south|east|west)\w*)\s+of\s+)+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_NO_NAMES = frozenset("sea ocean land border coast large home various flight ship airport night".split())
"""What "at sea" or "near the coast" leaves is no name, though some town is spelt like it."""
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Spot:
    """One stop of a place cell: its name, what became of it, and the part of it that is not known ("" for none)."""

    toponym: str
    resolution: Resolution | None
    unknown: str = ""


class _Gazetteer:
    """Asks for names in batches, each name once, telling how far it is."""

    def __init__(self, place: PlaceNames, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._place, self._progress, self._cancelled = place, progress, cancelled
        self._known: dict[str, Resolution] = {}
        self._share = BEGUN

    def ask(self, names: Iterable[str], share: float) -> None:
        """Makes sure that `__call__` knows all these names; `share` of all the work is done then."""
        begun, self._share = self._share, share
        new = [name for name in dict.fromkeys(names) if name and name not in self._known]
        for start in range(0, len(new), _CHUNK):
            if self._cancelled and self._cancelled():
                raise OpeningCancelledError("Opening was called off before all its places were found. Open it again.")
            chunk = new[start : start + _CHUNK]
            self._known.update(zip(chunk, self._place(chunk, ""), strict=True))
            if self._progress:
                done = (start + len(chunk)) / len(new)
                self._progress(begun + done * (share - begun), f"{len(self._known):,} names looked up")

    def __call__(self, name: str) -> Resolution | None:
        """The resolution of a name asked for, None where it has no place."""
        found = self._known.get(name)
        return found if found and found.place else None

    def failed(self, name: str) -> Resolution:
        return self._known.get(name) or Resolution(name, None, (), "no gazetteer was asked")


@lru_cache(maxsize=50_000)
def combine(cells: tuple[str, ...]) -> Parts:
    """The filled cells of a row's place columns, without what one of them already ends with."""
    parts: list[str] = []
    for cell in cells:
        text = clean(cell, lines=True).strip(" ,;")
        if is_blank(text):
            continue
        said = {fold(piece.strip()) for part in parts for piece in (part, *part.split(",")[1:])}
        if fold(text) not in said:
            parts.append(text)
    return tuple(parts)


def find_stops(
    wanted: Iterable[Parts],
    place: PlaceNames | None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[Parts, tuple[Spot, ...]]:
    """The stops of each place. Without a gazetteer only what stands between semicolons or on lines is split."""
    pieces = {parts: _hard_pieces(parts) for parts in dict.fromkeys(wanted) if parts}
    if place is None:
        return {
            parts: tuple(_unique(Spot(", ".join(piece), None) for piece in split)) for parts, split in pieces.items()
        }
    gazetteer = _Gazetteer(place, progress, cancelled)
    all_pieces = list(dict.fromkeys(piece for split in pieces.values() for piece in split))
    outer = _known_outer(all_pieces, gazetteer)
    settled = {piece: (piece[0], *(outer[part] for part in piece[1:])) for piece in all_pieces}
    found = _settle(list(dict.fromkeys(settled.values())), gazetteer)
    return {
        parts: tuple(_unique(spot for piece in split for spot in found[settled[piece]]))
        for parts, split in pieces.items()
    }


def _unique(spots: Iterable[Spot]) -> Iterable[Spot]:
    return {spot.toponym: spot for spot in spots}.values()


def _hard_pieces(parts: Parts) -> list[Parts]:
    heads = [piece.strip(" ,") for piece in _HARD.split(parts[0]) if piece.strip(" ,")]
    outer = tuple(clean(part) for part in parts[1:])
    if not 1 < len(heads) <= 40:
        return [(clean(parts[0]), *outer)]
    return [(clean(head), *outer) for head in heads]


def _known_outer(pieces: list[Parts], gazetteer: _Gazetteer) -> dict[str, str]:
    """Every containing part -> the form of it that the gazetteer knows: "Korea, South" is South Korea."""
    parts = list(dict.fromkeys(part for piece in pieces for part in piece[1:]))
    gazetteer.ask(parts, 0.1)
    unknown = [part for part in parts if not gazetteer(part)]
    gazetteer.ask((form for part in unknown for form in _other_forms(part)), 0.15)
    known = {part: part for part in parts}
    for part in unknown:
        known[part] = next((form for form in _other_forms(part) if gazetteer(form)), part)
    return known


def _other_forms(name: str) -> list[str]:
    """A name turned round ("Bahamas, The"), without its brackets, or as what stands in them."""
    forms: list[str] = []
    if len(name) > _LONGEST:
        return forms
    if name.count(",") == 1:
        first, last = (part.strip() for part in name.split(","))
        forms.append(f"{last} {first}")
    if _BRACKETS.search(name):
        forms.append(_BRACKETS.sub(" ", name).strip(" ,"))
        forms += [inner.strip() for inner in re.findall(r"[(\[]([^)\]]+)[)\]]", name)]
    if (nearby := _NEARBY.match(name)) and fold(name[nearby.end() :]) not in _NO_NAMES:
        forms.append(name[nearby.end() :])
    return [form for form in forms if form]


def _settle(pieces: list[Parts], gazetteer: _Gazetteer) -> dict[Parts, tuple[Spot, ...]]:
    gazetteer.ask((", ".join(piece) for piece in pieces), 0.7)
    found: dict[Parts, tuple[Spot, ...]] = {}
    open_pieces = []
    for piece in pieces:
        name = ", ".join(piece)
        if (whole := gazetteer(name)) and not ("," in piece[0] and len(_soft_pieces(piece[0])) > 1):
            found[piece] = (Spot(name, whole),)
        else:
            open_pieces.append(piece)
    if not open_pieces:
        return found
    gazetteer.ask((name for piece in open_pieces for name in _needed(piece)), 0.95)
    for piece in open_pieces:
        found[piece] = _one_or_several(piece, gazetteer)
    return found


def _soft_pieces(head: str) -> list[str]:
    if len(head) > _LONGEST:
        return [head]
    pieces = [piece.strip(" ,") for piece in _SOFT.split(head)]
    return pieces if all(pieces) and len(pieces) <= _MOST_PIECES else [head]


def _within(head: str, outer: Sequence[str]) -> str:
    return ", ".join((head, *(part for part in outer if fold(part) != fold(head))))


def _needed(piece: Parts) -> list[str]:
    """All names that may have to be known to tell what a piece is."""
    head, outer = piece[0], piece[1:]
    names = [_within(form, outer) for form in _other_forms(head)]
    split = _soft_pieces(head)
    if len(split) > 1:
        names += split
        names += [_within(part, outer) for part in split]
        names += [f"{a}, {b}" for a in split for b in split if a != b]
    return names + [name for rung in _ladder(piece) for name in rung if name]


def _ladder(piece: Parts) -> list[tuple[str, str]]:
    """Less and less of the name, with what is then left out: first of its containers, then the name itself."""
    head, outer = piece[0], piece[1:]
    rungs = [(_within(head, outer[skip:]), "") for skip in range(1, len(outer))]
    if len(outer) > 1:
        rungs += [(_within(head, outer[:-1]), "")]
    split = _soft_pieces(head)
    if len(split) > 1 and "," in head:
        rungs += [(_within(part, (*split[i + 1 :], *outer)), ", ".join(split[:i])) for i, part in enumerate(split) if i]
    rungs += [(_within(part, outer[i + 1 :]), _within(head, outer[:i])) for i, part in enumerate(outer)]
    return rungs


def _one_or_several(piece: Parts, gazetteer: _Gazetteer) -> tuple[Spot, ...]:
    head, outer = piece[0], piece[1:]
    name = ", ".join(piece)
    split = _soft_pieces(head)
    whole = gazetteer(name)
    if whole and not _apart(split, whole, gazetteer):
        return (Spot(name, whole),)
    for form in _other_forms(head):
        if found := gazetteer(_within(form, outer)):
            return (Spot(name, replace(found, toponym=name, reason=f"read as {form}; {found.reason}")),)
    if len(split) == 2 and (turned := gazetteer(f"{split[1]}, {split[0]}")) and _is_large(split[0], gazetteer):
        return (Spot(name, replace(turned, toponym=name, reason=f"read from large to small; {turned.reason}")),)
    if len(split) > 1 and (several := _several(split, outer, gazetteer)):
        return several
    if whole:
        return (Spot(name, whole),)
    for rung, unknown in _ladder(piece):
        if found := gazetteer(rung):
            if not unknown:
                return (Spot(name, replace(found, toponym=name, reason=f"read as {rung}; {found.reason}")),)
            near = _near(unknown, found, gazetteer)
            reason = f"{unknown} is not known; shown at {rung}"
            return (Spot(name, replace(found, toponym=name, candidates=near, reason=reason), unknown),)
    # What only a bare name says may be on another continent, unless nothing that should contain it is known.
    if outer and not any(gazetteer(part) for part in outer):
        gazetteer.ask([head], 1.0)
        if found := gazetteer(head):
            reason = f"{', '.join(outer)} is not known; {found.reason}"
            return (Spot(name, replace(found, toponym=name, reason=reason)),)
    return (Spot(name, gazetteer.failed(name)),)


def _near(unknown: str, within: Resolution, gazetteer: _Gazetteer) -> tuple[Candidate, ...]:
    """What an unknown name may be meant for, in the country that it is shown in."""
    country = within.place.country if within.place else ""
    found = gazetteer.failed(unknown).candidates
    return tuple(candidate for candidate in found if not country or candidate.place.country == country)


def _apart(split: list[str], whole: Resolution, gazetteer: _Gazetteer) -> bool:
    """Whether "Ramallah, Jerusalem" only looks like one place, since they are neighbours in two countries."""
    last = gazetteer(split[-1]) if len(split) == 2 else None
    return bool(
        last
        and last.place
        and whole.place
        and last.place.kind == "city"
        and last.place.country != whole.place.country
        and gazetteer(split[0])
    )


def _several(split: list[str], outer: Parts, gazetteer: _Gazetteer) -> tuple[Spot, ...]:
    """The stops of a cell, each with the parts that it lies in; empty where some part is no known place."""
    stops: list[Parts] = []
    for part in split:
        if stops and _lies_in(stops[-1][0], part, gazetteer):
            stops[-1] = (*stops[-1], part)
        else:
            stops.append((part,))
    if len(stops) < 2:
        return ()
    names = [_within(stop[0], (*stop[1:], *outer)) for stop in stops]
    gazetteer.ask(names, 1.0)
    spots = []
    for name in names:
        found = gazetteer(name)
        if found is None:
            return ()
        spots.append(Spot(name, found))
    kinds = {spot.resolution.place.kind for spot in spots if spot.resolution and spot.resolution.place}
    # "Springfield, Japan" is a town that is not known rather than a town and a country.
    return () if "country" in kinds and len(kinds) > 1 else tuple(spots)


def _is_large(name: str, gazetteer: _Gazetteer) -> bool:
    """Whether a name is that of something larger than a city, as "France" in "France, Nice"."""
    found = gazetteer(name)
    return bool(found and found.place and found.place.kind not in ("city", "site"))


def _lies_in(head: str, part: str, gazetteer: _Gazetteer) -> bool:
    found = gazetteer(f"{head}, {part}")
    return found is not None and not _apart([head, part], found, gazetteer)
