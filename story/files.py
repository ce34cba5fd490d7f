"""Stories from disk: a folder with story.toml and reports.csv, or a table alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from geo.place import Resolution
from story.dates import localized, parse_when
from story.exc import DateFormatError, StoryFormatError, StoryNotFoundError
from story.model import Mention, Problem, Report, Story
from story.placing import PlaceNames, placed_by_story
from story.rows import read_reports
from story.tables.grid import LIMITS, TableLimits
from story.tables.load import KINDS, load_table
from story.tables.matching import Matching, guess
from story.tables.reading import Reading, read_rows
from story.tables.stops import BEGUN, Progress
from story.text import clean, slug

_CONTEXT_LENGTH = 20_000
_KEYS = {"title", "dateline", "published", "timezone", "mentioned", "notes", "sources"}


@dataclass(slots=True)
class _Head:
    """What story.toml says."""

    title: str
    dateline: str = ""
    published: date | None = None
    timezone: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_story(
    path: Path,
    place: PlaceNames | None = None,
    *,
    matching: Matching | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: TableLimits = LIMITS,
) -> Story:
    """The story in a folder or a table, its places found by `place` (left unplaced where that is None).

    The table may be anybody's: CSV, TSV, XLSX, JSON or GeoJSON. Its columns are matched by `matching`, or guessed, and
    `day_first` says how numeric days are to be read where the columns leave that open. Whatever cannot be used is a
    problem, with its line; the good rows are there, and rows read are rows shown and rows set aside. `progress` is told
    a share from 0 to 1 and what is done, and once `cancelled` says so OpeningCancelledError is raised.

    Raises StoryNotFoundError where there is nothing at `path`, StoryFormatError where it is no story at all (a picture,
    a folder without reports.csv), TableSizeError where it is too large.
    """
    problems: list[Problem] = []
    if path.is_dir():
        file = path / "reports.csv"
        if not file.is_file():
            raise StoryFormatError(f"The folder '{path.name}' has no reports.csv. Put the story's reports there.")
        head = _read_head(path / "story.toml", path.name, problems)
    elif path.is_file():
        file, head = path, _Head(_title_from(path.stem))
    else:
        raise StoryNotFoundError(f"There is no story at '{path}'. Give a folder with reports.csv, or a {KINDS} file.")
    table = load_table(file, limits)
    if path.is_file() and table.caption:
        head.title = table.caption[:120]
    if progress:
        progress(BEGUN, f"{table.count:,} rows read")
    matching = matching or guess(table)
    if day_first is not None:
        matching = matching.with_day_first(day_first)
    reading = read_rows(table, matching, place, progress, cancelled)
    reports, unusable = read_reports(reading.rows, table.name, head.published)
    if not matching.own:
        unusable = [replace(problem, field=_header_of(matching, problem.field)) for problem in unusable]
    rows = (*table.problems, *reading.problems, *unusable)
    problems += sorted(rows, key=lambda problem: problem.line or 0)
    resolutions, mentions = _placed(reports, head, table.name, place, problems, reading)
    if progress:
        progress(1.0, "opened")
    return Story(
        id=slug(path.stem if path.is_file() else path.name) or "story",
        title=head.title,
        dateline=head.dateline,
        published=head.published,
        timezone=head.timezone,
        reports=tuple(_in_local_time(reports, resolutions)),
        resolutions=resolutions,
        mentions=mentions,
        sources=head.sources,
        problems=tuple(problems),
        notes=(*head.notes, *table.notes),
        rows=table.count,
    )


def _header_of(matching: Matching, field: str) -> str:
    return " + ".join(matching.named(field)) or field


def _placed(
    reports: list[Report],
    head: _Head,
    file: str,
    place: PlaceNames | None,
    problems: list[Problem],
    reading: Reading,
) -> tuple[dict[str, Resolution], tuple[Mention, ...]]:
    """Every toponym's resolution, and the mentions; an unplaced name is a problem."""
    resolutions: dict[str, Resolution] = {}
    lines: dict[str, int | None] = {}
    for report in reports:
        if own := placed_by_story(report):
            resolutions.setdefault(report.place, own)
        else:
            lines.setdefault(report.place, report.line)
    wanted = list(dict.fromkeys([*lines, *filter(None, [head.dateline]), *head.mentioned]))
    found = dict(reading.placed)
    asked = [name for name in wanted if name not in found]
    if place and asked:
        found.update(zip(asked, place(asked, _context(head, reports)), strict=True))
    for name in wanted:
        resolution = found.get(name) or Resolution(name, None, (), "no gazetteer was asked")
        if name not in resolutions or name in lines:
            resolutions[name] = resolution
        where = (file, lines[name], reading.place) if name in lines else ("story.toml", None, "mentioned")
        if place and resolution.place is None:
            problems.append(Problem(*where, name, _unplaced(name, resolution)))
        elif unknown := reading.unknown.get(name):
            problems.append(Problem(*where, name, _coarse(unknown, resolution)))
    return resolutions, tuple(Mention(name, resolutions[name]) for name in head.mentioned)


def _coarse(unknown: str, resolution: Resolution) -> str:
    where = resolution.place.name if resolution.place else "none"
    message = f"'{unknown[:80]}' is not known, so it is shown at {where}.{_did_you_mean(resolution)}"
    return message + " Correct it, or give latitude and longitude."


def _unplaced(name: str, resolution: Resolution) -> str:
    message = f"'{name[:80]}' is not on the map: {resolution.reason.rstrip('.')}."
    if "did you mean" not in resolution.reason.lower():
        message += _did_you_mean(resolution)
    return message + " Correct it, add its state or country, or give latitude and longitude; it stays listed."


def _did_you_mean(resolution: Resolution) -> str:
    near = list(dict.fromkeys(candidate.place.name for candidate in resolution.candidates))[:3]
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _context(head: _Head, reports: list[Report]) -> str:
    """The words around the names, for a gazetteer that decides all of them together."""
    words = [head.title, head.dateline]
    length = 0
    for report in reports:
        words += [report.title, report.summary]
        length += len(report.title) + len(report.summary)
        if length > _CONTEXT_LENGTH:
            break
    return "\n".join(dict.fromkeys(filter(None, words)))


def _in_local_time(reports: Iterable[Report], resolutions: dict[str, Resolution]) -> Iterable[Report]:
    """The reports with times of day in their places' own zones, so that an event's day is that of its place."""
    for report in reports:
        where = resolutions[report.place].place
        if where and where.timezone and (report.span.at or report.span.until):
            yield replace(report, span=localized(report.span, where.timezone))
        else:
            yield report


def _read_head(path: Path, folder: str, problems: list[Problem]) -> _Head:
    head = _Head(_title_from(folder))

    def problem(name: str, value: object, message: str, line: int | None = None) -> None:
        problems.append(Problem(path.name, line, name, clean(str(value))[:80], message))

    try:
        table: dict[str, Any] = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problem("", "", "The folder has no story.toml. Add one with title, dateline, published and timezone.")
        return head
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        at = re.search(r"line (\d+)", str(error))
        problem("", "", f"story.toml cannot be read: {error}. Correct it there.", int(at[1]) if at else None)
        return head
    for name in ("title", "dateline"):
        value = table.get(name, "")
        if isinstance(value, str):
            setattr(head, name, clean(value) or getattr(head, name))
        else:
            problem(name, value, f"'{value}' is no text. Write {name} = \"...\".")
    head.published = _published(table.get("published"), problem)
    head.timezone = _timezone(table.get("timezone", ""), problem)
    for name in ("mentioned", "notes"):
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            setattr(head, name, list(dict.fromkeys(filter(None, map(clean, value)))))
        else:
            problem(name, value, f'\'{name}\' must be a list of texts: {name} = ["...", "..."].')
    sources = table.get("sources", {})
    if isinstance(sources, dict) and all(isinstance(value, str) for value in sources.values()):
        head.sources = {clean(name): clean(value) for name, value in sources.items()}
    else:
        problem("sources", sources, '\'sources\' must be a table of texts: [sources], then "name" = "what it is".')
    for name in table:
        if name in _KEYS:
            continue
        problem(name, table[name], f"'{clean(name)}' is not used in story.toml.")
    return head


def _published(value: Any, problem: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None or value == "":
        return value or None
    try:
        span = parse_when(str(value))
        if span.earliest and span.earliest == span.latest:
            return span.earliest
    except DateFormatError:
        pass
    problem("published", value, f"'{value}' is no day. Write published = 2025-10-24.")
    return None


def _timezone(value: Any, problem: Any) -> str:
    if value == "":
        return ""
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        problem("timezone", value, f"'{value}' is no time zone. Write one such as \"Asia/Tokyo\".")
        return ""


def _title_from(name: str) -> str:
    words = clean(re.sub(r"[-_]+", " ", name))
    return words[:1].upper() + words[1:]
