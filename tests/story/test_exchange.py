"""What other programs for maps, calendars and stories save opens here, and nothing in it runs or is lost in silence."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from story.exc import StoryError
from story.export.formats import EXPORTS
from story.model import Event, Story
from story.model.outlines import outline_of
from story.opening.stories import open_story
from story.placing import PlaceNames, place_with
from story.query.selection import events_as_of

Read = Callable[[bytes | str, str], Story]

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Day one</name>
<Placemark><name>Harbour</name>
<description><![CDATA[<p>Ships &amp; <b>crews</b><br>in port</p><script>alert(1)</script>]]></description>
<TimeSpan><begin>2025-03-01</begin><end>2025-03-04</end></TimeSpan>
<ExtendedData><Data name="Crew"><value>12</value></Data></ExtendedData>
<Point><coordinates>18.07,59.33,0</coordinates></Point></Placemark>
<Placemark><name>Zone</name><TimeStamp><when>2025-03</when></TimeStamp><Polygon><outerBoundaryIs><LinearRing>
<coordinates>10,50 12,50 12,52 10,52 10,50</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
</Folder></Document></kml>"""


@pytest.fixture(scope="module")
def place() -> PlaceNames:
    return place_with(Gazetteer.open())


@pytest.fixture
def read(tmp_path: Path, place: PlaceNames) -> Read:
    def opened(raw: bytes | str, name: str) -> Story:
        (tmp_path / name).write_bytes(raw.encode() if isinstance(raw, str) else raw)
        return open_story(tmp_path / name, place)

    return opened


def events(story: Story) -> dict[str, Event]:
    return {event.title: event for event in events_as_of(story, None)}


def at(event: Event) -> tuple[float, float] | None:
    return (round(event.place.latitude, 2), round(event.place.longitude, 2)) if event.place else None


def zipped(name: str, text: str) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return raw.getvalue()


@pytest.mark.parametrize(("name", "raw"), [("trip.kml", KML.encode()), ("trip.kmz", zipped("doc.kml", KML))])
def test_placemarks_keep_their_days_text_data_and_areas(read: Read, name: str, raw: bytes) -> None:
    found = events(read(raw, name))
    harbour, zone = found["Harbour"], found["Zone"]
    assert at(harbour) == (59.33, 18.07)
    assert harbour.span.edtf == "2025-03-01/2025-03-04"
    assert harbour.summary == "Ships & crews\nin port"
    assert dict(harbour.latest.fields) == {"Folder": "Day one", "Crew": "12"}
    assert zone.span.edtf == "2025-03"
    assert outline_of(zone.latest) is not None


def test_a_route_and_a_track_say_who_went_where(read: Read) -> None:
    points = "".join(f'<trkpt lat="59.{n}" lon="18.{n}"><time>2025-03-02T1{n}:00:00Z</time></trkpt>' for n in range(9))
    text = (
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="48.85" lon="2.35"><name>Paris</name><time>2025-03-01T10:00:00Z</time></wpt>'
        '<rte><name>Ada Quist</name><rtept lat="45.76" lon="4.84"><name>Lyon</name></rtept></rte>'
        f"<trk><name>Bo Quist</name><trkseg>{points}</trkseg></trk></gpx>"
    )
    found = events(read(text, "walk.gpx"))
    assert at(found["Paris"]) == (48.85, 2.35)
    assert found["Lyon"].who == ("Ada Quist",)
    assert [found[f"{end} of Bo Quist"].span.edtf for end in ("Start", "End")] == [
        "2025-03-02T10:00:00Z", "2025-03-02T18:00:00Z",
    ]  # fmt: skip
    assert len(found) == 4


def test_a_calendar_keeps_zones_and_whole_days_and_says_what_repeats(read: Read) -> None:
    lines = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
        "BEGIN:VEVENT\nUID:1@x\nSUMMARY:Council\\, extra\nDTSTART;TZID=Europe/Stockholm:20250301T100000\n"
        "DTEND;TZID=Europe/Stockholm:20250301T120000\nLOCATION:Stockholm\nSTATUS:CANCELLED\nRRULE:FREQ=WEEKLY\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nUID:2@x\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20250305\nDTEND;VALUE=DATE:20250308\n"
        "GEO:48.85;2.35\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    story = read(lines.replace("\n", "\r\n"), "year.ics")
    found = events(story)
    assert found["Council, extra"].span.edtf == "2025-03-01T10:00+01:00/2025-03-01T12:00+01:00"
    assert found["Council, extra"].status == "cancelled"
    assert found["Fair"].span.edtf == "2025-03-05/2025-03-07"
    assert at(found["Fair"]) == (48.85, 2.35)
    assert "only its first day is shown" in story.problems[0].message


def test_a_value_of_a_calendar_that_cannot_be_read_is_told(read: Read) -> None:
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Fair\r\nDTSTART:someday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    story = read(text, "year.ics")
    assert list(events(story)) == ["Fair"]
    assert any("DTSTART that cannot be read" in problem.message for problem in story.problems)


def geopackage(reference: int = 4326) -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m)")
    database.execute("INSERT INTO gpkg_geometry_columns VALUES('raids', 'geom', 'GEOMETRY', ?, 0, 0)", (reference,))
    database.execute("CREATE TABLE raids(fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, date TEXT)")
    head = b"GP\0\x01" + struct.pack("<i", reference)
    point = b"\x01" + struct.pack("<Idd", 1, 18.07, 59.33)
    corners = [(10, 50), (12, 50), (12, 52), (10, 52), (10, 50)]
    area = b"\x00" + struct.pack(">III", 3, 1, 5) + b"".join(struct.pack(">dd", *corner) for corner in corners)
    for shape, name in ((point, "Raid"), (area, "Zone"), (point[:9], "Broken")):
        database.execute("INSERT INTO raids(geom, name, date) VALUES(?, ?, '2025-03-01')", (head + shape, name))
    database.commit()
    return bytes(database.serialize())


def test_a_geopackage_gives_points_and_areas(read: Read) -> None:
    found = events(read(geopackage(), "raids.gpkg"))
    assert at(found["Raid"]) == (59.33, 18.07)
    assert outline_of(found["Zone"].latest) is not None
    assert found["Broken"].place is None


def test_a_geopackage_that_is_not_in_degrees_is_refused(read: Read) -> None:
    with pytest.raises(StoryError, match=r"reference system 3857.*EPSG:4326"):
        read(geopackage(3857), "raids.gpkg")


def test_a_database_that_is_no_geopackage_is_refused(read: Read) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE notes(text)")
    with pytest.raises(StoryError, match="no GeoPackage with places"):
        read(bytes(database.serialize()), "notes.db")


def test_slides_of_a_storymap_are_events(read: Read) -> None:
    slides = [
        {"type": "overview", "text": {"headline": "A tour"}},
        {
            "date": "March 3, 2025",
            "location": {"lat": 48.85, "lon": 2.35, "name": "Paris"},
            "text": {"headline": "<b>Arrival</b>", "text": "<p>By train</p>"},
            "media": {"url": "https://example.org/a.jpg", "caption": "The station", "credit": "A. Quist"},
        },
    ]
    found = events(read(json.dumps({"storymap": {"slides": slides}}), "map.json"))
    assert list(found) == ["Arrival"]
    assert found["Arrival"].span.edtf == "2025-03-03"
    assert found["Arrival"].summary == "By train"
    assert dict(found["Arrival"].latest.fields)["credit"] == "A. Quist"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_timeline_keeps_days_that_are_given_in_parts(read: Read, kind: str) -> None:
    if kind == "json":
        days = {
            "start_date": {"year": "2025", "month": "3", "day": "5"},
            "end_date": {"year": 2025, "month": 3, "day": 7},
        }
        told = [
            {**days, "text": {"headline": "Fair", "text": "In <b>Lyon</b>"}},
            {"start_date": {"year": "1999"}, "text": {"headline": "Old times"}},
        ]
        text = json.dumps({"title": {"text": {"headline": "T"}}, "events": told})
    else:
        text = (
            "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit\n"
            "2025,3,5,,2025,3,7,,,Fair,In <b>Lyon</b>,,\n1999,,,,,,,,,Old times,,,\n"
        )
    found = events(read(text, f"years.{kind}"))
    assert found["Fair"].span.edtf == "2025-03-05/2025-03-07"
    assert found["Fair"].summary == "In Lyon"
    assert found["Old times"].span.edtf == "1999"


def test_a_phones_timeline_is_an_itinerary(read: Read) -> None:
    where = {"topCandidate": {"semanticType": "HOME", "placeLocation": {"latLng": "35.68°, 139.76°"}}}
    stay = {"startTime": "2025-03-29T09:00:00.000+09:00", "endTime": "2025-03-29T11:00:00.000+09:00", "visit": where}
    place = {"latitudeE7": 488_500_000, "longitudeE7": 23_500_000, "name": "Gare de Lyon"}
    older = {"placeVisit": {"location": place, "duration": {"startTimestamp": "2021-05-01T08:00:00Z"}}}
    (home,) = events(read(json.dumps({"semanticSegments": [stay, {"activity": {}}]}), "Timeline.json")).values()
    assert at(home) == (35.68, 139.76)
    assert home.span.edtf == "2025-03-29T09:00:00+09:00/2025-03-29T11:00:00+09:00"
    assert home.who
    (station,) = events(read(json.dumps({"timelineObjects": [older]}), "2021_MAY.json")).values()
    assert (station.title, at(station)) == ("Gare de Lyon", (48.85, 2.35))


def test_what_is_exported_opens_as_the_same_events(read: Read) -> None:
    table = (
        "event,title,place,when,who,status,source\n"
        'a,Visit,"Tokyo, Japan",2025-10-28,Ada Quist,scheduled,Kyodo\n'
        "b,Fair,Lyon,2025-03-05/2025-03-07,,happened,Le Monde\n"
    )
    story = read(table, "reports.csv")
    before = events_as_of(story, None)
    for name in ("kml", "ics"):
        after = events(read(EXPORTS[name](story, before), f"again.{name}"))
        for event in before:
            assert after[event.title].span.edtf == event.span.edtf, name
            assert at(after[event.title]) == at(event), name


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.kml", b"<kml><Document><Placemark></kml>"),
        ("a.kmz", b"PK\x03\x04broken"),
        ("a.gpx", b"<gpx><wpt lat='1'"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:x\r\nEND"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(200)),
    ],
)
def test_a_broken_file_is_quoted_and_told(read: Read, name: str, raw: bytes) -> None:
    with pytest.raises(StoryError, match=f"'{name}'"):
        read(raw, name)


def test_an_entity_in_a_file_is_never_followed(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden")
    address = (tmp_path / "secret.txt").as_uri()
    text = (
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "{address}">]>'
        "<kml><Document><Placemark><name>Harbour &x;</name></Placemark></Document></kml>"
    )
    story = read(text, "trip.kml")
    assert "hidden" not in repr(story)


def test_a_kmz_that_unfolds_to_too_much_is_refused(place: PlaceNames) -> None:
    from story.tables.load import parse_table
    from story.tables.table import TableLimits

    with pytest.raises(StoryError, match="unfolds to more than"):
        parse_table(zipped("doc.kml", KML + " " * 10_000), "trip.kmz", TableLimits(unpacked=5_000))
