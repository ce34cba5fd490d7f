"""The names that a person should place, one after another: by a candidate, a click on the map, or by typing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.place import Place
from story.draft import Draft, edits
from story.draft.review import OpenName, open_names, rivals
from story.drawing.places import KIND_WORDS
from story.memo import memoized
from story.model import Event, Story
from story.placing import placed_at
from story.text import clean
from story.wording import say_count, say_span
from view.draw.html import plain_markdown, render
from view.draw.scene import Scene
from view.edit import fields
from view.state import clicks, session
from view.state.choice import Choice
from view.state.page_state import page
from view.work import derived, workspace

STATE = st.session_state
MOST = 6
MOST_SUMMARY = 200
in_question = memoized(open_names)
"""The names of a draft that are in question."""


def begin() -> None:
    """Opens the queue."""
    session.choose()
    page().panel = "names"
    page().name = ""


def is_open() -> bool:
    return page().panel == "names"


def _current(draft: Draft) -> tuple[int, OpenName | None]:
    queue = in_question(draft)
    at = next((i for i, one in enumerate(queue) if one.toponym == page().name), 0)
    return at, queue[at] if queue else None


def panel(draft: Draft, story: Story, scene: Scene) -> None:
    queue = in_question(draft)
    at, name = _current(draft)
    if name is None:
        st.html('<p class="over">Names</p><h2 class="panel-title">All names are placed</h2>')
        return
    st.html(render("edit/name", number=at + 1, count=len(queue), toponym=name.toponym, why=_why(name)))
    _scope(name, [event for event in derived.known(story, None) if event.toponym == name.toponym], scene)
    for number, place in enumerate(_candidates(name)):
        words = plain_markdown(_words(place))
        keep = name.resolution.place is not None and place.id == name.resolution.place.id
        st.button(
            f"Keep {words}" if keep else words, key=f"take {number}", on_click=_take, args=(name.toponym, place),
            width="stretch",
        )  # fmt: skip
    fields.text(f"name {name.toponym}", "Another name, or latitude, longitude", "", _typed, (name.toponym,))
    st.html('<p class="fine">Or click its location on the map.</p>')
    if len(queue) > 1:
        later = queue[(at + 1) % len(queue)].toponym
        session.put("go to name", name.toponym)
        events = {one.toponym: one.events for one in queue}
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="queue"):
            st.button("Skip", key="skip name", type="tertiary", on_click=_go_to, args=(later,))
            st.selectbox(
                "Go to", list(events), key="go to name", label_visibility="collapsed", on_change=_chosen,
                format_func=lambda toponym: f"{toponym} · {say_count(events.get(toponym, 0), 'event')}",
            )  # fmt: skip


def _scope(name: OpenName, events: Sequence[Event], scene: Scene) -> None:
    """What happens there, by which a person tells where it is; with several events, which of them is being placed."""
    words = {event.id: f"{event.title} · {say_span(event.span, scene.year)}" for event in events}
    if len(events) == 1:
        summary = clean(events[0].summary)[:MOST_SUMMARY]
        st.html(render("edit/scope", words=words[events[0].id], summary=summary))
    if len(events) > 1:
        st.selectbox(
            "For", ["", *words], key=f"scope {name.toponym}",
            format_func=lambda event: words.get(event) or f"all {say_count(len(events), 'event')} with this name",
        )  # fmt: skip


def _why(name: OpenName) -> str:
    reason = name.resolution.reason.rstrip(".")
    if name.doubt == "several" and name.resolution.place:
        return f"Shown at {_words(name.resolution.place)}. Others are just as likely."
    if name.doubt == "coarse":
        return f"{reason[:1].upper()}{reason[1:]}."
    return f"Not on the map: {reason}."


def _candidates(name: OpenName) -> list[Place]:
    """The chosen place first, then its rivals, then whatever else may be meant; each place once."""
    chosen = [name.resolution.place] if name.resolution.place else []
    likely = [one.place for one in rivals(name.resolution)]
    rest = [one.place for one in name.resolution.candidates]
    found: dict[str, Place] = {}
    for place in [*chosen, *likely, *rest]:
        found.setdefault(_words(place), place)
    return list(found.values())[:MOST]


def _words(place: Place) -> str:
    kind = f" ({KIND_WORDS[place.kind].lower()})" if place.kind not in ("city", "site", "country") else ""
    return fields.full_name(place) + kind


def _take(toponym: str, place: Place) -> None:
    own = workspace.at_work()
    if own is None:
        return
    before = own.draft
    at, _ = _current(before)
    if event := STATE.get(f"scope {toponym}", ""):
        alone = edits.put_alone(before, toponym, event, place, fields.full_name(place))
        workspace.do(f"placed {toponym} in one event", before, alone)
    else:
        workspace.do(f"placed {toponym}", before, edits.put(before, toponym, place))
    # The name that stood behind this one is where this one was.
    queue = in_question(own.draft)
    page().name = queue[at].toponym if at < len(queue) else ""


def _chosen() -> None:
    _go_to(str(STATE["go to name"]))


def _go_to(toponym: str) -> None:
    page().name = toponym


def _typed(toponym: str) -> None:
    key = f"name {toponym}"
    said = str(STATE[key]).strip()
    if not said:
        return
    point = clicks.point_of(said)
    if point is not None:
        _put_at(toponym, point)
        return
    found = workspace.look_up(said)
    if found.place is None:
        fields.refuse(key, f"“{said}” was not found either: {found.reason}.")
    else:
        _take(toponym, found.place)


def _put_at(toponym: str, point: tuple[float, float]) -> None:
    _take(toponym, placed_at(toponym, *point, workspace.around(*point)))


def take_click(draft: Draft, choice: Choice) -> bool:
    """While the queue is open, a click on the map puts the name there, on a marker at that marker's place."""
    if choice.event is not None and is_open():
        # Whoever goes on to an event has left the queue; a click there is one to read.
        page().panel = ""
    if not is_open() or not page().chosen_on_map or (choice.point is None and choice.place is None):
        return False
    _, name = _current(draft)
    if name is None:
        return False
    session.choose(from_map=True)
    if choice.point is not None:
        _put_at(name.toponym, choice.point)
    elif choice.place is not None:
        _take(name.toponym, choice.place)
    return True
