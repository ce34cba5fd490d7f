"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms` to public annotated news and to the reports of tests/reading/articles.txt, and not
rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a strong one
may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news of several
kinds before they are kept.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.56
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.08,
    "is FAC": 1.84,
    "is LOC": 1.75,
    "is PERSON": 1.64,
    "is NORP": 1.43,
    "is ORG": 0.40,
    "is thing": 0.25,
    "no label": -0.16,
    "part of NORP": -0.28,
    "begins ORG": -0.57,
    "is ORG, nothing places it": -0.60,
    "more than is labelled": -0.63,
    "part of thing": -0.98,
    "part of PERSON": -1.14,
    "ends ORG": -1.35,
    "within ORG": -1.61,
    "part of a longer place": -2.70,
    "is ORG, an area": -3.49,
    # What the gazetteer knows of the name.
    "as its own name": 1.47,
    "great name": 1.36,
    "may be sea": 1.06,
    "importance from 0.3": 0.77,
    "importance from 0.4": 0.65,
    "may be site": 0.57,
    "as an abbreviation": 0.57,
    "may be admin2": 0.50,
    "as an older name": 0.40,
    "importance from 0.65": 0.15,
    "may be admin1": 0.12,
    "may be country": 0.07,
    "importance from 0.5": -0.13,
    "may be city": -0.16,
    "as another name": -0.25,
    "may be area": -0.34,
    "as a short name": -0.45,
    "as a rarer name": -0.60,
    "may be island": -0.68,
    "unknown name": -1.17,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.22,
    "a building": 0.96,
    "capitals": 0.95,
    "opens a sentence": -0.21,
    "several words": -0.25,
    "only a kind or direction": -0.50,
    "three words or more": -1.12,
    "short capitals": -1.83,
    "no proper noun": -2.03,
    "plain word": -2.91,
    # Names beside it: what it lies in, and lists.
    "contained before": 1.97,
    "lies in it": 1.69,
    "dateline": 1.22,
    "place in the list": 1.00,
    "coordinated": 0.78,
    "container behind": 0.19,
    # What stands before it.
    "preposition of place": 1.75,
    "kind of place before": 1.14,
    "preposition at": 1.08,
    "party before": 0.52,
    "preposition of": 0.50,
    "article before": 0.42,
    "body of it": 0.32,
    "other of it": -0.34,
    "title before": -0.43,
    "article before a name without one": -0.61,
    "place of it": -0.73,
    "hyphen before": -0.77,
    "direction before": -1.66,
    "capital before": -1.95,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 2.10,
    "public behind a known name": 1.43,
    "people or office behind": 1.14,
    "thing behind": 0.04,
    "office behind": -0.00,
    "hyphen and a small word behind": -0.06,
    "possessive": -0.08,
    "verb behind": -0.11,
    "noun behind": -0.45,
    "public behind": -0.81,
    "joined with a place": -1.10,
    "grounds behind": -1.68,
    "hyphen behind": -2.29,
    "landform behind": -2.72,
    "other behind": -3.07,
    # What the rest of the text says of the name.
    "mostly a place here": 0.22,
    "never a place here": -0.59,
    "sometimes a place here": -0.70,
    "a given name here": -0.75,
    "a person's name here, but placed": -1.07,
    "a surname here": -3.92,
}
