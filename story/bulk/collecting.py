"""The reports of many articles put into one story folder, matched with what it knows already.

Nobody has looked at these reports: what was inferred about one is said in its note.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from geo.gazetteer import Gazetteer
from geo.place import Place
from story.draft import Draft, story_of
from story.draft.edits import editable, new_key
from story.draft.proposals import Proposal, Review
from story.draft.reviewing import accept, add_review
from story.exc import ProposalError
from story.export.table import export_csv
from story.model.metadata import Metadata, title_from
from story.opening.archive import HEAD, REPORTS
from story.opening.stories import open_draft
from story.placing import place_with
from story.query.selection import events_as_of

_SAID = ("who", "place", "status", "reported", "source")
_COLUMNS = ("title", "who", "place", "when", "status", "reported", "source")


def collect(lines: Iterable[Mapping[str, Any]], folder: Path, gazetteer: Gazetteer) -> tuple[int, int]:
    """Puts the reports of read articles into the story at a folder, which is made where it is not there.

    Gives how many reports were added, and how many lack a title, a place or a day and were left out. Articles are
    taken by their day of publication, so that a later one adds to what an earlier one told. What stands in the folder
    already is not added again: an article may be read once more.
    """
    draft = _opened(folder, gazetteer)
    known = [row.cells for row in draft.rows]
    added = left_out = 0
    for line in sorted(lines, key=lambda line: str(line.get("published") or "")):
        if "error" in line:
            continue
        review = _review(line)
        draft = add_review(draft, review)
        for one in draft.reviews[-1].proposals:
            if any(_is_known(one, cells) for cells in known):
                continue
            try:
                draft = accept(draft, one.key)
                added += 1
            except ProposalError:
                left_out += 1
    _write(folder, draft)
    return added, left_out


def _is_known(one: Proposal, cells: Mapping[str, str]) -> bool:
    """Whether a row says the same by the same word: of the event that the proposal was matched with, or so titled."""
    if any(one.cells.get(name, "") != cells.get(name, "") for name in _SAID):
        return False
    return cells.get("title", "") == one.title or bool(one.event and cells.get("event") == one.event)


def _opened(folder: Path, gazetteer: Gazetteer) -> Draft:
    if (folder / REPORTS).exists():
        return editable(open_draft(folder, place_with(gazetteer)))
    return Draft(folder.name or "story", Metadata(title_from(folder.name or "story")))


def _review(line: Mapping[str, Any]) -> Review:
    published = None
    with suppress(ValueError, TypeError):
        published = date.fromisoformat(line["published"])
    title = str(line.get("title") or line["id"])
    proposals = tuple(_proposal(report) for report in line["reports"])
    return Review(new_key(), title, "", proposals, published, str(line.get("source") or ""))


def _proposal(report: Mapping[str, Any]) -> Proposal:
    cells = {name: str(report[name]) for name in _COLUMNS if report.get(name)}
    note = "; ".join(filter(None, [report.get("note"), *report.get("doubts", ())]))
    at = None
    if report.get("latitude") is not None:
        name = str(report["place"])
        at = Place(f"read:{name}", name, report["latitude"], report["longitude"], "area", source="Dateline")
    spans = {name: (int(start), int(end)) for name, (start, end) in report["spans"].items()}
    cells |= {"note": note} if note else {}
    return Proposal(new_key(), cells, str(report["event"]), spans, {}, tuple(report.get("doubts", ())), at=at)


def _write(folder: Path, draft: Draft) -> None:
    """The folder's files; the table is there whole or as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    story = story_of(replace(draft, reviews=()))
    new = folder / f".{REPORTS}.new"
    new.write_text(export_csv(events_as_of(story, None)), encoding="utf-8", newline="")
    new.replace(folder / REPORTS)
    head = folder / HEAD
    if not head.exists():
        # A string of JSON is a string of TOML too.
        head.write_text(f"title = {json.dumps(draft.head.title, ensure_ascii=False)}\n", encoding="utf-8")
