"""What a column is taken for: links are no titles, victims no travellers, ids no sources, and nothing is dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from story.draft.serialization import dumps, loads
from story.export import export_csv
from story.model import Story
from story.opening.stories import open_draft, open_story
from story.query.selection import events_as_of
from story.tables.columns.matched import Matching
from story.tables.columns.matching import guess
from story.tables.load import parse_table

Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Opens the text of a file of that name, without a gazetteer."""

    def opened(text: str, name: str = "diary.csv") -> Story:
        (tmp_path / name).write_text(text, "utf-8")
        return open_story(tmp_path / name)

    return opened


def matched(text: str) -> Matching:
    return guess(parse_table(text.encode(), "diary.csv"))


def rows(count: int, row: Callable[[int], str]) -> str:
    return "".join(f"2024-03-{number + 1:02},{row(number)}\n" for number in range(count))


@pytest.mark.parametrize("link", ["https://wire.example/{}", "www.wire.example/a/{}"])
@pytest.mark.parametrize("header", ["Event", "Details", "More", "Headline"])
def test_a_stray_link_is_no_title_and_no_text(header: str, link: str) -> None:
    matching = matched(f"Date,Town,{header}\n" + rows(9, lambda n: f"Oslo,{link.format(n)}"))
    assert [matching.named(field) for field in ("title", "kind", "summary")] == [(), (), ()]


@pytest.mark.parametrize(
    "headers",
    ["Victim", "Actor", "Actor1,Actor2", "side_a,side_b", "Perpetrator", "gname", "Operator"],
)
def test_victims_and_armed_sides_are_no_travellers_but_word_the_titles(read: Read, headers: str) -> None:
    sides = ["Army", "Rebels"][: headers.count(",") + 1]
    story = read(f"Date,Town,{headers}\n" + rows(9, lambda n: ",".join(["Hays" if n % 2 else "Taiz", *sides])))
    assert {report.who for report in story.reports} == {()}
    assert story.reports[0].title == f"{' and '.join(sides)}, Taiz"
    assert dict(story.reports[0].fields) == dict(zip(headers.split(","), sides, strict=True))


def test_whose_age_and_sex_are_told_travels_nowhere() -> None:
    matching = matched("Date,City,Name,Age,Sex,Headline\n" + rows(9, lambda n: f"Waco,Ann Lee{n % 3},4{n},F,Shots {n}"))
    assert (matching.named("who"), matching.named("title")) == ((), ("Headline",))
    alone = matched("Date,City,Name,Age,Sex\n" + rows(9, lambda n: f"Waco,Ann Lee{n % 3},4{n},F"))
    assert (alone.named("who"), alone.named("title")) == ((), ("Name",))


def test_a_slug_is_nobody_where_the_name_stands_beside_it() -> None:
    text = "Date,Candidate,Candidate name,City,Event\n"
    text += rows(
        9, lambda n: f"{('stone-ada-m', 'ray-ben')[n % 2]},{('Ada M. Stone', 'Ben Ray')[n % 2]},Waco,Rally {n}"
    )
    assert matched(text).named("who") == ("Candidate name",)


@pytest.mark.parametrize("code", ["SRC-00{}", "a1b2c3d4e5f{}", "XJ{}_77"])
def test_an_internal_id_is_no_source(code: str) -> None:
    text = "Date,Town,Event,Source\n" + rows(9, lambda n: f"Oslo,Talks {n},{code.format(n)}")
    assert matched(text).named("source") == ()
    named = "Date,Town,Event,Source\n" + rows(9, lambda n: f"Oslo,Talks {n},{('Wire', 'The 7 Post')[n % 2]}")
    assert matched(named).named("source") == ("Source",)


@pytest.mark.parametrize("text", ["name,date,town\nSpring talks,2024-03-01,Oslo\n", "name,town\nSpring talks,Oslo\n"])
def test_the_name_of_a_single_row_is_its_title(text: str) -> None:
    matching = matched(text)
    assert (matching.named("title"), matching.named("who")) == (("name",), ())


def test_every_other_column_is_a_field_of_the_story_and_comes_out_again(tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_text(
        "Date,Town,County,State,Event,Event type,Source,Seats,=Sum\n"
        "2024-03-01,Waco,McLennan,Texas,Talks,Rally,AB12,40,x\n"
        "2024-03-02,Paris,Lamar,Texas,Dinner,Meal,AB13,,'=y\n",
        "utf-8",
    )
    draft = open_draft(path)
    assert loads(dumps(draft)).rows == draft.rows
    story = open_story(path)
    assert [dict(report.fields) for report in story.reports] == [
        {"County": "McLennan", "Event type": "Rally", "Source (as given)": "AB12", "Seats": "40", "=Sum": "x"},
        {"County": "Lamar", "Event type": "Meal", "Source (as given)": "AB13", "=Sum": "=y"},
    ]
    text = export_csv(events_as_of(story, None))
    assert "'=Sum" in next(csv.reader(io.StringIO(text)))
    path.write_text(text, "utf-8")
    again = open_story(path)
    assert [report.fields for report in again.reports] == [report.fields for report in story.reports]
    assert again.problems == ()


def test_a_country_alone_says_so_where_another_column_may_name_the_towns(read: Read) -> None:
    towns = ["Oslo,Norway", "Bergen,Norway", "Rome,Italy", "Milan,Italy"]
    story = read("Date,Xyzzy,Country,Headline\n" + rows(12, lambda n: f"{towns[n % 4]},Talks {n}"))
    problems = [problem for problem in story.problems if problem.field == "Country"]
    assert [problem.line for problem in problems] == [1]
    assert "If 'Xyzzy' names a smaller place, say so." in problems[0].message
    told = read("Date,City,Country,Headline\n" + rows(12, lambda n: f"{towns[n % 4]},Talks {n}"))
    assert (told.problems, told.reports[0].place) == ((), "Oslo, Norway")
