"""A story that follows a table at an address: what is fetched, how a later reading changes it, and what stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from geo.gazetteer import Gazetteer
from story.cli import main
from story.draft import Draft, edits, serialization, settle, story_of
from story.draft.merge import merge
from story.draft.rereading import Reread, bound, reread
from story.exc import ColumnNameError, StoryFormatError, TableAddressError
from story.opening.fetching import Fetched
from story.opening.live import (
    fetch_table,
    file_address,
    is_table,
    look_again,
    matched_again,
    named,
    origin_of,
    upload_of,
)
from story.opening.source import Upload, read_upload
from story.opening.stories import draft_of
from story.placing import place_with
from story.query.selection import events_as_of
from story.tables.columns.matching import guess
from story.tables.table import ReadAs
from tests.sites import Site, is_here, site
from tests.story.workbooks import sheet, workbook

TABLE = b"""What,Where,When,Who
Opening of the summit,Oslo,2025-10-20,Ada Berg
Talks on trade,Bergen,2025-10-22,Ada Berg;Ben Holm
Press conference,Bergen,2025-10-23,Ben Holm
"""
SHEET = "https://docs.google.com/spreadsheets"

Follow = Callable[[bytes], Draft]


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as own:
        yield own


def followed(raw: bytes, gazetteer: Gazetteer, name: str = "visits.csv") -> Draft:
    """The story of a table as it is opened from an address."""
    source = read_upload(Upload(name, raw))
    matching = guess(source.table)
    draft = draft_of(source, matching, place_with(gazetteer))
    fetched = Fetched(raw, name, f"https://example.org/{name}")
    return edits.editable(bound(draft, origin_of(fetched.url, fetched, matching, ReadAs())))


def later(now: Draft, raw: bytes, gazetteer: Gazetteer) -> Reread:
    """The story after another reading of its address."""
    assert now.origin is not None
    source = read_upload(Upload("visits.csv", raw))
    matching = matched_again(now.origin.matching, guess(source.table))
    draft = draft_of(source, matching, place_with(gazetteer))
    fetched = Fetched(raw, "visits.csv", now.origin.address)
    return reread(now, bound(draft, origin_of(fetched.url, fetched, matching, ReadAs())))


def told(draft: Draft) -> list[tuple[str, str, str]]:
    return [(e.title, e.place.name if e.place else "", e.span.edtf) for e in events_as_of(story_of(draft), None)]


@pytest.mark.parametrize(
    ("given", "there"),
    [
        (f"{SHEET}/d/1AbC_d-9/edit#gid=77", f"{SHEET}/d/1AbC_d-9/export?format=csv&gid=77"),
        (f"{SHEET}/d/1AbC/edit?gid=5#gid=5", f"{SHEET}/d/1AbC/export?format=csv&gid=5"),
        (f"{SHEET}/u/0/d/1AbC/edit?usp=sharing", f"{SHEET}/d/1AbC/export?format=csv"),
        (f"{SHEET}/d/1AbC", f"{SHEET}/d/1AbC/export?format=csv"),
        (f"{SHEET}/d/1AbC/htmlview", f"{SHEET}/d/1AbC/export?format=csv"),
        (f"{SHEET}/d/e/2PACX-1v_x/pubhtml", f"{SHEET}/d/e/2PACX-1v_x/pub?output=csv"),
        (f" {SHEET}/d/e/2PACX-1v/pubhtml?gid=9&single=true ", f"{SHEET}/d/e/2PACX-1v/pub?output=csv&gid=9&single=true"),
        (f"{SHEET}/d/e/2PACX-1v/pub?output=xlsx", f"{SHEET}/d/e/2PACX-1v/pub?output=xlsx"),
        (f"{SHEET}/d/1AbC/export?format=xlsx", f"{SHEET}/d/1AbC/export?format=xlsx"),
        ("https://example.org/spreadsheets/d/1AbC/edit", "https://example.org/spreadsheets/d/1AbC/edit"),
        ("https://example.org/data.csv?x=1", "https://example.org/data.csv?x=1"),
    ],
)
def test_a_google_sheet_is_fetched_as_its_csv_file(given: str, there: str) -> None:
    assert file_address(given) == there


@pytest.mark.parametrize(
    ("raw", "name", "kind", "file"),
    [
        (TABLE, "export", "text/csv", "export.csv"),
        (TABLE, "visits.CSV", "application/octet-stream", "visits.csv"),
        (TABLE, "data.php", "", "data.csv"),
        (b'{"type": "FeatureCollection", "features": []}', "query", "application/geo+json", "query.geojson"),
        (b'[{"title": "x"}]', "query", "text/plain", "query.json"),
        (
            workbook(sheet([["What", "Where", "When"], ["Talks", "Oslo", "2025-10-20"]])),
            "download",
            "",
            "download.xlsx",
        ),
    ],
)
def test_what_a_table_is_is_told_by_its_name_its_media_type_or_its_bytes(
    raw: bytes, name: str, kind: str, file: str
) -> None:
    fetched = Fetched(raw, name, f"https://example.org/{name}", kind)
    assert named(fetched) == file
    assert is_table(fetched)


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "visits.csv", "text/csv"),
        (b"\xef\xbb\xbf <html><p>News</p></html>", "news", "text/html; charset=utf-8"),
        (b"<?xml version='1.0'?><!-- a --> <!-- b -->\n<!DOCTYPE html><p>News</p>", "visits.csv", "text/csv"),
        (b"%PDF-1.7 ...", "news", "application/pdf"),
        (b"OSLO - Ada Berg met Ben Holm on Friday. They will meet again next week, officials said.\n", "news", ""),
    ],
)
def test_what_is_for_readers_is_no_table(raw: bytes, name: str, kind: str) -> None:
    assert not is_table(Fetched(raw, name, f"https://example.org/{name}", kind))


def test_a_table_is_fetched_with_the_name_that_its_server_gives(web: Site) -> None:
    web.pages["/export?format=csv"] = TABLE
    web.headers["/export?format=csv"] = {
        "Content-Type": "text/csv",
        "Content-Disposition": "attachment; filename=\"x.csv\"; filename*=UTF-8''Tour%20d%E2%80%99Oslo.csv",
    }
    fetched = fetch_table(f"{web.url}/export?format=csv", allowed=is_here)
    assert upload_of(fetched) == Upload("Tour d’Oslo.csv", TABLE)
    assert fetched.seen.etag


def test_an_address_of_this_machine_is_not_asked_and_a_page_says_what_to_give_instead(web: Site) -> None:
    web.pages["/login"] = b"<!doctype html><title>Sign in</title>"
    with pytest.raises(TableAddressError, match="not on the public web"):
        fetch_table(f"{web.url}/visits.csv")
    assert web.asked == []
    with pytest.raises(TableAddressError, match="page for readers, and no table"):
        fetch_table(f"{web.url}/login", allowed=is_here)


def test_a_later_reading_adds_changes_and_takes_away_by_what_the_rows_say(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    found = later(
        now,
        b"""What,Where,When,Who
Welcome dinner,Oslo,2025-10-19,Ada Berg
Opening of the summit,Oslo,2025-10-21,Ada Berg
Talks on trade and fish,Bergen,2025-10-22,Ada Berg;Ben Holm
""",
        gazetteer,
    )
    kinds = {(row.kind, row.title): {one.name for one in row.fields} for row in found.changes.rows}
    assert kinds.pop(("added", "Welcome dinner"))
    assert kinds.pop(("deleted", "Press conference"))
    assert kinds == {
        ("changed", "Opening of the summit"): {"when"},
        ("changed", "Talks on trade and fish"): {"title"},
    }
    assert [title for title, _, _ in told(found.draft)] == [
        "Welcome dinner",
        "Opening of the summit",
        "Talks on trade and fish",
    ]
    ids = {event.title: event.id for event in events_as_of(story_of(found.draft), None)}
    assert ids["Talks on trade and fish"] == "talks-on-trade"


def test_rows_that_only_change_their_order_change_nothing(gazetteer: Gazetteer) -> None:
    header, *rows = TABLE.splitlines(keepends=True)
    found = later(followed(TABLE, gazetteer), b"".join([header, *reversed(rows)]), gazetteer)
    assert not found.changes


def test_a_title_that_is_corrected_among_many_rows_that_say_the_same_else_is_no_new_event(gazetteer: Gazetteer) -> None:
    rows = [f"Talks {number},Oslo,2025-10-20,Ada Berg" for number in range(120)]
    now = followed("\n".join(["What,Where,When,Who", *rows, ""]).encode(), gazetteer)
    rows[40] = rows[40].replace("Talks 40", "Dinner")
    found = later(now, "\n".join(["What,Where,When,Who", "Welcome,Oslo,2025-10-20,", *rows, ""]).encode(), gazetteer)
    assert [(row.kind, row.title) for row in found.changes.rows] == [("added", "Welcome"), ("changed", "Dinner")]


def test_what_people_changed_stays_while_the_table_goes_on(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    talks, press = now.rows[1].key, now.rows[2].key
    now = edits.with_head(now, title="The Oslo summit")
    now = edits.change(now, talks, {"when": "2025-10-24", "note": "Moved, says the host"})
    now = edits.change(now, press, {"title": "Ben Holm meets the press"})
    raw = TABLE.replace(b"2025-10-22", b"2025-10-25").replace(b"Bergen,2025-10-23", b"Voss,2025-10-23")
    found = later(now, raw, gazetteer)
    assert found.draft.head.title == "The Oslo summit"
    assert told(found.draft)[1:] == [
        ("Ben Holm meets the press", "Voss", "2025-10-23"),
        ("Talks on trade", "Bergen", "2025-10-24"),
    ]
    assert [(one.field, one.mine, one.theirs) for one in found.kept] == [("when", "2025-10-24", "2025-10-25")]
    # The next reading is held against this one: what was told once is not told again.
    assert not later(found.draft, raw, gazetteer).changes


def test_a_place_that_somebody_put_stays_and_a_new_name_is_looked_up(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    there = gazetteer.resolve("Tromsø").place
    assert there is not None
    now = edits.put(now, "Bergen", there)
    found = later(now, TABLE + b"Farewell,Stavanger,2025-10-24,Ada Berg\n", gazetteer)
    assert [place for _, place, _ in told(found.draft)] == ["Oslo", "Tromsø", "Tromsø", "Stavanger"]


def test_what_a_day_without_a_status_has_come_to_goes_by_the_day_of_the_reading(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    assert later(now, TABLE + b"X,Oslo,2025-10-25,\n", gazetteer).draft.opened is not None


def test_a_column_that_moved_is_found_by_its_name_and_one_that_is_gone_is_told(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    moved = b"When,Status,What,Where,Who\n2025-10-20,scheduled,Opening of the summit,Oslo,Ada Berg\n"
    (event,) = events_as_of(story_of(later(now, moved, gazetteer).draft), None)
    assert (event.title, event.status, event.span.edtf) == ("Opening of the summit", "scheduled", "2025-10-20")
    with pytest.raises(ColumnNameError, match="no column 'Where'"):
        later(now, b"What,When\nTalks,2025-10-20\n", gazetteer)


def test_a_reading_without_rows_is_no_reading(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    with pytest.raises(StoryFormatError, match="no rows any more"):
        later(now, b"What,Where,When,Who\n", gazetteer)


def test_a_new_row_has_a_key_that_none_had_before_and_everybody_gives_it_the_same(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    less = later(now, TABLE.rpartition(b"Press")[0], gazetteer).draft
    more = TABLE.rpartition(b"Press")[0] + b"Farewell,Stavanger,2025-10-24,Ada Berg\n" * 2
    found, again = (later(less, more, gazetteer).draft for _ in range(2))
    new = {row.key for row in found.rows} - {row.key for row in less.rows}
    assert len(new) == 2
    assert not new & {row.key for row in now.rows}
    assert [row.key for row in found.rows] == [row.key for row in again.rows]


def test_a_row_with_an_id_is_that_event_whatever_else_it_says(gazetteer: Gazetteer) -> None:
    raw = (
        b"event,title,place,when,reported\ne1,Talks,Oslo,2025-10-20,2025-10-01\ne2,Dinner,Oslo,2025-10-20,2025-10-01\n"
    )
    now = followed(raw, gazetteer, "reports.csv")
    found = later(now, raw.replace(b"e2,Dinner", b"e3,Dinner") + b"e1,,,2025-10-21,2025-10-05\n", gazetteer)
    assert {(row.kind, row.title) for row in found.changes.rows} == {
        ("added", "Dinner"), ("deleted", "Dinner"), ("added", "Talks")
    }  # fmt: skip


def test_a_live_story_is_kept_with_where_it_comes_from(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    now = edits.change(now, now.rows[0].key, {"title": "The summit opens"})
    again = serialization.loads(serialization.dumps(now))
    assert again.origin == now.origin
    assert again.origin is not None
    assert again.origin.rows[0].cells["title"] == "Opening of the summit"
    assert json.loads(serialization.dumps(now))["format"] == serialization.LATEST
    assert json.loads(serialization.dumps(replace(now, origin=None)))["format"] == serialization.FORMAT


def test_of_two_who_work_on_a_live_story_the_later_reading_counts(gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    read = later(now, TABLE + b"Farewell,Oslo,2025-10-24,Ada Berg\n", gazetteer).draft
    edited = edits.change(now, now.rows[0].key, {"note": "Live on air"})
    assert merge(now, edited, read).draft.origin == read.origin
    assert merge(now, replace(edited, origin=None), now).draft.origin is None


def test_a_look_asks_for_what_changed_only(web: Site, gazetteer: Gazetteer) -> None:
    web.pages["/visits.csv"] = TABLE
    address = f"{web.url}/visits.csv"
    fetched = fetch_table(address, allowed=is_here)
    source = read_upload(upload_of(fetched))
    matching = guess(source.table)
    draft = draft_of(source, matching, place_with(gazetteer))
    now = edits.editable(bound(draft, origin_of(address, fetched, matching, ReadAs())))
    assert look_again(now, allowed=is_here).reread is None
    assert web.asked[-1] == ("/visits.csv", 304)
    # A server that has no word for it is believed by the bytes.
    web.etags = False
    assert look_again(now, allowed=is_here).reread is None
    assert web.asked[-1] == ("/visits.csv", 200)
    web.pages["/visits.csv"] = TABLE.replace(b"Bergen", b"Trondheim")
    found = look_again(now, allowed=is_here)
    assert found.reread is not None
    assert {place for _, place, _ in told(settle(found.reread.draft, None))} == {"Oslo", "Trondheim"}
    assert found.reread.draft.origin is not None
    assert found.reread.draft.origin.read > now.origin.read if now.origin else False


def feature(title: str, day: str, longitude: float) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [longitude, 59.9]}
    return {"type": "Feature", "properties": {"title": title, "when": day, "place": "Oslo"}, "geometry": point}


def geojson(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


ROWS = [["What", "Where", "When"], ["Talks", "Oslo", "2025-10-20"]]


@pytest.mark.parametrize(
    ("path", "kind", "raw", "again"),
    [
        ("/items?f=x", "application/geo+json", geojson(feature("Talks", "2025-10-20", 10.7)),
         geojson(feature("Dinner", "2025-10-19", 10.8), feature("Talks", "2025-10-21", 10.7))),
        ("/book.xlsx", "", workbook(sheet(ROWS)),
         workbook(sheet([ROWS[0], ["Dinner", "Oslo", "2025-10-19"], ["Talks", "Oslo", "2025-10-21"]]))),
    ],
    ids=["GeoJSON", "Excel"],
)  # fmt: skip
def test_tables_of_every_kind_are_followed(
    web: Site, gazetteer: Gazetteer, path: str, kind: str, raw: bytes, again: bytes
) -> None:
    web.headers[path] = {"Content-Type": kind} if kind else {}
    web.pages[path] = raw
    address = f"{web.url}{path}"
    fetched = fetch_table(address, allowed=is_here)
    source = read_upload(upload_of(fetched))
    matching = guess(source.table)
    draft = draft_of(source, matching, place_with(gazetteer))
    now = edits.editable(bound(draft, origin_of(address, fetched, matching, ReadAs())))
    web.pages[path] = again
    found = look_again(now, allowed=is_here).reread
    assert found is not None
    assert {(row.kind, row.title) for row in found.changes.rows} == {("added", "Dinner"), ("changed", "Talks")}
    assert [(title, day) for title, _, day in told(found.draft)] == [("Dinner", "2025-10-19"), ("Talks", "2025-10-21")]


def test_a_source_that_fails_is_told_by_its_server_alone(web: Site, gazetteer: Gazetteer) -> None:
    now = followed(TABLE, gazetteer)
    assert now.origin is not None
    now = replace(now, origin=replace(now.origin, address=f"{web.url}/secret-word/visits.csv"))
    with pytest.raises(TableAddressError, match="'localhost' answers 404") as failed:
        look_again(now, allowed=is_here)
    assert "secret-word" not in str(failed.value)
    web.pages["/secret-word/visits.csv"] = b"<html><body>Sign in</body></html>"
    with pytest.raises(TableAddressError, match="'localhost' answers with a page"):
        look_again(now, allowed=is_here)


def test_the_commands_take_the_address_of_a_table(
    web: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    web.pages["/visits.csv"] = TABLE
    assert main(["check", f"{web.url}/visits.csv"]) == 1
    assert "not on the public web" in capfd.readouterr().out
    monkeypatch.setattr("story.cli.fetch_table", partial(fetch_table, allowed=is_here))
    assert main(["check", f"{web.url}/visits.csv"]) == 0
    assert "3 events" in capfd.readouterr().out
    assert main(["export", f"{web.url}/visits.csv", "--format", "geojson", "--who", "Ben Holm"]) == 0
    found = json.loads(capfd.readouterr().out)["features"]
    assert [one["id"] for one in found if "event" in one["properties"]] == ["talks-on-trade", "press-conference"]
