"""The map: what it shows as plain data, and the folium elements that carry it into the browser.

The base map's script never changes, so streamlit-folium keeps the map alive; all that changes goes as one JSON value to
story/drawing/static/map/map.js, which draws only what is new.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.place import Place
from story.drawing import assets as drawing
from story.drawing.shapes import FARTHEST_NORTH, map_shapes, turned_to
from story.model import Event, Itinerary, Mention
from view.draw import assets, paint
from view.draw.scene import Scene

# More former places than these would hide the map.
MOST_MOVES = 40
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
        ("frame", assets.frame_address("frame.css")),
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
        location=drawing.CENTRE,
        zoom_start=drawing.ZOOM,
        tiles=None,
        **drawing.MAP_OPTIONS,
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
    data = map_shapes(by_place, itineraries, mentions, scene.colour, scene.possible)
    for place in data["places"]:
        there = by_place[place["id"]]
        place |= paint.of_place(there, scene.painting)
        place["changed"] = sum(event.id in scene.marks.words for event in there)
    longitude = {place["id"]: place["longitude"] for place in data["places"]}
    data["moves"] = _moves(by_place, longitude, list(longitude.values()), scene)
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
        longitude |= {place.id: turned_to(place.longitude, shifted) for place in view[1] if place.id not in longitude}
    ways = [point for leg in data["legs"] for point in leg["points"]]
    return {
        "key": data["key"],
        "selected": selected,
        "editing": editing,
        "point": [point[0], turned_to(point[1], shifted)] if point else None,
        "view": _view(view, longitude, ways) if view and shifted else None,
        "act": act,
    }


def _moves(
    by_place: Mapping[str, Sequence[Event]], longitude: Mapping[str, float], near: Sequence[float], scene: Scene
) -> list[dict[str, Any]]:
    """Where events were before they moved to where they are now."""
    moves: list[dict[str, Any]] = []
    former = scene.marks.places
    for event in (event for events in by_place.values() for event in events if event.id in former):
        was, place = former[event.id], event.place
        if place is None or place.id == was.id or len(moves) >= MOST_MOVES:
            continue
        start = was.latitude, longitude.get(was.id, turned_to(was.longitude, near))
        end = place.latitude, longitude[place.id]
        moves.append({"name": was.name, "title": event.title, "known": was.id in by_place, "points": [start, end]})
    return moves


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
