"""A workbook, a route or a picture is read back by others as what the filter left, and nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import gpxpy
import openpyxl
import pytest
from lxml import etree
from PIL import Image

from geo.gazetteer import Gazetteer
from story import cli
from story.exc import ExportFormatError
from story.export import EXPORTS
from story.export.xlsx import export_xlsx
from story.model import Event, Story
from story.opening.stories import open_story
from story.placing import PlaceNames, place_with
from story.query.selection import Filter, events_as_of, select

Read = Callable[..., Story]
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> ]]> ${x} " \' & ‮'
TOUR = (
    "event,title,place,when,who,status,reported,source\n"
    'leave,Leaves Oslo,"Oslo, Norway",2025-03-01,Ada Quist,happened,2025-03-01,Agency\n'
    "fair,Fair,Lyon,2025-03-03T10:00+01:00,Ada Quist;Bo Quist,happened,2025-03-03,Agency\n"
    "talks,Talks,Rome,2025-03-06,Ada Quist,scheduled,2025-03-02,Agency\n"
    "autumn,Congress,Fiji,2025-09-06,Bo Quist,possible,2025-03-02,Agency\n"
)


@pytest.fixture(scope="module")
def place() -> PlaceNames:
    return place_with(Gazetteer.open())


@pytest.fixture
def read(tmp_path: Path, place: PlaceNames) -> Read:
    def opened(text: str | bytes, name: str = "reports.csv") -> Story:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return open_story(tmp_path / name, place)

    return opened


def written(story: Story, format: str, wanted: Filter | None = None) -> bytes:
    asked = wanted or Filter()
    events = select(events_as_of(story, asked.as_of), asked).events
    made = EXPORTS[format](story, events, asked)
    return made if isinstance(made, bytes) else made.encode()


def said(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    return [
        (e.id, e.title, e.summary, e.who, e.span.edtf, e.status, e.source, e.latest.fields, len(e.reports))
        for e in events
    ]


def test_a_workbook_opens_here_as_the_same_story(read: Read) -> None:
    story = read(TOUR.replace("source\n", "source,crew\n", 1).replace("Agency\n", "Agency,1 200\n"))
    again = read(written(story, "xlsx"), "again.xlsx")
    assert said(events_as_of(again, None)) == said(events_as_of(story, None))


def test_a_workbook_is_text_that_no_program_runs(read: Read) -> None:
    story = read(TOUR.replace("Talks", '"' + HOSTILE.replace('"', '""') + '"'))
    sheet = openpyxl.load_workbook(io.BytesIO(written(story, "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    (title,) = [e.title for e in events_as_of(story, None) if "HYPERLINK" in e.title]
    again = read(written(story, "xlsx"), "again.xlsx")
    assert title in {e.title for e in events_as_of(again, None)}


def test_a_cell_too_long_for_a_workbook_is_told(read: Read) -> None:
    story = read(TOUR.replace("Talks", "long " * 8_000))
    with pytest.raises(ExportFormatError, match=r"32,767 letters.*Export CSV instead"):
        export_xlsx(events_as_of(story, None))


def test_a_route_goes_along_the_trips_of_each_traveller(read: Read) -> None:
    routes = gpxpy.parse(written(read(TOUR), "gpx"))
    assert {point.name for point in routes.waypoints} == {"Leaves Oslo", "Fair", "Talks", "Congress"}
    (ada,) = routes.routes
    assert ada.name == "Ada Quist"
    assert [point.name for point in ada.points] == ["Oslo", "Lyon", "Rome"]
    # Only what has a time has one.
    times = {point.name: point.time for point in routes.waypoints}
    assert times["Talks"] is None
    assert times["Fair"].hour == 9


def test_a_picture_shows_what_was_asked_for(read: Read) -> None:
    story = read(TOUR)
    root = etree.fromstring(written(story, "svg", Filter(who=frozenset({"Ada Quist"}), as_of=None)))
    texts = ["".join(node.itertext()) for node in root.iter("{*}text")]
    assert {"Oslo", "Lyon", "Rome"} <= set(texts)
    assert "Suva" not in texts
    assert any("3 events · Ada Quist · as known on Mon, Mar 3" in text for text in texts)
    assert len([path for path in root.iter("{*}path") if path.get("stroke-dasharray") == "5 5"]) == 1


def test_a_route_of_one_traveller_is_that_ones_alone(read: Read) -> None:
    routes = gpxpy.parse(written(read(TOUR), "gpx", Filter(who=frozenset({"Ada Quist"})))).routes
    assert [route.name for route in routes] == ["Ada Quist"]


def test_nothing_in_a_picture_runs(read: Read) -> None:
    story = read(TOUR.replace("Oslo, Norway", "<script>alert(1)</script>").replace("Lyon", "Lyon<img src=x>"))
    nodes = list(etree.fromstring(written(story, "svg")).iter())
    assert not {etree.QName(node).localname for node in nodes} & {"script", "image", "foreignObject", "a"}
    given = [(name, value) for node in nodes for name, value in node.attrib.items()]
    assert not [name for name, value in given if name.startswith("on") or ("href" in name and value[:1] != "#")]


def test_a_picture_is_as_large_as_it_says_and_not_blank(read: Read) -> None:
    image = Image.open(io.BytesIO(written(read(TOUR), "png")))
    assert image.size == (2400, 1692)
    assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 100


def test_a_picture_of_no_events_is_the_world(read: Read) -> None:
    assert b"0 events" in written(read(TOUR), "svg", Filter(q="nothing of the kind"))


def test_all_formats_are_written_by_one_command(tmp_path: Path) -> None:
    (tmp_path / "tour.csv").write_text(TOUR)
    to = tmp_path / "out"
    every = ",".join(EXPORTS)
    assert cli.main(["export", str(tmp_path / "tour.csv"), "--format", every, "--to", str(to)]) == 0
    assert {path.suffix[1:] for path in to.iterdir()} == set(EXPORTS)
    assert all(path.stat().st_size for path in to.iterdir())
