"""What readers work on, shared between all of a page's threads: each change whole, old names still leading there."""

from __future__ import annotations

from story.draft import Draft
from story.head import Head
from story.table import Row
from story.undo import Edits
from view.desks import MOST_BROWSERS, Desk, Desks

ADA, BEN = "a" * 32, "b" * 32


def desk(story: str, title: str = "Visits") -> Desk:
    return Desk(story, Edits(Draft(story, Head(title))))


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
    assert list(desks.adopt(BEN, ADA)) == ["own-2"]
    assert desks.name_of(BEN) == ADA
    assert set(desks.of(ADA)) == {"own-1", "own-2"}
    assert desks.of(BEN) == {}


def test_what_was_left_behind_is_taken_up_once() -> None:
    desks = Desks()
    desks.take_up(ADA, {"own-1": desk("own-1")})
    desks.drop(ADA, "own-1")
    desks.take_up(ADA, {"own-1": desk("own-1")})
    assert desks.of(ADA) == {}


def test_browsers_that_nobody_has_used_for_long_make_room() -> None:
    desks = Desks()
    for number in range(MOST_BROWSERS + 1):
        desks.lay(f"{number:032}", desk("own-1"))
    assert not desks.is_known(f"{0:032}")
    assert desks.is_known(f"{MOST_BROWSERS:032}")


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
    return Draft("visits", Head("Visits"), rows=tuple(Row(n + 2, some, n + 1) for n, some in enumerate(cells)))


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
