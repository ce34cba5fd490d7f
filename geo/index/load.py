"""From the tables, built and hand-written, to the rows of the index: places numbered, names keyed, divisions joined."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, get_args

from rapidfuzz import fuzz

from geo import normalise
from geo.exc import TableDamaged
from geo.index import tables
from geo.place import Kind
from geo.relation import ABBREVIATION, ALIAS, ALTERNATE, DEMONYM, NAME, OLD, PART, STRAY
from geo.spatial.cells import Grid, cell, cells_around

CONTAINS_FROM = 0.45
"""The importance from which a first-level division by its name alone is taken for what contains another name."""
BUILT = ("countries.tsv.xz", "divisions.tsv.xz", "cities.tsv.xz", "airfields.tsv.xz")
_SOURCES = {"geonames": "GeoNames", "ourairports": "OurAirports", "airportsdata": "airportsdata", "fips": "us-atlas"}


@dataclass(slots=True)
class Draft:
    """A place on its way into the index."""

    id: str
    name: str
    latitude: float
    longitude: float
    kind: str
    country: str
    admin1: str
    admin2: str
    timezone: str
    importance: float
    box: tuple[float, float, float, float] | None
    source: str
    names: dict[str, int] = field(default_factory=dict)
    """key -> how"""


class Gathered(NamedTuple):
    """Everything the index holds, in the order in which it is written."""

    places: Iterator[tuple[object, ...]]
    words: list[str]
    """What places hold the numbers of: time zones and sources, from 0 on."""
    names: Iterator[tuple[str, int, int]]
    """Key, number of the place, and how the one stands for the other; each pair of key and place once."""
    containers: list[tuple[str, str, str, int]]
    """The keys that mean a country or a well-known division: key, kind, country, number; the most important last."""
    spellings: list[str]
    """The keys that a misspelling may have been meant for."""


def gather(data: Path, progress: Callable[[float, str], None]) -> Gathered:
    """Read every table under `data`. Raises TableMissing or TableDamaged."""
    drafts: dict[str, Draft] = {}
    listed = tables.manifest(data)
    for i, (table, rows) in enumerate(tables.read_ahead(data, [(name, str(listed[name]["sha256"])) for name in BUILT])):
        progress(0.6 * i / len(BUILT), f"reading {table}")
        for fields in rows:
            draft = _built(fields)
            drafts[draft.id] = draft
    progress(0.6, "joining the hand-written tables")
    for file in sorted((data / "places").glob("*.csv")):
        for row in _rows(file):
            _join(drafts, _written(row, file))
    _link_divisions(drafts)
    progress(0.7, "numbering places")
    ordered = sorted(drafts.values(), key=lambda d: (-d.importance, d.id))
    number = {d.id: i for i, d in enumerate(ordered, 1)}
    _fill_timezones(ordered)
    progress(0.8, "sorting names")
    held, spelt = _own_names(ordered)
    others = list(_other_names(data, ordered, number, held))
    for key, n, how in others:
        _add(held, key, n, how)
    keys = sorted(held)
    words = {word: i for i, word in enumerate(sorted({w for d in ordered for w in (d.timezone, d.source)}))}
    return Gathered(
        (_place(d, number, words) for d in ordered),
        list(words),
        ((key, one >> _HOW_BITS, one & _HOW_MASK) for key in keys for one in held[key]),
        _containers(ordered, others),
        [key for key in keys if key in spelt],
    )


_HOW_BITS = 3
_HOW_MASK = (1 << _HOW_BITS) - 1
"""Number and way of a name are one integer while they are gathered: a million pairs would take 100 MB more."""


def _own_names(ordered: Sequence[Draft]) -> tuple[dict[str, list[int]], set[str]]:
    """Each key with the places under it, by number, and the keys that a misspelling may have been meant for."""
    held: dict[str, list[int]] = {}
    spelt: set[str] = set()
    for i, d in enumerate(ordered, 1):
        is_spelt = d.kind != "site" or d.importance > 0.3
        shifted = i << _HOW_BITS
        for key, how in d.names.items():
            if key:
                if key in held:
                    held[key].append(shifted | how)
                else:
                    held[key] = [shifted | how]
                if is_spelt and how <= ALIAS and len(key) >= 4:
                    spelt.add(key)
    return held, spelt


def _add(held: dict[str, list[int]], key: str, number: int, how: int) -> None:
    """One more name of a place; of two ways to stand for it the lower one holds."""
    before = held.get(key, [])
    same = [one for one in before if one >> _HOW_BITS == number]
    if not same:
        held[key] = sorted([*before, number << _HOW_BITS | how])
    elif same[0] & _HOW_MASK > how:
        held[key] = [number << _HOW_BITS | how if one == same[0] else one for one in before]


def _containers(ordered: Sequence[Draft], others: Iterable[tuple[str, int, int]]) -> list[tuple[str, str, str, int]]:
    known = {
        i: d
        for i, d in enumerate(ordered, 1)
        if d.kind == "country" or (d.kind == "admin1" and d.importance >= CONTAINS_FROM)
    }
    pairs = {(key, i) for i, d in known.items() for key in d.names}
    pairs |= {(key, n) for key, n, how in others if n in known and how != PART}
    rows = sorted((n, key) for key, n in pairs if len(key) > 2)
    return [(key, known[n].kind, known[n].country, n) for n, key in reversed(rows)]


_NO_BOX = (None, None, None, None)
_GENERIC = frozenset("province district county state region governorate prefecture department".split())


def _built(fields: Sequence[str]) -> Draft:
    """The place of one row (tables.Row)."""
    id_, name, lat, lon, kind, country, admin1, admin2, zone, importance, corners, aliases = fields
    box = tuple(map(float, corners.split())) if corners else ()
    latitude, longitude = float(lat), float(lon)
    draft = Draft(
        id_,
        name,
        latitude,
        longitude,
        kind,
        country,
        admin1,
        admin2,
        zone,
        float(importance),
        (box[0], box[1], box[2], box[3]) if len(box) == 4 else None,
        _SOURCES[id_.partition(":")[0]],
    )
    own = normalise.key(name)
    _name(draft, own, aliases.split("|") if aliases else [])
    if kind == "admin2":
        _add_county_forms(draft)
    return draft


def _name(draft: Draft, own: str, others: Sequence[str]) -> None:
    """Gives a place its names: the keys of its own and of the others, each with what it is to the place."""
    names = draft.names
    if draft.kind == "city":
        for k in others:
            short = own.startswith(f"{k} ")  # Frankfurt am Main, New York City
            names[k] = ALIAS if short else STRAY if _is_stray(k, own) else ALTERNATE
    elif draft.kind == "country":
        for k in others:  # "Indija" is a town to some and India to others
            names[k] = ALTERNATE if k.isascii() else ALIAS
    elif draft.kind == "admin2":
        for k in others:
            bare, _, word = k.rpartition(" ")
            # "Salamanca province" is read as a division so named, the first-level one before this
            if not (word in _GENERIC and bare in (own, *others)):
                names[k] = ALIAS
    else:
        names.update(dict.fromkeys(others, ALIAS))
    names[own] = NAME


# Letters that languages swap at the start of a name: Köln and Cologne, Wien and Vienna, Jerewan and Yerevan.
_SOUNDS = str.maketrans("kqwjyifbzxhg", "ccviiivpssgg")


def _is_stray(alias: str, own: str) -> bool:
    """Whether another name of a city has nothing of its own name: Victoria for Hong Kong, not Cologne for Köln.

    Tables give many small places the names of larger ones around them; such a name is taken only for want of others.
    """
    if not alias.isascii() or not own.isascii() or alias in own or own in alias:
        return False
    if alias[:1].translate(_SOUNDS) == own[:1].translate(_SOUNDS):
        return False
    return fuzz.ratio(alias, own) < 55


def _add_county_forms(draft: Draft) -> None:
    """ "Scott County" is also written "Scott Co."; "County Mayo" and "Mayo" are other people's business."""
    k = normalise.key(draft.name)
    if k.endswith(" county"):
        draft.names.setdefault(k.removesuffix("county") + "co", ALIAS)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _written(row: dict[str, str], file: Path) -> Draft:
    try:
        corners = [row[side].strip() for side in ("south", "west", "north", "east")]
        box = tuple(float(v) for v in corners) if all(corners) else ()
        draft = Draft(
            row["id"],
            row["name"],
            float(row["latitude"]),
            float(row["longitude"]),
            row["kind"],
            row["country"],
            row["admin1"],
            "",
            "",
            float(row["importance"] or 0),
            (box[0], box[1], box[2], box[3]) if len(box) == 4 else None,
            "Dateline",
        )
        aliases = [a.strip() for a in row["aliases"].split(";")] if row["aliases"] else []
    except (KeyError, ValueError, AttributeError) as error:
        raise TableDamaged(f"{file}: the row {row.get('id')!r} does not read: {error}") from None
    if draft.kind not in get_args(Kind):
        raise TableDamaged(f"{file}: the row {draft.id!r} has the kind {draft.kind!r}, not one of {get_args(Kind)}")
    for alias in filter(None, aliases):
        short = len(alias.replace(".", "")) <= 4 and normalise.is_abbreviated(alias)
        draft.names[normalise.key(alias)] = ABBREVIATION if short else ALIAS
    draft.names[normalise.key(draft.name)] = NAME
    return draft


def _join(drafts: dict[str, Draft], written: Draft) -> None:
    """A hand-written row replaces the built row of the same id, and keeps its names, and its box for want of one."""
    same = drafts.get(written.id)
    if same is not None:
        _absorb(written, same)
    drafts[written.id] = written


def _absorb(written: Draft, built: Draft) -> None:
    for k, how in built.names.items():
        written.names.setdefault(k, ALIAS if how == NAME else how)
    written.box = written.box or built.box
    written.timezone = written.timezone or built.timezone


def _link_divisions(drafts: dict[str, Draft]) -> None:
    """Make every `admin1` an id, and one place of each division that both a built and a hand-written table have."""
    renamed = _joined_divisions(drafts, "admin1") | _joined_divisions(drafts, "admin2")
    for id_ in renamed:
        del drafts[id_]
    by_key: dict[tuple[str, str], str] = {}
    for d in drafts.values():
        if d.kind == "admin1":
            for k in d.names:
                by_key.setdefault((d.country, k), d.id)
    for d in drafts.values():
        d.admin1 = renamed.get(d.admin1, d.admin1)
        d.admin2 = renamed.get(d.admin2, d.admin2)
        if d.kind == "admin1":
            d.admin1 = d.id
        elif d.source == "Dateline" and d.admin1 and d.admin1 not in drafts:
            d.admin1 = by_key.get((d.country, normalise.key(d.admin1)), "")
        if d.kind == "admin2":
            d.admin2 = d.id


def _joined_divisions(drafts: dict[str, Draft], kind: str) -> dict[str, str]:
    """The ids of built divisions of a kind that a hand-written one has taken in, each with that one's id."""
    built: dict[tuple[str, str], str] = {}
    for d in drafts.values():
        if d.kind == kind and d.source != "Dateline":
            for k in d.names:
                built.setdefault((d.country, k), d.id)
    joined: dict[str, str] = {}
    for d in [d for d in drafts.values() if d.kind == kind and d.source == "Dateline"]:
        twins = (drafts.get(built.get((d.country, k), "")) for k in [normalise.key(d.name), *d.names])
        twin = next((one for one in twins if one is not None and one.id not in joined), None)
        if twin is not None:
            _absorb(d, twin)
            if kind == "admin2":
                d.admin1 = d.admin1 or twin.admin1
            joined[twin.id] = d.id
    return joined


def _fill_timezones(drafts: list[Draft]) -> None:
    """A site takes the zone of the nearest city within 100 km."""
    missing = [d for d in drafts if not d.timezone and d.kind in {"site", "city", "island"} and d.source == "Dateline"]
    wanted = {number for d in missing for number in cells_around(d.latitude, d.longitude, 100)}
    cities = (d for d in drafts if d.kind == "city" and d.timezone and cell(d.latitude, d.longitude) in wanted)
    grid = Grid((d.latitude, d.longitude, d.timezone) for d in cities)
    for d in missing:
        d.timezone = grid.nearest(d.latitude, d.longitude, 20) or grid.nearest(d.latitude, d.longitude, 100) or ""


def _other_names(
    data: Path, ordered: Sequence[Draft], number: Mapping[str, int], held: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str, int, int]]:
    """Names of names/: demonyms, abbreviations, old names, parts of states; each with the number it stands for."""
    tables_of = {
        how: [(path, row) for row in _rows(path)]
        for file, how in (
            ("demonyms.csv", DEMONYM),
            ("abbreviations.csv", ABBREVIATION),
            ("old_names.csv", OLD),
            ("parts.csv", PART),
        )
        if (path := data / "names" / file).exists()
    }
    wanted = {normalise.key(row.get("meaning") or "") for rows in tables_of.values() for _, row in rows}
    best: dict[tuple[str, str], int] = {}
    for k in wanted:
        for one in held.get(k, ()):  # the most important first
            if one & _HOW_MASK in {NAME, ALIAS, ABBREVIATION, ALTERNATE}:
                n = one >> _HOW_BITS
                best.setdefault((k, ""), n)
                best.setdefault((k, ordered[n - 1].country), n)
    countries = {d.country: number[d.id] for d in reversed(ordered) if d.kind == "country"}
    for how, rows in tables_of.items():
        for path, row in rows:
            meant: int | None
            if how == DEMONYM:
                meant = number.get(row["place"]) if row["place"] else countries.get(row["country"])
            else:
                meant = number.get(row["meaning"]) or best.get((normalise.key(row["meaning"]), row["country"]))
            if meant is None:
                raise TableDamaged(f"{path}: {row['name']!r} stands for nothing that the tables hold")
            yield normalise.key(row["name"]), meant, how


def _place(d: Draft, number: Mapping[str, int], words: Mapping[str, int]) -> tuple[object, ...]:
    return (
        number[d.id],
        d.id,
        d.name,
        d.latitude,
        d.longitude,
        d.kind,
        d.country,
        number.get(d.admin1, 0),
        number.get(d.admin2, 0),
        words[d.timezone],
        *(d.box or _NO_BOX),
        d.importance,
        words[d.source],
        cell(d.latitude, d.longitude),
    )
