"""Captions: present tense for what has happened, a whole date, and at the end who took the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CREDIT = re.compile(
    r"(?:\((?P<bracketed>[^()\n]{3,80})\)"
    r"|(?:Photo(?:graph)?|Picture|Image|Credit)s?(?: by|:| credit:) ?(?P<named>[^()\n]{3,80}))\s*$"
)
_PICTURE = re.compile(r"\b(?:photo(?:graph)?s?|picture|image|courtesy|via|by|handout|file|pool)\b", re.IGNORECASE)
_FULL_DATE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Caption:
    """The bounds of a caption in the text, and the agency that its credit names, "" where it names none."""

    start: int
    end: int
    agency: str


def captions(text: str) -> list[Caption]:
    """The lines of a text that end with the credit of a picture."""
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        match = _CREDIT.search(line)
        credit = (match["bracketed"] or match["named"]) if match else ""
        if match and (match["named"] or _is_credit(credit)) and _FULL_DATE.search(line[: match.start()]):
            found.append(Caption(start, start + match.start(), _agency(credit)))
        start += len(line)
    return found


def _is_credit(words: str) -> bool:
    return "/" in words or bool(_PICTURE.search(words))


def _agency(credit: str) -> str:
    """Of "Madelyn Keech/U.S. Air Force" the second, of "AP Photo/Jane Doe" the first."""
    first, slash, second = credit.rpartition("/")
    if not slash:
        return ""
    agency = first if _PICTURE.search(first) else second
    return " ".join(_PICTURE.sub("", agency).split(" ")).strip(" ,:") or second.strip()
