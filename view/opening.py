"""Opens what the page shows, once for all its readers: the gazetteer, and each story that is asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from geo.gazetteer import Gazetteer
from story.files import open_story
from story.model import Story
from story.placing import place_with
from story.tables.matching import Matching

LOOK_AGAIN = 0.2
_matchings: dict[str, Matching] = {}


@st.cache_resource(show_spinner=False)
def _opening() -> tuple[Future[Gazetteer], list[tuple[float, str]]]:
    """The gazetteer on its way, in a thread of its own: a reader who leaves does not break off a first start."""
    progress = [(0.0, "starting")]

    def show(share: float, words: str) -> None:
        progress[0] = (share, words)

    threads = ThreadPoolExecutor(1, thread_name_prefix="gazetteer")
    future = threads.submit(Gazetteer.open, progress=show)
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


@st.cache_resource(max_entries=8, show_spinner="Opening the story …")
def story(path: str, stamp: float) -> Story:
    """A story by its path; `stamp` is its time of change, so that a changed file is read again."""
    place = place_with(gazetteer())
    with for_good():
        return open_story(Path(path), place, matching=_matchings.get(path))


def match(path: str, matching: Matching) -> None:
    """How the columns of the table at `path` are to be read, whenever it is opened."""
    _matchings[path] = matching


@contextmanager
def for_good() -> Iterator[None]:
    """What is made inside lives as long as the page: the garbage collector rests meanwhile and never walks it.

    A story of 100,000 events is a million values; a full round over them holds up whatever runs then for a second.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def stamp_of(path: Path) -> float:
    """When a story's file, or the newest file of its folder, was changed: seconds since the epoch; 0 for none."""
    files = [path, *path.glob("*")] if path.is_dir() else [path]
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)
