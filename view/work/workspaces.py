"""All that readers of this page work on, by browser: shared between its threads, each change whole or not at all.

Streamlit breaks a script off wherever it touches the session once its reader has clicked again. So nothing here does:
a change that was begun is finished, and what it moved is found under its old name too.

Memory is bounded: what has not been looked at for an hour, or what has not been looked at longest when room is short,
leaves memory, undo history included. Only what the library has whole can leave; it is loaded from there again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from time import monotonic
from typing import TypeVar

from story.draft import Draft
from story.draft.merge import merge
from story.draft.undo import Basis, Edits
from view.state.story_ref import StoryRef

_Name = TypeVar("_Name", str, StoryRef)
MOST_BYTES = 500_000_000
IDLE_SECONDS = 3600.0
MOST_BROWSERS, MOST_NAMES = 10_000, 50_000


@dataclass(frozen=True, slots=True)
class Stored:
    """The state of a story that the library has as unsaved work, and under which browser, story and version."""

    browser: str
    story: StoryRef
    version: str
    base: int
    draft: Draft


@dataclass(slots=True)
class Workspace:
    """One story that is worked on, by all tabs of a browser; `stored` is what the library has of it that is unsaved."""

    ref: StoryRef
    edits: Edits
    stored: Stored | None = None
    discarded: bool = False
    weight: int = 0
    seen: float = field(default_factory=monotonic)
    lock: Lock = field(default_factory=Lock, repr=False)
    storing: Lock = field(default_factory=Lock, repr=False)
    """Held by whoever brings the workspace and the library together: see view.work.autosave_writer."""

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

    def is_stored(self, browser: str) -> bool:
        """Whether the library has all of it, where it belongs."""
        edits, stored = self.edits, self.stored
        if self.discarded or edits.now is edits.basis.draft:
            return stored is None
        return (
            stored is not None
            and stored.draft is edits.now
            and (stored.browser, stored.story, stored.base) == (browser, self.ref, edits.basis.number)
        )

    def do(self, done: str, before: Draft, after: Draft, basis: Basis | None = None) -> None:
        """The next step: what made `after` of `before`, done to what another tab has made of that meanwhile."""
        with self.lock:
            now = self.edits.now
            self.edits = self.edits.do(done, after if now is before else merge(before, after, now).draft, basis)

    def step(self, step: Callable[[Edits], Edits]) -> None:
        """Undo, redo, or whatever else makes other edits of them."""
        with self.lock:
            self.edits = step(self.edits)


@dataclass(slots=True)
class _Browser:
    """What one browser works on: the stories in memory, the latest last, and the titles of those in the library."""

    workspaces: dict[StoryRef, Workspace] = field(default_factory=dict)
    unloaded: dict[StoryRef, str] = field(default_factory=dict)
    listed: bool = False


class Workspaces:
    """The workspaces of every browser. Browser and story may be renamed meanwhile: see `name_of`, `ref_of`."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._browsers: OrderedDict[str, _Browser] = OrderedDict()
        self._names: OrderedDict[str, str] = OrderedDict()
        self._refs: OrderedDict[StoryRef, StoryRef] = OrderedDict()
        self._lock = Lock()

    def is_known(self, browser: str) -> bool:
        """Whether it is known here what a browser works on, nothing perhaps."""
        mine = self._browsers.get(browser)
        return mine is not None and mine.listed

    def of(self, browser: str) -> dict[StoryRef, Workspace]:
        """What a browser works on and is in memory; the latest first."""
        with self._lock:
            mine = self._browsers.get(browser)
            return dict(reversed(mine.workspaces.items())) if mine else {}

    def titles(self, browser: str) -> dict[StoryRef, str]:
        """The titles of all that a browser works on; the latest first."""
        with self._lock:
            mine = self._browsers.get(browser)
            if mine is None:
                return {}
            loaded = {story: workspace.draft.head.title for story, workspace in reversed(mine.workspaces.items())}
            return loaded | {story: title for story, title in mine.unloaded.items() if story not in loaded}

    def get(self, browser: str, story: StoryRef) -> Workspace | None:
        """One story that is in memory; it counts as looked at."""
        with self._lock:
            mine = self._browsers.get(browser)
            workspace = mine.workspaces.get(story) if mine else None
            if workspace is not None:
                workspace.seen = monotonic()
                self._browsers.move_to_end(browser)
            return workspace

    def unloaded(self, browser: str) -> frozenset[StoryRef]:
        """The stories that are in the library and not in memory."""
        with self._lock:
            mine = self._browsers.get(browser)
            return frozenset(mine.unloaded) if mine else frozenset()

    def add(self, browser: str, workspace: Workspace) -> Workspace:
        """Puts a story there, or gives the one that is there already: another tab may have been first."""
        with self._lock:
            mine = self._of(browser)
            mine.unloaded.pop(workspace.ref, None)
            there = mine.workspaces.setdefault(workspace.ref, workspace)
            there.seen = monotonic()
        self.make_room()
        return there

    def learn(self, browser: str, titles: Mapping[StoryRef, str], former: Collection[StoryRef] = ()) -> None:
        """All that the library has of a browser's unsaved work: what is not in memory can be loaded from there.

        What was unloaded since the library was asked stays; `former` is what was then, and goes if it is not listed.
        """
        with self._lock:
            mine = self._of(browser)
            since = {story: title for story, title in mine.unloaded.items() if story not in former}
            mine.unloaded = {
                story: title for story, title in {**titles, **since}.items() if story not in mine.workspaces
            }
            mine.listed = True
            while len(self._browsers) > MOST_BROWSERS and (idle := self._without_workspaces()):
                del self._browsers[idle]

    def drop(self, browser: str, story: StoryRef, only: Workspace | None = None) -> Workspace | None:
        """Takes a story away, or `only` that workspace of it."""
        with self._lock:
            mine = self._browsers.get(browser)
            if mine is None or (only is not None and mine.workspaces.get(story) is not only):
                return None
            mine.unloaded.pop(story, None)
            return mine.workspaces.pop(story, None)

    def fork(self, browser: str, workspace: Workspace) -> None:
        """A workspace goes on as a story of its own: what stands under its id is another's that cannot be read here."""
        with self._lock:
            mine = self._of(browser)
            if mine.workspaces.get(workspace.ref) is workspace:
                mine.workspaces.pop(workspace.ref)
            workspace.ref = StoryRef.new()
            mine.workspaces[workspace.ref] = workspace
        workspace.step(lambda edits: replace(edits, basis=Basis()))

    def save(self, browser: str, workspace: Workspace, story: StoryRef, number: int, draft: Draft) -> None:
        """A workspace is kept as revision `number` of `story` from now on."""
        with self._lock:
            mine = self._of(browser)
            if mine.workspaces.get(workspace.ref) is workspace:
                mine.workspaces.pop(workspace.ref)
            if workspace.ref.is_unsaved:
                self._note(self._refs, workspace.ref, story)
            workspace.ref = story
            mine.workspaces[story] = workspace
        workspace.step(lambda edits: edits.saved(number, draft))

    def adopt(self, browser: str, name: str) -> list[Workspace]:
        """A browser has another name from now on; gives what it works on, which is under that name now.

        Where the name has a workspace of the same story, both are kept if something of both is not saved.
        """
        with self._lock:
            former = self._browsers.pop(browser, _Browser())
            theirs = self._of(name)
            moved = []
            for story, workspace in former.workspaces.items():
                there = theirs.workspaces.get(story)
                taken = story in theirs.unloaded or (there is not None and there.unsaved)
                if taken and workspace.unsaved:
                    workspace.ref = StoryRef.new()
                if not taken or workspace.unsaved:
                    theirs.workspaces[workspace.ref] = workspace
                    moved.append(workspace)
            self._note(self._names, browser, name)
            return moved

    def name_of(self, browser: str) -> str:
        """The name that a browser goes by now."""
        return self._names.get(browser, browser)

    def ref_of(self, story: StoryRef) -> StoryRef:
        """What a story goes by now, if it was not kept before."""
        return self._refs.get(story, story)

    def clear(self) -> None:
        """Forgets everything, as a page that ends does."""
        with self._lock:
            self._browsers.clear()

    def make_room(self) -> None:
        """Unloads what the library has whole and nobody looks at: all of it after an hour, else as room is short."""
        with self._lock:
            now = monotonic()
            total = sum(workspace.weight for _, workspace in self._all())
            for browser, workspace in sorted(self._all(), key=lambda one: one[1].seen):
                idle = now - workspace.seen > IDLE_SECONDS
                if not idle and total <= self._most:
                    return
                if workspace.is_stored(browser):
                    mine = self._browsers[browser]
                    mine.workspaces.pop(workspace.ref, None)
                    if workspace.unsaved:
                        mine.unloaded[workspace.ref] = workspace.draft.head.title
                    total -= workspace.weight

    def _all(self) -> Iterator[tuple[str, Workspace]]:
        return (
            (browser, workspace) for browser, mine in self._browsers.items() for workspace in mine.workspaces.values()
        )

    def _of(self, browser: str) -> _Browser:
        mine = self._browsers.setdefault(browser, _Browser())
        self._browsers.move_to_end(browser)
        return mine

    def _without_workspaces(self) -> str | None:
        return next((browser for browser, mine in self._browsers.items() if not mine.workspaces), None)

    @staticmethod
    def _note(names: OrderedDict[_Name, _Name], former: _Name, name: _Name) -> None:
        names[former] = name
        while len(names) > MOST_NAMES:
            names.popitem(last=False)
