"""Where a table begins and ends: titles above it, its headers, blank rows, totals and footnotes below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from story.exc import DateFormatError
from story.model import Problem
from story.model.columns import REQUIRED
from story.tables.columns.surplus import EXTRA, Columns
from story.tables.columns.vocabulary import is_known, own_name
from story.tables.table import LIMITS, Record, Sheet, Table, TableLimits, check_size
from story.tables.values.days import read_day
from story.text import clean

_LOOKED_AT = 15
_TOTAL = re.compile(r"^(?:grand |sub-?)?(?:totals?|sum|summe|insgesamt|合計)\b\s*:?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"^(?:sources?|notes?|\*|†|\d\)|last updated|updated|data from|©)", re.IGNORECASE)
_MOST_SHOWN = 3
# "Paris[12]" in a table taken from an encyclopedia: the note is not there to be read.
_MARK = re.compile(r"(?<=\S)\s?\[(?:\d{1,3}|[a-z]|(?:note|nb|n\.?) ?\d+|citation needed)\](?!\w)")


def as_table(sheet: Sheet, name: str, limits: TableLimits = LIMITS) -> Table:
    """The table of a file. A file without any row has no headers, and a problem that says what to write."""
    records = sheet.records
    if not records:
        needed = ", ".join(f"'{field}'" for field in REQUIRED)
        message = f"The file is empty. Its first line must name the columns, at least {needed}."
        return Table(name, (), (), (), how=sheet.how, problems=(*sheet.problems, Problem(name, 1, "", "", message)))
    at = 0 if sheet.named else _header_at(records)
    above = [] if at is None else records[:at]
    header = None if at is None else records[at]
    body = records if at is None or header is None else records[at + 1 :]
    own = header is not None and {own_name(cell) for cell in header.cells} >= set(REQUIRED)
    body, below = (body, []) if own else _without_tail(body, header.cells if header else [])
    width = len(header.cells) if header else max(len(record.cells) for record in body)
    headers, kept = _headers([_unmarked(cell) for cell in header.cells] if header else [], width, body)
    check_size(name, limits, rows=len(body), columns=len(headers))
    rows, lines, problems = list[tuple[str, ...]](), list[int](), list(sheet.problems)
    extras: dict[int, str] = {}
    columns: Columns | None = None
    count, line, marks = 0, -1, False
    for record in body:
        if header and record.cells == header.cells:
            continue
        # An object of several points is several records of one line.
        count += record.line != line
        line = record.line
        cells, wrong = record.cells, record.fault or record.doubt
        if not record.fault and any(cell.strip() for cell in cells[width:]):
            columns = columns or Columns(body, width, sheet.delimiter)
            cells, extras[len(rows)], said_of_it = columns.mend(cells)
            wrong = " ".join(filter(None, (wrong, said_of_it)))
        if wrong:
            shown = clean((sheet.delimiter or ",").join(record.cells))[:80]
            problems.append(Problem(name, record.line, "", shown, wrong))
        if record.fault:
            continue
        cells = cells + [""] * (width - len(cells))
        said = [cells[number] for number in kept]
        bare = said if own else [_unmarked(cell) for cell in said]
        marks = marks or bare != said
        rows.append(tuple(bare))
        lines.append(record.line)
    if any(extras.values()):
        headers = (*headers, _another(EXTRA, headers))
        rows = [(*row, extras.get(number, "")) for number, row in enumerate(rows)]
    notes = [f"Left out below the table: {clean(' '.join(filter(None, record.cells)))[:120]}" for record in below]
    if at is None:
        notes.append("The table has no line of headers; its columns were told by what is in them.")
    if marks:
        notes.append("Marks of footnotes such as [12] were left out.")
    caption = next((clean(cell) for record in above for cell in record.cells if cell.strip()), "")
    return Table(
        name=name,
        headers=headers,
        rows=tuple(rows),
        lines=tuple(lines),
        header_line=header.line if header else records[0].line,
        count=count,
        how=sheet.how,
        caption=caption,
        notes=tuple(notes[:_MOST_SHOWN]),
        problems=tuple(problems),
        dated=sheet.dated,
        encoding=sheet.encoding,
    )


def _unmarked(cell: str) -> str:
    """The cell without marks of footnotes; links keep their brackets."""
    return _MARK.sub("", cell) if "[" in cell and "://" not in cell else cell


def _header_at(records: list[Record]) -> int | None:
    """The place of the record that names the columns, None where there is none: then the first is a row like others."""
    looked_at = [record for record in records[:_LOOKED_AT] if not record.fault]
    known = [sum(map(is_known, set(record.cells))) for record in looked_at]
    best = max(known, default=0)
    if best >= 2 or (best == 1 and len(looked_at[known.index(1)].cells) <= 2):
        return records.index(looked_at[known.index(best)])
    usual = Counter(sum(map(bool, record.cells)) for record in looked_at).most_common(1)
    least = max(1, round(0.6 * usual[0][0])) if usual else 1
    for record in looked_at:
        filled = [cell for cell in record.cells if cell.strip()]
        if len(filled) >= least:
            return None if any(map(_is_figure, filled)) and not best else records.index(record)
    return 0


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a number or a day, as headers do not (but for years alone)."""
    cell = clean(cell)
    if re.fullmatch(r"(?:19|20)\d\d", cell):
        return False
    if re.fullmatch(r"[-+]?\d[\d.,]*", cell):
        return True
    if len(cell) > 40 or not re.search(r"\d", cell):
        return False
    try:
        return bool(read_day(cell))
    except DateFormatError:
        return False


def _without_tail(body: list[Record], header: list[str]) -> tuple[list[Record], list[Record]]:
    """The rows, and what stands below them: totals, and footnotes in a single cell."""
    end = len(body)
    while end:
        cells = [clean(cell) for cell in body[end - 1].cells if cell.strip()]
        alone = len(cells) == 1 and len(header) > 2
        if not cells or body[end - 1].fault:
            break
        if not _TOTAL.match(cells[0]) and not (alone and (_FOOTNOTE.match(cells[0]) or len(cells[0]) > 60)):
            break
        if _TOTAL.match(cells[0]) and not all(
            _TOTAL.match(cell) or re.search(r"^[\d.,\s%-]+$", cell) for cell in cells
        ):
            break
        end -= 1
    return body[:end], body[end:]


def _headers(cells: list[str], width: int, body: list[Record]) -> tuple[tuple[str, ...], list[int]]:
    """A name for every column that has one or is filled; a second "Date" is "Date (2)"."""
    filled = [False] * width
    for record in body:
        for number, cell in enumerate(record.cells[:width]):
            if cell and not filled[number]:
                filled[number] = True
    names: list[str] = []
    kept: list[int] = []
    for number in range(width):
        name = clean(cells[number])[:80] if number < len(cells) else ""
        if not name and not filled[number]:
            continue
        name = name or f"Column {letters(number)}"
        names.append(_another(name, names))
        kept.append(number)
    return tuple(names), kept


def _another(name: str, names: Sequence[str]) -> str:
    """The name of one more column: a second "Date" is "Date (2)"."""
    seen = sum(1 for other in names if other == name or re.fullmatch(rf"{re.escape(name)} \(\d+\)", other))
    return f"{name} ({seen + 1})" if seen else name


def letters(number: int) -> str:
    """A column as a spreadsheet calls it: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
