"""On which day a clause says that its happening is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from story.reading.events.annotated import Annotated
from story.reading.events.clauses import Clause
from story.reading.values import Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO = frozenset({"to", "until", "till", "through", "–", "-", "—"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DESCRIBING = frozenset({"compound", "nummod", "amod", "nmod", "poss"})


def day_of(clause: Clause, tokens: Sequence[Token], text: Annotated, said: Collection[Timex]) -> Timex | None:
    """The day among the words of a clause that is nearest to its verb; `said` are days on which something was said."""
    found = dict.fromkeys(text.timex_at[token.i] for token in tokens if token.i in text.timex_at)
    fitting = [one for one in found if _is_a_day(one) and one not in said and not _describes(clause, one, text)]
    if not fitting:
        return None
    best = min(fitting, key=lambda one: (_coarseness(one), abs(_position(one, text) - clause.head.i)))
    return _until(best, fitting, text)


def _until(first: Timex, others: Sequence[Timex], text: Annotated) -> Timex:
    """The first of two days with the second, where the words between say that it goes on: "from May 9 to May 15"."""
    for other in others:
        between = text.words[first.end : other.start].strip().lower()
        if between in _TO and _DAY.fullmatch(first.edtf) and _DAY.fullmatch(other.edtf) and first.edtf < other.edtf:
            words = text.words[first.start : other.end]
            return replace(first, end=other.end, text=words, edtf=f"{first.edtf}/{other.edtf}")
    return first


def day_in(tokens: Sequence[Token], text: Annotated) -> Timex | None:
    """The first day among some words."""
    found = [text.timex_at[token.i] for token in tokens if token.i in text.timex_at]
    return next((one for one in found if _is_a_day(one)), None)


def _is_a_day(one: Timex) -> bool:
    return one.type in ("DATE", "TIME") and bool(one.edtf)


def _coarseness(one: Timex) -> int:
    """Days before weeks and months before years: "on Sept. 30 for its annual patrol of 2025"."""
    return 0 if len(one.edtf) >= len("2025-10-24") else 1 if len(one.edtf) >= len("2025-10") else 2


def _position(one: Timex, text: Annotated) -> int:
    root = text.root(one)
    return root.i if root is not None else 0


def _describes(clause: Clause, one: Timex, text: Annotated) -> bool:
    """Whether a date only tells one thing from others of its kind: "the 2011 earthquake", "Friday's statement"."""
    root = text.root(one)
    if root is None:
        return True
    return root.dep_ in _DESCRIBING and root.head.i not in clause.members
