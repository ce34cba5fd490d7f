"""The line of a story that follows a table at an address: from where, when that was read, and looking again."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from story.draft.origin import Origin
from view.draw.html import notice, render
from view.edit import editing, saving
from view.edit.versions import say_moment
from view.state import dialogs
from view.work import live, workspace
from view.work.catalogue import Opened


def others(opened: Opened) -> None:
    """What came to a story from elsewhere: from the table that it follows, and from others who saved it."""
    _line(opened)
    saving.others(opened)


def _line(opened: Opened) -> None:
    """From where the story comes, and what the last look there came to; nothing for a story that stands on its own."""
    origin = opened.draft.origin
    if origin is None or opened.ref.is_pinned:
        return
    followed, read = live.of(opened), say_moment(origin.read)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="live"):
        changed = when = ""
        if followed.why:
            st.html(notice(f"{followed.why} Shown is what was read on {read}."), width="content")
        else:
            changed = _changed(opened, origin)
            when = f", read on {read}"
            if followed.same:
                when += f", no change by {say_moment(followed.same)}"
        # The address itself is for those who may change the story: it may open what is private.
        mine = opened.workspace is not None or (opened.found is not None and opened.found.may_change)
        address = origin.address if mine else ""
        st.html(render("live", host=origin.host, address=address, when=when, changed=changed), width="content")
        if followed.is_looking:
            _until_looked(opened)
        else:
            st.button("Look again", key="look again", type="tertiary", on_click=live.look, args=(opened,))
        if changed and opened.found:
            st.button("What changed", key="live changes", type="tertiary", on_click=dialogs.show, args=("versions",))
        if editing.is_on():
            st.button("Stop following", key="stop following", type="tertiary", on_click=_stop)


def _changed(opened: Opened, origin: Origin) -> str:
    """What the last reading changed, where it is the latest that was done to the story."""
    latest = opened.found.kept.latest if opened.found else None
    if latest is not None:
        return f"revision {latest.number}: {latest.changed}" if latest.who == origin.host else ""
    past = opened.workspace.edits.past if opened.workspace else ()
    begins = live.read_words(origin)
    return past[-1].done.removeprefix(begins) if past and past[-1].done.startswith(begins) else ""


@st.fragment(run_every=1.0)
def _until_looked(opened: Opened) -> None:
    """Draws the page anew once the look that is on its way has come to something."""
    if not live.of(opened).is_looking:
        st.rerun()
    st.html('<p class="fine nowrap" role="status">Looking…</p>', width="content")


def _stop() -> None:
    own = workspace.at_work()
    if own is not None and own.draft.origin is not None:
        before = own.draft
        workspace.do("stopped following the table at its address", before, replace(before, origin=None))
