"""The stories that are here, as cards: what they say, what opens, and that nothing is read twice for them."""

from __future__ import annotations

import html
import os
import re
from collections import OrderedDict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from geo.gazetteer import Gazetteer
from story.draft import Draft
from story.library import shipped
from story.opening.stories import open_draft
from story.placing import place_with
from tests.view.page_driver import Open, Shown, walk, write_story
from view.state.page_state import KEY
from view.work import cards, library, opening

VISIT = """
    title,place,when,who
    Ferry calls,Yokosuka,2025-10-20,Ferry Hamayu
    Ferry waits,Kurihama,2025-10-21,Ferry Hamayu
"""


@pytest.fixture(autouse=True)
def _no_card_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "_kept", OrderedDict())


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the stories that were read for their cards."""
    titles: list[str] = []
    original = cards.card_of

    def noted(story: Any) -> Any:
        titles.append(story.title)
        return original(story)

    monkeypatch.setattr(cards, "card_of", noted)
    return titles


def source(shown: Shown) -> str:
    """The HTML of the cards."""
    main = {id(node) for node in walk(shown.app.main)}
    said = [node.value for node in walk(shown.app._tree) if node.type == "html" and id(node) not in main]
    (found,) = (text for text in said if "pick story-card" in text)
    return found


def card(shown: Shown, title: str) -> str:
    """What the card of a story says, in one line."""
    (found,) = (one for one in source(shown).split("<li>") if f"<b>{title}" in one)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found)).split())


def test_the_dialog_shows_each_story_with_its_days_and_counts(open_at: Open) -> None:
    shown = open_at().press("open")
    assert source(shown).count('class="pick story-card"') == len(shipped())
    assert card(shown, "Sixteen white battleships") == (
        "Sixteen white battleships go round the world HAMPTON ROADS Dec 16, 1907 – Feb 22, 1909 "
        "27 events · 23 places · 4 travellers"
    )
    assert "12 events · 6 places · 7 travellers" in card(shown, "Hegseth may return"), "as the page itself says"
    (current,) = re.findall(r'href="([^"]*)" aria-current="true"', source(shown))
    assert current == "?story=japan-visit-2025"


def test_each_card_has_a_small_map_of_its_story(open_at: Open) -> None:
    pictures = re.findall(r'<img src="data:image/svg\+xml,([^"]*)" alt="">', source(open_at().press("open")))
    assert len(pictures) == len(shipped())
    for picture in map(unquote, pictures):
        assert picture.startswith("<svg ")
        assert 'class="land"' in picture
        assert "prefers-color-scheme: dark" in picture
        assert len(picture) < 40_000


def test_a_card_opens_its_story_and_ends_what_was_done_to_the_other(open_at: Open) -> None:
    shown = open_at("event=hegseth-fallon&status=happened").press("edit story").press("open")
    assert shown.app.session_state[KEY].editing
    shown.act("go", "?story=sandy-2012")
    assert "Sandy: from the Caribbean" in shown.html("headline")
    assert shown.address() == {"story": ["sandy-2012"]}
    assert not shown.app.session_state[KEY].editing
    assert shown.app.session_state[KEY].dialog == ("", None)
    assert "25 events · 19 places" in shown.text("counts")


def test_opening_the_page_reads_no_other_story(open_at: Open, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opening._of_path.clear()
    opened: list[str] = []

    def noted(path: Path, *given: Any, **options: Any) -> Draft:
        opened.append(path.name)
        return open_draft(path, *given, **options)

    monkeypatch.setattr(opening, "open_draft", noted)
    shown = open_at()
    assert "Hegseth may return to Tokyo" in shown.html("headline")
    assert (opened, read) == (["japan-visit-2025"], [])


def test_a_story_is_read_once_for_its_card_until_its_file_changes(
    open_at: Open, read: list[str], tmp_path: Path
) -> None:
    story = write_story(tmp_path / "ferry", VISIT)
    shown = open_at(story=story).press("open")
    assert sorted(read) == sorted({*read})
    assert len(read) == len(shipped()) + 1
    read.clear()
    shown.run()
    open_at(story=story).press("open")
    assert read == []
    write_story(story, VISIT + "    Ferry leaves,Yokosuka,2025-10-22,Ferry Hamayu")
    os.utime(story / "reports.csv", (2_000_000_000, 2_000_000_000))
    assert "3 events · 2 places · 1 traveller" in card(open_at(story=story).press("open"), "Ferry")
    assert read == ["Ferry"]


def test_a_story_that_cannot_be_read_has_its_name_alone(open_at: Open, tmp_path: Path) -> None:
    story = tmp_path / "torn.xlsx"
    story.write_bytes(b"PK\x03\x04 torn")
    shown = open_at("story=japan-visit-2025", story=story).press("open")
    assert card(shown, "Torn") == "Torn"
    assert "12 events" in card(shown, "Hegseth")


def test_a_large_file_is_not_read_for_its_card(
    open_at: Open, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = write_story(tmp_path / "ferry", VISIT)
    monkeypatch.setattr(cards, "MOST_BYTES", 20)
    shown = open_at("story=japan-visit-2025", story=story).press("open")
    assert card(shown, "Ferry") == "Ferry"
    assert read == []


def test_what_is_kept_in_the_library_has_a_card_of_its_latest_revision(
    open_at: Open, read: list[str], tmp_path: Path
) -> None:
    reader = "a" * 32
    shown = open_at()
    kept = library.library().create(_draft(tmp_path), "Ada", browser=reader)
    shown = open_at(browser=reader).press("open")
    assert "2 events · 2 places · 1 traveller" in card(shown, "Ferry")
    assert f'href="?story={kept.id}"' in source(shown)
    read.clear()
    open_at(browser=reader).press("open")
    assert read == []


def test_the_dialog_stands_where_the_cards_fail(open_at: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "card_of", lambda story: 1 / 0)
    shown = open_at().press("open")
    assert "The stories that are here cannot be shown at the moment." in shown.dialog()
    assert shown.app.get("file_uploader")


def test_hostile_titles_stay_text(open_at: Open, tmp_path: Path) -> None:
    story = write_story(tmp_path / "hostile", VISIT, 'title = "<img src=x onerror=alert(1)>"')
    said = source(open_at(story=story).press("open"))
    assert "<img src=x" not in said
    assert "&lt;img src=x onerror=alert(1)&gt;" in said


def _draft(folder: Path) -> Draft:
    return open_draft(write_story(folder / "ferry", VISIT), place_with(Gazetteer.open()))
