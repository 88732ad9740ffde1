"""Which modules a command loads, and which room may use which: both are promises."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "textual", "rich", "jinja2", "rapidfuzz", "pydantic")
ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import json, sys
from poa_tracker.cli import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def _loaded(*argv: str, database: str = "") -> tuple[int, set[str]]:
    """Exit status and top-level modules of one command in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *argv],
        capture_output=True,
        check=True,
        env={**os.environ, "POA_TRACKER_DATABASE_URL": database},
        timeout=60,
    )
    status, modules = json.loads(done.stderr.splitlines()[-1])
    return status, set(modules)


@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["check", "--help"], ["nonsense"]])
def test_parsing_loads_nothing_heavy(argv: list[str]) -> None:
    _status, modules = _loaded(*argv)
    assert not modules & {*HEAVY, "platformdirs", "poa_tracker.tui"}


def test_check_of_files_needs_no_database_and_no_screen(tmp_path: Path) -> None:
    notice, draft = tmp_path / "notice.txt", tmp_path / "draft.txt"
    notice.write_text("Why did this happen?\nYour late shipment rate is 9%.\n")
    draft.write_text("Root cause\nWe shipped late.\n")
    status, modules = _loaded("check", "--notice", str(notice), "--format", "json", str(draft))
    assert status in (0, 1)
    assert not modules & {"sqlmodel", "sqlalchemy", "alembic", "textual", "rich", "jinja2"}


def test_compare_of_files_as_text(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("We shipped late.\n")
    new.write_text("We shipped on time.\n")
    status, modules = _loaded("compare", str(old), str(new))
    assert status == 0
    assert not modules & {"sqlmodel", "sqlalchemy", "alembic", "textual", "rich", "jinja2"}


def test_an_open_database_needs_no_migration_tool(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'cases.sqlite3'}"
    assert "alembic" in _loaded("db", "upgrade", database=url)[1]
    status, modules = _loaded("list", database=url)
    assert status == 0
    assert not modules & {"alembic", "textual", "rich", "jinja2"}


@pytest.mark.parametrize("room", ["text", "amazon", "review", "comparison"])
def test_pure_rooms_load_alone(room: str) -> None:
    code = f"import poa_tracker.{room}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    modules = {name.partition(".")[0] for name in done.stdout.split()}
    assert not modules & ({*HEAVY, "sqlite3", "platformdirs"} - {"rapidfuzz"})


def test_import_contracts() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout
