"""A title for a drafted event: who does what, in the words of the text and no more than they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from story.reading.events.annotated import Annotated
from story.reading.events.cast import Actor
from story.reading.events.clauses import Clause, brought, subject_of
from story.reading.events.lexicon import lemma_of, third_person
from story.reading.events.places import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST_WORDS = 14
_LEFT_OUT = frozenset(
    "relcl advcl ccomp acl parataxis nsubj nsubjpass aux auxpass punct mark cc conj csubj neg npadvmod xcomp".split()
)
_BELOW_LEFT_OUT = frozenset({"relcl", "advcl", "acl", "parataxis", "ccomp"})
_ADVERBS = frozenset("also then later currently now recently earlier first again soon reportedly".split())
_NO_END = frozenset({"IN", "DT", "CC", "TO", "PRP$", "POS", "``", "''", ",", ":", "-LRB-"})
_CARRYING = frozenset({"make", "hold", "pay", "take", "have", "stage", "begin", "start", "conduct", "host"})


def title_of(
    clause: Clause, actors: Sequence[Actor], tokens: Iterable[Token], spot: Spot | None, text: Annotated
) -> str:
    """The words of a clause in the present tense, without its day, and without its place where that stands beside."""
    names = _together([actor.name for actor in actors])
    without = {token.i for token in tokens if token.i in text.timex_at}
    if spot is not None:
        without |= _place_words(spot, text)
    if clause.word.kind == "be" and names and spot is not None:
        return f"{names} in {spot.name}"
    if clause.is_noun:
        return _of_noun(clause, names, actors, spot, without)
    plural = _are_several(actors)
    return _of_verb(clause, names, without, plural=plural)


def title_of_saying(verb: Token, clause: Clause, actors: Sequence[Actor]) -> str:
    """That somebody speaks at an occasion: "Shinjiro Koizumi speaks at a news conference"."""
    names = _together([actor.name for actor in actors]) or "Somebody"
    said = "speak" if _are_several(actors) else "speaks"
    kind = " ".join(child.text for child in clause.head.children if child.dep_ == "compound")
    occasion = f"{kind} {clause.head.text}".strip()
    article = "an" if occasion[:1].lower() in "aeiou" else "a"
    return f"{names} {said} at {article} {occasion}"


def _of_verb(clause: Clause, names: str, without: set[int], *, plural: bool) -> str:
    verb = clause.head
    if any(child.dep_ == "auxpass" for child in verb.children):
        said = f"{'are' if plural else 'is'} {verb.lower_}"
    else:
        said = _present(clause, plural=plural)
    if not names:
        subject = subject_of(clause)
        names = _phrase(subject, without) if subject is not None else ""
        if subject is not None and subject.tag_ in ("NNS", "NNPS", "CD"):
            said = f"are {verb.lower_}" if said.startswith("is ") else _present(clause, plural=True)
    taken = brought(verb)  # who is taken to Oslo travels there
    rest = [child for child in verb.children if child.i > verb.i and child != taken and _is_kept(child, without)]
    words = _text([token for child in rest for token in _phrase_below(child, without)])
    return _capital(" ".join(filter(None, [names, said, words])))


def _present(clause: Clause, *, plural: bool) -> str:
    """The verb in the present tense; a past form that the tables do not know stays as it is."""
    if clause.word.kind == "other" and clause.head.tag_ in ("VBD", "VBN", "VBG"):
        return clause.head.lower_
    return clause.word.lemma if plural else third_person(clause.word.lemma)


def _of_noun(clause: Clause, names: str, actors: Sequence[Actor], spot: Spot | None, without: set[int]) -> str:
    place = spot.name if spot else ""
    if clause.word.kind == "travel" and names and place and clause.word.lemma in ("visit", "trip", "tour"):
        return f"{names} {'visit' if _are_several(actors) else 'visits'} {place}"
    if clause.word.kind == "meet" and len(actors) > 1 and clause.word.lemma in ("meeting", "meetup", "talks"):
        return f"{names} meet"
    words = _text(_below(clause.head, without)) or clause.head.text
    verb = next((token for token in clause.governors if lemma_of(token.text) in _CARRYING), None)
    is_object = verb is not None and clause.head.dep_ == "dobj"
    if names and is_object and verb is not None:
        lemma = lemma_of(verb.text)
        return f"{names} {lemma if _are_several(actors) else third_person(lemma)} {words}"
    bare = words
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        bare = bare.removeprefix(article)
    return f"{names}: {bare}" if names and names not in bare else _capital(bare)


def _is_kept(token: Token, without: set[int]) -> bool:
    return token.dep_ not in _LEFT_OUT and token.i not in without and token.lower_ not in _ADVERBS


def _phrase(token: Token, without: set[int]) -> str:
    return _text(_below(token, without))


def _below(token: Token, without: set[int]) -> list[Token]:
    """A phrase without what has been said elsewhere: a preposition goes with all that hangs from it."""
    if token.i in without:
        return []
    found = [token]
    for child in token.children:
        if child.dep_ not in _BELOW_LEFT_OUT and child.i not in without:
            below = _below(child, without)
            if child.dep_ == "prep" and len(below) == 1:
                continue
            found += below
    return found


def _phrase_below(token: Token, without: set[int]) -> list[Token]:
    """What hangs from a verb; nothing of a preposition whose words have all been said elsewhere."""
    below = _below(token, without)
    return [] if token.dep_ == "prep" and all(one.dep_ == "prep" for one in below) else below


def _place_words(spot: Spot, text: Annotated) -> set[int]:
    """The place with its preposition, and what only says where that place is. An object stays: "visits Japan"."""
    root = text.root(spot.toponym)
    if root is None:
        return set()
    while root.dep_ in ("appos", "conj", "compound") and root.head is not root:
        root = root.head
    if root.dep_ != "pobj" or root.head.lower_ in ("to", "from", "for", "into"):
        return set()
    return {root.head.i, *(token.i for token in root.head.subtree)}


def _text(tokens: Iterable[Token]) -> str:
    """The words in their order as they stand, cut where there are too many, and never after half a phrase."""
    kept = sorted({token.i: token for token in tokens}.values(), key=lambda token: token.i)
    kept = [token for token in kept if not token.is_space]
    if len(kept) > _MOST_WORDS:
        kept = kept[:_MOST_WORDS]
        while kept and kept[-1].head.i > kept[-1].i:
            kept.pop()
    while kept and kept[-1].tag_ in _NO_END:
        kept.pop()
    while kept and kept[0].is_punct:
        kept.pop(0)
    gaps = [
        token.text + (" " if i + 1 < len(kept) and (token.whitespace_ or kept[i + 1].i != token.i + 1) else "")
        for i, token in enumerate(kept)
    ]
    return " ".join("".join(gaps).replace(" ,", ",").split()).strip(" ,;")


def _are_several(actors: Sequence[Actor]) -> bool:
    return len(actors) > 1 or (bool(actors) and actors[0].is_group and actors[0].name.lower().endswith("s"))


def _together(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
