"""Opens what the page shows, once for all its readers: the gazetteer, and each story that is asked for."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

import streamlit as st

from geo.gazetteer import Gazetteer
from story.draft import Draft
from story.draft.drafted import story_from
from story.draft.origin import Origin
from story.draft.rereading import bound
from story.exc import OpeningCancelledError
from story.library import shipped
from story.opening import sandbox
from story.opening.stories import open_draft
from story.placing import place_with
from story.reading.articles import Article
from story.tables.columns.matching import Matching
from view.state.job import Job

LOOK_AGAIN = 0.2
LARGE = 200_000
"""So many new values make a story large: below it the collector walks them in little time."""
_PAUSING = Lock()
_pauses: list[None] = []


@st.cache_resource(show_spinner=False)
def _opening() -> tuple[Future[Gazetteer], list[tuple[float, str]]]:
    """The gazetteer on its way."""
    progress = [(0.0, "starting")]

    def show(share: float, words: str) -> None:
        progress[0] = (share, words)

    def work() -> Gazetteer:
        opened = Gazetteer.open(progress=show)
        sandbox.make_ready()
        # All that is loaded by now stays: the collector need never walk it again, which takes a tenth of a second.
        gc.collect()
        gc.freeze()
        return opened

    threads = ThreadPoolExecutor(1, thread_name_prefix="gazetteer")
    future = threads.submit(work)
    threads.shutdown(wait=False)
    return future, progress


def gazetteer() -> Gazetteer:
    """The gazetteer; the very first time it is built, with progress on the page."""
    future, progress = _opening()
    if not future.done() and not wait([future], LOOK_AGAIN).done:
        bar = st.empty()
        while not future.done():
            share, words = progress[0]
            bar.progress(min(1.0, share), text=f"First start: building the gazetteer ({words})")
            wait([future], LOOK_AGAIN)
        bar.empty()
    if future.exception() is not None:
        _opening.clear()
    return future.result()


def await_gazetteer() -> None:
    """Waits for the gazetteer, where no page shows how far it is."""
    future, _ = _opening()
    future.result()


@st.cache_resource(max_entries=8, show_spinner=False)
def _of_path(path: str, stamp: float) -> Job:
    return start(Path(path))


def start(path: Path) -> Job:
    """Begins to open the story at `path`.

    What is not shipped is read in a process of its own, whatever the file is made to do.
    """
    place = place_with(gazetteer())
    if path in dict(shipped()).values():
        return _begun(lambda job: open_draft(path, place, progress=job.tell, cancelled=job.cancelled.is_set))
    return _begun(lambda job: sandbox.open_draft(path, progress=job.tell, cancelled=job.cancelled.is_set))


def start_parsed(spool: sandbox.Spool, matching: Matching, origin: Origin | None = None) -> Job:
    """Begins to open what was read of an upload, its columns taken as `matching` says; it follows `origin` then."""
    gazetteer()

    def opened(job: Job) -> Draft:
        draft = sandbox.open_parsed(spool, matching, progress=job.tell, cancelled=job.cancelled.is_set)
        return bound(draft, origin) if origin else draft

    return _begun(opened)


def ready_to_read() -> None:
    """Sees to it that an article that is about to be given can be read at once."""
    gazetteer()
    sandbox.make_ready("language")


def start_article(story: str, article: Article) -> Job:
    """Begins to draft a story, by this id, from an article."""
    gazetteer()

    def opened(job: Job) -> Draft:
        job.tell(0.2, "reading the article")
        review = sandbox.read_review(article, progress=job.tell, cancelled=job.cancelled.is_set)
        return story_from(story, review, date.today())

    return _begun(opened)


def _begun(opened: Callable[[Job], Draft]) -> Job:
    """Opens a story in a thread of its own."""
    job = Job()

    def work() -> Draft:
        with for_good():
            return opened(job)

    threads = ThreadPoolExecutor(1, thread_name_prefix="story")
    job.future = threads.submit(work)
    threads.shutdown(wait=False)
    return job


def await_draft(job: Job, *, cancellable: bool = False) -> Draft:
    """What the job comes to, with its progress on the page meanwhile. Raises what opening raises."""
    if not job.future.done() and not wait([job.future], LOOK_AGAIN).done:
        place = st.empty()
        with place.container(key="progress"):
            bar = st.empty()
            if cancellable:
                st.button("Cancel", key="cancel opening", on_click=job.cancelled.set)
        while not job.future.done():
            share, words = job.progress
            bar.progress(min(1.0, share), text=f"Opening the story: {words}")
            wait([job.future], LOOK_AGAIN)
        place.empty()
    if job.cancelled.is_set():
        raise OpeningCancelledError("Opening was cancelled. Open the file again.")
    return job.future.result()


def draft(path: Path) -> Draft:
    """The story at a path as a draft; a file that was changed is read again."""
    return _draft(path, await_draft)


def draft_at(path: Path) -> Draft:
    """The same without a page that could show how far it is."""
    await_gazetteer()
    return _draft(path, lambda job: job.future.result())


def _draft(path: Path, result_of: Callable[[Job], Draft]) -> Draft:
    """What failed is tried anew the next time."""
    stamp = stamp_of(path)
    try:
        return result_of(_of_path(str(path), stamp))
    except Exception:
        _of_path.clear(str(path), stamp)
        raise


@contextmanager
def for_good() -> Iterator[None]:
    """What is made inside lives as long as the page: the garbage collector rests meanwhile and never walks it.

    A story of 100,000 events is a million values; a full round over them holds up whatever runs then for a second.
    """
    with _PAUSING:
        _pauses.append(None)
        gc.disable()
    try:
        yield
    finally:
        with _PAUSING:
            _pauses.pop()
            if not _pauses:
                # What is frozen is never given back, so that is for the large stories alone.
                if gc.get_count()[0] > LARGE:
                    gc.freeze()
                gc.enable()


@lru_cache(maxsize=64)
def digest_of(path: Path, _stamp: float) -> str:
    """SHA-256 of a story's files as they are at that stamp: the same on every machine that has the same ones."""
    said = hashlib.sha256()
    for file in files_of(path):
        said.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return said.hexdigest()


def files_of(path: Path) -> list[Path]:
    """The files of a story at a path, in the order of their names; the path itself where it is no folder."""
    return sorted(file for file in path.glob("*") if file.is_file()) if path.is_dir() else [path]


def stamp_of(path: Path) -> float:
    """When a story's file, or the newest file of its folder, was changed: seconds since the epoch; 0 for none."""
    files = [path, *path.glob("*")] if path.is_dir() else [path]
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)
