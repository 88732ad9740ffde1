"""Opening a database and running work on it in one transaction each."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlmodel import Session

from poa_tracker.config import as_url
from poa_tracker.errors import DatabaseError
from poa_tracker.store.migrate import revision_of_server, upgrade_file, upgrade_server
from poa_tracker.store.schema import revision_of_file

BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Database:
    """An open database at the newest schema; make one with ``open_database``."""

    engine: Engine

    @property
    def url(self) -> str:
        """The URL without the password."""
        return _shown(self.engine.url)

    @property
    def file(self) -> Path | None:
        """The SQLite file, or ``None`` for a server database."""
        name = self.engine.url.database
        return Path(name) if self.engine.dialect.name == "sqlite" and name else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database; rows stay usable after it."""
        with _readable_errors(self), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is committed whole at the end, or not at all on any error."""
        engine = self.engine.execution_options(immediate=True)
        with _readable_errors(self), Session(engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at ``url``, create or upgrade its schema.

    Raises ``DatabaseError`` with one readable sentence when that is not possible.
    """
    parsed = _parsed(url)
    path = file_of(url)
    return _open_file(parsed, path) if path else _open_server(parsed)


def file_of(url: str) -> Path | None:
    """The SQLite file that a URL names, or ``None`` for a server; raises ``DatabaseError``."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseError("The database must be a file: sqlite:///FILE.")
    return Path(parsed.database).absolute()


def shown_url(url: str) -> str:
    """The URL without its password, as it may be shown; raises ``DatabaseError``."""
    return _shown(_parsed(url))


def revision_of(url: str) -> str | None:
    """The schema of the database at ``url``, which is left as it is; ``None`` when it is empty.

    Raises ``DatabaseError`` when it cannot be read.
    """
    path = file_of(url)
    if path:
        return revision_of_file(path)
    with _readable_server(_parsed(url)) as engine, engine.connect() as connection:
        return revision_of_server(connection)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseError(
            f"'{_without_password(url)}' is not a database URL; use sqlite:///FILE or "
            "postgresql://USER@HOST/NAME."
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError(
            f"Databases of kind '{parsed.drivername}' are not supported; use sqlite:/// or "
            "postgresql://."
        )
    if "\0" in url:
        raise DatabaseError("The name of the database has a NUL in it; choose another.")
    if parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.host:
        # Whether escapes in a path are resolved depends on the release of SQLAlchemy.
        path = url.partition("://")[2].partition("?")[0].removeprefix("/")
        parsed = parsed.set(database=unquote(path))
    return parsed


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite" and url.database:
        return as_url(url.database)
    return url.render_as_string(hide_password=True)


def _open_file(url: URL, path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
        upgrade_file(path, datetime.now(UTC))
    except OSError as error:
        raise DatabaseError(
            f"The database {path} cannot be opened ({error.strerror}); check the directory and "
            "its permissions or choose another file with --database."
        ) from error
    engine = create_engine(
        url.set(database=str(path)), connect_args={"timeout": BUSY_SECONDS}, pool_size=8
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _open_server(url: URL) -> Database:
    with _readable_server(url) as engine:
        upgrade_server(engine)
    return Database(engine)


@contextmanager
def _readable_server(url: URL) -> Iterator[Engine]:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        yield create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseError(
            "PostgreSQL needs an extra package; install poa-tracker[postgres]."
        ) from error
    except SQLAlchemyError as error:
        name = url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"The database {name} cannot be opened; check the address, the server and the "
            f"password ({type(error).__name__})."
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
    # The driver's own implicit transactions start too late; ``_begin_sqlite`` opens them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _readable_errors(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise DatabaseError(_sentence(str(error.orig), database)) from error
    except SQLAlchemyError as error:
        raise DatabaseError(f"The database {database.url} refused: {error}.") from error


def _sentence(reason: str, database: Database) -> str:
    name = database.file or database.url
    if "locked" in reason:
        return f"The database {name} is busy with another program; try again in a moment."
    if "readonly" in reason or "read-only" in reason:
        return f"The database {name} is read-only; change its permissions or choose another."
    if "full" in reason:
        return f"There is no space left for the database {name}; free some and try again."
    # A server adds details on further lines.
    first = reason.strip().partition("\n")[0]
    return f"The database {name} refused: {first.rstrip('.')}."


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else url
