"""Looks again at the addresses that stories follow: for all readers of this server together, in a thread of its own.

What a look brings to a saved story is a revision, kept under the name of the source's server; to one that was never
saved, a step that can be undone. A look that fails changes nothing: the last good reading stays, and the page says why.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

import streamlit as st

from story.draft import Draft
from story.draft.difference import say_changes
from story.draft.origin import Origin
from story.draft.rereading import Reread
from story.exc import StoryConflictError, StoryError
from story.opening.live import Known, Look, look_again
from story.wording import say_count
from view.state.page_state import page
from view.work import catalogue, library, opening, workspace
from view.work.catalogue import Opened
from view.work.workspaces import Workspace

EVERY_SECONDS = 60.0
"""Whoever opens a story within this time of the last look sees what that one brought."""
AT_LEAST_SECONDS = 1.0
"""Nor is a source asked more often than this, however often it is asked for."""
PATIENCE_SECONDS = 1.0
"""So long the page waits for a look before it shows what was read before."""
_MOST_STORIES = 1_000
_MOST_AT_ONCE = 4
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Followed:
    """What is known here of the address of one story: when it was looked at (monotonic), why that came to nothing, by
    when nothing had changed there, and what was seen."""

    looked: float = float("-inf")
    why: str = ""
    same: datetime | None = None
    known: Known | None = None
    reading: str = ""
    """The digest of the reading that `known` is later than."""
    alone: int = 0
    """The number of a revision of which it is known that it follows nothing."""
    future: Future[None] | None = None
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_looking(self) -> bool:
        return self.future is not None and not self.future.done()

    def take(self, look: Look, origin: Origin) -> None:
        """Notes what a look came to that was held against the reading of an origin."""
        self.known, self.reading = look.known, origin.digest
        self.same = None if look.reread and look.reread.changes else datetime.now(UTC)

    def seen_since(self, draft: Draft) -> Known | None:
        """What the last look saw, if the draft is of the reading that it was held against."""
        return self.known if draft.origin and draft.origin.digest == self.reading else None


@st.cache_resource(show_spinner=False)
def _all() -> tuple[OrderedDict[str, Followed], Lock, ThreadPoolExecutor]:
    return OrderedDict(), Lock(), ThreadPoolExecutor(_MOST_AT_ONCE, thread_name_prefix="live")


def of(opened: Opened) -> Followed:
    """What is known here of the address that a story follows."""
    return _of(opened.found.kept.id if opened.found else str(opened.ref))


def _of(story: str) -> Followed:
    every, lock, _ = _all()
    with lock:
        found = every.setdefault(story, Followed())
        every.move_to_end(story)
        while len(every) > _MOST_STORIES:
            every.popitem(last=False)
        return found


def looked_at(opened: Opened) -> Opened:
    """The story that is open after a look at the address that it follows, which is taken once a session.

    A look that takes longer is not waited for a second time: see view.edit.following.
    """
    if opened.draft.origin is None or opened.ref.is_pinned:
        return opened
    state = page()
    if state.followed != opened.ref:
        state.followed = opened.ref
        _look(opened, EVERY_SECONDS)
    future = of(opened).future
    if future is None or future is state.awaited:
        return opened
    state.awaited = future
    wait([future], PATIENCE_SECONDS)
    return catalogue.fetch(opened.ref)


def look(opened: Opened) -> None:
    """Begins a look at the address of a story, as its reader asks for."""
    _look(opened, AT_LEAST_SECONDS)


def keep_up(story: str, number: int) -> None:
    """Begins a look for a story of the library that is at that revision, where the last one was some time ago."""
    if _of(story).alone != number:
        _look_for(story, EVERY_SECONDS)


def _look(opened: Opened, unless_within: float) -> None:
    found, own = opened.found, opened.workspace
    if found is not None:
        _look_for(found.kept.id, unless_within)
    elif own is not None and not own.base:
        name, followed = workspace.browser(), of(opened)
        _begin(followed, lambda: _of_own(name, own, followed), unless_within)


def _look_for(story: str, unless_within: float) -> None:
    followed = _of(story)
    _begin(followed, lambda: _of_library(story, followed), unless_within)


def _begin(followed: Followed, work: Callable[[], None], unless_within: float) -> None:
    _, _, threads = _all()
    with followed.lock:
        if not followed.is_looking and monotonic() - followed.looked > unless_within:
            followed.looked = monotonic()
            followed.future = threads.submit(_telling, followed, work)


def _telling(followed: Followed, work: Callable[[], None]) -> None:
    """Does the work, and notes why it failed."""
    why = ""
    try:
        opening.await_gazetteer()
        work()
    except StoryConflictError:
        # Somebody saved at that moment, another server this very reading perhaps: the next look goes on from there.
        followed.looked = float("-inf")
    except (StoryError, OSError) as error:
        why = library.say(error)
    except Exception:
        _LOG.exception("a table at an address could not be read")
        why = "The table could not be read. Whoever runs this page can find the reason in its log."
    followed.why = why


def _of_library(story: str, followed: Followed) -> None:
    """Keeps what is new at the address as the next revision, by its server."""
    found = library.library().find(story)
    draft = library.revision(story, found[0].latest.number) if found else None
    if found is None or draft is None:
        return
    if draft.origin is None:
        followed.alone = found[0].latest.number
        return
    again = look_again(draft, followed.seen_since(draft))
    if again.reread and again.reread.changes:
        words = _words(again.reread)
        library.library().save(story, found[0].latest.number, again.reread.draft, draft.origin.host, words)
    followed.take(again, draft.origin)


def _of_own(name: str, own: Workspace, followed: Followed) -> None:
    """Makes what is new at the address the next step of what a browser works on."""
    before = own.draft
    if before.origin is None:
        return
    again = look_again(before, followed.seen_since(before))
    if again.reread and again.reread.changes:
        workspace.take_step(name, own, f"{read_words(before.origin)}{_words(again.reread)}", before, again.reread.draft)
    followed.take(again, before.origin)


def read_words(origin: Origin) -> str:
    """How the step begins that another reading is."""
    return f"read {origin.host} again: "


def _words(found: Reread) -> str:
    kept = f"; {say_count(len(found.kept), 'change')} made here kept" if found.kept else ""
    return say_changes(found.changes) + kept
