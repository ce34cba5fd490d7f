"""The page's own files, and the addresses under which its frames find them.

Leaflet and its cluster plug-in are served by the page itself: opening it tells nobody, and the map stands without
internet.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import cache, lru_cache
from pathlib import Path

import streamlit
import streamlit.components.v1 as components
from starlette.requests import Request
from starlette.responses import Response

from story.drawing import assets as drawing

STATIC = Path(__file__).parent.parent / "static"
BASEMAP = STATIC.parent.parent / "data" / "basemap"
ROUTE = "dateline"
"""Where the server has what view/serve/app.py adds to Streamlit's own addresses."""


@cache
def _serve(name: str, folder: str) -> str:
    """Serves a folder as a component that is never mounted; returns its address as other frames see it."""
    component = components.declare_component(name, path=folder)
    return f"../{component.name}"


@cache
def _scripts() -> tuple[str, str]:
    """All the map's scripts in one text, in the order they need, and a word that changes when the text does.

    streamlit-folium asks for one script after another, each only when the one before has run: five of them took a
    quarter of a second of every opening. The text stays in memory: a file in a temporary folder may be swept away.
    """
    text = drawing.map_scripts()
    return text, hashlib.sha256(text.encode()).hexdigest()[:8]


def scripts_address() -> str:
    return f"../../{ROUTE}/scripts.js?{_scripts()[1]}"


async def scripts(_: Request) -> Response:
    """Answers with the map's scripts; their address changes with them, so that a browser may keep them."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_scripts()[0], media_type="text/javascript", headers=headers)


def leaflet_address(file: str) -> str:
    return f"{_serve('leaflet', str(drawing.LEAFLET))}/{file}"


def cluster_address(file: str) -> str:
    return f"{_serve('markercluster', str(drawing.CLUSTERS))}/{file}"


def play_address(word: str) -> str:
    """Where the map's frame finds an offer of view.state.offers."""
    return f"../../{ROUTE}/play/{word}"


@cache
def font_address() -> str:
    """Where Streamlit serves the font of its pages, as the map's frame sees it; "" if it has none."""
    fonts = Path(streamlit.__file__).parent / "static" / "static" / "media"
    found = min(fonts.glob("SourceSansVF-Upright*.woff2"), default=None)
    return f"../../static/media/{found.name}" if found else ""


def styles() -> str:
    """The styles of the page itself: what it has in common with the HTML file, page.css, then those of its parts in the
    order of their names."""
    sheets = sorted((STATIC / "page").glob("*.css"), key=lambda sheet: (sheet.name != "page.css", sheet.name))
    return "\n".join([drawing.look(), *(sheet.read_text("utf-8") for sheet in sheets)])


def frame_address(file: str) -> str:
    """A file of the map's frame; its address changes when its text does, so that no browser keeps an old one."""
    stamp = int((drawing.STATIC / "map" / file).stat().st_mtime)
    return f"{_serve('map', str(drawing.STATIC / 'map'))}/{file}?{stamp}"


def basemap_address(file: str) -> str:
    """The address of a file of the base map; "" where it cannot be used."""
    return f"../../{ROUTE}/basemap/{file}" if _reads(file) else ""


def basemap_trouble() -> str:
    """What a reader misses of the base map, in words; "" where it is all there."""
    if not _reads("world.json"):
        return (
            "The map shows no land or borders at the moment: its base map cannot be read. Places, routes and all else "
            "are complete. Whoever runs this page can find the reason in its log."
        )
    if not _reads("coast.json"):
        return (
            "Zoomed in, the map shows only rough coastlines: part of its base map cannot be read. "
            "Whoever runs this page can find the reason in its log."
        )
    return ""


def _reads(file: str) -> bool:
    try:
        found = (BASEMAP / file).stat()
    except OSError as error:
        _complain(file, str(error))
        return False
    return _is_topology(BASEMAP / file, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _is_topology(path: Path, _changed: int, _size: int) -> bool:
    """Whether a file holds the shapes that the map's basemap.js draws; read once for every change of the file."""
    try:
        atlas = json.loads(path.read_bytes())
        whole = bool(atlas["arcs"] and atlas["transform"]["scale"] and atlas["objects"]["countries"]["geometries"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        _complain(path.name, f"{type(error).__name__}: {error}")
        return False
    return whole


@lru_cache(maxsize=64)
def _complain(file: str, why: str) -> None:
    """Says once in the log what every run of the page finds again."""
    logging.getLogger(__name__).error(
        "the base map's file %s cannot be read (%s): restore it from the repository", BASEMAP / file, why
    )


def text(file: str) -> str:
    """The text of a file of view/page (styles and script of the page itself)."""
    return (STATIC / "page" / file).read_text("utf-8")
