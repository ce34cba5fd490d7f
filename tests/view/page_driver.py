"""Runs the page without a browser: the map is replaced by one that notes what it was given and can be clicked."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60


@dataclass
class FakeMap:
    """Stands in for `st_folium`: `data` is what the map was last asked to draw, `answer` what it reports."""

    data: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)

    def __call__(self, figure: object, **options: Any) -> dict[str, Any]:
        (show,) = options["feature_group_to_add"]._children.values()
        self.data = show.data
        return self.answer


@dataclass
class Shown:
    """The page as it stands after its last run."""

    app: AppTest
    map: FakeMap
    failing: bool = False
    """Whether the page is expected to say that something of it failed."""

    def run(self) -> Shown:
        self.app.run()
        self.check()
        return self

    def act(self, name: str, value: object) -> Shown:
        """Something is done to a link or on the map: the page's script reports `value` under `name`."""
        (script,) = self._scripts()
        events = json.dumps([{"event": name, "value": value}])
        states = self.app._tree.get_widget_states()
        states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{script.id}__events", json_trigger_value=events)
        self.app._run(states)
        self.check()
        return self

    def _scripts(self) -> list[Any]:
        """What the page has sent its own script last, if it has drawn so far."""
        found = [node.proto for node in walk(self.app._tree) if node.type == "bidi_component"]
        return [one for one in found if one.component_name == "dateline_page"]

    def check(self) -> None:
        assert not self.app.exception, [error.value for error in self.app.exception]
        failed = self.text("failure")
        assert self.failing or not failed, failed
        for script in self._scripts():
            self.map.data |= json.loads(script.json)["look"] or {}

    def html(self, region: str = "") -> str:
        """The HTML of a region, by its key; of the whole page without one."""
        return "".join(node.value for node in self._nodes(region) if node.type == "html")

    def text(self, region: str = "") -> str:
        """What a reader reads in a region, in one line."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html(region))).split()).replace(" ,", ",")

    def dialog(self) -> str:
        """What a reader reads in the dialog that is open, in one line."""
        main = {id(node) for node in walk(self.app.main)}
        said = [node.value for node in walk(self.app._tree) if node.type == "html" and id(node) not in main]
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", "".join(said))).split())

    def events(self, region: str) -> set[str]:
        """The ids of the events that a region links to."""
        links = re.findall(r'href="\?([^"]*)"', self.html(region))
        return {value for link in links for name, value in parse_qsl(html.unescape(link)) if name == "event"}

    def current(self, region: str) -> set[str]:
        """The ids of the events whose links say that they are the chosen one."""
        links = re.findall(r'href="\?([^"]*)"[^>]*aria-current="true"', self.html(region))
        return {parse_qs(html.unescape(link))["event"][0] for link in links}

    def markers(self) -> dict[str, int]:
        """Place name -> the number on its marker."""
        return {place["name"]: place["count"] for place in self.map.data["places"]}

    def address(self) -> dict[str, list[str]]:
        given: Mapping[str, str | list[str]] = self.app.query_params
        return {name: value if isinstance(value, list) else [value] for name, value in given.items()}

    def press(self, key: str) -> Shown:
        self.app.button(key=key).click()
        return self.run()

    def click(self, place: str) -> Shown:
        """Clicks the marker of a place."""
        marker = next(some for some in self.map.data["places"] if some["name"] == place)
        return self.act("choose", {"act": self.map.data["act"] + 1, "place": marker["id"], "point": None})

    def click_beside(self, latitude: float, longitude: float) -> Shown:
        """Clicks the map beside all markers."""
        point = [latitude, longitude]
        return self.act("choose", {"act": self.map.data["act"] + 1, "place": "", "point": point})

    def answer(self, place: str, *, count: int = 1, east: float = 0.0) -> Shown:
        """Has streamlit-folium report a click on a marker itself; `east` moves it, as a map does that is wound round."""
        marker = next(some for some in self.map.data["places"] if some["name"] == place)
        point = {"lat": marker["latitude"], "lng": marker["longitude"] + east}
        self.map.answer = {"last_object_clicked": point, "last_object_clicked_count": count}
        return self.run()

    def _nodes(self, region: str) -> Iterator[Any]:
        found = list(walk(self.app.main))
        if not region:
            return iter(found)
        blocks = [node for node in found if getattr(node, "key", None) == region and hasattr(node, "children")]
        assert blocks, f"the page has no region {region!r}"
        return (node for block in blocks for node in walk(block))


Open = Callable[..., Shown]


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from walk(child)


class Elements(HTMLParser):
    """The elements and the text that a browser would make of some HTML: `tags`, `handlers`, `hrefs`, `said`."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.hrefs: list[str] = []
        self.said = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.hrefs += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.said += data


def open_page(query: str, fake: FakeMap) -> Shown:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=SECONDS)
    for name, values in parse_qs(query.removeprefix("?"), keep_blank_values=True).items():
        app.query_params[name] = values
    return Shown(app, fake).run()


def write_story(folder: Path, reports: str, head: str = "") -> Path:
    """A story folder of a CSV text, its lines indented as one likes."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line.strip() for line in reports.strip().splitlines()]
    (folder / "reports.csv").write_text("\n".join(lines) + "\n", "utf-8")
    if head:
        (folder / "story.toml").write_text(head, "utf-8")
    return folder
