"""A parsed text with its days and places laid over its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from story.reading.values import Timex, Toponym

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_S = TypeVar("_S", Timex, Toponym)


@dataclass(frozen=True)
class Annotated:
    """`words` is the text, which the parsed one puts together anew whenever it is asked for; `timex_at` and
    `toponym_at` lead from the index of a token to what its words are part of. `according` are the words of that name,
    looked for once."""

    doc: Doc
    words: str
    timexes: tuple[Timex, ...]
    toponyms: tuple[Toponym, ...]
    published: date | None
    source: str
    timex_at: dict[int, Timex]
    toponym_at: dict[int, Toponym]
    according: tuple[Token, ...]

    def root(self, span: Timex | Toponym) -> Token | None:
        """The token that the words of a span hang from; None where they are no whole tokens."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return found.root if found is not None else None


def annotated(
    doc: Doc, timexes: Sequence[Timex], toponyms: Sequence[Toponym], published: date | None, source: str
) -> Annotated:
    return Annotated(
        doc,
        doc.text,
        tuple(timexes),
        tuple(toponyms),
        published,
        source,
        dict(_over(doc, timexes)),
        dict(_over(doc, toponyms)),
        tuple(token for token in doc if token.lower_ == "according"),
    )


def _over(doc: Doc, spans: Iterable[_S]) -> Iterable[tuple[int, _S]]:
    for one in spans:
        for token in doc.char_span(one.start, one.end, alignment_mode="expand") or ():
            yield token.i, one
