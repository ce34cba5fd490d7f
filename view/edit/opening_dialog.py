"""Opens a reader's own story: a table of any kind, the files of a story folder, or an article to make one from.

Its files are read once, for the dialog; that is what is opened then, and it goes to the reader's workspaces.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from story.draft.origin import Origin
from story.encoding.decoding import CODE_PAGES
from story.exc import StoryError, StoryFormatError
from story.opening import sandbox
from story.opening.archive import ENDING, REPORTS
from story.opening.fetching import Fetched
from story.opening.live import origin_of, upload_of
from story.opening.source import Upload, file_name, upload_at
from story.tables.columns.matching import Matching
from story.tables.rows.reading import NO_ROWS
from story.tables.table import ReadAs, Table
from story.wording import say_count
from view.draw.cards import cards_list
from view.draw.html import notice, paragraph
from view.edit import article_dialog, columns
from view.state import dialogs, session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import cards, catalogue, opening, uploads
from view.work.workspaces import Workspace

_LOG = logging.getLogger(__name__)
# The last two cannot be read, and are refused with what to do instead.
KINDS = """csv tsv tab txt xlsx xlsm json geojson jsonl ndjson kml kmz gpx ics gpkg zip toml xls ods""".split()


def opener() -> None:
    """The button in the headline that opens the dialog."""
    st.button("Open a story…", key="open", type="tertiary", on_click=dialogs.show, args=("open",))


@st.dialog("Open a story", width="large", on_dismiss=dialogs.close)
def open_story(own: Workspace | None = None) -> None:
    """`own` is the story that is being edited, which an article may be read into."""
    here = st.empty()
    files = st.file_uploader(
        "A table (CSV, Excel, JSON, GeoJSON), a story folder (its files, or a ZIP of it), "
        "or an article (text, HTML, PDF, Word, mail)",
        list(dict.fromkeys([*KINDS, *article_dialog.KINDS])),
        key=f"upload {dialogs.number()}",
        accept_multiple_files=True,
    )  # fmt: skip
    if not files:
        number, why = page().too_much
        if number == dialogs.number():
            st.html(notice(why))
        article_dialog.otherwise(own, _of_address)
        # Last, since a story that has no card yet is read for it.
        _stories(here)
        return
    try:
        if sum(file.size for file in files) > uploads.MOST_BYTES:
            _refuse(f"Together these files are larger than {uploads.MOST_BYTES / 1e6:,.0f} MB. Open one at a time.")
        if len(files) == 1 and article_dialog.is_article(files[0].name, files[0].getvalue()):
            article_dialog.of_file(files[0].name, files[0].getvalue(), own)
            return
        upload, others = _upload({file.name: file.getvalue() for file in files})
        if others:
            st.html(
                notice(f"A story is made from one table: {upload.name} will be opened, {', '.join(others)} will not.")
            )
        _choose(upload, "-".join(file.file_id for file in files))
    except (StoryError, OSError) as error:
        st.html(notice(error))


def _of_address(address: str, fetched: Fetched) -> None:
    """What is asked about a table at an address, which the story is to follow."""
    try:
        _choose(upload_of(fetched), f"{address} {dialogs.number()}", partial(origin_of, address, fetched))
    except (StoryError, OSError) as error:
        st.html(notice(error))


def _stories(place: DeltaGenerator) -> None:
    """Shows the stories that are here as cards, once for all that is done in the dialog."""
    try:
        number, known = page().cards
        if number == dialogs.number():
            place.html(cards_list(known, page().shown))
            return
        for known in cards.listed(catalogue.labels()):
            place.html(cards_list(known, page().shown))
        page().cards = dialogs.number(), known
    except Exception:
        # A story of one's own can be opened all the same.
        _LOG.exception("the stories that are here cannot be shown as cards")
        place.html(paragraph("The stories that are here cannot be shown at the moment.", "fine"))


def _refuse(why: str) -> NoReturn:
    """Begins the dialog anew without the files, whose bytes are let go of, and says why in it."""
    dialogs.show("open")
    page().too_much = (dialogs.number(), why)
    st.rerun()


@st.dialog("Columns", width="large", on_dismiss=dialogs.close)
def change_columns(path: Path) -> None:
    """The columns of a table that was opened by its path, to be taken otherwise."""
    try:
        _choose(upload_at(path), f"{path} {opening.stamp_of(path)}")
    except (StoryError, OSError) as error:
        st.html(notice(error))


def _upload(files: Mapping[str, bytes]) -> tuple[Upload, list[str]]:
    """What the files are together, and the tables that there is no room for. Raises StoryFormatError for no table."""
    tables = [name for name in files if Path(name).suffix.lower() != ".toml"]
    heads = [name for name in files if name not in tables]
    if not tables:
        raise StoryFormatError(f"{heads[0]} describes a story but has no events. Add its {REPORTS} too.")
    # Who gives another one after the first means that.
    name = next((name for name in tables if name.lower() == REPORTS), tables[-1])
    others = [other for other in tables if other != name]
    path = Path(file_name(name))
    if not heads or path.suffix.lower() == ENDING:
        return Upload(path.name, files[name]), others
    return Upload(path.name, files[name], files[heads[0]], path.stem), others


def _choose(upload: Upload, key: str, origin: Callable[[Matching, ReadAs], Origin] | None = None) -> None:
    """Shows how the table will be read, and opens it so; `origin` is of one that the story is to follow."""
    parsed = _parsed(upload, key, ReadAs())
    read_as = _asked(parsed.source.table, key)
    if any(read_as):
        parsed = _parsed(upload, key, read_as)
    table = parsed.source.table
    rows = say_count(table.count, "row")
    st.html(paragraph(f"{rows}, {table.how}", "fine"))
    if not table.count:
        st.html(notice(table.problems[0].message if table.problems else NO_ROWS))
        return
    matching, missing, settled = columns.chosen(table, parsed.matching, f"{key} {' '.join(read_as)}")
    if settled:
        columns.preview(table, matching)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(f"Open {rows}", type="primary", disabled=not settled, key="open table"):
            _begin(parsed, matching, origin(matching, read_as) if origin else None)
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


def _parsed(upload: Upload, key: str, read_as: ReadAs) -> sandbox.Parsed:
    """The table and the guess of its columns, read once for all that is clicked in the dialog and then opened."""
    known = page().tables
    # Held also where nothing is said: what follows must not move, or it is seen twice for a moment.
    said = st.empty()
    if (key, read_as) not in known:
        with said, st.spinner("Reading the file…"):
            parsed = sandbox.read_upload(upload, read_as)
        # Of this file alone: the sheet that is shown first, and the one that was chosen last.
        known = {at: some for at, some in known.items() if at == (key, ReadAs())} | {(key, read_as): parsed}
        page().tables = known
    return known[key, read_as]


def _begin(parsed: sandbox.Parsed, matching: Matching, origin: Origin | None) -> None:
    """Begins to open what was given, under an id that cannot be guessed, and shows it."""
    own = StoryRef.new("opening")
    page().jobs[own] = opening.start_parsed(parsed.spool, matching, origin)
    session.open_story(own, editing=True)
