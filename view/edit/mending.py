"""The problems of a story in the panel: all rows with the same fault are mended by one act, which one *Undo* takes
back."""

from __future__ import annotations

import streamlit as st

from story.draft import Draft, edits, reports_of
from story.draft.faults import Fault, faults
from story.exc import DateFormatError
from story.model import STATUSES, Problem, Story
from story.model.columns import UNPLACED
from story.text import fingerprint
from story.wording import say_count
from view.draw.html import paragraph, render
from view.edit import fields, names, problems
from view.state import session
from view.state.page_state import page
from view.work import opening, workspace

STATE = st.session_state
MOST_ASIDE = 8
MOST_FAULTS = 6
MOST_LINES = 8
MOST_OTHERS = 20
# What can be done about a fault without typing: the words of its button, and the cells that it writes.
AT_ONCE = {
    "when": ("Not dated", {"when": "XXXX-XX-XX"}),
    "place": ("Nobody says where", {"place": UNPLACED}),
    "status": ("Take it from the dates", {"status": ""}),
    "reported": ("Leave it out", {"reported": ""}),
    "url": ("Leave it out", {"url": ""}),
    "latitude": ("Leave the coordinates out", {"latitude": "", "longitude": ""}),
}


def begin() -> None:
    """Opens the list of problems."""
    session.choose()
    page().panel = "problems"


def panel(draft: Draft, story: Story) -> None:
    """Every fault with the rows that have it and what can be done for all of them; then what no row is to blame for."""
    st.html('<p class="over">Problems</p>')
    st.html(paragraph(problems.rows_words(story), "fine"))
    every = [one for one in faults(draft) if not one.aside]
    for one in every[_page_of(len(every), MOST_FAULTS, "problems_page") :][:MOST_FAULTS]:
        _fault(draft, one)
    set_aside(draft)
    others = [one for one in story.problems if not one.row]
    if open_names := len(names.in_question(draft)):
        st.button(f"Place {say_count(open_names, 'name')}", key="place names here", on_click=names.begin)
    if others:
        st.html(render("edit/others", problems=[_words(one) for one in others[:MOST_OTHERS]]))
    if len(others) > MOST_OTHERS:
        st.html(paragraph(f"and {len(others) - MOST_OTHERS:,} more", "fine"))
    if not story.problems:
        st.html(paragraph("All problems are solved.", "fine"))


def _words(problem: Problem) -> str:
    return f"Line {problem.line}: {problem.message}" if problem.line else problem.message


def _page_of(count: int, most: int, key: str) -> int:
    """The number of the first one to show where there are too many for one page, which the reader turns."""
    if count <= most:
        return 0
    pages = -(-count // most)
    STATE[key] = min(STATE.get(key, 1), pages)
    return int(st.pagination(pages, key=key) - 1) * most


def _fault(draft: Draft, fault: Fault) -> None:
    """One fault: what is wrong, and what is to stand there in all of its rows."""
    name = fingerprint(fault.column, fault.value, fault.message)
    count, words = len(fault.rows), fields.LABELS.get(fault.column, fault.column.capitalize())
    with st.container(key=f"fault {name}", gap="small"):
        st.html(
            render("edit/fault", message=fault.message, count=count, lines=fault.lines, most=MOST_LINES, label=words)
        )
        whom = words if count == 1 else f"{words} in all {count:,} rows"
        if fault.column == "status":
            st.selectbox(
                whom, STATUSES, index=None, key=f"mend all {name}", placeholder="choose one", on_change=_typed,
                args=(name, fault),
            )  # fmt: skip
        elif fault.column in ("when", "place", "reported", "url"):
            fields.text(f"mend all {name}", whom, "", _typed, (name, fault))
        with st.container(horizontal=True, gap="small", key=f"fault acts {name}"):
            if fault.column in AT_ONCE:
                label, cells = AT_ONCE[fault.column]
                st.button(label, key=f"at once {name}", on_click=_do_at_once, args=(fault, cells))
            elif fault.column == "title":
                st.button("Keep as listed", key=f"at once {name}", on_click=_keep_titles, args=(fault,))
            st.button("Open the row" if count == 1 else "Open the first", key=f"open {name}", type="tertiary",
                on_click=open_row, args=(draft, fault.rows[0]))  # fmt: skip


def _typed(name: str, fault: Fault) -> None:
    """What was typed or chosen for all rows of a fault is put into all of them, or refused with a reason."""
    key = f"mend all {name}"
    text = str(STATE[key] or "").strip()
    if not text:
        return
    try:
        if fault.column in ("when", "reported"):
            edits.understood(text)
    except DateFormatError as error:
        fields.refuse(key, str(error))
        return
    if why := _mend(fault, {fault.column: text}):
        fields.refuse(key, why)


def _do_at_once(fault: Fault, cells: dict[str, str]) -> None:
    if why := _mend(fault, cells):
        session.notice(why)


def _mend(fault: Fault, cells: dict[str, str]) -> str:
    """Puts the cells into every row of a fault as one step; why not, "" where it was done."""
    own = workspace.at_work()
    if own is None:
        return ""
    before = own.draft
    rows = {row.key for row in before.rows} & set(fault.rows)
    after = edits.change_all(before, dict.fromkeys(rows, cells))
    with opening.for_good():
        left = next((one for one in faults(after) if one.column == fault.column and rows & set(one.rows)), None)
    if left is not None:
        return left.message
    label = fields.LABELS.get(fault.column, fault.column).lower()
    workspace.do(f"changed {label} in {say_count(len(rows), 'row')}", before, after)
    return ""


def _keep_titles(fault: Fault) -> None:
    """Gives rows without a title the one that they are listed by."""
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    titles = {report.row: {"title": report.title} for report in reports_of(before)[0] if report.row in fault.rows}
    after = edits.change_all(before, titles)
    workspace.do(f"gave {say_count(len(fault.rows), 'row')} a title", before, after)


def open_row(draft: Draft, key: int) -> None:
    """Opens one row alone: its event, or the row itself where it is none."""
    event = edits.row_of(draft, key).cells.get("event", "")
    aside = any(one.row.key == key for one in edits.rejected(draft))
    session.choose(event="" if aside else event)
    page().panel = key if aside else ""


def set_aside(draft: Draft) -> None:
    """The rows that are no reports, each with the way to it, and the way to be rid of all of them."""
    rows = edits.rejected(draft)
    at = _page_of(len(rows), MOST_ASIDE, "rejected_page")
    for one in rows[at : at + MOST_ASIDE]:
        with st.container(key=f"rejected {one.row.key}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(paragraph(f"Line {one.row.line}: {one.problem.message}", "fine"))
            st.button("Fix", key=f"mend {one.row.key}", on_click=open_row, args=(draft, one.row.key))
    if len(rows) > 1:
        st.button(f"Delete all {len(rows):,} rows set aside", key="delete rejected", on_click=_delete_aside)


def _delete_aside() -> None:
    own = workspace.at_work()
    if own is not None:
        before = own.draft
        keys = [one.row.key for one in edits.rejected(before)]
        workspace.do(f"deleted {say_count(len(keys), 'row')} set aside", before, edits.delete(before, keys))
