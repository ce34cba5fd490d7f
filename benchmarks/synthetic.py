"""Large stories made up for measuring: the same arguments always write the same bytes.

python -m benchmarks.synthetic FOLDER --events 10000 --places 2000
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2024, 7, 1)
DAYS = 365
PUBLISHED = FIRST + timedelta(days=300)
SEED = 20251024
EVENTS_A_TRAVELLER = 50
SOURCES = ("Agency", "Evening paper", "Harbour office", "Ministry", "Morning paper", "Radio", "Spokesman", "Weekly")
SYLLABLES = "ba de fo gu ka le mi no pa ri so tu va we zo".split()
COLUMNS = ("event", "title", "who", "place", "latitude", "longitude", "when", "status", "reported", "source")


def write_story(folder: Path, events: int, places: int) -> Path:
    """Writes a story of `events` events at `places` places with coordinates into `folder`, and returns that.

    A year of events, one in ten over several days and one in fifty with an uncertain day; one in ten reported twice;
    four in five with a traveller, of whom there is one to every EVENTS_A_TRAVELLER events. Every place has an event if
    there are as many events as places.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = f'title = "{events:,} events at {places:,} places"\ndateline = ""\npublished = {PUBLISHED}\n'
    (folder / "story.toml").write_text(head, encoding="utf-8", newline="\n")
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(random.Random(SEED), events, places))
    return folder


def _rows(chance: random.Random, events: int, places: int) -> Iterator[tuple[str, ...]]:
    where = [_place(chance, number) for number in range(places)]
    people = [f"{_word(chance)} {_word(chance)} {number}" for number in range(max(3, events // EVENTS_A_TRAVELLER))]
    for number in range(events):
        place = where[number] if number < places else where[int(places * chance.random() ** 2)]
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        when = day.isoformat()
        if chance.random() < 0.1:
            when += f"/{day + timedelta(days=chance.randrange(1, 9))}"
        elif chance.random() < 0.02:
            when += "?"
        who = chance.choice(people) if chance.random() < 0.8 else ""
        status = "happened" if day <= PUBLISHED else chance.choice(("scheduled", "expected", "possible", "cancelled"))
        known = min(day, PUBLISHED - timedelta(days=chance.randrange(60)))
        event, title = f"event-{number}", f"{_word(chance)} {_word(chance)} in {place[0]}"
        if chance.random() < 0.1:
            before = known - timedelta(days=chance.randrange(1, 20))
            yield event, title, who, *place, when, "expected", before.isoformat(), chance.choice(SOURCES)
        yield event, title, who, *place, when, status, known.isoformat(), chance.choice(SOURCES)


def _place(chance: random.Random, number: int) -> tuple[str, str, str]:
    """Name, latitude, longitude. Places crowd together in bands as towns do, and none coincide."""
    latitude = min(69.0, max(-54.0, chance.choice((48, 35, 20, 0, -30)) + chance.gauss(0, 7)))
    return f"{_word(chance)} {number}", f"{latitude:.4f}", f"{chance.uniform(-179, 179):.4f}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))).capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=2_000)
    given = parser.parse_args()
    print(write_story(given.folder, given.events, given.places))


if __name__ == "__main__":
    main()
