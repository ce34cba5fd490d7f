"""The clauses of a sentence that tell of a happening, with the words above each that say how real it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from story.reading.events.lexicon import (
    CAUSING,
    CLAIMS,
    LIGHT,
    PLANNING,
    VERBS,
    Word,
    cancels,
    lemma_of,
    noun_of,
    plain_form,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_STATES = frozenset(
    "have own need know include cost contain remain seem become mean involve concern represent belong"
    " depend want like love hate fear hope wish try fail deserve lack equal consist exist resemble matter"
    " owe possess use do get let keep put live born bear grow rise fall increase decrease double".split()
)
_CARRYING = LIGHT | CAUSING | {"be"}
PLANS = frozenset("plan plans intention preparations arrangements decision proposal hopes hope offer bid talks".split())
FORESEEN = frozenset(
    "fear fears threat threats risk risks prospect prospects possibility likelihood chance chances call calls demand"
    " demands appeal appeals speculation danger".split()
)
"""Nouns of what may come, before "of" or "for": "fears of a strike", "calls for a march"."""
_ASKING = frozenset("call ask appeal press push apply bid hope wait campaign".split())
"""Verbs that ask for what may come: "called for a march"."""
TO_A_DAY = frozenset({"for", "to", "until", "till"})
_MOVING = {
    **dict.fromkeys(("reschedule", "postpone", "delay", "move"), ""),
    "put": "back",
    "push": "back",
    "bring": "forward",
}
_DOWNWARD = frozenset({"xcomp", "ccomp", "acl", "pcomp"})
_GOING_ON = {"go": ("ahead",), "break": ("down", "off", "up")}
_CAUSES = frozenset({"because", "despite", "amid", "due"})
_OF_A_NOUN = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj", "oprd"})
_CLAUSES_BELOW = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis"})


@dataclass(frozen=True)
class Clause:
    """A verb or a noun (`head`) that tells of a happening, and the words that govern it, from the nearest up.

    `verb` carries its tense: the head itself, or for "made his first visit" the light verb; None for a bare noun.
    """

    head: Token
    word: Word
    verb: Token | None
    governors: tuple[Token, ...]

    @property
    def is_noun(self) -> bool:
        return self.verb != self.head

    @property
    def top(self) -> Token:
        """The highest word of the clause, which a verb of saying would govern."""
        return self.governors[-1] if self.governors else self.head

    @property
    def members(self) -> frozenset[int]:
        """The tokens that words about the happening may hang from."""
        return frozenset({self.head.i, *(token.i for token in self.governors)})


def clauses(sentence: Span, *, is_caption: bool = False) -> list[Clause]:
    """The happenings that a sentence tells of, in the order of their words; of a caption whatever its verb says."""
    if is_caption and sentence.root.tag_ in ("VBZ", "VBP") and lemma_of(sentence.root.text) != "be":
        root = sentence.root
        clause = _of_verb(root)
        word = clause.word if clause and clause.word.kind != "other" else Word(plain_form(root.text), "act")
        return [Clause(root, word, root, ())]
    found: list[Clause] = []
    for token in sentence:
        if token.tag_.startswith("VB"):
            if clause := _of_verb(token):
                found.append(clause)
        elif (token.tag_ in ("NN", "NNS", "NNP", "NNPS")) and (words := noun_of(token.text)):
            found += _of_noun(token, words)
    # "The rally is held", "were ordered to leave": another word says what happens, such a verb only that it does.
    carrying = {token.i for clause in found for token in clause.governors}
    return [one for one in found if one.head.i not in carrying or one.word.lemma not in _CARRYING]


def _of_verb(token: Token) -> Clause | None:
    if token.dep_ in ("aux", "auxpass", "amod", "compound", "prep"):
        return None
    if _only_goes_on(token) or _dismisses(token):
        return None
    if brought(token) is not None:
        return Clause(token, Word("travel", "travel"), token, tuple(governors_of(token)))
    if _is_expected_there(token) or _remains_there(token):
        return Clause(token, Word("be", "be"), token, ())
    particles = {child.lower_ for child in token.children if child.dep_ in ("prt", "prep", "advmod")}
    for word in VERBS.get(lemma_of(token.text), ()):
        if not word.particle or word.particle in particles:
            return Clause(token, word, token, tuple(governors_of(token)))
    if lemma_of(token.text) in _STATES:
        return None
    # Whatever somebody does at a place on a day tells that they are there.
    if lemma_of(token.text) in LIGHT or lemma_of(token.text) in PLANNING or is_cancelling(token):
        return None
    return Clause(token, Word(plain_form(token.text), "other"), token, tuple(governors_of(token)))


def _only_goes_on(verb: Token) -> bool:
    """Whether a verb says only that something is, or ends: "the meeting will go ahead", "talks broke down"."""
    needed = _GOING_ON.get(lemma_of(verb.text), ())
    return bool(needed) and any(child.lower_ in needed for child in verb.children)


def _dismisses(verb: Token) -> bool:
    """Whether a report is rejected, which is no act of a council."""
    return lemma_of(verb.text) == "reject" and any(
        child.dep_ == "dobj" and child.lower_ in CLAIMS for child in verb.children
    )


def brought(verb: Token) -> Token | None:
    """Whom a journey takes somewhere, or whom somebody invites: "a trip that will take her to Oslo"."""
    lemma = lemma_of(verb.text)
    if lemma not in ("take", "bring", "invite") or not any(
        child.dep_ == "prep" and child.lower_ == "to" for child in verb.children
    ):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is not None and subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        subject = verb.head
    is_journey = subject is not None and any(word.kind == "travel" for word in noun_of(subject.text))
    if lemma != "invite" and not is_journey:
        return None
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


def _is_expected_there(verb: Token) -> bool:
    """Whether somebody "is expected in Oslo", with no word for what is to be done there."""
    if not is_planning(verb) or verb.tag_ != "VBN" or verb.dep_ in ("acl", "relcl", "advcl"):
        return False
    parts = {child.dep_ for child in verb.children}
    is_there = any(child.dep_ == "prep" and child.lower_ in ("in", "at") for child in verb.children)
    return "auxpass" in parts and is_there and not parts & {"xcomp", "ccomp"}


def _remains_there(verb: Token) -> bool:
    """Whether somebody remains at what may be a place."""
    return lemma_of(verb.text) in ("remain", "remained", "remains", "remaining") and any(
        child.dep_ == "prep" and child.lower_ in ("in", "at") for child in verb.children
    )


def _of_noun(token: Token, words: tuple[Word, ...]) -> Iterator[Clause]:
    if token.dep_ in ("compound", "amod", "npadvmod", "poss", "nmod"):
        return
    after = {child.lower_ for child in (*token.children, *token.head.children) if child.dep_ == "prep"}
    if any(child.lower_ == "port" for child in token.children):
        after.add("at")  # "a port call in Lisbon" is a call at it
    words = tuple(word for word in words if not word.particle or word.particle in after)
    if not words:
        return
    governors = tuple(governors_of(token))
    verb = next((g for g in governors if g.tag_.startswith("VB") or g.tag_ == "MD"), None)
    yield Clause(token, words[0], verb, governors)


def governors_of(token: Token) -> Iterator[Token]:
    """The words that say of a happening only whether, when and how surely: "is scheduled to", "made", "plans for"."""
    current = token
    for _ in range(6):
        above = current.head
        if above == current:
            return
        if (current.dep_ == "pobj" or current.tag_ == "VBG") and _is_planned_for(above):
            above = above.head
        elif current.dep_ == "pobj" and (verb := _taking_part(above)) is not None:
            above = verb
        elif not (_is_below_a_plan(current, above) or _is_carried(current, above)):
            return
        yield above
        current = above


def _is_planned_for(preposition: Token) -> bool:
    """ "Plans for" something, or "preparing for" it."""
    above, small = preposition.head, preposition.lower_
    if above.tag_.startswith("NN") and above.lower_ in FORESEEN:
        return small in ("of", "for")
    if small == "on" and lemma_of(above.text) == "plan":
        return True  # "plans on visiting"
    return above.lower_ in PLANS or (
        small == "for" and (above.lower_ == "due" or lemma_of(above.text) in {"prepare", "plan", "arrange", *_ASKING})
    )


def _taking_part(preposition: Token) -> Token | None:
    """ "Took part" before "in a protest"."""
    if preposition.lower_ != "in":
        return None
    above = preposition.head
    verb = above.head if above.lower_ == "part" else above
    has_part = any(child.lower_ == "part" and child.dep_ == "dobj" for child in verb.children)
    return verb if has_part and lemma_of(verb.text) == "take" else None


def is_planning(token: Token) -> bool:
    """Whether a verb or adjective says that something is planned; with a particle it says something else: "set up"."""
    return lemma_of(token.text) in PLANNING and not any(child.dep_ == "prt" for child in token.children)


def _is_below_a_plan(token: Token, above: Token) -> bool:
    if token.dep_ not in _DOWNWARD:
        return False
    if token.dep_ == "acl":
        return (above.lower_ in PLANS and token.tag_ != "VBN") or above.tag_.startswith("JJ")
    lemma = lemma_of(above.text)
    if token.dep_ == "ccomp":
        return lemma in ("hope", "expect", "want", "possible", "likely", "plan", "confirm") and lemma != "confirm"
    return is_planning(above) or is_cancelling(above) or lemma in CAUSING or lemma == "be"


def is_cancelling(verb: Token) -> bool:
    """Whether a verb says that something is not to be: "scrapped", "called off"."""
    return verb.tag_.startswith("VB") and cancels(
        verb.text, {child.lower_ for child in verb.children if child.dep_ == "prt"}
    )


def is_moving(verb: Token) -> bool:
    """Whether a verb says that something is to be on another day: "put back to Nov. 10", "brought forward"."""
    lemma, beside = lemma_of(verb.text), [child for child in verb.children if child.dep_ in ("prt", "advmod")]
    needed = _MOVING.get(lemma)
    if needed is None or (needed and needed not in {child.lower_ for child in beside}):
        return False
    below = [child for token in (verb, *beside) for child in token.children]
    return any(child.dep_ == "prep" and child.lower_ in TO_A_DAY for child in below)


def _is_carried(token: Token, above: Token) -> bool:
    """Whether a noun is only carried by its verb: "made a visit", "the meeting is planned", "plans are underway"."""
    lemma = lemma_of(above.text)
    carrying = lemma in LIGHT or is_cancelling(above) or is_planning(above) or lemma == "be"
    carrying = carrying or _only_goes_on(above) or is_moving(above)
    return token.dep_ in _OF_A_NOUN and carrying and above.tag_.startswith(("VB", "MD"))


def own(clause: Clause, others: frozenset[int]) -> list[Token]:
    """The tokens below a clause that no other clause between has: its objects, places and days.

    `others` are the heads of the other clauses, by index.
    """
    found: list[Token] = []
    waiting = [clause.head, *clause.governors]
    seen = {token.i for token in waiting}
    while waiting:
        token = waiting.pop()
        found.append(token)
        for child in token.children:
            if child.i in seen or (
                child.i in others
                and child.i not in clause.members
                and child.dep_ in _CLAUSES_BELOW | {"conj", "xcomp", "pcomp"}
            ):
                continue
            if child.dep_ == "prep" and child.lower_ in _CAUSES:
                continue  # "because of the floods in Bihar" is not where or when it is
            is_apart = child.dep_ in ("relcl", "ccomp", "parataxis")
            if is_apart and child.i not in clause.members and not _only_plans(child, token, clause):
                continue
            seen.add(child.i)
            waiting.append(child)
    return sorted(found, key=lambda token: token.i)


def _only_plans(child: Token, token: Token, clause: Clause) -> bool:
    """Whether a relative clause says of the happening itself when and where: "a rally that was planned for Friday"."""
    return (
        clause.is_noun
        and token == clause.head
        and child.dep_ == "relcl"
        and lemma_of(child.text) in LIGHT | {*PLANNING}
    )


def subject_of(clause: Clause) -> Token | None:
    """Who does it, or in the passive who it is done to: the clause's own subject, or the one it shares."""
    if not clause.is_noun and (taken := brought(clause.head)) is not None:
        return taken
    owner = next((child for child in clause.head.children if child.dep_ == "poss"), None) if clause.is_noun else None
    if owner is not None and owner.tag_ != "PRP$":
        return owner
    for token in (clause.head, *clause.governors):
        if (found := _subject(token)) is not None:
            return found
    return owner


def _subject(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.tag_ in ("WDT", "WP") or child.lower_ == "that":
                return token.head if token.dep_ == "relcl" else None
            return child
    if token.dep_ == "conj" and token.head.tag_.startswith(("VB", "MD")):
        return _subject(token.head)
    if token.dep_ in ("acl", "relcl") and token.head.tag_.startswith("NN"):
        above = token.head
        if above.dep_ in ("dobj", "attr", "pobj") and above.lower_ in PLANS:
            return _subject(above.head)
        return above if token.tag_ in ("VBN", "VBG") else _subject_above(above)
    if token.dep_ in ("advcl", "xcomp", "prep", "pcomp") and token.head != token:
        return _subject(token.head if token.head.tag_.startswith(("VB", "MD")) else token.head.head)
    return None


def _subject_above(noun: Token) -> Token | None:
    """Who makes the trip "to meet" somebody: the subject of the verb that the noun hangs from."""
    return _subject(noun.head) if noun.head != noun and noun.head.tag_.startswith(("VB", "MD")) else None


def by_word(found: Sequence[Clause]) -> dict[int, Clause]:
    """The clauses of a sentence by the index of their heads, and of the words that govern these."""
    by_member = {member: one for one in reversed(found) for member in one.members}
    return by_member | {one.head.i: one for one in found}


def parent_of(clause: Clause, others: Mapping[int, Clause]) -> Clause | None:
    """The clause that another one hangs from: "visit Japan and meet X", "in March, when he met X".

    `others` are those of its sentence, as `by_word` gives them.
    """
    current = clause.top
    for _ in range(8):
        if current.head == current:
            return None
        current = current.head
        one = others.get(current.i)
        if one is not None and one is not clause and one.word.kind != "say":
            return one
    return None
