"""XLSX: the fullest sheet of a workbook as text. Formulas are never run: what they last came to is read.

calamine lays a sheet out as one dense block, so a zip bomb or one cell in the last row of the last column would fill
the memory; the archive is walked through first, within the limits.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from story.exc import StoryFormatError, TableSizeError
from story.tables.grid import LIMITS, Record, Sheet, TableLimits, check_size

_CELL = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}?(/?)>')
_CHUNK = 1 << 20
_OVERLAP = 400
_SHEETS = "xl/worksheets/"


def read_workbook(raw: bytes, file: str, limits: TableLimits = LIMITS, sheet: str = "") -> Sheet:
    """The rows of the sheet that is named, or of the visible one with most filled cells where it is "".

    Merged cells of a column all have its value, and dates come as ISO text. Raises TableSizeError for what unfolds to
    too much, StoryFormatError for no workbook or a sheet that it has not.
    """
    _check_archive(raw, file, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            shown = [
                one.name
                for one in book.sheets_metadata
                if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
            ]
            sheets = [(name, _filled(book.get_sheet_by_name(name))) for name in shown]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except CalamineError as error:
        raise _damaged(file, error) from None
    except BaseException as error:
        # What calamine did not expect of a broken file comes as a PanicException, which is no Exception.
        raise _damaged(file, error) from None
    if not sheets:
        raise StoryFormatError(
            f"'{file}' has no sheet that is shown. Unhide the one with the table, and save it again."
        )
    if sheet and sheet not in dict(sheets):
        there = ", ".join(f"'{name}'" for name, _ in sheets)
        raise StoryFormatError(f"'{file}' has no sheet '{sheet[:80]}'. Name one of {there}.")
    name, rows = max(sheets, key=lambda one: (one[0] == sheet, sum(len(_words(row)) for row in one[1])))
    records = [Record(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    width = max((len(record.cells) for record in records), default=0)
    check_size(file, limits, rows=len(records), columns=width, cells=len(records) * width)
    others = f", the fullest of {len(sheets)}" if len(sheets) > 1 and not sheet else ""
    filled = tuple(other for other, some in sheets if any(any(row) for row in some))
    return Sheet(records, f"XLSX, sheet '{name}'{others}", dated=True, sheets=filled)


def _words(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


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
                        total += _check_reach(stream, file, limits)
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


def _check_reach(stream: Any, file: str, limits: TableLimits) -> int:
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
                last_column = max(last_column, _number(letters))
        rest = rest[-_OVERLAP:]
    # Up to ten times the cells that a table may have, since a blank one costs little.
    if last_row * last_column > limits.cells * 10:
        raise TableSizeError(
            f"'{file}' has a sheet that reaches to row {last_row:,} and column {last_column:,}. "
            "Delete the rows below and the columns beside the table, and save it again."
        )
    return total


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(file: str, limits: TableLimits) -> TableSizeError:
    most = f"{limits.unpacked // 1_000_000:,} MB"
    return TableSizeError(f"'{file}' unfolds to more than {most} and is not opened. Save only the table, as CSV.")


def _filled(sheet: CalamineSheet) -> list[list[str]]:
    """The cells as text; the rows of a merged column all have the value that stands in its first."""
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right:
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
    return rows


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
