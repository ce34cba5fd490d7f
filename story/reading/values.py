"""What is found in a text: spans of it, each with what its words mean. Offsets count characters, `text[start:end]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.place import Resolution

Use = Literal["name", "demonym", "in-a-name"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Timex:
    """Words for a time: its TIMEX3 type and value, and the same as EDTF where it is a day, month, year or span.

    `edtf` is empty for durations, repetitions and whatever has no place in a calendar.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place named in a text, how the name is used, and the place decided on; None where it was not looked up."""

    start: int
    end: int
    text: str
    use: Use
    resolution: Resolution | None = None
