"""Times of day with their zones: 9:30 a.m. local time, 0900 GMT, noon; they take the day that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from story.reading.timexes.grammar import Find, Reading, Rule, Scene, rule
from story.reading.timexes.words import ZONES, Kind

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")


def _time(find: Find, scene: Scene) -> Sequence[Reading]:
    hour, minute = _read(find)
    if find.has("meridiem"):
        if hour > 12:
            return []
        hour = hour % 12 + (12 if find.low("meridiem")[0] == "p" else 0)
    if hour > 24 or minute > 59:
        return []
    there = scene.there
    day = there.value if there and there.day else "XXXX-XX-XX"
    # Seconds are left out: no report tells of them.
    return find.means("TIME", f"{day}T{hour:02}:{minute:02}{_zone(find)}", there)


def _bare(find: Find, scene: Scene) -> Sequence[Reading]:
    """As in "at 10:57"; but "in 2:10:33" is how long a run took, and "in 23:4" a verse."""
    before = find.tokens.items[find.first - 1].low
    if before in ("in", "within", "during", "for", "as", "into") or find.low("bare").count(":") > 1:
        return []
    return _time(find, scene)


def _read(find: Find) -> tuple[int, int]:
    token = find.tokens.items[find.match.start("bare" if find.has("bare") else "clock")]
    if token.kind is Kind.NOON:
        return (12, 0) if token.low == "noon" else (0, 0)
    if token.kind in (Kind.FOUR, Kind.YEAR):
        return divmod(int(token.number), 100)
    if token.kind is not Kind.CLOCK:
        return int(token.number), 0
    found = _CLOCK.match(token.low)
    return (int(found[1]), int(found[2] or 0)) if found else (99, 0)


def _zone(find: Find) -> str:
    if not find.has("zone"):
        return ""
    hours = ZONES.get(find.low("zone"))
    if hours is None:
        return ""
    if find.has("offset"):
        hours = find.number("offset") * (-1 if find.low("sign") == "-" else 1)
    if hours == 0:
        return "Z"
    return f"{'-' if hours < 0 else '+'}{abs(int(hours)):02}"


# Opened brackets are closed again: "6:40 p.m. (GMT +8)".
_ZONE = """(?: (?P<open>OPEN)? (?P<zone>ZONE) (?: (?P<sign>SIGN|HYPHEN) (?P<offset>DAY))? (?(open)CLOSE)
    | ZONENAME ZONENAME? TIME )"""

RULES: tuple[Rule, ...] = (
    rule(f"APPROX? (?P<clock>CLOCK) (?P<meridiem>MERIDIEM) {_ZONE}?", _time),
    rule(f"APPROX? (?P<clock>CLOCK) CLOCKWORD {_ZONE}?", _time),
    rule(f"APPROX? (?P<clock>CLOCK) {_ZONE}", _time),
    rule("(?<=[AT IN ABOUT BEFORE AFTER AND TO]) (?P<bare>CLOCK)", _bare),
    rule(f"(?P<clock>FOUR|YEAR) (?:{_ZONE}|CLOCKWORD)", _time),
    rule(f"(?P<clock>NUMBER) CLOCKWORD {_ZONE}?", _time),
    rule(f"DAY? (?P<clock>NOON) {_ZONE}?", _time),
)
