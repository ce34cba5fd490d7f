"""Where the toponyms of a text are: all of them decided together by the geocoding layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.context.resolve import resolve_together
from geo.store import Store
from geo.weights import Home
from story.reading.toponyms.shared import shared_names
from story.reading.values import Toponym


def resolved(
    text: str, toponyms: Sequence[Toponym], gazetteer: Store, *, home: Home | None = None
) -> tuple[Toponym, ...]:
    """The toponyms of a text, in their order, each with its resolution, which says so where no place was chosen.

    All vote, also those within the names of public bodies, and demonyms: "French officials" says where Paris is. `home`
    is where the source of the text is at home (geo.context.home).
    """
    whole = {(part.start, part.end): part.whole for part in shared_names(text, gazetteer)}
    names = [whole.get((one.start, one.end), one.text) for one in toponyms]
    found = resolve_together(gazetteer, names, text, home=home)
    return tuple(replace(one, resolution=each) for one, each in zip(toponyms, found, strict=True))
