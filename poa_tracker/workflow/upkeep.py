"""Looking after the database itself: what it is, copies of it, whether it is sound."""

import contextlib
import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, text
from sqlmodel import col, select

from poa_tracker.config import as_url
from poa_tracker.errors import DatabaseError, InputError, NotFoundError
from poa_tracker.review import USUAL_CHECKS, LetterChecks
from poa_tracker.store.database import Database, file_of, open_database, revision_of, shown_url
from poa_tracker.store.migrate import backup_file, known_revisions
from poa_tracker.store.schema import HEAD, revision_of_file
from poa_tracker.store.tables import Case, Event, PoaVersion, SellerAccount, VersionState
from poa_tracker.workflow.desk import Desk
from poa_tracker.workflow.drafts import sha256_of


@dataclass(frozen=True, slots=True)
class DatabaseInfo:
    """What a database is; the counts are ``None`` while it is empty or has an older schema."""

    url: str
    file: Path | None
    size: int | None
    revision: str | None
    newest: str
    accounts: int | None = None
    cases: int | None = None
    versions: int | None = None
    events: int | None = None


@contextlib.contextmanager
def open_desk(url: str, actor: str, letter: LetterChecks = USUAL_CHECKS) -> Iterator[Desk]:
    """A desk on the database at ``url``, closed at the end; raises ``DatabaseError``."""
    database = open_database(url)
    try:
        yield Desk(database, actor, letter=letter)
    finally:
        database.close()


def database_info(url: str) -> DatabaseInfo:
    """What the database at ``url`` is; it is neither created nor upgraded for it."""
    revision = revision_of(url)
    path = file_of(url)
    size = path.stat().st_size if path and path.exists() else None
    if revision != HEAD:
        return DatabaseInfo(shown_url(url), path, size, revision, HEAD)
    database = open_database(url)
    try:
        with database.read() as session:
            counts = [
                session.exec(select(func.count()).select_from(table)).one()
                for table in (SellerAccount, Case, PoaVersion, Event)
            ]
        return DatabaseInfo(database.url, path, size, revision, HEAD, *counts)
    finally:
        database.close()


def backup(url: str, target: Path | None, now: datetime) -> Path:
    """Copy a SQLite database, also while others write to it, and check the copy.

    ``target``: by default a file beside the database with the time in its name. Raises
    ``InputError`` when the target exists or the database is a server's.
    """
    source = _existing_file(url)
    target = target or source.with_name(f"{source.stem}-{now:%Y%m%d-%H%M%S}.sqlite3")
    if target.exists():
        raise InputError(f"{target} exists already; choose another name for the backup.")
    backup_file(source, target)
    _refuse_damaged(target)
    return target


def restore(url: str, source: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database; the copy made of what was there, if anything.

    What was there may be too damaged to be read as a database. Raises ``InputError`` when
    ``source`` is no sound database of this program.
    """
    target = _file_only(url)
    source = source.expanduser().absolute()
    if not source.is_file():
        raise NotFoundError(f"There is no file {source}.")
    if source == target:
        raise InputError("The backup is the database itself; name another file.")
    revision = revision_of_file(source)
    if revision not in known_revisions():
        raise InputError(f"{source} is no backup that this program can read.")
    _refuse_damaged(source)
    if target.is_dir():
        raise InputError(f"{target} is a directory; name a file in it with --database.")
    if not target.exists() or not target.stat().st_size:
        backup_file(source, target)
        return None
    kept = _unused(f"{target.stem}-{now:%Y%m%d-%H%M%S}", target.parent)
    try:
        backup_file(target, kept)
        backup_file(source, target)
    except DatabaseError as error:
        if not _is_damage(error):
            raise
        _replace_damaged(target, kept, source)
    return kept


def _is_damage(error: DatabaseError) -> bool:
    """Whether it was the database that could not be read, not the disk that is full, say."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


def _replace_damaged(target: Path, kept: Path, source: Path) -> None:
    """Put a backup in the place of a file that SQLite cannot read, whose bytes go to ``kept``."""
    fresh = backup_file(source, _unused(target.stem, target.parent))
    try:
        shutil.copyfile(target, kept)
        for suffix in ("-wal", "-shm"):
            # What is left of an unfinished write belongs to the old file, and would damage the new.
            rest = target.with_name(target.name + suffix)
            if rest.exists():
                rest.replace(kept.with_name(kept.name + suffix))
        fresh.replace(target)
    except OSError as error:
        raise DatabaseError(
            f"The damaged database {target} cannot be replaced ({error.strerror}); free some space "
            "or check its permissions."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


def verify(desk: Desk) -> tuple[int, list[str]]:
    """Check a database: how many sent versions were looked at, and what is wrong, if anything."""
    problems = _damage(desk.database)
    with desk.database.read() as session:
        query = select(PoaVersion, Case.reference).join(Case, col(Case.id) == PoaVersion.case_id)
        sent = session.exec(query.where(PoaVersion.state == VersionState.SUBMITTED)).all()
    problems += [
        f"Version {version.number} of {reference} is not the text that was sent."
        for version, reference in sent
        if version.sha256 != sha256_of(version.body)
    ]
    return len(sent), problems


def _unused(stem: str, folder: Path) -> Path:
    """A name for what was replaced that no file has, also for two in one second."""
    names = (folder / f"{stem}{f'-{n}' if n else ''}.replaced" for n in itertools.count())
    return next(name for name in names if not name.exists())


def _damage(database: Database) -> list[str]:
    if database.file is None:
        return []
    with database.read() as session:
        connection = session.connection()
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        states = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    return [f"Table {row[0]}, row {row[1]} points to a missing {row[2]}." for row in broken] + [
        f"Damage: {state}." for state in states if state != "ok"
    ]


def _refuse_damaged(path: Path) -> None:
    database = open_database(as_url(str(path))) if revision_of_file(path) == HEAD else None
    if database is None:
        return
    try:
        damage = _damage(database)
    finally:
        database.close()
    if damage:
        raise DatabaseError(f"{path} is damaged ({damage[0]}); use another backup.")


def _file_only(url: str) -> Path:
    path = file_of(url)
    if path is None:
        raise InputError(
            "Backups are made of SQLite files; use pg_dump and pg_restore for PostgreSQL."
        )
    return path


def _existing_file(url: str) -> Path:
    path = _file_only(url)
    if revision_of_file(path) is None:
        raise NotFoundError(f"There is no database {path} yet.")
    return path
