"""Bytes to text: what a spreadsheet writes, told by marks and by what the bytes can and cannot be."""

from __future__ import annotations

import codecs
import re

from story.model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 4_000
_FOREIGN = re.compile("[^\x00-\x7f]+")
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")


def decode(raw: bytes, file: str) -> tuple[str, str, tuple[Problem, ...]]:
    """The text, the name of its encoding, and a problem where the encoding is a guess.

    A mark decides; then zero bytes tell UTF-16; then UTF-8, if it holds throughout. What is left is Shift-JIS where the
    bytes make runs of Japanese letters, mostly UTF-8 where few bytes are broken, and Windows-1252 otherwise.
    """
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), name, ()
    if codec := _wide(raw):
        return raw.decode(codec, "replace"), "UTF-16", ()
    try:
        return raw.decode("utf-8"), "UTF-8", ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    mended = raw.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if len(_FOREIGN.findall(mended)) > 4 * broken:
        message = f"{broken} characters of this file are broken and shown as \ufffd. Save it as UTF-8 again."
        return mended, "UTF-8", (Problem(file, line, "", "", message),)
    codec, name = ("cp932", "Shift-JIS") if _is_japanese(raw) else ("cp1252", "Windows-1252")
    message = f"This file is not UTF-8; it was read as {name}. Check its accents, or save it as UTF-8."
    return raw.decode(codec, "replace"), name, (Problem(file, line, "", "", message),)


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


def _is_japanese(raw: bytes) -> bool:
    """Japanese letters stand in runs; accented letters read as Shift-JIS make single ones between Latin letters."""
    try:
        text = raw.decode("cp932")
    except UnicodeDecodeError:
        return False
    runs = _FOREIGN.findall(text)
    long = sum(len(run) for run in runs if len(run) > 1 and len(_JAPANESE.findall(run)) > 0.7 * len(run))
    return long > 0.7 * sum(map(len, runs))
