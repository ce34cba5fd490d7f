"""The invented reports of articles.txt: their texts, and the places marked in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from story.reading.values import Toponym, Use

_MARK = re.compile(r"\[\[(.*?)(?:\|(.*?))?\]\]")


def articles() -> list[tuple[str, str, list[Toponym]]]:
    """Kind, text and toponyms of each report."""
    whole = Path(__file__).with_name("articles.txt").read_text("utf-8")
    return [(kind, *_read(marked.strip("\n"))) for kind, marked in (part.split("\n", 1) for part in _parts(whole))]


def _parts(whole: str) -> list[str]:
    return whole.split("\n== ")[1:]


def _read(marked: str) -> tuple[str, list[Toponym]]:
    text, last = "", 0
    toponyms: list[Toponym] = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        start = len(text)
        text += mark[1]
        toponyms.append(Toponym(start, len(text), mark[1], cast(Use, mark[2] or "name")))
        last = mark.end()
    return text + marked[last:], toponyms
