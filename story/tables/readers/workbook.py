"""XLSX: the fullest sheet of a workbook as text. Formulas are never run: what they last came to is read.

calamine lays a sheet out as one dense block, so a zip bomb or one cell in the last row of the last column would fill
the memory; the archive is walked through first, within the limits. That is for a friendly word early: what a file is
made to slip past it with ends the process that reads it (story.opening.sandbox), never the server.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from story.exc import StoryFormatError, TableSizeError
from story.model import Problem
from story.tables.readers.shown import Days, Shown, column_number, days_of
from story.tables.table import LIMITS, Record, Sheet, TableLimits, check_size

_CELL = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}?(/?)>')
_CHUNK = 1 << 20
_OVERLAP = 400
_SHEETS = "xl/worksheets/"
_BLANK = 10
_MOST_NAMED = 50


def read_workbook(raw: bytes, file: str, limits: TableLimits = LIMITS, sheet: str = "") -> Sheet:
    """The rows of the sheet that is named, or of the visible one with most filled cells where it is "".

    Merged cells of a column all have its value, and dates come as ISO text. The one that is named is the only one that
    is read; else the limits hold for all sheets together. Raises TableSizeError for what unfolds to too much,
    StoryFormatError for no workbook or a sheet that it has not.
    """
    _check_archive(raw, file, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            shown = [
                one.name
                for one in book.sheets_metadata
                if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
            ]
            _check_sheets(shown, sheet, file)
            name, filled = (sheet, shown) if sheet else _fullest(book, shown, file, limits)
            days = _days_of(raw, name)
            rows, partial = _filled(book.get_sheet_by_name(name), file, limits, days.shown)
    except (KeyboardInterrupt, SystemExit, MemoryError, StoryFormatError):
        raise
    except CalamineError as error:
        raise _damaged(file, error) from None
    except BaseException as error:
        # What calamine did not expect of a broken file comes as a PanicException, which is no Exception.
        raise _damaged(file, error) from None
    records = [Record(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    width = max((len(record.cells) for record in records), default=0)
    check_size(file, limits, rows=len(records), columns=width, cells=len(records) * width)
    others = f", the fullest of {len(shown)}" if len(shown) > 1 and not sheet else ""
    return Sheet(
        records,
        f"XLSX, sheet '{name}'{others}",
        tuple(_told(file, partial)),
        dated=days.since,
        sheets=tuple(filled),
    )


def _days_of(raw: bytes, sheet: str) -> Days:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return days_of(archive, sheet)


def _told(file: str, partial: list[tuple[int, Shown, str]]) -> Iterator[Problem]:
    """A problem for all cells that show a month without its day, and for those that show a day without its year."""
    meant: dict[Shown, tuple[str, str]] = {
        "month": ("a month and a year, such as 'Mar-20'", "If the figure is a day"),
        "day": ("a day and a month, such as '20-Mar'", "If the figure is a year, or another year is meant"),
    }
    for kind, (what, otherwise) in meant.items():
        cells = [(line, value) for line, shown, value in partial if shown == kind]
        if cells:
            count = f"{len(cells):,} cells show" if len(cells) > 1 else "A cell shows"
            line, value = cells[0]
            message = (
                f"{count} only {what}; the first is read by its value as {value}. {otherwise}, write the whole date."
            )
            yield Problem(file, line, "", value, message)


def _check_sheets(shown: list[str], asked: str, file: str) -> None:
    if not shown:
        raise StoryFormatError(
            f"'{file}' has no sheet that is shown. Unhide the one with the table, and save it again."
        )
    if asked and asked not in shown:
        there = ", ".join(f"'{name[:80]}'" for name in shown[:_MOST_NAMED])
        raise StoryFormatError(f"'{file}' has no sheet '{asked[:80]}'. Name one of {there}.")


def _fullest(book: CalamineWorkbook, shown: list[str], file: str, limits: TableLimits) -> tuple[str, list[str]]:
    """The sheet with most filled cells, and all that have any; each is read, counted and let go."""
    counts: dict[str, int] = {}
    reach = 0
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        reach += _reach(sheet)
        _check_reach(reach, limits, file)
        counts[name] = sum(map(_count, sheet.iter_rows())) if sheet.end else 0
    # Of equally full ones the first.
    return max(shown, key=counts.__getitem__), [name for name in shown if counts[name]]


def _count(row: list[Any]) -> int:
    """How many cells of a row are filled; counted by the list itself, since millions may be blank."""
    return len(row) - row.count("") - row.count(None)


def _reach(sheet: CalamineSheet) -> int:
    row, column = sheet.end or (-1, -1)
    return (row + 1) * (column + 1)


def _check_reach(cells: int, limits: TableLimits, file: str) -> None:
    # Up to ten times the cells that a table may have, since a blank one costs little.
    if cells > limits.cells * _BLANK:
        raise TableSizeError(
            f"The sheets of '{file}' reach over {cells:,} cells, most of them blank. Delete the rows below and the "
            "columns beside each table, or save the sheet with the table alone."
        )


def _damaged(file: str, error: BaseException) -> StoryFormatError:
    words = str(error).strip().rstrip(".")[:120]
    if "password" in words.lower() or "encrypted" in words.lower():
        return StoryFormatError(f"'{file}' is locked with a password. Save it without one.")
    return StoryFormatError(f"'{file}' is no workbook that can be read ({words}). Save it again as XLSX, or as CSV.")


def _check_archive(raw: bytes, file: str, limits: TableLimits) -> None:
    """Unfolds every part once, and throws it away: what it says of its size may not be true."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > limits.unpacked or len(parts) > 10_000:
                raise _too_large(file, limits)
            if not any(part.filename.lower().startswith(_SHEETS) for part in parts):
                raise StoryFormatError(f"'{file}' is no XLSX workbook. Save the table as XLSX or CSV.")
            for part in parts:
                with archive.open(part) as stream:
                    if part.filename.lower().startswith(_SHEETS) and part.filename.lower().endswith(".xml"):
                        total += _unfolded(stream, file, limits)
                        continue
                    while chunk := stream.read(_CHUNK):
                        total += len(chunk)
                        if total > limits.unpacked:
                            raise _too_large(file, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged(file, error) from None
    except Exception as error:
        if isinstance(error, StoryFormatError):
            raise
        raise _damaged(file, error) from None


def _unfolded(stream: Any, file: str, limits: TableLimits) -> int:
    """How many bytes a sheet has, once its filled cells are seen to reach no further than the limits."""
    total, last_row, last_column, rest = 0, 0, 0, b""
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > limits.unpacked:
            raise _too_large(file, limits)
        rest += chunk
        for letters, row, empty in _CELL.findall(rest):
            if not empty:
                last_row = max(last_row, int(row))
                last_column = max(last_column, column_number(letters))
        rest = rest[-_OVERLAP:]
    if last_row * last_column > limits.cells * _BLANK:
        raise TableSizeError(
            f"'{file}' has a sheet that reaches to row {last_row:,} and column {last_column:,}. "
            "Delete the rows below and the columns beside the table, and save it again."
        )
    return total


def _too_large(file: str, limits: TableLimits) -> TableSizeError:
    most = f"{limits.unpacked // 1_000_000:,} MB"
    return TableSizeError(f"'{file}' unfolds to more than {most} and is not opened. Save only the table, as CSV.")


def _filled(
    sheet: CalamineSheet, file: str, limits: TableLimits, shown: Mapping[tuple[int, int], Shown]
) -> tuple[list[list[str]], list[tuple[int, Shown, str]]]:
    """The cells as text, [] for a blank row, and the line, kind and text of those that show a part of a day only.

    All rows of a merged column have what stands in its first.
    """
    _check_reach(_reach(sheet), limits, file)
    partial: list[tuple[int, Shown, str]] = []
    if not sheet.end:
        return [], partial
    # calamine leaves out the blank columns before the first filled one.
    before = [""] * (sheet.start or (0, 0))[1]
    rows: list[list[str]] = []
    cells = 0
    for given in sheet.iter_rows():
        row = [*before, *map(_text, given)] if _count(given) else []
        for number, value in enumerate(given, len(before)) if shown and row else ():
            kind = shown.get((len(rows), number))
            if kind and isinstance(value, date):
                # The first of a month stands for all of it where the cell shows no day.
                row[number] = row[number][:7] if kind == "month" and value.day == 1 else row[number]
                partial.append((len(rows) + 1, kind, row[number]))
        rows.append(row)
        cells += len(row)
        check_size(file, limits, columns=len(row), cells=cells)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if not row:
                row += [""] * len(rows[top])
            if not row[left]:
                row[left] = rows[top][left]
    return rows, partial


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
