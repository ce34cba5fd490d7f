"""The page: reads the controls, asks `story` what to show, and hands it to `view`.

    streamlit run dashboard.py

DATELINE_STORY may name one more story (a folder or a file) to offer and open first.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st

from story import library
from story.exc import StoryError
from story.export import export_csv, export_geojson
from story.itinerary import itineraries
from story.model import Event, Itinerary, Story
from story.select import Filter, Selection, by_place, days, events_as_of, report_days, select, travellers
from view import clicks, controls, details, lists, opening, page, session
from view.address import Address
from view.map import map_data
from view.scene import Scene
from view.timeline import timeline

STATE = st.session_state
# Cards and legs are drawn for far fewer; working out thousands would take seconds at each turn of a filter.
MOST_ITINERARIES = 100


@lru_cache(maxsize=32)
def known(path: str, stamp: float, as_of: date | None) -> tuple[Event, ...]:
    story = opening.story(path, stamp)
    with opening.for_good():
        return events_as_of(story, as_of)


@lru_cache(maxsize=8)
def told(path: str, stamp: float) -> tuple[tuple[str, ...], tuple[date, ...], tuple[date | None, date | None]]:
    """What no filter changes: the travellers, the days of reports, the first and the last day of any event."""
    every = known(path, stamp, None)
    return travellers(every), report_days(opening.story(path, stamp)), days(every)


@lru_cache(maxsize=64)
def chosen(path: str, stamp: float, wanted: Filter) -> tuple[Selection, tuple[Itinerary, ...], int]:
    """What a filter leaves, the itineraries in it that there is room to draw, and how many travellers it leaves."""
    selection = select(known(path, stamp, wanted.as_of), wanted)
    going = travellers(event for event in selection.events if event.status != "cancelled")
    return selection, itineraries(selection.events, MOST_ITINERARIES), len(going)


def stories() -> dict[str, Path]:
    """Story id -> where it lies: the shipped ones, after the one that was asked for by path."""
    own = os.environ.get("DATELINE_STORY", "")
    given = {Path(own).stem: Path(own).resolve()} if own else {}
    return given | {name: path for name, path in library.shipped() if name not in given}


def find(events: tuple[Event, ...], wanted: str) -> Event | None:
    return next((event for event in events if event.id == wanted), None)


def find_place(events: tuple[Event, ...], wanted: str) -> str:
    """The id of the place that the address calls by id or by name; "" if no event is there."""
    name = wanted.casefold()
    for event in events:
        place = event.place
        if place is not None and name in (place.id.casefold(), place.name.casefold(), event.toponym.casefold()):
            return place.id
    return ""


def main() -> None:
    page.begin()
    session.follow_address()
    shelf = stories()
    if STATE["story"] not in shelf:
        if STATE["story"]:
            session.notice(f"There is no story “{STATE['story']}” here; the first one is shown.")
        STATE["story"] = next(iter(shelf))
    with page.top():
        controls.story_choice({story_id: controls.label(story_id) for story_id in shelf})
        actions = st.container(key="export", width="content")
    path = shelf[STATE["story"]]
    try:
        stamp = opening.stamp_of(path)
        # Progress and spinner come and go in a place of their own: what stands below must not move up one when they are
        # gone, or the browser loads the map's frame a second time.
        with st.container(key="opening"):
            # Before the story is opened, so that a first start shows its own progress.
            opening.gazetteer()
            story = opening.story(str(path), stamp)
    except (StoryError, OSError) as error:
        page.cannot_open(path.name, error)
        return
    show(story, str(path), stamp, actions)


def show(story: Story, path: str, stamp: float, actions: st.delta_generator.DeltaGenerator) -> None:
    every = known(path, stamp, None)
    names, reported, ends = told(path, stamp)
    latest = max([*reported, *([story.published] if story.published else [])], default=None)
    first, last = controls.stretch(*controls.axis(*ends, reported, latest))
    year = (story.published or latest or last or date.today()).year
    colours = {name: min(i, 7) for i, name in enumerate(names)}

    controls.headline(story)
    with page.facts_line():
        counts = st.container(key="counts", width="content")
        controls.as_of_choice(reported, latest, year)
    as_of: date | None = STATE["as_of"]
    session.keep_known("who", names, "nobody of that name travels in this story")
    notices = st.container(key="notices")
    with page.filters():
        controls.filters(first, last, as_of or last or date.today(), names, colours, year)

    low, high = session.dates_within(first, last) if first and last else (None, None)
    wanted = Filter(low, high, frozenset(STATE["status"] or ()), frozenset(STATE["who"] or ()), STATE["q"] or "", as_of)
    selection, ways, going = chosen(path, stamp, wanted)
    events = selection.events
    possible = frozenset(event.id for event in selection.possible)
    here = known(path, stamp, as_of)

    event = find(here, STATE["event"])
    if STATE["event"] and event is None:
        session.notice(f"The event “{STATE['event']}” is not known in this story on this as-of day.")
        STATE["event"] = ""
    place_id = find_place(every, STATE["place"]) if STATE["place"] else ""
    point = clicks.point_of(STATE["place"]) if not place_id else None
    if STATE["place"] and not place_id and point is None:
        session.notice(f"No event of this story is at “{STATE['place']}”.")
        STATE["place"] = ""
    place = next((e.place for e in every if e.place and e.place.id == place_id), None)
    if event is not None and event.place is not None:
        place = event.place
    where = "" if event else place.name if place else STATE["place"]
    address = Address(
        STATE["story"], low, high, tuple(STATE["status"] or ()), tuple(STATE["who"] or ()),
        as_of if as_of != latest else None, STATE["q"] or "", where, STATE["event"],
    )  # fmt: skip
    scene = Scene(
        replace(address, place="", event=""), year, colours, possible, STATE["event"], place.id if place else ""
    )
    places = by_place(events)
    left, right = page.map_and_details()
    with right:
        zone = st.context.timezone or ""
        if event is not None:
            text = details.event_details(event, scene, reader_zone=zone, in_range=find(events, event.id) is not None)
        elif place is not None:
            country = opening.gazetteer().country_name(place.country) if place.country else ""
            text = details.place_details(place, places.get(place.id, ()), scene, country=country, now=datetime.now(UTC))
        elif point is not None:
            nearest = opening.gazetteer().nearest(*point)
            country = opening.gazetteer().country_name(nearest.country) if nearest and nearest.country else ""
            around = [some[0].place for some in places.values() if some[0].place]
            text = details.point_details(*point, nearest, scene, country=country, around=around)
        else:
            text = details.overview(story, events, scene, as_of=as_of)
        st.html(text)
        page.steps(events, event, place)
    # After the panel: what a click is waiting for goes to the browser first.
    with left:
        if event is not None and place is not None:
            view = (f"event {event.id}", [place])
        elif place is not None:
            view = (f"place {place.id}", [place])
        else:
            # The key stays the same while the filter changes: the map moves on opening and on "show all" only.
            everywhere = (places or by_place(every)).values()
            view = (f"all {story.id}", [some[0].place for some in everywhere if some[0].place])
        data = map_data(places, ways, story.mentions, scene, view=None if STATE.get("_from_map") else view, point=point)
        page.draw_map(data, places)

    with st.container(key="timeline"):
        st.html(timeline(events, names, as_of, scene) or page.nothing(selection.total))
    tabs = st.tabs(["Itineraries", f"Events ({len(events):,})", "Sources"])
    with tabs[0], st.container(key="itinerary"):
        st.html(lists.itinerary_cards(ways, scene, travellers=going))
    with tabs[1], st.container(key="events"):
        page.events(selection, scene)
    with tabs[2]:
        st.html(lists.sources_list(story, events, scene))

    with counts:
        st.html(f"<p>{controls.facts(story, events, selection.total, len(places), going)} · as known on</p>")
    with actions:
        page.actions(story.id, lambda: export_csv(events), lambda: export_geojson(events))
    with notices:
        page.notices(session.notices(), story, empty=not events, total=selection.total)
    session.write_address(address)
    page.end()


main()
