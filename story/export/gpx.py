"""Where travellers go, as routes for navigation programs and globes (GPX 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from story.model import Event, Itinerary, Leg
from story.text import clean
from story.wording import say_span


def export_gpx(itineraries: Iterable[Itinerary], title: str = "Dateline") -> str:
    """A waypoint for each placed stop, and a route for each trip of a traveller, latitudes first, in degrees.

    A point has a time only where a report gives one: GPX knows no days. The days are in its description.
    """
    gpx = GPX()
    gpx.creator = "Dateline"
    gpx.name = clean(title)
    stood: dict[str, GPXWaypoint] = {}
    for itinerary in itineraries:
        for stop in itinerary.stops:
            event = stop.event
            if event.place and event.id not in stood:
                stood[event.id] = _waypoint(event)
        for number, legs in groupby(itinerary.legs, key=lambda leg: leg.trip):
            gpx.routes.append(_route(itinerary.traveller, number, list(legs)))
    gpx.waypoints.extend(stood.values())
    return str(gpx.to_xml(version="1.1"))


def _waypoint(event: Event) -> GPXWaypoint:
    assert event.place is not None
    point = GPXWaypoint(event.place.latitude, event.place.longitude)
    point.name = clean(event.title)
    point.description = _about(event)
    point.time = _moment(event)
    point.type = event.status
    if event.latest.url:
        point.link = event.latest.url  # type: ignore[assignment]
    return point


def _route(traveller: str, number: int, legs: list[Leg]) -> GPXRoute:
    route = GPXRoute(name=clean(traveller), number=number)
    for event in (legs[0].start.event, *(leg.end.event for leg in legs)):
        if event.place is not None:
            point = GPXRoutePoint(event.place.latitude, event.place.longitude, name=clean(event.where))
            point.description, point.time = _about(event), _moment(event)
            route.points.append(point)
    return route


def _about(event: Event) -> str:
    return clean(", ".join(filter(None, (say_span(event.span), event.status, event.where, event.source))))


def _moment(event: Event) -> datetime | None:
    at = event.span.at
    return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
