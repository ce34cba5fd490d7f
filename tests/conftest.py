"""What every test gets: no way to the internet, one cache for what is slow to build, and the same examples every run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# The gazetteer's index takes seconds to build, so all tests share the one that the page uses; a test of building takes a
# folder of its own. Set before anything of the project is imported.
os.environ.setdefault("DATELINE_CACHE", str(ROOT / ".cache"))

settings.register_profile(
    "dateline",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
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


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder for one test that builds or breaks what is kept there."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("DATELINE_CACHE", str(folder))
    yield folder
