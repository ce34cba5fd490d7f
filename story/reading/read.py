"""An article read: its places, its days and the reports that it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from geo.gazetteer import Gazetteer
from geo.place import Place
from geo.weights import Home
from story.reading.articles import Article
from story.reading.casing import recased, without_markup
from story.reading.events.annotated import annotated
from story.reading.events.draft import DraftReport
from story.reading.events.drafts import drafts
from story.reading.events.order import ordered
from story.reading.events.same import together
from story.reading.language import parse
from story.reading.timexes import find_timexes, is_history, published_in
from story.reading.toponyms.finding import find_toponyms
from story.reading.toponyms.resolving import resolved
from story.reading.values import Timex, Toponym

NO_DAY = (
    "The article does not say on which day it was published, so that days such as “Friday” are not known."
    " Say it: --published 2025-10-24."
)

_S = TypeVar("_S", Timex, Toponym)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of an article. `article.published` is the day that was told, stated or found in the text."""

    article: Article
    toponyms: tuple[Toponym, ...]
    timexes: tuple[Timex, ...]
    reports: tuple[DraftReport, ...]
    problems: tuple[str, ...] = ()


def read(article: Article, gazetteer: Gazetteer, *, home: Home | None = None) -> Reading:
    """One article read, as `read_all` reads many."""
    return next(read_all([article], gazetteer, home=home))


def read_all(articles: Iterable[Article], gazetteer: Gazetteer, *, home: Home | None = None) -> Iterator[Reading]:
    """Each article read, in order. Where none says a day of publication, only whole dates are days; never today.

    `home` is where their source is at home (geo.context.home).
    """
    waiting = [dated(article) for article in articles]
    texts = [recased(without_markup(article.text), gazetteer) for article in waiting]
    for article, words, doc in zip(waiting, texts, parse(texts), strict=True):
        day = article.published
        timexes = find_timexes(words, None if day and is_history(words, day) else day)
        toponyms = resolved(words, find_toponyms(doc, gazetteer), gazetteer, home=home)
        text = annotated(doc, timexes, toponyms, article.published, article.source)
        problems = article.problems if article.published else (*article.problems, NO_DAY)
        reports = tuple(ordered(together(drafts(text))))
        yield Reading(article, _as_written(article, toponyms), _as_written(article, timexes), reports, problems)


def _as_written(article: Article, spans: Iterable[_S]) -> tuple[_S, ...]:
    """The spans with their words as the article has them, which may be all in capitals."""
    return tuple(replace(one, text=article.text[one.start : one.end]) for one in spans)


def places_named(article: Article, gazetteer: Gazetteer) -> list[Place]:
    """The places that an article names, from which the home of its source is learnt."""
    words = recased(without_markup(article.text), gazetteer)
    (doc,) = parse([words])
    found = resolved(words, find_toponyms(doc, gazetteer), gazetteer)
    return [one.resolution.place for one in found if one.resolution and one.resolution.place]


def dated(article: Article) -> Article:
    """The article with the day of publication that its text gives, where nothing else says it."""
    found = published_in(article.text) if article.published is None else None
    return replace(article, published=found[0]) if found else article


def told(article: Article, published: date | None = None, source: str = "") -> Article:
    """The article with what somebody says of it, which counts for more than what the file states."""
    return replace(article, published=published or article.published, source=source or article.source)
