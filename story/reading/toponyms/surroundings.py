"""What a candidate is a part of: the capitalised words right before and behind it, and what their head says of them."""

from __future__ import annotations

from typing import Literal

from story.reading.toponyms.tokens import Tokens
from story.reading.toponyms.words import (
    BEARERS_BEFORE,
    BEARERS_OF,
    BODIES_OF,
    CONTESTS,
    HEADS_OF,
    LANDFORMS,
    NAMESAKES,
    OFFICES,
    PLACES_NAMED,
    PRIVATE,
    PUBLIC_BODIES,
    SCHOOLS,
    SHIPS,
    STREETS,
    THINGS,
)

Head = Literal[
    "",
    "office",
    "public",
    "school",
    "grounds",
    "street",
    "landform",
    "private",
    "namesake",
    "thing",
    "several",
    "other",
]

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. i".split()
)
_MOST = 7
_HEADS: tuple[tuple[Head, frozenset[str]], ...] = (
    ("namesake", NAMESAKES),
    ("thing", THINGS),
    ("school", SCHOOLS),
    ("street", STREETS),
    ("public", PUBLIC_BODIES),
    ("private", PRIVATE),
    ("grounds", PLACES_NAMED),
    ("landform", LANDFORMS),
    ("office", OFFICES),
)


def following(tokens: Tokens, end: int) -> list[str]:
    """The capitalised words that go on right behind a name, in small letters, up to its first "of"."""
    words: list[str] = []
    i = end
    while i < len(tokens) and len(words) < _MOST:
        if tokens.opens[i] or tokens.headline[i]:
            break
        if tokens.capital[i] and tokens.words[i] != "I":
            entity = tokens.entity[i]
            if words and entity is not None and entity.label == "PERSON" and entity.first == i:
                break  # who holds the office
            if tokens.lower[i] in DAYS:
                break
            words.append(tokens.lower[i])
        elif not (
            words
            and tokens.lower[i] in {"and", "&", "for", "-", "'s", "’s"}
            and tokens.is_capital(i + 1)
            and not (tokens.lower[i] == "and" and head_of(words) in {"public", "private", "office"})
        ) or (tokens.lower[i] == "for" and head_of(words) not in {"", "other"}):
            break
        i += 1
    return words


def head_of(words: list[str]) -> Head:
    """What a name is by the words behind its first one: the last that says anything counts."""
    if not words:
        return ""
    for word in reversed(words):
        for head, table in _HEADS:
            if word in table:
                return head
    return "several" if words[-1].endswith("s") and len(words[-1]) > 3 and not words[-1].endswith("ss") else "other"


def lower_head(tokens: Tokens, end: int) -> Head:
    """The same of small words behind: "West Nile virus", "Jersey cows"; not of "the Foo flu season"."""
    for i in range(end, min(end + 2, len(tokens))):
        if tokens.lower[i] in NAMESAKES and not tokens.tag(i + 1).startswith("NN"):
            return "namesake"
        if tokens.lower[i] in THINGS:
            return "thing"
        if not tokens.tag(i).startswith(("NN", "JJ", "VBG")):
            break
    return ""


def whole_before(tokens: Tokens, first: int) -> Literal["", "place", "body", "private", "other"]:
    """What a name with "of" is that ends in this one: "Ministry of Health of Foo", "University of Foo"."""
    i = first - 1
    if i > 0 and tokens.lower[i] == "the":
        i -= 1
    if i < 1 or tokens.lower[i] not in {"of", "for"} or not tokens.capital[i - 1]:
        return ""
    i -= 1
    seen = 0
    while i >= 0 and seen < _MOST and (tokens.capital[i] or tokens.lower[i] in {"of", "for", "and", "'s", "’s"}):
        if tokens.lower[i] in BEARERS_OF:
            return "private"
        if tokens.lower[i] in BODIES_OF:
            return "body"
        if tokens.lower[i] in HEADS_OF:
            return "place"
        if tokens.opens[i]:
            break
        i -= 1
        seen += 1
    return "other"


def bearer_before(tokens: Tokens, first: int) -> bool:
    """Whether a ship, a saint, a team or a contest bears the name: "USS Foo", "USS Bar Foo", "Tour de Foo"."""
    before = tokens.word(first - 1)
    if before == "de":
        return tokens.word(first - 2) in CONTESTS
    if before in BEARERS_BEFORE and tokens.words[first - 1] != "As" and tokens.capital[first - 1]:
        return True
    i = first - 1
    while i >= 0 and tokens.capital[i] and first - i <= _MOST:
        if tokens.lower[i] in SHIPS:
            return True
        if tokens.opens[i]:
            break
        i -= 1
    return False
