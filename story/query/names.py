"""What a name says of who bears it: a vessel, one or some who travel, what goes on the ground or the sea alone
(`surface`: a train, a storm), a group that is in many places at once.

The words are in data/travellers/names.csv. `prefix`: capitals before a ship's name; `word`: in any case, the plural
too; `lower`: as `word`, but in small letters alone, since it is a family name as well.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from geo.index.codes import codes
from geo.normalise import fold

Kind = Literal["vessel", "travels", "surface", "group", "country", "person", ""]
TABLE = Path(__file__).resolve().parent.parent.parent / "data" / "travellers" / "names.csv"
_MOST_WORDS = 4
# What stands behind says whose or where, not what: "crew of the tanker", "minister for the army".
_BEHIND = re.compile(r"\s+(?:of|for|from|in|at|to|aboard|de|du|des|del|der|von)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*", re.UNICODE)
_PARTICLES = frozenset(
    "al ali abu bin bint ibn ben da das de del della der di do dos du el la le san ten van von y".split()
)


@lru_cache(maxsize=20_000)
def kind_of(name: str) -> Kind:
    """What the name says by its words: "" where they leave it open.

    The last word that says something counts: an army chief is a person, a cruise ship company is none.
    """
    words, prefixes = _table()
    tokens = _WORD.findall(name)
    if any(token in prefixes and after[:1].isalnum() for token, after in pairwise(tokens)):
        return "vessel"
    if fold(name.strip()).removeprefix("the ") in _countries():
        return "country"
    before = _BEHIND.split(name, maxsplit=1)[0]
    found = _last(_WORD.findall(before), words) or _last(tokens, words)
    return found or ("person" if _like_a_person(tokens) else "")


def _last(tokens: list[str], words: dict[str, tuple[Kind, bool]]) -> Kind:
    folded = [fold(token) for token in tokens]
    for end in range(len(tokens), 0, -1):
        for start in range(max(0, end - _MOST_WORDS), end):
            phrase = " ".join(folded[start:end])
            known = words.get(phrase) or words.get(phrase.removesuffix("s"))
            if known and not (known[1] and tokens[end - 1][:1].isupper()):
                return known[0]
    return ""


def _like_a_person(tokens: list[str]) -> bool:
    """Two to five words, each with a capital or a particle, none with a digit: "Ana de la Cruz"."""
    said = [token for token in tokens if fold(token).removesuffix("-") not in _PARTICLES]
    return (
        2 <= len(tokens) <= 5
        and len(said) >= 2
        and all(
            token[0].isupper() and not any(map(str.isdigit, token)) and (len(token) < 3 or not token.isupper())
            for token in said
        )
    )


@cache
def _table() -> tuple[dict[str, tuple[Kind, bool]], frozenset[str]]:
    """Folded word -> what it says, and whether only in small letters; and the prefixes of ships."""
    words: dict[str, tuple[Kind, bool]] = {}
    prefixes = set()
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["form"] == "prefix":
                prefixes.add(row["word"])
            else:
                words[" ".join(map(fold, _WORD.findall(row["word"])))] = (
                    cast("Kind", row["kind"]),
                    row["form"] == "lower",
                )
    return words, frozenset(prefixes)


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(name) for names in codes().get("alpha-2", {}).values() for name in names)
