"""Who is who in a text: full names behind surnames, roles and pronouns, ships and bodies.

The text is gone through once, in order. A role ("the secretary"), a pronoun or "the carrier" means whoever was last
introduced so; what rests on such a step is marked, and the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SHIP = re.compile(
    r"\b(?:USS|USNS|USCGC|HMS|HMCS|HMAS|HMNZS|INS|ROKS|JS|FS|ITS|MV|MS|RFA|RSS|BRP|KRI|TCG|ORP|CGC|SS|RV|HNLMS|HDMS)"
    r" (?:[A-Z][\w.'’-]*)(?: (?:de |du |of |the )?[A-Z][\w.'’-]*){0,3}"
)
VESSELS = frozenset(
    "carrier ship warship vessel destroyer frigate cruiser submarine boat ferry tanker freighter cutter corvette"
    " battleship flagship yacht trawler icebreaker patrol-boat liner amphibious barge minesweeper".split()
)
ROLES = frozenset(
    "president secretary minister premier chancellor king queen prince princess pope senator governor mayor ambassador"
    " general admiral commander chief director chairman chairwoman chair spokesman spokeswoman spokesperson captain coach"
    " representative congressman congresswoman leader envoy candidate judge lawyer attorney prosecutor bishop archbishop"
    " professor sheriff officer colonel superintendent councilman councilwoman councillor councilor deputy lawmaker"
    " official diplomat monarch pontiff founder singer actor author driver suspect defendant teenager quarterback"
    " striker captain goalkeeper manager owner executive".split()
)
GROUPS = frozenset(
    "officials troops soldiers sailors marines delegation team players protesters demonstrators workers teachers"
    " students firefighters police militants rebels fighters ministers leaders lawmakers nurses miners farmers doctors"
    " activists residents members delegates envoys diplomats forces crews crew passengers migrants refugees astronauts"
    " pilots officers investigators rescuers supporters employees staff union drivers councilors councillors council"
    " airmen commanders envoys volunteers veterans athletes runners cyclists band orchestra choir squad side guards"
    " gunmen prosecutors negotiators scientists engineers strikers dockworkers parents commissioners".split()
)
_HE = frozenset({"he", "him", "his", "she", "her"})
_IT = frozenset({"it", "its"})
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Adm|Capt|Sgt|Maj|Cpl|Prof|Rev|Hon|Vice|Rear|Sir|Dame|Lord|Lady|Pope|King"
    r"|Queen|Prince|Princess|President|Minister|Secretary|Premier|Chancellor|Senator|Governor|Mayor|General|Admiral"
    r"|Prime|Defense|Defence|Foreign|Treasury|Judge|Coach|Captain|Commander|Sheriff|Then-[\w-]+)\.?\s+)+(?=[A-Z])"
)
_SUFFIX = re.compile(r"(?:['’]s?|,? (?:Jr|Sr|II|III)\.?)$")


@dataclass(frozen=True)
class Actor:
    """Somebody or something that is at a place, by the words at `start` to `end`; `inferred` says how it was found."""

    name: str
    start: int
    end: int
    inferred: str = ""
    is_group: bool = False


@dataclass
class Cast:
    """All who are named so far, and who was last called what."""

    doc: Doc
    full: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    ships: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    offices: dict[str, set[str]] = field(default_factory=dict)
    last_person: str = ""
    last_ship: str = ""
    people: dict[int, Span] = field(default_factory=dict)

    def actors(self, token: Token) -> list[Actor]:
        """Those that the noun phrase of a token names, with what is coordinated with it."""
        found = [self._actor(token)]
        for child in token.children:
            if child.dep_ == "conj":
                found += self.actors(child)
        return list({actor.name: actor for actor in found if actor}.values())

    def ship(self, token: Token) -> Actor | None:
        """The ship that a token names, or means: "toured the carrier"."""
        if token.i in self.ships:
            return Actor(*self.ships[token.i])
        return self._thing(token) if token.lower_ in VESSELS else None

    def note(self, sentence: Span) -> None:
        """Takes in the names and roles of a sentence, so that later ones can lean on them."""
        for entity in sentence.ents:
            if entity.label_ == "PERSON" and (person := self.people.get(entity.root.i)) is not None:
                name = self.name_of(person)
                for role in _roles_of(person):
                    self.roles[role] = name
                if entity.root.dep_ in ("nsubj", "nsubjpass") or not self.last_person:
                    self.last_person = name
        for token in sentence:
            if token.i in self.ships:
                self.last_ship = self.ships[token.i][0]
            elif token.dep_ in ("nsubj", "nsubjpass") and (name := self.full.get(_bare(token.text), "")):
                self.last_person = name

    def name_of(self, person: Span) -> str:
        bare = _bare(person.text)
        return self.full.get(bare, self.full.get(bare.split(" ")[-1], bare))

    def _actor(self, token: Token) -> Actor | None:
        if token.i in self.ships:
            name, start, end = self.ships[token.i]
            return Actor(name, start, end)
        if token.tag_ in ("PRP", "PRP$"):
            return self._pronoun(token)
        person = self.people.get(token.i)
        if person is not None:
            return Actor(self.name_of(person), person.start_char, person.end_char)
        if known := self.full.get(_bare(token.text)):
            return Actor(known, token.idx, token.idx + len(token.text))
        for child in token.children:
            if child.dep_ == "appos" and child.i in self.people:
                return self._actor(child)
        return self._thing(token)

    def _pronoun(self, token: Token) -> Actor | None:
        small = token.lower_
        name = self.last_person if small in _HE else self.last_ship if small in _IT else ""
        if not name:
            return None
        return Actor(name, token.idx, token.idx + len(token.text), f"“{token.text}” is taken for {name}")

    def _thing(self, token: Token) -> Actor | None:
        """A ship, a role, a group or a body by the head of its noun phrase."""
        small = token.lower_
        start, end = phrase_of(token)
        text = self.doc.text[start:end]
        if small in VESSELS and self.last_ship:
            return Actor(self.last_ship, start, end, f"“{text}” is taken for the {self.last_ship}")
        if name := self._in_role(token):
            return Actor(name, start, end, f"“{text}” is taken for {name}")
        if small in GROUPS:
            return Actor(text, start, end, is_group=True)
        if token.ent_type_ in ("ORG", "NORP") and token.tag_.startswith("NNP"):
            return Actor(text, start, end, is_group=True)
        return None

    def _in_role(self, token: Token) -> str:
        """Who a role means: with its field ("the defense minister") the only one in the text, else the last one."""
        small = token.lower_
        if small not in ROLES:
            return ""
        for child in token.children:
            if child.dep_ == "compound" and (names := self.offices.get(f"{child.lower_} {small}")):
                return next(iter(names)) if len(names) == 1 else ""
        is_of_another = any(
            child.dep_ in ("compound", "poss") or child.lower_ in ("a", "another") for child in token.children
        )
        return "" if is_of_another else self.roles.get(small, "")


def cast_of(doc: Doc) -> Cast:
    """The cast with every full name of the text, nobody introduced yet."""
    cast = Cast(doc)
    for match in _SHIP.finditer(doc.text):
        name = _trimmed_ship(match[0])
        span = doc.char_span(match.start(), match.start() + len(name), alignment_mode="expand")
        for token in span or ():
            cast.ships[token.i] = (name, match.start(), match.start() + len(name))
    spans = [entity for entity in doc.ents if entity.label_ == "PERSON" and entity.start not in cast.ships]
    for entity in spans:
        name = _bare(entity.text)
        if " " in name and name[0].isupper() and "/" not in name:
            cast.full.setdefault(name.split(" ")[-1], name)
    for entity in spans:
        if "/" not in entity.text:
            for token in entity:
                cast.people[token.i] = entity
            for office in _offices_of(entity):
                cast.offices.setdefault(office, set()).add(cast.name_of(entity))
    return cast


def _trimmed_ship(name: str) -> str:
    return _SUFFIX.sub("", name).rstrip(".,")


def _bare(name: str) -> str:
    """A name without title, possessive and what stands after a comma."""
    tidy = " ".join(name.replace("\n", " ").split())
    return _SUFFIX.sub("", _TITLES.sub("", _SUFFIX.sub("", tidy)))


def _roles_of(person: Span) -> Iterator[str]:
    """What a person is called where the name stands: titles before it, an apposition before or after it, "as" after."""
    root = person.root
    words = [
        child
        for child in root.children
        if child.dep_ in ("compound", "appos", "nmod") and child.i not in range(person.start, person.end)
    ]
    words += [token for token in person if token.i != root.i]
    if root.dep_ == "appos":
        words.append(root.head)
    for word in words:
        if word.lower_ in ROLES:
            yield word.lower_
    verb = root.head if root.dep_ in ("nsubj", "nsubjpass") else None
    for child in verb.children if verb is not None else ():
        if child.dep_ == "prep" and child.lower_ == "as":
            yield from (word.lower_ for word in child.children if word.lower_ in ROLES)


def _offices_of(person: Span) -> Iterator[str]:
    """The offices that a person holds now, with their fields: "defense minister"."""
    words = [token for token in person.root.children if token.dep_ in ("compound", "appos")]
    words += [person.root.head] if person.root.dep_ == "appos" else []
    for word in words:
        before = word.nbor(-1) if word.i else None
        if word.lower_ in ROLES and before is not None and before.dep_ == "compound" and before.is_alpha:
            then = before.nbor(-1).text if before.i else ""
            if then not in ("-", "former", "then", "ex"):
                yield f"{before.lower_} {word.lower_}"


def phrase_of(token: Token) -> tuple[int, int]:
    """Start and end of a noun phrase without its article and without what follows the noun."""
    left = [
        child
        for child in token.lefts
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "poss", "quantmod", "conj", "cc") or child.tag_ == "POS"
    ]
    first = min([token, *(t for child in left for t in child.subtree)], key=lambda t: t.i)
    doc = token.doc
    while first.i < token.i and (first.tag_ in ("DT", "PRP$", ",", "``", "''") or first.is_space):
        first = doc[first.i + 1]
    return first.idx, token.idx + len(token.text)
