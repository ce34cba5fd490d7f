"""A story that follows a table at an address, on the page: opened, looked at again, kept, and when its source fails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest

from story.draft import Draft
from story.library.revisions import Library
from story.opening import fetching, live
from story.opening.live import Known, Look
from tests.sites import Site, is_here, site
from tests.view.page_driver import Open, Shown
from view.serve.feeds.stories import kept_at
from view.work import live as looking

TABLE = b"What,Where,When\nOpening of the summit,Oslo,2025-10-20\nTalks on trade,Bergen,2025-10-22\n"
MORE = TABLE.replace(b"2025-10-22", b"2025-10-24") + b"Farewell,Stavanger,2025-10-25\n"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that may be asked although it is on this machine, as often as a test likes."""
    monkeypatch.setattr("view.edit.article_dialog.fetch", partial(fetching.fetch, allowed=is_here))
    monkeypatch.setattr(looking, "look_again", partial(live.look_again, allowed=is_here))
    monkeypatch.setattr(looking, "AT_LEAST_SECONDS", 0.0)
    monkeypatch.setattr(looking, "EVERY_SECONDS", -1.0)
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 60.0)
    with site() as own:
        own.pages["/visits.csv"] = TABLE
        yield own


def give(shown: Shown, address: str) -> Shown:
    """Gives an address to the dialog."""
    shown.press("open")
    (given,) = [box for box in shown.app.text_input if (box.key or "").startswith("address ")]
    given.input(address)
    return shown.run()


def followed(open_at: Open, web: Site) -> Shown:
    return give(open_at(), f"{web.url}/visits.csv").press("open table")


def saved(shown: Shown) -> tuple[str, str]:
    """Saves the story; the link that may change it, and the one for readers."""
    shown.press("save")
    for label, text in (("Your name", "Ada Quist"), ("Title", "The summit")):
        next(box for box in shown.app.text_input if box.label == label).input(text)
    shown.app.button(key="save now").click()
    shown.run()
    (kept,) = Library.open().stories()
    return kept.id, kept.reader_id


def test_a_table_at_an_address_is_opened_as_a_file_is_and_says_where_it_is_from(open_at: Open, web: Site) -> None:
    shown = give(open_at(), f"{web.url}/visits.csv")
    assert "2 rows, UTF-8, columns between commas" in shown.dialog()
    shown.press("open table")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1}
    assert "Follows a table at localhost" in shown.text("live")
    assert f'href="{web.url}/visits.csv"' in shown.html("live")


def test_what_is_no_table_is_read_as_an_article_and_what_cannot_be_had_says_why(open_at: Open, web: Site) -> None:
    web.pages["/news"] = b"<!doctype html><title>Talks</title><p>OSLO - Ada Berg met Ben Holm in Oslo on Friday.</p>"
    shown = give(open_at(), f"{web.url}/news")
    assert any(button.key == "read article" for button in shown.app.button)
    assert "answers 404" in give(open_at(), f"{web.url}/nothing").dialog()


def test_looking_again_is_a_step_that_tells_what_changed_and_can_be_undone(open_at: Open, web: Site) -> None:
    shown = followed(open_at, web)
    shown.press("look again")
    assert web.asked[-1] == ("/visits.csv", 304)
    assert "no change by" in shown.text("live")
    assert "row added" not in shown.text("live")
    web.pages["/visits.csv"] = MORE
    shown.press("look again")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1, "Stavanger": 1}
    assert "1 row added, 1 row changed (when)" in shown.text("live")
    shown.press("undo")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1}
    assert "row added" not in shown.text("live")


def test_a_saved_story_is_read_anew_when_it_is_opened_and_what_changed_is_a_revision(open_at: Open, web: Site) -> None:
    _, reading = saved(followed(open_at, web))
    web.pages["/visits.csv"] = MORE
    shown = open_at(f"story={reading}")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1, "Stavanger": 1}
    assert "revision 2: 1 row added, 1 row changed (when)" in shown.text("live")
    (kept,) = Library.open().stories()
    assert (kept.latest.number, kept.latest.who) == (2, "localhost")
    shown.press("live changes")
    assert "Farewell" in shown.dialog()
    # Another opening finds nothing new, and saves nothing.
    open_at(f"story={reading}")
    assert Library.open().stories()[0].latest.number == 2


def test_the_last_good_reading_stays_when_the_source_fails_and_readers_are_not_told_its_address(
    open_at: Open, web: Site
) -> None:
    _, reading = saved(followed(open_at, web))
    web.refused["/visits.csv"] = 503
    shown = open_at(f"story={reading}")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1}
    assert "'localhost' answers 503 Service Unavailable. Shown is what was read on" in shown.text("live")
    assert "visits.csv" not in shown.html("live")
    web.refused.clear()
    web.pages["/visits.csv"] = b"What,Where,When\n"
    assert "no rows any more" in shown.press("look again").text("live")
    web.pages["/visits.csv"] = MORE
    shown.press("look again")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1, "Stavanger": 1}
    assert "503" not in shown.text("live")


def test_a_source_that_takes_its_time_keeps_nobody_waiting(
    open_at: Open, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, reading = saved(followed(open_at, web))
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 0.0)
    web.pages["/visits.csv"] = MORE
    web.held["/visits.csv"] = Event()
    shown = open_at(f"story={reading}")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1}
    assert "Looking…" in shown.text("live")
    web.held["/visits.csv"].set()
    on_its_way = looking._of(story).future
    assert on_its_way is not None
    on_its_way.result(60)
    assert shown.run().markers() == {"Oslo": 1, "Bergen": 1, "Stavanger": 1}
    assert "Looking…" not in shown.text("live")


def test_a_feed_of_it_has_the_source_looked_at_too(open_at: Open, web: Site) -> None:
    story, reading = saved(followed(open_at, web))
    web.pages["/visits.csv"] = MORE
    first = kept_at(reading)
    on_its_way = looking._of(story).future
    assert on_its_way is not None
    on_its_way.result(60)
    now = kept_at(reading)
    assert now.state != first.state
    assert [len(one.read().rows) for one in (first, now)] == [2, 3]


def test_two_servers_that_read_the_same_at_once_keep_it_once(
    open_at: Open, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, _ = saved(followed(open_at, web))
    web.pages["/visits.csv"] = MORE
    look, both = looking.look_again, Barrier(2)

    def together(now: Draft, known: Known | None) -> Look:
        found = look(now, known)
        both.wait(60)
        return found

    monkeypatch.setattr(looking, "look_again", together)
    servers = looking.Followed(), looking.Followed()
    with ThreadPoolExecutor(2) as threads:
        for done in [
            threads.submit(looking._telling, own, partial(looking._of_library, story, own)) for own in servers
        ]:
            done.result(60)
    (kept,) = Library.open().stories()
    assert kept.latest.number == 2
    assert [own.why for own in servers] == ["", ""]


def test_who_is_at_work_is_told_that_the_source_has_changed(open_at: Open, web: Site) -> None:
    shown = followed(open_at, web)
    saved(shown)
    shown.act("choose", {"act": shown.map.data["act"] + 1, "place": "", "point": None})
    title = next(box for box in shown.app.text_input if box.key == "head title")
    title.input("The Oslo summit")
    shown.run()
    web.pages["/visits.csv"] = MORE
    shown.press("look again")
    assert "localhost saved revision 2 while you were working: 1 row added" in shown.text("others")
    assert shown.markers() == {"Oslo": 1, "Bergen": 1}


def test_a_copy_that_a_reader_makes_follows_nothing_and_an_editor_can_stop_it(open_at: Open, web: Site) -> None:
    shown = followed(open_at, web)
    _, reading = saved(shown)
    assert "Follows" not in open_at(f"story={reading}").press("edit story").html()
    shown.press("stop following")
    assert "Follows" not in shown.html()
