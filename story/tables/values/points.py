"""Latitude and longitude as tables, ships and pilots write them: degrees or minutes, both in one cell, WKT, JSON.

A letter of the compass is never a mark of seconds: "33°52'10S" is ten seconds south.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from story.text import clean, plain_digits

_LONGEST = 200
_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d+)?"
_WKT = re.compile(r"(?:SRID=\d+;)?\s*(?:MULTI)?POINT\s*(?:ZM?|M)?\s*\(+\s*(\S+)\s+(\S+?)[\s)]", re.IGNORECASE)
_GEOJSON = re.compile(r'"coordinates"\s*:\s*\[\s*([-\d.eE]+)\s*,\s*([-\d.eE]+)')
_PAIR = re.compile(rf"[(\[]?\s*({_NUMBER})\s*[,;/\s]+({_NUMBER})\s*[)\]]?")
# Whole numbers alone are as well a date: "5 9 2016".
_ALTITUDE = re.compile(
    r"(?P<point>.*[.°NSEW].*?)(?:\s*[,;]\s*|\s+)[-+]?\d+(?:\.\d+)?\s*(?:m|ft|feet|met(?:er|re)s?)?\s*[)\]]?",
    re.IGNORECASE,
)
_MARKS = str.maketrans(
    {
        **dict.fromkeys("′’‘´`ʹ‵", "'"),
        **dict.fromkeys("″”“ʺ‶", '"'),
        **dict.fromkeys("º˚", "°"),
        "−": "-",
        "–": "-",
        "‐": "-",
    }
)
_WORDS = re.compile(r"(?<=\d)\s*(deg(?:rees?)?|d|min(?:utes?)?|m|sec(?:onds?)?|s)(?![a-z])[.]?", re.IGNORECASE)
_MARK_OF = {"d": "°", "m": "'", "s": '"'}
_LETTERED = re.compile(r"\d\s*d(?:eg\w*)?\W*\d[\d.,]*\s*m(?:in\w*)?(?![a-z])", re.IGNORECASE)
_AXIS = re.compile(
    r"(?P<first>[NSEW])?\s*(?P<sign>[-+])?\s*(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°:]?"
    r"(?:[\s-]*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*[':]?(?:[\s-]*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*\"?)?)?\s*(?P<last>[NSEW])?",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(
    r"(?P<first>[NSEW])?\s*(?P<digits>\d{4,7})(?P<part>[.,]\d+)?\s*(?P<last>[NSEW])?", re.IGNORECASE
)
_HALVES = (
    re.compile(r"(?P<y>[^NSEW]+[NS])[,;/\s]*(?P<x>[^NSEW]+[EW])", re.IGNORECASE),
    re.compile(r"(?P<y>[NS][^NSEW]+?)[,;/\s]*(?P<x>[EW][^NSEW]+)", re.IGNORECASE),
    re.compile(r"(?P<x>[^NSEW]+[EW])[,;/\s]*(?P<y>[^NSEW]+[NS])", re.IGNORECASE),
    re.compile(r"(?P<x>[EW][^NSEW]+?)[,;/\s]*(?P<y>[NS][^NSEW]+)", re.IGNORECASE),
)


def one_axis(text: str) -> str:
    """A latitude or longitude as plain degrees: "35°41'N", "3541N" and "N35-41" give "35.683333".

    Anything else comes back as it is, for whoever checks it to tell.
    """
    text = _plain(text)
    if re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return text
    value = _run_together(text)
    if value is None:
        value = _in_parts(text)
    return text.replace("°", "").strip() if value is None else f"{value:.8g}"


def both_axes(text: str, *, longitude_first: bool = False) -> tuple[str, str] | None:
    """Latitude and longitude of a cell that holds both; None where it holds no point. WKT and GeoJSON are x first.

    `longitude_first` says what two bare numbers are; letters of the compass say it themselves. An altitude is left out.
    """
    if len(text) > _LONGEST:
        return None
    text = _plain(text)
    if (found := _WKT.match(text + " ")) or (found := _GEOJSON.search(text)):
        return found[2], found[1]
    pair = _halves(text) or _bare(text, longitude_first)
    if pair is None and (found := _ALTITUDE.fullmatch(text)):
        pair = _halves(found["point"]) or _bare(found["point"], longitude_first)
    return pair


def is_longitude_first(cells: Iterable[str]) -> bool:
    """Whether the bare pairs of a column can only be longitude first: a first number is above 90, and no second one."""
    first = second = 0.0
    for cell in cells:
        found = _PAIR.fullmatch(_plain(cell)) if len(cell) <= _LONGEST else None
        if found:
            first = max(first, abs(_number(found[1])))
            second = max(second, abs(_number(found[2])))
    return first > 90 >= second


def in_range(text: str, most: float) -> bool:
    """Whether a cell is a number of degrees of at most `most`."""
    try:
        return abs(float(one_axis(text).replace(",", "."))) <= most
    except ValueError:
        return False


def _plain(text: str) -> str:
    """One kind of each mark, and marks for words and letters: "33d52m10s S" as 33°52'10" S."""
    text = plain_digits(clean(text[:_LONGEST])).translate(_MARKS).replace("''", '"')
    if _LETTERED.search(text) or re.search(r"\d\s*deg", text, re.IGNORECASE):
        text = _WORDS.sub(lambda found: _MARK_OF[found[1][0].lower()], text)
    return text


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _in_parts(text: str) -> float | None:
    """Degrees with minutes and seconds, a letter before or behind them; None for anything else."""
    found = _AXIS.fullmatch(text)
    if not found or not any(found[name] for name in ("first", "last", "minutes")):
        return None
    parts = [found[name] for name in ("degrees", "minutes", "seconds") if found[name]]
    if any(re.search(r"[.,]", part) for part in parts[:-1]):
        return None
    return _signed([_number(part) for part in parts], found["first"], found["last"], found["sign"])


def _run_together(text: str) -> float | None:
    """Degrees and minutes without anything between them, as pilots and ships write: "5915N", "10328.9E", "N335210"."""
    found = _RUN_TOGETHER.fullmatch(text)
    if not found or bool(found["first"]) == bool(found["last"]):
        return None
    digits, letter = found["digits"], (found["first"] or found["last"]).upper()
    whole = {4: 2, 6: 2} if letter in "NS" else {4: 2, 5: 3, 6: 2, 7: 3}
    if len(digits) not in whole:
        return None
    degrees, rest = digits[: whole[len(digits)]], digits[whole[len(digits)] :]
    parts = [degrees, *(rest[i : i + 2] for i in range(0, len(rest), 2))]
    parts[-1] += found["part"] or ""
    return _signed([_number(part) for part in parts], found["first"], found["last"], None)


def _signed(parts: list[float], first: str | None, last: str | None, sign: str | None) -> float | None:
    """Degrees from their parts; None where they are none: sixty minutes, two letters, a sign that denies its letter."""
    letters = {letter.upper() for letter in (first, last) if letter}
    if len(letters) > 1 or any(part >= 60 for part in parts[1:]) or (sign == "-" and letters & {"N", "E"}):
        return None
    value = sum(part / 60**power for power, part in enumerate(parts))
    return float(-value if sign == "-" or letters & {"S", "W"} else value)


def _halves(text: str) -> tuple[str, str] | None:
    """The two axes of a text with letters of the compass, in either order."""
    for form in _HALVES:
        if found := form.fullmatch(text.strip("()[] ")):
            pair = one_axis(found["y"].strip(" ,;/")), one_axis(found["x"].strip(" ,;/"))
            if all(re.fullmatch(r"[-+]?\d+(\.\d+)?(e-?\d+)?", axis) for axis in pair):
                return pair
    return None


def _bare(text: str, longitude_first: bool) -> tuple[str, str] | None:
    """The two axes of a text without letters; the other way round where only that can be."""
    found = _PAIR.fullmatch(text)
    parts = list(found.groups()) if found else re.split(r"\s*[,;]\s*", text.strip("()[] "))
    if len(parts) != 2:
        return None
    first, second = (one_axis(part) for part in parts)
    try:
        swapped = longitude_first or abs(_number(first)) > 90 >= abs(_number(second))
        _number(second)
    except ValueError:
        return None
    return (second, first) if swapped else (first, second)
