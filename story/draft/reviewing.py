"""What a person does with the proposals of an article: each act takes a draft and gives another one, as edits do.

An accepted proposal becomes a row of the story; several of one happening are several reports of one event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import groupby

from geo.place import Place, Resolution
from story.draft import Draft, edits, reports_of
from story.draft.known import Known, changes, known_events, match
from story.draft.proposals import Proposal, Review, without_text, words_at
from story.exc import ProposalError, ProposalNotFoundError
from story.model.columns import REQUIRED
from story.text import clean
from story.wording import say_count

_LONGEST_TITLE = 120
_LACKING = {"title": "title", "place": "place", "when": "day"}
BY_HAND = "made from words that you selected: say when and where it was"


def add_review(draft: Draft, review: Review) -> Draft:
    """The draft with an article to check, its proposals matched with the events that the story knows."""
    if any(one.key == review.key for one in draft.reviews):
        return draft
    known = known_events(draft)
    matched: list[Proposal] = []
    by_happening = sorted(review.proposals, key=lambda one: one.happening)
    for _, group in groupby(by_happening, key=lambda one: one.happening):
        some = tuple(group)
        event = match(some, known)
        matched += [_told(replace(one, event=event), known) for one in some]
    order = {one.key: at for at, one in enumerate(review.proposals)}
    matched.sort(key=lambda one: order[one.key])
    return replace(draft, reviews=(*draft.reviews, replace(review, proposals=tuple(matched))))


def find(draft: Draft, key: int) -> tuple[Review, Proposal]:
    """The proposal with this key, and the review that it stands in. Raises ProposalNotFoundError."""
    for review in draft.reviews:
        for proposal in review.proposals:
            if proposal.key == key:
                return review, proposal
    raise ProposalNotFoundError(f"There is no draft {key} in “{draft.head.title}” any more. Undo brings it back.")


def accept(draft: Draft, key: int) -> Draft:
    """The draft with a proposal as a row of it.

    Raises ProposalError where it lacks what a row needs, ProposalNotFoundError where it is gone.
    """
    review, one = find(draft, key)
    if one.state == "accepted":
        return draft
    event = _event_of(draft, review, one)
    cells = dict(one.cells)
    if event:
        cells["event"] = event
        if one.is_undated:
            # Blank in a later report is as before: the day that is known stays.
            cells.pop("when", None)
    elif lacking := [_LACKING[name] for name in REQUIRED if not cells.get(name)]:
        # A table may leave these open; what a person accepts from an article is to stand on the map and in time.
        raise ProposalError(f"“{one.title or 'This draft'}” has no {' and no '.join(lacking)} yet. Fill it in.")
    after = edits.add(draft, cells, key=one.key)
    if event:
        after = _in_order(after, review, one)
    after = _with_place(after, review, one)
    problem = edits.complaint(after, key)
    if problem is not None:
        raise ProposalError(problem.message)
    return _with(after, replace(one, state="accepted"))


def accept_clear(draft: Draft, review: Review) -> tuple[Draft, int]:
    """The draft with every proposal that nothing is doubtful of accepted, and how many these were."""
    count = 0
    for one in review.open:
        if not one.doubts:
            # What lacks something stays open: it is said when it is accepted by itself.
            with suppress(ProposalError):
                draft = accept(draft, one.key)
                count += 1
    return draft, count


def reject(draft: Draft, key: int) -> Draft:
    """The draft without what a proposal may have made of it; the proposal stays to be seen. As `accept` raises."""
    return _taken_back(draft, key, "rejected")


def reopen(draft: Draft, key: int) -> Draft:
    """The draft with a proposal to be checked once more. Raises ProposalNotFoundError."""
    return _taken_back(draft, key, "open")


def _taken_back(draft: Draft, key: int, state: str) -> Draft:
    _, one = find(draft, key)
    if one.state == "accepted":
        draft = edits.delete(draft, [one.key])
    return _with(draft, replace(one, state="rejected" if state == "rejected" else "open"))


def change(draft: Draft, key: int, cells: Mapping[str, str], at: Place | None) -> Draft:
    """The draft with other cells in a proposal; `at` is the place that its place means.

    What a person has looked at is in doubt no more. Raises ProposalNotFoundError, ColumnNameError.
    """
    _, one = find(draft, key)
    new = edits.with_cells(one.cells, cells)
    # What another name may mean is not known.
    candidates = one.candidates if new.get("place") == one.cells.get("place") else ()
    changed = replace(one, cells=new, at=at, doubts=(), candidates=candidates)
    return _with(draft, _told(changed, known_events(draft, frozenset({key}))))


def choose_place(draft: Draft, key: int, place: Place, name: str) -> Draft:
    """The draft with a proposal at another of the places that it may mean; all other proposals stay where they are.

    It gets the fuller `name` that tells the place from its namesakes: by the one of the article the story may know
    another place, or come to. What else is in doubt of it stays so. Raises ProposalNotFoundError.
    """
    _, one = find(draft, key)
    changed = replace(one, cells=edits.with_cells(one.cells, {"place": name}), at=place)
    return _with(draft, _told(changed, known_events(draft, frozenset({key}))))


def merge(draft: Draft, key: int, into: str) -> Draft:
    """The draft with a proposal as one more report of another happening of its article, or of an event of the story.

    `into` is the name of the happening or the id of the event. Raises ProposalNotFoundError where it is neither.
    """
    review, one = find(draft, key)
    known = known_events(draft, frozenset({key}))
    sibling = next((other for other in review.proposals if other.happening == into and other.key != key), None)
    if sibling is not None:
        new = replace(one, happening=into, event=_event_of(draft, review, sibling) or sibling.event)
    elif any(event.id == into for event in known):
        new = replace(one, happening=_apart(one), event=into)
    else:
        raise ProposalNotFoundError(f"There is no event “{into}” to merge with any more. Choose another one.")
    return _regrouped(draft, new, known)


def split(draft: Draft, key: int) -> Draft:
    """The draft with a proposal as an event of its own. Raises ProposalNotFoundError."""
    _, one = find(draft, key)
    return _regrouped(draft, replace(one, happening=_apart(one), event=""), known_events(draft, frozenset({key})))


def _apart(one: Proposal) -> str:
    return f"{one.happening.partition('#')[0]}#{one.key}"


def _regrouped(draft: Draft, new: Proposal, known: Collection[Known]) -> Draft:
    if new.state == "accepted":
        # As a row it is in its former event: it is taken out, and comes back in the other one.
        opened = _with(edits.delete(draft, [new.key]), replace(_told(new, known), state="open"))
        return accept(opened, new.key)
    return _with(draft, _told(new, known))


def add_words(draft: Draft, review: Review, start: int, end: int, cells: Mapping[str, str]) -> tuple[Draft, int]:
    """The draft with one more proposal, made from the words of a text that a person selected, and its key.

    `cells` is what is known of it. Raises ProposalError where no words lie there.
    """
    words = clean(review.text[max(0, start) : end])
    if not words:
        raise ProposalError("No words of the article are selected. Select some in its text.")
    key = edits.new_key()
    given = {"title": words[:_LONGEST_TITLE], "source": review.source, "url": review.url, **cells}
    if review.published:
        given["reported"] = review.published.isoformat()
    spans = {"title": (max(0, start), min(end, len(review.text)))}
    new = Proposal(key, edits.with_cells({}, given), f"#{key}", spans, words_at(review.text, spans), doubts=(BY_HAND,))
    # In the order of the text, as all others are.
    at = next((n for n, one in enumerate(review.proposals) if _start(one) > start), len(review.proposals))
    proposals = (*review.proposals[:at], new, *review.proposals[at:])
    return _with_review(draft, replace(review, proposals=proposals)), key


def _start(one: Proposal) -> int:
    return min((start for start, _ in one.spans.values()), default=0)


def keep_text(draft: Draft, review: Review, *, keep: bool) -> Draft:
    """The draft with an article's text kept with its revisions, or not."""
    return _with_review(draft, replace(review, keep_text=keep))


def for_revision(draft: Draft) -> Draft:
    """The draft as it is kept for good: without the texts of articles that nobody wanted kept; else the same."""
    kept = tuple(map(without_text, draft.reviews))
    return draft if kept == draft.reviews else replace(draft, reviews=kept)


def known_before(draft: Draft, review: Review) -> date | None:
    """The latest day of a report before those that were accepted from an article; None where there are none of these,
    or nothing was known before."""
    accepted = {one.key for one in review.proposals if one.state == "accepted"}
    days = [(one.reported, one.row in accepted) for one in reports_of(draft)[0] if one.reported]
    first = min((day for day, is_of_it in days if is_of_it), default=None)
    return max((day for day, _ in days if first and day < first), default=None)


def say_kept(draft: Draft) -> str:
    """What a saved revision keeps of the drafts that are still to check, in one sentence; "" where there are none."""
    left = [review for review in draft.reviews if review.open]
    count = sum(len(review.open) for review in left)
    if not count:
        return ""
    said = f"{say_count(count, 'draft')} still to check {'is' if count == 1 else 'are'} saved too"
    if all(review.keep_text for review in left):
        return f"{said}, with the article’s text." if len(left) == 1 else f"{said}, with the articles’ texts."
    without = "the article’s text" if len(left) == 1 else "the text of articles where “Keep the text” is not ticked"
    return f"{said}, with the words that {'it rests' if count == 1 else 'they rest'} on but without {without}."


def is_of_several(review: Review, one: Proposal) -> bool:
    """Whether a proposal is a report of an event that something else tells too, so that it can be split."""
    return bool(one.event) or any(
        other.happening == one.happening and other.key != one.key and other.state != "rejected"
        for other in review.proposals
    )


def say_counts(review: Review) -> str:
    """How far a review is: "5 to check, 8 accepted"."""
    accepted, rejected = review.count("accepted"), review.count("rejected")
    said = [f"{len(review.open):,} to check", f"{accepted:,} accepted" if accepted else ""]
    said.append(f"{rejected:,} rejected" if rejected else "")
    return ", ".join(filter(None, said)) if review.proposals else say_count(0, "draft")


def _event_of(draft: Draft, review: Review, one: Proposal) -> str:
    """The event that a proposal's row belongs to; "" where it makes a new one."""
    siblings = {
        other.key
        for other in review.proposals
        if other.happening == one.happening and other.state == "accepted" and other.key != one.key
    }
    there = next((row.cells.get("event", "") for row in draft.rows if row.key in siblings), "")
    if there:
        return there
    return one.event if any(row.cells.get("event") == one.event for row in draft.rows) else ""


def _in_order(draft: Draft, review: Review, one: Proposal) -> Draft:
    """The draft with its last row, which is the proposal's, before those that stand later in the text.

    Of reports of one day the one that stands last counts.
    """
    at = next(n for n, other in enumerate(review.proposals) if other.key == one.key)
    later = {other.key for other in review.proposals[at + 1 :] if other.happening == one.happening}
    *rows, new = draft.rows
    behind = [row for row in rows if row.key in later]
    if not behind:
        return draft
    # Their lines are what orders them: the new one takes the first, and each of the others that of the next.
    lines = sorted([new.line, *(row.line for row in behind)])
    ordered = dict(zip([new.key, *(row.key for row in behind)], lines, strict=True))
    moved = (replace(row, line=ordered.get(row.key, row.line)) for row in draft.rows)
    return replace(draft, rows=tuple(sorted(moved, key=lambda row: row.line)))


def _with_place(draft: Draft, review: Review, one: Proposal) -> Draft:
    """The draft with a name that it does not know yet at the place that the article means by it."""
    name = one.cells.get("place", "")
    known = draft.names.get(name)
    if one.at is None or not name or (known is not None and known.place is not None):
        return draft
    why = f"read in “{review.title}”"
    return replace(draft, names={**draft.names, name: Resolution(name, one.at, (), why)})


def _told(one: Proposal, known: Collection[Known]) -> Proposal:
    """A proposal with what it says otherwise than the event that it is of."""
    event = next((event for event in known if event.id == one.event), None)
    return replace(one, changes=changes(one, event) if event else (), event=event.id if event else "")


def _with(draft: Draft, new: Proposal) -> Draft:
    return replace(draft, reviews=tuple(_put(review, new) for review in draft.reviews))


def _put(review: Review, new: Proposal) -> Review:
    return replace(review, proposals=tuple(new if one.key == new.key else one for one in review.proposals))


def _with_review(draft: Draft, new: Review) -> Draft:
    return replace(draft, reviews=tuple(new if one.key == new.key else one for one in draft.reviews))
