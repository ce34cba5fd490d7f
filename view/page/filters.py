"""The headline and the filters: every control that narrows what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from story.drawing.scale import later
from story.model import STATUSES, Story
from story.query.selection import Filter
from story.query.sure import SURE
from story.wording import say_count, say_day
from view.draw.html import plain_markdown, render
from view.state import session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work.derived import Left

STATE = st.session_state
MOST_PILLS = 8
MOST_DAYS = 60
"""So many days of reports back a returning browser can be told what is new."""
# Streamlit's names for the travellers' colours, in the order of --t0, --t1, … in look.css.
COLOUR_NAMES = ("blue", "orange", "green", "violet", "yellow")
GLYPHS = {"happened": "●", "scheduled": "◉", "expected": "○", "possible": "◌", "cancelled": "⊘"}


def story_choice(labels: Mapping[StoryRef, str]) -> None:
    """The name of the project and the story that is open, chosen among these by their short names."""
    names = {str(ref): name for ref, name in labels.items()}
    with st.container(key="brand", horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<span class="brand">DATELINE</span>', width="content")
        st.selectbox(
            "Story", list(names), key="story", format_func=lambda story: names.get(story, story),
            label_visibility="collapsed", on_change=session.story_chosen,
        )  # fmt: skip


def headline(story: Story) -> None:
    with st.container(key="headline"):
        st.html(render("headline", title=story.title))


def as_of_choice(days: Sequence[date], latest: date | None, year: int) -> None:
    """The as-of day: one of the days on which something became known, or any other that the address asks for."""
    wanted = STATE.get("as_of")
    # Whoever looks at the latest day goes on to a later one, once something is reported on it.
    wanted = latest if wanted in (None, page().latest_day) else wanted
    page().latest_day = latest
    options = sorted({*days, *([wanted] if wanted else []), *([latest] if latest else [])}, reverse=True)
    session.put("as_of", wanted)
    if options:
        st.selectbox(
            "As known on", options, key="as_of", label_visibility="collapsed",
            format_func=lambda day: say_day(day, year) + (" (latest)" if day == latest else ""),
        )  # fmt: skip


def since_choice(story: Story, days: Sequence[date], as_of: date | None, year: int) -> date | None:
    """The day since which changes are told, None for none: one on which something became known before the as-of day, or
    any other that the address asks for. Without such a day there is nothing to choose.

    Where none is chosen, a line is kept for a browser that has seen an earlier state of the story, which that alone
    knows: view/static/page/since.js fills it.
    """
    wanted: date | None = STATE.get("since")
    if wanted is not None and (as_of is None or wanted >= as_of):
        session.notice(f"Changes since {say_day(wanted, year)} are not shown: that is not before the as-of day.")
        wanted = None
    session.put("since", wanted)
    options = sorted({day for day in (*days, wanted) if day and as_of and day < as_of}, reverse=True)
    if options:
        st.selectbox(
            "Changes since", [None, *options], key="since", label_visibility="collapsed",
            placeholder="mark changes since …",
            format_func=lambda day: f"changes since {say_day(day, year)}" if day else "no changes marked",
        )  # fmt: skip
    if wanted is None and days:
        known = " ".join(day.isoformat() for day in days[-MOST_DAYS:])
        st.html(render("visit", story=story.id, days=known), width="content")
    return wanted


def toggle(place: DeltaGenerator, wanted: Filter) -> None:
    """The button that folds the filters out where there is no room for them; says how many are set."""
    dated = wanted.first is not None or wanted.last is not None
    kinds = (dated, wanted.who, wanted.statuses, wanted.sure, wanted.q, wanted.fields)
    place.html(render("filters_toggle", count=sum(map(bool, kinds))))


def facts(
    story: Story,
    left: Left,
    who: str,
    days: str,
    *,
    asked: bool,
) -> Markup:
    """One line of facts under the headline; counts say how much the filter leaves. `who` counts those who
    are named; `asked` leads on to the as-of day.

    `days` are those of the story, which stand for the day of publication where there is none: no other line gives the
    year.
    """
    shown, total = len(left.selection.events), left.selection.total
    events = say_count(total, "event") if shown == total else f"{shown:,} of {say_count(total, 'event')}"
    day = story.published
    when = f"{day:%b} {day.day}, {day.year}" if day else days
    return render(
        "facts",
        dateline=story.dateline.upper(),
        weekday=f"{day:%A}" if day else "",
        when=when,
        counts=[events, say_count(len(left.places), "place")],
        who=who,
        asked=asked,
    )


def stretch(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The axis with room for a range that was asked for beyond it: nothing happens there, and the page says so."""
    asked = [day for day in _asked() if day is not None]
    if first is None or last is None or not asked:
        return first, last
    if min(asked) < first:
        first = later(min(asked), -1)
    if max(asked) > last:
        last = later(max(asked), 1)
    return first, last


def _asked() -> tuple[date | None, date | None]:
    """The range that is asked for. Where it stood at an end of its axis it follows that end, if it moves."""
    wanted = page().range
    if wanted is not None:
        return wanted
    ends = (page().chosen or (None, None)) if _is_half_picked() else STATE.get("dates") or (None, None)
    low, high = (None if end == limit else end for end, limit in zip(ends, page().axis, strict=True))
    return low, high


def _is_half_picked() -> bool:
    """Whether the reader has picked the first day in the calendar and not yet the last: the range before stays."""
    return len(STATE.get("dates") or ()) == 1


def date_range(first: date, last: date, as_of: date) -> None:
    """The ends of the range as days to type or to pick, with its presets; the same as on the timeline's own axis.

    It lies within `first`..`last`; an address may have asked for days outside.
    """
    asked, half_picked = page().range, _is_half_picked()
    low, high = _asked()
    low, high = low or first, high or last
    low, high = min(max(low, first), last), max(min(high, last), first)
    page().range, page().axis, page().chosen = None, (first, last), (low, high)
    if asked is not None or not half_picked:
        session.put("dates", (low, high))
    whole = (low, high) == (first, last)
    said = "all" if whole else f"{_day(low, first, last)} – {_day(high, first, last)}"
    with st.container(key="presets", horizontal=True, vertical_alignment="center"):
        st.html(render("dates", chosen=said), width="content")
        for name, ends, why in (
            ("All", (None, None), "Every day of the story"),
            ("Past week", (later(as_of, -6), as_of), "The seven days up to the as-of day"),
            ("Past", (None, as_of), "Up to the as-of day"),
            ("Upcoming", (later(as_of, 1), None), "After the as-of day"),
        ):
            st.button(name, key=f"preset {name}", help=why, on_click=session.set_range, args=ends)
    st.date_input(
        "Dates, first – last", min_value=date.min, max_value=date.max, key="dates", label_visibility="collapsed",
        format="YYYY-MM-DD",
    )  # fmt: skip


def _day(day: date, first: date, last: date) -> str:
    return f"{day:%b} {day.day}" + (f", {day.year}" if first.year != last.year else "")


def who_choice(names: Sequence[str], colours: Mapping[str, int]) -> None:
    """Travellers to keep; none chosen means all. Many names become a list to type in."""
    if not names:
        return
    if len(names) <= MOST_PILLS:
        st.pills(
            "Who",
            names,
            key="who",
            selection_mode="multi",
            wrap=True,
            format_func=lambda name: _coloured(name, colours),
        )
    else:
        st.multiselect("Who", names, key="who", placeholder="Everyone")


def _coloured(name: str, colours: Mapping[str, int]) -> str:
    colour = colours.get(name, 99)
    dot = f":{COLOUR_NAMES[colour]}[●] " if colour < len(COLOUR_NAMES) else ":gray[●] "
    return dot + plain_markdown(name)


def filters(
    first: date | None, last: date | None, as_of: date, names: Sequence[str], colours: Mapping[str, int]
) -> DeltaGenerator:
    """The row of filters: dates, who, status, how sure, search; gives the place beside the last one."""
    columns = st.columns([3.05, 5.9, 1.3, 1.3, 1.4], gap="small")
    with columns[0]:
        if first is not None and last is not None:
            date_range(first, last, as_of)
    with columns[1]:
        who_choice(names, colours)
    with columns[2]:
        status_choice()
    with columns[3]:
        sure_choice()
    with columns[4]:
        beside = st.container(key="search", horizontal=True, vertical_alignment="bottom", gap="small")
    with beside:
        search()
    return beside


def status_choice() -> None:
    st.multiselect(
        "Status", STATUSES, key="status", placeholder="All", format_func=lambda status: f"{GLYPHS[status]} {status}"
    )


def sure_choice() -> None:
    st.multiselect("How sure", SURE, key="sure", placeholder="All")


def search() -> None:
    st.text_input("Search", key="q", placeholder="any word")
