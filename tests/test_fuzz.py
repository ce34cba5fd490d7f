"""The readers take damaged and hostile files of every kind: each comes to a value or to an error in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.conftest import small_gazetteer
from tools.fuzz import child
from tools.fuzz.__main__ import report, run
from tools.fuzz.inputs import made

SEED = 9


def test_many_inputs_come_to_a_value_or_an_error_in_words(tmp_path: Path) -> None:
    found = run(SEED, seconds=600, inputs=150, folder=tmp_path)
    assert found.failures == []
    assert found.tried == 150
    assert found.counts["value"] > 25
    assert found.counts["refused"] > 25
    assert found.sandboxed > 0


def test_a_seed_makes_the_same_inputs_and_another_one_others() -> None:
    first = [made(SEED, number) for number in range(40)]
    assert first == [made(SEED, number) for number in range(40)]
    assert first != [made(SEED + 1, number) for number in range(40)]
    assert {given.name for given in first} >= {"a.xlsx", "a.csv", "reports.csv", "a.zip"}


def test_what_fails_is_written_to_a_file_with_the_way_to_see_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # Every process that reads begins with this: its reader of CSV fails as no reader may.
    (tmp_path / "sitecustomize.py").write_text("import csv\ncsv.reader = None\n", "utf-8")
    plain = (n for n in range(1, 400) if made(SEED, n).name == "a.csv" and not made(SEED, n).opened)
    number = next(n for n in plain if child.read(made(SEED, n), tmp_path, small_gazetteer)[0] == "value")
    found = run(SEED, seconds=60, first=number, inputs=1, folder=tmp_path / "failed")
    assert report(found) == 1
    assert f"--seed {SEED} --first {number} --inputs 1" in capsys.readouterr().out
    assert (tmp_path / "failed" / f"{SEED}-{number}" / "a.csv").read_bytes() == made(SEED, number).raw
