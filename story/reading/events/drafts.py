"""The reports that a text gives, clause by clause, each with the words that every field of it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from story.model import Status
from story.model.dates import parse_when
from story.reading.datelines import Dateline, datelines
from story.reading.events.annotated import Annotated
from story.reading.events.captions import Caption, captions
from story.reading.events.cast import Actor, Cast, cast_of
from story.reading.events.clauses import PLANS, Clause, by_word, clauses, is_moving, own, parent_of, subject_of
from story.reading.events.days import (
    agreeing,
    day_at,
    day_in_week,
    day_of,
    day_of_when,
    narrowed,
    tense_of,
    week_ahead,
    word_before,
)
from story.reading.events.draft import NO_DAY, DraftReport
from story.reading.events.lexicon import OCCASIONS, is_saying, lemma_of, noun_of
from story.reading.events.participants import company_of
from story.reading.events.places import POINTING, Spot, in_a_name, meant_by, of_the_subject, spots_of, where
from story.reading.events.sourcing import Attribution, attribution_of, said_with
from story.reading.events.status import is_ahead, is_negated, status_of
from story.reading.events.titles import title_of, title_of_saying
from story.reading.values import Timex, Toponym

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LEAD = 2  # sentences at the start that tell the news itself, which may leave out its day
_NEWS = 4  # sentences over which a day goes on into the next paragraph
_AT_THE_DATELINE = frozenset({"court", "council", "protest", "disaster", "attack", "harm", "sport", "act"})
_WHERE_THE_TEXT_IS = frozenset({"court", "council", "protest", "appear", "act", "harm", "attack"})
_OF_THE_NEWS = frozenset({"disaster", "harm", "attack", "protest"})
_ONLY_WITH_ALL = frozenset({"say", "be", "other"})
_NEAR_SENTENCES = 2
_NEAR_DAYS = 31  # a dateline says where the news is, not where something was years ago
_FUTURE = frozenset({"scheduled", "expected", "possible"})


@dataclass
class _Reading:
    """A text as it is gone through: who and where was last spoken of."""

    text: Annotated
    cast: Cast
    captions: list[Caption]
    datelines: list[Dateline]
    last_spots: dict[str, Spot] = field(default_factory=dict)
    last_said: Attribution | None = None
    last_day: Timex | None = None
    last_week: tuple[date, date] | None = None
    sentences: int = 0
    placed_in: int = -9
    placed_on: date | None = None
    traveller: str = ""

    @property
    def near(self) -> Spot | None:
        """The place of the last report, where it stands at most two sentences before."""
        return self.last_spots.get("") if self.sentences - self.placed_in <= _NEAR_SENTENCES else None

    @property
    def is_lead(self) -> bool:
        return self.sentences < _LEAD

    @property
    def source(self) -> str:
        """The agency of the dateline, by the name that the paper goes by where it is the same: AP, Associated Press."""
        agency = next((one.agency for one in self.datelines if one.agency), "")
        paper = self.text.source
        initials = "".join(word[:1] for word in paper.replace("-", " ").split())
        return paper if not agency or initials == agency else agency


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
    reading = _Reading(text, cast_of(text.doc), captions(text.words), _datelines(text))
    found: list[DraftReport] = []
    for sentence in text.doc.sents:
        if not sentence.text.strip():
            continue
        caption = next((one for one in reading.captions if one.start <= sentence.start_char < one.end), None)
        found += _of_sentence(sentence, reading, caption)
        reading.sentences += caption is None and sentence.text.rstrip().endswith((".", "”", '"'))
    return found


def _of_sentence(sentence: Span, reading: _Reading, caption: Caption | None) -> list[DraftReport]:
    found = clauses(sentence, is_caption=caption is not None)
    found = [clause for clause in found if clause.head.i not in reading.text.timex_at]  # the month of March
    heads = frozenset(index for clause in found for index in clause.members)
    reading.cast.advance(sentence.start)
    if not _is_quoted_on(sentence, reading.text):
        reading.last_said = None
    if sentence.start and "\n" in reading.text.doc[sentence.start - 1].text and reading.sentences > _NEWS:
        reading.last_day = None
    if caption is None and _tells_no_news(sentence, found, reading):
        for clause in found:
            reading.last_said = _said_of(clause, reading) or reading.last_said
        return []
    others = by_word(found)
    told: dict[int, _Told] = {}
    last_said = reading.last_said
    made: list[DraftReport] = []
    for clause in found:
        one = _told(clause, heads, others, reading, caption)
        parent = told.get(one.parent.head.i) if one.parent else None
        one = _with_parent(one, parent, reading.text.published)
        told[clause.head.i] = one
        last_said = one.said or last_said
        if parent is not None and not one.spots and not _has_own_day(one, parent):
            made = [_joined(draft, one) if draft.head == parent.clause.head.i else draft for draft in made]
            continue
        made += _reports(one, reading, caption)
    reading.last_said = last_said
    return [
        one
        for number, one in enumerate(made)
        if not any(_covers(other, one) for other in made[:number])
        and not (one.is_noun and not one.who and any(_is_at(other, one) for other in made if not other.is_noun))
    ]


def _tells_no_news(sentence: Span, found: Sequence[Clause], reading: _Reading) -> bool:
    """Whether a sentence can make no report, so that nothing of it need be read but who says it.

    It names no place and no day and points to none, is not of the lead, and tells of nothing known, as in "the visit".
    """
    text, tokens = reading.text, range(sentence.start, sentence.end)
    if reading.is_lead or any(i in text.toponym_at or i in text.timex_at for i in tokens):
        return False
    return not POINTING.search(sentence.text) and not any(_is_definite(clause) for clause in found)


def _said_of(clause: Clause, reading: _Reading) -> Attribution | None:
    return attribution_of(clause, reading.text, reading.cast) if clause.word.kind != "say" else None


def _joined(draft: DraftReport, one: _Told) -> DraftReport:
    """A report with those whom its clause meets by the way: "landed at Shannon, where she was met by the minister"."""
    people = [actor.name for actor in one.company] if one.clause.word.kind == "meet" else []
    return replace(draft, who=tuple(dict.fromkeys((*draft.who, *people))))


def _is_at(other: DraftReport, one: DraftReport) -> bool:
    return (other.place, other.when) == (one.place, one.when)


def _covers(other: DraftReport, one: DraftReport) -> bool:
    """Whether a sentence has said so already: "confirmed at a news conference" twice over."""
    return _is_at(other, one) and other.who == one.who and "say" in (other.kind, one.kind)


def _is_quoted_on(sentence: Span, text: Annotated) -> bool:
    """Whether a sentence goes on with what somebody was quoted with before it in the same paragraph."""
    paragraph = text.words[: sentence.start_char].rpartition("\n")[2]
    opened, closed = paragraph.count("“"), paragraph.count("”")
    begins = sentence.text.lstrip().startswith(("“", '"'))
    return bool(paragraph.strip()) and (opened > closed or paragraph.count('"') % 2 == 1 or begins)


def _told(
    clause: Clause, heads: frozenset[int], others: Mapping[int, Clause], reading: _Reading, caption: Caption | None
) -> _Told:
    text = reading.text
    tokens = tuple(token for token in own(clause, heads) if not _in_dateline(token, reading))
    said = _said_of(clause, reading) or (reading.last_said if clause.word.kind != "say" else None)
    spoken = _occasion(clause)
    if spoken is not None:
        tokens = tuple(sorted({*tokens, *said_with(spoken)}, key=lambda token: token.i))
    day = day_of(clause, tokens, text, [said.said] if said and said.said else [])
    reading.last_week = week_ahead(day, text.published) or reading.last_week
    if day is None and caption is not None:
        day = next((one for one in text.timexes if caption.start <= one.start < caption.end and one.edtf), None)
    spots = (
        tuple(spots_of(clause, tokens, text))
        or tuple(where(clause, text))
        or tuple(meant_by(tokens, text, reading.last_spots))
        or (tuple(of_the_subject(tokens, text)) if clause.word.kind in _OF_THE_NEWS else ())
    )
    if day is None and spots:
        day = day_of_when(clause, text) or (day_at(spots[0].toponym, text) if len(spots) == 1 else None)
    subject = subject_of(clause) if spoken is None else next((c for c in spoken.children if c.dep_ == "nsubj"), None)
    reading.cast.advance(subject.i if subject is not None else clause.head.i)
    actors = tuple(reading.cast.actors(subject)) if subject is not None else ()
    actors = actors or tuple(_meant(clause, reading))
    company = company_of(clause, tokens, reading.cast, actors)
    people = [actor.name for actor in (*actors, *company) if not actor.is_group]
    if len(people) > 1:
        reading.cast.pair = (people[0], people[-1])
    telling = clause if spoken is None else replace(clause, head=spoken, verb=spoken, governors=())
    if day is not None and caption is None:
        told_as = status_of(telling, None, None, is_caption=False)
        day = _laid(day, telling, told_as, reading)
    status = status_of(telling, _earliest(day), text.published, is_caption=caption is not None)
    if status == "cancelled" and day is not None and word_before(day, text) == "until" and is_ahead(telling):
        status = "scheduled"  # "will not return until Nov. 3"
    return _Told(clause, tokens, spots, day, actors, company, status, said, parent_of(clause, others))


def _laid(day: Timex, clause: Clause, status: Status, reading: _Reading) -> Timex:
    """A day laid into the week that the text speaks of, where it is of a plan called off, else by its own verb."""
    published = reading.text.published
    in_week = day_in_week(day, reading.last_week) if status == "cancelled" else None
    return in_week or agreeing(narrowed(day, published), published, status, tense_of(clause))


def _meant(clause: Clause, reading: _Reading) -> Iterator[Actor]:
    """Whose a journey or a match is that names nobody: of whoever was last said to travel, of the team last told of."""
    kind, head = clause.word.kind, clause.head
    if kind == "sport" and (team := reading.cast.last_team):
        yield Actor(team, head.idx, head.idx + len(head.text), f"it is taken to be of {team}", is_group=True)
    elif clause.is_noun and kind in ("travel", "leave") and head.tag_ == "NN" and reading.traveller:
        name = reading.traveller
        yield Actor(name, head.idx, head.idx + len(head.text), f"it is taken to be of {name}")


def _in_dateline(token: Token, reading: _Reading) -> bool:
    return any(one.start <= token.idx < one.end for one in reading.datelines)


def _occasion(clause: Clause) -> Token | None:
    """The verb of saying or speaking that a noun is the occasion of: "confirmed at a news conference"."""
    head = clause.head
    if not clause.is_noun or head.lower_ not in OCCASIONS or head.dep_ not in ("pobj", "dobj"):
        return None
    if head.dep_ == "dobj":
        return head.head if lemma_of(head.head.text) == "tell" else None
    verb = head.head.head
    return verb if head.head.lower_ in ("at", "during", "in") and is_saying(verb) else None


def _earliest(day: Timex | None) -> date | None:
    return parse_when(day.edtf).earliest if day else None


def _is_to_come(day: Timex | None, published: date | None) -> bool:
    earliest = _earliest(day)
    return earliest is not None and published is not None and earliest > published


def _with_parent(one: _Told, parent: _Told | None, published: date | None) -> _Told:
    """A clause without its own place or day is at those of the clause that it belongs to."""
    if parent is None:
        return one
    shares = one.clause.head.dep_ in ("conj", "advcl", "relcl", "xcomp", "acl", "pcomp")
    if not shares:
        return one
    spots = one.spots or (parent.spots if one.day is not None else ())
    day = one.day or (parent.day if one.clause.head.dep_ == "conj" and not one.spots else None)
    said = one.said or parent.said
    hangs = one.clause.head.dep_ in ("xcomp", "advcl", "acl", "pcomp")
    is_purpose = one.clause.head.tag_ == "VB" and not one.clause.governors
    is_led = one.status == "happened" or is_purpose or (one.status == "expected" and not one.clause.governors)
    status = parent.status if hangs and is_led else one.status
    goes_on = one.clause.head.dep_ == "conj" and subject_of(one.clause) is subject_of(parent.clause)
    is_part = one.clause.top.dep_ != "relcl" or _is_about(one, parent)
    if parent.status == "cancelled" and is_part and (status in _FUTURE or (goes_on and _is_participle(parent.clause))):
        status = "cancelled"
    if status == "happened" and _is_to_come(day, published):
        status = "scheduled"
    return replace(one, spots=spots, day=day, said=said, status=status)


def _is_about(one: _Told, parent: _Told) -> bool:
    """Whether a relative clause tells of what its parent does or of the same people, and not of a cause or a place."""
    people = {actor.name for actor in parent.actors}
    return one.clause.top.head.i in parent.clause.members or any(actor.name in people for actor in one.actors)


def _is_participle(clause: Clause) -> bool:
    return clause.head.tag_ == "VBN" and any(child.lower_ == "have" for child in clause.head.children)


def _has_own_day(one: _Told, parent: _Told) -> bool:
    return one.day is not None and one.day != parent.day


def _reports(one: _Told, reading: _Reading, caption: Caption | None) -> Iterator[DraftReport]:
    """The reports that a clause makes, one for each place; none where it says too little of where and when."""
    kind = one.clause.word.kind
    is_told_where = kind == "say" and bool(one.spots) and subject_of(one.clause) is not None
    has_day = one.day is not None or is_told_where or _goes_on(one, reading)
    if kind in _ONLY_WITH_ALL and not (one.spots and has_day and (one.actors or _is_an_act(one))):
        return
    if kind == "say" and all(actor.is_group for actor in one.actors):
        return
    is_bare = one.clause.is_noun and one.clause.verb is None and _occasion(one.clause) is None
    is_definite = _is_definite(one.clause)
    spots = one.spots or tuple(_fallback(one, reading))
    if one.day is None and (is_bare or (is_definite and not one.spots and _had_been(one.clause))):
        return
    if not one.clause.is_noun and subject_of(one.clause) is None:
        return
    if not spots and not (is_definite and (one.day or one.status in _FUTURE)):
        return
    when, doubt = _when(one, reading, caption)
    if not when or (one.status == "cancelled" and when.endswith("/..")):
        return  # who "has not been in Oslo since May" tells of no visit
    if one.day is not None and one.status == "happened" and one.spots:
        reading.last_day = one.day
    if kind in ("travel", "leave") and len(one.actors) == 1 and not one.actors[0].is_group:
        reading.traveller = one.actors[0].name
    for spot in spots or (None,):
        own = _day_of_stop(spot, spots, one, reading.text) if spot is not None else None
        if own is not None:
            own = _laid(own, one.clause, one.status, reading)
            one, when, doubt = replace(one, day=own), own.edtf, ""
        if spot is not None:
            reading.last_spots |= {actor.name: spot for actor in one.actors}
            if len(one.spots) == 1:  # a list of stops is no place that the text is at
                reading.last_spots[""], reading.placed_in = spot, reading.sentences
                reading.placed_on = parse_when(when).earliest or parse_when(when).latest
        report = _draft(one, spot, when, doubt, reading, caption, is_definite=is_definite)
        if report.title:
            yield report


def _had_been(clause: Clause) -> bool:
    """Whether a clause looks back on a plan: "the strike had been announced last week"."""
    return any(child.lower_ == "had" and child.dep_ == "aux" for token in clause.governors for child in token.children)


def _goes_on(one: _Told, reading: _Reading) -> bool:
    """Whether a clause without a day tells on in the past what a day was just told of: "Rescuers pulled them out"."""
    is_verb = one.clause.word.kind == "other" and one.clause.head.tag_ == "VBD"
    return is_verb and one.status == "happened" and reading.last_day is not None


def _is_an_act(one: _Told) -> bool:
    """Whether a verb that no table knows tells of something that happens on a day, to whomever: "a drone filmed it"."""
    subject = subject_of(one.clause)
    is_named = subject is not None and subject.tag_ in ("NN", "NNS", "NNP", "NNPS") and not noun_of(subject.text)
    least = "2025-10" if one.status in _FUTURE else "2025-10-24"
    has_day = one.day is not None and len(one.day.edtf) >= len(least)
    return one.clause.word.kind == "other" and is_named and has_day


def _is_definite(clause: Clause) -> bool:
    """Whether a noun means one happening that was spoken of: "the meeting", "plans for a meeting", "his visit"."""
    if not clause.is_noun or clause.head.tag_ != "NN":
        return False
    is_planned = any(token.lower_ in PLANS for token in clause.governors)
    return is_planned or any(c.lower_ in ("the", "this", "that") or c.dep_ == "poss" for c in clause.head.children)


def _day_of_stop(spot: Spot, spots: Sequence[Spot], one: _Told, text: Annotated) -> Timex | None:
    """The day that stands behind one of several places: "to Tashkent on Wednesday and to Ashgabat on Friday"."""
    days = [text.timex_at[token.i] for token in one.tokens if token.i in text.timex_at]
    days = [day for day in dict.fromkeys(days) if day.edtf and day.type in ("DATE", "TIME")]
    if len(spots) < 2 or len(days) < 2:
        return None
    later = min((other.toponym.start for other in spots if other.toponym.start > spot.end), default=len(text.words))
    return next((day for day in days if spot.end <= day.start < later), None)


def _fallback(one: _Told, reading: _Reading) -> Iterator[Spot]:
    """Where a clause without a place is: at the seat of the body that it names, or at the dateline."""
    if not (one.day or reading.is_lead or one.status != "happened"):
        return
    if spots := list(of_the_subject(one.tokens, reading.text)):
        yield from spots
        return
    kind = one.clause.word.kind
    seat = in_a_name(one.tokens, reading.text) if kind in _AT_THE_DATELINE else None
    if seat is not None:
        yield seat
        return
    has_day = one.day is not None and len(one.day.edtf) > len("2025-10")
    if kind in _WHERE_THE_TEXT_IS and has_day and reading.near is not None and _are_near(one.day, reading.placed_on):
        yield replace(reading.near, doubt="it is placed where the sentence before is")
        return
    is_news = reading.is_lead and one.clause.head.dep_ not in ("relcl", "acl")
    if kind not in _AT_THE_DATELINE or not (one.day or is_news):
        return
    if not _are_near(one.day, reading.text.published):
        return
    line = next((line for line in reversed(reading.datelines) if line.start <= one.clause.head.idx), None)
    at = _place_of(line, reading.text) if line else None
    if at is not None:
        yield Spot(at.text, at, at.end, "it is placed by the dateline")


def _are_near(day: Timex | None, other: date | None) -> bool:
    """Whether two days are at most a month apart, as far as they are known."""
    earliest = _earliest(day)
    return earliest is None or other is None or abs((other - earliest).days) <= _NEAR_DAYS


def _datelines(text: Annotated) -> list[Dateline]:
    """The datelines whose place is one; any other such words are a heading."""
    return [line for line in datelines(text.words) if _place_of(line, text)]


def _place_of(line: Dateline, text: Annotated) -> Toponym | None:
    return next((one for one in text.toponyms if line.start <= one.start < line.place_end), None)


def _when(one: _Told, reading: _Reading, caption: Caption | None) -> tuple[str, str]:
    """EDTF, and what is doubtful of it; empty where a clause without a day tells no news."""
    published = reading.text.published
    if one.day is not None:
        return one.day.edtf, ""
    if one.said and (one.said.denies or _is_denied(one)):
        return (f"[..{published}]" if published else "XXXX-XX-XX"), NO_DAY
    if one.status in _FUTURE or one.status == "cancelled":
        return (f"[{published}..]" if published else "XXXX-XX-XX"), NO_DAY
    is_told = not one.clause.is_noun or one.clause.verb is not None
    if one.clause.word.kind == "say":
        return (f"[..{published}]" if published else "XXXX-XX-XX"), NO_DAY
    is_of_it = bool(one.actors) or one.clause.word.kind in _OF_THE_NEWS
    if reading.last_day and one.spots and is_of_it and is_told and not _is_background(one.clause):
        return reading.last_day.edtf, "its day is that of the sentence before"
    if reading.is_lead and caption is None and is_told:
        return (f"[..{published}]" if published else "XXXX-XX-XX"), NO_DAY
    return "", ""


def _is_background(clause: Clause) -> bool:
    """Whether a clause tells of what had been going on before: "had been sailing from Harwich"."""
    return clause.head.tag_ == "VBG" and any(
        child.dep_ == "aux" and child.lower_ == "had" for child in clause.head.children
    )


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
    denies = said is not None and (said.denies or _is_denied(one))
    if said and denies:
        doubts.append(f"{said.source} denies it")
    return DraftReport(
        event="",
        title=title,
        who=tuple(actor.name for actor in people),
        place=spot.name if spot else "",
        when=when,
        status="possible" if denies else one.status,
        reported=_reported(one, reading, caption),
        source=_source(said, reading, caption),
        note=f"citing {said.citing}" if said and said.citing else "",
        at=spot.place if spot else None,
        spans=_spans(one, spot),
        doubts=tuple(dict.fromkeys(filter(None, doubts))),
        kind="say" if spoken else clause.word.kind,
        is_definite=is_definite,
        is_noun=clause.is_noun,
        is_moved=any(map(is_moving, clause.governors)),
        head=clause.head.i,
        sentence=clause.head.sent.start_char,
        denied_by=said.source if said and said.denies else "",
    )


def _is_denied(one: _Told) -> bool:
    """Whether somebody says that something has not been: "the ship never called there", the company said."""
    return one.status == "cancelled" and one.clause.head.tag_ in ("VBD", "VBN") and is_negated(one.clause.head)


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
