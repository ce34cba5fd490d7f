"""Names that share a word: "North and South Korea", "the South and East China seas"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo import normalise
from geo.store import Store

_FIRST = r"(?:(?:North|South|East|West|Central)(?:ern)?|Upper|Lower|Inner|Outer|Greater|Lesser)"
_SHARED = re.compile(
    rf"\b(?P<one>{_FIRST})(?:,\s(?P<two>{_FIRST}))?,?\s(?:and|or|&)\s(?P<last>{_FIRST})"
    r"(?P<rest>(?:\s[A-Z][\w’'-]*){0,2}(?:\s(?:seas|oceans|islands|provinces|states|counties))?)"
)
_SINGULAR = {
    "seas": "sea",
    "oceans": "ocean",
    "islands": "islands",
    "provinces": "province",
    "states": "state",
    "counties": "county",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text, `text[start:end]`, that stand for the place of this whole name."""

    start: int
    end: int
    whole: str


def shared_names(text: str, store: Store) -> Iterator[Part]:
    """The parts of names in which one word is said once for several, where the gazetteer knows each whole name."""
    for match in _SHARED.finditer(text):
        rest = match["rest"].split()
        for size in range(len(rest), 0, -1):
            tail = " ".join([*rest[: size - 1], _SINGULAR.get(rest[size - 1], rest[size - 1])])
            firsts = [name for name in ("one", "two", "last") if match[name]]
            if all(store.known(normalise.key(f"{match[name]} {tail}")) for name in firsts):
                end = match.end("last") + _length(match["rest"], size)
                for name in firsts:
                    yield Part(match.start(name), end if name == "last" else match.end(name), f"{match[name]} {tail}")
                break


def _length(rest: str, size: int) -> int:
    """The characters of the first words of what follows, the spaces before them too."""
    words = re.match(rf"(?:\s\S+){{{size}}}", rest)
    return words.end() if words else 0
