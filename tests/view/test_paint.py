"""Colours for categories can be told apart by everybody, and are the same on the page and in the map's frame."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from view.draw.paint import LARGEST_RADIUS, radius

ROOT = Path(__file__).parent.parent.parent
# Machado, Oliveira, Fernandes 2009: full protanopia, deuteranopia, tritanopia, in linear RGB.
SEEN = [
    np.eye(3),
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
]
TO_CONES = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
LEAST = 0.06


def on_page() -> list[tuple[str, ...]]:
    """The light and the dark colours of the page, numbers 0 to 8."""
    text = (ROOT / "view" / "static" / "page" / "paint.css").read_text("utf-8")
    pairs = re.findall(r"--k([0-8]): light-dark\((#\w{6}), (#\w{6})\)", text)
    return list(zip(*((light, dark) for _, light, dark in pairs), strict=True))


def lab(colour: str, seen: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return TO_LAB @ np.cbrt(TO_CONES @ np.clip(seen @ linear, 0, 1))


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("eye", range(4))
def test_any_two_colours_can_be_told_apart(theme: int, eye: int) -> None:
    colours = on_page()[theme]
    assert len(colours) == 9
    seen = {colour: lab(colour, SEEN[eye]) for colour in colours}
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= LEAST, (one, other)


def test_the_map_has_the_colours_of_the_page() -> None:
    text = (ROOT / "story" / "drawing" / "static" / "map" / "map.css").read_text("utf-8")
    sets = [re.findall(r"--k[0-8]: (#\w{6})", line) for line in text.splitlines() if "--k0: #" in line]
    assert [tuple(colours) for colours in sets] == on_page()


def test_a_circle_has_the_area_of_its_number() -> None:
    assert radius(100, 100) == LARGEST_RADIUS
    assert radius(25, 100) == LARGEST_RADIUS / 2
    assert radius(0, 100) == radius(-3, 100) == radius(5, 0) == 0
