"""The review of an article as HTML: its text with the words that each draft rests on, and beside it the drafts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from geo.normalise import fold
from story.draft.known import Known
from story.draft.proposals import Proposal, Review
from story.draft.reviewing import is_of_several
from story.exc import DateFormatError
from story.model.dates import parse_when
from story.wording import say_span
from view.draw.html import render
from view.draw.scene import Scene

KEYS = (
    ("j k", "next, previous"),
    ("a", "accept"),
    ("e", "change"),
    ("x", "reject"),
    ("m", "merge"),
    ("s", "split"),
    ("u", "undo"),
)

SELECTING = ("w", "select words")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text, and which drafts rest on it, the narrowest first; none for what no draft rests on."""

    text: str
    drafts: tuple[Proposal, ...] = ()

    @property
    def style(self) -> str:
        """How it is marked: by the draft that needs a person most."""
        if any(one.state == "open" and one.doubts for one in self.drafts):
            return "open doubtful"
        if any(one.state == "open" for one in self.drafts):
            return "open"
        return "accepted" if any(one.state == "accepted" for one in self.drafts) else "rejected"


@dataclass(frozen=True, slots=True)
class Card:
    """A draft as it is shown: its day and its place in words, with the words of the text where those say less.

    `event` is the one of the story that it is of, `told` how many drafts of the article are of the same happening.
    """

    one: Proposal
    when: str
    said_when: str
    said_where: str
    where: str
    reported: date | None
    can_split: bool
    event: Known | None
    told: int
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that a draft may mean, in words, and whether it is the one that it is put at."""

    id: str
    words: str
    is_chosen: bool


def segments(text: str, proposals: Collection[Proposal]) -> list[Segment]:
    """The text cut where the words of a draft begin or end; together the pieces are the text."""
    spans = [
        (start, end, one)
        for one in proposals
        for start, end in dict.fromkeys(one.spans.values())
        if 0 <= start < end <= len(text)
    ]
    cuts = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    found = []
    for start, end in pairwise(cuts):
        covering = sorted(
            (last - first, at) for at, (first, last, _) in enumerate(spans) if first < end and last > start
        )
        drafts = dict.fromkeys(spans[at][2].key for _, at in covering)
        by_key = {one.key: one for _, _, one in spans}
        found.append(Segment(text[start:end], tuple(by_key[key] for key in drafts)))
    return found


def excerpts(proposals: Collection[Proposal]) -> list[Segment]:
    """The words that the drafts rest on, in the order of the text, where that itself was not kept: each stretch once,
    and none that lies within another."""
    found: dict[tuple[int, int], str] = {}
    for one in proposals:
        found |= {span: words for name, span in one.spans.items() if (words := one.words.get(name))}
    # The longest of those that begin at one place comes first.
    outer: list[tuple[int, int]] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not outer or span[1] > outer[-1][1]:
            outer.append(span)
    return [
        Segment(
            found[start, end] + (" …" if end - start > len(found[start, end]) else ""),
            tuple(one for one in proposals if any(start <= a and b <= end for a, b in one.spans.values())),
        )
        for start, end in outer
    ]


def card(
    one: Proposal,
    review: Review,
    known: Mapping[str, Known],
    place: str,
    scene: Scene,
    choices: Sequence[Choice] = (),
) -> Card:
    """`place` is the full name of where it is, "" where that is not known; `choices` are all places that it may be."""
    when, said = _when(one.cells.get("when", ""), scene.year), one.words
    named = one.cells.get("place", "")
    event = known.get(one.event)
    told = sum(other.happening == one.happening and other.state != "rejected" for other in review.proposals)
    reported = one.cells.get("reported", "")
    where = said.get("place", "")
    return Card(
        one,
        when,
        said.get("when", "") if one.cells.get("when") else "",
        "" if fold(where) in fold(place or named) else where,
        place or named,
        date.fromisoformat(reported) if reported else None,
        is_of_several(review, one),
        event,
        told,
        choices,
    )


def _when(cell: str, year: int) -> str:
    try:
        return say_span(parse_when(cell), year) if cell else ""
    except DateFormatError:
        return cell


def news(cards: Collection[Card]) -> list[tuple[Known, list[str]]]:
    """The events of the story that an article says something new of, and what: once, whoever says it in the text."""
    found: dict[str, tuple[Known, dict[str, None]]] = {}
    for one in cards:
        if one.event and one.one.changes and one.one.state != "rejected":
            _, said = found.setdefault(one.event.id, (one.event, {}))
            said.update(dict.fromkeys(one.one.changes))
    return [(event, list(said)) for event, said in found.values()]


def panes(review: Review, cards: Collection[Card], scene: Scene, since: date | None = None) -> Markup:
    """The text on the left and the drafts on the right; on a phone one under the other. `since` is the day since which
    it can be told what the article has changed."""
    shown = {one.one.key: one for one in cards}
    return render(
        "reading",
        review=review,
        segments=segments(review.text, review.proposals) if review.text else [],
        excerpts=[] if review.text else excerpts(review.proposals),
        open=[shown[one.key] for one in review.open],
        done=[
            (words, [shown[one.key] for one in review.proposals if one.state == state])
            for state, words in (("accepted", "accepted"), ("rejected", "rejected"))
        ],
        news=news(cards),
        since=since,
        changes=replace(scene.address, as_of=None, since=since).query() if since else "",
        keys=[*KEYS, SELECTING] if review.text else KEYS,
        scene=scene,
    )
