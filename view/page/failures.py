"""The last handler: what no other part of the page has caught is told in words, and the reader's work stays.

Streamlit itself would put a box with the error's name in place of everything below it. A short code is shown instead
and stands in the log beside the traceback, so that a reader's message leads whoever runs the page to the cause.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import fields
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import FragmentHandledException, StreamlitAPIException
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from view.draw.html import notice
from view.edit import opening_dialog
from view.page import filters, regions
from view.state import dialogs, session
from view.state.address import PARAMETERS
from view.state.page_state import PageState, page
from view.work import catalogue, workspace

STATE = st.session_state
MOST_RUNS = 3
"""After so many failures without a page that came to its end, none is drawn anew unasked."""
_OF_FAILURES = ("broken", "failed", "failed_runs", "whole", "whole_page", "whole_edits", "remembered")
_RESTORED = tuple(one.name for one in fields(PageState) if one.name not in _OF_FAILURES)
"""What of the page's state is as before again after an act that failed."""
_LOG = logging.getLogger(__name__)
_UNDONE = "Your last action failed, and nothing of it was kept."
_MADE = "Your last change was made, but a step that follows it failed. Undo takes it back."
_UNSEEN = "Part of this page cannot be shown. The story and your changes to it are safe."


def begin() -> DeltaGenerator:
    """The place below the top bar for what failed; tells what the last act's callback raised."""
    state = page()
    if state.broken:
        state.broken = False
        # Controls that were not drawn have gone from the browser too, and are to come back as they were set.
        for name in PARAMETERS:
            if name in STATE:
                STATE[name] = STATE[name]
    place = st.container(key="failure")
    code, what = state.failed
    if code:
        place.html(notice(_words(what, code, "You can go on from here.")))
    return place


def end() -> None:
    """The page stands as a whole: what it had to tell of a failure has been told."""
    remember()
    page().failed, page().failed_runs = ("", ""), 0


def part(draw: Callable[[], None], *, alone: bool) -> None:
    """Draws a part of the page that Streamlit can also draw alone; what fails in it is the whole page's failure.

    Where it is not to be drawn `alone` it is the same part all the same: one that became another would be loaded anew
    by the browser, and the map with it.
    """
    failed: list[Exception] = []
    whole = True

    def attempt() -> None:
        if not (whole or alone):
            st.rerun()
        try:
            draw()
        except Exception as error:
            if not whole:
                st.rerun()
            failed.append(error)

    st.fragment(attempt)()
    whole = False
    if failed:
        raise failed[0]


def remember() -> None:
    """Notes the selection as it stands: a callback that fails leaves it so, not half changed."""
    state, own = page(), workspace.at_hand()
    state.whole = {name: _own(STATE[name]) for name in PARAMETERS if name in STATE}
    state.whole_page = {name: _own(getattr(state, name)) for name in _RESTORED}
    state.whole_edits = own.edits if own else None
    state.remembered = True


def in_callback(error: Exception) -> bool:
    """For `st.App`: takes back what a callback or a dialog had begun, and draws the page anew with a word on it."""
    code = report(error)
    state = page()
    state.failed_runs += 1
    _restore()
    dialogs.close()
    own = workspace.at_hand()
    # An edit is done as a whole or not at all, and another tab may have gone on from it: it is not taken back unasked.
    made = own is not None and state.remembered and own.edits is not state.whole_edits
    state.failed = (code, _MADE if made else _UNDONE)
    context = get_script_run_ctx()
    if state.failed_runs > MOST_RUNS or context is None or context.script_requests is None:
        # The page could not be drawn after the last failures either.
        st.html(notice(_words(_UNSEEN, code, "Reload the page in a moment.")))
        return True
    context.script_requests.request_rerun(
        RerunData(
            query_string=context.query_string,
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )
    return True


def in_page(error: Exception, place: DeltaGenerator, bar: DeltaGenerator) -> NoReturn:
    """Tells at `place` what kept the page from being drawn whole, and offers the ways on; `bar` is the page's top."""
    if isinstance(error, FragmentHandledException) and page().failed_runs <= MOST_RUNS:
        # One of a dialog, which `in_callback` has seen to and closed.
        st.rerun()
    code = report(error)
    with place:
        st.html(notice(_words(_UNSEEN, code, "Try again, show the whole story, or choose another one above.")))
        with st.container(horizontal=True, gap="small"):
            st.button("Try again", key="failure again")
            st.button("Show the whole story", key="failure everything", on_click=_show_everything)
            _attempt(_undo)
    with bar:
        _attempt(_story_choice)
        _attempt(opening_dialog.opener)
    if dialogs.shown()[0] == "open":
        _attempt(opening_dialog.open_story)
    # The browser's cookie is its key to what is not saved: it must be there even if the page never was.
    _attempt(regions.tab)
    _attempt(regions.script)
    page().broken = True
    # Streamlit forgets the controls that a run has not drawn, unless it was stopped.
    st.stop()


def report(error: Exception) -> str:
    """Writes an error to the log with its traceback; returns the code that it has there."""
    code = secrets.token_hex(3).upper()
    _LOG.error("failure %s: %s", code, type(error).__name__, exc_info=error)
    return code


def _words(what: str, code: str, advice: str) -> str:
    return f"Something went wrong. {what} {advice} If it happens again, tell whoever runs this page: reference {code}."


def _show_everything() -> None:
    session.reset_filters()
    session.reset_day()
    session.choose()


def _story_choice() -> None:
    """The stories that are there without a library, where the list of all could not be drawn."""
    labels = {ref: catalogue.label(str(ref)) for ref in catalogue.paths()}
    if session.story() not in labels:
        session.set_story(next(iter(labels)))
    filters.story_choice(labels)


def _undo() -> None:
    own = workspace.at_hand()
    if own is not None and own.edits.past:
        st.button("Undo the last change", key="failure undo", on_click=workspace.undo)


def _attempt(part: Callable[[], object]) -> None:
    """Draws a part of the page that stands there already, or is itself what fails, if it can be."""
    try:
        part()
    except Exception as error:
        _LOG.debug("left out beside a failure: %r", error)


def _restore() -> None:
    """The selection as it was before the act that failed."""
    state = page()
    for name in _RESTORED:
        setattr(state, name, _own(state.whole_page[name]) if state.remembered else getattr(PageState(), name))
    for name in [name for name in PARAMETERS if name in STATE and name not in state.whole]:
        del STATE[name]
    for name, value in state.whole.items():
        # A control that stands on the page already keeps what it is set to: it was a dialog that failed, not an act.
        with suppress(StreamlitAPIException):
            STATE[name] = _own(value)


def _own(value: object) -> object:
    """A value that is not changed where the session's is: lists, sets and dictionaries are copied."""
    return copy(value) if isinstance(value, list | set | dict) else value
