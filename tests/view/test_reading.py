"""An article on the page, without a browser: given in the dialog, read, checked, saved."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import streamlit as st

from geo.place import Place
from story.draft.proposals import Proposal, Review, words_at
from story.exc import TableSizeError
from story.library.revisions import Library
from story.opening import sandbox
from story.reading.articles import Article
from tests.view.page_driver import Open, Shown
from view.draw.reading import excerpts, segments
from view.edit import reading

TEXT = """Holm heads for Oslo

Ada Holm will visit Oslo on Oct. 27, her office said. She met Ben Strand in Bergen on Friday."""
OSLO = Place("geonames:3143244", "Oslo", 59.91, 10.75, "city", "NO", "Oslo")
BERGEN = Place("geonames:3161732", "Bergen", 60.39, 5.32, "city", "NO", "Vestland")


def drafted(article: Article, **_: Any) -> Review:
    """Stands in for the process that reads: two drafts, the second of them doubtful."""

    def proposal(key: int, words: str, at: Place, doubts: tuple[str, ...], **cells: str) -> Proposal:
        start = article.text.index(words)
        spans = {"title": (start, start + len(words))}
        reported = article.published.isoformat() if article.published else ""
        given = {"place": at.name, "reported": reported, "source": article.source, "who": "Ada Holm", **cells}
        return Proposal(key, given, str(key), spans, words_at(article.text, spans), doubts, at=at)

    key = 100 * sum(map(ord, article.text))
    return Review(
        key,
        article.title,
        article.text,
        (
            proposal(
                key + 1, "will visit", OSLO, (), title="Ada Holm visits Oslo", when="2025-10-27", status="scheduled"
            ),
            proposal(
                key + 2, "met", BERGEN, ("“She” is taken for Ada Holm",), title="Ada Holm meets Ben Strand",
                when="2025-10-24", status="happened",
            ),
        ),
        article.published,
        article.source,
    )  # fmt: skip


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """What the page's script hands over when a button stands in for it is pressed."""
    waiting: list[Mapping[str, Any]] = []

    def script(**_: Any) -> None:
        st.button("act", key="act", on_click=lambda: reading.act(waiting.pop()))

    monkeypatch.setattr(reading, "_acts", script)
    monkeypatch.setattr(sandbox, "read_review", drafted)
    return waiting


def field(shown: Shown, label: str, text: str) -> None:
    every = [*shown.app.text_input, *shown.app.text_area]
    # The panel beside the map has the story's own title and day of publication.
    in_dialog = (one for one in every if one.label == label and not (one.key or "").startswith("head"))
    next(in_dialog).set_value(text)
    shown.run()


def read(shown: Shown, text: str, published: str) -> Shown:
    field(shown, "Or paste an article", text)
    field(shown, "Published", published)
    field(shown, "Source", "The Wire")
    return shown.press("read article")


@pytest.fixture
def shown(open_at: Open, acts: list[Mapping[str, Any]]) -> Shown:
    """A new story with the drafts of an article to check."""
    return read(open_at().press("open"), TEXT, "2025-10-24").run()


def act(shown: Shown, acts: list[Mapping[str, Any]], name: str, number: int) -> Shown:
    key = next(one for one in shown.app.session_state["_page"].whole_edits.now.reviews[-1].proposals).key
    acts.append({"act": name, "key": str(key + number - 1)})
    return shown.press("act")


def test_a_pasted_article_is_asked_for_its_day_and_never_given_todays(open_at: Open, acts: object) -> None:
    shown = open_at().press("open")
    field(shown, "Or paste an article", TEXT)
    assert "It does not say when it was published" in shown.dialog()
    assert shown.app.button(key="read article").disabled
    field(shown, "Published", "yesterdayish")
    assert "is not a date" in shown.dialog()
    assert shown.app.button(key="read article").disabled
    field(shown, "Published", "October 2025")
    assert "is no single day" in shown.dialog()


def test_its_drafts_stand_beside_its_text_and_nothing_is_in_the_story_yet(shown: Shown) -> None:
    assert "0 events" in shown.text("counts")
    said = shown.text("reading")
    assert "2 to check" in said
    assert said.index("Ada Holm meets Ben Strand") < said.index("Ada Holm visits Oslo"), "the doubtful one comes first"
    assert "“She” is taken for Ada Holm" in said
    assert "Oslo, Norway" in said
    assert "The Wire, Fri, Oct 24" in said
    assert shown.markers() == {}


def test_the_text_is_drawn_as_text_whatever_it_holds(open_at: Open, acts: object) -> None:
    hostile = TEXT + " <script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 * 7 }}"
    shown = read(open_at().press("open"), hostile, "2025-10-24").run()
    assert "&lt;script&gt;" in shown.html("reading")
    assert "<script" not in shown.html("reading")
    assert "<img" not in shown.html("reading")
    assert "{{ 7 * 7 }}" in shown.text("reading")


def test_the_map_fills_as_drafts_are_accepted_and_empties_with_undo(
    shown: Shown, acts: list[Mapping[str, Any]]
) -> None:
    act(shown, acts, "accept", 1)
    assert shown.markers() == {"Oslo": 1}
    assert "1 to check, 1 accepted" in shown.text("reading")
    act(shown, acts, "reject", 2)
    assert "0 to check, 1 accepted, 1 rejected" in shown.text("reading")
    assert "Everything in this article is checked" in shown.text("reading")
    acts.append({"act": "undo"})
    shown.press("act")
    acts.append({"act": "undo"})
    assert shown.press("act").markers() == {}
    assert "2 to check" in shown.text("reading")


def test_all_without_doubts_are_accepted_by_one_press(shown: Shown) -> None:
    assert shown.app.button(key="accept clear").label == "Accept 1 without doubts"
    shown.press("accept clear")
    assert shown.markers() == {"Oslo": 1}
    assert shown.press("undo").markers() == {}


def test_a_draft_is_changed_in_a_dialog_and_accepted_there(shown: Shown, acts: list[Mapping[str, Any]]) -> None:
    act(shown, acts, "change", 2)
    assert "“She” is taken for Ada Holm" in shown.dialog()
    field(shown, "Place", "Trondheim")
    field(shown, "When", "Oct. 23, 2025")
    shown.press("accept the draft").run()
    assert shown.markers() == {"Trondheim": 1}
    assert "Thu, Oct 23" in shown.text("timeline")


def test_a_draft_that_lacks_its_place_is_asked_for_it(shown: Shown, acts: list[Mapping[str, Any]]) -> None:
    act(shown, acts, "change", 1)
    field(shown, "Place", "")
    shown.press("keep the draft").run()
    assert "no place" in shown.text("reading")
    act(shown, acts, "accept", 1)
    assert {button.key for button in shown.app.button} >= {"accept the draft"}


def test_another_of_the_places_that_a_name_may_mean_is_chosen_on_its_card(
    open_at: Open, acts: list[Mapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    minnesota = replace(OSLO, id="geonames:5041463", latitude=48.2, longitude=-97.13, country="US", admin1="Minnesota")

    def several(article: Article, **_: Any) -> Review:
        review = drafted(article)
        first = replace(review.proposals[0], candidates=(OSLO, minnesota))
        return replace(review, proposals=(first, *review.proposals[1:]))

    monkeypatch.setattr(sandbox, "read_review", several)
    shown = read(open_at().press("open"), TEXT, "2025-10-24").run()
    assert shown.html("reading").count("<select") == 1
    assert '<option value="geonames:3143244" selected>Oslo, Norway</option>' in shown.html("reading")
    key = str(shown.app.session_state["_page"].whole_edits.now.reviews[-1].proposals[0].key)
    acts.append({"act": "place", "key": key, "place": "geonames:5041463"})
    shown.press("act")
    assert '<option value="geonames:5041463" selected>Oslo, Minnesota, United States</option>' in shown.html("reading")
    act(shown, acts, "accept", 1)
    (marker,) = shown.map.data["places"]
    assert (marker["latitude"], marker["longitude"]) == (48.2, -97.13)
    shown.press("undo").press("undo")
    assert '<option value="geonames:3143244" selected>' in shown.html("reading")


def test_merged_drafts_are_one_event(shown: Shown, acts: list[Mapping[str, Any]]) -> None:
    act(shown, acts, "merge", 2)
    assert shown.app.button(key="merge the draft").disabled
    (other,) = (box for box in shown.app.selectbox if (box.key or "").startswith("merge"))
    other.select_index(0)
    shown.run().press("merge the draft").run()
    assert "One of 2 reports of this event" in shown.text("reading")
    act(shown, acts, "accept", 1)
    act(shown, acts, "accept", 2)
    assert "1 event " in shown.text("counts")
    act(shown, acts, "split", 2)
    assert "2 events" in shown.text("counts")


def test_an_event_is_added_from_selected_words(shown: Shown, acts: list[Mapping[str, Any]]) -> None:
    start = TEXT.index("Ada Holm will")
    acts.append({"act": "add", "start": start, "end": start + len("Ada Holm will visit Oslo on Oct. 27")})
    shown.press("act")
    title = next(one for one in shown.app.text_input if one.label == "Title" and (one.key or "").startswith("draft"))
    assert title.value == "Ada Holm will visit Oslo on Oct. 27"
    when = next(one for one in shown.app.text_input if one.label == "When" and (one.key or "").startswith("draft"))
    assert when.value == "2025-10-27"


def test_saving_keeps_the_drafts_but_not_the_text(
    shown: Shown, acts: list[Mapping[str, Any]], library_url: str
) -> None:
    act(shown, acts, "accept", 1)
    shown.press("save")
    assert "1 draft still to check is saved too, with the words that it rests on but without" in shown.dialog()
    next(one for one in shown.app.text_input if one.label == "Your name").set_value("Ada")
    next(one for one in shown.app.button if one.label == "Save" and one.key != "save").click()
    shown.run()
    library = Library.open(library_url)
    (kept,) = library.stories()
    review = library.draft(kept.id, 1).reviews[0]
    assert review.text == ""
    assert [one.state for one in review.proposals] == ["accepted", "open"]
    assert "1 draft still to check is saved too" in shown.app.toast[0].value
    assert "Ada Holm will visit" in shown.run().text("reading"), "who is at it still has the text"


def test_a_review_saved_half_way_is_gone_on_with_where_it_was_left(
    shown: Shown, acts: list[Mapping[str, Any]], library_url: str, open_at: Open
) -> None:
    act(shown, acts, "accept", 1)
    shown.press("save")
    next(one for one in shown.app.text_input if one.label == "Your name").set_value("Ada")
    next(one for one in shown.app.button if one.label == "Save" and one.key != "save").click()
    shown.run()
    (kept,) = Library.open(library_url).stories()
    again = open_at(f"story={kept.id}", browser="b" * 32).press("edit story")
    said = again.text("reading")
    assert "1 to check, 1 accepted" in said
    assert "these are the words that its drafts rest on. will visit met" in said
    assert "“She” is taken for Ada Holm" in said
    act(again, acts, "accept", 2)
    assert again.markers() == {"Oslo": 1, "Bergen": 1}


def test_words_of_drafts_stand_once_and_not_within_one_another() -> None:
    one = Proposal(1, {}, "", {"title": (0, 9), "when": (4, 9)}, {"title": "was there", "when": "there"})
    two = Proposal(2, {}, "", {"title": (0, 9), "place": (20, 420)}, {"title": "was there", "place": "x" * 200})
    found = excerpts([one, two])
    assert [segment.text for segment in found] == ["was there", "x" * 200 + " …"]
    assert [[draft.key for draft in segment.drafts] for segment in found] == [[1, 2], [2]]


def test_a_second_article_says_what_it_changes(
    shown: Shown, acts: list[Mapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    act(shown, acts, "accept", 1)

    def later(article: Article, **_: Any) -> Review:
        review = drafted(article)
        first = review.proposals[0]
        new = replace(first, cells={**first.cells, "status": "happened", "when": "2025-10-28"})
        return replace(review, proposals=(new, *review.proposals[1:]))

    monkeypatch.setattr(sandbox, "read_review", later)
    read(shown.press("read into"), TEXT + " It was late.", "2025-10-30").run()
    said = shown.text("reading")
    assert "What changes in the story Ada Holm visits Oslo scheduled → happened" in said
    assert "day moved: Mon, Oct 27 → Tue, Oct 28" in said
    assert len(shown.app.selectbox(key="which review").options) == 2
    act(shown, acts, "accept", 1)
    assert "1 event " in shown.text("counts")


def test_a_line_leads_from_a_second_article_to_what_it_changed(shown: Shown, acts: list[Mapping[str, Any]]) -> None:
    act(act(shown, acts, "accept", 1), acts, "accept", 2)
    assert "See what changed" not in shown.text("reading"), "nothing was known before the first article"
    read(shown.press("read into"), TEXT + " It was late.", "2025-10-30").run()
    act(shown, acts, "accept", 1)
    assert "See what changed" not in shown.text("reading"), "it is not checked yet"
    act(shown, acts, "reject", 2)
    assert "See what changed in the story since Fri, Oct 24" in shown.text("reading")
    (href,) = re.findall(r'see-changes" href="([^"]*)"', shown.html("reading"))
    shown.act("go", html.unescape(href))
    assert shown.app.session_state["since"] == date(2025, 10, 24)
    assert "since Fri, Oct 24" in shown.text("changes")
    assert "0 to check, 1 accepted, 1 rejected" in shown.text("reading"), "the review stays"


def test_a_review_that_is_closed_can_be_come_back_to(shown: Shown) -> None:
    shown.press("close review")
    assert shown.app.button(key="to review").label == "2 drafts to check"
    assert "2 to check" in shown.press("to review").text("reading")


def test_an_article_that_cannot_be_read_says_why(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Review:
        raise TableSizeError("'It' was not read within 60 seconds. Give a shorter part of the article.")

    monkeypatch.setattr(sandbox, "read_review", fails)
    read(shown.press("read into"), "Another one. " * 20, "2025-10-30").run()
    assert "Give a shorter part of the article." in shown.text("notices")


@pytest.mark.parametrize("spans", [(), ((0, 8),), ((0, 8), (4, 20), (4, 8)), ((3, 3), (90, 999), (-1, 5))])
def test_the_marked_text_is_the_text_whatever_overlaps_in_it(spans: tuple[tuple[int, int], ...]) -> None:
    proposals = [Proposal(n, {}, "", {"title": span}) for n, span in enumerate(spans)]
    found = segments(TEXT, proposals)
    assert "".join(one.text for one in found) == TEXT
    for n, (start, end) in enumerate(spans):
        if 0 <= start < end <= len(TEXT):
            marked = "".join(one.text for one in found if n in {draft.key for draft in one.drafts})
            assert marked == TEXT[start:end]
