"""Faults of rows: those that are alike stand together, and one edit mends all of them."""

from __future__ import annotations

import pytest

from story.draft import Draft, edits, reports_of
from story.draft.faults import faults
from story.draft.undo import Edits
from story.model.columns import Row
from story.model.metadata import Metadata


def draft(*rows: dict[str, str]) -> Draft:
    made = tuple(Row(line, cells, line - 1) for line, cells in enumerate(rows, 2))
    return edits.editable(Draft("visits", Metadata("Visits"), rows=made))


def visit(number: int, **cells: str) -> dict[str, str]:
    return {"title": f"Visit {number}", "place": "Oslo", "when": f"2025-10-{number:02}", **cells}


EIGHT = draft(*(visit(n, **({"status": "somehow"} if n > 2 else {})) for n in range(1, 11)))


def test_rows_with_the_same_fault_stand_together() -> None:
    (fault,) = faults(EIGHT)
    assert (fault.column, fault.value, fault.rows) == ("status", "somehow", tuple(range(3, 11)))
    assert fault.lines == tuple(range(4, 12))
    assert not fault.aside


@pytest.mark.parametrize("column", ["when", "reported", "url", "status"])
def test_each_unreadable_value_is_a_fault_of_its_own(column: str) -> None:
    rows = draft(visit(1, **{column: "whenever"}), visit(2, **{column: "never"}), visit(3, **{column: "whenever"}))
    assert [(one.value, one.rows) for one in faults(rows)] == [("whenever", (1, 3)), ("never", (2,))]


def test_rows_that_lack_the_same_stand_together_whatever_they_are_called() -> None:
    rows = draft(visit(1, place=""), visit(2, place=""), visit(3, when=""), {"source": "Wire"}, {"source": "Post"})
    assert [(one.column, one.rows, one.aside) for one in faults(rows)] == [
        ("place", (1, 2), False),
        ("when", (3,), False),
        ("title", (4, 5), True),
    ]


def test_all_of_them_are_mended_by_one_edit_that_one_undo_takes_back() -> None:
    (fault,) = faults(EIGHT)
    after = edits.change_all(EIGHT, {key: {"status": "scheduled"} for key in fault.rows})
    assert faults(after) == ()
    assert [report.status for report in reports_of(after)[0]].count("scheduled") == 8
    assert {report.event for report in reports_of(after)[0]} == {report.event for report in reports_of(EIGHT)[0]}
    assert Edits(EIGHT).do("changed status", after).undo().now == EIGHT


def test_an_emptied_cell_leaves_later_reports_what_they_took_over() -> None:
    first = visit(1, event="talks", url="https://a.example", reported="2025-10-01", source="Wire")
    later = {"event": "talks", "reported": "2025-10-02", "status": "cancelled"}
    rows = draft(first, later, visit(2, url="https://a.example"))
    after = edits.change_all(rows, {key: {"url": ""} for key in (1, 3)})
    assert {report.row: report.url for report in reports_of(after)[0]} == {1: "", 2: "https://a.example", 3: ""}


def test_rows_set_aside_become_events_with_ids_of_their_own() -> None:
    rows = draft({"source": "Wire"}, {"source": "Post"})
    after = edits.change_all(rows, {key: {"title": "Talks", "place": "Oslo", "when": "2025-10-01"} for key in (1, 2)})
    assert len({row.cells["event"] for row in after.rows}) == 2
    assert edits.change_all(after, {99: {"title": "Gone"}}) == after
