"""The places that news names: which words are one, how they are used, and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from geo.gazetteer import Gazetteer
from story.reading.language import english, parse
from story.reading.toponyms.finding import find_toponyms
from story.reading.toponyms.resolving import resolved
from story.reading.values import Toponym
from tests.reading.articles import articles, unmarked


def _found(gazetteer: Gazetteer, text: str) -> tuple[Toponym, ...]:
    return find_toponyms(next(iter(parse([text]))), gazetteer)


def _marks(toponyms: Sequence[Toponym]) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.use) for one in toponyms]


def _check(gazetteer: Gazetteer, marked: str) -> None:
    text, wanted = unmarked(marked)
    found = _found(gazetteer, text)
    assert _marks(found) == _marks(wanted), [(one.text, one.use) for one in found]


def test_matrices_are_multiplied_by_numpy() -> None:
    """thinc's own BLAS takes twice the time, and a model keeps to the one that it was loaded with."""
    assert not any(pipe.model.ops.use_blis for _, pipe in english().pipeline if hasattr(pipe, "model"))


DATELINES = [
    "[[TOKYO]] — The defense minister left for [[Okinawa]] on Monday.",
    "[[PYEONGTAEK]], [[South Korea]] (AP) — Thousands of troops arrived.",
    "[[TROY]], [[N.C.]] (AP) — The sheriff resigned Tuesday.",
    "(Reuters) - Floods hit [[Karachi]] on Sunday, killing nine.",
    "[[SPRINGFIELD]], [[Ill.]] -- Lawmakers went home without a budget.",
]
BEARERS = [
    "The USS George Washington left [[Yokosuka]] on Tuesday.",
    "Paris Hilton visited the children's ward on Friday.",
    "The Washington Post reported the deal first.",
    "The Houston Rockets lost to the Utah Jazz in [[Denver]].",
    "She studied law at Brown University before moving to [[Ohio]].",
    "Qatar Airways and Air France cancelled flights to [[Doha]].",
    "Scientists studied the West Nile virus in [[Texas]].",
    "A Yorkshire terrier won the show in [[Birmingham]].",
    "The concert in March drew thousands; the next is in May.",
    "The Bank of America building was empty.",
    "The crash closed Washington Street for an hour.",
    "Rep. Dale Houston, a lawyer from [[Lubbock]], voted no.",
    'The play "Lost in Vienna" opened on Friday.',
    "Toyota and Nissan raised prices.",
    "Hurricane Katrina flooded much of [[New Orleans]].",
    "The Duke of York and the Prince of Wales were there.",
]
BODIES = [
    "The [[U.S.|in-a-name]] Food and Drug Administration approved the vaccine.",
    "The [[Nevada|in-a-name]] National Guard was called up.",
    "The [[Tokyo|in-a-name]] District Court ruled against the ministry.",
    "The Health Ministry of [[Uganda|in-a-name]] confirmed the case.",
    "The [[Franklin County|in-a-name]] Sheriff's Office found the car.",
    "The [[U.S.|in-a-name]] Supreme Court will hear the case.",
]
PEOPLES = [
    "[[American|demonym]] and [[French|demonym]] diplomats walked out.",
    "She speaks French and a little German.",
]
NAMES = [
    "[[The Hague]] is home to a court. The [[Northern Territory]] has none.",
    "She flew from [[Abuja]] to [[Addis Ababa]] by way of the [[Bahamas]].",
    "He was taken to a hospital in [[Parkersburg]], [[W.Va.]] Troopers are investigating.",
    "Sailors trained at [[Naval Air Station Fallon]] in [[Nevada]].",
    "The honor guard stood at [[Camp Asaka]] near [[Tokyo]].",
    "[[Tokyo]] faces [[Beijing]]'s rapid military buildup.",
    "Officials in the [[UAE]] and the [[DRC]] declined to comment.",
    "He has lived in [[Fresno]], [[Calif.]], since 1990.",
    "The talks covered the [[South]] and [[East China seas]].",
    "Delegations from [[North]] and [[South Korea]] met.",
    "Tornadoes were seen in [[Clarke]], [[Oconee]] and [[Barrow]] counties.",
    "Fighting went on in northern [[Iraq]] and around [[Mosul]].",
    "Fires burned across southern [[California]].",
    "[[Houston]] Mayor Anna Whitfield opened the bridge.",
    "The mayor of [[Boston]] thanked the firefighters.",
    "The [[Japan]]-[[U.S.]] alliance was discussed in [[Washington]].",
    "A [[London]]-based charity sent doctors to [[Gaza]].",
    "Prices rose in [[Germany]], [[France]], [[Italy]] and [[Spain]].",
    "The carrier sailed through the [[Strait of Hormuz]] into the [[Persian Gulf]].",
    "Ebola spread from [[Guinea]] to [[Sierra Leone]] and [[Liberia]].",
    "The village of [[Pandi]], north of [[Manila]], was evacuated.",
    "Residents of [[Flint]] still buy bottled water.",
    "Rains are expected in [[New South Wales]] and [[Victoria]].",
]


HEADLINES = [
    "Man Killed in [[Paris]] Crash Near [[Athens]]\nPolice said the crash in [[Paris]], [[Texas]], happened at noon.",
    "Premier Heads to [[Tokyo]] After [[Seoul]] Talks",
    "Fire in [[Flagstaff]] Forces Hundreds From Homes, Officials Say",
    "FLOODS CUT OFF TOWNS IN [[QUEENSLAND]]\nThe army flew food to the people of [[Ingham]].",
    "[[Toronto]]",
    "[[Kyiv]], [[Ukraine]]",
]


@pytest.mark.parametrize("marked", HEADLINES)
def test_the_capitals_of_a_headline_make_no_names(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


@pytest.mark.parametrize("marked", DATELINES)
def test_a_dateline_names_where_the_report_was_written(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


@pytest.mark.parametrize("marked", BEARERS)
def test_what_only_bears_the_name_of_a_place_is_none(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


@pytest.mark.parametrize("marked", BODIES)
def test_a_public_body_carries_its_place(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


@pytest.mark.parametrize("marked", PEOPLES)
def test_the_adjective_of_a_place_is_a_demonym_but_a_language_is_not(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


@pytest.mark.parametrize("marked", NAMES)
def test_a_place_is_found_by_its_whole_name_and_nothing_more(gazetteer: Gazetteer, marked: str) -> None:
    _check(gazetteer, marked)


def test_the_name_of_a_person_given_in_full_stays_a_persons(gazetteer: Gazetteer) -> None:
    _check(gazetteer, "Tyler Jackson, a nurse in [[Tulsa]], sued. Jackson said that he was fired. Jackson won.")


def test_toponyms_come_in_the_order_of_the_text_and_do_not_overlap(gazetteer: Gazetteer) -> None:
    for _, text, _ in articles():
        found = _found(gazetteer, text)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(("file", "least"), [("articles.txt", 0.94), ("held_back.txt", 0.86)])
def test_reports_of_every_kind_are_read_well(gazetteer: Gazetteer, file: str, least: float) -> None:
    right = found = wanted = 0
    reports = articles(file)
    for (_, _, toponyms), doc in zip(reports, parse(text for _, text, _ in reports), strict=True):
        spans = {(one.start, one.end) for one in find_toponyms(doc, gazetteer)}
        marked = {(one.start, one.end) for one in toponyms}
        right, found, wanted = right + len(spans & marked), found + len(spans), wanted + len(marked)
    assert 2 * right / (found + wanted) >= least


@pytest.mark.parametrize(
    "text",
    ["", " \n\n\t ", "A" * 100_000, "x" * 100_000, "A-" * 5_000, "(" * 3_000, "\u202eParis\u200b \ufffd\u0301 \x00"],
    ids=["empty", "blank", "one long word", "one long small word", "hyphens", "brackets", "odd signs"],
)
def test_hostile_text_is_read_without_an_error(gazetteer: Gazetteer, text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in _found(gazetteer, text))


def test_markup_in_a_text_is_only_text(gazetteer: Gazetteer) -> None:
    _check(gazetteer, "<b>Floods</b> hit [[Jakarta]] &amp; [[Manila]] on Sunday. <script>alert('x')</script>")


def test_a_name_said_many_times_is_found_each_time(gazetteer: Gazetteer) -> None:
    assert len(_found(gazetteer, "He went to Paris. " * 300)) == 300


def test_all_toponyms_of_a_text_are_placed_together(gazetteer: Gazetteer) -> None:
    text = "ATHENS, Ga. — The council met in Athens. Trucks from Winterville and Atlanta pass through."
    placed = resolved(text, _found(gazetteer, text), gazetteer)
    assert len(placed) == 5
    for one in placed:
        assert one.resolution is not None
        assert one.resolution.place is not None
        assert (one.resolution.place.country, one.resolution.place.admin1) == ("US", "Georgia"), one


def test_names_that_share_a_word_are_placed_by_their_whole_names(gazetteer: Gazetteer) -> None:
    text = "Ships crossed the South and East China seas. Envoys of North and South Korea met."
    placed = resolved(text, _found(gazetteer, text), gazetteer)
    names = [one.resolution.place.name for one in placed if one.resolution and one.resolution.place]
    assert names == ["South China Sea", "East China Sea", "North Korea", "South Korea"]


def test_no_toponyms_are_placed_nowhere(gazetteer: Gazetteer) -> None:
    assert resolved("Nothing happened.", (), gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The trawler put out from St. John's in Canada on Jan. 9.", ["St. John's", "Canada"]),
        ("A fair was held in Bishop's Castle in November.", ["Bishop's Castle"]),
        ("She flew to King's Lynn from Oslo's harbour.", ["King's Lynn", "Oslo"]),
        ("Residents of Graeagle were ordered to leave on Saturday.", ["Graeagle"]),
    ],
)
def test_a_name_is_found_with_its_apostrophe_and_by_those_who_live_there(
    gazetteer: Gazetteer, text: str, names: list[str]
) -> None:
    (doc,) = parse([text])
    assert [one.text for one in find_toponyms(doc, gazetteer)] == names
