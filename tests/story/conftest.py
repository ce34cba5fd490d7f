"""A small gazetteer of five places, and stories written as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from geo.place import Box, Candidate, Place, Resolution
from story.model import Story
from story.opening.stories import open_story

PLACES = {
    place.name: place
    for place in (
        Place("t:tokyo", "Tokyo", 35.69, 139.69, "city", "JP", timezone="Asia/Tokyo"),
        Place("t:yokosuka", "Yokosuka", 35.28, 139.67, "city", "JP", timezone="Asia/Tokyo"),
        Place("t:fallon", "Fallon", 39.42, -118.70, "site", "US", timezone="America/Los_Angeles"),
        Place("t:paris", "Paris", 48.85, 2.35, "city", "FR", timezone="Europe/Paris"),
        Place("t:japan", "Japan", 36.0, 138.0, "country", "JP", box=Box(24.0, 122.9, 45.6, 154.0)),
    )
}


def small_gazetteer(toponyms: Sequence[str], text: str = "") -> list[Resolution]:
    """One resolution a toponym: the place of that very name, or none with a candidate."""
    near = (Candidate(PLACES["Tokyo"], 1.0, "one letter differs"),)
    return [
        Resolution(name, PLACES.get(name), () if name in PLACES else near, "the name" if name in PLACES else "unknown")
        for name in toponyms
    ]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Story]:
    """Opens a CSV given as text or bytes, or a folder where story.toml is given too."""

    def opened(table: str | bytes, head: str | None = None, *, name: str = "trip.csv") -> Story:
        raw = table if isinstance(table, bytes) else table.encode("utf-8")
        if head is None:
            (tmp_path / name).write_bytes(raw)
            return open_story(tmp_path / name, small_gazetteer)
        folder = tmp_path / "trip"
        folder.mkdir(exist_ok=True)
        (folder / "reports.csv").write_bytes(raw)
        (folder / "story.toml").write_text(head, encoding="utf-8")
        return open_story(folder, small_gazetteer)

    return opened
