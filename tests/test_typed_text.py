"""Whatever is typed, or stands in a table, is read or refused by the parser's own error: no other one ever gets out."""

from __future__ import annotations

import math
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.exc import GeoError
from geo.gazetteer import Gazetteer
from story.draft.edits import understood
from story.exc import ColumnNameError, DateFormatError, StoryError
from story.library.database import address as library_address
from story.model import Problem
from story.model.dates import parse_when
from story.model.metadata import read_metadata
from story.opening.source import read_source
from story.opening.stories import open_story
from story.query.selection import events_as_of
from story.tables.columns.matching import guess
from story.tables.values.days import order_of, read_clock, read_day
from story.tables.values.points import both_axes, in_range, one_axis
from tests.story.conftest import small_gazetteer
from view.state.address import read
from view.state.clicks import point_of

NASTY = (
    *"³ ① ²⁰²⁵ ½ Ⅷ ৫ ２０２５ ٢٠٢٥ ٢٩ 𝟚 四 nan inf -inf 1_000 1e999 -0 0x1f 99999999999 9999 － ／".split(),
    *"0000 XXXX 0-0-0 May Oct. '³³ Q1 Q③ 1970s since of ~ ? / - .. , ; : ' ° N W T Z + = % %00 POINT( <script>".split(),
    *("\ud800", "\udfff", "\0", "\x1b", "\u202e", "\ufeff", "\n", "\r", "\t", " ", "\u00a0", "9" * 5000, "[" * 3000),
    *('"coordinates":[', "${x}", "&colon;", "\\", "Springfield", "Côte"),
)
HOSTILE = st.one_of(
    st.lists(st.sampled_from(NASTY), max_size=6).map("".join),
    st.lists(st.sampled_from(NASTY), max_size=6).map(" ".join),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="0123456789²³①٢２-/.:,[]{}'~?XTZ°NSEW May", max_size=30),
)


@pytest.mark.parametrize(
    "text",
    [
        "２０２５-１０-２９",
        "٢٠٢٥-١٠-٢٩",
        "२०२५-१०-२९",
        "２０２５／１０／２９",
        "２０２５年１０月２９日",
        "２９ Oct ２０２５",
    ],
)
def test_digits_of_any_script_are_digits_of_a_day(text: str) -> None:
    assert understood(text).edtf == "2025-10-29"
    assert read_day(text) == "2025-10-29"


@pytest.mark.parametrize("text", ["May ³", "May ③ 2025", "③ May 2025", "5-³ May 2020", "²⁰²⁵-10-29", "May ½"])
def test_what_only_looks_like_a_digit_is_refused_in_words_that_quote_it(text: str) -> None:
    for reader in (understood, read_day, parse_when):
        with pytest.raises(DateFormatError) as raised:
            reader(text)
        assert f"'{text}'" in str(raised.value)


def test_a_table_with_such_cells_opens_and_says_which_they_are(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(
        "Title,Year,Month,Day,Place\nOne,2016,9,5,Tokyo\nTwo,2016,9,³,Tokyo\nThree,２０１６,９,７,Tokyo\n", "utf-8"
    )
    matching = guess(read_source(path).table).with_column("when", ["Year", "Month", "Day"])
    story = open_story(path, small_gazetteer, matching=matching)
    assert [event.span.edtf for event in events_as_of(story, None)] == [
        "2016-09-05",
        "2016-09-07",
        "XXXX-XX-XX",
    ]
    assert any("³" in problem.message for problem in story.problems)


def test_coordinates_may_have_digits_of_any_script() -> None:
    assert one_axis("３５．５") == "35.5"
    assert both_axes("３５．５，１３９．５") == ("35.5", "139.5")
    assert both_axes("³⁵, ¹³⁹") is None


@settings(max_examples=300)
@given(HOSTILE)
def test_any_text_is_a_day_or_a_date_error(text: str) -> None:
    said = []
    for reader in (parse_when, understood, read_day, lambda text: read_day(text, True, serials=1900)):
        try:
            reader(text)
        except DateFormatError as error:
            said.append(str(error))
    assert all(len(message) < 700 for message in said)
    assert isinstance(read_clock(text), str)
    assert order_of([text]).either >= 0


@given(HOSTILE, HOSTILE)
def test_any_text_is_a_point_or_none(text: str, other: str) -> None:
    for found in (point_of(text), point_of(f"{text},{other}")):
        assert found is None or all(map(math.isfinite, found))
    assert isinstance(one_axis(text), str)
    assert in_range(text, 90) in (True, False)
    assert both_axes(text) is None or len(both_axes(text) or ()) == 2


@given(st.dictionaries(st.sampled_from(("story", "dates", "status", "who", "as_of", "q", "place", "event")) | HOSTILE,
                       st.lists(HOSTILE, max_size=3), max_size=6))  # fmt: skip
@example({"q": ["\ud800"], "\udfff": ["\ud800"], "dates": ["\ud800..³"], "as_of": ["9" * 5000]})
def test_any_address_is_read_and_can_be_written_again(parameters: dict[str, list[str]]) -> None:
    address, notices = read(parameters)
    assert read(address.parameters())[0] == address
    assert address.query().startswith("?")
    assert all(len(notice) < 300 for notice in notices)


@settings(max_examples=150)
@example("\ud800")
@given(HOSTILE)
def test_any_toponym_is_resolved(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text).toponym == text
    gazetteer.resolve(f"{text}, Japan", country=text)
    assert gazetteer.place(text) is None
    assert isinstance(gazetteer.country_name(text), str)


@given(
    st.sampled_from(("title", "when", "until", "time", "place", "latitude", "longitude")), st.lists(HOSTILE, max_size=3)
)
def test_any_column_that_is_named_is_there_or_not(tmp_path: Path, field: str, names: list[str]) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Title,Date,City,Country\nA talk,2016-09-05,Tokyo,Japan\n", "utf-8")
    matching = guess(read_source(path).table)
    with pytest.raises(ColumnNameError):
        matching.with_column(field, [*names, "³"])


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=3))
def test_any_cells_open_however_the_columns_are_taken(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """Bytes that no file can hold are left out by the writing of it."""
    path = tmp_path / "table.csv"
    lines = ["Title,When,Month,Day,Where", *(",".join(_quoted(cell) for cell in row) for row in rows)]
    path.write_bytes("\n".join(lines).encode("utf-8", "ignore"))
    try:
        matching = guess(read_source(path).table)
        for columns in (["When"], ["When", "Month"], ["When", "Month", "Day"]):
            for where in ("place", "latitude"):
                taken = matching.with_column("when", columns).with_column(where, ["Where"])
                taken = taken.with_column("time", ["Day"]).with_column("longitude", ["Where"])
                open_story(path, small_gazetteer, matching=taken.with_column("reported", ["Month"]))
    except StoryError:
        pass


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""'))


LONG, DEEP = "1" + "0" * 5000, "[" * 3000
TOML = (
    *(
        "[1]",
        "{a=1}",
        "1979-05-27T07:32:00Z",
        "1979-05-27",
        "07:32:00",
        "nan",
        "inf",
        "true",
        "-1",
        "'x'",
        "[[]]",
        "[{a=1}]",
    ),
    *(LONG, DEEP, "0x" + "f" * 20_000, "[" * 300 + "]" * 300, "'" + "x" * 100_000 + "'", '"\\u0000"', "99999-01-01"),
    *("2025-13-45", "'\ud800'", "{a={a={a=1}}}"),
)
KEYS = (
    *("title", "dateline", "published", "timezone", "sources", "mentioned", "notes", "weird", "'³'", "[sources]\na"),
    *("sources.'a.b'", ".".join("a" * 3000), "title." + ".".join("a" * 3000)),
)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", TOML)
def test_any_value_of_story_toml_is_used_or_a_problem_in_words(key: str, value: str) -> None:
    problems: list[Problem] = []
    head = read_metadata(f"{key} = {value}\n".encode("utf-8", "surrogatepass"), "trip-to-tokyo", problems)
    assert isinstance(head.title, str)
    assert head.title
    assert all(problem.message and len(problem.message) < 400 and len(problem.value) <= 80 for problem in problems)
    known = key.partition(".")[0] in {"title", "dateline", "published", "timezone", "mentioned", "notes"}
    if known and value in ("{a=1}", "nan", "true", "[{a=1}]", LONG, DEEP):
        assert len(problems) == 1


@given(st.lists(HOSTILE, max_size=4).map("\n".join))
def test_any_text_as_story_toml_gives_a_head(text: str) -> None:
    problems: list[Problem] = []
    assert read_metadata(text.encode("utf-8", "surrogatepass"), "trip", problems).title


@given(HOSTILE)
def test_a_setting_that_names_no_library_is_refused_in_words(text: str) -> None:
    if text:
        with pytest.raises(StoryError):
            library_address(text.replace("sqlite", ""))


@pytest.mark.parametrize("name", ["DATELINE_CACHE", "DATELINE_GAZETTEER"])
@pytest.mark.parametrize("value", ["/dev/null", "/proc/none/at/all", "x" * 5000, "\udcff", "³", "  ", "~nobody", "."])
def test_a_folder_that_is_none_is_refused_in_words(
    name: str, value: str, andorra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DATELINE_GAZETTEER", str(andorra))
    monkeypatch.setenv(name, value)
    with suppress(GeoError):
        assert Gazetteer.open().resolve("Soldeu").place
