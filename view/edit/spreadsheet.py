"""The table of events as a spreadsheet: a cell that is changed there changes the latest report of its event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from story.draft import edits
from story.draft.carrying import cells_of
from story.model import STATUSES, Event
from story.wording import say_count, say_span
from view.draw.html import plain_markdown
from view.edit import fields
from view.state import session
from view.state.page_state import page
from view.work import workspace
from view.work.workspaces import Workspace

STATE = st.session_state
OWN = "own "
"""What the names of the story's own columns begin with in the table: one of them may be called as ours are."""
COLUMNS = ("title", "when", "status", "place", "who", "source", "reported")


def table(own: Workspace, events: Sequence[Event], year: int, fields_shown: Sequence[str] = ()) -> None:
    """Draws the events of one page; their cells can be changed, their rows deleted. `fields_shown` are columns of the
    story's own."""
    # Another key for every state of the story: what was typed into the former one is in the story now.
    key = f"grid {page().grid} {len(own.edits.past)} {len(own.edits.future)} {events[0].id if events else ''}"
    frame = pd.DataFrame(
        [
            {"open": False, **_cells(event), "words": say_span(event.span, year), **_own(event, fields_shown)}
            for event in events
        ],
        columns=[
            "open", "title", "when", "words", "status", "place", "who", "source", "reported",
            *(f"{OWN}{name}" for name in fields_shown),
        ],
    )  # fmt: skip
    config = {
        "open": st.column_config.CheckboxColumn("Open", width=60, help="Show the whole event in the panel"),
        "title": st.column_config.TextColumn("Title", width="large", required=True),
        "when": st.column_config.TextColumn("When", help=fields.DATES_HELP),
        "words": st.column_config.TextColumn("In words", disabled=True),
        "status": st.column_config.SelectboxColumn("Status", options=list(STATUSES), width="small"),
        "place": st.column_config.TextColumn("Place", required=True),
        "who": st.column_config.TextColumn("Who", help="Names separated by ;"),
        "source": st.column_config.TextColumn("Source"),
        "reported": st.column_config.TextColumn("Reported", help="The day it became known"),
    }
    config |= {f"{OWN}{name}": st.column_config.TextColumn(name) for name in fields_shown}
    st.data_editor(
        frame, key=key, column_config=config, num_rows="delete", hide_index=True, width="stretch",
        on_change=_changed, args=(key, [event.id for event in events], [event.latest.row for event in events]),
    )  # fmt: skip


def _own(event: Event, names: Sequence[str]) -> dict[str, str]:
    """A text in each column: where no event of a page had one, it would be taken for a column of numbers."""
    said = dict(event.latest.fields)
    return {f"{OWN}{name}": said.get(name, "") for name in names}


def _cells(event: Event) -> dict[str, str]:
    return {name: value for name, value in cells_of(event.latest).items() if name in COLUMNS}


def _changed(key: str, events: Sequence[str], rows: Sequence[int]) -> None:
    said: dict[str, Any] = STATE[key]
    own = workspace.at_work()
    if own is None:
        return
    before = draft = own.draft
    done = []
    for number, cells in said["edited_rows"].items():
        if cells.pop("open", False):
            session.choose(event=events[int(number)])
        for column, value in cells.items():
            column = column.removeprefix(OWN)
            new, why = fields.changed(draft, rows[int(number)], column, str(value or ""))
            if why:
                st.toast(plain_markdown(why), duration="long")
                # The key stays the same where nothing changes: the refused cell must not stay either.
                page().grid += 1
            else:
                draft = new
                done.append(fields.said(draft, rows[int(number)], column))
    if gone := {events[number] for number in said["deleted_rows"]}:
        draft = edits.delete(draft, [row.key for row in draft.rows if row.cells.get("event") in gone])
        done.append(f"deleted {say_count(len(gone), 'event')}")
    if draft is not before:
        workspace.do("; ".join(done), before, draft)
