"""Working on a story on the page, without a browser: editing, placing names, saving, and two people at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from story.library import database
from story.library.revisions import Library
from tests.view.page_driver import Open, Shown, write_story
from view.work import autosave_writer, library

ADA, BEN = "a" * 32, "b" * 32
ROWS = """event,title,place,when,status,reported,source,who
    talks,Talks,Tokyo,2025-10-01,happened,2025-10-02,Wire,Ada
    lost,Lost,Qwertyville,2025-10-05,happened,2025-10-06,Wire,Ada
    twice,Twice,Springfield,2025-10-07,happened,2025-10-08,Wire,Ben
    bad,,,,,,Wire,"""


@pytest.fixture
def copy(open_at: Open, tmp_path: Path) -> Shown:
    """A story with two names and a row that need a person, being edited."""
    return open_at(story=write_story(tmp_path / "visits", ROWS, 'title = "Visits"')).press("edit story")


def key_of(shown: Shown, column: str) -> str:
    """The key of the one input of a column that the panel has."""
    keys = {node.key for node in shown.app.main if getattr(node, "key", None)}
    (found,) = (key for key in keys if key.startswith("cell ") and key.endswith(f" {column}"))
    return found


def typed(shown: Shown, column: str, text: str) -> Shown:
    shown.app.text_input(key=key_of(shown, column)).set_value(text)
    return shown.run()


def at(shown: Shown, event: str) -> Shown:
    """The page with an event chosen, as a link of the page would."""
    shown.app.session_state["event"] = event
    return shown.run()


def within(shown: Shown, opener: str, label: str, values: Mapping[str, str] | None = None) -> Shown:
    """Opens a dialog, fills in what has these labels in it and presses a button of it."""
    shown.press(opener)
    for field in shown.app.text_input:
        if (field.form_id or (field.key or "").startswith("new ")) and field.label in (values or {}):
            field.set_value((values or {})[field.label])
    next(button for button in shown.app.button if button.label == label and button.key != opener).click()
    return shown.run()


def save(shown: Shown, who: str) -> Shown:
    """Saves for the first time in a session."""
    return within(shown, "save", "Save", {"Your name": who})


def test_saving_asks_for_what_is_missing_and_for_that_alone(copy: Shown) -> None:
    for title, who, words in (
        ("Tour", "", "Enter your name."),
        ("", "Ada", "Enter a title."),
        ("", "", "Enter a title and your name."),
    ):
        within(copy, "save", "Save", {"Title": title, "Your name": who})
        assert any(words in str(one.value) for one in copy.app.get("html")), words


# ---- editing ---------------------------------------------------------------------------------------------------------


def test_a_shipped_story_is_edited_as_a_copy_and_stays_as_it_is(open_at: Open) -> None:
    shown = open_at().press("edit story")
    assert "(copy)" in shown.html("headline")
    assert shown.address()["story"][0].startswith("own-")
    assert "(copy)" not in open_at().html("headline")


def test_a_date_is_taken_in_words_and_said_in_words(copy: Shown) -> None:
    typed(at(copy, "talks"), "when", "Oct. 9, 2025")
    assert "Thu, Oct 9" in copy.text("details")
    assert "Thu, Oct 9" in copy.text("timeline") + copy.text("itinerary")
    typed(copy, "when", "[2025-10-27..2025-10-31]")
    assert "one day in the week of Oct 27" in copy.text("details")


def test_every_step_can_be_undone_and_done_again(copy: Shown) -> None:
    assert copy.app.button(key="undo").disabled
    typed(typed(at(copy, "talks"), "title", "One"), "title", "Two")
    assert "Two" in copy.text("timeline")
    assert "One" in copy.press("undo").text("timeline")
    assert "Talks" in copy.press("undo").text("timeline")
    assert copy.app.button(key="undo").disabled
    assert "Two" in copy.press("redo").press("redo").text("timeline")
    assert copy.app.button(key="redo").disabled


def test_what_cannot_be_is_refused_with_the_reason_and_stays_as_typed(copy: Shown) -> None:
    typed(at(copy, "talks"), "when", "next tuesday")
    assert "'next tuesday' is not a date. Write 2025-10-29" in copy.text("details")
    assert copy.app.text_input(key=key_of(copy, "when")).value == "next tuesday"
    assert copy.app.button(key="undo").disabled
    typed(copy, "title", "")
    assert "no title" in copy.text("details")
    typed(copy, "url", "javascript:alert(1)")
    assert "no web address" in copy.text("details")
    assert "next tuesday" not in typed(copy, "when", "2025-10-02").text("details")


def test_names_with_semicolons_between_them_are_several_people(copy: Shown) -> None:
    at(copy, "talks")
    copy.app.multiselect(key=key_of(copy, "who")).set_value(["Ada Lovelace; Bob Roe"])
    copy.run()
    assert copy.app.multiselect(key=key_of(copy, "who")).value == ["Ada Lovelace", "Bob Roe"]


def test_an_event_added_on_an_earlier_day_of_knowledge_is_shown(open_at: Open) -> None:
    shown = open_at("as_of=2025-10-23").press("edit story")
    shown.app.selectbox(key="as_of").select_index(2)
    shown.run()
    within(shown, "add event", "Add", {"Title": "Late news", "When": "2025-10-20", "Place": "Tokyo"})
    assert shown.address()["event"] == ["late-news"]
    assert "Late news" in shown.text("timeline")


def test_a_status_and_travellers_are_chosen(copy: Shown) -> None:
    at(copy, "talks")
    copy.app.selectbox(key=key_of(copy, "status")).set_value("cancelled")
    copy.run()
    copy.app.multiselect(key=key_of(copy, "who")).set_value(["Ada", "Ben"])
    copy.run()
    event = next(place for place in copy.map.data["places"] if place["name"] == "Tokyo")
    assert event["statuses"] == ["cancelled"]
    assert "talks" in copy.events("timeline")


def test_a_deleted_event_is_gone_until_undone(copy: Shown) -> None:
    at(copy, "talks").press("delete event")
    assert "talks" not in copy.events("timeline")
    assert "talks" in copy.press("undo").events("timeline")


def test_an_event_is_added_and_opened(copy: Shown) -> None:
    assert "Missing: title, when, place" in within(copy, "add event", "Add").dialog()
    within(copy, "add event", "Add", {"Title": "New talks", "When": "someday", "Place": "Paris"})
    assert "'someday' is no" in copy.dialog()
    within(copy, "add event", "Add", {"Title": "New talks", "When": "2025-10-11", "Place": "Paris"})
    assert copy.address()["event"] == ["new-talks"]
    assert copy.markers()["Paris"] == 1


def test_what_is_typed_for_a_new_event_is_said_back_at_once(copy: Shown) -> None:
    copy.press("add event")
    for key, text in (("new when", "[2025-10-27..2025-10-31]"), ("new place", "Yokosuka")):
        copy.app.text_input(key=key).set_value(text)
    said = copy.run().dialog()
    assert "one day in the week of Oct 27, 2025" in said
    assert "Yokosuka, Kanagawa, Japan" in said
    copy.app.text_input(key="new when").set_value("someday")
    assert "'someday' is not a date" in copy.run().dialog()


def test_a_new_report_leaves_the_old_one_as_history(copy: Shown) -> None:
    said = {"When": "2025-10-03", "Source": "Kyodo", "Reported": "2025-10-04"}
    within(at(copy, "talks"), "add report", "Add", said)
    assert len(copy.app.selectbox(key="report talks").options) == 2
    said_now = copy.press("done").text("details")
    assert "2 reports" in said_now
    assert "Wed, Oct 1" in said_now


# ---- what needs a person ---------------------------------------------------------------------------------------------


def test_names_that_need_a_person_stand_in_a_queue(copy: Shown) -> None:
    assert copy.app.button(key="place names").label == "2 names to place"
    copy.press("place names")
    said = copy.text("details")
    assert "Name 1 of 2 to place Qwertyville" in said
    assert "no place is so named" in said


def test_a_candidate_is_taken_with_one_click_for_all_rows_so_named(copy: Shown) -> None:
    copy.press("place names").press("skip name")
    assert "Springfield" in copy.text("details")
    labels = [button.label for button in copy.app.button if (button.key or "").startswith("take ")]
    assert labels[0] == "Keep Springfield, Illinois, United States"
    missouri = next(n for n, label in enumerate(labels) if "Missouri" in label)
    copy.press(f"take {missouri}")
    assert copy.app.button(key="place names").label == "1 name to place"
    place = next(place for place in copy.map.data["places"] if place["name"] == "Springfield")
    assert round(place["longitude"] % 360 - 360) == -93


def test_a_name_is_shown_with_what_happens_there(copy: Shown) -> None:
    assert "Lost · Sun, Oct 5" in copy.press("place names").text("details")


def test_a_long_summary_is_cut_between_its_letters(open_at: Open, tmp_path: Path) -> None:
    rows = f"title,place,when,summary\nFair,Springfield,2025-10-01,{'x' * 198}&&&"
    shown = open_at(story=write_story(tmp_path / "visits", rows)).press("edit story").press("place names")
    assert f" {'x' * 198}&& " in shown.text("details")


@pytest.mark.parametrize("by", ["candidate", "map"])
def test_one_event_alone_is_placed_where_others_have_the_same_name(open_at: Open, tmp_path: Path, by: str) -> None:
    rows = "title,place,when\nFair,Springfield,2025-10-01\nRally,Springfield,2025-10-02\nVote,Springfield,2025-10-03"
    shown = open_at(story=write_story(tmp_path / "visits", rows)).press("edit story").press("place names")
    scope = shown.app.selectbox(key="scope Springfield")
    assert scope.options[0] == "all 3 events with this name"
    scope.set_value("rally")
    shown.run()
    if by == "map":
        shown.click_beside(42.1, -72.55)
    else:
        button = next(one for one in shown.app.button if "Massachusetts" in one.label)
        shown.press(button.key or "")
    assert [place["count"] for place in shown.map.data["places"]] == [2, 1]
    assert shown.app.button(key="place names").label == "1 name to place"
    east = max(place["longitude"] for place in shown.map.data["places"])
    assert round(east % 360 - 360) == -73
    assert len(shown.press("undo").map.data["places"]) == 1


@pytest.mark.parametrize("said", ["35.5, 139.5", "Yokosuka"])
def test_a_name_is_placed_by_coordinates_or_by_another_name(copy: Shown, said: str) -> None:
    copy.press("place names")
    copy.app.text_input(key="name Qwertyville").set_value(said)
    copy.run()
    assert sum(copy.markers().values()) == 3
    assert "Springfield" in copy.text("details")


def test_what_is_typed_for_a_name_and_is_none_either_is_told(copy: Shown) -> None:
    copy.press("place names")
    copy.app.text_input(key="name Qwertyville").set_value("Asdfghville")
    copy.run()
    assert "“Asdfghville” was not found either" in copy.text("details")
    assert sum(copy.markers().values()) == 2


def test_a_click_on_the_map_places_the_name(copy: Shown) -> None:
    copy.press("place names")
    copy.click_beside(10.25, 20.5)
    place = next(place for place in copy.map.data["places"] if place["name"] == "Qwertyville")
    assert (place["latitude"], place["longitude"]) == (10.25, 20.5)
    assert "place" not in copy.address()


def test_a_click_on_a_marker_puts_the_name_there(copy: Shown) -> None:
    copy.press("place names").click("Tokyo")
    assert copy.markers()["Tokyo"] == 2


def test_whoever_goes_on_to_an_event_has_left_the_queue(copy: Shown) -> None:
    at(copy.press("place names"), "talks")
    copy.click("Tokyo")
    assert copy.markers()["Tokyo"] == 1
    assert copy.app.button(key="place names").label == "2 names to place"


def test_a_name_of_the_queue_is_chosen_from_a_list_and_skipping_goes_on_from_there(copy: Shown) -> None:
    copy.press("place names")
    copy.app.selectbox(key="go to name").set_value("Springfield")
    assert "Name 2 of 2 to place Springfield" in copy.run().text("details")
    assert "Name 1 of 2 to place Qwertyville" in copy.press("skip name").text("details")


def test_many_rows_set_aside_are_all_in_reach_and_come_as_a_file(open_at: Open, tmp_path: Path) -> None:
    rows = "\n".join(f",,,Wire {n}" for n in range(20))
    shown = open_at(story=write_story(tmp_path / "visits", f"title,place,when,source\n{rows}")).press("edit story")
    assert "Line 2" in shown.text("details")
    shown.app.session_state["rejected_page"] = 3
    assert "Line 21" in shown.run().text("details")
    assert "20 rows set aside are not in these files." in shown.text("export")


def test_a_row_that_was_set_aside_is_mended(copy: Shown) -> None:
    said = copy.text("details")
    assert "4 rows read: 3 shown, 1 set aside." in said
    assert "Line 5" in said
    mend = next(button for button in copy.app.button if (button.key or "").startswith("mend "))
    copy.press(mend.key or "")
    typed(copy, "when", "Oct. 8, 2025")
    assert copy.address()["event"] == ["bad"]
    assert "4 rows read, all shown." in copy.press("to story").text("details")


def test_the_title_of_the_story_is_changed_and_the_story_stays_open(copy: Shown) -> None:
    copy.app.text_input(key="head title").set_value("Journeys")
    copy.run()
    assert "Journeys" in copy.html("headline")
    copy.run()
    assert "Journeys" in copy.html("headline")
    assert not copy.app.button(key="undo").disabled
    copy.app.text_input(key="head published").set_value("someday")
    assert "'someday' is not a date" in copy.run().text("details")


# ---- keeping ---------------------------------------------------------------------------------------------------------


def test_a_saved_story_is_opened_again_by_its_link_and_by_no_guess(copy: Shown, open_at: Open) -> None:
    typed(at(copy, "talks"), "title", "Saved talks")
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    assert link.startswith("visits-copy-")
    assert copy.app.button(key="save").disabled
    again = open_at(f"story={link}")
    assert "Saved talks" in again.text("timeline")
    assert "the first one is shown instead" in open_at(f"story={link[:-1]}").text("notices")


def test_unsaved_work_is_seen_by_nobody_else(copy: Shown, open_at: Open) -> None:
    (link,) = copy.address()["story"]
    other = open_at(f"story={link}")
    assert "the first one is shown instead" in other.text("notices")
    assert all("Visits" not in option for option in other.app.selectbox(key="story").options)


def test_a_readers_link_shows_the_story_and_lets_it_be_copied_only(
    copy: Shown, open_at: Open, library_url: str
) -> None:
    save(copy, "Ada")
    reader = Library.open(library_url).stories()[0].reader_id
    shown = open_at(f"story={reader}")
    assert shown.app.button(key="edit story").label == "Edit a copy"
    assert f'data-story="{reader}"' in copy.html("export")


def ben_saves(open_at: Open, link: str) -> None:
    """Somebody else opens the story, gives its first event another title and saves it."""
    save(typed(at(open_at(f"story={link}").press("edit story"), "talks"), "title", "Ben's talks"), "Ben")


def test_two_who_save_the_same_story_are_told_and_lose_nothing(copy: Shown, open_at: Open, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    typed(at(copy, "twice"), "title", "Ada's visit")
    ben_saves(open_at, link)
    copy.run()
    assert "Ben saved revision 2 while you were working: 1 row changed (title)." in copy.text()
    within(copy, "save", "Merge and save")
    library = Library.open(library_url)
    assert [one.who for one in library.revisions(link)] == ["Ada", "Ben", "Ada"]
    titles = {row.cells.get("title", "") for row in library.draft(link, 3).rows}
    assert {"Ben's talks", "Ada's visit"} <= titles
    assert "Ben's talks" in copy.text("timeline")


def test_mine_can_be_kept_as_a_story_of_its_own(copy: Shown, open_at: Open, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    typed(at(copy, "talks"), "title", "Ada's talks")
    ben_saves(open_at, link)
    assert "Both of you changed" in copy.press("save").dialog()
    within(copy, "save", "Keep mine as a new story")
    assert copy.address()["story"] != [link]
    assert {kept.latest.title for kept in Library.open(library_url).stories()} == {
        "Visits (copy)",
        "Visits (copy) (Ada)",
    }


def test_theirs_can_be_taken_and_mine_brought_back(copy: Shown, open_at: Open, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    typed(at(copy, "talks"), "title", "Ada's talks")
    ben_saves(open_at, link)
    within(copy, "save", "Take theirs")
    assert "Ben's talks" in copy.text("timeline")
    assert "Ada's talks" in copy.press("undo").text("timeline")
    # What was undone was Ada's own, begun from the first revision: Ben's is met again, not overwritten.
    assert "Two versions" not in copy.dialog()
    assert "Ben saved revision 2 while you were working" in copy.text()
    assert "Both of you changed" in copy.press("save").dialog()
    assert [one.who for one in Library.open(library_url).revisions(link)] == ["Ben", "Ada"]


def test_whoever_has_changed_nothing_sees_what_others_saved_since(copy: Shown, open_at: Open) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    ben_saves(open_at, link)
    assert "Ben's talks" in copy.run().text("timeline")
    assert "Saved as revision 2" in copy.text("edit")


def test_an_earlier_revision_is_seen_compared_and_restored(copy: Shown, open_at: Open, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    typed(at(copy, "talks"), "title", "Spoilt").press("save")
    copy.press("versions button")
    assert "From revision 1 to what you see now: 1 row changed (title)" in copy.dialog()
    old = open_at(f"story={link}@1")
    assert "This is revision 1 of 2." in old.text()
    assert "Talks" in old.text("timeline")
    assert old.app.button(key="edit story").label == "Edit a copy"
    old.press("restore pinned")
    assert "Revision 1 is restored" in old.text("notices")
    save(old, "Ben")
    assert Library.open(library_url).revisions(link)[0].changed == "1 row changed (title)"
    assert "Talks" in open_at(f"story={link}").text("timeline")
    assert "the first one is shown instead" in open_at(f"story={link}@9").text("notices")


def test_a_damaged_latest_revision_is_mended_by_an_earlier_one(copy: Shown, open_at: Open, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    typed(at(copy, "talks"), "title", "Spoilt").press("save")
    with database.writing(database.reach(library_url)) as connection:
        connection.exec_driver_sql("update revision set checksum = 'x' where number = 2")
    library.revision.clear()
    assert "Revision 2 is damaged" in open_at(f"story={link}").html()
    old = open_at(f"story={link}@1").press("restore pinned")
    assert "Talks" in old.text("timeline")
    save(old, "Ben")
    latest = Library.open(library_url).revisions(link)[0]
    assert (latest.number, latest.changed) == (3, "saved again")
    assert "Talks" in open_at(f"story={link}").text("timeline")


def test_any_two_revisions_are_compared(copy: Shown) -> None:
    save(copy, "Ada")
    typed(at(copy, "talks"), "title", "Second talks").press("save")
    typed(at(copy, "twice"), "title", "Third").press("save")
    copy.press("versions button")
    first, second = (next(box for box in copy.app.selectbox if box.label == label) for label in ("From", "To"))
    first.select_index(2)
    second.select_index(2)
    said = copy.run().dialog()
    assert "From revision 1 to revision 2: 1 row changed (title)" in said
    assert "Second talks" in said
    assert "Third" not in said


def test_a_library_that_cannot_be_written_to_says_so_and_keeps_the_work(
    copy: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("DATELINE_DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'library.sqlite'}")
    autosave_writer.wait()
    library.library.clear()
    save(copy, "Ada")
    assert "Not saved. The library cannot be created" in copy.dialog()
    assert not copy.app.button(key="save").disabled


def restart() -> None:
    """The page ends and is started anew: what it held in memory is gone."""
    autosave_writer.wait()
    autosave_writer.workspaces().clear()
    library.library.clear()


def test_unsaved_work_outlives_the_page_and_is_seen_by_its_browser_alone(open_at: Open, tmp_path: Path) -> None:
    folder = write_story(tmp_path / "visits", ROWS, 'title = "Visits"')
    mine = open_at(story=folder, browser=ADA).press("edit story")
    typed(at(mine, "talks"), "title", "Talks not saved yet")
    (link,) = mine.address()["story"]
    restart()
    again = open_at(f"story={link}", browser=ADA)
    assert "Talks not saved yet" in again.text("timeline")
    assert "the first one is shown instead" in open_at(f"story={link}", browser=BEN).text("notices")
    assert "the first one is shown instead" in open_at(f"story={link}").text("notices")


def test_changes_to_a_kept_story_outlive_the_page_and_still_know_what_they_began_from(
    open_at: Open, tmp_path: Path, library_url: str
) -> None:
    folder = write_story(tmp_path / "visits", ROWS, 'title = "Visits"')
    mine = save(open_at(story=folder, browser=ADA).press("edit story"), "Ada")
    (link,) = mine.address()["story"]
    autosave_writer.wait()
    assert Library.open(library_url).autosaves.listed(ADA) == {}
    typed(at(mine, "talks"), "title", "Second talks")
    restart()
    again = open_at(f"story={link}", browser=ADA).press("edit story")
    assert "Unsaved changes" in again.text("edit")
    save(again, "Ada")
    assert Library.open(library_url).revisions(link)[0].changed == "1 row changed (title)"


def test_a_story_that_was_removed_by_mistake_is_put_back(copy: Shown, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    within(copy, "versions button", "Remove the story")
    copy.run()
    assert copy.address()["story"] != [link]
    assert "“Visits (copy)” was removed." in copy.text()
    assert Library.open(library_url).stories() == ()
    copy.press("put back").run()
    assert copy.address()["story"] == [link]
    assert "was removed" not in copy.text()


def test_a_story_that_was_removed_meanwhile_is_saved_as_one_of_its_own(copy: Shown, library_url: str) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    Library.open(library_url).remove(link, "Ben")
    typed(at(copy, "talks"), "title", "Still here")
    assert "Ben has removed this story" in copy.press("save").text("edit")
    save(copy, "Ada")
    (other,) = copy.address()["story"]
    assert other != link
    assert [one.latest.number for one in Library.open(library_url).stories()] == [1]


def test_a_library_that_does_not_answer_takes_nothing_but_what_is_kept_in_it(
    open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none")
    shown = open_at(browser=ADA)
    assert "Hegseth" in shown.html("headline")
    assert "Saved stories cannot be opened right now. The library does not answer." in shown.text("notices")
    assert "me:" not in shown.text("notices")
    assert "127.0.0.1" not in shown.text("notices")
    assert "cannot be opened right now" not in open_at().text("notices")
    kept = open_at("story=visits-x")
    assert "The library does not answer." in kept.text()
    assert "There is no story" not in kept.text()
    assert kept.address() == {"story": ["visits-x"]}


def test_a_busy_library_is_told_as_busy_and_the_story_comes_back_at_its_address(
    copy: Shown, open_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(copy, "Ada")
    (link,) = copy.address()["story"]
    autosave_writer.wait()
    assert library.WAIT_SECONDS < 2
    monkeypatch.setattr(library, "WAIT_SECONDS", 0.05)
    library.library.clear()
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite", isolation_level=None)) as other:
        other.execute("begin exclusive")
        shown = open_at(f"story={link}")
        assert "is busy" in shown.text()
        assert "There is no story" not in shown.text()
        assert shown.address() == {"story": [link]}
        other.execute("rollback")
    library._troubles().clear()
    assert "Visits (copy)" in shown.run().html("headline")
    assert shown.address()["story"] == [link]


# ---- the same fault in several rows ---------------------------------------------------------------------------------


@pytest.fixture
def faulty(open_at: Open, tmp_path: Path) -> Shown:
    rows = "".join(f"Visit {n},Tokyo,2025-10-{n:02},{'perhapsish' if n > 2 else ''}\n" for n in range(1, 11))
    rows += "Soon,Tokyo,whenever,\nLater,Tokyo,whenever,\n"
    return open_at(story=write_story(tmp_path / "visits", f"title,place,when,status\n{rows}")).press("edit story")


def widget(shown: Shown, kind: str, start: str) -> str:
    return next(one.key for one in getattr(shown.app, kind) if (one.key or "").startswith(start))


def test_one_bar_leads_to_the_problems_and_no_other_stands_above_the_map(faulty: Shown) -> None:
    assert faulty.app.button(key="problems").label == "11 problems"
    assert "<details" not in faulty.html("notices")
    said = faulty.press("problems").text("details")
    assert "Status · 8 rows: lines 4, 5, 6, 7, 8, 9, 10, 11" in said
    assert "When · 2 rows: lines 12, 13" in said


def test_a_status_is_mended_in_eight_rows_at_once_and_undone_at_once(faulty: Shown) -> None:
    faulty.press("problems")
    faulty.app.selectbox(key=widget(faulty, "selectbox", "mend all ")).set_value("cancelled")
    said = faulty.run().text("details")
    assert "8 rows" not in said
    assert "2 rows" in said
    assert "12 events" in faulty.text("counts")
    assert faulty.app.button(key="problems").label == "3 problems"
    assert faulty.press("undo").app.button(key="problems").label == "11 problems"


def test_a_date_is_typed_for_all_rows_or_left_out_of_all(faulty: Shown) -> None:
    faulty.press("problems")
    key = widget(faulty, "text_input", "mend all ")
    faulty.app.text_input(key=key).set_value("some other time")
    assert "'some other time' is not a date" in faulty.run().text("details")
    faulty.app.text_input(key=key).set_value("Oct. 20, 2025")
    assert "When · 2 rows" not in faulty.run().text("details")
    assert faulty.text("timeline").count("Mon, Oct 20,") == 2
    faulty.press("undo")
    undated = next(one.key for one in faulty.app.button if one.label == "Not dated")
    assert "Not dated" in faulty.press(undated or "").text("timeline")


def test_whoever_stops_editing_is_not_told_that_it_was_saved(faulty: Shown) -> None:
    faulty.app.text_input(key="head title").set_value("Journeys")
    stop = faulty.run().app.button(key="done")
    assert stop.label == "Stop editing"
    assert "unsaved changes stay with you" in stop.help
    assert "Unsaved changes" in faulty.press("done").text("export")
