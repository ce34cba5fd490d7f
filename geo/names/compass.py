"""The points of the compass as they are written: "SW", "south-west", "N.E.", "northern"; and the centre among them."""

from __future__ import annotations

import re

WAYS = {
    "n": "northern",
    "ne": "northeastern",
    "e": "eastern",
    "se": "southeastern",
    "s": "southern",
    "sw": "southwestern",
    "w": "western",
    "nw": "northwestern",
    "c": "central",
}
"""The parts of a land by their points, each as it is said."""
CENTRE = "c"
_POINTS = "n nne ne ene e ese se sse s ssw sw wsw w wnw nw nnw".split()
_WORDS = {"north": "n", "east": "e", "south": "s", "west": "w"}
_ENDING = re.compile(r"(?:ern|erly|wards?)$")
_CENTRES = frozenset({"c", "central", "center", "centre"})


def compass(written: str) -> str:
    """The point in small letters, as "ssw", that a word means, CENTRE for the middle; "" for no such word."""
    plain = _ENDING.sub("", written.lower().strip()).translate(str.maketrans("", "", "-. "))
    if plain in _CENTRES:
        return CENTRE
    for word, letter in _WORDS.items():
        plain = plain.replace(word, letter)
    return plain if plain in _POINTS else ""


def bearing_of(way: str) -> float | None:
    """Degrees from north, clockwise, of "SW", "south-west" or "north-northeast"; None for no point of the compass."""
    point = compass(way)
    return 22.5 * _POINTS.index(point) if point in _POINTS else None
