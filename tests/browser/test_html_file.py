"""The HTML file of a story, opened from a disk in a browser without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from story.export import EXPORTS
from story.opening.stories import open_story
from story.query.selection import ALL, events_as_of
from tests.browser.driving import Violation
from tests.story.conftest import small_gazetteer

TABLE = """event,title,who,place,when,status,reported,source,summary
plan,Ada plans a visit,Ada Lovell,Tokyo,2025-03-20,scheduled,2025-03-02,Herald,She means to go.
plan,Ada visits Paris instead,Ada Lovell,Paris,2025-03-21,happened,2025-03-22,Courier,
start,Ada leaves the base,Ada Lovell,Fallon,2025-03-18,happened,2025-03-19,Herald,
match,Ben plays chess,Ben Okri,Yokosuka,2025-03-05,happened,2025-03-06,Courier,
"""
HOSTILE = '</script><img src=x onerror="window.harmed=1">'


class File:
    """A file in a browser that has no network: the page, and what it asked for or complained of."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(path.as_uri())

    @property
    def details(self) -> Locator:
        return self.page.locator(".st-key-details")

    def marker(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., File]]:
    """`opened(table, width=, scheme=, path=)`: the file of a story, given as a table or as a file that is there."""
    contexts = []

    def open_file(table: str = TABLE, *, width: int = 1440, scheme: str = "light", path: Path | None = None) -> File:
        if path is None:
            folder, path = tmp_path / "story", tmp_path / "story.html"
            folder.mkdir(exist_ok=True)
            (folder / "reports.csv").write_text(table, encoding="utf-8")
            (folder / "story.toml").write_text('title = "A visit"\npublished = 2025-03-22\n', encoding="utf-8")
            story = open_story(folder, small_gazetteer)
            written = EXPORTS["html"](story, events_as_of(story, None), ALL)
            assert isinstance(written, str)
            path.write_text(written, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale="en-US",
            offline=True,
        )
        contexts.append(context)
        return File(context.new_page(), path)

    yield open_file
    for context in contexts:
        context.close()


def test_a_file_from_a_disk_is_the_dashboard_of_its_story(opened: Callable[..., File]) -> None:
    file = opened()
    page, details = file.page, file.details
    expect(page.get_by_role("heading", level=1)).to_have_text("A visit")

    # A marker shows what is there, and how sure it is.
    file.marker("Paris: 1 event").click()
    expect(details.get_by_role("heading", level=2)).to_have_text("Ada visits Paris instead")
    expect(details.locator(".voices")).to_contain_text("Herald says otherwise")
    expect(details.locator(".reports li")).to_have_count(2)
    assert "event=plan" in page.url
    page.keyboard.press("Escape")
    expect(details).to_contain_text("Where it stands")

    # Days, from the timeline's own axis, by keyboard.
    page.get_by_role("slider", name="First day").focus()
    for _ in range(2):
        page.keyboard.press("PageUp")
    expect(page.locator(".counts")).to_contain_text("2 of 3 events")
    expect(file.marker("Yokosuka: 1 event")).to_have_count(0)
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.locator(".counts")).to_contain_text("3 events")

    # People.
    page.get_by_role("group", name="Who").get_by_role("button", name="Ben Okri").click()
    expect(page.locator(".counts")).to_contain_text("1 of 3 events")
    page.get_by_role("group", name="Who").get_by_role("button", name="Ben Okri").click()

    # What was known on an earlier day: the visit was to be in Tokyo.
    page.get_by_label("as known on").select_option(label="Thu, Mar 6")
    expect(file.marker("Tokyo: 1 event")).to_be_visible()
    expect(file.marker("Paris: 1 event")).to_have_count(0)
    expect(page.locator(".st-key-timeline")).to_contain_text("Ada plans a visit")
    assert "as_of=2025-03-06" in page.url

    # The same view again, from its address.
    page.reload()
    expect(file.marker("Tokyo: 1 event")).to_be_visible()
    page.get_by_label("as known on").select_option(label="Sat, Mar 22 (latest)")

    # Lists.
    page.get_by_role("tab", name="Events (3)").click()
    expect(page.locator(".st-key-events tbody tr")).to_have_count(3)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".st-key-itinerary")).to_contain_text("Fallon → Paris")

    # It plays.
    page.get_by_role("button", name="Play the story").click()
    expect(page.get_by_role("group", name="Play the story")).to_contain_text("of 3")
    page.keyboard.press("Escape")

    assert [url for url in file.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert file.errors == []


def test_a_place_is_chosen_by_keyboard_alone(opened: Callable[..., File]) -> None:
    file = opened()
    file.marker("Yokosuka: 1 event").focus()
    file.page.keyboard.press("Enter")
    expect(file.details.get_by_role("heading", level=2)).to_have_text("Ben plays chess")
    expect(file.marker("Yokosuka: 1 event")).to_have_attribute("aria-pressed", "true")
    file.page.keyboard.press("?")
    expect(file.page.get_by_role("dialog")).to_contain_text("Keys")


def test_on_paper_all_lists_stand_whole(opened: Callable[..., File]) -> None:
    page = opened().page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".st-key-events tbody tr")).to_have_count(3)
    expect(page.locator(".st-key-sources")).to_be_visible()
    expect(page.get_by_role("button", name="Play the story")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".st-key-events")).to_be_hidden()


def test_a_file_in_a_frame_says_how_high_it_is(opened: Callable[..., File], tmp_path: Path) -> None:
    opened()
    around = tmp_path / "around.html"
    around.write_text(
        "<script>const said = []; addEventListener('message', ({ data }) => said.push(data));</script>"
        '<iframe src="story.html" width="800" height="300" title="A story"></iframe>',
        encoding="utf-8",
    )
    page = opened(path=around).page
    page.wait_for_function("() => said.length > 0")
    said = page.evaluate("said[0]")
    assert said["type"] == "dateline:height"
    assert said["height"] > 600
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Paris: 1 event", exact=True).click()
    expect(inside.locator(".st-key-details h2")).to_have_text("Ada visits Paris instead")


def test_hostile_text_in_a_file_stays_text(opened: Callable[..., File]) -> None:
    quoted = HOSTILE.replace('"', '""')
    cells = ",".join([f'"{quoted}"'] * 3)
    table = f"event,title,who,place,source,note,summary,when\na,{cells},{cells},2025-03-18\n"
    file = opened(table)
    page = file.page
    page.get_by_role("tab", name="Events (1)").click()
    page.locator(".st-key-events a.pick").click()
    expect(file.details.get_by_role("heading", level=2)).to_have_text(HOSTILE)
    page.get_by_role("tab", name="Sources").click()
    expect(page.locator(".st-key-sources")).to_contain_text(HOSTILE)
    assert page.evaluate("window.harmed") is None
    assert page.locator("img[src=x]").count() == 0
    assert file.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_file_is_accessible(
    width: int, scheme: str, opened: Callable[..., File], axe: Callable[[Page], list[Violation]]
) -> None:
    file = opened(width=width, scheme=scheme)
    page = file.page
    expect(file.marker("Paris: 1 event")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 900:
        page.get_by_role("button", name="Filters").click()
    for tab in ("Events (3)", "Sources", "Itineraries"):
        page.get_by_role("tab", name=tab).click()
        assert axe(page) == []
    file.page.locator(".st-key-timeline a.pick").first.focus()
    file.page.keyboard.press("Enter")
    expect(file.details.get_by_role("heading", level=2)).not_to_be_empty()
    assert axe(page) == []
