"""Stories asked for by other programs: `python -m benchmarks.feeds [--short]`.

Some programs at once ask one process for the same few stories, as a proxy or readers of feeds would; a saved story is
in a library of its own. Answers that are kept, and those that say that nothing has changed, are counted apart.
"""

from __future__ import annotations

import argparse
import http.client
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from benchmarks.load import memory, processor_seconds
from benchmarks.rows import Row, print_table
from geo.gazetteer import Gazetteer
from story.library.revisions import Library
from story.library.shipped_stories import shipped
from story.opening.stories import open_draft
from story.placing import place_with
from tests.browser.driving import Server, serving

MOST_SECONDS = 1 / 200
"""Two hundred requests a second from one process."""
ENDINGS = ("geojson", "csv", "ics", "atom")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Programs that ask at once, and requests of each."""

    programs: int = 8
    requests: int = 250


SHORT = Sizes(requests=50)


def ask(url: str, paths: Sequence[str], count: int, *, again: bool = False) -> None:
    """Asks for the paths in turns over one connection; `again` names what was answered before."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    seen: dict[str, str] = {}
    for number in range(count):
        path = paths[number % len(paths)]
        connection.request("GET", path, headers={"If-None-Match": seen[path]} if again and path in seen else {})
        answer = connection.getresponse()
        answer.read()
        expected = 304 if again and path in seen else 200
        if answer.status != expected:
            raise RuntimeError(f"{path} answers {answer.status}, not {expected}")
        seen[path] = answer.headers.get("ETag", "")
    connection.close()


def together(server: Server, paths: Sequence[str], sizes: Sizes, *, again: bool = False) -> tuple[float, float]:
    """Seconds, and processor seconds of the server, a request while several programs ask at once."""
    ask(server.url, paths, len(paths))
    before, began = processor_seconds(server.process_id), perf_counter()
    with ThreadPoolExecutor(sizes.programs) as programs:
        for done in [
            programs.submit(ask, server.url, paths, sizes.requests, again=again) for _ in range(sizes.programs)
        ]:
            done.result()
    count = sizes.programs * sizes.requests
    return (perf_counter() - began) / count, (processor_seconds(server.process_id) - before) / count


def measure(sizes: Sizes) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    name, path = shipped()[0]
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        url = f"sqlite:///{folder}/library.sqlite"
        kept = Library.open(url).create(open_draft(path, place_with(Gazetteer.open())), "Ada")
        with serving(Path(folder) / "feeds.log", env={"DATELINE_DATABASE_URL": url}) as server:
            for words, story in (("shipped", name), ("saved", kept.reader_id)):
                paths = [f"/stories/{story}.{ending}" for ending in ENDINGS]
                for again, what in ((False, "written already"), (True, "not changed (304)")):
                    each, spent = together(server, paths, sizes, again=again)
                    yield Row(f"feed of a {words} story, {what}", each, most_seconds=MOST_SECONDS)
                    yield Row("  processor time of it", spent, most_seconds=MOST_SECONDS)
            each, spent = together(server, [f"/s/{name}"], sizes)
            yield Row("link preview", each, most_seconds=MOST_SECONDS)
            yield Row("  processor time of it", spent, most_seconds=MOST_SECONDS)
            print(f"memory of the process after that: {memory(server.process_id) / 1e6:,.0f} MB")


def report(sizes: Sizes) -> None:
    """Prints the table, each row as soon as it is known."""
    print_table(measure(sizes))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer requests")
    report(SHORT if parser.parse_args(arguments).short else Sizes())


if __name__ == "__main__":
    main()
