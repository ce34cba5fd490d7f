"""The boxes of countries by every name of theirs, read from the tables: for whoever judges points without the index."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache

from geo.exc import GeoError
from geo.index.tables import Row, folder, manifest, read
from geo.normalise import key
from geo.place import Box


@lru_cache(maxsize=1)
def country_boxes() -> dict[str, list[Box]]:
    """Every name of a country -> its boxes, with and without what lies far off; empty where there are no tables."""
    names: dict[str, set[str]] = {}
    boxes: dict[str, list[Box]] = {}
    try:
        for place, others, box in (*_built(), *_written()):
            names.setdefault(place, set()).update(map(key, others))
            if len(box) == 4:
                boxes.setdefault(place, []).append(Box(*map(float, box)))
    except (GeoError, OSError, ValueError, KeyError):
        return {}
    return {name: boxes[place] for place, others in names.items() if place in boxes for name in others}


def _built() -> Iterator[tuple[str, list[str], list[str]]]:
    """The id, names and box of each country of the built table."""
    table = "countries.tsv.xz"
    for row in read(folder() / table, str(manifest(folder())[table]["sha256"])):
        fields = Row(*row)
        yield fields.id, [fields.name], fields.box.split()


def _written() -> Iterator[tuple[str, list[str], list[str]]]:
    """The same of those written by hand."""
    with (folder() / "places" / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            corners = [row[side] for side in ("south", "west", "north", "east")]
            yield row["id"], [row["name"], *row["aliases"].split(";")], corners if all(corners) else []
