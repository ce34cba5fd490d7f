"""What a story's own fields do on the page: shown, searched, filtered, in colour and size, edited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from story.draft import Draft, edits, story_of
from story.model.columns import Row
from story.model.metadata import Metadata
from story.query.selection import events_as_of
from tests.view.page_driver import Elements, Open, Shown, walk, write_story
from view.draw.details import event_details
from view.draw.scene import Scene
from view.state.address import Address

HEAD = 'title = "Ports"\npublished = 2025-10-15\n'
REPORTS = """
event,title,place,when,status,source,url,archive,Side,Killed,Confirmed,Checked,Paper,Remark,picture,caption,credit,graphic
a,Strike,Odesa,2025-10-01,happened,Wire,https://w.example/1,{archive},North,"12,400",ja,2025-10-02,{rest}
b,Talks,Vienna,2025-10-03,happened,Wire,,,South,12,nein,2025-10-03,,,,,,
c,Strike two,Odesa,2025-10-05,happened,Wire,,,South,300,ja,2025-10-05,,,https://img.example/c.jpg,After,,yes
d,Convoy,Warsaw,2025-10-07,expected,Wire,,,North,-3,ja,2025-10-07,,,,,,
e,March,Kyiv,2025-10-09,expected,Wire,,,,,,,,,,,,
"""
CELLS = {
    "archive": "https://archive.example/1",
    "rest": f"https://docs.example/a.pdf,{'long ' * 200},https://img.example/a.jpg,Smoke,Ada Berg,",
}
PLAIN = "event,title,place,when\na,Strike,Odesa,2025-10-01\n"


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    return write_story(tmp_path / "ports", REPORTS.format(**CELLS), HEAD)


def places(page: Shown) -> Mapping[str, Mapping[str, object]]:
    return {place["name"]: place for place in page.map.data["places"]}


def test_fields_stand_in_the_details_each_by_its_type(open_at: Open, ports: Path) -> None:
    page = open_at("?event=a", story=ports)
    said = page.text("details")
    assert "Side North" in said
    assert "Killed 12 400" in said
    assert "Confirmed yes" in said
    assert "Checked Thu, Oct 2" in said
    html = page.html("details")
    assert (
        '<a href="https://docs.example/a.pdf" target="_blank" rel="noopener noreferrer">docs.example/a.pdf</a>' in html
    )
    assert '<a href="https://archive.example/1" target="_blank" rel="noopener noreferrer">archived copy</a>' in html
    assert "<details><summary>long long" in html


def test_a_picture_of_another_server_is_a_button_that_says_from_where(open_at: Open, ports: Path) -> None:
    page = open_at("?event=a", story=ports)
    assert "Load picture from img.example" in page.text("details")
    assert "Smoke Ada Berg" in page.text("details")
    assert "Caption" not in page.text("details")
    assert "img" not in Elements(page.html("details")).tags
    assert 'data-graphic="1"' in open_at("?event=c", story=ports).html("details")


def test_the_table_has_columns_for_a_few_fields(open_at: Open, ports: Path) -> None:
    page = open_at("", story=ports)
    assert "Source Side Killed Strike" in page.text("events")
    assert "Source Confirmed Side Killed Strike" in open_at("?colour=Confirmed", story=ports).text("events")


def test_search_and_filters_look_at_fields_and_the_address_keeps_them(open_at: Open, ports: Path) -> None:
    assert open_at("?q=north", story=ports).events("events") == {"a", "d"}
    page = open_at("?field=Side:South&field=Killed:100..", story=ports)
    assert page.events("events") == {"c"}
    assert page.address()["field"] == ["Side:South", "Killed:100.."]
    page.app.multiselect(key="own filter 0").set_value(["North"])
    page.run()
    assert page.events("events") == {"a"}
    page.app.number_input(key="own filter 1 low").set_value(None)
    page.run()
    assert page.address()["field"] == ["Side:North"]
    page.app.multiselect(key="own filter 2").set_value(["no"])
    page.run()
    assert page.events("events") == set()
    page.press("reset")
    assert len(page.events("events")) == 5
    assert "field" not in page.address()


def test_events_without_a_value_can_be_asked_for(open_at: Open, ports: Path) -> None:
    assert open_at("?field=Side:", story=ports).events("events") == {"e"}


def test_what_the_story_does_not_have_is_told_and_ignored(open_at: Open, ports: Path) -> None:
    page = open_at("?field=Colour:red&colour=Killed&size=Side", story=ports)
    said = page.text("notices")
    for part in ("field=Colour:red", "colour=Killed", "size=Side"):
        assert part in said
    assert len(page.events("events")) == 5
    assert not {"field", "colour", "size"} & page.address().keys()


def test_colour_by_a_category_is_on_map_timeline_lists_and_legend(open_at: Open, ports: Path) -> None:
    page = open_at("", story=ports)
    assert "mix" not in places(page)["Odesa"]
    page.app.selectbox(key="colour").set_value("Side")
    page.run()
    assert page.address()["colour"] == ["Side"]
    there = places(page)
    assert there["Odesa"]["mix"] == [(0, 1), (1, 1)]
    assert there["Odesa"]["said"] == "Side: North 1, South 1"
    assert there["Kyiv"]["mix"] == [(9, 1)]
    assert "Side North South none" in page.text("legend")
    assert 'class="mark happened k0"' in page.html("timeline")
    assert "k1" in page.html("events")
    page.app.selectbox(key="colour").set_value("")
    page.run()
    assert "colour" not in page.address()
    assert "Side" not in page.text("legend")


def test_a_filter_changes_no_colour_and_no_scale(open_at: Open, ports: Path) -> None:
    page = open_at("?colour=Side&size=Killed&field=Side:South", story=ports)
    assert places(page)["Vienna"]["mix"] == [(1, 1)]
    whole = places(open_at("?colour=Side&size=Killed", story=ports))
    assert places(page)["Vienna"]["radius"] == whole["Vienna"]["radius"]


def test_circles_are_as_large_in_area_as_the_numbers(open_at: Open, ports: Path) -> None:
    page = open_at("?size=Killed", story=ports)
    radii = {name: float(str(place["radius"])) for name, place in places(page).items()}
    assert radii["Warsaw"] == radii["Kyiv"] == 0
    assert 0 < radii["Vienna"] < radii["Odesa"]
    assert "no circle for 1 event below 0 and 1 event without a number" in page.text("legend")
    assert "10 000 2000 500" in page.text("legend")


def test_a_story_without_fields_has_no_controls_for_them(open_at: Open, tmp_path: Path) -> None:
    page = open_at("", story=write_story(tmp_path / "plain", PLAIN, HEAD))
    keys = {getattr(node, "key", None) for node in walk(page.app.main)}
    assert not {"colour", "size", "own filter 0"} & keys


def test_the_type_of_a_field_is_set_undone_and_told(open_at: Open, ports: Path) -> None:
    page = open_at("", story=ports).press("edit story")
    page.app.selectbox(key="colour").set_value("Side")
    page.run()
    boxes = [node for node in walk(page.app.main) if str(getattr(node, "key", "")).startswith("field type ")]
    side = next(box for box in boxes if box.label == "Side")
    side.set_value("text")
    page.run()
    assert "“colour=Side” in the address was ignored" in page.text("notices")
    page.press("undo")
    page.app.selectbox(key="colour").set_value("Side")
    page.run()
    assert places(page)["Odesa"]["mix"] == [(0, 1), (1, 1)]


def test_a_cell_of_a_field_is_edited_in_the_panel(open_at: Open, ports: Path) -> None:
    page = open_at("", story=ports).press("edit story").click("Kyiv")
    page.press("next")
    box = next(node for node in walk(page.app.main) if str(getattr(node, "key", "")).endswith("own Side"))
    box.set_value("East")
    page.run()
    assert open_fields(page, "East") == {"e"}


def open_fields(page: Shown, side: str) -> set[str]:
    page.app.multiselect(key="own filter 0").set_value([side])
    page.run()
    return page.events("timeline")


def test_hostile_names_and_values_stay_text(open_at: Open, tmp_path: Path) -> None:
    bad = "<img src=x onerror=alert(1)>${alert(1)}"
    rows = f'event,title,place,when,"{bad}",picture,caption\n'
    rows += f'a,A,Oslo,2025-10-01,"{bad}",javascript:alert(1),"{bad}"\nb,B,Oslo,2025-10-02,"{bad}",https://i.example/"onload=,x\n'
    page = open_at(f"?event=a&colour={bad}", story=write_story(tmp_path / "bad", rows, HEAD))
    elements = Elements(page.html())
    assert "img" not in elements.tags
    assert elements.handlers == []
    assert not [link for link in elements.hrefs if link.startswith("javascript")]
    assert bad in page.text("details")


def test_a_picture_that_is_kept_stands_in_the_details_and_a_graphic_one_behind_a_button() -> None:
    cells = {"event": "a", "title": "A", "place": "Oslo", "when": "2025-10-01"}
    draft = Draft("x", Metadata("X"), rows=(Row(2, cells, 1),))

    def details_of(**about: str) -> str:
        story = story_of(edits.with_picture(draft, 1, b"RIFF", {"alt": "A crane", **about}))
        scene = Scene(Address(), 2025, {})
        return event_details(events_as_of(story, None)[0], scene, reader_zone="", in_range=True, story=story)

    assert '<img src="data:image/webp;base64,UklGRg==" alt="A crane">' in details_of()
    graphic = details_of(graphic="yes")
    assert "img" not in Elements(graphic).tags
    assert "Show picture" in graphic


def test_lists_to_choose_from_show_names_and_values_as_they_are(open_at: Open, tmp_path: Path) -> None:
    reports = "event,title,place,when,wind km/h,kind_of\n" + "".join(
        f"e{day},Gust,Odesa,2025-10-0{day},{day}0,{kind}\n" for day, kind in enumerate(("a*b*", "x/y", "a*b*"), 1)
    )
    page = open_at(story=write_story(tmp_path / "gusts", reports, 'title = "G"\n[fields]\nkind_of = "category"\n'))
    assert page.app.selectbox(key="size").options == ["nothing", "wind km/h"]
    assert page.app.selectbox(key="colour").options == ["nothing", "kind_of"]
    (kinds,) = (box for box in page.app.multiselect if (box.key or "").startswith("own filter"))
    assert sorted(kinds.options) == ["a*b*", "x/y"]
