"""A reader's own table: opened, edited, saved and read again, without a browser: `python -m benchmarks.story`.

The peer of opening is the plain way: pandas reads the table and every row's place is looked up for itself.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from benchmarks.rows import Row, print_table
from benchmarks.synthetic import DAYS, FIRST, SEED, write_story
from geo.gazetteer import Gazetteer
from story.draft import Draft, edits, settle, story_of
from story.library.revisions import Library
from story.opening.stories import open_draft
from story.placing import place_with
from story.query.selection import events_as_of


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows and different names of the table to open, rows of one as an office keeps it, events of the large story, and
    how often each is timed."""

    rows: int = 10_000
    names: int = 2_000
    office: int = 7_500
    events: int = 100_000
    times: int = 5


SHORT = Sizes(rows=2_000, names=400, office=1_500, events=10_000, times=2)
COLUMNS = ("Visitor", "Town", "Arrival", "Departure", "Remarks")


def write_table(path: Path, names: Sequence[str], rows: int) -> Path:
    """A table as a stranger keeps it: our headers nowhere, days month first, one name in fifty misspelt."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            name = names[number % len(names)]
            if number % len(names) % 50 == 0 and len(name) > 4:
                name = f"{name[:-2]}x{name[-2:]}"
            day = FIRST + timedelta(days=chance.randrange(DAYS))
            until = day + timedelta(days=chance.randrange(4))
            days = (f"{some.month}/{some.day}/{some.year}" for some in (day, until))
            writer.writerow((f"Visitor {number % 200}", name, *days, f"Meeting {number}"))
    return path


OFFICE = (
    "Case No.",
    "Date of incident",
    "Time",
    "Location",
    "City",
    "State",
    "Country",
    "Narrative",
    "Injured",
    "Link",
)
_WORDS = "crew vehicle officials residents damage report road school market storm search closed reopened late".split()


def write_office_table(path: Path, gazetteer: Gazetteer, rows: int) -> Path:
    """A table as an office gives it out: towns with their state and country, days in three ways, long remarks, gaps."""
    chance = random.Random(SEED)
    towns = [gazetteer.resolve(name).place for name in gazetteer.sample(max(2, rows // 3), seed=11)]
    known = [town for town in towns if town is not None]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(OFFICE)
        for number in range(rows):
            town = chance.choice(known)
            day = FIRST + timedelta(days=chance.randrange(DAYS))
            said = (f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat())[number % 3]
            where = f"{chance.randrange(1, 900)} Main St" if number % 4 == 0 else ""
            writer.writerow(
                (
                    f"2025-{number:05}",
                    said if number % 50 else "",
                    f"{chance.randrange(24):02}:{chance.randrange(60):02}",
                    where,
                    town.name if number % 40 else f"near {town.name}",
                    town.admin1,
                    gazetteer.country_name(town.country),
                    " ".join(chance.choices(_WORDS, k=chance.randrange(8, 60))),
                    chance.randrange(9) or "",
                    f"https://example.org/cases/{number}",
                )
            )
    return path


def measure(sizes: Sizes) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    gazetteer = Gazetteer.open()
    place = place_with(gazetteer)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as name:
        table = write_table(Path(name) / "visits.csv", gazetteer.sample(sizes.names, seed=7), sizes.rows)
        work = f"a table of {sizes.rows:,} rows with {sizes.names:,} names"
        plain = _time(lambda: _plainly(table, gazetteer), 1)
        opened = _time(lambda: open_draft(table, place), sizes.times)
        yield Row(f"{work}, opened", opened, plain, most_seconds=2)
        office = write_office_table(Path(name) / "incidents.csv", gazetteer, sizes.office)
        given_out = _time(lambda: open_draft(office, place), sizes.times)
        yield Row(f"an office's table of {sizes.office:,} rows, opened", given_out, most_seconds=3)
        draft = edits.editable(open_draft(table, place))
        yield Row(f"{work}, one cell changed → events", _edit(draft, sizes.times))
        library = Library.open(f"sqlite:///{Path(name) / 'library.sqlite'}")
        kept = library.create(draft, "Ada")
        base = iter(range(1, 1_000_000))
        yield Row(f"{work}, saved", _time(lambda: library.save(kept.id, next(base), draft, "Ada"), sizes.times))
        yield Row(f"{work}, a revision read", _time(lambda: library.draft(kept.id, 1), sizes.times))
        large = edits.editable(open_draft(write_story(Path(name) / "large", sizes.events, sizes.names), place))
        yield Row(f"a story of {sizes.events:,} events, one cell changed → events", _edit(large, sizes.times))


def _plainly(table: Path, gazetteer: Gazetteer) -> int:
    frame = pd.read_csv(table)
    frame["Arrival"] = pd.to_datetime(frame["Arrival"], format="%m/%d/%Y")
    return sum(1 for town in frame["Town"] if gazetteer.resolve(town).place is not None)


def _edit(draft: Draft, times: int) -> float:
    """Seconds from a changed cell to the events that it makes: all that the page works out anew but the drawing."""
    key = draft.rows[len(draft.rows) // 2].key
    titles = iter(range(1_000_000))

    def edit() -> None:
        changed = settle(edits.change(draft, key, {"title": f"Changed {next(titles)}"}), None)
        events_as_of(story_of(changed), None)

    # As on the page, where the collector never walks a story: see view.work.opening.for_good.
    gc.freeze()
    gc.disable()
    try:
        return _time(edit, times)
    finally:
        gc.enable()


def _time(work: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return median(seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.story", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few times each, and smaller stories")
    given = parser.parse_args(arguments)
    print_table(measure(SHORT if given.short else Sizes()))


if __name__ == "__main__":
    main()
