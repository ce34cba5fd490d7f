"""Where a live story comes from: the address of a table, and what it said when it was read last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from story.model.columns import Row
from story.model.metadata import Metadata
from story.tables.columns.matched import Matching
from story.tables.table import AS_IT_SAYS, ReadAs


@dataclass(frozen=True, slots=True)
class Origin:
    """The address of the table that a story follows, as a person gave it, and the last reading that was any good.

    `rows` and `head` are what that reading came to, before anybody edited it: the next one is held against them.
    """

    address: str
    read: datetime
    """When (UTC)."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal: a server may have no other way to say that nothing has changed."""
    etag: str
    modified: str
    """The ETag and the Last-Modified of the server, "" for none."""
    matching: Matching
    """Which column was taken for which field, as the person left it."""
    read_as: ReadAs = AS_IT_SAYS
    rows: tuple[Row, ...] = ()
    head: Metadata = field(default_factory=lambda: Metadata(""))

    @property
    def host(self) -> str:
        """The server's name. The rest of the address may be what opens a private sheet, and is not for every reader."""
        return urlsplit(self.address.strip()).hostname or "its address"
