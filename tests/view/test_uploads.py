"""The bytes that a reader uploads are let go of when they are done with, and a session holds only so many."""

from __future__ import annotations

import gc
import weakref

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests.view.page_driver import Open
from tests.view.test_opening import VISITS, give
from view.state.page_state import KEY
from view.work import uploads


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    monkeypatch.setattr(uploads, "MOST_HELD", 1_000)
    uploads.bound()
    return MemoryUploadedFileManager("/upload")


def a_file(name: str, size: int) -> UploadedFileRec:
    return UploadedFileRec(name, f"{name}.csv", "text/csv", bytes(size))


def held(manager: MemoryUploadedFileManager, session: str) -> int:
    return sum(len(file.data) for file in manager.file_storage[session].values())


def test_a_session_holds_only_so_many_bytes_whoever_sends_them(manager: MemoryUploadedFileManager) -> None:
    for name in "abc":
        manager.add_file("one", a_file(name, 300))
    with pytest.raises(HTTPException, match="Too many files") as refused:
        manager.add_file("one", a_file("d", 300))
    assert refused.value.status_code == 413
    assert held(manager, "one") == 900
    manager.add_file("another", a_file("d", 300))
    manager.add_file("one", a_file("c", 400))
    manager.remove_file("one", "a")
    manager.add_file("one", a_file("d", 300))
    assert held(manager, "one") == 1_000


def test_a_session_holds_only_so_many_files(manager: MemoryUploadedFileManager) -> None:
    for number in range(uploads.MOST_FILES):
        manager.add_file("one", a_file(f"{number}", 0))
    with pytest.raises(HTTPException):
        manager.add_file("one", a_file("more", 0))


def test_bounding_twice_is_bounding_once(manager: MemoryUploadedFileManager) -> None:
    once = MemoryUploadedFileManager.add_file
    uploads.bound()
    assert MemoryUploadedFileManager.add_file is once


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files each session held that was cleared of some."""
    cleared: list[int] = []
    clear = MemoryUploadedFileManager.remove_session_files

    def noted(self: MemoryUploadedFileManager, session_id: str) -> None:
        if files := self.file_storage.get(session_id):
            cleared.append(len(files))
        clear(self, session_id)

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_session_files", noted)
    return cleared


def test_a_file_is_let_go_of_once_it_is_opened(open_at: Open, forgotten: list[int]) -> None:
    shown = give(open_at(), {"visits.csv": VISITS})
    assert forgotten == []
    assert shown.app.session_state[KEY].tables
    shown.press("open table")
    assert forgotten == [1]
    assert not shown.app.session_state[KEY].tables
    assert "Visits" in shown.html("headline")


def test_what_was_read_of_a_file_is_let_go_of_once_it_is_opened(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": VISITS})
    (parsed,) = shown.app.session_state[KEY].tables.values()
    held = weakref.ref(parsed.spool)
    del parsed
    shown.press("open table")
    gc.collect()
    assert held() is None
    assert "Visits" in shown.html("headline")


def test_a_file_is_let_go_of_once_its_dialog_is_dismissed(open_at: Open) -> None:
    shown = give(open_at(), {"visits.csv": VISITS})
    shown.app.session_state[KEY].dialog = ("", None)
    shown.run()
    assert not shown.app.session_state[KEY].tables


def test_files_that_are_too_much_together_are_refused_in_words_and_others_can_be_given(
    open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", len(VISITS) + 1)
    shown = give(open_at(), {"one.csv": VISITS, "two.csv": VISITS})
    assert "MB. Open one at a time." in shown.dialog()
    assert not shown.app.file_uploader[0].value
    shown.app.file_uploader[0].set_value([("visits.csv", VISITS, "")])
    assert "3 rows, UTF-8" in shown.run().dialog()
    assert "Open one at a time" not in shown.dialog()
    assert "Open one at a time" not in shown.press("open").dialog()
