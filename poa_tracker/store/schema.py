"""Which schema the program knows, and which one a SQLite file has, read without SQLAlchemy."""

import sqlite3
from contextlib import closing
from pathlib import Path

from poa_tracker.errors import DatabaseError

HEAD = "0001"
"""The newest revision in ``migrations/``; a test compares the two."""


def revision_of_file(path: Path) -> str | None:
    """The revision of a SQLite file, or ``None`` when it is missing or empty.

    Raises ``DatabaseError`` when the file is not a database, belongs to another program or cannot
    be read.
    """
    if path.is_dir():
        raise DatabaseError(f"{path} is a directory; name a file in it with --database.")
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
        ) as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if not names:
                return None
            if "alembic_version" not in names or "cases" not in names:
                raise DatabaseError(
                    f"{path} is a database of another program; choose another file with --database."
                )
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise DatabaseError(_cannot_read(path, error)) from error
    return str(row[0]) if row else None


def _cannot_read(path: Path, error: sqlite3.DatabaseError) -> str:
    if "not a database" in str(error):
        return f"{path} is not a database; choose another file with --database."
    return f"The database {path} cannot be read ({error}); check the file and its permissions."
