"""`python -m geo`: what it prints, what it exits with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.cli import main
from geo.gazetteer import Gazetteer
from tests.geo import services

SIX = ["Camp Asaka", "Naval Air Station Fallon", "Yokosuka Naval Base", "Strait of Hormuz", "Donbas", "Paris, Texas"]


def test_six_names_of_the_news_are_placed_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", *SIX]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 12
    assert [line.split(": ")[0] for line in lines[::2]] == SIX
    assert all(line.startswith("    ") and line.strip() for line in lines[1::2])


def test_json_has_one_object_a_line_with_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Yokosuka", "Tokoy", "--json"]) == 1
    found, unknown = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    fields = "query latitude longitude name kind country admin1 timezone source reason candidates"
    assert " ".join(found) == fields
    assert (found["query"], found["country"], found["timezone"]) == ("Yokosuka", "JP", "Asia/Tokyo")
    assert unknown["latitude"] is None
    assert "Tokyo" in [c["name"] for c in unknown["candidates"]]


def test_an_unknown_name_exits_with_1_and_says_what_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Yokosukka"]) == 1
    assert "did you mean Yokosuka" in capsys.readouterr().out


def test_in_a_country_and_near_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "San Jose", "--in", "Costa Rica"]) == 0
    assert "Costa Rica" in capsys.readouterr().out
    assert main(["geocode", "San Jose", "--in", "cr"]) == 0
    assert "Costa Rica" in capsys.readouterr().out
    assert main(["geocode", "Cambridge", "--near", "Boston"]) == 0
    assert "Massachusetts" in capsys.readouterr().out


def test_an_unknown_country_or_neighbour_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "San Jose", "--in", "Narnia"]) == 2
    assert main(["geocode", "San Jose", "--near", "Narniaaa"]) == 2
    assert "Narnia" in capsys.readouterr().err


def test_all_shows_each_candidate_with_its_penalty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "San Jose", "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 10


def test_resolve_reads_and_writes_json_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "In Paris, Texas, and Nowhereville."
    mentions = [{"start": 3, "end": 8, "text": "Paris"}, {"start": 21, "end": 33, "text": "Nowhereville"}]
    line = json.dumps({"id": "a", "text": text, "mentions": mentions})
    monkeypatch.setattr(sys, "stdin", io.StringIO(line + "\n\n"))
    assert main(["resolve"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["id"] == "a"
    paris, nowhere = answer["resolutions"]
    assert nowhere is None
    assert set(paris) == {"latitude", "longitude", "name", "kind", "country", "reason"}
    assert paris["latitude"] == pytest.approx(33.66, abs=0.05)


def test_a_line_that_is_no_text_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": 1}\n'))
    assert main(["resolve"]) == 2
    assert "line 1" in capsys.readouterr().err


def test_lines_after_a_broken_one_are_still_answered() -> None:
    good = b'{"id": 2, "text": "Tokyo", "mentions": [{"start": 0, "end": 5, "text": "Tokyo"}]}'
    ran = subprocess.run(
        [sys.executable, "-m", "geo", "resolve"],
        input=b"\n".join([b"{broken", b"\xff\xfe", good]) + b"\n",
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 2
    assert json.loads(ran.stdout)["id"] == 2
    assert b"line 1" in ran.stderr
    assert b"line 2" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_a_service_is_asked_only_when_named(
    gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("geo.cli.cache.cache_folder", lambda data: tmp_path)
    monkeypatch.setattr(Gazetteer, "open", lambda progress: gazetteer)
    with services.serving() as service:
        service.says(services.NOMINATIM)
        assert main(["geocode", "Tokyo"]) == 0
        assert service.asked == []
        asked = [
            "geocode",
            "Tokyo",
            "--online",
            "nominatim",
            "--set",
            f"domain={service.domain}",
            "--set",
            "scheme=http",
        ]
        assert main(asked) == 0
        assert service.asked == ["Tokyo"]
        assert "nominatim found it" in capsys.readouterr().out
        assert main(asked) == 0
        assert service.asked == ["Tokyo"]
    assert "nominatim found it on" in capsys.readouterr().out


def test_a_setting_or_service_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Tokyo", "--online", "nosuch"]) == 2
    assert main(["geocode", "Tokyo", "--online", "photon", "--set", "domain"]) == 2
    assert "nosuch" in (said := capsys.readouterr().err)
    assert "NAME=VALUE" in said


def test_damaged_tables_end_in_words_not_in_a_traceback(tmp_path: Path, own_cache: Path) -> None:
    environment = {**os.environ, "DATELINE_GAZETTEER": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-m", "geo", "geocode", "Tokyo"], capture_output=True, text=True, env=environment, check=False
    )
    assert ran.returncode == 2
    assert "manifest.json is missing" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_index_only_makes_the_gazetteer_ready(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index"]) == 0
    assert capsys.readouterr().out == ""


def test_explain_prints_every_reading_and_every_penalty_with_its_reason(
    gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["geocode", "--explain", "Korea, South"]) == 0
    printed = capsys.readouterr().out.splitlines()
    readings = [line for line in printed if "looked up" in line]
    assert [line.split(": ")[0].strip(" |") for line in readings][-1] == "Korea"
    assert any("“south korea”, +0.000: 1 found" in line for line in readings)
    (great,) = [line for line in printed if "South Korea, KR (country)" in line and "older name" not in line]
    total, _, parts = great.partition("South Korea, KR (country): ")
    numbers = [float(part.split()[0]) for part in parts.split(", ") if part[0] in "+-"]
    assert sum(numbers) == pytest.approx(float(total.strip(" |")), abs=0.002)
    assert printed[-2].startswith("Korea, South: South Korea (country)")


def test_nothing_is_traced_unless_asked_for(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Korea, South"]) == 0
    assert "looked up" not in capsys.readouterr().out
