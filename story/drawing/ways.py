"""A way between two stops, in words."""

from __future__ import annotations

from story.model import Leg
from story.query.travel import clock_change, flight_hours, sea_hours
from story.wording import say_air, say_clock, say_distance, say_sea


def say_way(leg: Leg) -> str:
    """The way on in a line: how far, about how long, and what the clocks do."""
    hours = flight_hours(leg)
    lasts = say_sea(sea_hours(leg.km)) if leg.mode == "sea" else say_air(hours) if hours and not leg.told else ""
    by = "by sea" if leg.mode == "sea" else ""
    return " · ".join(filter(None, (say_distance(leg.km), by, lasts, say_clock(clock_change(leg) or 0.0))))
