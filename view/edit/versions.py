"""Earlier revisions of a story: seen, compared, restored; the story removed and put back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from markupsafe import Markup

from story.draft import Draft
from story.draft.difference import Changes, compare, say_changes
from story.exc import StoryError
from story.model import Revision
from story.query.changes import changes_of_versions, tell
from story.wording import zone_of
from view.draw.changes import version_changes
from view.draw.html import notice, render
from view.state import dialogs, session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.widgets import presses
from view.work import derived, library, workspace
from view.work.catalogue import Opened

MOST_ROWS = 40


@st.dialog("Versions", width="large", on_dismiss=dialogs.close)
def show(opened: Opened) -> None:
    """All revisions, one of them beside what is open now, and the links."""
    found = opened.found
    if found is None:
        return
    story = found.kept.id
    base = (st.context.url or "").split("?")[0]
    if found.may_change:
        st.code(f"{base}?story={found.kept.reader_id}", language=None)
        st.html(
            '<p class="fine">This link is for readers. The one in your address bar also lets others edit the story.</p>'
        )
    none: tuple[Revision, ...] = ()
    revisions = library.ask(lambda kept: kept.revisions(story), none)
    if not revisions:
        st.html(notice(library.trouble()))
        return
    left, right = st.columns(2, gap="small")
    # The one before the latest: what has changed last is asked for most.
    before = min(1, len(revisions) - 1)
    with left:
        one = st.selectbox("From", revisions, before, key="versions", format_func=_revision_words)
    with right:
        other = st.selectbox(
            "To", [None, *revisions], key="compared with",
            format_func=lambda two: _revision_words(two) if two else "what you see now",
        )  # fmt: skip
    try:
        draft = library.revision(story, one.number)
        then = library.revision(story, other.number) if other else opened.draft
    except (StoryError, OSError) as error:
        st.html(notice(library.say(error)))
        return
    differs = compare(draft, then)
    reach = f"From revision {one.number} to {f'revision {other.number}' if other else 'what you see now'}"
    if differs:
        # What it means for the events first, then row by row what was edited.
        one_story, other_story = derived.story(draft), derived.story(then)
        year = other_story.published.year if other_story.published else None
        if told := tell(changes_of_versions(one_story, other_story), year):
            st.html(version_changes(told, year))
    st.html(changes_list(f"{reach}: {say_changes(differs)}", differs, nothing=""))
    with st.container(horizontal=True, gap="small"):
        see = partial(session.open_story, opened.ref.at(one.number))
        presses.button(f"View revision {one.number}", lambda: _leave(see), key="see revision")
        if found.may_change:
            same = not compare(draft, opened.draft)
            again = partial(restore, opened, draft, one.number)
            presses.button(f"Restore revision {one.number}", lambda: _leave(again), key="restore", disabled=same)
            presses.button("Remove the story", lambda: _remove(found), key="remove", type="tertiary")


def _leave(do: Callable[[], None]) -> None:
    """Does something and closes the dialog."""
    do()
    dialogs.close()
    st.rerun()


def _remove(found: library.Found) -> None:
    story = StoryRef(found.kept.id, "edit")
    try:
        library.library().remove(story.id, page().author or "somebody")
    except (StoryError, OSError) as error:
        st.html(notice(library.say(error)))
        return
    workspace.clear(story)
    page().removed = (story, found.kept.latest.title)
    session.open_story(None)
    dialogs.close()
    st.rerun()


def removed() -> None:
    """Says which story was removed, and brings it back, until the reader has gone on to another one."""
    gone = page().removed
    if gone is None:
        return
    story, title = gone
    with st.container(horizontal=True, vertical_alignment="center", key="removed"):
        st.html(notice(f"“{title}” was removed."), width="content")
        st.button("Put it back", key="put back", on_click=_put_back, args=(story,))
        st.button("Dismiss", key="leave removed", type="tertiary", on_click=_leave_removed)


def _leave_removed() -> None:
    page().removed = None


def _put_back(story: StoryRef) -> None:
    try:
        library.library().put_back(story.id)
    except (StoryError, OSError) as error:
        session.notice(library.say(error))
        return
    _leave_removed()
    session.open_story(story)


def restore(opened: Opened, draft: Draft, number: int) -> None:
    """Puts an earlier revision in the workspace as the next step, to be looked at and saved."""
    found = opened.found
    if found is None:
        return
    story = StoryRef(found.kept.id, "edit")
    own = workspace.get(story)
    if own is None:
        latest = _latest(found)
        own = workspace.begin(story, latest or draft, base=found.kept.latest.number, whole=latest is not None)
    workspace.restore(own, number, draft)
    session.open_story(story, f"Revision {number} is restored. Save to keep it.", editing=True)


def _latest(found: library.Found) -> Draft | None:
    """The latest revision, None where it is damaged: then an earlier one is what it can be mended by."""
    with suppress(StoryError):
        return library.revision(found.kept.id, found.kept.latest.number)
    return None


def pinned(opened: Opened) -> None:
    """Says that an earlier revision is shown, and leads to the latest."""
    found = opened.found
    if found is None or not opened.ref.is_pinned:
        return
    latest = found.kept.latest.number
    with st.container(horizontal=True, vertical_alignment="center", key="pinned"):
        st.html(notice(f"This is revision {found.number} of {latest}."), width="content")
        if found.number != latest:
            st.button("Show the latest", key="latest", on_click=session.open_story, args=(opened.ref.latest(),))
            if found.may_change:
                st.button(
                    "Restore it", key="restore pinned", on_click=restore, args=(opened, opened.draft, found.number)
                )


def changes_list(heading: str, changes: Changes, *, nothing: str = "No changes.") -> Markup:
    """Every change in a list under a heading: rows with before and after, names that were moved, the story's own;
    `nothing` is what stands there where nothing changed."""
    return render("edit/changes", heading=heading, changes=changes, most=MOST_ROWS, said=said, nothing=nothing)


def said(text: str) -> str:
    """A value of a field as it is quoted in a list of changes."""
    shown = text if len(text) <= 120 else text[:119] + "…"
    return f"“{shown}”" if text else "blank"


def _revision_words(revision: Revision) -> str:
    return f"{revision.number} · {say_when(revision)} · {revision.who} · {revision.changed or revision.title}"


def say_when(revision: Revision) -> str:
    return say_moment(revision.when)


def say_moment(when: datetime) -> str:
    """A moment in the reader's own time."""
    local = when.astimezone(zone_of(st.context.timezone or "") or UTC)
    return f"{local:%b} {local.day}, {local.year}, {local:%H:%M}"
