"""What an article proposes to a story: drafts of reports to be checked, each tied to the words that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from geo.place import Place
from story.reading.events.draft import NO_DAY

State = Literal["open", "accepted", "rejected"]
MOST_WORDS = 200
"""So many characters of an article are kept for each field where its text is not."""
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """One draft of a report.

    `cells` are those of reports.csv without `event`; `spans` says for each field from where to where in the text its
    words stand, `words` what they are. `doubts` say what was inferred. Proposals of one `happening` are reports of one
    event, which is `event` of the story where that is known there; `changes` then says what is new of it. `at` is the
    place that the article means by the cell `place`, `candidates` are all that it may mean where these are several, the
    likeliest first. `key` is that of the row that it becomes, once accepted.
    """

    key: int
    cells: Mapping[str, str]
    happening: str
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    state: State = "open"
    event: str = ""
    changes: tuple[str, ...] = ()
    at: Place | None = None
    denied_by: str = ""
    candidates: tuple[Place, ...] = ()

    @property
    def is_undated(self) -> bool:
        """Whether its day is only what follows from the day of publication, the text giving none."""
        return "when" not in self.spans and NO_DAY in self.doubts

    @property
    def title(self) -> str:
        return self.cells.get("title", "")


@dataclass(frozen=True, slots=True)
class Review:
    """An article and its proposals in the order of its text. `text` is "" where it was not kept with the story.

    `key` tells it from every other review of its story. `published` is the article's day, `source` the paper or site.
    """

    key: int
    title: str
    text: str
    proposals: tuple[Proposal, ...] = ()
    published: date | None = None
    source: str = ""
    url: str = ""
    keep_text: bool = False

    @property
    def open(self) -> tuple[Proposal, ...]:
        """What is still to be checked, the doubtful first."""
        left = (one for one in self.proposals if one.state == "open")
        return tuple(sorted(left, key=lambda one: not one.doubts))

    def count(self, state: State) -> int:
        return sum(one.state == state for one in self.proposals)


def words_at(text: str, spans: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """The words of the spans, each no longer than may be kept."""
    return {name: text[start:end][:MOST_WORDS] for name, (start, end) in spans.items()}


def without_text(review: Review) -> Review:
    """The review as it is kept in a revision: without the article's text, unless a person wanted it kept."""
    return review if review.keep_text or not review.text else replace(review, text="")
