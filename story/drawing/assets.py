"""The scripts and styles by which a story is drawn in a browser: on the page and in the HTML file alike.

Leaflet and its cluster plug-in come from the packages xstatic-leaflet and xstatic-leaflet-markercluster.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet, leaflet_markercluster

STATIC = Path(__file__).parent / "static"
LEAFLET, CLUSTERS = Path(leaflet.BASE_DIR), Path(leaflet_markercluster.BASE_DIR)
_MAP_SCRIPTS = (
    "host.js",
    "basemap.js",
    "chips.js",
    "changes.js",
    "controls.js",
    "paint.js",
    "moments.js",
    "play_panel.js",
    "play.js",
    "map.js",
)
MAP_OPTIONS: dict[str, Any] = {
    "zoom_snap": 0.25,
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 100,
    "min_zoom": 1,
    "max_zoom": 18,
    "max_bounds_viscosity": 0.8,
    # controls.js has all the map's controls in one group.
    "zoom_control": False,
}
"""Leaflet's options of the map, as folium writes them."""
CENTRE, ZOOM = (25, 150), 2
"""Where the map looks before it has a story."""


@cache
def map_scripts() -> str:
    """All the map's scripts in one text, in the order they need, Leaflet's first."""
    files = [
        LEAFLET / "leaflet.js",
        CLUSTERS / "leaflet.markercluster.js",
        *(STATIC / "map" / name for name in _MAP_SCRIPTS),
    ]
    return "\n".join(file.read_text("utf-8") for file in files)


def look() -> str:
    """The styles of what the page and the HTML file have in common: look.css, then the others by name."""
    sheets = sorted((STATIC / "look").glob("*.css"), key=lambda sheet: (sheet.name != "look.css", sheet.name))
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets)


def script(file: str) -> str:
    """The text of a script that the page and the HTML file have in common."""
    return (STATIC / "page" / file).read_text("utf-8")
