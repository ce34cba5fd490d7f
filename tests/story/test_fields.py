"""A story's own fields: the type that their values tell, what does not fit, filters, colours, sizes, media."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from story.draft import Draft, edits, story_of
from story.draft.fields import guess
from story.draft.merge import merge
from story.draft.serialization import dumps, loads
from story.export import export_csv, export_geojson
from story.export.kml import export_kml
from story.model import Event, Story
from story.model.columns import Row
from story.model.fields import Decimal, Field, FieldType, Number, read_link, read_number, read_type
from story.model.media import shown_of
from story.model.metadata import Metadata, read_metadata
from story.opening.stories import open_draft, open_story
from story.query import fields as own
from story.query.fields import NONE, OTHER, FieldFilter, read_filters, write_filter
from story.query.selection import Filter, events_as_of, select
from story.wording import say_number

HOSTILE = "<img src=x onerror=alert(1)>${alert(1)}{{x}}\u202e\x00"


def story(*cells: dict[str, str], types: dict[str, FieldType] | None = None) -> Story:
    return story_of(draft(*cells, types=types))


def draft(*cells: dict[str, str], types: dict[str, FieldType] | None = None) -> Draft:
    rows = tuple(
        Row(n + 2, {"event": f"e{n}", "title": f"Event {n}", "place": f"Place {n}", "when": "2025-10-01"} | some, n + 1)
        for n, some in enumerate(cells)
    )
    return Draft("x", Metadata("X", fields=types or {}), rows=rows)


def column(name: str, values: Sequence[str], **others: FieldType) -> Story:
    return story(*({name: value} for value in values), types=others or None)


def number(text: str, decimal: Decimal = ".") -> Number:
    found = read_number(text, decimal)
    assert found is not None
    return found


def events(of: Story) -> tuple[Event, ...]:
    return events_as_of(of, None)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["north", "south", "north", "south"], "category"),
        (["one word", "another", "a third one"], "text"),
        (["1,234", "12.5", "n/a", "−3"], "number"),
        (["1 234", "2 345"], "number"),
        (["1.234,5", "12,5"], "number"),
        (["7%", "12 %"], "number"),
        (["$1,200", "$3"], "number"),
        (["5 km", "6 mi", "3 ft"], "text"),
        (["Ja", "nein", "ja"], "yes/no"),
        (["да", "нет"], "yes/no"),
        (["oui", "non", ""], "yes/no"),
        (["1", "0", "1"], "number"),
        (["2025-10-01", "Oct 3, 2025", "5 Sep 2016"], "date"),
        (["1998", "2004"], "number"),
        (["00447", "01234"], "text"),
        (["CV 63", "CV 64", "CV 65"], "text"),
        (["https://a.example/x", "https://b.example/"], "link"),
        (["https://a.example/x.jpg", "https://b.example/y.PNG?w=3"], "picture"),
        (["javascript:alert(1)", "javascript:alert(2)"], "text"),
        (["x" * 10_000, "y"], "text"),
    ],
)
def test_a_column_is_of_the_type_that_its_values_tell(values: list[str], kind: FieldType) -> None:
    (field,) = column("Said", values).fields
    assert (field.name, field.type, field.given) == ("Said", kind, False)


def test_a_name_tells_what_few_values_leave_open() -> None:
    assert guess("Graphic", Counter(["1", "0"])) == "yes/no"
    assert guess("picture", Counter(["https://cdn.example/1", "javascript:alert(1)"])) == "picture"
    assert guess("Photo URL 2", Counter(["https://cdn.example/1", "https://cdn.example/2"])) == "picture"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234), ("1 234", 1234), ("1\u202f234", 1234), ("1'234", 1234), ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,5", 12.5), ("0.123", 0.123), ("−5", -5), ("+7", 7), ("7%", 7), ("€ 12", 12), ("USD 40", 40), ("12 km", 12),
        ("1.2 million", 1_200_000), ("3k", 3000), ("٣٤", 34), ("１２", 12), ("12,34,567", 1_234_567), (".5", 0.5),
        ("10-15", None), ("12.5.2016", None), ("about 5", None), ("1,2,3", None), ("CV 63", None), ("", None),
        ("9" * 400, None), ("5 people were killed", None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_usual_form(text: str, value: float | None) -> None:
    number = read_number(text)
    assert (number and number.value) == value


def test_the_column_tells_which_mark_stands_before_the_decimals() -> None:
    (field,) = column("Tonnes", ["1.234", "12,5", "3"]).fields
    assert number("1.234", field.decimal).value == 1234
    (field,) = column("Tonnes", ["1.234", "12.5", "3"]).fields
    assert number("1.234", field.decimal).value == 1.234


def test_numbers_are_written_with_thin_spaces_and_their_unit() -> None:
    said = {text: say_number(number(text)) for text in ("12,500", "1,240", "-1234567.50", "7 %")}
    assert said == {
        "12,500": "12\u202f500",
        "1,240": "1240",
        "-1234567.50": "−1\u202f234\u202f567.50",
        "7 %": "7%",
    }


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "//a.example", "https://u@a.example", "https://a.example/<x>", "data:x"]
)
def test_what_is_no_plain_web_address_is_no_link(text: str) -> None:
    assert read_link(text) == ""


def test_a_value_that_does_not_fit_is_told_and_its_row_stays() -> None:
    found = column("Killed", ["12", "3", "45", "7", "dozens", "unknown"])
    (problem,) = found.problems
    assert (problem.field, problem.value, problem.line) == ("Killed", "dozens", 6)
    assert "'dozens' is not a number" in problem.message
    assert len(found.reports) == 6


def test_the_type_in_story_toml_overrules_the_guess(tmp_path: Path) -> None:
    (tmp_path / "story.toml").write_text('title = "X"\n[fields]\nGrade = "category"\nOpen = "Yes-No"\n', "utf-8")
    (tmp_path / "reports.csv").write_text(
        "title,place,when,Grade,Open\nA,Oslo,2025-10-01,1,1\nB,Oslo,2025-10-02,2,0\n", "utf-8"
    )
    found = open_story(tmp_path)
    assert [(field.name, field.type, field.given) for field in found.fields] == [
        ("Grade", "category", True),
        ("Open", "yes/no", True),
    ]
    assert found.problems == () or all("type" not in problem.message for problem in found.problems)


def test_a_wrong_type_in_story_toml_is_told() -> None:
    problems: list = []  # type: ignore[type-arg]
    head = read_metadata(b'title = "X"\n[fields]\nA = "colour"\nB = "number"\n', "x", problems)
    assert head.fields == {"B": "number"}
    assert "'colour' is not a type of “A”" in problems[0].message
    assert read_type("Yes/No") == "yes/no"


def test_a_type_for_a_column_that_is_not_there_is_told() -> None:
    (problem,) = story({"Side": "north"}, types={"Sides": "category"}).problems
    assert (problem.file, problem.value) == ("story.toml", "Sides")


def test_a_type_that_a_person_set_is_undone_kept_and_merged() -> None:
    before = draft({"Grade": "1"}, {"Grade": "2"})
    after = edits.with_type(before, "Grade", "text")
    assert story_of(after).fields == (Field("Grade", "text", True),)
    assert loads(dumps(after)) == after
    assert edits.with_type(after, "Grade", None) == before
    theirs = edits.with_head(before, title="Y")
    assert merge(before, after, theirs).draft.head == Metadata("Y", fields={"Grade": "text"})


def test_a_head_that_was_kept_before_there_were_types_still_opens() -> None:
    document = json.loads(dumps(draft({"Grade": "1"})))
    del document["head"]["fields"]
    assert loads(json.dumps(document).encode()).head == Metadata("X")


def test_a_row_can_be_given_a_field_that_only_others_have() -> None:
    before = draft({"Side": "north"}, {})
    after = edits.change(before, 2, {"Side": "south"})
    assert [dict(report.fields) for report in story_of(after).reports] == [{"Side": "north"}, {"Side": "south"}]


def test_fields_come_back_from_csv_and_geojson_with_names_order_and_values(tmp_path: Path) -> None:
    rows = 'title,place,when,status,Zeta,Killed,Alpha,Confirmed\nA,Oslo,2025-10-01,happened,q,"1,240",z,yes\n'
    (tmp_path / "reports.csv").write_text(rows + "B,Bergen,2025-10-02,happened,q,12,z,no\n", "utf-8")
    (tmp_path / "story.toml").write_text('title = "X"\n', "utf-8")
    first = open_story(tmp_path)
    out = tmp_path / "again.csv"
    out.write_text(export_csv(events(first)), "utf-8")
    again = open_story(out)
    assert [report.fields for report in again.reports] == [report.fields for report in first.reports]
    assert again.fields == first.fields
    written = json.loads(export_geojson(events(first), fields=first.fields))
    assert list(written["features"][0]["properties"]["fields"].items()) == [
        ("Zeta", "q"),
        ("Killed", 1240),
        ("Alpha", "z"),
        ("Confirmed", True),
    ]
    assert '<Data name="Killed">' in export_kml(events(first))
    out = tmp_path / "again.geojson"
    out.write_text(export_geojson(events(first), fields=first.fields), "utf-8")
    again = open_story(out)
    assert [(field.name, field.type) for field in again.fields] == [(field.name, field.type) for field in first.fields]
    assert dict(again.reports[0].fields) == {"Zeta": "q", "Killed": "1,240", "Alpha": "z", "Confirmed": "yes"}


def test_a_zip_of_a_folder_keeps_the_types(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("story.toml", 'title = "X"\n[fields]\nGrade = "category"\n')
        archive.writestr("reports.csv", "title,place,when,Grade\nA,Oslo,2025-10-01,1\n")
    assert open_draft(path).head.fields == {"Grade": "category"}


def test_search_looks_into_the_fields() -> None:
    found = story({"Side": "Northern Command"}, {"Side": "South"})
    assert [event.id for event in select(events(found), Filter(q="northern")).events] == ["e0"]


def test_events_are_filtered_by_their_fields() -> None:
    found = story(
        {"Side": "north", "Killed": "1,240", "Sure": "ja"},
        {"Side": "south", "Killed": "12", "Sure": "nein"},
        {"Side": "north", "Killed": "30", "Sure": "ja"},
        {"Side": "south"},
        {},
    )

    def left(*texts: str) -> list[str]:
        wanted, ignored = read_filters(texts, found.fields)
        assert ignored == ()
        assert {text for one in wanted for text in write_filter(one)} == set(texts)
        return [event.id for event in select(events(found), Filter(fields=wanted)).events]

    assert left("Side:north") == ["e0", "e2"]
    assert left("Side:north", "Side:south") == ["e0", "e1", "e2", "e3"]
    assert left("Side:") == ["e4"]
    assert left("Killed:20..100") == ["e2"]
    assert left("Killed:20..") == ["e0", "e2"]
    assert left("Sure:yes", "Killed:..100") == ["e2"]
    assert left("Sure:no") == ["e1"]


@pytest.mark.parametrize("text", ["Side", "Nobody:x", "Killed:many", "Killed:..", "Killed:nan..3", "Sure:maybe", ""])
def test_a_filter_that_the_story_does_not_have_is_ignored_and_told(text: str) -> None:
    found = story(*[{"Side": "a", "Killed": "1", "Sure": "yes"}, {"Side": "a", "Killed": "2", "Sure": "no"}])
    assert read_filters([text], found.fields) == ((), (text,))


def test_a_name_with_a_colon_is_filtered_by_its_own_values() -> None:
    found = story({"A": "x", "A:b": "c"}, {"A": "x", "A:b": "c"})
    (wanted,), _ = read_filters(["A:b:c"], found.fields)
    assert wanted == FieldFilter(found.fields[1], frozenset(["c"]))


def test_eight_categories_have_colours_the_rest_share_one_and_blanks_another() -> None:
    names = [f"side {n:02}" for n in range(11) for _ in range(12 - n)]
    found = column("Side", [*names, "", "n/a"], Side="category")
    colours = own.colours(events(found), own.ranking(events(found), found.fields[0]), found.fields[0])
    assert colours.names == tuple(f"side {n:02}" for n in range(8))
    assert (colours.others, colours.blank) == (3, True)
    assert colours.of["e0"] == 0
    assert colours.of[f"e{len(names) - 1}"] == OTHER
    assert colours.of[f"e{len(names) + 1}"] == NONE


def test_numbers_of_one_place_are_added_up_and_shares_are_not() -> None:
    def sizes(*values: str) -> own.Sizes:
        found = column("N", values, N="number")
        return own.sizes(events(found), found.fields[0])

    added = sizes("12", "30", "-4", "none at all")
    assert (added.how, added.negative, added.missing) == ("added up", 1, 1)
    some = [event for event in events(column("N", ["12", "30"])) if event.id in added.of]
    assert added.together(some) == 42
    assert sizes("12%", "30%").together(some) == 30


def test_media_are_told_by_their_columns_in_several_spellings() -> None:
    cells = (
        ("Photo URL", "https://a.example/x"), ("Photo caption", "Smoke"), ("Photographer", "Ada"),
        ("Alt text", "Cranes"),
        ("Graphic content", "oui"), ("Video link", "https://v.example/1.mp4"), ("tweet", "https://x.example/1"),
        ("Archived URL", "https://archive.example/1"), ("Side", "north"), ("Evidence", "https://e.example/1.png"),
    )  # fmt: skip
    types: dict[str, FieldType] = {name: "link" for name, value in cells if value.startswith("https")}
    shown = shown_of(cells, types | {"Photo URL": "picture", "Evidence": "picture"})
    assert [(one.kind, one.link) for one in shown.media] == [
        ("picture", "https://a.example/x"),
        ("video", "https://v.example/1.mp4"),
        ("post", "https://x.example/1"),
        ("picture", "https://e.example/1.png"),
    ]
    first = shown.media[0]
    assert (first.caption, first.credit, first.alt, first.graphic) == ("Smoke", "Ada", "Cranes", True)
    assert shown.archive == "https://archive.example/1"
    assert shown.plain == (("Side", "north"),)


def test_several_pictures_have_each_their_own_words() -> None:
    cells = (
        ("picture", "https://a.example/1.jpg"), ("picture 2", "https://a.example/2.jpg"), ("caption 2", "Second"),
        ("graphic 2", "no"), ("graphic", "see the note"),
    )  # fmt: skip
    one, two = shown_of(cells, {"picture": "picture", "picture 2": "picture"}).media
    assert (one.caption, one.graphic, two.caption, two.graphic) == ("", True, "Second", False)


def test_a_column_of_no_links_is_no_medium_whatever_it_is_called() -> None:
    cells = (("post", "Border post"), ("alt", "2,400"), ("archive", "Box 7"), ("picture", "javascript:alert(1)"))
    shown = shown_of(cells, {"post": "category", "alt": "number", "archive": "text", "picture": "picture"})
    assert (shown.media, shown.archive, shown.plain) == ((), "", cells)


def test_hostile_values_are_text_and_break_nothing() -> None:
    values = [HOSTILE, "x" * 10_000, "=cmd()", "1e999", "٣" * 300, "(" * 5_000, " " * 9_000 + "1", "1" + ",1" * 4_000]
    found = column(HOSTILE, values)
    assert [field.type for field in found.fields] == ["text"]
    for field in (Field("n", kind) for kind in ("number", "yes/no", "date", "link", "picture")):
        given = column("n", values, n=field.type)
        assert len(given.reports) == len(values)
