"""Articles read, beside spaCy's own pipeline without a thought of places: `python -m benchmarks.reading`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import process_time

# One core: numpy looks when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.rows import Row, print_table
from geo.gazetteer import Gazetteer
from story.reading.articles import Article
from story.reading.language import english, parse
from story.reading.read import read_all

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "golden" / "articles"
_WORDS = 500


def articles(most: int) -> list[Article]:
    """The articles that reading is tested with, at most so many."""
    return [
        Article(
            path.with_suffix(".txt").read_text("utf-8"),
            published=date.fromisoformat(json.loads(path.read_text("utf-8"))["published"]),
        )
        for path in sorted(ARTICLES.glob("*.json"))[:most]
    ]


def measure(most: int, times: int) -> Iterator[Row]:
    """Seconds of one core for an article of 500 words, with everything and of the language alone."""
    gazetteer = Gazetteer.open()
    english()
    given = articles(most)
    share = sum(len(article.text.split()) for article in given) / _WORDS
    plain = _time(lambda: list(parse(article.text for article in given)), times) / share
    whole = _time(lambda: list(read_all(given, gazetteer)), times) / share
    yield Row(f"an article of {_WORDS} words read, of it spaCy's parse", whole, plain, most_seconds=1 / 8)


def _time(work: Callable[[], object], times: int) -> float:
    """Seconds of one core, the best of several: other programs can only add to it."""
    seconds = []
    for _ in range(times):
        begun = process_time()
        work()
        seconds.append(process_time() - begun)
    return min(seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer articles, and each only twice")
    short = bool(parser.parse_args(arguments).short)
    print_table(measure(8 if short else 100, 2 if short else 5))


if __name__ == "__main__":
    main()
