"""How real a clause says that its happening is: happened, scheduled, expected, possible or cancelled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from story.model import Status
from story.reading.events.clauses import PLANS, Clause, is_cancelling
from story.reading.events.lexicon import MODALS, PLANNING, is_saying, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEAKEST: tuple[Status, ...] = ("cancelled", "possible", "expected", "scheduled", "happened")
_INTENDING = frozenset("due schedule scheduled plan expect set intend hope want slate book".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "pending"})
_UNSURE = frozenset({"possibly", "reportedly", "perhaps", "maybe", "potentially", "tentatively"})


def status_of(clause: Clause, earliest: date | None, published: date | None, *, is_caption: bool) -> Status:
    """The weakest of what the words of a clause say; `earliest` is the first day that it may be on."""
    said = [status for token in (clause.head, *clause.governors) for status in _said_by(token, clause)]
    if any(_is_conditional(token) for token in (clause.head, *clause.governors)):
        said.append("possible")
    found = min(said, key=_WEAKEST.index) if said else _by_tense(clause, is_caption=is_caption)
    if any(is_negated(token) for token in (clause.head, *clause.governors)):
        return "cancelled"
    ahead = earliest is not None and published is not None and earliest > published
    return "scheduled" if found == "happened" and ahead else found


def _said_by(token: Token, clause: Clause) -> list[Status]:
    found: list[Status] = []
    lemma = lemma_of(token.text)
    if token != clause.head or clause.is_noun:
        if is_cancelling(token):
            found.append("scheduled" if _is_moved(token) else "cancelled")
        elif lemma in PLANNING and token != clause.head:
            found.append("cancelled" if _was_once(token) else _planned(token, lemma))
        elif token != clause.head and token.lower_ in PLANS and token.tag_.startswith("NN"):
            found.append("expected")
    for child in (*token.children, *_shared_helpers(token)):
        if child.dep_ == "aux" and child.tag_ == "MD":
            found += [_by_modal(child, token)]
        elif child.lower_ in _UNSURE:
            found.append("possible")
        elif child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in PLANNING:
            found.append("cancelled" if _was_once(token) else PLANNING[child.lower_])  # type: ignore[arg-type]
        elif child.dep_ == "amod" and token is clause.head and lemma_of(child.text) in PLANNING:
            found.append(PLANNING[lemma_of(child.text)])  # type: ignore[arg-type]
    helpers = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if token.tag_ == "VBN" and {"to", "have"} <= helpers:
        found.append("cancelled")  # "was to have toured the port"
    if token.tag_ == "VB" and token.head.tag_ in ("VBZ", "VBP") and lemma_of(token.head.text) == "be":
        found.append("scheduled")  # "she is to travel to Oslo"
    return found


def _by_modal(modal: Token, verb: Token) -> Status:
    """What a modal says; "would" under a past "said" is what "will" was when it was said."""
    is_told = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN") and is_saying(verb.head)
    if is_told and modal.lower_ in ("would", "'d", "’d"):
        return "scheduled"
    return MODALS.get(modal.lower_, "happened")  # type: ignore[return-value]


def _was_once(token: Token) -> bool:
    """Whether a plan is told of as one that was not kept: "had been due to", "had planned to"."""
    said = {lemma_of(token.text), *(child.lower_ for child in token.children if child.dep_ in ("acomp", "oprd"))}
    had = any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in token.children)
    return had and bool(said & _INTENDING)


def _is_moved(verb: Token) -> bool:
    """Whether something is put off to another day that is said: "rescheduled for Dec. 1"."""
    return lemma_of(verb.text) in ("reschedule", "postpone", "delay", "move") and any(
        child.dep_ == "prep" and child.lower_ in ("for", "to", "until") for child in verb.children
    )


def _shared_helpers(token: Token) -> list[Token]:
    """The helpers of the first of several verbs, which count for all: "will attend the summit and visit Japan"."""
    current, found = token, []
    while current.dep_ == "conj" and current.tag_ == "VB" and current.head.tag_.startswith("VB"):
        if any(child.dep_ in ("aux", "nsubj") for child in current.children):
            break
        current = current.head
        found += [child for child in current.children if child.dep_ == "aux"]
        if current.dep_ in ("xcomp", "ccomp"):
            found += [child for child in current.head.children if child.dep_ == "aux"]
    return found


def _planned(token: Token, lemma: str) -> Status:
    """A meeting that "is being planned" is not planned yet; one that "was announced" is no less sure than its tense."""
    if lemma == "call" and any(child.dep_ in ("dobj", "nsubjpass") for child in token.children):
        return "scheduled"  # "have called a strike", but "called for talks"
    being = any(child.lower_ == "being" for child in token.children)
    if being and PLANNING[lemma] != "scheduled":
        return "possible"
    return PLANNING[lemma]  # type: ignore[return-value]


def is_negated(token: Token) -> bool:
    """Whether a verb or noun says that something is not, or never was: "no such meeting"."""
    if token.tag_.startswith("NN"):
        return any(child.dep_ == "det" and child.lower_ in ("no", "neither") for child in token.children)
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in token.children)


def is_past(clause: Clause) -> bool:
    """Whether the tense of a clause is past."""
    verb = clause.verb
    chain = (verb, *clause.governors) if verb is not None else clause.governors
    return any(
        token.tag_ == "VBD" or any(child.tag_ == "VBD" and child.dep_ in ("aux", "auxpass") for child in token.children)
        for token in chain
    )


def _is_conditional(token: Token) -> bool:
    return any(
        child.dep_ == "advcl" and any(mark.lower_ in _CONDITIONS for mark in child.children) for child in token.children
    )


def _by_tense(clause: Clause, *, is_caption: bool) -> Status:
    """What the tense alone says. "To" do something is ahead of whatever it is the purpose of."""
    verb = clause.verb
    if verb is None or is_caption:
        return "happened"
    is_infinitive = verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.children)
    return "expected" if is_infinitive and not is_past(clause) else "happened"
