"""Whether a report says that its event is not so: a status has no word for that, so the report's own words tell."""

from __future__ import annotations

import re

from geo.normalise import fold
from story.model import Report

DENIED = "Denied."
"""The note of a report whose status column says "denied" and whose other words do not."""

# As `fold` leaves them: without case and accents.
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|refut(?:es?|ed|ing)|debunk(?:s|ed)|dismiss(?:es|ed) (?:the |these |those )?"
    r"(?:reports?|rumou?rs?|claims?)"
    r"|desmentid[oa]s?|desmiente|desmintio|dementi\w*|dementiert|smentit[oa]|smentisce|desmente|desmentiu|zdementowa\w*"
    r"|ontken(?:t|d|de))\b"
    r"|опроверг\w*|否認|否认|부인"
)
# A visa is denied to somebody; and who will neither confirm nor deny denies nothing.
_NOT_SO = re.compile(
    r"\b(?:neither confirm\w*|nor|not|never|n[’']t|without|refus\w+ to|declin\w+ to|confirm or|confirmed or)"
    r"(?: \w+)? den(?:y|ies|ied|ying)\b"
    r"|\bden(?:y|ies|ied|ying)(?: \w+){0,3}? (?:entry|access|visas?|permission|bail|permits?|landing|docking|clearance"
    r"|asylum|boarding|leave|parole|a licen[cs]e)\b"
)


def says_denied(text: str) -> bool:
    """Whether some words deny something: "the ministry denied it", "dementi", "否認"."""
    folded = fold(text)
    return bool(_DENIES.search(_NOT_SO.sub(" ", folded)))


def is_denial(report: Report) -> bool:
    """Whether a report denies its event: one that is cancelled or merely possible, of which its words say so.

    What is scheduled, expected or has happened is not denied by the report that says that.
    """
    if report.status not in ("cancelled", "possible"):
        return False
    return any(says_denied(text) for text in (report.note, report.summary, report.title) if text)
