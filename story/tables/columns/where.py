"""Which columns of a table say where: its points, and its places from the smallest to the largest.

A county is left out where a state is there; a country that most places do not lie in, or that most points are far from,
is not where (it may be whose visitors came, or who did it) and becomes a note.
"""

from __future__ import annotations

from story.tables.columns.assignment import Columns
from story.tables.columns.bounds import far_from
from story.tables.columns.evidence import Evidence, contains
from story.tables.columns.matched import Match, Matching
from story.tables.columns.vocabulary import WHOLE, fits
from story.tables.readers.objects import LATITUDE
from story.tables.table import Table

_LONGEST_NAME = 40
Fields = list[tuple[str, Match | None]]


def point(columns: Columns) -> Fields:
    """Latitude and longitude, from two columns or from one that holds both."""
    # Of the points of a GeoJSON file it is known what they are, whatever they hold.
    least = 0.0 if LATITUDE in columns.table.headers else 0.6
    latitude, longitude = (
        columns.best("latitude", "latitudes", least=least),
        columns.best("longitude", "longitudes", least=least),
    )
    if latitude and longitude:
        columns.taken.update({latitude[0], longitude[0]})
        return [
            (field, Match((number,), f"named '{columns.table.headers[number]}'", round(score, 2)))
            for field, (number, score) in (("latitude", latitude), ("longitude", longitude))
        ]
    both = columns.take("point", "points", least=0.5)
    both = both or columns.by_content("points", 0.8, "its cells are coordinates")
    return [("latitude", both), ("longitude", both)] if both else []


def place(columns: Columns, points: Fields) -> Fields:
    """The smallest place and all that contain it; `points` are the columns of latitude and longitude."""
    small, *large = (columns.take(field, "names", least=0.4) for field in ("place", "place1", "place2", "place3"))
    found = _whole_only(columns, [small, *large])
    if found[0] and found[1] and found[2]:
        # A county is not needed where a state is there, and is often what a gazetteer lacks.
        columns.taken.discard(found[1].columns[0])
        found[1] = None
    if found[0]:
        found[1:] = [_around(columns, found[0], match) for match in found[1:]]
    found[3] = _near_points(columns, found[3], points)
    matches = [match for match in _with_regions(columns, found, bool(points)) if match]
    if not matches:
        last = _last(columns, bool(points))
        return [("place", last)] if last else []
    numbers = tuple(number for match in matches for number in match.columns)
    why = matches[0].why if len(matches) == 1 else "combined from the smallest to the largest"
    return [("place", Match(numbers, why, min(match.score for match in matches)))]


def _whole_only(columns: Columns, found: list[Match | None]) -> list[Match | None]:
    """Those whose headers name a place as a whole; "Place of birth" is not where, if there is a "State"."""
    whole = [match is not None and max(columns.fits[match.columns[0]].values()) >= WHOLE for match in found]
    if not any(whole):
        return found
    columns.taken -= {match.columns[0] for match, named in zip(found, whole, strict=True) if match and not named}
    return [match if named else None for match, named in zip(found, whole, strict=True)]


def _around(columns: Columns, small: Match, large: Match | None) -> Match | None:
    """The larger place, unless the smaller ones do not lie in it."""
    if large and not contains(columns.table, small.columns[0], large.columns[0]):
        columns.apart.append(large.columns[0])
        return None
    return large


def maybe_places(table: Table, matching: Matching) -> tuple[str, ...]:
    """The headers of the columns that may say more than the one of countries, where that alone says where."""
    place = matching.columns("place")
    if len(place) != 1 or matching.columns("latitude") or "place3" not in fits(table.headers[place[0]]):
        return ()
    columns = Columns(table)
    taken = {number for match in matching.fields.values() for number in match.columns}
    return tuple(
        table.headers[number]
        for number, evidence in enumerate(columns.evidence)
        if number not in taken
        and (not columns.fits[number] or any(field in columns.fits[number] for field in ("place", "place1", "place2")))
        and evidence.places_said >= 0.6
        and evidence.filled > 0.3
        and evidence.usual <= _LONGEST_NAME
        and evidence.distinct > columns.evidence[place[0]].distinct
        and contains(table, number, place[0])
    )


def _near_points(columns: Columns, country: Match | None, points: Fields) -> Match | None:
    """The country, unless too many points are far from it."""
    axes = [match.columns[0] for _, match in points if match]
    if country and axes and far_from(columns.table, country.columns[0], axes[0], axes[1]):
        columns.apart.append(country.columns[0])
        return None
    return country


def _with_regions(columns: Columns, found: list[Match | None], points: bool) -> list[Match | None]:
    """The places with regions or areas put between, of which each lies in the larger ones and holds the smaller one.

    Of two such columns the one with more different names is the smaller. A continent is none where anything else says
    where, and no sea holds a town.
    """
    small, county, state, country = found
    if small and state:
        return found
    loose = [
        number
        for number, names in enumerate(columns.fits)
        if number not in columns.taken
        and names.get("region", 0) >= WHOLE
        and _is_region(columns.evidence[number], named=any(found), points=points)
    ]
    added: list[Match] = []
    for number in sorted(loose, key=lambda number: -columns.evidence[number].distinct):
        inner = added[-1] if added else small
        within = [match.columns[0] for match in (state, country) if match]
        if inner and not _lies_in(columns, inner.columns[0], number):
            continue
        if all(_lies_in(columns, number, large) for large in within):
            columns.taken.add(number)
            score = round(columns.fits[number]["region"], 2)
            added.append(Match((number,), f"named '{columns.table.headers[number]}'", score))
    return [small, county, *added, state, country]


def _lies_in(columns: Columns, small: int, large: int) -> bool:
    """Whether one column's places can lie in another's, of which there are then no more."""
    distinct = columns.evidence[small].distinct, columns.evidence[large].distinct
    return distinct[0] >= distinct[1] and contains(columns.table, small, large)


def _is_region(evidence: Evidence, *, named: bool, points: bool) -> bool:
    """Whether a column's cells can be where, beside columns that name a place or give points."""
    if evidence.places_said < 0.4 or evidence.filled <= 0.3 or evidence.average < 3:
        return False
    return not (named and evidence.seas >= 0.4) and not ((named or points) and evidence.continents >= 0.4)


def _last(columns: Columns, points: bool) -> Match | None:
    """What says where if nothing else does: where somebody came from, or names that come again."""
    if points:
        return None
    if came := columns.take("origin", "places_said", least=0.4):
        header = columns.table.headers[came.columns[0]]
        return Match(came.columns, f"named '{header}'; nothing else says where", 0.4)
    for number, evidence in enumerate(columns.evidence):
        if number in columns.taken or columns.names_whole(number):
            continue
        if evidence.places >= 0.6 and evidence.filled > 0.3:
            columns.taken.add(number)
            return Match((number,), "its cells are names that come again", 0.5)
    return None
