"""The values of the geocoding layer: places, candidates and resolutions.

Latitude comes first everywhere, in decimal degrees north and east (WGS 84).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "country",
    "admin1",
    "admin2",
    "city",
    "site",
    "island",
    "sea",
    "area",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Box(NamedTuple):
    """A bounding box in degrees; `west` is greater than `east` where the box crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    def contains(self, latitude: float, longitude: float, margin: float = 0.0) -> bool:
        """Whether a point lies in the box, or no more than `margin` degrees beyond its edges."""
        if not self.south - margin <= latitude <= self.north + margin:
            return False
        # On one map the east edge may be 180 and the west one -180: their width is 360 degrees then, not 0.
        width = self.east - self.west if self.east >= self.west else self.east - self.west + 360
        return width + 2 * margin >= 360 or (longitude - self.west + margin) % 360 <= width + 2 * margin


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer.

    `id` is stable across builds ("geonames:1850147"). `country` is ISO 3166-1 alpha-2, "" where there is none (a sea);
    `admin1` is the plain name of the first-level division ("Nevada"), "" where unknown. `timezone` is an IANA name, ""
    where unknown. `importance` runs from 0 to 1 and is the prior of the name, all else being equal. `source` says who
    holds the figure ("GeoNames", "OurAirports", "Dateline").
    """

    id: str
    name: str
    latitude: float
    longitude: float
    kind: Kind
    country: str = ""
    admin1: str = ""
    timezone: str = ""
    box: Box | None = None
    importance: float = 0.0
    source: str = ""

    def in_words(self, country: str = "") -> str:
        """The name with what contains it, each said once: "Springfield, Illinois, United States"; no country where none
        is given."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.admin1, country))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean. The cheapest `penalty` wins; `reason` says in words what was held against it."""

    place: Place
    penalty: float
    reason: str
    is_plain: bool = field(default=False, compare=False)
    """Whether nothing was held against it, so that `reason` is not worth repeating."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one toponym.

    `place` is None where nothing was chosen; `candidates` (cheapest first) and `reason` stay either way, so that
    nothing is guessed silently.
    """

    toponym: str
    place: Place | None
    candidates: tuple[Candidate, ...]
    reason: str
    unknown: str = ""
    """The part of the name that no table knows, where `place` is only what contains it; "" where all of it counts."""
    overruled: str = ""
    """The country that the name says, where a city of another one is so much better known that it is meant."""
    by_hand: bool = False
    """Whether a person chose the place."""
    suggests: bool = False
    """Whether `reason` already asks if one of the candidates is meant."""

    @property
    def approximate(self) -> bool:
        """Whether `place` stands for something inside or beside it."""
        return self.place is not None and bool(self.unknown)
