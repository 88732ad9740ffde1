"""Bringing a database to the schema of this program, safely.

SQLite recipe: a copy of the file first; foreign keys off, since SQLite rebuilds tables by dropping
them; all revisions in one explicit transaction; integrity checked before it is committed.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import IO, cast

from sqlalchemy import URL, Engine, create_engine, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from poa_tracker.errors import DatabaseError
from poa_tracker.resources import folder
from poa_tracker.store.schema import HEAD, revision_of_file

KEPT_BACKUPS = 5

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:
    fcntl = None


def upgrade_file(path: Path, now: datetime) -> Path | None:
    """Bring a SQLite file to the newest schema; the path of the backup made, if one was needed.

    Raises ``DatabaseError`` when the file is newer than the program, of another program, or the
    upgrade fails; the file is then as it was before.
    """
    if revision_of_file(path) == HEAD:
        return None
    with _only_one(path):
        revision = revision_of_file(path)
        if revision == HEAD:
            return None
        _refuse_newer(revision, str(path))
        backup = backup_file(path, _backup_path(path, now)) if revision else None
        engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
        try:
            _upgrade_sqlite(engine)
        except Exception as error:
            raise DatabaseError(
                f"The database {path} could not be brought to the new version and was left as it "
                f"was ({error})."
            ) from error
        finally:
            engine.dispose()
        _drop_old_backups(path)
        return backup


def upgrade_server(engine: Engine) -> None:
    """Bring a server database (PostgreSQL) to the newest schema in one transaction.

    Raises ``DatabaseError`` when it is newer than the program.
    """
    with engine.begin() as connection:
        if revision_of_server(connection) == HEAD:
            return
        connection.execute(text("SELECT pg_advisory_xact_lock(7305521)"))
        revision = revision_of_server(connection)
        if revision == HEAD:
            return
        _refuse_newer(revision, engine.url.render_as_string(hide_password=True))
        _run(connection)


def backup_file(source: Path, target: Path) -> Path:
    """Copy a SQLite database to ``target`` while others may write to it; readable by its owner only.

    Raises ``DatabaseError`` when the copy cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(
            f"The backup {target} cannot be written ({error}); free some space or choose another "
            "place."
        ) from error
    return target


def revision_of_server(connection: Connection) -> str | None:
    """The revision of a server database, or ``None`` when it is empty."""
    try:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        raise DatabaseError(f"The database cannot be read: {error.orig}.") from error


def known_revisions() -> list[str]:
    """The revisions in ``migrations/versions``, oldest first (files are named by revision)."""
    return sorted(
        f.name.split("_")[0] for f in (folder("migrations") / "versions").glob("[0-9]*.py")
    )


def _refuse_newer(revision: str | None, name: str) -> None:
    if revision and revision not in known_revisions():
        raise DatabaseError(
            f"The database {name} was made by a newer poa-tracker (schema {revision}, this program "
            f"knows {HEAD}); install the newest version to open it."
        )


def _upgrade_sqlite(engine: Engine) -> None:
    with engine.connect() as connection:
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA foreign_keys=OFF")
        # SQLAlchemy's transaction only keeps Alembic from committing; the real one is begun by hand.
        with connection.begin():
            raw.execute("BEGIN IMMEDIATE")
            _run(connection)
            broken = raw.execute("PRAGMA foreign_key_check").fetchone()
            state = raw.execute("PRAGMA integrity_check").fetchone()[0]
            if broken or state != "ok":
                raise DatabaseError(f"the check after the upgrade failed: {broken or state}")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _backup_path(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}.backup")


def _drop_old_backups(path: Path) -> None:
    # The names of other databases may begin alike: cases-old.sqlite3 beside cases.sqlite3.
    own = re.compile(rf"{re.escape(path.stem)}-\d{{8}}-\d{{6}}\.backup")
    backups = sorted(file for file in path.parent.iterdir() if own.fullmatch(file.name))
    for old in backups[:-KEPT_BACKUPS]:
        old.unlink(missing_ok=True)


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold a lock file beside the database, so that two starts never upgrade at once."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        _lock(lock)
        yield


def _lock(file: IO[str]) -> None:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)
