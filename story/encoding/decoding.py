"""Bytes to text: what a spreadsheet writes, told by marks and by which text the bytes are most likely to be.

What is no UTF-8 or UTF-16 is decoded in every code page that spreadsheets have written, and each text is weighed in
bits: how long it would take to spell out in the language that it fits best (ALPHABETS). The shortest is taken, and a
close second is told. On tables of a few lines this is right where charset-normalizer, made for longer texts, often is
not.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from story.encoding.letters import ALPHABETS, PUNCTUATION
from story.exc import StoryFormatError
from story.model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
CODE_PAGES: dict[str, str] = {
    "Windows-1252": "cp1252",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Windows-1253": "cp1253",
    "Windows-1254": "cp1254",
    "Windows-1255": "cp1255",
    "Windows-1256": "cp1256",
    "Windows-1257": "cp1257",
    "Windows-1258": "cp1258",
    "Shift-JIS": "cp932",
    "GB18030": "gb18030",
    "Big5": "cp950",
    "EUC-KR": "cp949",
    "EUC-JP": "euc_jp",
    "ISO 8859-2": "iso8859-2",
    "ISO 8859-5": "iso8859-5",
    "ISO 8859-6": "iso8859-6",
    "ISO 8859-7": "iso8859-7",
    "ISO 8859-8": "iso8859-8",
    "ISO 8859-9": "iso8859-9",
    "ISO 8859-13": "iso8859-13",
    "ISO 8859-15": "iso8859-15",
    "KOI8-R": "koi8-r",
    "KOI8-U": "koi8-u",
    "Windows-874": "cp874",
    "Mac Roman": "mac-roman",
    "Mac Central European": "mac-latin2",
    "Mac Cyrillic": "mac-cyrillic",
    "CP850": "cp850",
    "CP437": "cp437",
    "CP852": "cp852",
    "CP866": "cp866",
}
"""The code pages that are tried, by what each is called, with Python's codec; the likelier of two that agree first."""

_SAMPLE = 4_000
_WEIGHED = 20_000
_HIGH = re.compile(rb"[\x80-\xff]")
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W\d_]+")
# Bits: of a letter of ASCII, of a sign that no text of the language has, of a capital or another script inside a word.
_PLAIN, _STRANGE, _BROKEN_WORD = 4.0, 22.0, 8.0
_CLOSE = 0.02
"""Two readings whose lengths differ by no more than this share are as likely."""


class Decoded(NamedTuple):
    """A text, what its encoding is called, and a problem where that is a guess."""

    text: str
    encoding: str
    problems: tuple[Problem, ...]


def decode(raw: bytes, file: str, encoding: str = "") -> Decoded:
    """The text of a file, in the `encoding` that is named or else the one that its bytes tell.

    A mark decides; then zero bytes tell UTF-16; then UTF-8, if it holds throughout or nearly so; then the code page
    that makes the likeliest text. Raises StoryFormatError for an encoding that is not known.
    """
    if encoding:
        return Decoded(raw.decode(_codec(encoding), "replace").removeprefix("\ufeff"), encoding, ())
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return Decoded(raw.decode(codec, "replace"), name, ())
    if codec := _wide(raw):
        return Decoded(raw.decode(codec, "replace"), "UTF-16", ())
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8", ())
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    mended = raw.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if len(_FOREIGN.findall(mended)) > 4 * broken:
        message = f"{broken} characters of this file are broken and shown as \ufffd. Save it as UTF-8 again."
        return Decoded(mended, "UTF-8", (Problem(file, line, "", "", message),))
    name, others = likeliest(raw)
    text = unicodedata.normalize("NFC", raw.decode(CODE_PAGES[name], "replace"))
    return Decoded(text, name, (Problem(file, line, "", "", _guessed(name, others, text, raw)),))


def _codec(encoding: str) -> str:
    """Python's codec of an encoding by its name here or there. Raises StoryFormatError; UTF-7 can hide anything."""
    known = {name.casefold(): codec for name, codec in CODE_PAGES.items()}
    try:
        codec = codecs.lookup(known.get(encoding.casefold(), encoding)).name
        if codec == "utf-7" or b"a,\n".decode(codec, "replace") == "":
            raise LookupError(encoding)
    except (LookupError, UnicodeError, ValueError):
        names = ", ".join(["UTF-8", "UTF-16", *CODE_PAGES])
        raise StoryFormatError(f"'{encoding[:40]}' is not an encoding that is read. Name one of {names}.") from None
    return codec


def _guessed(name: str, others: tuple[str, ...], text: str, raw: bytes) -> str:
    sample = _sample(text)
    message = f"This file does not say how it is encoded; it was read as {name}: '{sample}'."
    if others:
        lines = _foreign_lines(raw)
        also = " or ".join(f"{other} ('{_sample(lines.decode(CODE_PAGES[other], 'replace'))}')" for other in others[:2])
        message += f" It may as well be {also}."
    return f"{message} If that is wrong, choose the encoding, or save the file as UTF-8."


def _sample(text: str) -> str:
    """The first line with a letter beyond ASCII, short."""
    found = _FOREIGN.search(text)
    if not found:
        return text[:40]
    line = text.rfind("\n", 0, found.start()) + 1
    start = max(line, found.start() - 20)
    return text[start : found.end() + 20].split("\n")[0].strip()[:48]


def likeliest(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The name of the code page whose text is the likeliest, and those that are as likely and make another text."""
    sample = _foreign_lines(raw)
    weighed: dict[str, float] = {}
    texts: dict[str, str] = {}
    for name, codec in CODE_PAGES.items():
        try:
            # What is weighed may end within a sign, which is no fault of its code page.
            texts[name] = codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeDecodeError:
            continue
        weighed[name] = _bits(texts[name])
    if not weighed:
        return "Windows-1252", ()
    best = min(weighed, key=lambda name: weighed[name])
    near = [
        name
        for name in sorted(weighed, key=lambda name: weighed[name])
        if weighed[name] <= weighed[best] * (1 + _CLOSE) and texts[name] != texts[best]
    ]
    return best, tuple({texts[name]: name for name in reversed(near)}.values())[::-1]


def _foreign_lines(raw: bytes) -> bytes:
    """The first lines of a file that are not ASCII alone, wherever they are, as many as are weighed."""
    lines: list[bytes] = []
    size = end = 0
    while size < _WEIGHED and (found := _HIGH.search(raw, end)):
        start = raw.rfind(b"\n", end, found.start()) + 1 or end
        end = raw.find(b"\n", found.start())
        end = len(raw) if end < 0 else end
        lines.append(raw[start:end])
        size += end - start + 1
    return b"\n".join(lines)[:_WEIGHED]


def _bits(text: str) -> float:
    """How long a text is in the language that spells it shortest."""
    signs = Counter(char for char in text if char > "\x7f")
    plain = sum(1 for char in text if char <= "\x7f" and char.isalpha())
    broken = sum(_is_broken(word) for word in set(_WORD.findall(text)))
    shortest = min(sum(count * cost(char) for char, count in signs.items()) for cost in _costs())
    return shortest + _PLAIN * plain + _BROKEN_WORD * broken


def _is_broken(word: str) -> bool:
    """A capital behind a small letter, or two scripts in one word."""
    if word.isascii():
        return False
    if any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return True
    scripts = {_script(char) for char in word if char > "\x7f"} | ({"LATIN"} if re.search("[A-Za-z]", word) else set())
    return len(scripts - {""}) > 1 and not scripts <= {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", ""}


@lru_cache(maxsize=20_000)
def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    return name if char.isalpha() else ""


class _Cost:
    """What a sign costs in one language, in bits."""

    def __init__(self, letters: str) -> None:
        distinct = list(dict.fromkeys(letters))
        total = sum(1 / (rank + 3) for rank in range(len(distinct)))
        self.known = {char: -math.log2(0.9 / (rank + 3) / total) for rank, char in enumerate(distinct)}
        self.script = _script(distinct[0])
        # Besides the letters listed, a script has dozens of letters, or thousands of signs.
        self.others = -math.log2(0.07 / (6_000 if len(distinct) > 100 else 60))
        self.punctuation = -math.log2(0.03 / len(PUNCTUATION))

    def __call__(self, char: str) -> float:
        if char in self.known:
            return self.known[char]
        if char in PUNCTUATION:
            return self.punctuation
        script = _script(char)
        same = script == self.script or {script, self.script} <= {"CJK", "HIRAGANA", "KATAKANA"}
        return self.others + (3.0 if self.script == "LATIN" else 0.0) if script and same else _STRANGE


@lru_cache(maxsize=1)
def _costs() -> tuple[_Cost, ...]:
    return tuple(map(_Cost, ALPHABETS.values()))


def _wide(raw: bytes) -> str:
    """The UTF-16 that a file without a mark is in, by which half of its byte pairs is mostly zero; "" for none."""
    sample = raw[:_SAMPLE]
    half = len(sample) // 2
    if half < 4:
        return ""
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 0.6 * half and low < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if low > 0.6 * half and high < 0.1 * half else ""
