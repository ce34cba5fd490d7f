"""The day of publication that a text gives of itself: on a line of its own, in its byline or in its dateline."""

from __future__ import annotations

import re
from datetime import date

from story.reading.timexes.reading import find_timexes
from story.reading.values import Span, Timex

_HEAD = 4_000  # characters; a text tells its day at the top or not at all
_LINES = 15
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?", re.ASCII)
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{2,4}", re.ASCII)
_LABEL = re.compile(
    r"\b(?:first |originally )?(?:published|posted|issued|released|filed|created|date|dated|release date)"
    r"(?: on| at| in| by)?\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?:last |most recently )?(?:updated|modified|revised|edited|corrected)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?|[ap]\.?m\b\.?|\b(?:gmt|utc|[ecmp][sd]?t|bst|cest?|[aj]st|z)\b|[+-][0-9]{4}|\bat\b|\bon\b",
    re.IGNORECASE | re.ASCII,
)
_BYLINE = re.compile(r"\s*by\s+[^\W\d_]", re.IGNORECASE)
_PARTED = re.compile(r"[|·•]|\s/\s")
# "TOKYO, Oct. 24, 2025 (Reuters) -", "PARIS (AP) — March 3, 2004 —": a place in capitals, the day, a dash.
_PLACE = re.compile(r"\s*[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}(?:,\s[\w. ]{2,30})?(?:\s\([\w./ &]{2,30}\))?\s?[,(—–:-]*\s*")
_AFTER_DAY = re.compile(r"\)?\s*(?:[,/]?\s*\(?[\w./& -]{2,30}\)?)?\s*(?:--|[—–:-])")


def published_in(text: str) -> tuple[date, Span] | None:
    """The day that a text says it was published on, with the words that say so; None where it says none.

    Only a whole date counts, year included: "TOKYO, Oct. 24 (Reuters) -" does not tell the year, and 7/8/2007 can be
    two days. A day given as that of an update counts where no other is given.
    """
    head = text[:_HEAD]
    found: list[tuple[bool, date, Span]] = []
    for timex in find_timexes(head, None):
        day = _whole(timex)
        if day is None:
            continue
        start = head.rfind("\n", 0, timex.start) + 1
        end = head.find("\n", timex.end)
        before, after = head[start : timex.start], head[timex.end : len(head) if end < 0 else end]
        if sum(1 for line in head[:start].splitlines() if line.strip()) >= _LINES:
            break
        if _tells(before, after):
            found.append((bool(_LATER.search(before)), day, Span(timex.start, timex.end, timex.text)))
    if not found:
        return None
    _, day, span = min(found, key=lambda each: each[0])
    return day, span


def _whole(timex: Timex) -> date | None:
    """The day of a date that is written in full and can be read in one way only."""
    value = _DAY.fullmatch(timex.value)
    if value is None or value[1][:4] not in timex.text:
        return None
    numeric = _NUMERIC.search(timex.text)
    if numeric and not re.search(r"[0-9]{4}-", timex.text):
        first, second = int(numeric[1]), int(numeric[2])
        if first <= 12 and second <= 12 and first != second:
            return None
    try:
        return date.fromisoformat(value[1])
    except ValueError:
        return None


def _tells(before: str, after: str) -> bool:
    """Whether the rest of a date's line makes it the day of the text."""
    if _PLACE.fullmatch(before) and _AFTER_DAY.match(after):
        return True
    if _LABEL.fullmatch(before.strip(" \t:*")):
        return True
    rest = before + " " + after
    if len(rest) > 120:
        return False
    if _BYLINE.match(before) or (_PARTED.search(rest) and not rest.rstrip().endswith(".")):
        return True
    bare = _CLOCK.sub(" ", _LATER.sub(" ", _LABEL.sub(" ", rest)))
    return not any(letter.isalnum() for letter in bare)
