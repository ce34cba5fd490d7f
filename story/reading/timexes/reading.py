"""All times of a text in order, each read with what was told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from story.exc import DateFormatError
from story.model.dates import parse_when
from story.reading.timexes import absolute, clock, days, durations, feasts, periods, references, relative
from story.reading.timexes.edtf import edtf_of
from story.reading.timexes.grammar import Find, Finds, Reading, Scene
from story.reading.timexes.moments import moment
from story.reading.timexes.tokens import Tokens, tokenise
from story.reading.timexes.words import Kind
from story.reading.values import Timex

RULES = (
    *absolute.RULES,
    *periods.RULES,
    *feasts.RULES,
    *days.RULES,
    *relative.RULES,
    *clock.RULES,
    *durations.RULES,
    *references.RULES,
)
_SAID = frozenset({"said", "announced", "reported", "told", "confirmed", "added"})
_CLOCK = frozenset(clock.RULES)
_DAYS = frozenset((*absolute.RULES, *days.RULES))
_BESIDE = frozenset((Kind.COMMA, Kind.ON, Kind.OPEN, Kind.CLOSE))
_TIMED = re.compile(r"T[0-9]{2}:")
_PART = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(MO|AF|EV|NI)")
_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?:T[0-9:]{5})?")
_DAY = re.compile(r"(?:[0-9]{4}|XXXX)-[0-9X]{2}-[0-9X]{2}")


def find_timexes(text: str, published: date | None) -> tuple[Timex, ...]:
    """The times that an English text names, in order, with TIMEX3 types and values and EDTF; none overlaps another.

    Relative ones count from `published`, the day that the text is of; without it from the last day that it told. Words
    are taken as annotators of news take them: no preposition, "about" and "more than" with a length, "ago" and "later"
    with theirs. Two days or years of a range are two times, each with the whole range as its EDTF. A decade is `199`, a
    week `2025-W44`, a part of a day `2025-10-24TNI`; what the text does not tell is X.
    """
    tokens = tokenise(text)
    found = Finds(tokens, RULES)
    scene = Scene(tokens, moment(published) if published else None)
    readings: list[Reading] = []
    waiting = list(reversed(found.kept))
    while waiting:
        find = waiting.pop()
        read = find.rule.read(find, _with_day(find, waiting, scene))
        if not read:
            waiting.extend(reversed(found.instead_of(find)))
            continue
        readings.extend(read)
        if not (_is_ahead(scene) and _is_of_a_report(tokens, read[0].first)):
            scene = _after(scene, read)
    return tuple(_timex(tokens, reading) for reading in _ranged(tokens, list(_joined(readings))))


def _is_ahead(scene: Scene) -> bool:
    """Whether what was told last is a plan, from which the next days are counted and not from when it was said."""
    return bool(scene.told and scene.published and scene.told.day and scene.told > scene.published)


def _is_of_a_report(tokens: Tokens, first: int) -> bool:
    """Whether a day is that on which something was said: "the club announced on Friday"."""
    before = [token.low for token in tokens.items[max(0, first - 2) : first]]
    return bool(before) and (before[-1] in _SAID or (before[-1] == "on" and before[0] in _SAID))


def _after(scene: Scene, read: Sequence[Reading]) -> Scene:
    """The scene after some readings: their last moment is what later words refer to."""
    told = [reading.moment for reading in read if reading.moment is not None]
    if not told:
        return scene
    days = [moment for moment in told if moment.day]
    return replace(scene, told=told[-1], at=read[-1].last, told_day=days[-1] if days else scene.told_day)


def _with_day(find: Find, waiting: list[Find], scene: Scene) -> Scene:
    """The scene for a time of day: the day that comes right after it ("at 10 a.m. on Tuesday") is its own."""
    if find.rule not in _CLOCK:
        return scene
    last = find.last
    for other in reversed(waiting[-2:]):
        if not _BESIDE.issuperset(find.tokens.kinds[last + 1 : other.first]):
            break
        if other.rule in _DAYS:
            return _after(scene, other.rule.read(other, scene))
        if other.rule not in _CLOCK:
            break
        last = other.last  # "at 1 p.m. (1700 GMT) on Tuesday"
    if scene.published is None or scene.told_in_sentence(find.first):
        return scene
    return replace(scene, told=scene.told if scene.told is not None and scene.told.day else scene.published)


def _joined(readings: list[Reading]) -> Iterator[Reading]:
    """A time of day and the day right beside it made one: "10 p.m. Tuesday", "12:00 UTC today"."""
    held: Reading | None = None
    for reading in readings:
        if held is not None and held.last + 1 == reading.first and (whole := _one(held, reading)):
            held = whole
            continue
        if held is not None:
            yield held
        held = reading
    if held is not None:
        yield held


def _one(left: Reading, right: Reading) -> Reading | None:
    time, day = (left, right) if _TIMED.search(left.value) else (right, left)
    if time is left and _TIMED.search(time.value) and (part := _PART.fullmatch(day.value)):
        # "7:30 this morning", "10:15 tonight"
        hour = int(time.value[time.value.index("T") + 1 :][:2])
        hour += 12 if part[2] in ("AF", "EV", "NI") and hour < 12 else 0
        rest = time.value[time.value.index("T") + 3 :]
        return Reading(left.first, right.last, "TIME", f"{part[1]}T{hour:02}{rest}", day.moment)
    if not _TIMED.search(time.value) or not _DAY.fullmatch(day.value) or day.type != "DATE":
        return None
    value = day.value + time.value[time.value.index("T") :]
    return Reading(left.first, right.last, "TIME", value, day.moment)


def _ranged(tokens: Tokens, readings: list[Reading]) -> list[Reading]:
    """Both ends of what lasts from one to the other given the whole of it as EDTF: "from Dec. 1 to Dec. 5"."""
    found = list(readings)
    for place, (left, right) in enumerate(pairwise(readings)):
        between = [token.low for token in tokens.items[left.last + 1 : right.first]][:2]
        opened = left.first > 0 and tokens.items[left.first - 1].low == "from"
        if between not in (["through"], ["-"], ["–"]) and not (opened and between in (["to"], ["until"], ["till"])):
            continue
        start, stop = edtf_of(left.value), edtf_of(right.value)
        if left.type == right.type and _PLAIN.fullmatch(start) and _PLAIN.fullmatch(stop) and start < stop:
            found[place] = found[place]._replace(edtf=f"{start}/{stop}")
            found[place + 1] = right._replace(edtf=f"{start}/{stop}")
    return found


def _timex(tokens: Tokens, reading: Reading) -> Timex:
    start, end = tokens.items[reading.first].start, tokens.items[reading.last].end
    edtf = next(filter(_is_in_calendar, (reading.edtf, edtf_of(reading.value))), "")
    return Timex(start, end, tokens.text[start:end], reading.type, reading.value, edtf)


def _is_in_calendar(edtf: str) -> bool:
    """Whether a date can be read: the 29th of February of a year without one and the winter of 9999 cannot."""
    try:
        return bool(edtf) and bool(parse_when(edtf))
    except DateFormatError:
        return False
