"""On which day a clause says that its happening is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from story.model import Status
from story.model.dates import parse_when
from story.reading.events.annotated import Annotated
from story.reading.events.clauses import Clause
from story.reading.events.lexicon import lemma_of
from story.reading.values import Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO = frozenset({"to", "until", "till", "through", "–", "-", "—"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = re.compile(r"\d{4}-W\d\d")
_NEWS = frozenset({"announce", "agree", "confirm", "propose", "call", "cancel", "scrap", "postpone", "order"})
_DESCRIBING = frozenset({"compound", "nummod", "amod", "nmod", "poss"})


def day_of(clause: Clause, tokens: Sequence[Token], text: Annotated, said: Collection[Timex]) -> Timex | None:
    """The day among the words of a clause that is nearest to its verb; `said` are days on which something was said."""
    found = dict.fromkeys(text.timex_at[token.i] for token in tokens if token.i in text.timex_at)
    fitting = [
        one
        for one in found
        if _is_a_day(one)
        and one not in said
        and not _describes(clause, one, text)
        and not _is_of_the_news(one, clause, text)
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda one: (_coarseness(one), abs(_position(one, text) - clause.head.i)))
    return narrowed(_until(best, fitting, text), text.published)


def _until(first: Timex, others: Sequence[Timex], text: Annotated) -> Timex:
    """The first of two days with the second, where the words between say that it goes on: "from May 9 to May 15"."""
    for other in others:
        between = text.words[first.end : other.start].strip().lower()
        if between in _TO and _DAY.fullmatch(first.edtf) and _DAY.fullmatch(other.edtf) and first.edtf < other.edtf:
            words = text.words[first.start : other.end]
            return replace(first, end=other.end, text=words, edtf=f"{first.edtf}/{other.edtf}")
    return first


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


def _is_of_the_news(one: Timex, clause: Clause, text: Annotated) -> bool:
    """Whether a day is that on which something was announced or called off, not that of the thing itself."""
    root = text.root(one)
    while root is not None and root.dep_ in ("compound", "nummod", "amod", "npadvmod") and root.head != root:
        if root.head in clause.governors:
            return clause.is_noun and lemma_of(root.head.text) in _NEWS
        root = root.head
    return False


def narrowed(day: Timex, published: date | None) -> Timex:
    """A day as news means it: "next week" ends on Friday, "later this month" begins on the day of publication."""
    span = parse_when(day.edtf)
    if published is None or span.earliest is None or span.latest is None:
        return day
    if _WEEK.fullmatch(day.value) and span.earliest > published:
        return replace(day, edtf=f"[{span.earliest}..{span.earliest + timedelta(days=4)}]")
    is_later = day.text.lower().startswith(("later", "before the end", "by the end"))
    if is_later and span.earliest <= published < span.latest:
        return replace(day, edtf=f"[{published}..{span.latest}]")
    return day


def a_week_earlier(day: Timex, published: date | None, status: Status) -> Timex:
    """A weekday of the past tense that was taken for the coming one: "was diverted on Monday".

    One that a plan had been for is moved only where the last one is nearer: "had been due in port on Monday".
    """
    span = parse_when(day.edtf)
    if published is None or span.earliest is None or span.earliest != span.latest:
        return day
    ahead = (span.earliest - published).days
    least = {"happened": 1, "cancelled": 4}.get(status, 8)
    if not least <= ahead <= 7 or any(char.isdigit() for char in day.text):
        return day
    return replace(day, edtf=f"{span.earliest - timedelta(days=7)}{day.edtf[10:]}")
