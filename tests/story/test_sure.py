"""How sure an event is: independent sources counted, and when they agree, disagree or deny."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from story.export import export_geojson
from story.export.formats import EXPORTS
from story.model import Story
from story.query.origins import origins_of, same_origins
from story.query.selection import Filter, events_as_of, select
from story.query.sure import SURE, sure_of, sureness

Read = Callable[..., Story]
HEAD = "event,title,place,when,status,reported,source,who,note\n"


def level(read: Read, *rows: str) -> str:
    (event,) = events_as_of(read(HEAD + "".join(f"a,A,{row}\n" for row in rows)), None)
    assert sure_of(event) == sureness(event).level
    return sure_of(event)


PAST = "Tokyo,2025-10-20,happened"
PLAN = "Tokyo,2025-10-28,expected"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([f"{PAST},2025-10-20,Wire,,"], "single-source"),
        ([f"{PAST},2025-10-20,,,"], "unsourced"),
        ([f"{PAST},2025-10-20,Wire,,", f"{PAST},2025-10-21,Gazette,,"], "corroborated"),
        # One paper under two names, and one that only passes on what another has said.
        ([f"{PAST},2025-10-20,Kyodo,,", f"{PAST},2025-10-21,The Kyodo News,,"], "single-source"),
        ([f"{PAST},2025-10-20,AP,,", f"{PAST},2025-10-21,Associated Press,,"], "single-source"),
        ([f"{PAST},2025-10-20,Wire,,", f'{PAST},2025-10-21,"Gazette, citing the Wire",,'], "single-source"),
        ([f"{PAST},2025-10-20,Wire,,", f"{PAST},2025-10-21,Gazette,,citing Wire"], "single-source"),
        ([f"{PAST},2025-10-20,Wire; Gazette,,"], "corroborated"),
        # A plan of yesterday bears out no deed of today, nor a vague word an exact one.
        ([f"{PLAN},2025-10-20,Wire,,", "Tokyo,2025-10-28,happened,2025-10-28,Gazette,,"], "single-source"),
        (["Japan,2025-10,expected,2025-10-20,Wire,,", f"{PLAN},2025-10-21,Gazette,,"], "single-source"),
        # Plans change, and who speaks later tells so.
        ([f"{PLAN},2025-10-20,Wire,,", "Tokyo,2025-10-30,expected,2025-10-21,Gazette,,"], "single-source"),
        ([f"{PLAN},2025-10-20,Wire,,", "Tokyo,2025-10-30,expected,2025-10-20,Gazette,,"], "contested"),
        (
            [
                f"{PLAN},2025-10-20,Wire,,",
                "Tokyo,2025-10-30,expected,2025-10-21,Gazette,,",
                "Tokyo,2025-10-28,expected,2025-10-22,Wire,,",
            ],
            "contested",
        ),
        ([f"{PLAN},2025-10-20,Wire,,", "Tokyo,2025-10-28,cancelled,2025-10-21,Gazette,,"], "single-source"),
        ([f"{PLAN},2025-10-20,Wire,,", "Tokyo,2025-10-28,cancelled,2025-10-20,Gazette,,"], "contested"),
        # What has happened does not change.
        ([f"{PAST},2025-10-20,Wire,,", "Tokyo,2025-10-19,happened,2025-10-25,Gazette,,"], "contested"),
        ([f"{PAST},2025-10-20,Wire,,", "Paris,2025-10-20,happened,2025-10-25,Gazette,,"], "contested"),
        ([f"{PAST},2025-10-20,Wire,Ann Lee,", f"{PAST},2025-10-25,Gazette,Ben Roy,"], "contested"),
        ([f"{PAST},2025-10-20,Wire,Ann Lee,", f"{PAST},2025-10-25,Gazette,Lee;Ben Roy,"], "corroborated"),
        ([f"{PAST},2025-10-20,Wire,,", "Tokyo,2025-10-19,happened,2025-10-25,Wire,,"], "single-source"),
        # A denial, and one that somebody holds against.
        ([f"{PAST},2025-10-20,Wire,,", "Tokyo,2025-10-20,denied,2025-10-21,Port Authority,,"], "denied"),
        ([f"{PAST},2025-10-20,Wire,,", "Tokyo,2025-10-20,cancelled,2025-10-21,Port,,The port denies it."], "denied"),
        (
            [
                f"{PAST},2025-10-20,Wire,,",
                "Tokyo,2025-10-20,denied,2025-10-21,Port Authority,,",
                f"{PAST},2025-10-22,Gazette,,Seen",
            ],
            "contested",
        ),
    ],
)
def test_sure_follows_from_the_reports(read: Read, rows: list[str], wanted: str) -> None:
    assert level(read, *rows) == wanted


def test_what_sources_disagree_on_is_named(read: Read) -> None:
    rows = f"a,A,{PAST},2025-10-20,Wire,Ann,\na,A,Paris,2025-10-18,happened,2025-10-22,Gazette,Ben,\n"
    (event,) = events_as_of(read(HEAD + rows), None)
    found = sureness(event)
    assert found.disputed == ("when", "place", "who")
    assert [(voice.name, voice.stand) for voice in found.voices] == [("Wire", "otherwise"), ("Gazette", "agrees")]


@pytest.mark.parametrize(
    ("source", "note", "about", "wanted"),
    [
        ("Stars and Tides, citing the Harbour Times", "", "", ("Harbour Times", "citing", "Stars and Tides")),
        ("Wire", "citing Gazette", "", ("Gazette", "citing", "Wire")),
        ("Wire, citing unnamed officials", "", "", ("Wire", "anonymous", "")),
        ("Wire", "From anonymous sources.", "", ("Wire", "anonymous", "")),
        ("Wire", "", "Citing people familiar with the matter", ("Wire", "anonymous", "")),
        ("two officials", "", "", ("two officials", "anonymous", "")),
        ("Foreign Ministry via Wire", "", "", ("Foreign Ministry", "official", "Wire")),
        ("Ann Lee told the Wire", "", "", ("Ann Lee", "named", "Wire")),
        ("Ann Lee", "", "The minister of defense", ("Ann Lee", "official", "")),
        ("Le Courrier, selon l’AFP", "", "", ("AFP", "citing", "Le Courrier")),
        ("The Gazette", "", "", ("Gazette", "named", "")),
    ],
)
def test_a_source_is_of_some_kind(source: str, note: str, about: str, wanted: tuple[str, str, str]) -> None:
    (origin,) = origins_of(source, note, about)
    assert (origin.name, origin.kind, origin.through) == wanted


def test_names_of_one_source_are_one() -> None:
    names = [
        "Kyodo News",
        "kyodo",
        "New York Times",
        "NYT",
        "Times",
        "Shinjiro Koizumi",
        "Koizumi",
        "reuters.com",
        "Reuters",
    ]
    stands = same_origins(names)
    assert [stands[name] for name in names] == [
        "Kyodo News", "Kyodo News", "New York Times", "New York Times", "Times", "Shinjiro Koizumi", "Shinjiro Koizumi",
        "reuters.com", "reuters.com",
    ]  # fmt: skip


def test_initials_of_two_papers_are_neither() -> None:
    stands = same_origins(["AP", "Associated Press", "Anadolu Post"])
    assert stands["AP"] == "AP"


def test_filter_keeps_events_by_how_sure_they_are(read: Read) -> None:
    story = read(
        "event,title,place,when,status,reported,source\n"
        "one,One,Tokyo,2025-10-20,happened,2025-10-20,Wire\ntwo,Two,Paris,2025-10-20,happened,2025-10-20,Wire\n"
        "two,,,,,2025-10-21,Gazette\nnone,None,Paris,2025-10-22,happened,2025-10-22,\n"
    )
    events = events_as_of(story, None)
    kept = {sure: [event.id for event in select(events, Filter(sure=frozenset({sure}))).events] for sure in SURE}
    assert kept == {
        "corroborated": ["two"], "single-source": ["one"], "contested": [], "denied": [], "unsourced": ["none"],
    }  # fmt: skip


def test_exports_say_how_sure_an_event_is_but_no_table_does(read: Read) -> None:
    story = read("event,title,place,when,status,reported,source\na,A,Tokyo,2025-10-20,happened,2025-10-20,Wire\n")
    events = events_as_of(story, None)
    (feature,) = json.loads(export_geojson(events))["features"]
    assert feature["properties"]["sure"] == "single-source"
    assert "single-source" in EXPORTS["html"](story, events)
    assert "single-source" in EXPORTS["kml"](story, events)
    assert "sure" not in EXPORTS["csv"](story, events).splitlines()[0]


def test_how_sure_it_was_is_no_field_of_a_map_that_is_opened_again(read: Read) -> None:
    story = read("event,title,place,when,status,reported,source\na,A,Tokyo,2025-10-20,happened,2025-10-20,Wire\n")
    again = read(export_geojson(events_as_of(story, None)), name="again.geojson")
    assert "sure" not in dict(again.reports[0].fields)
