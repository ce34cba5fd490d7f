"""Codes for countries and their divisions, which only a table's column tells apart: IN is Indiana, India and a word."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from geo.index import tables

Codes = Mapping[str, tuple[str, ...]]
"""A code in capitals -> the name that the gazetteer has for what it means, with its country where it is a division."""

KINDS = ("postal", "australian", "alpha-3", "alpha-2")
"""The kinds of codes, the likelier first where a column may hold either: postal ones are of US and Canada."""


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Codes]:
    """The codes of each kind of names/codes.csv. Empty without the file."""
    path = tables.folder() / "names" / "codes.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {row["name"]: row["meaning"] for row in rows if row["kind"] == "alpha-2"}
    return {
        kind: {
            row["name"]: tuple(filter(None, (row["meaning"], names.get(row["country"], ""))))
            for row in rows
            if row["kind"] == kind
        }
        for kind in KINDS
    }
