"""An article that is to be read: given as a file, as pasted text or by its address, with the day that it was published.

Its file is read in a process of its own; what it reports is found in another one while the page shows how far it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from story.draft import edits, reviewing
from story.draft.drafted import showable, title_of
from story.exc import DateFormatError, OpeningCancelledError, StoryError
from story.opening import sandbox
from story.opening.fetching import Fetched, fetch
from story.opening.live import ANYTHING, file_address, is_table
from story.reading.articles import Article
from story.reading.articles.plain import is_prose
from story.reading.read import dated
from story.wording import say_count
from view.draw.html import notice, paragraph, plain_markdown
from view.state import dialogs, session
from view.state.page_state import page
from view.state.story_ref import StoryRef
from view.work import library, opening, workspace
from view.work.workspaces import Workspace

KINDS = ["txt", "md", "html", "htm", "xhtml", "pdf", "docx", "eml"]
ANY_ADDRESS = "Or give an address: an article’s, or a table’s to follow (CSV, Excel, GeoJSON, published Google sheet)"
NO_DAY = "It does not say when it was published. “Friday” and “next week” are counted from that day."


def is_article(name: str, raw: bytes) -> bool:
    """Whether a file is an article rather than a table."""
    ending = Path(name).suffix.lower().lstrip(".")
    return ending in KINDS and (ending != "txt" or is_prose(raw))


@st.dialog("Read an article", width="large", on_dismiss=dialogs.close)
def read_article(own: Workspace | None) -> None:
    """The dialog for an article alone, as it is opened while a story is edited."""
    files = st.file_uploader("A file: text, HTML, PDF, Word or mail", KINDS, key=f"upload {dialogs.number()}")
    if files is not None:
        of_file(files.name, files.getvalue(), own)
    else:
        otherwise(own)


def otherwise(own: Workspace | None, of_table: Callable[[str, Fetched], None] | None = None) -> None:
    """The ways to give an article without a file: pasted, or by its address; `of_table` takes a table at one."""
    opening.ready_to_read()
    number = dialogs.number()
    with st.container(key="paste"):
        pasted = st.text_area("Or paste an article", key=f"pasted {number}", height=150)
        address = (
            ""
            if pasted.strip()
            else st.text_input(
                ANY_ADDRESS if of_table else "Or give an article’s address",
                key=f"address {number}",
                placeholder="https://",
            )
        )
    if pasted.strip():
        _offer(f"pasted {hashlib.sha256(pasted.encode('utf-8', 'replace')).hexdigest()}", own, pasted=pasted)
    elif address.strip():
        _of_address(address.strip(), own, of_table)


def _of_address(address: str, own: Workspace | None, of_table: Callable[[str, Fetched], None] | None) -> None:
    """What is asked about what stands at an address, which is fetched once for all that is done in the dialog."""
    known = page().fetched
    # Held also where nothing is said: what follows must not move, or it is seen twice for a moment.
    said = st.empty()
    if known is None or known[0] != address:
        with said, st.spinner("Fetching it…"):
            known = page().fetched = address, _fetched(address)
    found = known[1]
    if isinstance(found, str):
        st.html(notice(found))
    elif not is_table(found):
        _offer(f"address {address}", own, fetched=found)
    elif of_table:
        of_table(address, found)
    else:
        st.html(notice(f"“{address}” is a table. Choose “Open a story…” and give its address there."))


def _fetched(address: str) -> Fetched | str:
    try:
        return fetch(file_address(address), ANYTHING)
    except (StoryError, OSError) as error:
        return library.say(error)


def of_file(name: str, raw: bytes, own: Workspace | None) -> None:
    """What is asked about an article that came as a file."""
    opening.ready_to_read()
    _offer(f"file {name} {hashlib.sha256(raw).hexdigest()}", own, file=(name, raw))


def _offer(key: str, own: Workspace | None, **given: object) -> None:
    """Reads what was given, once for all that is done in the dialog, and asks what is to become of it."""
    known = page().article
    said = st.empty()
    if known is None or known[0] != key:
        with said, st.spinner("Opening the article…"):
            known = page().article = key, _opened(given)
    article = known[1]
    if isinstance(article, str):
        st.html(notice(article))
        return
    for problem in article.problems:
        st.html(notice(problem))
    _ask(article, f"{dialogs.number()} {key}", own)


def _opened(given: Mapping[str, object]) -> Article | str:
    """The article in what was given, or why there is none."""
    try:
        match given:
            case {"fetched": Fetched() as fetched}:
                article = sandbox.read_article(fetched.raw, fetched.name)
                article = replace(article, url=article.url or fetched.url)
            case {"file": (str(name), bytes(raw))}:
                article = sandbox.read_article(raw, name)
            case _:
                article = sandbox.read_article(str(given["pasted"]).encode("utf-8", "replace"), "the pasted text")
        return dated(showable(article))
    except (StoryError, OSError) as error:
        return library.say(error)


def _ask(article: Article, name: str, own: Workspace | None) -> None:
    """When and by whom it was published, and what it is to be read into."""
    title = st.text_input("Title", title_of(article), key=f"article title {name}")
    left, right = st.columns(2, gap="small")
    with left:
        found = article.published.isoformat() if article.published else ""
        given = st.text_input("Published", found, placeholder="2025-10-24", key=f"article published {name}")
    with right:
        source = st.text_input("Source", article.source, placeholder="The paper or site", key=f"article source {name}")
    published, why = _day(given)
    said = st.empty()
    if why or not published:
        said.html(paragraph(why or NO_DAY, "flag", role="status"))
    into = own is not None and (
        st.radio(
            "Read it into", [True, False], horizontal=True, key=f"article into {name}",
            format_func=lambda here: plain_markdown(f"“{own.draft.head.title}”") if here else "a new story",
        )
    )  # fmt: skip
    ready = replace(article, title=title.strip() or title_of(article), published=published, source=source.strip())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Read it", type="primary", key="read article", disabled=published is None):
            _begin(ready, own if into else None)
        if not given.strip() and st.button("Read it without a day", type="tertiary", key="read undated"):
            _begin(ready, own if into else None)
        st.html(paragraph(say_count(len(article.text.split()), "word"), "fine"), width="content")


def _day(text: str) -> tuple[date | None, str]:
    """The day that was typed, and what is wrong with it."""
    if not text.strip():
        return None, ""
    try:
        span = edits.understood(text)
    except DateFormatError as error:
        return None, str(error)
    if span.earliest is None or span.earliest != span.latest:
        return None, f"'{text}' is no single day. Write 2025-10-24."
    return span.earliest, ""


def _begin(article: Article, into: Workspace | None) -> None:
    """Begins to read, and closes the dialog."""
    if into is None:
        story = StoryRef.new("opening")
        page().jobs[story] = opening.start_article(story.id, article)
        session.open_story(story, editing=True)
    else:
        page().being_read = into.ref, opening.start_article(into.ref.id, article)
    dialogs.close()
    st.rerun()


def take_in() -> bool:
    """Waits for an article that is being read into the story that is open, and puts its drafts there to be checked.

    Whether anything came of it.
    """
    waiting, own = page().being_read, workspace.current()
    if waiting is None or own is None or own.ref != workspace.ref_of(waiting[0]):
        return False
    try:
        drafted = opening.await_draft(waiting[1], cancellable=True)
    except OpeningCancelledError:
        session.notice("Reading the article was cancelled; nothing of it was kept.")
    except (StoryError, OSError) as error:
        session.notice(library.say(error))
    else:
        before, review = own.draft, drafted.reviews[0]
        workspace.do(f"read “{review.title}”", before, reviewing.add_review(before, review))
        page().review = review.key
    page().being_read = None
    return True
