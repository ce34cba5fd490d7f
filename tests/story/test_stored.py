"""A draft as bytes, written and read in portions: the same bytes as in one piece, whatever its texts look like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.place import Box, Candidate, Place, Resolution
from story import chunks
from story.draft import Draft
from story.draft.proposals import Proposal, Review
from story.draft.serialization import dump_parts, dumps, load_parts, loads
from story.exc import StoryFormatError
from story.model import Problem
from story.model.columns import Row
from story.model.metadata import Metadata

PARIS = Place("geonames:1", "Paris", 48.85, 2.35, "city", "FR", "Île-de-France", box=Box(48, 2, 49, 3), importance=0.8)
TEXAS = Place("geonames:2", "Paris", 33.66, -95.56, "city", "US", "Texas", source="GeoNames")
LOOKS = ("}],[1", '"},"', '"}],[', "\\", '\\"', "]", '},{"a":', "é東😀", "\u2028", "", '"reason":"', "reason")
"""Texts that look like what stands between two rows or two names of the file."""
TEXTS = st.lists(st.sampled_from(LOOKS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)).map("".join)
FOUND = st.builds(
    Resolution,
    TEXTS,
    st.sampled_from([PARIS, TEXAS, None]),
    st.lists(st.builds(Candidate, st.sampled_from([PARIS, TEXAS]), st.floats(0, 1), TEXTS), max_size=2).map(tuple),
    TEXTS,
    TEXTS,
    TEXTS,
    st.booleans(),
)
PROBLEMS = st.builds(Problem, TEXTS, st.none() | st.integers(1, 9), TEXTS, TEXTS, TEXTS)
ROWS = st.builds(
    Row, st.integers(0, 99), st.dictionaries(TEXTS, TEXTS, max_size=3), st.integers(), st.none() | PROBLEMS
)
SAID = st.sampled_from([{}, {"title": "}],[1", "": '"},"'}, {"place": "é東😀"}])
PROPOSALS = st.builds(
    Proposal,
    st.integers(0, 1 << 53),
    SAID,
    TEXTS,
    st.sampled_from([{}, {"title": (0, 9), "place": (3, 5)}]),
    SAID,
    st.sampled_from([(), ("doubt", "")]),
    st.sampled_from(["open", "accepted", "rejected"]),
    st.just("event"),
    st.sampled_from([(), ("a → b",)]),
    st.sampled_from([PARIS, None]),
)
REVIEWS = st.builds(
    Review,
    st.integers(0, 1 << 53),
    TEXTS,
    TEXTS,
    st.lists(PROPOSALS, max_size=2).map(tuple),
    st.none() | st.dates(),
    keep_text=st.booleans(),
)
DRAFTS = st.builds(
    Draft,
    TEXTS,
    st.builds(Metadata, TEXTS, published=st.none() | st.dates(), sources=st.dictionaries(TEXTS, TEXTS, max_size=2)),
    TEXTS,
    st.lists(ROWS, max_size=9).map(tuple),
    st.dictionaries(TEXTS, FOUND, max_size=9),
    around=st.dictionaries(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.just(PARIS), max_size=5),
    problems=st.lists(PROBLEMS, max_size=5).map(tuple),
    opened=st.none() | st.dates(),
    reviews=st.lists(REVIEWS, max_size=1).map(tuple),
)


@pytest.fixture(autouse=True, scope="module")
def short_portions() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "LENGTH", 2)
        patch.setattr(chunks, "_CHARACTERS", 12)
        yield


@settings(max_examples=30)
@given(DRAFTS)
def test_in_portions_the_bytes_are_those_of_one_piece(draft: Draft) -> None:
    raw = dumps(draft)
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode()


@settings(max_examples=30)
@given(DRAFTS)
def test_what_was_written_is_read_whatever_its_texts_look_like(draft: Draft) -> None:
    back = loads(dumps(draft))
    assert back == replace(draft, names=back.names)
    assert list(back.names) == list(draft.names)
    for name, found in back.names.items():
        assert (found.toponym, found.place, found.reason) == (name, draft.names[name].place, draft.names[name].reason)
    assert dumps(back) == dumps(draft)


@settings(max_examples=30)
@given(DRAFTS)
def test_parts_give_the_very_same_draft(draft: Draft) -> None:
    assert load_parts(dump_parts(draft)) == draft


@given(st.dictionaries(TEXTS, st.recursive(st.none() | st.integers() | TEXTS, st.lists, max_leaves=9), min_size=1))
def test_any_object_is_read_as_the_library_of_the_language_reads_it(document: dict[str, object]) -> None:
    for indent in (None, 1):
        text = json.dumps(document, indent=indent)
        assert chunks.read_object(text, dict.fromkeys(document, chunks.BETWEEN_ITEMS)) == document


def test_a_part_is_short_however_long_the_story_is() -> None:
    draft = Draft("a", Metadata("A"), rows=tuple(Row(line, {"title": "x"}, line) for line in range(50)))
    assert max(len(part) for part in list(dump_parts(draft))[1:]) < 100


def test_parts_of_which_one_lacks_are_no_story() -> None:
    draft = Draft("a", Metadata("A", published=date(2025, 1, 1)), rows=(Row(1, {}, 1),))
    parts = list(dump_parts(draft))
    for some in (parts[:-1], parts[1:], [], [b"[]"], [b"1"], [b"\xff"], [b'{"whole":true,"rows":null}']):
        with pytest.raises(StoryFormatError, match="Open it again"):
            load_parts(some)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"format":1', b'{"format":1,"rows":[[1]', b'{"rows":[]}', b"\xff"])
def test_half_a_file_is_no_story(raw: bytes) -> None:
    with pytest.raises(StoryFormatError, match="not a saved story"):
        loads(raw)


def test_every_cut_of_a_file_is_told() -> None:
    found = Resolution("Paris", PARIS, (), "best")
    raw = dumps(
        Draft("a", Metadata("A"), rows=tuple(Row(n, {"title": "x"}, n) for n in range(5)), names={"Paris": found})
    )
    for end in range(len(raw)):
        with pytest.raises(StoryFormatError):
            loads(raw[:end])
