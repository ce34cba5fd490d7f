"""Rows that name their own columns, as objects and features do, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from story.model import Problem
from story.tables.table import LIMITS, Record, Sheet, TableLimits, check_size


def named_sheet(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    file: str,
    how: str,
    *,
    limits: TableLimits = LIMITS,
    problems: tuple[Problem, ...] = (),
    encoding: str = "",
) -> Sheet:
    """A sheet with a column for every name, in the order in which they come up; rows with the line that each is on.

    Raises TableSizeError as soon as there are too many.
    """
    kept: list[tuple[int, Mapping[str, str]]] = []
    for number, row in rows:
        kept.append((number, row))
        if len(kept) > limits.rows:
            check_size(file, limits, rows=len(kept))
    names = list(dict.fromkeys(name for _, row in kept for name in row))
    check_size(file, limits, columns=len(names), cells=len(names) * len(kept))
    records = [Record(0, names)] if names else []
    records += [Record(number, [row.get(name, "") for name in names]) for number, row in kept]
    return Sheet(records, how, problems, named=True, encoding=encoding)
