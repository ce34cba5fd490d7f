"""The inputs: damaged and hostile files of every kind that is read, each made anew of a seed and a number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tools.fuzz.books import packed, workbook
from tools.fuzz.tokens import BYTES, VALUES, damaged, value

_HEADS = [
    "date",
    "city",
    "title",
    "who",
    "lat",
    "lon",
    "event",
    "place",
    "when",
    "status",
    "reported",
    "source",
    "Country",
]
_ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "mac_roman"]
_TOML = """title = "A trip"
dateline = "Tokyo"
published = 2025-10-21
timezone = "Asia/Tokyo"
mentioned = ["Paris", "Rome"]
notes = ["One", "Two"]
[sources]
paper = "https://example.org"
"""
_PATTERNS = ("{k} = {v}", "[{k}]", "[[{k}]]", "{k}.{k}.x = {v}", "# {v}", "{k} = [{v}, {v}]", "{k} = {{a = {v}}}")
_TOML_VALUES = (
    '"x"', "''", "1", "-1", "1e400", "nan", "inf", "0x" + "f" * 5_000, "9" * 5_000, "2025-02-30",
    "2025-10-21T25:00:00", "true",
    "[" * 3_000, "[" * 300 + "]" * 300, '"\\ud800"', '"\\U00110000"', '"""', "{", "1979-05-27T07:32:00-99:99",
    "07:32:00",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A file that is called `name`, or the reports of a story folder where there is a `head`. `opened` says that it is
    opened as a story too, its places looked up."""

    name: str
    raw: bytes
    head: bytes | None = None
    opened: bool = False

    def write(self, folder: Path) -> Path:
        """Writes it as a reader has it, and returns the path to open."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.head is None:
            path = folder / self.name
            path.write_bytes(self.raw)
            return path
        (folder / "reports.csv").write_bytes(self.raw)
        (folder / "story.toml").write_bytes(self.head)
        return folder


def made(seed: int, number: int) -> Input:
    """The input of that number, always the same."""
    chance = Random(f"{seed} {number}")
    return chance.choice(_KINDS)(chance)


def _workbook(chance: Random) -> Input:
    return Input(
        chance.choice(("a.xlsx", "a.xlsx", "a.xlsm", "a.csv", "a.json")), workbook(chance), opened=_rarely(chance)
    )


def _rarely(chance: Random) -> bool:
    return chance.random() < 0.2


def _rows(chance: Random) -> list[list[str]]:
    heads = chance.sample(_HEADS, chance.randint(1, 6))
    if chance.random() < 0.2:
        heads[chance.randrange(len(heads))] = value(chance)
    rows = [[_cell(head, chance) for head in heads] for _ in range(chance.choice((0, 1, 3, 8)))]
    for row in rows:
        if chance.random() < 0.1:
            row[len(row) // 2 :] = [] if chance.random() < 0.5 else [value(chance)] * chance.choice((1, 20, 3_000))
    return [heads, *rows]


def _cell(head: str, chance: Random) -> str:
    if chance.random() < 0.35:
        return value(chance)
    good = {"date": "2016-09-05", "when": "2016-09-05", "lat": "48.85", "lon": "2.35", "status": "happened"}
    return good.get(head, chance.choice(("Paris", "Rome", "A talk", "")))


def _table(chance: Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=chance.choice(",,,;\t|"),
        lineterminator=chance.choice(("\n", "\r\n", "\r")),
        quoting=csv.QUOTE_ALL if chance.random() < 0.3 else csv.QUOTE_MINIMAL,
    )
    writer.writerows(_rows(chance))
    encoding = chance.choice(_ENCODINGS)
    raw = out.getvalue().encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return damaged(raw, chance) if chance.random() < 0.5 else raw


def _delimited(chance: Random) -> Input:
    return Input(
        chance.choice(("a.csv", "a.csv", "a.tsv", "a.txt", "a.tab", "a")), _table(chance), opened=_rarely(chance)
    )


def _value(chance: Random, depth: int = 0) -> Any:
    match chance.randrange(11 if depth < 4 else 8):
        case 0:
            return None
        case 1:
            return chance.choice((True, False))
        case 2:
            return chance.choice((0, -1, 2**63, 10**350, 1e308, float("nan"), float("inf"), 0.1, 42614))
        case 8:
            return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 9 | 10:
            return {chance.choice((*_HEADS, "")): _value(chance, depth + 1) for _ in range(chance.randrange(4))}
        case _:
            return value(chance)


def _objects(chance: Random) -> Any:
    rows: list[Any] = [dict(zip(_HEADS, map(str, row), strict=False)) for row in _rows(chance)[1:]]
    if rows and chance.random() < 0.6:
        at = chance.randrange(len(rows))
        rows[at] = {**rows[at], chance.choice(_HEADS): _value(chance)} if chance.random() < 0.7 else _value(chance)
    return chance.choice((rows, rows, {"data": rows}, {"a": {"rows": rows, "x": _value(chance)}}, _value(chance)))


def _features(chance: Random) -> Any:
    numbers: Sequence[Any] = (2.35, 48.85, 181, -91, 1e308, float("nan"), None, "2", 10**350, [])
    point = [chance.choice(numbers[: chance.choice((2, 10))]) for _ in range(chance.choice((2, 2, 3, 0, 1)))]
    shapes: Sequence[Any] = (point, [point], [[point] * 4], [[[point] * 4]], {}, None, "x")
    kinds = ("Point", "Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "GeometryCollection", "", None)
    features: list[Any] = [
        {
            "type": "Feature",
            "properties": {head: _cell(head, chance) for head in chance.sample(_HEADS, 3)},
            "geometry": {
                "type": chance.choice(kinds),
                "coordinates": chance.choice(shapes),
                "geometries": _value(chance),
            },
        }
        for _ in range(chance.randrange(4))
    ]
    if features and chance.random() < 0.3:
        features[-1][chance.choice(("type", "properties", "geometry", "id"))] = _value(chance)
    return {"type": chance.choice(("FeatureCollection", "FeatureCollection", "Feature")), "features": features}


def _json(chance: Random) -> Input:
    is_map = chance.random() < 0.4
    given = _features(chance) if is_map else _objects(chance)
    text = json.dumps(given, ensure_ascii=chance.random() < 0.7)
    name = "a.geojson" if is_map else "a.json"
    if not is_map and isinstance(given, list) and chance.random() < 0.4:
        name, text = chance.choice(("a.jsonl", "a.ndjson")), "\n".join(map(json.dumps, given))
    if chance.random() < 0.05:
        text = chance.choice(('{"a":', "[")) * chance.choice((200, 5_000, 200_000)) + text
    encoding = chance.choice(_ENCODINGS[:6])
    raw = text.encode(encoding, "surrogatepass")
    return Input(name, damaged(raw, chance) if chance.random() < 0.4 else raw, opened=_rarely(chance))


def _head(chance: Random) -> bytes:
    lines = _TOML.splitlines()
    for _ in range(chance.randint(1, 3)):
        said = chance.choice(_TOML_VALUES) if chance.random() < 0.7 else json.dumps(chance.choice(VALUES))
        key = chance.choice(("title", "dateline", "published", "timezone", "mentioned", "notes", "sources", "x", '""'))
        line = chance.choice(_PATTERNS).format(k=key, v=said)
        at = chance.randrange(len(lines))
        lines[at : at + chance.randrange(2)] = [line]
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    return damaged(raw, chance) if chance.random() < 0.3 else raw


def _folder(chance: Random) -> Input:
    return Input("reports.csv", _table(chance), _head(chance), opened=True)


def _bundle(chance: Random) -> Input:
    base = chance.choice(("", "trip/", "a/b/", "__MACOSX/", "/", "../"))
    parts = {
        f"{base}{chance.choice(('reports.csv', 'reports.csv', 'REPORTS.CSV', 'a.csv'))}": _table(chance),
        f"{base}story.toml": _head(chance),
        chance.choice(("notes.txt", "x/reports.csv", f"{base}story.TOML", "x" * 300)): chance.choice(BYTES),
    }
    return Input("a.zip", packed(parts, chance), opened=chance.random() < 0.5)


_KINDS: Sequence[Callable[[Random], Input]] = (
    _workbook, _workbook, _workbook, _delimited, _json, _json, _folder, _bundle,
)  # fmt: skip
