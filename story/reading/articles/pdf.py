"""The text of a PDF by pypdf, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from story.exc import ArticleFormatError
from story.reading.articles.article import MOST_CHARACTERS, Article

_MOST_PAGES = 300
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]\n(?=[a-z])")
_SHORT = 0.75  # a line shorter than this share of the longest ends a paragraph, if it ends a sentence


def read_pdf(raw: bytes, name: str) -> Article:
    """The text of all pages. ArticleFormatError for what is locked, damaged, too long, or only pictures of pages."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleFormatError(f"'{name}' is locked with a password. Save it without one, and open that.")
        if len(reader.pages) > _MOST_PAGES:
            raise ArticleFormatError(f"'{name}' has {len(reader.pages):,} pages; up to {_MOST_PAGES} are read.")
        text, title = _text(reader), (reader.metadata.title if reader.metadata else "") or ""
    except ArticleFormatError:
        raise
    # Besides its own errors pypdf lets through whatever a damaged file leads it into.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise ArticleFormatError(f"'{name}' is a PDF that cannot be read. Paste the article's text instead.") from None
    if not text.strip():
        raise ArticleFormatError(f"'{name}' has pictures of pages and no text. Paste the article's text instead.")
    return Article(text, title=" ".join(title.split()))


def _text(reader: PdfReader) -> str:
    pages, length = [], 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MOST_CHARACTERS:
            break
    return joined("\n".join(pages))


def joined(text: str) -> str:
    """Lines of a column as paragraphs: words divided at a line's end are one again, blank lines divide."""
    text = _HYPHEN.sub("", text.replace("\r\n", "\n").replace("\ufffe\n", ""))
    lines = [line.strip() for line in text.split("\n")]
    widest = max(map(len, lines), default=0)
    paragraphs, current = [], ""
    for line in lines:
        current = f"{current} {line}".strip() if line else current
        ends = line.endswith((".", "!", "?", "”", '"', ":")) and len(line) < _SHORT * widest
        if current and (not line or ends):
            paragraphs.append(current)
            current = ""
    return "\n".join(filter(None, [*paragraphs, current]))
