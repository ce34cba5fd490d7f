"""The print sheet: what the filter leaves on clean pages, in any script, whatever it says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from story.drawing.paper import LEFT, RIGHT, Paper, Text
from story.export import EXPORTS
from story.model import STATUSES, Story
from story.query.selection import Filter, events_as_of, select
from tests.story.conftest import PLACES
from tests.story.made_up import HOSTILE, made_up

Read = Callable[..., Story]
TOUR = (
    "event,title,place,when,who,status,reported,source,url\n"
    "leave,Leaves,Tokyo,2025-10-28,Ann Roe,happened,2025-10-28,Kyodo,https://example.org/1\n"
    "talks,Talks,Fallon,2025-10-30,Ann Roe,expected,2025-10-20,Reuters,\n"
    "talks,,,,,scheduled,2025-10-29,Kyodo,\n"
)


def sheet(story: Story, asked: Filter | None = None) -> PdfReader:
    wanted = asked or Filter()
    events = select(events_as_of(story, wanted.as_of), wanted).events
    raw = EXPORTS["pdf"](story, events, wanted)
    assert isinstance(raw, bytes)
    return PdfReader(io.BytesIO(raw), strict=True)


def words(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def test_it_has_the_map_the_itineraries_the_events_and_the_sources(read: Read) -> None:
    reader = sheet(read(TOUR))
    said = words(reader)
    for part in ("as known on Wed, Oct 29, 2025", "Itineraries", "Ann Roe", "8,440 km", "Events (2)", "Sources"):
        assert part in said
    assert "scheduled · Fallon · corroborated" in said
    assert "Reuters, Mon, Oct 20, 2025: expected" in said, "its history"
    assert len(reader.pages[0].images) == 1
    assert {str(page.mediabox[2]).split(".")[0] for page in reader.pages} == {"595"}


def test_it_shows_what_the_filter_leaves(read: Read) -> None:
    said = words(sheet(read(TOUR), Filter(statuses=frozenset({"happened"}))))
    assert "Events (1)" in said
    assert "Talks" not in said


def test_an_address_can_be_read_on_paper_and_clicked(read: Read) -> None:
    reader = sheet(read(TOUR))
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", ())]
    assert links == ["https://example.org/1"]
    assert "https://example.org/1" in words(reader)


SCRIPTS = {
    "Chinese": "北京會談",
    "Hiragana": "これから",
    "Katakana": "サミット",
    "Hangul": "서울 회담",
    "Arabic": "محادثات القاهرة",
    "Hebrew": "שיחות בירושלים",
    "Thai": "การเจรจาที่กรุงเทพ",
    "Devanagari": "दिल्ली में वार्ता",
    "Georgian": "მოლაპარაკება",
}


@pytest.mark.parametrize(("script", "title"), SCRIPTS.items(), ids=SCRIPTS)
def test_a_letter_that_no_font_has_is_told_and_can_be_copied(read: Read, script: str, title: str) -> None:
    reader = sheet(read(f"event,title,place,when\na,{title} (1),Tokyo,2025-10-28\n"))
    said = words(reader)
    assert title in said.replace("\n", " "), "in the order in which it is read"
    assert f"fonts of this sheet lack: {script}" in said.replace("\n", " ")
    assert reader.metadata is not None
    assert script in (reader.metadata.subject or "")


def test_letters_that_have_a_plain_form_are_printed_so(read: Read) -> None:
    reader = sheet(read("event,title,place,when\na,Київ ﬁ 𝔉 Ａ,Tokyo,2025-10-28\n"))
    assert "Київ ﬁ F A" in words(reader)
    assert reader.metadata is not None
    assert reader.metadata.subject is None, "nothing is lacking"


def test_a_place_that_cannot_be_printed_has_its_name_in_the_atlas_beside_it(read: Read) -> None:
    talks, exercise = events_as_of(story := read("title,place,when\nTalks,東京,2025\nExercise,Fallon,2026\n"), None)
    talks = replace(talks, place=PLACES["Tokyo"])
    raw = EXPORTS["pdf"](story, (talks, exercise))
    assert isinstance(raw, bytes)
    said = words(PdfReader(io.BytesIO(raw)))
    assert "東京 (Tokyo)" in said
    assert "Fallon (" not in said


MARK = "\u064e"


def test_no_number_of_letters_that_are_lacking_breaks_a_sheet() -> None:
    paper = Paper("T", "T", None)
    # More than a font of a PDF can tell apart; with marks without end behind one.
    every = "".join(chr(at) for at in (*range(0x3400, 0xD7A4), *range(0x20000, 0x2A6D0)) if chr(at).isprintable())
    paper.block([[Text(f"م{MARK * 1_000} {every}")]])
    raw = bytes(paper.output())
    assert len(PdfReader(io.BytesIO(raw)).pages) > 10
    assert "Arabic" in paper.lacking


def test_nothing_but_links_is_active_in_it(read: Read) -> None:
    cell = '"' + f"{HOSTILE} ) Tj ET (".replace('"', '""') + '"'
    row = ",".join([*[cell] * 3, "2025", *[cell] * 4])
    story = replace(read(f"event,title,place,when,who,summary,source,note\n{row}\n"), title=HOSTILE)
    reader = sheet(story)
    assert f"{HOSTILE} ) Tj ET (".replace(" ", "")[:40] in words(reader).replace(" ", "").replace("\n", "")
    assert not {"/AA", "/AcroForm", "/Names"} & reader.trailer["/Root"].keys()
    assert "/S" not in str(reader.trailer["/Root"]["/OpenAction"]), "it opens at its top"


def test_every_made_up_story_can_be_printed() -> None:
    for seed in range(6):
        assert len(sheet(made_up(seed)).pages) >= 1


def test_a_text_without_end_goes_on_over_pages_and_stays_within_the_margins() -> None:
    paper = Paper("T", "T", None)
    paper.block([[Text("word " * 5_000 + "x" * 5_000)]])
    pages = PdfReader(io.BytesIO(bytes(paper.output()))).pages
    assert len(pages) > 3
    rights: list[float] = []

    def note(text: str, _matrix: object, at: list[float], _font: object, size: float) -> None:
        rights.append(at[4] * 25.4 / 72)

    pages[0].extract_text(visitor_text=note)
    assert all(LEFT - 1 <= right <= RIGHT for right in rights if right)
    said = "".join(page.extract_text() for page in pages)
    assert said.count("word") == 5_000
    assert said.count("x") == 5_000


def test_the_same_story_makes_the_same_sheet(read: Read) -> None:
    story = read(TOUR)
    one, other = (EXPORTS["pdf"](story, events_as_of(story, None)) for _ in range(2))
    assert one == other


def test_each_status_stands_in_words_too(read: Read) -> None:
    rows = "".join(f"{status},{status},Tokyo,2025-10-28,{status}\n" for status in STATUSES)
    said = words(sheet(read(f"event,title,place,when,status\n{rows}")))
    assert all(f"{status} · Tokyo" in said for status in STATUSES)
