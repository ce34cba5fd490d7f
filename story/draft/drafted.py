"""What was read of an article as a review of it: every draft a proposal, with the words that it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.place import Place
from story.draft import Draft
from story.draft.edits import new_key
from story.draft.proposals import MOST_CANDIDATES, Proposal, Review, words_at
from story.draft.reviewing import add_review
from story.model.metadata import Metadata
from story.reading.articles import Article
from story.reading.datelines import datelines
from story.reading.events.captions import captions
from story.reading.events.draft import DraftReport
from story.reading.read import Reading
from story.text import clean

_LONGEST_TITLE = 120
# What no page can show, and a browser would count otherwise.
_UNSHOWN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")


def showable(article: Article) -> Article:
    """The article with its lines ended as a browser ends them, so that offsets are the same there."""
    text = article.text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSHOWN)
    return replace(article, text=text.encode("utf-8", "replace").decode())


def review_of(reading: Reading) -> Review:
    """The drafts of an article to be checked."""
    article = reading.article
    proposals = tuple(_proposal(one, reading) for one in reading.reports)
    return Review(new_key(), title_of(article), article.text, proposals, article.published, article.source, article.url)


def title_of(article: Article) -> str:
    """What an article is called: its title, or as much of its first sentence as makes one, be that behind captions."""
    given = clean(article.title) or clean(_first_line(article.text)).removesuffix(".")
    return given if len(given) <= _LONGEST_TITLE else given[:_LONGEST_TITLE].rpartition(" ")[0] + " …"


def _first_line(text: str) -> str:
    """The first line of the report itself, without its dateline; of captions where there is nothing else."""
    credited = {text[one.start : one.end].strip() for one in captions(text)}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if not any(line.startswith(caption) for caption in credited)]
    first = (told or lines or [""])[0]
    line = next((one for one in datelines(first) if one.start == 0), None)
    return first[line.end :] if line else first


def _candidates(at: Place | None, reading: Reading) -> tuple[Place, ...]:
    """What a name of the article that stands for this place may mean; empty where that is nothing else."""
    found = (one.resolution for one in reading.toponyms if one.resolution)
    named = next((one for one in found if at and one.place and one.place.id == at.id), None)
    if at is None or named is None:
        return ()
    places = {at.id: at} | {one.place.id: one.place for one in named.candidates}
    return tuple(places.values())[:MOST_CANDIDATES] if len(places) > 1 else ()


def _proposal(one: DraftReport, reading: Reading) -> Proposal:
    article = reading.article
    cells = {
        "title": one.title,
        "who": ";".join(one.who),
        "place": one.place,
        "when": one.when,
        "status": one.status,
        "reported": one.reported.isoformat() if one.reported else "",
        "source": one.source,
        "url": article.url,
        # A status has no word for a denial: the note keeps it, by which it counts as one.
        "note": "; ".join(filter(None, (one.note, f"denied by {one.denied_by}" if one.denied_by else ""))),
    }
    return Proposal(
        key=new_key(),
        cells={name: value for name, value in cells.items() if value},
        happening=one.event,
        spans=one.spans,
        words=words_at(article.text, one.spans),
        doubts=one.doubts,
        at=one.at,
        denied_by=one.denied_by,
        candidates=_candidates(one.at, reading),
    )


def story_from(story: str, review: Review, today: date | None = None) -> Draft:
    """A new story without a row yet, and the article to make it from."""
    sources = {review.source: review.url} if review.source and review.url else {}
    head = Metadata(review.title or "An article", published=review.published, sources=sources)
    return add_review(Draft(story, head, opened=today), review)
