"""The fields of a story's own: what type each column is of, by its values, and what its values then say.

The rule, in order, over the values that say something ("n/a" and its like do not): four in five of them must fit.
Yes or no in any of the usual languages; pictures; links; days; numbers, with one unit at most. What is left is a
category where its words are short and come again, among three values two different ones at most on average, and text
otherwise. A column that is called by a word for pictures, videos, posts, archived copies or what is graphic is taken at
that word if half of its values fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from geo.normalise import fold
from story.exc import DateFormatError
from story.model import DateSpan, Problem, Report
from story.model.dates import parse_when
from story.model.fields import (
    Field,
    FieldType,
    decimal_of,
    is_bare_digit,
    is_picture,
    read_link,
    read_number,
    read_yes_no,
)
from story.model.media import Role, role_of
from story.model.outlines import OUTLINE
from story.tables.values.days import is_blank, order_of, read_day
from story.tables.values.months import MONTHS

_MISFITS = 5
"""One in so many of the values may be none of a type for it to be guessed all the same."""
_LOOKED_AT = 400
"""So many different values tell what a column is of."""
_MOST_CATEGORIES = 100
_LONGEST_CATEGORY = 60
_LONGEST_DAY = 60
_LONGEST_SHOWN = 80
# A day has a year of four digits, or two groups of digits: "CV 63" is a ship.
_DATED = re.compile(r"\d{4}|\d\D+\d")

_BY_ROLE: Mapping[Role, FieldType] = {
    "picture": "picture", "video": "link", "post": "link", "graphic": "yes/no", "archive": "link",
}  # fmt: skip

WANTED: Mapping[FieldType, str] = {
    "number": "is not a number, such as 1,234 or 12.5",
    "yes/no": "is neither yes nor no",
    "date": "is not a date, such as 2025-10-29",
    "link": "is not a link; it must begin with http:// or https://",
    "picture": "is not a picture's address; it must begin with http:// or https://",
}
"""What is told of a value that does not fit."""


def fields_of(reports: Sequence[Report], types: Mapping[str, FieldType]) -> tuple[Field, ...]:
    """The fields that any of the reports gives, in the order of their columns; `types` are those a person set."""
    values: dict[str, Counter[str]] = {}
    for report in reports:
        for name, value in report.fields:
            found = values.get(name)
            if found is None:
                found = values[name] = Counter()
            found[value] += 1
    return tuple(
        _field(name, counts, types.get(name)) for name, counts in values.items() if not _is_outline(name, counts)
    )


def _is_outline(name: str, counts: Counter[str]) -> bool:
    """The outline of an area is drawn, not shown."""
    return name == OUTLINE and all(value.startswith("{") for value in counts)


def _field(name: str, counts: Counter[str], given: FieldType | None) -> Field:
    said = Counter({value: count for value, count in counts.items() if not is_blank(value)})
    kind = given or guess(name, said)
    some = list(islice(said, _LOOKED_AT))
    day_first = order_of(some).settled if kind == "date" else None
    return Field(name, kind, given is not None, decimal_of(some) if kind == "number" else ".", day_first)


def guess(name: str, said: Counter[str]) -> FieldType:
    """The type of a column of this name; `said` counts its values, blank ones left out."""
    if not said:
        return "text"
    some = dict(islice(said.items(), _LOOKED_AT))
    role = role_of(name)[0]
    if (by_name := _BY_ROLE.get(role)) and _half_fit(some, _is_linked if role == "picture" else _FITS[by_name]):
        return by_name
    digits = all(map(is_bare_digit, some))
    if not digits and _fit(some, _FITS["yes/no"]):
        return "yes/no"
    for kind in ("picture", "link", "date"):
        if _fit(some, _FITS[kind]):
            return kind
    if _are_numbers(some):
        return "number"
    total = sum(said.values())
    short = all(len(value) <= _LONGEST_CATEGORY and "\n" not in value for value in some)
    return "category" if short and len(said) <= min(_MOST_CATEGORIES, 2 * total // 3) else "text"


def _fit(values: Mapping[str, int], fits: Callable[[str], bool]) -> bool:
    """Whether enough of the values do; given up once too many do not."""
    most = sum(values.values()) // _MISFITS
    missing = 0
    for value, count in values.items():
        if not fits(value):
            missing += count
            if missing > most:
                return False
    return True


def _half_fit(values: Mapping[str, int], fits: Callable[[str], bool]) -> bool:
    """Whether half of the values do, which is enough where the name says what they should be."""
    return 2 * sum(count for value, count in values.items() if fits(value)) >= sum(values.values())


def _is_day(value: str) -> bool:
    # "2016" alone is a number as well as a year, and so is "1200".
    return bool(_DATED.search(value)) and read_number(value) is None and read_date(value) is not None


def _is_linked(value: str) -> bool:
    return is_picture(value) or bool(read_link(value))


_FITS: Mapping[FieldType, Callable[[str], bool]] = {
    "yes/no": lambda value: read_yes_no(value) is not None,
    "picture": is_picture,
    "link": lambda value: bool(read_link(value)),
    "date": _is_day,
}


def _are_numbers(values: Mapping[str, int]) -> bool:
    """Numbers of one unit. One that begins with a nought is a code: "00447"."""
    units: Counter[tuple[str, str]] = Counter()
    codes = 0
    for value, count in values.items():
        number = read_number(value)
        if number and fold(number.after).rstrip(".") in MONTHS:
            return False
        if number:
            units[number.before, number.after] += count
            codes += count * (len(value) > 1 and value.isdecimal() and value.startswith("0"))
    del units["", ""]
    kinds = units.most_common()
    return (
        not codes
        and _fit(values, lambda value: read_number(value) is not None)
        and sum(count for _, count in kinds[1:]) <= sum(values.values()) // _MISFITS
    )


def read_date(text: str, day_first: bool | None = None) -> DateSpan | None:
    """The day or days that a cell says, as EDTF or as people write them; None for anything else."""
    if len(text) > _LONGEST_DAY or not any(map(str.isdigit, text)):
        return None
    try:
        return parse_when(text)
    except DateFormatError:
        try:
            return parse_when(read_day(text, day_first))
        except DateFormatError:
            return None


def fits(field: Field, value: str) -> bool:
    """Whether a value is of its field's type; one that says nothing is."""
    if field.type in ("text", "category") or is_blank(value):
        return True
    if field.type == "number":
        return read_number(value, field.decimal) is not None
    if field.type == "date":
        return read_date(value, field.day_first) is not None
    if field.type == "picture":
        return _is_linked(value)
    return _FITS[field.type](value)


def unused(types: Iterable[str], reports: Iterable[Report]) -> tuple[Problem, ...]:
    """A problem for each column that story.toml gives a type, and that no report has."""
    known = {name for report in reports for name, _ in report.fields}
    return tuple(
        Problem(
            "story.toml", None, "fields", name, f"“{name[:_LONGEST_SHOWN]}” is a column of no report. Correct its name."
        )
        for name in types
        if name not in known
    )


def misfits(reports: Iterable[Report], fields: Sequence[Field], file: str) -> tuple[Problem, ...]:
    """A problem for each cell that is not of its column's type. Its row is shown all the same."""
    by_name = {field.name: field for field in fields if field.type in WANTED}
    known: dict[tuple[str, str], bool] = {}
    told: set[tuple[str, str, str]] = set()
    problems = []
    for report in reports:
        for name, value in report.fields:
            field = by_name.get(name)
            if field is None:
                continue
            right = known.get((name, value))
            if right is None:
                right = known[name, value] = fits(field, value)
            # A later report that takes a value over does not say it again.
            if not right and (report.event, name, value) not in told:
                told.add((report.event, name, value))
                shown = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
                message = f"'{shown}' {WANTED[field.type]}. Correct it, or give “{name}” another type."
                problems.append(Problem(file, report.line, name, shown, message, report.row))
    return tuple(problems)
