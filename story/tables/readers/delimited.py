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


def _records(lines: list[str], delimiter: str, position: int) -> Iterator[Record]:
    """Each record; a quote that is never closed would swallow the rest of the file: its line alone is set aside."""
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
            if start + reader.line_num == len(lines) and _unclosed(lines[start + before :], delimiter):
                fault = "A double quote opens in this row and is never closed. Close it, or write it twice."
                yield Record(start + before + 1, [lines[start + before].strip()[:80]], fault)
                restart = start + before + 1
                break
            yield Record(start + before + 1, record)
            before = reader.line_num
        position = restart


def _unclosed(lines: list[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        # csv has one class for all its errors and no codes: only its words tell this one from the others.
        return "unexpected end of data" in str(error)
    return False
