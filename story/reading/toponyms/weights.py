"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms` to public annotated news and to the reports of tests/reading/articles.txt, and not
rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a strong one
may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news of several
kinds before they are kept.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.12
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.64,
    "is FAC": 2.20,
    "is NORP": 1.65,
    "is PERSON": 1.62,
    "is LOC": 1.58,
    "is ORG": 1.06,
    "no label": -0.02,
    "part of NORP": -0.21,
    "part of PERSON": -0.61,
    "begins ORG": -0.63,
    "is ORG, nothing places it": -0.87,
    "within ORG": -1.34,
    "part of thing": -1.34,
    "is thing": -1.41,
    "ends ORG": -1.44,
    "more than is labelled": -1.59,
    "part of a longer place": -2.19,
    "is ORG, great name": -2.87,
    # What the gazetteer knows of the name.
    "as its own name": 1.31,
    "may be sea": 1.18,
    "may be admin2": 1.11,
    "as an abbreviation": 0.87,
    "great name": 0.71,
    "importance from 0.5": 0.52,
    "importance from 0.4": 0.51,
    "importance from 0.3": 0.50,
    "may be admin1": 0.44,
    "as an older name": 0.30,
    "may be country": 0.26,
    "may be site": 0.16,
    "as a short name": -0.10,
    "importance from 0.65": -0.12,
    "as a rarer name": -0.13,
    "may be city": -0.36,
    "may be area": -0.42,
    "as another name": -0.71,
    "may be island": -0.84,
    "unknown name": -1.55,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.30,
    "capitals": 1.06,
    "a building": 0.57,
    "several words": -0.53,
    "only a kind or direction": -0.56,
    "three words or more": -0.79,
    "opens a sentence": -0.92,
    "no proper noun": -2.12,
    "plain word": -2.31,
    "short capitals": -2.40,
    # Names beside it: what it lies in, and lists.
    "dateline": 1.53,
    "lies in it": 1.42,
    "coordinated": 1.22,
    "contained before": 1.13,
    "place in the list": 0.57,
    "container behind": 0.52,
    # What stands before it.
    "preposition of place": 1.49,
    "kind of place before": 1.01,
    "preposition at": 0.64,
    "article before": 0.58,
    "preposition of": 0.13,
    "body of it": -0.00,
    "other of it": -0.09,
    "title before": -0.56,
    "place of it": -0.74,
    "hyphen before": -0.90,
    "direction before": -1.70,
    "capital before": -1.86,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 1.73,
    "people or office behind": 0.78,
    "public behind a well-known name": 0.15,
    "verb behind": -0.03,
    "office behind": -0.18,
    "hyphen and a small word behind": -0.19,
    "possessive": -0.28,
    "noun behind": -0.56,
    "public behind": -0.65,
    "joined with a place": -1.31,
    "grounds behind": -1.38,
    "hyphen behind": -1.67,
    "landform behind": -2.34,
    "thing behind": -2.41,
    "other behind": -3.24,
    # What the rest of the text says of the name.
    "mostly a place here": 0.20,
    "never a place here": -0.47,
    "sometimes a place here": -0.77,
    "a given name here": -1.79,
    "a surname here": -2.71,
}
