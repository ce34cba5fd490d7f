"""What a story says of itself: story.toml, read with a problem for whatever in it cannot be used."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from story.exc import DateFormatError
from story.model import ROLES, Problem, Role, Travellers
from story.model.dates import parse_when
from story.text import clean


@dataclass(frozen=True, slots=True)
class Metadata:
    """A story's title, where and when it was written, its zone (IANA), sources, places only mentioned, and notes."""

    title: str
    dateline: str = ""
    published: date | None = None
    timezone: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    """Source name -> what to know of it (a url or a sentence)."""
    mentioned: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    travellers: Travellers = ""
    """"all" or "none" of those who are named travel; "" where it is to be guessed."""
    travel: dict[str, Role] = field(default_factory=dict)
    """Name -> how this one goes about."""


_LONGEST = 80
_KEYS = frozenset(Metadata.__dataclass_fields__)


def title_from(name: str) -> str:
    """A title from the name of a file or folder: "japan-visit" -> "Japan visit"."""
    words = clean(re.sub(r"[-_]+", " ", name))
    return words[:1].upper() + words[1:]


def read_metadata(raw: bytes | None, folder: str, problems: list[Problem]) -> Metadata:
    """The head that a story.toml gives, None where the folder has none; the rest stays as the folder's name gives."""
    head = Metadata(title_from(folder))

    def problem(name: str, value: object, message: str, line: int | None = None) -> None:
        problems.append(Problem("story.toml", line, name, _shown(value), message))

    if raw is None:
        problem("", "", "The folder has no story.toml. Add one with title, dateline, published and timezone.")
        return head
    try:
        table: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # tomllib tells the line in its words alone.
        at = re.search(r"line (\d+)", str(error))
        problem("", "", f"story.toml cannot be read: {error}. Correct it there.", int(at[1]) if at else None)
        return head
    except (RecursionError, ValueError) as error:
        # Python reads numbers of a few thousand digits at most, and says so as a ValueError.
        why = "a value is nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        problem("", "", f"story.toml cannot be read: {why}. Write its values as texts and lists of texts.")
        return head
    found: dict[str, Any] = {}
    for name in ("title", "dateline"):
        value = table.get(name, "")
        if isinstance(value, str):
            found[name] = clean(value) or getattr(head, name)
        else:
            problem(name, value, f"'{_shown(value)}' is not text. Write {name} = \"...\".")
    found["published"] = _published(table.get("published"), problem)
    found["timezone"] = _timezone(table.get("timezone", ""), problem)
    for name in ("mentioned", "notes"):
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            found[name] = tuple(dict.fromkeys(filter(None, map(clean, value))))
        else:
            problem(name, value, f'\'{name}\' must be a list of texts: {name} = ["...", "..."].')
    sources = table.get("sources", {})
    if isinstance(sources, dict) and all(isinstance(value, str) for value in sources.values()):
        found["sources"] = {clean(name): clean(value) for name, value in sources.items()}
    else:
        problem("sources", sources, '\'sources\' must be a table of texts: [sources], then "name" = "what it is".')
    found["travellers"] = _travellers(table.get("travellers", ""), problem)
    found["travel"] = _travel(table.get("travel", {}), problem)
    for name in table.keys() - _KEYS:
        problem(name, table[name], f"'{_shown(name)}' is not used in story.toml.")
    return replace(head, **found)


def _travellers(value: Any, problem: Any) -> Travellers:
    if value in ("", "all", "none"):
        return cast("Travellers", value)
    problem(
        "travellers", value, f'\'{_shown(value)}\' is not used. Write travellers = "all" or "none", or leave it out.'
    )
    return ""


def _travel(value: Any, problem: Any) -> dict[str, Role]:
    if not isinstance(value, dict):
        problem("travel", value, '\'travel\' must be a table of names: [travel], then "name" = "travels".')
        return {}
    found = {}
    for name, role in value.items():
        if role in ROLES:
            found[clean(name)] = cast("Role", role)
        else:
            words = ", ".join(f'"{one}"' for one in ROLES)
            problem("travel", role, f"'{_shown(role)}' is not used for '{_shown(name)}'. Write one of {words}.")
    return found


def _shown(value: object) -> str:
    """The value as problems quote it, however long or deep it is."""
    try:
        return clean(str(value))[:_LONGEST]
    except (RecursionError, ValueError):
        return "a value too long to show"


def _published(value: Any, problem: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None or value == "":
        return value or None
    try:
        span = parse_when(value) if isinstance(value, str) else None
        if span and span.day:
            return span.day
    except DateFormatError:
        pass
    problem("published", value, f"'{_shown(value)}' is not a date. Write published = 2025-10-24.")
    return None


def _timezone(value: Any, problem: Any) -> str:
    if value == "":
        return ""
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        problem("timezone", value, f"'{_shown(value)}' is not a time zone. Use one such as \"Asia/Tokyo\".")
        return ""
