"""Exports: what goes out comes back the same, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.place import Resolution
from story import chunks
from story.draft.reports import read_reports
from story.export import export_csv, export_geojson
from story.export.atom import export_atom
from story.export.ics import export_ics
from story.export.kml import export_kml
from story.model import STATUSES, Event, Problem, Report, Story
from story.model.dates import parse_when
from story.placing import placed_by_story
from story.query.selection import events_as_of
from story.tables.columns.matching import guess
from story.tables.load import parse_table
from story.tables.rows.reading import read_rows
from story.text import clean
from tests.story.conftest import PLACES, small_gazetteer

LINE = st.text(st.characters(codec="utf-8"), max_size=12).map(clean)


def opened(text: str) -> tuple[list[Report], list[Problem]]:
    """The reports and problems of an exported table."""
    table = parse_table(text.encode(), "a.csv")
    reading = read_rows(table, guess(table))
    reports, problems = read_reports(reading.rows, "a.csv", None)
    return reports, [*table.problems, *reading.problems, *problems]


WORDS = LINE.filter(bool)
WHO = st.lists(WORDS.filter(lambda name: ";" not in name), max_size=3, unique=True).map(tuple)
REPORTS = st.builds(
    Report,
    event=st.sampled_from(["a", "b", "=c"]),
    title=WORDS,
    place=WORDS,
    span=st.sampled_from(["2025-10-29", "[2025-10-27..2025-10-31]", "2025-10-28/..", "", "2025-10~"]).map(parse_when),
    status=st.sampled_from(STATUSES),
    who=WHO,
    summary=st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: clean(text, lines=True)),
    reported=st.none() | st.dates(date(2025, 10, 1), date(2025, 10, 30)),
    source=WORDS,
    url=st.sampled_from(["", "https://a.example/x?y=1&z=%20"]),
    note=LINE,
)


def events_of(reports: list[Report]) -> list[Event]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.event, []).append(report)
    return [Event(name, tuple(theirs), small_gazetteer(["X"])[0], None) for name, theirs in found.items()]


@given(st.lists(REPORTS, max_size=6, unique_by=lambda report: report.event))
def test_exported_table_opens_as_the_same_reports(reports: list[Report]) -> None:
    reports = sorted(reports, key=lambda report: report.reported or date.min)
    again, problems = opened(export_csv(events_of(reports)))
    assert problems == []
    assert [replace(report, line=None) for report in again] == reports


def test_exported_history_opens_as_the_same_history(read: Callable[..., Story]) -> None:
    story = read(
        "event,title,place,when,status,reported,source,url,who,lat,lon\n"
        "talk,A talk,Home,2025-10-29,possible,2025-10-23,Kyodo,https://k.example/1,Ann;Ben,1.5,-2\n"
        "talk,,Paris,2025-10-30,expected,2025-10-24,Reuters,,,,\n"
        "tour,A tour,Tokyo,[2025-10-27..],scheduled,,Times,,,,\n"
    )
    again = read(export_csv(events_as_of(story, None)))
    assert again.problems == ()
    assert [replace(report, line=None) for report in again.reports] == [
        replace(report, line=None) for report in story.reports
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "＝1", "'=1", "''-1"])
def test_spreadsheet_never_runs_an_exported_cell(text: str) -> None:
    report = Report(text, text, text, parse_when("2025-10-29"), "happened", (text,), text, source=text, note=text)
    (_, row) = csv.reader(io.StringIO(export_csv(events_of([report]))))
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]
    ((again,), _) = opened(export_csv(events_of([report])))
    assert replace(again, line=None) == report


def test_a_place_that_was_chosen_by_hand_is_found_again(read: Callable[..., Story]) -> None:
    story = read("event,title,place,when\ntalk,A talk,Springfield,2025-10-29\nvisit,A visit,Japan,2025-10-30\n")
    talk, visit = events_as_of(story, None)
    chosen = replace(PLACES["Tokyo"], id="by hand", name="Springfield", latitude=39.8, longitude=-89.65)
    talk = replace(talk, resolution=Resolution("Springfield", chosen, (), "placed by hand", by_hand=True), place=chosen)
    visit = replace(visit, resolution=replace(visit.resolution, by_hand=True))
    for exported, name in ((export_csv([talk, visit]), "a.csv"), (export_geojson([talk, visit]), "a.geojson")):
        again, country = events_as_of(read(exported, name=name), None)
        assert again.place is not None
        assert (again.place.latitude, again.place.longitude) == (39.8, -89.65)
        assert country.place == visit.place, "a country is an area, not a point"


def test_negative_coordinates_stay_numbers() -> None:
    report = Report("a", "T", "X", parse_when(""), "happened", latitude=-33.9, longitude=-18.4)
    assert ",-33.9,-18.4," in export_csv(events_of([report]))


def test_geojson_is_longitude_first_and_keeps_the_unplaced(read: Callable[..., Story]) -> None:
    story = read(
        "event,title,place,when,who,status,reported\n"
        "talk,<b>A talk</b>,Tokyo,2025-10-29,Ann;Ben,possible,2025-10-23\ntalk,,,,,expected,2025-10-24\n"
        "plan,A plan,Atlantis,,,,\n"
    )
    collection = json.loads(export_geojson(events_as_of(story, None)))
    talk, plan = collection["features"]
    assert collection["type"] == "FeatureCollection"
    assert talk["geometry"] == {"type": "Point", "coordinates": [139.69, 35.69]}
    assert talk["id"] == "talk"
    assert talk["properties"]["title"] == "<b>A talk</b>"
    assert talk["properties"]["who"] == ["Ann", "Ben"]
    assert talk["properties"]["earliest"] == "2025-10-29"
    assert [report["status"] for report in talk["properties"]["reports"]] == ["possible", "expected"]
    assert plan["geometry"] is None


def test_geojson_of_coordinates_given_by_the_story() -> None:
    report = Report("a", "T", "X", parse_when(""), "happened", latitude=-33.9, longitude=18.4)
    resolution = placed_by_story(report)
    assert resolution is not None
    event = Event("a", (report,), resolution, resolution.place)
    assert json.loads(export_geojson([event]))["features"][0]["geometry"]["coordinates"] == [18.4, -33.9]


HOSTILE = '</script><img src=x onerror=alert(1)> & "quoted", `${x}`; \\n'


def hostile_event() -> Event:
    report = Report("a", HOSTILE, HOSTILE, parse_when("2025-10-29"), "happened", (HOSTILE,), HOSTILE, source=HOSTILE)
    return events_of([replace(report, note=HOSTILE, url="https://a.example/?a=1&b='2'", latitude=1.0, longitude=2.0)])[
        0
    ]


def unfolded(ics: str) -> list[str]:
    return ics.replace("\r\n ", "").split("\r\n")


def test_calendar_has_each_dated_event_over_its_days(read: Callable[..., Story]) -> None:
    story = read(
        "event,title,place,when,status\n"
        "day,A day,Tokyo,2025-10-29,happened\nset,A set,Tokyo,[2025-10-27..2025-10-31],scheduled\n"
        "last,It lasts,Tokyo,2025-12-30/2025-12-31,expected\nopen,It opens,Tokyo,2025-10-28/..,scheduled\n"
        "time,A time,Tokyo,2025-10-29T10:00,cancelled\nnone,Some day,Tokyo,XXXX-XX-XX,possible\n"
    )
    text = export_ics(events_as_of(story, None))
    found = {}
    for event in "\n".join(unfolded(text)).split("BEGIN:VEVENT\n")[1:]:
        lines = dict(line.split(":", 1) for line in event.splitlines() if ":" in line)
        start, end = (
            next((value for name, value in lines.items() if name.startswith(key)), "") for key in ("DTSTART", "DTEND")
        )
        found[lines["UID"].partition("@")[0]] = (start, end, lines["STATUS"], lines["SUMMARY"])
    assert found == {
        "day": ("20251029", "20251030", "CONFIRMED", "A day"),
        "set": ("20251027", "20251101", "TENTATIVE", "A set (one day in the week of Oct 27\\, 2025)"),
        "last": ("20251230", "20260101", "TENTATIVE", "It lasts"),
        "open": ("20251028", "20251029", "TENTATIVE", "It opens (from Oct 28\\, 2025 on)"),
        "time": ("20251029T010000Z", "", "CANCELLED", "A time"),
    }


@given(st.lists(REPORTS, max_size=3, unique_by=lambda report: report.event))
def test_calendar_lines_are_short_and_whole(reports: list[Report]) -> None:
    text = export_ics(events_of(reports))
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == sum(bool(r.span.earliest) for r in reports)


def test_placemarks_are_longitude_first_and_keep_hostile_text_as_text(read: Callable[..., Story]) -> None:
    story = read("event,title,place,when\ntalk,A talk,Tokyo,2025-10-28/..\nplan,A plan,Atlantis,\n")
    root = ET.fromstring(export_kml([*events_as_of(story, None), hostile_event()], HOSTILE))
    kml = "{http://www.opengis.net/kml/2.2}"
    talk, plan, hostile = root.iter(f"{kml}Placemark")
    assert talk.findtext(f"{kml}Point/{kml}coordinates") == "139.69,35.69"
    assert talk.findtext(f"{kml}TimeSpan/{kml}begin") == "2025-10-28"
    assert talk.find(f"{kml}TimeSpan/{kml}end") is None
    assert plan.find(f"{kml}Point") is None
    assert hostile.findtext(f"{kml}name") == HOSTILE
    description = hostile.findtext(f"{kml}description")
    assert description is not None
    assert not re.findall(r"<(?!br>|/?b>|/?a[ >])", description), "shown as HTML by programs, so escaped in it"


@given(st.lists(REPORTS, max_size=6, unique_by=lambda report: report.event), st.sampled_from(["", HOSTILE]))
def test_what_is_written_in_portions_is_the_text_of_one_piece(reports: list[Report], title: str) -> None:
    events = events_of(reports)
    kml = export_kml(events, title).replace(' xmlns="http://www.opengis.net/kml/2.2"', "")
    whole = ET.fromstring(kml)
    ET.indent(whole)
    assert kml == f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(whole, encoding="unicode")}\n'
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "LENGTH", 2)
        text = export_geojson(events)
    assert text == export_geojson(events) == json.dumps(json.loads(text), ensure_ascii=False)


@given(st.text(st.characters(codec="utf-8")), st.integers(1, 5))
def test_text_is_encoded_in_pieces_as_in_one(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "_CHARACTERS", size)
        assert chunks.encoded(text) == text.encode()


def test_a_link_of_a_feed_leads_to_its_event_whatever_its_id(read: Callable[..., Story]) -> None:
    story = read("event,title,place,when,reported,source\na&b #1/é?,Talks,Tokyo,2025-10-28,2025-10-20,Kyodo\n")
    feed = ET.fromstring(export_atom(story, events_as_of(story, None), link="https://example.org/?story=x"))
    atom = "{http://www.w3.org/2005/Atom}"
    (link,) = [entry.find(f"{atom}link") for entry in feed.iter(f"{atom}entry")]
    assert link is not None
    asked = parse_qs(urlsplit(link.get("href", "")).query)
    assert asked == {"story": ["x"], "event": [events_as_of(story, None)[0].id]}
