"""Place cells to stops: the columns of a row that combine, and several places in one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from geo.names.interpretation import Parts, Written, hard_pieces, interpret
from geo.names.lookup import Lookup, Progress
from geo.normalise import fold
from geo.place import Resolution
from story.exc import OpeningCancelledError
from story.placing import PlaceNames
from story.tables.columns.matched import Matching
from story.tables.columns.vocabulary import division_word
from story.tables.table import Table
from story.tables.values.days import is_blank
from story.text import clean


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


def written(table: Table, matching: Matching) -> Callable[[Sequence[str]], Written]:
    """What the place columns of a row say together, and whether the smallest of them is a column of divisions."""
    columns = matching.columns("place")
    words = [division_word(table.headers[number]) for number in columns]

    def of_row(cells: Sequence[str]) -> Written:
        texts = tuple(cells[number] for number in columns)
        if not any(words):
            return Written(combine(texts))
        filled = (word for word, text in zip(words, texts, strict=True) if not is_blank(clean(text).strip(" ,;")))
        word = next(filled, "")
        return Written(combine(texts), word)

    return of_row


def find_stops(
    wanted: Iterable[Written],
    place: PlaceNames | None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[Written, tuple[Resolution, ...]]:
    """The stops of each place. Without a gazetteer only what stands between semicolons or on lines is split."""
    if place is not None:
        return interpret(wanted, Lookup(place, progress=progress, check=_raising(cancelled)))
    return {
        one: tuple(
            Resolution(name, None, (), "no gazetteer was asked")
            for name in dict.fromkeys(", ".join(piece) for piece in hard_pieces(one.parts))
        )
        for one in dict.fromkeys(wanted)
        if one.parts
    }


def _raising(cancelled: Callable[[], bool] | None) -> Callable[[], None]:
    def check() -> None:
        if cancelled and cancelled():
            raise OpeningCancelledError("Opening was cancelled before all its places were found. Open it again.")

    return check
