"""What colour and size say on the map, by a story's own fields: the parts of a place's dot, its circle, the legend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from story.model import Event
from story.model.fields import Number
from story.query.fields import NONE, OTHER, Colours, Painting, Sizes
from story.wording import say_count, say_number

LARGEST_RADIUS = 26.0
"""Pixels of the largest circle; areas, not radii, are as the numbers."""
SMALLEST_SEEN = 1.5


@dataclass(frozen=True, slots=True)
class _Colour:
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Circle:
    radius: float
    words: str


def of_place(events: Sequence[Event], painting: Painting) -> dict[str, Any]:
    """What map.js draws of a place besides its name: `mix`, pairs of a colour and how many of the events have it, the
    `radius` of its circle in pixels, and both in words as `said`. Nothing where colour and size stand for nothing."""
    found: dict[str, Any] = {}
    said = []
    if colours := painting.colours:
        mix = Counter(colours.of.get(event.id, NONE) for event in events)
        found["mix"] = sorted(mix.items())
        parts = [f"{_words(colours, number)} {count:,}" for number, count in sorted(mix.items())]
        said.append(f"{colours.field.name}: {', '.join(parts)}")
    if sizes := painting.sizes:
        together = sizes.together(events)
        found["radius"] = radius(together, sizes.largest)
        if together:
            said.append(f"{sizes.field.name}: {say_number(Number(together, _decimals(together)))}")
    return {**found, "said": "; ".join(said)} if said else found


def radius(value: float, largest: float) -> float:
    """The radius in pixels of the circle for a value: its area is to the largest one's as the values are."""
    if value <= 0 or largest <= 0:
        return 0.0
    return round(max(SMALLEST_SEEN, LARGEST_RADIUS * math.sqrt(value / largest)), 2)


def legend(painting: Painting) -> dict[str, Any]:
    """What the legend's template shows of colour and size."""
    return {
        "colour": painting.colours.field.name if painting.colours else "",
        "colours": _colours(painting.colours) if painting.colours else (),
        "size": painting.sizes.field.name if painting.sizes else "",
        "circles": _circles(painting.sizes) if painting.sizes else (),
        "told": _told(painting.sizes) if painting.sizes else "",
    }


def _colours(colours: Colours) -> tuple[_Colour, ...]:
    shown = [_Colour(at, name) for at, name in enumerate(colours.names)]
    if colours.others:
        shown.append(_Colour(OTHER, f"other ({colours.others:,})"))
    if colours.blank:
        shown.append(_Colour(NONE, "none"))
    return tuple(shown)


def _words(colours: Colours, number: int) -> str:
    return "none" if number == NONE else "other" if number == OTHER else colours.names[number]


def _circles(sizes: Sizes) -> tuple[_Circle, ...]:
    """Two or three round numbers with their circles, the largest first."""
    values = dict.fromkeys(_rounded(sizes.largest / by) for by in (1, 4, 25))
    circles = (_Circle(radius(value, sizes.largest), say_number(Number(value, _decimals(value)))) for value in values)
    return tuple(circle for circle in circles if circle.radius >= SMALLEST_SEEN)


def _rounded(value: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is no more than a value; 0 for 0."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return float(max(step * power for step in (1, 2, 5) if step * power <= value * (1 + 1e-9)))


def _decimals(value: float) -> int:
    """As many decimals as a value needs, three at most."""
    return next((places for places in range(3) if math.isclose(round(value, places), value, rel_tol=1e-9)), 3)


def _told(sizes: Sizes) -> str:
    """How several numbers at one place are taken, and which events have no circle."""
    how = "added up at each place" if sizes.how == "added up" else "the largest at each place"
    without = [
        f"{say_count(sizes.negative, 'event')} below 0" if sizes.negative else "",
        f"{say_count(sizes.missing, 'event')} without a number" if sizes.missing else "",
    ]
    told = " and ".join(filter(None, without))
    return f"{how}; no circle for {told}" if told else how
