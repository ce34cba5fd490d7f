"""By whose word a clause stands, and on which day that was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from story.reading.events.annotated import Annotated
from story.reading.events.cast import Cast, phrase_of
from story.reading.events.clauses import Clause
from story.reading.events.lexicon import CLAIMS, is_saying, lemma_of
from story.reading.values import Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST_WORDS = 9
_SAID = frozenset({"ccomp", "dep"})
_DISMISSING = frozenset(
    "reject rejected rejects dismiss dismissed dismisses refute refuted refutes dispute disputed".split()
)
_KINDS = frozenset({"NN", "NNS", "JJ"})
_PAPERS = frozenset("report reports statement statements release account tweet post story article".split())


@dataclass(frozen=True)
class Attribution:
    """Who says so by which words, on whose authority in turn, on which day, and whether they deny it."""

    source: str
    start: int
    end: int
    citing: str = ""
    said: Timex | None = None
    denies: bool = False


def attribution_of(clause: Clause, text: Annotated, cast: Cast) -> Attribution | None:
    """The verb of saying that governs a clause, or "according to"; None where the text itself says so."""
    for verb in _saying_above(clause.top):
        subject = _subject_of_saying(verb)
        if subject is None:
            continue
        name, start, end = _named(subject, cast)
        cast.last_source = name
        days = [text.timex_at[token.i] for token in said_with(verb) if token.i in text.timex_at]
        return Attribution(name, start, end, _cited(verb, cast), days[0] if days else None, denies(verb))
    for token in text.according:
        if token.head.i in {clause.top.i, clause.head.i} or token.head == clause.top.sent.root:
            for source in (child for to in token.children for child in to.children if child.dep_ == "pobj"):
                name, start, end = _named(source, cast)
                return Attribution(name, start, end)
    return None


def denies(verb: Token) -> bool:
    """Whether a verb says that something is not so: "denied", "rejected accusations that"."""
    lemma = lemma_of(verb.text)
    if lemma == "deny":
        return True
    is_of_a_claim = any(child.dep_ == "dobj" and child.lower_ in CLAIMS for child in verb.children)
    return lemma in _DISMISSING and verb.tag_.startswith("VB") and is_of_a_claim


def said_with(verb: Token) -> Iterator[Token]:
    """The words that belong to the saying itself and not to what is said: its day, where it was said."""
    for child in verb.children:
        if child.dep_ in ("npadvmod", "prep", "advmod", "tmod") or child.dep_ == "dobj":
            yield from child.subtree


def _saying_above(token: Token) -> Iterator[Token]:
    current = token
    for _ in range(8):
        for child in current.children:
            if is_saying(child) and (child.dep_ == "parataxis" or _closes(child)):
                yield child
        above = current.head
        if above == current:
            return
        if (is_saying(above) or denies(above)) and (current.dep_ in _SAID or _is_about(current, above)):
            yield above
        current = above


def _closes(verb: Token) -> bool:
    """Whether what is said at the end goes for all of a sentence: "she would go, but is ill, her office said"."""
    before = {child.dep_ for child in verb.lefts}
    return verb.dep_ == "conj" and {"ccomp", "nsubj"} <= before


def _is_about(current: Token, verb: Token) -> bool:
    """Whether what is denied or confirmed is a report of the thing: "denied a report that he had been there"."""
    if denies(verb):
        return current.dep_ in ("dobj", "xcomp", "advcl", "acl", "ccomp") or current.head.dep_ == "dobj"
    return lemma_of(verb.text) in ("confirm", "announce") and current.dep_ in ("dobj", "xcomp", "advcl", "acl")


def _subject_of_saying(verb: Token) -> Token | None:
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if subjects:
        # "The Beirut newspaper An-Nida reported" has two by the parser: the name is the last of them.
        found = [child for child in subjects if child.i < verb.i] or subjects
        return verb.head if found[-1].tag_ in ("WDT", "WP") else found[-1]
    return _subject_of_saying(verb.head) if verb.dep_ == "conj" and verb.head != verb else None


def _named(token: Token, cast: Cast) -> tuple[str, int, int]:
    """What a source is called: a person's full name, a body's fullest, else the words of its noun phrase."""
    if token.lower_ in _PAPERS and cast.last_source and _author(token) is None and not token.ent_type_:
        start, end = phrase_of(token)
        return cast.last_source, start, end  # "according to the statement"
    if token.lower_ in _PAPERS and (author := _author(token)) is not None:
        return _named(author, cast)
    if token.tag_ == "NN" and (known := cast.kinds.get(token.lower_)) and not _is_told_apart(token):
        start, end = phrase_of(token)
        return known, start, end  # "the group", of "the aid group HealthBridge"
    if token.tag_ == "PRP":
        cast = cast.at(token.i)
    actors = [actor for actor in cast.actors(token) if not actor.is_group]
    if actors:
        return actors[0].name, actors[0].start, actors[0].end
    named = next((one for one in token.children if one.dep_ == "appos" and one.tag_.startswith("NNP")), None)
    if named is not None and token.tag_ in ("NN", "NNS"):
        return _named(named, cast)  # "the builder, Holm & Sons"
    start, end = phrase_of(token)
    name = " ".join(cast.text[start:end].split())
    if owner := _owner(token, cast):
        name = f"{owner}'s {name}"
    if token.tag_.startswith("NNP"):
        # "Campaign group Seawatch", "Belgian broadcaster RTV": the name alone.
        # Where the parser has two subjects, what the name is stands beside it.
        kinds = [
            one
            for one in token.lefts
            if one.tag_ in _KINDS and (one.text.islower() or _opens(one)) and one.idx >= start
        ]
        if kinds:
            start = kinds[-1].idx + len(kinds[-1].text) + 1
            name = cast.text[start:end]
    name = cast.called(name.removeprefix("the ").removeprefix("The "), token)
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "with", "from") and name[:1].islower():
            last = max(child.subtree, key=lambda t: t.i)
            if last.i - token.i < _MOST_WORDS:
                end = last.idx + len(last.text)
                name = " ".join(cast.text[start:end].split())
    return name, start, end


def _is_told_apart(token: Token) -> bool:
    """Whether more than an article stands before a noun or a name beside it, so that it may be another of its kind."""
    return any(
        child.dep_ in ("compound", "amod", "nmod", "poss", "appos") or child.lower_ == "a" for child in token.children
    )


def _owner(token: Token, cast: Cast) -> str:
    """Whose it is where a pronoun says so: "her office said" does not stand without her."""
    for child in token.children:
        if child.dep_ == "poss" and child.tag_ == "PRP$":
            actors = [actor for actor in cast.at(child.i).actors(child) if not actor.is_group]
            return actors[0].name if actors else ""
    return ""


def _opens(token: Token) -> bool:
    """Whether a common noun has its capital only from the sentence that it opens: "Chipmaker Foo said"."""
    return token.tag_ in ("NN", "NNS") and bool(token.is_sent_start)


def _author(paper: Token) -> Token | None:
    """Who wrote a report or a statement: "a report in the Courier", "a statement from the ministry"."""
    for child in paper.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("in", "by", "from", "of"):
            return next((one for one in child.children if one.dep_ == "pobj"), None)
        if child.dep_ == "poss":
            return child
    return None


def _cited(verb: Token, cast: Cast) -> str:
    for child in verb.subtree:
        if child.lower_ in ("citing", "quoting"):
            for cited in child.children:
                if cited.dep_ == "dobj":
                    return _named(cited, cast)[0]
    return ""
