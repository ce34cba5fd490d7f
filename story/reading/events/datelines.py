"""The dateline of a report: where its writer was, and often for which agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from story.reading.values import Toponym

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][A-Z.'’\- ]+(?:(?:, |/)[A-Z][\w.'’\- ]*){0,2}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?=,? \())"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?))?"
    r"(?:,? \((?P<agency>[A-Z][\w .&/-]{1,30})\))?[ \t]*(?:—|–|--|-|:)[ \t]",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Dateline:
    """The bounds of a dateline, the agency that it names, "" for none, and its place; None where it is not known."""

    start: int
    end: int
    agency: str
    toponym: Toponym | None


def datelines(text: str, toponyms: tuple[Toponym, ...]) -> Iterator[Dateline]:
    """The datelines at the start of lines. One without a place that is known is a heading, and left alone."""
    for match in _DATELINE.finditer(text):
        inside = [one for one in toponyms if match.start() <= one.start < match.end("place")]
        if inside:
            yield Dateline(match.start(), match.end(), (match["agency"] or "").strip(), inside[0])
