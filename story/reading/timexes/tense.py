"""Whether the clause of a date looks back or ahead, by its nearest verb."""

from __future__ import annotations

from typing import Literal

from story.reading.timexes.tokens import Token, Tokens
from story.reading.timexes.words import Kind

Tense = Literal["past", "future", ""]

_PAST = frozenset(
    "said told met was were did went came began took gave made held left fell rose won lost ran flew sent found "
    "spoke hit shot wrote led saw became kept brought bought built sold paid stood sat rode drove broke chose drew "
    "ate grew hid knew lay laid rang sang sank shook sought slept spent stole struck swore taught threw thought "
    "understood woke wore withdrew got arose beat bore bent bound bred caught clung dealt dug fed fought fled froze "
    "forgave heard hung knelt lent lit meant overcame overthrew rebuilt shrank slid sped spun split sprang stuck "
    "stung swam swept swung tore underwent upheld wept wound begun risen fallen grown seen shown taken given "
    "written driven broken chosen spoken stolen flown known drawn thrown won gone done".split()
)
_NOT_PAST = frozenset(
    "need indeed hundred speed red bed seed feed united exceed proceed succeed breed greed wed med fed shed used "
    "sacred naked wicked kindred".split()
)
_AHEAD = frozenset("will shall would may might could should cannot can must".split())
_PLANNED = frozenset(
    "scheduled expected planned due set slated plans plan expects hopes aims intends intend agreed vowed pledged "
    "promised decided ready about going supposed likely planning expecting hoping preparing aiming intending "
    "invited seek seeks want wants ordered urged asked poised bound seeking hope expect wanted planed tipped "
    "projected".split()
)
_PLANNED_ALONE = frozenset(
    "scheduled expected planned due slated deadline upcoming postponed delayed rescheduled forecast until".split()
)
# Participles that look ahead with "for" and "to" only: "set for Monday".
_FIXED = frozenset("set billed booked poised".split())
# What the press tells of days to come in the present tense.
_PRESENT = frozenset(
    "takes begins starts opens meets faces ends plays holds goes expires arrives travels visits returns closes hosts "
    "kicks leaves launches heads gets begin start open meet resume convene resumes convenes "
    "expire reopens reopen go fly flies".split()
)
# Right before a date these tell more than any verb: "closed until Friday", "canceled flights through Sunday".
_LEADS_AHEAD = frozenset("until till through starting beginning effective".split())
_REACH = 22
_LEAD = 2  # words that a verb before a date may be farther away than one behind it
_APART = frozenset({"unless", "if", "although", "though"})  # a clause of its own, with a tense of its own
_CLAUSE = frozenset({Kind.STOP, Kind.BREAK})


def tense_of(tokens: Tokens, first: int, last: int) -> Tense:
    """The tense around the words from `first` to `last`: of the nearest verb in the sentence, rather one before it.

    Blank where no verb is near. A verb behind a comma counts as a little farther away: it is another clause's.
    """
    items = tokens.items
    led = items[first - 1].low if first else ""
    if led in _LEADS_AHEAD or (led == "of" and first > 1 and items[first - 2].low == "ahead"):
        return "future"
    if led == "since":
        return "past"
    before = _nearest(items, range(first - 1, max(-1, first - 1 - _REACH), -1))
    after = _nearest(items, range(last + 1, min(len(items), last + 1 + _REACH)))
    if before[1] and (not after[1] or before[0] <= after[0] + _LEAD):
        return before[1]
    return after[1]


def _nearest(items: tuple[Token, ...], places: range) -> tuple[int, Tense]:
    away = 0
    for place in places:
        token = items[place]
        if token.kind in _CLAUSE or token.low in _APART:
            break
        away += 4 if token.kind is Kind.COMMA else 1
        if away == 1 and token.low in ("is", "are"):
            return away, "future"
        if found := _verb(items, place):
            return away, found
    return away, ""


def _verb(items: tuple[Token, ...], place: int) -> Tense:
    token = items[place]
    low = token.low
    if token.kind is Kind.MONTH:
        return ""  # "in May"
    if low in _FIXED and any(item.low in ("for", "to") for item in items[place + 1 : place + 2]):
        return "future"
    if low in _AHEAD or low in _PLANNED_ALONE or (low == "won" and _refused(items, place)):
        return "future"
    if low == "to" and place and _infinitive(items, place):
        return "future"
    before = items[place - 1].low if place else ""
    if before == "to" or before in _AHEAD:
        return "future" if before in _AHEAD or _infinitive(items, place - 1) else ""
    if low in _PLANNED and before in ("is", "are"):
        return "future"  # "stoppages are planned in May"
    if low in _PRESENT or (before in ("is", "are") and low.endswith("ing")):
        return "future"  # "they are meeting Monday"
    if low in _PAST or (len(low) > 3 and low.endswith("ed") and low not in _NOT_PAST):
        return "future" if _carried(items, place) else "past"
    return "future" if place and _base(items, place) else ""


def _refused(items: tuple[Token, ...], place: int) -> bool:
    """Whether "won" is the beginning of "won't"."""
    return [item.low for item in items[place + 1 : place + 3]] in (["'", "t"], ["’", "t"])


def _infinitive(items: tuple[Token, ...], place: int) -> bool:
    """Whether a "to" leads to what is planned: "plans to meet", "is to meet"."""
    before = items[place - 1].low
    if before in _PLANNED or before in ("is", "are", "be", "was", "were"):
        return True
    return place > 1 and items[place - 2].low in _PLANNED  # "ordered him to report"


def _base(items: tuple[Token, ...], place: int) -> bool:
    """Whether a word is the verb that "will", or a "to" of plans, brings along: it stands nearer to its date."""
    before = items[place - 1].low
    if before == "ll":
        return True
    return before in ("be", "not", "also") and place > 1 and items[place - 2].low in _AHEAD


def _carried(items: tuple[Token, ...], place: int) -> bool:
    """Whether a participle belongs to something that is still to be: "will be held", "to be released"."""
    said = [item.low for item in items[max(0, place - 3) : place]]
    return "will" in said or (("be" in said or "being" in said) and ("to" in said or not _AHEAD.isdisjoint(said)))
