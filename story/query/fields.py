"""What a story's own fields do to what is shown: filters by a field, colours by a category, sizes by a number.

An event has the values of its latest report. Pure functions; what they work out about one tuple of events is kept by
its identity, as in story.query.selection.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt

from story.memo import memoized
from story.model import Event
from story.model.fields import Field, read_number, read_yes_no
from story.tables.values.days import is_blank

MOST_COLOURS = 8
OTHER, NONE = 8, 9
"""The numbers of the two colours that stand behind those of the categories: for all further ones, and for no value."""
FILTERED = ("category", "number", "yes/no")
COLOURED = ("category", "yes/no")
SIZED = ("number",)


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What is asked of one field: one of `values` ("" is none, "yes" and "no" those of yes or no), or a number from
    `low` to `high`, both included, None for an open end."""

    field: Field
    values: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Colours:
    """A field's categories in colours 0 to 7, those of the most events first. `others` counts the categories that share
    OTHER, `blank` says whether some event has none, and `of` has the colour of each event by its id."""

    field: Field
    names: tuple[str, ...]
    others: int
    blank: bool
    of: Mapping[str, int] = dataclass_field(repr=False)


@dataclass(frozen=True, slots=True)
class Sizes:
    """A number as the area of a circle: `of` has it for each event by its id, `largest` is the largest of any place.

    The numbers of one place are added up, shares ("%") are not: there the largest counts. `negative` and `missing`
    count the events that have no circle.
    """

    field: Field
    how: Literal["added up", "largest"]
    largest: float
    negative: int
    missing: int
    of: Mapping[str, float] = dataclass_field(repr=False)

    def together(self, events: Iterable[Event]) -> float:
        """What the events of one place come to; 0 where none of them says anything."""
        said = [self.of[event.id] for event in events if event.id in self.of]
        return (sum(said) if self.how == "added up" else max(said)) if said else 0.0


@dataclass(frozen=True, slots=True)
class Painting:
    """What colour and size stand for; None where they stand for nothing."""

    colours: Colours | None = None
    sizes: Sizes | None = None


UNPAINTED = Painting()


class _Values:
    """The values of a tuple of events, a list for each field that is asked for."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.events = events
        self.known: dict[str, list[str]] = {}

    def of(self, name: str) -> list[str]:
        if name not in self.known:
            self.known[name] = [value_of(event, name) for event in self.events]
        return self.known[name]


_values = memoized(_Values)


def value_of(event: Event, name: str) -> str:
    """What an event says in a field; "" where it says nothing."""
    value = next((value for column, value in event.reports[-1].fields if column == name), "")
    return "" if is_blank(value) else value


def category_of(value: str, of: Field) -> str:
    """The category of a value: itself, or "yes" or "no"; "" for none."""
    if of.type != "yes/no":
        return value
    said = read_yes_no(value)
    return "" if said is None else "yes" if said else "no"


def categories(events: tuple[Event, ...], of: Field) -> tuple[str, ...]:
    """The categories of a field, "" among them if an event has none; those of the most events first."""
    counts = Counter(category_of(value, of) for value in _values(events).of(of.name))
    return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def passing(events: tuple[Event, ...], wanted: FieldFilter) -> npt.NDArray[np.bool_]:
    """Which of the events pass a filter by one field."""
    column, of = _values(events).of(wanted.field.name), wanted.field
    if of.type == "number":
        low = -np.inf if wanted.low is None else wanted.low
        high = np.inf if wanted.high is None else wanted.high
        numbers = (read_number(value, of.decimal) for value in column)
        inside = [one is not None and low <= one.value <= high for one in numbers]
        return np.array(inside, dtype=np.bool_)
    fit = {value: category_of(value, of) in wanted.values for value in set(column)}
    return np.array([fit[value] for value in column], dtype=np.bool_)


def read_filters(texts: Iterable[str], fields: Sequence[Field]) -> tuple[tuple[FieldFilter, ...], tuple[str, ...]]:
    """The filters that an address asks for, each as NAME:VALUE, and what of it cannot be understood.

    Several values of a category are several texts; NAME: alone asks for events without a value; a number is
    NAME:LOW..HIGH, either side may be left out.
    """
    found: dict[str, FieldFilter] = {}
    ignored = []
    filtered = [one for one in fields if one.type in FILTERED]
    for text in texts:
        # A name may have a colon in it: the longest one that fits is meant.
        meant = [one for one in filtered if text.startswith(f"{one.name}:")]
        of = max(meant, key=lambda one: len(one.name)) if meant else None
        wanted = _read_filter(of, text[len(of.name) + 1 :]) if of else None
        if of is None or wanted is None:
            ignored.append(text)
            continue
        before = found.get(of.name)
        found[of.name] = replace(wanted, values=before.values | wanted.values) if before else wanted
    return tuple(found.values()), tuple(ignored)


def _read_filter(of: Field, text: str) -> FieldFilter | None:
    if of.type == "category":
        return FieldFilter(of, frozenset([text.strip()]))
    if of.type == "yes/no":
        said = category_of(text, of)
        return FieldFilter(of, frozenset([said])) if said or not text.strip() else None
    low, dots, high = text.partition("..")
    try:
        ends = [float(end) if end.strip() else None for end in (low, high if dots else low)]
    except ValueError:
        return None
    if any(end is not None and not isfinite(end) for end in ends) or ends == [None, None]:
        return None
    return FieldFilter(of, frozenset(), *ends)


def write_filter(wanted: FieldFilter) -> tuple[str, ...]:
    """The filter as `read_filters` reads it; nothing where it asks for nothing."""
    name = wanted.field.name
    if wanted.field.type != "number":
        return tuple(f"{name}:{value}" for value in sorted(wanted.values))
    if wanted.low is None and wanted.high is None:
        return ()
    low, high = ("" if end is None else f"{end:.12g}" for end in (wanted.low, wanted.high))
    return (f"{name}:{low}..{high}",)


def _ranked(every: tuple[Event, ...], of: Field) -> tuple[str, ...]:
    return tuple(name for name in categories(every, of) if name)


def _colours(events: tuple[Event, ...], ranked: tuple[str, ...], of: Field) -> Colours:
    number = {name: min(at, OTHER) for at, name in enumerate(ranked)} | {"": NONE}
    code = {value: number.get(category_of(value, of), OTHER) for value in set(_values(events).of(of.name))}
    codes = {event.id: code[value] for event, value in zip(events, _values(events).of(of.name), strict=True)}
    return Colours(of, ranked[:MOST_COLOURS], max(0, len(ranked) - MOST_COLOURS), NONE in codes.values(), codes)


def _sizes(events: tuple[Event, ...], of: Field) -> Sizes:
    said: dict[str, float] = {}
    negative = shares = 0
    for event, value in zip(events, _values(events).of(of.name), strict=True):
        number = read_number(value, of.decimal)
        if number is None:
            continue
        shares += number.after in ("%", "‰")
        if number.value < 0:
            negative += 1
        else:
            said[event.id] = number.value
    how: Literal["added up", "largest"] = "largest" if shares else "added up"
    sizes = Sizes(of, how, 0.0, negative, len(events) - len(said) - negative, said)
    there: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.place:
            there[event.place.id].append(event)
    largest = max((sizes.together(some) for some in there.values()), default=0.0)
    return Sizes(of, how, largest, negative, sizes.missing, said)


ranking = memoized(_ranked)
"""The categories of a field, those of the most events first."""
colours = memoized(_colours)
"""The colours of some events by a category. The `ranking` of all the story's events tells which category has which, so
that a filter or a day changes no colour."""
sizes = memoized(_sizes)
"""The sizes of some events by a number. Those that a filter leaves are drawn to the scale of all."""
