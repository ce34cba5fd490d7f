"""Working on a story: what each edit does, what it leaves alone, and that all of it can be undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.place import Candidate, Place, Resolution
from story.draft import Draft, edits, settle, story_of
from story.draft.review import open_names
from story.draft.serialization import dumps, loads
from story.draft.undo import MOST, Edits
from story.exc import ColumnNameError, DateFormatError, RowNotFoundError, StoryError, StoryFormatError, StoryTooNewError
from story.export import export_csv
from story.export.table import told
from story.model import Report
from story.model.columns import Row
from story.model.metadata import Metadata
from story.opening.stories import open_draft, open_story
from story.placing import placed_at
from story.query.selection import events_as_of
from story.wording import say_span

PARIS = Place("p:fr", "Paris", 48.85, 2.35, "city", "FR", "Île-de-France", "Europe/Paris")
TEXAS = Place("p:tx", "Paris", 33.66, -95.56, "city", "US", "Texas", "America/Chicago")
TOKYO = Place("p:jp", "Tokyo", 35.69, 139.69, "city", "JP", "Tokyo", "Asia/Tokyo")
KNOWN = {
    "Paris": (Candidate(PARIS, 0.40, "named so"), Candidate(TEXAS, 0.45, "named so")),
    "Tokyo": (Candidate(TOKYO, 0.1, "named so"), Candidate(TEXAS, 0.9, "named so")),
}
COLUMNS = ("event", "title", "place", "when", "status", "reported", "source")


def place(names: Sequence[str], text: str) -> Sequence[Resolution]:
    found = []
    for name in names:
        there = KNOWN.get(name, ())
        reason = "named so" if there else "no place is so named"
        found.append(Resolution(name, there[0].place if there else None, there, reason))
    return found


def draft_of(*rows: str) -> Draft:
    """A story of rows such as "talks|Talks|Paris|2025-10-01|happened|2025-10-02|Wire"."""
    cells = [{n: c for n, c in zip(COLUMNS, row.split("|"), strict=False) if c} for row in rows]
    made = tuple(Row(n + 2, some, n + 1) for n, some in enumerate(cells))
    return settle(Draft("visits", Metadata("Visits"), rows=made), place)


@pytest.fixture
def visits() -> Draft:
    return draft_of(
        "talks|Talks|Paris|2025-10-01|happened|2025-10-02|Wire",
        "summit|Summit|Tokyo|2025-10-27|possible|2025-10-20|Wire",
        "summit|||2025-10-28|expected|2025-10-24|Kyodo",
        "lost|Lost|Nowhere|2025-10-05|happened||Wire",
        "bad|||||||",
    )


def events(draft: Draft) -> dict[str, str]:
    return {event.id: event.title for event in events_as_of(story_of(draft), None)}


# ---- rows ------------------------------------------------------------------------------------------------------------


def test_a_changed_cell_changes_its_event_and_nothing_else(visits: Draft) -> None:
    changed = edits.change(visits, 1, {"title": "Long talks", "status": "cancelled"})
    assert events(changed) == {**events(visits), "talks": "Long talks"}
    assert changed.rows[1:] == visits.rows[1:]
    assert events(visits)["talks"] == "Talks"


def test_an_event_keeps_its_id_when_its_title_changes(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("title,place,when\nTalks,Paris,2025-10-01\nTalks,Tokyo,2025-10-02\n", "utf-8")
    draft = edits.editable(open_draft(path, place))
    before = events(draft)
    assert len(before) == 2
    changed = edits.change(draft, draft.rows[0].key, {"title": "Something else"})
    assert events(changed).keys() == before.keys()


def test_a_day_may_be_written_as_newspapers_do() -> None:
    for text, edtf, words in (
        ("Oct. 29, 2025", "2025-10-29", "Wed, Oct 29"),
        ("29 October 2025", "2025-10-29", "Wed, Oct 29"),
        ("2025-10-27/2025-10-31", "2025-10-27/2025-10-31", "Oct 27 – 31"),
        ("[2025-10-27..2025-10-31]", "[2025-10-27..2025-10-31]", "one day in the week of Oct 27"),
        ("2025-10-29?", "2025-10-29?", "Wed, Oct 29 (unconfirmed)"),
        ("9/25/2016", "2016-09-25", "Sun, Sep 25, 2016"),
        ("9/5/2016", "[2016-05-09,2016-09-05]", "Mon, May 9, 2016 or Mon, Sep 5, 2016"),
    ):
        span = edits.understood(text)
        assert (span.edtf, say_span(span, 2025)) == (edtf, words)


@pytest.mark.parametrize("text", ["soon", "next tuesday", "2025-13-01", "x" * 500])
def test_what_is_no_single_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DateFormatError, match=r"is not a date\. Write 2025-10-29") as raised:
        edits.understood(text)
    assert len(str(raised.value)) < 250


def test_a_row_that_cannot_be_used_is_kept_aside_with_the_reason_and_can_be_mended(visits: Draft) -> None:
    (one,) = edits.rejected(visits)
    assert one.row.key == 5
    assert "neither a title nor a place nor a date" in one.problem.message
    mended = edits.change(visits, 5, {"when": "Oct. 9, 2025"})
    assert edits.rejected(mended) == ()
    assert edits.complaint(mended, 5) is None
    assert "bad" in events(mended)


def test_a_mended_row_keeps_its_event_when_it_gets_a_title() -> None:
    draft = edits.change(draft_of("||||||Wire"), 1, {"when": "2025-10-09"})
    (event,) = events(draft)
    titled = edits.change(draft, 1, {"title": "Talks"})
    assert events(titled) == {event: "Talks"}


def test_a_row_with_a_bad_cell_says_so_until_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("Date,Location,Visitor\n9/25/2016,Paris,Ada\nsometime,Tokyo,Ben\n9/26/2016,,Cy\n", "utf-8")
    draft = edits.editable(open_draft(path, place))
    story = story_of(draft)
    assert (story.rows, len(story.reports), len(edits.rejected(draft))) == (3, 3, 0)
    assert [(problem.line, problem.field) for problem in story.problems] == [(3, "Date"), (4, "Location")]
    for key, column, cell in ((2, "when", "2016-09-27"), (3, "place", "Tokyo")):
        assert edits.complaint(draft, key, column) is not None
        draft = settle(edits.change(draft, key, {column: cell}), place)
        assert edits.complaint(draft, key, column) is None
    assert story_of(draft).problems == ()
    assert sorted(events(draft).values()) == ["Ada", "Ben", "Cy"]


def test_an_added_event_gets_an_id_that_is_free(visits: Draft) -> None:
    added = edits.add(visits, {"title": "Talks", "place": "Tokyo", "when": "2025-10-30"})
    again = edits.add(added, {"title": "Talks", "place": "Tokyo", "when": "2025-10-30"})
    assert len(events(again)) == len(events(visits)) + 2
    assert story_of(again).rows == story_of(visits).rows + 2
    assert len({row.key for row in again.rows}) == len(again.rows)


def test_a_new_report_keeps_the_old_one_as_history(visits: Draft) -> None:
    later = edits.add(visits, {"event": "talks", "status": "cancelled", "reported": "2025-10-03"})
    (event,) = (event for event in events_as_of(story_of(later), None) if event.id == "talks")
    assert [report.status for report in event.reports] == ["happened", "cancelled"]
    assert event.title == "Talks"


def test_a_deleted_row_is_gone_and_no_other(visits: Draft) -> None:
    gone = edits.delete(visits, [2, 3])
    assert "summit" not in events(gone)
    assert events(gone).keys() == events(visits).keys() - {"summit"}
    with pytest.raises(RowNotFoundError, match="Row 2 is no longer in “Visits”"):
        edits.change(gone, 2, {"title": "x"})


def test_a_column_that_is_none_is_refused(visits: Draft) -> None:
    with pytest.raises(ColumnNameError, match="'colour' is not a column"):
        edits.change(visits, 1, {"colour": "red"})


def test_a_link_that_is_none_is_complained_of(visits: Draft) -> None:
    changed = edits.change(visits, 1, {"url": "javascript:alert(1)"})
    problem = edits.complaint(changed, 1, "url")
    assert problem is not None
    assert "no web address" in problem.message
    assert edits.complaint(changed, 1) is None


def test_each_row_of_a_line_with_several_places_is_mended_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "tour.csv"
    path.write_text(
        "Event name,Location,Date,Link\nTour,Tokyo; Paris,2025-10-01,www.example.com\n"
        "Other,Paris,2025-10-02,https://a.example\nThird,Tokyo,2025-10-03,https://b.example\n",
        "utf-8",
    )
    draft = edits.editable(open_draft(path, place))
    first, second = (row.key for row in draft.rows if row.line == 2)
    for key in (first, second):
        assert edits.complaint(draft, key, "url") is not None
    mended = edits.change(draft, first, {"url": "https://www.example.com/"})
    assert edits.complaint(mended, first, "url") is None
    assert edits.complaint(mended, second, "url") is not None
    spoilt = edits.change(mended, first, {"when": "soon", "title": ""})
    problem = edits.complaint(spoilt, first, "when")
    assert problem is not None
    assert problem.value == "soon"
    assert edits.complaint(spoilt, second) is None


def test_a_row_is_aside_for_what_sets_it_aside_and_not_for_a_cell_that_is_left_out(visits: Draft) -> None:
    wrong = edits.add(visits, {"event": "new", "url": "www.example.com", "source": "Wire"}, key=99)
    problem = edits.complaint(wrong, 99)
    assert problem is not None
    assert problem.field == "title"


TABLES = sorted(
    path for path in (Path(__file__).parent.parent / "golden" / "tables").iterdir() if path.stem != "expected"
)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_rows_read_are_rows_shown_and_rows_that_can_be_mended(path: Path) -> None:
    try:
        draft = edits.editable(open_draft(path, place))
    except StoryFormatError:
        assert path.stem == "empty"
        return
    story = story_of(draft)
    shown = {report.line for report in story.reports}
    rejected = {one.row.line for one in edits.rejected(draft)} - shown
    assert story.rows == len(shown) + len(rejected) + draft.lost
    assert all(one.problem.message for one in edits.rejected(draft))
    assert story_of(loads(dumps(draft))).reports == story.reports


def test_what_a_report_took_over_it_keeps_when_the_one_before_it_goes(visits: Draft) -> None:
    first, second = (row.key for row in visits.rows if row.cells.get("event") == "summit")
    event = next(event for event in events_as_of(story_of(edits.delete(visits, [first])), None) if event.id == "summit")
    assert (event.title, event.toponym, event.status) == ("Summit", "Tokyo", "expected")
    assert [report.row for report in event.reports] == [second]


def test_a_report_that_comes_to_stand_behind_another_takes_nothing_from_it(visits: Draft) -> None:
    first = next(row.key for row in visits.rows if row.cells.get("event") == "summit")
    later = edits.change(visits, first, {"reported": "2025-10-30"})
    event = next(event for event in events_as_of(story_of(later), None) if event.id == "summit")
    assert [(report.title, report.place) for report in event.reports] == [("Summit", "Tokyo")] * 2
    assert edits.rejected(later) == edits.rejected(visits)


def test_a_new_title_of_the_first_report_is_taken_over_by_those_behind_it(visits: Draft) -> None:
    first = next(row.key for row in visits.rows if row.cells.get("event") == "summit")
    renamed = edits.change(visits, first, {"title": "Great summit"})
    event = next(event for event in events_as_of(story_of(renamed), None) if event.id == "summit")
    assert [report.title for report in event.reports] == ["Great summit", "Great summit"]


# ---- places ----------------------------------------------------------------------------------------------------------


def test_names_in_question_are_the_unplaced_and_the_equally_likely(visits: Draft) -> None:
    assert [(one.toponym, one.doubt, one.events) for one in open_names(visits)] == [
        ("Nowhere", "unplaced", 1),
        ("Paris", "several", 1),
    ]


def test_a_name_that_was_put_somewhere_leaves_the_queue_and_counts_for_all_its_rows(visits: Draft) -> None:
    visits = edits.add(visits, {"title": "More", "place": "Nowhere", "when": "2025-10-06"})
    put = edits.put(edits.put(visits, "Nowhere", TOKYO), "Paris", TEXAS)
    assert open_names(put) == ()
    where = {event.id: event.place for event in events_as_of(story_of(put), None)}
    assert (where["lost"], where["more"], where["talks"]) == (TOKYO, TOKYO, TEXAS)
    assert all("Nowhere" not in problem.message for problem in story_of(put).problems)


def test_one_event_alone_is_put_elsewhere_than_others_of_the_same_name(visits: Draft) -> None:
    visits = edits.add(visits, {"title": "More", "place": "Paris", "when": "2025-10-06"})
    alone = edits.put_alone(visits, "Paris", "more", TEXAS, "Paris, Texas, United States")
    where = {event.id: event.place for event in events_as_of(story_of(alone), None)}
    assert (where["talks"], where["more"]) == (PARIS, TEXAS)
    assert [(one.toponym, one.events) for one in open_names(alone)] == [("Nowhere", 1), ("Paris", 1)]
    point = edits.put_alone(visits, "Paris", "more", placed_at("Paris", 1.5, 2.5), "Paris")
    report = next(report for report in story_of(point).reports if report.event == "more")
    assert (report.place, report.latitude, report.longitude) == ("Paris", 1.5, 2.5)


def test_a_dragged_place_moves_every_name_that_stands_there(visits: Draft) -> None:
    moved = edits.move(visits, TOKYO, 35.0, 140.0, TOKYO)
    place = next(event.place for event in events_as_of(story_of(moved), None) if event.id == "summit")
    assert place is not None
    assert (place.latitude, place.longitude, place.country, place.timezone) == (35.0, 140.0, "JP", "Asia/Tokyo")


def test_a_dragged_place_of_a_rows_own_coordinates_changes_those(visits: Draft) -> None:
    own = edits.change(visits, 1, {"latitude": "48", "longitude": "2"})
    there = placed_at("Paris", 48.0, 2.0)
    moved = edits.move(own, there, 49.5, 3.25)
    assert moved.rows[0].cells["latitude"] == "49.50000"
    assert moved.names == own.names


def test_a_new_row_never_moves_the_place_of_another(visits: Draft) -> None:
    put = edits.put(visits, "Paris", TEXAS)
    added = settle(edits.add(put, {"title": "New", "place": "Tokyo", "when": "2025-10-06"}), place)
    assert added.names["Paris"] == put.names["Paris"]


# ---- keeping ---------------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_from_its_bytes(visits: Draft) -> None:
    put = edits.with_head(edits.put(visits, "Nowhere", TOKYO), mentioned=("Paris",), sources={"Wire": "an agency"})
    back = loads(dumps(put))
    assert (back.rows, back.head, back.problems) == (put.rows, put.head, put.problems)
    assert {name for name, found in back.names.items() if found.by_hand} == {"Nowhere"}
    assert {name: found.place for name, found in back.names.items()} == {
        name: found.place for name, found in put.names.items()
    }
    assert open_names(back) == open_names(put)
    assert story_of(back).reports == story_of(put).reports
    assert story_of(back).problems == story_of(put).problems


def test_drafts_that_were_kept_before_problems_knew_their_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tour.csv"
    path.write_text("Visitor,Location,Date\nAda,Tokyo; Paris,soon\n,,2025-10-01,too many\nBen,Paris,2025\n", "utf-8")
    draft = open_draft(path, place)
    document = json.loads(dumps(draft))
    told = [fault for _, _, _, *faults in document["rows"] for fault in faults] + document["problems"]
    assert [list(one) for one in told] == [["file", "line", "field", "value", "message"]] * 3
    for one in told:
        one["colour"] = "red"
    back = loads(json.dumps(document).encode())
    assert (back.rows, back.problems) == (draft.rows, draft.problems)
    assert [row.fault and row.fault.row for row in back.rows] == [row.fault and row.key for row in draft.rows]


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff\xfe", b"null", b'{"format": "x"}'])
def test_bytes_that_are_no_draft_are_told(raw: bytes) -> None:
    with pytest.raises(StoryFormatError, match="not a saved story"):
        loads(raw)


def test_a_draft_of_a_later_format_is_refused(visits: Draft) -> None:
    with pytest.raises(StoryTooNewError, match=r"format 99.*Update Dateline"):
        loads(dumps(visits).replace(b'"format":3', b'"format":99'))


# ---- undo ------------------------------------------------------------------------------------------------------------


def test_undo_and_redo_give_the_very_drafts_back(visits: Draft) -> None:
    first = Edits(visits)
    second = first.do("one", edits.change(visits, 1, {"title": "One"}))
    third = second.do("two", edits.delete(second.now, [2]))
    assert third.undo().now is second.now
    assert third.undo().undo().now is visits
    assert third.undo().undo().undo().now is visits
    assert third.undo().undo().redo().redo().now is third.now
    assert third.redo() == third
    assert third.undo().do("three", visits).future == ()
    assert first.do("nothing", visits) is first


def test_so_many_steps_are_remembered_and_no_more(visits: Draft) -> None:
    steps = Edits(visits)
    for n in range(MOST + 20):
        steps = steps.do(f"{n}", edits.change(steps.now, 1, {"title": f"Title {n}"}))
    assert len(steps.past) == MOST


TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Paris", "Tokyo", "Nowhere", "", "=1+1", "'-x", "<b>${x}</b>", "a;b;;c", "\u202eabc", "9/5/2016"]),
)
DAY = st.sampled_from(
    ["2025-10-01", "2025-10?", "[2025-10-01..2025-10-05]", "2025-10-01/..", "soon", "", "Oct. 3, 2025"]
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "place": TEXT,
        "when": DAY,
        "status": st.sampled_from(["happened", "possible", "cancelled", "", "maybe"]),
        "who": TEXT,
        "reported": DAY,
        "source": TEXT,
        "note": TEXT,
        "url": TEXT,
        "latitude": st.sampled_from(["35.5", "", "900", "x"]),
        "longitude": st.sampled_from(["139.5", "", "-7", "y"]),
    },
)
Step = tuple[str, int, dict[str, str]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "add", "report", "delete", "put", "move", "head", "undo", "redo"]),
        st.integers(0, 30),
        CELLS,
    ),
    max_size=15,
)


def taken(draft: Draft, step: Step) -> Draft:
    """The draft after one random edit."""
    kind, number, cells = step
    row = draft.rows[number % len(draft.rows)] if draft.rows else None
    if kind == "add" or row is None:
        return edits.add(draft, cells, key=edits.ADDED + sum(row.key for row in draft.rows) + number)
    if kind == "report" and row.cells.get("event"):
        key = edits.ADDED + sum(row.key for row in draft.rows) + number
        return edits.add(draft, {**cells, "event": row.cells["event"]}, key=key)
    if kind == "delete":
        return edits.delete(draft, [row.key])
    if kind == "put":
        return edits.put(draft, row.cells.get("place", "Paris"), (PARIS, TEXAS, TOKYO)[number % 3])
    if kind == "move":
        return edits.move(draft, (PARIS, TEXAS, TOKYO)[number % 3], number * 2.0, number * 3.0)
    if kind == "head":
        return edits.with_head(draft, title=cells.get("title") or "Untitled", dateline=cells.get("place", ""))
    return edits.change(draft, row.key, cells)


def same(reports: Sequence[Report]) -> list[Report]:
    """Reports without the lines that they stand on."""
    return sorted((replace(report, line=None) for report in reports), key=repr)


@settings(max_examples=200)
@given(STEPS)
def test_whatever_is_done_can_be_undone_exactly_and_saved_and_exported_without_loss(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    start = edits.editable(
        draft_of(
            "talks|Talks|Paris|2025-10-01|happened|2025-10-02|Wire",
            "summit|Summit|Tokyo|2025-10-27|possible|2025-10-20|Wire",
            "summit|||2025-10-28|expected|2025-10-24|Kyodo",
            "|No id|Tokyo|2025-10|||",
            "lost|Lost|Nowhere|2025-10-05|happened||Wire",
            "bad|Bad|Tokyo|soon||||",
        )
    )
    work = Edits(start)
    for step in steps:
        if step[0] in ("undo", "redo"):
            work = work.undo() if step[0] == "undo" else work.redo()
            continue
        try:
            after = settle(taken(work.now, step), place)
        except StoryError:
            continue
        before, work = work, work.do(step[0], after)
        assert work == before or work.undo().now is before.now
    story = story_of(work.now)
    rejected = {one.row.line for one in edits.rejected(work.now)} - {report.line for report in story.reports}
    assert story.rows == len({report.line for report in story.reports}) + len(rejected)

    # Back to the beginning and forward again, every story on the way the same.
    there, trail = work, [work.now]
    while there.past:
        there = there.undo()
        trail.append(there.now)
    assert there.now == start
    for passed in reversed(trail[:-1]):
        there = there.redo()
        assert there.now == passed

    kept = story_of(loads(dumps(work.now)))
    assert kept.reports == story.reports
    assert {n: r.place for n, r in kept.resolutions.items()} == {n: r.place for n, r in story.resolutions.items()}

    path = tmp_path_factory.mktemp("export") / "reports.csv"
    path.write_text(export_csv(events_as_of(story, None)), "utf-8", newline="")
    if story.reports:
        said = [report for event in events_as_of(story, None) for report in told(event)]
        assert same(open_story(path).reports) == same(said)
