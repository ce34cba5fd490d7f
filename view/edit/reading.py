"""The review of an article under the map: which one is shown, what was pressed in it, and what becomes of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import streamlit as st

from geo.place import Place
from story.draft import Draft, reviewing
from story.draft.known import Known, known_events
from story.draft.proposals import Proposal, Review
from story.exc import ProposalError, StoryError
from story.model import Story
from story.reading.timexes.reading import find_timexes
from story.wording import say_count
from view.draw import assets
from view.draw.html import paragraph, plain_markdown
from view.draw.reading import Card, Choice, card, panes
from view.draw.scene import Scene
from view.edit import fields
from view.state import dialogs, session
from view.state.page_state import page
from view.work import workspace
from view.work.workspaces import Workspace

STATE = st.session_state
CLOSED = -1
_acts = st.components.v2.component("dateline_reading", js="".join(map(assets.text, ("words.js", "reading.js"))))


def shown(draft: Draft) -> Review | None:
    """The review that the page shows: the one that was asked for, else the latest that has drafts to check."""
    asked = page().review
    found = next((one for one in draft.reviews if one.key == asked), None)
    if found is None and asked != CLOSED:
        found = next((one for one in reversed(draft.reviews) if one.open), None)
    return found


def button(draft: Draft) -> None:
    """The way back to the articles of a story while none of them is shown."""
    if draft.reviews and shown(draft) is None:
        left = sum(len(one.open) for one in draft.reviews)
        latest = next((one for one in reversed(draft.reviews) if one.open), draft.reviews[-1])
        words = f"{say_count(left, 'draft')} to check" if left else say_count(len(draft.reviews), "article")
        st.button(words, key="to review", on_click=_show, args=(latest.key,))


def _show(key: int) -> None:
    page().review = key


def close() -> None:
    page().review = CLOSED


def panel(story: Story) -> bool:
    """What stands beside the map while an article is checked; False for what a reader sees there."""
    if not story.reports:
        st.html(paragraph("What you accept below stands here and on the map.", "fine"))
    return not story.reports


def region(own: Workspace, scene: Scene) -> None:
    """Draws the review, where there is one to show."""
    review = shown(own.draft)
    if review is None:
        return
    # It stays when the last draft of it has been checked: what changed is read then.
    page().review = review.key
    with st.container(key="reading"):
        _head(own, review)
        since = reviewing.known_before(own.draft, review) if not (review.open and own.unsaved) else None
        st.html(panes(review, _cards(own.draft, review, scene), scene, since))
        with st.container(key="acts holder"):
            _acts(key="acts", data={"review": str(review.key)}, on_act_change=_act)


def _head(own: Workspace, review: Review) -> None:
    with st.container(key="reading head", horizontal=True, vertical_alignment="center", gap="small"):
        if len(own.draft.reviews) > 1:
            titles = {one.key: one.title for one in own.draft.reviews}
            session.put("which review", review.key)
            st.selectbox(
                "Article", list(titles), key="which review", label_visibility="collapsed", on_change=_choose,
                format_func=lambda key: titles.get(key, ""),
            )  # fmt: skip
        else:
            st.html(paragraph(review.title, "review-title"), width="content")
        st.html(paragraph(reviewing.say_counts(review), "fine review-counts", role="status"), width="content")
        clear = sum(not one.doubts for one in review.open)
        if clear:
            st.button(f"Accept {clear:,} without doubts", key="accept clear", on_click=_accept_clear)
        if review.text:
            session.put("keep text", review.keep_text)
            st.checkbox(
                "Keep the text", key="keep text", on_change=_keep_text,
                help="Saved with the story, for all who open it. Else only the words that each draft rests on are.",
            )  # fmt: skip
        st.button("Close", key="close review", type="tertiary", on_click=close)


def _choose() -> None:
    page().review = int(STATE["which review"])


def _cards(draft: Draft, review: Review, scene: Scene) -> list[Card]:
    known = {one.id: one for one in known_events(draft)}
    return [_card(draft, one, review, known, scene) for one in review.proposals]


def _card(draft: Draft, one: Proposal, review: Review, known: Mapping[str, Known], scene: Scene) -> Card:
    place = _place_of(draft, one)
    words = fields.full_name(place) if place else ""
    choices = [Choice(other.id, said, said == words) for said, other in _choices(one, place).items()]
    return card(one, review, known, words, scene, choices if len(choices) > 1 else ())


def _place_of(draft: Draft, one: Proposal) -> Place | None:
    """Where a draft is or would be put on the map."""
    found = draft.names.get(one.cells.get("place", ""))
    return found.place if found and found.place else one.at


def _choices(one: Proposal, place: Place | None) -> dict[str, Place]:
    """All that its place may mean, each with what contains it, so that no two are called the same; empty for a draft
    that leaves no choice."""
    if one.state != "open" or not one.candidates:
        return {}
    found: dict[str, Place] = {}
    # What it is put at first: a story may know by that name what the article does not mean.
    for other in [*([place] if place else []), *one.candidates]:
        found.setdefault(fields.full_name(other), other)
    return found


def _accept_clear() -> None:
    own = workspace.at_work()
    review = shown(own.draft) if own else None
    if own is None or review is None:
        return
    after, count = reviewing.accept_clear(own.draft, review)
    workspace.do(f"accepted {say_count(count, 'draft')}", own.draft, after)
    session.reset_day_later()


def _keep_text() -> None:
    own = workspace.at_work()
    review = shown(own.draft) if own else None
    if own is not None and review is not None:
        keep = bool(STATE["keep text"])
        words = f"{'keeps' if keep else 'does not keep'} the text of “{review.title}”"
        workspace.do(words, own.draft, reviewing.keep_text(own.draft, review, keep=keep))


def _act() -> None:
    """Something was pressed in the review: the page's script hands over what, and on which draft."""
    said = cast("Mapping[str, Any]", STATE["acts"]).get("act")
    if isinstance(said, Mapping):
        act(said)


def act(said: Mapping[str, Any]) -> None:
    """Does what was pressed: `act`, with the `key` of a draft and the id of a `place`, or `start` and `end` of words of
    the text."""
    own = workspace.at_work()
    if own is None:
        return
    name = said.get("act")
    if name == "undo":
        workspace.undo()
        return
    try:
        if name == "place":
            _choose_place(own, int(str(said.get("key", 0))), str(said.get("place", "")))
        elif name == "add":
            _add(own, int(said.get("start", 0)), int(said.get("end", 0)))
        else:
            _on_draft(own, str(name), int(str(said.get("key", 0))))
    except (StoryError, ValueError) as error:
        st.toast(plain_markdown(str(error)), duration="long")


def _on_draft(own: Workspace, name: str, key: int) -> None:
    before = own.draft
    _, one = reviewing.find(before, key)
    simple: dict[str, tuple[Callable[[Draft, int], Draft], str]] = {
        "accept": (reviewing.accept, "accepted"),
        "reject": (reviewing.reject, "rejected"),
        "reopen": (reviewing.reopen, "is to check again:"),
        "split": (reviewing.split, "split off"),
    }
    if name in ("change", "merge"):
        dialogs.show("proposal" if name == "change" else "merge", key)
        return
    if name not in simple:
        return
    do, words = simple[name]
    try:
        after = do(before, key)
    except ProposalError as error:
        # What it lacks can be given at once.
        st.toast(plain_markdown(str(error)), duration="long")
        dialogs.show("proposal", key)
        return
    workspace.do(f"{words} “{one.title}”", before, after)
    if name == "accept":
        # On a former as-of day it would not be known yet.
        session.reset_day_later()


def _choose_place(own: Workspace, key: int, place: str) -> None:
    before = own.draft
    _, one = reviewing.find(before, key)
    chosen = next((other for other in one.candidates if other.id == place), None)
    if chosen is not None:
        name = fields.full_name(chosen)
        workspace.do(f"placed “{one.title}” at {name}", before, reviewing.choose_place(before, key, chosen, name))


def _add(own: Workspace, start: int, end: int) -> None:
    before, review = own.draft, shown(own.draft)
    if review is None:
        return
    words = review.text[start:end]
    day = next((one.edtf for one in find_timexes(words, review.published) if one.edtf), "")
    after, key = reviewing.add_words(before, review, start, end, {"when": day})
    workspace.do("drafted an event from selected words", before, after)
    dialogs.show("proposal", key)
