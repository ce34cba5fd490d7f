"""What changed in a story, report by report and revision by revision, as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from story.model import Event, Story
from story.query.changes import Told, changes, say_change, tell
from story.query.selection import events_as_of
from story.text import clean, fingerprint

_NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 200
"""A reader of feeds asks for what is new, not for everything that ever was."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What a revision of a saved story changed: its number, when it was saved (UTC), in words, and event by event."""

    number: int
    when: datetime
    words: str
    told: tuple[Told, ...] = ()


def export_atom(
    story: Story,
    events: Iterable[Event],
    as_of: date | None = None,
    link: str = "",
    *,
    name: str = "",
    revisions: Iterable[Edited] = (),
) -> str:
    """The latest changes of the events, as known on a day, the last one first: what was reported, day by day, and what
    revisions of the story have edited. `link` leads to the page, `name` is the story's own among all (its id if "").

    An entry keeps its id for good: a reader of feeds shows it once. What has no day of being reported is no news, but
    that of a revision.
    """
    year = story.published.year if story.published else None
    there = {event.id for event in events}
    whole = there == {event.id for event in events_as_of(story, as_of)}
    urn = f"urn:dateline:{name or story.id}"
    told = [one for one in tell(changes(story, date.min, as_of), year) if one.event in there and one.reported]
    entries = [_of_report(urn, one, year, link) for one in told[::-1]]
    for edited in revisions:
        some = [one for one in edited.told if one.event in there]
        if (as_of is None or edited.when.date() <= as_of) and (some or whole):
            entries.append(_of_revision(urn, edited, some, year, link))
    # Sorting keeps what was reported on one day in its order.
    entries.sort(key=lambda entry: str(entry.findtext("updated")), reverse=True)
    feed = ET.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "title", story.title)
    _add(feed, "id", urn)
    latest = entries[0].findtext("updated") if entries else None
    _add(feed, "updated", latest or _moment(story.published or date(1970, 1, 1)))
    _add(ET.SubElement(feed, "author"), "name", story.dateline or "Dateline")
    if link:
        ET.SubElement(feed, "link", href=link)
    feed.extend(entries[:MOST])
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _of_report(urn: str, told: Told, year: int | None, link: str) -> ET.Element:
    assert told.reported is not None
    word = fingerprint(told.event, told.kind, told.reported.isoformat(), told.source, told.words)
    event = f"{link}{'&' if '?' in link else '?'}event={quote(told.event, safe='')}" if link else ""
    title = f"{told.title} {told.words}"
    return _entry(f"{urn}:{word}", title, _moment(told.reported), say_change(told, year), told.kind, event)


def _of_revision(urn: str, edited: Edited, told: Iterable[Told], year: int | None, link: str) -> ET.Element:
    title = f"Revision {edited.number}: {edited.words}"
    summary = "\n".join(say_change(one, year) for one in told)
    when = f"{edited.when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return _entry(f"{urn}:revision:{edited.number}", title, when, summary or title, "revision", link)


def _entry(urn: str, title: str, updated: str, summary: str, kind: str, link: str) -> ET.Element:
    entry = ET.Element("entry")
    for tag, text in (("title", title), ("id", urn), ("updated", updated), ("summary", summary)):
        _add(entry, tag, text)
    ET.SubElement(entry, "category", term=kind)
    if link:
        ET.SubElement(entry, "link", href=link)
    return entry


def _moment(day: date) -> str:
    """The beginning of a day: a report has no hour, and the form asks for one."""
    return f"{day.year:04}-{day:%m-%d}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = clean(text, lines=True)
