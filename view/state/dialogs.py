"""Which dialog is open, kept in the session until it is done with or dismissed.

The press of a button is forgotten by the page's next turn, which the map alone may cause: a dialog that hung on one
would vanish under the reader's hands, or never come.
"""

from __future__ import annotations

import streamlit as st

STATE = st.session_state


def show(name: str, about: object = None) -> None:
    """Opens a dialog from the next turn on, `about` something that it has to know; a callback for buttons."""
    close()
    STATE["_dialog"] = (name, about)
    STATE["_dialogs"] = STATE.get("_dialogs", 0) + 1


def shown() -> tuple[str, object]:
    """The name of the dialog that is open and what it is about; "" for none."""
    name, about = STATE.get("_dialog", ("", None))
    return str(name), about


def number() -> int:
    """How many were opened so far: what was put into a former one is none of this one's."""
    return int(STATE.get("_dialogs", 0))


def close() -> None:
    STATE["_dialog"] = ("", None)
    # What was pressed in it is none of the next one's.
    STATE["_pressed"] = ""
