"""The commands of `python -m story`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from story.draft import story_of
from story.exc import (
    ColumnNameError,
    DateFormatError,
    ExportFormatError,
    FilterError,
    StoryError,
    StoryNotFoundError,
)
from story.export import EXPORTS
from story.model import STATUSES, Problem, Story
from story.model.dates import parse_when
from story.opening import sandbox
from story.opening.live import fetch_table, is_address, upload_of
from story.opening.source import upload_at
from story.opening.stories import draft_of
from story.placing import PlaceNames, place_with
from story.query.changes import changes, say_change, tell
from story.query.fields import FILTERED, read_filters
from story.query.presence import presence, say_who
from story.query.selection import Filter, by_place, events_as_of, select, travellers
from story.query.sure import SURE
from story.tables.columns.matching import Matching
from story.tables.table import ReadAs
from story.wording import say_count, say_day


def main(argv: Sequence[str]) -> int:
    """Runs one command; 0 is fine, 1 that there are problems, 2 that the command itself was wrong."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (StoryError, OSError) as error:
        print(f"story: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m story", description="Check and export stories.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", parents=[_of_tables()], help="open stories and print counts and problems; exit 1 on problems"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a table, a story folder, or a table's web address")
    check.add_argument("--columns", action="store_true", help="print where each field comes from")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", parents=[_of_tables()], help="write the events that match the filters")
    export.add_argument("file", metavar="FILE", help="a table, a story folder, or a table's web address")
    export.add_argument("--format", default="csv", help=f"one or more of {','.join(EXPORTS)}")
    export.add_argument("--to", type=Path, metavar="PATH", help="a file, or a folder for several formats")
    export.add_argument("--dates", type=_days, default=(None, None), metavar="A..B", help="both ends included")
    export.add_argument("--who", action="append", default=[], metavar="X")
    export.add_argument("--status", action="append", default=[], choices=STATUSES, metavar="S")
    export.add_argument(
        "--sure", action="append", default=[], choices=SURE, metavar="S", help=f"one of {', '.join(SURE)}"
    )
    export.add_argument("--as-of", type=_day, metavar="D", help="only what was known on that day")
    export.add_argument("--q", default="", metavar="WORDS", help="only events that have all these words")
    export.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="FIELD:VALUE",
        help="a field of the story's own: a category, yes or no, or numbers LOW..HIGH",
    )
    export.set_defaults(run=_export)
    changed = commands.add_parser(
        "changes", parents=[_of_tables()], help="tell what changed between two days, by whose word"
    )
    changed.add_argument("file", metavar="FILE", help="a table, a story folder, or a table's web address")
    changed.add_argument("--from", dest="since", type=_day, required=True, metavar="A", help="as known on this day")
    changed.add_argument("--to", dest="until", type=_day, metavar="B", help="and on this one; by default by now")
    changed.add_argument("--json", action="store_true", help="one object a line")
    changed.set_defaults(run=_changes)
    reading = commands.add_parser(
        "read", help="read news articles: places, days and reports, one JSON line an article; exit 1 if any is broken"
    )
    reading.add_argument(
        "files", nargs="+", metavar="FILE", help="txt, html, pdf, docx, eml, a folder, or a web address"
    )
    reading.add_argument(
        "--published", default="", metavar="D", help="the day of publication, or a CSV file: file, published, source"
    )
    reading.add_argument("--source", default="", metavar="NAME", help="the paper or site that the articles are from")
    reading.add_argument("--to", type=Path, metavar="PATH", help="a file; lines that stand in it are not read again")
    reading.add_argument("--story", type=Path, metavar="DIR", help="put all reports into the story at this folder too")
    reading.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes; 1 reads here")
    reading.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="of a Dask cluster that you trust: tls://host:8786"
    )
    reading.set_defaults(run=_read)
    kept = commands.add_parser("library", help="list the saved stories with their links")
    which = kept.add_mutually_exclusive_group()
    which.add_argument("--remove", metavar="ID", help="remove a story; it is kept and can be put back")
    which.add_argument("--put-back", metavar="ID", help="put a removed one back")
    which.add_argument(
        "--forget-unsaved-older-than",
        type=int,
        metavar="DAYS",
        help="forget unsaved work not touched for this many days",
    )
    kept.set_defaults(run=_library)
    return parser


def _of_tables() -> argparse.ArgumentParser:
    """How a table that is not ours is to be read, where the guess is not enough."""
    how = argparse.ArgumentParser(add_help=False)
    order = how.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="day_first", action="store_true", default=None, help="9/5/2016 is May 9")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="9/5/2016 is September 5")
    how.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help="where a field comes from, such as place=City+Country; may be given several times",
    )
    how.add_argument(
        "--encoding", default="", metavar="NAME", help="of a text file: UTF-8, Windows-1251, Shift-JIS ..."
    )
    how.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook; by default the fullest")
    return how


def places() -> PlaceNames:
    """The geocoding layer, opened when it is first needed."""
    from geo.gazetteer import Gazetteer

    return place_with(Gazetteer.open())


def _check(arguments: argparse.Namespace) -> int:
    place = places()
    failed = False
    for file in arguments.files:
        try:
            story, matching = _opened(file, place, arguments)
        except (StoryError, OSError) as error:
            print(f"{file}: {error}")
            failed = True
            continue
        events = events_as_of(story, None)
        counts = (
            say_count(len(events), "event"),
            say_count(len(story.reports), "report"),
            say_count(len(by_place(events)), "place"),
            say_who(presence(story, events), travellers(events)),
            say_count(len(story.problems), "problem"),
        )
        print(f"{file}: {', '.join(filter(None, counts))}")
        rejected = story.rows - len({report.line for report in story.reports})
        print(f"  {say_count(story.rows, 'row')} read, {rejected:,} set aside")
        if arguments.columns:
            for name, match in matching.fields.items():
                print(f"  {name}: {' + '.join(matching.named(name))} ({match.why})")
        for problem in story.problems:
            print(f"  {_where(problem)}: {problem.message}")
        failed = failed or bool(story.problems)
    return 1 if failed else 0


def _opened(file: str, place: PlaceNames, arguments: argparse.Namespace) -> tuple[Story, Matching]:
    """The story at a path or an address, and where its fields come from. Its files are read in a process of its own,
    which a hostile one may end, and once."""
    upload = upload_of(fetch_table(file)) if is_address(file) else upload_at(Path(file))
    parsed = sandbox.read_upload(upload, ReadAs(arguments.sheet, arguments.encoding))
    matching = _matching(parsed.matching, arguments)
    return story_of(draft_of(parsed.source, matching, place)), matching


def _matching(matching: Matching, arguments: argparse.Namespace) -> Matching:
    """The guess with the columns and the order of days that the command names."""
    if arguments.day_first is not None:
        matching = matching.with_day_first(arguments.day_first)
    for said in arguments.column:
        name, sign, headers = said.partition("=")
        if not sign:
            raise ColumnNameError(f"'{said}' does not name a column. Write FIELD=HEADER, such as place=City+Country.")
        names = [headers] if headers in matching.headers else list(filter(None, headers.split("+")))
        matching = matching.with_column(name.strip(), [header.strip() for header in names])
    return matching


def _where(problem: Problem) -> str:
    line = f" line {problem.line}" if problem.line else ""
    return f"{problem.file}{line}{f', {problem.field}' if problem.field else ''}"


def _export(arguments: argparse.Namespace) -> int:
    formats = list(dict.fromkeys(filter(None, arguments.format.lower().replace(" ", "").split(","))))
    if unknown := [name for name in formats if name not in EXPORTS] or (not formats and [arguments.format]):
        raise ExportFormatError(f"'{unknown[0]}' is not an export format. Use one of {', '.join(EXPORTS)}.")
    if arguments.to is None and len(formats) > 1:
        raise ExportFormatError("Several formats need a folder. Add --to FOLDER.")
    story, _ = _opened(arguments.file, places(), arguments)
    wanted = _filter(story, arguments)
    events = select(events_as_of(story, wanted.as_of), wanted).events
    for name in formats:
        written = EXPORTS[name](story, events, wanted)
        raw = written if isinstance(written, bytes) else written.encode("utf-8")
        if name == "pdf":
            _say_not_printed(raw)
        if arguments.to is None:
            sys.stdout.buffer.write(raw)
            sys.stdout.flush()
            continue
        path = arguments.to
        if len(formats) > 1 or path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            path = path / f"{story.id}.{name}"
        path.write_bytes(raw)
        print(f"{path}: {say_count(len(events), 'event')}", file=sys.stderr)
    if story.problems:
        print(f"story: {say_count(len(story.problems), 'problem')}; see: python -m story check", file=sys.stderr)
    return 0


def _filter(story: Story, arguments: argparse.Namespace) -> Filter:
    """What the command asks for, as the page and the feeds take it."""
    there = travellers(events_as_of(story, None))
    if unknown := [name for name in arguments.who if name not in there]:
        raise FilterError(f"'{unknown[0]}' is nobody in this story. It has {', '.join(there) or 'no names in who'}.")
    fields, ignored = read_filters(arguments.field, story.fields)
    if ignored:
        known = ", ".join(field.name for field in story.fields if field.type in FILTERED) or "none"
        raise FilterError(
            f"'{ignored[0]}' does not name a field to filter by. Write FIELD:VALUE, or FIELD:LOW..HIGH for a number, "
            f"with one of this story's: {known}."
        )
    first, last = arguments.dates
    return Filter(
        first,
        last,
        frozenset(arguments.status),
        frozenset(arguments.who),
        arguments.q,
        arguments.as_of,
        fields,
        frozenset(arguments.sure),
    )


def _say_not_printed(sheet: bytes) -> None:
    # What makes sheets is loaded where one is made.
    from story.export.pdf import not_printed

    if said := not_printed(sheet):
        print(f"story: the print sheet says: {said}", file=sys.stderr)


def _changes(arguments: argparse.Namespace) -> int:
    since, until = arguments.since, arguments.until
    if until is not None and since > until:
        # Before the file is opened, which may take a while.
        print(f"story: --from {since} comes after --to {until}. Give the earlier day as --from.", file=sys.stderr)
        return 2
    story, _ = _opened(arguments.file, places(), arguments)
    found = changes(story, since, until)
    if arguments.json:
        for change in found:
            print(json.dumps(change.record(), ensure_ascii=False))
        return 0
    year = (story.published or until or since).year
    for told in tell(found, year):
        print(say_change(told, year))
    if not found:
        print(f"Nothing changed between {say_day(since)} and {say_day(until) if until else 'now'}.")
    return 0


def _read(arguments: argparse.Namespace) -> int:
    from story.bulk.inputs import Said, inputs, read_list
    from story.bulk.run import run

    by_file: dict[str, Said] = {}
    published = None
    if arguments.published.lower().endswith(".csv"):
        by_file, problems = read_list(Path(arguments.published))
        for problem in problems:
            print(f"story: {problem}", file=sys.stderr)
    elif arguments.published:
        published = _day(arguments.published)
    wanted = inputs(arguments.files, Said(published, arguments.source), by_file)

    def show(words: str) -> None:
        print(f"\r{words:<70}", end="", file=sys.stderr, flush=True)

    lines: list[dict[str, Any]] = []
    keep = lines.append if arguments.story else lambda line: None
    jobs = max(1, arguments.jobs)
    broken = run(wanted, arguments.to, jobs=jobs, scheduler=arguments.scheduler, show=show, keep=keep)
    print(file=sys.stderr)
    if arguments.story:
        _collect(lines, arguments.story)
    return 1 if broken else 0


def _collect(lines: list[dict[str, Any]], folder: Path) -> None:
    from geo.gazetteer import Gazetteer
    from story.bulk.collecting import collect

    added, left_out = collect(lines, folder, Gazetteer.open())
    said = f"{folder}: {say_count(added, 'report')} added"
    print(said + (f", {left_out:,} without place or day left out" if left_out else ""), file=sys.stderr)


def _library(arguments: argparse.Namespace) -> int:
    from story.library.revisions import Library

    library = Library.open()
    days = arguments.forget_unsaved_older_than
    if days is not None:
        if not 1 <= days <= 36_500:
            raise StoryError(f"'{days}' is not a number of days from 1 to 36,500.")
        print(f"{say_count(library.autosaves.forget_older_than(days), 'unsaved story')} forgotten")
        return 0
    try:
        if arguments.remove:
            library.remove(arguments.remove, "the owner")
        if arguments.put_back:
            library.put_back(arguments.put_back)
    except StoryNotFoundError as error:
        raise StoryNotFoundError(f"'{arguments.remove or arguments.put_back}': {error}") from None
    for kept in library.stories():
        latest = kept.latest
        print(f"{latest.title}: {say_count(latest.number, 'revision')}, saved {latest.when:%Y-%m-%d} by {latest.who}")
        print(f"  to change it: ?story={kept.id}")
        print(f"  to read it:   ?story={kept.reader_id}")
    return 0


def _day(text: str) -> date:
    try:
        day = parse_when(text).day
    except DateFormatError:
        day = None
    if day is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a single day. Write 2025-10-24.")
    return day


def _days(text: str) -> tuple[date | None, date | None]:
    """`A..B`, `A..`, `..B` or one day."""
    start, dots, end = text.partition("..")
    first = _day(start) if start else None
    last = (_day(end) if end else None) if dots else first
    if first and last and first > last:
        raise argparse.ArgumentTypeError(f"'{text}' ends before it begins. Write the earlier day first.")
    return first, last
