"""What readers work on, shared between all of a page's threads: each change whole, old names still leading there."""

from __future__ import annotations

import pytest

from story.draft import Draft
from story.draft.undo import Edits
from story.model.columns import Row
from story.model.metadata import Metadata
from view.state.story_ref import StoryRef
from view.work.workspaces import IDLE_SECONDS, Stored, Workspace, Workspaces

ADA, BEN = "a" * 32, "b" * 32


def ref(text: str) -> StoryRef:
    return StoryRef.parse(text)


def workspace(story: str, title: str = "Visits") -> Workspace:
    return Workspace(ref(story), Edits(Draft(story, Metadata(title))))


def test_a_browser_sees_its_own_work_alone_the_latest_first() -> None:
    workspaces = Workspaces()
    workspaces.add(ADA, workspace("own-1"))
    workspaces.add(ADA, workspace("own-2"))
    workspaces.add(BEN, workspace("own-3"))
    assert list(map(str, workspaces.of(ADA))) == ["own-2", "own-1"]
    assert list(map(str, workspaces.of(BEN))) == ["own-3"]
    assert workspaces.of("c" * 32) == {}


def test_a_saved_story_goes_by_its_new_id_and_is_found_by_the_former() -> None:
    workspaces, mine = Workspaces(), workspace("own-1")
    workspaces.add(ADA, mine)
    workspaces.save(ADA, mine, ref("visits-x"), 1, mine.draft)
    assert list(map(str, workspaces.of(ADA))) == ["visits-x"]
    assert workspaces.ref_of(ref("own-1")) == ref("visits-x")
    assert (mine.ref, mine.base, mine.unsaved) == (ref("visits-x"), 1, False)


def test_a_copy_of_a_kept_story_leaves_the_link_of_that_to_others() -> None:
    workspaces, mine = Workspaces(), workspace("visits-x")
    workspaces.add(ADA, mine)
    workspaces.save(ADA, mine, ref("visits-y"), 1, mine.draft)
    assert list(map(str, workspaces.of(ADA))) == ["visits-y"]
    assert workspaces.ref_of(ref("visits-x")) == ref("visits-x")


def test_a_browser_that_gets_another_name_keeps_all_under_it() -> None:
    workspaces = Workspaces()
    workspaces.add(ADA, workspace("own-1"))
    workspaces.add(BEN, workspace("own-2"))
    assert [one.ref for one in workspaces.adopt(BEN, ADA)] == [ref("own-2")]
    assert workspaces.name_of(BEN) == ADA
    assert set(workspaces.of(ADA)) == {ref("own-1"), ref("own-2")}
    assert workspaces.of(BEN) == {}


def stored(some: Workspace, browser: str, weight: int = 0) -> Workspace:
    some.stored = Stored(browser, some.ref, "v1", some.base, some.draft)
    some.weight = weight
    return some


def test_what_the_library_has_leaves_memory_when_room_is_short_and_is_still_listed() -> None:
    workspaces = Workspaces(most_bytes=250)
    for number, browser in enumerate((ADA, BEN, "c" * 32)):
        workspaces.add(browser, stored(workspace(f"own-{number}", f"Story {number}"), browser, 100))
    workspaces.make_room()
    assert list(map(str, workspaces.of(ADA))) == []
    assert workspaces.titles(ADA) == {ref("own-0"): "Story 0"}
    assert workspaces.unloaded(ADA) == {ref("own-0")}
    assert list(map(str, workspaces.of(BEN))) == ["own-1"]


def test_what_is_waiting_to_be_written_never_leaves_memory() -> None:
    workspaces = Workspaces(most_bytes=0)
    waiting, moved = workspace("own-1"), stored(workspace("own-2"), BEN, 100)
    changed = stored(workspace("own-3"), ADA, 100)
    changed.do("changed", changed.draft, Draft("own-3", Metadata("Changed")))
    for one in (waiting, moved, changed):
        one.weight = 100
        workspaces.add(ADA, one)
    workspaces.make_room()
    assert set(workspaces.of(ADA)) == {ref("own-1"), ref("own-2"), ref("own-3")}


def test_what_nobody_has_looked_at_for_an_hour_is_unloaded() -> None:
    workspaces = Workspaces()
    for story in ("own-1", "own-2"):
        workspaces.add(ADA, stored(workspace(story), ADA, 100))
    workspaces.of(ADA)[ref("own-1")].seen -= IDLE_SECONDS + 1
    workspaces.make_room()
    assert list(map(str, workspaces.of(ADA))) == ["own-2"]
    assert workspaces.unloaded(ADA) == {ref("own-1")}


def test_browsers_without_number_take_no_memory_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("view.work.workspaces.MOST_BROWSERS", 3)
    workspaces = Workspaces()
    workspaces.add(ADA, workspace("own-1"))
    for number in range(5):
        workspaces.learn(f"{number:032}", {ref("own-x"): "Visits"})
    assert not workspaces.is_known(f"{0:032}")
    assert workspaces.is_known(f"{4:032}")
    assert list(map(str, workspaces.of(ADA))) == ["own-1"]


def test_a_listing_that_was_asked_for_before_a_story_was_unloaded_does_not_hide_it() -> None:
    workspaces = Workspaces(most_bytes=0)
    former = workspaces.unloaded(ADA)
    workspaces.add(ADA, stored(workspace("own-1"), ADA, 100))
    workspaces.make_room()
    workspaces.learn(ADA, {}, former)
    assert list(map(str, workspaces.titles(ADA))) == ["own-1"]
    workspaces.learn(ADA, {}, workspaces.unloaded(ADA))
    assert workspaces.titles(ADA) == {}


def test_two_tabs_that_both_changed_a_story_before_they_had_one_name_keep_both() -> None:
    workspaces, first, second = Workspaces(), workspace("visits-x", "One"), workspace("visits-x", "Two")
    workspaces.add(ADA, first)
    workspaces.add(BEN, second)
    workspaces.adopt(BEN, ADA)
    mine = workspaces.of(ADA)
    assert mine[ref("visits-x")] is first
    assert sorted(one.draft.head.title for one in mine.values()) == ["One", "Two"]


def test_a_tab_that_changed_nothing_takes_nothing_from_the_other() -> None:
    workspaces, first, second = Workspaces(), workspace("visits-x", "One"), workspace("visits-x")
    second.step(lambda edits: edits.saved(1, edits.now))
    workspaces.add(ADA, first)
    workspaces.add(BEN, second)
    workspaces.adopt(BEN, ADA)
    assert [one.draft.head.title for one in workspaces.of(ADA).values()] == ["One"]


def rows(count: int, **titles: str) -> Draft:
    """A story of some events, those with these ids under other titles."""
    cells = [{"event": f"e{n}", "title": titles.get(f"e{n}", "Talks"), "place": "Paris"} for n in range(count)]
    return Draft("visits", Metadata("Visits"), rows=tuple(Row(n + 2, some, n + 1) for n, some in enumerate(cells)))


def test_a_change_made_while_another_tab_made_one_keeps_both() -> None:
    before = rows(2)
    shared = Workspace(ref("own-1"), Edits(before))
    shared.do("first tab", before, rows(2, e0="Changed by one"))
    shared.do("second tab", before, rows(2, e1="Changed by two"))
    assert [row.cells["title"] for row in shared.draft.rows] == ["Changed by one", "Changed by two"]
    shared.step(Edits.undo)
    assert [row.cells["title"] for row in shared.draft.rows] == ["Changed by one", "Talks"]


def test_what_changed_while_it_was_being_saved_is_still_not_saved() -> None:
    workspaces, shared = Workspaces(), Workspace(ref("own-1"), Edits(rows(1)))
    workspaces.add(ADA, shared)
    saving = shared.draft
    shared.do("another tab", saving, rows(1, e0="Later"))
    workspaces.save(ADA, shared, ref("visits-x"), 1, saving)
    assert shared.unsaved
    assert shared.base == 1
