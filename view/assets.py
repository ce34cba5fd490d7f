"""The page's own files, and the addresses under which its frames find them.

Leaflet and its cluster plug-in come from the packages xstatic-leaflet and xstatic-leaflet-markercluster and are served
by the page itself: opening it tells nobody, and the map stands without internet.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import streamlit.components.v1 as components
from xstatic.pkg import leaflet, leaflet_markercluster

HERE = Path(__file__).parent
BASEMAP = HERE.parent / "data" / "basemap"


@cache
def _serve(name: str, folder: str) -> str:
    """Serves a folder as a component that is never mounted; returns its address as other frames see it."""
    component = components.declare_component(name, path=folder)
    return f"../{component.name}"


@cache
def scripts_address() -> str:
    """One file with all the map's scripts, in the order they need.

    streamlit-folium asks for one script after another, each only when the one before has run: five of them took a
    quarter of a second of every opening.
    """
    files = [
        Path(leaflet.BASE_DIR) / "leaflet.js",
        Path(leaflet_markercluster.BASE_DIR) / "leaflet.markercluster.js",
        *(HERE / "frame" / name for name in ("basemap.js", "chips.js", "map.js")),
    ]
    text = "\n".join(file.read_text("utf-8") for file in files)
    folder = tempfile.mkdtemp(prefix="dateline-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (Path(folder) / "scripts.js").write_text(text, "utf-8")
    return f"{_serve('scripts', folder)}/scripts.js?{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def leaflet_address(file: str) -> str:
    return f"{_serve('leaflet', leaflet.BASE_DIR)}/{file}"


def cluster_address(file: str) -> str:
    return f"{_serve('markercluster', leaflet_markercluster.BASE_DIR)}/{file}"


def frame_address(file: str) -> str:
    """A file of view/frame; its address changes when its text does, so that no browser keeps an old one."""
    stamp = int((HERE / "frame" / file).stat().st_mtime)
    return f"{_serve('frame', str(HERE / 'frame'))}/{file}?{stamp}"


def basemap_address(file: str) -> str:
    return f"{_serve('basemap', str(BASEMAP))}/{file}"


def text(file: str) -> str:
    """The text of a file of view/page (styles and script of the page itself)."""
    return (HERE / "page" / file).read_text("utf-8")
