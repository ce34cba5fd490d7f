"""A source's home, learnt from its own texts: a county paper's Jackson is the one next door."""

from __future__ import annotations

import io
import json

import pytest

from geo.cli import main
from geo.context.home import Document, learn, resolve_documents
from geo.context.resolve import resolve_together
from geo.gazetteer import Gazetteer

LOCAL = [
    (
        "The board met in Springfield. Crews from Decatur and Champaign, Illinois, came to help.",
        ("Springfield", "Decatur", "Champaign", "Illinois"),
    ),
    ("A fire closed a road between Peoria and Pekin, Illinois, police said.", ("Peoria", "Pekin", "Illinois")),
    (
        "Schools in Bloomington, Normal and Champaign, Illinois, open on Monday.",
        ("Bloomington", "Champaign", "Illinois"),
    ),
    ("The team from Galesburg won in Moline, Illinois.", ("Galesburg", "Moline", "Illinois")),
    ("The fair in Quincy drew visitors from Macomb, Illinois.", ("Quincy", "Macomb", "Illinois")),
]
OPEN = ("Two people were hurt in Athens on Friday.", ("Athens",))


def documents(source: str) -> list[Document]:
    return [Document(text, toponyms, source) for text, toponyms in [*LOCAL, OPEN]]


def where(found: list[list], number: int = -1) -> str:  # type: ignore[type-arg]
    place = found[number][0].place
    assert place is not None
    return f"{place.admin1}, {place.country}"


def test_a_name_that_says_nothing_of_itself_is_the_one_at_home(gazetteer: Gazetteer) -> None:
    alone = resolve_together(gazetteer, OPEN[1], OPEN[0])
    assert alone[0].place is not None
    assert alone[0].place.country == "GR"
    assert where(resolve_documents(gazetteer, documents("Prairie Herald"))) == "Illinois, US"


def test_documents_without_a_source_are_untouched(gazetteer: Gazetteer) -> None:
    found = resolve_documents(gazetteer, documents(""))
    assert [resolve_together(gazetteer, one.toponyms, one.text) for one in documents("")] == found


def test_what_the_text_itself_says_counts_for_more(gazetteer: Gazetteer) -> None:
    unclear = Document("He flew to Athens, Greece, and on to Patras.", ("Athens", "Greece", "Patras"), "Prairie Herald")
    found = resolve_documents(gazetteer, [*documents("Prairie Herald"), unclear])
    assert where(found).endswith("GR")


def test_one_source_is_not_the_home_of_another(gazetteer: Gazetteer) -> None:
    found = resolve_documents(gazetteer, [*documents("Prairie Herald"), Document(*OPEN, "Aegean Times")])
    assert where(found).endswith("GR")


def test_a_home_is_shares_of_its_places(gazetteer: Gazetteer) -> None:
    home = learn([resolve_together(gazetteer, names, text) for text, names in LOCAL])
    assert home["US", "Illinois"] > 0.8
    assert home["US", ""] >= home["US", "Illinois"]


def test_lines_with_a_source_are_answered_in_order(
    gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = []
    for number, (text, names) in enumerate([*LOCAL, OPEN]):
        mentions = [{"start": text.find(name), "end": text.find(name) + len(name), "text": name} for name in names]
        line = {"id": number, "text": text, "mentions": mentions}
        lines.append(json.dumps({**line, "source": "Prairie Herald"} if number != 2 else line))
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert main(["resolve"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(6))
    assert answers[-1]["resolutions"][0]["country"] == "US"
