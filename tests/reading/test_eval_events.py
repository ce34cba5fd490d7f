"""Drafts are matched to what an editor expects and counted field by field; the expectations are in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.gazetteer import Gazetteer
from story.exc import DateFormatError
from story.model.dates import parse_when
from tools.eval_events import EXPECTED, Score, Statement, Tally, differences, likeness, main, match, same_place, table

OSLO, BERGEN, DRAMMEN = (59.91, 10.75), (60.39, 5.32), (59.74, 10.20)
STATUSES = {"happened", "scheduled", "expected", "possible", "cancelled"}


def row(**other: Any) -> dict[str, Any]:
    point = other.pop("point", OSLO)
    return {
        "event": "opening",
        "place": "Oslo",
        "latitude": point[0],
        "longitude": point[1],
        "when": "2026-03-10",
        "status": "scheduled",
        "who": ["Kari Lunde"],
        "source": "NTB",
        "reported": "2026-03-06",
    } | other


def said(**other: Any) -> Statement:
    return Statement.of(row(**other))


def scored(expected: list[Statement], drafted: list[Statement]) -> Score:
    score = Score()
    score.add(expected, drafted)
    return score


def test_what_is_expected_scores_one_in_every_field() -> None:
    score = scored([said(), said(event="talks", place="Bergen", point=BERGEN)], [said(), said(point=BERGEN)])
    assert {name: one.f1 for name, one in score.fields.items()} == dict.fromkeys(score.fields, 1.0)
    assert score.matched == 2


def test_missed_report_costs_recall_and_spurious_one_precision() -> None:
    missed = scored([said(), said(event="talks", point=BERGEN)], [said()])
    assert (missed.fields["place"].precision, missed.fields["place"].recall) == (1.0, 0.5)
    assert (missed.missed, missed.spurious) == (1, 0)
    spurious = scored([said()], [said(), said(event="talks", point=BERGEN, when="2026-04", who=[])])
    assert (spurious.fields["place"].precision, spurious.fields["place"].recall) == (0.5, 1.0)
    assert (spurious.missed, spurious.spurious) == (0, 1)


def test_event_that_one_of_its_reports_found_is_not_missed() -> None:
    score = scored([said(), said(status="cancelled", source="the mayor")], [said()])
    assert (score.events, score.missed, score.fields["status"].recall) == (1, 0, 0.5)


def test_article_without_events_is_read_right_when_nothing_is_drafted() -> None:
    assert scored([], []).fields["who"].f1 == 1.0
    assert scored([], [said()]).fields["who"].f1 == 0.0


def test_place_may_lie_a_hundred_miles_off_and_no_more() -> None:
    assert scored([said()], [said(point=DRAMMEN)]).fields["place"].f1 == 1.0
    assert scored([said()], [said(point=BERGEN)]).fields["place"].f1 == 0.0


def test_country_is_known_by_its_name_wherever_its_point_is_put() -> None:
    expected = said(place="the Netherlands", country="Netherlands", point=(52.2, 5.7))
    assert scored([expected], [said(place="Netherlands", point=(12.2, -69.0))]).fields["place"].f1 == 1.0
    assert scored([said(place="Oslo")], [said(place="Oslo", point=BERGEN)]).fields["place"].f1 == 0.0


@pytest.mark.parametrize("point", [(None, None), ("", "")])
def test_draft_that_could_not_be_placed_is_no_place(point: tuple[object, object]) -> None:
    score = scored([said()], [said(point=point)])
    assert (score.fields["place"].right, score.fields["day"].right) == (0, 1)


def test_same_day_in_another_form_is_right_and_a_wider_span_only_by_the_lenient_measure() -> None:
    same = scored([said(when="2026-03")], [said(when="[2026-03-01..2026-03-31]")])
    assert same.fields["day"].f1 == 1.0
    wider = scored([said()], [said(when="2026-03")])
    assert (wider.fields["day"].f1, wider.fields["day, lenient"].f1) == (0.0, 1.0)
    undated = scored([said()], [said(when="")])
    assert undated.fields["day, lenient"].f1 == 0.0


def test_who_is_counted_by_name() -> None:
    score = scored([said(who=["Kari Lunde", "Per Aas"])], [said(who="kari lunde; the Oslo Choir;Ida Berg")])
    who = score.fields["who"]
    assert (who.right, who.drafted, who.expected) == (1, 3, 2)


def test_agency_is_the_same_by_its_initials() -> None:
    assert scored([said(source="AP")], [said(source="The Associated Press")]).fields["source"].f1 == 1.0


def test_typographic_quotes_and_articles_make_no_other_name() -> None:
    assert said(source="the mayor’s office").source == said(source="mayor's office").source


def test_likeliest_pair_is_taken_first_and_each_report_once() -> None:
    plan, change = said(), said(when="2026-03-12", source="mayor")
    assert match([plan, change], [said(when="2026-03-12", source="mayor"), said()]) == [(0, 1), (1, 0)]
    assert match([plan], [said(), said()]) == [(0, 0)]


def test_same_place_alone_makes_no_match() -> None:
    assert likeness(said(), said(when="2024-01-05", who=["Ida Berg"])) == 0.0


def test_draft_at_the_wrong_place_is_matched_by_day_and_company() -> None:
    assert match([said()], [said(point=BERGEN)]) == [(0, 0)]
    assert match([said()], [said(point=BERGEN, who=["Ida Berg"])]) == []


def test_precision_is_whole_where_nothing_was_drafted_or_expected() -> None:
    assert (Tally().f1, Tally(0, 0, 3).f1, Tally(2, 4, 2).f1) == (1.0, 0.0, pytest.approx(2 / 3))


def test_unreadable_day_of_a_draft_is_quoted() -> None:
    with pytest.raises(DateFormatError, match="someday"):
        said(when="someday")


def test_differences_are_told_with_what_was_drafted_and_expected() -> None:
    lines = differences([row(), row(event="b", place="Bergen", point=BERGEN, when="1999")], [row(status="happened")])
    assert lines == [
        "missed    Bergen · 1999 · scheduled · Kari Lunde",
        "status    Oslo · 2026-03-10 · scheduled · Kari Lunde: 'happened' where 'scheduled' is expected",
    ]


def test_command_reads_what_story_read_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = tmp_path / "expected"
    expected.mkdir()
    (expected / "01-a.json").write_text(json.dumps({"published": "2026-03-06", "source": "NTB", "reports": [row()]}))
    (expected / "02-b.json").write_text(json.dumps({"published": "2026-03-06", "source": "NTB", "reports": [row()]}))
    drafted = tmp_path / "read.jsonl"
    drafted.write_text(json.dumps({"id": "some/where/01-a.txt", "reports": [row(status="happened")]}) + "\n\n")
    assert main([str(drafted), "--expected", str(expected), "--show"]) == 0
    told = capsys.readouterr()
    assert "'happened' where 'scheduled' is expected" in told.out
    assert "1 reports matched in 2 articles" in told.out
    assert "02-b: not among what was read" in told.err


def test_command_prints_the_days_and_papers_for_story_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--published"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], len(lines)) == ("file,published,source", 31)
    assert "04-ship-movement.txt,2025-09-12,Stars and Stripes" in lines


def test_folder_without_expectations_is_quoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["read.jsonl", "--expected", str(tmp_path)])
    assert f"'{tmp_path}'" in capsys.readouterr().err


def test_table_has_a_line_for_each_field() -> None:
    score = scored([said()], [said()])
    assert all(any(line.startswith(name) for line in table(score).splitlines()) for name in score.fields)


ARTICLES = sorted(EXPECTED.glob("*.json"))
HAMLETS = {"Freeport", "Ludford", "Spillville"}
"""Too small for the gazetteer's sources, as places in local news often are."""


def test_thirty_articles_have_a_text_each() -> None:
    assert len(ARTICLES) == 30
    assert [path.stem for path in sorted(EXPECTED.glob("*.txt"))] == [path.stem for path in ARTICLES]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_expected_reports_are_in_order_and_rest_on_the_text(path: Path) -> None:
    article = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    published = parse_when(article["published"])
    for report in article["reports"]:
        assert set(report) - {"country"} == set(row())
        assert report["place"] in text
        assert report["status"] in STATUSES
        assert [name for name in report["who"] if name.casefold() not in text.casefold()] == []
        when, reported = parse_when(report["when"]), parse_when(report["reported"])
        assert reported.latest is not None
        assert published.latest is not None
        assert reported.latest <= published.latest
        if report["status"] == "happened":
            assert when.earliest is None or when.earliest <= published.latest
        if report["status"] in ("scheduled", "expected"):
            assert when.latest is None or when.latest >= reported.latest


def test_expected_points_are_those_of_the_gazetteer(gazetteer: Gazetteer) -> None:
    """They were written by hand, so that a slip of the pen shows here."""
    far = []
    for path in ARTICLES:
        for report in json.loads(path.read_text(encoding="utf-8"))["reports"]:
            places = [candidate.place for candidate in gazetteer.resolve(report["place"]).candidates]
            known = [said(place=place.name, point=(place.latitude, place.longitude)) for place in places]
            if report["place"] not in HAMLETS and not any(same_place(Statement.of(report), one) for one in known):
                far.append(f"{path.stem}: {report['place']}")
    assert far == []
