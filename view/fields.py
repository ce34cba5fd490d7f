"""The inputs of one row: what is typed is taken over at once, or refused with a reason and left as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo.place import Place
from story import edits
from story.draft import Draft
from story.exc import DateFormatError
from story.model import STATUSES, Event, Report
from story.words import say_span, say_time
from view import desk, dialogs, opening, session
from view.html import escape

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
    "2025-10-29, or Oct. 29, 2025 · 2025-10 some day of October · 2025-10-27/2025-10-31 from, to · "
    "[2025-10-27..2025-10-31] one day among these · 2025-10-28/.. from then on · 2025-10-29? unconfirmed · "
    "2025-10~ about"
)
UNCHANGED = "as before"


def row(
    draft: Draft, key: int, report: Report | None, year: int, travellers: Sequence[str], place: Place | None
) -> None:
    """The inputs of a row; `report` is what it comes to, None for a row that was set aside."""
    cells = stated(report) if report else edits.row_of(draft, key).cells

    def cell(column: str, **options: Any) -> None:
        text(f"cell {key} {column}", LABELS[column], cells.get(column, ""), _typed, (key, column), **options)

    cell("title")
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        cell("when", help=DATES_HELP)
        if report:
            zone = report_zone(place)
            words = ", ".join(filter(None, (say_span(report.span, year), say_time(report.span, zone, ""))))
            st.html(f'<p class="understood">{escape(words)}</p>')
    with right:
        _status(key, cells.get("status", ""))
    cell("place")
    if report:
        st.html(f'<p class="understood">{_there(draft, report, place)}</p>')
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


def stated(report: Report) -> dict[str, str]:
    """What a report says, with what it takes over from the one before."""
    return {
        "title": report.title,
        "when": report.span.edtf,
        "status": report.status,
        "place": report.place,
        "who": ";".join(report.who),
        "source": report.source,
        "reported": report.reported.isoformat() if report.reported else "",
        "url": report.url,
        "summary": report.summary,
        "note": report.note,
        "latitude": "" if report.latitude is None else str(report.latitude),
        "longitude": "" if report.longitude is None else str(report.longitude),
    }


def report_zone(place: Place | None) -> str:
    return place.timezone if place else ""


def _there(draft: Draft, report: Report, place: Place | None) -> str:
    if report.latitude is not None:
        return escape(f"at {report.latitude:.3f}, {report.longitude:.3f}, the row’s own coordinates")
    if place is None:
        found = draft.names.get(report.place)
        return f'<span class="flag">not on the map: {escape(found.reason if found else "not looked up yet")}</span>'
    return escape(full_name(place))


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
        st.html(f'<p class="flag" role="alert">{escape(refused)}</p>')


def _anew(key: str, typed: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    refusals().pop(key, None)
    typed(*arguments)


def refusals() -> dict[str, tuple[str, str]]:
    """Input -> why what was typed into it was not taken over, and what that was."""
    found: dict[str, tuple[str, str]] = STATE.setdefault("_refused", {})
    return found


def refuse(key: str, why: str) -> None:
    refusals()[key] = why, str(STATE.get(key, ""))


def _typed(key: int, column: str) -> None:
    _take(key, column, str(STATE[f"cell {key} {column}"]))


def _take(key: int, column: str, value: str) -> None:
    """Puts one cell into the story, or says why not."""
    own = desk.at_work()
    if own is None:
        return
    before = own.draft
    new, why = changed(before, key, column, value)
    if why:
        refuse(f"cell {key} {column}", why)
    else:
        desk.do(said(new, key, column), before, new)


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
    return f"changed {LABELS[column].lower()} of “{edits.row_of(draft, key).cells.get('title') or 'a report'}”"


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
    _take(key, "who", ";".join(one.replace(";", ",") for one in STATE[f"cell {key} who"]))


@st.dialog("Add an event", on_dismiss=dialogs.close)
def add_event() -> None:
    cells = {"title": st.text_input("Title", key="new title")}
    cells |= _when_and_status("", "from the dates")
    cells |= _where("")
    cells["who"] = st.text_input("Who", placeholder="Names, with ; between them", key="new who")
    cells |= _by_whom("")
    if st.button("Add", type="primary", key="add the event"):
        event = _add(cells, ("title", "when", "place"), f"added “{cells['title']}”")
        if event:
            session.choose(event=event)
            dialogs.close()
            st.rerun()


@st.dialog("A new report", on_dismiss=dialogs.close)
def add_report(event: Event) -> None:
    st.html(f'<p class="fine">On “{escape(event.title)}”. What is left blank stays as it was reported before.</p>')
    cells = {"event": event.id}
    cells |= _when_and_status(event.span.edtf, event.status)
    cells |= _where(event.toponym)
    cells |= _by_whom(event.source or UNCHANGED)
    cells["note"] = st.text_area("Note", key="new note")
    added = st.button("Add", type="primary", key="add the report")
    if added and _add(cells, ("reported",), f"added a report on “{event.title}”"):
        dialogs.close()
        st.rerun()


def _when_and_status(when: str, status: str) -> dict[str, str]:
    """Day and status of a new row, with what was understood; the parameters stand in the empty inputs."""
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        given = st.text_input("When", placeholder=when, help=DATES_HELP, key="new when")
        if given.strip():
            try:
                st.html(f'<p class="understood">{escape(say_span(edits.understood(given)))}</p>')
            except DateFormatError as error:
                st.html(f'<p class="flag" role="alert">{escape(error)}</p>')
    with right:
        chosen = st.selectbox("Status", STATUSES, index=None, placeholder=status, key="new status")
    return {"when": given, "status": chosen or ""}


def _where(place: str) -> dict[str, str]:
    given = st.text_input("Place", placeholder=place, key="new place")
    if given.strip():
        found = desk.look_up(given)
        words = f"not on the map: {found.reason}" if found.place is None else full_name(found.place)
        st.html(f'<p class="{"flag" if found.place is None else "understood"}">{escape(words)}</p>')
    return {"place": given}


def _by_whom(source: str) -> dict[str, str]:
    left, right = st.columns([1.35, 1], gap="small")
    with left:
        given = st.text_input("Source", placeholder=source if source else None, key="new source")
    with right:
        reported = st.text_input("Reported", date.today().isoformat(), key="new reported")
    return {"source": given, "reported": reported}


def full_name(place: Place) -> str:
    """A place as a table would write it, with all that contains it: "Springfield, Illinois, United States"."""
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, desk.country(place)) if part))


def _add(cells: dict[str, str], needed: Sequence[str], done: str) -> str:
    """Adds a row and gives its event; says what is wrong and gives "" where it cannot be used."""
    own = desk.at_work()
    missing = [LABELS[name].lower() for name in needed if not cells[name].strip()]
    if missing:
        st.html(f'<p class="flag" role="alert">Still to say: {escape(", ".join(missing))}.</p>')
    if own is None or missing:
        return ""
    key, before = edits.new_key(), own.draft
    new = edits.add(before, cells, key=key)
    problem = edits.complaint(new, key, "")
    if problem is not None:
        st.html(f'<p class="flag" role="alert">{escape(problem.message)}</p>')
        return ""
    desk.do(done, before, new)
    return edits.row_of(new, key).cells["event"]
