"""Two versions of a story side by side, and the work of two people put together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.place import Resolution
from story.draft import Draft, edits, story_of
from story.draft.difference import FieldChange, compare, say_changes
from story.draft.merge import Collision, merge
from story.draft.serialization import dumps, loads
from story.query.selection import events_as_of
from tests.story.test_edits import PARIS, TEXAS, TOKYO, draft_of


@pytest.fixture
def base() -> Draft:
    return draft_of(
        "talks|Talks|Paris|2025-10-01|happened|2025-10-02|Wire",
        "summit|Summit|Tokyo|2025-10-27|possible|2025-10-20|Wire",
        "summit|||2025-10-28|expected|2025-10-24|Kyodo",
    )


def titles(draft: Draft) -> set[str]:
    return {event.title for event in events_as_of(story_of(draft), None)}


# ---- comparing -------------------------------------------------------------------------------------------------------


def test_nothing_changed_is_said_so(base: Draft) -> None:
    assert not compare(base, base)
    assert not compare(base, loads(dumps(base)))
    assert say_changes(compare(base, base)) == "nothing changed"


def test_changes_are_told_by_event_and_column_with_days_in_words(base: Draft) -> None:
    (row,) = compare(base, edits.change(base, 3, {"when": "[2025-10-27..2025-10-31]"})).rows
    assert (row.kind, row.title) == ("changed", "Summit")
    assert row.fields == (FieldChange("when", "Tue, Oct 28, 2025", "one day in the week of Oct 27, 2025"),)


def test_a_line_says_what_a_save_changed(base: Draft) -> None:
    new = edits.add(edits.delete(base, [1]), {"title": "New", "place": "Tokyo", "when": "2025"})
    new = edits.change(new, 2, {"title": "The summit"})
    new = edits.with_head(edits.put(new, "Paris", TEXAS), title="Trips")
    assert say_changes(compare(base, new)) == (
        "1 row added, 1 row changed (title), 1 row deleted, Paris moved, title changed"
    )
    (moved,) = compare(base, new).names
    assert moved == FieldChange(
        "Paris", "Paris, Île-de-France, FR (48.850, 2.350)", "Paris, Texas, US (33.660, -95.560)"
    )


def test_names_that_were_only_looked_up_are_no_change(base: Draft) -> None:
    new = edits.add(base, {"title": "New", "place": "Lima", "when": "2025"})
    looked_up = edits.put(new, "Lima", TOKYO)
    assert compare(base, looked_up).names == ()


# ---- putting together ------------------------------------------------------------------------------------------------


def test_what_two_people_changed_in_different_rows_is_all_there(base: Draft) -> None:
    mine = edits.put(edits.change(base, 1, {"title": "Mine"}), "Paris", TEXAS)
    theirs = edits.add(edits.delete(base, [3]), {"title": "Theirs", "place": "Tokyo", "when": "2025"})
    both = merge(base, mine, theirs)
    assert both.collisions == ()
    assert titles(both.draft) == {"Mine", "Summit", "Theirs"}
    assert [row.key for row in both.draft.rows][:2] == [1, 2]
    assert both.draft.names["Paris"].place == TEXAS
    assert [name for name, found in both.draft.names.items() if found.by_hand] == ["Paris"]


def test_different_columns_of_one_row_do_not_collide(base: Draft) -> None:
    both = merge(base, edits.change(base, 1, {"title": "Mine"}), edits.change(base, 1, {"when": "2025-10-09"}))
    assert both.collisions == ()
    assert (both.draft.rows[0].cells["title"], both.draft.rows[0].cells["when"]) == ("Mine", "2025-10-09")


def test_the_same_cell_changed_by_both_is_told_and_one_of_them_counts(base: Draft) -> None:
    mine, theirs = edits.change(base, 1, {"title": "Mine"}), edits.change(base, 1, {"title": "Theirs"})
    both = merge(base, mine, theirs)
    assert both.collisions == (Collision("Theirs", "title", "Mine", "Theirs"),)
    assert both.draft.rows[0].cells["title"] == "Mine"
    assert merge(base, mine, theirs, "theirs").draft.rows[0].cells["title"] == "Theirs"


def test_a_row_that_one_deleted_and_the_other_changed_stays(base: Draft) -> None:
    deleted, changed = edits.delete(base, [1]), edits.change(base, 1, {"title": "Changed"})
    for mine, theirs in ((deleted, changed), (changed, deleted)):
        both = merge(base, mine, theirs)
        assert "Changed" in titles(both.draft)
        assert len(both.collisions) == 1


def test_a_row_that_both_deleted_or_one_deleted_untouched_is_gone(base: Draft) -> None:
    deleted = edits.delete(base, [1])
    assert "Talks" not in titles(merge(base, deleted, deleted).draft)
    assert "Talks" not in titles(merge(base, base, deleted).draft)
    assert "Talks" not in titles(merge(base, deleted, base).draft)


def test_a_name_that_both_moved_is_told(base: Draft) -> None:
    both = merge(base, edits.put(base, "Paris", TEXAS), edits.put(base, "Paris", TOKYO))
    assert both.collisions == (Collision("Paris", "place", "Paris", "Tokyo"),)
    assert both.draft.names["Paris"].place == TEXAS
    same = merge(base, edits.put(base, "Paris", PARIS), edits.put(base, "Paris", PARIS))
    assert same.collisions == ()


def test_a_kept_version_that_lost_its_candidates_is_not_taken_for_changed(base: Draft) -> None:
    both = merge(base, edits.put(base, "Tokyo", TEXAS), loads(dumps(base)))
    assert both.collisions == ()
    assert both.draft.names["Tokyo"].place == TEXAS


def test_rows_that_both_added_get_lines_of_their_own(base: Draft) -> None:
    mine = edits.add(base, {"title": "Mine", "place": "Tokyo", "when": "2025"})
    theirs = edits.add(base, {"title": "Theirs", "place": "Tokyo", "when": "2025"})
    both = merge(base, mine, theirs).draft
    assert len({row.line for row in both.rows}) == len(both.rows) == 5
    assert story_of(both).rows == 5


def test_two_new_events_of_the_same_title_stay_two(base: Draft) -> None:
    mine = edits.add(base, {"title": "Press conference", "place": "Paris", "when": "2025-10-02", "note": "mine"})
    mine = edits.add(mine, {"event": "press-conference", "status": "cancelled", "reported": "2025-10-03"})
    mine = edits.add(mine, {"title": "Talks", "place": "Paris", "when": "2025-10-09", "event": "press-conference-2"})
    theirs = edits.add(base, {"title": "Press conference", "place": "Tokyo", "when": "2025-10-05"})
    both = merge(base, mine, theirs)
    assert both.collisions == ()
    shown = {event.id: event for event in events_as_of(story_of(both.draft), None)}
    assert {name: (event.toponym, len(event.reports)) for name, event in shown.items()} == {
        "talks": ("Paris", 1),
        "summit": ("Tokyo", 2),
        "press-conference": ("Tokyo", 1),
        "press-conference-2": ("Paris", 1),
        "press-conference-3": ("Paris", 2),
    }


def test_a_new_event_that_both_have_in_the_same_row_stays_one(base: Draft) -> None:
    added = edits.add(base, {"title": "Press conference", "place": "Paris", "when": "2025-10-02"}, key=edits.ADDED + 1)
    mine, theirs = edits.change(added, edits.ADDED + 1, {"note": "mine"}), edits.add(added, {"event": "talks"})
    both = merge(base, mine, theirs)
    assert [row.cells["event"] for row in both.draft.rows if row.key == edits.ADDED + 1] == ["press-conference"]
    reported = edits.add(added, {"event": "press-conference", "status": "cancelled"})
    assert merge(added, reported, theirs).draft.rows[-1].cells["event"] == "press-conference"


Change = tuple[int, str, str]
COLUMNS = ("title", "when", "note")
CHANGES = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(COLUMNS), st.sampled_from(["a", "b", ""])), max_size=6)


def changed(draft: Draft, some: Sequence[Change]) -> Draft:
    for key, column, value in some:
        draft = edits.change(draft, key, {column: value})
    return draft


@given(CHANGES, CHANGES)
def test_putting_together_keeps_every_change_that_does_not_collide(mine: list[Change], theirs: list[Change]) -> None:
    base = draft_of("a|A|Tokyo|2025-10-01", "b|B|Tokyo|2025-10-02", "c|C|Tokyo|2025-10-03")
    own, other = changed(base, mine), changed(base, theirs)
    both = merge(base, own, other).draft
    assert merge(base, own, base).draft.rows == own.rows
    assert merge(base, base, other).draft.rows == other.rows
    for n, row in enumerate(both.rows):
        for column in COLUMNS:
            old, one, two = (draft.rows[n].cells.get(column, "") for draft in (base, own, other))
            assert row.cells.get(column, "") == (one if one != old else two)


def test_what_is_not_known_keeps_its_doubt() -> None:
    nowhere = draft_of("a|A|Nowhere|2025-10-01")
    both = merge(nowhere, nowhere, nowhere).draft
    assert isinstance(both.names["Nowhere"], Resolution)
    assert both.names["Nowhere"].place is None
