"""What changed between two days: each kind of change, in order, with the report that made it so and its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from story import cli
from story.draft.drafted import review_of
from story.exc import DayOrderError
from story.model import Report, Story
from story.model.dates import parse_when
from story.model.denial import is_denial, says_denied
from story.query.changes import changes, changes_of_versions, say_change, tell
from story.query.comparing import day_turn
from story.reading.articles import Article
from story.reading.events.draft import DraftReport
from story.reading.read import Reading
from tests.story.conftest import small_gazetteer

Read = Callable[..., Story]
HEAD = "event,title,place,when,status,reported,source,note\n"
TABLE = (
    HEAD
    + "visit,The visit,Tokyo,[2025-10-27..2025-10-31],possible,2025-10-20,Kyodo,\n"
    + "visit,,,2025-10-28/2025-10-29,scheduled,2025-10-23,Kyodo News,\n"
    + "visit,,Paris,2025-10-30,,2025-10-24,NHK,\n"
    + "visit,,,,cancelled,2025-10-25,Foreign Ministry,\n"
    + "talks,The talks,Japan,2025-11,expected,2025-10-20,Wire,\n"
    + "talks,,Tokyo,,,2025-10-24,Wire,\n"
    + "talks,,,2025-11-05,happened,2025-11-05,Gazette,\n"
    + "strike,Strike on the port,Yokosuka,2025-10-19,happened,2025-10-20,Wire,\n"
    + "strike,,,,denied,2025-10-22,Port Authority,\n"
    + "new,A launch,Fallon,2025-11-01,expected,2025-10-24,Wire,\n"
)


def told(story: Story, since: str, until: str = "") -> list[tuple[str, str, str]]:
    found = changes(story, date.fromisoformat(since), date.fromisoformat(until) if until else None)
    return [(change.event, change.kind, change.field) for change in found]


def sentences(story: Story, since: str, until: str = "") -> list[str]:
    found = changes(story, date.fromisoformat(since), date.fromisoformat(until) if until else None)
    return [say_change(one, 2025) for one in tell(found, 2025)]


def test_every_kind_of_change_is_told_in_the_order_of_the_reports(read: Read) -> None:
    assert told(read(TABLE), "2025-10-20") == [
        ("strike", "denied", "status"),
        ("visit", "became certain", "status"),
        ("visit", "became certain", "when"),
        ("visit", "moved", "when"),
        ("visit", "moved", "place"),
        ("talks", "became certain", "place"),
        ("new", "added", "status"),
        ("visit", "cancelled", "status"),
        ("talks", "happened", "status"),
    ]


def test_changes_after_the_second_day_or_on_the_first_are_not_told(read: Read) -> None:
    assert told(read(TABLE), "2025-10-22", "2025-10-23") == [
        ("visit", "became certain", "status"),
        ("visit", "became certain", "when"),
    ]
    assert told(read(TABLE), "2025-11-05") == []


def test_a_sentence_says_what_it_was_and_by_whose_word_it_is_otherwise(read: Read) -> None:
    assert sentences(read(TABLE), "2025-10-20") == [
        "Oct 22: “Strike on the port” was denied — had happened on Sun, Oct 19 (Port Authority).",
        "Oct 23: “The visit” became certain — scheduled for Oct 28 – 29, was possible in the week of Oct 27 "
        "(Kyodo News).",
        "Oct 24: “The visit” moved — scheduled for Thu, Oct 30 in Paris, was on Oct 28 – 29 in Tokyo (NHK).",
        "Oct 24: “The talks” became certain — now in Tokyo, was in Japan (Wire).",
        "Oct 24: “A launch” was added — expected on Sat, Nov 1 at Fallon (Wire).",
        "Oct 25: “The visit” was cancelled — was scheduled for Thu, Oct 30 (Foreign Ministry).",
        "Nov 5: “The talks” happened on Wed, Nov 5 — was expected (Gazette).",
    ]


def test_a_plan_that_is_put_back_in_doubt_is_told_too(read: Read) -> None:
    story = read(HEAD + "a,A,Tokyo,2025-11-01,scheduled,2025-10-20,X,\na,,,2025-11,possible,2025-10-21,Y,\n")
    assert sentences(story, "2025-10-20") == [
        "Oct 21: “A” became less certain — possible in November 2025, was scheduled on Sat, Nov 1 (Y)."
    ]


@pytest.mark.parametrize(
    ("old", "new", "turn"),
    [
        ("2025-10", "2025-10-29", "certain"),
        ("XXXX-XX-XX", "2025-10-29", "certain"),
        ("2025-10-29?", "2025-10-29", "certain"),
        ("2025-10-29", "2025-10-29T10:00", "certain"),
        ("2025-10-28/..", "2025-10-28/2025-10-31", "certain"),
        ("[2025-10-28..]", "2025-10-28/..", "certain"),
        ("2025-10-29", "2025-10", "uncertain"),
        ("2025-10-29", "XXXX-XX-XX", "uncertain"),
        ("2025-10-29", "2025-10-30", "moved"),
        ("2025-10-27/2025-10-31", "2025-10-27/2025-10-30", "moved"),
        ("2025-10-29T10:00", "2025-10-29T14:00", "moved"),
        ("2025-10-29T10:00", "2025-10-29", ""),
        ("2025-10", "2025-11-02", "moved"),
        ("2025-10-29", "2025-10-29", ""),
    ],
)
def test_a_day_becomes_exact_vague_or_another_one(old: str, new: str, turn: str) -> None:
    assert day_turn(parse_when(old), parse_when(new)) == turn


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The ministry denied it.", True),
        ("Denial by the port", True),
        ("El gobierno lo desmiente", True),
        ("当局は否認した", True),
        ("She neither confirmed nor denied it", False),
        ("The company would not deny the report", False),
        ("The ship was denied entry to the port", False),
        ("He was denied a visa", False),
        ("He identified the plane", False),
    ],
)
def test_words_of_denial_are_told_from_a_visa_denied(text: str, denied: bool) -> None:
    assert says_denied(text) is denied


def test_what_has_happened_is_not_denied_by_the_report_that_says_so() -> None:
    report = Report("a", "A", "Tokyo", parse_when("2025-10-29"), "happened", note="The ministry had denied it before.")
    assert not is_denial(report)


def test_a_denial_in_the_status_column_survives_the_export(read: Read) -> None:
    from story.export import export_csv
    from story.query.selection import events_as_of

    text = export_csv(events_as_of(read(TABLE), None))
    assert ("strike", "denied", "status") in told(read(text, name="again.csv"), "2025-10-20")


def test_days_the_wrong_way_round_are_refused(read: Read) -> None:
    with pytest.raises(DayOrderError, match="Give the earlier day first"):
        changes(read(TABLE), date(2025, 10, 24), date(2025, 10, 20))


def test_versions_are_compared_by_what_their_events_come_to(read: Read) -> None:
    old = read(HEAD + "a,A,Tokyo,2025-11,expected,2025-10-20,X,\nb,B,Paris,2025-11-02,expected,2025-10-20,X,\n")
    new = read(
        HEAD
        + "a,A,Tokyo,2025-11,expected,2025-10-20,X,\nb,B,Tokyo,2025-11-02,expected,2025-10-20,X,\n"
        + "a,,,,cancelled,2025-10-22,Y,\nc,C,Paris,2025-11-03,scheduled,2025-10-22,Z,\n",
        name="later.csv",
    )
    found = changes_of_versions(old, new)
    assert [(one.event, one.kind, one.field) for one in found] == [
        ("b", "moved", "place"),
        ("a", "cancelled", "status"),
        ("c", "added", "status"),
    ]
    assert changes_of_versions(new, new) == ()


# ---- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(cli, "places", lambda: small_gazetteer)
    path = tmp_path / "trip.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


def test_command_prints_a_sentence_a_change(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["changes", table, "--from", "2025-10-24", "--to", "2025-10-25"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["Oct 25: “The visit” was cancelled — was scheduled for Thu, Oct 30 (Foreign Ministry)."]


def test_command_prints_an_object_a_change(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["changes", table, "--from", "2025-10-22", "--to", "2025-10-23", "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "event": "visit", "kind": "became certain", "field": "status", "before": "possible", "after": "scheduled",
        "reported": "2025-10-23", "source": "Kyodo News",
    }  # fmt: skip
    assert (second["field"], second["after"]) == ("when", "2025-10-28/2025-10-29")


def test_command_says_that_nothing_changed(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["changes", table, "--from", "2025-11-06"]) == 0
    assert capsys.readouterr().out == "Nothing changed between Thu, Nov 6, 2025 and now.\n"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["--from", "someday"], "'someday' is not a single day. Write 2025-10-24."),
        (["--from", "2025-10"], "'2025-10' is not a single day"),
        ([], "--from"),
    ],
)
def test_command_refuses_what_is_no_day(
    table: str, days: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["changes", table, *days])
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_command_refuses_days_the_wrong_way_round(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["changes", table, "--from", "2025-10-24", "--to", "2025-10-20"]) == 2
    assert "--from 2025-10-24 comes after --to 2025-10-20" in capsys.readouterr().err


def test_command_says_that_there_is_no_such_file(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["changes", str(tmp_path / "none.csv"), "--from", "2025-10-20"]) == 1
    assert "none.csv" in capsys.readouterr().err


def test_a_denial_that_is_read_in_an_article_counts_as_one() -> None:
    draft = DraftReport(
        "one", "Ship calls at port", ("Ship",), "Tokyo", "2025-10-19", "possible", date(2025, 10, 21), "Port Authority",
        denied_by="Port Authority",
    )  # fmt: skip
    (proposal,) = review_of(Reading(Article("The port denied it."), (), (), (draft,))).proposals
    cells = proposal.cells
    assert is_denial(Report("one", cells["title"], "Tokyo", parse_when("2025-10-19"), "possible", note=cells["note"]))
