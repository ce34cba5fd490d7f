"""The values of a story: reports, events, travel and what could not be used.

Reports are what a source said; events are what the reports add up to on an as-of day. All values are frozen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from geo.place import Place, Resolution
from story.model.fields import Field

Status = Literal["happened", "scheduled", "expected", "possible", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)

Travellers = Literal["", "all", "none"]
Role = Literal["travels", "sea", "involved"]
"""How one who is named goes about: like a person, by sea, or not at all."""
ROLES: tuple[Role, ...] = get_args(Role)
Mode = Literal["direct", "sea"]

Precision = Literal["time", "day", "month", "season", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When something is, as far as it is known.

    `earliest` and `latest` are the first and the last day it can be on, both included; None where that end is open.
    `lasts` is True where it goes on through every day of the span (EDTF `A/B`), False where it is on one day among
    them (`2025-03`, `[A..B]`). `at` and `until` are set only where the text gives a time of day, with its zone if it
    gives one.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: Precision
    lasts: bool = False
    uncertain: bool = False
    approximate: bool = False
    at: datetime | None = None
    until: datetime | None = None

    @property
    def day(self) -> date | None:
        """The day that it is on, if that is a single one; None where it may be on several, or lasts for several."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Problem:
    """A row or field that could not be used. `line` counts from 1 as a text editor does; None where no line applies."""

    file: str
    line: int | None
    field: str
    value: str
    message: str
    """What is wrong and what to do, quoting the value."""
    row: int = dataclasses.field(default=0, compare=False)
    """The key of the row that it is of; 0 where it is of none. A line of a file may be several rows."""


@dataclass(frozen=True, slots=True)
class Report:
    """One source's statement of one event; a row of reports.csv, blanks filled from the event's earlier rows."""

    event: str
    title: str
    place: str
    span: DateSpan
    status: Status
    who: tuple[str, ...] = ()
    summary: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reported: date | None = None
    source: str = ""
    url: str = ""
    note: str = ""
    trip: str = ""
    """Which trip it belongs to, where a person says so: a name, or `traveller: name` where it is that one's alone."""
    fields: tuple[tuple[str, str], ...] = ()
    """The story's own fields: the name of each column that is none of ours, and what its cell says."""
    line: int | None = None
    row: int = field(default=0, compare=False)
    """The key of the row that it was read from, which is not part of what it says."""


@dataclass(frozen=True, slots=True)
class Event:
    """What an event's reports add up to on the as-of day: the latest one; `reports` are all known ones, oldest first.

    `place` is None where the toponym is unplaced; `resolution` says why.
    """

    id: str
    reports: tuple[Report, ...]
    resolution: Resolution
    place: Place | None
    placed: tuple[Place | None, ...] = ()
    """Where each report puts it, in their order; empty where all of them put it at `place`."""

    @property
    def places(self) -> tuple[Place | None, ...]:
        """Where each report puts it, in their order."""
        return self.placed or (self.place,) * len(self.reports)

    @property
    def latest(self) -> Report:
        return self.reports[-1]

    @property
    def title(self) -> str:
        return self.reports[-1].title

    @property
    def summary(self) -> str:
        return self.reports[-1].summary

    @property
    def who(self) -> tuple[str, ...]:
        return self.reports[-1].who

    @property
    def toponym(self) -> str:
        return self.reports[-1].place

    @property
    def where(self) -> str:
        """The name of its place, or the one that was not found."""
        return self.place.name if self.place else self.toponym

    @property
    def span(self) -> DateSpan:
        return self.reports[-1].span

    @property
    def status(self) -> Status:
        return self.reports[-1].status

    @property
    def source(self) -> str:
        return self.reports[-1].source


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that the story names without an event there."""

    toponym: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Story:
    """A story as read: every usable report, the placed names, and every problem. `rows` counts all rows read."""

    id: str
    title: str
    dateline: str
    published: date | None
    timezone: str
    reports: tuple[Report, ...]
    resolutions: dict[str, Resolution]
    """Toponym as written -> what became of it; every `Report.place` has an entry."""
    points: dict[tuple[str, tuple[float, float]], Resolution] = field(default_factory=dict)
    """Toponym, and the latitude and longitude that its report gives itself -> the place there."""
    mentions: tuple[Mention, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    """Source name -> what to know of it (a url or a sentence)."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    rows: int = 0
    fields: tuple[Field, ...] = ()
    """The columns of the story's own, in their order, each with its type."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures that are kept with the story: what its cells call them -> WebP."""
    travellers: Travellers = ""
    """Whether all who are named travel, or none of them; "" where it is told by their names and by their stops."""
    travel: dict[str, Role] = field(default_factory=dict)
    """Name -> how this one goes about, where a person says so."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where one traveller is: one event seen from one traveller's side."""

    event: Event
    number: int
    """1 for the first."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The way between two stops of one trip, `km` long; `travelled` once its far end has happened."""

    start: Stop
    end: Stop
    km: float
    travelled: bool
    mode: Mode = "direct"
    """"sea" for a vessel's way by water, "direct" for the great circle."""
    trip: int = 1
    """The number of the trip that it is part of."""
    why: str = ""
    """Why the two stops are taken for one journey, in words."""
    told: str = ""
    """What is to be known of the way itself, in words: that a vessel's is not by water."""
    flown: bool = True
    """Whether its traveller may have taken a flight: a train, a convoy or a storm takes none."""


@dataclass(frozen=True, slots=True)
class Trip:
    """Stops of one traveller that belong to one journey, in order."""

    number: int
    """1 for the first that the story tells, whatever a filter leaves."""
    stops: tuple[Stop, ...]
    why: str = ""
    """Why it is no part of the trip before it, in words; "" for the first."""
    joins: tuple[str, ...] = ()
    """Why each stop but the first is of one journey with the one before it, in words."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in an itinerary that cannot be so, in words, with the events it concerns."""

    message: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One traveller's stops in order, the legs between different places of one trip, and what looks impossible."""

    traveller: str
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    flags: tuple[Flag, ...] = ()
    trips: tuple[Trip, ...] = ()
    by_sea: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One save: its number from 1, by whom, when (UTC), what was changed in words, and the title then."""

    story: str
    number: int
    who: str
    when: datetime
    changed: str
    title: str
