"""Who is who in a text: full names behind surnames, roles and pronouns, ships and bodies.

Names and the offices of their bearers are taken from the whole text first. Then it is gone through in order: a pronoun,
"the minister" or "the carrier" means whoever was last introduced so, or else the only one so called in the text. What
rests on such a step is marked, and the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from story.reading.events.lexicon import VERBS, lemma_of
from story.reading.events.people import GROUPS, ROLES, SYNONYMS, VESSELS, is_group_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PREFIXES = (
    "USS|USNS|USCGC|HMS|HMCS|HMAS|HMNZS|INS|ROKS|JS|FS|ITS|MV|MS|RFA|RSS|BRP|KRI|TCG|ORP|CGC|SS|RV|HNLMS|HDMS|HSwMS|LÉ"
)
_PROPER = r"[A-Z][\w.'’-]*(?: (?:(?:de|du|of|the|von|la) )?[A-Z][\w.'’-]*){0,3}(?: \d{1,4}\b(?![\d,.:]*\d))?"
_PREFIXED = re.compile(rf"\b(?:{_PREFIXES}) {_PROPER}")
_CALLED = re.compile(rf"\b(?:{'|'.join(sorted(VESSELS))}),? (?:the )?(?P<name>{_PROPER})")
_SHIPS_DO = frozenset("sail unload dock moor anchor berth steam sink capsize".split())
_BODIES = frozenset(
    "company firm group agency ministry party union organisation organization operator owner club team"
    " alliance council university newspaper paper broadcaster network campaign charity association"
    " federation court bank".split()
)
_JOINING = frozenset({"of", "and", "the", "for", "&", "-", "'", "’", "'s", "’s"})
_LONE = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})
_LONGEST_NAME = 4
_NEXT = 60  # tokens, some two sentences
_BOTH = frozenset({"two", "both", "pair"})
_NOBODY = frozenset({"people", "others", "guests"})
_HE, _IT, _THEY = frozenset({"he", "him", "his"}), frozenset({"it", "its"}), frozenset({"they", "them", "their"})
_SHE = frozenset({"she", "her"})
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Adm|Capt|Sgt|Maj|Cpl|Prof|Rev|Hon|Vice|Rear|Sir|Dame|Lord|Lady|Pope|King"
    r"|Queen|Prince|Princess|President|Minister|Secretary|Premier|Chancellor|Senator|Governor|Mayor|General|Admiral"
    r"|Prime|Defense|Defence|Foreign|Treasury|Judge|Coach|Captain|Commander|Sheriff|Councillor|Then-[\w-]+)\.?\s+)+(?=[A-Z])"
)
_SUFFIX = re.compile(r"(?:['’]s?|,? (?:Jr|Sr|II|III)\.?)$")
_FORMER = frozenset({"former", "then", "ex", "-", "late", "retired"})
_LEADING = frozenset({"DT", "PRP$", ",", "``", "''", "CD", "PDT", "WDT"})
_VAGUE = frozenset(
    {"hundreds", "thousands", "dozens", "scores", "tens", "group", "groups", "members", "number", "crowd"}
)
_ABOUT = frozenset(
    {"about", "some", "around", "nearly", "almost", "over", "more", "than", "several", "many", "at", "least"}
)


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
    """All who are named in a text, and who was last called what on the way through it."""

    doc: Doc
    text: str
    full: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    people: dict[int, Span] = field(default_factory=dict)
    entities: dict[int, Span] = field(default_factory=dict)
    ships: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    offices: dict[str, dict[str, None]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    pair: tuple[str, ...] = ()
    last_person: str = ""
    last_ship: str = ""
    last_group: str = ""
    last_body: str = ""
    last_team: str = ""
    last_source: str = ""
    is_ship_last: bool = False
    read: int = 0
    telling: tuple[int, ...] = ()
    told: int = 0

    def actors(self, token: Token) -> list[Actor]:
        """Those that the noun phrase of a token names, with what is coordinated with it."""
        if token.lower_ in _BOTH and self.pair and not any(child.dep_ == "prep" for child in token.children):
            end = token.idx + len(token.text)
            inferred = f"“{token.text}” is taken for {' and '.join(self.pair)}"
            return [Actor(name, token.idx, end, inferred) for name in self.pair]
        found = [self._actor(token)]
        for child in token.children:
            if child.dep_ == "conj":
                found += self.actors(child)
        return list({actor.name: actor for actor in found if actor}.values())

    def ship(self, token: Token) -> Actor | None:
        """The ship that a token names, or means: "toured the carrier"."""
        if token.i in self.ships:
            return Actor(*self.ships[token.i])
        return self._by_noun(token) if token.lower_ in VESSELS else None

    def name_of(self, person: Span) -> str:
        bare = bare_name(person.text)
        return self.full.get(bare, self.full.get(bare.split(" ")[-1], bare))

    def body(self, words: str) -> str:
        """The fullest name of a body in the text: "Kyodo" is Kyodo News, "the alliance" the Farmers' Alliance."""
        small = words.casefold()
        return self.bodies.get(small) or (self.last_body if small in _BODIES and self.last_body else words)

    def called(self, name: str, token: Token) -> str:
        """The fullest name of a body that is a source, which later is called by a part of it: "the alliance"."""
        full = self.body(name)
        if full == name and token.tag_.startswith("NNP"):
            self.last_body = name
            if " " in name:
                self.bodies.setdefault(name.split(" ")[-1].casefold(), name)
        return full

    def advance(self, to: int) -> None:
        """Takes in who is spoken of before the token at this index."""
        while self.told < len(self.telling) and self.telling[self.told] < to:
            self._note(self.doc[self.telling[self.told]])
            self.told += 1
        self.read = max(self.read, to)

    def at(self, index: int) -> Cast:
        """The cast as it is at a token further on, for who "he" is in "X will go, he said"."""
        if index <= self.read:
            return self
        later = replace(self, roles=dict(self.roles))
        later.advance(index)
        return later

    def _note(self, token: Token) -> None:
        is_subject = token.dep_ in ("nsubj", "nsubjpass")
        if token.i in self.ships:
            self.last_ship, self.is_ship_last = self.ships[token.i][0], True
        elif (person := self.people.get(token.i)) is not None and person.root == token:
            name = self.name_of(person)
            self.roles |= dict.fromkeys(_roles_of(person), name)
            is_taken = token.dep_ == "dobj" and any(w.kind == "court" for w in VERBS.get(lemma_of(token.head.text), ()))
            if is_subject or is_taken or not self.last_person:
                self.last_person, self.is_ship_last = name, False
        elif is_subject and token.lower_ in VESSELS and self.last_ship:
            self.is_ship_last = True
        elif is_subject and (name := self.full.get(bare_name(token.text), "")):
            self.last_person, self.is_ship_last = name, False
        elif is_subject and (
            named := next((c for c in token.children if c.dep_ == "appos" and c.i in self.people), None)
        ):
            self.last_person, self.is_ship_last = self.name_of(self.people[named.i]), False
            self.roles |= dict.fromkeys(_roles_of(self.people[named.i]), self.last_person)
        elif is_subject and (actor := self._group(token)) is not None:
            says = any(word.kind == "say" for word in VERBS.get(lemma_of(token.head.text), ()))
            if not says or not self.last_group:
                self.last_group = actor.name
            if token.tag_.startswith("NNP"):
                self.last_body = actor.name
                if not says:
                    self.last_team = actor.name

    def _actor(self, token: Token) -> Actor | None:
        if token.i in self.ships:
            return Actor(*self.ships[token.i])
        if token.tag_ in ("PRP", "PRP$"):
            return self._pronoun(token)
        person = self.people.get(token.i)
        if person is not None:
            return Actor(self.name_of(person), person.start_char, person.end_char)
        if known := self.full.get(bare_name(token.text)):
            return Actor(known, token.idx, token.idx + len(token.text))
        for child in token.children:
            if child.dep_ == "appos" and (child.i in self.people or child.i in self.ships):
                return self._actor(child)
            if child.dep_ == "prep" and child.lower_ == "of" and token.lower_ in _VAGUE:
                for member in child.children:
                    if member.dep_ == "pobj":
                        return self._actor(member)
        return self._by_noun(token) or self._ahead(token) or self._group(token)

    def _ahead(self, token: Token) -> Actor | None:
        """Whom a first sentence leaves unnamed, "a Danish frigate", "Estonia's president": the one named next."""
        sentence = token.sent
        is_first = "." not in self.text[: sentence.start_char].replace("U.S.", "")
        small = token.lower_
        if not is_first or not (small in VESSELS or small in ROLES):
            return None
        if any(child.tag_ == "PRP$" for child in token.children):
            return None  # "his spokesman" is not he
        following = self.doc[sentence.end : sentence.end + _NEXT]
        if small in VESSELS:
            name = next((self.ships[one.i][0] for one in following if one.i in self.ships), "")
        else:
            subjects = (one for one in following if one.dep_ in ("nsubj", "nsubjpass") and one.i in self.people)
            name = next((self.name_of(self.people[one.i]) for one in subjects), "")
        if not name:
            return None
        self.roles.setdefault(small, name)
        self.last_person = name if small in ROLES else self.last_person
        start, end = phrase_of(token)
        return Actor(name, start, end, f"“{self.text[start:end]}” is taken for {name}, named next")

    def _pronoun(self, token: Token) -> Actor | None:
        small = token.lower_
        if small in _HE:
            name = self.last_person
        elif small in _SHE:
            name = self.last_ship if self.is_ship_last else self.last_person
        elif small in _IT:
            name = self.last_ship or self.last_group
        else:
            name = self.last_group if small in _THEY else ""
        if not name:
            return None
        is_group = name == self.last_group
        return Actor(name, token.idx, token.idx + len(token.text), f"“{token.text}” is taken for {name}", is_group)

    def _by_noun(self, token: Token) -> Actor | None:
        """Whom a noun alone means: "the carrier", "the minister"."""
        small = token.lower_
        name = self.last_ship if small in VESSELS else self._in_role(token)
        if not name and small in VESSELS and len({one[0] for one in self.ships.values()}) == 1:
            name = next(iter(self.ships.values()))[0]
        if not name:
            return None
        start, end = phrase_of(token)
        words = self.text[start:end]
        return Actor(name, start, end, f"“{words}” is taken for {'the ' if small in VESSELS else ''}{name}")

    def _in_role(self, token: Token) -> str:
        """Who a role means: with its field ("the defense minister") the only one in the text, else the last one."""
        small = SYNONYMS.get(token.lower_, token.lower_) if token.lower_ not in self.offices else token.lower_
        if small not in ROLES or any(child.lower_ in ("another", "former") for child in token.children):
            return ""
        for child in token.children:
            if child.dep_ == "compound" and (names := self.offices.get(f"{child.lower_} {small}")):
                return next(iter(names)) if len(names) == 1 else ""
        if any(child.dep_ == "compound" for child in token.children):
            return ""
        holders = self.offices.get(small, {})
        if any(child.dep_ == "poss" or child.lower_ == "a" for child in token.children):
            return next(iter(holders)) if len(holders) == 1 else ""
        return self.roles.get(small) or (next(iter(holders)) if len(holders) == 1 else "")

    def _group(self, token: Token) -> Actor | None:
        """A body by its fullest name, or people by their noun and what stands before it: "striking dockworkers"."""
        start, end = phrase_of(token)
        words = " ".join(self.text[start:end].split())
        if token.tag_.startswith("NNP"):
            name = self.body(words if words.casefold() in self.bodies else token.text)
            name = words if name == token.text else name
            is_team = token.tag_ == "NNPS" and token.ent_type_ not in ("GPE", "LOC", "PERSON")
            is_body = token.ent_type_ in ("ORG", "NORP") or token.lower_ in GROUPS or name != words or is_team
            return Actor(name, start, end, is_group=True) if is_body else None
        if is_group_noun(token.lower_, token.tag_) and words.casefold() not in _NOBODY:
            # "Herons women's team" is the Herons.
            known = next((name for name in self.bodies.values() if words.startswith(name)), words)
            return Actor(known, start, end, is_group=True)
        return None


def cast_of(doc: Doc) -> Cast:
    """The cast with every name of the text, nobody spoken of yet."""
    cast = Cast(doc, doc.text)
    entities = doc.ents  # gathered anew whenever it is asked for
    cast.entities = {token.i: entity for entity in entities for token in entity}
    _add_ships(cast)
    spans = [one for one in entities if one.label_ == "PERSON" and _is_person(one) and one.root.i not in cast.ships]
    spans += _by_office(doc, {token.i for one in spans if len(one) > 1 for token in one})
    whole = {token.i for one in spans if " " in bare_name(one.text) for token in one}
    alone = {token.text for token in doc if token.tag_ == "NNP" and token.i not in whole and token.dep_ in _LONE}
    for person in spans:
        name = bare_name(person.text)
        if " " in name and name[0].isupper():
            first, last = name.split(" ")[0], name.split(" ")[-1]
            # Where the family name stands first, it is what a person is called by later: "Han Seo-yun", "Han".
            cast.full.setdefault(first if first in alone and last not in alone else last, name)
    for person in spans:
        cast.people |= dict.fromkeys((token.i for token in person), person)
        for office in _offices_of(person):
            cast.offices.setdefault(office, {})[cast.name_of(person)] = None
    cast.kinds = dict(_kinds(cast))
    cast.telling = tuple(
        token.i
        for token in doc
        if token.dep_ in ("nsubj", "nsubjpass") or token.i in cast.ships or token.i in cast.people
    )
    for name in _bodies(doc, cast):
        for short in {name.split(" ")[-1].casefold(), name.split(" ")[0].casefold()}:
            cast.bodies.setdefault(short, name)
    return cast


def _by_office(doc: Doc, known: set[int]) -> Iterator[Span]:
    """Persons that no model proposed, but whose office stands before their name: "spokeswoman Lusine Sarkis"."""
    for token in doc[:-2]:
        end = token.i + 1
        while end < len(doc) and end - token.i <= _LONGEST_NAME and doc[end].tag_ == "NNP" and end not in known:
            end += 1
        if token.lower_ in ROLES and end - token.i > 2:
            yield doc[token.i + 1 : end]


def _kinds(cast: Cast) -> Iterator[tuple[str, str]]:
    """What a body is, and its name: "the aid group HealthBridge", "the builder, Holm & Sons"; of two alike the last."""
    for entity in dict.fromkeys(cast.entities.values()):
        root, name = entity.root, _SUFFIX.sub("", entity.text)
        if entity.label_ not in ("ORG", "PRODUCT") or root.i in cast.ships:
            continue
        before = entity.doc[entity.start - 1] if entity.start else None
        beside = before.nbor(-1) if before is not None and before.text == "," and before.i else before
        if beside is not None and beside.tag_ == "NN" and (beside.lower_ in _BODIES or beside != before):
            is_of_it = beside in (root.head, root.head.head) or root in (beside.head, beside.head.head)
            if is_of_it and beside.lower_ not in VESSELS | ROLES:
                yield beside.lower_, name


def _bodies(doc: Doc, cast: Cast) -> Iterator[str]:
    """The names of several words of bodies and teams: those proposed, those that say what they are, other subjects."""
    for entity in dict.fromkeys(cast.entities.values()):
        if entity.label_ == "ORG":
            yield from filter(None, [_name_in(list(entity))])
    for token in doc:
        if not token.tag_.startswith("NNP") or token.i in cast.people or token.i in cast.ships:
            continue
        is_team = token.tag_ == "NNPS" and token.ent_type_ not in ("GPE", "LOC")
        if (
            token.lower_ in _BODIES
            or is_team
            or (token.dep_ in ("nsubj", "nsubjpass") and token.ent_type_ not in ("GPE", "LOC"))
        ):
            start, end = phrase_of(token)
            span = doc.char_span(start, end)
            yield from filter(None, [_name_in(list(span))] if span is not None else [])


def _name_in(tokens: list[Token]) -> str:
    """The run of capitalised words at the start of some tokens, where it has several; else empty."""
    run: list[Token] = []
    for token in tokens:
        if token.text[:1].isupper() or (run and token.lower_ in _JOINING):
            run.append(token)
        elif run or token.is_space:
            break
    if run and run[0].lower_ == "the":
        run.pop(0)
    while run and not run[-1].text[:1].isupper():
        run.pop()
    if len(run) < 2:
        return ""
    return run[0].doc[run[0].i : run[-1].i + 1].text


def _is_person(entity: Span) -> bool:
    """Whether what is proposed as a person is one: no credit of a picture, and nothing "which" does anything."""
    after = entity.doc[entity.end : entity.end + 2].text.lower()
    return "/" not in entity.text and not after.startswith((", which", "which"))


def _add_ships(cast: Cast) -> None:
    """Every ship with a prefix, or called one somewhere: "the tanker Ocean Star", later "the Ocean Star"."""
    text = cast.text
    names = {_SUFFIX.sub("", match[0]).rstrip(".,") for match in _PREFIXED.finditer(text)}
    for match in _CALLED.finditer(text):
        span = cast.doc.char_span(match.start("name"), match.end("name"), alignment_mode="expand")
        if span is not None and _may_be_a_ship(match, span):
            names.add(_SUFFIX.sub("", match["name"]).rstrip(".,"))
    for token in cast.doc:
        # "The Ocean Star sailed": what sails by itself and has an article is a ship.
        sails = token.dep_ == "nsubj" and token.tag_ == "NNP" and lemma_of(token.head.text) in _SHIPS_DO
        if sails and any(child.lower_ == "the" for child in token.children):
            names.add(text[slice(*phrase_of(token))])
    full = {name.split(" ", 1)[1]: name for name in names if _PREFIXED.fullmatch(name)}
    for name in names - {*full.values()}:
        last = name.split(" ")[-1]
        if last != name and last[:1].isupper() and re.search(rf"\b[Tt]he {re.escape(last)}\b", text):
            full.setdefault(last, name)  # "the training ship Almirante Rojas", later "the Rojas"
    for written in sorted(filter(None, names | {*full}), key=len, reverse=True):
        name = full.get(written, written)
        for match in re.finditer(rf"\b{re.escape(written)}\b", text):
            span = cast.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            for token in span or ():
                cast.ships.setdefault(token.i, (name, match.start(), match.end()))


def _may_be_a_ship(match: re.Match[str], name: Span) -> bool:
    """Whether what follows a kind of vessel is its name; a carrier may be an airline, a boat's comma a person's."""
    if name.root.ent_type_ not in ("ORG", "PERSON", "GPE"):
        return True
    kind = match[0].split(" ")[0]
    return kind.islower() and kind not in ("carrier", "liner") and len(name) > 1


def bare_name(name: str) -> str:
    """A name without title, office and possessive."""
    words = _SUFFIX.sub("", _TITLES.sub("", _SUFFIX.sub("", " ".join(name.split())))).split(" ")
    while len(words) > 1 and (words[0].lower() in ROLES or words[0].islower()):
        words.pop(0)
    return " ".join(words)


def _titles_of(person: Span) -> Iterator[Token]:
    """The words that say what a person is: before the name, or in an apposition to it."""
    root, inside = person.root, range(person.start, person.end)
    for child in root.children:
        if child.dep_ in ("compound", "appos", "nmod") and child.i not in inside:
            yield child
    yield from (token for token in person if token.i != root.i)
    if root.dep_ == "appos":
        yield root.head
    verb = root.head if root.dep_ in ("nsubj", "nsubjpass") else None
    for child in verb.children if verb is not None else ():
        if child.dep_ == "prep" and child.lower_ == "as":
            yield from child.children
        elif child.dep_ == "attr":
            yield child


def _roles_of(person: Span) -> Iterator[str]:
    return (word.lower_ for word in _titles_of(person) if word.lower_ in ROLES)


def _offices_of(person: Span) -> Iterator[str]:
    """The offices that a person holds now, with and without their fields: "defense minister", "minister"."""
    for word in _titles_of(person):
        if word.lower_ not in ROLES:
            continue
        before = word.nbor(-1) if word.i else None
        if before is not None and before.lower_ in _FORMER:
            continue
        if before is not None and before.dep_ in ("compound", "amod") and before.is_alpha:
            if before.i and before.nbor(-1).lower_ in _FORMER:
                continue
            yield f"{before.lower_} {word.lower_}"
        yield word.lower_


def phrase_of(token: Token) -> tuple[int, int]:
    """Start and end of a noun phrase without its article and number, and without what follows the noun."""
    left = [
        child
        for child in token.lefts
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "poss", "quantmod", "conj", "cc") or child.tag_ == "POS"
    ]
    first = min([token, *(t for child in left for t in child.subtree)], key=lambda t: t.i)
    doc = token.doc
    while first.i < token.i and (first.tag_ in _LEADING or first.lower_ in _ABOUT or first.is_space):
        first = doc[first.i + 1]
    return first.idx, token.idx + len(token.text)
