"""What no column says: a title for every row, and an id for those that would pass for one event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.normalise import fold
from story.model.columns import UNPLACED, Row
from story.tables.columns.matched import Matching
from story.tables.table import Table
from story.tables.values.days import UNDATED, is_blank
from story.text import clean, fingerprint, slug

_LONGEST_TITLE = 90
_NOBODY = frozenset(
    "male female man woman boy girl men women child adult anonymous unidentified unnamed withheld victim tk".split()
)
"""What a column of names says where none is known; as a title it tells nothing."""


def titled(rows: list[Row], table: Table, matching: Matching) -> list[Row]:
    """Every row with a title: its own, or the shortest text that tells it from all other events of the table.

    That is what happened, with where or who only as far as it takes: other columns say those too. Where a table does
    not say what happened it is who or where; what it says first where neither is known. A title such as "male" stands
    where a name should: it is put together with what and where, too.
    """
    kinds = dict(zip(table.lines, (_kind(matching, cells) for cells in table.rows), strict=True))
    actors = dict(zip(table.lines, (_actors(matching, cells) for cells in table.rows), strict=True))
    possible = [
        [row.cells["title"]]
        if row.cells["title"] and not _is_nobody(row.cells["title"])
        else _titles(row.cells, kinds[row.line], actors[row.line])
        for row in rows
    ]
    events: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row, titles in zip(rows, possible, strict=True):
        for title in titles:
            events[title.casefold()].add(tuple(row.cells[name] for name in ("who", "place", "when")))
    return [
        row
        if [row.cells["title"]] == titles
        else replace(
            row,
            cells={
                **row.cells,
                "title": min(titles, key=lambda one: (len(events[one.casefold()]), len(one)), default=""),
            },
        )
        for row, titles in zip(rows, possible, strict=True)
    ]


def _kind(matching: Matching, cells: Sequence[str]) -> str:
    return next((clean(cells[n]) for n in matching.columns("kind") if not is_blank(clean(cells[n]))), "")


def _actors(matching: Matching, cells: Sequence[str]) -> str:
    said = (clean(cells[n], lines=True) for n in matching.columns("actors"))
    return ";".join(dict.fromkeys(cell for cell in said if not is_blank(cell)))


def title_of(cells: Mapping[str, str]) -> str:
    """What a row without a title is called by itself: who, where, else its text, its place, its day; "" for none."""
    return max(_titles(cells), key=len, default="")


def _titles(cells: Mapping[str, str], kind: str = "", actors: str = "") -> list[str]:
    """What a row without a title may be called, none of it "": what, who and where in all that may be left out of them.

    `kind` and `actors` are said by no other column of the page, and stay.
    """
    said = {name: cells.get(name, "") for name in ("title", "who", "place", "summary", "note", "when")}
    everybody = (said["who"] or actors or said["title"]).split(";")
    who = " and ".join(everybody[:2])
    whole = f"{kind}: {who}" if kind and who else kind or who
    place = "" if said["place"] == UNPLACED else said["place"]
    where = place.split(",")[0].strip() if not re.match(r"[-\d.]+, ", place) else ""
    if whole:
        what = kind if said["who"] else whole
        with_place = [f"{one}, {where}" if one else where for one in (what, whole) if where]
        return list(dict.fromkeys(_short(one) for one in (what, whole, *with_place) if one))
    first = re.split(r"(?<=[.!?])\s", said["summary"])[0]
    point = ", ".join(filter(None, (cells.get("latitude", ""), cells.get("longitude", ""))))
    when = "" if said["when"] == UNDATED else said["when"]
    return list(filter(None, map(_short, (first, place, said["note"], point, when))))[:1]


def _is_nobody(title: str) -> bool:
    words = re.findall(r"\w+", fold(title))
    return bool(words) and all(word in _NOBODY for word in words)


def _short(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def told_apart(rows: list[Row], table: Table) -> list[Row]:
    """Rows that would pass for reports of one event, told apart by all that they say; in such a table each is one."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if not row.cells["event"]:
            alike[fold(row.cells["title"]), fold(row.cells["place"]), row.cells["when"]].append(number)
    if all(len(numbers) == 1 for numbers in alike.values()):
        return rows
    whole = dict(zip(table.lines, table.rows, strict=True))
    rows = list(rows)
    for numbers in alike.values():
        times: dict[str, int] = defaultdict(int)
        for number in numbers if len(numbers) > 1 else ():
            row = rows[number]
            said = fingerprint(row.cells["place"], row.cells["when"], *whole[row.line])
            times[said] += 1
            again = f"-{times[said]}" if times[said] > 1 else ""
            name = "-".join(filter(None, (slug(row.cells["title"])[:60], slug(row.cells["when"]), said)))
            rows[number] = replace(row, cells={**row.cells, "event": name + again})
    return rows
