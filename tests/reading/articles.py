"""The invented reports of articles.txt: their texts, and the places marked in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from story.reading.values import Toponym, Use

_MARK = re.compile(r"\[\[(.*?)(?:\|(.*?))?\]\]")


def articles(file: str = "articles.txt") -> list[tuple[str, str, list[Toponym]]]:
    """Kind, text and toponyms of each report."""
    parts = Path(__file__).with_name(file).read_text("utf-8").split("\n== ")[1:]
    return [(kind, *unmarked(text.strip("\n"))) for kind, text in (part.split("\n", 1) for part in parts)]


def unmarked(marked: str) -> tuple[str, list[Toponym]]:
    """A text without its marks, and the toponyms that they marked: [[Foo]], [[Fooish|demonym]], [[Foo|in-a-name]]."""
    text, last = "", 0
    toponyms: list[Toponym] = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        start = len(text)
        text += mark[1]
        toponyms.append(Toponym(start, len(text), mark[1], cast(Use, mark[2] or "name")))
        last = mark.end()
    return text + marked[last:], toponyms
