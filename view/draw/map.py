"""The map: what it shows as plain data, and the folium elements that carry it into the browser.

The base map's script never changes, so streamlit-folium keeps the map alive; all that changes goes as one JSON value to
view/static/map/map.js, which draws only what is new.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.place import Place
from geo.spatial.great_circles import unwrap_longitudes
from story.model import STATUSES, Event, Itinerary, Leg, Mention
from story.model.outlines import Ring, outline_of
from story.query.ways import direct, way_of
from story.wording import say_count
from view.draw import assets
from view.draw.scene import Scene

# More ways than this are a tangle: none is drawn, unless one traveller is looked at alone.
MOST_LEGS = 60
MOST_LEGS_ALONE = 200
# A view that takes in a way over the pole would show little else.
FARTHEST_NORTH = 75
# More outlines of a story's own than these would keep a browser busy at every turn.
MOST_OUTLINES = 200
# Kinds that are areas: outlined where the base map has the shape, never pinned as if they were a point.
OUTLINED = ("country",)
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
TILES_ATTRIBUTION = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'


class BaseMap(folium.Map):
    """A folium map whose scripts and styles are the page's own copies, so that nothing is asked of a CDN."""

    default_js = [  # noqa: RUF012 (folium declares it so)
        ("scripts", assets.scripts_address()),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet", assets.leaflet_address("leaflet.css")),
        ("markercluster", assets.cluster_address("MarkerCluster.css")),
        ("map", assets.frame_address("map.css")),
        ("controls", assets.frame_address("controls.css")),
        ("play", assets.frame_address("play.css")),
    ]

    def render(self, **kwargs: Any) -> str:
        """Fills the figure's header once; streamlit-folium asks for that at every turn, of a map that never changes."""
        figure = self.get_root()
        assert isinstance(figure, folium.Figure)
        if not figure.header._children:
            super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def copy(self) -> BaseMap:
        """The same map, to which a layer can be added without the others having it."""
        other = copy.copy(self)
        other._children = self._children.copy()
        return other


class _Figure(folium.Figure):
    """The page around a map. streamlit-folium has it written at every turn, and reads its header alone."""

    def render(self, **kwargs: Any) -> str:
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class StoryLayer(folium.FeatureGroup):
    """A layer for `feature_group_to_add`, which is sent as its script: no page that would hold it is written."""

    def render(self, **kwargs: Any) -> str:
        """Nothing: folium would compile the whole story as a template, several times over."""
        return ""


class _Attach(MacroElement):
    """Hands the map to map.js, once."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            dateline.attach({{ this._parent.get_name() }}, {{ this.options | tojson }});
        {% endmacro %}
    """)

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Attach"
        self.options = options


class _Show(MacroElement):
    """Hands the story to map.js, at every change. `tojson` leaves no character that could end the script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            dateline.show({{ this._parent._parent.get_name() }}, {{ this.data | tojson }});
        {% endmacro %}
    """)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Show"
        self.data = data


def base_map() -> BaseMap:
    """The empty map. Its script is the same for every story, which is what keeps it from being built anew."""
    return _base_map().copy()


@cache
def _base_map() -> BaseMap:
    drawn = BaseMap(
        location=(25, 150),
        zoom_start=2,
        tiles=None,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=100,
        min_zoom=1,
        max_zoom=18,
        max_bounds_viscosity=0.8,
        # controls.js has all the map's controls in one group.
        zoom_control=False,
    )
    drawn.add_child(
        _Attach(
            {
                "world": assets.basemap_address("world.json"),
                "coast": assets.basemap_address("coast.json"),
                "tiles": TILES,
                "tilesAttribution": TILES_ATTRIBUTION,
                "font": assets.font_address(),
            }
        )
    )
    drawn.add_to(_Figure())
    drawn.get_root().render()
    return drawn


def story_layer(data: Mapping[str, Any]) -> StoryLayer:
    """The story's layer for st_folium's `feature_group_to_add`."""
    group = StoryLayer(name="story")
    group.add_child(_Show(data))
    return group


def map_data(
    by_place: Mapping[str, Sequence[Event]],
    itineraries: Sequence[Itinerary],
    mentions: Sequence[Mention],
    scene: Scene,
    *,
    play: str = "",
) -> dict[str, Any]:
    """What map.js draws, whatever is chosen: `key` is another word where anything of it is. `play` is where it finds
    what to play.

    Longitudes are shifted so that the story hangs together: around the Pacific they run past 180.
    """
    places = [events[0].place for events in by_place.values() if events[0].place is not None]
    mentioned = [mention.resolution.place for mention in mentions if mention.resolution.place is not None]
    shifted = unwrap_longitudes([place.longitude for place in places])
    longitude = {place.id: x for place, x in zip(places, shifted, strict=True)}
    data: dict[str, Any] = {
        "places": [_place(place, by_place[place.id], longitude[place.id], scene) for place in places],
        "legs": _legs(itineraries, longitude, scene),
        "unknown": _unknown(itineraries, longitude, scene),
        "areas": _areas(places, by_place, longitude, scene),
        "mentions": [
            {"name": place.name, "latitude": place.latitude, "longitude": _near(place.longitude, shifted)}
            for place in mentioned
            if place.id not in by_place
        ],
    }
    data["key"] = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
    data["play"] = play
    return data


def map_look(
    data: Mapping[str, Any],
    *,
    selected: str = "",
    view: tuple[str, Sequence[Place]] | None = None,
    point: tuple[float, float] | None = None,
    editing: bool = False,
    act: int = 0,
) -> dict[str, Any]:
    """How map.js is to look at what `map_data` gave.

    `selected` is the id of the chosen place; `view` asks to move: a key that changes with each wish, and the places to
    bring into view; `point` is one of the reader's own; while `editing` names can be dragged; `act` is the number of
    the last act in the map's frame that this answers.
    """
    longitude = {place["id"]: place["longitude"] for place in data["places"]}
    shifted = list(longitude.values())
    if view is not None:
        # The place of a chosen event that the filter leaves out is on no marker.
        longitude |= {place.id: _near(place.longitude, shifted) for place in view[1] if place.id not in longitude}
    ways = [point for leg in data["legs"] for point in leg["points"]]
    return {
        "key": data["key"],
        "selected": selected,
        "editing": editing,
        "point": [point[0], _near(point[1], shifted)] if point else None,
        "view": _view(view, longitude, ways) if view and shifted else None,
        "act": act,
    }


def _place(place: Place, events: Sequence[Event], longitude: float, scene: Scene) -> dict[str, Any]:
    present = {event.status for event in events}
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "latitude": place.latitude,
        "longitude": longitude,
        "count": len(events),
        "label": f"{place.name}: {say_count(len(events), 'event')}",
        "statuses": [status for status in STATUSES if status in present],
        "pale": all(event.id in scene.possible for event in events),
    }


def _legs(itineraries: Sequence[Itinerary], longitude: Mapping[str, float], scene: Scene) -> list[dict[str, Any]]:
    legs: list[dict[str, Any]] = []
    if _is_tangle(itineraries, sum(len(itinerary.legs) for itinerary in itineraries)):
        return legs
    between: Counter[tuple[str, str]] = Counter()
    for itinerary in itineraries:
        for leg in itinerary.legs:
            if len(legs) >= MOST_LEGS_ALONE:
                return legs
            start, end = leg.start.event.place, leg.end.event.place
            if start is None or end is None or not {start.id, end.id} <= longitude.keys():
                continue
            pair = (min(start.id, end.id), max(start.id, end.id))
            # A way gone twice is drawn as two curves side by side.
            bow = between[pair] * (1 if pair[0] == start.id else -1)
            between[pair] += 1
            legs.append(
                {
                    "start": leg.start.event.id,
                    "end": leg.end.event.id,
                    "from": start.id,
                    "to": end.id,
                    "points": _way(leg, longitude[start.id]),
                    "colour": scene.colour(itinerary.traveller),
                    "travelled": leg.travelled,
                    "bow": bow,
                }
            )
    return legs


def _is_tangle(itineraries: Sequence[Itinerary], ways: int) -> bool:
    return len(itineraries) != 1 and ways > MOST_LEGS


def _way(leg: Leg, from_longitude: float) -> tuple[tuple[float, float], ...]:
    """The points of a leg, as fine as the map can show them, beginning at a longitude."""
    points = way_of(leg)
    return _turned(points, 360 * round((from_longitude - points[0][1]) / 360))


@lru_cache(maxsize=4_096)
def _turned(points: tuple[tuple[float, float], ...], turn: float) -> tuple[tuple[float, float], ...]:
    return tuple((round(latitude, 3), round(longitude + turn, 3)) for latitude, longitude in points)


def _unknown(itineraries: Sequence[Itinerary], longitude: Mapping[str, float], scene: Scene) -> list[dict[str, Any]]:
    """From the last place of each trip to the first one of the next: how the traveller got there is not known."""
    lines: list[dict[str, Any]] = []
    if _is_tangle(itineraries, sum(len(itinerary.trips) - 1 for itinerary in itineraries)):
        return lines
    for itinerary in itineraries:
        placed = [[place for stop in trip.stops if (place := stop.event.place)] for trip in itinerary.trips]
        for before, after in pairwise(filter(None, placed)):
            start, end = before[-1], after[0]
            if start.id == end.id or len(lines) >= MOST_LEGS_ALONE or not {start.id, end.id} <= longitude.keys():
                continue
            points = direct((start.latitude, longitude[start.id]), (end.latitude, end.longitude))
            lines.append({"points": _turned(points, 0.0), "colour": scene.colour(itinerary.traveller)})
    return lines


def _areas(
    places: Sequence[Place], by_place: Mapping[str, Sequence[Event]], longitude: Mapping[str, float], scene: Scene
) -> list[dict[str, Any]]:
    areas: list[dict[str, Any]] = []
    for place in places:
        if len(areas) < MOST_OUTLINES:
            areas += _outlined(place, by_place[place.id], longitude[place.id], scene)
        if place.kind not in OUTLINED or not place.country:
            continue
        events = by_place[place.id]
        who = next((name for event in events for name in event.who), "")
        areas.append(
            {
                "place": place.id,
                "country": place.country,
                "longitude": longitude[place.id],
                "colour": scene.colour(who),
                "happened": any(event.status == "happened" for event in events),
            }
        )
    return areas


def _outlined(place: Place, events: Sequence[Event], near: float, scene: Scene) -> Iterator[dict[str, Any]]:
    """The areas whose outlines the events at a place give themselves, each outline once."""
    given = {area.polygons: event for event in events if (area := outline_of(event.latest))}
    for polygons, event in given.items():
        yield {
            "place": place.id,
            "polygons": [[_beside(ring, near) for ring in rings] for rings in polygons],
            "colour": scene.colour(next(iter(event.who), "")),
            "happened": event.status == "happened",
        }


def _beside(ring: Ring, near: float) -> list[tuple[float, float]]:
    """A ring moved whole, next to a longitude."""
    longitudes = [longitude for _, longitude in ring]
    shift = 360 * round((near - (min(longitudes) + max(longitudes)) / 2) / 360)
    return [(latitude, longitude + shift) for latitude, longitude in ring]


def _near(longitude: float, others: Sequence[float]) -> float:
    middle = (min(others) + max(others)) / 2 if others else 0.0
    return longitude + 360 * round((middle - longitude) / 360)


def _view(
    view: tuple[str, Sequence[Place]], longitude: Mapping[str, float], ways: Sequence[Sequence[float]]
) -> dict[str, Any] | None:
    key, places = view
    # Where all is to be seen, the ways belong to it: a great circle runs far north of both its ends.
    boxes = [(lat, lon, lat, lon) for lat, lon in ways if abs(lat) < FARTHEST_NORTH] if len(places) > 1 else []
    for place in places:
        x = longitude[place.id]
        if place.box is not None and place.kind not in ("city", "site") and len(places) == 1:
            width = (place.box.east - place.box.west) % 360
            west = place.box.west + 360 * round((x - place.box.west - width / 2) / 360)
            boxes.append((place.box.south, west, place.box.north, west + width))
        else:
            boxes.append((place.latitude, x, place.latitude, x))
    if not boxes:
        return None
    south, west = min(box[0] for box in boxes), min(box[1] for box in boxes)
    north, east = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return {"key": key, "bounds": [[south, west], [north, east]], "zoom": 6 if len(places) == 1 else 9}
