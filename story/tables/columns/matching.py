"""Which columns of a table are which fields of a story: a guess by headers first, and by what is in them second."""

from __future__ import annotations

import re
from contextlib import suppress
from types import MappingProxyType

from story.exc import DateFormatError
from story.model.columns import REQUIRED
from story.tables.columns.assignment import Columns
from story.tables.columns.matched import FIELDS, Match, Matching, Question, day_order, questions
from story.tables.columns.vocabulary import WHOLE, own_name
from story.tables.columns.where import Fields, place, point
from story.tables.table import Table
from story.tables.values.days import order_of, read_day

_OF_VICTIMS = ("age", "sex", "gender", "race", "ethnicity", "manner_of_death", "cause_of_death", "injury")

__all__ = ["FIELDS", "Match", "Matching", "Question", "day_order", "guess", "questions"]


def guess(table: Table) -> Matching:
    """Every field's likeliest columns, by header first and by what is in them second."""
    fields = _own(table)
    own = bool(fields)
    if not own:
        columns = Columns(table)
        found = _when(columns)
        points = point(columns)
        found += points + place(columns, points) + _told(columns)
        fields = {field: match for field, match in found if match}
    matching = Matching(table.headers, MappingProxyType(fields), own=own)
    return matching.with_day_first(day_order(table, matching).settled)


def _own(table: Table) -> dict[str, Match]:
    """The matching of a reports.csv; empty where the table is none."""
    found: dict[str, Match] = {}
    for number, header in enumerate(table.headers):
        if (name := own_name(header)) and name not in found:
            found[name] = Match((number,), "named so", 1.0)
    return found if all(name in found for name in REQUIRED) else {}


def _when(columns: Columns) -> Fields:
    """From one column, from the parts of a day, or from a year and the rest; then the end and the time of day."""
    when = columns.take("when", "dates", least=0.3)
    parts = [columns.best(field, field) for field in ("year", "month", "day")]
    if parts[0] and parts[1] and (when is None or (parts[2] and when.score < 0.5)):
        whole = _whole_beside(columns, parts[0][0], parts[1][0])
        when = whole or Match(_parts(columns, parts), "its parts", 0.9)
    elif when is None:
        if parts[0] and (partial := columns.best("when", "partial_dates")):
            columns.taken.update({parts[0][0], partial[0]})
            return [("when", Match((parts[0][0], partial[0]), "a year and the rest", 0.7))]
        when = columns.take("year", "year") or columns.by_content("dates", 0.7, "its cells are dates")
        when = when or columns.take("when", "partial_dates", least=0.5)
        if when is None:
            return []
    elif columns.evidence[when.columns[0]].partial_dates > 0.5 and parts[0]:
        columns.taken.add(parts[0][0])
        when = Match((parts[0][0], *when.columns), "a year and the rest", 0.7)
    ends = [columns.best(f"{field}2", field) for field in ("year", "month", "day")]
    until = columns.take("until", "dates")
    if until is None and ends[0] and ends[1] and len(when.columns) > 1:
        until = Match(_parts(columns, ends), "its parts", 0.9)
    return [("when", when), ("until", until), ("time", columns.take("time", "clocks", least=0.5))]


def _whole_beside(columns: Columns, year: int, month: int) -> Match | None:
    """A column of whole dates that says the same year and month as their columns do, and the day besides."""
    number = next(
        (
            number
            for number, evidence in enumerate(columns.evidence)
            if number not in columns.taken and number not in (year, month) and evidence.dates >= 0.9
        ),
        None,
    )
    if number is None or not _agree(columns.table, number, year, month):
        return None
    columns.taken.update({number, year, month})
    return Match((number,), f"named '{columns.table.headers[number]}', and the year and month beside it agree", 0.9)


def _agree(table: Table, whole: int, year: int, month: int) -> bool:
    """Whether the dates of a column have the year and the month that two others say, in nearly every row."""
    agree = judged = 0
    day_first = order_of(table.column(whole)).settled
    for row in table.rows[:: max(1, len(table.rows) // 200)]:
        with suppress(DateFormatError):
            date = read_day(row[whole], day_first)
            said = read_day(f"{row[month]} {row[year]}") if not row[month].strip().isdecimal() else ""
            said = said or f"{row[year].strip()}-{row[month].strip().zfill(2)}"
            if re.fullmatch(r"\d{4}-\d\d-\d\d", date):
                judged += 1
                agree += date.startswith(said)
    return judged > 0 and agree >= 0.95 * judged


def _parts(columns: Columns, parts: list[tuple[int, float] | None]) -> tuple[int, ...]:
    numbers = tuple(part[0] for part in parts if part)
    columns.taken.update(numbers)
    return numbers


def _told(columns: Columns) -> Fields:
    """All that is said besides where and when."""
    found: Fields = []
    if event := columns.best("event", "ids", least=0.99):
        columns.taken.add(event[0])
        found.append(("event", Match((event[0],), "every row has another one", round(event[1], 2))))
    # Three words in ten that are known show what the column is for; the others are told one by one.
    found.append(("status", columns.take("status", "statuses", least=0.3)))
    found.append(("reported", columns.take("reported", "dates", least=0.6)))
    url = columns.take("url", "links", least=0.5) or columns.take("source", "links", least=0.5)
    found.append(("url", url or columns.by_content("links", 0.9, "its cells are links")))
    found.append(("source", columns.take("source", "outlets", least=0.3)))
    if (trip := columns.free("trip")) is not None:
        found.append(("trip", _named(columns, trip)))
    who, title = _who_and_title(columns)
    actors = _all_named(columns, "actors", columns.take("actors", "names", least=0.5))
    kind = columns.take("kind", "labels", least=0.5)
    if title and not kind and columns.evidence[title.columns[0]].few:
        # "Speech", again and again, tells what but not which.
        title, kind = None, title
    found += [("who", who), ("title", title), ("actors", actors), ("kind", kind), ("summary", _summary(columns))]
    if not any(match for field, match in found if field in ("title", "who", "actors", "kind", "summary")):
        found.append(("title", _short_texts(columns)))
    notes = columns.apart
    while len(notes) < 6 and (note := columns.take("note")):
        notes.append(note.columns[0])
    if notes:
        found.append(("note", Match(tuple(sorted(notes)), "all that is left to say", 0.5)))
    return found


def _who_and_title(columns: Columns) -> tuple[Match | None, Match | None]:
    """A column of names is who was there where it repeats or where something else is the title, else the title."""
    who = columns.take("who", "travellers", least=0.5)
    title = columns.take("title", "words", least=0.5)
    if title is not None and columns.evidence[title.columns[0]].usual > 200:
        columns.taken.discard(title.columns[0])
        title = None
    name = columns.free("name", "full_name", "names")
    again = name is not None and columns.evidence[name].repeated and not columns.evidence[name].unique
    if any(columns.called(number, *_OF_VICTIMS) for number in range(len(columns.evidence))):
        # Whose age and sex are told is a victim, and travels nowhere.
        title = title or (_named(columns, name) if name is not None else None)
    elif name is not None and who is None and (title or again or columns.free("remarks") is not None):
        who = Match((name,), "names that come again" if again else "names, beside what tells of them", 0.6)
        columns.taken.add(name)
    elif name is not None and title is None:
        title = _named(columns, name)
    if who is None and (named := _people(columns)) is not None:
        who = Match((named,), "names of people that come again", 0.5)
        columns.taken.add(named)
    return _all_named(columns, "who", who), title


def _named(columns: Columns, number: int) -> Match:
    columns.taken.add(number)
    return Match((number,), f"named '{columns.table.headers[number]}'", 0.6)


def _all_named(columns: Columns, field: str, first: Match | None) -> Match | None:
    """The column of those who are named first, with that of those who are named second."""
    if first and (second := columns.take(f"{field}2", "names", least=0.5)):
        return Match((*first.columns, *second.columns), "all who are named", first.score)
    return first


def _people(columns: Columns) -> int | None:
    """The first free column called the name of something whose cells are people, again and again."""
    for number, header in enumerate(columns.table.headers):
        evidence = columns.evidence[number]
        called = header.lower().rstrip("s").endswith("name") and not columns.names_whole(number)
        if called and number not in columns.taken and evidence.repeated and evidence.people >= 0.6:
            return number
    return None


def _summary(columns: Columns) -> Match | None:
    """The column so named; of those that are named so among other words the one with the longest texts."""
    best = columns.best("summary", "words", least=0.3)
    if best and columns.fits[best[0]]["summary"] >= WHOLE:
        return columns.take("summary", "words", least=0.3)
    return columns.longest("summary", least=0.3)


def _short_texts(columns: Columns) -> Match | None:
    """The first column of short texts that are not the same over and over, under a header that says nothing else."""
    for number, evidence in enumerate(columns.evidence):
        repeated = evidence.repeated and len(columns.table.rows) > 2
        known = columns.names_whole(number)
        if number in columns.taken or known or repeated:
            continue
        if evidence.words > 0.8 and 8 <= evidence.average <= 120:
            columns.taken.add(number)
            return Match((number,), "its cells are short texts", 0.4)
    return None
