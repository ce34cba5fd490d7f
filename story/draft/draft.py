"""A story as it is worked on: its rows as text, those set aside too, and where each of its names was put.

A draft is a value: an edit makes another one (story.draft.edits), so that going back is exact. The story that readers
see follows from it alone (`story_of`): what was once placed stays where it is, whatever a later gazetteer says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geo.index.codes import codes
from geo.names.interpretation import interpret_each
from geo.names.lookup import Lookup
from geo.place import Place, Resolution
from story.draft.fields import fields_of, misfits, unused
from story.draft.origin import Origin
from story.draft.proposals import Review
from story.draft.reports import read_reports
from story.memo import memoized
from story.model import Mention, Problem, Report, Story
from story.model.columns import Row
from story.model.dates import localized
from story.model.metadata import Metadata
from story.placing import PlaceNames, Placing, Point, placed_by_story

_CONTEXT_LENGTH = 20_000
_MOST_COMPANY = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """`rows` are in the file's order, each with a key of its own; `lost` counts those of the file that are no rows at
    all, of which only `problems` tell. `names` says what became of every toponym. `around` has a place for each point
    that a row gives itself, whose country and time zone it is in. `headers` are the file's own words for
    the columns of reports.csv, empty where it uses ours. `opened` is the day on which the file was first read: what it
    puts after that, without a status or a day of publication, has not happened yet. `reviews` are the articles that
    were read into the story, with what was drafted from each.
    """

    id: str
    head: Metadata
    file: str = "reports.csv"
    rows: tuple[Row, ...] = ()
    names: Mapping[str, Resolution] = field(default_factory=dict)
    around: Mapping[Point, Place] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lost: int = 0
    opened: date | None = None
    reviews: tuple[Review, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures that are kept with the story: what its cells call them (media/….webp) -> WebP."""
    origin: Origin | None = None
    """The address that the story follows; None for one that stands on its own."""


def settle(draft: Draft, place: PlaceNames | None) -> Draft:
    """The draft with every name looked up that was not yet, all of them together and by the story's words.

    What was looked up before is left as it is: a new row never moves the place of another one.
    """
    reports, _ = reports_of(draft)
    draft = _with_regions(draft, reports, place)
    wanted = dict.fromkeys(report.place for report in reports if report.latitude is None and report.place)
    wanted |= dict.fromkeys([*filter(None, [draft.head.dateline]), *draft.head.mentioned])
    new = [name for name in wanted if name not in draft.names]
    if place is None or not new:
        return draft
    # The known ones are asked too: they tell which of several places so named a new one is.
    company = [name for name in wanted if name in draft.names][:_MOST_COMPANY]
    found = interpret_each((*new, *company), Lookup(place, text=_context(draft.head, reports)))
    return replace(draft, names={**draft.names, **{name: found[name] for name in new}})


def _with_regions(draft: Draft, reports: list[Report], place: PlaceNames | None) -> Draft:
    """The draft with what is around every point that its rows give."""
    if not isinstance(place, Placing):
        return draft
    new = {
        (report.latitude, report.longitude): report.place
        for report in reports
        if report.latitude is not None and report.longitude is not None
    }
    new = {point: name for point, name in new.items() if point not in draft.around}
    if not new:
        return draft
    found = zip(new, place.around(list(new), list(new.values())), strict=True)
    return replace(draft, around={**draft.around, **{point: there for point, there in found if there}})


def story_of(draft: Draft) -> Story:
    """What the draft's rows come to, with a problem for all that cannot be used."""
    reports, unusable = reports_of(draft)
    fields = fields_of(reports, draft.head.fields)
    unusable = [*unusable, *misfits(reports, fields, draft.file)]
    if draft.headers:
        unusable = [replace(one, field=draft.headers.get(one.field, one.field)) for one in unusable]
    resolutions: dict[str, Resolution] = {}
    points: dict[tuple[str, Point], Resolution] = {}
    lines: dict[str, int | None] = {}
    for report in reports:
        if point := _point(report):
            if (report.place, point) not in points:
                own = placed_by_story(report, draft.around.get(point))
                assert own is not None
                points[report.place, point] = own
                resolutions.setdefault(report.place, own)
        elif report.place:
            lines.setdefault(report.place, report.line)
        else:
            resolutions[""] = Resolution("", None, (), "no place is given")
    problems: list[Problem] = []
    for name in dict.fromkeys([*lines, *filter(None, [draft.head.dateline]), *draft.head.mentioned]):
        asked = name in draft.names
        resolution = draft.names[name] if asked else Resolution(name, None, (), "no gazetteer was asked")
        if name not in resolutions or name in lines:
            resolutions[name] = resolution
        if not asked:
            continue
        where = (
            (draft.file, lines[name], draft.headers.get("place", "place"))
            if name in lines
            else ("story.toml", None, "mentioned")
        )
        if resolution.place is None:
            problems.append(Problem(*where, name, _unplaced(name, resolution)))
        elif resolution.unknown:
            problems.append(Problem(*where, name, _coarse(resolution)))
        elif resolution.overruled:
            problems.append(Problem(*where, name, _overruled(resolution, resolution.place)))
    first = (
        *(problem for problem in draft.problems if problem.file != draft.file),
        *unused(draft.head.fields, reports),
    )
    of_rows = sorted(
        [*(problem for problem in draft.problems if problem.file == draft.file), *unusable],
        key=lambda problem: problem.line or 0,
    )
    return Story(
        id=draft.id,
        title=draft.head.title,
        dateline=draft.head.dateline,
        published=draft.head.published,
        timezone=draft.head.timezone,
        reports=tuple(_in_local_time(reports, resolutions, points)),
        resolutions=resolutions,
        points=points,
        mentions=tuple(Mention(name, resolutions[name]) for name in draft.head.mentioned),
        sources=draft.head.sources,
        problems=(*first, *of_rows, *problems),
        notes=draft.head.notes,
        rows=len({row.line for row in draft.rows}) + draft.lost,
        fields=fields,
        pictures=draft.pictures,
        travellers=draft.head.travellers,
        travel=draft.head.travel,
    )


def reports_of(draft: Draft) -> tuple[list[Report], list[Problem]]:
    """The usable reports of the draft's rows, and a problem for whatever is not; worked out once for the same rows."""
    return _reports(draft.rows, draft.file, draft.head.published or draft.opened)


_reports = memoized(lambda rows, file, published: read_reports(rows, file, published))


def _coarse(resolution: Resolution) -> str:
    where = resolution.place.name if resolution.place else "none"
    message = f"'{resolution.unknown[:80]}' is not known, so it is shown at {where}.{_did_you_mean(resolution)}"
    return message + " Correct it, or give latitude and longitude."


def _overruled(resolution: Resolution, place: Place) -> str:
    country = codes().get("alpha-2", {}).get(place.country, (place.country,))[0]
    where = ", ".join(filter(None, (place.name, country)))
    said = resolution.overruled[:80]
    message = f"'{resolution.toponym[:80]}' is shown at {where}, since no place of that name is known in {said}."
    return message + " Confirm it, correct it, or give latitude and longitude."


def _unplaced(name: str, resolution: Resolution) -> str:
    reason = resolution.reason.rstrip(".")
    message = f"'{name[:80]}' is not on the map: {reason}{'' if reason.endswith('?') else '.'}"
    if not resolution.suggests:
        message += _did_you_mean(resolution)
    return message + " Correct it, add its state or country, or give latitude and longitude; it stays listed."


def _did_you_mean(resolution: Resolution) -> str:
    # With its state: "Salix" for "Salix" would say nothing.
    near = list(dict.fromkeys(candidate.place.in_words() for candidate in resolution.candidates))[:3]
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _context(head: Metadata, reports: list[Report]) -> str:
    """The words around the names, for a gazetteer that decides all of them together."""
    words = [head.title, head.dateline]
    length = 0
    for report in reports:
        words += [report.title, report.summary]
        length += len(report.title) + len(report.summary)
        if length > _CONTEXT_LENGTH:
            break
    return "\n".join(dict.fromkeys(filter(None, words)))


def _point(report: Report) -> Point | None:
    if report.latitude is None or report.longitude is None:
        return None
    return report.latitude, report.longitude


def _in_local_time(
    reports: Iterable[Report], resolutions: dict[str, Resolution], points: dict[tuple[str, Point], Resolution]
) -> Iterable[Report]:
    """The reports with times of day in their places' own zones, so that an event's day is that of its place."""
    for report in reports:
        if not (report.span.at or report.span.until):
            yield report
            continue
        point = _point(report)
        where = (points[report.place, point] if point else resolutions[report.place]).place
        yield replace(report, span=localized(report.span, where.timezone)) if where and where.timezone else report
