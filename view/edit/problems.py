"""What of a story's file could not be used: every problem with its line, column, value and what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import streamlit as st

from story.draft.edits import Rejected
from story.model import Problem, Story
from story.model.columns import COLUMNS
from story.text import defused
from story.wording import say_count
from view.draw.html import render
from view.widgets import downloads

MOST = 100
HEADERS = ("Line", "Column", "Value", "What to do")


def show(story: Story) -> None:
    """A line that opens into the list; what is too long for the page comes as a file too."""
    every = tuple(sorted(story.problems, key=lambda one: one.line or 0))
    rows = [cells(one) for one in every[:MOST]]
    st.html(
        render(
            "edit/problems",
            summary=summary(story),
            headers=HEADERS,
            rows=rows,
            more=len(every) - MOST,
        )
    )
    if len(every) > MOST:
        name = f"{story.id}-problems.csv"
        downloads.button(f"All {len(every):,} problems", lambda: as_csv(every), name, "text/csv", "all problems")


def rows_words(story: Story) -> str:
    """What became of the rows, in a line: "4 rows read: 3 shown, 1 set aside" · "4 rows read, all shown"."""
    shown = len({report.line for report in story.reports})
    if shown == story.rows:
        return f"{say_count(shown, 'row')} read{', all' if shown > 1 else ' and'} shown."
    return f"{say_count(story.rows, 'row')} read: {shown:,} shown, {story.rows - shown:,} set aside."


def summary(story: Story) -> str:
    """How many problems there are, and what became of the rows."""
    return f"{say_count(len(story.problems), 'problem')} in the story’s file. {rows_words(story)}"


def cells(problem: Problem) -> tuple[str, str, str, str]:
    """Line, column, value and what to do, as text; what is no row's has the file in place of the line."""
    where = str(problem.line) if problem.line else problem.file
    return where, problem.field, problem.value, problem.message


def rejected_csv(rows: Sequence[Rejected]) -> str:
    """The rows that were set aside, with their lines and what is wrong with them, as a table to be mended elsewhere."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names = dict.fromkeys((*COLUMNS, *(name for one in rows for name in one.row.cells)))
    writer.writerow(("line", *map(defused, names), "what to do"))
    for one in rows:
        cells = (defused(one.row.cells.get(name, "")) for name in names)
        writer.writerow((one.row.line, *cells, defused(one.problem.message)))
    return text.getvalue()


def as_csv(problems: tuple[Problem, ...]) -> str:
    """All problems as a table, whose cells no spreadsheet runs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows([defused(cell) for cell in cells(one)] for one in problems)
    return text.getvalue()
