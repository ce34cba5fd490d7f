"""Which year a month is of, and which week a weekday is of, where the text does not say."""

from __future__ import annotations

from datetime import date, timedelta

from story.reading.timexes.grammar import Find, Scene, pattern
from story.reading.timexes.moments import Moment, days_in, moment
from story.reading.timexes.tense import tense_of


def completed(find: Find, scene: Scene, month: int, day: int = 0) -> Moment:
    """A month, or a day of one, in the year that fits: in news by tense and nearness to the day of publication, in a
    history that of the date told before. Year 0 where nothing tells.

    The first of two takes the year from the second ("between May and July 2003", "from Nov. 3 to Jan. 9, 1999").
    """
    tokens = find.tokens
    if (following := _JOINED.match(tokens.kinds, find.last + 1)) and (
        year := tokens.items[following.start("year")].number
    ):
        second = int(tokens.items[following.start("month")].number)
        return Moment(int(year) - (second < month), month, day)
    if scene.published is None:
        return _told_year(scene.told, month, day)
    here = scene.published
    offered = [Moment(year, month, day) for year in (here.year - 1, here.year, here.year + 1)]
    offered = [each for each in offered if day <= days_in(each.year, month)] or offered[1:2]
    past = [each for each in offered if each <= _as_precise(here, day)]
    ahead = [each for each in offered if each >= _as_precise(here, day)]
    tense = tense_of(tokens, find.first, find.last)
    # Nobody leaves out the year of a day that is nearly a year away, though many do of a month.
    most = 10 if day else 12
    if tense == "future" and ahead and _months(here, ahead[0]) < most:
        return ahead[0]
    if tense == "past" and past and _months(past[-1], here) < most:
        return past[-1]
    return min(offered, key=lambda each: abs(_months(here, each)))


_JOINED = pattern(
    "[HYPHEN AND TO SIGN OTHER] (?: THE EDGE OF | EARLY | MID HYPHEN? )? THE? MONTHDAY?"
    " (?P<month>MONTH) MONTHDAY? [COMMA OF]? (?P<year>YEAR)"
)


def _told_year(told: Moment | None, month: int, day: int) -> Moment:
    """A month of a history: of the year told of last, and January after December of the next."""
    if told is None:
        return Moment(0, month, day)
    return Moment(told.year + (told.month - month > 10), month, day)


def _as_precise(here: Moment, day: int) -> Moment:
    return here if day else Moment(here.year, here.month)


def _months(start: Moment, stop: Moment) -> float:
    return (stop.year - start.year) * 12 + stop.month - start.month + (stop.day - start.day) / 31


def weekday(find: Find, scene: Scene, number: int, which: str = "") -> Moment | None:
    """The day that a weekday names: by the word before it ("last", "next", "this"), else by the tense of its clause.

    The day of publication itself counts as the last one and as the next one. None without a day to count from.
    """
    here = scene.published or scene.there
    start = here.date if here else None
    if start is None:
        return None
    back = (start.weekday() - number) % 7
    ahead = (number - start.weekday()) % 7
    tense = tense_of(find.tokens, find.first, find.last)
    if which in ("last", "past", "previous"):
        return _shifted(start, -(back or 7))
    if which in ("next", "coming", "upcoming", "following"):
        return _shifted(start, ahead or 7)
    if which == "this":
        return _shifted(start, ahead if tense != "past" else -back)
    return _shifted(start, ahead if tense == "future" else -back)


def _shifted(start: date, days: int) -> Moment | None:
    try:
        return moment(start + timedelta(days=days))
    except OverflowError:
        return None


def full_year(short: int, scene: Scene) -> int:
    """The year that two digits stand for: the nearest one to the day of the text, at most ten years ahead of it."""
    here = scene.here.year if scene.here else 2000
    year = here - here % 100 + short
    return year - 100 if year > here + 10 else year + 100 if year <= here - 90 else year
