"""Opens a reader's own table: shows what each column was taken for, and asks what the table leaves open.

The file stays in a folder of the session's own, which goes with it; what it comes to lies on the reader's desk.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from story.exc import StoryError
from story.tables.grid import Table
from story.tables.load import parse_table
from story.tables.matching import Matching, guess, questions
from story.words import say_count
from view import desk, opening, session, shelf
from view.html import escape, notice

STATE = st.session_state
KINDS = ["csv", "tsv", "txt", "xlsx", "json", "geojson"]
# What a reader is asked about, in words; the other fields keep what was guessed.
ASKED = {
    "title": "What happened",
    "place": "Where (the smallest first)",
    "when": "When",
    "who": "Who was there",
    "summary": "Details",
    "status": "Status",
    "source": "Source",
    "note": "Notes",
}
NEEDED = ("place", "when")
ORDERS = {True: "day first: 5/9 is 5 September", False: "month first: 5/9 is May 9"}


def opener() -> None:
    """The button in the headline that opens the dialog."""
    if st.button("Open a story…", key="open", type="tertiary"):
        _dialog()


@st.dialog("Open a story", width="medium")
def _dialog() -> None:
    file = st.file_uploader("A table: CSV, TSV, Excel, JSON or GeoJSON", KINDS, key="upload")
    if file is None:
        st.html('<p class="fine">One row an event. You see what each column is taken for before it opens.</p>')
        return
    try:
        table = parse_table(file.getvalue(), file.name)
    except StoryError as error:
        st.html(notice(error))
        return
    matching = _asked(table, guess(table))
    missing = [ASKED[field] for field in NEEDED if not matching.columns(field)]
    for question in questions(table, matching):
        st.html(f'<p class="notice">{escape(question.message)}</p>')
        order = st.radio("Days are written", list(ORDERS), index=None, format_func=lambda o: ORDERS[o], key="day_first")
        matching = matching.with_day_first(order)
        missing += ["how days are written"] if order is None else []
    if missing:
        st.html(f'<p class="fine">Still to say: {escape("; ".join(missing))}.</p>')
    if st.button(f"Open {say_count(table.count, 'row')}", type="primary", disabled=bool(missing), key="open table"):
        _shelve(file.name, file.getvalue(), matching)
        st.rerun()


def _asked(table: Table, matching: Matching) -> Matching:
    """The guess as the reader leaves it."""
    numbers = range(len(table.headers))
    for field, words in ASKED.items():
        guessed = list(matching.columns(field))
        chosen = st.multiselect(
            words, numbers, guessed, key=f"match {table.name} {field}", format_func=lambda n: table.headers[n],
            placeholder="no column",
        )  # fmt: skip
        if chosen != guessed:
            matching = matching.with_column(field, chosen)
    return matching


def _shelve(name: str, content: bytes, matching: Matching) -> None:
    """Begins to open the file, under an id that cannot be guessed, and shows it."""
    folder = STATE.setdefault("_folder", TemporaryDirectory(prefix="dateline-"))
    own = desk.new_id()
    path = Path(folder.name) / own / f"{Path(name).stem[:80] or 'table'}{Path(name).suffix[:10]}"
    path.parent.mkdir()
    path.write_bytes(content)
    shelf.jobs()[own] = opening.start(path, matching)
    session.open_story(own, editing=True)
