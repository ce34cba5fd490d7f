"""What a press was to do is done, though the browser sends something else in the same moment."""

from __future__ import annotations

import pytest
from streamlit.runtime.scriptrunner import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.testing.v1 import AppTest

from view.widgets import presses


def something_else_came() -> None:
    raise RerunException(RerunData())


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> SafeSessionState:
    """A session whose browser has sent something else, whenever that is looked for; a press in it sets two values."""
    presses.protect()
    there = SafeSessionState(SessionState(), something_else_came)

    def press(*_: object, **__: object) -> None:
        there["first"] = 1
        there["second"] = 2

    monkeypatch.setattr(SessionState, "on_script_will_rerun", press)
    return there


def test_a_press_is_done_whole_though_something_else_came(session: SafeSessionState) -> None:
    session.on_script_will_rerun(None)
    assert session.filtered_state == {"first": 1, "second": 2}


def test_what_came_meanwhile_is_looked_at_once_the_press_is_done(session: SafeSessionState) -> None:
    session.on_script_will_rerun(None)
    with pytest.raises(RerunException):
        session["drawing"] = 1


def test_protecting_twice_is_protecting_once() -> None:
    presses.protect()
    once = SafeSessionState.on_script_will_rerun
    presses.protect()
    assert SafeSessionState.on_script_will_rerun is once


def test_a_press_in_a_dialog_is_done_once_by_the_first_run_that_comes_to_it() -> None:
    def page() -> None:
        import streamlit as st

        from view.widgets import presses

        def do() -> None:
            st.session_state["done"] = st.session_state.get("done", 0) + 1

        if st.session_state.pop("broken off", False):
            st.stop()
        presses.button("Add", do, key="add")

    app = AppTest.from_function(page).run()
    app.session_state["broken off"] = True
    app.button("add").click().run()
    assert "done" not in app.session_state
    assert app.run().session_state["done"] == 1
    assert app.run().session_state["done"] == 1
