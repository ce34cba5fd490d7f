"""The first start: it builds what it needs, shows progress, survives being killed and two at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from geo.context.resolve import resolve_together
from geo.exc import CacheUnwritable, GeoError, TableDamaged, TableMissing
from geo.gazetteer import Gazetteer
from geo.index import cache, tables

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


def test_an_index_that_is_there_opens_without_what_builds_one(andorra: Path, own_cache: Path) -> None:
    Gazetteer.open(andorra)
    code = OPEN + "; g.resolve('Soldeu'); print(sorted({'filelock', 'geo.index.load'} & set(sys.modules)))"
    opened = subprocess.run([sys.executable, "-c", code, str(andorra)], capture_output=True, text=True, check=True)
    assert opened.stdout.strip() == "[]"


def test_opening_and_the_first_text_look_at_no_table_as_a_whole(
    andorra: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    ask = Gazetteer._ask

    def noted(self: Gazetteer, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        asked.append((query, values))
        return ask(self, query, values)

    monkeypatch.setattr(Gazetteer, "_ask", noted)
    gazetteer = Gazetteer.open(andorra)
    resolve_together(gazetteer, ["Soldeu", "Canillo"], "Soldeu and Canillo are in Andorra.")
    plans = [
        detail
        for query, values in asked
        for *_, detail in ask(gazetteer, f"explain query plan {query}", values)
        if detail.startswith("SCAN ")
    ]
    assert [plan for plan in plans if not ("INDEX" in plan or plan.endswith((" word", " container")))] == []


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


def _truncated(index: Path) -> None:
    index.write_bytes(index.read_bytes()[: index.stat().st_size // 2])


def _zeroed_in_the_middle(index: Path) -> None:
    whole = bytearray(index.read_bytes())
    middle = len(whole) // 8192 * 4096
    whole[middle : middle + 8192] = bytes(8192)
    index.write_bytes(whole)


def _zeroed_everywhere(index: Path) -> None:
    """All but the first page, in place: what a program that has it open meets."""
    size = index.stat().st_size
    with index.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(size - 4096))


def _one_letter_differs(index: Path) -> None:
    index.write_bytes(index.read_bytes().replace(b"Soldeu", b"Sold3u"))


def _without_a_table(index: Path) -> None:
    with closing(sqlite3.connect(index)) as db:
        db.execute("drop table spelling")
        db.commit()


def _empty(index: Path) -> None:
    index.write_bytes(b"")


def _garbage(index: Path) -> None:
    index.write_bytes(b"\x00\xffnonsense" * 5000)


def _gone(index: Path) -> None:
    index.unlink()


DAMAGES = (_truncated, _zeroed_in_the_middle, _one_letter_differs, _without_a_table, _empty, _garbage, _gone)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_again_on_opening(
    damage: Callable[[Path], None], andorra: Path, own_cache: Path
) -> None:
    Gazetteer.open(andorra)
    damage(cache.path(andorra))
    seen: list[float] = []
    gazetteer = Gazetteer.open(andorra, progress=lambda share, word: seen.append(share))
    place = gazetteer.resolve("Soldeu").place
    assert place is not None
    assert place.name == "Soldeu"
    assert gazetteer.alike("soldu")
    assert seen
    seen.clear()
    Gazetteer.open(andorra, progress=lambda share, word: seen.append(share))
    assert seen == [], "it is whole now, and not built a third time"


@pytest.mark.parametrize("damage", [_zeroed_everywhere, _without_a_table, _gone])
def test_damage_that_shows_only_in_a_query_is_mended_once(
    damage: Callable[[Path], None], andorra: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gazetteer = Gazetteer.open(andorra)
    builds: list[Path] = []
    build = cache.build

    def counted(data: Path, path: Path, progress: cache.Progress) -> None:
        builds.append(path)
        build(data, path, progress)

    monkeypatch.setattr(cache, "build", counted)
    damage(cache.path(andorra))

    def look_up(name: str) -> bool:
        return bool(gazetteer.alike("soldu")) and gazetteer.resolve(name).place is not None

    # Each thread has a connection of its own, and all meet the damage.
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(look_up, ["Soldeu", "Canillo", "Encamp", "Ordino"] * 3))
    assert len(builds) == 1


def test_an_error_that_is_no_damage_is_not_hidden(andorra: Path, own_cache: Path) -> None:
    gazetteer = Gazetteer.open(andorra)
    with pytest.raises(sqlite3.DatabaseError, match="nowhere"):
        gazetteer._ask("select * from nowhere")
    assert gazetteer.resolve("Soldeu").place is not None


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9999])
def test_a_full_disk_is_told_in_words_and_leaves_nothing_behind(share: float, andorra: Path, own_cache: Path) -> None:
    Gazetteer.open(andorra)
    room = int(share * cache.path(andorra).stat().st_size)
    cache.path(andorra).unlink()
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom geo.exc import CacheUnwritable\n"
        "from geo.gazetteer import Gazetteer\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "try:\n    Gazetteer.open(Path(sys.argv[1]))\nexcept CacheUnwritable as error:\n    print(error)\n"
    )
    full = subprocess.run([sys.executable, "-B", "-c", code, str(andorra)], capture_output=True, text=True, check=True)
    assert f"cannot write the gazetteer's index to {own_cache}" in full.stdout, full.stderr
    assert "make 200 MB of room" in full.stdout
    assert "DATELINE_CACHE" in full.stdout
    assert not list(own_cache.glob("*.sqlite"))
    assert not list(own_cache.glob("*.tmp"))
    assert Gazetteer.open(andorra).resolve("Soldeu").place is not None


def test_the_index_is_on_the_disk_before_it_has_its_name(
    andorra: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut leaves cannot be had here; the order in which the disk is asked can."""
    asked: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(number: int) -> None:
        asked.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        sync(number)

    def replaced(path: Path, target: Path) -> Path:
        asked.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    Gazetteer.open(andorra)
    assert asked == ["file", "name", "folder"]


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
        cache.path(andorra)


def test_the_committed_tables_are_those_of_the_manifest() -> None:
    for name, line in tables.manifest(tables.FOLDER).items():
        assert (tables.FOLDER / name).stat().st_size == line["bytes"]
        assert sum(1 for _ in tables.read(tables.FOLDER / name, str(line["sha256"]))) == line["rows"]


def test_the_committed_tables_stay_small() -> None:
    assert sum(int(line["bytes"]) for line in tables.manifest(tables.FOLDER).values()) < 15_000_000
