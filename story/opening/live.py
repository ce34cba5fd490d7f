"""The table at an address, and the story that follows it: fetched as any address is, read as any upload is.

It is looked at again by what its server said last (ETag, Last-Modified), and by a checksum where that says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode, urlsplit

from story.draft import Draft
from story.draft.origin import Origin
from story.draft.rereading import Reread, bound, reread
from story.exc import TableAddressError
from story.opening import sandbox
from story.opening.fetching import Address, Fetched, Seen, Wanted, fetch, fetch_changed, is_public
from story.opening.source import Upload, file_name
from story.reading.articles.plain import is_prose
from story.tables.columns.matched import Matching
from story.tables.load import DELIMITED, OBJECTS, WORKBOOKS
from story.tables.table import LIMITS, ReadAs

TABLE = Wanted(
    "text/csv, application/geo+json, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, "
    "application/json;q=0.9, */*;q=0.5", LIMITS.bytes, 30.0, TableAddressError,
    "Open it in a browser, save the table, and open the file.",
)  # fmt: skip
ANYTHING = replace(
    TABLE,
    accept="*/*",
    otherwise="Open it in a browser, and paste the article's text, or save the table and open the file.",
)  # fmt: skip
_AGAIN = replace(TABLE, otherwise="")
"""Who looks again has nothing else to do: the last good reading stays."""
WEB = ("http://", "https://")
_EXCHANGED = frozenset({".kml", ".kmz", ".gpx", ".ics", ".gpkg", ".zip"})
_TABLES = frozenset(DELIMITED - {"", ".txt"}) | WORKBOOKS | OBJECTS | _EXCHANGED
_ARTICLES = frozenset({".html", ".pdf", ".docx", ".eml", ".txt"})
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/geo+json": ".geojson",
    "application/x-ndjson": ".ndjson",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.google-earth.kml+xml": ".kml",
    "application/gpx+xml": ".gpx",
    "text/calendar": ".ics",
    "application/geopackage+sqlite3": ".gpkg",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SHEET = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?P<id>e/[\w-]+|[\w-]+)(?:/(?P<what>[\w.]+))?/?")


def is_address(text: str) -> bool:
    """Whether a text is the address of something on the web, rather than the path of a file."""
    return text.strip().lower().startswith(WEB)


def file_address(address: str) -> str:
    """Where the file is that an address means: of a Google sheet its CSV file, of anything else the address itself."""
    parts = urlsplit(address.strip())
    found = _SHEET.fullmatch(parts.path) if parts.hostname == "docs.google.com" else None
    if found is None or found["what"] in ("export", "gviz"):
        return address.strip()
    asked, after = parse_qs(parts.query), parse_qs(parts.fragment)
    gid = (after.get("gid") or asked.get("gid") or [""])[0]
    if found["id"].startswith("e/"):
        # Published: another form that it was published in, such as XLSX, stays.
        form = (asked.get("output") or ["csv"])[0]
        form = "csv" if form == "html" else form
        query = {"output": form, **({"gid": gid, "single": "true"} if gid else {})}
        what = "pub"
    else:
        query, what = {"format": "csv", **({"gid": gid} if gid else {})}, "export"
    return f"https://docs.google.com/spreadsheets/d/{found['id']}/{what}?{urlencode(query)}"


def is_table(fetched: Fetched) -> bool:
    """Whether what was fetched is a table, rather than an article."""
    return PurePath(named(fetched)).suffix in _TABLES


def named(fetched: Fetched) -> str:
    """A name for what was fetched with an ending that says what it is: by its bytes, its name, its media type."""
    path = PurePath(fetched.name)
    ending = path.suffix.lower()
    if _is_page(fetched.raw):
        return f"{path.stem}.html"
    if ending in _TABLES or (ending in _ARTICLES and ending != ".txt"):
        return f"{path.stem}{ending}"
    return f"{path.stem}{_ENDINGS.get(fetched.kind) or _ending(fetched.raw)}"


def _is_page(raw: bytes) -> bool:
    """Whether bytes begin as HTML does, behind its marks and comments."""
    head = raw[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for begins, ends in ((b"<?", b"?>"), (b"<!--", b"-->")):
        while head.startswith(begins):
            head = head.partition(ends)[2].lstrip()
    return _HTML.match(head) is not None


def _ending(raw: bytes) -> str:
    """What bytes are that nobody gives a name to."""
    if raw.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/document.xml" in raw else ".xlsx"
    if raw.startswith(b"%PDF"):
        return ".pdf"
    if raw.startswith(b"SQLite format 3\x00"):
        return ".gpkg"
    if raw.lstrip()[:1] in (b"{", b"["):
        return ".json"
    return ".txt" if is_prose(raw) else ".csv"


def fetch_table(address: str, *, allowed: Callable[[Address], bool] = is_public) -> Fetched:
    """The table at an address. Raises TableAddressError."""
    return _table(fetch(file_address(address), TABLE, allowed=allowed), address.strip())


def _table(fetched: Fetched, called: str) -> Fetched:
    if is_table(fetched):
        return fetched
    if urlsplit(fetched.url).hostname in ("docs.google.com", "accounts.google.com"):
        how = "Publish the sheet first (in Google Sheets: File, Share, Publish to web), and give that address."
    else:
        how = "Give the address of the table's own file: CSV, XLSX or GeoJSON."
    raise TableAddressError(f"'{called}' answers with a page for readers, and no table. {how}")


def upload_of(fetched: Fetched) -> Upload:
    """What was fetched as a file that somebody gives."""
    return Upload(file_name(named(fetched)), fetched.raw)


def origin_of(address: str, fetched: Fetched, matching: Matching, read_as: ReadAs) -> Origin:
    """The origin of a story that is made of what was fetched, its columns taken as `matching` says."""
    digest = hashlib.sha256(fetched.raw).hexdigest()
    seen = fetched.seen
    return Origin(address.strip(), datetime.now(UTC), digest, seen.etag, seen.modified, matching, read_as)


@dataclass(frozen=True, slots=True)
class Known:
    """What the last look at an address saw: the words of its server for it, and the checksum of the bytes."""

    seen: Seen
    digest: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an address comes to: the story after it, None where the table is as it was, and what it saw."""

    reread: Reread | None
    known: Known


def look_again(now: Draft, known: Known | None = None, *, allowed: Callable[[Address], bool] = is_public) -> Look:
    """Looks at the address that a story follows, its columns taken as they were; `known` is what the last look saw, by
    default the last reading.

    Raises TableAddressError, and what reading an upload raises; the address is called by its server alone.
    """
    origin = now.origin
    assert origin is not None
    known = known or Known(Seen(origin.etag, origin.modified), origin.digest)
    found = fetch_changed(file_address(origin.address), known.seen, _AGAIN, called=origin.host, allowed=allowed)
    if found is None:
        return Look(None, known)
    _table(found, origin.host)
    digest = hashlib.sha256(found.raw).hexdigest()
    if digest == known.digest:
        return Look(None, Known(found.seen, digest))
    parsed = sandbox.read_upload(upload_of(found), origin.read_as)
    matching = matched_again(origin.matching, parsed.matching)
    draft = sandbox.open_parsed(parsed.spool, matching)
    later = bound(draft, origin_of(origin.address, found, matching, origin.read_as))
    return Look(reread(now, later), Known(found.seen, digest))


def matched_again(last: Matching, guessed: Matching) -> Matching:
    """The columns of a later reading as those of the last one were taken, wherever they stand now; new columns as they
    are guessed. Raises ColumnNameError for one that is no longer there."""
    if last.headers == guessed.headers:
        return last
    new = {
        field: match
        for field, match in guessed.fields.items()
        if field not in last.fields and not {guessed.headers[number] for number in match.columns} & {*last.headers}
    }
    matching = replace(guessed, fields=MappingProxyType(new), day_first=last.day_first, own=last.own)
    for field in last.fields:
        matching = matching.with_column(field, last.named(field))
    return matching
