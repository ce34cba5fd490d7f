"""How real a clause says that its happening is: happened, scheduled, expected, possible or cancelled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from story.model import Status
from story.reading.events.clauses import FORESEEN, PLANS, Clause, is_cancelling, is_moving, is_planning
from story.reading.events.lexicon import MODALS, PLANNING, VERBS, is_saying, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEAKEST: tuple[Status, ...] = ("cancelled", "possible", "expected", "scheduled", "happened")
_INTENDING = frozenset("due schedule scheduled plan expect set intend hope want slate book".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "pending"})
_AHEAD = frozenset({"will", "wo", "'ll", "’ll", "shall", "may", "might", "could", "would", "should", "must"})
_PARTS = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "prep", "conj", "acomp", "pcomp", "oprd"})
_WHEN = frozenset({"when", "before", "after", "until", "once", "if", "unless"})
_TOWARDS = frozenset({"for", "at", "to", "with", "on"})
_FUTURE = frozenset({"scheduled", "expected", "possible"})
_ENDING = frozenset(
    "end stop cut axe ease reduce lower stem protect secure save eliminate halt lift curb repair solve investigate"
    " probe examine".split()
)
"""Verbs whose object is there before anything is done to it: "will cut 900 jobs", "to investigate a crash"."""
_KNOWN = frozenset({"the", "this", "these", "that", "those"})
_CHOSEN = frozenset({"allowed", "selected", "chosen", "cleared", "authorised", "authorized", "committed", "invited"})
_UNDERTAKINGS = frozenset(
    "contract deal agreement order option options effort efforts vote pledge commitment request requests deadline"
    " measures reason right chance negotiations attempt attempts order orders bid".split()
)
_OF_FACT = frozenset(
    "begin begun start starting continue continues continued fail fails failed refuse refuses claim claims"
    " appear appears seem seems manage manages force enable enabling cost costs fall fell rise rose".split()
)
_UNSURE = frozenset({"possibly", "reportedly", "perhaps", "maybe", "potentially", "tentatively"})


def status_of(clause: Clause, earliest: date | None, published: date | None, *, is_caption: bool) -> Status:
    """The weakest of what the words of a clause say; `earliest` is the first day that it may be on."""
    if _is_off(clause):
        return "cancelled"
    found = _affirmed(clause, is_caption=is_caption)
    ahead = earliest is not None and published is not None and earliest > published
    return "scheduled" if found == "happened" and ahead else found


def is_ahead(clause: Clause) -> bool:
    """Whether a clause tells of what is still to come, or will not: "will not meet" is ahead, "does not own" is not."""
    return _affirmed(clause, is_caption=False) in _FUTURE and not (_is_off(clause) and is_past(clause))


def _is_off(clause: Clause) -> bool:
    return any(is_negated(token) for token in (clause.head, *clause.governors))


def _affirmed(clause: Clause, *, is_caption: bool) -> Status:
    """The weakest of what the words of a clause say, whether or not it says that it is not so."""
    said = [status for token in (clause.head, *clause.governors) for status in _said_by(token, clause)]
    if any(_is_conditional(token) for token in (clause.head, *clause.governors)):
        said.append("possible")
    return min(said, key=_WEAKEST.index) if said else _by_tense(clause, is_caption=is_caption)


def _said_by(token: Token, clause: Clause) -> list[Status]:
    found = [said] if (said := _said_itself(token, clause)) is not None else []
    for child in (*token.children, *_shared_helpers(token)):
        if child.dep_ == "aux" and child.tag_ == "MD":
            found += [_by_modal(child, token)]
        elif child.lower_ in _UNSURE:
            found.append("possible")
        elif child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in PLANNING and not _is_a_cause(child):
            found.append("cancelled" if _was_once(token) else PLANNING[child.lower_])  # type: ignore[arg-type]
        elif child.dep_ == "amod" and token is clause.head and lemma_of(child.text) in PLANNING:
            found.append(PLANNING[lemma_of(child.text)])  # type: ignore[arg-type]
    if token.lower_ == "going" and any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in token.children):
        found.append("scheduled")  # "is going to visit Oslo"
    helpers = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if token.tag_ == "VBN" and {"to", "have"} <= helpers:
        found.append("cancelled")  # "was to have toured the port"
    if token.tag_ == "VB" and token.head.tag_ in ("VBZ", "VBP") and lemma_of(token.head.text) == "be":
        found.append("scheduled")  # "she is to travel to Oslo"
    return found


def _said_itself(token: Token, clause: Clause) -> Status | None:
    """What a word above a happening says of it, or where it governs none the verb of a clause of its own being there.

    As in "was cancelled", "is planned", "fears of"; and "is expected in Oslo", "invited her to Oslo".
    """
    lemma = lemma_of(token.text)
    if token == clause.head and not clause.is_noun:
        is_there = clause.word.lemma in ("be", "travel") and lemma in PLANNING
        return _planned(token, lemma) if is_there else None
    if is_moving(token):
        return "scheduled"
    if is_cancelling(token):
        return "cancelled"
    if token == clause.head:
        return None
    if is_planning(token):
        return "cancelled" if _was_once(token) else _planned(token, lemma)
    if token.lower_ in FORESEEN:
        return "possible"
    return "expected" if token.lower_ in PLANS and token.tag_.startswith("NN") else None


def _by_modal(modal: Token, verb: Token) -> Status:
    """What a modal says; "would" under a past "said" is what "will" was when it was said."""
    is_told = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN") and is_saying(verb.head)
    if is_told and modal.lower_ in ("would", "'d", "’d"):
        return "scheduled"
    return MODALS.get(modal.lower_, "happened")  # type: ignore[return-value]


def _is_a_cause(word: Token) -> bool:
    """Whether "due to" names a reason: "is due to the strike"."""
    return word.lower_ == "due" and any(
        child.lower_ == "to" and child.dep_ in ("prep", "pcomp") for child in word.children
    )


def _was_once(token: Token) -> bool:
    """Whether a plan is told of as one that was not kept: "had been due to", "was supposed to"."""
    said = {lemma_of(token.text), *(child.lower_ for child in token.children if child.dep_ in ("acomp", "oprd"))}
    if token.lower_ == "supposed":
        return any(child.tag_ == "VBD" and child.dep_ == "auxpass" for child in token.children)
    had = any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in token.children)
    return had and bool(said & _INTENDING)


def _shared_helpers(token: Token) -> list[Token]:
    """The helpers of the first of several verbs, which count for all: "will attend the summit and visit Japan"."""
    current, found = token, []
    while current.dep_ == "conj" and current.tag_ in ("VB", "VBN") and current.head.tag_.startswith(current.tag_):
        if any(child.dep_ in ("aux", "nsubj") for child in current.children):
            break
        current = current.head
        found += [child for child in current.children if child.dep_ == "aux"]
        if current.dep_ in ("xcomp", "ccomp"):
            found += [child for child in current.head.children if child.dep_ == "aux"]
    return found


def _planned(token: Token, lemma: str) -> Status:
    """A meeting that "is being planned" is not planned yet; one that "was announced" is no less sure than its tense."""
    parts = {child.dep_ for child in token.children}
    if lemma == "call" and parts & {"dobj", "nsubjpass"} and "oprd" not in parts:
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
    if is_caption:
        return "happened"
    if verb is None:
        above = _above_a_noun(clause.head)
        is_due = above is not None and (_has_future_helper(above) or _is_ahead(above))
        return "expected" if is_due and not _is_there_before(clause.head) else "happened"
    return "expected" if (_is_ahead(verb) or _follows(verb)) and not is_past(clause) else "happened"


def _is_there_before(noun: Token) -> bool:
    """Whether a noun means what is there before its verb is done: "the loss could grow", "will mend the crossing".

    What one goes to, holds or opens is an occasion, and as far ahead as that: "will attend the summit".
    """
    above = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and lemma_of(above.text) in _ENDING:
        return True
    if noun.dep_ not in ("dobj", "nsubj") or lemma_of(above.text) in VERBS:
        return False
    return any(child.lower_ in _KNOWN or child.dep_ == "poss" for child in noun.children)


def _follows(verb: Token) -> bool:
    """Whether a verb goes on with one that looks ahead: "when it arrives" in what will be, "will go and stay"."""
    if verb.dep_ == "advcl":
        is_when = any(child.lower_ in _WHEN for child in verb.children)
        return is_when and verb.tag_ in ("VBZ", "VBP", "VBN") and _has_future_helper(verb.head)
    goes_on = verb.tag_ in ("VB", "VBG") and verb.dep_ in ("conj", "xcomp", "pcomp")
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return (
        goes_on
        and above != verb
        and not any(child.dep_ == "nsubj" for child in verb.children)
        and (_has_future_helper(above) or _is_ahead(above))
    )


def _is_ahead(verb: Token) -> bool:
    """Whether an infinitive tells of what is still to come: "Fiat to run company", "a plan to build", "to be held".

    What somebody did to some end, or began, failed or was made to do, is as past or present as that.
    """
    is_infinitive = any(child.tag_ == "TO" for child in verb.children)
    is_to_be = verb.tag_ == "VBN" and any(child.tag_ == "VB" and child.lower_ == "be" for child in verb.children)
    if not is_infinitive or not (verb.tag_ == "VB" or is_to_be):
        return False
    above = verb.head
    if above == verb or verb.dep_ in ("ccomp", "parataxis"):
        return True
    if above.tag_.startswith("NN"):
        return is_to_be or above.tag_ == "NNP" or above.lower_ in PLANS | _UNDERTAKINGS
    if lemma_of(above.text) in _OF_FACT:
        return False
    if above.tag_ in ("VBD", "VBN"):
        return above.lower_ in _CHOSEN or _has_future_helper(above) or (above.tag_ == "VBN" and _is_ahead(above))
    return verb.dep_ in ("xcomp", "advcl") and above.tag_.startswith(("VB", "MD", "JJ"))


def _has_future_helper(verb: Token) -> bool:
    words = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(words & _AHEAD) or (is_planning(verb) and verb.tag_ == "VBN")


def _above_a_noun(noun: Token) -> Token | None:
    """The verb that a noun is a part of: "will speak at a conference"."""
    current = noun
    for _ in range(5):
        if current.head == current or current.dep_ not in _PARTS:
            return None
        current = current.head
        if current.dep_ == "prep" and current.lower_ not in _TOWARDS:
            return None
        if current.tag_.startswith("VB"):
            return current
    return None
