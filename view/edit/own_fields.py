"""A story's own fields while it is edited: their cells in the panel of an event, their types in that of the story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from story.draft import Draft, edits
from story.draft.fields import fields_of
from story.exc import StoryError
from story.model import Story
from story.model.fields import FIELD_TYPES, Field, FieldType
from story.model.outlines import OUTLINE
from story.opening import sandbox
from story.opening.pictures import KINDS
from view.draw.html import paragraph, plain_markdown
from view.edit import fields
from view.state import dialogs, session
from view.widgets import presses
from view.work import workspace

STATE = st.session_state
_GUESSED = "as its values tell"


def cells(draft: Draft, key: int, said: Mapping[str, str]) -> None:
    """An input for each column of the story's own, and a way to add a picture; `said` is what the row says in them."""
    st.button("Add a picture", key="add picture", on_click=dialogs.show, args=("picture", key))
    names = [name for name in edits.own_columns(draft) if name != OUTLINE]
    if not names:
        return
    with st.expander("The story’s own fields"):
        for name in names:
            text = said.get(name, "")
            fields.text(
                f"cell {key} own {name}", plain_markdown(name), text, _typed, (key, name),
                area="\n" in text or len(text) > 80,
            )  # fmt: skip


def _typed(key: int, name: str) -> None:
    own = workspace.at_work()
    if own is not None:
        before = own.draft
        after = edits.change(before, key, {name: str(STATE[f"cell {key} own {name}"])})
        workspace.do(fields.said(before, key, name), before, after)


def types(story: Story) -> None:
    """The type of each field, to be set where the guess is wrong."""
    if not story.fields:
        return
    with st.expander(f"Fields ({len(story.fields)})"):
        st.html(paragraph("What each of the story’s own columns holds.", "fine"))
        guessed = {field.name: field.type for field in _as_guessed(story)}
        for at, field in enumerate(story.fields):
            key = f"field type {at}"
            session.put(key, field.type if field.given else _GUESSED)
            st.selectbox(
                plain_markdown(field.name), [_GUESSED, *FIELD_TYPES], key=key,
                format_func=partial(_words, guessed[field.name]), on_change=_chosen, args=(key, field.name),
            )  # fmt: skip


def _words(guessed: FieldType, kind: str) -> str:
    return f"{guessed} (guessed)" if kind == _GUESSED else kind


def _as_guessed(story: Story) -> Sequence[Field]:
    if not any(field.given for field in story.fields):
        return story.fields
    return fields_of(story.reports, {})


def _chosen(key: str, name: str) -> None:
    own = workspace.at_work()
    if own is not None:
        before, chosen = own.draft, STATE[key]
        after = edits.with_type(before, name, None if chosen == _GUESSED else chosen)
        workspace.do(f"changed the type of “{name}”", before, after)


@st.dialog("Add a picture", on_dismiss=dialogs.close)
def add_picture(key: int) -> None:
    """The dialog for a picture that is kept with the story, in the row with this key."""
    said = "It is kept with the story, made smaller, without what the camera noted: place, time, device."
    st.html(paragraph(said, "fine"))
    file = st.file_uploader("A picture: JPEG, PNG, WebP or GIF", list(KINDS), key=f"upload {dialogs.number()}")
    about = {
        "caption": st.text_input("Caption", key="picture caption"),
        "credit": st.text_input("Credit", key="picture credit"),
        "alt": st.text_input("What it shows, for those who do not see it", key="picture alt"),
        "graphic": "yes" if st.checkbox("Graphic: it may be distressing", key="picture graphic") else "",
    }

    def add() -> None:
        own = workspace.at_work()
        if own is None or file is None:
            st.html(paragraph("Choose a file first.", "flag", role="alert"))
            return
        before = own.draft
        try:
            after = edits.with_picture(before, key, sandbox.read_picture(file.getvalue(), file.name), about)
        except StoryError as error:
            st.html(paragraph(error, "flag", role="alert"))
            return
        workspace.do(f"added a picture to “{fields.title(before, key)}”", before, after)
        dialogs.close()
        st.rerun()

    presses.button("Add", add, type="primary", key="add the picture")
