"""Stories made up at random, in words that trip up whoever splits, escapes, runs or guesses."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from story.draft import Draft, settle, story_of
from story.model import STATUSES, Story
from story.model.columns import PLAIN, Row
from story.model.metadata import Metadata
from story.text import defused
from tests.story.conftest import PLACES, small_gazetteer

WHENS = (
    "2025-10-29", "2025-10", "2025", "2025-10-27/2025-10-31", "[2025-10-27..2025-10-31]", "2025-10-28/..",
    "../2025-11", "[2025-10-27..]", "[..2025-10-31]", "[2025-10-27,2025-10-30]", "2025-10-29?", "2025-10~", "2025%",
    "2025-10-29T10:00+09:00", "2025-10-29T10:00", "2025-10-29T10:00Z/2025-10-30T08:30Z", "2025-22", "199X", "20XX",
    "2025-10-XX", "2025-10-1X", "0044-03-15", "XXXX-XX-XX",
)  # fmt: skip
WORDS = (
    *"harbour Ålesund Київ القاهرة 東京 ירושלים हिन्दी ﬁ 𝔉 e\u0301 👩\u200d🚀 \u200fימין".split(),
    *"+1 -1 @SUM(A1) ＝1 '=quoted '' ]]> &amp; ${x} \" a,b a;b a|b \\n \\ null None nan 1e5 007 1,240 12.50".split(),
    *"yes — ? .. { [1] %s -- /* #REF! <script>alert(1)</script>".split(),
    '=HYPERLINK("http://x")', "\N{NO-BREAK SPACE}x",
)  # fmt: skip
HOSTILE = '=HYPERLINK("http://x") </script><img src=x onerror=alert(1)> ]]> ${x} &lt; " \' & \\n'
OUTLINE = {"type": "Polygon", "coordinates": [[[179, 0], [179, 2], [-179, 2], [-179, 0], [179, 0]]]}


NAMES = (
    "Killed",
    "=Crew",
    "número",
    "Größe (m)",
    "e\u0301tage",
    "名前",
    "@x",
    "kind",
    "sure",
    "fields",
    "reports",
    "Folder",
)


def words(chance: random.Random, most: int = 4) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(1, most)))


def cells(chance: random.Random, own: list[str]) -> Iterator[tuple[str, str]]:
    """The cells of one report of an event; in a later one any of them may be blank."""
    yield "title", words(chance)
    yield "summary", chance.choice(["", words(chance, 9), "one\n\ntwo\n- three"])
    yield "who", ";".join({words(chance, 3).replace(";", ",") for _ in range(chance.randrange(3))})
    yield "place", chance.choice([*PLACES, words(chance), "?"])
    yield "when", chance.choice(WHENS)
    yield "status", chance.choice(["", *STATUSES])
    yield "source", chance.choice(["", words(chance)])
    yield "url", chance.choice(["", "https://example.org/a?b=1&c=%272%27#d", "http://example.org/東京"])
    yield "note", chance.choice(["", words(chance)])
    yield "trip", chance.choice(["", "spring", "Ada: spring"])
    if chance.random() < 0.3:
        yield "latitude", str(chance.uniform(-90, 90))
        yield "longitude", str(chance.uniform(-180, 180))
    for name in own:
        yield name, chance.choice(["", words(chance), "1,240", "7%", "yes", "2025-10-01", "-3.50", "0012"])
    if chance.random() < 0.1:
        yield "outline", json.dumps(OUTLINE)


def made_up(seed: int) -> Story:
    """A story of a few events with their histories, in words that trip up whoever splits, escapes or guesses."""
    chance = random.Random(seed)
    own = chance.sample(NAMES, k=chance.randrange(4))
    rows = []
    for number in range(chance.randrange(1, 6)):
        event = chance.choice([f"event-{number}", f"{chance.choice(WORDS)} {number}"])
        for at in range(chance.randrange(1, 4)):
            row = {"event": event, "reported": f"2025-10-{10 + at}" if chance.random() < 0.8 or at else ""}
            row |= {name: value for name, value in cells(chance, own) if not at or chance.random() < 0.6}
            if ("latitude" in row) != ("longitude" in row):
                del row["latitude" if "latitude" in row else "longitude"]
            said = {name: value if name in PLAIN else defused(value) for name, value in row.items() if value}
            rows.append(Row(len(rows) + 2, said, len(rows) + 1))
    return story_of(settle(Draft("made-up", Metadata(title=words(chance)), rows=tuple(rows)), small_gazetteer))
