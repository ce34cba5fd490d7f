"""Text all in capitals is read as if it were written as usual, and every offset stays where it was."""

from __future__ import annotations

from datetime import date

import pytest

from geo.gazetteer import Gazetteer
from story.reading.articles import Article
from story.reading.casing import recased
from story.reading.read import read


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        (
            "FOREIGN MINISTER ANSO KELDBY WILL MEET HER TURKISH COUNTERPART IN ANKARA ON MAY 3.",
            "Foreign Minister Anso Keldby will meet her Turkish counterpart in Ankara on May 3.",
        ),
        (
            "THE U.S. NAVY'S SHIP MAY CALL AT EASTER ISLAND, SAID NATO CHIEF LARS O'DELL.",
            "The U.S. Navy's ship may call at Easter Island, said NATO chief Lars O'Dell.",
        ),
        (
            "OSLO, NORWAY (KVIK) -- POLICE FOUND TWO MEN. THEY WERE TAKEN TO NORTH DAKOTA.",
            "OSLO, Norway (KVIK) -- Police found two men. They were taken to North Dakota.",
        ),
        (
            "PYEONGTAEK, South Korea (AP) — The minister was there.",
            "PYEONGTAEK, South Korea (AP) — The minister was there.",
        ),
        ("FERRY SINKS\nIt sank.", "FERRY SINKS\nIt sank."),
    ],
)
def test_capitals_stay_where_names_and_sentences_begin(written: str, usual: str, gazetteer: Gazetteer) -> None:
    assert recased(written, gazetteer) == usual


def test_a_letter_that_becomes_two_in_the_other_case_moves_no_offset(gazetteer: Gazetteer) -> None:
    written = "THE MAYOR OF \u0130ZM\u0130R AND A STRASSE \ufb01NAL ARE HERE TODAY.\nNEXT LINE."
    assert len(recased(written, gazetteer)) == len(written)


def test_an_article_in_capitals_gives_its_reports_and_spans_in_its_own_letters(gazetteer: Gazetteer) -> None:
    text = "TRANSPORT MINISTER HAMISI KOMBO WILL VISIT ZANZIBAR ON FRIDAY, HIS OFFICE SAID."
    reading = read(Article(text, published=date(2025, 10, 20), source="Wire"), gazetteer)
    (report,) = reading.reports
    assert (report.who, report.place, report.when, report.status) == (
        ("Hamisi Kombo",),
        "Zanzibar",
        "2025-10-24",
        "scheduled",
    )
    assert [one.text for one in (*reading.toponyms, *reading.timexes)] == ["ZANZIBAR", "FRIDAY"]


def test_tags_within_a_sentence_are_no_words_of_it(gazetteer: Gazetteer) -> None:
    text = 'Mayor Ane Lund opened a pool in Bergen on Monday <b onclick="x()">with</b> ${7*7} guests from Oslo.'
    reading = read(Article(text, published=date(2025, 10, 24), source="Wire"), gazetteer)
    (report,) = reading.reports
    assert (report.who, report.place, report.when) == (("Ane Lund",), "Bergen", "2025-10-20")
    assert [text[one.start : one.end] for one in reading.toponyms] == ["Bergen", "Oslo"]
