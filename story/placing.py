"""The names of a story put on the map: the geocoding layer as `open_story` wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.place import Place, Resolution
from geo.spatial.great_circles import distance_km
from story.model import Report
from story.model.outlines import outline_of
from story.text import slug

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

PlaceNames = Callable[[Sequence[str], str], Sequence[Resolution]]
"""Takes the toponyms of a story and its text, and gives one resolution for each toponym, in order."""

Point = tuple[float, float]
_NEAR_KM = 60.0


@dataclass(frozen=True, slots=True)
class Placing:
    """Placing by a gazetteer, all names of a story decided together; and the regions of points."""

    gazetteer: Gazetteer

    def __call__(self, toponyms: Sequence[str], text: str) -> Sequence[Resolution]:
        from geo.context.resolve import decide_together

        return decide_together(self.gazetteer, toponyms, text)

    def around(self, points: Sequence[Point], names: Sequence[str]) -> list[Place | None]:
        """Whose country, division and time zone each point is in; None at sea.

        The nearest city's, unless the point's own name says another country in which the point may be: a border may run
        between a place and its nearest city. A name says it by what it means, or by its last part, as "Almaty,
        Kazakhstan" does.
        """
        from geo.spatial.nearest import nearest_cities

        ends = {name: name.rpartition(",")[2].strip() for name in names}
        asked = list(dict.fromkeys([*names, *ends.values()]))
        meant = dict(zip(asked, self(asked, ""), strict=True))
        found: list[Place | None] = []
        abroad: dict[str, list[int]] = {}
        for number, (point, name, city) in enumerate(
            zip(points, names, nearest_cities(self.gazetteer, points), strict=True)
        ):
            found.append(city)
            for said in (meant[ends[name]].place, meant[name].place):
                if said is None or not said.country or not _is_around(said, point):
                    continue
                if city is None or said.country != city.country:
                    found[number] = said
                    abroad.setdefault(said.country, []).append(number)
                break
        for country, numbers in abroad.items():
            own = nearest_cities(self.gazetteer, [points[number] for number in numbers], country)
            for number, city in zip(numbers, own, strict=True):
                found[number] = city or found[number]
        return found


def _is_around(place: Place, point: Point) -> bool:
    if distance_km((place.latitude, place.longitude), point) <= _NEAR_KM:
        return True
    return place.box is not None and place.box.contains(*point)


def place_with(gazetteer: Gazetteer) -> Placing:
    """Placing by this gazetteer, as `open_story` wants it."""
    return Placing(gazetteer)


def placed_by_story(report: Report, around: Place | None = None) -> Resolution | None:
    """The resolution that a report's own coordinates make; None where it has none. `around`: see `placed_at`."""
    if report.latitude is None or report.longitude is None:
        return None
    place = placed_at(report.place, report.latitude, report.longitude, around)
    if area := outline_of(report):
        place = replace(place, kind="area", box=area.box)
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
