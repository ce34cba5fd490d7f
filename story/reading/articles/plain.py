"""An article as plain text. Nothing in it is changed, so that offsets are those of the file."""

from __future__ import annotations

from story.encoding.decoding import decode
from story.reading.articles.article import Article


def read_plain(raw: bytes, name: str) -> Article:
    """The text in the encoding that its bytes tell; line ends stay as they are. The title is a first line by itself."""
    text, _, problems = decode(raw, name)
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if not rest.strip() or len(title) > 160 or title.endswith((".", "!", "?", ",", ";", ":")):
        title = ""
    return Article(text, title, problems=tuple(problem.message for problem in problems))
