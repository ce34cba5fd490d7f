"""What changed in a story, report by report, as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from story.model import Event, Story
from story.query.changes import Told, changes, say_change, tell
from story.text import clean, fingerprint

_NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 200
"""A reader of feeds asks for what is new, not for everything that ever was."""


def export_atom(story: Story, events: Iterable[Event], as_of: date | None = None, link: str = "") -> str:
    """The latest changes of the events, as known on a day, the last reported one first; `link` leads to the page.

    An entry keeps its id for good: a reader of feeds shows it once. What has no day of being reported is no news.
    """
    year = story.published.year if story.published else None
    there = {event.id for event in events}
    told = [one for one in tell(changes(story, date.min, as_of), year) if one.event in there and one.reported]
    told = told[::-1][:MOST]
    feed = ET.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "title", story.title)
    _add(feed, "id", f"urn:dateline:{story.id}")
    latest = next((one.reported for one in told if one.reported), story.published or date(1970, 1, 1))
    _add(feed, "updated", _moment(latest))
    _add(ET.SubElement(feed, "author"), "name", story.dateline or "Dateline")
    if link:
        ET.SubElement(feed, "link", href=link)
    for one in told:
        _entry(feed, story, one, year, link)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ET.Element, story: Story, told: Told, year: int | None, link: str) -> None:
    assert told.reported is not None
    entry = ET.SubElement(feed, "entry")
    _add(entry, "title", f"{told.title} {told.words}")
    word = fingerprint(told.event, told.kind, told.reported.isoformat(), told.source, told.words)
    _add(entry, "id", f"urn:dateline:{story.id}:{word}")
    _add(entry, "updated", _moment(told.reported))
    _add(entry, "summary", say_change(told, year))
    ET.SubElement(entry, "category", term=told.kind)
    if link:
        ET.SubElement(entry, "link", href=f"{link}{'&' if '?' in link else '?'}event={told.event}")


def _moment(day: date) -> str:
    """The beginning of a day: a report has no hour, and the form asks for one."""
    return f"{day.year:04}-{day:%m-%d}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = clean(text)
