"""What speaks for and against a candidate, as named facts; `story.reading.toponyms.weights` says what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from geo.names.common_words import is_plain_word
from geo.relation import ABBREVIATION
from geo.relation import WORDS as HOW_WORDS
from story.reading.toponyms.candidates import PLACE_LABELS, Candidate
from story.reading.toponyms.memory import Memory
from story.reading.toponyms.surroundings import DAYS, bearer_before, following, head_of, lower_head, whole_before
from story.reading.toponyms.tokens import Entity, Tokens
from story.reading.toponyms.words import (
    ARTICLES,
    CIVIL_TITLES,
    DIRECTIONS,
    DWELLERS,
    FIELDS,
    GROUND,
    KINDS_IN_FRONT,
    LANDFORMS,
    OF_A_PLACE,
    PLACE_WORDS,
    PLACES_NAMED,
    PREPOSITIONS_OF_PLACE,
    PREPOSITIONS_OPEN,
    SMALL_WORDS,
)

VETOES = frozenset(
    {
        "private behind",
        "school behind",
        "street behind",
        "namesake behind",
        "several behind",
        "bearer before",
        "bearer of the name",
        "private of it",
        "number before",
        "a field",
        "a title",
        "a small word",
        "in a title",
        "short form without a point",
    }
)
"""What settles that a name only bears that of a place, whatever else speaks for it."""

_DASHES = frozenset({"—", "–", "--", "―", "-"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its rules see it; the candidates by the token that they begin and end at."""

    tokens: Tokens
    memory: Memory
    starting: Mapping[int, Candidate]
    ending: Mapping[int, Candidate]


def evidence(one: Candidate, text: Text) -> list[str]:
    """The facts that hold for one candidate."""
    found: list[str] = []
    for facts in _KINDS_OF_FACTS:
        found.extend(facts(one, text))
    if "is ORG" in found:
        if one.best.kind == "area" and not one.best.country:
            found.append("is ORG, an area")
        elif _PLACING.isdisjoint(found):
            found.append("is ORG, nothing places it")
    if not _PLACING.isdisjoint(found):
        found = ["a person's name here, but placed" if fact in _PERSONAL else fact for fact in found]
    if "other behind" in found and not _NAMED_SO.isdisjoint(found):
        found.append("bearer of the name")
    return found


_PERSONAL = frozenset({"a surname here", "a given name here"})
_NAMED_SO = frozenset({"begins ORG", "within ORG", "part of thing"})
_PLACING = frozenset(
    {
        "preposition of place",
        "preposition at",
        "container behind",
        "contained before",
        "coordinated",
        "dateline",
        "kind behind",
        "kind of place before",
    }
)


def _label(one: Candidate, text: Text) -> Iterator[str]:
    """What spaCy takes it for."""
    tokens = text.tokens
    entity = tokens.entity[one.first] or tokens.entity[one.words_end - 1]
    if entity is None:
        yield "no label"
        return
    label = entity.label if entity.label in _LABELS else "thing"
    first = entity.first + (tokens.lower[entity.first] in ARTICLES and entity.first != one.first)
    end = entity.end
    if one.words_end < end:
        end -= tokens.is_possessive(end - 1)
    if (first, end) == (one.first, one.words_end):
        yield f"is {label}"
    elif one.first < first or one.words_end > end:
        yield "more than is labelled"
    elif label in PLACE_LABELS and _one_of_several(one, entity, tokens):
        yield f"is {label}"
    elif label in PLACE_LABELS:
        yield "part of a longer place"
    elif label == "ORG":
        yield "begins ORG" if one.first == first else "ends ORG" if one.words_end == end else "within ORG"
    else:
        yield f"part of {label}"


def _one_of_several(one: Candidate, entity: Entity, tokens: Tokens) -> bool:
    """Whether what spaCy took for one place is several: "Foo, Bar", "North and South Foo"."""
    before = one.first == entity.first or tokens.lower[one.first - 1] in _AND
    after = one.end == entity.end or tokens.lower[one.end] in _AND
    return before and after


_AND = frozenset({"and", "&", ",", "or", "/", "-", "–", "from", "to", "in", "near", "via"})
_GREAT = {"country": 0.5, "area": 0.7, "sea": 0.6, "admin1": 0.6, "city": 0.7}
_LABELS = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"})


def _gazetteer(one: Candidate, text: Text) -> Iterator[str]:
    """What the gazetteer knows of the name."""
    if not one.is_known:
        yield "unknown name"
        return
    yield f"may be {one.best.kind}"
    yield f"as {HOW_WORDS[one.best.how]}"
    if one.best.importance >= _GREAT.get(one.best.kind, 1.0) and one.best.how <= ABBREVIATION:
        yield "great name"
    for step in (0.3, 0.4, 0.5, 0.65):
        if one.best.importance >= step:
            yield f"importance from {step}"


def _form(one: Candidate, text: Text) -> Iterator[str]:
    """How the name is written."""
    tokens, last = text.tokens, one.words_end - 1
    last -= tokens.is_possessive(last)  # "St. John's"
    words = sum(tokens.capital[i] for i in range(one.first, one.end))
    if words > 1:
        yield "several words"
    if words > 2:
        yield "three words or more"
    if one.text.isupper() and len(one.text) > 1:
        if len(one.text.replace(".", "")) > 4:
            yield "capitals"
        elif one.best.importance < 0.6:
            yield "short capitals"
    if not tokens.tag(last).startswith("NNP"):
        yield "no proper noun"
    if tokens.words[one.first][0].isdigit():
        yield "begins with a number"
    if tokens.opens[one.first]:
        yield "opens a sentence"
    if tokens.headline[one.first]:
        yield "in a headline"
    if _in_a_title(one, tokens):
        yield "in a title"


def _words(one: Candidate, text: Text) -> Iterator[str]:
    """What its words mean by themselves."""
    tokens, last = text.tokens, one.words_end - 1
    words = sum(tokens.capital[i] for i in range(one.first, one.end))
    if tokens.lower[one.first] in FIELDS and not _is_well_known(one):
        yield "a field"
    if words == 1 and tokens.lower[last] in CIVIL_TITLES:
        yield "a title"
    is_bare = one.text.istitle() and "." not in one.text and tokens.word(one.first - 1) != ","
    if one.best.how == ABBREVIATION and is_bare:
        yield "short form without a point"  # "celebrate Mass", but "Boston, Mass"
    if words == 1 and tokens.lower[last] in SMALL_WORDS and tokens.word(one.first - 1) != ",":
        yield "a small word"  # in a headline of capitals; ", IN" is Indiana
    if is_plain_word(one.text):
        yield "plain word"
    if words > 1 and (tokens.lower[last] in LANDFORMS or tokens.lower[one.first] in KINDS_IN_FRONT):
        yield "its kind is part of it"
    if words > 1 and tokens.lower[last] in PLACES_NAMED:
        yield "a building"
    if all(tokens.lower[i] in DIRECTIONS or tokens.lower[i] in PLACE_WORDS for i in range(one.first, one.end)):
        yield "only a kind or direction"


_OPENING, _CLOSING = frozenset("\"“‘'"), frozenset("\"”’'")
_LONGEST_TITLE = 8


def _in_a_title(one: Candidate, tokens: Tokens) -> bool:
    """Whether quotation marks hold it and nothing but words as titles write them: "Lost in Foo"."""
    first, end = one.first - 1, one.end
    while first >= 0 and one.first - first <= _LONGEST_TITLE and _of_a_title(tokens, first):
        first -= 1
    while (
        end < len(tokens) and end - one.end <= _LONGEST_TITLE and (tokens.words[end] == "," or _of_a_title(tokens, end))
    ):
        end += 1
    return first >= 0 and end < len(tokens) and tokens.words[first] in _OPENING and tokens.words[end] in _CLOSING


def _of_a_title(tokens: Tokens, i: int) -> bool:
    return tokens.capital[i] or tokens.lower[i] in {"of", "the", "in", "on", "a", "and", "to", "for", "from", "at"}


def _before(one: Candidate, text: Text) -> Iterator[str]:
    """The capitals and joints before it."""
    tokens, i = text.tokens, one.first - 1
    if i < 0:
        return
    if bearer_before(tokens, one.first):
        yield "bearer before"
    is_lived_in = tokens.word(i) == "of" and tokens.word(i - 1) in DWELLERS
    if not is_lived_in and (whole := whole_before(tokens, one.first)):
        yield f"{whole} of it"
    glued = tokens.ends[i] == tokens.starts[one.first]
    if glued and tokens.tag(i) == "CD":
        yield "number before"
    elif glued and tokens.words[i] == "-":
        other = text.ending.get(i)
        joined = other and _is_well_known(other) and text.ending[one.end].first > i
        party = tokens.words[i - 1] in {"R", "D", "I"}
        yield "party before" if party else "joined with a place" if joined else "hyphen before"
    elif tokens.capital[i] and not tokens.opens[one.first] and not tokens.headline[i]:
        if tokens.lower[i] in CIVIL_TITLES:
            yield "title before"
        elif (
            tokens.lower[i] not in _NO_NAME
            and not _ends_a_sentence(text.ending.get(one.first))
            and (not tokens.opens[i] or tokens.tag(i).startswith("NNP"))
        ):
            yield "capital before"  # and not only because it opens the sentence


def _ends_a_sentence(before: Candidate | None) -> bool:
    """Whether the point of an abbreviation before may end its sentence: "in Foo, Mich. Bar County"."""
    return before is not None and before.best.how == ABBREVIATION and before.text[-1] == "."


_NO_NAME = ARTICLES | DIRECTIONS | DAYS


def _led_in(one: Candidate, text: Text) -> Iterator[str]:
    """The small words before it: article, direction and preposition."""
    tokens, i = text.tokens, one.first - 1
    if tokens.word(i) in ARTICLES:
        bare = one.best.kind in {"city", "admin1", "island"} and one.is_known and one.end == one.first + 1
        bare = bare and not _goes_on(tokens, one.end)
        yield "article before a name without one" if bare else "article before"
        i -= 1
    if tokens.word(i) in DIRECTIONS:
        yield "direction before" if tokens.capital[i] else "small direction before"
        i -= 1
    word, earlier = tokens.word(i), tokens.word(i - 1)
    on_it = word == "on" and one.end > one.first + 1 and tokens.lower[one.words_end - 1] in GROUND
    if word in PREPOSITIONS_OF_PLACE or on_it or (word == "of" and earlier in DIRECTIONS):
        yield "preposition of place"
    elif word in PREPOSITIONS_OPEN:
        yield f"preposition {'at' if word in {'at', 'to', 'from'} else 'of'}"
    if word == "of" and earlier in PLACE_WORDS | DWELLERS:
        yield "kind of place before"


def _is_well_known(one: Candidate) -> bool:
    return one.best.importance >= 0.5 and one.best.how <= ABBREVIATION


def _goes_on(tokens: Tokens, end: int) -> bool:
    """Whether a name is the adjective of what follows: "the Foo office"."""
    return (
        tokens.is_capital(end)
        or tokens.word(end) in {"-", ",", "and"}
        or tokens.tag(end).startswith(("NN", "JJ", "VBN", "VBG"))
    )


def _after(one: Candidate, text: Text) -> Iterator[str]:
    """The words behind it."""
    tokens, i = text.tokens, one.end
    if tokens.is_possessive(i):
        yield "possessive"
        return
    if one.text[-1] == "." and tokens.word(one.first - 1) == ",":
        return  # "Foo, N.H. Bar": its point ends the sentence
    head = head_of(following(tokens, i)) or lower_head(tokens, i)
    if head:
        known = head == "public" and one.best.importance >= 0.2 and one.best.how <= ABBREVIATION
        yield f"{head} behind a known name" if known and not is_plain_word(one.text) else f"{head} behind"
        return
    word = tokens.word(i)
    if word in PLACE_WORDS:
        yield "kind behind"
    elif word in OF_A_PLACE:
        yield "people or office behind"
    elif tokens.tag(i).startswith("VB"):
        yield "verb behind"
    elif tokens.tag(i).startswith("NN"):
        yield "noun behind"
    elif word == "-" and tokens.starts[i] == tokens.ends[i - 1]:
        other = text.starting.get(i + 1)
        if other and _is_well_known(other) and text.starting[one.first].end <= i:
            yield "joined with a place"
        else:
            yield "hyphen behind" if tokens.is_capital(i + 1) else "hyphen and a small word behind"


def _neighbours(one: Candidate, text: Text) -> Iterator[str]:
    """Names beside it: what it lies in, and lists."""
    tokens = text.tokens
    if tokens.word(one.end) == "," and (outer := text.starting.get(one.end + 1)):
        if outer.best.kind in {"country", "admin1"} and outer.best.importance >= 0.45:
            yield "container behind"
            if any(_within(inner.country, inner.admin1, outer) for inner in one.known):
                yield "lies in it"
        elif outer.best.importance >= 0.3 or _is_place(outer, text):
            yield "place in the list"
    if tokens.word(one.first - 1) == "," and (inner_ := text.ending.get(one.first - 1)):
        if one.best.kind in {"country", "admin1"} and one.best.importance >= 0.45:
            yield "contained before"
        elif inner_.best.importance >= 0.3 or _is_place(inner_, text):
            yield "place in the list"
    if tokens.word(one.end) == "and" and (other := text.starting.get(one.end + 1)) and _is_place(other, text):
        yield "coordinated"
    if tokens.word(one.first - 1) == "and" and (other := text.ending.get(one.first - 1)) and _is_place(other, text):
        yield "coordinated"
    if _is_dateline(one, text):
        yield "dateline"


def _within(country: str, admin1: int, outer: Candidate) -> bool:
    return any(
        country == one.country and (one.kind == "country" or (one.kind == "admin1" and admin1 == one.admin1))
        for one in outer.known
    )


def _is_place(one: Candidate, text: Text) -> bool:
    entity = text.tokens.entity[one.first]
    return entity is not None and entity.label in PLACE_LABELS


def _is_dateline(one: Candidate, text: Text) -> bool:
    """ "TOKYO —", "FOO, Ohio (AP) —" at the start of a line."""
    tokens = text.tokens
    if not tokens.opens[one.first]:
        return False
    for i in range(one.end, min(one.end + 12, len(tokens))):
        if tokens.words[i] in _DASHES and tokens.starts[i] > tokens.ends[i - 1]:
            return True
        if tokens.opens[i] or not (tokens.capital[i] or not tokens.words[i].isalpha() or tokens.lower[i] in {"of"}):
            return False
    return False


def _elsewhere(one: Candidate, text: Text) -> Iterator[str]:
    """What the rest of the text says of the name."""
    memory = text.memory
    if one.key in memory.surnames:
        yield "a surname here"
    elif one.key in memory.given_names:
        yield "a given name here"
    if one.key in memory.firms:
        yield "name of a firm"
    if memory.mentions[one.key] > 1 and not _is_well_known(one):
        share = memory.as_place.get(one.key, 0.0)
        yield "mostly a place here" if share >= 0.6 else "sometimes a place here" if share > 0 else "never a place here"


_KINDS_OF_FACTS: tuple[Callable[[Candidate, Text], Iterator[str]], ...] = (
    _label,
    _gazetteer,
    _form,
    _words,
    _before,
    _led_in,
    _after,
    _neighbours,
    _elsewhere,
)
