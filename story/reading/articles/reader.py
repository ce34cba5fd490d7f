"""Which kind of file an article is, by what its bytes are, and its text by the reader for that kind.

Strangers' files are to be read in a process of their own (story.opening.sandbox), all but plain text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

from story.exc import ArticleFormatError
from story.reading.articles.article import MOST_CHARACTERS, Article
from story.reading.articles.plain import read_plain

Kind = Literal["html", "pdf", "docx", "eml", "txt"]

_MOST_BYTES: dict[Kind, int] = {
    "html": 5_000_000,
    "pdf": 30_000_000,
    "docx": 30_000_000,
    "eml": 30_000_000,
    "txt": 5_000_000,
}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|p|div|meta|h1)[\s>/]", re.IGNORECASE)
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file. Save it as .docx or as text",
    b"{\\rtf": "rich text. Save it as .docx or as text",
    b"\x89PNG": "a picture. Paste its text",
    b"\xff\xd8\xff": "a picture. Paste its text",
    b"GIF8": "a picture. Paste its text",
    b"\x1f\x8b": "a compressed file. Unpack it first",
}


def kind_of(raw: bytes, name: str) -> Kind:
    """What a file is. Raises ArticleFormatError for what no article comes in."""
    for mark, what in _OTHERS.items():
        if raw.startswith(mark):
            raise ArticleFormatError(f"'{name}' is {what}, and open that.")
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    ending = Path(name).suffix.lower()
    if ending in (".eml", ".mht", ".mhtml"):
        return "eml"
    if ending in (".html", ".htm", ".xhtml") or (ending not in (".txt", ".md") and _MARKUP.search(raw[:2048])):
        return "html"
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleFormatError(f"'{name}' is no text, HTML, PDF, Word or mail file. Paste its text instead.")
    return "txt"


def read_article(raw: bytes, name: str) -> Article:
    """The article in the bytes of a file. Raises ArticleFormatError, which says what to do, for what holds no text."""
    kind = kind_of(raw, name)
    if len(raw) > _MOST_BYTES[kind]:
        size, most = len(raw) / 1e6, _MOST_BYTES[kind] / 1e6
        raise ArticleFormatError(
            f"'{name}' has {size:,.1f} MB; an article may have {most:,.0f}. Save its text alone, and open that."
        )
    article = _read(kind, raw, name) if raw.strip() else Article("")
    if not article.text.strip():
        raise ArticleFormatError(f"'{name}' holds no text to read. Paste the article's text instead.")
    if len(article.text) > MOST_CHARACTERS:
        said = f"Only the first {MOST_CHARACTERS:,} of {len(article.text):,} characters of '{name}' are read."
        return replace(article, text=article.text[:MOST_CHARACTERS], problems=(*article.problems, said))
    return article


def _read(kind: Kind, raw: bytes, name: str) -> Article:
    # Each reader's library takes a third of a second to load, so only when it is needed.
    if kind == "html":
        from story.reading.articles.html import read_html

        return read_html(raw, name)
    if kind == "pdf":
        from story.reading.articles.pdf import read_pdf

        return read_pdf(raw, name)
    if kind == "docx":
        from story.reading.articles.word import read_word

        return read_word(raw, name)
    if kind == "eml":
        from story.reading.articles.mail import read_mail

        return read_mail(raw, name)
    return read_plain(raw, name)
