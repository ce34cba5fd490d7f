"""The panel beside the map as HTML: one event with its reports, one place with its events, or where it all stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from heapq import nlargest
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from geo.place import Place
from geo.spatial.great_circles import distance_km
from story.drawing import own_fields
from story.drawing.disputes import disputed
from story.drawing.places import KIND_WORDS
from story.model import Event, Story
from story.model.denial import is_denial
from story.query.sure import METHOD, sureness
from story.wording import say_distance, say_time
from view.draw.html import render
from view.draw.scene import Scene


def event_details(
    event: Event, scene: Scene, *, reader_zone: str, in_range: bool, story: Story | None = None
) -> Markup:
    """One event: what, when, where, who, how sure, pictures, own fields, and every report known, the latest first."""
    place, fields = event.place, story.fields if story else ()
    sure = sureness(event, story.sources if story else None)
    return render(
        "event",
        event=event,
        scene=scene,
        in_range=in_range,
        time=say_time(event.span, place.timezone if place else "", reader_zone),
        sure=sure,
        disputed=disputed(sure, scene.year),
        method=METHOD,
        named_otherwise=place is not None and event.toponym.casefold() != place.name.casefold(),
        media=own_fields.shown(event.latest, fields).media,
        kept=own_fields.kept(event.latest, story.pictures if story else {}),
        own=own_fields.values(event.latest, fields, scene.year),
        archived={report.row: own_fields.shown(report, fields).archive for report in event.reports},
    )


def place_details(place: Place, events: Sequence[Event], scene: Scene, *, country: str, now: datetime) -> Markup:
    """One place: what and where it is, and the events there that the filter leaves."""
    around = [name for name in (place.admin1, country) if name != place.name]
    where = _join([KIND_WORDS[place.kind], *around], ", ")
    facts = _join([where, f"{place.latitude:.2f}, {place.longitude:.2f}", _clock(place, now)], " · ")
    return render("place", place=place, facts=facts, events=events, scene=scene)


def point_details(
    latitude: float, longitude: float, nearest: Place | None, scene: Scene, *, country: str, around: Sequence[Place]
) -> Markup:
    """A point of the reader's own: what lies nearest to it, and how far the story's places are from it."""
    here = (
        f"{abs(latitude):.2f}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):.2f}° {'E' if longitude >= 0 else 'W'}"
    )
    name = "Open sea"
    far = ""
    if nearest is not None:
        name = nearest.name if nearest.kind in ("sea", "country", "area") else f"Near {nearest.name}"
        if nearest.kind == "city":
            way = distance_km((latitude, longitude), (nearest.latitude, nearest.longitude))
            far = f"{nearest.name} is {say_distance(way)} away"
    parts = [nearest.admin1 if nearest else "", country]
    facts = _join([_join((part for part in parts if part != name), ", "), here, far], " · ")
    ways = sorted(
        (distance_km((latitude, longitude), (place.latitude, place.longitude)), place.name)
        for place in around
        if place.kind not in ("country", "area", "sea")
    )
    return render("point", name=name, facts=facts, ways=ways[:5], scene=scene)


def overview(story: Story, events: Sequence[Event], scene: Scene, *, as_of: date | None, most: int = 3) -> Markup:
    """Nothing chosen: what happened last and what comes next as of the as-of day, and what is only mentioned."""
    past = nlargest(
        most,
        (event for event in events if event.status == "happened"),
        key=lambda event: event.span.latest or date.min,
    )
    to_come = (event for event in events if event.status not in ("happened", "cancelled"))
    ahead = list(islice((event for event in to_come if not is_denial(event.latest)), most))
    return render("overview", ahead=ahead, past=past, mentions=story.mentions, as_of=as_of, scene=scene)


def _join(parts: Iterable[str], separator: str) -> str:
    return separator.join(part for part in parts if part)


def _clock(place: Place, now: datetime) -> str:
    if not place.timezone or place.kind in ("country", "area", "sea"):
        return ""
    try:
        offset = now.astimezone(ZoneInfo(place.timezone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    hours = (offset.total_seconds() if offset else 0) / 3600
    return f"UTC{hours:+.4g}".replace("-", "−")
