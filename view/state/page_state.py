"""All that a session knows beside its controls: one value, kept in the session under one key."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from story.draft.undo import Edits
from story.drawing.card import Card
from story.opening.fetching import Fetched
from story.opening.sandbox import Parsed
from story.reading.articles import Article
from story.tables.table import ReadAs
from view.state.intents import Intent
from view.state.job import Job
from view.state.offers import Offer
from view.state.story_ref import StoryRef

STATE = st.session_state
KEY = "_page"
Range = tuple[date | None, date | None]
Point = tuple[float, float]


@dataclass(slots=True)
class PageState:
    """One session's state. Controls whose names are contracts stay keys of their own: see view.state.address."""

    # The address, and what was asked for.
    asked: tuple[Intent, ...] = ()
    """What clicks and links have asked for, in order, until the top of the next run; one of each kind."""
    written: dict[str, list[str]] | None = None
    """The address that this session wrote or read last; None before the first one."""
    controls: tuple[object, ...] | None = None
    """What the controls were set to when the address was written."""
    notices: tuple[str, ...] = ()
    """What the reader is told above the filters."""

    # The selection.
    range: Range | None = None
    """The days that the range is to be set to when its control is next drawn; None to leave it."""
    axis: Range = (None, None)
    """The days that a range could be chosen from when its control was last drawn."""
    chosen: tuple[date, date] | None = None
    """The range that was chosen last, both ends of it; None before the first one."""
    latest_day: date | None = None
    """The latest as-of day that was on offer."""
    chosen_on_map: bool = False
    """Whether the choice was made on the map, which then stays where it is."""
    act: int = 0
    """The number of the last act in the map's frame that was taken."""
    clicked: tuple[tuple[object, Point | None] | None, Point | None] = (None, None)
    """The last clicks that streamlit-folium reported: on a marker, with its count, and on the empty map."""

    play: Offer | None = None
    """What the map may ask for to play it; it is there for as long as it is held here."""

    # The story and the tab.
    labels: dict[str, StoryRef] = field(default_factory=dict)
    """Name on the list of stories -> the story, former names too."""
    shown: StoryRef | None = None
    """The story that the last run drew."""
    cards: tuple[int, tuple[tuple[StoryRef, Card], ...]] = (0, ())
    """The number of the dialog that stories were shown in last, and those."""
    jobs: dict[StoryRef, Job] = field(default_factory=dict)
    """The tables of this session's that are being opened."""
    followed: StoryRef | None = None
    """The story whose address this session has had looked at last."""
    awaited: Future[None] | None = None
    """The look at an address that was waited for last."""
    session: str = field(default_factory=lambda: secrets.token_hex(8))
    """What this session goes by with its own tab."""
    former_session: str | None = None
    """The session of this tab that this one goes on from."""

    # Editing.
    editing: bool = False
    """Whether the story that is open is being edited."""
    panel: str | int = ""
    """What the panel edits where nothing is chosen: the story (""), "names", or the row with this key."""
    name: str = ""
    """The name that the review of names is at; "" for the first."""
    refusals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Input -> why what was typed into it was not taken over, and what that was."""
    grid: int = 0
    """How often the spreadsheet was drawn anew to be rid of a refused cell."""

    # Reading an article.
    article: tuple[str, Article | str] | None = None
    """What was given to the dialog, by a word that tells it from all else; the article in it, or why there is none."""
    fetched: tuple[str, Fetched | str] | None = None
    """The address that was given to the dialog; what stands there, or why that cannot be had."""
    being_read: tuple[StoryRef, Job] | None = None
    """The story that an article is being read into, and how far that is."""
    review: int = 0
    """The key of the review that is shown; 0 for the latest that has drafts to check, -1 for none."""

    # Saving.
    author: str = ""
    """Who saves, as given in the dialog."""
    not_saved: str = ""
    """Why the last save failed, until it has been told."""
    removed: tuple[StoryRef, str] | None = None
    """The story that was removed last and its title, until the reader has gone on."""

    # Dialogs.
    dialog: tuple[str, object] = ("", None)
    """The dialog that is open, "" for none, and what it is about."""
    dialogs: int = 0
    """How many dialogs were opened so far."""
    pressed: str = ""
    """The button that was pressed in place, until what it does is done."""

    # Opening a table.
    too_much: tuple[int, str] = (0, "")
    """The number of the dialog that refused its files, and why."""
    tables: dict[tuple[str, ReadAs], Parsed] = field(default_factory=dict)
    """File and sheet -> the table in the dialog with the guess of its columns."""
    files_of: int = 0
    """The number of the dialog whose uploads are held; 0 for none."""

    # The browser.
    browser: str = ""
    """What the browser is known by; "" until it is asked for."""
    claim: str = ""
    """The cookie that the page was loaded with, until it has been looked at."""
    came_back: bool = False
    """Whether there may be work of this browser in the library."""
    looked: str = ""
    """The browser whose work was looked up in the library."""
    refused_cookie: str = ""
    """A cookie of this browser that counts for nothing."""
    listed: set[StoryRef] = field(default_factory=set)
    """The stories that this session has put on the browser's list."""

    # What failed.
    broken: bool = False
    """Whether the last run could not draw the page."""
    failed: tuple[str, str] = ("", "")
    """The code of the last failure and what to say of it; "" for none."""
    failed_runs: int = 0
    """How many runs in a row have failed."""
    whole: dict[str, object] = field(default_factory=dict)
    """The controls before the act that runs now, by key."""
    whole_page: dict[str, object] = field(default_factory=dict)
    """The other fields of this value before the act that runs now."""
    whole_edits: Edits | None = None
    """The edits of the open story before the act that runs now."""
    remembered: bool = False
    """Whether the three above have been noted."""


def page() -> PageState:
    """The state of this session."""
    found = STATE.get(KEY)
    if found is None:
        found = STATE[KEY] = PageState()
    state: PageState = found
    return state
