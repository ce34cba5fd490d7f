"""Where a clause says that its happening is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.place import Place
from story.reading.events.annotated import Annotated
from story.reading.events.clauses import Clause, is_moving, is_planning
from story.reading.events.lexicon import noun_of
from story.reading.toponyms.words import PLACES_NAMED, PUBLIC_BODIES, SCHOOLS
from story.reading.values import Toponym

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = frozenset(
    "in at to near on outside across through around into off over inside along within above toward towards"
    " via throughout onto upon beside by aboard".split()
)
_FROM = frozenset({"from", "out"})
_REACHING = frozenset({"travel", "leave", "attack", "disaster", "protest"})
_SEVERAL = frozenset({"travel", "attack", "disaster", "protest"})
_COARSENESS = {"site": 0, "city": 1, "island": 2, "admin2": 3, "admin1": 4, "country": 5, "sea": 6, "area": 7}
_PLACE_NOUNS = frozenset(
    "district town city village port province state island region county area suburb outskirts municipality"
    " borough department prefecture governorate republic kingdom territory hamlet settlement resort capital"
    " commune coast north south east west center centre parish peninsula isle islands".split()
)
_AGAIN = re.compile(r"(?:,|\band)(?: then)? (?:in|at|near) (?:the )?$")
_HERE = frozenset({"city", "site"})
_ANAPHORS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("homeport", "port", "base", "there", "site", "airport"), _HERE | {"island"}),
    **dict.fromkeys(("city", "town", "village", "capital"), frozenset({"city"})),
    **dict.fromkeys(("country", "nation", "kingdom", "republic"), frozenset({"country"})),
    "island": frozenset({"island"}),
    "state": frozenset({"admin1"}),
    "province": frozenset({"admin1"}),
    "county": frozenset({"admin2"}),
}
POINTING = re.compile(rf"\b(?:{'|'.join(_ANAPHORS)})\b", re.IGNORECASE)
"""Words that may mean a place spoken of before."""


@dataclass(frozen=True)
class Spot:
    """A place of a clause, as the story would name it, with the toponym that it rests on and any doubt in words."""

    name: str
    toponym: Toponym
    end: int
    doubt: str = ""

    @property
    def place(self) -> Place | None:
        return self.toponym.resolution.place if self.toponym.resolution else None


def spots_of(clause: Clause, tokens: Sequence[Token], text: Annotated) -> list[Spot]:
    """The places that the words of a clause name: one, or several where it is done at each of them in turn."""
    named = [one for one in _named(tokens, text) if _fits(clause, one, text)]
    if not named:
        return []
    named = [one for one in named if _is_new(one, clause, text)] or named
    how = {one: _preposition(one, text) for one in named}
    starting = [one for one in named if how[one] in _FROM]
    heading_for = [one for one in named if how[one] == "for"]
    reached = [one for one in named if one not in starting and one not in heading_for]
    if clause.word.kind == "leave":
        named = [one for one in named if how[one] in _FROM | {"dobj", "in", "at"}] or heading_for or named[:1]
    else:
        named = reached or heading_for or ([] if _arrives(clause) else starting)
    spots = _exact(_specific(named, text))
    return spots if clause.word.kind in _SEVERAL else _in_a_row(spots, text)


def _arrives(clause: Clause) -> bool:
    """Whether a verb tells of the other end of a way: who "returned from Oslo" or "flew in from Dubai" is not there."""
    if clause.word.kind != "travel":
        return False
    particles = {child.lower_ for child in clause.head.children if child.dep_ in ("prt", "advmod", "prep")}
    return clause.word.lemma in ("return", "come", "arrive", "land") or bool(particles & {"in", "back", "home"})


def meant_by(tokens: Iterable[Token], text: Annotated, last: Mapping[str, Spot]) -> Iterator[Spot]:
    """The place that "its homeport", "the city" or "there" means: the one last spoken of that is of that kind."""
    for token in tokens:
        kinds = _ANAPHORS.get(token.lower_)
        if kinds is None or token.dep_ not in ("pobj", "dobj", "advmod"):
            continue
        if token.tag_.startswith("NN") and not any(child.tag_ in ("DT", "PRP$") for child in token.children):
            continue
        spot = next((one for one in reversed(list(last.values())) if one.place and one.place.kind in kinds), None)
        if spot is not None:
            start = min([token.idx, *(child.idx for child in token.lefts)])
            words = text.words[start : token.idx + len(token.text)]
            yield replace(spot, doubt=f"“{words}” is taken for {spot.name}")


def where(clause: Clause, text: Annotated) -> Iterator[Spot]:
    """The place before a relative clause: "Dublin, where she is due to speak"."""
    top = clause.top
    if top.dep_ == "relcl" and any(token.lower_ == "where" for token in top.subtree if token.i <= clause.head.i):
        one = text.toponym_at.get(top.head.i)
        if one is not None and one.use == "name":
            yield Spot(one.text, one, one.end)


def _in_a_row(spots: list[Spot], text: Annotated) -> list[Spot]:
    """The first place and those listed with it: "in Osaka and Nagoya", "in Napier on May 9 and in Hastings"."""
    found = spots[:1]
    for spot in spots[1:]:
        root, before = text.root(spot.toponym), text.root(found[-1].toponym)
        if root is None or before is None:
            continue
        listed = root.dep_ == "conj" and root.head == before
        between = text.words[found[-1].end : spot.toponym.start]
        again = root.dep_ == "pobj" and before.dep_ == "pobj" and _AGAIN.search(between)
        if listed or (again and "." not in between.replace(". ", " ", 1)):
            found.append(spot)
    return found


def _exact(spots: list[Spot]) -> list[Spot]:
    """Without the seas and regions on the way, where a town is named: "crosses the Irish Sea for a match in Cork"."""
    towns = [spot for spot in spots if spot.place is None or spot.place.kind not in ("sea", "area")]
    return towns or spots


def of_the_subject(tokens: Iterable[Token], text: Annotated) -> Iterator[Spot]:
    """Where those are who do it: "Residents of Graeagle were ordered to leave"."""
    for one in _named(list(tokens), text):
        root = text.root(one)
        if root is None or root.dep_ != "pobj" or root.head.lower_ not in ("of", "from", "in", "at"):
            continue
        if root.head.head.dep_ in ("nsubj", "nsubjpass") and root.head.head.tag_ in ("NN", "NNS"):
            yield Spot(one.text, one, one.end)
            return


def in_a_name(tokens: Iterable[Token], text: Annotated) -> Spot | None:
    """Where a public body of the clause has its seat: a court or a council sits in the place that it is named after."""
    for token in tokens:
        one = text.toponym_at.get(token.i)
        if one is not None and one.use == "in-a-name" and one.resolution and one.resolution.place:
            return Spot(one.text, one, one.end, f"it is placed by the name of the body, “{one.text}”")
    return None


def _named(tokens: Sequence[Token], text: Annotated) -> list[Toponym]:
    found = dict.fromkeys(text.toponym_at[token.i] for token in tokens if token.i in text.toponym_at)
    return [one for one in found if one.use == "name"]


def _fits(clause: Clause, one: Toponym, text: Annotated) -> bool:
    """Whether a place stands where the clause would say where it is, and not as somebody's country or as a subject."""
    how = _preposition(one, text)
    if how == "dobj":
        return clause.word.kind in _REACHING or clause.word.lemma in ("tour", "play", "open")
    if how == "for":
        return clause.word.kind in ("travel", "leave") or _is_planned_for(clause, one, text)
    return how in _AT or how in _FROM


def _is_new(one: Toponym, clause: Clause, text: Annotated) -> bool:
    """Whether a place is the one that something is moved to: "planned in Busan, was moved to Seoul"."""
    root = text.root(one)
    if root is None or root.dep_ != "pobj" or root.head.lower_ != "to":
        return False
    return clause.is_noun and root.head.head in clause.governors and is_moving(root.head.head)


def _is_planned_for(clause: Clause, one: Toponym, text: Annotated) -> bool:
    """Whether a place stands beside a plan: "a rally planned for Oslo on Monday"."""
    root = text.root(one)
    return clause.is_noun and root is not None and root.dep_ == "pobj" and is_planning(root.head.head)


def _preposition(one: Toponym, text: Annotated) -> str:
    """The preposition that a place hangs from, "dobj" for an object; empty for a place that only describes."""
    token = text.root(one)
    for _ in range(6):
        if token is None:
            return ""
        if token.dep_ == "pobj":
            return _of_preposition(token.head)
        if token.dep_ == "dobj":
            return "dobj"
        if token.dep_ not in ("conj", "appos", "compound", "nmod", "npadvmod") or token.head == token:
            return ""
        if token.dep_ in ("compound", "nmod") and not _is_there(token.head, text):
            return ""
        if token.dep_ == "npadvmod":
            return "in"
        token = token.head
    return ""


def _is_there(noun: Token, text: Annotated) -> bool:
    """Whether what bears a place's name is at it: a further name of a place, "Ross County court", "Lima airport"."""
    return noun.i in text.toponym_at or noun.lower_ in PLACES_NAMED | PUBLIC_BODIES | SCHOOLS | _PLACE_NOUNS


def _of_preposition(preposition: Token) -> str:
    """The preposition, empty where it tells of a person's office or home: "ambassador to Japan", "a man from Ohio"."""
    above = preposition.head
    small = preposition.lower_
    if small == "of" and above.lower_ in _PLACE_NOUNS and above.dep_ in ("pobj", "dobj"):
        # "Through the district of Sunamganj" is through Sunamganj.
        return "dobj" if above.dep_ == "dobj" else _of_preposition(above.head)
    if above.tag_ in ("NN", "NNS") and (small in _FROM or small == "to"):
        is_a_way = any(word.kind in ("travel", "leave") for word in noun_of(above.text))
        if is_a_way and above.dep_ == "pobj" and above.head.lower_ in _FROM:
            return "from"  # who is back from a trip to Riga is no longer there
        return small if is_a_way else ""
    if above.dep_ == "prep" and small in ("of",):
        return above.lower_
    return small


def _specific(named: Sequence[Toponym], text: Annotated) -> list[Spot]:
    """The places without those that only say where another one is: at an air station in Nevada is one place."""
    left: list[Spot] = []
    for one in named:
        place = one.resolution.place if one.resolution else None
        outer = next((other for other in named if other is not one and _holds(other, one)), None)
        if any(_holds(one, other) for other in named if other is not one):
            continue
        if outer is not None and outer.start > one.end and _is_beside(text.words[one.end : outer.start]):
            name = one.text if place and place.kind == "site" else f"{one.text}, {outer.text}"
            left.append(Spot(name, one, outer.end if name != one.text else one.end))
        else:
            left.append(Spot(one.text, one, one.end))
    return list({spot.name: spot for spot in left}.values())


def _is_beside(between: str) -> bool:
    return between.strip(" ,").lower() in ("", "in", "in the")


def _holds(outer: Toponym, inner: Toponym) -> bool:
    one = outer.resolution.place if outer.resolution else None
    other = inner.resolution.place if inner.resolution else None
    return one is not None and other is not None and contains(one, other)


def contains(outer: Place, inner: Place) -> bool:
    """Whether one place lies within another larger one, as far as their kinds, countries and boxes tell."""
    if outer.id == inner.id or _COARSENESS[outer.kind] <= _COARSENESS[inner.kind]:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1":
        return inner.country == outer.country and inner.admin1 == outer.name
    if outer.box is not None:
        return outer.box.contains(inner.latitude, inner.longitude)
    near = abs(outer.latitude - inner.latitude) < 0.6 and abs(outer.longitude - inner.longitude) < 0.6
    return outer.country == inner.country and near
