"""Placemarks of a globe (KML 2.2, and KMZ, which is KML in a ZIP) as rows."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from lxml import etree

from story.exc import StoryFormatError, TableSizeError
from story.model import Problem
from story.tables.readers import exported
from story.tables.readers.markup import addresses, children, local_name, parse_xml, plain, text_at
from story.tables.readers.named import named_sheet
from story.tables.readers.objects import cells_of_shape
from story.tables.table import LIMITS, Sheet, TableLimits
from story.wording import say_count

_POINT = ("latitude", "longitude")
_WEB = ("http://", "https://")
_NOT_READ = {
    "GroundOverlay": "map overlay",
    "PhotoOverlay": "photo overlay",
    "ScreenOverlay": "screen overlay",
    "Tour": "tour",
}
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")


def is_kml(raw: bytes) -> bool:
    """Whether the bytes begin as a KML document does."""
    return b"<kml" in raw[:2_000].lower()


def kml_in(raw: bytes, file: str, limits: TableLimits = LIMITS) -> bytes | None:
    """The document of a KMZ; None where the ZIP holds none. Raises TableSizeError where it unfolds to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            found = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".kml")]
            if not found:
                return None
            # The one at the top is the document; others are what it links to.
            entry = min(found, key=lambda one: (one.filename.count("/"), one.filename.lower() != "doc.kml"))
            with archive.open(entry) as opened:
                document = opened.read(limits.unpacked + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise StoryFormatError(f"'{file}' cannot be unpacked: {error}. Export it again, and open that.") from None
    if len(document) > limits.unpacked:
        raise TableSizeError(f"'{file}' unfolds to more than {limits.unpacked / 1e6:,.0f} MB. Open a part of it.")
    return document


def read_kml(raw: bytes, file: str, limits: TableLimits = LIMITS) -> Sheet:
    """A row for each placemark: name, text, time, position; an area keeps its outline, other data is kept."""
    root = parse_xml(raw, file)
    marks = [element for element in root.iter() if local_name(element) == "Placemark"]
    told = tuple(_told(root, marks, file))
    if not marks and told:
        raise StoryFormatError(f"'{file}' has no placemarks of its own. {told[0].message}")
    rows = ((number, row) for number, mark in enumerate(marks, 1) for row in _rows(mark))
    return named_sheet(rows, file, "KML", limits=limits, problems=told)


def _told(root: etree._Element, marks: list[etree._Element], file: str) -> Iterator[Problem]:
    """What is not taken over: layers that lie elsewhere, pictures over the map, tours, pictures inside a KMZ."""
    left_out = Counter[str]()
    for element in root.iter():
        name = local_name(element)
        if name in _NOT_READ:
            left_out[_NOT_READ[name]] += 1
        elif name == "NetworkLink":
            address = text_at(element, "Link", "href") or text_at(element, "Url", "href")
            layer = text_at(element, "name") or "without a name"
            message = (
                f"The layer “{layer}” lies elsewhere ({address[:200]}) and is not read. "
                "Open that address by itself, or save the layer with its placemarks."
            )
            yield Problem(file, None, "NetworkLink", address[:80], message)
    for what, count in left_out.items():
        yield Problem(file, None, "", "", f"{say_count(count, what)} cannot be shown here. All placemarks are.")
    for number, mark in enumerate(marks, 1):
        for address in addresses(text_at(mark, "description"), "img", "src"):
            if not address.startswith((*_WEB, "data:")):
                message = (
                    f"The picture '{address[:80]}' of “{text_at(mark, 'name')}” lies in another file and is not taken "
                    "over. Add it while editing the story."
                )
                yield Problem(file, number, "picture", address[:80], message)


def _rows(mark: etree._Element) -> Iterator[dict[str, str]]:
    given, name = dict(_data(mark)), text_at(mark, "name")
    if exported.is_leg(given):
        return
    if tracks := [element for element in mark.iter() if local_name(element) == "Track"]:
        for track in tracks:
            yield from _ends(track, name, _common(mark, name, given))
        return
    shape = next((made for element in mark if local_name(element) in _SHAPES and (made := _shape(element))), None)
    cells = cells_of_shape(shape, *_POINT)
    if said := _exported(given):
        # Whoever has renamed it in a globe meant it.
        yield from exported.rows_of(said | ({"title": name} if name else {}), shape, cells)
        return
    yield {"title": name, "place": name, "when": _when(mark)} | cells | _common(mark, name, given)


def _common(mark: etree._Element, name: str, given: dict[str, str]) -> dict[str, str]:
    """What a placemark says apart from where and when: its text, links, folders and data."""
    description = text_at(mark, "description")
    # Google's own maps list the pictures of a placemark so.
    pictures = [*addresses(description, "img", "src"), *given.pop("gx_media_links", "").split()]
    row = {
        "summary": plain(description),
        "url": _link(mark) or next(_on_the_web(addresses(description, "a", "href")), ""),
        "Folder": " / ".join(_folders(mark)),
        "picture": next(_on_the_web(pictures), ""),
    }
    filled = {column: value for column, value in row.items() if value or column in ("summary", "url")}
    return filled | {column: value for column, value in given.items() if value or column not in filled}


def _on_the_web(found: Iterable[str]) -> Iterator[str]:
    return (address for address in found if address.startswith(_WEB))


def _folders(mark: etree._Element) -> list[str]:
    """The names of the folders that it lies in, the outermost first."""
    inside = [text_at(folder, "name") for folder in mark.iterancestors() if local_name(folder) == "Folder"]
    return [name for name in inside[::-1] if name]


def _ends(track: etree._Element, name: str, common: dict[str, str]) -> Iterator[dict[str, str]]:
    """The first and the last point of a track, which has thousands of them and no names."""
    whens = [text.strip() for moment in children(track, "when") if (text := moment.text or "")]
    points = [(element.text or "").split() for element in children(track, "coord")]
    there = [(point, when) for point, when in zip_longest(points, whens, fillvalue="") if len(point) > 1]
    for (point, when), what in zip(there[:1] + there[1:][-1:], ("Start", "End"), strict=False):
        title = f"{what} of {name}" if name else what
        where = {"place": "", "latitude": point[1], "longitude": point[0], "when": str(when)}
        yield {"title": title, "who": name} | where | common


def _exported(given: dict[str, str]) -> dict[str, Any] | None:
    """The data of a placemark that Dateline itself has exported; None for any other one's."""
    try:
        said = {**given, "reports": json.loads(given.get("reports", ""))}
    except (ValueError, RecursionError):
        return None
    return said if exported.is_event(said) else None


def _when(mark: etree._Element) -> str:
    if moment := text_at(mark, "TimeStamp", "when"):
        return moment
    start, end = text_at(mark, "TimeSpan", "begin"), text_at(mark, "TimeSpan", "end")
    if start == end:
        return start
    return f"{start or '..'}/{end or '..'}"


def _link(mark: etree._Element) -> str:
    for link in mark.iter():
        if local_name(link) == "link" and (address := link.get("href", "")).startswith(("http://", "https://")):
            return str(address)
    return ""


def _data(mark: etree._Element) -> Iterator[tuple[str, str]]:
    for extended in children(mark, "ExtendedData"):
        for data in extended.iter():
            name = str(data.get("name", "")).strip() if isinstance(data.tag, str) else ""
            if not name:
                continue
            if local_name(data) == "Data":
                yield name, text_at(data, "value")
            elif local_name(data) == "SimpleData":
                yield name, "".join(str(part) for part in data.itertext()).strip()


def _shape(element: etree._Element) -> dict[str, Any] | None:
    """A shape of KML as GeoJSON has it."""
    name = local_name(element)
    if name == "Polygon":
        rings = [
            _points(text_at(boundary, "LinearRing", "coordinates"))
            for boundary in children(element, "outerBoundaryIs", "innerBoundaryIs")
        ]
        return {"type": "Polygon", "coordinates": rings} if rings else None
    if name == "MultiGeometry":
        inner = [made for child in element if local_name(child) in _SHAPES and (made := _shape(child))]
        # An area may have its point beside its outline.
        if polygons := [one["coordinates"] for one in inner if one["type"] == "Polygon"]:
            if len(polygons) == 1:
                return {"type": "Polygon", "coordinates": polygons[0]}
            return {"type": "MultiPolygon", "coordinates": polygons}
        return {"type": "GeometryCollection", "geometries": inner}
    points = _points(text_at(element, "coordinates"))
    if not points:
        return None
    if name == "Point":
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "LineString", "coordinates": points}


def _points(text: str) -> list[Any]:
    """ "139.7,35.3,0 139.8,35.4,0": longitude, latitude and perhaps a height each."""
    return [_numbers(part) for part in text.split()]


def _numbers(text: str) -> list[Any]:
    try:
        return [float(number) for number in text.split(",")[:2]]
    except ValueError:
        # Kept as it is: what reads the shape tells that it is none.
        return [text]
