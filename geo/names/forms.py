"""The forms that a place name may have in a table: what a cell splits into, and the other ways to write a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from geo.names.compass import WAYS, compass
from geo.normalise import fold

_MOST_PIECES = 8
_LONGEST = 200
_MOST_FORMS = 12
_HARD = re.compile(r"\s*(?:;|\||•|\n|\s//\s)\s*")
_SOFT = re.compile(r"\s*(?:,\s*and\s|,|\s/\s|/|\s&\s|\sand\s|\s\+\s|\s[-–—]\s)\s*", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
_NEARBY = re.compile(
    r"(?:(?:an?\s+|the\s+)?(?:un(?:specified|known|named|identified|disclosed)|undetermined)\s+(?:\w+\s+)?"
    r"(?:locations?|places?|areas?|sites?|towns?|villages?|positions?)\s+(?:in|near|at|off|of|within)\s+|"
    r"[\d.,]+\s*-?(?:km|mi|miles|nm|nautical miles|kilomet(?:er|re)s)\s+(?:off|from|outside)\s+|"
    r"(?:over|above|near|off|outside|along|aboard|in|at)\s+|(?:just\s+)?(?:off|on|along)?\s*(?:the\s+)?"
    r"(?:coast|border|shores?|waters|outskirts|vicinity)\s+of\s+|(?:[\d.,]+\s*(?:km|mi|miles|kilomet(?:er|re)s)\s+)?"
    r"(?:[NESW]{1,3}|(?:north|south|east|west)\w*)\s+of\s+)+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
# What a report adds behind a name: which border it is on, which road, how far from the capital.
_CLAUSE = re.compile(
    r",\s*(?:(?:near|on|along|at|by|off)\s+(?:the\s+)?(?:\w+\s+)?(?:border|frontier|road|highway|route|coast|way)\b[^,]*"
    r"|(?:about\s+|some\s+)?[\d.,]+\s*-?(?:km|kms|kilomet(?:er|re)s?|mi|miles?|nm|nautical miles?)\s+(?:to the\s+)?"
    r"[\w-]+\s+(?:of|from)\s+[^,]+)",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r",?\s*(?:on|near|at|along)\s+(?:the\s+)?(?:border|frontier)\s+(?:with|to)\s+(?P<neighbour>[^,]+)$", re.I
)
_AROUND_IT = re.compile(
    r"\s+(?:vicinity|jurisdiction|surroundings|environs|outskirts|surrounding area|and surroundings|neighbou?rhood)$",
    re.IGNORECASE,
)
_THING_IN = re.compile(
    r"(?:an?\s+|the\s+)?(?P<thing>(?:[\w'’-]+\s+){0,4}?(?:hospital|clinic|school|college|university|mosque|church|temple"
    r"|synagogue|market|bazaar|mall|hotel|prison|jail|camp|checkpoint|check post|police station|station|base|barracks"
    r"|post|embassy|consulate|airport|airfield|port|harbou?r|bridge|stadium|court|courthouse|factory|refinery|mine|dam|village"
    r"|town|hamlet|farm|suburb|forest|desert|residence|home|house|office|building|shop|restaurant|bank|church))s?"
    r"\s+(?:in|of|near|outside|at)\s+(?:the\s+)?(?P<town>\S.*)",
    re.IGNORECASE,
)
_NO_NAMES = frozenset("sea ocean land border coast large home various flight ship airport night".split())
"""What "at sea" or "near the coast" leaves is no name, though some town is spelt like it."""
_PART = re.compile(
    r"(?:the\s+)?(?P<way>(?:[NS]\.?[EW]?|[EWC])(?=\.)\.|[NS][EW](?=\s)"
    r"|(?:north|south|east|west|centr)(?:[\s-]?(?:east|west))?(?:ern|al)?)\s+(?=\S)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_OF = re.compile(r"\s*[(\[]\s*(?:of|of the|the)\s*[)\]]", re.IGNORECASE)
_AND = re.compile(r"^(?:and|&)\s+(?=\S)", re.IGNORECASE)
_DETAIL = re.compile(
    r"\d|\b(?:street|st\.|avenue|ave|road|rd|highway|square|bridge|neighbou?rhood|quarter|district|area|ward|block|camp"
    r"|village|suburb|county|province|region|state|governorate|oblast|prefecture|municipality|parish|department|territory"
    r"|division|sector|zone|near|outside|hospital|school|university|checkpoint)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(al|el)[- ](?=\w)", re.IGNORECASE)
_STATE_WORD = re.compile(r"\b(?:Republic|States|Kingdom|Federation|Union|Emirates|State)$", re.IGNORECASE)
_STATE = re.compile(r"^(.+?),? ((?:(?:People's|Democratic|Federal|Islamic|Arab|Socialist) )*Republic)$")

# What reports shorten in the names of countries and islands. With "." these need a point, to be no word of the name.
_SHORT: dict[str, tuple[str, ...]] = {
    "rep": ("Republic",),
    "dem": ("Democratic",),
    "fed": ("Federal", "Federated"),
    "sts": ("States",),
    "herz": ("Herzegovina",),
    "is": ("Islands", "Island"),
    "isl": ("Islands", "Island"),
    "terr": ("Territory",),
    "prov": ("Province",),
    "i.r.": ("Islamic Republic",),
    "p.d.r.": ("People's Democratic Republic",),
    "pdr": ("People's Democratic Republic",),
    "sfr": ("Socialist Federal Republic",),
    "p": ("People's",),
    "afr.": ("African",),
    "eq.": ("Equatorial",),
    "n.": ("North", "Northern"),
    "s.": ("South", "Southern"),
    "e.": ("East", "Eastern"),
    "w.": ("West", "Western"),
    "c.": ("Central",),
    "ne.": ("Northeast", "North East"),
    "nw.": ("Northwest", "North West"),
    "se.": ("Southeast", "South East"),
    "sw.": ("Southwest", "South West"),
}
_NO_PART = frozenset({"sar"})
"""What stands beside a name and is no part of it: "Hong Kong SAR"."""


def hard_pieces(text: str) -> list[str]:
    """What stands between semicolons, bars or on lines of its own, which is never one place."""
    return [piece.strip(" ,") for piece in _HARD.split(text) if piece.strip(" ,")]


def soft_pieces(head: str) -> list[str]:
    """What stands between commas, slashes and "and", which may be one place or several."""
    if len(head) > _LONGEST:
        return [head]
    pieces = [piece.strip(" ,") for piece in _SOFT.split(head)]
    return pieces if all(pieces) and len(pieces) <= _MOST_PIECES else [head]


def town_and_quarter(head: str) -> tuple[str, str]:
    """What stands before and after a dash, as in "Yangon - Hlaingthaya"; the latter "" where there is none."""
    town, *quarter = _DASH.split(head, maxsplit=1)
    return (town, quarter[0]) if town and quarter else (head, "")


def within(head: str, outer: Sequence[str]) -> str:
    """A name with what contains it: "Tulsa, Oklahoma"."""
    return ", ".join((head, *(part for part in outer if fold(part) != fold(head))))


def part_of_a_land(name: str) -> tuple[str, str]:
    """What a name says of a land, and the land: ("southern", "MEXICO") of "S. MEXICO"; "" for neither."""
    said = _PART.match(name) if len(name) <= _LONGEST else None
    way = WAYS.get(compass(said["way"]), "") if said else ""
    return (way, name[said.end() :]) if said and way else ("", "")


def in_brackets(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without its brackets, and what stands in them: "Oran (Algeria)" is ("Oran", ("Algeria",))."""
    if len(name) > _LONGEST or not _BRACKETS.search(name):
        return name, ()
    inner = tuple(text.strip() for text in _BRACKETS.findall(name) if text.strip())
    return re.sub(r"\s+,", ",", _BRACKETS.sub(" ", name)).strip(" ,"), inner


def is_namesake(name: str, larger: str) -> bool:
    """Whether a division is called after a town in it: Kyiv, Kyiv Oblast."""
    return fold(larger).startswith(f"{fold(name)} ")


def is_detail(name: str) -> bool:
    """Whether a name says a part of the place before or after it rather than another place: "Al-Zohur district"."""
    return bool(_DETAIL.search(name))


def without_nearby(name: str) -> str:
    """The name after "near", "off the coast of" or "20 km N of"; "" where it says no such thing."""
    nearby = _NEARBY.match(name) if len(name) <= _LONGEST else None
    return name[nearby.end() :] if nearby and fold(name[nearby.end() :]) not in _NO_NAMES else ""


def thing_in(name: str) -> tuple[str, str]:
    """What is said to be in a place, and the place: ("hospital", "Mosul") of "a hospital in Mosul"; "" for neither."""
    found = _THING_IN.fullmatch(name) if len(name) <= _LONGEST else None
    return (found["thing"], found["town"]) if found else ("", "")


def other_forms(name: str) -> list[str]:
    """The other ways to write a name, the surest first; what its brackets say contains it, where they do."""
    if len(name) > _LONGEST:
        return []
    return list(dict.fromkeys(form for form in islice(_forms(name), _MOST_FORMS) if form and form != name))


def _forms(name: str) -> Iterator[str]:
    if led := _AND.match(name):
        yield name[led.end() :]
    if border := _BORDER.search(name):
        yield name[: border.start()]
        yield f"{name.partition(',')[0].strip()}, {border['neighbour'].strip()}"
    yield _CLAUSE.sub("", name)
    yield _AROUND_IT.sub("", name)
    if 1 < len(parts := [part.strip() for part in name.split(":") if part.strip()]) <= 4:
        yield ", ".join(reversed(parts))
    plain = _OF.sub("", name)
    bare, inner = in_brackets(plain)
    if bare and inner:
        yield f"{bare}, {', '.join(inner)}"
        yield f"{inner[0]} {bare}"
        yield bare
    for text in dict.fromkeys((plain, *_spelled_out(plain))):
        if text != name:
            yield text
        yield from _turned(text)
    yield without_nearby(name)
    if article := _ARTICLE.search(name):
        other = "el" if article[1].lower() == "al" else "al"
        yield f"{name[: article.start(1)]}{other}{name[article.end(1) :]}"
        yield f"{name[: article.start()]}{name[article.end() :]}"


def _turned(name: str) -> Iterator[str]:
    """ "Bahamas, The" as "The Bahamas", "Korea, Republic" as "Republic of Korea"."""
    if name.count(",") == 1:
        first, last = (part.strip() for part in name.split(","))
        first, last = re.sub(r"^the ", "", first, flags=re.IGNORECASE), re.sub(r" of(?: the)?$", "", last)
        yield f"{last} {first}"
        if _STATE_WORD.search(last):
            yield f"{last} of {first}"
    elif state := _STATE.match(name):
        yield f"{state[2]} of {state[1]}"


def _spelled_out(name: str) -> Iterator[str]:
    """A name with its shortened words in full, in every way that they may be meant."""
    words = name.split()
    choices = [_meant(word, [w.lower().strip(".,") for w in words[i + 1 : i + 2]]) for i, word in enumerate(words)]
    if all(choice == (word,) for choice, word in zip(choices, words, strict=True)):
        return
    for chosen in islice(product(*choices), 4):
        yield " ".join(filter(None, chosen)).replace(" ,", ",")


def _meant(word: str, after: list[str]) -> tuple[str, ...]:
    comma = "," if word.endswith(",") else ""
    low = word.rstrip(",").lower()
    if low in _NO_PART:
        return (comma,)
    bare = low.rstrip(".")
    full = _SHORT.get(low) or _SHORT.get(bare) if word[:1].isupper() else None
    if full is None or (bare == "p" and after not in (["dem"], ["rep"])) or (bare in ("is", "isl") and after):
        return (word,)
    return tuple(f"{text}{comma}" for text in full)
