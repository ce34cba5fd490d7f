"""Events as one printable HTML page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from story.export.legs import say_leg
from story.model import Event, Itinerary, Trip
from story.templates import environment
from story.wording import say_count, say_day, say_span, say_time

_TEMPLATES = environment(Path(__file__).parent / "templates", keep_trailing_newline=True)
_TEMPLATES.filters |= {"say_count": say_count, "say_day": say_day}


def export_html(
    events: Iterable[Event],
    title: str = "Dateline",
    today_year: int | None = None,
    travel: Iterable[Itinerary] = (),
) -> str:
    """The events in their order, each with day, status, place, who and every report, then the itineraries trip by trip;
    no script, no outside request."""

    def say_when(event: Event) -> str:
        zone = event.place.timezone if event.place else ""
        return ", ".join(filter(None, (say_span(event.span, today_year), say_time(event.span, zone, ""))))

    def say_trip(trip: Trip) -> str:
        return ", ".join(f"{stop.event.where} ({say_span(stop.event.span, today_year)})" for stop in trip.stops)

    going = [itinerary for itinerary in travel if len(itinerary.stops) > 1]
    page = _TEMPLATES.get_template("printable.html")
    return page.render(
        events=list(events),
        going=going,
        title=title,
        year=today_year,
        say_when=say_when,
        say_span=say_span,
        say_trip=say_trip,
        say_leg=say_leg,
    )
