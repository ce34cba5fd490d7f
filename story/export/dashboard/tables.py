"""What occurs again and again in the file, each once: texts, people, places, days and ways, told by their numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.index.codes import codes
from geo.place import Place
from story.drawing.places import KIND_WORDS
from story.drawing.shapes import LAST_COLOUR
from story.model import DateSpan
from story.model.dates import core
from story.query.names import kind_of
from story.query.presence import Presence
from story.wording import say_span

NEVER = 3_652_060
"""An ordinal behind all days: of an end that is open."""


class Tables:
    """The lists that numbers point into, which grow as they are asked for a number."""

    def __init__(self, year: int, colours: Mapping[str, int], going: Presence) -> None:
        self.year = year
        self.lists: dict[str, list[Any]] = {name: [] for name in ("texts", "who", "places", "spans", "sures", "ways")}
        self.places: list[Place] = []
        self._colours, self._going = colours, going
        self._numbers: dict[tuple[str, object], int] = {}
        self.text("")

    def text(self, words: str) -> int:
        """0 for ""."""
        return self._number("texts", words, lambda: words)

    def has(self, words: str) -> bool:
        """Whether a text is in the file."""
        return ("texts", words) in self._numbers

    def person(self, name: str) -> int:
        """[name, number of the colour, whether this one travels, by sea, kind by the name]"""

        def row() -> list[Any]:
            return [
                name,
                self._colours.get(name, LAST_COLOUR),
                int(self._going.travels(name)),
                int(self._going.by_sea(name)),
                kind_of(name),
            ]

        return self._number("who", name, row)

    def place(self, place: Place | None) -> int:
        """[id, name, latitude, longitude, kind, country, what and where it is in words]; -1 for none."""
        if place is None:
            return -1

        def row() -> list[Any]:
            self.places.append(place)
            latitude, longitude = round(place.latitude, 4), round(place.longitude, 4)
            return [place.id, place.name, latitude, longitude, place.kind, place.country, _facts(place)]

        return self._number("places", place.id, row)

    def span(self, span: DateSpan) -> int:
        """[words, first day, last day, first and last day that are sure, flags], days as ordinals: 0 and NEVER where an
        end is open, `flags` 1 for a span that lasts, 2 for one that is dated and not vague."""

        def row() -> list[Any]:
            sure = core(span)
            dated = span.earliest is not None or span.latest is not None
            firm = dated and not span.uncertain and not span.approximate
            return [
                self.text(say_span(span, self.year)),
                span.earliest.toordinal() if span.earliest else 0,
                span.latest.toordinal() if span.latest else NEVER,
                sure[0].toordinal() if sure else NEVER,
                sure[1].toordinal() if sure else 0,
                int(span.lasts) + 2 * int(firm),
            ]

        return self._number("spans", span, row)

    def plain(self, kind: str, value: list[Any]) -> int:
        """The number of a row of plain values."""
        return self._number(kind, json.dumps(value), lambda: value)

    def _number(self, kind: str, key: object, row: Any) -> int:
        number = self._numbers.get((kind, key))
        if number is None:
            value = row()
            number = self._numbers[kind, key] = len(self.lists[kind])
            self.lists[kind].append(value)
        return number


def _facts(place: Place) -> str:
    country = next(iter(codes().get("alpha-2", {}).get(place.country, ())), "")
    around = [name for name in (place.admin1, country) if name and name != place.name]
    where = ", ".join([KIND_WORDS[place.kind], *around])
    return f"{where} · {place.latitude:.2f}, {place.longitude:.2f}"
