"""Files to take along: written when they are asked for, and held until the browser has them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from story.chunks import encoded


def button(words: str, write: Callable[[], str | bytes], file: str, mime: str, key: str) -> None:
    """A button that gives what `write` comes to as the file `file`."""
    held = partial(_held, get_script_run_ctx(), write, file, mime, key)
    st.download_button(words, held, file, mime, key=key, on_click="ignore")


def _held(session: ScriptRunContext | None, write: Callable[[], str | bytes], file: str, mime: str, key: str) -> bytes:
    """What `write` gives, named as a file of the session's page, so that it stays until that is drawn anew.

    A file that is only written on demand belongs to no page, and Streamlit drops it once anybody's page has been drawn
    twice: on a busy server before the browser has come for it.
    """
    written = write()
    data = written if isinstance(written, bytes) else encoded(written)
    if session is not None and runtime.exists():
        files = runtime.get_instance().media_file_mgr
        # Whose page it is, Streamlit asks the thread; this one works for all of them.
        name = threading.Thread(
            target=files.add, args=(data, mime, f"held {key}", file), kwargs={"is_for_static_download": True}
        )
        add_script_run_ctx(name, session)
        name.start()
        name.join()
    return data
