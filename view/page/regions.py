"""The page's frame and its regions: what Streamlit draws, in the order and with the keys that the styles know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
import streamlit_folium
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from story.draft import edits
from story.drawing import assets as drawing
from story.drawing.play import play_json
from story.export import EXPORTS, MIMES
from story.model import STATUSES, Event, Story
from story.query.fields import Painting
from story.query.selection import Filter, Selection
from story.wording import say_count
from view.draw import assets, lists, paint
from view.draw.embed import opening_tag
from view.draw.html import notice, paragraph, render
from view.draw.map import base_map, story_layer
from view.draw.scene import Scene
from view.edit import (
    adding,
    article_dialog,
    editing,
    opening_dialog,
    own_fields,
    problems,
    proposals,
    saving,
    spreadsheet,
    versions,
)
from view.state import choice as choosing
from view.state import clicks, dialogs, offers, session
from view.state.choice import Choice
from view.state.page_state import page
from view.widgets import downloads, presses
from view.work import derived, library, uploads, workspace
from view.work.catalogue import Opened
from view.work.workspaces import Workspace

STATE = st.session_state
MAP_HEIGHT = 540
MOST_OWN_COLUMNS = 8
"""Of the story's own fields in the spreadsheet; the others are in the panel."""
FORMATS = {
    "csv": "CSV, all reports",
    "xlsx": "Excel, all reports",
    "geojson": "GeoJSON, for maps",
    "kml": "KML, for virtual globes",
    "gpx": "GPX, where travellers go",
    "ics": "Calendar",
    "pdf": "Print sheet, PDF",
    "html": "Interactive page, one file",
    "png": "Picture of the map, PNG",
    "svg": "Picture of the map, SVG",
}
_SHARED_SCRIPTS = ("timeline.js", "brush.js", "keys.js", "height.js")
_PAGE_SCRIPTS = ("since.js", "media.js", "embed.js", "page.js")
_links = st.components.v2.component(
    "dateline_page", js="".join([*map(drawing.script, _SHARED_SCRIPTS), *map(assets.text, _PAGE_SCRIPTS)])
)
_tab = st.components.v2.component("dateline_tab", js=assets.text("tab.js"))


def begin() -> None:
    presses.protect()
    uploads.bound()
    uploads.forget()
    st.set_page_config(page_title="Dateline", page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed")
    # By the first thing that is drawn: what is left out inside another page is never seen there.
    st.html(render("styles", styles=Markup(assets.styles()), embedded=bool(st.context.is_embedded)))


def script(
    look: Mapping[str, Any] | None = None,
    places: Mapping[str, Sequence[Event]] | None = None,
    current: Sequence[str] = (),
) -> None:
    """The page's script, by which whatever is done to links and on the map comes back.

    `look` is handed to the map, and `places` are those that are on it; the events `current` are marked in the lists.
    """
    data = {"panel": str(page().panel), "editing": editing.is_on(), "look": look, "current": current}
    there = places or {}
    with st.container(key="links holder"):
        _links(
            key="links", data=data, on_go_change=session.take_link, on_clear_change=session.choose,
            on_choose_change=lambda: clicks.take(STATE["links"].get("choose"), there),
            on_move_change=lambda: editing.move_marker([some[0].place for some in there.values() if some[0].place]),
            on_range_change=session.take_range,
        )  # fmt: skip


def tab() -> None:
    """What this tab is known by. It stands in no part that is drawn alone, which a new server would not know."""
    at = {
        "session": page().session, "story": STATE["story"], "editing": editing.is_on(),
        "panel": str(page().panel),
    }  # fmt: skip
    # The cookie by which a browser is known is set only where there is something to know it by.
    data = {"browser": workspace.token(), "refused": workspace.refused(), "tab": at}
    with st.container(key="tab holder"):
        said = _tab(
            key="tab", data=data, on_browser_change=lambda: workspace.adopt(str(STATE["tab"].get("browser") or "")),
            on_was_change=lambda: None,
        )  # fmt: skip
    if session.go_on(said.get("was")):
        st.rerun()


def top() -> DeltaGenerator:
    return st.container(key="top", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")


def facts_line() -> DeltaGenerator:
    return st.container(key="facts", horizontal=True, vertical_alignment="center", gap="small")


def filters() -> DeltaGenerator:
    return st.container(key="filters")


def map_and_details() -> tuple[DeltaGenerator, DeltaGenerator]:
    left, right = st.columns([2.28, 1], gap="small")
    return left.container(key="map"), right.container(key="details")


def draw_map(data: Mapping[str, Any], places: Mapping[str, Sequence[Event]], painting: Painting) -> None:
    """Draws the map with its legend. What is done on it comes back by the page's script."""
    with st.container(key="legend"):
        st.html(render("legend", statuses=STATUSES, **paint.legend(painting)))
    answer = streamlit_folium.st_folium(
        base_map(),
        key="map_view",
        height=MAP_HEIGHT,
        use_container_width=True,
        feature_group_to_add=story_layer(data),
        # Its own reports wait for a quarter of a second and come with every view of the map: none is asked for.
        returned_objects=[],
    )
    if clicks.take_answer(answer, places):
        st.rerun()


def offer_play(story: Story, wanted: Filter, scene: Scene) -> str:
    """Where the map's frame finds what it plays of what a filter leaves, once a reader asks for it."""
    about = (id(story), wanted, scene.year, tuple(scene.colours.items()))

    def write() -> bytes:
        left = derived.left(story, wanted)
        return play_json(story, left.selection, left.ways, wanted, scene.year, scene.colours)

    made = page().play = offers.offer(about, write, page().play)
    return assets.play_address(made.word)


def steps(events: Sequence[Event], choice: Choice) -> None:
    """Previous and next through the story in order, and the way back to everything."""
    event, place = choice.event, choice.place
    order = [some.id for some in events]
    at = order.index(event.id) if event is not None and event.id in order else None
    if at is None and place is not None:
        at_place = [i for i, some in enumerate(events) if some.place is not None and some.place.id == place.id]
        before, after = (at_place[0] - 1, at_place[0]) if at_place else (-1, 0)
    else:
        before, after = (at - 1, at + 1) if at is not None else (-1, 0)
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="small"):
        _step("◀ previous", "previous", order[before] if 0 <= before < len(order) else "")
        _step("next ▶", "next", order[after] if 0 <= after < len(order) else "")
        if choice != Choice():
            st.button("show all", key="show_all", type="tertiary", on_click=session.choose)
        if at is not None:
            st.html(paragraph(f"event {at + 1} of {len(order):,}", "fine nowrap"), width="content")


def _step(label: str, key: str, event: str) -> None:
    st.button(label, key=key, disabled=not event, on_click=session.choose, kwargs={"event": event})


def events(story: Story, selection: Selection, scene: Scene, own: Workspace | None) -> None:
    """The table of events, a page at a time; a spreadsheet while the story is being edited."""
    count = len(selection.certain) + len(selection.possible)
    pages = max(1, -(-count // lists.PAGE))
    number = 1
    if pages > 1:
        if STATE.get("events_page", 1) > pages:
            STATE["events_page"] = pages
        number = st.pagination(pages, key="events_page")
    if own is not None:
        start = (number - 1) * lists.PAGE
        shown = [*selection.certain, *selection.possible][start : start + lists.PAGE]
        spreadsheet.table(own, shown, scene.year, [field.name for field in story.fields[:MOST_OWN_COLUMNS]])
        return
    table = lists.events_table(selection.certain, selection.possible, scene, page=number, fields=story.fields)
    st.html(table or nothing(selection.total))


def nothing(total: int) -> Markup:
    return paragraph(_none_fits(total) if total else "No events to show.", "empty")


def actions(story: Story, events: tuple[Event, ...], asked: Filter, opened: Opened) -> None:
    """Copy link, what the filter leaves as a file (written when it is asked for), editing, the way to another story."""
    with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
        reader = opened.found.kept.reader_id if opened.found else ""
        private = opened.workspace is not None and opened.found is None
        st.html(render("copy_link", reader=reader, private=private), width="content")
        if not private:
            st.html(render("embed_link", reader=reader, frame=opening_tag("", story.title)), width="content")
        if opened.workspace and opened.workspace.unsaved and not editing.is_on():
            st.html('<p class="fine nowrap">Unsaved changes</p>', width="content")
        with st.popover("Export", type="tertiary"):
            revision = opened.found.number if opened.found else 0
            for name, words in FORMATS.items():
                write = partial(EXPORTS[name], story, events, asked, revision)
                downloads.button(words, write, f"{story.id}.{name}", MIMES[name], f"export {name}")
            if rejected := edits.rejected(opened.draft):
                rows, are = say_count(len(rejected), "row"), "are" if len(rejected) > 1 else "is"
                st.html(paragraph(f"{rows} set aside {are} not in these files.", "fine"))
                name = f"{story.id}-set-aside.csv"
                write_rejected = partial(problems.rejected_csv, rejected)
                downloads.button("Rows set aside, CSV", write_rejected, name, "text/csv", "export rejected")
        if editing.is_on():
            editing.stop_button(opened.workspace)
        else:
            mine = opened.workspace or (opened.found and opened.found.may_change and not opened.ref.is_pinned)
            words = "Edit" if mine else "Edit a copy"
            st.button(words, key="edit story", type="tertiary", on_click=editing.begin, args=(opened,))
        opening_dialog.opener()


def notices(texts: Sequence[str], story: Story, opened: Opened, *, empty: bool, total: int) -> None:
    """What was ignored in the address, what could not be used in the story, and a way out of an empty filter."""
    if texts:
        st.html(Markup("").join(notice(text) for text in texts))
    if story.problems and editing.is_on():
        # They are mended in the panel; what the bar's button says is said to whoever cannot see it come.
        st.html(paragraph(problems.summary(story), "sr", role="status"))
    elif story.problems:
        problems.show(story)
    headers = opened.draft.headers
    if opened.path is not None and headers:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="guessed"):
            said = f"Opened from {opened.path.name}. When: {headers['when']}. Where: {headers['place']}."
            st.html(paragraph(said, "fine"), width="content")
            st.button("Change columns", key="change columns", type="tertiary", on_click=dialogs.show, args=("columns",))
    if empty and total:
        _way_out(_none_fits(total), "Show everything", "reset", session.reset_filters)
    elif not story.reports:
        # Of an article nothing may have been accepted yet.
        if not opened.draft.reviews:
            st.html(notice("No events in this story could be read."))
    elif not total:
        _way_out("No events were known by this day.", "Show what is known now", "reset_day", session.reset_day)


def _way_out(text: str, label: str, key: str, leave: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="way out"):
        st.html(notice(text), width="content")
        st.button(label, key=key, on_click=leave)


def _none_fits(total: int) -> str:
    return f"None of the {say_count(total, 'event')} match these filters."


def dialog(opened: Opened, events: Sequence[Event]) -> None:
    """The dialog that is open, if there is still what it is about. `events` are all that are known."""
    name, about = dialogs.shown()
    own = opened.workspace if editing.is_on() else None
    if name == "open":
        opening_dialog.open_story(own)
    elif name == "article" and own:
        article_dialog.read_article(own)
    elif name == "proposal" and own:
        proposals.change(own, int(str(about)))
    elif name == "merge" and own:
        proposals.merge(own, int(str(about)))
    elif name == "columns" and opened.path is not None:
        opening_dialog.change_columns(opened.path)
    elif name == "versions" and opened.found:
        versions.show(opened)
    elif name == "save" and own:
        saving.ask(own)
    elif name == "both" and opened.workspace:
        saving.put_together(opened.workspace)
    elif name == "picture" and own:
        own_fields.add_picture(int(str(about)))
    elif name == "event" and own:
        adding.add_event()
    elif name == "report" and own and (event := choosing.find(events, str(about))):
        adding.add_report(event)
    elif name:
        dialogs.close()


def cannot_open(name: str, error: Exception) -> None:
    """What is wrong with a story that cannot be opened, and the way to another one."""
    st.html(render("cannot_open", name=name, why=library.say(error)))
    opening_dialog.opener()
    if library.trouble():
        _until_it_answers()
    if dialogs.shown()[0] == "open":
        opening_dialog.open_story()


@st.fragment(run_every=1.0)
def _until_it_answers() -> None:
    """Opens the story of the address by itself once the library can be asked again."""
    if not library.trouble():
        st.rerun()
