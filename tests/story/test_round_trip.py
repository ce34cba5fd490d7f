"""Stories made up at random go out and come back with nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from story.export import EXPORTS
from story.model import Story
from story.opening.stories import open_story
from story.query.selection import events_as_of
from tests.story.conftest import small_gazetteer
from tests.story.made_up import made_up

STORIES = 200


def known(story: Story) -> dict[str, tuple[object, ...]]:
    """All that is known of each event: every report, and where it is on the map."""
    return {
        event.id: (
            [(replace(report, line=None, fields=()), dict(report.fields)) for report in event.reports],
            event.place and (event.place.name, event.place.kind, event.place.latitude, event.place.longitude),
        )
        for event in events_as_of(story, None)
    }


def opened(raw: str | bytes, folder: Path, name: str) -> Story:
    (folder / name).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return open_story(folder / name, small_gazetteer)


@pytest.mark.parametrize("format", ["csv", "xlsx", "geojson", "kml"])
def test_two_hundred_stories_come_back_with_nothing_lost(tmp_path: Path, format: str) -> None:
    for seed in range(STORIES):
        story = made_up(seed)
        again = opened(EXPORTS[format](story, events_as_of(story, None)), tmp_path, f"again.{format}")
        assert known(again) == known(story), f"story {seed}"
