"""What is wrong with the rows of a story, all that have the same fault together: one act mends them all."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from story.draft import Draft, reports_of
from story.memo import memoized
from story.model import Problem
from story.model.columns import COLUMNS

_QUOTED = re.compile(r"'[^']*'")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the same way in several rows.

    `column` is one of reports.csv, `value` what stands there ("" where nothing does) and `message` what to do, in the
    words for the first of them; `rows` are their keys, `lines` their lines in the file, each once. `aside` tells that
    the rows are no reports for it.
    """

    column: str
    value: str
    message: str
    rows: tuple[int, ...]
    lines: tuple[int, ...]
    aside: bool = False


def _faults(draft: Draft) -> tuple[Fault, ...]:
    reports, problems = reports_of(draft)
    used = {report.row for report in reports}
    alike: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for one in problems:
        if one.row:
            # What differs from row to row in the words of one fault stands in quotes.
            alike[_column(one), one.value, _QUOTED.sub("", one.message)].append(one)
    return tuple(
        Fault(
            column,
            value,
            some[0].message,
            tuple(dict.fromkeys(one.row for one in some)),
            tuple(dict.fromkeys(one.line for one in some if one.line)),
            some[0].row not in used,
        )
        for (column, value, _), some in alike.items()
    )


def _column(problem: Problem) -> str:
    """The column that a problem is about; a file may have several for the days of a row."""
    return problem.field if problem.field in COLUMNS else "when"


faults = memoized(_faults)
"""The faults of a draft in the order of their first rows."""
