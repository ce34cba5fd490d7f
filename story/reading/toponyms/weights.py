"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms` to public annotated news and to the reports of tests/reading/articles.txt, and not
rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a strong one
may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news of several
kinds before they are kept.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.26
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.01,
    "is FAC": 1.90,
    "is PERSON": 1.61,
    "is LOC": 1.61,
    "is NORP": 1.43,
    "is ORG": 0.48,
    "is thing": 0.20,
    "no label": -0.15,
    "part of NORP": -0.32,
    "more than is labelled": -0.42,
    "is ORG, nothing places it": -0.66,
    "part of PERSON": -0.76,
    "part of thing": -0.98,
    "begins ORG": -1.14,
    "ends ORG": -1.38,
    "within ORG": -1.46,
    "part of a longer place": -2.65,
    "is ORG, an area": -3.58,
    # What the gazetteer knows of the name.
    "as its own name": 1.24,
    "great name": 1.13,
    "may be admin2": 1.08,
    "may be sea": 0.84,
    "as an abbreviation": 0.81,
    "importance from 0.4": 0.64,
    "importance from 0.3": 0.63,
    "may be site": 0.53,
    "importance from 0.65": 0.32,
    "as an older name": 0.18,
    "may be admin1": 0.13,
    "importance from 0.5": -0.01,
    "as a rarer name": -0.06,
    "may be city": -0.12,
    "may be country": -0.14,
    "may be area": -0.33,
    "as a short name": -0.37,
    "as another name": -0.44,
    "may be island": -0.63,
    "unknown name": -1.39,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.33,
    "a building": 1.04,
    "capitals": 0.98,
    "opens a sentence": -0.26,
    "several words": -0.36,
    "only a kind or direction": -0.40,
    "three words or more": -1.06,
    "no proper noun": -2.18,
    "short capitals": -2.25,
    "plain word": -2.91,
    # Names beside it: what it lies in, and lists.
    "contained before": 1.96,
    "lies in it": 1.54,
    "dateline": 1.07,
    "place in the list": 0.96,
    "coordinated": 0.82,
    "container behind": 0.48,
    # What stands before it.
    "preposition of place": 1.69,
    "kind of place before": 1.09,
    "preposition at": 1.04,
    "party before": 0.59,
    "article before": 0.51,
    "preposition of": 0.37,
    "body of it": 0.08,
    "other of it": -0.31,
    "title before": -0.47,
    "article before a name without one": -0.58,
    "place of it": -0.64,
    "hyphen before": -0.85,
    "direction before": -1.58,
    "capital before": -1.92,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 1.96,
    "people or office behind": 1.15,
    "public behind a well-known name": 0.49,
    "office behind": 0.09,
    "possessive": -0.02,
    "verb behind": -0.06,
    "hyphen and a small word behind": -0.10,
    "noun behind": -0.33,
    "public behind": -0.65,
    "joined with a place": -1.11,
    "grounds behind": -1.43,
    "hyphen behind": -2.34,
    "thing behind": -2.45,
    "landform behind": -2.66,
    "other behind": -3.03,
    # What the rest of the text says of the name.
    "mostly a place here": 0.27,
    "a surname here, but placed": -0.18,
    "never a place here": -0.48,
    "sometimes a place here": -0.66,
    "a given name here": -1.97,
    "a surname here": -3.93,
}
