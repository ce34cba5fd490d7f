"""What fails unforeseen is told in words, and takes neither the page nor the reader's work along."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import NoReturn

import pytest

from story.exc import LibraryUnwritableError
from tests.view.page_driver import Open, Shown, write_story
from view.draw import assets
from view.state import session
from view.work import library

SECRET = "/srv/secret/place"


def fail(*_: object, **__: object) -> NoReturn:
    raise KeyError(SECRET)


def said(shown: Shown, caplog: pytest.LogCaptureFixture) -> str:
    """What the page says of a failure, once it is sure that the log says the same, with the cause."""
    said = shown.text("failure")
    code = re.search(r"reference ([0-9A-F]{6})\.", said)
    assert code, said
    (record,) = [some for some in caplog.records if some.message.startswith(f"failure {code[1]}")]
    assert record.exc_info
    assert "KeyError" not in said
    assert SECRET not in shown.html()
    return said


@pytest.mark.parametrize(
    "where",
    [
        "view.work.catalogue.labels",
        "view.work.catalogue.fetch",
        "view.work.derived.story",
        "view.page.filters.headline",
        "view.page.regions.draw_map",
        "view.draw.details.overview",
        "view.draw.timeline.render",
        "view.draw.lists.sources_list",
        "view.page.regions.notices",
        "view.state.session.write_address",
        "view.page.regions.script",
        "view.draw.map.map_shapes",
    ],
)
def test_whatever_fails_in_drawing_leaves_the_top_bar_and_a_way_on(
    open_at: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    shown = open_at("status=happened&who=Pete+Hegseth")
    shown.failing = True
    with monkeypatch.context() as patch:
        patch.setattr(where, fail)
        shown.run()
        assert "Something went wrong" in said(shown, caplog)
        assert shown.app.selectbox(key="story").options
        assert shown.app.button(key="open").label == "Open a story…"
        shown.press("open")
        assert shown.app.get("file_uploader")
    shown.failing = False
    shown.press("failure again")
    assert shown.text("failure") == ""
    assert shown.address()["status"] == ["happened"]
    assert shown.address()["who"] == ["Pete Hegseth"]
    assert shown.markers()


def test_a_page_that_fails_for_what_is_chosen_shows_the_whole_story(
    open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("view.draw.details.event_details", fail)
    shown = open_at()
    shown.failing = True
    shown.press("next")
    shown.press("failure everything")
    assert shown.text("failure") == ""
    assert "event" not in shown.address()
    assert len(shown.markers()) == 6


def talks(open_at: Open, folder: Path) -> Shown:
    """A story of one event, being edited, with the event chosen."""
    shown = open_at(story=write_story(folder / "visits", "event,title,place,when\nt,Talks,Tokyo,2025-10-01"))
    shown.press("edit story").app.session_state["event"] = "t"
    return shown.run()


def retitle(shown: Shown, title: str) -> None:
    key = next(
        node.key for node in shown.app.text_input if (node.key or "").startswith("cell ") and "title" in node.key
    )
    shown.app.text_input(key=key).set_value(title)
    shown.run()


def test_a_page_that_fails_after_an_edit_offers_to_take_it_back(
    open_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = talks(open_at, tmp_path)
    retitle(shown, "Failing")
    assert "Failing" in shown.text("timeline")
    shown.failing = True
    with monkeypatch.context() as patch:
        patch.setattr("view.page.filters.headline", fail)
        shown.run()
        shown.press("failure undo")
    shown.failing = False
    assert "Failing" not in shown.run().text("timeline")


def test_a_callback_that_fails_half_way_changes_nothing_and_is_told(
    open_at: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    shown = open_at(
        "story=japan-visit-2025&event=hegseth-fallon&status=happened",
        story=write_story(tmp_path / "ferry", "title,place,when\nFerry calls,Yokosuka,2025-10-20"),
    )
    before = shown.address()
    shown.failing = True

    def half() -> NoReturn:
        session.reset_filters()
        session.choose()
        session.open_story("ferry")
        fail()

    with monkeypatch.context() as patch:
        patch.setattr("view.state.session.change_story", half)
        shown.app.selectbox(key="story").set_value("ferry")
        shown.run()
    assert "nothing of it was kept" in said(shown, caplog)
    assert shown.address() == before
    assert shown.current("timeline") == {"hegseth-fallon"}
    assert len(shown.markers()) > 1
    shown.failing = False
    assert shown.run().address() == before
    shown.app.selectbox(key="story").set_value("ferry")
    assert "Ferry calls" in shown.run().text("events")


def test_an_edit_that_was_made_before_its_callback_failed_is_told_as_made(
    open_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown = talks(open_at, tmp_path)
    shown.failing = True
    with monkeypatch.context() as patch:
        patch.setattr("view.work.autosave_writer.put", fail)
        retitle(shown, "Half")
    assert "Your last change was made" in said(shown, caplog)
    assert "Half" in shown.text("timeline")
    shown.failing = False
    assert "Half" not in shown.press("undo").text("timeline")


def test_a_dialog_that_fails_is_closed_and_the_page_stands(
    open_at: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("streamlit.file_uploader", fail)
    shown = open_at("status=happened")
    shown.failing = True
    shown.press("open")
    assert "Something went wrong" in said(shown, caplog)
    assert len(shown.markers()) > 1
    shown.failing = False
    assert shown.run().address()["status"] == ["happened"]


def test_a_base_map_that_is_missing_or_damaged_is_told_and_the_places_are_drawn(
    open_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole_map = assets.BASEMAP / "world.json"
    monkeypatch.setattr(assets, "BASEMAP", tmp_path)
    shown = open_at()
    assert "shows no land or borders" in shown.text("notices")
    assert str(tmp_path) in caplog.text
    assert len(shown.markers()) == 6
    (tmp_path / "world.json").write_text('{"arcs": [')
    assert "shows no land or borders" in shown.run().text("notices")
    assert str(tmp_path) not in shown.html()
    whole = whole_map.read_bytes()
    (tmp_path / "world.json").write_bytes(whole)
    assert "only rough coastlines" in shown.run().text("notices")


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file or directory", f"{SECRET}/my story/reports.csv"),
        PermissionError(13, "Permission denied", f"{SECRET}/reports.csv"),
        LibraryUnwritableError(f"The library at sqlite:///{SECRET}/library.sqlite is busy. Try again."),
        LibraryUnwritableError(f"The library cannot be created at '{SECRET}/in a folder/library.sqlite': full."),
        ValueError(r"C:\Users\ada\tables\places.csv is not what it was"),
        OSError(f"cannot write to {SECRET}/.cache or /var/people/.cache: set DATELINE_CACHE"),
    ],
)
def test_a_reader_is_not_told_where_things_lie_and_the_log_is(
    caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    with caplog.at_level(logging.WARNING):
        said = library.say(error)
    assert not any(folder in said for folder in (SECRET, "/var", "Users", "my story", "in a folder"))
    assert str(error) in caplog.text


def test_a_story_that_is_not_at_its_path_is_told_without_the_path(
    open_at: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shown = open_at(story=tmp_path / "nowhere.csv")
    assert "There is no story at 'nowhere.csv'" in " ".join(re.sub("<[^>]*>", " ", shown.html()).split()).replace(
        "&#39;", "'"
    )
    assert str(tmp_path) not in shown.html()
    assert str(tmp_path) in caplog.text
