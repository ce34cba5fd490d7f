"""Text from strangers made plain: no control characters, and ids that can stand in an address.

Nothing is escaped here: markup and script stay the text they are, and the view escapes what it shows.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from geo.normalise import fold

# Besides control characters: lone surrogates cannot be encoded; bidirectional overrides and isolates reorder what
# stands beside them; U+FEFF is a byte order mark gone astray. Right-to-left marks are ordinary text and stay.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile(r"[^\S\n]+")
_SLUG_LENGTH = 80
# Spreadsheets run a cell that begins so as a formula, with wide letters too.
_FORMULA = re.compile("'*[=+\\-@\t\uff1d\uff0b\uff0d\uff20]")


def clean(text: str, *, lines: bool = False) -> str:
    """The text without control characters and outer space, on one line unless `lines`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _UNWANTED.sub("", _BREAKS.sub("\n", text))
    # Long runs of blanks say nothing, and would keep a pattern that looks for what stands in them busy for minutes.
    return (_BLANKS if lines else _SPACES).sub(" ", text).strip()


def plain_digits(text: str) -> str:
    """The text with its decimal digits and wide forms as ASCII: "２０２５－１０－２９" and "٢٠٢٥-١٠-٢٩" are days too.

    Superscripts, circled numbers and the like are no digits of a number and stay as they are.
    """
    if text.isascii():
        return text
    return "".join(map(_plain_digit, text))


def _plain_digit(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char


def slug(text: str) -> str:
    """An id from words: "Carrier leaves port" gives "carrier-leaves-port"; "" where nothing of it can stand in one."""
    return re.sub(r"[\W_]+", "-", fold(text)).strip("-")[:_SLUG_LENGTH].strip("-")


def fingerprint(*parts: str) -> str:
    """Eight hexadecimal digits, the same for the same parts on every machine."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:8]


def defused(text: str) -> str:
    """The text as a spreadsheet cell that is never run as a formula: an apostrophe goes before what could be one."""
    return f"'{text}" if _FORMULA.match(text) else text


def armed(text: str) -> str:
    """The text that `defused` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
