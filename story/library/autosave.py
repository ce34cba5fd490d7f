"""What browsers work on and have not saved: one row a story, written only by whoever knows what stands there.

Several servers may share a library. Each row has a version, and a write names the version that it follows; where
another has come first nothing is written, and the caller puts both together.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, select, update

from story.draft import Draft, serialization
from story.exc import StoryFormatError
from story.library import database
from story.library.schema import LISTED, UNSAVED


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The stored state of a story that was not saved: its version, the revision it began from (0: none), the draft."""

    version: str
    base: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Listed:
    """What can be told of unsaved work without reading it."""

    version: str
    title: str


class Autosaves:
    """The unsaved work of all browsers in one database; safe to share between threads.

    Every method raises what is wrong with the library as a LibraryError.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, browser: str, story: str, base: int, draft: Draft, follows: str | None) -> str | None:
        """Stores a state that follows the version `follows` (None: nothing stored) and gives the new version.

        None, with nothing written, where there is another version. A row that is gone is made anew.
        """
        document = zlib.compress(serialization.dumps(draft), 1)
        version = secrets.token_hex(16)
        new = {
            "base": base, "put_at": now(), "document": document, "version": version, "title": draft.head.title,
        }  # fmt: skip
        with database.writing(self._engine) as connection:
            if follows is not None:
                moved = update(UNSAVED).where(*_row(browser, story), UNSAVED.c.version == follows).values(**new)
                if connection.execute(moved).rowcount:
                    return version
            put = database.upsert(connection, UNSAVED).values(browser=digest(browser), story=story, **new)
            # Not every driver counts the rows of an insert; all give back what they inserted.
            return connection.execute(put.on_conflict_do_nothing().returning(UNSAVED.c.version)).scalar()

    def drop(self, browser: str, story: str, version: str) -> bool:
        """Forgets a story's unsaved state; False, with nothing forgotten, where another version stands there now."""
        with database.writing(self._engine) as connection:
            if connection.execute(delete(UNSAVED).where(*_row(browser, story), UNSAVED.c.version == version)).rowcount:
                return True
            return connection.execute(select(UNSAVED.c.story).where(*_row(browser, story))).first() is None

    def listed(self, browser: str) -> dict[str, Listed]:
        """Story -> what there is of a browser's unsaved work, the one touched last first."""
        named = [UNSAVED.c.story, UNSAVED.c.version, UNSAVED.c.title]
        with database.reading(self._engine) as connection:
            query = select(*named).where(UNSAVED.c.browser == digest(browser)).order_by(UNSAVED.c.put_at.desc())
            rows = list(connection.execute(query))
        return {row.story: Listed(row.version, self._title(browser, row)) for row in rows}

    def read(self, browser: str, story: str) -> Unsaved | None:
        """The stored state of a story; None where there is none. Raises StoryFormatError for what cannot be read."""
        with database.reading(self._engine) as connection:
            row = connection.execute(select(UNSAVED).where(*_row(browser, story))).first()
        if row is None:
            return None
        try:
            return Unsaved(row.version, row.base, serialization.loads(zlib.decompress(row.document)))
        except zlib.error as error:
            raise StoryFormatError(f"The unsaved changes to this story are damaged in the library: {error}.") from None

    def knows(self, browser: str) -> bool:
        """Whether anything is kept here for a browser of this name."""
        with database.reading(self._engine) as connection:
            return any(
                connection.execute(select(table.c.browser).where(table.c.browser == digest(browser)).limit(1)).first()
                for table in (UNSAVED, LISTED)
            )

    def forget_older_than(self, days: int) -> int:
        """Forgets what nobody has touched for so many days by the database's clock; gives the number of stories."""
        with database.writing(self._engine) as connection:
            at: datetime = connection.execute(select(func.current_timestamp())).scalar_one()
            # SQLite gives a time without a zone, in UTC.
            at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
            return connection.execute(delete(UNSAVED).where(UNSAVED.c.put_at < at - timedelta(days=days))).rowcount

    def _title(self, browser: str, row: Any) -> str:
        """A title that an earlier Dateline did not store apart is read from the story."""
        if row.title is None:
            with suppress(StoryFormatError):
                whole = self.read(browser, row.story)
                return whole.draft.head.title if whole else ""
        return row.title or "A story that cannot be read"


def digest(browser: str) -> str:
    """What the library knows a browser by; the name itself, by which the work is opened, is never stored."""
    return hashlib.sha256(browser.encode()).hexdigest()


def now() -> datetime:
    return datetime.now(UTC)


def _row(browser: str, story: str) -> tuple[Any, Any]:
    return UNSAVED.c.browser == digest(browser), UNSAVED.c.story == story
