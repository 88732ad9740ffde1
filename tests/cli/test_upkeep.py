"""``db`` and ``paths``: copies that can be put back, and damage that is found."""

import sqlite3
from pathlib import Path

from cli.conftest import Run


def test_info_neither_creates_nor_upgrades(run: Run, tmp_path: Path) -> None:
    assert "none yet" in run("db", "info").out
    assert not (tmp_path / "cases.sqlite3").exists()
    assert run("db", "upgrade").status == 0
    assert "0 cases" in run("db", "info").out


def test_backup_and_restore(loaded: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday.sqlite3"
    done = loaded("db", "backup", copy)
    assert (done.status, done.out) == (0, f"{copy}\n")
    assert loaded("db", "backup", copy).status == 2
    before = loaded("export").out
    assert loaded("note", "PB-2024-01", "after the backup").status == 0
    changed = loaded("export").out
    assert changed != before
    restored = loaded("db", "restore", copy)
    assert restored.status == 0
    assert loaded("export").out == before
    (kept,) = tmp_path.glob("*.replaced")
    assert str(kept) in restored.err
    assert loaded("db", "restore", kept).status == 0
    assert loaded("export").out == changed


def test_restore_refuses_what_is_no_backup(loaded: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Amazon")
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    before = loaded("export").out
    for source in (letter, empty, tmp_path / "cases.sqlite3"):
        result = loaded("db", "restore", source)
        assert result.status in (2, 3)
        assert result.err.count("\n") == 1
    assert loaded("export").out == before


def test_verify_finds_a_changed_letter(loaded: Run, tmp_path: Path) -> None:
    assert loaded("db", "verify").out == "Sound; 24 sent versions checked.\n"
    with sqlite3.connect(tmp_path / "cases.sqlite3") as connection:
        connection.execute("DROP TRIGGER poa_versions_frozen")
        connection.execute("UPDATE poa_versions SET body = 'x' WHERE id = 1")
    connection.close()
    result = loaded("db", "verify")
    assert result.status == 3
    assert "is not the text that was sent" in result.err


def test_paths_hide_the_password(run: Run) -> None:
    out = run("paths", "--database", "postgresql://me:secret@host/poa").out
    assert "secret" not in out
    assert "me:***@host" in out
