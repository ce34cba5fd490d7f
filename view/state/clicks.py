"""What a click on the map means: a marker chooses its place, the empty map a point of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geo.place import Place
from story.model import Event
from view.state import session
from view.state.page_state import page

# A click that streamlit-folium tells by coordinates is on the marker that stands there, within so many degrees.
NEAR = 0.01
Answer = Mapping[str, Any]


def take(act: Any, places: Mapping[str, Sequence[Event]]) -> None:
    """Follows what the map's own script reports: `act` numbers it; `place` is the id of the marker's place, or `point`
    the latitude and longitude that were clicked beside all markers."""
    if not isinstance(act, Mapping):
        return
    page().act = int(act.get("act") or 0)
    if point := act.get("point"):
        _choose_point(float(point[0]), float(point[1]))
    elif act.get("place") in places:
        session.choose(place=act["place"], from_map=True)


def take_answer(answer: Answer | None, places: Mapping[str, Sequence[Event]]) -> bool:
    """Follows what streamlit-folium reports, if it is news; returns whether anything was chosen.

    The page's own map reports nothing that way; one that stands in for it may.
    """
    marker = (answer or {}).get("last_object_clicked")
    empty = (answer or {}).get("last_clicked")
    if answer is None or not (marker or empty):
        return False
    # The count tells a second click on the same marker from the first one reported again.
    at_marker = (answer.get("last_object_clicked_count"), _pair(marker)) if marker else None
    at_point = _pair(empty)
    marker_before, point_before = page().clicked
    page().clicked = (at_marker or marker_before, at_point or point_before)
    if marker and at_marker != marker_before:
        place = _marked(answer, places)
        if place is not None:
            session.choose(place=place.id, from_map=True)
            return True
    if at_point and at_point != point_before:
        _choose_point(*at_point)
        return True
    return False


def _choose_point(latitude: float, longitude: float) -> None:
    session.choose(place=f"{latitude:.3f},{(longitude + 180) % 360 - 180:.3f}", from_map=True)


def point_of(text: str) -> tuple[float, float] | None:
    """The latitude and longitude that "35.281,139.672" is; None for any other text."""
    found = re.fullmatch(r"(?a)\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*", text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _pair(point: Mapping[str, Any] | None) -> tuple[float, float] | None:
    return (float(point["lat"]), float(point["lng"])) if point else None


def _marked(answer: Answer, places: Mapping[str, Sequence[Event]]) -> Place | None:
    properties = (answer.get("last_active_drawing") or {}).get("properties") or {}
    if properties.get("place") in places:
        return places[properties["place"]][0].place
    latitude, longitude = _pair(answer["last_object_clicked"]) or (0.0, 0.0)

    def off(place: Place) -> float:
        return max(abs(place.latitude - latitude), abs((place.longitude - longitude + 180) % 360 - 180))

    nearest = min((events[0].place for events in places.values() if events[0].place), key=off, default=None)
    return nearest if nearest is not None and off(nearest) < NEAR else None
