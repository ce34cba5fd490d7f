"""The library's database: where it is, how it is reached, its tables brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from story.exc import LibraryBusyError, LibraryTooNewError, LibraryUnreachableError, LibraryUnwritableError

VARIABLE = "DATELINE_DATABASE_URL"
MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 20.0
"""How long a library that others use is waited for, unless told otherwise."""
_CONNECT_SECONDS = 2
"""The least that PostgreSQL's own library takes."""
_MIGRATING = 0x646174656C696E65 % 2**63
"""The number of PostgreSQL's advisory lock under which one process alone changes the tables."""


def address(url: str | None = None) -> URL:
    """Where the library is: `url`, else what DATELINE_DATABASE_URL says, else a file in the user's data folder.

    Raises LibraryUnreachableError for what names no SQLite or PostgreSQL database.
    """
    said = url or os.environ.get(VARIABLE, "")
    if not said:
        folder = platformdirs.user_data_path("dateline")
        return URL.create("sqlite", database=str(folder / "library.sqlite"))
    try:
        parsed = make_url(said)
    except ArgumentError:
        # The text itself may hold a password, and is not repeated.
        raise LibraryUnreachableError(
            f"{VARIABLE} is not the address of a database. Write postgresql://user@host/name or sqlite:///file."
        ) from None
    kind = parsed.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parsed.database:
        return parsed
    raise LibraryUnreachableError(
        f"{VARIABLE} names a database of the kind '{kind}'. Write postgresql://user@host/name or sqlite:///file."
    )


def is_file(url: str | None = None) -> bool:
    """Whether the library is a file rather than on a server. Raises what `address` raises."""
    return address(url).get_backend_name() == "sqlite"


def exists(url: str | None = None) -> bool:
    """Whether anything was ever kept there, as far as can be told without reaching it."""
    return not is_file(url) or Path(str(address(url).database)).is_file()


def reach(url: str | None = None, migrations: Path = MIGRATIONS, *, wait: float = WAIT_SECONDS) -> Engine:
    """The database with its tables up to date; a file is made where there is none. It is busy after `wait` seconds.

    Raises LibraryUnreachableError, LibraryUnwritableError, LibraryTooNewError.
    """
    engine = connect(url, wait=wait)
    with telling(engine):
        _bring_up_to_date(engine, migrations)
    return engine


def connect(url: str | None = None, *, wait: float = WAIT_SECONDS) -> Engine:
    """The database as it is, whatever tables it has."""
    where = address(url)
    return _sqlite(where, wait) if where.get_backend_name() == "sqlite" else _postgresql(where, wait)


def _sqlite(where: URL, wait: float) -> Engine:
    try:
        Path(str(where.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise LibraryUnwritableError(
            f"The library cannot be created at '{where.database}': {error.strerror}. Name another in {VARIABLE}."
        ) from None
    engine = create_engine(where, connect_args={"timeout": wait}, pool_timeout=wait)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # The driver's own way begins a transaction too late to hold off another writer.
        connection.isolation_level = None
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _postgresql(where: URL, wait: float) -> Engine:
    options = f"-c lock_timeout={int(wait * 1000)}"
    given = where.query.get("options")
    if given:
        options = f"{options} {given if isinstance(given, str) else ' '.join(given)}"
    settings = {"connect_timeout": _CONNECT_SECONDS, "options": options}
    try:
        return create_engine(where, pool_pre_ping=True, pool_timeout=wait, connect_args=settings)
    except ImportError:
        raise LibraryUnreachableError(
            "A library in PostgreSQL needs the package psycopg. Install it: pip install 'psycopg[binary]'."
        ) from None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only looks."""
    with telling(engine), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is kept as a whole or not at all."""
    with telling(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def upsert(connection: Connection, table: Table) -> Any:
    """An insert that can say what is to be done where the row is there already; each database has its own."""
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


@contextmanager
def telling(engine: Engine) -> Iterator[None]:
    """Says what a database refuses in words that help; an address is shown without its password."""
    try:
        yield
    except IntegrityError:
        # Two have written the same: that is for the library to say.
        raise
    except SQLAlchemyError as error:
        what = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        where = engine.url.render_as_string(hide_password=True)
        low = what.lower()
        if any(word in low for word in ("locked", "lock timeout", "timed out, timeout")):
            raise LibraryBusyError(f"The library at {where} is busy: {what}. Try again.") from error
        if any(word in low for word in ("full", "readonly", "read-only", "i/o error", "no space", "permission denied")):
            message = f"The library at {where} cannot be written to: {what}. Nothing was saved; make room there"
            raise LibraryUnwritableError(f"{message}, or name another library in {VARIABLE}.") from error
        raise LibraryUnreachableError(f"The library at {where} does not answer as it should: {what}.") from error


def _bring_up_to_date(engine: Engine, migrations: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    newest = script.get_current_head()
    with engine.begin() as connection:
        if _version(connection, script) == newest:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Another process may take longer to change the tables than a reader would wait.
            connection.execute(text("set local lock_timeout = 0"))
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        # Another process may have been first.
        if _version(connection, script) != newest:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(connection: Connection, script: ScriptDirectory) -> str | None:
    """The version of the tables. Raises LibraryTooNewError where only a later Dateline can have made them."""
    version = MigrationContext.configure(connection).get_current_revision()
    try:
        if version is not None:
            script.get_revision(version)
    except CommandError:
        raise LibraryTooNewError(
            f"This library was written by a later version of Dateline: its tables are at version {version}, this one "
            f"knows them up to {script.get_current_head()}. Update Dateline, or name another library in {VARIABLE}."
        ) from None
    return version
