"""The names of a story put on the map: the geocoding layer as `open_story` wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from geo.place import Place, Resolution
from story.model import Report
from story.text import slug

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

PlaceNames = Callable[[Sequence[str], str], Sequence[Resolution]]
"""Takes the toponyms of a story and its text, and gives one resolution for each toponym, in order."""


def place_with(gazetteer: Gazetteer) -> PlaceNames:
    """Placing by a gazetteer, all names of a story decided together."""
    from geo.resolve import resolve_together

    def place(toponyms: Sequence[str], text: str) -> Sequence[Resolution]:
        return resolve_together(gazetteer, toponyms, text)

    return place


def placed_by_story(report: Report) -> Resolution | None:
    """The resolution that a report's own coordinates make; None where it has none."""
    if report.latitude is None or report.longitude is None:
        return None
    place = placed_at(report.place, report.latitude, report.longitude)
    return Resolution(report.place, place, (), "the story gives its latitude and longitude")


def placed_at(name: str, latitude: float, longitude: float, around: Place | None = None) -> Place:
    """A place of the story's own at a point; its country, division and time zone are those of `around`."""
    return Place(
        id=f"story:{latitude:.5f},{longitude:.5f},{slug(name)}",
        name=name,
        latitude=latitude,
        longitude=longitude,
        kind="site",
        country=around.country if around else "",
        admin1=around.admin1 if around else "",
        timezone=around.timezone if around else "",
        source="story",
    )
