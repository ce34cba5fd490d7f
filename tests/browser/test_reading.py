"""An article becomes a story in a real browser: pasted, checked by keyboard, saved; and the second article after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acting import expect_markers, marker, region
from tests.browser.conftest import Opener
from tests.browser.driving import Violation, wait_until_ready

FIRST = """Trade minister to tour the north

OSLO, Norway (Wire) — Trade Minister Ada Strand will visit Helsinki on Nov. 4, her office said Thursday. Strand is \
expected to visit Stockholm on Nov. 6.

She met Danish officials in Copenhagen on Tuesday. "We are ready," she said.
"""
SECOND = """Minister in Helsinki

HELSINKI (Wire) — Trade Minister Ada Strand visited Helsinki on Tuesday. Her visit to Stockholm on Nov. 6 has been \
cancelled, a spokesman said.
"""
CARD = "article.draft"


def paste(page: Page, text: str, published: str) -> None:
    """Gives an article to the dialog that is open, and has it read."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Or paste an article").fill(text)
    dialog.get_by_label("Or paste an article").blur()
    for label, value in (("Published", published), ("Source", "The Wire")):
        dialog.get_by_label(label, exact=True).fill(value)
        dialog.get_by_label(label, exact=True).press("Enter")
    dialog.get_by_role("button", name="Read it", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(region(page, "reading").locator(CARD).first).to_be_visible(timeout=90_000)
    wait_until_ready(page, markers=False)


def pasted(open_page: Opener, text: str = FIRST, published: str = "2025-10-31", **options: object) -> Page:
    page = open_page(**options)  # type: ignore[arg-type]
    page.get_by_role("button", name="Open a story").click()
    paste(page, text, published)
    return page


def counts(page: Page, words: str) -> None:
    expect(region(page, "reading").locator(".review-counts")).to_have_text(words)


def current(page: Page) -> str:
    return region(page, "reading").locator(f"{CARD}.current h3").inner_text()


def test_an_article_is_read_checked_by_keyboard_saved_and_followed_by_a_second_one(open_page: Opener) -> None:
    page = pasted(open_page)
    cards = region(page, "reading").locator(CARD)
    total = cards.count()
    assert total >= 3
    expect(region(page, "reading").locator(f"{CARD}.doubtful").first).to_have_attribute(
        "data-draft", cards.first.get_attribute("data-draft") or ""
    )
    counts(page, f"{total} to check")
    page.keyboard.press("x")
    counts(page, f"{total - 1} to check, 1 rejected")
    page.keyboard.press("u")
    counts(page, f"{total} to check")
    for done in range(1, total + 1):
        page.keyboard.press("a")
        counts(page, f"{total - done} to check, {done} accepted")
    expect(marker(page, "Helsinki")).to_be_visible()
    expect_markers(page, {"Helsinki": 1, "Stockholm": 1, "Copenhagen": 1})
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("dialog").get_by_label("Your name").fill("Ada")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(region(page, "edit")).to_contain_text("Saved as revision 1")

    page.get_by_role("button", name="Read an article").click()
    paste(page, SECOND, "2025-11-05")
    news = region(page, "reading").locator(".news")
    expect(news).to_contain_text("scheduled → happened")
    expect(news).to_contain_text("expected → cancelled")
    page.get_by_role("button", name="without doubts").click()
    expect(page.get_by_role("button", name="without doubts")).to_be_hidden()
    while region(page, "reading").locator(CARD).count():
        left = region(page, "reading").locator(CARD).count()
        page.keyboard.press("a")
        expect(region(page, "reading").locator(CARD)).to_have_count(left - 1)
    expect_markers(page, {"Helsinki": 1, "Stockholm": 1, "Copenhagen": 1})


def test_pointing_at_a_draft_shows_its_words_and_the_other_way_round(open_page: Opener) -> None:
    page = pasted(open_page)
    reading = region(page, "reading")
    card = reading.locator(CARD, has_text="Stockholm").first
    card.hover()
    expect(reading.locator("a.words.pointed", has_text="Stockholm").first).to_be_visible()
    reading.locator("a.words", has_text="Helsinki").first.click()
    expect(reading.locator(f"{CARD}.current")).to_contain_text("Helsinki")
    first = current(page)
    page.keyboard.press("j")
    assert current(page) != first
    page.keyboard.press("k")
    assert current(page) == first


def test_what_is_typed_elsewhere_is_no_press_of_a_key(open_page: Opener) -> None:
    page = pasted(open_page)
    total = region(page, "reading").locator(CARD).count()
    page.keyboard.press("a")
    counts(page, f"{total - 1} to check, 1 accepted")
    page.get_by_role("button", name="Filters").click()
    search = page.get_by_role("textbox", name="Search")
    search.click()
    page.keyboard.type("xax")
    expect(search).to_have_value("xax")
    counts(page, f"{total - 1} to check, 1 accepted")


def test_selected_words_become_an_event(open_page: Opener) -> None:
    page = pasted(open_page)
    page.evaluate("""() => {
        const text = document.querySelector(".article-text");
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("We are ready");
            if (at < 0) continue;
            document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 12);
        }
    }""")
    page.get_by_role("button", name="Add an event from these words").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Title")).to_have_value("We are ready")
    dialog.get_by_role("textbox", name="When").fill("2025-10-31")
    dialog.get_by_label("Place").fill("Bergen, Norway")
    dialog.get_by_label("Place").press("Enter")
    expect(dialog).to_contain_text("Bergen, Vestland, Norway")
    dialog.get_by_role("button", name="Accept").click()
    expect(marker(page, "Bergen")).to_be_visible()


def test_words_are_selected_by_keyboard_and_become_an_event(open_page: Opener) -> None:
    page = pasted(open_page)
    reading = region(page, "reading")
    said = reading.locator(".selecting")
    total = reading.locator(CARD).count()
    reading.locator("a.words", has_text="Helsinki").first.click()
    page.keyboard.press("w")
    expect(said).to_contain_text("with Shift they extend")
    for _ in range(total + 20):
        page.keyboard.press("ArrowUp")
    expect(said).to_have_text("“Trade minister to tour the north”")
    while "She met" not in said.inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("“We”")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(said).to_have_text("“We are ready”")
    assert page.evaluate("document.getSelection().toString()") == "We are ready"
    page.keyboard.press("x")
    counts(page, f"{total} to check")
    page.keyboard.press("n")
    expect(page.get_by_role("dialog").get_by_label("Title")).to_have_value("We are ready")
    expect(said).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("w")
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    assert page.evaluate("document.getSelection().isCollapsed")


def test_nothing_is_lost_when_the_tab_is_loaded_anew(open_page: Opener) -> None:
    page = pasted(open_page)
    total = region(page, "reading").locator(CARD).count()
    page.keyboard.press("x")
    counts(page, f"{total - 1} to check, 1 rejected")
    page.reload()
    wait_until_ready(page, markers=False)
    page.get_by_role("button", name="Edit", exact=True).click()
    counts(page, f"{total - 1} to check, 1 rejected")
    expect(region(page, "reading").locator(".article-text")).to_contain_text("We are ready")


def test_an_article_of_hostile_text_runs_nothing(open_page: Opener) -> None:
    hostile = (
        FIRST + "\n<img src=x onerror=\"document.title='run'\"> <script>document.title='run'</script> ${1} [a](b)\n"
    )
    page = pasted(open_page, hostile)
    expect(region(page, "reading").locator(".article-text")).to_contain_text("<script>document.title='run'</script>")
    assert page.title() == "Dateline"
    assert region(page, "reading").locator("img, script").count() == 0


def test_the_review_passes_axe_on_both_widths_and_on_a_phone_its_controls_stay(
    open_page: Opener, axe: Callable[[Page], list[Violation]]
) -> None:
    page = pasted(open_page, scheme="dark")
    assert axe(page) == []
    phone = pasted(open_page, width=390, height=844)
    assert axe(phone) == []
    bar = region(phone, "reading").get_by_role("group", name="The draft that is marked")
    total = region(phone, "reading").locator(CARD).count()
    bar.get_by_role("button", name="Next draft").click()
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name="Accept").click()
    counts(phone, f"{total - 1} to check, 1 accepted")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


PAGE = """<!doctype html><html><head><title>Minister to tour the north</title>
<meta property="article:published_time" content="2025-10-31T08:00:00+01:00"></head>
<body><article><h1>Minister to tour the north</h1>{}</article></body></html>"""


def test_a_file_says_itself_when_it_was_published(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "tour.html"
    path.write_text(PAGE.format("".join(f"<p>{line}</p>" for line in FIRST.splitlines()[1:] if line)), "utf-8")
    page = open_page()
    page.get_by_role("button", name="Open a story").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(path)
    expect(dialog.get_by_label("Published")).to_have_value("2025-10-31")
    dialog.get_by_role("button", name="Read it", exact=True).click()
    expect(region(page, "reading").locator(CARD).first).to_be_visible(timeout=90_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Minister to tour the north")
