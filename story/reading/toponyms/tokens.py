"""A parsed text as plain lists, one entry a token, which rules read a hundred times as fast as spaCy's own objects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_APOSTROPHES = frozenset("'’ʼ")


@dataclass(frozen=True, slots=True)
class Entity:
    """What spaCy proposes: tokens from `first` up to, not including, `end`."""

    first: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text token by token; `text[starts[i]:ends[i]]` is the token i, and `entity[i]` what spaCy holds it to be in."""

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    capital: list[bool]
    """Whether the token begins with a capital letter."""
    opens: list[bool]
    """Whether the token is the first of a sentence or of a line."""
    headline: list[bool]
    """Whether the token stands in a line that capitalises its every word, so that capitals say nothing."""
    entity: list[Entity | None]
    entities: list[Entity]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The token in small letters, "" beyond the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def tag(self, i: int) -> str:
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def is_capital(self, i: int) -> bool:
        return 0 <= i < len(self.capital) and self.capital[i]

    def between(self, first: int, end: int) -> str:
        """The words of the text from one token up to, not including, another."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def is_possessive(self, i: int) -> bool:
        """Whether the token is the "'s" or "'" behind a name."""
        word = self.word(i)
        return bool(word) and word[0] in _APOSTROPHES and word[1:] in ("", "s") and self.starts[i] == self.ends[i - 1]


def read(doc: Doc) -> Tokens:
    """The lists of a document parsed by `story.reading.language`; "U.S.-Japan", one token there, is three here."""
    words: list[str] = []
    starts: list[int] = []
    tags: list[str] = []
    opens: list[bool] = []
    at: list[int] = []
    broken = True
    for token in doc:
        at.append(len(words))
        start, tag, first = token.idx, token.tag_, bool(token.is_sent_start) or broken
        for word in _JOINED.split(token.text) if _JOINED.search(token.text) else (token.text,):
            words.append(word)
            starts.append(start)
            tags.append("HYPH" if word in _JOINTS else tag)
            opens.append(first)
            start, first = start + len(word), False
        broken = "\n" in token.text
    at.append(len(words))
    entities = [Entity(at[ent.start], at[ent.end], ent.label_) for ent in doc.ents]
    entity: list[Entity | None] = [None] * len(words)
    for one in entities:
        entity[one.first : one.end] = [one] * (one.end - one.first)
    return Tokens(
        text=doc.text,
        words=words,
        lower=[word.lower() for word in words],
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        tags=tags,
        capital=[word[:1].isupper() for word in words],
        opens=opens,
        headline=_headlines(words),
        entity=entity,
        entities=entities,
    )


_JOINTS = frozenset("-–/")
_JOINED = re.compile(r"(?<=[\w.])([-–/])(?=[A-Z]\w*\.?\w)")
_LEAST, _MOST = 4, 25
"""Long words of the shortest line, and tokens of the longest one, that can be a headline."""
_SHARE = 0.75
_ENDS = frozenset(".!?")
"""What ends a sentence, and hardly ever a headline."""


def _headlines(words: list[str]) -> list[bool]:
    """Of each token, whether most of the words of its line that could be small are not."""
    found: list[bool] = []
    line: list[str] = []
    for word in [*words, "\n"]:
        line.append(word)
        if "\n" in word:
            long = [one for one in line if len(one) > 3 and one.isalpha()]
            capitals = sum(one[0].isupper() for one in long)
            ended = not _ENDS.isdisjoint(line[-3:])
            holds = not ended and len(long) >= _LEAST and len(line) <= _MOST and capitals >= _SHARE * len(long)
            found.extend([holds] * len(line))
            line = []
    return found[: len(words)]
