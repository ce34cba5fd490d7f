"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms` to public annotated news and to the reports of tests/reading/articles.txt, and not
rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a strong one
may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news of several
kinds before they are kept.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.41
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.19,
    "is LOC": 1.94,
    "is FAC": 1.84,
    "is PERSON": 1.63,
    "is NORP": 1.39,
    "is ORG": 0.43,
    "is thing": 0.25,
    "no label": -0.06,
    "more than is labelled": -0.46,
    "part of NORP": -0.50,
    "begins ORG": -0.58,
    "is ORG, nothing places it": -0.61,
    "part of PERSON": -0.99,
    "part of thing": -1.14,
    "ends ORG": -1.20,
    "within ORG": -1.89,
    "part of a longer place": -2.85,
    "is ORG, an area": -3.40,
    # What the gazetteer knows of the name.
    "as an older name": 1.31,
    "as its own name": 1.26,
    "may be sea": 1.10,
    "great name": 1.06,
    "importance from 0.3": 0.79,
    "importance from 0.4": 0.73,
    "may be admin2": 0.58,
    "may be site": 0.55,
    "importance from 0.65": 0.40,
    "as an abbreviation": 0.38,
    "may be country": 0.25,
    "may be admin1": 0.10,
    "may be city": -0.15,
    "importance from 0.5": -0.30,
    "may be area": -0.40,
    "as another name": -0.45,
    "as a short name": -0.57,
    "as a rarer name": -0.70,
    "may be island": -0.81,
    "unknown name": -1.24,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.21,
    "a building": 0.97,
    "capitals": 0.77,
    "opens a sentence": -0.25,
    "several words": -0.26,
    "only a kind or direction": -0.68,
    "three words or more": -1.10,
    "short capitals": -1.84,
    "no proper noun": -2.02,
    "plain word": -2.83,
    # Names beside it: what it lies in, and lists.
    "lies in it": 1.91,
    "contained before": 1.65,
    "dateline": 1.09,
    "place in the list": 1.03,
    "coordinated": 0.73,
    "container behind": -0.13,
    # What stands before it.
    "preposition of place": 1.68,
    "kind of place before": 1.09,
    "preposition at": 1.02,
    "party before": 0.51,
    "article before": 0.50,
    "preposition of": 0.41,
    "body of it": -0.03,
    "other of it": -0.36,
    "title before": -0.50,
    "article before a name without one": -0.58,
    "place of it": -0.76,
    "direction before": -1.49,
    "capital before": -1.61,
    "hyphen before": -2.50,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 2.24,
    "public behind a known name": 1.44,
    "people or office behind": 0.89,
    "thing behind": 0.28,
    "office behind": 0.21,
    "joined with a place": 0.20,
    "possessive": -0.02,
    "verb behind": -0.03,
    "noun behind": -0.36,
    "hyphen and a small word behind": -0.41,
    "public behind": -0.82,
    "grounds behind": -1.50,
    "landform behind": -2.58,
    "other behind": -2.92,
    "hyphen behind": -3.95,
    # What the rest of the text says of the name.
    "mostly a place here": -0.44,
    "never a place here": -0.49,
    "a given name here": -0.84,
    "sometimes a place here": -0.95,
    "a person's name here, but placed": -1.03,
    "a surname here": -4.23,
}
