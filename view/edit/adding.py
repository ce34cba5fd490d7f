"""New events and new reports: what is typed is said back at once, and added when all that is needed is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from story.draft import edits
from story.exc import DateFormatError
from story.model import STATUSES, Event
from story.wording import say_span
from view.draw.html import paragraph
from view.edit import fields
from view.state import dialogs, session
from view.widgets import presses
from view.work import workspace


@st.dialog("Add an event", on_dismiss=dialogs.close)
def add_event() -> None:
    cells = {"title": st.text_input("Title", key="new title")}
    cells |= _when_and_status("", "from the dates")
    cells |= _where("")
    cells["who"] = st.text_input("Who", placeholder="Names separated by ;", key="new who")
    cells |= _by_whom("")

    def add() -> None:
        event = _add(cells, ("title", "when", "place"), f"added “{cells['title']}”")
        if event:
            session.choose(event=event)
            dialogs.close()
            st.rerun()

    presses.button("Add", add, type="primary", key="add the event")


@st.dialog("A new report", on_dismiss=dialogs.close)
def add_report(event: Event) -> None:
    st.html(paragraph(f"On “{event.title}”. Fields left blank keep what was reported before.", "fine"))
    cells = {"event": event.id}
    cells |= _when_and_status(event.span.edtf, event.status)
    cells |= _where(event.toponym)
    cells |= _by_whom(event.source or "as before")
    cells["note"] = st.text_area("Note", key="new note")

    def add() -> None:
        if _add(cells, ("reported",) if _has_days() else (), f"added a report on “{event.title}”"):
            dialogs.close()
            st.rerun()

    presses.button("Add", add, type="primary", key="add the report")


def _when_and_status(when: str, status: str) -> dict[str, str]:
    """Day and status of a new row, with what was understood; the parameters stand in the empty inputs."""
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        given = st.text_input("When", placeholder=when, help=fields.DATES_HELP, key="new when")
        if given.strip():
            try:
                st.html(paragraph(say_span(edits.understood(given)), "understood"))
            except DateFormatError as error:
                st.html(paragraph(error, "flag", role="alert"))
    with right:
        chosen = st.selectbox("Status", STATUSES, index=None, placeholder=status, key="new status")
    return {"when": given, "status": chosen or ""}


def _where(place: str) -> dict[str, str]:
    given = st.text_input("Place", placeholder=place, key="new place")
    if given.strip():
        found = workspace.look_up(given)
        words = f"not on the map: {found.reason}" if found.place is None else fields.full_name(found.place)
        st.html(paragraph(words, "flag" if found.place is None else "understood"))
    return {"place": given}


def _by_whom(source: str) -> dict[str, str]:
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        given = st.text_input("Source", placeholder=source if source else None, key="new source")
    with right:
        # Where no report has its day, one that has would call all others old.
        today = date.today().isoformat() if _has_days() else ""
        reported = st.text_input("Reported", today, key="new reported")
    return {"source": given, "reported": reported}


def _has_days() -> bool:
    """Whether the story's reports have the day on which they were made."""
    own = workspace.current()
    return own is not None and any(row.cells.get("reported") for row in own.draft.rows)


def _add(cells: dict[str, str], needed: Sequence[str], done: str) -> str:
    """Adds a row and gives its event; says what is wrong and gives "" where it cannot be used."""
    own = workspace.at_work()
    missing = [fields.LABELS[name].lower() for name in needed if not cells[name].strip()]
    if missing:
        st.html(paragraph(f"Missing: {', '.join(missing)}.", "flag", role="alert"))
    if own is None or missing:
        return ""
    key, before = edits.new_key(), own.draft
    new = edits.add(before, cells, key=key)
    # A day that is none would make an event without one.
    problem = edits.complaint(new, key, "when")
    if problem is not None:
        st.html(paragraph(problem.message, "flag", role="alert"))
        return ""
    workspace.do(done, before, new)
    # On a former as-of day it would not be known yet.
    session.reset_day_later()
    return edits.row_of(new, key).cells["event"]
