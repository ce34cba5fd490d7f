"""What an article's file says: its text, and what it tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MOST_CHARACTERS = 200_000
"""A text longer than this is cut there, and a problem says so; the longest reports have 60,000."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text, one paragraph a line, captions first; the rest is empty or None where the file does not say it.

    `published` is the day in the publisher's own time zone, `source` the paper or site.
    """

    text: str
    title: str = ""
    published: date | None = None
    source: str = ""
    author: str = ""
    url: str = ""
    problems: tuple[str, ...] = ()
