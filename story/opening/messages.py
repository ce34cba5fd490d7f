"""What was read of a story as lines of JSON and back: a portion a line, so that none takes long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple
from datetime import date
from typing import Any

from story.draft.serialization import head_as_json, head_of
from story.model import Problem
from story.opening.source import Source
from story.reading.articles import Article
from story.tables.table import Table

_CELLS = 20_000
"""So many cells make a portion."""
_PROBLEMS = 2_000
_FIELDS = ("name", "headers", "header_line", "count", "how", "caption", "notes", "dated", "sheets", "encoding")


def table_parts(table: Table) -> Iterator[bytes]:
    """The table in portions, each a line without its end: what is said of it first, then its problems and its rows."""
    yield _line({name: getattr(table, name) for name in _FIELDS})
    for start in range(0, len(table.problems), _PROBLEMS):
        yield _line({"problems": [astuple(problem) for problem in table.problems[start : start + _PROBLEMS]]})
    step = max(1, _CELLS // max(1, len(table.headers)))
    for start in range(0, len(table.rows), step):
        end = start + step
        yield _line({"rows": table.rows[start:end], "lines": table.lines[start:end]})


def table_of(parts: Iterable[bytes]) -> Table:
    """The table that `table_parts` made these of."""
    fields: dict[str, Any] = {}
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for part in parts:
        given = json.loads(part)
        rows += map(tuple, given.pop("rows", ()))
        lines += given.pop("lines", ())
        problems += (Problem(*one) for one in given.pop("problems", ()))
        fields |= given
    fields |= {name: tuple(fields[name]) for name in ("headers", "notes", "sheets")}
    return Table(**fields, rows=tuple(rows), lines=tuple(lines), problems=tuple(problems))


def source_parts(source: Source) -> Iterator[bytes]:
    """What was read of a story in portions, each a line without its end: the head first, then the table."""
    yield _line(
        {"name": source.name, "head": head_as_json(source.head), "problems": [astuple(one) for one in source.problems]}
    )
    yield from table_parts(source.table)


def source_of(parts: Iterable[bytes]) -> Source:
    """What `source_parts` made these of."""
    lines = iter(parts)
    about = json.loads(next(lines))
    problems = tuple(Problem(*one) for one in about["problems"])
    return Source(table_of(lines), head_of(about["head"]), about["name"], problems)


def _line(value: object) -> bytes:
    # Escaped, since a cell may hold half of a letter of UTF-16, which UTF-8 has no bytes for.
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def article_part(article: Article) -> bytes:
    """An article as one line."""
    return _line({**asdict(article), "published": article.published and article.published.isoformat()})


def article_of(part: bytes) -> Article:
    """The article that `article_part` made this of."""
    given = json.loads(part)
    published = given["published"] and date.fromisoformat(given["published"])
    return Article(**{**given, "published": published, "problems": tuple(given["problems"])})
