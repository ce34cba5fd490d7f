"""What a toponym may be read as, from as written to loosely: a ladder whose first rung that finds something is used.

Each reading names its cost and says in words what was done to the toponym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo import normalise, weights
from geo.names.compass import WAYS, compass
from geo.place import Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a toponym: what to look up, what must contain it, what kinds it may be."""

    key: str
    penalty: float = 0.0
    done: str = ""
    """What was done to the toponym, for the reason; "" for nothing."""
    qualifiers: tuple[str, ...] = ()
    """Names of what contains the place, innermost first: ("Nevada",)."""
    kinds: frozenset[Kind] | None = None
    """The kinds that the words allow; None for any."""
    abbreviated: bool = False
    """Written so that an abbreviation may be meant: capitals only, or with points."""
    first_level: bool = False
    """Whether the words say a first-level division: a state or province rather than a county."""
    part: str = ""
    """The point of the compass, as in "ne", of a part of the land that the key names; "c" for its centre."""
    least: float = 0.0
    """How important a place must be to be meant: "northern Nigeria", but not "West Prince" for some town of Prince."""

    def __str__(self) -> str:
        """For a trace: "fallon within Nevada, +0.010"."""
        parts = [f"“{self.key}”"]
        parts += [f"within {', '.join(self.qualifiers)}"] if self.qualifiers else []
        parts += [f"of kind {', '.join(sorted(self.kinds))}"] if self.kinds else []
        parts += [f"of importance {self.least} or more"] if self.least else []
        return f"{' '.join(parts)}, {self.penalty:+.3f}{f' ({self.done})' if self.done else ''}"


DIVISIONS: frozenset[Kind] = frozenset({"admin1", "admin2"})
_DIVISION_WORDS = (
    "prefecture province oblast governorate region district county state territory department canton voivodeship"
    " krai republic parish shire emirate division borough municipality governate prov"
)
_FIRST_LEVEL_WORDS = frozenset("prefecture province oblast governorate state voivodeship krai republic emirate".split())
_CITY_WORDS = "city town village township suburb neighborhood neighbourhood metropolis port"
_ISLAND_WORDS = "island islands isle isles"
_KIND_WORDS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(_DIVISION_WORDS.split(), DIVISIONS),
    "republic": frozenset({"country", "admin1"}),
    **dict.fromkeys(_CITY_WORDS.split(), frozenset({"city"})),
    **dict.fromkeys(_ISLAND_WORDS.split(), frozenset({"island", "area", "country", "admin1"})),
}
_PART_WORDS = frozenset({"township", "village", "suburb", "neighborhood", "neighbourhood", "port"})
_PART = re.compile(
    r"^(?:the )?(?:north|south|east|west|central|upper|lower|inner|outer|old|far|mid)[ -]", re.IGNORECASE
)
_DIRECTION = (
    r"(?:(?:north|south|east|west|central|mid|upper|lower|inner|outer|far|greater|mainland|downtown|metropolitan|rural"
    r"|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern|northeast|northwest"
    r"|southeast|southwest|north-?central|south-?central|east-?central|west-?central|north-?east(?:ern)?"
    r"|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|near|nearby|outside|around|off|in|at|from|to|of"
    r"|metro|old|continental|occupied|modern|present-day|war-torn|neighbouring|neighboring)[ -]+)"
)
_LEADING = re.compile(rf"^(?:the )?{_DIRECTION}+(?:the )?(?=\S)", re.IGNORECASE)
_KIND_OF = re.compile(
    r"^(?:the )?(?:\w+ )?(city|town|village|province|state|county|district|region|prefecture|republic|territory|"
    r"governorate|port|island|municipality|department|parish|suburb|emirate|canton|oblast) of (?:the )?(?=\S)",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"[ -](?:the )?({'|'.join(sorted(_KIND_WORDS))})$", re.IGNORECASE)
_LANDS: frozenset[Kind] = frozenset({"country", "admin1", "area"})
_PART_OF = re.compile(rf"^(?:the )?({'|'.join(WAYS.values())}) part of (?:the )?(\S.*)$", re.IGNORECASE)
_AREA = re.compile(
    r"[ -](?:area|areas|metro area|metropolitan area|side|border|coast|mainland|proper|valley|basin|peninsula|delta|bay"
    r"|harbou?r|(?:international )?airport|air ?base|naval base|base|(?:railway |train )?station|university|stadium)$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^(.+?)\s*\(([^()]+)\)$")
_INTERNATIONAL = re.compile(r" international(?: airport)?$", re.IGNORECASE)
_IN_COLORADO = re.compile(r", ?CO$")
"""After a comma this is the state: "Evans, CO" is not Evans County."""
_OWNED = re.compile(r"^(.+?)['’]s? (.+)$")
_BETWEEN = re.compile(r"^(.+?),? (?:in|of) (?:the )?([A-Z].+)$")


def readings(toponym: str) -> Iterator[Reading]:
    """The readings of a tidied toponym, each once, cheapest rung first. Lazy: most names are found on the first."""
    seen: set[tuple[str, tuple[str, ...], frozenset[Kind] | None, str]] = set()
    for reading in _rungs(toponym):
        what = (reading.key, reading.qualifiers, reading.kinds, reading.part)
        if reading.key and what not in seen:
            seen.add(what)
            yield reading


def _rungs(toponym: str) -> Iterator[Reading]:
    abbreviated = normalise.is_abbreviated(toponym)
    written = normalise.key(toponym)
    if not (toponym.endswith("CO") and _IN_COLORADO.search(toponym)):
        yield Reading(written, abbreviated=abbreviated)
    if part := _PART_OF.match(toponym):
        way = compass(part[1])
        done = f"the {part[1].lower()} part of {part[2]}, in the middle of its towns"
        yield Reading(normalise.key(part[2]), weights.READ_AS_KIND, done, kinds=_LANDS, part=way, least=weights.FAMOUS)
    bare = normalise.strip_possessive(toponym)
    if bare != toponym:
        yield Reading(normalise.key(bare), weights.READ_POSSESSIVE, "without the possessive", abbreviated=abbreviated)
    yield from _qualified(bare)
    yield from _modified(bare, (), 0.0)
    if " " in written:
        yield Reading(written.replace(" ", ""), weights.READ_AS_ONE_WORD, "written as one word")


def _qualified(toponym: str) -> list[Reading]:
    parts = [p.strip() for p in toponym.split(",") if p.strip()]
    bracketed = _BRACKETED.match(toponym)
    if bracketed:
        parts = [bracketed[1], bracketed[2]]
    if len(parts) > 1:
        head, outer = parts[0], tuple(parts[1:4])
        whole = Reading(normalise.key(head), weights.READ_WITHIN, "", outer, abbreviated=normalise.is_abbreviated(head))
        return [whole, *_modified(head, outer, weights.READ_WITHIN)]
    words = toponym.split()
    found = []
    owner = _OWNED.match(toponym)
    if owner:  # "Singapore's Changi Airport"
        found.append(Reading(normalise.key(owner[2]), weights.READ_OWNED, "", (owner[1],)))
        found += _modified(owner[2], (owner[1],), weights.READ_OWNED)
    for size in (1, 2, 3):  # "Austin TX", "Washington DC", "Portland Oregon"
        head = " ".join(words[:-size])
        if head and words[-1][:1].isupper() and not compass(head):  # "SE. Asia" is not the village of Se
            tail = " ".join(words[-size:])
            found.append(Reading(normalise.key(head), weights.READ_TAIL_WITHIN, f"read as within {tail}", (tail,)))
    between = _BETWEEN.match(toponym)
    if between:
        inner, outer_name = between[1], between[2]
        how = f"read as within {outer_name}"
        found.append(Reading(normalise.key(inner), weights.READ_TAIL_WITHIN, how, (outer_name,)))
    return found


def _modified(toponym: str, qualifiers: tuple[str, ...], penalty: float) -> list[Reading]:
    """ "the city of Kobe", "Hyogo prefecture", "northern Nigeria", "near Kursk", "Kursk region"."""
    found = []
    of = _KIND_OF.match(toponym)
    if of:
        kinds = _KIND_WORDS.get(of[1].lower())
        rest = toponym[of.end() :]
        as_kind, dropped = penalty + weights.READ_AS_KIND, penalty + weights.READ_WORD_DROPPED
        found.append(Reading(normalise.key(rest), as_kind, f"“{of[1]} of” {rest}", qualifiers, kinds))
        found.append(Reading(normalise.key(rest), dropped, f"“{of[1]} of” dropped", qualifiers))
    trailing = _TRAILING.search(toponym)
    if trailing:
        word, rest = trailing[1].lower(), toponym[: trailing.start()]
        own = weights.READ_PART_OF_A_TOWN if word in _PART_WORDS else weights.READ_AS_KIND
        first = word in _FIRST_LEVEL_WORDS
        kind = _KIND_WORDS[word]
        how = f"{rest} as {'an' if word[0] in 'aeio' else 'a'} {word}"
        found.append(Reading(normalise.key(rest), penalty + own, how, qualifiers, kind, first_level=first))
        if word not in _ISLAND_WORDS.split():
            dropped = penalty + weights.READ_KIND_DROPPED
            found.append(Reading(normalise.key(rest), dropped, f"“{word}” dropped", qualifiers))
    leading = _LEADING.match(toponym)
    if leading:
        rest = toponym[leading.end() :]
        said = toponym[: leading.end()].strip()
        least = weights.GREAT_PART if _PART.match(toponym) else weights.FAMOUS
        dropped = penalty + weights.READ_LEADING_DROPPED
        found.append(Reading(normalise.key(rest), dropped, f"“{said}” dropped", qualifiers, least=least))
        found += [] if rest == toponym else _modified(rest, qualifiers, dropped)
    international = _INTERNATIONAL.search(toponym)
    if international:
        rest = f"{toponym[: international.start()]} Airport"
        dropped = penalty + weights.READ_INTERNATIONAL
        found.append(Reading(normalise.key(rest), dropped, "“International” dropped", qualifiers))
    area = _AREA.search(toponym)
    if area:
        rest = toponym[: area.start()]
        said = area[0].strip(" -")
        dropped = penalty + weights.READ_WORD_DROPPED
        found.append(Reading(normalise.key(rest), dropped, f"“{said}” dropped", qualifiers, least=weights.FAMOUS))
    return found
