"""Strangers' files are read in a process of its own: what ends it is told, and this process goes on."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import BoundedSemaphore, Event
from time import monotonic
from typing import Any

import pytest

from geo.gazetteer import Gazetteer
from story.exc import OpeningCancelledError, StoryError, StoryFormatError, TableSizeError
from story.opening import sandbox
from story.opening.source import Upload
from tests.story.workbooks import sheet, workbook

ROWS = [["date", "city", "title"], ["2016-09-05", "Paris", "One"]]
FAR = [
    "<c r='XFD1048576'><v>1</v></c>",
    '<c r="xfd1048576"><v>1</v></c>',
    '<c t="n" x=">" r="XFD1048576"><v>1</v></c>',
    f'<c x="{"y" * 900}" r="XFD1048576"><v>1</v></c>',
    f'<c {" " * 900} r="XFD1048576"><v>1</v></c>',
]


def read(raw: bytes, name: str, **named: Any) -> sandbox.Parsed:
    return sandbox.read_upload(Upload(name, raw), **named)


def far(cell: str) -> bytes:
    return workbook(sheet(ROWS).replace("</sheetData>", f"<row r='1048576'>{cell}</row></sheetData>"))


@pytest.mark.parametrize("cell", FAR, ids=["single quotes", "lower case", "a > before it", "long", "blanks"])
def test_a_workbook_made_to_fill_the_memory_is_an_error_that_names_it(cell: str) -> None:
    with pytest.raises(TableSizeError, match=r"'far\.xlsx' .*Save only"):
        read(far(cell), "far.xlsx")


def test_what_is_read_there_is_what_is_read_here() -> None:
    parsed = read(workbook(sheet(ROWS)), "trip.xlsx")
    assert parsed.source.table.rows == (("2016-09-05", "Paris", "One"),)
    assert parsed.matching.named("place") == ("city",)


def test_what_was_read_opens_as_its_columns_are_taken_then_as_often_as_it_is_asked_for() -> None:
    Gazetteer.open()
    rows = [["2016-09-05", "Paris", "Rome", f"{number} " + "x" * 1_000] for number in range(2_000)]
    parsed = read(workbook(sheet([["date", "city", "town", "title"], *rows])), "trip.xlsx")
    for column in ("city", "town"):
        draft = sandbox.open_parsed(parsed.spool, parsed.matching.with_column("place", [column]))
        assert len(draft.rows) == 2_000
        assert {row.cells["place"] for row in draft.rows} == {"Paris" if column == "city" else "Rome"}
        assert draft.head.title == "Trip"


def test_it_is_ended_when_its_time_is_over_or_it_is_called_off() -> None:
    with pytest.raises(TableSizeError, match=r"'a\.csv' could not be read within 0 seconds"):
        read(b"date,city\n" * 1_000_000, "a.csv", bounds=sandbox.Bounds(seconds=0))
    with pytest.raises(OpeningCancelledError):
        read(b"date,city\n" * 1_000_000, "a.csv", cancelled=lambda: True)


def elsewhere(raw: bytes) -> bytes:
    """The workbook with its first sheet in a part outside xl/worksheets, and an innocent one where it was."""
    parts = zipfile.ZipFile(io.BytesIO(raw))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith("workbook.xml.rels"):
                content = content.replace(b"worksheets/sheet1.xml", b"elsewhere/far.xml")
            if name == "xl/worksheets/sheet1.xml":
                archive.writestr("xl/elsewhere/far.xml", content)
                content = sheet(ROWS).encode()
            archive.writestr(name, content)
    return made.getvalue()


def many() -> bytes:
    cell = f"<row r='1048576'>{FAR[0]}</row></sheetData>"
    return workbook(*[sheet(ROWS).replace("</sheetData>", cell)] * 40)


HIDDEN = [
    pytest.param(many, id="forty sheets"),
    pytest.param(lambda: elsewhere(far(FAR[0])), id="a part outside xl/worksheets"),
    pytest.param(lambda: elsewhere(far('<c r="XFD1048576"><v>1</v></c>')), id="the same, written as usual"),
    pytest.param(lambda: far(f'<!-- <c r="A1"> -->{FAR[1]}<!-- <c r="A1"/> -->'), id="beside comments"),
    pytest.param(lambda: far(f'<c <!-- r="A1" --> r="A2">{FAR[0]}</c>'), id="inside a cell with a comment"),
]


@pytest.mark.parametrize("made", HIDDEN)
def test_a_far_cell_is_an_error_in_words_wherever_it_hides(made: object) -> None:
    assert callable(made)
    raw = made()
    assert len(raw) < 60_000
    with pytest.raises(StoryError, match=r"'far\.xlsx' .*(?:Save|Delete)"):
        read(raw, "far.xlsx")


def test_a_far_cell_inside_a_comment_is_none() -> None:
    assert read(far(f"<!-- {FAR[0]} -->"), "near.xlsx").source.table.count == 1


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started from now on; none waits from before."""
    made: list[subprocess.Popen[bytes]] = []
    start = sandbox._start

    def noted(kind: sandbox.Kind) -> subprocess.Popen[bytes]:
        made.append(start(kind))
        return made[-1]

    monkeypatch.setattr(sandbox, "_start", noted)
    for waiting in sandbox._spares.values():
        waiting.kill()
        waiting.wait()
    return made


def test_a_process_that_dies_of_another_signal_is_told_as_a_damaged_file(
    started: list[subprocess.Popen[bytes]],
) -> None:
    def strike() -> bool:
        started[0].send_signal(signal.SIGSEGV)
        return False

    with pytest.raises(StoryFormatError, match=r"'a\.csv' is damaged and cannot be read"):
        read(b"date,city\n" * 1_000_000, "a.csv", cancelled=strike)
    assert read(b"date,city\n2016-09-05,Paris\n", "b.csv").source.table.count == 1


def test_a_process_that_died_while_it_waited_is_not_used(started: list[subprocess.Popen[bytes]]) -> None:
    sandbox.make_ready()
    started[0].kill()
    started[0].wait()
    assert read(b"date,city\n2016-09-05,Paris\n", "b.csv").source.table.count == 1
    assert len(started) >= 2


def test_who_comes_when_all_are_at_work_waits_is_told_and_can_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = BoundedSemaphore(1)
    monkeypatch.setattr(sandbox, "_READING", slots)
    slots.acquire()
    said: list[str] = []
    with pytest.raises(OpeningCancelledError):
        read(b"date,city\n", "a.csv", progress=lambda share, words: said.append(words), cancelled=lambda: bool(said))
    assert said == ["waiting for other files to be read"]

    def make_room(share: float, words: str) -> None:
        slots.release()

    assert read(b"date,city\n2016-09-05,Paris\n", "a.csv", progress=make_room).source.table.count == 1
    assert slots.acquire(blocking=False), "a file that was read has left its place"


def test_the_process_knows_nothing_of_the_server_but_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    for name in ("DATELINE_DATABASE_URL", "DATELINE_HOSTS", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("DATELINE_CACHE", "cache")
    assert "secret" not in sandbox._environment().values()
    assert sandbox._environment()["DATELINE_CACHE"] == "cache"
    sandbox.make_ready()
    environment = Path(f"/proc/{started[0].pid}/environ")
    assert not environment.exists() or b"secret" not in environment.read_bytes()


SERVER = """
import sys
from story.opening import sandbox
from story.opening.source import Upload
if sys.argv[1] == "waits":
    sandbox.make_ready()
    print(sandbox._spares["files"].pid, flush=True)
    sys.stdin.read()
start = sandbox._start
def noted(kind):
    process = start(kind)
    print(process.pid, flush=True)
    return process
sandbox._start = noted
sandbox.read_upload(Upload("a.csv", b"date,city\\n2016-09-05,Paris\\n" * 2_000_000))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="whether a process has ended is read from /proc")
@pytest.mark.parametrize("at", ["waits", "works"])
def test_a_process_ends_with_its_server_even_one_that_is_killed(root: Path, at: str) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, at], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdin is not None
    assert server.stdout is not None
    reader = int(server.stdout.readline())
    assert is_alive(reader)
    server.kill()
    server.wait()
    server.stdin.close()
    server.stdout.close()
    deadline = monotonic() + 60
    while is_alive(reader):
        assert monotonic() < deadline, "the process outlives its server"
        Event().wait(0.05)


def is_alive(process_id: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked for does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")
