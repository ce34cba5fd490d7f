"""A story's own fields as the page shows them: each value by its type, pictures and posts apart from them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from story.draft.fields import read_date
from story.model import Event, Report
from story.model.fields import UPLOADED, Field, host_of, read_link, read_number, read_yes_no
from story.model.media import Shown, role_of, shown_of
from story.query.fields import Painting, value_of
from story.wording import say_number, say_span

MOST_COLUMNS = 3
DEFAULT_COLUMNS = 2
IN_TABLE = ("category", "number", "yes/no", "date")
_LONG = 400
_LONGEST_LINK = 56


@dataclass(frozen=True, slots=True)
class Value:
    """What a field says: in words, and as a link where it is one. `long` text is folded up."""

    name: str
    kind: str
    words: str
    href: str = ""
    long: bool = False


def shown(report: Report, fields: Sequence[Field]) -> Shown:
    """What a report shows beside its words: media, an archived copy, and its other fields."""
    return shown_of(report.fields, {field.name: field.type for field in fields})


def kept(report: Report, pictures: Mapping[str, bytes]) -> dict[str, str]:
    """The pictures that are kept with the story and that a report shows, by name: each as an address that holds the
    whole picture, so that nobody sees it who does not see the story."""
    return {
        value.removeprefix(UPLOADED): f"data:image/webp;base64,{base64.b64encode(pictures[value]).decode()}"
        for _, value in report.fields
        if value in pictures
    }


def values(report: Report, fields: Sequence[Field], year: int) -> tuple[Value, ...]:
    """The values of a report's fields, in the order of their columns; those of its media are left out."""
    said = dict(shown(report, fields).plain)
    return tuple(value(field, said[field.name], year) for field in fields if field.name in said)


def value(field: Field, text: str, year: int) -> Value:
    """What a cell of a field says; as it is written where it is not of the field's type."""
    if field.type in ("link", "picture") and (link := read_link(text)):
        return Value(field.name, "link", _short(link), link)
    if field.type == "number" and (number := read_number(text, field.decimal)):
        return Value(field.name, "number", say_number(number))
    if field.type == "yes/no" and (said := read_yes_no(text)) is not None:
        return Value(field.name, "yes", "yes" if said else "no")
    if field.type == "date" and (span := read_date(text, field.day_first)):
        return Value(field.name, "date", say_span(span, year))
    return Value(field.name, "text", text, long=len(text) > _LONG)


def _short(link: str) -> str:
    """A link by its server and as much of its path as there is room for."""
    words = f"{host_of(link)}{urlsplit(link).path.rstrip('/')}"
    return words if len(words) <= _LONGEST_LINK else f"{words[: _LONGEST_LINK - 20]}…{words[-18:]}"


def in_table(fields: Sequence[Field], painting: Painting) -> tuple[Field, ...]:
    """The few fields that the table of events has columns for: those that colour and size stand for come first."""
    painted = [part.field for part in (painting.colours, painting.sizes) if part]
    others = [field for field in fields if field.type in IN_TABLE and not role_of(field.name)[0]]
    wanted = dict.fromkeys([*painted, *[field for field in others if field not in painted][:DEFAULT_COLUMNS]])
    return tuple(wanted)[:MOST_COLUMNS]


def cells(event: Event, fields: Sequence[Field], year: int) -> tuple[Value, ...]:
    """What an event's row of the table says in those columns."""
    return tuple(value(field, value_of(event, field.name), year) for field in fields)
