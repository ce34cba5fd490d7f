"""Place names as newspapers write them, brought to one key by small steps of one shape: text in, text out.

Both sides of a lookup go through `key`: the names of the gazetteer when its index is built, the toponym when it is
looked up. Interpretation (qualifiers, "northern ...", "... prefecture") is the business of `geo.names.readings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Step = Callable[[str], str]

LONGEST = 200
"""Characters of the longest toponym worth looking up; the longest name in the tables is well below."""

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "ə": "a",
        "ŧ": "t",
    }
)
_DROPPED = ".'`’‘ʼʻʿʾ´′ʹ\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff·"
_SPLITTING = '-‐‑‒–—―_/\\,;:!?"“”„«»()[]{}<>|*+=~^%$#@…\u00a0\t\n\r'
_PUNCTUATION = str.maketrans({**dict.fromkeys(_DROPPED, None), **dict.fromkeys(_SPLITTING, " "), "&": " and "})

_WORDS = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "mtn": "mountain",
    "mts": "mountains",
    "ft": "fort",
}
_ABBREVIATED = re.compile(r"\b(?:st|ste|mt|mtn|mts|ft)\b")
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])(?:['’ʼ]s|(?<=s)['’ʼ])$")


def fold_case(name: str) -> str:
    return name.casefold()


def fold(text: str) -> str:
    """The text for comparing: without case, accents and width."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in spread if not unicodedata.combining(char)))


def strip_accents(name: str) -> str:
    if name.isascii():
        return name
    apart = unicodedata.normalize("NFKD", name).translate(_LETTERS)
    return "".join([c for c in apart if not unicodedata.combining(c)])


def strip_punctuation(name: str) -> str:
    return name.translate(_PUNCTUATION)


def close_spaces(name: str) -> str:
    return " ".join(name.split())


def expand_words(name: str) -> str:
    """ "st. johns" and "saint johns" are one name, as are "ft." and "fort", "mt." and "mount"."""
    if not _ABBREVIATED.search(name):
        return name
    return " ".join([_WORDS.get(word, word) for word in name.split()])


def drop_article(name: str) -> str:
    return name[4:] if name.startswith("the ") and len(name) > 4 else name


STEPS: tuple[Step, ...] = (fold_case, strip_accents, strip_punctuation, close_spaces, expand_words, drop_article)


def key(name: str) -> str:
    """The form of a name under which the gazetteer holds it; "" where nothing nameable is left."""
    if name.isascii() and name.isalpha():  # one plain word, as most of a million names are: only two steps matter
        name = name.lower()
        return _WORDS.get(name, name)
    for step in STEPS:
        name = step(name)
    return name


_AROUND = ' "“”«»[]{}<>;:,!?*_'


def tidy(toponym: str) -> str:
    """The toponym without control characters, lone surrogates, quotes around it and repeated spaces."""
    if toponym.isascii() and toponym.isprintable():
        return close_spaces(toponym).strip(_AROUND)
    kept = [c if unicodedata.category(c) not in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"} else " " for c in toponym]
    return close_spaces("".join(kept)).strip(' "“”«»[]{}<>;:,!?*_')


def strip_possessive(toponym: str) -> str:
    """ "Japan's" and "Philippines’" without the possessive."""
    return _POSSESSIVE.sub("", toponym)


def is_abbreviated(toponym: str) -> bool:
    """True for "U.S.", "UAE", "Calif.", "W.Va.": forms that stand for a place only as they are written."""
    bare = toponym[4:] if toponym[:4].lower() == "the " else toponym
    return bare.isupper() or "." in bare
