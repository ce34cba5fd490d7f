"""What every test gets: no way to the internet, and the same examples every run."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from geo.gazetteer import Gazetteer
from geo.index import tables
from story.opening import sandbox, source
from story.tables.table import Table

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "dateline",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    # A busy machine is slow at making inputs, which says nothing of the code.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("dateline")

LOOPBACK = frozenset({None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", b"localhost", b"127.0.0.1"})


@pytest.fixture(autouse=True)
def _no_name_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-socket refuses to connect elsewhere; a lookup of an outside name would already tell someone."""
    real = socket.getaddrinfo

    def local_only(host: Any, *arguments: Any, **named: Any) -> Any:
        if host not in LOOPBACK:
            raise socket.gaierror(socket.EAI_FAIL, f"a test looked up {host!r}: tests use this machine only")
        return real(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", local_only)


@pytest.fixture(scope="session", autouse=True)
def _no_library_of_anybodys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Between two tests too, when a thread of the page may still be writing: see `library_url`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('nobody') / 'library.sqlite'}")
        yield


@pytest.fixture(autouse=True)
def library_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library of the test's own: none ever touches that of whoever runs the tests."""
    url = f"sqlite:///{tmp_path / 'library' / 'library.sqlite'}"
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    return url


_COUNTING = """
import story.tables.load as load

parse = load.parse_table

def counted(raw, name, *rest, **named):
    with open({log!r}, "a", encoding="utf-8") as file:
        file.write(name + "\\n")
    return parse(raw, name, *rest, **named)

load.parse_table = counted
"""


@pytest.fixture
def parses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """Gives the names of the tables that were parsed so far, here or in the processes that read strangers' files."""
    folder = tmp_path / "counting"
    folder.mkdir()
    log = folder / "parsed.txt"
    log.touch()
    # Python runs a module of this name as it starts.
    (folder / "sitecustomize.py").write_text(_COUNTING.format(log=str(log)), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    parse = source.parse_table

    def counted(raw: bytes, name: str, *rest: Any) -> Table:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        return parse(raw, name, *rest)

    monkeypatch.setattr(source, "parse_table", counted)
    for waiting in sandbox._spares.values():
        waiting.kill()
        waiting.wait()
    yield lambda: log.read_text(encoding="utf-8").split()
    # Nor does one that counts wait for other tests' files.
    for waiting in sandbox._spares.values():
        waiting.kill()
        waiting.wait()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for a test of building; all others share the page's own index, which takes seconds."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("DATELINE_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, opened once."""
    return Gazetteer.open()


@pytest.fixture(scope="session")
def _andorra(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small real country, to build a gazetteer from in no time."""
    folder = tmp_path_factory.mktemp("andorra") / "data" / "gazetteer"
    folder.mkdir(parents=True)
    lines = {}
    for name, line in tables.manifest(tables.FOLDER).items():
        rows = tables.read(tables.FOLDER / name, str(line["sha256"]))
        lines[name] = tables.write(folder / name, (tuple(row) for row in rows if row[5] == "AD"))
    (folder / tables.MANIFEST).write_text(json.dumps({"tables": lines}), "utf-8")
    return folder


@pytest.fixture
def andorra(_andorra: Path, tmp_path: Path) -> Path:
    """The tables of Andorra alone, a copy to spoil."""
    return Path(shutil.copytree(_andorra, tmp_path / "checkout" / "data" / "gazetteer"))
