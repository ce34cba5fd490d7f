"""What a story is called by, taken apart and written again."""

from __future__ import annotations

import pytest

from view.state.story_ref import StoryRef


@pytest.mark.parametrize("text", ["", "japan-visit-2025", "visits-x", "visits-x@3", "own-1", "a@b", "@3", "my story"])
def test_every_text_is_written_as_it_was_read(text: str) -> None:
    assert str(StoryRef.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "kind", "revision"),
    [("visits-x", "named", None), ("visits-x@3", "revision", 3), ("own-1", "unsaved", None), ("a@b", "named", None)],
)
def test_the_kind_of_a_story_is_read_from_its_text_as_far_as_it_tells(
    text: str, kind: str, revision: int | None
) -> None:
    ref = StoryRef.parse(text)
    assert (ref.kind, ref.revision) == (kind, revision)


def test_a_pinned_revision_leads_to_the_latest_and_to_others() -> None:
    ref = StoryRef.parse("visits-x@3")
    assert str(ref.latest()) == "visits-x"
    assert str(ref.at(2)) == "visits-x@2"
    assert ref.as_kind("edit") == ref


def test_a_new_story_is_unsaved_and_no_two_are_the_same() -> None:
    one = StoryRef.new()
    assert StoryRef.parse(str(one)) == one
    assert one.is_unsaved
    assert one != StoryRef.new()


def test_a_table_being_opened_is_the_same_story_before_and_after() -> None:
    opening = StoryRef.new("opening")
    assert (opening.kind, opening.is_unsaved) == ("opening", True)
    known = {opening: "A table being opened"}
    assert known[StoryRef.parse(str(opening))] == known[opening.as_kind("unsaved")]


@pytest.mark.parametrize("text", ["", "a@b", "../x", "x" * 121])
def test_what_no_library_could_know_is_no_link(text: str) -> None:
    assert not StoryRef.parse(text).is_link
