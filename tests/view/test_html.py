"""Text of a story stays text: in an element, an attribute and a script."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from view.draw.html import escape, link

HOSTILE = [
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "`+alert(1)+`",
    "\"' onmouseover=alert(1) x='",
    "\u202egnp.exe",
    "</script>",
]


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
    seen.feed(f"<p>{escape(text)}</p>")
    assert seen.tags == [("p", [])]
    assert seen.text == text


@given(st.text())
def test_no_text_leaves_an_attribute_or_opens_a_template_literal(text: str) -> None:
    escaped = escape(text)
    assert not set("<>\"'`") & set(escaped)
    assert "${" not in escaped
    seen = Tags()
    seen.feed(link(text, escape(text), label=text or "x"))
    assert [tag for tag, _ in seen.tags] == ["a"]
    assert set(seen.tags[0][1]) <= {"href", "class", "aria-label"}
