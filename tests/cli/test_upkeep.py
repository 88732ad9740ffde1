"""``db`` and ``paths``: copies that can be put back, and damage that is found."""

import sqlite3
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("damage", ["text", "cut", "scribble"])
def test_restore_replaces_a_damaged_database_and_keeps_its_bytes(
    loaded: Run, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "monday.sqlite3"
    assert loaded("db", "backup", copy).status == 0
    before = loaded("export").out
    file = tmp_path / "cases.sqlite3"
    sound = file.read_bytes()
    damaged = {
        "text": b"no database " * 1000,
        "cut": sound[: len(sound) // 2 + 100],
        "scribble": sound[:100] + bytes(range(256)) * (len(sound) // 256),
    }[damage]
    file.write_bytes(damaged)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    restored = loaded("db", "restore", copy)
    assert restored.status == 0, restored.err
    assert loaded("export").out == before
    assert loaded("db", "verify").status == 0
    (kept,) = tmp_path.glob("*.replaced")
    assert kept.stat().st_size >= len(damaged) - 4096
    if damage == "text":
        assert kept.read_bytes() == damaged
    assert str(kept) in restored.err


@pytest.mark.parametrize(
    "name", ["wh?at.db", "a%20b#c.db", "100%.db", "ü +&=:@.db", "caf\udce9.db", "[a]*.db"]
)
def test_any_file_name_is_a_database(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "own" / name
    assert run("new", "--seller", "A", "--database", file).status == 0
    assert {f.name.removesuffix(".lock") for f in file.parent.iterdir()} == {name}
    info = run("db", "info", "--database", file)
    assert (info.status, "1 case" in info.out) == (0, True)
    copy = file.with_name(f"copy-{name}")
    assert run("db", "backup", copy, "--database", file).status == 0
    assert run("db", "restore", copy, "--database", file).status == 0
    assert "1 case" in run("db", "info", "--database", copy).out


def test_an_escape_in_a_url_is_one(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a%20b.db"
    assert run("new", "--seller", "A", "--database", url).status == 0
    assert (tmp_path / "a b.db").exists()


def test_a_directory_is_named_as_one(run: Run, tmp_path: Path) -> None:
    for argv in (["list"], ["db", "info"], ["db", "backup"], ["db", "restore", "x"]):
        (tmp_path / "x").touch()
        result = run(*argv, "--database", tmp_path)
        assert result.status in (2, 3)
        if argv[-1] != "x":
            assert "is a directory" in result.err


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
