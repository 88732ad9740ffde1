"""The store: what the database itself refuses, and how it is opened and upgraded."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from poa_tracker.errors import DatabaseError
from poa_tracker.store import migrate
from poa_tracker.store.database import Database, open_database
from poa_tracker.store.schema import HEAD
from poa_tracker.store.tables import SellerAccount
from poa_tracker.workflow import Desk, list_accounts, mark_not_sent, show_case


@pytest.fixture
def raw(caseload: Desk) -> Iterator[sqlite3.Connection]:
    """A bare connection to a database with the demo cases."""
    file = caseload.database.file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE poa_versions SET body = 'other' WHERE state = 'submitted'",
        "UPDATE poa_versions SET state = 'draft' WHERE state = 'submitted'",
        "UPDATE poa_versions SET sha256 = 'x' WHERE state = 'submitted'",
        "DELETE FROM poa_versions WHERE state = 'submitted'",
        "REPLACE INTO poa_versions SELECT * FROM poa_versions WHERE state = 'submitted'",
        "UPDATE OR REPLACE poa_versions SET number = 1 WHERE state = 'submitted'",
        (
            "UPDATE OR REPLACE poa_versions SET number = 1, case_id = (SELECT min(case_id) FROM "
            "poa_versions WHERE state = 'submitted') WHERE state = 'draft'"
        ),
        (
            "UPDATE OR REPLACE poa_versions SET id = (SELECT min(id) FROM poa_versions "
            "WHERE state = 'submitted') WHERE state = 'draft'"
        ),
        (
            "UPDATE OR REPLACE poa_versions SET rowid = (SELECT max(id) FROM poa_versions "
            "WHERE state = 'submitted') WHERE state = 'draft'"
        ),
        "UPDATE poa_versions SET id = id + 1000 WHERE state = 'submitted'",
        "UPDATE poa_versions SET not_sent_reason = 'x' WHERE state = 'submitted'",
        "UPDATE events SET text = 'other'",
        "UPDATE events SET at = '2001-01-01'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events",
    ],
)
def test_submitted_versions_and_history_cannot_be_changed(
    raw: sqlite3.Connection, statement: str
) -> None:
    before = (
        list(raw.execute("SELECT * FROM poa_versions")),
        list(raw.execute("SELECT * FROM events")),
    )
    with pytest.raises(sqlite3.IntegrityError, match="cannot be"):
        raw.execute(statement)
    after = (
        list(raw.execute("SELECT * FROM poa_versions")),
        list(raw.execute("SELECT * FROM events")),
    )
    assert before == after


def test_a_draft_can_be_changed_and_a_mark_set_once(
    caseload: Desk, raw: sqlite3.Connection
) -> None:
    raw.execute("UPDATE poa_versions SET body = 'new' WHERE state = 'draft'")
    raw.commit()
    mark_not_sent(caseload, "CO-2025-01", 2, "sent by mistake")
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(
            "UPDATE poa_versions SET not_sent_reason = 'other' WHERE not_sent_at IS NOT NULL"
        )
    assert show_case(caseload, "CO-2025-01").version(2).body.startswith("Dear Notice Team")


def test_autogenerate_against_head_is_empty(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_head_is_the_newest_revision() -> None:
    assert migrate.known_revisions()[-1] == HEAD


def test_opening_again_changes_nothing_and_makes_no_backup(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    database.close()
    open_database(database_url).close()
    assert not list(tmp_path.glob("*.backup"))


def test_a_new_database_is_readable_by_its_owner_only(database: Database) -> None:
    assert database.file is not None
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600


def test_pragmas_are_in_force(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_newer_schema_is_refused_and_left_alone(
    caseload: Desk, raw: sqlite3.Connection, database_url: str
) -> None:
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    with pytest.raises(DatabaseError, match="newer poa-tracker"):
        open_database(database_url)
    assert raw.execute("SELECT count(*) FROM cases").fetchone() == (12,)


def older(raw: sqlite3.Connection) -> None:
    """Make the file look like one of an older schema, which the upgrade then has to handle."""
    raw.execute("UPDATE alembic_version SET version_num = '0000'")
    raw.commit()


def test_a_failing_upgrade_leaves_the_file_as_it_was(
    caseload: Desk,
    raw: sqlite3.Connection,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older(raw)
    monkeypatch.setattr(migrate, "known_revisions", lambda: ["0000", HEAD])

    def broken(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half_made (x)")  # type: ignore[attr-defined]
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrate, "_run", broken)
    with pytest.raises(DatabaseError, match="left as it was"):
        open_database(database_url)
    names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
    assert "half_made" not in names
    assert raw.execute("SELECT count(*) FROM events").fetchone() == (162,)
    (backup,) = tmp_path.glob("*.backup")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (162,)


def test_only_the_last_five_backups_are_kept(database: Database, tmp_path: Path) -> None:
    assert database.file is not None
    for number in range(8):
        (tmp_path / f"cases-2025010{number}-000000.backup").touch()
    migrate._drop_old_backups(database.file)
    kept = sorted(f.name for f in tmp_path.glob("*.backup"))
    assert kept == [f"cases-2025010{n}-000000.backup" for n in range(3, 8)]


def test_backups_of_other_databases_are_left_alone(database: Database, tmp_path: Path) -> None:
    assert database.file is not None
    others = {f"cases-old-2025010{n}-000000.backup" for n in range(8)} | {"cases-mine.backup"}
    for name in others:
        (tmp_path / name).touch()
    (tmp_path / "cases-20240101-000000.backup").touch()
    migrate._drop_old_backups(database.file)
    assert {f.name for f in tmp_path.glob("*.backup")} == {*others, "cases-20240101-000000.backup"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Amazon, " * 100, encoding="utf-8")
    with pytest.raises(DatabaseError, match="not a database"):
        open_database(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("Dear Amazon")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
        connection.commit()
    with pytest.raises(DatabaseError, match="another program"):
        open_database(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite://", "://"])
def test_other_urls_are_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseError, match=r"\.$"):
        open_database(url)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(DatabaseError) as refused:
        open_database("postgres+what://anna:topsecret@host/name")
    assert "topsecret" not in str(refused.value)


def test_an_error_rolls_the_whole_use_case_back(desk: Desk) -> None:
    def half_done() -> None:
        with desk.database.write() as session:
            session.add(SellerAccount(name="half"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert list_accounts(desk) == []
