"""The tables of the library, as the latest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

METADATA = MetaData()

STORY = Table(
    "story",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("reader_id", String(120), nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("removed_at", DateTime(timezone=True)),
    Column("removed_by", Text),
)
"""`id` opens the story for whoever may change it, `reader_id` for whoever may read it."""

REVISION = Table(
    "revision",
    METADATA,
    Column("story", String(120), ForeignKey("story.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("checksum", String(64), nullable=False),
    PrimaryKeyConstraint("story", "number"),
)
"""A whole story each, never changed once written; the key lets one writer alone have a number."""

LISTED = Table(
    "shelf",
    METADATA,
    Column("browser", String(64), nullable=False),
    Column("link", String(120), nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("browser", "link"),
)
"""Which stories a browser lists: those saved or opened in it. `browser` is a digest, which opens nothing itself."""

UNSAVED = Table(
    "unsaved",
    METADATA,
    Column("browser", String(64), nullable=False),
    Column("story", String(120), nullable=False),
    Column("base", Integer, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("version", String(32), nullable=False, server_default=""),
    Column("title", Text),
    PrimaryKeyConstraint("browser", "story"),
)
"""What a browser works on and has not saved: no revision, and nobody else's to see. `base` is 0 where none was.

`version` is drawn anew with every write, so that whoever writes next sees whether the row is still the one it knew.
`title` is missing in rows of an earlier Dateline.
"""

SIGNING = Table(
    "signing",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary, nullable=False),
)
"""The one key by which all servers of this library sign the names that they give to browsers; its `id` is 1."""
