"""The inputs of one row: what is typed is taken over at once, or refused with a reason and left as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.place import Place
from story.draft import Draft, edits
from story.draft.carrying import cells_of
from story.exc import DateFormatError
from story.model import STATUSES, Report
from story.wording import say_span, say_time
from view.draw.html import paragraph, render
from view.state import session
from view.state.page_state import page
from view.work import opening, workspace

STATE = st.session_state
LABELS = {
    "title": "Title",
    "when": "When",
    "status": "Status",
    "place": "Place",
    "who": "Who",
    "source": "Source",
    "reported": "Reported",
    "url": "Link",
    "summary": "Summary",
    "note": "Note",
    "latitude": "Latitude",
    "longitude": "Longitude",
}
DATES_HELP = (
    "2025-10-29, or Oct. 29, 2025 · 2025-10 some day in October · 2025-10-27/2025-10-31 from–to · "
    "[2025-10-27..2025-10-31] one day in this range · 2025-10-28/.. from then on · 2025-10-29? unconfirmed · "
    "2025-10~ about"
)


def row(
    draft: Draft, key: int, report: Report | None, year: int, travellers: Sequence[str], place: Place | None
) -> None:
    """The inputs of a row; `report` is what it comes to, None for a row that was set aside."""
    cells = cells_of(report) if report else edits.row_of(draft, key).cells

    def cell(column: str, **options: Any) -> None:
        text(f"cell {key} {column}", LABELS[column], cells.get(column, ""), _typed, (key, column), **options)

    cell("title")
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        cell("when", help=DATES_HELP)
        if report:
            zone = report_zone(place)
            words = ", ".join(filter(None, (say_span(report.span, year), say_time(report.span, zone, ""))))
            st.html(paragraph(words, "understood"))
    with right:
        _status(key, cells.get("status", ""))
    cell("place")
    if report:
        st.html(_there(draft, report, place))
    _who(key, cells.get("who", ""), travellers)
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        cell("source")
    with right:
        cell("reported", help="The day it became known: 2025-10-24")
    with st.expander("Summary, note, link, coordinates"):
        cell("summary", area=True)
        cell("note", area=True)
        cell("url")
        left, right = st.columns(2, gap="small")
        with left:
            cell("latitude")
        with right:
            cell("longitude")


def report_zone(place: Place | None) -> str:
    return place.timezone if place else ""


def _there(draft: Draft, report: Report, place: Place | None) -> Markup:
    """Where a report is put on the map, or why it is not."""
    if report.latitude is not None:
        return paragraph(f"at {report.latitude:.3f}, {report.longitude:.3f}, the row’s own coordinates", "understood")
    if place is None:
        found = draft.names.get(report.place)
        return render("edit/unplaced", reason=found.reason if found else "not looked up yet")
    return paragraph(full_name(place), "understood")


def text(
    key: str,
    words: str,
    value: str,
    typed: Callable[..., None],
    arguments: tuple[Any, ...],
    *,
    area: bool = False,
    help: str | None = None,
) -> None:
    """One input; `typed` is called with `arguments` when it has been changed, and may `refuse`."""
    refused, typed_before = refusals().get(key, ("", ""))
    session.put(key, typed_before if refused else value)
    draw = st.text_area if area else st.text_input
    draw(words, key=key, on_change=_anew, args=(key, typed, arguments), help=help)
    if refused:
        st.html(paragraph(refused, "flag", role="alert"))


def _anew(key: str, typed: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    refusals().pop(key, None)
    typed(*arguments)


def refusals() -> dict[str, tuple[str, str]]:
    """Input -> why what was typed into it was not taken over, and what that was."""
    return page().refusals


def refuse(key: str, why: str) -> None:
    refusals()[key] = why, str(STATE.get(key, ""))


def _typed(key: int, column: str) -> None:
    _take(key, column, str(STATE[f"cell {key} {column}"]))


def _take(key: int, column: str, value: str) -> None:
    """Puts one cell into the story, or says why not."""
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    new, why = changed(before, key, column, value)
    if why:
        refuse(f"cell {key} {column}", why)
    else:
        workspace.do(said(new, key, column), before, new)


def changed(draft: Draft, key: int, column: str, value: str) -> tuple[Draft, str]:
    """The draft with another cell, and why it is not to be: the row would be lost by it, or the cell not count."""
    if column in ("when", "reported") and value.strip():
        try:
            edits.understood(value)
        except DateFormatError as error:
            return draft, str(error)
    was_usable = edits.complaint(draft, key) is None
    new = edits.change(draft, key, {column: value})
    with opening.for_good():
        problem = edits.complaint(new, key, column)
    if problem is not None and (was_usable or problem.field == column):
        return draft, problem.message
    return new, ""


def said(draft: Draft, key: int, column: str) -> str:
    """What was done, in words."""
    what = LABELS[column].lower() if column in LABELS else f"“{column}”"
    return f"changed {what} of “{title(draft, key)}”"


def title(draft: Draft, key: int) -> str:
    """What a row is called where one edit of it is told."""
    return edits.row_of(draft, key).cells.get("title") or "a report"


def _status(key: int, value: str) -> None:
    name = f"cell {key} status"
    session.put(name, value if value in STATUSES else None)
    st.selectbox("Status", STATUSES, key=name, on_change=_status_chosen, args=(key,), placeholder="from the dates")


def _status_chosen(key: int) -> None:
    _take(key, "status", STATE[f"cell {key} status"] or "")


def _who(key: int, value: str, travellers: Sequence[str]) -> None:
    name = f"cell {key} who"
    there = [one.strip() for one in value.split(";") if one.strip()]
    session.put(name, there)
    st.multiselect(
        "Who", list(dict.fromkeys([*there, *travellers])), key=name, accept_new_options=True,
        placeholder="nobody yet", on_change=_who_chosen, args=(key,),
    )  # fmt: skip


def _who_chosen(key: int) -> None:
    _take(key, "who", ";".join(STATE[f"cell {key} who"]))


def full_name(place: Place) -> str:
    """A place as a table would write it, with all that contains it: "Springfield, Illinois, United States"."""
    return place.in_words(workspace.country(place))
