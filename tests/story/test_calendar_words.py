"""Days in the languages that tables are kept in: months, weekdays, what stands between them, and what is not sure."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from story.model import Story
from story.opening.stories import open_story
from story.tables.values import calendar_words
from story.tables.values.days import read_day
from tools.calendar_words import write

Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Opens the text of a file of that name, without a gazetteer."""

    def opened(text: str, name: str = "diary.csv") -> Story:
        (tmp_path / name).write_text(text, "utf-8")
        return open_story(tmp_path / name)

    return opened


def whens(story: Story) -> list[str]:
    return [report.span.edtf for report in story.reports]


@pytest.mark.parametrize(
    "text",
    """17 de junio de 2021|17 جوان 2021|17 حزيران 2021|17 يونيو 2021|17 de junho de 2021|17 Juni 2021
    17 juin 2021|17 июня 2021 г.|17. Juni 2021|17 Haziran 2021|17 HAZİRAN 2021|17 ژوئن 2021
    17 giugno 2021|17 czerwca 2021|17 juni 2021|ngày 17 tháng 6 năm 2021|2021년 6월 17일
    2021年6月17日|17 มิถุนายน 2564|17 มิ.ย. 2564|17 червня 2021 року|17. června 2021
    den 17 juni 2021|17 iunie 2021|2021. június 17.|17 Ιουνίου 2021|17 ביוני 2021|17. juni 2021
    17. kesäkuuta 2021|17 जून 2021|17 юни 2021 г.|17. јун 2021.|17. lipnja 2021.|17. júna 2021
    17 Jun 2021|Hunyo 17, 2021|17 Juni 2021|Thứ Năm, 17 tháng 6, 2021|Do., 17.06.2021
    jueves, 17 de junio de 2021|2021年6月17日（木）|Çarşamba 17 Haziran 2021
    czwartek, 17 czerwca 2021|2021년 6월 17일 목요일|2021 年 6 月 17 日|четверг, 17.06.2021""".replace("\n", "|").split(
        "|"
    ),
)
def test_one_day_in_many_languages(text: str) -> None:
    assert read_day(text.strip()) == "2021-06-17"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("с 3 по 5 июля 2021", "2021-07-03/2021-07-05"),
        ("od 3 do 5 lipca 2021", "2021-07-03/2021-07-05"),
        ("fra 3. til 5. juli 2021", "2021-07-03/2021-07-05"),
        ("3 a 5 de julho de 2021", "2021-07-03/2021-07-05"),
        ("mar. 6 juillet 2021", "2021-07-06"),
        ("KASIM 2021", "2021-11"),
    ],
)
def test_spans_and_parts_in_other_languages(text: str, when: str) -> None:
    assert read_day(text) == when


def test_a_month_that_is_another_one_elsewhere_is_either_unless_its_column_tells(read: Read) -> None:
    head = "Date,Town,Event\n"
    assert whens(read(f"{head}3 listopada 2021,Oslo,Talks\n")) == ["[2021-10-03,2021-11-03]"]
    polish = read(f"{head}3 listopada 2021,Oslo,Talks\n4 grudnia 2021,Oslo,Dinner\n")
    assert whens(polish) == ["2021-11-03", "2021-12-04"]
    croatian = read(f"{head}3. listopada 2021.,Oslo,Talks\n4. prosinca 2021.,Oslo,Dinner\n")
    assert whens(croatian) == ["2021-10-03", "2021-12-04"]


def test_a_month_alone_is_of_the_year_of_its_table_and_that_is_told(read: Read) -> None:
    story = read("Date,Town,Event\n2021-05-02,Oslo,Talks\nSeptember,Rome,Dinner\n3 June,Rome,Walk\n")
    assert whens(story) == ["2021-05-02", "2021-09", "2021-06-03"]
    assert [(problem.line, problem.value) for problem in story.problems] == [(3, "September"), (4, "3 June")]
    assert "read as of 2021" in story.problems[0].message


def test_a_month_alone_in_a_table_of_two_years_has_none(read: Read) -> None:
    story = read("Date,Town,Event\n2021-05-02,Oslo,Talks\n2022-05-02,Oslo,Talks\nSeptember,Rome,Dinner\n")
    assert whens(story) == ["2021-05-02", "2022-05-02", "XXXX-XX-XX"]
    assert "gives no year" in story.problems[0].message


def test_the_year_may_stand_in_the_name_of_the_file(read: Read) -> None:
    story = read("Date,Town,Event\n3 May,Oslo,Talks\n4 June,Rome,Dinner\n", "visits-2021.csv")
    assert whens(story) == ["2021-05-03", "2021-06-04"]
    assert whens(read("Date,Town,Event\n3 May,Oslo,Talks\n", "visits-2020-2021.csv")) == ["XXXX-XX-XX"]


def test_the_words_are_those_of_the_tables_that_are_installed(tmp_path: Path) -> None:
    write(tmp_path / "words.py")
    made = runpy.run_path(str(tmp_path / "words.py"))
    for name in ("MONTHS", "CLASHES", "OF_LANGUAGE", "WEEKDAYS"):
        assert made[name] == getattr(calendar_words, name)
