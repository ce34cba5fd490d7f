"""The datelines of a text: where its writer was, and often for which agency, before a dash at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})"
_DATELINE = re.compile(
    # "TOKYO" or, where an agency or a date follows, "Nuuk"; then perhaps its country or state.
    r"^[ \t]*(?P<place>[A-Z][A-Z.'’\- ]+|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?=(?:, [A-Z][\w.'’ -]{1,30})?(?: \(|, "
    + _DAY
    + r")))"
    r"(?P<outer>(?:, |/)[A-Z][\w.'’\- ]{1,30}?){0,2}"
    r"(?:,? " + _DAY + r"(?:,? \d{4})?)?"
    r"(?:,? \((?P<agency>[A-Z][\w .&/-]{1,30})\))?,?[ \t]*(?:—|–|--|-|:)[ \t]",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The bounds of a dateline with its dash, the end of its place, and the agency that it names, "" for none."""

    start: int
    end: int
    place_end: int
    agency: str


def datelines(text: str) -> Iterator[Dateline]:
    """What may be a dateline; whether its place is one is for the gazetteer to say."""
    for match in _DATELINE.finditer(text):
        yield Dateline(match.start(), match.end(), match.end("place"), (match["agency"] or "").strip())
