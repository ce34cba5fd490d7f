"""CSV as people save it: any delimiter, quoted line breaks, true line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from story.encoding.decoding import decode
from story.tables.table import LIMITS, Record, Sheet, TableLimits, check_size

_DELIMITERS = ",;\t|^~"
_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAMPLE = 60


def read_delimited(raw: bytes, file: str, limits: TableLimits = LIMITS, encoding: str = "") -> Sheet:
    """The rows of a delimited text. `file` is the name that problems give."""
    text, encoding, problems = decode(raw, file, encoding)
    lines = list(io.StringIO(text, newline=""))
    delimiter, skipped = find_delimiter(lines)
    records: list[Record] = []
    cells = 0
    for record in _records(lines, delimiter, skipped):
        if any(cell.strip() for cell in record.cells):
            records.append(record)
            cells += len(record.cells)
            if len(records) > limits.rows or len(record.cells) > limits.columns or cells > limits.cells:
                check_size(file, limits, rows=len(records), columns=len(record.cells), cells=cells)
    how = f"{encoding}, columns between {_WORDS.get(delimiter, repr(delimiter))}"
    return Sheet(records, how, problems, delimiter, encoding=encoding)


def find_delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter that cuts most of the first rows into equally many cells, and how many lines stand before it."""
    if lines and (named := re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE)):
        return named[1], 1
    sample = lines[: _SAMPLE * 2]
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(sample, delimiter=delimiter))[:_SAMPLE]
        except csv.Error:
            rows = [line.split(delimiter) for line in sample]
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        usual, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = (round(times / widths.total(), 1), usual) if usual > 1 else (0.0, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best, 0


_UNCLOSED = "A double quote opens in this row and is never closed. Close it, or write it twice."
_SWALLOWS = (
    "A double quote opens in this row and closes rows later, which are read as rows. Close it, or write it twice."
)


def _records(lines: list[str], delimiter: str, position: int) -> Iterator[Record]:
    """Each record; a quote that is not closed would swallow rows behind it: it counts for nothing in its line."""
    looks: _Rows | None = None
    while position < len(lines):
        start = position
        reader = csv.reader(lines[start:], delimiter=delimiter)
        before = 0
        restart = len(lines)
        while True:
            try:
                record = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                fault = f"This row cannot be read: {error}. Check its double quotes."
                yield Record(start + before + 1, [lines[start + before].strip()[:80]], fault)
                restart = start + before + 1
                break
            doubt = ""
            if start + reader.line_num == len(lines) and _unclosed(lines[start + before :], delimiter):
                doubt = _UNCLOSED
            elif reader.line_num > before + 1:
                looks = looks or _Rows(lines, delimiter)
                doubt = _SWALLOWS if looks.are_in(lines[start + before : start + reader.line_num], record) else ""
            if doubt:
                yield Record(start + before + 1, _without_quotes(lines[start + before], delimiter), doubt=doubt)
                restart = start + before + 1
                break
            yield Record(start + before + 1, record)
            before = reader.line_num
        position = restart


class _Rows:
    """What a row of this file looks like when it stands on a line of its own."""

    def __init__(self, lines: list[str], delimiter: str) -> None:
        self._delimiter = delimiter
        rows = [_without_quotes(line, delimiter) for line in lines[:_SAMPLE] if line.strip()]
        self._width = Counter(map(len, rows)).most_common(1)[0][0]
        whole = [row for row in rows if len(row) == self._width]
        # In which columns there are figures, as in days.
        self._figured = [
            2 * sum(any(map(str.isdigit, row[n])) for row in whole) > len(whole) for n in range(self._width)
        ]

    def are_in(self, lines: list[str], record: list[str]) -> bool:
        """Whether a record of several lines is several rows: its cells, or what stands behind its quotes, are no row's,
        or more than one line within it is a row with its figures."""
        if self._width < 2:
            return False
        within = sum(map(self._is_row, lines[1:]))
        if not within:
            return False
        is_broken = len(record) != self._width or _is_torn(lines, self._delimiter)
        return is_broken or (within > 1 and any(self._figured) and within >= len(lines) - 2)

    def _is_row(self, line: str) -> bool:
        cells = _without_quotes(line, self._delimiter)
        if len(cells) != self._width:
            return False
        return all(any(map(str.isdigit, cell)) for cell, figured in zip(cells, self._figured, strict=True) if figured)


def _is_torn(lines: list[str], delimiter: str) -> bool:
    """Whether text stands between a closing quote and the next delimiter."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _without_quotes(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose quotes do not go together: those around a whole cell count, a lone one does not."""
    text = line.rstrip("\r\n")
    cells = next(csv.reader([text], delimiter=delimiter), [])
    if text.count('"') % 2 == 0 and not any('"' in cell for cell in cells):
        return cells
    return [cell.strip().strip('"') for cell in text.split(delimiter)]


def _unclosed(lines: list[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        # csv has one class for all its errors and no codes: only its words tell this one from the others.
        return "unexpected end of data" in str(error)
    return False
