"""The shipped gazetteer, opened once; and a small real country to build a gazetteer from in no time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from geo import tables
from geo.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def _andorra(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
