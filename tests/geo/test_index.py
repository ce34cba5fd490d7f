"""The first start: it builds what it needs, shows progress, survives being killed and two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from geo import index, tables
from geo.exc import CacheUnwritable, GeoError, TableDamaged, TableMissing
from geo.gazetteer import Gazetteer

OPEN = (
    "import sys; from pathlib import Path; from geo.gazetteer import Gazetteer; g = Gazetteer.open(Path(sys.argv[1]))"
)


def test_a_first_start_builds_and_shows_progress(andorra: Path, own_cache: Path) -> None:
    seen: list[tuple[float, str]] = []
    gazetteer = Gazetteer.open(andorra, progress=lambda share, word: seen.append((share, word)))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(word for _, word in seen)
    place = gazetteer.resolve("Soldeu").place
    assert place is not None
    assert place.country == "AD"


def test_a_second_start_builds_nothing(andorra: Path, own_cache: Path) -> None:
    Gazetteer.open(andorra)
    seen: list[float] = []
    Gazetteer.open(andorra, progress=lambda share, word: seen.append(share))
    assert seen == []


def test_a_changed_table_is_seen(andorra: Path, own_cache: Path) -> None:
    assert Gazetteer.open(andorra).resolve("Casa Nova").place is None
    (andorra / "places").mkdir()
    (andorra / "places" / "mine.csv").write_text(
        "id,name,kind,latitude,longitude,south,west,north,east,country,admin1,importance,aliases\n"
        "mine:1,Casa Nova,site,42.5,1.5,,,,,AD,Canillo,0.5,New House;NH\n",
        "utf-8",
    )
    place = Gazetteer.open(andorra).resolve("Casa Nova").place
    assert place is not None
    assert (place.id, place.admin1, place.timezone) == ("mine:1", "Canillo", "Europe/Andorra")
    assert len(list(own_cache.glob("*.sqlite"))) == 1


def test_a_build_killed_half_way_leaves_the_next_one_unharmed(andorra: Path, own_cache: Path) -> None:
    stuck = OPEN.replace("g = ", "print('go', flush=True); g = ").replace(
        "Path(sys.argv[1])",
        "Path(sys.argv[1]), progress=lambda s, w: (print(w, flush=True), sys.stdin.read(1) if s > .8 else 0)",
    )
    process = subprocess.Popen(
        [sys.executable, "-c", stuck, str(andorra)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    while "writing spellings" not in (line := process.stdout.readline()):
        assert line, "the build ended too early"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert process.stdin is not None
    process.stdin.close()
    assert not list(own_cache.glob("*.sqlite"))
    assert list(own_cache.glob("*.tmp"))
    assert Gazetteer.open(andorra).resolve("Soldeu").place is not None
    assert not list(own_cache.glob("*.tmp"))


def test_two_processes_at_once_build_one_index(andorra: Path, own_cache: Path) -> None:
    code = OPEN + "; print(g.resolve('Soldeu').place.name)"
    pair = [
        subprocess.Popen([sys.executable, "-c", code, str(andorra)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate()[0].strip() for process in pair] == ["Soldeu", "Soldeu"]
    assert len(list(own_cache.glob("*.sqlite"))) == 1


def test_a_damaged_table_says_which_and_what_to_do(andorra: Path, own_cache: Path) -> None:
    (andorra / "cities.tsv.xz").write_bytes(b"nonsense")
    with pytest.raises(TableDamaged, match=r"cities\.tsv\.xz.*restore it"):
        Gazetteer.open(andorra)


def test_a_missing_table_says_which_and_what_to_do(andorra: Path, own_cache: Path) -> None:
    (andorra / "divisions.tsv.xz").unlink()
    with pytest.raises(TableMissing, match=r"divisions\.tsv\.xz is missing") as raised:
        Gazetteer.open(andorra)
    assert isinstance(raised.value, (GeoError, FileNotFoundError))


def test_a_bad_hand_written_row_is_named(andorra: Path, own_cache: Path) -> None:
    (andorra / "places").mkdir()
    (andorra / "places" / "mine.csv").write_text(
        "id,name,kind,latitude,longitude,south,west,north,east,country,admin1,importance,aliases\n"
        "mine:1,Casa Nova,castle,42.5,1.5,,,,,AD,,0.5,\n",
        "utf-8",
    )
    with pytest.raises(TableDamaged, match=r"mine\.csv.*'mine:1'.*'castle'"):
        Gazetteer.open(andorra)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written_says_what_to_set(andorra: Path, own_cache: Path) -> None:
    own_cache.chmod(0o500)
    with pytest.raises(CacheUnwritable, match="DATELINE_CACHE"):
        index.path(andorra)


def test_the_committed_tables_are_those_of_the_manifest() -> None:
    for name, line in tables.manifest(tables.FOLDER).items():
        assert (tables.FOLDER / name).stat().st_size == line["bytes"]
        assert sum(1 for _ in tables.read(tables.FOLDER / name, str(line["sha256"]))) == line["rows"]


def test_the_committed_tables_stay_small() -> None:
    assert sum(int(line["bytes"]) for line in tables.manifest(tables.FOLDER).values()) < 15_000_000
