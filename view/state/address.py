"""The page's address: the whole view as URL parameters, and back.

    ?story=japan-visit-2025&dates=2025-10-18..2025-10-24&status=happened&who=Pete+Hegseth&as_of=2025-10-24&event=x

`dates` is `FIRST..LAST`, either side may be open; `status`, `sure`, `who` and `field` may be repeated. `field` is
`NAME:VALUE` for a field of the story's own, `NAME:` for events without a value, `NAME:LOW..HIGH` for a number, either
side open; `colour` and `size` name the fields that colour and size stand for. What cannot be read is left out and said
in a notice: a broken address still opens the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from story.model import STATUSES, Status
from story.query.sure import SURE, Sure
from story.text import plain_digits

PARAMETERS = (
    "story", "dates", "status", "sure", "who", "field", "as_of", "since", "q", "colour", "size", "place", "event",
)  # fmt: skip
LONGEST = 200
_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class Address:
    """What the page shows. Empty and None mean no restriction; `place` is a name or an id, `event` an id."""

    story: str = ""
    first: date | None = None
    last: date | None = None
    statuses: tuple[Status, ...] = ()
    who: tuple[str, ...] = ()
    as_of: date | None = None
    q: str = ""
    place: str = ""
    event: str = ""
    fields: tuple[str, ...] = ()
    """Filters by the story's own fields, as `story.query.fields.read_filters` reads them."""
    colour: str = ""
    size: str = ""
    since: date | None = None
    sure: tuple[Sure, ...] = ()

    def query(self) -> str:
        """The address as `?a=b&…`, "?" alone for the plain page."""
        return "?" + urlencode(self.parameters(), doseq=True, errors="replace")

    def parameters(self) -> dict[str, list[str]]:
        dates = f"{self.first or ''}..{self.last or ''}" if self.first or self.last else ""
        values: dict[str, list[str]] = {
            "story": [self.story],
            "dates": [dates],
            "status": [*self.statuses],
            "who": list(self.who),
            "sure": [*self.sure],
            "as_of": [self.as_of.isoformat() if self.as_of else ""],
            "field": list(self.fields),
            "since": [self.since.isoformat() if self.since else ""],
            "q": [self.q],
            "colour": [self.colour],
            "size": [self.size],
            "place": [self.place],
            "event": [self.event],
        }
        return {name: kept for name, several in values.items() if (kept := [value for value in several if value])}


def read(parameters: Mapping[str, Sequence[str]]) -> tuple[Address, tuple[str, ...]]:
    """Reads URL parameters; returns the address and a notice for each part that was not understood."""
    notices: list[str] = []
    for name in parameters:
        # Streamlit keeps parameters of its own under embed and theme.
        if name not in PARAMETERS and not name.startswith(("embed", "theme")):
            notices.append(f"The address has an unknown part “{_short(name)}”; it was ignored.")
    given = {name: [value for value in parameters.get(name, ()) if value.strip()] for name in PARAMETERS}
    first, last = _read_dates(given["dates"], notices)
    statuses = tuple(_read_words("status", given["status"], STATUSES, notices))
    sure = tuple(_read_words("sure", given["sure"], SURE, notices))
    as_of, since = (_read_single(name, given[name], notices) for name in ("as_of", "since"))
    story, q, colour, size, place, event = (
        next(iter(given[name]), "").strip()[:LONGEST] for name in ("story", "q", "colour", "size", "place", "event")
    )
    fields = tuple(dict.fromkeys(value.strip()[:LONGEST] for value in given["field"]))
    who = tuple(dict.fromkeys(value.strip()[:LONGEST] for value in given["who"]))
    return Address(
        story, first, last, statuses, who, as_of, q, place, event, fields, colour, size, since, sure
    ), tuple(notices)  # fmt: skip


def _read_dates(values: Sequence[str], notices: list[str]) -> tuple[date | None, date | None]:
    if not values:
        return None, None
    text = "..".join(values) if len(values) == 2 else values[0]
    parts = re.split(r"\.\.|/|,", text.strip())
    days = [_read_day(part) if part.strip() else None for part in parts]
    broken = len(parts) > 2 or any(day is None and part.strip() for day, part in zip(days, parts, strict=True))
    if broken:
        notices.append(_ignored("dates", text, "write a range as 2025-10-18..2025-10-24"))
        return None, None
    first, last = (days[0], days[0]) if len(days) == 1 else (days[0], days[1])
    if first and last and first > last:
        notices.append(_ignored("dates", text, "the first day comes after the last"))
        return None, None
    return first, last


def _read_words(name: str, values: Iterable[str], words: Sequence[_Word], notices: list[str]) -> list[_Word]:
    """The words of a multiple choice that an address asks for, in the order of the choice."""
    wanted: list[str] = []
    for value in (part.strip().casefold() for text in values for part in text.split(",")):
        if value in words:
            wanted.append(value)
        else:
            notices.append(_ignored(name, value, f"use {', '.join(words[:-1])} or {words[-1]}"))
    return [word for word in words if word in wanted]


def _read_single(name: str, values: Sequence[str], notices: list[str]) -> date | None:
    day = _read_day(values[0]) if values else None
    if values and day is None:
        notices.append(_ignored(name, values[0], "write a day as 2025-10-24"))
    return day


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(plain_digits(text.strip()))
    except ValueError:
        return None


def _ignored(name: str, value: str, hint: str) -> str:
    return f"“{name}={_short(value)}” in the address was ignored: {hint}."


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
