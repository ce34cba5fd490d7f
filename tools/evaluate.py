"""Prints how well news is read, beside plain peers: `make eval`.

The articles of tests/golden/articles are always there. Annotated corpora and their scorer are used where a folder is
given, or lies beside the project as `shared`; without it their rows are left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from geo.gazetteer import Gazetteer
from story.reading.articles import Article
from story.reading.documents import as_json
from story.reading.events.clauses import Clause, governors_of
from story.reading.events.lexicon import Word, noun_of
from story.reading.events.status import is_ahead
from story.reading.language import english, parse
from story.reading.read import dated, read_all
from tools.eval_events import EXPECTED, Score, Statement, table

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_WORDS = 500
_PLACES = ("GPE", "LOC", "FAC")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.evaluate", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=_SHARED, metavar="FOLDER")
    folder = parser.parse_args().corpora
    gazetteer = Gazetteer.open()
    print(f"Reports of the articles in {EXPECTED.name}")
    print(table(_golden(gazetteer)), end="\n\n")
    if not (folder / "score" / "score.py").is_file():
        print(f"No corpora in {folder}: places, dates and status are not measured.")
        return 0
    for name in ("geovirus", "meantime", "wikiwars"):
        _corpus(folder, name, gazetteer)
    _future(folder)
    return 0


def _golden(gazetteer: Gazetteer) -> Score:
    score = Score()
    paths = sorted(EXPECTED.glob("*.json"))
    told = [json.loads(path.read_text("utf-8")) for path in paths]
    articles = [
        Article(
            path.with_suffix(".txt").read_text("utf-8"),
            published=date.fromisoformat(one["published"]),
            source=one["source"],
        )
        for path, one in zip(paths, told, strict=True)
    ]
    for one, reading in zip(told, read_all(articles, gazetteer), strict=True):
        drafts = as_json(reading, "")["reports"]
        score.add([Statement.of(row) for row in one["reports"]], [Statement.of(row) for row in drafts])
    return score


def _documents(folder: Path, name: str) -> list[dict[str, Any]]:
    lines = (folder / "corpora" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _article(document: dict[str, Any], name: str) -> Article:
    """The text with its day; what wikiwars has as a day is that of the download."""
    try:
        day = date.fromisoformat(document.get("dct") or "") if name == "meantime" else None
    except ValueError:
        day = None
    return dated(Article(document["text"], published=day))


def _corpus(folder: Path, name: str, gazetteer: Gazetteer) -> None:
    documents = _documents(folder, name)
    articles = [_article(document, name) for document in documents]
    english()
    begun = process_time()
    read = [as_json(one, doc["id"]) for doc, one in zip(documents, read_all(articles, gazetteer), strict=True)]
    seconds = process_time() - begun
    words = sum(len(article.text.split()) for article in articles)
    print(f"{name}: {words / _WORDS / seconds:.1f} articles of {_WORDS} words a second of one core")
    if name == "meantime":
        read = [_cut(one, doc) for doc, one in zip(documents, read, strict=True)]
    if name != "wikiwars" and any("toponyms" in document for document in documents):
        plain = [
            {"id": doc["id"], "toponyms": list(_plain(text))}
            for doc, text in zip(documents, _parsed(articles), strict=True)
        ]
        print("  places, ours:       ", _scored(folder, "places", name, read, "name,in-a-name"))
        print("  places, plain spaCy:", _scored(folder, "places", name, plain))
    if name != "geovirus":
        print("  dates, ours:        ", _scored(folder, "dates", name, read))


def _cut(read: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Of a report only its first sentences are annotated: what was found behind the last annotation is not counted."""
    ends = [one["end"] for kind in ("timexes", "locations", "events") for one in document[kind]]
    return {**read, "timexes": [one for one in read["timexes"] if one["start"] < max(ends, default=0) + 200]}


def _parsed(articles: Iterable[Article]) -> Iterator[Any]:
    return parse(article.text for article in articles)


def _plain(doc: Any) -> Iterator[dict[str, Any]]:
    for entity in doc.ents:
        if entity.label_ in _PLACES:
            yield {"start": entity.start_char, "end": entity.end_char}


def _scored(folder: Path, what: str, name: str, read: list[dict[str, Any]], *more: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in read)
        file.flush()
        command = [sys.executable, str(folder / "score" / "score.py"), what, str(folder / "corpora" / f"{name}.jsonl")]
        return subprocess.run([*command, file.name, *more], capture_output=True, text=True, check=True).stdout.strip()


def _future(folder: Path) -> None:
    """Whether happenings that annotators call future are told as such: verbs and nouns of the corpus itself."""
    right = drafted = expected = 0
    documents = _documents(folder, "meantime")
    for document, doc in zip(documents, parse(one["text"] for one in documents), strict=True):
        for event in document["events"]:
            span = doc.char_span(event["start"], event["end"], alignment_mode="expand")
            if span is None or event["time"] not in ("FUTURE", "NON_FUTURE"):
                continue
            token = span.root
            words = noun_of(token.text)
            word = words[0] if words else Word(token.lower_, "other")
            governors = tuple(governors_of(token))
            verb = (
                token if token.tag_.startswith("VB") else next((g for g in governors if g.tag_.startswith("VB")), None)
            )
            ahead = is_ahead(Clause(token, word, verb, governors))  # "will not meet" is future too
            drafted += ahead
            expected += event["time"] == "FUTURE"
            right += ahead and event["time"] == "FUTURE"
    precision, recall = right / max(drafted, 1), right / max(expected, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"meantime, happenings told as future: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


if __name__ == "__main__":
    sys.exit(main())
