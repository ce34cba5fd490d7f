"""The reports that a text gives, clause by clause, each with the words that every field of it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from story.model import Status
from story.model.dates import parse_when
from story.reading.events.annotated import Annotated
from story.reading.events.captions import Caption, captions
from story.reading.events.cast import Actor, Cast, cast_of
from story.reading.events.clauses import PLANS, Clause, clauses, own, parent_of, subject_of
from story.reading.events.datelines import Dateline, datelines
from story.reading.events.days import day_of
from story.reading.events.draft import DraftReport
from story.reading.events.lexicon import OCCASIONS
from story.reading.events.places import Spot, in_a_name, meant_by, spots_of
from story.reading.events.sourcing import Attribution, attribution_of, is_saying, said_with
from story.reading.events.status import status_of
from story.reading.events.titles import title_of, title_of_saying
from story.reading.values import Timex

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LEAD = 2  # sentences at the start that tell the news itself, which may leave out its day
_AT_THE_DATELINE = frozenset({"court", "council", "protest", "disaster", "attack", "harm", "sport", "act"})
_MEETING_SOMEBODY = frozenset({"meet", "greet", "welcome", "receive", "host", "beat", "defeat", "face", "play"})
_FUTURE = frozenset({"scheduled", "expected", "possible"})


@dataclass
class _Reading:
    """A text as it is gone through: who and where was last spoken of."""

    text: Annotated
    cast: Cast
    captions: list[Caption]
    datelines: list[Dateline]
    last_spots: dict[str, Spot] = field(default_factory=dict)
    sentences: int = 0

    @property
    def is_lead(self) -> bool:
        return self.sentences < _LEAD

    @property
    def source(self) -> str:
        return self.text.source or next((one.agency for one in self.datelines if one.agency), "")


@dataclass(frozen=True)
class _Told:
    """What one clause says, before it is known whether that makes a report."""

    clause: Clause
    tokens: tuple[Token, ...]
    spots: tuple[Spot, ...]
    day: Timex | None
    actors: tuple[Actor, ...]
    company: tuple[Actor, ...]
    status: Status
    said: Attribution | None
    parent: Clause | None


def drafts(text: Annotated) -> list[DraftReport]:
    """The reports of a text in its order, before those of one happening are put together."""
    reading = _Reading(text, cast_of(text.doc), captions(text.doc.text), list(datelines(text.doc.text, text.toponyms)))
    found: list[DraftReport] = []
    for sentence in text.doc.sents:
        if not sentence.text.strip():
            continue
        caption = next((one for one in reading.captions if one.start <= sentence.start_char < one.end), None)
        reading.cast.note(sentence)
        found += _of_sentence(sentence, reading, caption)
        reading.sentences += caption is None and sentence.text.rstrip().endswith((".", "”", '"'))
    return found


def _of_sentence(sentence: Span, reading: _Reading, caption: Caption | None) -> list[DraftReport]:
    found = clauses(sentence)
    heads = frozenset(clause.head.i for clause in found)
    told: dict[int, _Told] = {}
    made: list[DraftReport] = []
    for clause in found:
        one = _told(clause, heads, found, reading, caption)
        parent = told.get(one.parent.head.i) if one.parent else None
        one = _with_parent(one, parent)
        told[clause.head.i] = one
        if parent is not None and not one.spots and not _has_own_day(one, parent):
            continue
        made += _reports(one, reading, caption)
    return made


def _told(
    clause: Clause, heads: frozenset[int], found: Sequence[Clause], reading: _Reading, caption: Caption | None
) -> _Told:
    text = reading.text
    tokens = tuple(token for token in own(clause, heads) if not _in_dateline(token, reading))
    said = attribution_of(clause, text, reading.cast)
    spoken = _occasion(clause)
    if spoken is not None:
        tokens = tuple(sorted({*tokens, *said_with(spoken)}, key=lambda token: token.i))
    day = day_of(clause, tokens, text, [said.said] if said and said.said else [])
    if day is None and caption is not None:
        day = next((one for one in text.timexes if caption.start <= one.start < caption.end and one.edtf), None)
    spots = tuple(spots_of(clause, tokens, text)) or tuple(meant_by(tokens, text, reading.last_spots))
    subject = subject_of(clause) if spoken is None else next((c for c in spoken.children if c.dep_ == "nsubj"), None)
    actors = tuple(reading.cast.actors(subject)) if subject is not None else ()
    company = tuple(actor for token in tokens for actor in _company(token, clause, reading.cast))
    status = status_of(clause, _earliest(day), text.published, is_caption=caption is not None)
    company = tuple({actor.name: actor for actor in company if actor.name not in {a.name for a in actors}}.values())
    return _Told(clause, tokens, spots, day, actors, company, status, said, parent_of(clause, found))


def _in_dateline(token: Token, reading: _Reading) -> bool:
    return any(one.start <= token.idx < one.end for one in reading.datelines)


def _occasion(clause: Clause) -> Token | None:
    """The verb of saying or speaking that a noun is the occasion of: "confirmed at a news conference"."""
    head = clause.head
    if not clause.is_noun or head.lower_ not in OCCASIONS or head.dep_ != "pobj":
        return None
    verb = head.head.head
    return verb if head.head.lower_ in ("at", "during", "in") and is_saying(verb) else None


def _company(token: Token, clause: Clause, cast: Cast) -> list[Actor]:
    """Whom one meets: the object of a meeting, and whoever stands behind "with"."""
    if clause.word.kind not in ("meet", "sport") and not (clause.is_noun and clause.word.kind == "travel"):
        return [cast.ship(token)] if token.dep_ == "dobj" and cast.ship(token) else []  # type: ignore[list-item]
    is_met = token.dep_ == "dobj" and token.head == clause.head and clause.word.lemma in _MEETING_SOMEBODY
    is_with = token.dep_ == "pobj" and token.head.lower_ in ("with", "against", "between")
    return cast.actors(token) if is_met or is_with else []


def _earliest(day: Timex | None) -> date | None:
    return parse_when(day.edtf).earliest if day else None


def _with_parent(one: _Told, parent: _Told | None) -> _Told:
    """A clause without its own place or day is at those of the clause that it belongs to."""
    if parent is None:
        return one
    shares = one.clause.head.dep_ in ("conj", "advcl", "relcl", "xcomp", "acl")
    if not shares:
        return one
    spots = one.spots or (parent.spots if one.day is not None else ())
    day = one.day or (parent.day if one.clause.head.dep_ == "conj" and not one.spots else None)
    said = one.said or parent.said
    status = (
        parent.status if one.clause.head.dep_ in ("xcomp", "advcl", "acl") and one.status == "happened" else one.status
    )
    return replace(one, spots=spots, day=day, said=said, status=status)


def _has_own_day(one: _Told, parent: _Told) -> bool:
    return one.day is not None and one.day != parent.day


def _reports(one: _Told, reading: _Reading, caption: Caption | None) -> Iterator[DraftReport]:
    """The reports that a clause makes, one for each place; none where it says too little of where and when."""
    kind = one.clause.word.kind
    if kind == "say":
        return
    is_bare = one.clause.is_noun and one.clause.verb is None and _occasion(one.clause) is None
    is_definite = _is_definite(one.clause)
    spots = one.spots or tuple(_fallback(one, reading))
    if is_bare and one.day is None:
        return
    if not spots and not (is_definite and (one.day or one.status in _FUTURE)):
        return
    when, doubt = _when(one, reading, caption)
    if not when:
        return
    for spot in spots or (None,):
        if spot is not None:
            reading.last_spots |= {actor.name: spot for actor in one.actors}
            reading.last_spots[""] = spot
        yield _draft(one, spot, when, doubt, reading, caption, is_definite=is_definite)


def _is_definite(clause: Clause) -> bool:
    """Whether a noun means one happening that was spoken of: "the meeting", "plans for a meeting", "his visit"."""
    if not clause.is_noun or clause.head.tag_ != "NN":
        return False
    is_planned = any(token.lower_ in PLANS for token in clause.governors)
    return is_planned or any(c.lower_ in ("the", "this", "that") or c.dep_ == "poss" for c in clause.head.children)


def _fallback(one: _Told, reading: _Reading) -> Iterator[Spot]:
    """Where a clause without a place is: at the seat of the body that it names, or at the dateline."""
    kind = one.clause.word.kind
    if kind not in _AT_THE_DATELINE or not (one.day or reading.is_lead):
        return
    seat = in_a_name(one.tokens, reading.text)
    if seat is not None:
        yield seat
        return
    line = next((line for line in reading.datelines if line.start <= one.clause.head.idx), None)
    if line is not None and line.toponym is not None:
        yield Spot(line.toponym.text, line.toponym, line.toponym.end, "it is placed by the dateline")


def _when(one: _Told, reading: _Reading, caption: Caption | None) -> tuple[str, str]:
    """EDTF, and what is doubtful of it; empty where a clause without a day tells no news."""
    published = reading.text.published
    if one.day is not None:
        return one.day.edtf, ""
    if one.status in _FUTURE or one.status == "cancelled":
        return (f"[{published}..]" if published else "XXXX-XX-XX"), "the text gives no day"
    if reading.is_lead and caption is None and not one.clause.is_noun:
        return (f"[..{published}]" if published else "XXXX-XX-XX"), "the text gives no day"
    return "", ""


def _draft(
    one: _Told,
    spot: Spot | None,
    when: str,
    doubt: str,
    reading: _Reading,
    caption: Caption | None,
    *,
    is_definite: bool,
) -> DraftReport:
    clause, said = one.clause, one.said
    spoken = _occasion(clause)
    title = (
        title_of_saying(spoken, clause, one.actors)
        if spoken
        else title_of(clause, one.actors, one.tokens, spot, reading.text)
    )
    people = (*one.actors, *one.company)
    doubts = [doubt, spot.doubt if spot else "", *(actor.inferred for actor in people)]
    if said and said.denies:
        doubts.append(f"{said.source} denies it")
    return DraftReport(
        event="",
        title=title,
        who=tuple(actor.name for actor in people),
        place=spot.name if spot else "",
        when=when,
        status="possible" if said and said.denies else one.status,
        reported=_reported(one, reading, caption),
        source=_source(said, reading, caption),
        note=f"citing {said.citing}" if said and said.citing else "",
        at=spot.place if spot else None,
        spans=_spans(one, spot),
        doubts=tuple(dict.fromkeys(filter(None, doubts))),
        kind="say" if spoken else clause.word.kind,
        is_definite=is_definite,
        sentence=clause.head.sent.start_char,
        denied_by=said.source if said and said.denies else "",
    )


def _reported(one: _Told, reading: _Reading, caption: Caption | None) -> date | None:
    """The day on which it was said; of a caption the day of its picture, which is when it was known."""
    day = one.said.said if one.said else one.day if caption else None
    span = parse_when(day.edtf) if day else None
    if span is not None and span.earliest == span.latest and span.earliest is not None:
        return span.earliest
    return reading.text.published


def _source(said: Attribution | None, reading: _Reading, caption: Caption | None) -> str:
    if caption is not None:
        return caption.agency or reading.source
    return said.source if said else reading.source


def _spans(one: _Told, spot: Spot | None) -> dict[str, tuple[int, int]]:
    head = one.clause.head
    found = {"title": (head.idx, head.idx + len(head.text)), "status": (head.idx, head.idx + len(head.text))}
    if spot is not None:
        found["place"] = (spot.toponym.start, spot.end)
    if one.day is not None:
        found["when"] = (one.day.start, one.day.end)
    if people := (*one.actors, *one.company):
        found["who"] = (people[0].start, people[0].end)
    if one.said is not None:
        found["source"] = (one.said.start, one.said.end)
        if one.said.said is not None:
            found["reported"] = (one.said.said.start, one.said.said.end)
    return found
