"""Working on a story: the bar above the filters, and the panel with what can be changed in place of what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.place import Place
from story.draft import Draft, edits
from story.draft.undo import Step
from story.exc import DateFormatError
from story.model import Event, Report, Story
from story.wording import say_count, say_day
from view.draw.html import notice, paragraph, plain_markdown
from view.draw.scene import Scene
from view.edit import fields, mending, names, own_fields, problems, reading, saving
from view.state import dialogs, session
from view.state.choice import Choice
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import workspace
from view.work.catalogue import Opened
from view.work.workspaces import Workspace

STATE = st.session_state


def is_on() -> bool:
    """Whether the story that is open is being edited by this reader."""
    return page().editing and workspace.current() is not None


def begin(opened: Opened) -> None:
    """Starts to edit the story that is open; one that is not the reader's own is copied."""
    found = opened.found
    mine = opened.workspace is not None
    if not mine and found and found.may_change and not opened.ref.is_pinned:
        workspace.begin(opened.ref, opened.draft, base=found.number)
        mine = True
    if mine:
        page().editing = True
        return
    head = opened.draft.head
    copy = edits.editable(edits.with_head(opened.draft, title=f"{head.title} (copy)"))
    if found and not found.may_change:
        # The address may open a private sheet: who may only read the story is not given it.
        copy = replace(copy, origin=None)
    # A copy that nothing was done to yet is taken again, as when the button is pressed twice.
    same = (
        own.ref for own in workspace.workspaces().values() if not own.base and not own.edits.past and own.draft == copy
    )
    session.open_story(next(same, None) or workspace.begin(StoryRef.new(), copy).ref, editing=True)


def end() -> None:
    page().editing = False
    page().panel = ""


def bar(opened: Opened, own: Workspace, story: Story, open_names: int) -> DeltaGenerator:
    """Undo, redo, add, what needs a person, and saving; gives the place beside *Save* for what is not kept."""
    past, future = own.edits.past, own.edits.future
    with st.container(key="edit", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Undo", key="undo", disabled=not past, on_click=workspace.undo, help=_words_of(past))
        st.button("Redo", key="redo", disabled=not future, on_click=workspace.redo, help=_words_of(future))
        st.button("Add an event", key="add event", on_click=dialogs.show, args=("event",))
        st.button("Read an article", key="read into", on_click=dialogs.show, args=("article",))
        reading.button(own.draft)
        if open_names:
            st.button(f"{say_count(open_names, 'name')} to place", key="place names", on_click=names.begin)
        if story.problems:
            st.button(say_count(len(story.problems), "problem"), key="problems", on_click=mending.begin)
        st.button("Story", key="to story", on_click=_to_story, type="tertiary", help="Title, dateline, day")
        if opened.found:
            st.button("Versions", key="versions button", type="tertiary", on_click=dialogs.show, args=("versions",))
        with st.container(key="keeping", horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.html(paragraph(_kept_words(own), "fine nowrap"), width="content")
            beside = st.container(key="not kept", width="content")
            saving.button(own)
    return beside


def _kept_words(own: Workspace) -> str:
    if own.base == 0:
        return "Not saved yet: only you can see it"
    return "Unsaved changes" if own.unsaved else f"Saved as revision {own.base}"


def stop_button(own: Workspace | None) -> None:
    """The way back to reading, where the way to editing was. It saves nothing, and says what becomes of the work."""
    unsaved = own is not None and own.unsaved
    words = "Your unsaved changes stay with you: only you see them until you save" if unsaved else None
    st.button("Stop editing", key="done", type="tertiary", on_click=end, help=words)


def _words_of(steps: Sequence[Step]) -> str | None:
    return plain_markdown(steps[-1].done) if steps else None


def _to_story() -> None:
    session.choose()
    page().panel = ""
    reading.close()


def panel(own: Workspace, story: Story, choice: Choice, scene: Scene, travellers: Sequence[str]) -> bool:
    """What the panel beside the map offers to edit; False where there is only something to read."""
    if choice.event is not None:
        _event(own.draft, choice.event, scene, travellers)
    elif choice.place is not None or choice.point is not None:
        return False
    elif page().panel == "problems":
        mending.panel(own.draft, story)
    elif page().panel == "names":
        names.panel(own.draft, story, scene)
    elif isinstance(key := page().panel, int):
        _mend(own.draft, key, scene, travellers)
    elif reading.shown(own.draft):
        return reading.panel(story)
    else:
        _story(own.draft, story)
    return True


def _event(draft: Draft, event: Event, scene: Scene, travellers: Sequence[str]) -> None:
    st.html('<p class="over">Event</p>')
    report = event.latest
    if len(event.reports) > 1:
        report = st.selectbox(
            "Report", list(reversed(event.reports)), key=f"report {event.id}",
            format_func=lambda one: _report_words(one, scene.year),
        )  # fmt: skip
    fields.row(draft, report.row, report, scene.year, travellers, event.place)
    own_fields.cells(draft, report.row, dict(report.fields))
    with st.container(horizontal=True, gap="small", key="event actions"):
        st.button(
            "Add a report", key="add report", help="A later report; this one stays in the history",
            on_click=dialogs.show, args=("report", event.id),
        )  # fmt: skip
        if len(event.reports) > 1:
            st.button(
                "Delete this report", key="delete report", on_click=_delete, args=("a report of", event, [report])
            )
        st.button("Delete the event", key="delete event", on_click=_delete, args=("", event, event.reports))


def _report_words(report: Report, year: int) -> str:
    day = say_day(report.reported, year) if report.reported else "undated"
    return f"{day}, {report.source or 'source not given'}"


def _delete(what: str, event: Event, reports: Sequence[Report]) -> None:
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    if len(reports) == len(event.reports):
        # Reports that are not known yet on the as-of day go with their event.
        rows = [row.key for row in before.rows if row.cells.get("event") == event.id]
        session.choose()
    else:
        rows = [report.row for report in reports]
    workspace.do(f"deleted {what} “{event.title}”".replace("  ", " "), before, edits.delete(before, rows))


def _mend(draft: Draft, key: int, scene: Scene, travellers: Sequence[str]) -> None:
    """A row that was set aside."""
    found = next((one for one in edits.rejected(draft) if one.row.key == key), None)
    if found is None:
        # It has been mended: it is an event now.
        row = next((row for row in draft.rows if row.key == key), None)
        page().panel = ""
        session.choose(event=row.cells.get("event", "") if row else "")
        st.rerun()
    st.html(paragraph(f"Row set aside, line {found.row.line}", "over") + notice(found.problem.message))
    fields.row(draft, key, None, scene.year, travellers, None)
    st.button("Delete the row", key="delete row", on_click=_delete_row, args=(key, found.row.line))


def _delete_row(key: int, line: int) -> None:
    own = workspace.at_work()
    if own is not None:
        page().panel = ""
        before = own.draft
        workspace.do(f"deleted the row on line {line}", before, edits.delete(before, [key]))


def _story(draft: Draft, story: Story) -> None:
    """The story itself, and the rows that were set aside."""
    st.html('<p class="over">Story</p>')
    head = draft.head
    for name, words, value in (
        ("title", "Title", head.title),
        ("dateline", "Dateline", head.dateline),
        ("published", "Published", head.published.isoformat() if head.published else ""),
    ):
        fields.text(f"head {name}", words, value, _head_typed, (name,))
    own_fields.types(story)
    st.html(paragraph(problems.rows_words(story), "fine"))
    mending.set_aside(draft)
    st.html('<p class="fine">Choose an event to edit it. Drag a name on the map to correct its location.</p>')


def _head_typed(name: str) -> None:
    own = workspace.at_work()
    key = f"head {name}"
    if own is None:
        return
    before = own.draft
    text = str(STATE[key]).strip()
    if name == "published" and text:
        try:
            span = edits.understood(text)
        except DateFormatError as error:
            fields.refuse(key, str(error))
            return
        if span.day is None:
            fields.refuse(key, f"'{text}' is not a single day. Write 2025-10-24.")
            return
        workspace.do("changed the publication date", before, edits.with_head(before, published=span.day))
    elif name == "title" and not text:
        fields.refuse(key, "A story needs a title.")
    else:
        value = None if name == "published" else text
        workspace.do(f"changed the story's {name}", before, edits.with_head(before, **{name: value}))


def move_marker(places: Sequence[Place]) -> None:
    """A name was dragged on the map: the page's script hands over which, and where to."""
    moved, own = STATE["links"].get("move"), workspace.current()
    if not moved or own is None or not is_on():
        return
    place = next((place for place in places if place.id == moved.get("place")), None)
    if place is None:
        return
    latitude, longitude = float(moved["latitude"]), (float(moved["longitude"]) + 180) % 360 - 180
    near = workspace.around(latitude, longitude)
    before = own.draft
    workspace.do(f"moved {place.name}", before, edits.move(before, place, latitude, longitude, near))
