"""The maps that are drawn without a browser: land where there is land, water where there is water."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import resvg_py
from PIL import Image

from story.drawing import picture
from story.drawing.card import card_of
from story.drawing.picture import Caption
from story.drawing.shapes import map_shapes
from story.drawing.world import project
from story.model import Story
from story.query.selection import by_place, events_as_of

Read = Callable[..., Story]
CORNERS = """title,place,latitude,longitude,when
Los Angeles,A,34.05,-118.24,2025-10-01
New York,B,40.71,-74.01,2025-10-02
Mexico City,C,19.43,-99.13,2025-10-03
Winnipeg,D,49.9,-97.14,2025-10-04
"""
SPOTS = {
    "Kansas": (38.5, -98.5, "land"),
    "Alabama": (32.9, -87.0, "land"),
    "Yucatan": (20.0, -89.3, "land"),
    "the Gulf of Mexico": (25.5, -90.5, "sea"),
    "the Atlantic": (33.0, -73.5, "sea"),
    "the Pacific": (25.0, -118.0, "sea"),
}
COLOURS = {"land": (0xFC, 0xFA, 0xF4), "sea": (0xE3, 0xEB, 0xF1)}


def drawn(story: Story, kind: str) -> tuple[Image.Image, float]:
    """The picture, and how far down its map begins in units of it."""
    data = map_shapes(by_place(events_as_of(story, None)), (), (), lambda _: 0)
    if kind == "small":
        return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(picture.small(data))))), 0.0
    return Image.open(io.BytesIO(picture.png(data, Caption("T", ""), scale=1))), picture.HEAD


@pytest.mark.parametrize("kind", ["small", "large"])
def test_land_and_water_lie_where_they_are(read: Read, kind: str) -> None:
    story = read(CORNERS)
    image, head = drawn(story, kind)
    height = image.height if kind == "small" else picture.MAP_HEIGHT
    corners = project([(-118.24, 34.05), (-74.01, 40.71), (-99.13, 19.43), (-97.14, 49.9)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    padding = {"small": 36, "large": 80}[kind]
    scale = min((image.width - 2 * padding) / (high - low)[0], (height - 2 * padding) / (high - low)[1])
    for name, (latitude, longitude, what) in SPOTS.items():
        x, y = (project([(longitude, latitude)])[0] - (low + high) / 2) * scale
        at = round(image.width / 2 + x), round(head + height / 2 + y)
        seen = image.convert("RGB").getpixel(at)
        assert isinstance(seen, tuple)
        assert max(abs(one - other) for one, other in zip(seen, COLOURS[what], strict=True)) <= 6, (name, seen)


def test_a_small_map_is_light(read: Read) -> None:
    assert len(card_of(read(CORNERS)).picture) < 20_000, "whatever lies outside of it"


def test_a_card_counts_who_is_there_and_not_who_was_to_come(read: Read) -> None:
    story = read(
        "event,title,who,place,latitude,longitude,when,status\n"
        "a,Talks,Ada Quist;Ben Roe,A,59.9,10.7,2025-10-01,happened\n"
        "b,Visit,Cem Aydin,B,41.9,12.5,2025-10-03,cancelled\n"
    )
    card = card_of(story)
    assert card.counts == ("2 events", "2 places", "2 travellers")
    assert card.days == "Oct 1 – 3, 2025"


def test_a_story_without_days_or_places_has_a_card_too(read: Read) -> None:
    card = card_of(read("title,place,when\nNobody knows,?,XXXX-XX-XX"))
    assert (card.days, card.counts) == ("", ("1 event", "0 places"))
    assert card.picture.startswith("<svg ")
