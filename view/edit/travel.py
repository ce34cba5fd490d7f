"""Who travels and which stops are one trip, as a person says it: the controls and buttons of the itineraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import streamlit as st

from story.draft import Draft, edits
from story.model import Itinerary, Role, Stop, Travellers
from story.model.trips import trip_of
from story.query.itineraries import itineraries
from story.query.presence import Presence
from view.draw import assets
from view.state import session
from view.work import derived, workspace

STATE = st.session_state
GUESSED = "as guessed"
FOR_ALL: dict[str, Travellers] = {"As guessed": "", "Everyone": "all", "Nobody": "none"}
FOR_ONE: dict[str, Role] = {"travels": "travels", "goes by sea": "sea", "is involved only": "involved"}
_acts = st.components.v2.component("dateline_trips", js=assets.text("trips.js"))


def controls(draft: Draft, names: Sequence[str], going: Presence) -> None:
    """One switch for the story, and one for each name of it."""
    with st.container(key="going", horizontal=True, vertical_alignment="bottom", gap="small"):
        session.put("going all", next(words for words, value in FOR_ALL.items() if value == draft.head.travellers))
        st.selectbox("Who travels", list(FOR_ALL), key="going all", on_change=_all_chosen, width=170)
        if not names:
            return
        if STATE.get("going name") not in names:
            session.put("going name", names[0])
        name = st.selectbox("One name", names, key="going name", width=260)
        assert name is not None
        guess = next(words for words, role in FOR_ONE.items() if role == going.roles.get(name, "travels"))
        said = draft.head.travel.get(name)
        session.put("going role", next((words for words, role in FOR_ONE.items() if role == said), GUESSED))
        st.selectbox(
            "This one", [GUESSED, *FOR_ONE], key="going role", on_change=_one_chosen, width=230,
            format_func=lambda words: f"{words} ({guess})" if words == GUESSED and said is None else words,
            help=going.why.get(name),
        )  # fmt: skip


def _all_chosen() -> None:
    own = workspace.at_work()
    if own is None:
        return
    before, words = own.draft, str(STATE["going all"])
    done = f"changed who travels: {words.lower()}"
    workspace.do(done, before, edits.with_head(before, travellers=FOR_ALL[words]))


def _one_chosen() -> None:
    own = workspace.at_work()
    if own is None:
        return
    before, name, words = own.draft, str(STATE["going name"]), str(STATE["going role"])
    said = {one: role for one, role in before.head.travel.items() if one != name}
    if words in FOR_ONE:
        said[name] = FOR_ONE[words]
    how = f"{name} {words}" if words in FOR_ONE else f"whether {name} travels is guessed"
    workspace.do(how, before, edits.with_head(before, travel=said))


def buttons() -> None:
    """The script behind the buttons that join and split."""
    with st.container(key="trips holder"):
        _acts(key="trips", on_act_change=_act)


def _act() -> None:
    said = cast("Mapping[str, Any]", STATE["trips"]).get("act")
    if isinstance(said, Mapping):
        act(said)


def act(said: Mapping[str, Any]) -> None:
    """Joins or splits: `said` is what was pressed ("join" or "split"), whose trip it is, and the events before and
    after."""
    own = workspace.at_work()
    if own is None:
        return
    who, one, other = (str(said.get(name)) for name in ("who", "one", "other"))
    story = derived.story(own.draft)
    # All that is known on the as-of day: a filter leaves stops out, which are part of a trip all the same.
    known = derived.known(story, STATE["as_of"])
    theirs = tuple(event for event in known if who in event.who)
    found = next((way for way in itineraries(theirs) if way.traveller == who), None)
    if found is None:
        return
    trips = joined(found, one, other) if said.get("act") == "join" else split(found, other)
    if trips:
        done = f"{'joined' if said.get('act') == 'join' else 'split'} a trip of {who}"
        workspace.do(done, own.draft, edits.put_in_trips(own.draft, who, trips))


def joined(itinerary: Itinerary, one: str, other: str) -> dict[str, str]:
    """Event -> trip, for the trips of two events and all between them made one; empty where they are one already."""
    at = {stop.event.id: number for number, trip in enumerate(itinerary.trips) for stop in trip.stops}
    if one not in at or other not in at or at[one] == at[other]:
        return {}
    first, last = sorted((at[one], at[other]))
    stops = [stop for trip in itinerary.trips[first : last + 1] for stop in trip.stops]
    name = _free(itinerary, stops)[0]
    return {stop.event.id: name for stop in stops}


def split(itinerary: Itinerary, at: str) -> dict[str, str]:
    """Event -> trip, for the trip of an event made two, the second of which begins there; empty where one does."""
    for trip in itinerary.trips:
        ids = [stop.event.id for stop in trip.stops]
        if at in ids[1:]:
            before, after = _free(itinerary, trip.stops)
            return {event: before if number < ids.index(at) else after for number, event in enumerate(ids)}
    return {}


def _free(itinerary: Itinerary, stops: Sequence[Stop]) -> tuple[str, str]:
    """Two names that no other trip of the traveller has."""
    changed = {stop.event.id for stop in stops}
    taken = {
        trip_of(event.latest.trip, event.who, itinerary.traveller)
        for event in (stop.event for stop in itinerary.stops)
        if event.id not in changed
    }
    free = [str(number) for number in range(1, len(taken) + 3) if str(number) not in taken]
    return free[0], free[1]
