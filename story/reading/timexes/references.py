"""Words for the present, the past and the future, where annotators of news mark them as times."""

from __future__ import annotations

from collections.abc import Sequence

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.tense import tense_of
from story.reading.timexes.words import CLAUSE_WORDS, REFERENCES, Kind


def _word(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "now", "recently", "will soon"."""
    low = find.low("word")
    items = find.tokens.items
    before = items[find.match.start("word") - 1].low if find.match.start("word") else ""
    after = items[find.last + 1].low if find.last + 1 < len(items) else ""
    if low in ("past", "future", "present") or (low == "now" and before in ("by", "until") and after == "that"):
        return []
    if low == "soon" and (
        before in ("as", "too", "so")
        or after in ("after", "as", "afterwards", "became", "found")
        or tense_of(find.tokens, find.first, find.last) != "future"
    ):
        return []
    if find.first < find.match.start("word") and low not in ("recently", "soon"):
        return []
    if low == "now" and before == "right":
        return [Reading(find.first - 1, find.last, "DATE", REFERENCES[low])]
    return find.means("DATE", REFERENCES[low])


def _being(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "for the time being"."""
    return find.means("DATE", "PRESENT_REF") if find.words()[-1] == "being" else []


def _moment(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "at the moment"."""
    return find.means("DATE", "PRESENT_REF") if find.words()[-1] == "moment" else []


def _noun(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "the future", "the near future", "the present", "the past"."""
    low = find.low("word")
    described = any(
        token.kind is Kind.OTHER and token.low not in CLAUSE_WORDS
        for token in find.tokens.items[find.last + 1 : find.last + 2]
    )
    if described or low not in ("past", "future", "present"):
        return []  # "the future king" is no time
    return find.means("DATE", REFERENCES[low])


RULES: tuple[Rule, ...] = (
    rule("(?P<word>REFERENCE)", _word),
    rule("[MORE WHOLE]? (?P<word>REFERENCE)", _word),
    rule("(?<=AT) THE OTHER", _moment),
    rule("(?P<being>THE TIME OTHER)", _being),
    rule("THE (?:OTHER)? (?P<word>REFERENCE) (?=[STOP BREAK COMMA OF IN ON AND CLOSE TO POSSESSIVE AT OTHER])", _noun),
    rule("THE (?P<word>LAST) (?=[STOP BREAK COMMA AND CLOSE POSSESSIVE OTHER])", _noun),
)
