"""What each fact about a name is worth (story.reading.toponyms.evidence), in natural logarithms of the odds.

Fitted by `python -m tools.toponyms --write` to public annotated news and to the reports of tests/reading/articles.txt,
and not rounded by hand: each is what the fact adds when all others are known, so that one which often comes with a
strong one may be worth nothing, or less, by itself. Fit them anew when a fact is added or changed, and measure on news
of several kinds before they are kept. What settles the matter alone is no weight: see `VETOES` there.
"""

from __future__ import annotations

from typing import Final

AT_FIRST: Final = -2.40
"""Where every candidate starts: most runs of capitals are no places."""

WORTH: Final[dict[str, float]] = {
    # What spaCy takes the words for. It is right more often than not about a place, and rarely calls one a person.
    "is GPE": 2.15,
    "is LOC": 1.85,
    "is FAC": 1.80,
    "is PERSON": 1.60,
    "is NORP": 1.39,
    "is ORG": 0.45,
    "is thing": 0.17,
    "no label": 0.14,
    "more than is labelled": -0.08,
    "part of NORP": -0.50,
    "begins ORG": -0.72,
    "is ORG, nothing places it": -0.70,
    "part of PERSON": -1.00,
    "part of thing": -1.16,
    "ends ORG": -1.22,
    "within ORG": -1.98,
    "part of a longer place": -2.90,
    "is ORG, an area": -3.44,
    # What the gazetteer knows of the name.
    "as an older name": 1.38,
    "as its own name": 1.24,
    "may be sea": 1.09,
    "great name": 1.20,
    "importance from 0.3": 0.76,
    "importance from 0.4": 0.75,
    "may be admin2": 0.64,
    "may be site": 0.54,
    "importance from 0.65": 0.26,
    "as an abbreviation": 0.31,
    "may be country": 0.30,
    "may be admin1": 0.10,
    "may be city": -0.17,
    "importance from 0.5": -0.23,
    "may be area": -0.46,
    "as another name": -0.42,
    "as a short name": -0.55,
    "as a rarer name": -0.74,
    "may be island": -0.82,
    "unknown name": -1.25,
    # How the name is written. Names of one word are the doubtful ones; plain words and directions are no names alone.
    "its kind is part of it": 1.46,
    "a building": 0.95,
    "capitals": 0.75,
    "opens a sentence": -0.23,
    "several words": -0.21,
    "only a kind or direction": -0.78,
    "three words or more": -1.09,
    "short capitals": -1.85,
    "no proper noun": -2.08,
    "plain word": -2.57,
    # Names beside it: what it lies in, and lists.
    "lies in it": 1.91,
    "contained before": 1.24,
    "dateline": 1.06,
    "place in the list": 1.02,
    "coordinated": 0.78,
    "container behind": -0.11,
    # What stands before it.
    "preposition of place": 1.63,
    "kind of place before": 1.10,
    "preposition at": 0.99,
    "party before": 0.52,
    "article before": 0.49,
    "preposition of": 0.36,
    "body of it": -0.05,
    "other of it": -0.36,
    "title before": -0.50,
    "article before a name without one": -0.61,
    "place of it": -0.81,
    "direction before": -1.49,
    "small direction before": 0.30,
    "capital before": -1.67,
    "hyphen before": -2.48,
    # What stands behind it: small words for a kind of place speak for it, capitals that go on with the name against.
    "kind behind": 2.23,
    "public behind a known name": 1.70,
    "people or office behind": 0.94,
    "thing behind": 0.24,
    "office behind": 0.18,
    "joined with a place": 0.05,
    "possessive": 0.01,
    "verb behind": 0.04,
    "noun behind": -0.33,
    "hyphen and a small word behind": -0.40,
    "public behind": -0.77,
    "grounds behind": -1.43,
    "landform behind": -2.54,
    "other behind": -2.91,
    "hyphen behind": -3.85,
    # What the rest of the text says of the name.
    "mostly a place here": -0.40,
    "never a place here": -0.44,
    "a given name here": -0.84,
    "sometimes a place here": -1.01,
    "a person's name here, but placed": -0.98,
    "a surname here": -4.25,
}
