"""A run over many articles: each read once, its line written once, and how far it is told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from geo.context.home import home_of
from geo.place import Place
from geo.weights import Home
from story.bulk import cluster
from story.bulk.cluster import Job, Work
from story.bulk.inputs import Input
from story.bulk.output import Output
from story.bulk.work import failed, line_of, places_of
from story.exc import ArticleFormatError

_FEW = 4
"""So few articles are read here: a cluster takes seconds to start."""
_EVERY_SECONDS = 0.5
_SAMPLE = 20
"""So many articles of a source tell where it is at home; each of them is read twice."""

Engine = Callable[..., Iterator[tuple[str, dict[str, Any]]]]


def run(
    wanted: Iterable[Input],
    to: Path | None,
    *,
    jobs: int,
    scheduler: str = "",
    show: Callable[[str], None] = lambda words: None,
    keep: Callable[[dict[str, Any]], None] = lambda line: None,
) -> int:
    """Reads the articles to the path, or to standard output; gives how many of them could not be read.

    Those that stand at the path already are not read again. `keep` is given every new line too.
    """
    wanted = list(wanted)
    broken = 0
    with Output(to) if to else nullcontext() as output:
        write = output.write if output else _print
        progress = _Progress(len(wanted), show)
        unreadable: list[dict[str, Any]] = []
        engine: Engine = partial(cluster.lines, workers=jobs, scheduler=scheduler)
        if not scheduler and (jobs == 1 or len(wanted) <= _FEW):
            engine = _here
        homes = _homes(wanted, engine)
        for key, line in engine(_jobs(wanted, output.done if output else set(), unreadable, homes)):
            broken += "error" in line
            write({**line, "key": key})
            keep(line)
            progress.step()
        for line in unreadable:
            broken += 1
            write({**line, "key": ""})
    return broken


def _homes(wanted: Iterable[Input], engine: Engine) -> dict[str, Home]:
    """Where each source of several articles is at home, learnt from the places that some of them name."""
    of_source: defaultdict[str, list[Input]] = defaultdict(list)
    for one in wanted:
        if one.said.source and not one.address:
            of_source[one.said.source].append(one)
    sample = [one for some in of_source.values() if len(some) > 1 for one in some[:_SAMPLE]]
    if not sample:
        return {}  # a cluster is not started for nothing
    named: defaultdict[str, list[list[Place]]] = defaultdict(list)
    for _, found in engine(_jobs(sample, set(), [], {}), work=places_of):
        if "places" in found:
            named[found["source"]].append(found["places"])
    return {source: home_of(texts) for source, texts in named.items()}


def _jobs(
    wanted: Iterable[Input], done: set[str], unreadable: list[dict[str, Any]], homes: Mapping[str, Home]
) -> Iterator[Job]:
    """The articles that are not done yet; those whose files cannot be read are put aside, as lines."""
    seen = set(done)
    for one in wanted:
        try:
            raw = one.read()
        except OSError as error:
            unreadable.append(failed(one.id, f"'{one.path}' cannot be read: {error.strerror}."))
            continue
        except ArticleFormatError as error:
            unreadable.append(failed(one.id, str(error)))
            continue
        key = one.key(raw)
        if key not in seen:
            seen.add(key)
            yield key, raw, one.id, one.said, homes.get(one.said.source)


def _here(jobs: Iterable[Job], *, work: Work | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, raw, name, said, home in jobs:
        yield key, (work or line_of)(raw, name, said, home)


def _print(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False), flush=True)


class _Progress:
    """How many are done, how many a second, and how long the rest will take, said now and then."""

    def __init__(self, total: int, show: Callable[[str], None]) -> None:
        self._total, self._show = total, show
        self._done, self._begun, self._said = 0, monotonic(), 0.0

    def step(self) -> None:
        self._done += 1
        now = monotonic()
        if now - self._said < _EVERY_SECONDS and self._done < self._total:
            return
        self._said = now
        rate = self._done / max(now - self._begun, 1e-6)
        left = (self._total - self._done) / rate
        self._show(f"{self._done:,} of {self._total:,} articles, {rate:.1f} a second, {left:,.0f} s left")
