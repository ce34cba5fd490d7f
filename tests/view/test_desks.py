"""What readers work on, shared between all of a page's threads: each change whole, old names still leading there."""

from __future__ import annotations

import pytest

from story.draft import Draft
from story.draft.undo import Edits
from story.model.columns import Row
from story.model.metadata import Metadata
from view.work.workspaces import IDLE_SECONDS, Desk, Desks, Stored

ADA, BEN = "a" * 32, "b" * 32


def desk(story: str, title: str = "Visits") -> Desk:
    return Desk(story, Edits(Draft(story, Metadata(title))))


def test_a_browser_sees_its_own_work_alone_the_latest_first() -> None:
    desks = Desks()
    desks.lay(ADA, desk("own-1"))
    desks.lay(ADA, desk("own-2"))
    desks.lay(BEN, desk("own-3"))
    assert list(desks.of(ADA)) == ["own-2", "own-1"]
    assert list(desks.of(BEN)) == ["own-3"]
    assert desks.of("c" * 32) == {}


def test_a_saved_story_goes_by_its_new_id_and_is_found_by_the_former() -> None:
    desks, mine = Desks(), desk("own-1")
    desks.lay(ADA, mine)
    desks.save(ADA, mine, "visits-x", 1, mine.draft)
    assert list(desks.of(ADA)) == ["visits-x"]
    assert desks.id_of("own-1") == "visits-x"
    assert (mine.id, mine.base, mine.unsaved) == ("visits-x", 1, False)


def test_a_copy_of_a_kept_story_leaves_the_link_of_that_to_others() -> None:
    desks, mine = Desks(), desk("visits-x")
    desks.lay(ADA, mine)
    desks.save(ADA, mine, "visits-y", 1, mine.draft)
    assert list(desks.of(ADA)) == ["visits-y"]
    assert desks.id_of("visits-x") == "visits-x"


def test_a_browser_that_gets_another_name_keeps_all_under_it() -> None:
    desks = Desks()
    desks.lay(ADA, desk("own-1"))
    desks.lay(BEN, desk("own-2"))
    assert [one.id for one in desks.adopt(BEN, ADA)] == ["own-2"]
    assert desks.name_of(BEN) == ADA
    assert set(desks.of(ADA)) == {"own-1", "own-2"}
    assert desks.of(BEN) == {}


def stored(some: Desk, browser: str, weight: int = 0) -> Desk:
    some.stored = Stored(browser, some.id, "v1", some.base, some.draft)
    some.weight = weight
    return some


def test_what_the_library_has_leaves_memory_when_room_is_short_and_is_still_listed() -> None:
    desks = Desks(most_bytes=250)
    for number, browser in enumerate((ADA, BEN, "c" * 32)):
        desks.lay(browser, stored(desk(f"own-{number}", f"Story {number}"), browser, 100))
    desks.make_room()
    assert list(desks.of(ADA)) == []
    assert desks.titles(ADA) == {"own-0": "Story 0"}
    assert desks.aside(ADA) == {"own-0"}
    assert list(desks.of(BEN)) == ["own-1"]


def test_what_is_waiting_to_be_written_never_leaves_memory() -> None:
    desks = Desks(most_bytes=0)
    waiting, moved = desk("own-1"), stored(desk("own-2"), BEN, 100)
    changed = stored(desk("own-3"), ADA, 100)
    changed.do("changed", changed.draft, Draft("own-3", Metadata("Changed")))
    for one in (waiting, moved, changed):
        one.weight = 100
        desks.lay(ADA, one)
    desks.make_room()
    assert set(desks.of(ADA)) == {"own-1", "own-2", "own-3"}


def test_what_nobody_has_looked_at_for_an_hour_is_set_down() -> None:
    desks = Desks()
    for story in ("own-1", "own-2"):
        desks.lay(ADA, stored(desk(story), ADA, 100))
    desks.of(ADA)["own-1"].seen -= IDLE_SECONDS + 1
    desks.make_room()
    assert list(desks.of(ADA)) == ["own-2"]
    assert desks.aside(ADA) == {"own-1"}


def test_browsers_without_number_take_no_memory_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("view.work.workspaces.MOST_BROWSERS", 3)
    desks = Desks()
    desks.lay(ADA, desk("own-1"))
    for number in range(5):
        desks.learn(f"{number:032}", {"own-x": "Visits"})
    assert not desks.is_known(f"{0:032}")
    assert desks.is_known(f"{4:032}")
    assert list(desks.of(ADA)) == ["own-1"]


def test_a_listing_that_was_asked_for_before_a_story_was_set_down_does_not_hide_it() -> None:
    desks = Desks(most_bytes=0)
    former = desks.aside(ADA)
    desks.lay(ADA, stored(desk("own-1"), ADA, 100))
    desks.make_room()
    desks.learn(ADA, {}, former)
    assert list(desks.titles(ADA)) == ["own-1"]
    desks.learn(ADA, {}, desks.aside(ADA))
    assert desks.titles(ADA) == {}


def test_two_tabs_that_both_changed_a_story_before_they_had_one_name_keep_both() -> None:
    desks, first, second = Desks(), desk("visits-x", "One"), desk("visits-x", "Two")
    desks.lay(ADA, first)
    desks.lay(BEN, second)
    desks.adopt(BEN, ADA)
    mine = desks.of(ADA)
    assert mine["visits-x"] is first
    assert sorted(one.draft.head.title for one in mine.values()) == ["One", "Two"]


def test_a_tab_that_changed_nothing_takes_nothing_from_the_other() -> None:
    desks, first, second = Desks(), desk("visits-x", "One"), desk("visits-x")
    second.step(lambda edits: edits.saved(1, edits.now))
    desks.lay(ADA, first)
    desks.lay(BEN, second)
    desks.adopt(BEN, ADA)
    assert [one.draft.head.title for one in desks.of(ADA).values()] == ["One"]


def rows(count: int, **titles: str) -> Draft:
    """A story of some events, those with these ids under other titles."""
    cells = [{"event": f"e{n}", "title": titles.get(f"e{n}", "Talks"), "place": "Paris"} for n in range(count)]
    return Draft("visits", Metadata("Visits"), rows=tuple(Row(n + 2, some, n + 1) for n, some in enumerate(cells)))


def test_a_change_made_while_another_tab_made_one_keeps_both() -> None:
    before = rows(2)
    shared = Desk("own-1", Edits(before))
    shared.do("first tab", before, rows(2, e0="Changed by one"))
    shared.do("second tab", before, rows(2, e1="Changed by two"))
    assert [row.cells["title"] for row in shared.draft.rows] == ["Changed by one", "Changed by two"]
    shared.step(Edits.undo)
    assert [row.cells["title"] for row in shared.draft.rows] == ["Changed by one", "Talks"]


def test_what_changed_while_it_was_being_saved_is_still_not_saved() -> None:
    desks, shared = Desks(), Desk("own-1", Edits(rows(1)))
    desks.lay(ADA, shared)
    saving = shared.draft
    shared.do("another tab", saving, rows(1, e0="Later"))
    desks.save(ADA, shared, "visits-x", 1, saving)
    assert shared.unsaved
    assert shared.base == 1
