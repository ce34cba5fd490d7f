"""What contains the places of a table, as the gazetteer knows it: "Korea, South" is South Korea, "OK" is Oklahoma."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from geo.index.codes import Codes, codes
from geo.names.forms import in_brackets, other_forms
from geo.names.lookup import Lookup

_DIVISION_CODES = ("postal", "australian")
_MOSTLY = 0.8
_FEW = 3
_DEPTH = 3


def known_outer(pieces: Sequence[tuple[str, ...]], lookup: Lookup) -> list[tuple[str, ...]]:
    """The pieces with their codes written out and each containing part in a form that the gazetteer knows."""
    pieces = written_out(pieces)
    parts = list(dict.fromkeys(part for piece in pieces for part in piece[1:]))
    lookup.ask(parts, 0.1)
    unknown = [part for part in parts if not lookup(part)]
    lookup.ask((form for part in unknown for form in other_forms(part)), 0.15, alone=True)
    known = {part: _bracketed(part, lookup) for part in parts}
    for part in unknown:
        if known[part] == part:
            known[part] = next((form for form in other_forms(part) if lookup(form)), part)
    return [(piece[0], *(known[part] for part in piece[1:])) for piece in pieces]


def _bracketed(part: str, lookup: Lookup) -> str:
    """Of "Martinique (France)" and "Serbia-Montenegro (Kosovo)" the smaller one, which contains a place."""
    bare, inner = in_brackets(part)
    large = lookup(bare) if len(inner) == 1 else None
    if large is None or large.place is None:
        return part
    if whole := lookup(part):
        return bare if whole.place and whole.place.id == large.place.id else part
    small, smaller = lookup(inner[0]), lookup(f"{inner[0]}, {bare}")
    is_within = small and small.place and smaller and smaller.place and small.place.id == smaller.place.id
    return inner[0] if is_within else bare


def written_out(pieces: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The pieces with names for codes, where a column mostly holds codes of one kind.

    A code alone says little: IN is Indiana, India and a word. Beside OK, ME and CA it is a state. A column is known by
    how far from the end its parts stand, since blank cells are left out.
    """
    columns: defaultdict[int, set[str]] = defaultdict(set)
    outer = False
    for piece in pieces:
        outer = outer or len(piece) > 1
        for depth in range(min(len(piece), _DEPTH)):
            if depth == 0 or depth < len(piece) - 1:
                columns[depth].add(piece[-1 - depth])
    of_depth = {depth: _codes_of(values, 1 if outer or depth else _FEW) for depth, values in columns.items()}
    if not any(of_depth.values()):
        return list(pieces)
    return [_written_out(piece, of_depth) for piece in pieces]


def meant_by_code(part: str) -> str:
    """The name of the division that a postal code behind a comma means: "LA" is Louisiana there; "" for no code."""
    meant = (codes().get(kind, {}).get(part, ()) for kind in _DIVISION_CODES)
    return next((", ".join(names) for names in meant if names), "")


def _written_out(piece: tuple[str, ...], of_depth: dict[int, Codes]) -> tuple[str, ...]:
    parts = [of_depth.get(len(piece) - 1 - place, {}).get(part, (part,)) for place, part in enumerate(piece)]
    # Alone, the state of Georgia needs its country; what stands in it does not, and the column may say it already.
    return parts[0] if len(parts) == 1 else tuple(names[0] for names in parts)


def _codes_of(values: set[str], least: int) -> Codes:
    """The codes that most values of a column are, those of the kind that explains most of them; none where few are."""
    hits = Counter({kind: sum(value in known for value in values) for kind, known in codes().items()})
    kind, count = max(hits.items(), key=lambda hit: hit[1], default=("", 0))  # the likelier kind where two do as well
    return codes()[kind] if count >= max(least, _MOSTLY * len(values)) else {}
