"""Fits what each fact about a name is worth (story/reading/toponyms/weights.py) to annotated news.

    python -m tools.toponyms CORPUS.jsonl... [--write]

A corpus has a document a line: {"text", "toponyms": [{"start", "end"}]}, offsets in characters. The articles of
tests/reading/articles.txt are always learnt from too, and count three times: they hold the names that only bear that of
a place (firms, teams, persons), of which annotated corpora have few. Logistic regression with a penalty on large
weights; the facts are few and the candidates many, so that Newton's method settles in some ten steps. It
prints how well the weights do for documents that they were not fitted to, and each weight that is new or no more;
`--write` puts the numbers into the table.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer import Gazetteer
from story.reading.language import parse
from story.reading.toponyms import weights
from story.reading.toponyms.evidence import VETOES
from story.reading.toponyms.finding import Judged, judge, select
from story.reading.toponyms.weights import WORTH
from tests.reading.articles import articles

_OWN = 3.0
_PENALTY = 1.0
_FOLDS = 10
_LEAST = 3
"""Facts that hold for fewer candidates are left out."""
_IN_DOUBT = {"public behind a known name", "begins ORG"}
"""Corpora mark the place of a public body in one text and not in the next; what is not marked teaches nothing."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Document:
    """A text's candidates and whether each is marked, how much it counts, and how many places are marked in all."""

    judged: list[Judged]
    marked: list[bool]
    weight: float
    places: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the weights to the corpora that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tools.toponyms", description="Fits the weights of place names.")
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS", help="annotated news, JSON lines")
    parser.add_argument("--write", action="store_true", help="put the weights into story/reading/toponyms/weights.py")
    options = parser.parse_args(arguments)
    gazetteer = Gazetteer.open()
    documents: list[Document] = []
    for path in options.corpora:
        lines: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        marks = [{(int(t["start"]), int(t["end"])) for t in line["toponyms"]} for line in lines]
        documents += _documents(gazetteer, [line["text"] for line in lines], marks, 1.0)
    own = articles()
    marks = [{(t.start, t.end) for t in toponyms if t.use != "demonym"} for _, _, toponyms in own]
    documents += _documents(gazetteer, [text for _, text, _ in own], marks, _OWN)
    print(f"cross-validated: {_cross_validated(documents)}")
    worth, at_first = fit(documents)
    for fact in sorted(worth.keys() - WORTH.keys()):
        print(f'new, to be put where it belongs: "{fact}": {worth[fact]:.2f},')
    for fact in sorted(WORTH.keys() - worth.keys()):
        print(f'holds for too few names: "{fact}"')
    if options.write:
        _write(worth, at_first)


def _write(worth: Mapping[str, float], at_first: float) -> None:
    path = Path(weights.__file__)
    table = re.sub(r"(AT_FIRST: Final = ).*", rf"\g<1>{at_first:.2f}", path.read_text("utf-8"))
    for fact, weight in worth.items():
        table = re.sub(rf'("{re.escape(fact)}": )[-\d.]+', rf"\g<1>{weight:.2f}", table)
    path.write_text(table, "utf-8")


def _documents(
    gazetteer: Gazetteer, texts: Sequence[str], marks: Sequence[set[tuple[int, int]]], weight: float
) -> list[Document]:
    found = []
    for doc, marked in zip(parse(texts), marks, strict=True):
        text, judged = judge(doc, gazetteer)
        starts, ends = text.tokens.starts, text.tokens.ends
        spans = [(starts[one.first], ends[one.end - 1]) for one, _ in judged]
        kept = [
            (each, span in marked)
            for each, span in zip(judged, spans, strict=True)
            if VETOES.isdisjoint(each[1])
            and not each[0].is_demonym
            and not (set(each[1]) >= _IN_DOUBT and span not in marked)
        ]
        found.append(Document([each for each, _ in kept], [mark for _, mark in kept], weight, len(marked)))
    return found


def fit(documents: Sequence[Document]) -> tuple[dict[str, float], float]:
    """What each fact is worth, and what every candidate starts from."""
    rows = [facts for one in documents for _, facts in one.judged]
    counts: dict[str, int] = {}
    for fact in (fact for facts in rows for fact in facts):
        counts[fact] = counts.get(fact, 0) + 1
    column = {fact: i for i, fact in enumerate(sorted(fact for fact in counts if counts[fact] >= _LEAST))}
    facts_of = np.zeros((len(rows), len(column) + 1))
    facts_of[:, -1] = 1.0
    for i, facts in enumerate(rows):
        facts_of[i, [column[fact] for fact in facts if fact in column]] = 1.0
    wanted = np.array([float(mark) for one in documents for mark in one.marked])
    weight = np.array([one.weight for one in documents for _ in one.marked])
    solved = _newton(facts_of, wanted, weight)
    return {fact: float(solved[i]) for fact, i in column.items()}, float(solved[-1])


def _newton(facts_of: Vector, wanted: Vector, weight: Vector) -> Vector:
    penalty = np.full(facts_of.shape[1], _PENALTY)
    penalty[-1] = 0.01
    solved = np.zeros(facts_of.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-facts_of @ solved))
        slope = facts_of.T @ (weight * (chance - wanted)) + penalty * solved
        curve = (facts_of * (weight * chance * (1 - chance))[:, None]).T @ facts_of + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        solved = solved - step
        if float(np.abs(step).max()) < 1e-4:
            break
    return solved


def _cross_validated(documents: Sequence[Document]) -> str:
    right = found = places = 0
    for fold in range(_FOLDS):
        worth, at_first = fit([one for i, one in enumerate(documents) if i % _FOLDS != fold])
        for one in documents[fold::_FOLDS]:
            marked = {id(judged[0]): mark for judged, mark in zip(one.judged, one.marked, strict=True)}
            likely = [each for each in one.judged if at_first + sum(worth.get(fact, 0.0) for fact in each[1]) > 0]
            chosen = select(likely)
            right += sum(marked[id(each[0])] for each in chosen)
            found += len(chosen)
            places += one.places
    precision, recall = right / max(1, found), right / max(1, places)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}"


if __name__ == "__main__":
    main()
