"""Keeping a story: saving it as a revision, and two people's work put together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from story.draft import Draft, edits
from story.draft.difference import compare, say_changes
from story.draft.merge import merge
from story.draft.reviewing import for_revision, say_kept
from story.draft.undo import Basis
from story.exc import RevisionDamagedError, StoryConflictError, StoryError, StoryNotFoundError
from story.model import Revision
from view.draw.html import notice, paragraph, render
from view.edit.versions import changes_list, said, say_when
from view.state import dialogs, session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.widgets import presses
from view.work import autosave_writer, library, workspace
from view.work.catalogue import Opened
from view.work.workspaces import Workspace

GRACE_SECONDS = 0.15
"""An ordinary change is written within this time, and nothing is said of it."""


def button(own: Workspace) -> None:
    """Saves at once where it is known by whom; asks for that the first time. Says why where it could not."""
    st.button("Save", key="save", type="primary", disabled=not own.unsaved, on_click=_pressed)
    if why := page().not_saved:
        page().not_saved = ""
        st.html(paragraph(why, "flag", role="alert"), width="content")


def not_kept(beside: DeltaGenerator, own: Workspace) -> None:
    """Says beside *Save* that what was done would not outlive the page, for as long as that is so."""
    if not autosave_writer.is_kept_within(GRACE_SECONDS, lambda: workspace.is_kept(own)):
        with beside:
            _not_kept(own.ref)


@st.fragment(run_every=1.0)
def _not_kept(story: StoryRef) -> None:
    own = workspace.get(story)
    if own is None or workspace.is_kept(own):
        st.rerun()
    st.html(paragraph(f"Not autosaved yet. {autosave_writer.why()}", "flag", role="status"))


def _pressed() -> None:
    own = workspace.at_work()
    if own is None:
        return
    if own.base == 0 or not page().author:
        dialogs.show("save")
        return
    try:
        page().not_saved = _save(own)
    except StoryConflictError:
        dialogs.show("both")


@st.dialog("Save", on_dismiss=dialogs.close)
def ask(own: Workspace) -> None:
    st.html(
        paragraph("Every saved version can be viewed and restored. Only people with the link find the story.", "fine")
    )
    if kept := say_kept(own.draft):
        st.html(paragraph(kept, "fine"))
    with st.form("save", border=False):
        title = st.text_input("Title", own.draft.head.title)
        who = st.text_input("Your name", page().author)
        # Drawn last in the form, done below it: what it says stands there.
        presses.button("Save", lambda: _send(own, title, who), key="save now", form=True, type="primary")


def _send(own: Workspace, title: str, who: str) -> None:
    """Saves what the form was filled in with; says what is missing."""
    missing = [words for words, text in (("a title", title), ("your name", who)) if not text.strip()]
    if missing:
        st.html(paragraph(f"Enter {' and '.join(missing)}.", "flag", role="alert"))
        return
    page().author = who.strip()
    if title.strip() != own.draft.head.title:
        before = own.draft
        workspace.do("changed the story's title", before, edits.with_head(before, title=title.strip()))
    try:
        why = _save(own)
    except StoryConflictError:
        dialogs.show("both")
        st.rerun()
    _done(why)


def _done(why: str) -> None:
    """Closes the dialog once it has saved; else says in it why it has not."""
    if not why:
        dialogs.close()
        st.rerun()
    st.html(paragraph(why, "flag", role="alert"))


def _save(own: Workspace, *, anew: bool = False) -> str:
    """Keeps what is in the workspace as the next revision, or `anew` as a story of its own; "", or why it cannot.

    Raises StoryConflictError.
    """
    if not own.unsaved and not anew:
        # The button was pressed twice.
        return ""
    name, former, draft, who = workspace.browser(), own.ref, own.draft, page().author or "somebody"
    try:
        kept = library.library()
        if own.base == 0 or anew:
            first = kept.create(for_revision(draft), who, "first saved", browser=name)
            # Nothing that touches the session before the workspace knows of it, or a second click would save it again.
            ref = StoryRef(first.id, "edit")
            workspace.saved(name, own, ref, 1, draft)
            session.rename_story(former, ref)
        else:
            before = None
            # What the latest revision was may be damaged: that is what this one mends.
            with suppress(RevisionDamagedError):
                before = workspace.basis(own)
            changed = say_changes(compare(before, draft)) if before else "saved again"
            revision = kept.save(own.ref.id, own.base, for_revision(draft), who, changed)
            workspace.saved(name, own, own.ref, revision.number, draft)
    except StoryConflictError:
        raise
    except StoryNotFoundError as error:
        # From now on it is a story like one that was never kept.
        own.step(lambda steps: replace(steps, basis=Basis()))
        workspace.keep(own)
        return f"Not saved. {error} Saving again makes it a new story."
    except (StoryError, OSError) as error:
        return f"Not saved. {library.say(error)}"
    said = " ".join(filter(None, (f"Saved as revision {own.base}.", say_kept(draft))))
    st.toast(said, duration="long" if said.count(".") > 1 else "short")
    return ""


def notices() -> tuple[str, ...]:
    """What the reader has to be told, and why the stories that are kept are not there if they cannot be."""
    why = library.trouble() if workspace.is_known() else ""
    return (*session.notices(), *([f"Saved stories cannot be opened right now. {why}"] if why else []))


def others(opened: Opened) -> None:
    """Tells whoever works on a story that somebody else has saved it since."""
    own, found = opened.workspace, opened.found
    if own is None or found is None or found.kept.latest.number <= own.base:
        return
    latest = found.kept.latest
    with st.container(horizontal=True, vertical_alignment="center", key="others"):
        st.html(
            notice(f"{latest.who} saved revision {latest.number} while you were working: {latest.changed}."),
            width="content",
        )
        st.button("Compare", key="look at both", on_click=dialogs.show, args=("both",))


@st.dialog("Two versions", width="large", on_dismiss=dialogs.close)
def put_together(own: Workspace) -> None:
    """Shows what each has changed since the revision that both began from."""
    found = library.find(own.ref)
    if found is None:
        gone = "This story is no longer in the library. Save yours as a new story."
        st.html(notice(library.trouble() or gone))
        return
    latest, mine = found.kept.latest, own.draft
    try:
        theirs, begun = library.revision(own.ref.id, latest.number), workspace.basis(own)
    except (StoryError, OSError) as error:
        st.html(notice(library.say(error)))
        return
    if begun is None:
        return
    both = merge(begun, mine, theirs)
    saved = f"{latest.who} saved revision {latest.number} on {say_when(latest)}"
    st.html(paragraph(f"{saved}; you started from revision {own.base}."))
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(changes_list(latest.who, compare(begun, theirs)))
    with right:
        st.html(changes_list("You", compare(begun, mine)))
    prefer = "mine"
    if both.collisions:
        st.html(render("edit/collisions", collisions=both.collisions, said=said))
        prefer = st.radio(
            "Where both changed the same field", ["mine", "theirs"], horizontal=True, key="prefer",
            format_func=lambda side: {"mine": "take mine", "theirs": "take theirs"}[side],
        )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        presses.button(
            "Merge and save", lambda: _put_both(own, begun, theirs, latest, prefer), type="primary",
            key="save both",
        )  # fmt: skip
        presses.button("Keep mine as a new story", lambda: _keep_mine(own), key="save copy")
        take = partial(_take_theirs, own, theirs, latest)
        presses.button("Take theirs", take, key="take theirs", help="Undo restores yours")


def _put_both(own: Workspace, begun: Draft, theirs: Draft, latest: Revision, prefer: str) -> None:
    mine = own.draft
    merged = merge(begun, mine, theirs, "mine" if prefer == "mine" else "theirs").draft
    workspace.do(f"merged with revision {latest.number}", mine, merged, Basis(latest.number, theirs))
    why = ""
    # Should somebody have saved again meanwhile, the notice above the story says so.
    with suppress(StoryConflictError):
        why = _save(own)
    _done(why)


def _keep_mine(own: Workspace) -> None:
    mine = own.draft
    title = f"{mine.head.title} ({page().author or 'copy'})"
    workspace.do("made a new story", mine, edits.with_head(mine, title=title))
    _done(_save(own, anew=True))


def _take_theirs(own: Workspace, theirs: Draft, latest: Revision) -> None:
    workspace.do(f"switched to revision {latest.number}", own.draft, theirs, Basis(latest.number, theirs))
    _done("")
