"""The dialogs of a draft of a report: to change what it says, and to merge it with another event."""

from __future__ import annotations

import streamlit as st

from geo.place import Place
from story.draft import edits, reviewing
from story.draft.known import known_events
from story.draft.proposals import Proposal, Review
from story.exc import DateFormatError, StoryError
from story.model import STATUSES
from story.wording import say_span
from view.draw.html import notice, paragraph
from view.edit import fields
from view.state import dialogs, session
from view.widgets import presses
from view.work import workspace
from view.work.workspaces import Workspace


@st.dialog("Change a draft", on_dismiss=dialogs.close)
def change(own: Workspace, key: int) -> None:
    try:
        _, one = reviewing.find(own.draft, key)
    except StoryError as error:
        st.html(notice(error))
        return
    for doubt in one.doubts:
        st.html(paragraph(doubt[:1].upper() + doubt[1:], "doubt"))
    name = f"{key} {dialogs.number()}"
    cells = {"title": st.text_input("Title", one.title, key=f"draft title {name}")}
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        cells["when"] = _when(one, name)
    with right:
        status = one.cells.get("status")
        at = STATUSES.index(status) if status in STATUSES else None
        cells["status"] = st.selectbox("Status", STATUSES, at, key=f"draft status {name}") or ""
    cells["place"], place = _place(own, one, name)
    cells["who"] = st.text_input(
        "Who", one.cells.get("who", ""), placeholder="Names, with ; between them", key=f"draft who {name}"
    )
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        cells["source"] = st.text_input("Source", one.cells.get("source", ""), key=f"draft source {name}")
    with right:
        cells["reported"] = st.text_input("Reported", one.cells.get("reported", ""), key=f"draft reported {name}")
    cells["note"] = st.text_input("Note", one.cells.get("note", ""), key=f"draft note {name}")
    with st.container(horizontal=True, gap="small"):
        presses.button("Accept", lambda: _take(key, cells, place, accept=True), type="primary", key="accept the draft")
        presses.button("Check it later", lambda: _take(key, cells, place, accept=False), key="keep the draft")


def _when(one: Proposal, name: str) -> str:
    given = st.text_input("When", one.cells.get("when", ""), help=fields.DATES_HELP, key=f"draft when {name}")
    if given.strip():
        try:
            st.html(paragraph(say_span(edits.understood(given)), "understood"))
        except DateFormatError as error:
            st.html(paragraph(error, "flag", role="alert"))
    return given


def _place(own: Workspace, one: Proposal, name: str) -> tuple[str, Place | None]:
    given = st.text_input("Place", one.cells.get("place", ""), key=f"draft place {name}").strip()
    if not given:
        return "", None
    known = own.draft.names.get(given)
    place = known.place if known and known.place else one.at if given == one.cells.get("place") else None
    words = ""
    if place is None:
        found = workspace.look_up(given)
        place, words = found.place, f"not on the map: {found.reason}"
    st.html(paragraph(fields.full_name(place) if place else words, "understood" if place else "flag"))
    return given, place


def _take(key: int, cells: dict[str, str], place: Place | None, *, accept: bool) -> None:
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    try:
        after = reviewing.change(before, key, cells, place)
        after = reviewing.accept(after, key) if accept else after
    except StoryError as error:
        st.html(paragraph(error, "flag", role="alert"))
        return
    workspace.do(f"{'accepted' if accept else 'changed'} “{cells['title']}”", before, after)
    if accept:
        session.reset_day_later()
    dialogs.close()
    st.rerun()


@st.dialog("The same event as", on_dismiss=dialogs.close)
def merge(own: Workspace, key: int) -> None:
    try:
        review, one = reviewing.find(own.draft, key)
    except StoryError as error:
        st.html(notice(error))
        return
    others = _others(own, review, one)
    st.html(paragraph(f"“{one.title}” becomes one more report of it.", "fine"))
    if not others:
        st.html(paragraph("There is no other event yet.", "fine"))
        return
    into = st.selectbox(
        "Event", list(others), None, key=f"merge {key}", placeholder="Choose one",
        format_func=others.__getitem__,
    )  # fmt: skip
    presses.button(
        "Merge", lambda: _merge(key, str(into), one.title), type="primary", key="merge the draft", disabled=into is None
    )


def _others(own: Workspace, review: Review, one: Proposal) -> dict[str, str]:
    """Happening of the article, or event of the story -> its title, for all that a draft may be a report of."""
    found = {
        other.happening: other.title
        for other in reversed(review.proposals)
        if other.happening != one.happening and other.state != "rejected"
    }
    accepted = {other.key for other in review.proposals if other.state == "accepted"}
    for event in known_events(own.draft):
        if event.latest.row not in accepted and event.id != one.event:
            found[event.id] = f"{event.latest.title}, {say_span(event.latest.span)}"
    return dict(reversed(found.items()))


def _merge(key: int, into: str, title: str) -> None:
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    try:
        after = reviewing.merge(before, key, into)
    except StoryError as error:
        st.html(paragraph(error, "flag", role="alert"))
        return
    workspace.do(f"merged “{title}”", before, after)
    dialogs.close()
    st.rerun()
