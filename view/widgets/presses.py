"""A press is done, whole, before anything that comes after it.

Streamlit breaks a run off wherever it touches the session once the browser has sent something else, as the map does by
itself. That is right for drawing, which begins anew; what a press was to do would be done by half, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState

from view.state.page_state import page


def protect() -> None:
    """Sees to it that no callback of a control is broken off, nor left out because something else came meanwhile."""
    take_over = SafeSessionState.on_script_will_rerun
    if hasattr(take_over, "__wrapped__"):
        return

    @wraps(take_over)
    def whole(self: SafeSessionState, *arguments: Any, **named: Any) -> None:
        with _unbroken(self):
            take_over(self, *arguments, **named)

    SafeSessionState.on_script_will_rerun = whole  # type: ignore[method-assign]


def button(label: str, do: Callable[[], None], *, key: str, form: bool = False, **options: Any) -> None:
    """A button that does something in place, as in a dialog: once for every press, whole, whatever run comes to it.

    `form` makes it the button of a form.
    """
    draw = st.form_submit_button if form else st.button
    draw(label, key=key, on_click=_note, args=(key,), **options)
    context = get_script_run_ctx()
    if page().pressed == key and context is not None:
        page().pressed = ""
        with _unbroken(context.session_state):
            do()


def _note(key: str) -> None:
    page().pressed = key


@contextmanager
def _unbroken(state: SafeSessionState) -> Iterator[None]:
    """The session is used without looking whether something else has come, which waits until this is done."""
    # Its attributes are the session's values, but for those of its own.
    own = vars(state)
    look, own["_yield_callback"] = own["_yield_callback"], _go_on
    try:
        yield
    finally:
        own["_yield_callback"] = look


def _go_on() -> None:
    """Nothing has come."""
