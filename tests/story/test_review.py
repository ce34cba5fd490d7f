"""Checking the drafts of an article: what becomes of them in the story, and what a second article changes there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from geo.place import Candidate, Place, Resolution
from story.draft import Draft, reviewing, settle, story_of
from story.draft.drafted import review_of, showable, story_from, title_of
from story.draft.merge import merge
from story.draft.proposals import MOST_WORDS, Proposal, Review, words_at
from story.draft.serialization import dumps, loads
from story.draft.undo import Edits
from story.exc import ProposalError, ProposalNotFoundError
from story.model import Event
from story.model.metadata import Metadata
from story.query.selection import events_as_of
from story.reading.articles import Article
from story.reading.articles.plain import is_prose
from story.reading.events.draft import NO_DAY, DraftReport
from story.reading.events.same import together
from story.reading.read import Reading
from story.reading.values import Toponym
from tests.story.conftest import PLACES, small_gazetteer

TEXT = (
    "Ada Holm will visit Tokyo on Oct. 27. She is expected to stop in Yokosuka. Ada Holm met Ben Strand in Paris on"
    " Friday. Her visit to Tokyo is set for Oct. 28, she said."
)
FIRST = date(2025, 10, 24)


def proposal(key: int, words: str, happening: str, *doubts: str, **cells: str) -> Proposal:
    """A draft that rests on some words of TEXT; its day does too, unless "the text gives no day"."""
    start = TEXT.index(words)
    spans = {"title": (start, start + len(words))}
    if "the text gives no day" not in doubts:
        spans["when"] = spans["title"]
    given = {"status": "scheduled", "reported": "2025-10-24", "source": "Wire", **cells}
    at = PLACES.get(cells.get("place", ""))
    return Proposal(key, given, happening, spans, words_at(TEXT, spans), doubts, at=at)


@pytest.fixture
def review() -> Review:
    return Review(
        1,
        "A visit",
        TEXT,
        (
            proposal(
                11, "will visit", "visit",
                title="Ada Holm visits Tokyo", who="Ada Holm", place="Tokyo", when="2025-10-27",
            ),
            proposal(
                12, "She is expected", "stop", "“She” is taken for Ada Holm", title="Ada Holm stops in Yokosuka",
                who="Ada Holm", place="Yokosuka", when="[2025-10-24..]", status="expected",
            ),
            proposal(
                13, "met", "met", title="Ada Holm meets Ben Strand", who="Ada Holm;Ben Strand", place="Paris",
                when="2025-10-24", status="happened",
            ),
            proposal(
                14, "Her visit", "visit",
                title="Ada Holm visits Tokyo", who="Ada Holm", place="Tokyo", when="2025-10-28",
            ),
        ),
        FIRST,
        "Wire",
    )  # fmt: skip


@pytest.fixture
def draft(review: Review) -> Draft:
    return story_from("visit", review)


def events(draft: Draft) -> dict[str, Event]:
    story = story_of(settle(draft, small_gazetteer))
    return {event.id: event for event in events_as_of(story, None)}


def states(draft: Draft) -> dict[int, str]:
    return {one.key: one.state for review in draft.reviews for one in review.proposals}


def test_an_article_makes_a_story_with_nothing_in_it_unseen(draft: Draft) -> None:
    assert draft.head.title == "A visit"
    assert draft.head.published == FIRST
    assert events(draft) == {}
    assert [one.key for one in draft.reviews[0].open] == [12, 11, 13, 14], "the doubtful one comes first"


def test_an_accepted_draft_is_an_event_where_the_article_means(draft: Draft) -> None:
    elsewhere = Place("t:texas", "Paris", 33.66, -95.56, "city", "US", "Texas")
    review = draft.reviews[0]
    there = tuple(replace(one, at=elsewhere) if one.key == 13 else one for one in review.proposals)
    after = reviewing.accept(replace(draft, reviews=(replace(review, proposals=there),)), 13)
    (event,) = events(after).values()
    assert (event.title, event.place, event.status) == ("Ada Holm meets Ben Strand", elsewhere, "happened")
    assert event.who == ("Ada Holm", "Ben Strand")
    assert event.resolution.reason == "read in “A visit”"
    assert states(after)[13] == "accepted"


def test_a_place_that_the_story_knows_stays_where_it_is(draft: Draft) -> None:
    known = settle(replace(draft, head=replace(draft.head, dateline="Paris")), small_gazetteer)
    moved = known.names["Paris"]
    after = reviewing.accept(known, 13)
    assert after.names["Paris"] is moved


@pytest.mark.parametrize("order", [(11, 14), (14, 11)])
def test_reports_of_one_happening_are_one_event_in_the_order_of_the_text(draft: Draft, order: tuple[int, int]) -> None:
    for key in order:
        draft = reviewing.accept(draft, key)
    (event,) = events(draft).values()
    assert [report.span.edtf for report in event.reports] == ["2025-10-27", "2025-10-28"]
    assert [report.row for report in event.reports] == [11, 14]
    lines = [row.line for row in draft.rows]
    assert lines == sorted(set(lines))


def test_what_is_rejected_makes_no_event_and_can_be_checked_again(draft: Draft) -> None:
    accepted = reviewing.accept(draft, 11)
    rejected = reviewing.reject(accepted, 11)
    assert rejected.rows == ()
    assert states(rejected)[11] == "rejected"
    assert replace(reviewing.reopen(rejected, 11), names=draft.names) == draft
    assert reviewing.reopen(accepted, 11).rows == ()


def test_every_act_can_be_undone(draft: Draft) -> None:
    edits = Edits(draft)
    for act in (
        lambda now: reviewing.accept(now, 11),
        lambda now: reviewing.merge(now, 13, "visit"),
        lambda now: reviewing.split(now, 14),
        lambda now: reviewing.change(now, 12, {"title": "A stop"}, None),
        lambda now: reviewing.reject(now, 12),
    ):
        edits = edits.do("something", act(edits.now))
    assert len(edits.past) == 5
    for _ in range(5):
        edits = edits.undo()
    assert edits.now is draft


def test_all_that_nothing_is_doubtful_of_is_accepted_at_once(draft: Draft) -> None:
    after, count = reviewing.accept_clear(draft, draft.reviews[0])
    assert count == 3
    assert [one.key for one in after.reviews[0].open] == [12]
    assert len(events(after)) == 2
    assert reviewing.say_counts(after.reviews[0]) == "1 to check, 3 accepted"


def test_what_a_person_has_changed_is_in_doubt_no_more(draft: Draft) -> None:
    after = reviewing.change(draft, 12, {"when": "Oct. 29, 2025", "place": "Tokyo"}, PLACES["Tokyo"])
    _, one = reviewing.find(after, 12)
    assert (one.doubts, one.cells["when"], one.at) == ((), "2025-10-29", PLACES["Tokyo"])
    assert events(reviewing.accept(after, 12))["ada-holm-stops-in-yokosuka"].place == PLACES["Tokyo"]


def test_another_place_of_the_name_is_chosen_for_one_draft_alone(draft: Draft) -> None:
    texas = Place("texas", "Paris", 33.66, -95.56, "city", "US", "Texas")
    offered = replace(draft.reviews[0].proposals[2], candidates=(PLACES["Paris"], texas), doubts=("who is guessed",))
    other = replace(offered, key=15, happening="other")
    draft = story_from("visit", replace(draft.reviews[0], proposals=(offered, other)))
    chosen = reviewing.choose_place(draft, 13, texas, "Paris, Texas, United States")
    _, one = reviewing.find(chosen, 13)
    assert (one.at, one.doubts) == (texas, ("who is guessed",))
    assert loads(dumps(chosen)).reviews == chosen.reviews, "what else it may mean is kept"
    # Whichever of them the story comes to know first.
    for order in ((13, 15), (15, 13)):
        after = reviewing.accept(reviewing.accept(chosen, order[0]), order[1])
        places = {event.place.id for event in events(after).values() if event.place}
        assert places == {"texas", PLACES["Paris"].id}
    renamed = reviewing.change(chosen, 13, {"place": "Rome"}, None)
    assert reviewing.find(renamed, 13)[1].candidates == ()


def test_a_draft_that_lacks_a_day_is_refused_and_says_so(draft: Draft) -> None:
    without = reviewing.change(draft, 12, {"place": ""}, None)
    with pytest.raises(ProposalError, match=r"“Ada Holm stops in Yokosuka” has no place yet\. Fill it in"):
        reviewing.accept(without, 12)
    cleared, count = reviewing.accept_clear(without, without.reviews[0])
    assert count == 3
    assert states(cleared)[12] == "open"


def test_a_draft_that_is_gone_is_told(draft: Draft) -> None:
    with pytest.raises(ProposalNotFoundError, match="no draft 99"):
        reviewing.accept(draft, 99)
    with pytest.raises(ProposalNotFoundError, match="nowhere"):
        reviewing.merge(draft, 11, "nowhere")


def test_merged_drafts_are_reports_of_one_event_and_split_ones_are_not(draft: Draft) -> None:
    merged = reviewing.merge(reviewing.accept(draft, 11), 12, "visit")
    both = reviewing.accept(merged, 12)
    assert [len(event.reports) for event in events(both).values()] == [2]
    apart = reviewing.split(both, 12)
    assert states(apart)[12] == "accepted"
    assert [len(event.reports) for event in events(apart).values()] == [1, 1]
    assert reviewing.is_of_several(draft.reviews[0], draft.reviews[0].proposals[0])
    assert not reviewing.is_of_several(draft.reviews[0], draft.reviews[0].proposals[1])


def test_words_that_were_selected_become_a_draft_in_its_place_in_the_text(draft: Draft) -> None:
    start = TEXT.index("stop in")
    after, key = reviewing.add_words(draft, draft.reviews[0], start, start + 16, {"when": "2025-10-25"})
    order = [one.key for one in after.reviews[0].proposals]
    assert order == [11, 12, key, 13, 14]
    _, one = reviewing.find(after, key)
    assert (one.title, one.words["title"], one.cells["when"]) == ("stop in Yokosuka", "stop in Yokosuka", "2025-10-25")
    assert one.doubts
    with pytest.raises(ProposalError, match="Select some"):
        reviewing.add_words(draft, draft.reviews[0], 5, 5, {})


# ---- keeping ---------------------------------------------------------------------------------------------------------


def test_a_review_is_kept_whole_while_it_is_worked_on(draft: Draft) -> None:
    worked = reviewing.reject(reviewing.accept(draft, 11), 13)
    assert loads(dumps(worked)) == replace(worked, names=loads(dumps(worked)).names)


def test_a_story_of_the_former_format_opens_without_reviews(draft: Draft) -> None:
    document = json.loads(dumps(draft))
    assert document["format"] == 3
    del document["reviews"]
    former = loads(json.dumps({**document, "format": 2}, separators=(",", ":")).encode())
    assert former == replace(draft, reviews=())


def test_a_revision_has_the_text_only_if_that_was_wanted(draft: Draft) -> None:
    kept = reviewing.for_revision(draft)
    assert kept.reviews[0].text == ""
    assert TEXT not in dumps(kept).decode()
    assert kept.reviews[0].proposals == draft.reviews[0].proposals
    wanted = reviewing.keep_text(draft, draft.reviews[0], keep=True)
    assert reviewing.for_revision(wanted) is wanted


def test_a_review_that_was_saved_half_way_is_taken_up_again_without_the_text(draft: Draft) -> None:
    saved = loads(dumps(reviewing.for_revision(reviewing.accept(draft, 11))))
    (left,) = saved.reviews
    assert [one.key for one in left.open] == [12, 13, 14]
    assert left.open[0].doubts == ("“She” is taken for Ada Holm",)
    assert left.open[0].words == {"title": "She is expected", "when": "She is expected"}
    after = reviewing.reject(reviewing.accept(reviewing.accept(saved, 13), 14), 12)
    assert {event.place.name for event in events(after).values() if event.place} == {"Tokyo", "Paris"}
    assert events(after)["ada-holm-visits-tokyo"].latest.span.edtf == "2025-10-28"


def test_what_is_saved_of_a_review_is_said_in_a_sentence(draft: Draft) -> None:
    without = "with the words that they rest on but without the article’s text."
    assert reviewing.say_kept(draft) == f"4 drafts still to check are saved too, {without}"
    kept = reviewing.keep_text(draft, draft.reviews[0], keep=True)
    assert reviewing.say_kept(kept) == "4 drafts still to check are saved too, with the article’s text."
    another = reviewing.add_review(kept, replace(draft.reviews[0], key=2))
    assert "without the text of articles where “Keep the text” is not ticked" in reviewing.say_kept(another)
    for key in (11, 12, 13):
        draft = reviewing.reject(draft, key)
    assert reviewing.say_kept(draft).startswith("1 draft still to check is saved too, with the words that it rests on")
    assert reviewing.say_kept(reviewing.accept(draft, 14)) == ""


def test_of_each_field_no_more_than_two_hundred_characters_are_kept() -> None:
    assert len(words_at("x" * 900, {"title": (0, 700)})["title"]) == MOST_WORDS == 200


def test_two_people_who_check_one_article_lose_nothing(draft: Draft) -> None:
    mine, theirs = reviewing.accept(draft, 11), reviewing.reject(draft, 12)
    both = merge(draft, mine, theirs)
    assert states(both.draft) == {11: "accepted", 12: "rejected", 13: "open", 14: "open"}
    assert [row.key for row in both.draft.rows] == [11]
    again = replace(draft.reviews[0], key=2, title="Another")
    assert [one.key for one in merge(draft, reviewing.add_review(draft, again), theirs).draft.reviews] == [1, 2]
    assert merge(draft, replace(draft, reviews=()), draft).draft.reviews == ()


# ---- a second article ------------------------------------------------------------------------------------------------


def second(draft: Draft, *proposals: Proposal) -> Draft:
    """The draft with all of the first article accepted, and these drafts of a second one."""
    for one in draft.reviews[0].open:
        draft = reviewing.accept(draft, one.key)
    return reviewing.add_review(
        settle(draft, small_gazetteer), Review(2, "Later", TEXT, proposals, date(2025, 10, 30), "Paper")
    )


def later(key: int = 21, *doubts: str, **cells: str) -> Proposal:
    base = {"title": "Holm arrives in Tokyo", "who": "Ada Holm", "place": "Tokyo", "when": "2025-10-28"}
    return proposal(key, "will visit", "later", *doubts, **{**base, "reported": "2025-10-30", **cells})


@pytest.mark.parametrize(
    ("cells", "event", "changes"),
    [
        ({"status": "happened"}, "ada-holm-visits-tokyo", ("scheduled → happened",)),
        ({"status": "happened", "who": "Holm"}, "ada-holm-visits-tokyo", ("scheduled → happened",)),
        ({"when": "2025-11-03"}, "ada-holm-visits-tokyo", ("day moved: Tue, Oct 28 → Mon, Nov 3",)),
        ({"status": "cancelled"}, "ada-holm-visits-tokyo", ("scheduled → cancelled",)),
        (
            {"title": "Ada Holm goes to Yokosuka", "place": "Yokosuka", "when": "2025-10-29", "status": "happened"},
            "ada-holm-stops-in-yokosuka",
            ("expected → happened", "day made exact: on or after Oct 24 → Wed, Oct 29"),
        ),
        ({"who": "Cleo Dahl"}, "", ()),
        ({"place": "Fallon"}, "", ()),
        ({"when": "2026-06-01"}, "", ()),
        ({"title": "Earthquake kills three", "who": ""}, "", ()),
    ],
)
def test_a_second_article_is_matched_with_what_is_known(
    draft: Draft, cells: Mapping[str, str], event: str, changes: tuple[str, ...]
) -> None:
    after = second(draft, later(**cells))
    _, one = reviewing.find(after, 21)
    assert (one.event, one.changes) == (event, changes)


def test_a_place_that_is_told_more_exactly_is_said(draft: Draft) -> None:
    coarse = reviewing.change(draft, 11, {"place": "Japan"}, PLACES["Japan"])
    coarse = reviewing.reject(coarse, 14)
    _, one = reviewing.find(second(coarse, later(when="2025-10-27")), 21)
    assert one.event == "ada-holm-visits-tokyo"
    assert one.changes == ("place made exact: Japan → Tokyo",)


def test_a_denial_is_said(draft: Draft) -> None:
    denied = replace(later(status="possible"), denied_by="Her office")
    _, one = reviewing.find(second(draft, denied), 21)
    assert one.changes == ("denied by Her office", "scheduled → possible")


def test_an_accepted_match_is_the_events_next_report(draft: Draft) -> None:
    after = reviewing.accept(second(draft, later(status="happened")), 21)
    event = events(after)["ada-holm-visits-tokyo"]
    assert [report.status for report in event.reports] == ["scheduled", "scheduled", "happened"]
    assert (event.source, event.latest.reported) == ("Wire", date(2025, 10, 30))


def test_what_an_article_changed_is_told_since_the_last_day_before_its_reports(draft: Draft) -> None:
    after = second(draft, later(status="happened"), later(22, when="2025-10-29"))
    first, another = after.reviews
    assert reviewing.known_before(after, another) is None, "nothing of it is accepted"
    after = reviewing.accept(after, 21)
    assert reviewing.known_before(after, after.reviews[1]) == FIRST
    assert reviewing.known_before(after, first) is None, "nothing was known before"


def test_a_report_that_gives_no_day_leaves_the_day_that_is_known(draft: Draft) -> None:
    after = second(draft, later(21, "the text gives no day", when="[2025-10-30..]", status="cancelled"))
    _, one = reviewing.find(after, 21)
    assert one.changes == ("scheduled → cancelled",)
    event = events(reviewing.accept(after, 21))["ada-holm-visits-tokyo"]
    assert (event.status, event.span.edtf) == ("cancelled", "2025-10-28")


def test_a_wrong_match_can_be_split_and_another_one_made(draft: Draft) -> None:
    after = second(draft, later(status="happened"))
    apart = reviewing.split(after, 21)
    _, one = reviewing.find(apart, 21)
    assert (one.event, one.changes) == ("", ())
    assert len(events(reviewing.accept(apart, 21))) == 4
    met = reviewing.merge(apart, 21, "ada-holm-meets-ben-strand")
    _, one = reviewing.find(met, 21)
    assert one.event == "ada-holm-meets-ben-strand"
    assert one.changes[0].startswith("day moved")
    assert len(events(reviewing.accept(met, 21))) == 3


def test_reading_the_same_review_in_twice_changes_nothing(draft: Draft) -> None:
    assert reviewing.add_review(draft, draft.reviews[0]) is draft


# ---- from what was read ----------------------------------------------------------------------------------------------


def test_lines_end_as_a_browser_ends_them_so_that_words_stay_where_they_are() -> None:
    text = showable(Article("One.\r\nTwo\x00 \x0bthree.\rFour. \ud83d")).text
    assert text == "One.\nTwo   three.\nFour. ?"


def test_what_was_read_becomes_drafts_with_their_own_words() -> None:
    report = DraftReport(
        "visit", "Ada Holm visits Tokyo", ("Ada Holm", "Ben"), "Tokyo", "2025-10-27", "scheduled", FIRST, "Wire",
        spans={"title": (14, 19), "place": (20, 25)}, denied_by="Her office", at=PLACES["Tokyo"],
    )  # fmt: skip
    article = Article(TEXT, "", FIRST, "Wire", url="https://example.org/visit")
    review = review_of(Reading(article, (), (), (report,)))
    (one,) = review.proposals
    assert one.words == {"title": "visit", "place": "Tokyo"}
    assert one.cells["who"] == "Ada Holm;Ben"
    assert one.cells["url"] == "https://example.org/visit"
    assert (one.at, one.denied_by, one.happening) == (PLACES["Tokyo"], "Her office", "visit")
    assert story_from("x", review).head == Metadata(
        review.title, published=FIRST, sources={"Wire": "https://example.org/visit"}
    )


def test_a_draft_keeps_what_its_place_may_mean() -> None:
    texas = Place("texas", "Paris", 33.66, -95.56, "city", "US", "Texas")
    paris, tokyo = PLACES["Paris"], PLACES["Tokyo"]
    named = tuple(
        Toponym(0, 5, at.name, "name", Resolution(at.name, at, tuple(Candidate(one, 0, "") for one in places), ""))
        for at, places in ((paris, (paris, texas)), (tokyo, (tokyo,)))
    )
    reports = tuple(
        DraftReport("", "A visit", ("Ada",), at.name, "2025-10-27", "scheduled", FIRST, "Wire", at=at)
        for at in (paris, tokyo)
    )
    one, two = review_of(Reading(Article(TEXT), named, (), reports)).proposals
    assert (one.candidates, two.candidates) == ((paris, texas), ())


def test_an_article_without_a_title_is_called_by_its_first_words() -> None:
    assert title_of(Article("Short one\n\nThe text.")) == "Short one"
    caption = "Ada Holm in Oslo, Oct. 19, 2025. (Ola Berg/Wire)\n"
    assert title_of(Article(f"{caption}OSLO (Wire) — Ada Holm flew home.\n{caption}")) == "Ada Holm flew home"
    assert title_of(Article(caption)) == caption.strip()
    long = title_of(Article("word " * 100))
    assert len(long) < 130
    assert long.endswith("word …")


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (TEXT, True),
        ("A headline\n\n" + TEXT, True),
        (
            "date\tplace\ttitle\n2025-10-01\tTokyo\tTalks on trade and other things of mutual interest were held.\n",
            False,
        ),
        ("date,place,title\n2025-10-01,Tokyo,Talks\n2025-10-02,Paris,More talks\n", False),
        ("", False),
    ],
)
def test_a_text_file_is_an_article_where_it_is_sentences(text: str, prose: bool) -> None:
    assert is_prose(text.encode()) is prose


def test_a_day_that_another_sentence_tells_is_no_guess() -> None:
    told, left_out = (
        DraftReport(
            "", title, ("Ada Holm",), "Tokyo", when, "happened", FIRST, "Wire", at=PLACES["Tokyo"], kind="travel",
            spans=spans, doubts=doubts,
        )
        for title, when, spans, doubts in (
            ("Ada Holm visits Tokyo", "2025-10-22", {"when": (30, 39)}, ()),
            ("Ada Holm arrives", "[..2025-10-24]", {}, (NO_DAY,)),
        )
    )  # fmt: skip
    _, second = together([told, left_out])
    assert (second.when, second.spans["when"], second.doubts) == ("2025-10-22", (30, 39), ())
