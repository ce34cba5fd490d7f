"""The page: reads the controls, asks `story` what to show, and hands it to `view`.

    streamlit run dashboard.py

DATELINE_STORY may name one more story (a folder or a file) to offer and open first, DATELINE_HOSTS the host names that
the page answers to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import streamlit as st

from view.serve import app as serving

if __name__ != "__main__":
    # `streamlit run` finds the server by this line, takes it from here, and lets it run this file for every reader.
    app = st.App(
        __file__,
        lifespan=serving.lifespan,
        middleware=serving.middleware(),
        routes=serving.routes(),
        on_script_error=serving.on_script_error,
    )
else:
    # What draws the page declares components, which only a server that runs can take.
    from streamlit.delta_generator import DeltaGenerator

    from geo.place import Place
    from story.drawing.scale import axis
    from story.drawing.shapes import colours_of
    from story.exc import OpeningCancelledError, StoryError
    from story.model import Event, Story
    from story.query.presence import Presence, say_involved, say_who
    from story.query.selection import Filter, by_place, latest_day
    from story.query.travel import meetings
    from view.draw import assets, details, lists
    from view.draw.changes import changes_list
    from view.draw.html import paragraph
    from view.draw.itineraries import itinerary_cards, meetings_list
    from view.draw.map import map_data, map_look
    from view.draw.scene import Scene
    from view.draw.timeline import Brush, timeline
    from view.edit import article_dialog, editing, following, names, reading, saving, travel, versions
    from view.page import failures, filters, own_fields, regions
    from view.state import choice as choosing
    from view.state import session
    from view.state.address import Address
    from view.state.choice import Choice
    from view.state.page_state import page
    from view.work import catalogue, derived, library, live, opening, workspace
    from view.work.workspaces import Workspace

STATE = st.session_state


def main() -> None:
    regions.begin()
    bar = regions.top()
    place = failures.begin()
    try:
        draw(bar)
        failures.end()
    except Exception as error:
        failures.in_page(error, place, bar)


def draw(bar: DeltaGenerator) -> None:
    """The whole page; `bar` is its top."""
    labels = catalogue.labels()
    session.follow_labels(labels)
    session.follow_address()
    session.apply_intents(workspace.ref_of(session.story()))
    ref = session.story()
    if ref not in labels and (name := catalogue.linked(ref)):
        labels[ref] = catalogue.apart(name, [*map(str, labels), *labels.values()])
        session.follow_labels(labels)
    if ref not in labels and ref.id and library.trouble():
        # It may well be there: the address stays, and the story opens once the library can be asked.
        labels[ref] = catalogue.apart("Your story", list(labels.values()))
        session.follow_labels(labels)
    if ref not in labels:
        if ref.id:
            session.notice(f"There is no story “{ref}”; the first one is shown instead.")
        ref = next(iter(catalogue.paths()))
        session.set_story(ref)
    session.shows(ref)
    failures.remember()
    with bar:
        filters.story_choice(labels)
        toggle = st.container(key="toggle", width="content")
        actions = st.container(key="export", width="content")
    try:
        # Progress and spinner come and go in a place of their own: what stands below must not move up one when they are
        # gone, or the browser loads the map's frame a second time.
        with st.container(key="opening"):
            # Before the story is opened, so that a first start shows its own progress.
            opening.gazetteer()
            being_opened = ref in page().jobs
            opened = live.looked_at(catalogue.fetch(ref))
            if article_dialog.take_in() or being_opened:
                # What stands above was drawn before it was there.
                st.rerun()
    except OpeningCancelledError:
        session.open_story(None, "Opening the table was cancelled; nothing was saved.")
        st.rerun()
    except (StoryError, OSError) as error:
        regions.cannot_open(labels[ref], error)
        return
    show(opened, actions, toggle)


def show(opened: catalogue.Opened, actions: DeltaGenerator, toggle: DeltaGenerator) -> None:
    story = derived.story(opened.draft)
    every = derived.known(story, None)
    facts = derived.facts(story)
    travellers, reported = facts.travellers, facts.reported
    latest = latest_day(story, reported)
    first, last = filters.stretch(*axis(*facts.ends, reported, latest))
    year = (story.published or latest or last or date.today()).year
    colours = colours_of(travellers)

    filters.headline(story)
    with regions.facts_line():
        counts = st.container(key="counts", width="content")
        filters.as_of_choice(reported, latest, year)
        since = filters.since_choice(story, reported, STATE["as_of"], year)
    as_of: date | None = STATE["as_of"]
    session.keep_known("who", travellers, "this story has no traveller of that name")
    notices = st.container(key="notices")
    # A place of its own, whatever it holds: what stands below must not move up one when editing begins or ends.
    beside_save = None
    with st.container(key="work"):
        versions.pinned(opened)
        versions.removed()
        if editing.is_on() and opened.workspace:
            beside_save = editing.bar(opened, opened.workspace, story, len(names.in_question(opened.draft)))
        following.others(opened)
    regions.dialog(opened, every)
    with regions.filters():
        at_end = filters.filters(first, last, as_of or last or date.today(), travellers, colours)
        by_fields = own_fields.filters(at_end, story, every)

    low, high = session.dates_within(first, last) if first and last else (None, None)
    wanted = Filter(
        low, high, frozenset(STATE["status"] or ()), frozenset(STATE["who"] or ()), STATE["q"] or "", as_of, by_fields,
        frozenset(STATE["sure"] or ()),
    )  # fmt: skip
    left_over = derived.left(story, wanted)
    brush = Brush(first, last, low or first, high or last) if first and last else None
    selection = left_over.selection
    address = Address(
        STATE["story"], low, high, tuple(STATE["status"] or ()), tuple(STATE["who"] or ()),
        as_of if as_of != latest else None, STATE["q"] or "", fields=tuple(STATE["field"]),
        since=since, sure=tuple(STATE["sure"] or ()),
    )  # fmt: skip
    plain = Scene(address, year, colours, frozenset(event.id for event in selection.possible))
    scene = changed(story, plain, selection.events, as_of)
    own = opened.workspace if editing.is_on() else None
    parts(story, wanted, left_over, brush, travellers, scene, own)

    with counts:
        who = say_who(facts.going, left_over.who)
        st.html(filters.facts(story, left_over, who, facts.days, asked=as_of is not None))
    filters.toggle(toggle, wanted)
    with actions:
        regions.actions(story, selection.events, wanted, opened)
    with notices:
        messages = [*saving.notices(), *filter(None, [assets.basemap_trouble()])]
        regions.notices(messages, story, opened, empty=not selection.events, total=selection.total)
    regions.tab()
    if beside_save is not None and opened.workspace:
        saving.not_kept(beside_save, opened.workspace)


def changed(story: Story, scene: Scene, shown: Sequence[Event], as_of: date | None) -> Scene:
    """Tells what has changed since the day that the reader compares with; the scene with its marks."""
    since = scene.address.since
    # A place of its own, whatever it holds: what stands below must not move up one.
    with st.container(key="changes"):
        if since is None:
            return scene
        told, marks = derived.changed(story, since, as_of, scene.year)
        st.html(changes_list(told, {event.id for event in shown}, scene, since=since))
    return replace(scene, marks=marks)


def parts(
    story: Story,
    wanted: Filter,
    left_over: derived.Left,
    brush: Brush | None,
    travellers: Sequence[str],
    scene: Scene,
    own: Workspace | None,
) -> None:
    """What is drawn alone where nothing around it changes: an edit may change anything on the page, a choice only what
    stands in there."""
    painting = derived.painting(story, STATE["as_of"], *own_fields.painted_by(story))
    address = replace(scene.address, colour=STATE["colour"], size=STATE["size"])
    scene = replace(scene, address=address, painting=painting)
    play = regions.offer_play(story, wanted, scene)
    data = map_data(left_over.places, left_over.ways, story.mentions, scene, play=play)
    given = (story, left_over, travellers, scene, own, session.surroundings())
    failures.part("chosen", partial(chosen_from, data, *given), alone=own is None)
    failures.part("lists", partial(lists_of, wanted, brush, *given), alone=own is None)


def chosen_from(
    data: Mapping[str, Any],
    story: Story,
    left_over: derived.Left,
    travellers: Sequence[str],
    nothing_chosen: Scene,
    own: Workspace | None,
    surroundings: tuple[object, ...],
) -> None:
    """All that a choice changes: the details, and how the map with its `data` is looked at. Where nothing else has
    changed it is drawn alone; what is chosen in the lists is then marked by the page's script."""
    if session.surroundings() != surroundings:
        st.rerun()
    failures.remember()
    selection, places = left_over.selection, left_over.places
    events, as_of = selection.events, STATE["as_of"]
    every = derived.known(story, None)
    known = derived.known(story, as_of)
    choice = choosing.read(known, every)
    if session.surroundings() != surroundings:
        # The notice about the choice stands above.
        st.rerun()
    left, right = regions.map_and_details()
    with left:
        own_fields.paint_controls(story)
    scene = replace(nothing_chosen, event=STATE["event"], place=choice.place.id if choice.place else "")
    if own is not None and names.take_click(own.draft, choice):
        st.rerun()
    with right:
        if own is None or not editing.panel(own, story, choice, scene, travellers):
            st.html(panel(story, choice, events, places, scene, as_of))
        regions.steps(events, choice)
    # After the panel: what a click is waiting for goes to the browser first.
    with left:
        filling = own is not None and reading.shown(own.draft) is not None
        view = None if page().chosen_on_map else look_at(story, choice, places or by_place(every), filling=filling)
        regions.draw_map(data, places, nothing_chosen.painting)
    look = map_look(data, selected=scene.place, view=view, point=choice.point, editing=own is not None, act=page().act)
    regions.script(look, places, choosing.events(choice, places))
    if own is not None:
        reading.region(own, scene)
    session.write_address(replace(scene.address, place=choice.name(), event=STATE["event"]))


def lists_of(
    wanted: Filter,
    brush: Brush | None,
    story: Story,
    left_over: derived.Left,
    travellers: Sequence[str],
    nothing_chosen: Scene,
    own: Workspace | None,
    surroundings: tuple[object, ...],
) -> None:
    """The timeline and the lists, which a choice leaves as they are but for its marks."""
    if session.surroundings() != surroundings:
        st.rerun()
    selection, as_of = left_over.selection, STATE["as_of"]
    events, known = selection.events, derived.known(story, as_of)
    choice = choosing.read(known, derived.known(story, None))
    scene = replace(nothing_chosen, event=STATE["event"], place=choice.place.id if choice.place else "")
    going = derived.facts(story).going
    someone = any(map(going.travels, travellers))
    with st.container(key="timeline"):
        any_day = derived.without_dates(story, wanted) if wanted.first or wanted.last else events
        # Where nobody travels, what the colours stand for tells events apart better than who is involved.
        by = None if someone else scene.painting.colours
        drawn = timeline(events, travellers, as_of, scene, story=known, every=any_day, brush=brush, by=by)
        st.html(drawn or regions.nothing(selection.total))
    if not someone and travellers:
        st.html(paragraph(say_involved(going), "fine"))
    kinds = [f"Events ({len(events):,})", "Sources"]
    *first, table, sources = st.tabs(["Itineraries", *kinds] if someone or own else kinds)
    for tab in first:
        with tab, st.container(key="itinerary"):
            itinerary_tab(left_over, going, travellers, scene, own)
    with table, st.container(key="events"):
        regions.events(story, selection, scene, own)
    with sources:
        st.html(lists.sources_list(story, events, scene))
    # The browser has only the tab that is open.
    st.html(lists.sources_list(story, events, scene, kind="on-paper"))


def itinerary_tab(
    left_over: derived.Left, going: Presence, travellers: Sequence[str], scene: Scene, own: Workspace | None
) -> None:
    if own is not None:
        travel.controls(own.draft, travellers, going)
        travel.buttons()
    st.html(itinerary_cards(left_over.ways, scene, travellers=left_over.going, editing=own is not None))
    if together := meetings_list(meetings(left_over.selection.events, going), scene):
        st.html(together)
    if involved := say_involved(going):
        st.html(paragraph(involved, "fine"))


def panel(
    story: Story,
    choice: Choice,
    events: tuple[Event, ...],
    places: Mapping[str, Sequence[Event]],
    scene: Scene,
    as_of: date | None,
) -> str:
    """What the panel beside the map says, as HTML."""
    if choice.event is not None:
        in_range = choosing.find(events, choice.event.id) is not None
        zone = st.context.timezone or ""
        return details.event_details(choice.event, scene, reader_zone=zone, in_range=in_range, story=story)
    if choice.place is not None:
        there = places.get(choice.place.id, ())
        return details.place_details(
            choice.place, there, scene, country=country_of(choice.place), now=datetime.now(UTC)
        )
    if choice.point is not None:
        nearest = opening.gazetteer().nearest(*choice.point)
        around = [some[0].place for some in places.values() if some[0].place]
        country = country_of(nearest) if nearest else ""
        return details.point_details(*choice.point, nearest, scene, country=country, around=around)
    return details.overview(story, events, scene, as_of=as_of)


def country_of(place: Place) -> str:
    return opening.gazetteer().country_name(place.country) if place.country else ""


def look_at(
    story: Story, choice: Choice, places: Mapping[str, Sequence[Event]], *, filling: bool = False
) -> tuple[str, list[Place]]:
    """Where the map is wished to look: a key that changes with the wish, and the places to bring into view.

    `filling` is when an article is checked: each new place is brought into view then.
    """
    if choice.event is not None and choice.place is not None:
        return f"event {choice.event.id}", [choice.place]
    if choice.place is not None:
        return f"place {choice.place.id}", [choice.place]
    # The key stays the same while the filter changes: the map fits what is left only if the reader has not moved it.
    key = f"all {story.id} {' '.join(places)}" if filling else f"all {story.id}"
    return key, [some[0].place for some in places.values() if some[0].place]


if __name__ == "__main__":
    main()
