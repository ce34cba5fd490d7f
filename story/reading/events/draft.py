"""One report as a text gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from geo.place import Place
from story.model import DateSpan, Status
from story.model.dates import parse_when
from story.reading.events.lexicon import Kind

NO_DAY = "the text gives no day"
"""The doubt of a report whose day only follows from the day of publication."""


@dataclass(frozen=True)
class DraftReport:
    """The fields of a report, and for each the `spans` of the text that it rests on, by start and end.

    `when` is EDTF; `at` is the place that `place` was found to be. `doubts` say in words what was inferred. Reports of
    one happening have the same `event`. `sentence` is where the sentence
    begins that says so, `head` the index of the token that tells what happens. `is_moved` says that it is put off
    to `when`, `denied_by` says that it is not so.
    """

    event: str
    title: str
    who: tuple[str, ...]
    place: str
    when: str
    status: Status
    reported: date | None
    source: str
    note: str = ""
    at: Place | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    kind: Kind = "act"
    is_definite: bool = False
    is_noun: bool = False
    is_moved: bool = False
    sentence: int = 0
    head: int = -1
    denied_by: str = ""

    @property
    def span(self) -> DateSpan:
        return parse_when(self.when)
