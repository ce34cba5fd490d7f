"""What each column of a table is taken for, to be seen and changed before it opens, with how its rows then read."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from story.draft import story_of
from story.exc import DateFormatError
from story.model.dates import parse_when
from story.model.metadata import Metadata
from story.opening.source import Source
from story.opening.stories import draft_of
from story.placing import place_with
from story.query.selection import events_as_of
from story.tables.columns.matching import Matching, questions
from story.tables.table import Table
from story.tables.values.days import read_day
from story.wording import say_span
from view.draw.html import paragraph, plain_markdown, render
from view.edit import fields
from view.work import opening

MAIN = {
    "title": "What happened",
    "who": "Who was there",
    "place": "Where, smallest area first",
    "when": "When, or the first day",
    "until": "The last day",
    "summary": "Details",
}
REST = {
    "status": "Status",
    "source": "Source",
    "url": "Link",
    "reported": "Reported on",
    "note": "Notes",
    "kind": "Kind of event",
    "actors": "Sides, victims or operators",
    "time": "Time of day",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "event": "Event ID",
}
SHOWN_ROWS = 4


def chosen(table: Table, guessed: Matching, key: str) -> tuple[Matching, list[str], bool]:
    """The guess as the reader leaves it, what no column says yet, and whether the table can open as it is.

    `key` tells this table from every other one, whose answers are not this one's.
    """
    matching = _fields(table, guessed, MAIN, 2, key)
    with st.expander(f"More columns{plain_markdown(_taken(matching))}"):
        matching = _fields(table, matching, REST, 3, key)
        if unused := _unused(matching):
            st.html(paragraph(f"Kept as the story’s own fields: {', '.join(unused)}.", "fine"))
    missing, settled = [], True
    if not matching.columns("place") and not matching.columns("latitude"):
        missing.append("place")
    if not matching.columns("when"):
        missing.append("date")
    for question in questions(table, matching):
        matching = _order(matching, question.example, question.message, key)
        if matching.day_first is None:
            missing, settled = [*missing, "day or month first"], False
    return matching, missing, settled


def _fields(table: Table, matching: Matching, named: dict[str, str], across: int, key: str) -> Matching:
    numbers = range(len(table.headers))
    for at, (field, words) in enumerate(named.items()):
        guessed = list(matching.columns(field))
        if at % across == 0:
            # Row by row, so that on a phone they follow each other as they are read.
            columns = st.columns(across, gap="small")
        with columns[at % across]:
            given = st.multiselect(
                words, numbers, guessed, key=f"match {key} {field}",
                format_func=lambda number: table.headers[number], placeholder="no column",
            )  # fmt: skip
        if given != guessed:
            matching = matching.with_column(field, given)
    return matching


def _taken(matching: Matching) -> str:
    """The rest of the fields that have a column, in the words of the list's own title."""
    some = [f"{words}: {' + '.join(matching.named(field))}" for field, words in REST.items() if matching.columns(field)]
    return f" ({'; '.join(some)})" if some else ""


def _unused(matching: Matching) -> list[str]:
    used = {number for match in matching.fields.values() for number in match.columns}
    return [header for number, header in enumerate(matching.headers) if number not in used]


def _order(matching: Matching, example: str, message: str, key: str) -> Matching:
    """Asks which way round days are written, by one of the table's own."""
    st.html(paragraph(f"{message.split('. ')[0]}.", "notice"))
    ways = {way: _read(example, way) for way in (False, True)}
    possible = [way for way, said in ways.items() if said]
    given = st.radio(
        f"{plain_markdown(example)} is", possible, None, horizontal=True, key=f"day_first {key}",
        format_func=lambda way: f"{ways[way]} ({'day' if way else 'month'} first)",
    )  # fmt: skip
    return matching.with_day_first(given)


def _read(example: str, day_first: bool) -> str:
    try:
        return say_span(parse_when(read_day(example, day_first)))
    except DateFormatError:
        return ""


def preview(table: Table, matching: Matching) -> None:
    """The first rows as they will be read, with the place that each is put at."""
    few = replace(table, rows=table.rows[:SHOWN_ROWS], lines=table.lines[:SHOWN_ROWS], problems=(), count=SHOWN_ROWS)
    placing = place_with(opening.gazetteer())
    story = story_of(draft_of(Source(few, Metadata(""), ""), matching, placing))
    rows = []
    for event in events_as_of(story, None):
        where = fields.full_name(event.place) if event.place else "not on the map"
        rows.append((event.title, say_span(event.span), where, "; ".join(event.who)))
    left_out = [problem for problem in story.problems if problem.line in few.lines]
    st.html(render("edit/preview", rows=rows, problems=left_out[:SHOWN_ROWS]))
