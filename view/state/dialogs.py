"""Which dialog is open, kept in the session until it is done with or dismissed.

The press of a button is forgotten by the page's next turn, which the map alone may cause: a dialog that hung on one
would vanish under the reader's hands, or never come.
"""

from __future__ import annotations

from view.state.page_state import page


def show(name: str, about: object = None) -> None:
    """Opens a dialog from the next turn on, `about` something that it has to know; a callback for buttons."""
    close()
    page().dialog = (name, about)
    page().dialogs += 1


def shown() -> tuple[str, object]:
    """The name of the dialog that is open and what it is about; "" for none."""
    return page().dialog


def number() -> int:
    """How many were opened so far: what was put into a former one is none of this one's."""
    return page().dialogs


def close() -> None:
    page().dialog = ("", None)
    # What was pressed in it is none of the next one's.
    page().pressed = ""
