"""All that readers of this page work on, by browser: shared between its threads, each change whole or not at all.

Streamlit breaks a script off wherever it touches the session once its reader has clicked again. So nothing here does:
a change that was begun is finished, and what it moved is found under its old name too.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from story.draft import Draft
from story.merge import merge
from story.undo import Basis, Edits

MOST_BROWSERS, MOST_ASKED = 64, 10_000
OWN = "own-"
"""What the ids of stories begin with that were never kept."""


def new_id() -> str:
    """An id for a story that is not kept yet, which cannot be guessed."""
    return f"{OWN}{secrets.token_hex(12)}"


@dataclass(slots=True)
class Desk:
    """One story that is worked on, by all tabs of a browser."""

    id: str
    edits: Edits
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def draft(self) -> Draft:
        return self.edits.now

    @property
    def base(self) -> int:
        """The revision that it began from; 0 where it was never saved."""
        return self.edits.basis.number

    @property
    def unsaved(self) -> bool:
        return self.edits.now is not self.edits.basis.draft

    def do(self, done: str, before: Draft, after: Draft, basis: Basis | None = None) -> None:
        """The next step: what made `after` of `before`, done to what another tab has made of that meanwhile."""
        with self.lock:
            now = self.edits.now
            self.edits = self.edits.do(done, after if now is before else merge(before, after, now).draft, basis)

    def step(self, step: Callable[[Edits], Edits]) -> None:
        """Undo, redo, or whatever else makes other edits of them."""
        with self.lock:
            self.edits = step(self.edits)


class Desks:
    """The desks of every browser; a browser and a story may have got another name since: see `name_of`, `id_of`."""

    def __init__(self) -> None:
        self._browsers: OrderedDict[str, dict[str, Desk]] = OrderedDict()
        self._asked: OrderedDict[str, None] = OrderedDict()
        self._names: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._lock = Lock()

    def is_known(self, browser: str) -> bool:
        """Whether it is known here what a browser works on, nothing perhaps."""
        return browser in self._browsers or browser in self._asked

    def of(self, browser: str) -> dict[str, Desk]:
        """Story id -> what a browser works on; the latest first."""
        with self._lock:
            mine = self._browsers.get(browser)
            if not mine:
                return {}
            self._browsers.move_to_end(browser)
            return dict(reversed(mine.items()))

    def lay(self, browser: str, desk: Desk) -> None:
        with self._lock:
            self._browsers.setdefault(browser, {})[desk.id] = desk
            self._make_room(browser)

    def take_up(self, browser: str, found: dict[str, Desk]) -> None:
        """What a browser had left behind, unless it has been taken up already."""
        with self._lock:
            self._asked[browser] = None
            while len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)
            if found and browser not in self._browsers:
                self._browsers[browser] = found
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
            desk.id = story
            mine[story] = desk
        desk.step(lambda edits: edits.saved(number, draft))

    def adopt(self, browser: str, name: str) -> dict[str, Desk]:
        """A browser has another name from now on; gives what it works on, which is under that name now.

        Where the name has the same story on its desk, both are kept if something of both is not saved.
        """
        with self._lock:
            mine = self._browsers.pop(browser, {})
            theirs = self._browsers.setdefault(name, {})
            for story, desk in mine.items():
                if story in theirs and theirs[story].unsaved and desk.unsaved:
                    desk.id = new_id()
                if story not in theirs or desk.unsaved:
                    theirs[desk.id] = desk
            self._names[browser] = name
            self._make_room(name)
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
            self._asked.clear()

    def _make_room(self, browser: str) -> None:
        self._browsers.move_to_end(browser)
        while len(self._browsers) > MOST_BROWSERS:
            self._browsers.popitem(last=False)
