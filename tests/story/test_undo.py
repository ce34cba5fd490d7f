"""Steps back and forward, and which revision each of them began from."""

from __future__ import annotations

from story.draft import Draft
from story.draft.undo import MOST, Basis, Edits
from story.model.metadata import Metadata


def titled(title: str) -> Draft:
    return Draft("visits", Metadata(title))


def test_undone_and_done_again_is_the_same_draft() -> None:
    one, two = titled("One"), titled("Two")
    edits = Edits(one).do("changed", two)
    assert edits.undo().now is one
    assert edits.undo().redo().now is two
    assert edits.undo().undo().now is one
    assert edits.redo() is edits


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    edits = Edits(titled("One"))
    assert edits.do("changed", titled("One")) is edits


def test_so_many_steps_are_remembered() -> None:
    edits = Edits(titled("0"))
    for number in range(1, MOST + 10):
        edits = edits.do("changed", titled(str(number)))
    assert len(edits.past) == MOST
    assert edits.past[0].draft.head.title == "9"


def test_a_save_moves_all_that_began_from_the_same_revision() -> None:
    edits = Edits(titled("One")).do("changed", titled("Two")).saved(1, titled("Two"))
    assert edits.basis.number == 1
    assert edits.undo().basis.number == 1
    assert edits.undo().redo().basis.number == 1


def test_undone_past_another_s_work_it_begins_where_it_began_before_that() -> None:
    mine = Edits(titled("One"), basis=Basis(1, titled("One"))).do("changed", titled("Mine"))
    theirs = titled("Theirs")
    taken = mine.do("switched to revision 2", theirs, Basis(2, theirs))
    assert (taken.basis.number, taken.undo().basis.number) == (2, 1)
    saved = taken.do("changed", titled("Both")).saved(3, titled("Both"))
    assert (saved.basis.number, saved.undo().basis.number, saved.undo().undo().basis.number) == (3, 3, 1)
    assert saved.undo().undo().redo().basis.number == 3
