"""An article as plain text. Nothing in it is changed, so that offsets are those of the file."""

from __future__ import annotations

import re

from story.encoding.decoding import decode
from story.reading.articles.article import Article

_LOOKED_AT = 20_000
_SENTENCE = 8
"""So many words make a line a sentence rather than cells."""
_END = re.compile(r"[.!?][\"”’')]*$")


def read_plain(raw: bytes, name: str) -> Article:
    """The text in the encoding that its bytes tell; line ends stay as they are. The title is a first line by itself."""
    text, _, problems = decode(raw, name)
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    # A sentence is no title, and neither is a caption with its credit.
    if not rest.strip() or len(title) > 160 or title.endswith((".", "!", "?", ",", ";", ":", ")", "”", '"')):
        title = ""
    return Article(text, title, problems=tuple(problem.message for problem in problems))


def is_prose(raw: bytes) -> bool:
    """Whether a text file is an article, and no table: most of it is lines that are sentences, with no tabs in them."""
    text, _, _ = decode(raw[:_LOOKED_AT], "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = sum(len(line) for line in lines if len(line.split()) >= _SENTENCE and "\t" not in line and _END.search(line))
    return 2 * told > sum(map(len, lines))
