"""Placemarks for globes: valid by the OGC's schema, at the right times, in their styles, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import fastkml
import pytest
from lxml import etree

from story.export import EXPORTS
from story.model import STATUSES, Story
from story.query.selection import events_as_of
from tests.story.made_up import HOSTILE, made_up

Read = Callable[..., Story]
SCHEMA = etree.XMLSchema(etree.parse(str(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd")))
TOUR = (
    "event,title,place,when,who,status\n"
    "leave,Leaves,Tokyo,2025-10-28,Ann Roe,happened\n"
    "talks,Talks,Fallon,2025-10-30,Ann Roe,scheduled\n"
)


def written(story: Story) -> etree._Element:
    root = etree.fromstring(str(EXPORTS["kml"](story, events_as_of(story, None))).encode())
    SCHEMA.assertValid(root)
    return root


def time_of(read: Read, when: str) -> list[tuple[str, str]]:
    root = written(read(f'title,place,when\nA talk,Tokyo,"{when}"\n'))
    parts = root.iterfind(".//{*}Placemark/*/*")
    return [
        (etree.QName(part).localname, part.text or "") for part in parts if re.search("when|begin|end", str(part.tag))
    ]


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ("2025-10-29", ["when 2025-10-29"]),
        ("2025-10", ["when 2025-10"]),
        ("2025", ["when 2025"]),
        ("0044-03-15", ["when 0044-03-15"]),
        ("2025-10-27/2025-10-31", ["begin 2025-10-27", "end 2025-10-31"]),
        ("2025-02/2025-02", ["begin 2025-02-01", "end 2025-02-28"]),
        ("2025-10-28/..", ["begin 2025-10-28"]),
        ("../2025-11", ["end 2025-11-30"]),
        ("[2025-10-27..2025-10-31]", ["begin 2025-10-27", "end 2025-10-31"]),
        ("[2025-10-27..]", ["begin 2025-10-27"]),
        ("[..2025-10-31]", ["end 2025-10-31"]),
        ("[2025-10-27,2025-10-30]", ["begin 2025-10-27", "end 2025-10-30"]),
        ("2025-10-29?", ["when 2025-10-29"]),
        ("2025-10~", ["when 2025-10"]),
        ("2025-24", ["begin 2025-12-01", "end 2026-02-28"]),
        ("199X", ["begin 1990-01-01", "end 1999-12-31"]),
        ("2025-10-29T10:00+09:00", ["when 2025-10-29T10:00:00+09:00"]),
        ("2025-10-29T10:00Z/2025-10-29T12:30Z", ["begin 2025-10-29T19:00:00+09:00", "end 2025-10-29T21:30:00+09:00"]),
        ("2025-10-29T10:00+09:00/2025-10-31", ["begin 2025-10-29T10:00:00+09:00", "end 2025-10-31"]),
        ("1850-01-01T10:00", ["when 1850-01-01T00:41:01+00:00"]),
        ("XXXX-XX-XX", []),
    ],
)
def test_each_form_of_a_date_is_a_moment_or_a_span(read: Read, when: str, times: list[str]) -> None:
    assert [f"{name} {value}" for name, value in time_of(read, when)] == times


def test_each_status_has_a_style_of_its_own(read: Read) -> None:
    rows = "".join(f"{status},{status},Tokyo,2025-10-28,{status}\n" for status in STATUSES)
    root = written(read(f"event,title,place,when,status\n{rows}"))
    assert [node.text for node in root.iterfind(".//{*}styleUrl")] == [f"#{status}" for status in STATUSES]
    colours = [root.findtext(f".//{{*}}Style[@id='{status}']/{{*}}IconStyle/{{*}}color") for status in STATUSES]
    assert len(set(colours)) == len(STATUSES)


def test_ways_are_lines_in_the_style_of_their_traveller(read: Read) -> None:
    root = written(read(TOUR))
    (leg,) = [mark for mark in root.iterfind(".//{*}Placemark") if mark.find(".//{*}LineString") is not None]
    assert leg.findtext("{*}styleUrl") == "#planned-0"
    assert root.find(".//{*}Style[@id='planned-0']") is not None
    assert leg.findtext("{*}TimeStamp/{*}when") == "2025-10-30"


def test_a_program_for_kml_reads_the_folders_and_their_placemarks(read: Read) -> None:
    story = read(TOUR)
    document = fastkml.KML.from_string(etree.tostring(written(story), encoding="unicode")).features[0]
    days, travellers = document.features
    assert [day.name for day in days.features] == ["Tue, Oct 28, 2025", "Thu, Oct 30, 2025"]
    assert [mark.name for day in days.features for mark in day.features] == ["Leaves", "Talks"]
    assert [one.name for one in travellers.features] == ["Ann Roe"]


def test_whoever_moves_or_renames_a_placemark_means_it(read: Read) -> None:
    story = read(TOUR)
    text = str(EXPORTS["kml"](story, events_as_of(story, None)))
    text = text.replace("<name>Talks</name>", "<name>Long talks</name>").replace("-118.7,39.42", "2.35,48.85", 1)
    (talks,) = [event for event in events_as_of(read(text, name="a.kml"), None) if event.id == "talks"]
    assert talks.title == "Long talks"
    assert talks.place is not None
    assert (talks.place.latitude, talks.place.longitude) == (48.85, 2.35)


def test_every_made_up_story_is_valid_by_the_schema() -> None:
    for seed in range(40):
        written(made_up(seed))


def test_hostile_text_is_text_in_every_field(read: Read) -> None:
    cell = '"' + HOSTILE.replace('"', '""') + '"'
    story = read(
        f"event,title,place,when,who,summary,source,note,Own\n{','.join([cell] * 3)},2025,{','.join([cell] * 5)}\n"
    )
    for node in written(story).iter("{*}description"):
        assert not re.findall(r"<(?!/?b>|br>)", node.text or "")
