"""Puts the HTML file together: its styles and scripts, allowed by their hashes and no others, and the story as data."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from story.drawing import assets
from story.drawing.fonts import SANS, SERIF, web_font
from story.export.dashboard.data import dashboard_data
from story.export.dashboard.ground import ground
from story.model import STATUSES, Event, Story
from story.query.selection import ALL, Filter
from story.templates import environment
from story.wording import say_count

STATIC = Path(__file__).parent / "static"
_TEMPLATES = environment(STATIC.parent / "templates", keep_trailing_newline=True)
_TEMPLATES.filters |= {"say_count": say_count}
SCRIPTS = (
    "elements.js",
    "read.js",
    "words.js",
    "select.js",
    "journeys.js",
    "meetings.js",
    "shapes.js",
    "play_data.js",
    "axis.js",
    "lanes.js",
    "lists.js",
    "details.js",
    "controls.js",
    "address.js",
    "frame.js",
    "start.js",
)
_MAP_STYLES = ("map.css", "controls.css", "play.css")
# Family as the styles name it, its weights there, and the font.
_FONTS = (
    ("Source Sans", "400", SANS, "Regular"),
    ("Source Sans", "600 700", SANS, "Semibold"),
    ("Source Serif", "700", SERIF, "Bold"),
)
_DRAWN_WITH = ("timeline.js", "brush.js", "keys.js", "height.js")


def export_dashboard(story: Story, events: tuple[Event, ...], asked: Filter = ALL) -> str:
    """The dashboard of some events, which are what `asked` leaves of a story, as one HTML file with map, timeline,
    lists and filters, that opens from a disk and asks nobody for anything."""
    places = {event.place.id: event.place for event in events if event.place}
    land = {name: shapes for name, shapes in ground(places.values()).items() if shapes}
    data = {**dashboard_data(story, events, asked), "map": _map_options(), "ground": list(land)}
    style, script = _style(), _script()
    return _TEMPLATES.get_template("dashboard.html").render(
        title=story.title,
        count=len(events),
        statuses=STATUSES,
        policy=policy(),
        style=Markup(style),
        script=Markup(script),
        story=Markup(_json(data)),
        ground=Markup(_json(land)),
    )


@cache
def policy() -> str:
    """What the file may do, as a Content-Security-Policy: run its own script, wear its own styles, show pictures that
    it holds. It asks nobody. The same for every story."""
    script, style = _script(), _style()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """JSON in which nothing can end the script that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _map_options() -> dict[str, Any]:
    """Leaflet's options as it writes them itself."""
    named = {_camel(name): value for name, value in assets.MAP_OPTIONS.items()}
    return {**named, "center": assets.CENTRE, "zoom": assets.ZOOM}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


@cache
def _style() -> str:
    sheets = [
        assets.LEAFLET / "leaflet.css",
        assets.CLUSTERS / "MarkerCluster.css",
        *(assets.STATIC / "map" / name for name in _MAP_STYLES),
    ]
    own = sorted(STATIC.glob("*.css"))
    texts = [*(sheet.read_text("utf-8") for sheet in sheets), assets.look(), *(one.read_text("utf-8") for one in own)]
    return _inline("\n".join([*(_font_face(*font) for font in _FONTS), *texts]))


def _font_face(name: str, weights: str, family: str, weight: str) -> str:
    held = base64.b64encode(web_font(family, weight)).decode()
    source = f'url("data:font/woff;base64,{held}") format("woff")'
    return f'@font-face {{ font-family: "{name}"; font-weight: {weights}; font-display: block; src: {source}; }}'


@cache
def _script() -> str:
    own = [(STATIC / name).read_text("utf-8") for name in SCRIPTS]
    shared = [assets.script(name) for name in _DRAWN_WITH]
    # Before the map's scripts: they are told that they run in the document itself.
    host = "window.dateline = { host: window };"
    return _inline("\n".join([host, assets.map_scripts(), *shared, *own]))


def _inline(text: str) -> str:
    """A text that a style or a script can hold as it is, however a browser ends lines."""
    if "</" in text and ("</script" in text.lower() or "</style" in text.lower()):
        raise ValueError("a script or a style of the HTML file would end its own element: write that text otherwise")
    return text.replace("\r\n", "\n")
