"""The bytes that a reader uploads: no more of them at once than the page can hold, none longer than they are needed.

Streamlit keeps every file that was ever given to an uploader until its session ends, and takes as many as are sent.
"""

from __future__ import annotations

from functools import wraps

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from story.tables.table import LIMITS
from view.state import dialogs
from view.state.page_state import page

MOST_BYTES = 2 * LIMITS.bytes
"""What a reader may give together: the page says so in words."""
MOST_HELD = MOST_BYTES + LIMITS.bytes
"""What is taken of a session at all, so that the page comes to say so; whoever sends without it is refused."""
MOST_FILES = 100
_WITH_FILES = ("open", "columns", "article", "picture")


def bound() -> None:
    """Sees to it that no session has more bytes held than MOST_HELD, nor more files than MOST_FILES."""
    add = MemoryUploadedFileManager.add_file
    if hasattr(add, "__wrapped__"):
        return

    @wraps(add)
    def within(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        with self._lock:
            others = [one for one in self.file_storage.get(session_id, {}).values() if one.file_id != file.file_id]
        if len(others) >= MOST_FILES or sum(len(one.data) for one in others) + len(file.data) > MOST_HELD:
            raise HTTPException(413, "Too many files at once. Remove some, or reload the page.")
        add(self, session_id, file)

    MemoryUploadedFileManager.add_file = within  # type: ignore[method-assign]


def forget() -> None:
    """Lets go of what was given to a dialog that is done with, and of the tables and articles that were read from it.

    While a dialog is open its files stay, also those that the page has not been told of yet.
    """
    now = dialogs.number() if dialogs.shown()[0] in _WITH_FILES else 0
    if page().files_of == now:
        return
    page().files_of = now
    page().tables, page().article, page().fetched = {}, None, None
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
