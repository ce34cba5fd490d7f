"""Many articles: each is read once and stands on one line, whatever a file, a worker or an interruption does."""

from __future__ import annotations

import json
import os
import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.weights import Home
from story.bulk import cluster
from story.bulk.inputs import Said, inputs, read_list
from story.bulk.output import Output
from story.bulk.run import run
from story.cli import main
from story.exc import ArticleFormatError, ClusterUnreachableError
from story.opening.fetching import Fetched
from story.opening.stories import open_story
from story.query.selection import events_as_of

TEXT = "OSLO, Oct. 24, 2025 — Minister Lena Holt visited Bergen on Tuesday.\n"


def article(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_line_has_places_days_and_reports_with_their_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = article(tmp_path, "a.txt")
    assert main(["read", str(path), "--source", "The Harbour Post"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["id"] == "a.txt"
    assert found["published"] == "2025-10-24"
    assert {"start", "end", "text", "use", "latitude", "longitude", "name", "kind", "country", "approximate"} <= {
        *found["toponyms"][0]
    }
    assert {"start", "end", "text", "type", "value", "edtf"} == {*found["timexes"][0]}
    (report,) = found["reports"]
    assert (report["place"], report["when"], report["status"], report["who"], report["source"]) == (
        "Bergen",
        "2025-10-21",
        "happened",
        "Lena Holt",
        "The Harbour Post",
    )
    start, end = report["spans"]["place"]
    assert TEXT[start:end] == "Bergen"


def test_offsets_count_in_the_file_as_it_is_with_its_own_line_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"First line.\r\n\r\nLena Holt visited Bergen on Tuesday.\r\n")
    main(["read", str(path), "--published", "2025-10-24"])
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    text = path.read_bytes().decode()
    assert [text[one["start"] : one["end"]] for one in found["toponyms"]] == ["Bergen"]


def test_a_broken_file_is_one_line_of_its_own_and_not_the_end(tmp_path: Path) -> None:
    article(tmp_path, "in/a.txt")
    (tmp_path / "in" / "b.docx").write_bytes(b"PK\x03\x04 broken")
    article(tmp_path, "in/c.txt", "")
    to = tmp_path / "out.jsonl"
    assert main(["read", str(tmp_path / "in"), "--to", str(to), "--jobs", "1"]) == 1
    found = {one["id"]: one for one in lines(to)}
    assert "reports" in found["a.txt"]
    assert "'b.docx' is a damaged Word file" in found["b.docx"]["error"]
    assert "'c.txt' holds no text" in found["c.txt"]["error"]


def test_a_run_that_was_broken_off_goes_on_where_it_ended(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        article(tmp_path, f"in/{name}", TEXT + name)
    to = tmp_path / "out.jsonl"
    wanted = inputs([tmp_path / "in"], Said(), {})
    run(wanted[:2], to, jobs=1)
    whole = to.read_bytes()
    to.write_bytes(whole + b'{"id": "c.txt", "toponyms": [{"sta')
    run(wanted, to, jobs=1)
    assert [one["id"] for one in lines(to)] == ["a.txt", "b.txt", "c.txt"]
    assert to.read_bytes().startswith(whole)


def test_what_was_not_written_by_this_command_is_not_written_over(tmp_path: Path) -> None:
    path = article(tmp_path, "notes.txt", "my notes\n")
    with pytest.raises(ArticleFormatError, match="line 1 was not written by this command"):
        Output(path)
    assert path.read_text() == "my notes\n"


def test_a_changed_file_or_another_day_is_read_anew(tmp_path: Path) -> None:
    path = article(tmp_path, "a.txt")
    (one,) = inputs([path], Said(), {})
    (other,) = inputs([path], Said(date(2025, 1, 1)), {})
    assert one.key(b"x") != one.key(b"y")
    assert one.key(b"x") != other.key(b"x")


def test_a_list_says_day_and_source_of_each_file_and_a_bad_line_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text("file,published,source\na.txt,2025-10-24,The Post\nb,,Nordlys\n", "utf-8")
    said = {"a.txt": Said(date(2025, 10, 24), "The Post"), "b": Said(None, "Nordlys")}
    assert read_list(path) == (said, [])
    path.write_text("file,published\na.txt,24 October\nb.txt,2025-10-24\n", "utf-8")
    found, (problem,) = read_list(path)
    assert found == {"a.txt": Said(), "b.txt": Said(date(2025, 10, 24))}
    assert "line 2: '24 October' is not a date" in problem
    path.write_text("name\na.txt\n", "utf-8")
    with pytest.raises(ArticleFormatError, match="no column 'file'"):
        read_list(path)


def test_the_articles_of_a_source_tell_where_it_is_at_home(tmp_path: Path) -> None:
    towns = ("Dubuque", "Decorah", "Davenport", "Cedar Rapids", "Waterloo")
    for town in towns:
        article(tmp_path, f"in/{town}.txt", f"The mayor of {town}, Iowa, spoke in Dubuque on Monday.\n")
    article(tmp_path, "in/z.txt", "The council met in Manchester on Monday.\n")
    alone, at_home = tmp_path / "alone.jsonl", tmp_path / "home.jsonl"
    main(["read", str(tmp_path / "in" / "z.txt"), "--to", str(alone), "--jobs", "1"])
    main(["read", str(tmp_path / "in"), "--source", "Telegraph Herald", "--to", str(at_home), "--jobs", "1"])
    assert lines(alone)[0]["toponyms"][0]["country"] == "GB"
    (found,) = [one for one in lines(at_home) if one["id"] == "z.txt"]
    assert found["toponyms"][0]["country"] == "US"


def test_a_path_that_is_not_there_and_a_folder_without_articles_are_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleFormatError, match="is not there"):
        inputs([tmp_path / "no"], Said(), {})
    with pytest.raises(ArticleFormatError, match="no article to read"):
        inputs([tmp_path], Said(), {})


def test_an_address_is_fetched_and_one_of_an_inner_net_is_a_line_with_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Fetched(TEXT.encode(), "news", "https://example.org/news")
    monkeypatch.setattr("story.bulk.inputs.fetch", lambda address: page)
    to = tmp_path / "out.jsonl"
    assert main(["read", "https://example.org/news", "--to", str(to)]) == 0
    assert [one["place"] for line in lines(to) for one in line["reports"]] == ["Bergen"]
    monkeypatch.undo()
    assert main(["read", "http://127.0.0.1:9/news", "--to", str(to)]) == 1
    assert "is not on the public web" in lines(to)[-1]["error"]


def test_the_reports_of_many_articles_make_one_story_and_the_same_event_is_one(tmp_path: Path) -> None:
    article(tmp_path, "in/a.txt", "OSLO, Oct. 24, 2025 — Minister Lena Holt will visit Bergen on Monday.\n")
    article(tmp_path, "in/b.txt", "OSLO, Oct. 28, 2025 — Minister Lena Holt visited Bergen on Monday.\n")
    folder = tmp_path / "story"
    assert main(["read", str(tmp_path / "in"), "--jobs", "1", "--source", "Nordlys", "--story", str(folder)]) == 0
    (event,) = events_as_of(open_story(folder), None)
    assert [report.status for report in event.reports] == ["scheduled", "happened"]
    assert (event.toponym, event.span.edtf, event.who) == ("Bergen", "2025-10-27", ("Lena Holt",))
    article(tmp_path, "c.txt", "OSLO, Oct. 30, 2025 — Minister Lena Holt left Bergen on Tuesday.\n")
    assert main(["read", str(tmp_path / "c.txt"), "--story", str(folder)]) == 0
    assert len(events_as_of(open_story(folder), None)) == 2


def test_articles_that_are_read_once_more_add_nothing_to_their_story(tmp_path: Path) -> None:
    article(
        tmp_path,
        "in/a.txt",
        "OSLO, Oct. 24, 2025 — Minister Lena Holt will visit Bergen on Monday.\n"
        "Holt told reporters in Tromsø on Thursday that she would fly to Bodø next week.\n",
    )
    folder = tmp_path / "story"
    command = ["read", str(tmp_path / "in"), "--jobs", "1", "--source", "Nordlys", "--story", str(folder)]
    assert main(command) == 0
    once = (folder / "reports.csv").read_text("utf-8")
    assert once.count("\n") == 4
    assert main(command) == 0
    assert (folder / "reports.csv").read_text("utf-8") == once


# On a real cluster of two workers


def killing(raw: bytes, name: str, said: Said, home: Home | None = None) -> dict[str, Any]:
    """Stands in for the reading of an article: some of them end their worker, one of them only the first time."""
    if raw == b"kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if raw.startswith(b"once "):
        mark = Path(raw.decode().removeprefix("once "))
        if not mark.exists():
            mark.write_text("done")
            os.kill(os.getpid(), signal.SIGKILL)
    return {"id": name, "reports": []}


@pytest.fixture
def two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "line_of", killing)


@pytest.mark.usefixtures("two_workers")
def test_who_kills_a_worker_is_one_error_and_every_other_is_read_exactly_once(tmp_path: Path) -> None:
    jobs = [(f"key {n}", f"text {n}".encode(), f"{n}.txt", Said(), None) for n in range(30)]
    jobs[7] = ("key 7", b"kills", "7.txt", Said(), None)
    jobs[15] = ("key 15", f"once {tmp_path / 'mark'}".encode(), "15.txt", Said(), None)
    found = list(cluster.lines(jobs, workers=2))
    assert sorted(key for key, _ in found) == sorted(key for key, *_ in jobs)
    broken = {line["id"]: line["error"] for _, line in found if "error" in line}
    assert list(broken) == ["7.txt"]
    assert "ended the process that read it, twice" in broken["7.txt"]


def test_an_address_where_no_scheduler_answers_is_quoted() -> None:
    with pytest.raises(ClusterUnreachableError, match=r"tcp://127\.0\.0\.1:9"):
        list(cluster.lines([], workers=1, scheduler="tcp://127.0.0.1:9"))
