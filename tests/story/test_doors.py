"""Every door that takes a place name reads it the same way: the same place, for the same reason."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import main
from geo.context.resolve import resolve_together
from geo.gazetteer import Gazetteer
from geo.place import Resolution
from story.draft import Draft, edits, settle
from story.model.metadata import Metadata
from story.opening.stories import open_draft
from story.placing import Placing, place_with

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "names.csv"
Fate = dict[str, str]
FIELDS = ("place", "country", "unknown", "overruled", "reason")


def rows() -> list[Fate]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fate(found: Resolution) -> Fate:
    place = found.place
    shown = (place.name if place else "", place.country if place else "", found.unknown, found.overruled, found.reason)
    return dict(zip(FIELDS, shown, strict=True))


@pytest.fixture(scope="module")
def placing(gazetteer: Gazetteer) -> Placing:
    return place_with(gazetteer)


def by_file(placing: Placing, path: Path, *rows: list[str]) -> dict[str, Resolution]:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return dict(open_draft(path, placing).names)


def by_reports_csv(placing: Placing, name: str, folder: Path) -> dict[str, Resolution]:
    head = ["event", "title", "place", "when"]
    return by_file(placing, folder / "reports.csv", head, ["e1", "A thing", name, "2025-10-01"])


def by_a_stranger_s_table(placing: Placing, name: str, folder: Path) -> dict[str, Resolution]:
    return by_file(placing, folder / "table.csv", ["Date", "Location", "What"], ["2025-10-01", name, "A thing"])


def by_an_event_that_is_added(placing: Placing, name: str, folder: Path) -> dict[str, Resolution]:
    draft = edits.add(Draft("x", Metadata("X")), {"title": "A thing", "place": name, "when": "2025-10-01"})
    return dict(settle(draft, placing).names)


def by_text(placing: Placing, name: str, folder: Path) -> dict[str, Resolution]:
    return {name: resolve_together(placing.gazetteer, [name])[0]}


def by_the_gazetteer(placing: Placing, name: str, folder: Path) -> dict[str, Resolution]:
    return {name: placing.gazetteer.resolve(name)}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
@pytest.mark.parametrize(
    "door", [by_the_gazetteer, by_text, by_reports_csv, by_a_stranger_s_table, by_an_event_that_is_added]
)
def test_each_door_gives_the_same_place_and_the_same_reason(
    placing: Placing, tmp_path: Path, row: Fate, door: Callable[[Placing, str, Path], dict[str, Resolution]]
) -> None:
    found = door(placing, row["name"], tmp_path)
    if ";" in row["reason"] and "this names" in row["reason"] and row["name"] not in found:
        # Where a row may be several stops, a list is that many rows.
        assert "; ".join(found) == row["reason"].partition(": ")[2]
        assert all(stop.place for stop in found.values())
        return
    assert fate(found[row["name"]]) == {field: row[field] for field in FIELDS}


def test_the_commands_read_names_so_too(
    gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = rows()
    names = [row["name"] for row in golden]
    assert main(["geocode", "--json", *names]) == 1
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["query"] for one in printed] == names
    for one, row in zip(printed, golden, strict=True):
        assert (one["name"] or "", one["country"] or "", one["reason"]) == (row["place"], row["country"], row["reason"])
        assert (one.get("unknown", ""), one.get("overruled", "")) == (row["unknown"], row["overruled"])
        assert one.get("approximate", False) == bool(row["unknown"])
    lines = [json.dumps({"id": name, "text": "", "mentions": [{"start": 0, "end": 0, "text": name}]}) for name in names]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert main(["resolve"]) == 0
    answers = [json.loads(line)["resolutions"][0] for line in capsys.readouterr().out.splitlines()]
    assert [answer["name"] if answer else "" for answer in answers] == [row["place"] for row in golden]
