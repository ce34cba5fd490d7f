"""Text of a story stays text: in an element and in an attribute."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from view.draw.html import paragraph, render

HOSTILE = [
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "`+alert(1)+`",
    "\"' onmouseover=alert(1) x='",
    "\u202egnp.exe",
    "</script>",
]

TAG = re.compile(r"</?(a|article|b|bdi|br|button|d[ltd]|details|div|h\d|i|li|ol|p|section|span|style|t[dhr]|ul)\b")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _ in attrs]))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_nothing_else(text: str) -> None:
    seen = Tags()
    seen.feed(paragraph(text))
    assert seen.tags == [("p", [])]
    assert seen.text == text


@given(st.text(st.characters(exclude_characters="\0\r")))
def test_no_text_leaves_an_attribute(text: str) -> None:
    """The button that copies a link has the story's own id in it."""
    written = render("copy_link", reader=text, private=False)
    assert written.count("<") == written.count(">") == 2
    seen = Tags()
    seen.feed(written)
    assert seen.tags == [("button", ["type", "class", "data-story", "data-private"])]
    assert seen.text == "Copy link"


def test_html_is_never_put_together_from_strings() -> None:
    """An f-string escapes nothing: whatever has tags round a value is a template, which cannot forget to."""
    root = Path(__file__).resolve().parent.parent.parent
    found = [
        f"{path.relative_to(root)}:{part.lineno}"
        for path in (root / "dashboard.py", *(root / "view").rglob("*.py"), *(root / "story").rglob("*.py"))
        for part in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(part, ast.JoinedStr)
        and any(isinstance(text, ast.Constant) and TAG.search(str(text.value)) for text in part.values)
    ]
    assert found == []
