"""The text of a Word file: paragraphs, tables and text boxes in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from story.exc import ArticleFormatError
from story.reading.articles.article import Article

_MOST_UNPACKED = 50_000_000
_PARAGRAPH, _TEXT, _TAB, _BREAK = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:br")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(raw: bytes, name: str) -> Article:
    """The text of a .docx file; ArticleFormatError for another archive, a damaged one, or too large a one."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise ArticleFormatError(
                    f"'{name}' unpacks to more than {_MOST_UNPACKED / 1e6:,.0f} MB. Save its text alone, and open that."
                )
            if "word/document.xml" not in archive.namelist():
                raise ArticleFormatError(f"'{name}' is an archive, no Word file. Unpack it, and open what is in it.")
        document = Document(io.BytesIO(raw))
        text = "\n".join(_paragraphs(document.element.body))
        title = document.core_properties.title or ""
    except ArticleFormatError:
        raise
    except (BadZipFile, OpcError, XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        raise ArticleFormatError(f"'{name}' is a damaged Word file. Save it again, or paste its text.") from None
    return Article(text, title=" ".join(title.split()))


def _paragraphs(body: object) -> Iterator[str]:
    """Every paragraph wherever it lies. What is there twice for an older Word is taken once."""
    for paragraph in body.iter(_PARAGRAPH):  # type: ignore[attr-defined]
        if any(True for _ in paragraph.iterancestors(_FALLBACK)):
            continue
        words = []
        for element in paragraph.iter(_TEXT, _TAB, _BREAK):
            # A text box lies inside a paragraph: its words belong to the paragraphs in it.
            if next(element.iterancestors(_PARAGRAPH), None) is not paragraph:
                continue
            words.append(element.text or "" if element.tag == _TEXT else " ")
        with suppress(ValueError):
            if line := " ".join("".join(words).split()):
                yield line
