"""The nouns that stand for people and ships: offices, groups, kinds of vessel."""

from __future__ import annotations

VESSELS = frozenset(
    "carrier ship warship vessel destroyer frigate cruiser submarine boat ferry tanker freighter cutter"
    " corvette battleship flagship yacht trawler icebreaker liner barge minesweeper lifeboat tug dredger"
    " ketch schooner".split()
)
ROLES = frozenset(
    "president secretary minister premier chancellor king queen prince princess pope senator governor mayor"
    " ambassador general admiral commander chief director chairman chairwoman chair spokesman spokeswoman"
    " spokesperson captain representative congressman congresswoman leader envoy candidate judge lawyer"
    " attorney prosecutor bishop coach professor sheriff officer colonel superintendent councilman"
    " councilwoman councillor councilor deputy lawmaker official diplomat monarch pontiff founder singer"
    " actor author driver suspect defendant teenager quarterback striker goalkeeper manager owner executive"
    " businessman businesswoman archbishop engineer pilot skipper doctor nurse teacher farmer activist"
    " journalist reporter poet novelist scientist astronaut flanker fly-half winger".split()
)
GROUPS = frozenset(
    "officials troops soldiers sailors marines delegation team players protesters demonstrators workers"
    " teachers students firefighters police militants rebels fighters ministers leaders lawmakers nurses"
    " miners farmers doctors activists residents members delegates envoys diplomats forces crews crew"
    " passengers migrants refugees astronauts pilots officers investigators rescuers supporters employees"
    " staff union drivers councilors councillors council airmen commanders volunteers veterans athletes"
    " runners cyclists deputies detectives troopers crews rescuers cadets clerics board federation union jury"
    " commission committee band orchestra choir squad side guards gunmen prosecutors negotiators scientists"
    " engineers strikers dockworkers parents commissioners women men children families people villagers fans"
    " tourists monks nuns clergy jurors electricians steelworkers".split()
)
_HUMAN = ("ers", "ors", "ists", "ees", "cians", "men", "women", "ents", "ants", "ards", "folk", "mates", "workers")
_THINGS = frozenset(
    "flowers numbers papers powers orders matters letters borders rivers waters towers computers helicopters tankers"
    " carriers destroyers freighters fires shelters quarters barriers servers members factors sectors motors doors"
    " errors colors colours years trees degrees fees committees events documents agreements payments statements"
    " residents' accidents incidents tents students' plants restaurants grants rents cents parents' movements"
    " investments apartments departments governments continents cards boards awards standards yards hazards"
    " records covers centers centres theaters theatres offers quarters winters summers chambers corners"
    " dollars lists elements announcements instruments monuments components comments moments talents"
    " currents segments".split()
)


def is_group_noun(word: str, tag: str) -> bool:
    """Whether a common noun stands for several people."""
    if word in GROUPS:
        return True
    return tag == "NNS" and word.endswith(_HUMAN) and word not in _THINGS


SYNONYMS = {"pontiff": "pope", "monarch": "king", "premier": "minister", "skipper": "captain"}
"""Offices by the word that a bearer of them is introduced with."""
