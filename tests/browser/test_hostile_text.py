"""A story's text is shown as it is written and never runs, wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.acting import expect_counts, heading, open_events, region, write_csv
from tests.browser.conftest import Opener
from tests.browser.driving import MARKER, Server, map_document, map_frame, wait_until_ready

TEXT = (
    "<img src=x onerror=alert(1)>${alert(1)}`'\"</script><script>window.ran=1,alert(1)</script>{{ran}}*_$x$ \u202eback"
)
COLUMNS = ("event", "title", "summary", "who", "place", "when", "latitude", "longitude", "source", "url", "note")
HEAD = f"title = '''{TEXT}'''\ndateline = '''{TEXT}'''\nmentioned = ['''{TEXT}''', 'Beijing']\nnotes = ['''{TEXT}''']\n"


def test_hostile_text_is_shown_and_does_not_run(
    open_page: Opener, serve: Callable[..., Server], tmp_path: Path
) -> None:
    story = tmp_path / "hostile"
    story.mkdir()
    rows = [
        (
            name,
            f"{name} {TEXT}",
            TEXT,
            f"{TEXT};{name}",
            f"{name} {TEXT}",
            day,
            *point,
            TEXT,
            "javascript:alert(1)",
            TEXT,
        )
        for name, day, point in (
            ("a", "2025-10-20", (35, 139)),
            ("b", "2025-10-21", (10, 120)),
            ("c", "2025-10-22", ("", "")),
        )
    ]
    write_csv(story / "reports.csv", COLUMNS, rows)
    (story / "story.toml").write_text(HEAD, "utf-8")
    page = open_page("", server=serve(story))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    expect(region(page, "headline")).to_contain_text(TEXT.split("\u202e")[0])
    expect(map_frame(page).locator(MARKER)).to_have_count(2)
    expect(map_frame(page).locator(".chip").first).to_contain_text("<img src=x onerror=alert(1)>${alert(1)}`'\"")
    frame = page.locator(".st-key-map iframe").bounding_box()
    for chip in map_frame(page).locator(".chip").all():
        box = chip.bounding_box()
        assert frame
        assert box
        assert box["x"] + box["width"] <= frame["x"] + frame["width"], "a long name runs off the map"
    map_frame(page).get_by_role("button", name="Layers").press("Enter")
    map_frame(page).get_by_role("checkbox", name="Mentioned places").press("Space")
    map_frame(page).locator(MARKER).first.hover()
    map_frame(page).locator(MARKER).first.click()
    expect(heading(page)).to_contain_text("${alert(1)}")
    for _ in range(3):
        page.get_by_role("button", name="next").click()
        expect(region(page, "details")).to_contain_text("1 report")
        expect(region(page, "details").locator(".report")).to_contain_text("<img src=x onerror=alert(1)>")
    open_events(page)
    expect(region(page, "events")).to_contain_text("</script><script>window.ran=1,alert(1)</script>")
    page.get_by_role("tab", name="Sources").click()
    expect(page.locator(".sources")).to_contain_text("<img src=x onerror=alert(1)>${alert(1)}`'\"")
    # The names to choose from, which pass Streamlit's Markdown.
    who = region(page, "who").get_by_role("button").first
    expect(who).to_contain_text("<img src=x onerror=alert(1)>${alert(1)}`'\"</script><script>")
    expect(who).to_contain_text("*_$x$")
    who.click()
    expect_counts(page, 3, 3)

    for document in (page.main_frame, map_document(page)):
        assert document.evaluate("window.ran") is None
        assert document.locator("img[src=x]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert dialogs == []


MARKS = "![x](https://tracker.example/p.png) [link](https://tracker.example) :red[x] $x$ **b**"


def test_text_that_is_markdown_stays_text_while_a_story_is_opened_and_edited(open_page: Opener, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "marks.csv",
        ("Title", "Date", "Location", f"Notes {MARKS}", "Status"),
        [(f"One {MARKS}", "2016-09-05", f"Springfield {MARKS}", MARKS, ""), ("Two", "2016-09-06", "Paris", "", MARKS)],
    )
    page = open_page()
    page.get_by_role("button", name="Open a story").click()
    page.locator("[role=dialog] input[type=file]").set_input_files(path)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("More columns")
    expect(dialog.locator("a[href*='//tracker'], img")).to_have_count(0)
    dialog.get_by_role("button", name="Open 2 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marks")
    # The timeline of the story before stands until the new one is drawn.
    wait_until_ready(page)
    region(page, "timeline").locator("a.pick").first.click()
    expect(region(page, "details").get_by_role("textbox", name="When", exact=True)).to_be_visible()
    title = region(page, "details").get_by_role("textbox", name="Title", exact=True)
    title.fill(f"Changed {MARKS}")
    title.press("Enter")
    expect(region(page, "timeline")).to_contain_text("Changed ![x]")
    page.get_by_role("button", name="Undo", exact=True).hover()
    expect(page.get_by_text("changed title of")).to_be_visible()
    expect(page.locator("a[href*='//tracker'], img[src*='//tracker']")).to_have_count(0)


LIVE = (
    *("http&colon;//tracker.example", "https&#58;&#47;&#x2f;tracker.example", "[x]&lpar;https://tracker.example&rpar;"),
    *(
        "&lsqb;x&rsqb;(https://tracker.example)",
        "a&commat;tracker.example",
        "www&period;tracker.example",
        "a&NewLine;# b",
    ),
    *(
        "www.tracker.example",
        "WWW.tracker.example",
        "wWw.tracker.example",
        "wwww.tracker.example",
        "HTTPS://tracker.example",
    ),
    *(
        "wwww.tracker.example",
        "http:///tracker.example",
        "ftp://tracker.example",
        "mailto:a@tracker.example",
        "xmpp:a@tracker.example/b",
    ),
    *(
        "a.b+c@tracker.example",
        "<https://tracker.example>",
        "![x](//tracker.example/x.png)",
        "[x]: //tracker.example",
    ),
    *(
        ":smile:",
        ":+1:",
        ":100:",
        ":material/home:",
        ":streamlit:",
        ":red[x]",
        ":red-badge[x]",
        ":small[x]",
        "::x",
        "&amp;",
    ),
    *("$x$", "$$x$$", "<b>x</b>", "<img src=x>", "# x", "1. x", "- x", "> x", "```x```", "a -> b", "a <-- b", "a >= b"),
    *("a -- b", "| a | b |", "~~x~~", "[^1]", "a\\", "\\&colon;", "&lt;b&gt;", "&#x1F600;", "10:30", "A & B"),
)
LABELS = """
import json, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import streamlit as st
from view.draw.html import plain_markdown
texts = json.loads(Path({texts!r}).read_text("utf-8"))
for number, text in enumerate(texts):
    st.button(plain_markdown(text), key=f"button {{number}}")
with st.container(key="written"):
    for text in texts:
        st.markdown(plain_markdown(text))
st.pills("Names", texts, key="pills", format_func=plain_markdown)
with st.expander(f"More{{plain_markdown(' '.join(texts))}}"):
    st.write("all")
"""


def test_no_text_comes_alive_in_a_label(
    open_page: Opener, serve: Callable[..., Server], tmp_path: Path, root: Path
) -> None:
    """Links, pictures, emoji, icons, colours, formulas, arrows: a label shows the characters that are in the story."""
    texts, script = tmp_path / "texts.json", tmp_path / "labels.py"
    texts.write_text(json.dumps(LIVE), "utf-8")
    script.write_text(LABELS.format(root=str(root), texts=str(texts)), "utf-8")
    page = open_page("", server=serve(script=script), markers=False)
    expect(page.get_by_text("More")).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    for kind in ("[class*=st-key-button] button", ".st-key-written [data-testid=stMarkdown]", ".st-key-pills button"):
        expect(main.locator(kind)).to_have_count(len(LIVE))
        shown = [text.replace("\u2060", "").strip() for text in main.locator(kind).all_inner_texts()]
        assert shown == list(LIVE)
    assert main.locator("a[href*=tracker], a[href^=mailto], a[href^=xmpp], img, .katex, b, del, table").count() == 0
    assert main.locator("[data-testid=stIconMaterial]").count() == main.locator("summary").count()
