"""On which day a clause says that its happening is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from story.model import Status
from story.model.dates import parse_when
from story.reading.events.annotated import Annotated
from story.reading.events.clauses import TO_A_DAY, Clause, is_cancelling, is_moving
from story.reading.events.lexicon import lemma_of
from story.reading.events.status import is_past, status_of
from story.reading.values import Timex, Toponym

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO = frozenset({"to", "until", "till", "through", "–", "-", "—"})
_LISTING = frozenset({",", "and", ", and", "&"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIMPLE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_WEEK = re.compile(r"\d{4}-W\d\d")
_YEAR = re.compile(r"\b\d{4}(?=-\d\d|$)")
_WEEKDAY = re.compile(
    r"^(?!last |next |this )[^\d]*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^\d]*$", re.IGNORECASE
)
_BARE_MONTH = re.compile(
    r"(?:early |late |mid-?)?(?:\d{1,2} )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?(?: \d{1,2})?",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(
    r"(?:about |around |just after |shortly after )?\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?", re.IGNORECASE
)
WEEK, YEAR = 7, 365
_LEAST_AHEAD: dict[Status, int] = {"happened": 1, "cancelled": 4}
Tense = Literal["past", "future", ""]
_NEWS = frozenset({"announce", "agree", "confirm", "propose", "call", "cancel", "scrap", "postpone", "order"})
_STAYING = frozenset({"be", "stay"})
_BOUNDING = frozenset("begin start open end finish close conclude culminate".split())
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
    fitting = [one for one in fitting if _is_new(one, clause, text)] or fitting
    best = min(fitting, key=lambda one: (_coarseness(one), abs(_position(one, text) - clause.head.i)))
    return narrowed(_since(_until(best, fitting, text), clause, text), text.published)


def _is_new(one: Timex, clause: Clause, text: Annotated) -> bool:
    """Whether a day is the one that something is moved to: "was put back from Nov. 3 to Nov. 10"."""
    root = text.root(one)
    if root is None or root.dep_ != "pobj" or root.head.lower_ not in TO_A_DAY:
        return False
    verb = root.head.head if root.head.head.tag_.startswith("VB") else root.head.head.head
    return verb in clause.governors and is_moving(verb)


def day_of_when(clause: Clause, text: Annotated) -> Timex | None:
    """The day before a relative clause: "until Dec. 4, when he flies to Oslo"."""
    top = clause.top
    if top.dep_ != "relcl" or not any(token.lower_ == "when" for token in top.subtree if token.i <= clause.head.i):
        return None
    day = text.timex_at.get(top.head.i)
    return day if day is not None and _is_a_day(day) else None


def day_at(place: Toponym, text: Annotated) -> Timex | None:
    """The day that is told of a place behind it: "heads for Kiel, where the cruise ends on Sunday"."""
    root = text.root(place)
    for clause in root.children if root is not None else ():
        if clause.dep_ == "relcl" and lemma_of(clause.text) in _BOUNDING:
            days = (text.timex_at[token.i] for token in clause.subtree if token.i in text.timex_at)
            return next(filter(_is_a_day, days), None)
    return None


def _until(first: Timex, others: Sequence[Timex], text: Annotated) -> Timex:
    """The first of several days with the last, where the words between say so.

    "From May 9 to May 15" and "on 3, 4 and 5 May" go on, "between May 9 and 15" is one day of these.
    """
    before = [one for one in others if one.end <= first.start and _is_listed(one, first, text)]
    if before:
        return _until(before[-1], others, text)
    last, is_one_of = first, False
    for other in sorted(others, key=lambda one: one.start):
        if other.start < last.end or not (_DAY.fullmatch(last.edtf) and _DAY.fullmatch(other.edtf)):
            continue
        between = text.words[last.end : other.start].strip().lower()
        is_between = between == "and" and word_before(first, text) == "between"
        goes_on = between in _TO or is_between or _is_listed(last, other, text)
        if goes_on and last.edtf < other.edtf:
            last, is_one_of = other, is_between
    if last is first:
        return first
    edtf = f"[{first.edtf}..{last.edtf}]" if is_one_of else f"{first.edtf}/{last.edtf}"
    return replace(first, end=last.end, text=text.words[first.start : last.end], edtf=edtf)


def _is_listed(one: Timex, other: Timex, text: Annotated) -> bool:
    """Whether one day stands beside the next one in a list: "on 3, 4 and 5 May"."""
    if not (_DAY.fullmatch(one.edtf) and _DAY.fullmatch(other.edtf)):
        return False
    is_next = date.fromisoformat(one.edtf) + timedelta(days=1) == date.fromisoformat(other.edtf)
    return is_next and text.words[one.end : other.start].strip().lower() in _LISTING


def _since(day: Timex, clause: Clause, text: Annotated) -> Timex:
    """A day that something has gone on since, goes on until or is done by, with what lies on that side of it.

    As in "has been in Oslo since Monday", "will stay until Friday", "must report to Oslo by Nov. 3".
    """
    has = any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in clause.head.children)
    before = word_before(day, text)
    if has and before == "since" and _SIMPLE.fullmatch(day.edtf):
        return replace(day, edtf=f"{day.edtf}/..")
    if clause.word.lemma in _STAYING and before in ("until", "till") and _SIMPLE.fullmatch(day.edtf):
        return replace(day, edtf=f"../{day.edtf}")
    published = text.published
    last = parse_when(day.edtf).latest if before == "by" else None
    if last is not None and published is not None and last > published:
        return replace(day, edtf=f"[{published}..{last}]")
    return day


def word_before(day: Timex, text: Annotated) -> str:
    """The word before a day, in small letters."""
    return text.words[: day.start].rstrip().rpartition(" ")[2].rpartition("\n")[2].lower()


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
    if root.head.i in text.timex_at:
        return False  # "on 3, 4 and 5 May"
    return root.dep_ in _DESCRIBING and root.head.i not in clause.members


def _is_of_the_news(one: Timex, clause: Clause, text: Annotated) -> bool:
    """Whether a day is that on which something was announced or called off, not that of the thing itself."""
    root = text.root(one)
    while root is not None and root.dep_ in ("compound", "nummod", "amod", "npadvmod") and root.head != root:
        if root.head in clause.governors:
            return clause.is_noun and lemma_of(root.head.text) in _NEWS
        root = root.head
    if root is None or root.dep_ != "pobj" or root.head.lower_ not in ("in", "on"):
        return False
    verb = root.head.head  # "was dropped in August"
    return clause.head.i < verb.i < root.i and verb in clause.governors and is_cancelling(verb)


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


def agreeing(day: Timex, published: date | None, status: Status, tense: Tense) -> Timex:
    """A day that its words leave open ("Monday", "in May", "at 4 p.m.") on the side that the verb of its clause says.

    The words alone are anchored by the nearest verb, which may be another clause's: "will visit Oslo in May, she said".
    A day that a plan had been for is moved back only where the last one is nearer: "had been due in port on Monday".
    """
    span = parse_when(day.edtf)
    if published is None or span.earliest is None or span.latest is None:
        return day
    step, ahead = _step(day), (span.earliest - published).days
    if tense == "past" and ahead > 0:
        if step == WEEK:
            return _moved(day, -WEEK) if _LEAST_AHEAD.get(status, 8) <= ahead <= WEEK else day
        return _moved(day, -step) if step and status == "happened" else day
    return _moved(day, step) if tense == "future" and step and span.latest < published else day


def week_ahead(day: Timex | None, published: date | None) -> tuple[date, date] | None:
    """The first and last day of a week that a text speaks of as still to come: "next week's trip"."""
    span = parse_when(day.edtf) if day is not None and _WEEK.fullmatch(day.value) else None
    if span is None or published is None or span.earliest is None or span.latest is None or span.earliest <= published:
        return None
    return span.earliest, span.latest


def day_in_week(day: Timex, week: tuple[date, date] | None) -> Timex | None:
    """A weekday laid into a week: of what was to be next week and is called off, "Thursday" is that of the week."""
    if week is None or not _WEEKDAY.search(day.text) or not _DAY.fullmatch(day.edtf):
        return None
    here = date.fromisoformat(day.edtf)
    there = week[0] + timedelta(days=(here.weekday() - week[0].weekday()) % WEEK)
    return replace(day, edtf=there.isoformat())


def tense_of(clause: Clause) -> Tense:
    """What the verb of a clause says of its day: a plain present tense looks ahead ("sings on Friday")."""
    verb = clause.verb
    if is_past(clause):
        return "past"
    if status_of(clause, None, None, is_caption=False) in ("scheduled", "expected", "possible"):
        return "future"
    is_plain = verb is not None and verb.tag_ in ("VBZ", "VBP") and clause.word.kind not in ("say", "be")
    is_alone = verb is not None and not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return "future" if is_plain and is_alone and _is_a_sentence(clause) else ""


def _is_a_sentence(clause: Clause) -> bool:
    """Whether a clause stands in a sentence and not in a headline, whose present tense is past."""
    return clause.head.sent.text.rstrip().endswith((".", "”", '"', "a.m", "p.m"))


def _step(day: Timex) -> int:
    """Days between the days that the same words may mean: a day, a week, a year; 0 where they mean one day."""
    if _BARE_MONTH.fullmatch(day.text):
        return YEAR
    if _BARE_HOUR.fullmatch(day.text):
        return 1
    return WEEK if _WEEKDAY.search(day.text) or day.text.lower().startswith("that ") else 0


def _moved(day: Timex, step: int) -> Timex:
    if abs(step) == YEAR:
        moved = _YEAR.sub(lambda match: str(int(match[0]) + step // YEAR), day.edtf)
    else:
        moved = _DAY.sub(lambda match: str(date.fromisoformat(match[0]) + timedelta(days=step)), day.edtf)
    return replace(day, edtf=moved)
