"""Waypoints, routes and tracks of navigation programs (GPX 1.0 and 1.1) as rows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from story.tables.readers.markup import children, local_name, parse_xml, plain, text_at
from story.tables.readers.named import named_sheet
from story.tables.table import LIMITS, Sheet, TableLimits


def is_gpx(raw: bytes) -> bool:
    """Whether the bytes begin as a GPX document does."""
    return b"<gpx" in raw[:2_000].lower()


def read_gpx(raw: bytes, file: str, limits: TableLimits = LIMITS) -> Sheet:
    """A row for each waypoint and each point of a route; of each stretch of a track its first and its last point.

    A track has thousands of points and no names: between its ends nothing is told that a story could show.
    """
    root = parse_xml(raw, file)
    return named_sheet(enumerate(_rows(root), 1), file, "GPX", limits=limits)


def _rows(root: etree._Element) -> Iterator[dict[str, str]]:
    for point in children(root, "wpt"):
        yield _row(point, text_at(point, "name"))
    for route in children(root, "rte"):
        who = text_at(route, "name")
        for point in children(route, "rtept"):
            yield _row(point, text_at(point, "name") or who) | {"who": who}
    for track in children(root, "trk"):
        who = text_at(track, "name")
        for stretch in children(track, "trkseg"):
            points = [point for point in stretch if local_name(point) == "trkpt"]
            for point, what in zip(points[:1] + points[1:][-1:], ("Start", "End"), strict=False):
                yield _row(point, f"{what} of {who}" if who else what) | {"who": who}


def _row(point: etree._Element, title: str) -> dict[str, str]:
    link = next((str(one.get("href", "")) for one in children(point, "link")), "") or text_at(point, "url")
    return {
        "title": title,
        "summary": plain(text_at(point, "desc") or text_at(point, "cmt")),
        "who": "",
        "place": text_at(point, "name"),
        "latitude": str(point.get("lat", "")),
        "longitude": str(point.get("lon", "")),
        "when": text_at(point, "time"),
        "url": link if link.startswith(("http://", "https://")) else "",
        "kind": text_at(point, "type") or text_at(point, "sym"),
    }
