"""The print sheet: what the filter leaves on clean pages, in any script, whatever it says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from pypdf import PdfReader

from story.drawing.paper import LEFT, RIGHT, Paper, Text
from story.export import EXPORTS
from story.model import STATUSES, Story
from story.query.selection import Filter, events_as_of, select
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


def test_letters_that_no_font_has_are_told(read: Read) -> None:
    said = words(sheet(read("event,title,place,when\na,Київ ﬁ 𝔉 東京 القاهرة,Tokyo,2025-10-28\n")))
    assert "Київ ﬁ 𝔉 ■■ ■■■■■■■".replace("𝔉", "F") in said
    assert "lack: Arabic, Chinese" in said


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
