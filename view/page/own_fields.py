"""The controls for a story's own fields: filters by category, number, yes or no; what colour and size stand for.

What is filtered is kept as the address has it, under "field"; the controls follow it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from story.model import Event, Story
from story.model.fields import Field
from story.query.fields import COLOURED, FILTERED, SIZED, FieldFilter, categories, read_filters, write_filter
from view.draw.html import plain_markdown
from view.state import session

STATE = st.session_state
MOST_FILTERS = 12
"""More controls than these are more than anybody looks through; the address can ask for any."""


def filters(place: DeltaGenerator, story: Story, every: tuple[Event, ...]) -> tuple[FieldFilter, ...]:
    """The filters that are asked for, with a control at a place for each field that can be filtered.

    `every` event is known. What the address asks for and the story does not have is told.
    """
    wanted, ignored = read_filters(STATE.get("field") or (), story.fields)
    for text in ignored:
        session.notice(f"“field={text[:60]}” in the address was ignored: write FIELD:VALUE with a field of this story.")
    for name, what in (("colour", "category"), ("size", "number")):
        if (chosen := str(STATE.get(name) or "")) and all(chosen != one.name for one in _offered(story, name)):
            session.notice(f"“{name}={chosen[:60]}” in the address was ignored: the story has no {what} of that name.")
            STATE[name] = ""
    STATE["field"] = [text for one in wanted for text in write_filter(one)]
    offered = [one for one in story.fields if one.type in FILTERED][:MOST_FILTERS]
    if offered:
        by_name = {one.field.name: one for one in wanted}
        with place, st.popover(f"More · {len(wanted)}" if wanted else "More", type="tertiary"):
            for at, one in enumerate(offered):
                if one.type == "number":
                    _number(at, one, by_name.get(one.name, FieldFilter(one)))
                else:
                    _choice(at, one, by_name.get(one.name, FieldFilter(one)), every)
    return wanted


def _choice(at: int, of: Field, wanted: FieldFilter, every: tuple[Event, ...]) -> None:
    key = f"own filter {at}"
    there = [*categories(every, of), *wanted.values]
    session.put(key, sorted(wanted.values))
    st.multiselect(
        plain_markdown(of.name), list(dict.fromkeys(there)), key=key, placeholder="All",
        format_func=lambda value: value or "none", on_change=_chosen, args=(key, of),
    )  # fmt: skip


def _number(at: int, of: Field, wanted: FieldFilter) -> None:
    left, right = st.columns(2, gap="small")
    keys = (f"own filter {at} low", f"own filter {at} high")
    for column, key, words, end in (
        (left, keys[0], f"{of.name}, from", wanted.low),
        (right, keys[1], "to", wanted.high),
    ):
        session.put(key, end)
        with column:
            st.number_input(
                plain_markdown(words), value=None, key=key, format="%g", placeholder="any", on_change=_bounded,
                args=(keys, of),
            )  # fmt: skip


def _chosen(key: str, of: Field) -> None:
    _put(FieldFilter(of, frozenset(STATE[key])))


def _bounded(keys: Sequence[str], of: Field) -> None:
    low, high = (STATE[key] for key in keys)
    _put(FieldFilter(of, frozenset(), low, high))


def _put(wanted: FieldFilter) -> None:
    """Puts the filter of one field in place of the former one."""
    others = [text for text in STATE.get("field") or () if not text.startswith(f"{wanted.field.name}:")]
    STATE["field"] = [*others, *write_filter(wanted)]


def painted_by(story: Story) -> tuple[Field | None, Field | None]:
    """The fields that colour and size stand for."""
    return _painted("colour", story), _painted("size", story)


def _painted(name: str, story: Story) -> Field | None:
    return next((one for one in _offered(story, name) if one.name == STATE.get(name)), None)


def paint_controls(story: Story) -> None:
    """The controls to choose what colour and size stand for."""
    with st.container(key="paint"):
        _paint_control("colour", "Colour by", story)
        _paint_control("size", "Size by", story)


def _offered(story: Story, name: str) -> list[Field]:
    return [one for one in story.fields if one.type in (COLOURED if name == "colour" else SIZED)]


def _paint_control(name: str, words: str, story: Story) -> None:
    by_name = {one.name: one for one in _offered(story, name)}
    # A control that is not drawn for a while is forgotten by Streamlit.
    session.put(name, STATE.get(name) or "")
    if by_name:
        st.selectbox(words, ["", *by_name], key=name, format_func=lambda one: one or "nothing")
