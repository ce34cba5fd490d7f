"""Any file to a `Table`, by what it is rather than by its name alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from story.exc import StoryFormatError, TableSizeError
from story.tables.columns.header import as_table
from story.tables.readers.calendar import is_calendar, read_calendar
from story.tables.readers.delimited import read_delimited
from story.tables.readers.geopackage import read_geopackage
from story.tables.readers.kml import is_kml, kml_in, read_kml
from story.tables.readers.objects import read_objects
from story.tables.readers.storytelling import from_timeline_sheet
from story.tables.readers.tracks import is_gpx, read_gpx
from story.tables.readers.workbook import read_workbook
from story.tables.table import AS_IT_SAYS, LIMITS, ReadAs, Sheet, Table, TableLimits

DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt", ""})
WORKBOOKS = frozenset({".xlsx", ".xlsm"})
OBJECTS = frozenset({".json", ".geojson", ".jsonl", ".ndjson"})
KINDS = "CSV, TSV, XLSX, JSON, GeoJSON, KML, KMZ, GPX, ICS or GeoPackage"
_OTHER = ((b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"%PDF", "a PDF"),
          (b"\xd0\xcf\x11\xe0", "an old or locked Office file"),
          (b"\x1f\x8b", "a packed file"), (b"{\\rtf", "a text document"))  # fmt: skip


def load_table(path: Path, limits: TableLimits = LIMITS, read_as: ReadAs = AS_IT_SAYS) -> Table:
    """The table in a file; of a workbook its fullest sheet counts unless `read_as` names one.

    Raises StoryFormatError for what is no table, TableSizeError for what is too large.
    """
    return parse_table(read_bytes(path, limits), path.name, limits, read_as)


def read_bytes(path: Path, limits: TableLimits = LIMITS) -> bytes:
    """The bytes of a table's file. Raises TableSizeError, without reading it, where it is too large."""
    _check_bytes(path.name, path.stat().st_size, limits)
    return path.read_bytes()


def _check_bytes(name: str, size: int, limits: TableLimits) -> None:
    if size > limits.bytes:
        raise TableSizeError(
            f"'{name}' has {size / 1e6:,.0f} MB; at most {limits.bytes / 1e6:,.0f} MB are read. "
            "Save only the columns that are needed, or split it into several files."
        )


def parse_table(raw: bytes, name: str, limits: TableLimits = LIMITS, read_as: ReadAs = AS_IT_SAYS) -> Table:
    """The table in the bytes of a file that is called `name`, an upload for instance."""
    _check_bytes(name, len(raw), limits)
    ending = Path(name).suffix.lower()
    if sheet := _exchanged(raw, name, limits, read_as):
        return as_table(sheet, name, limits)
    if raw.startswith(b"PK\x03\x04"):
        book = read_workbook(raw, name, limits, read_as.sheet)
        return replace(_of_events(as_table(book, name, limits)), sheets=book.sheets)
    for mark, what in _OTHER:
        if raw.startswith(mark):
            raise StoryFormatError(f"'{name}' is no text but {what}. Save the table as {KINDS}, and open that.")
    if ending in WORKBOOKS:
        raise StoryFormatError(f"'{name}' is no XLSX workbook inside. Save it again as XLSX, or as CSV.")
    if ending in OBJECTS or (ending not in DELIMITED and raw.lstrip()[:1] in (b"{", b"[")):
        return as_table(read_objects(raw, name, limits, read_as.encoding), name, limits)
    if ending not in DELIMITED:
        raise StoryFormatError(f"'{name}' is no table that can be opened. Save it as {KINDS}, and open that.")
    return _of_events(as_table(read_delimited(raw, name, limits, read_as.encoding), name, limits))


def _of_events(table: Table) -> Table:
    """The table, or what the sheet of another storytelling tool comes to in columns of ours."""
    told = from_timeline_sheet(table.headers, table.rows)
    if not told:
        return table
    headers = tuple(next(iter(told.values())))
    rows = tuple(tuple(row[name] for name in headers) for row in told.values())
    lines = tuple(table.lines[at] for at in told)
    return replace(
        table,
        headers=headers,
        rows=rows,
        lines=lines,
        count=table.count - len(table.rows) + len(rows),
        how=f"TimelineJS sheet, {table.how}",
    )


def _exchanged(raw: bytes, name: str, limits: TableLimits, read_as: ReadAs) -> Sheet | None:
    """What programs for maps and calendars exchange, known by how it begins; None for anything else."""
    if raw.startswith(b"SQLite format 3"):
        return read_geopackage(raw, name, limits)
    if is_calendar(raw):
        return read_calendar(raw, name, limits, read_as.encoding)
    if raw.startswith(b"PK\x03\x04") and not name.lower().endswith((".xlsx", ".xlsm")):
        document = kml_in(raw, name, limits)
        return None if document is None else read_kml(document, name, limits)
    if is_kml(raw):
        return read_kml(raw, name, limits)
    return read_gpx(raw, name, limits) if is_gpx(raw) else None
