"""Work that is not saved: written, tried again, shared by several servers, set down and taken up, lost by none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from story.draft import Draft, edits
from story.draft.memory import weight
from story.draft.undo import Basis, Edits
from story.exc import LibraryBusyError
from story.library.revisions import Library
from story.model.columns import Row
from story.model.metadata import Metadata
from view.state import page_state
from view.state.story_ref import StoryRef
from view.work import autosave, autosave_writer, identity, library, workspace
from view.work.autosave_writer import Writer
from view.work.workspaces import Workspace, Workspaces

ADA, BEN = "a" * 32, "b" * 32
OWN = StoryRef.parse("own-1")


def draft(title: str = "Visits", rows: int = 3, **titles: str) -> Draft:
    cells = [{"event": f"e{n}", "title": titles.get(f"e{n}", "Talks"), "place": "Paris"} for n in range(rows)]
    return Draft("visits", Metadata(title), rows=tuple(Row(n + 2, some, n + 1) for n, some in enumerate(cells)))


def change(some: Workspace, **titles: str) -> None:
    before = some.draft
    rows = tuple(
        Row(row.line, {**row.cells, "title": titles.get(row.cells["event"], row.cells["title"])}, row.key)
        for row in before.rows
    )
    some.do("changed", before, Draft("visits", before.head, rows=rows))


def said(some: Workspace) -> list[str]:
    return [row.cells["title"] for row in some.draft.rows]


@pytest.fixture
def kept(library_url: str) -> Library:
    return Library.open(library_url)


def at_other_server(kept: Library, story: StoryRef) -> tuple[Workspaces, Workspace]:
    """What another server of the same library has in the workspace once the browser has come there."""
    other = Workspaces()
    autosave.look(kept, other, ADA)
    there = other.get(ADA, story) or autosave.load(kept, other, ADA, story)
    assert there is not None
    return other, there


def test_work_goes_on_at_another_server_and_changes_at_both_are_put_together(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, ADA, mine)
    other, theirs = at_other_server(kept, OWN)
    assert theirs.draft == mine.draft
    change(theirs, e0="There")
    autosave.store(kept, other, ADA, theirs)
    change(mine, e1="Here")
    autosave.store(kept, here, ADA, mine)
    assert said(mine) == ["There", "Here", "Talks"]
    autosave.look(kept, other, ADA)
    assert said(theirs) == ["There", "Here", "Talks"]
    assert len(theirs.edits.past) == 2


def test_a_session_that_begins_sees_what_another_server_has_made_of_it(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, ADA, mine)
    other, theirs = at_other_server(kept, OWN)
    change(theirs, e2="There")
    autosave.store(kept, other, ADA, theirs)
    assert said(mine) == ["Talks"] * 3
    autosave.look(kept, here, ADA)
    assert said(mine) == ["Talks", "Talks", "There"]
    assert mine.is_stored(ADA)


def test_what_was_saved_at_another_server_is_no_longer_worked_on_here(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, ADA, mine)
    other, theirs = at_other_server(kept, OWN)
    first = kept.create(theirs.draft, "Ada", browser=ADA)
    other.save(ADA, theirs, StoryRef(first.id), 1, theirs.draft)
    autosave.store(kept, other, ADA, theirs)
    assert kept.autosaves.listed(ADA) == {}
    autosave.look(kept, here, ADA)
    assert here.titles(ADA) == {}


def test_what_was_changed_here_while_it_was_saved_elsewhere_is_not_lost(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, ADA, mine)
    other, theirs = at_other_server(kept, OWN)
    change(mine, e0="Here")
    autosave.store(kept, here, ADA, mine)
    first = kept.create(theirs.draft, "Ada", browser=ADA)
    other.save(ADA, theirs, StoryRef(first.id), 1, theirs.draft)
    autosave.store(kept, other, ADA, theirs)
    assert theirs.unsaved
    assert said(theirs) == ["Here", "Talks", "Talks"]
    found = kept.autosaves.read(ADA, first.id)
    assert found is not None
    assert (found.base, found.draft) == (1, theirs.draft)
    assert list(kept.autosaves.listed(ADA)) == [first.id]


def test_a_stored_row_that_was_never_loaded_is_merged_by_the_revision_both_began_from(kept: Library) -> None:
    story = kept.create(draft(), "Ada").id
    begun = kept.draft(story, 1)
    here, other = Workspaces(), Workspaces()
    mine, theirs = (Workspace(StoryRef(story), Edits(begun, basis=Basis(1, begun))) for _ in range(2))
    here.add(ADA, mine)
    other.add(ADA, theirs)
    change(theirs, e0="There")
    autosave.store(kept, other, ADA, theirs)
    change(mine, e1="Here")
    autosave.store(kept, here, ADA, mine)
    assert said(mine) == ["There", "Here", "Talks"]


def test_work_with_nothing_in_common_stays_beside_what_is_stored(kept: Library) -> None:
    kept.autosaves.write(ADA, "own-1", 0, draft("Stored"), None)
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft("Mine"))))
    autosave.store(kept, here, ADA, mine)
    assert sorted(one.title for one in kept.autosaves.listed(ADA).values()) == ["Mine", "Stored"]
    assert here.titles(ADA) == {mine.ref: "Mine"}


def test_a_stored_row_that_cannot_be_read_is_left_alone(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("story.draft.serialization.FORMAT", 99)
    kept.autosaves.write(ADA, "own-1", 0, draft("Later"), None)
    monkeypatch.undo()
    here = Workspaces()
    mine = here.add(ADA, Workspace(OWN, Edits(draft("Mine"))))
    autosave.store(kept, here, ADA, mine)
    assert sorted(one.title for one in kept.autosaves.listed(ADA).values()) == ["Later", "Mine"]


def test_a_browser_that_gets_another_name_has_its_rows_under_that_alone(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(BEN, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, BEN, mine)
    (moved,) = here.adopt(BEN, ADA)
    autosave.store(kept, here, ADA, moved)
    assert list(kept.autosaves.listed(ADA)) == ["own-1"]
    assert kept.autosaves.listed(BEN) == {}


def test_the_work_of_a_hundred_browsers_comes_back_to_each_when_memory_holds_none(kept: Library) -> None:
    here = Workspaces(most_bytes=0)
    names = [f"{number:032}" for number in range(100)]
    for name in names:
        one = here.add(name, Workspace(StoryRef.new(), Edits(draft(f"Visit {name[-2:]}"))))
        autosave.store(kept, here, name, one)
        here.make_room()
    assert not any(here.of(name) for name in names)
    for name in names:
        ((story, title),) = here.titles(name).items()
        assert title == f"Visit {name[-2:]}"
        again = autosave.load(kept, here, name, story)
        assert again is not None
        change(again, e0="Changed")
        autosave.store(kept, here, name, again)
        found = kept.autosaves.read(name, str(story))
        assert found is not None
        assert (found.draft.head.title, said(again)[0]) == (title, "Changed")


def test_a_story_weighs_about_what_it_takes_with_its_history() -> None:
    small, large = Edits(draft(rows=10)), Edits(draft(rows=10_000))
    assert weight(large) > 300 * weight(small)
    edited = large
    for number in range(20):
        edited = edited.do("title", edits.with_head(edited.now, title=f"{number}"))
    assert weight(edited) < 1.1 * weight(large)
    for number in range(20):
        edited = edited.do("row", Draft("visits", edited.now.head, rows=draft(rows=10_000, e0=f"{number}").rows))
    assert weight(edited) > 15 * weight(large)


# ---- the writer ------------------------------------------------------------------------------------------------------


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch, kept: Library) -> Iterator[tuple[Writer, Workspaces, list[Exception]]]:
    """A writer whose library raises what is on the list, as long as there is something."""
    troubles: list[Exception] = []

    def reached() -> Library:
        if troubles:
            raise troubles.pop()
        return kept

    monkeypatch.setattr(library, "library", reached)
    monkeypatch.setattr(autosave_writer, "_FIRST_PAUSE", 0.001)
    monkeypatch.setattr(autosave_writer, "_LONGEST_PAUSE", 0.001)
    workspaces = Workspaces()
    made = Writer(workspaces)
    yield made, workspaces, troubles
    made.close()


def test_what_cannot_be_written_is_told_and_tried_again_until_it_is(
    writer: tuple[Writer, Workspaces, list[Exception]], kept: Library, caplog: pytest.LogCaptureFixture
) -> None:
    made, workspaces, troubles = writer
    caplog.set_level(logging.WARNING)
    troubles += [LibraryBusyError("busy"), LibraryBusyError("busy"), RuntimeError("odd"), LibraryBusyError("busy")]
    mine = workspaces.add(ADA, Workspace(OWN, Edits(draft())))
    made.put(ADA, mine)
    assert made.wait_for(30, lambda: mine.is_stored(ADA))
    assert troubles == []
    made.wait()
    assert made.why() == ""
    assert list(kept.autosaves.listed(ADA)) == ["own-1"]


def test_what_is_waiting_goes_out_when_the_server_ends(
    writer: tuple[Writer, Workspaces, list[Exception]], kept: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, workspaces, troubles = writer
    monkeypatch.setattr(autosave_writer, "_FIRST_PAUSE", 1_000.0)
    monkeypatch.setattr(autosave_writer, "_LONGEST_PAUSE", 1_000.0)
    troubles.append(LibraryBusyError("busy"))
    mine = workspaces.add(ADA, Workspace(OWN, Edits(draft())))
    made.put(ADA, mine)
    made.wait()
    assert made.why() == "The library is busy."
    assert kept.autosaves.listed(ADA) == {}
    troubles += [LibraryBusyError("busy"), LibraryBusyError("busy")]
    made.close()
    assert list(kept.autosaves.listed(ADA)) == ["own-1"]


# ---- whose work it is ------------------------------------------------------------------------------------------------


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, library_url: str) -> Iterator[dict[str, Any]]:
    """The state of one session, and nothing in memory."""
    library.library.clear()
    autosave_writer.workspaces.clear()
    autosave_writer.writer.clear()
    state: dict[str, Any] = {"story": ""}
    for module in (page_state, workspace.session):
        monkeypatch.setattr(module, "STATE", state)
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: {}))
    yield state
    autosave_writer.writer().close()
    autosave_writer.writer.clear()
    autosave_writer.workspaces.clear()


def come_with(cookie: str, state: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a session whose page was loaded with a cookie."""
    state.clear()
    state["story"] = ""
    cookies = {workspace.COOKIE: cookie}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: cookies))
    return workspace.browser()


def test_no_message_claims_a_name_that_was_not_given(session: dict[str, Any], kept: Library) -> None:
    kept.autosaves.write(ADA, "own-1", 0, draft(), None)
    mine = workspace.browser()
    for number in range(70):
        for claimed in (f"{number:032}", ADA, f"{ADA}.forged", ""):
            workspace.adopt(claimed)
            assert workspace.browser() == mine
    assert workspace.titles() == {}
    workspace.adopt(identity.token(ADA))
    assert workspace.browser() == ADA
    assert list(workspace.titles()) == [OWN]


def test_a_cookie_counts_if_it_is_signed_or_if_the_library_has_something_for_it(
    session: dict[str, Any], kept: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.autosaves.write(ADA, "own-1", 0, draft(), None)
    assert come_with(ADA, session, monkeypatch) == ADA
    signed = workspace.token()
    assert identity.signed(signed) == ADA
    assert come_with(BEN, session, monkeypatch) != BEN
    assert workspace.refused() == BEN
    assert come_with(identity.token(BEN), session, monkeypatch) == BEN
    assert come_with("x" * 5_000, session, monkeypatch) != BEN


def test_a_name_is_still_signed_after_the_server_was_started_again(session: dict[str, Any], kept: Library) -> None:
    given = identity.token(ADA)
    identity._own_key.clear()
    identity._library_keys.clear()
    assert identity.signed(given) == ADA


def test_work_begun_while_the_library_was_away_goes_to_its_browser_once_it_answers(
    session: dict[str, Any], kept: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.autosaves.write(ADA, "own-1", 0, draft("Stored"), None)
    given = identity.token(ADA)
    identity._library_keys.clear()
    away = ["The library is busy."]
    monkeypatch.setattr(library, "trouble", lambda: away[0] if away else "")
    provisional = come_with(given, session, monkeypatch)
    assert provisional != ADA
    assert workspace.token() == ""
    workspace.begin(StoryRef.parse("own-2"), draft("Begun"))
    away.clear()
    assert workspace.browser() == ADA
    assert sorted(workspace.titles().values()) == ["Begun", "Stored"]
    autosave_writer.wait()
    assert set(kept.autosaves.listed(ADA)) == {"own-1", "own-2"}
    assert kept.autosaves.listed(provisional) == {}


def test_a_story_that_was_unloaded_is_loaded_when_it_is_opened_again(session: dict[str, Any], kept: Library) -> None:
    story = workspace.begin(StoryRef.new(), draft("Visits")).ref
    autosave_writer.wait()
    autosave_writer.workspaces().get(workspace.browser(), story).seen -= 10_000  # type: ignore[union-attr]
    autosave_writer.workspaces().make_room()
    assert workspace.workspaces() == {}
    assert workspace.titles() == {story: "Visits"}
    session["story"] = str(story)
    again = workspace.current()
    assert again is not None
    assert again.draft.head.title == "Visits"


def test_a_story_all_of_which_was_saved_is_edited_on_after_it_was_unloaded(
    session: dict[str, Any], kept: Library
) -> None:
    story = kept.create(draft("Visits"), "Ada").id
    session["story"] = story
    page_state.page().editing = True
    own = workspace.current()
    assert own is not None
    assert (own.base, own.unsaved) == (1, False)
    autosave_writer.wait()
    autosave_writer.workspaces().clear()
    again = workspace.current()
    assert again is not None
    assert again is not own
    change(again, e0="Changed")
    workspace.keep(again)
    autosave_writer.wait()
    assert list(kept.autosaves.listed(workspace.browser())) == [story]


def test_what_was_unloaded_comes_along_when_a_browser_gets_another_name(session: dict[str, Any], kept: Library) -> None:
    story = workspace.begin(StoryRef.new(), draft("Visits")).ref
    autosave_writer.wait()
    autosave_writer.workspaces().get(workspace.browser(), story).seen -= 10_000  # type: ignore[union-attr]
    autosave_writer.workspaces().make_room()
    former = workspace.browser()
    workspace.adopt(identity.token(ADA))
    assert workspace.titles() == {story: "Visits"}
    autosave_writer.wait()
    assert list(kept.autosaves.listed(ADA)) == [str(story)]
    assert kept.autosaves.listed(former) == {}


def test_work_stays_while_it_is_on_its_way_to_a_browsers_other_name(kept: Library) -> None:
    here = Workspaces()
    mine = here.add(BEN, Workspace(OWN, Edits(draft())))
    autosave.store(kept, here, BEN, mine)
    here.adopt(BEN, ADA)
    autosave.look(kept, here, ADA)
    assert here.get(ADA, OWN) is mine
    autosave.store(kept, here, ADA, mine)
    assert list(kept.autosaves.listed(ADA)) == ["own-1"]
    assert kept.autosaves.listed(BEN) == {}
