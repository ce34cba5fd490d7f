"""Rows with more cells than the first line, and quotes that do not close: nothing is lost, all of it is told."""

from __future__ import annotations

import pytest

from story.model import Problem
from story.tables.columns.header import as_table
from story.tables.readers.delimited import read_delimited
from story.tables.table import Table

GOOD = "Parade,Bergen,2025-05-17\nConcert,Narvik,2025-06-01\n"


def table(text: str) -> Table:
    return as_table(read_delimited(text.encode(), "visits.csv"), "visits.csv")


def only(read: Table) -> Problem:
    (problem,) = read.problems
    return problem


def test_a_comma_outside_quotes_is_put_back_where_only_one_way_fits() -> None:
    read = table(f"title,place,when\nA parade, at last,Bergen,2025-05-16\n{GOOD}")
    assert read.headers == ("title", "place", "when")
    assert read.rows[0] == ("A parade, at last", "Bergen", "2025-05-16")
    assert (only(read).line, "'A parade, at last' is read as one" in only(read).message) == (2, True)
    assert "double quotes" in only(read).message


@pytest.mark.parametrize("surplus", ["by train", "by train,on time", "12"])
def test_what_stands_behind_the_last_column_is_kept_and_told(surplus: str) -> None:
    read = table(f"title,place,when\nParade,Bergen,2025-05-16,{surplus}\n{GOOD}")
    assert read.headers == ("title", "place", "when", "extra")
    assert read.rows[0] == ("Parade", "Bergen", "2025-05-16", surplus)
    assert read.rows[1] == ("Parade", "Bergen", "2025-05-17", "")
    assert f"'{surplus}' is kept as 'extra'" in only(read).message


def test_cells_that_may_belong_together_in_two_ways_are_not_guessed() -> None:
    read = table(f"title,place,when\nParade,Voss,Bergen,2025-05-16\n{GOOD}")
    assert read.rows[0] == ("", "", "2025-05-16", "Parade,Voss,Bergen,2025-05-16")
    assert "not clear" in only(read).message


def test_a_column_called_extra_keeps_its_name() -> None:
    read = table("title,place,when,extra\nParade,Bergen,2025-05-16,no,yes\nFair,Voss,2025-05-17,no\n")
    assert read.headers == ("title", "place", "when", "extra", "extra (2)")
    assert read.rows[0][-1] == "yes"


def test_blank_cells_behind_the_last_column_are_no_fault() -> None:
    read = table(f"title,place,when\nParade,Bergen,2025-05-16,,\n{GOOD}")
    assert (read.problems, read.rows[0]) == ((), ("Parade", "Bergen", "2025-05-16"))


def test_a_quote_never_closed_counts_for_nothing_and_is_told() -> None:
    read = table(f'title,place,when\nFair,Voss,2025-05-16\n"Parade,Bergen,2025-05-16\n{GOOD}')
    assert read.rows[1] == ("Parade", "Bergen", "2025-05-16")
    assert len(read.rows) == 4
    assert (only(read).line, "never closed" in only(read).message) == (3, True)


@pytest.mark.parametrize("later", ['Fair,"Voss",2025-05-18', 'Fair,Voss","2025-05-18"'])
def test_a_quote_closed_rows_later_swallows_none_of_them(later: str) -> None:
    read = table(f'title,place,when\nParade,"Bergen,2025-05-16\n{GOOD}{later}\nLast,Oslo,2025-05-19\n')
    assert [row[0] for row in read.rows] == ["Parade", "Parade", "Concert", "Fair", "Last"]
    assert read.rows[0] == ("Parade", "Bergen", "2025-05-16")
    assert read.lines == (2, 3, 4, 5, 6)
    assert (only(read).line, "closes rows later" in only(read).message) == (2, True)


@pytest.mark.parametrize(
    "text",
    ["One line,\nand another, and\na third", "Hotel Bryggen, Bergen, 5003\nHotel Voss, Voss, 5700", "First\n\nSecond"],
)
def test_a_text_of_several_lines_stays_one_cell(text: str) -> None:
    read = table(f'title,place,when,note\nParade,Bergen,2025-05-16,"{text}"\nFair,Voss,2025-05-17,none\n')
    assert read.problems == ()
    assert read.rows[0][3] == text
    assert len(read.rows) == 2
