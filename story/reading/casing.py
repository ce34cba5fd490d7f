"""A text as its sentences are to be read, to the same offsets: without markup, and without lines all in capitals.

Such lines are written as they would be in an ordinary text, since capitals are what tells a name.

A word takes the form in which it is commoner: the vectors of the language model stand in the order of how often each
form occurs. What no form is known of is a name; a run of words that names a place of some importance is one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo import normalise
from geo.store import Store
from story.reading.language import english
from story.reading.toponyms.words import CIVIL_TITLES, OFFICES, PARTICLES, SMALL_WORDS

_TITLES = (CIVIL_TITLES | OFFICES) - frozenset(
    "spokesman spokeswoman spokesperson chief chairman chairwoman coach official officials lawmaker lawmakers clerk"
    " manager administrator director actor actress singer author attorney prosecutor detective".split()
)
"""What has a capital before a name."""
_LEAST_WORDS, _LEAST_LETTERS = 4, 16
_SHARE = 0.9
"""Of the letters of a line, those that must be capitals: "iPHONE" and "McDONALD" do not undo it."""
_WORD = re.compile(r"[^\W\d_]+(?:[.’'][^\W\d_]+)*\.?")
_DATELINE = re.compile(r"[ \t]*(?P<place>[A-Z][A-Z.'’\- ]+?)(?=,| ?\()?(?=[^a-z\n]{0,60}?(?:—|–|--| - ))")
_AGENCY = re.compile(r"\([A-Z][A-Z .&/-]{1,30}\)")
_OPENING = re.compile(r"(?:^|[.!?:]['”\")\]]*\s+|(?:—|–|--| - )\s*)[\s'“\"(\[•*·-]*$")
_MARKUP = re.compile(
    r"<script\b[^\n]{0,500}?</script>|<!--[^\n]{0,500}?-->|</?[A-Za-z][^<>\n]{0,200}>"
    r"|\{%[^\n]{0,80}?%\}|\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}\}",
    re.IGNORECASE,
)
_LONGEST_NAME = 4
_KNOWN, _GREAT = 0.2, 0.45
_ACRONYM = 5
_MONTHS = frozenset({"march", "may"})
_NEVER = 10**9


def without_markup(text: str) -> str:
    """The text, as long as before, with spaces for tags, scripts and placeholders: no words of its sentences."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)


def recased(text: str, gazetteer: Store) -> str:
    """The text, as long as before to the character, with capitals only where names and sentences begin."""
    if not any(_is_in_capitals(line) for line in text.splitlines()):
        return text
    return "".join(
        _of_line(line, gazetteer) if _is_in_capitals(line) else line for line in text.splitlines(keepends=True)
    )


def _is_in_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    if len(letters) < _LEAST_LETTERS or sum(char.isupper() for char in letters) < _SHARE * len(letters):
        return False
    return sum(len(match[0]) > 1 for match in _WORD.finditer(line)) >= _LEAST_WORDS


def _of_line(line: str, gazetteer: Store) -> str:
    kept = [match.span() for match in _AGENCY.finditer(line)]
    if dateline := _DATELINE.match(line):
        kept.append(dateline.span("place"))
    words = [match for match in _WORD.finditer(line) if not any(a <= match.start() < b for a, b in kept)]
    forms = [_form(match[0], line, match) for match in words]
    for first, end in _places(line, words, forms, gazetteer):
        for i in range(first, end):
            if words[i][0].lower() not in PARTICLES or i == first:
                forms[i] = _titled(words[i][0])
    for i in range(len(words) - 2, -1, -1):
        before_a_name = line[words[i].end() : words[i + 1].start()] == " " and forms[i + 1][:1].isupper()
        if before_a_name and words[i][0].lower().rstrip(".") in _TITLES:
            forms[i] = _titled(words[i][0])
    found = line
    for match, form in zip(words, forms, strict=True):
        if len(form) == len(match[0]):  # some letters become two in the other case
            opens = _OPENING.search(line[: match.start()])
            form = form[:1].upper() + form[1:] if opens else form
            found = found[: match.start()] + form + found[match.end() :]
    return found


def _form(word: str, line: str, match: re.Match[str]) -> str:
    """The commonest form of a word; a month before a number is one."""
    small, titled = word.lower(), _titled(word)
    if "." in word[:-1]:
        return word  # "U.S."
    if small in _MONTHS and re.match(r" \d", line[match.end() :]):
        return titled
    if word == "I" or (word == "US" and line[: match.start()].lower().endswith(("the ", "of ", "in "))):
        return word
    plain = word.rstrip(".")
    stem = re.sub(r"['’]S$", "", plain)
    ranks = {form: _rank(form) for form in (stem.lower(), _titled(stem))}
    best = min(ranks.values())
    if len(stem) <= _ACRONYM and _rank(stem) < best:
        return stem + word[len(stem) :].lower()
    return small if ranks[stem.lower()] == best < _NEVER else titled


def _titled(word: str) -> str:
    """With a capital at the start and behind a stroke or an apostrophe that opens a name: "O'Neill", but "Ana's"."""
    low = word.lower()
    return re.sub(r"(^|[’'](?=\w{2}))(\w)", lambda match: match[1] + match[2].upper(), low)


def _places(line: str, words: list[re.Match[str]], forms: list[str], gazetteer: Store) -> Iterator[tuple[int, int]]:
    """Runs of words, the longest first, that the gazetteer has as the name of one place."""
    first = 0
    while first < len(words):
        if words[first][0].lower() in SMALL_WORDS:
            first += 1
            continue
        end = next(
            (end for end in _ends(line, words, first) if _is_a_name(line, words, forms, first, end, gazetteer)), 0
        )
        if end:
            yield first, end
        first = end or first + 1


def _ends(line: str, words: list[re.Match[str]], first: int) -> list[int]:
    ends = [first + 1]
    while len(ends) < _LONGEST_NAME and ends[-1] < len(words):
        if line[words[ends[-1] - 1].end() : words[ends[-1]].start()] not in (" ", "-"):
            break
        ends.append(ends[-1] + 1)
    return ends[:0:-1]


def _is_a_name(line: str, words: list[re.Match[str]], forms: list[str], first: int, end: int, gazetteer: Store) -> bool:
    if words[end - 1][0].lower() in SMALL_WORDS:
        return False
    known = gazetteer.known(normalise.key(line[words[first].start() : words[end - 1].end()]))
    has_a_name = any(form[:1].isupper() for form in forms[first:end])
    return any(one.importance >= (_KNOWN if has_a_name else _GREAT) for one in known)


@lru_cache(maxsize=1)
def _order() -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hashes of all words of the model, sorted, and the place of each in the order of how common they are."""
    vectors = english().vocab.vectors
    keys = np.fromiter(vectors.keys(), dtype=np.uint64, count=vectors.n_keys)
    by_hash = np.argsort(keys)
    return keys[by_hash], by_hash


@lru_cache(maxsize=20_000)
def _rank(word: str) -> int:
    hashes, places = _order()
    hashed = np.uint64(english().vocab.strings[word])
    at = int(np.searchsorted(hashes, hashed))
    return int(places[at]) if at < len(hashes) and hashes[at] == hashed else _NEVER
