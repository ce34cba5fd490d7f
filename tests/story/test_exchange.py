"""What other programs for maps, calendars and stories save opens here, and nothing in it runs or is lost in silence."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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


GLOBE = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
<Folder><name>Convoy</name><Folder><name>Day 2</name>
<Placemark><name>Truck 7</name><gx:Track><altitudeMode>clampToGround</altitudeMode>
<when>2025-03-02T08:00:00Z</when><when>2025-03-02T09:00:00Z</when><when>2025-03-02T11:30:00Z</when>
<gx:coord>18.07 59.33 0</gx:coord><gx:coord>17.9 59.4 0</gx:coord><gx:coord>17.64 59.86 10</gx:coord>
</gx:Track></Placemark></Folder></Folder>
<Placemark><name>Depot</name><description><![CDATA[<img src="https://example.org/d.jpg"><br>Fuel, says
<a href="https://example.org/depot">the army</a>]]></description>
<MultiGeometry><LineString><coordinates>17.64,59.86 17.7,59.9</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><name>Bridge</name><description><![CDATA[<img src="files/b.jpg">]]></description>
<Point><coordinates>12.5,41.9,0</coordinates></Point></Placemark>
<NetworkLink><name>Live</name><Link><href>https://example.org/live.kml</href></Link></NetworkLink>
<GroundOverlay><Icon><href>files/scan.png</href></Icon></GroundOverlay></Document></kml>"""


def test_a_track_of_a_globe_is_its_two_ends_in_all_its_folders(read: Read) -> None:
    found = events(read(GLOBE, "globe.kml"))
    start, end = found["Start of Truck 7"], found["End of Truck 7"]
    assert (at(start), start.span.edtf) == ((59.33, 18.07), "2025-03-02T08:00:00Z")
    assert (at(end), end.span.edtf) == ((59.86, 17.64), "2025-03-02T11:30:00Z")
    assert start.who == ("Truck 7",)
    assert dict(end.latest.fields)["Folder"] == "Convoy / Day 2"


def test_links_and_pictures_in_the_text_of_a_placemark_are_kept(read: Read) -> None:
    depot = events(read(GLOBE, "globe.kml"))["Depot"].latest
    assert depot.url == "https://example.org/depot"
    assert dict(depot.fields)["picture"] == "https://example.org/d.jpg"


def test_what_a_globe_shows_from_elsewhere_is_told(read: Read) -> None:
    told = " ".join(problem.message for problem in read(GLOBE, "globe.kml").problems)
    assert "The layer “Live” lies elsewhere (https://example.org/live.kml) and is not read" in told
    assert "1 map overlay cannot be shown" in told
    assert "The picture 'files/b.jpg' of “Bridge” lies in another file" in told
    empty = "<kml><Document><NetworkLink><Link><href>https://example.org/x</href></Link></NetworkLink></Document></kml>"
    with pytest.raises(StoryError, match=r"no placemarks of its own.*https://example.org/x"):
        read(empty, "link.kml")


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


def test_a_day_of_a_series_that_is_told_apart_is_no_later_report_of_its_first(read: Read) -> None:
    zone = 'TZID="W. Europe Standard Time"'
    text = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
        f"BEGIN:VEVENT\nUID:1\nSUMMARY:Cabinet\nDTSTART;{zone}:20250702T093000\nRRULE:FREQ=WEEKLY\nLOCATION:Berlin\n"
        "ATTENDEE;CN=Ada Quist:mailto:a@example.org\nATTENDEE;CN=Bo Quist;PARTSTAT=DECLINED:mailto:b@example.org\n"
        "ATTENDEE;CN=Room 4;CUTYPE=ROOM:mailto:r@example.org\nEND:VEVENT\n"
        f"BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;{zone}:20250716T093000\nSUMMARY:Cabinet, a day later\n"
        f"DTSTART;{zone}:20250717T140000\nDURATION:PT1H\nLOCATION:Potsdam\nSTATUS:CANCELLED\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    found = events(read(text.replace("\n", "\r\n"), "cabinet.ics"))
    assert found["Cabinet"].span.edtf == "2025-07-02T09:30+02:00"
    assert found["Cabinet"].who == ("Ada Quist",), "neither a room nor who has declined"
    assert found["Cabinet, a day later"].status == "cancelled"
    assert found["Cabinet, a day later"].span.edtf == "2025-07-17T14:00+02:00/2025-07-17T15:00+02:00"


def test_a_value_of_a_calendar_that_cannot_be_read_is_told(read: Read) -> None:
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Fair\r\nDTSTART:someday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    story = read(text, "year.ics")
    assert list(events(story)) == ["Fair"]
    assert any("DTSTART that cannot be read" in problem.message for problem in story.problems)


def geopackage(reference: int = 4326, scale: tuple[float, float] = (1, 1), *, other: str = "") -> bytes:
    """A layer of three in a reference system of the EPSG, which the file numbers in its own way; perhaps another."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m)")
    database.execute("CREATE TABLE gpkg_spatial_ref_sys(srs_name, srs_id, organization, organization_coordsys_id)")
    database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES('One of them', 7, 'EPSG', ?)", (reference,))
    database.execute("INSERT INTO gpkg_geometry_columns VALUES('raids', 'geom', 'GEOMETRY', 7, 0, 0)")
    database.execute("CREATE TABLE raids(fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, date TEXT)")
    head = b"GP\0\x01" + struct.pack("<i", 7)
    point = b"\x01" + struct.pack("<Idd", 1, 18.07 * scale[0], 59.33 * scale[1])
    corners = [(10, 50), (12, 50), (12, 52), (10, 52), (10, 50)]
    scaled = [(x * scale[0], y * scale[1]) for x, y in corners]
    area = b"\x00" + struct.pack(">III", 3, 1, 5) + b"".join(struct.pack(">dd", *corner) for corner in scaled)
    for shape, name in ((point, "Raid"), (area, "Zone"), (point[:9], "Broken")):
        database.execute("INSERT INTO raids(geom, name, date) VALUES(?, ?, '2025-03-01')", (head + shape, name))
    if other:
        database.execute("INSERT INTO gpkg_geometry_columns VALUES(?, 'geom', 'POINT', 7, 0, 0)", (other,))
        database.execute(f"CREATE TABLE {other}(geom BLOB)")
        database.execute(f"INSERT INTO {other} VALUES(?)", (head + point,))
    database.commit()
    return bytes(database.serialize())


def test_a_geopackage_gives_points_and_areas(read: Read) -> None:
    found = events(read(geopackage(), "raids.gpkg"))
    assert at(found["Raid"]) == (59.33, 18.07)
    assert outline_of(found["Zone"].latest) is not None
    assert found["Broken"].place is None


def test_a_geopackage_in_metres_of_the_webs_maps_is_converted(read: Read) -> None:
    # At 59.33° N a degree from the equator is 139,087 m of such a map, on the average.
    found = events(read(geopackage(3857, (111_319.4908, 139_087.4262)), "raids.gpkg"))
    assert at(found["Raid"]) == (59.33, 18.07)
    assert outline_of(found["Zone"].latest) is not None


def test_a_geopackage_in_degrees_of_another_continent_is_read(read: Read) -> None:
    assert at(events(read(geopackage(4258), "raids.gpkg"))["Raid"]) == (59.33, 18.07)


def test_a_geopackage_that_is_in_neither_is_refused(read: Read) -> None:
    with pytest.raises(StoryError, match=r"reference system EPSG:25833 \(One of them\).*EPSG:4326"):
        read(geopackage(25833), "raids.gpkg")


def test_a_layer_of_a_geopackage_that_is_not_read_is_told(read: Read) -> None:
    told = [problem.message for problem in read(geopackage(other="roads"), "raids.gpkg").problems]
    assert any("the layer 'raids' is read. It has others: roads (1)" in message for message in told)


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


def test_a_timeline_keeps_times_words_for_days_and_columns_of_its_own(read: Read) -> None:
    text = (
        "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Type,Location,"
        "Source\n,,,,,,,,,The talks in short,,,title,,\n"
        "2013,2,9,2:30 PM,2013,2,9,4 p.m.,Saturday,Talks,,,,Lyon,Le Monde\n"
        "1914,,,,1918,,,,The Great War,War,,,era,,\n"
    )
    story = read(text, "talks.csv")
    found = events(story)
    assert list(found) == ["War", "Talks"], "the story's own title is no event"
    assert found["Talks"].span.edtf == "2013-02-09T14:30/2013-02-09T16:00"
    assert found["Talks"].source == "Le Monde"
    assert dict(found["War"].latest.fields)["display date"] == "The Great War"
    assert story.rows == 2


def positions(latitude: float, minutes: int, begins: datetime) -> list[dict[str, object]]:
    return [
        {
            "latitudeE7": round((latitude + number % 3 * 1e-4) * 1e7),
            "longitudeE7": 23_522_000,
            "accuracy": 20,
            "timestamp": f"{begins + timedelta(minutes=5 * number):%Y-%m-%dT%H:%M:%S.123Z}",
        }
        for number in range(minutes // 5 + 1)
    ]


def test_positions_of_a_phone_are_the_stays_that_they_come_to(read: Read) -> None:
    paris, rouen = (
        positions(48.8566, 60, datetime(2019, 5, 1, 8, tzinfo=UTC)),
        positions(49.4431, 45, datetime(2019, 5, 1, 10, tzinfo=UTC)),
    )
    way = [
        {"latitudeE7": 489_000_000 + number * 400_000, "longitudeE7": 23_522_000, "timestampMs": str(moment)}
        for number, moment in enumerate(range(1_556_701_500_000, 1_556_704_500_000, 300_000))
    ]
    far = {"latitudeE7": 0, "longitudeE7": 0, "accuracy": 9_000, "timestamp": "2019-05-01T08:30:00Z"}
    story = read(json.dumps({"locations": [*rouen, far, *way, *paris]}), "Records.json")
    first, second = events_as_of(story, None)
    assert (at(first), first.span.edtf) == ((48.86, 2.35), "2019-05-01T08:00:00+00:00/2019-05-01T09:00:00+00:00")
    assert (at(second), second.span.edtf) == ((49.44, 2.35), "2019-05-01T10:00:00+00:00/2019-05-01T10:45:00+00:00")
    assert first.who == second.who
    with pytest.raises(StoryError, match="no stay of ten minutes or more"):
        read(json.dumps({"locations": way}), "Records.json")


def test_a_phones_older_months_count_in_thousandths_of_a_second(read: Read) -> None:
    duration = {"startTimestampMs": "1556697600000", "endTimestampMs": "1556701200000"}
    visit = {
        "centerLatE7": 488_566_000,
        "centerLngE7": 23_522_000,
        "location": {"name": "Louvre"},
        "duration": duration,
    }
    (stay,) = events(read(json.dumps({"timelineObjects": [{"placeVisit": visit}]}), "2019_MAY.json")).values()
    assert (stay.title, at(stay)) == ("Louvre", (48.86, 2.35))
    assert stay.span.edtf == "2019-05-01T08:00:00+00:00/2019-05-01T09:00:00+00:00"


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
