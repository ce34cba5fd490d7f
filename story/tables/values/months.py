"""The names of months and weekdays in the languages that tables are kept in, and one word for a name of several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from geo.normalise import fold
from story.tables.values import calendar_words

# What Unicode's tables lack: other short forms, and words that newspapers use.
_BESIDES = (
    "janeiro janua jänn",
    "févr fev fevr",
    "mrz mär maart",
    "abr avr",
    "mayo maio mag mei",
    "junio giu junho",
    "julio lug julho juil",
    "ago agosto août augustus",
    "sept set sep septembre",
    "okt out oct ott",
    "nov",
    "dez dic déc",
)
MONTHS = {fold(name): number for number, names in enumerate(_BESIDES, 1) for name in names.split()}
MONTHS |= calendar_words.MONTHS
"""The folded name of a month -> its number; those that are another one in another language are in `either_month`."""
WEEKDAYS = calendar_words.WEEKDAYS
LETTERS = r"(?:[^\W\d_]|[\u0900-\u0eff])+"
"""A word, in scripts too whose vowels are marks of their own."""
_ENGLISH = "january february march april may june july august september october november december".split()
_SEVERAL = {name: number for name, number in MONTHS.items() if not re.fullmatch(LETTERS, name)}
_SEVERAL_WORDS = re.compile("|".join(rf"{re.escape(name)}(?!\d)" for name in sorted(_SEVERAL, key=len, reverse=True)))
_WORD = re.compile(LETTERS)


def in_single_words(folded: str) -> str:
    """A folded text with names of months of several words ("thang 5", "มี.ค") as the English ones."""
    return _SEVERAL_WORDS.sub(lambda found: f" {_ENGLISH[_SEVERAL[found[0]] - 1]} ", folded)


def either_month(text: str) -> tuple[str, ...]:
    """The texts that one with "listopad" may mean, November in Polish and October in Croatian; () for any other."""
    found = next((word for word in _WORD.findall(fold(text)) if word in calendar_words.CLASHES), None)
    if found is None:
        return ()
    numbers = sorted(set(calendar_words.CLASHES[found].values()))
    return tuple(re.sub(rf"\b{found}\b", _ENGLISH[number - 1], fold(text)) for number in numbers)


def language_of(cells: Iterable[str]) -> str:
    """Of the languages whose months clash, the one that the other months of a column are in; "" where none is."""
    words = {word for cell in cells for word in _WORD.findall(fold(cell))}
    if not words & calendar_words.CLASHES.keys():
        return ""
    known = Counter({name: len(words & names) for name, names in calendar_words.OF_LANGUAGE.items()})
    (best, most), (_, next_most) = known.most_common(2)
    return best if most > next_most else ""


def in_language(text: str, language: str) -> str:
    """The text with a name that clashes as the month of that language."""
    for word in _WORD.findall(fold(text)):
        if number := calendar_words.CLASHES.get(word, {}).get(language):
            return re.sub(rf"\b{word}\b", _ENGLISH[number - 1], fold(text))
    return text
