"""The stories that can be opened, as cards: each worked out when it is first shown, and kept until it is another."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock

from story.draft import Draft, story_of
from story.drawing.card import Card, card_of
from story.exc import StoryError
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import catalogue, library, opening, workspace

MOST = 24
"""So many of the list of stories have a card; the others can be chosen by their names."""
MOST_BYTES = 1_000_000
"""A larger file is not opened for its card alone."""
_MOST_KEPT = 200
_kept: OrderedDict[tuple[str, float], Card] = OrderedDict()
_lock = Lock()
_LOG = logging.getLogger(__name__)

Listed = tuple[tuple[StoryRef, Card], ...]


@dataclass(frozen=True, slots=True)
class _There:
    """A story that can be read: how, and what changes when it does; None where it is another after every step."""

    read: Callable[[], Draft]
    state: float | None = None


def listed(labels: Mapping[StoryRef, str]) -> Iterator[Listed]:
    """The stories of these names as cards: at once as far as they are known, then again with each that was worked out.

    A story that cannot be read, or is too large to be read for this, has its name alone.
    """
    refs = [ref for ref in labels if ref not in page().jobs][:MOST]
    found = {ref: there for ref in refs if (there := _found(ref)) is not None}
    cards = {ref: _known(ref, found.get(ref)) or Card(labels[ref]) for ref in refs}
    yield tuple(cards.items())
    for ref, there in found.items():
        if _known(ref, there) is not None:
            continue
        try:
            cards[ref] = card_of(story_of(there.read()))
        except (StoryError, OSError) as error:
            _LOG.warning("no card of %s: %s", ref, error)
            continue
        _keep(ref, there, cards[ref])
        yield tuple(cards.items())


def _found(ref: StoryRef) -> _There | None:
    """Where a story is; None where it is not read for a card."""
    own = workspace.workspaces().get(ref)
    if own is not None:
        return _There(lambda: own.draft)
    path = catalogue.paths().get(ref)
    if path is not None:
        size = _bytes(path)
        return _There(partial(opening.draft_at, path), opening.stamp_of(path)) if size <= MOST_BYTES else None
    found = library.find(ref)
    if found is None:
        return None
    # Past the revisions that are kept for reading, among which the open one is.
    return _There(lambda: library.library().draft(found.kept.id, found.number), found.number)


def _bytes(path: Path) -> int:
    return sum(file.stat().st_size for file in opening.files_of(path) if file.is_file())


def _known(ref: StoryRef, there: _There | None) -> Card | None:
    if there is None or there.state is None:
        return None
    with _lock:
        return _kept.get((str(ref), there.state))


def _keep(ref: StoryRef, there: _There, card: Card) -> None:
    if there.state is None:
        return
    with _lock:
        _kept[str(ref), there.state] = card
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
