"""The dashboard as one HTML file: what is in it, what may run in it, and how large it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from story.drawing import assets
from story.export import EXPORTS
from story.export.dashboard import export_dashboard
from story.export.dashboard.file import STATIC
from story.export.dashboard.ground import STEP, ground
from story.model import Event, Story
from story.query.selection import ALL, Filter, events_as_of, select
from tests.story.conftest import PLACES

HEAD = 'title = "A visit"\npublished = 2025-03-22\n'
TABLE = """event,title,who,place,when,status,reported,source,url,summary
plan,Ada plans a visit,Ada Lovell,Tokyo,2025-03-20,scheduled,2025-03-02,Herald,https://herald.example/1,She means to go.
plan,Ada visits Paris instead,Ada Lovell,Paris,2025-03-21,happened,2025-03-22,Courier,,
start,Ada leaves the base,Ada Lovell,Fallon,2025-03-18,happened,2025-03-19,Herald,,
match,Ben plays chess,Ben Okri,Yokosuka,2025-03-05,happened,2025-03-06,Courier,,
"""
HOSTILE = "</script><!--<script><img src=x onerror=alert(1)> & \"q\" 'a' `${x}` \u2028 \u202e javascript:alert(1)"


class Parts(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in = tag if tag in self.texts else ""
        if self._in:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.texts[self._in][-1] += data

    @property
    def policy(self) -> str:
        metas = [given for tag, given in self.elements if tag == "meta"]
        return next(str(given["content"]) for given in metas if given.get("http-equiv") == "Content-Security-Policy")

    @property
    def story(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.texts["script"][0])
        return data


def of(story: Story, asked: Filter = ALL) -> str:
    return export_dashboard(story, select(events_as_of(story, asked.as_of), asked).events, asked)


@pytest.fixture
def story(read: Callable[..., Story]) -> Story:
    return read(TABLE, HEAD)


def test_a_small_story_is_a_file_of_less_than_one_and_a_half_megabytes(story: Story) -> None:
    assert len(of(story).encode()) < 1_500_000


def test_only_the_file_s_own_script_and_styles_may_be_used_by_their_hashes(story: Story) -> None:
    parts = Parts(of(story))
    data, ground_data, script = parts.texts["script"]
    (style,) = parts.texts["style"]
    json.loads(data), json.loads(ground_data)

    def allowed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    policy = dict(part.split(" ", 1) for part in parts.policy.split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == allowed(script)
    assert policy["style-src"] == allowed(style)
    assert "unsafe" not in parts.policy
    assert "http" not in parts.policy


def test_the_file_asks_nobody_and_names_no_address_but_those_of_sources(story: Story) -> None:
    text = of(story)
    parts = Parts(text)
    assert not [given for _, given in parts.elements if "src" in given or "srcset" in given]
    assert not [tag for tag, _ in parts.elements if tag in ("link", "iframe", "object", "embed", "base", "form")]
    data, _, script = parts.texts["script"]
    assert set(re.findall(r"https?://[^\s\"'\\)]+", data)) == {"https://herald.example/1"}
    named = set(re.findall(r"https?://[\w.-]+", script + parts.texts["style"][0]))
    # Names of XML, who made Leaflet, and what its makers remark.
    assert named <= {"http://www.w3.org", "https://leafletjs.com", "https://github.com", "https://bugzilla.mozilla.org"}
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#|images/))", parts.texts["style"][0])


def test_hostile_text_in_every_field_is_no_more_than_text(read: Callable[..., Story]) -> None:
    quoted = HOSTILE.replace('"', '""')
    story = read(
        f"event,title,who,place,when,status,reported,source,url,summary,note,own\n"
        f'a,"{quoted}","{quoted}","{quoted}",2025-03-18,happened,2025-03-18,"{quoted}","{quoted}","{quoted}","{quoted}","{quoted}"\n',
        HEAD,
    )
    story = replace(story, title=HOSTILE, dateline=HOSTILE, sources={HOSTILE: HOSTILE}, notes=(HOSTILE,))
    harmless, parts = Parts(of(read(TABLE, HEAD))), Parts(of(story))
    assert [tag for tag, _ in parts.elements] == [tag for tag, _ in harmless.elements]
    assert [sorted(given) for _, given in parts.elements] == [sorted(given) for _, given in harmless.elements]
    assert parts.texts["script"][2] == harmless.texts["script"][2]
    assert parts.story["title"] == HOSTILE
    assert "<" not in parts.texts["script"][0]


def test_only_what_the_filter_leaves_is_in_the_file(story: Story) -> None:
    text = of(story, Filter(who=frozenset({"Ben Okri"})))
    assert "Ben plays chess" in text
    for gone in ("Ada", "Herald", "Fallon", "Paris", "herald.example"):
        assert gone not in text, gone
    early = Parts(of(story, Filter(as_of=date(2025, 3, 10)))).story
    assert early["latest"] == date(2025, 3, 10).toordinal()
    assert "Ada visits Paris instead" not in early["texts"]
    assert [event[0] for event in early["events"]] == ["plan", "match"]


def test_an_export_of_html_is_this_file(story: Story) -> None:
    events: tuple[Event, ...] = events_as_of(story, None)
    assert EXPORTS["html"](story, events) == export_dashboard(story, events)


def test_a_story_without_an_event_is_a_file_too(story: Story) -> None:
    parts = Parts(of(story, Filter(q="nothing of the kind")))
    assert parts.story["events"] == []
    assert parts.texts["title"] == ["A visit"]


def test_the_coast_is_fine_at_the_places_of_the_story_and_nowhere_else() -> None:
    made = ground([PLACES["Tokyo"]])
    coast, world = made["coast"], made["world"]
    assert [139, 35, 140, 36] in coast["within"]
    assert len(json.dumps(coast)) < 200_000
    assert len(json.dumps(world)) < 800_000
    countries = {shape["id"] for shape in world["objects"]["countries"]["geometries"]}
    assert {"JP", "US", "FR", "MT", "SG"} <= countries
    bay = [0, 0]
    for arc in coast["arcs"]:
        x = y = 0
        for east, north in zip(arc[::2], arc[1::2], strict=True):
            x, y = x + east, y + north
            at = x * STEP[0] - 180, y * STEP[1] - 90
            bay[0] += 139 < at[0] < 140.5 and 34.8 < at[1] < 36
            bay[1] += -10 < at[0] < -8.5 and 38 < at[1] < 39.2
    assert bay[0] > 20 * max(1, bay[1])


def test_no_script_of_the_file_makes_markup_of_text() -> None:
    for path in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", path.read_text("utf-8")
        ), path
    for name in ("map.js", "play.js", "play_panel.js", "controls.js", "changes.js", "paint.js"):
        assert "innerHTML" not in (assets.STATIC / "map" / name).read_text("utf-8"), name
