"""All that readers of this page work on, by browser: shared between its threads, each change whole or not at all.

Streamlit breaks a script off wherever it touches the session once its reader has clicked again. So nothing here does:
a change that was begun is finished, and what it moved is found under its old name too.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from story.draft import Draft
from story.undo import Edits

MOST_BROWSERS = 64
OWN = "own-"
"""What the ids of stories begin with that were never kept."""


@dataclass(slots=True)
class Desk:
    """One story that is worked on: `base` is the revision that it began from (0: never saved), `saved` its draft."""

    id: str
    edits: Edits
    base: int = 0
    saved: Draft | None = None

    @property
    def draft(self) -> Draft:
        return self.edits.now

    @property
    def unsaved(self) -> bool:
        return self.edits.now is not self.saved


class Desks:
    """The desks of every browser; a browser and a story may have got another name since: see `name_of`, `id_of`."""

    def __init__(self) -> None:
        self._browsers: OrderedDict[str, dict[str, Desk]] = OrderedDict()
        self._names: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._lock = Lock()

    def __contains__(self, browser: str) -> bool:
        return browser in self._browsers

    def of(self, browser: str) -> dict[str, Desk]:
        """Story id -> what a browser works on; the latest first."""
        with self._lock:
            return dict(reversed(self._browsers.get(browser, {}).items()))

    def lay(self, browser: str, desk: Desk) -> None:
        with self._lock:
            self._browsers.setdefault(browser, {})[desk.id] = desk
            self._make_room(browser)

    def take_up(self, browser: str, found: dict[str, Desk]) -> None:
        """What a browser had left behind, unless it has been taken up already."""
        with self._lock:
            self._browsers.setdefault(browser, found)
            self._make_room(browser)

    def drop(self, browser: str, story: str) -> Desk | None:
        with self._lock:
            return self._browsers.get(browser, {}).pop(story, None)

    def save(self, browser: str, desk: Desk, story: str, number: int, draft: Draft) -> None:
        """A desk is kept as revision `number` of `story` from now on."""
        with self._lock:
            mine = self._browsers.setdefault(browser, {})
            if desk.id != story:
                mine.pop(desk.id, None)
            if desk.id.startswith(OWN):
                self._ids[desk.id] = story
            desk.id, desk.base, desk.saved = story, number, draft
            mine[story] = desk

    def adopt(self, browser: str, name: str) -> dict[str, Desk]:
        """A browser has another name from now on; gives what it works on, which is under that name now."""
        with self._lock:
            mine = self._browsers.pop(browser, {})
            self._browsers.setdefault(name, {}).update(mine)
            self._names[browser] = name
            return mine

    def name_of(self, browser: str) -> str:
        """The name that a browser goes by now."""
        return self._names.get(browser, browser)

    def id_of(self, story: str) -> str:
        """The id that a story goes by now, if it was not kept before."""
        return self._ids.get(story, story)

    def clear(self) -> None:
        """Forgets everything, as a page that ends does."""
        with self._lock:
            self._browsers.clear()

    def _make_room(self, browser: str) -> None:
        self._browsers.move_to_end(browser)
        while len(self._browsers) > MOST_BROWSERS:
            self._browsers.popitem(last=False)
