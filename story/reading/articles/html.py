"""A news page: its body by trafilatura, its captions and what it says of itself by ourselves.

Trafilatura leaves captions out, and they often are the only words that say where and on which day somebody was. Its
guess of a page's day is not asked for either: only what the page states as its day is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import lxml.etree
import lxml.html
import trafilatura

from story.encoding.decoding import decode
from story.exc import ArticleFormatError, StoryFormatError
from story.reading.articles.article import Article

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w.:-]{2,40})""", re.IGNORECASE)
_MOST_ELEMENTS = 60_000
_MOST_CAPTIONS = 50
_ARTICLE_TYPES = re.compile(r"Article|Report|Posting|WebPage")
_DAYS_IN_META = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
)
_SITES_IN_META = ("og:site_name", "application-name", "dc.publisher", "publisher")
_CAPTIONS = (
    "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"
    " | //*[contains(concat(' ', normalize-space(@class), ' '), ' caption ')]"
)
_ELSEWHERE = frozenset({"nav", "aside", "footer", "header"})


def read_html(raw: bytes, name: str) -> Article:
    """The article of a page; ArticleFormatError where no markup can be made out or there is too much of it."""
    tree = _tree(raw, name)
    stated = list(_stated(tree))
    captions = list(_captions(tree))
    extracted = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    body = getattr(extracted, "text", None) or ""
    body = "\n".join(line for line in body.splitlines() if line.strip() and line.strip("- ") not in captions)
    meta = _meta(tree)
    title = _first(stated, "headline") or meta.get("og:title", "") or (getattr(extracted, "title", "") or "")
    return Article(
        text="\n".join(_without_repeats([*captions, body])),
        title=_tidy(title),
        published=_published(stated, meta),
        source=_tidy(_name(_first_value(stated, "publisher")) or next(filter(None, map(meta.get, _SITES_IN_META)), "")),
        author=_tidy(_name(_first_value(stated, "author")) or meta.get("author", "")),
        url=_link(tree, meta),
    )


def _tree(raw: bytes, name: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(_text(raw, name).encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError, RecursionError):
        raise ArticleFormatError(f"'{name}' is no page that can be read. Paste the article's text instead.") from None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise ArticleFormatError(
            f"'{name}' has more than {_MOST_ELEMENTS:,} elements, too many for an article. Paste its text instead."
        )
    return tree


def _text(raw: bytes, name: str) -> str:
    """The page in the encoding that it names, or else the one that its bytes tell."""
    if said := _CHARSET.search(raw[:4096]):
        with suppress(StoryFormatError):
            return decode(raw, name, said[1].decode("ascii")).text
    return decode(raw, name).text


def _stated(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """What the page's JSON-LD says of the article."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        with suppress(ValueError, RecursionError):
            yield from _articles(json.loads(script.text_content()[:500_000]), 0)


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        if _ARTICLE_TYPES.search(str(value.get("@type", ""))):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _meta(tree: lxml.html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(key.lower(), element.get("content") or "")
    return found


def _published(stated: list[dict[str, Any]], meta: dict[str, str]) -> date | None:
    said = [_first(stated, "datePublished"), *(meta.get(name, "") for name in _DAYS_IN_META)]
    return next(filter(None, map(_day, said)), None)


def _day(text: str) -> date | None:
    """The day of an ISO time, where the publisher is; other forms may mean several days, and are left alone."""
    with suppress(ValueError):
        return datetime.fromisoformat(text.strip()).date()
    found = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)", text)
    with suppress(ValueError):
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    return None


def _captions(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The captions of the article's pictures: those in its element, where it has one, else any not in a margin."""
    found = tree.xpath(_CAPTIONS)
    inside = [caption for caption in found if any(True for _ in caption.iterancestors("article", "main"))]
    taken: list[str] = []
    for caption in inside or found:
        if any(element.tag in _ELSEWHERE for element in caption.iterancestors()):
            continue
        text = _tidy(caption.text_content())
        if text and text not in taken and len(taken) < _MOST_CAPTIONS:
            taken.append(text)
            yield text


def _without_repeats(parts: list[str]) -> list[str]:
    return [part for part in dict.fromkeys(parts) if part]


def _first_value(stated: list[dict[str, Any]], name: str) -> Any:
    return next((item[name] for item in stated if item.get(name)), None)


def _first(stated: list[dict[str, Any]], name: str) -> str:
    value = _first_value(stated, name)
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:5])))
    found = value.get("name") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _link(tree: lxml.html.HtmlElement, meta: dict[str, str]) -> str:
    links = [*tree.xpath("//link[@rel='canonical']/@href"), meta.get("og:url", "")]
    return next((str(link) for link in links if str(link).startswith(("http://", "https://"))), "")


def _tidy(text: str) -> str:
    return " ".join(text.split())
