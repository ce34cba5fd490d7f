"""The text of a mail: its plain part, or else its HTML part read like a page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from story.exc import ArticleFormatError
from story.reading.articles.article import Article
from story.reading.articles.html import read_html


def read_mail(raw: bytes, name: str) -> Article:
    """The body of a mail, with its subject, day and sender; ArticleFormatError where it has no words."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    try:
        part = message.get_body(("plain", "html"))
        content = part.get_content() if part is not None else ""
    # Headers and parts that are not what they say they are.
    except (LookupError, ValueError, TypeError, AttributeError):
        part, content = None, ""
    if part is None or not isinstance(content, str) or not content.strip():
        raise ArticleFormatError(f"'{name}' is a mail without text. Open what is attached to it instead.")
    if part.get_content_type() == "text/html":
        article = read_html(content.encode("utf-8", "replace"), name)
    else:
        article = Article(content)
    sender, address = parseaddr(str(message.get("From", "")))
    return replace(
        article,
        title=article.title or " ".join(str(message.get("Subject", "")).split()),
        published=article.published or _day(str(message.get("Date", ""))),
        source=article.source or sender or address,
    )


def _day(header: str) -> date | None:
    with suppress(ValueError, TypeError):
        sent: datetime = parsedate_to_datetime(header)
        return sent.date()
    return None
