"""Opens a reader's own story: a table of any kind, or the files of a story folder.

What was given lies in a folder of its own until it is read; what it comes to is in the reader's workspaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import streamlit as st

from story.exc import StoryError, StoryFormatError
from story.opening import sandbox
from story.opening.archive import ENDING, HEAD, REPORTS
from story.tables.columns.matching import Matching
from story.tables.readers.encoding import CODE_PAGES
from story.tables.rows.reading import NO_ROWS
from story.tables.table import ReadAs, Table
from story.wording import say_count
from view.draw.html import notice, paragraph
from view.edit import columns
from view.state import dialogs, session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import catalogue, opening, uploads

# The last two cannot be read, and are refused with what to do instead.
KINDS = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "json", "geojson", "jsonl", "ndjson", "zip", "toml", "xls", "ods"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader has given: the table's file and, where it is a story folder, what the story says of itself."""

    name: str
    table: bytes
    head: bytes | None = None
    folder: str = ""
    """The name of the story folder; "" where it is a table alone."""


def opener() -> None:
    """The button in the headline that opens the dialog."""
    st.button("Open a story…", key="open", type="tertiary", on_click=dialogs.show, args=("open",))


@st.dialog("Open a story", width="large", on_dismiss=dialogs.close)
def open_story() -> None:
    files = st.file_uploader(
        "A table (CSV, TSV, Excel, JSON, GeoJSON) or a story folder (its files, or a ZIP of it)", KINDS,
        key=f"upload {dialogs.number()}",
        accept_multiple_files=True,
    )  # fmt: skip
    if not files:
        number, why = page().too_much
        if number == dialogs.number():
            st.html(notice(why))
        st.html('<p class="fine">One row an event. You see what each column is taken for before it opens.</p>')
        return
    try:
        if sum(file.size for file in files) > uploads.MOST_BYTES:
            _refuse(f"These files have more than {uploads.MOST_BYTES / 1e6:,.0f} MB together. Give one at a time.")
        given, others = _given({file.name: file.getvalue() for file in files})
        if others:
            st.html(notice(f"One table makes a story: {given.name} is opened, {', '.join(others)} not."))
        _choose(given, "-".join(file.file_id for file in files))
    except StoryError as error:
        st.html(notice(error))


def _refuse(why: str) -> NoReturn:
    """Begins the dialog anew without the files, whose bytes are let go of, and says why in it."""
    dialogs.show("open")
    page().too_much = (dialogs.number(), why)
    st.rerun()


@st.dialog("Columns", width="large", on_dismiss=dialogs.close)
def change_columns(path: Path) -> None:
    """The columns of a table that was opened by its path, to be taken otherwise."""
    try:
        _choose(Given(path.name, path.read_bytes()), f"{path} {opening.stamp_of(path)}")
    except (StoryError, OSError) as error:
        st.html(notice(error))


def _given(files: Mapping[str, bytes]) -> tuple[Given, list[str]]:
    """What the files are together, and the tables that there is no room for. Raises StoryFormatError for no table."""
    tables = [name for name in files if Path(name).suffix.lower() != ".toml"]
    heads = [name for name in files if name not in tables]
    if not tables:
        raise StoryFormatError(f"{heads[0]} says what a story is, but not what happened. Give its {REPORTS} too.")
    # Who gives another one after the first means that.
    name = next((name for name in tables if name.lower() == REPORTS), tables[-1])
    others = [other for other in tables if other != name]
    if Path(name).suffix.lower() == ENDING:
        return Given(name, files[name]), others
    head = files[heads[0]] if heads else None
    return Given(name, files[name], head, Path(name).stem if heads else ""), others


def _choose(given: Given, key: str) -> None:
    """Shows how the table will be read, and opens it so."""
    table, guessed = _read(given, key, ReadAs())
    read_as = _asked(table, key)
    if any(read_as):
        table, guessed = _read(given, key, read_as)
    rows = say_count(table.count, "row")
    st.html(paragraph(f"{rows}, {table.how}", "fine"))
    if not table.count:
        st.html(notice(table.problems[0].message if table.problems else NO_ROWS))
        return
    matching, missing, settled = columns.chosen(table, guessed, f"{key} {' '.join(read_as)}")
    if settled:
        columns.preview(table, matching)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(f"Open {rows}", type="primary", disabled=not settled, key="open table"):
            _begin(given, matching, read_as)
            dialogs.close()
            st.rerun()
        if missing:
            st.html(paragraph(f"Missing: {', '.join(missing)}.", "fine"), width="content")


def _asked(table: Table, key: str) -> ReadAs:
    """The sheet of a workbook, or the encoding of a text that does not say it, as the reader chooses it."""
    sheet = encoding = ""
    if len(table.sheets) > 1:
        sheet = st.selectbox("Sheet", table.sheets, None, placeholder=table.how, key=f"sheet {key}") or ""
    if table.encoding and not table.encoding.startswith("UTF"):
        st.html(notice(next((problem.message for problem in table.problems), table.how)))
        others = [name for name in ("UTF-8", *CODE_PAGES) if name != table.encoding]
        encoding = st.selectbox("Encoding", others, None, placeholder=table.encoding, key=f"encoding {key}") or ""
    return ReadAs(sheet, encoding)


def _read(given: Given, key: str, read_as: ReadAs) -> tuple[Table, Matching]:
    """The table and the guess of its columns, read once for all that is clicked in the dialog."""
    known = page().tables
    if (key, read_as) not in known:
        with st.spinner("Reading the file…"):
            read = sandbox.read_table(given.table, given.name, read_as)
        # Of this file alone: the sheet that is shown first, and the one that was chosen last.
        known = {at: some for at, some in known.items() if at == (key, ReadAs())} | {(key, read_as): read}
        page().tables = known
    table, guessed = known[key, read_as]
    return table, guessed


def _begin(given: Given, matching: Matching, read_as: ReadAs) -> None:
    """Begins to open what was given, under an id that cannot be guessed, and shows it."""
    state = page()
    base = state.folder = state.folder or TemporaryDirectory(prefix="dateline-")
    own = str(StoryRef.new())
    folder = Path(base.name) / own / (_file_name(given.folder) or "story")
    folder.mkdir(parents=True)
    path = folder / f"{_file_name(Path(given.name).stem) or 'table'}{Path(given.name).suffix.lower()}"
    if given.folder:
        path = folder
        (folder / REPORTS).write_bytes(given.table)
        if given.head is not None:
            (folder / HEAD).write_bytes(given.head)
    else:
        path.write_bytes(given.table)
    catalogue.jobs()[own] = opening.start(path, matching, read_as, scrap=Path(base.name) / own)
    session.open_story(own, editing=True)


def _file_name(text: str) -> str:
    """As much of a reader's own name as any disk can hold: sixty letters are at most 240 bytes."""
    return "".join(char for char in text if char.isprintable() and char not in '/\\:*?"<>|')[:60].strip(". ")
