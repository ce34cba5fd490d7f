"""Places in the calendar as precise as a text gives them, years before Christ too, and reckoning with them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple


class Moment(NamedTuple):
    """A year, a month or a day: what is not known is 0, also the year. Years before Christ are below zero: -480."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def value(self) -> str:
        """As TIMEX3 and ISO 8601 write it; `BC0480` for years before Christ, `XXXX` for one that is not known."""
        written = f"{self.year:04}" if self.year > 0 else f"BC{-self.year:04}" if self.year else "XXXX"
        if self.month:
            written += f"-{self.month:02}"
        return f"{written}-{self.day:02}" if self.month and self.day else written

    @property
    def date(self) -> date | None:
        """The day; None where only its month or year is known, or where it lies outside the calendar."""
        if not self.day or not self.month:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def valid(self) -> bool:
        """Whether there is such a day."""
        return 0 <= self.month <= 12 and self.day <= days_in(self.year, self.month)


def days_in(year: int, month: int) -> int:
    """The days of a month; 31 where the month is not known."""
    return calendar.monthrange(year, month)[1] if month and 0 < year < 9999 else 31


def moment(day: date) -> Moment:
    """A day as a moment."""
    return Moment(day.year, day.month, day.day)


def later(start: Moment, count: int, unit: str) -> Moment | None:
    """The moment so many days (D), weeks (W), months (M), years (Y), decades (DE) or centuries (CE) later.

    Earlier where the count is below zero; as precise as the unit. None where the calendar ends, or where `start` does
    not know the day or month to count from.
    """
    if unit in ("D", "W"):
        day = start.date
        try:
            return moment(day + timedelta(days=count * (7 if unit == "W" else 1))) if day else None
        except OverflowError:
            return None
    if unit == "M":
        if not start.month:
            return None
        months = start.year * 12 + start.month - 1 + count
        found = Moment(months // 12, months % 12 + 1)
    else:
        found = Moment(start.year + count * {"Y": 1, "DE": 10, "CE": 100}[unit])
    return found if -9999 < found.year < 9999 else None


def week(day: date) -> str:
    """The ISO week of a day: `2025-W43`."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def quarter(month: int) -> int:
    """The quarter of a year that a month lies in."""
    return (month + 2) // 3
