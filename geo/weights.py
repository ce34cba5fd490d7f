"""Every number by which one place is taken rather than another, with what it is for.

Penalties are in one unit: 1 is the way from a hamlet (importance 0) to a great capital (importance 1), and the cheapest
candidate wins. They were chosen by hand and tuned on public annotated news, so that a change to one of them is measured
there (`python -m benchmarks`, the golden tables of the tests) before it is kept. `python -m geo geocode --explain NAME`
prints which of them counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.place import Kind
from geo.relation import ABBREVIATION, ALIAS, ALTERNATE, DEMONYM, NAME, OLD, STRAY

# How a name is read (geo.names.readings): the looser, the dearer.

READ_WITHIN: Final = 0.01
""" "Fallon, Nevada": hardly anything, only so that a place whose whole name has a comma goes first."""
READ_POSSESSIVE: Final = 0.02
""" "Japan's" is Japan."""
READ_INTERNATIONAL: Final = 0.02
""" "Narita International" is Narita Airport: the word is often left out."""
READ_AS_KIND: Final = 0.03
""" "Hyogo prefecture" and "the city of Kobe" say their kind, which is nearly as good as the name alone."""
READ_LOWER_DIVISION: Final = 0.05
""" "Salamanca province": of two divisions of the name, the first-level one."""
READ_OWNED: Final = 0.05
""" "Singapore's Changi Airport": what owns it contains it."""
READ_TAIL_WITHIN: Final = 0.10
""" "Austin TX", "Battle of Britain" without a comma: the last words may contain the first, or be part of the name."""
READ_AS_ONE_WORD: Final = 0.15
""" "New Castle" for Newcastle."""
READ_LEADING_DROPPED: Final = 0.15
""" "northern Nigeria", "near Kursk": another word for a part of the same place, or the first half of a name."""
READ_PART_OF_A_TOWN: Final = 0.20
""" "Foo Village" is rarely the town of Foo."""
READ_WORD_DROPPED: Final = 0.20
""" "the port of Foo" as Foo of any kind, "Foo area" as Foo: a word of the name does not count."""
READ_KIND_DROPPED: Final = 0.25
""" "Foo county" as a Foo that is no county at all."""

LOOSE: Final = 0.20
"""A reading from this penalty on has left out a word of the name: alone in a text it is not enough for a small town."""
FAMOUS: Final = 0.35
"""The importance that a place needs before "northern ..." or "... area" can be about it."""
GREAT_PART: Final = 0.55
"""The same for "North ..." and "Old ...", which mostly begin a name of its own."""

# What a name is to a place (geo.relation).

HOW: Final[dict[int, tuple[float, str]]] = {
    NAME: (0.0, ""),
    ALIAS: (0.02, ""),
    ABBREVIATION: (0.02, "short for"),
    DEMONYM: (0.05, "the people or adjective of"),
    OLD: (0.05, "an older name of"),
    ALTERNATE: (0.15, "another name of"),
    STRAY: (0.50, "a rarer name of"),
}
"""The penalty of a name that stands for a place in this way, and the words for it."""

# What a place is among its namesakes (geo.names.ranking).

GREAT_FROM: Final[dict[Kind, float]] = {"country": 0.5, "area": 0.65, "sea": 0.65}
"""The importance from which a place of this kind is great: bare, its name means it and nothing else."""
GREAT_LACK: Final = 0.20
"""What a great place's want of importance costs at most: Chad is no less meant than China."""
GREAT_BONUS: Final = 0.20
"""What a great place is ahead of all others."""
KNOWN_DIVISION: Final = 0.10
"""What a large first-level division is ahead: Oklahoma is the state."""
KNOWN_DIVISION_FROM: Final = 0.55
"""The importance from which a first-level division is large."""
LARGE_DIVISION_FROM: Final = 0.60
"""The importance from which a division makes the towns of its name lesser ones."""
DIVISION_IN_CAPITALS: Final = 0.05
""" "LA" and "L.A." are rather the city; "La." is the state."""
NAMESAKE_OF_GREAT: Final = 0.25
"""What it costs to have the name of a great place: Lebanon is not the town in Tennessee."""
CITY_OF_ITS_COUNTRY: Final = 0.35
"""What a city costs that lies in a country of its name: bare, "Mexico" and "Luxembourg" are the countries."""
LESSER_NAMESAKE: Final = 0.20
"""What it costs a lesser city to be called like a large division, and what it costs a name that is only another one of
its place where a more important place has it as its own."""
LESSER_BELOW: Final = 0.70
"""The importance below which a city gives way to the division of its name."""
CALLED_AFTER_A_TOWN: Final = 0.20
"""What a district costs beside the town of its name: bare, Bakhmut is the town, though the raion is much larger."""
RESPELT: Final = 0.08
""" "Canada", in plain letters, is not Cañada."""
STRAY_LEAST: Final = 0.5
"""The importance below which a place is not taken for a name that tables hold only beside its own."""
NEAR_WEIGHT: Final = 0.8
"""What the other side of the world costs where a name is asked for near a place."""
NEAR_HALF_KM: Final = 300.0
"""The distance at which half of that is paid."""
MISSPELT: Final = 3.0
"""What a name that is spelt wholly otherwise would cost; of a suggestion, a share of it as it is misspelt."""

ONLINE: Final = 0.0
"""What a service was asked for and found goes before all that the gazetteer has."""

# What contains what, and what stands beside what (geo.names.containment, lists, unmistakable).

SAME_SITE_KM: Final = 8.0
"""Two sites of one name so near are one: two tables hold the same base, a runway apart."""
SAME_TOWN_KM: Final = 25.0
"""A municipality whose middle is so near to the town of its name is the town."""
AROUND_TOWN_KM: Final = 60.0
"""A text whose towns lie so near to one of them is about that one,"""
MOSTLY: Final = 0.8
"""where so large a share of them does."""
CITY_AROUND_FROM: Final = 0.5
"""The importance from which a city can contain another place: "Brooklyn, New York"."""
QUARTER_KM: Final = 20.0
"""How far a quarter or suburb lies from the middle of its city."""
QUARTER_LESS: Final = 0.3
"""How much less important than its city a quarter is: two of a size are neighbours."""
ON_ISLAND_KM: Final = 30.0
"""How far a town on an island without a box lies from its middle."""
BESIDE_KM: Final = 100.0
"""How near to one another the places of a list are that are not all well known."""
WELL_KNOWN: Final = 0.6
"""The importance from which a place can stand in a list with places anywhere."""
BY_THE_SEA_DEGREES: Final = 2.0
"""How far from a sea's box an island or town beside it may lie."""
KNOWN_TOWN: Final = 0.55
"""The importance from which, among towns, "Quebec" is the town rather than the province."""
LAND: Final = 0.4
"""The importance from which a country or island says by itself where it is, whatever contains it by the name."""
GREAT_CITY: Final = 0.65
"""The same for a city,"""
GREAT_CITY_AHEAD: Final = 0.3
"""if it is so much ahead of its namesakes elsewhere."""
CONTINENT: Final = 0.65
"""The importance from which an area or sea is too large to be shared by two countries of a name."""


Home = Mapping[tuple[str, str], float]
"""Of a source: (country, division) -> the share of its places there; (country, "") for the country as a whole."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the other names of a text, and the words around a name, are worth (geo.context)."""

    division2: float = 0.30
    """All other names in the candidate's second-level division,"""
    nearby: float = 0.50
    """within a degree or two,"""
    division1: float = 0.75
    """in its first-level division,"""
    country: float = 0.55
    """in its country."""
    itself_around: float = 1.6
    """How many times that a country or division is worth that itself holds the other names: it cannot lie in itself."""
    qualified: float = 1.2
    """What it costs not to lie in what the text puts behind the name: "Paris, Texas"."""
    hinted: float = 0.25
    """The same for what stands before it ("Nigeria's Kano"), and where the two may be a list ("Ohio, Illinois")."""
    text_country: float = 0.5
    """What countries and divisions that the text names are worth beside where its other names lie."""
    home_division: float = 0.45
    """What it is worth to lie in the division that all places of the source lie in: less than what the text says,"""
    home_country: float = 0.25
    """and in its country."""
    sentence: float = 0.75
    """What the names of the same sentence are worth beside all of the text."""
    series: float = 0.12
    """What being of the same kind as a neighbour in a list is worth."""
    repeated: float = 0.3
    """How much more a name's vote weighs for every e-fold of its mentions."""
    odds: float = 0.10
    """How many units of penalty make one candidate e times less likely than another."""
    smooth: float = 0.8
    """Votes that nobody cast, so that one other name alone does not decide."""
    rounds: int = 5
    """How often the odds are worked out anew from one another; they have settled by then."""


WEIGHTS: Final = Weights()
