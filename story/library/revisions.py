"""Stories that people keep: every save is a revision, whole and never changed; two who save at once are told.

A revision is the whole story, compressed: an eighth of its size, so that a thousand saves of a large one are some
hundred megabytes, and none depends on another's being whole.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from story.draft import Draft, serialization
from story.exc import RevisionDamagedError, StoryConflictError, StoryNotFoundError
from story.library import database
from story.library.autosave import Autosaves, digest, now
from story.library.schema import LISTED, REVISION, SIGNING, STORY
from story.model import Revision
from story.text import slug


@dataclass(frozen=True, slots=True)
class Kept:
    """A story of the library: the id that opens it for changing, the one for reading, and its latest revision."""

    id: str
    reader_id: str
    latest: Revision


class Library:
    """The stories of one database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.autosaves = Autosaves(engine)

    @classmethod
    def open(cls, url: str | None = None, *, wait: float = database.WAIT_SECONDS) -> Library:
        """The library at `url`, at DATELINE_DATABASE_URL, or in the user's data folder; busy after `wait` seconds.

        Raises LibraryUnreachableError, LibraryUnwritableError, LibraryTooNewError.
        """
        return cls(database.reach(url, wait=wait))

    def create(self, draft: Draft, who: str, changed: str = "", *, browser: str = "") -> Kept:
        """Keeps a new story as its first revision, under ids that cannot be guessed; listed in `browser` if given."""
        document = _document(draft)
        name = slug(draft.head.title)[:40].strip("-") or "story"
        story, reader = (f"{name}-{secrets.token_urlsafe(16)}" for _ in range(2))
        with database.writing(self._engine) as connection:
            connection.execute(insert(STORY).values(id=story, reader_id=reader, created_at=now()))
            revision = _write(connection, story, 1, draft, document, who, changed)
            if browser:
                _list_in(connection, browser, story)
        return Kept(story, reader, revision)

    def save(self, story: str, base: int, draft: Draft, who: str, changed: str = "") -> Revision:
        """Keeps the next revision of a story that was opened at revision `base`.

        Raises StoryConflictError, with the latest revision, where another was saved since; StoryNotFoundError where
        the story is not there, or was removed.
        """
        document = _document(draft)
        try:
            with database.writing(self._engine) as connection:
                latest = _latest(connection, story)
                _check_there(connection, story)
                if latest.number == base:
                    return _write(connection, story, base + 1, draft, document, who, changed)
        except IntegrityError:
            # Somebody's save came between the look and the write: the number decides, not the look.
            with database.reading(self._engine) as connection:
                latest = _latest(connection, story)
        raise StoryConflictError(
            f"{latest.who or 'Somebody'} has saved revision {latest.number} since you opened revision {base}. "
            "Nothing is lost: merge the two, or keep yours as a new story.",
            latest.number,
        )

    def restore(self, story: str, number: int, base: int, who: str) -> Revision:
        """Keeps an earlier revision again, as the latest one; those between stay."""
        return self.save(story, base, self.draft(story, number), who, f"restored revision {number}")

    def find(self, link: str) -> tuple[Kept, bool] | None:
        """The story that an id opens, and whether for changing; None where it opens none."""
        with database.reading(self._engine) as connection:
            row = connection.execute(_FIND, {"link": link}).first()
            if row is None:
                return None
            return Kept(row.id, row.reader_id, _latest(connection, row.id)), row.id == link

    def stories(self) -> tuple[Kept, ...]:
        """All stories, the one saved last first: for whoever owns the library."""
        with database.reading(self._engine) as connection:
            query = _newest().join(STORY, STORY.c.id == REVISION.c.story).where(STORY.c.removed_at.is_(None))
            rows = connection.execute(query.add_columns(STORY.c.reader_id).order_by(REVISION.c.saved_at.desc()))
            return tuple(Kept(row.story, row.reader_id, _revision(row)) for row in rows)

    def listed(self, browser: str) -> dict[str, str]:
        """Link -> title of the stories that a browser lists, the one put there last first."""
        with database.reading(self._engine) as connection:
            newest = _newest().subquery()
            here = (LISTED.c.link == STORY.c.id) | (LISTED.c.link == STORY.c.reader_id)
            query = (
                select(LISTED.c.link, newest.c.title)
                .join(STORY, here)
                .join(newest, newest.c.story == STORY.c.id)
                .where(LISTED.c.browser == digest(browser), STORY.c.removed_at.is_(None))
                .order_by(LISTED.c.put_at.desc())
            )
            return {row.link: row.title for row in connection.execute(query)}

    def list_in(self, browser: str, link: str) -> None:
        """Lists a story in a browser from now on."""
        with database.writing(self._engine) as connection:
            _list_in(connection, browser, link)

    def revisions(self, story: str) -> tuple[Revision, ...]:
        """All revisions of a story, the latest first."""
        with database.reading(self._engine) as connection:
            query = select(*_ABOUT).where(REVISION.c.story == story).order_by(REVISION.c.number.desc())
            return tuple(_revision(row) for row in connection.execute(query))

    def draft(self, story: str, number: int) -> Draft:
        """One revision of a story. Raises StoryNotFoundError, RevisionDamagedError, StoryTooNewError."""
        with database.reading(self._engine) as connection:
            query = select(REVISION.c.document, REVISION.c.checksum)
            row = connection.execute(query.where(REVISION.c.story == story, REVISION.c.number == number)).first()
        if row is None:
            raise StoryNotFoundError(f"There is no revision {number} of this story.")
        if hashlib.sha256(row.document).hexdigest() != row.checksum:
            raise RevisionDamagedError(
                f"Revision {number} is damaged in the library. Restore an earlier one, or a backup."
            )
        return serialization.loads(zlib.decompress(row.document))

    def remove(self, story: str, who: str) -> None:
        """Takes a story off the lists; it is kept, and `put_back` brings it back."""
        with database.writing(self._engine) as connection:
            _latest(connection, story)
            connection.execute(update(STORY).where(STORY.c.id == story).values(removed_at=now(), removed_by=who))

    def put_back(self, story: str) -> None:
        with database.writing(self._engine) as connection:
            _latest(connection, story)
            connection.execute(update(STORY).where(STORY.c.id == story).values(removed_at=None, removed_by=None))

    def signing_key(self) -> bytes:
        """The secret by which every server of this library signs names; made when it is first asked for."""
        with database.reading(self._engine) as connection:
            key = connection.execute(select(SIGNING.c.key)).scalar()
        if key is None:
            with database.writing(self._engine) as connection:
                # Another server may have been first.
                put = database.upsert(connection, SIGNING).values(id=1, key=secrets.token_bytes(32))
                connection.execute(put.on_conflict_do_nothing())
                key = connection.execute(select(SIGNING.c.key)).scalar_one()
        return bytes(key)


_ABOUT: Sequence[Any] = tuple(
    REVISION.c[name] for name in ("story", "number", "saved_by", "saved_at", "changed", "title")
)

# These two are asked at every turn of a page and by every feed: putting one together takes longer than its answer.
_FIND = select(STORY).where(
    or_(STORY.c.id == bindparam("link"), STORY.c.reader_id == bindparam("link")), STORY.c.removed_at.is_(None)
)
_LATEST = select(*_ABOUT).where(REVISION.c.story == bindparam("story")).order_by(REVISION.c.number.desc()).limit(1)


def _newest() -> Any:
    """The latest revision of every story."""
    newest = select(REVISION.c.story, func.max(REVISION.c.number).label("number")).group_by(REVISION.c.story).subquery()
    same = (newest.c.story == REVISION.c.story) & (newest.c.number == REVISION.c.number)
    return select(*_ABOUT).join(newest, same)


def _latest(connection: Connection, story: str) -> Revision:
    row = connection.execute(_LATEST, {"story": story}).first()
    if row is None:
        # An id is never repeated: it may open for changing what its reader was to see only.
        raise StoryNotFoundError("There is no such story in this library. Look for it in the list.")
    return _revision(row)


def _check_there(connection: Connection, story: str) -> None:
    row = connection.execute(select(STORY.c.removed_at, STORY.c.removed_by).where(STORY.c.id == story)).first()
    if row is not None and row.removed_at is not None:
        raise StoryNotFoundError(
            f"{row.removed_by or 'Somebody'} has removed this story. Put it back, or save yours as a new story."
        )


def _list_in(connection: Connection, browser: str, link: str) -> None:
    put = database.upsert(connection, LISTED).values(browser=digest(browser), link=link, put_at=now())
    connection.execute(put.on_conflict_do_nothing())


def _document(draft: Draft) -> bytes:
    """Made before a transaction begins: nobody waits for that of a large story."""
    return zlib.compress(serialization.dumps(draft))


def _write(
    connection: Connection, story: str, number: int, draft: Draft, document: bytes, who: str, changed: str
) -> Revision:
    revision = Revision(story, number, who.strip(), now(), changed, draft.head.title)
    connection.execute(
        insert(REVISION).values(
            story=story,
            number=number,
            saved_at=revision.when,
            saved_by=revision.who,
            changed=changed,
            title=revision.title,
            document=document,
            checksum=hashlib.sha256(document).hexdigest(),
        )
    )
    return revision


def _revision(row: Any) -> Revision:
    # SQLite keeps no zone: what is kept is UTC.
    when = row.saved_at if row.saved_at.tzinfo else row.saved_at.replace(tzinfo=UTC)
    return Revision(row.story, row.number, row.saved_by, when.astimezone(UTC), row.changed, row.title)
