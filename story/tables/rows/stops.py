"""Place cells to stops: columns that combine, several places in a cell, names that the gazetteer knows otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from geo.names import forms
from geo.names.containers import known_outer
from geo.names.lookup import BEGUN, Lookup, Progress
from geo.names.stops import Parts, Spot, settle
from story.placing import PlaceNames
from story.tables.values.days import is_blank
from story.text import clean, fold

__all__ = ["BEGUN", "Parts", "Progress", "Spot", "combine", "find_stops"]


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
    lookup = Lookup(place, progress, cancelled)
    all_pieces = list(dict.fromkeys(piece for split in pieces.values() for piece in split))
    settled = dict(zip(all_pieces, known_outer(all_pieces, lookup), strict=True))
    found = settle(list(dict.fromkeys(settled.values())), lookup)
    return {
        parts: tuple(_unique(spot for piece in split for spot in found[settled[piece]]))
        for parts, split in pieces.items()
    }


def _unique(spots: Iterable[Spot]) -> Iterable[Spot]:
    return {spot.toponym: spot for spot in spots}.values()


def _hard_pieces(parts: Parts) -> list[Parts]:
    heads = forms.hard_pieces(parts[0])
    outer = tuple(clean(part) for part in parts[1:])
    if not 1 < len(heads) <= 40:
        return [(clean(parts[0]), *outer)]
    return [(clean(head), *outer) for head in heads]
