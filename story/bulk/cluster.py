"""Articles read by the workers of a Dask cluster: one on this machine, or the one that is given.

Dask blames every task that was assigned to a worker that died, not only the one that killed it. So no worker is given
more than two articles at a time, and one whose worker died is tried once more, alone, before it is called broken. A
task may so run twice; its line is written once, by the caller.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

from geo.weights import Home
from story.bulk.inputs import Said
from story.bulk.work import failed, line_of
from story.exc import ClusterUnreachableError

Job = tuple[str, bytes, str, Said, Home | None]
"""A key, the bytes, the name and what is said of an article, and where its source is at home."""
Work = Callable[[bytes, str, Said, Home | None], dict[str, Any]]

_IN_FLIGHT = 2
_SECONDS_TO_CONNECT = 10


def lines(
    jobs: Iterable[Job], *, workers: int, scheduler: str = "", work: Work | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key and the line of every article, in the order in which they are done; `work` may make something else of it.

    Raises ClusterUnreachableError where nothing answers at the address `scheduler`.
    """
    import dask
    from distributed import Client, LocalCluster, as_completed
    from distributed.scheduler import KilledWorker

    for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
        if scheduler:
            try:
                client = stack.enter_context(Client(scheduler, timeout=_SECONDS_TO_CONNECT))
            except (OSError, ValueError) as error:
                raise ClusterUnreachableError(f"No Dask scheduler answers at '{scheduler}': {error}") from None
        else:
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=0
                )
            )
            client = stack.enter_context(Client(cluster))
        running: dict[Any, Job] = {}
        suspects: list[Job] = []
        waiting = iter(jobs)
        results = as_completed()

        def submit(job: Job) -> None:
            future = client.submit(work or line_of, *job[1:], pure=False)
            running[future] = job
            results.add(future)

        def fill() -> None:
            most = _IN_FLIGHT * max(1, len(client.scheduler_info(n_workers=-1)["workers"]) or workers)
            while len(running) < most and (job := next(waiting, None)) is not None:
                submit(job)

        fill()
        alone = False
        while running or suspects:
            if not running:
                alone = True
                submit(suspects.pop())
            future = next(results)
            job = running.pop(future)
            try:
                yield job[0], future.result()
            except KilledWorker:
                if alone:
                    yield job[0], failed(job[2], f"'{job[2]}' ended the process that read it, twice. It is left out.")
                else:
                    suspects.append(job)
            future.release()
            if not alone:
                fill()
