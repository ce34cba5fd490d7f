"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms` to public annotated news and to the reports of tests/reading/articles.txt, and not
rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a strong one
may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news of several
kinds before they are kept.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.40
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.16,
    "is LOC": 1.93,
    "is FAC": 1.81,
    "is PERSON": 1.56,
    "is NORP": 1.38,
    "is ORG": 0.41,
    "is thing": 0.27,
    "no label": -0.05,
    "part of NORP": -0.49,
    "more than is labelled": -0.50,
    "is ORG, nothing places it": -0.59,
    "begins ORG": -0.59,
    "part of PERSON": -1.00,
    "ends ORG": -1.13,
    "part of thing": -1.13,
    "within ORG": -1.83,
    "part of a longer place": -2.83,
    "is ORG, an area": -3.42,
    # What the gazetteer knows of the name.
    "as an older name": 1.43,
    "great name": 1.28,
    "as its own name": 1.22,
    "may be sea": 1.08,
    "importance from 0.3": 0.83,
    "importance from 0.4": 0.73,
    "may be admin2": 0.59,
    "may be site": 0.54,
    "as an abbreviation": 0.33,
    "may be country": 0.25,
    "importance from 0.65": 0.18,
    "may be admin1": 0.10,
    "may be city": -0.17,
    "importance from 0.5": -0.30,
    "may be area": -0.38,
    "as another name": -0.44,
    "as a short name": -0.60,
    "as a rarer name": -0.71,
    "may be island": -0.80,
    "unknown name": -1.24,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.20,
    "a building": 0.95,
    "capitals": 0.77,
    "opens a sentence": -0.23,
    "several words": -0.24,
    "only a kind or direction": -0.67,
    "three words or more": -1.11,
    "short capitals": -1.83,
    "no proper noun": -2.02,
    "plain word": -2.86,
    # Names beside it: what it lies in, and lists.
    "lies in it": 1.93,
    "contained before": 1.65,
    "dateline": 1.07,
    "place in the list": 1.06,
    "coordinated": 0.76,
    "container behind": -0.12,
    # What stands before it.
    "preposition of place": 1.69,
    "kind of place before": 1.11,
    "preposition at": 1.04,
    "article before": 0.49,
    "party before": 0.48,
    "preposition of": 0.39,
    "body of it": -0.05,
    "other of it": -0.34,
    "title before": -0.45,
    "article before a name without one": -0.57,
    "place of it": -0.75,
    "direction before": -1.51,
    "capital before": -1.75,
    "hyphen before": -2.49,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 2.24,
    "public behind a known name": 1.46,
    "people or office behind": 0.91,
    "thing behind": 0.28,
    "office behind": 0.21,
    "joined with a place": 0.19,
    "possessive": -0.00,
    "verb behind": -0.05,
    "noun behind": -0.33,
    "hyphen and a small word behind": -0.39,
    "public behind": -0.81,
    "grounds behind": -1.50,
    "landform behind": -2.59,
    "other behind": -2.92,
    "hyphen behind": -3.93,
    # What the rest of the text says of the name.
    "mostly a place here": -0.43,
    "never a place here": -0.44,
    "a given name here": -0.84,
    "sometimes a place here": -0.98,
    "a person's name here, but placed": -0.99,
    "a surname here": -4.20,
}
